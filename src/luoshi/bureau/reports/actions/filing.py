"""填报: an answer to a call, by the unit itself or entered for it from a signed paper (代录)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.files.models import File
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger.actions.judging import Verdict, judge_within
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.people.rights import answers, require
from luoshi.bureau.reports.models import Amount, Call, Passing, Period, Report
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = Report.Stage
_WORDS, _LINE, _NAME = 2000, 300, 60


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure as it is reported, in the target's unit."""

    value: Decimal
    on: date
    definition: str = ""
    """口径; empty is what the unit counted by itself (部门月报)."""
    about: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer as it is sent."""

    words: str
    claimed: State | None = None
    trouble: str = ""
    next_step: str = ""
    expected: date | None = None
    contact: str = ""
    phone: str = ""
    sums: Mapping[int, Sum] = field(default_factory=dict)
    """By id of the target."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed paper an answer is entered from: who signed, and its scan."""

    scan: bytes
    name: str
    reviewed_by: str = ""
    signed_by: str = ""


MONTHLY = "部门月报"
"""口径 of a figure for which nobody named another."""


def file(actor: Actor, call_id: int, filled: Filled, *, replaces: int = 0, paper: Paper | None = None) -> Report:
    """An answer to a call. A section's head who fills in himself has thereby reviewed it.

    Args:
        actor: who answers, or enters it.
        call_id: what is answered.
        filled: the answer.
        replaces: id of the answer the page showed, which was sent back or is not yet reviewed; 0 for none.
        paper: a signed paper, when 督查室 enters it for the unit.

    Raises:
        RefusedError: no right, period closed, answered meanwhile, no words, what is owed for a bad state is missing.
    """
    with act(actor, "reports.file", "commitment") as note:
        call = held_call(actor, call_id, note)
        _refuse_other(actor, call)
        _replace(call, replaces)
        _refuse_filled(call, filled)
        scan = keep_scan(actor, paper.scan, paper.name) if paper else None
        report = write(actor, call, filled, scan, proxy=actor.role == "supervisor")
        if scan is not None:
            report.signed_paper = scan
            report.save(update_fields=["signed_paper"])
        _pass_at_once(actor, report, call, paper)
        note.detail = {"截至": call.period.on, "自评": report.claimed, **_told(report)}
        note.reason = report.words
    return report


def held_call(actor: Actor, call_id: int, note: Note, right: str = "report") -> Call:
    """The call, its item locked until the transaction ends; the item's name goes into the note.

    Raises:
        RefusedError: there is none, the person may not, or the period is closed.
    """
    found = Call.objects.select_related("period", "period__edition").filter(pk=call_id).first()
    if found is None:
        raise RefusedError(Finding("进展反馈", "没有这一项应报", "只答复本期应报的事项", "请刷新页面"))
    row = Commitment.objects.select_for_update().get(pk=found.commitment_id)
    found.commitment = row
    note.id, note.title = str(row.pk), f"{row.number} {row.title}"
    require(actor, right, lead=found.office or (row.lead if actor.role in {"section", "contact"} else ""))
    if found.period.closed_at is not None:
        raise RefusedError(Finding(row.number, "这一期已经结束", "结束后不再收", "请等下一期，或请督查室另开一期"))
    return found


def _refuse_other(actor: Actor, call: Call) -> None:
    """A county answers for itself; a section for what it leads."""
    if actor.role == "county" and not (call.division and answers(actor, call.division)):
        raise RefusedError(
            Finding(call.commitment.number, f"这一项不由{actor.name}填报", "县(市、区)只报本单位的", "请看本单位的待报")
        )
    if actor.role in {"section", "contact"} and call.division:
        raise RefusedError(
            Finding(
                call.commitment.number,
                "这一项由县(市、区)填报",
                "科室审核县(市、区)的反馈，不代它填",
                "请催报，或请督查室代录",
            )
        )


def _replace(call: Call, replaces: int) -> None:
    """An answer takes the place of one that was sent back or lies unreviewed, never of one further on."""
    last = call.reports.exclude(stage=_STAGE.REPLACED).order_by("-id").first()
    if (last.pk if last else 0) != replaces:
        raise RefusedError(
            Finding(call.commitment.number, "这一项刚刚有人报过", "以先报的为准", "请刷新页面，看过后再报")
        )
    if last is None:
        return
    if last.stage not in {_STAGE.RETURNED, _STAGE.FILED, _STAGE.NOTED}:
        raise RefusedError(
            Finding(
                call.commitment.number,
                f"已报的一份现为“{last.get_stage_display()}”",
                "审核以后须先退回才能重报",
                "请先请审核人退回",
            )
        )
    last.stage, last.version = _STAGE.REPLACED, last.version + 1
    last.save(update_fields=["stage", "version"])


def _refuse_filled(call: Call, filled: Filled) -> None:
    number, found = call.commitment.number, list[Finding]()
    if not filled.words.strip():
        found.append(Finding(number, "没有写进展", "反馈须有进展；没有进展的请点“本期无新进展”", "请写明做到什么程度"))
    if len(filled.words) > _WORDS:
        found.append(
            Finding(number, f"进展 {len(filled.words)} 字", f"不超过 {_WORDS} 字，以 200 字以内为宜", "请压缩")
        )
    if call.office and filled.claimed is None:
        found.append(Finding(number, "没有选自评状态", "科室反馈须自评", "请选定状态"))
    if filled.claimed in {State.BEHIND, State.OVERDUE}:
        if not filled.trouble.strip():
            found.append(Finding(number, "没有写存在问题", "未达序时进度的须写问题和原因", "请写明卡在哪里"))
        if not filled.next_step.strip():
            found.append(Finding(number, "没有写下步措施", "未达序时进度的须写措施和预计完成日", "请写明怎么补上"))
    found += [one for pk, told in filled.sums.items() for one in _refuse_sum(call, pk, told)]
    if found:
        raise RefusedError(*found)


