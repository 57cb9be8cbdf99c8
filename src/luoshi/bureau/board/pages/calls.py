"""One item one unit is asked about: the answer's form, the answer itself, and the step it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.board import shown
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.report_forms import CLAIMS, ReportForm
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.evidence import actions as evidence
from luoshi.bureau.evidence import queries as vault
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.models import Target
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import answers, sees
from luoshi.bureau.reports import actions
from luoshi.bureau.reports import queries as reports
from luoshi.bureau.reports.models import Amount, Call, Passing, Report
from luoshi.declared import PAPERS
from luoshi.tracking import Day, showing
from luoshi.tracking.choosing import known_by
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

DEFINITIONS = ("部门月报", "学籍（当日）", "年报（9月1日时点）", "督导评估")
"""口径 that are offered; any other may be typed."""
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Ask:
    """One target on the form: what is wanted, what the system holds, what was typed."""

    id: int
    subject: str
    wanted: str
    unit: str
    held: str
    """The figure the system already has for this period; then nobody is asked for it."""
    last: str
    value: str
    on: str
    definition: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on 截至日: for a section the figure that judges, for a county its own."""

    item: ledger.Item
    today: Day

    def of(self, target: Target, division: str) -> spine.Measurement | None:
        """The figure of a target; None while there is none."""
        if division:
            listed = known_by(self.today.figures.get(target.indicator or "", ()), self.today.on, division)
            return listed[-1] if listed else None
        stood = next((one for one in self.item.stood if one.target == ledger.as_target(target)), None)
        return stood.status.measurement if stood else None


@dataclass(frozen=True, slots=True)
class Step:
    """A button below an answer."""

    name: str
    label: str
    why_not: str


def _call(request: HttpRequest, number: int) -> Call:
    found = reports.call(number)
    if found is None or found.commitment.audience not in sees(actor_of(request)):
        raise Http404
    in_city(request, found.period.edition.city)
    found.commitment.edition = found.period.edition
    return found


def _newest(call: Call) -> Report | None:
    return max(call.reports.all(), key=lambda one: one.pk, default=None)


