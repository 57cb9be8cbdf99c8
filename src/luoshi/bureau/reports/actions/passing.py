"""审核, 审签, 核定, 采用, 退回, 退回更正: the steps of an answer after it was filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.indicators.actions import keep_figures
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger.actions.judging import Verdict, judge_within
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.signing import refuse_twice
from luoshi.bureau.reports.actions.filing import Paper, held_call, step
from luoshi.bureau.reports.models import Amount, Passing, Report
from luoshi.bureau.reports.queries import due_step
from luoshi.spine import Measurement, Standing, State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import Source

_STAGE, _STEP = Report.Stage, Passing.Step
_LINE = 300


@dataclass(frozen=True, slots=True)
class Verified:
    """What 督查室 verifies: the state, and figures that are to read otherwise than reported."""

    words: str
    state: State | None = None
    """None takes the section's own 自评."""
    values: Mapping[int, tuple[Decimal, str]] = field(default_factory=dict)
    """By id of the amount: 核定数 and why it is another than 上报数."""


def review(actor: Actor, report_id: int, version: int, words: str) -> Report:
    """科室负责人审核."""
    return _passed(actor, report_id, version, _STEP.REVIEW, words)


def sign(actor: Actor, report_id: int, version: int, words: str) -> Report:
    """分管局领导审签: only what is in his charge."""
    return _passed(actor, report_id, version, _STEP.SIGN, words)


def _passed(actor: Actor, report_id: int, version: int, which: Passing.Step, words: str) -> Report:
    with act(actor, f"reports.{which}", "commitment") as note:
        report = _held(actor, report_id, version, which, note)
        _refuse_wordless(report, words)
        step(actor, report, report.call, which, words.strip())
        note.detail, note.reason = {"自评": report.claimed}, words.strip()
    return report


def verify(actor: Actor, report_id: int, version: int, verified: Verified) -> Report:
    """督查室核定: the ledger shows the words and the state; the figures become 核定数 and speak for their indicators.

    Raises:
        RefusedError: no right, not signed yet, no words, another figure without a reason, or changed meanwhile.
    """
    with act(actor, "reports.verify", "commitment") as note:
        report = _held(actor, report_id, version, _STEP.VERIFY, note)
        _refuse_wordless(report, verified.words)
        state = (verified.state or State(report.claimed)).value
        step(actor, report, report.call, _STEP.VERIFY, verified.words.strip(), state=state)
        told = [_verify(actor, one, verified) for one in report.amounts.select_related("target")]
        _carry(report.call.commitment, report)
        _speak(actor, report, told, _known(report))
        note.reason = verified.words.strip()
        note.detail = {
            "核定": state,
            "核定数": [f"{one.verified.normalize():f}{one.unit}" for one in told if one.verified is not None],
        }
    return report


def _verify(actor: Actor, amount: Amount, verified: Verified) -> Amount:
    value, why = verified.values.get(amount.pk, (amount.reported, ""))
    if value != amount.reported and not why.strip():
        where = f"{amount.target.subject or '目标'} 核定数"
        what = f"核定数 {value} 与上报数 {amount.reported.normalize():f} 不同，没有写理由"
        raise RefusedError(Finding(where, what, "核定数不同于上报数的须写理由", "请写明依据"))
    amount.verified, amount.verified_why, amount.verified_by = value, why.strip()[:_LINE], actor.name
    amount.save(update_fields=["verified", "verified_why", "verified_by"])
    return amount


def _carry(row: Commitment, report: Report) -> None:
    """What the ledger shows from now on is what was verified."""
    row.progress, row.trouble, row.next_step = report.words, report.trouble, report.next_step
    row.expected = report.expected
    row.contact, row.phone = report.contact or row.contact, report.phone or row.phone
    row.save(update_fields=["progress", "trouble", "next_step", "expected", "contact", "phone"])


def _speak(actor: Actor, report: Report, amounts: list[Amount], known: date) -> None:
    """A verified figure of a target that is bound to an indicator is a measurement of that indicator."""
    city = report.call.period.edition.city
    source = Source(
        f"截至{report.call.period.on}进展反馈（{report.by}填报，{actor.name}核定）", "", timezone.localdate(), ""
    )
    told = [
        _measured(one, one.verified, source, known)
        for one in amounts
        if one.target.indicator and one.verified is not None
    ]
    if told:
        keep_figures(actor, city, told)