def _refuse_sum(call: Call, target_id: int, told: Sum) -> list[Finding]:
    number, found = call.commitment.number, list[Finding]()
    if not call.commitment.targets.filter(pk=target_id).exists():
        found.append(Finding(number, "填了别的事项的目标", "只填本事项的目标", "请刷新页面"))
    if told.value < 0:
        found.append(Finding(number, f"上报数 {told.value} 小于零", "上报数不小于零", "请改正"))
    if told.on > call.period.on:
        found.append(Finding(number, f"时点 {told.on} 晚于截至日 {call.period.on}", "只报截至日以前的数", "请改时点"))
    if (told.numerator is None) != (told.denominator is None):
        found.append(Finding(number, "分子、分母只填了一个", "分子和分母一起填，或都不填", "请补齐"))
    if told.denominator is not None and told.denominator <= 0:
        found.append(Finding(number, f"分母 {told.denominator} 不大于零", "分母须大于零", "请改正"))
    return found


def write(actor: Actor, call: Call, filled: Filled, source: File | None, *, proxy: bool) -> Report:
    """The answer and its figures as rows, inside the act that files it."""
    report = Report.objects.create(
        call=call,
        words=filled.words.strip(),
        trouble=filled.trouble.strip()[:_LINE],
        next_step=filled.next_step.strip()[:_LINE],
        expected=filled.expected,
        claimed=filled.claimed.value if filled.claimed else "",
        contact=filled.contact.strip()[:_NAME],
        phone=filled.phone.strip()[:_NAME],
        by=actor.name,
        by_login=actor.login,
        source=source,
        proxy=proxy,
    )
    units = dict(Target.objects.filter(pk__in=filled.sums).values_list("pk", "unit"))
    Amount.objects.bulk_create(
        Amount(
            report=report,
            target_id=pk,
            on=told.on,
            definition=told.definition.strip()[:_LINE] or MONTHLY,
            unit=units[pk],
            about=told.about,
            reported=told.value,
            numerator=told.numerator,
            denominator=told.denominator,
        )
        for pk, told in filled.sums.items()
    )
    return report


def _told(report: Report) -> dict[str, object]:
    return {"上报数": [f"{one.reported.normalize():f}{one.unit}" for one in report.amounts.all()]}


def _pass_at_once(actor: Actor, report: Report, call: Call, paper: Paper | None) -> None:
    """What a head fills in himself is reviewed; what a signed paper says was reviewed and signed."""
    if not call.office:
        return
    if actor.role == "section":
        step(actor, report, call, Passing.Step.REVIEW, "本人填报")
    elif paper is not None:
        for whose, name in ((Passing.Step.REVIEW, paper.reviewed_by), (Passing.Step.SIGN, paper.signed_by)):
            if not name.strip():
                break
            step(actor, report, call, whose, f"纸质件已签，由{actor.name}代录", by=name.strip())


_STEPS = {
    Passing.Step.REVIEW: ("self", _STAGE.REVIEWED),
    Passing.Step.SIGN: ("leader", _STAGE.SIGNED),
    Passing.Step.VERIFY: ("office", _STAGE.VERIFIED),
}


def step(actor: Actor, report: Report, call: Call, which: str, words: str, by: str = "", state: str = "") -> None:
    """One step of a section's answer, with the judgement of the ledger that goes with it; inside the act that takes it."""
    judged, stage = _STEPS[Passing.Step(which)]
    said = State(state or report.claimed)
    verdict = Verdict(judged, call.period.on, words, said, report.words[:_LINE], report.trouble)
    judge_within(actor, call.commitment, verdict, by)
    Passing.objects.create(
        report=report, step=which, words=words, by=by or actor.name, by_login=actor.login, proxy=bool(by)
    )
    report.stage, report.version = stage, report.version + 1
    report.save(update_fields=["stage", "version"])


def nothing_new(actor: Actor, period_id: int, call_ids: Sequence[int]) -> int:
    """本期无新进展, for many items in one click; how many. What was said last stays what is known.

    Raises:
        RefusedError: no right, the period is closed, or one of them was answered meanwhile; then none is marked.
    """
    with act(actor, "reports.nothing_new", "period", period_id) as note:
        require(actor, "report")
        period = Period.objects.select_related("edition").filter(pk=period_id, closed_at=None).first()
        if period is None or not call_ids:
            what = "没有选事项" if period else "这一期没有开，或已经结束"
            raise RefusedError(Finding("本期无新进展", what, "在开着的一期里勾选事项", "请刷新页面，勾选后再点"))
        note.title = f"{period.edition.title} 截至{period.on}"
        marked = [_mark(actor, call_id, Note("commitment", "", "")) for call_id in sorted(set(call_ids))]
        note.detail = {"事项": marked}
    return len(marked)


def _mark(actor: Actor, call_id: int, note: Note) -> str:
    call = held_call(actor, call_id, note)
    _refuse_other(actor, call)
    last = call.reports.exclude(stage__in=[_STAGE.REPLACED, _STAGE.RETURNED]).exists()
    if last:
        raise RefusedError(Finding(call.commitment.number, "这一项刚刚有人报过", "以先报的为准", "请刷新页面后再勾选"))
    call.reports.filter(stage=_STAGE.RETURNED).update(stage=_STAGE.REPLACED)
    Report.objects.create(
        call=call, stage=_STAGE.NOTED, by=actor.name, by_login=actor.login, proxy=actor.role == "supervisor"
    )
    return call.commitment.number
