"""Plans: reading one in, and confirming what was read point by point."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import shown
from luoshi.bureau.board.bound import bound
from luoshi.bureau.board.english import why
from luoshi.bureau.board.forms import DecisionForm, SourceForm
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger.actions.carrying import recall
from luoshi.bureau.ledger.comparing import earlier_of
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.plans import actions as plan_actions
from luoshi.bureau.plans import queries
from luoshi.bureau.plans.models import AUDIENCES, Edition, Point, Proposal
from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.binding import Place
from luoshi.reading.documents import LARGEST, open_document
from luoshi.reading.documents.libreoffice import converter
from luoshi.tracking import showing
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest


def plans(request: HttpRequest) -> HttpResponse:
    """All plans, and the door for another."""
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            return redirect("plan", _read(request).pk)
        except RefusedError as refusal:
            findings = refusal.findings
    city = city_of(request)
    context = {
        "editions": queries.editions(city),
        "findings": findings,
        "may_read": _why_not(request, "read"),
        "kinds": [(kind.value, kind.label) for kind in Edition.Kind if kind != Edition.Kind.LEDGER],
        "audiences": AUDIENCES,
        "sample": "cities/xingzhou/plan.txt" if city and not city.imaginary else "",
    }
    return render(request, "board/plans.html", context, status=422 if findings else 200)


def _why_not(request: HttpRequest, act: str) -> dict[str, str]:
    return {"refused": why(refused(actor_of(request), act))}


def _read(request: HttpRequest) -> Edition:
    """The plan in the uploaded file. A marked file's bytes are dropped with the request; they were never on a disk."""
    city, actor = city_of(request), actor_of(request)
    if (why_not := refused(actor, "read")) is not None:
        plan_actions.turn_away(actor, RefusedError(why_not))
    form, sent = SourceForm(request.POST), upload(request, "file", most=LARGEST + 1)
    if city is None or (sent is None and not form.abstract):
        plan_actions.turn_away(actor, RefusedError(_nothing_to_read(request, city)))
    name, content = sent or (form.title or "摘要.txt", form.abstract.encode())
    try:
        opened, origin = open_document(content, name, office=converter()), form.origin()
    except RefusedError as refusal:
        plan_actions.turn_away(actor, refusal)
    plan = read_text(opened.text, indicators=INDICATORS)
    kept = plan_actions.store_plan(
        actor, city, plan, file_name=name, file_digest=digest(content), form=opened.format, origin=origin
    )
    if earlier_of(kept):
        recall(actor, kept)
    return kept


def _nothing_to_read(request: HttpRequest, city: City | None) -> Finding:
    """No city to read for, no file chosen, or one too large to be taken into memory."""
    if city is None:
        return Finding("读入", "还没有建立本市", "工作要点属于一个市", "请系统管理员先建立本市")
    length = request.META.get("CONTENT_LENGTH", "")
    if length.isdecimal() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        limit = LARGEST >> 20
        return Finding("读入", "文件太大", f"不超过 {limit} MB", "请只保留工作要点的文字，另存为 docx 再上传")
    return Finding("读入", "没有选文件", "须选一个文件", "请选择工作要点文件，再点读入")


def _edition(number: int) -> Edition:
    found = queries.edition(number)
    if found is None:
        raise Http404
    return found


def plan(request: HttpRequest, number: int) -> HttpResponse:
    """The plan's first point that is not decided yet."""
    edition = _edition(number)
    listed = queries.points(edition)
    if not listed:
        return point(request, number, "-")
    undecided = (one for one in listed if one.decided < one.proposal_count)  # type: ignore[attr-defined]
    return redirect("point", number, next(undecided, listed[0]).number)


def _pieces(edition: Edition, begun: int, until: int, proposals: list[Proposal]) -> Iterator[dict[str, object]]:
    """The point's text in pieces: clauses that are proposals, and what stands between them."""
    at = begun
    for one in sorted((one for one in proposals if one.decision != "split"), key=lambda one: one.start):
        if one.start > at:
            yield {"text": edition.text[at : one.start], "proposal": 0}
        yield {
            "text": edition.text[one.start : one.end],
            "proposal": one.pk,
            "decision": one.decision,
            "number": one.number,
        }
        at = one.end
    if at < until:
        yield {"text": edition.text[at:until], "proposal": 0}


def _place(one: Proposal, text: str) -> Place:
    title = one.point.title if one.point else ""
    alone = len(one.targets.all()) == 1
    return Place(one.clause, text[one.sentence_start : one.sentence_end], title, alone=alone)