def _tell(actor: Actor, report: Report) -> None:
    """What a county reported and its section adopted is a 上报数 of that county; it is verified by 对数, not here."""
    call = report.call
    source = Source(f"截至{call.period.on}进展反馈（{report.by}填报，{actor.name}采用）", "", timezone.localdate(), "")
    told = [
        replace(
            _measured(one, one.reported, source, call.period.on), standing=Standing.REPORTED, division=call.division
        )
        for one in report.amounts.select_related("target")
        if one.target.indicator
    ]
    if told:
        keep_figures(actor, call.period.edition.city, told)


def _known(report: Report) -> date:
    """The day from which on what is verified now counts.

    A first figure counts from 截至日 on: the month's board and bulletin show what was verified for that day, some days later.
    A corrected one counts from the day it was verified: whoever asks what was known before still finds the first.
    """
    on: date = report.call.period.on
    earlier = Passing.objects.filter(report__call=report.call_id, report__lt=report.pk, step=_STEP.VERIFY)
    if not earlier.exists():
        return on
    own = report.passings.filter(step=_STEP.VERIFY).last()
    return max(on, timezone.localdate(own.at) if own else timezone.localdate())


def _measured(one: Amount, value: Decimal, source: Source, known: date) -> Measurement:
    same = value == one.reported
    return Measurement(
        indicator=one.target.indicator or "",
        on=one.on,
        known=known,
        value=value,
        unit=one.unit,
        definition=one.definition,
        standing=Standing.VERIFIED,
        source=source,
        numerator=one.numerator if same else None,
        denominator=one.denominator if same else None,
        about=one.about,
    )


def adopt(actor: Actor, report_id: int, version: int, words: str) -> Report:
    """牵头科室采用 what a county answered: it ends there, and feeds the section's own answer."""
    with act(actor, "reports.adopt", "commitment") as note:
        report = _held(actor, report_id, version, _STEP.ADOPT, note)
        _refuse_wordless(report, words)
        Passing.objects.create(
            report=report, step=_STEP.ADOPT, words=words.strip(), by=actor.name, by_login=actor.login
        )
        report.stage, report.version = _STAGE.ADOPTED, report.version + 1
        report.save(update_fields=["stage", "version"])
        _tell(actor, report)
        note.reason = words.strip()
    return report


def send_back(actor: Actor, report_id: int, version: int, words: str) -> Report:
    """退回修改, with a reason, by the next one in the row; for one that is verified there is `correct`.

    Raises:
        RefusedError: no right, no reason, verified or returned already, or changed meanwhile.
    """
    with act(actor, "reports.back", "commitment") as note:
        report = _held(actor, report_id, version, _STEP.BACK, note)
        _refuse_wordless(report, words)
        if report.stage != _STAGE.FILED and report.call.office:
            judge_within(actor, report.call.commitment, Verdict("back", report.call.period.on, words))
        Passing.objects.create(report=report, step=_STEP.BACK, words=words.strip(), by=actor.name, by_login=actor.login)
        report.stage, report.version = _STAGE.RETURNED, report.version + 1
        report.save(update_fields=["stage", "version"])
        note.reason = words.strip()
    return report


def correct(actor: Actor, report_id: int, version: int, words: str) -> Report:
    """退回更正 of a verified answer by 督查室 while its period is open: its unit answers anew.

    What was verified stays as it is and goes on to be known: state, words and figures of the ledger change only when the
    corrected answer is verified, and then the first figures stay beside the new ones.

    Raises:
        RefusedError: no right, no reason, not verified, the period is closed, verified this very day, or changed meanwhile.
    """
    with act(actor, "reports.correct", "commitment") as note:
        report = _held(actor, report_id, version, _STEP.CORRECT, note)
        _refuse_wordless(report, words)
        _refuse_uncorrectable(report)
        Passing.objects.create(
            report=report, step=_STEP.CORRECT, words=words.strip(), by=actor.name, by_login=actor.login
        )
        report.stage, report.version = _STAGE.RETURNED, report.version + 1
        report.save(update_fields=["stage", "version"])
        note.reason = words.strip()
        told = report.amounts.exclude(verified=None)
        note.detail = {"截至": report.call.period.on, "原核定数": [f"{one.said['verified']}{one.unit}" for one in told]}
    return report


def _refuse_uncorrectable(report: Report) -> None:
    """One figure a day: of two that became known on the same day nobody could say later which one was looked at."""
    number: str = report.call.commitment.number
    if report.call.period.closed_at is not None:
        raise RefusedError(Finding(number, "这一期已经结束", "期内才能退回更正", "请在下一期更正，并写明上期的差错"))
    if _known(report) >= timezone.localdate() and report.amounts.exclude(verified=None).exists():
        rule = "同一天只有一个核定数，以便按日查当时的数"
        raise RefusedError(Finding(number, f"核定数自 {_known(report)} 起采用", rule, "请在次日退回更正"))


