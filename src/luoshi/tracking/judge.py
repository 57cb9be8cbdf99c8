"""数据状态: how a target stands on a day, from what was known that day. Nobody types it.

What is not known is 待核实; it never turns good by itself. A soft word (力争) and what others decide (被评定) never
turn bad by themselves: where they are not met a person has to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from luoshi.spine import Better, Comparator, Kind, Measurement, State, Status, Strength, Target
from luoshi.tracking import holding, showing
from luoshi.tracking.rules import DEFAULT, Rules


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything a judgement looks at. Shares are fractions of one."""

    target: Target
    on: date
    begun: date
    kind: Kind = Kind.QUANTITY
    better: Better = Better.HIGHER
    baseline: Measurement | None = None
    """The declared 基期值; never guessed from the first stored one."""
    rules: Rules = DEFAULT

    @property
    def upper(self) -> bool:
        """Whether the bound is an upper one."""
        return holding.at_most(self.target, self.better)

    @property
    def soft(self) -> bool:
        """Whether missing it says nothing bad by itself."""
        return self.target.strength is Strength.ASPIRATIONAL or self.kind is Kind.RECOGNITION


def judge(matter: Matter, measurements: Sequence[Measurement]) -> Status:
    """The state of one target on a day, with its arithmetic.

    Args:
        matter: target, day, begin, kind, direction, baseline, rules.
        measurements: all figures of the target's indicator, in any order; those not yet known on the day do not exist.
    """
    known = holding.known_by(measurements, matter.on)
    if not known:
        return _unknown(matter, None, f"到{matter.on}为止没有已知的指标值")
    figure = known[-1]
    before = matter.baseline or next((one for one in reversed(known) if one.on.year < figure.on.year), None)
    obstacle = _obstacle(matter.target, figure)
    if obstacle:
        return _unknown(matter, figure, obstacle)
    bound = holding.goal(matter.target, matter.better, before)
    if bound is None:
        return _unknown(matter, figure, "没有上年值，不能判断是否只增不减")
    value = holding.exact(figure)
    if figure.about and abs(value - bound) <= abs(value) * Fraction(matter.rules.about) and value != bound:
        return _unknown(matter, figure, f"{showing.figure(figure)}为约数，与目标值相差太近，不能判断")
    if holding.is_met(value, bound, upper=matter.upper):
        return _met(matter, figure, bound)
    return _not_met(matter, figure, value, bound, before)


def _obstacle(target: Target, figure: Measurement) -> str:
    """Why a figure cannot be held against a target at all; "" when it can."""
    share = figure.unit in holding.SHARES
    if target.comparator is Comparator.ALL and not share:
        return f"已知{showing.figure(figure)}，但没有总数（分母），不能判断是否全部"
    if target.comparator in {Comparator.ALL, Comparator.NONE, Comparator.NEVER_LESS}:
        return ""
    if share != (target.unit in holding.SHARES):
        return f"指标值单位是“{figure.unit}”，目标值单位是“{target.unit}”，不能相比"
    if figure.denominator is not None and figure.denominator == 0:
        return "分母为零，没有比率"
    return ""


def _unknown(matter: Matter, figure: Measurement | None, why: str, next_step: str = "") -> Status:
    return Status(State.UNKNOWN, why, matter.on, figure, next_step=next_step, rules=matter.rules.version)


def _sentence(matter: Matter, figure: Measurement, bound: Fraction, *, met: bool) -> str:
    """2.14 % ≤ 3 %, 余量 0.86 个百分点；口径：…；时点 2020-12-31."""
    sign = ("≤" if met else "＞") if matter.upper else ("≥" if met else "＜")
    value = holding.exact(figure)
    unit = figure.unit
    shown_bound = showing.value_with_unit(holding.decimal(bound), unit)
    apart = showing.number(holding.decimal(abs(value - bound)))
    gap_unit = "个百分点" if unit == "%" else unit
    gap = "" if value == bound else f"，{'余量' if met else '相差'} {apart} {gap_unit}"
    counts = ""
    if figure.numerator is not None and figure.denominator:
        counts = f"（{showing.number(figure.numerator)} ÷ {showing.number(figure.denominator)}）"
    shown = showing.figure(figure)
    return f"{shown}{counts} {sign} {shown_bound}{gap}；口径：{figure.definition}；时点 {figure.on}"