def call(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The page of one call."""
    found = _call(request, number)
    newest, actor = _newest(found), actor_of(request)
    edition = found.period.edition
    item, today = ledger.judged(edition.city, edition, _known_by(request, found), found.commitment)
    open_again = newest is None or newest.stage in {Report.Stage.RETURNED, Report.Stage.FILED, Report.Stage.NOTED}
    row = found.commitment
    why = _refused(request, found)
    context = {
        "id": found.pk,
        "number": row.number,
        "title": row.title,
        "item_id": row.pk,
        "edition_id": found.period.edition_id,
        "unit": found.unit,  # type: ignore[attr-defined]
        "county": bool(found.division),
        "on": found.period.on,
        "reply_by": found.period.reply_by,
        "why": found.get_why_display(),
        "due": row.due,
        "closed": found.period.closed_at is not None,
        "form": _form(request, found, newest, Known(item, today))
        if open_again and not found.period.closed_at
        else None,
        "replaces": newest.pk if newest else 0,
        "newest": newest,
        "back": reports.sent_back(newest),
        "correcting": reports.being_corrected(newest),
        "history": sorted(found.reports.all(), key=lambda one: -one.pk),
        "steps": _steps(request, newest, found),
        "verifies": newest is not None and newest.stage == Report.Stage.SIGNED,
        "states": [shown.Word(one.value, shown.state(one.value)) for one in CLAIMS],
        "may_file": why,
        "proxy": actor.role == "supervisor",
        "quotes": [one.text for one in row.quotes.all()],
        "judged": shown.worded(row.judged),
        "judged_on": row.judged_on,
        "progress": row.progress,
        "kinds": [(one.key, one.label) for one in PAPERS],
        "lacks": vault.gap(row),
        "version": newest.version if newest else 0,
    }
    told = {"call": context, "findings": findings, "made_up": found.period.edition.imaginary}
    return render(request, "board/call.html", told, status=409 if findings else 200)


def _refused(request: HttpRequest, found: Call) -> str:
    actor = actor_of(request)
    if actor.role == "county" and not answers(actor, found.division):
        return _("县(市、区)只报本单位的。")
    if actor.role in {"section", "contact"} and found.division:
        return _("这一项由县(市、区)填报，科室审核。")
    return why_not(request, "report", lead=found.office or found.commitment.lead)


def _form(request: HttpRequest, found: Call, newest: Report | None, known: Known) -> dict[str, object]:
    """What the form shows: what was just typed, else what was sent back, else last month's words."""
    row, sent = found.commitment, request.POST if request.method == "POST" else {}
    before = reports.last_words([row.pk], found.period.on).get(row.pk)
    source = newest if newest and newest.stage != Report.Stage.NOTED else before
    names = ("words", "trouble", "next_step", "contact", "phone", "claimed")
    told: dict[str, object] = {name: sent.get(name, getattr(source, name, "")) for name in names}
    expected = source.expected.isoformat() if source and source.expected else ""
    typed = {one.target_id: one for one in newest.amounts.all()} if newest else {}
    asks = [_ask(found, target, known, typed.get(target.pk), sent) for target in row.targets.all()]
    return {
        **told,
        "expected": sent.get("expected", expected),
        "asks": asks,
        "prefilled": source is before and before is not None,
        "claims": [shown.Word(one.value, shown.state(one.value)) for one in CLAIMS],
        "definitions": DEFINITIONS,
    }


def _ask(found: Call, target: Target, known: Known, typed: Amount | None, sent: object) -> Ask:
    figure = known.of(target, found.division)
    got = getattr(sent, "get", lambda _name, default: default)
    return Ask(
        id=target.pk,
        subject=target.subject or _("目标"),
        wanted=showing.amount(ledger.as_target(target)),
        unit=target.unit,
        held=_told(figure) if figure and _of_period(figure, found.period.on) else "",
        last=_told(figure) if figure else "",
        value=got(f"value-{target.pk}", typed.said["reported"] if typed else ""),
        on=got(f"on-{target.pk}", (typed.on if typed else found.period.on).isoformat()),
        definition=got(f"definition-{target.pk}", typed.definition if typed else DEFINITIONS[0]),
        numerator=got(f"numerator-{target.pk}", typed.said["numerator"] if typed else ""),
        denominator=got(f"denominator-{target.pk}", typed.said["denominator"] if typed else ""),
    )


def _told(figure: spine.Measurement) -> str:
    return (
        f"{showing.figure(figure)}（{shown.standing(figure.standing)}，{figure.definition}，{_('时点')} {figure.on}）"
    )


def _known_by(request: HttpRequest, found: Call) -> date:
    """The day up to which figures are known to the form: today, but not so late that the next month's come before them.

    A figure with the period's own 时点 becomes known after it, mostly on the very days on which the answers are written.
    """
    on = found.period.on
    return max(on, min(day_of(request, found.period.edition.city), on + timedelta(days=_MONTH - 1)))


def _of_period(figure: spine.Measurement, on: date) -> bool:
    """Whether a figure the system holds already speaks for the period, so that nobody has to type it."""
    return 0 <= (on - figure.on).days < _MONTH and figure.standing is not spine.Standing.PRESS


def _steps(request: HttpRequest, newest: Report | None, found: Call) -> list[Step]:
    if newest is None:
        return []
    name, right = reports.due_step(newest)
    if newest.stage == Report.Stage.VERIFIED:
        over = _("这一期已经结束，请在下一期更正。") if found.period.closed_at else ""
        return [Step("correct", str(Passing.Step.CORRECT.label), why_not(request, "correct") or over)]
    if not name:
        return []
    why = why_not(request, right, lead=found.commitment.lead if right == "review" else "")
    return [Step(name, str(Passing.Step(name).label), why), Step("back", str(Passing.Step.BACK.label), why)]


def file(request: HttpRequest, number: int) -> HttpResponse:
    """The answer is sent."""
    if request.method != "POST":
        return redirect("call", number)
    found, form = _call(request, number), ReportForm(request.POST)
    try:
        scan = upload(request, "scan")
        paper = form.paper(*scan) if scan else None
        filled = form.filled(found.commitment.targets.all(), found.period.on)
        _attach(request, found, form)
        actions.file(actor_of(request), number, filled, replaces=form.whole_number("replaces"), paper=paper)
    except RefusedError as refusal:
        return call(request, number, refusal.findings)
    return redirect("call", number)


def _attach(request: HttpRequest, found: Call, form: ReportForm) -> None:
    """A file that comes along goes into the vault of the item; brought again with the same words it is there already."""
    sent = upload(request, "evidence")
    if sent is not None:
        name, content = sent
        shows, kind = form.words_of("shows"), form.words_of("kind")
        evidence.attach(actor_of(request), found.commitment_id, content, name, shows, kind)


_PASSES = {
    "review": actions.review,
    "sign": actions.sign,
    "adopt": actions.adopt,
    "back": actions.send_back,
    "correct": actions.correct,
}


def step(request: HttpRequest, number: int) -> HttpResponse:
    """审核, 审签, 核定, 采用, 退回, 退回更正, or the signatures of a paper."""
    if request.method != "POST":
        return redirect("call", number)
    found = _call(request, number)
    try:
        _step(request, found, ReportForm(request.POST))
    except RefusedError as refusal:
        return call(request, number, refusal.findings)
    return redirect("call", number)


def _step(request: HttpRequest, found: Call, form: ReportForm) -> None:
    newest, name, actor = _newest(found), form.words_of("step"), actor_of(request)
    report, version = form.whole_number("report"), form.version()
    if newest is None or newest.pk != report:
        raise RefusedError(Finding(found.commitment.number, "刚刚有了新的反馈", "只办理最新的一份", "请看过新的再办"))
    if name == "verify":
        actions.verify(actor, report, version, form.verified(newest.amounts.all()))
    elif name == "signatures":
        paper = form.paper(*(upload(request, "scan") or ("", b"")))
        actions.enter_signatures(actor, report, version, paper)
    elif name in _PASSES:
        _PASSES[name](actor, report, version, form.words)
    else:
        raise RefusedError(
            Finding("进展反馈", f"没有“{name[:20]}”这一步", "审核、审签、核定、采用、退回或退回更正", "请从页面上办理")
        )
