"""月底收数: open a period, take replies in, let what was read land on its items, see who has not answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.bureau.board import incoming
from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.pages.mine import month_url
from luoshi.bureau.board.report_forms import ReportForm
from luoshi.bureau.board.rows import Options
from luoshi.bureau.board.uploads import uploads
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.related import with_related
from luoshi.bureau.reports import actions
from luoshi.bureau.reports import queries as reports
from luoshi.bureau.reports.calling import reply_by
from luoshi.bureau.reports.models import Found, Period, Reply, written
from luoshi.tracking import showing
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was read, as an input for one target of the item."""

    target: int
    label: str
    wanted: str
    value: str
    on: str
    definition: str

    @property
    def shown(self) -> str:
        """The figure as it is read; in its field it stands without spaces."""
        return showing.number(Decimal(self.value)) if self.value else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of a reply that waits for a yes."""

    found: Found
    reply: Reply
    doubts: tuple[Finding, ...]
    choices: SafeString
    """Options of the items it may land on; none for what is sure."""
    figures: tuple[Figure, ...]


def month(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The page of a period; without one, the form that opens it."""
    edition = plan_of(request, number)
    periods = list(Period.objects.filter(edition=edition))
    wanted = request.GET.get("period", "")
    period = next((one for one in periods if str(one.pk) == wanted), periods[0] if periods else None)
    on, calendar = _month_end(day_of(request, edition.city)), calendar_of(edition.city)
    context: dict[str, object] = {
        "title": edition.title,
        "edition_id": edition.pk,
        "periods": periods,
        "period": period,
        "next_on": on,
        "next_reply": reply_by(on, calendar),
        "may_open": why_not(request, "period"),
        "may_gather": why_not(request, "gather"),
    }
    if period is not None:
        period.edition = edition
        context.update(_told(request, period, calendar))
    told = {"month": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/month.html", told, status=409 if findings else 200)


def _month_end(day: date) -> date:
    """The last day of the newest month that is over, the day itself when it ends its month."""
    after = day + timedelta(days=1)
    return day if after.day == 1 else day.replace(day=1) - timedelta(days=1)


def _told(request: HttpRequest, period: Period, calendar: Calendar) -> dict[str, object]:
    asked = reports.asked(period)
    names = reports.unit_names(period.edition.city)
    came = reports.replies(period)
    waiting = _waiting(request, came, period)
    lacking = reports.unanswered(period, asked, names)
    return {
        "counts": reports.counts_of(asked, came),
        "doubtful": [one for one in waiting if not one.found.sure],
        "sure": [one for one in waiting if one.found.sure],
        "lacking": lacking,
        "nudge": incoming.nudge(period, lacking, day_of(request, period.edition.city), calendar),
        "asked": [(one, names.get(one.call.office or one.call.division, "")) for one in asked],
        "replies": came,
        "open": period.closed_at is None,
    }


def _waiting(request: HttpRequest, came: Sequence[Reply], period: Period) -> list[Waiting]:
    """Every open piece with the items it may land on; one that a person moved to another item first."""
    found = [(piece, reply) for reply in came for piece in reply.found.all() if piece.decision == "open"]
    if not found:
        return []
    issued = Commitment.objects.filter(edition=period.edition, breakdown__stage="issued").exclude(lead="")
    rows = {row.pk: row for row in with_related(issued, "targets")}
    moved = request.GET.get("move", ""), request.GET.get("to", "")
    units = {target.pk: target.unit for row in rows.values() for target in row.targets.all()}
    drawn = Options(rows.values())
    return [_one(piece, reply, rows, moved, units, drawn) for piece, reply in found]


def _one(
    piece: Found,
    reply: Reply,
    rows: Mapping[int, Commitment],
    moved: tuple[str, str],
    units: Mapping[int, str],
    drawn: Options,
) -> Waiting:
    own = rows.get(piece.commitment_id or 0)
    if moved[0] == str(piece.pk):
        own = next((row for row in rows.values() if str(row.pk) == moved[1]), own)
    first = [rows[pk] for pk in piece.candidates if pk in rows]
    order = dict.fromkeys([*([own] if own else []), *first, *rows.values()])
    choices = drawn.of(order, own) if not piece.sure else SafeString()
    doubts = tuple(Finding(*told) for told in piece.doubts)
    return Waiting(piece, reply, doubts, choices, _figures(piece, own.targets.all() if own else (), units))


def _plain(value: str) -> str:
    return written(Decimal(value)) if value else ""


def _figures(piece: Found, targets: Iterable[Target], units: Mapping[int, str]) -> tuple[Figure, ...]:
    """One input a target; what was read for another item's target fills the first one of the same unit."""
    own = list(targets)
    read = {one["target"]: one for one in piece.figures}
    strange = set(read) - {one.pk for one in own}
    told = []
    for target in own:
        stray = next((pk for pk in strange if pk in read and units.get(pk) == target.unit), 0)
        one = read.get(target.pk) or read.pop(stray, None) or {"value": "", "on": "", "definition": ""}
        wanted = showing.amount(ledger.as_target(target))
        told.append(
            Figure(target.pk, target.subject or _("目标"), wanted, _plain(one["value"]), one["on"], one["definition"])
        )
    return tuple(told)


def open_period(request: HttpRequest, number: int) -> HttpResponse:
    """A period opens."""
    if request.method != "POST":
        return redirect("month", number)
    edition, form = plan_of(request, number), ReportForm(request.POST)
    try:
        on = form.day("on", "截至日") or date.min
        items = ledger.items(edition.city, edition, on)
        until, counties = form.day("reply_by", "报送截止日"), form.words_of("counties") == "yes"
        calendar = calendar_of(edition.city)
        period = actions.open_period(actor_of(request), edition, on, items, calendar, until=until, counties=counties)
    except RefusedError as refusal:
        return month(request, number, refusal.findings)
    return redirect(month_url(period))


def _period(request: HttpRequest, number: int) -> Period:
    found = reports.period(number)
    if found is None:
        raise Http404
    in_city(request, found.edition.city)
    return found


def close(request: HttpRequest, number: int) -> HttpResponse:
    """A period ends."""
    period = _period(request, number)
    if request.method == "POST":
        try:
            actions.close_period(actor_of(request), number, ReportForm(request.POST).version())
        except RefusedError as refusal:
            return month(request, period.edition_id, refusal.findings)
    return redirect(month_url(period))


def bring(request: HttpRequest, number: int) -> HttpResponse:
    """Files and a pasted message come in; each is kept or refused by itself, all refusals shown at once."""
    period = _period(request, number)
    if request.method != "POST":
        return redirect(month_url(period))
    why = refused(actor_of(request), "gather")
    if why is not None:
        return month(request, period.edition_id, [why])
    form, findings = ReportForm(request.POST), list[Finding]()
    sent = uploads(request, "files")
    if form.words_of("pasted").strip():
        sent.append((incoming.PASTED, form.words_of("pasted").encode()))
    if not sent:
        findings.append(
            Finding("来件", "没有选文件，也没有粘贴文字", "收 Word、Excel、文本或粘贴的消息", "请选文件或粘贴后再收")
        )
    reader = incoming.Reader(period, form.words_of("office"))
    for name, content in sent:
        try:
            actions.bring(actor_of(request), number, reader.read(content, name))
        except RefusedError as refusal:
            findings += refusal.findings
    if findings:
        return month(request, period.edition_id, findings)
    return redirect(month_url(period))


def land(request: HttpRequest, number: int) -> HttpResponse:
    """One piece as the form says, or every ticked sure one as it was read."""
    period = _period(request, number)
    if request.method != "POST":
        return redirect(month_url(period))
    form, actor = ReportForm(request.POST), actor_of(request)
    if form.words_of("do") == "move":
        return redirect(
            f"{month_url(period)}&move={form.whole_number('found')}&to={form.whole_number('item')}#found-{form.whole_number('found')}"
        )
    try:
        wanted = form.ids("pick") or [form.whole_number("found")]
        several = bool(form.ids("pick"))
        landings = [(pk, incoming.as_read(actor, period, pk) if several else _typed(period, form)) for pk in wanted]
        actions.land(actor, landings)
    except RefusedError as refusal:
        return month(request, period.edition_id, refusal.findings)
    return redirect(month_url(period))


def _typed(period: Period, form: ReportForm) -> actions.Landing:
    return form.landing(Target.objects.filter(commitment=form.whole_number("item")), period.on)


def drop(request: HttpRequest, number: int) -> HttpResponse:
    """A piece is not taken."""
    period, form = _period(request, number), ReportForm(request.POST)
    if request.method == "POST":
        try:
            actions.drop(actor_of(request), form.whole_number("found"), form.words_of("reason"))
        except RefusedError as refusal:
            return month(request, period.edition_id, refusal.findings)
    return redirect(month_url(period))


def original(request: HttpRequest, number: int) -> HttpResponse:
    """The reply as it came, for those who gather."""
    reply = Reply.objects.select_related("file", "period", "period__edition").filter(pk=number).first()
    if reply is None:
        raise Http404
    return download_kept(request, reply.file, "/")
