"""口径待核: questions that figures ask of each other. Internal and polite; nobody is accused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.spine import Measurement, Target
from luoshi.tracking import showing
from luoshi.tracking.choosing import Choice
from luoshi.tracking.holding import Held, decimal, exact, hold, obstacle
from luoshi.tracking.matter import Matter
from luoshi.tracking.units import SHARES
from luoshi.words.findings import Finding, Severity

_ASK = "请向报数单位核对口径和统计范围，核定前不作发布"


@dataclass(frozen=True, slots=True)
class Pool:
    """A rate over a whole that is parted in two, and what share the first part may plausibly have of the whole.

    Classes of primary and junior schools: six grades against three, so the primary share lies well above one half.
    """

    whole: str
    first: str
    second: str
    least: Decimal
    most: Decimal
    said: str
    """What the first part is called and why the share is plausible, for the finding."""


@dataclass(frozen=True, slots=True)
class Footing:
    """A total that is told once for several targets: the keys of its indicator and of theirs."""

    total: str
    parts: tuple[str, ...]


def implied_share(whole: Decimal, first: Decimal, second: Decimal) -> Fraction | None:
    """The share of the first part that makes a pooled rate of its parts: whole = s·first + (1-s)·second."""
    if first == second:
        return None
    return (Fraction(whole) - Fraction(second)) / (Fraction(first) - Fraction(second))


def pooled(pool: Pool, figures: Mapping[str, Measurement]) -> Finding | None:
    """Whether a pooled rate and its parts, of one 时点, fit together; None when they do or when one is not known."""
    if not {pool.whole, pool.first, pool.second} <= figures.keys():
        return None
    whole, first, second = (figures[key] for key in (pool.whole, pool.first, pool.second))
    if not (whole.on == first.on == second.on and whole.unit == first.unit == second.unit):
        return None
    if _fits(pool, whole, first, second):
        return None
    unit = whole.unit
    parts = f"分项 {showing.value_with_unit(first.value, unit)} 和 {showing.value_with_unit(second.value, unit)}"
    told = f"合计 {showing.value_with_unit(whole.value, unit)}，{parts}"
    share = implied_share(whole.value, first.value, second.value)
    if share is None:
        return _finding(f"{told}：分项相同而合计不同")
    if not 0 <= share <= 1:
        return _finding(f"{told}：合计不在两个分项之间")
    percent = showing.number(decimal(share * 100), 1)
    why = "两个分项的名称可能对调，或统计范围不同" if _fits(pool, whole, second, first) else "统计范围可能不同"
    return _finding(f"{told}：要使合计成立，{pool.said}须占 {percent} %，{why}")


def added(pool: Pool, figures: Mapping[str, Measurement]) -> Finding | None:
    """Whether the counts of two parts make those of the whole, to the unit; None when they do or when one is not known."""
    if not {pool.whole, pool.first, pool.second} <= figures.keys():
        return None
    whole, first, second = (figures[key] for key in (pool.whole, pool.first, pool.second))
    same = whole.on == first.on == second.on and whole.definition == first.definition == second.definition
    counts = [(one.numerator, one.denominator) for one in (whole, first, second)]
    known = [(above, below) for above, below in counts if above is not None and below is not None]
    if not same or len(known) < len(counts):
        return None
    told, *parts = known
    summed = tuple(sum(one[side] for one in parts) for side in (0, 1))
    if summed == told:
        return None
    said = [" ÷ ".join(showing.number(Decimal(count)) for count in one) for one in (told, summed)]
    return _finding(f"合计的分子和分母 {said[0]}，两个分项之和 {said[1]}", "合计的分子、分母各等于分项之和")


def _fits(pool: Pool, whole: Measurement, first: Measurement, second: Measurement) -> bool:
    """Whether some plausible share makes the whole, as closely as the figures were rounded."""
    a, b = exact(first), exact(second)
    ends = [Fraction(share) * a + (1 - Fraction(share)) * b for share in (pool.least, pool.most)]
    slack = _half_place(whole) + max(_half_place(first), _half_place(second))
    return min(ends) - slack <= exact(whole) <= max(ends) + slack


def _half_place(told: Measurement) -> Fraction:
    """How far a rounded figure may lie from the true one: half of its last place; zeros at the end tell nothing."""
    written = told.value.normalize().as_tuple().exponent
    return Fraction(Decimal(5).scaleb(min(written if isinstance(written, int) else 0, 0) - 1))


def other_footing(total: Measurement, targets: Sequence[Target], factor: Decimal = Decimal(2)) -> Finding | None:
    """Whether a told total is so far from the sum of its targets that both can hardly be counted the same way.

    Before the last of the targets' days a small total is only unfinished, and nothing is asked.
    """
    planned = sum((target.value for target in targets if target.value is not None), Decimal(0))
    if not planned or not total.value:
        return None
    last = max((target.due for target in targets if target.due), default=None)
    if total.value < planned and last and total.on < last:
        return None
    apart = max(planned / total.value, total.value / planned)
    if apart < factor:
        return None
    return _finding(
        f"公开数 {showing.figure(total)}，目标合计 {showing.value_with_unit(planned, total.unit)}："
        "可能一个按计划年、一个按交付年，或统计范围不同"
    )


def inner(matter: Matter, choice: Choice, held: Held) -> tuple[Finding, ...]:
    """What the figure asks of itself and of the other 口径 of its day."""
    found = [own_counts(held.figure)]
    for other in choice.beside:
        beside = None if obstacle(matter, other) else hold(matter, other, choice.before)
        if beside and beside.met != held.met:
            told = "、".join(f"{showing.figure(one)}（口径：{one.definition}）" for one in (held.figure, other))
            found.append(_finding(f"时点 {other.on} 有两个口径的数，结论不同：{told}", "一项指标一年只用一个发布口径"))
    return tuple(finding for finding in found if finding)


def own_counts(figure: Measurement) -> Finding | None:
    """Whether a told rate is the one its own counts make, as closely as it was rounded."""
    counted = figure.unit in SHARES and figure.numerator is not None and figure.denominator
    if not counted or abs(exact(figure) - Fraction(figure.value)) <= _half_place(figure):
        return None
    worked = showing.value_with_unit(decimal(exact(figure)), figure.unit)
    return _finding(f"报为 {showing.figure(figure)}，按分子分母算为 {worked}", "比率等于分子除以分母")


def _finding(what: str, rule: str = "同一口径的数应当互相吻合") -> Finding:
    return Finding("指标值", what, rule, _ASK, Severity.ASKS)