def _held(actor: Actor, report_id: int, version: int, which: Passing.Step, note: Note) -> Report:
    found = Report.objects.filter(pk=report_id).values_list("call__commitment_id", flat=True).first()
    if found is None:
        raise RefusedError(Finding("进展反馈", "没有这份反馈", "只能办理报来的反馈", "请刷新页面"))
    row = Commitment.objects.select_for_update().get(pk=found)
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("call", "call__period", "call__period__edition__city")
        .get(pk=report_id)
    )
    report.call.commitment = row
    note.id, note.title = str(row.pk), f"{row.number} {row.title}"
    due, right = due_step(report)
    if which == _STEP.CORRECT and report.stage == _STAGE.VERIFIED:
        due, right = which, "correct"
    _refuse_stage(row, report, which, due)
    require(actor, right, lead=row.lead if right == "review" else "")
    if which in {_STEP.SIGN, _STEP.VERIFY, _STEP.ADOPT}:
        refuse_twice(actor, row.number, [(report.by_login, report.by)])
    if report.version != version:
        raise RefusedError(Finding(row.number, "别人刚刚办理过这份反馈", "以先办的为准", "请刷新页面，看过后再办"))
    return report


def _refuse_stage(row: Commitment, report: Report, which: str, due: str) -> None:
    if due and which in {due, _STEP.BACK}:
        return
    now = report.get_stage_display()
    said = f"现在该{_STEP(due).label}" if due else "已经办结或已退回"
    raise RefusedError(
        Finding(
            row.number,
            f"这份反馈“{now}”，不能{_STEP(which).label}",
            f"顺序为审核、审签、核定；{said}",
            "请刷新页面，按顺序办理",
        )
    )


def _refuse_wordless(report: Report, words: str) -> None:
    if not words.strip():
        number: str = report.call.commitment.number
        raise RefusedError(
            Finding(number, "没有写意见", "审核、审签、核定、退回都须写意见", "请写明意见，同意也写“同意”")
        )


def enter_signatures(actor: Actor, report_id: int, version: int, paper: Paper) -> Report:
    """代录 of 审核 and 审签 from a signed paper, whose scan is kept: for sections and leaders who sign on paper.

    Raises:
        RefusedError: no right, no name, no scan, or the answer waits for neither.
    """
    with act(actor, "reports.enter_signatures", "commitment") as note:
        require(actor, "gather")
        found = Report.objects.filter(pk=report_id).first()
        if found is None or not found.call.office:
            raise RefusedError(Finding("代录", "没有这份科室反馈", "只代录科室反馈的签字", "请刷新页面"))
        note.detail = {"代录": [paper.reviewed_by, paper.signed_by], "扫描件": paper.name}
        report = _entered(actor, found, version, note)
        both = [(_STEP.REVIEW, paper.reviewed_by.strip()), (_STEP.SIGN, paper.signed_by.strip())]
        wanted = both if report.stage == _STAGE.FILED else both[1:]
        if not all(name for _, name in wanted):
            raise RefusedError(
                Finding(
                    report.call.commitment.number,
                    "没有写清谁审核、谁审签",
                    "代录须写纸质件上的签字人",
                    "请照纸质件填写",
                )
            )
        report.signed_paper = keep_scan(actor, paper.scan, paper.name)
        report.save(update_fields=["signed_paper"])
        for which, name in wanted:
            step(actor, report, report.call, which, f"纸质件已签，由{actor.name}代录", by=name)
    return report


def _entered(actor: Actor, found: Report, version: int, note: Note) -> Report:
    """The answer, held, if it still waits for a section or a leader."""
    call = held_call(actor, found.call_id, note)
    report = Report.objects.select_for_update(of=("self",)).select_related("call", "call__period").get(pk=found.pk)
    report.call = call
    if report.version != version:
        raise RefusedError(
            Finding(call.commitment.number, "别人刚刚办理过这份反馈", "以先办的为准", "请刷新页面，看过后再办")
        )
    if report.stage not in {_STAGE.FILED, _STAGE.REVIEWED}:
        raise RefusedError(
            Finding(
                call.commitment.number,
                f"这份反馈“{report.get_stage_display()}”",
                "只代录待审核、待审签的",
                "请刷新页面",
            )
        )
    return report
