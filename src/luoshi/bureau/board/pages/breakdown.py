"""任务分解表: drafted, commented on, approved, issued; and how good the list itself is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.forms import BreakdownForm
from luoshi.bureau.board.queries import Doors
from luoshi.bureau.board.rows import divided
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.handouts import actions
from luoshi.bureau.handouts import queries as papers
from luoshi.bureau.jobs.queries import ticket
from luoshi.bureau.ledger.cells import cells, known_of
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.related import with_related
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_QUARTER = timedelta(days=92)
_STAGES = Breakdown.Stage


class Stage(NamedTuple):
    """One step of the way, as a line of four shows it."""

    label: str
    mark: str
    """gone, here or ahead."""


def breakdown(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The breakdowns of a plan, the newest first, with what may be done next."""
    edition = plan_of(request, number)
    found = list(
        Breakdown.objects.filter(edition=edition)
        .select_related("scan")
        .prefetch_related("approvals__scan")
        .order_by("-place")
    )
    wanted = request.GET.get("batch", "")
    here = next((one for one in found if str(one.place) == wanted), found[0] if found else None)
    context: dict[str, Any] = {
        "title": edition.title,
        "edition_id": edition.pk,
        "batches": [(one.place, one.get_stage_display(), one is here) for one in found] if len(found) > 1 else [],
        "undecided": edition.undecided,  # type: ignore[attr-defined]
    }
    if here is not None:
        here.edition = edition
        context.update(_told(request, edition, here))
    told = {"breakdown": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/breakdown.html", told, status=409 if findings else 200)


def _told(request: HttpRequest, edition: Edition, here: Breakdown) -> dict[str, Any]:
    seen = sees(actor_of(request))
    rows = [row for row in papers.rows_of(here) if row.audience in seen]
    known, doors = known_of(edition.city), Doors(edition.pk)
    order = list(_STAGES)
    at = order.index(_STAGES(here.stage))
    return {
        "id": here.pk,
        "version": here.version,
        "stage": here.stage,
        "stages": [
            Stage(str(one.label), "gone" if place < at else "here" if place == at else "ahead")
            for place, one in enumerate(order)
        ],
        "reply_by": here.reply_by,
        "document_number": here.document_number,
        "scan": here.scan,
        "issued_on": here.issued_on,
        "total": len(rows),
        "rows": divided({**cells(row, known), "url": doors.item(row.pk)} for row in rows),
        "leaders": _leaders(here, rows),
        "may_breakdown": why_not(request, "breakdown"),
        "may_approve": why_not(request, "approve"),
        "may_export": why_not(request, "export_evidence"),
        "once": ticket(),
        "today": timezone.localdate(),
    }


def _leaders(here: Breakdown, rows: Sequence[Commitment]) -> list[dict[str, Any]]:
    """Each leader with how many items wait for him, and his approval where it still counts."""
    given = {one.leader: one for one in here.approvals.all() if not one.void}
    return [
        {"name": leader, "label": leader or _("未定分管领导"), "items": len(mine), "approval": given.get(leader)}
        for leader, mine in papers.by_leader(rows).items()
    ]


def act(request: HttpRequest, number: int) -> HttpResponse:
    """One step of the way. Whoever sends nothing sees where it stands."""
    found = Breakdown.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    here = reverse("breakdown", args=[found.edition_id])
    if request.method != "POST":
        return redirect(here)
    try:
        _step(request, number)
    except RefusedError as refusal:
        return breakdown(request, found.edition_id, refusal.findings)
    return redirect(f"{here}?batch={found.place}")


def _step(request: HttpRequest, number: int) -> None:
    form, actor = BreakdownForm(request.POST), actor_of(request)
    sent = upload(request, "scan")
    paper = actions.Paper(*sent) if sent else None
    match form.act:
        case "consult":
            actions.consult(actor, number, form.version(), form.day("reply_by", "反馈截止日"))
        case "approve":
            on = form.day("on", "审定日期") or timezone.localdate()
            actions.approve(actor, number, form.version(), form.leader, on, form.words, paper)
        case "reopen":
            actions.reopen(actor, number, form.version(), form.words)
        case "issue":
            actions.issue(actor, number, form.version(), form.number, form.day("on", "印发日期"), paper)
        case other:
            rule = "征求意见、审定、退回草拟或印发"
            raise RefusedError(Finding("任务分解表", f"没有“{other[:20]}”这种办理", rule, "请从页面上办理"))


def _lacks(row: Commitment, on: date) -> list[str]:
    """What an item itself lacks, as keys of the list below."""
    steps = [one.due for one in row.milestones.all() if one.due]
    ends = row.due is not None and row.due - on <= _QUARTER
    near = ends or any(on <= due <= on + _QUARTER for due in steps) or any(one.done for one in row.milestones.all())
    found = [
        ("owner", not row.lead),
        ("milestone", not near and row.kind != "standing"),
        ("unmeasured", not row.targets.all() and not steps),
        ("evidence", not row.evidence_wanted),
    ]
    return [name for name, lacking in found if lacking]


def quality(request: HttpRequest, number: int) -> HttpResponse:
    """台账质量: which items have no owner, no milestone within a quarter, nothing to measure, no rule for evidence."""
    edition = plan_of(request, number)
    seen, on = sees(actor_of(request)), _day(request, edition)
    rows = with_related(Commitment.objects.filter(edition=edition, audience__in=seen), "targets", "milestones")
    known, doors = known_of(edition.city), Doors(edition.pk)
    names = {
        "owner": _("没有牵头科室"),
        "milestone": _("一个季度内没有节点或时限"),
        "unmeasured": _("没有可衡量的目标或节点"),
        "evidence": _("没有佐证要求"),
    }
    by_office: dict[str, list[dict[str, Any]]] = {}
    counted = dict.fromkeys(names, 0)
    for row in rows:
        lacks = _lacks(row, on)
        for name in lacks:
            counted[name] += 1
        if lacks:
            line = {"number": row.number, "title": row.title, "url": doors.item(row.pk)}
            mine = by_office.setdefault(known.offices.get(row.lead) or row.lead_words or _("待定"), [])
            mine.append({**line, "lacks": "、".join(names[name] for name in lacks)})
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "on": on,
        "total": len(rows),
        "whole": len(rows) - sum(len(mine) for mine in by_office.values()),
        "counts": [(names[name], number) for name, number in counted.items()],
        "offices": [{"name": name, "rows": mine} for name, mine in by_office.items()],
    }
    return render(request, "board/quality.html", {"quality": context, "made_up": edition.imaginary})


def _day(request: HttpRequest, edition: Edition) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return edition.city.opens or timezone.localdate()