def _proposal(one: Proposal, offices: dict[str, str], text: str) -> dict[str, Any]:
    place = _place(one, text)
    targets: list[dict[str, Any]] = [
        {
            "id": row.pk,
            "subject": row.subject,
            "text": showing.amount(as_target(row)),  # type: ignore[arg-type]
            "due": row.due,
            "inherited": row.deadline is None,
            "comparator": row.comparator,
            "unit": row.unit,
            "value": showing.number(row.value).replace("\u202f", "") if row.value is not None else "",
            "bound": bound(as_target(row), place),  # type: ignore[arg-type]
        }
        for row in one.targets.all()
    ]
    quote = getattr(one, "quote", None)
    dues = [row["due"] for row in targets if row["due"]]
    return {
        "id": one.pk,
        "number": one.number,
        "clause": one.clause,
        "title": one.clause,
        "kind": shown.kind(one.kind),
        "strength": shown.strength(one.strength),
        "scope": one.scope,
        "lead": offices.get(one.lead, ""),
        "lead_code": one.lead,
        "lead_because": one.lead_because,
        "partners": "、".join(offices[code] for code in one.partners if code in offices),
        "missing": "、".join(shown.lack(name) for name in one.missing),
        "targets": targets,
        "due": max(dues, default=None),
        "decision": one.decision,
        "decision_label": one.get_decision_display(),
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "reason": one.reason,
        "version": one.version,
        "item_url": reverse("item", args=[quote.commitment_id]) if quote else "",
        "item_number": quote.commitment.number if quote else "",
    }


def _contents(listed: list[Any], here: Point | None, edition: Edition) -> list[dict[str, object]]:
    return [
        {
            "title": title,
            "points": [
                {
                    "number": one.number,
                    "title": one.title,
                    "url": reverse("point", args=[edition.pk, one.number]),
                    "here": here is not None and one.pk == here.pk,
                    "progress": _("已定")
                    if one.decided == one.proposal_count
                    else f"{one.decided}/{one.proposal_count}",
                }
                for one in group
            ],
        }
        for title, group in groupby(listed, key=lambda one: one.section_title)
    ]


def point(request: HttpRequest, number: int, name: str, findings: tuple[Finding, ...] = ()) -> HttpResponse:
    """One point: its text with what was read in it, and the proposals to decide."""
    edition = _edition(number)
    in_city(request, edition.city)
    listed = queries.points(edition)
    here = next((one for one in listed if one.number == name), None)
    if here is None and name != "-":
        raise Http404
    proposals = queries.proposals(edition, here, outside=here is None)
    place = listed.index(here) if here else -1
    offices = list(Office.objects.filter(city=edition.city))
    known = {office.code: office.name for office in offices}
    begun, until = (here.start, here.end) if here else (0, len(edition.text))
    desk = {
        "edition_id": edition.pk,
        "title": edition.title,
        "point_number": here.number if here else "",
        "point_title": here.title if here else _("条目之外"),
        "section_title": here.section_title if here else "",
        "points_total": len(listed),
        "total": edition.proposal_count,  # type: ignore[attr-defined]
        "confirmed": edition.confirmed,  # type: ignore[attr-defined]
        "dismissed": edition.dismissed,  # type: ignore[attr-defined]
        "open": edition.undecided,  # type: ignore[attr-defined]
        "targets": sum(len(one.targets.all()) for one in proposals),
        "contents": _contents(listed, here, edition),
        "pieces": list(_pieces(edition, begun, until, proposals)),
        "proposals": [_proposal(one, known, edition.text) for one in proposals],
        "offices": offices,
        "signs": [
            {"code": "eq", "label": "="},
            {"code": "ge", "label": "≥"},
            {"code": "le", "label": "≤"},
            {"code": "between", "label": _("范围")},
            {"code": "all", "label": _("全部")},
            {"code": "none", "label": _("无")},
            {"code": "nondecreasing", "label": _("只增不减")},
        ],
        "before": reverse("point", args=[edition.pk, listed[place - 1].number]) if place > 0 else "",
        "after": reverse("point", args=[edition.pk, listed[place + 1].number]) if 0 <= place < len(listed) - 1 else "",
        **_why_not(request, "decide"),
    }
    return render(
        request,
        "board/plan.html",
        {"desk": desk, "findings": findings, "made_up": edition.imaginary},
        status=409 if findings else 200,
    )


def _refuse_act(number: str, other: str) -> NoReturn:
    raise RefusedError(Finding(number, f"没有“{other[:20]}”这种办理", "确认立项、更正、不立项或撤回", "请从页面上办理"))


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm, correct, dismiss or undo one proposal. Whoever sends nothing sees where it stands."""
    found = Proposal.objects.filter(pk=number).select_related("point").first()
    if found is None:
        raise Http404
    form, actor = DecisionForm(request.POST), actor_of(request)
    name = found.point.number if found.point else "-"
    here = reverse("point", args=[found.edition_id, name]) + f"#p-{number}"
    if request.method != "POST":
        return redirect(here)
    try:
        match form.act:
            case "confirm":
                actions.confirm(actor, number, form.version())
            case "correct":
                actions.confirm(actor, number, form.version(), form.correction())
            case "dismiss":
                actions.dismiss(actor, number, form.version(), form.reason)
            case "undo":
                actions.undo(actor, number, form.version())
            case other:
                _refuse_act(found.number, other)
    except RefusedError as refusal:
        return point(request, found.edition_id, name, refusal.findings)
    return redirect(_onward(found, here) if form.act in {"confirm", "dismiss"} else here)


def _onward(decided: Proposal, here: str) -> str:
    """The next proposal of the point that is still open, so that one key after another goes down the page; else here."""
    onward = queries.open_after(decided)
    return f"{here.partition('#')[0]}#p-{onward.pk}" if onward else here
