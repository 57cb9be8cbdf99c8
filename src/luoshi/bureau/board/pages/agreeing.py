"""对数: a round drafted, sent as one workbook a unit, taken back, verified, published; and a county's own page."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.agreements import actions, queries
from luoshi.bureau.agreements.models import Line, Round, Sheet
from luoshi.bureau.agreements.printing import COLUMNS, archive, file_name, printed
from luoshi.bureau.board import agreed
from luoshi.bureau.board.agreement_forms import RoundForm, entered, suggested_notice
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.pages.agreed_lines import mine
from luoshi.bureau.board.queries import chosen
from luoshi.bureau.board.uploads import upload, uploads
from luoshi.bureau.ledger.cells import known_of
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition
from luoshi.reading.documents.libreoffice import converter
from luoshi.reading.handbacks import read_handback
from luoshi.reading.sheets import open_book
from luoshi.reading.unit_figures import pasted, read_unit_figures
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAYS = 5
"""Working days a round suggests."""


def agreeing(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The rounds of a plan, and a form for the next; a county sees what it has to answer."""
    if actor_of(request).role == "county":
        return mine(request, findings)
    city = city_of(request)
    edition = chosen(plans.editions(city), request.GET.get("plan", ""))
    if city is None or edition is None:
        return render(request, "board/empty.html")
    form = RoundForm(request.POST) if findings else None
    ends = agreed.today(request, city).replace(day=1) - timedelta(days=1)
    context = {
        "edition_id": edition.pk,
        "title": edition.title,
        "rows": queries.rounds(edition.pk),
        "offered": _offered(edition, form),
        "units": [(code, name, form is None or code in form.units()) for code, name in queries.units_of(city).items()],
        "suggested": {
            "title": _("%(year)d年%(month)d月对数") % {"year": ends.year, "month": ends.month},
            "days": _DAYS,
        },
        "ends": ends,
        "notice": suggested_notice(ends),
        "may_open": why_not(request, "agree"),
        "sent": request.POST if findings else {},
    }
    told = {"agreeing": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/agreeing.html", told, status=409 if findings else 200)


def _offered(edition: Edition, form: RoundForm | None) -> list[tuple[queries.Offered, bool, str]]:
    """Indicators with whether they are ticked and their 口径, as they were sent when the form was refused."""
    asked = form.asked() if form else {}
    return [(one, one.key in asked, asked.get(one.key, one.definition)) for one in queries.offered(edition)]


def start(request: HttpRequest) -> HttpResponse:
    """A round is drafted."""
    city = city_of(request)
    edition = chosen(plans.editions(city), request.GET.get("plan", ""))
    if request.method != "POST" or city is None or edition is None:
        return redirect("agreeing")
    form = RoundForm(request.POST)
    try:
        of = actions.open_round(
            actor_of(request), edition, form.terms(), form.asked(), form.units(), agreed.today(request, city)
        )
    except RefusedError as refusal:
        return agreeing(request, refusal.findings)
    return redirect("agreement", of.pk)


def _round(request: HttpRequest, number: int) -> Round:
    of = queries.round_of(number)
    if of is None:
        raise Http404
    in_city(request, of.edition.city)
    return of


def agreement(
    request: HttpRequest, number: int, findings: Sequence[Finding] = (), taken: Sequence[dict[str, Any]] = ()
) -> HttpResponse:
    """One round: what was asked, what was said, what is verified and published, what was revised."""
    of, wanted = _round(request, number), request.GET.get("state", "")
    listed, units = queries.lines(of), queries.units_of(of.edition.city)
    rows = {one.pk: agreed.row(one, units) for one in queries.by_urgency(listed)}
    context: dict[str, Any] = {
        "round": of,
        "rows": agreed.kept(list(rows.values()), wanted),
        "counts": agreed.counts(of, list(rows.values()), wanted),
        "together": agreed.together(listed, rows, units) if of.stage == Round.Stage.CLOSED else [],
        "stages": _stages(of, listed),
        "units": _units(of, listed, units) if of.stage != Round.Stage.DRAFT else [],
        "revisions": [(one, told) for one in rows.values() for told in one.revisions],
        "figures": sum(one.division != "" for one in listed),
        "unit_count": len({one.division for one in listed} - {""}),
        "empty": sum(one.reported_value is None and one.division != "" for one in listed),
        "agreed": sum(one.state in queries.HEARD and one.verified_value is None for one in listed),
        "publishable": sum(one.verified_value is not None and one.published_value is None for one in listed),
        "unverified": sum(one.verified_value is None for one in listed if one.division),
        "today": agreed.today(request, of.edition.city),
        "may_agree": why_not(request, "agree"),
        "may_verify": why_not(request, "agree_verify"),
        "may_publish": why_not(request, "agree_publish"),
        "taken": taken,
    }
    told = {"agreement": context, "findings": findings, "made_up": of.edition.imaginary}
    return render(request, "board/agreement.html", told, status=409 if findings else 200)


def _stages(of: Round, listed: Sequence[Line]) -> list[tuple[str, str]]:
    """The way of a round in four steps, the one it is at marked."""
    published = any(one.published_value is not None for one in listed)
    at = {"draft": 0, "sent": 1, "closed": 2}[of.stage] + (1 if published else 0)
    names = (_("草拟"), _("单位反馈"), _("核定"), _("发布"))
    return [(name, "gone" if place < at else "here" if place == at else "ahead") for place, name in enumerate(names)]


def _units(of: Round, listed: Sequence[Line], names: dict[str, str]) -> list[dict[str, Any]]:
    """Each unit with its sheet, how much it has answered, and what came back."""
    states: dict[str, list[str]] = {}
    for one in listed:
        states.setdefault(one.division, []).append(one.state)
    return [
        {
            "name": names.get(sheet.division, sheet.division),
            "code": sheet.code,
            "division": sheet.division,
            "figures": len(states[sheet.division]),
            "waiting": states[sheet.division].count("waiting"),
            "disputed": states[sheet.division].count("disputed"),
            "replies": [(one, [Finding(*words) for words in one.findings]) for one in sheet.replies.all()],
        }
        for sheet in queries.sheets(of)
    ]


def act(request: HttpRequest, number: int) -> HttpResponse:
    """One step of a round."""
    of = _round(request, number)
    if request.method != "POST":
        return redirect("agreement", number)
    steps = {
        "amend": _amend,
        "enter": _enter,
        "send": _send,
        "close": _close,
        "verify_agreed": _verify_agreed,
        "publish": _publish,
    }
    form = RoundForm(request.POST)
    try:
        step: Callable[[HttpRequest, Round, RoundForm], str] = steps.get(form.act, _unknown)
        messages.success(request, step(request, of, form), extra_tags="good")
    except RefusedError as refusal:
        return agreement(request, number, refusal.findings)
    return redirect("agreement", number)


def _unknown(_request: HttpRequest, of: Round, form: RoundForm) -> str:
    what = f"没有“{form.act[:20]}”这种办理"
    raise RefusedError(Finding(of.title, what, "修改、填数、发出、截止、核定或发布", "请从页面上办理"))


def _amend(request: HttpRequest, of: Round, form: RoundForm) -> str:
    actions.amend(actor_of(request), of.pk, form.version(), form.terms())
    return _("已修改。")


def _enter(request: HttpRequest, of: Round, form: RoundForm) -> str:
    told = form.cells({one.pk: (one.division, one.indicator) for one in of.lines.filter(reported_value=None)})
    rows = pasted(form.pasted) if form.pasted.strip() else []
    sent = upload(request, "file", _("上报数"))
    if sent is not None:
        name, content = sent
        rows = open_book(content, name).sheets[0].filled()
    if rows:
        keys = dict.fromkeys(of.lines.order_by("number").values_list("indicator", flat=True))
        found, doubts = read_unit_figures(rows, {queries.label(key): key for key in keys})
        if doubts:
            raise RefusedError(*doubts)
        told += entered(found, known_of(of.edition.city))
    on = agreed.today(request, of.edition.city)
    kept = actions.enter(actor_of(request), of.pk, form.version(), told, on)
    return _("填入 %(number)d 个上报数，系统已有的没有重复登记。") % {"number": kept}


def _send(request: HttpRequest, of: Round, form: RoundForm) -> str:
    city = of.edition.city
    calendar = calendar_of(city)
    sent = actions.send(actor_of(request), of.pk, form.version(), agreed.today(request, city), calendar)
    doubt = (
        ""
        if sent.reply_by is None or not calendar.provisional(sent.reply_by.year)
        else _("该年放假安排未公布，只按周末计算。")
    )
    return _("反馈截止 %(day)s。核对表请下载后用原来的渠道发出，系统不代为发送。") % {"day": sent.reply_by} + doubt


def _close(request: HttpRequest, of: Round, form: RoundForm) -> str:
    actions.close(actor_of(request), of.pk, form.version(), agreed.today(request, of.edition.city))
    return _("已截止，可以核定。")


def _verify_agreed(request: HttpRequest, of: Round, form: RoundForm) -> str:
    done = actions.verify_agreed(actor_of(request), of.pk, form.version(), agreed.today(request, of.edition.city))
    return _("照上报数核定 %(number)d 个。") % {"number": done}


def _publish(request: HttpRequest, of: Round, form: RoundForm) -> str:
    on = agreed.today(request, of.edition.city)
    done = actions.publish(actor_of(request), of.pk, form.version(), form.published_in, on)
    return _("登记发布数 %(number)d 个。") % {"number": done}


def sheets(request: HttpRequest, number: int, division: str = "") -> HttpResponse:
    """One unit's workbook, or all of them in one archive; word for word as they went out."""
    of = _round(request, number)
    names = queries.units_of(of.edition.city)
    found = list(Sheet.objects.filter(round=of, **({"division": division} if division else {})))
    if not found:
        raise Http404
    papers = [(file_name(of, names[one.division]), printed(one, of, names[one.division])) for one in found]
    name, content = papers[0] if division else (file_name(of, _("核对表"))[:-5] + ".zip", archive(papers))
    return download(name, content, _XLSX if division else "application/zip")


def take(request: HttpRequest, number: int) -> HttpResponse:
    """Sheets come back, several at once: each by its own code, each told by itself what became of it."""
    of = _round(request, number)
    if request.method != "POST":
        return redirect("agreement", number)
    brought = uploads(request, "file", "核对表")
    if not brought:
        nothing = Finding("返回的核对表", "没有选文件", "可一次选多个文件", "请选文件后再交")
        return agreement(request, number, [nothing])
    told = [_take(request, of, name, content) for name, content in brought]
    return agreement(request, number, (), told)


def _take(request: HttpRequest, of: Round, name: str, content: bytes) -> dict[str, Any]:
    try:
        read = read_handback(content, name, COLUMNS, office=converter())
        sender = RoundForm(request.POST).sender
        on = agreed.today(request, of.edition.city)
        reply = actions.take_back(actor_of(request), of.pk, name, content, read, sender, on)
    except RefusedError as refusal:
        return {"name": name, "findings": refusal.findings, "refused": True}
    unit = queries.units_of(of.edition.city).get(reply.sheet.division, "")
    return {"name": name, "unit": unit, "taken": reply.taken, "findings": [Finding(*one) for one in reply.findings]}