def _met(matter: Matter, figure: Measurement, bound: Fraction) -> Status:
    because = _sentence(matter, figure, bound, met=True)
    due = matter.target.due
    done = Status(State.DONE, because, matter.on, figure, holding.decimal(Fraction(1)), rules=matter.rules.version)
    if holding.is_cumulative(matter.target):
        return done
    if due and matter.on > due and not _speaks_for(due, figure, matter.rules):
        return _unknown(matter, figure, f"{because}；但时限{due}之后还没有新的数", "须有时限当年的数")
    if not (due and matter.on > due) and _is_stale(matter, figure):
        return _unknown(matter, figure, f"{because}；但距今已超过{matter.rules.stale_days}天", "须有近期的数")
    back = "回升" if matter.upper else "回落"
    limit = showing.value_with_unit(holding.decimal(bound), figure.unit)
    return replace(done, next_step=f"如{back}到{limit}{'以上' if matter.upper else '以下'}，将重新打开")


def _speaks_for(due: date, figure: Measurement, rules: Rules) -> bool:
    return figure.on >= due - timedelta(days=rules.final_days)


def _is_stale(matter: Matter, figure: Measurement) -> bool:
    return (matter.on - figure.on).days > matter.rules.stale_days


def _not_met(
    matter: Matter, figure: Measurement, value: Fraction, bound: Fraction, before: Measurement | None
) -> Status:
    because = _sentence(matter, figure, bound, met=False)
    due = matter.target.due
    if due and matter.on > due:
        if not _speaks_for(due, figure, matter.rules):
            return _unknown(matter, figure, f"{because}；这是时限之前的数，时限之后还没有新的数", "须有时限当年的数")
        if matter.soft:
            return _unknown(matter, figure, f"{because}；{_softly(matter)}", "由人核定")
        return Status(State.OVERDUE, because, matter.on, figure, rules=matter.rules.version)
    if _is_stale(matter, figure):
        return _unknown(matter, figure, f"{because}；距今已超过{matter.rules.stale_days}天", "须有近期的数")
    if due is None:
        return _unknown(matter, figure, f"{because}；没有时限，不能判断进度", "须定时限")
    return _on_the_way(matter, figure, value, bound, before, because)


def _softly(matter: Matter) -> str:
    if matter.kind is Kind.RECOGNITION:
        return "结果由其他单位评定，本局为协调事项"
    return "原文为预期性用语，是否滞后不由系统判断"


def _base(matter: Matter, before: Measurement | None) -> Fraction | None:
    if matter.baseline is not None:
        return holding.exact(matter.baseline)
    if holding.is_cumulative(matter.target) and not matter.upper:
        return Fraction(0)
    if matter.target.comparator is Comparator.NEVER_LESS and before is not None:
        return holding.exact(before)
    return None


def _on_the_way(
    matter: Matter,
    figure: Measurement,
    value: Fraction,
    bound: Fraction,
    before: Measurement | None,
    because: str,
) -> Status:
    """Before the due day: completion against the time gone on the figure's own day."""
    base, due = _base(matter, before), matter.target.due
    if base is None or due is None:
        return _unknown(matter, figure, f"{because}；没有基期值，不能判断序时进度", "须有基期值")
    held = holding.is_met(base, bound, upper=matter.upper)
    share = None if held else holding.completion(value, bound, base)
    gone = _time_gone(matter, figure, due)
    if share is None:
        state, said = State.BEHIND, "基期已达到，现已回落"
    else:
        state, said = _by_pace(share, gone, matter.rules)
    if matter.soft and state is State.BEHIND:
        return _unknown(matter, figure, f"{because}；{said}；{_softly(matter)}", "由人核定")
    return Status(
        state,
        f"{because}；{said}",
        matter.on,
        figure,
        holding.decimal(share) if share is not None else None,
        holding.decimal(gone),
        next_step=_next(matter, bound, base, gone, figure.unit),
        rules=matter.rules.version,
    )


def _time_gone(matter: Matter, figure: Measurement, due: date) -> Fraction:
    """(day - begun) / (due - begun), between 0 and 1."""
    whole = max((due - matter.begun).days, 1)
    return min(max(Fraction((figure.on - matter.begun).days, whole), Fraction(0)), Fraction(1))


def _percent(share: Fraction) -> str:
    return f"{showing.rounded(holding.decimal(share * 100), 1)} %"


def _by_pace(share: Fraction, gone: Fraction, rules: Rules) -> tuple[State, str]:
    said = f"完成 {_percent(share)}，序时应达 {_percent(gone)}"
    if share < gone - Fraction(rules.far_behind):
        return State.BEHIND, said + "，明显滞后"
    if share < gone - Fraction(rules.behind):
        return State.BEHIND, said
    if share >= gone + Fraction(rules.ahead):
        return State.AHEAD, said
    return State.ON_COURSE, said


def _next(matter: Matter, bound: Fraction, base: Fraction, gone: Fraction, unit: str) -> str:
    """The value at which the row would no longer be behind today."""
    needed = base + (bound - base) * max(gone - Fraction(matter.rules.behind), Fraction(0))
    word = "降到" if matter.upper else "达到"
    return f"今日不欠进度须{word} {showing.value_with_unit(holding.decimal(needed), unit)}"
