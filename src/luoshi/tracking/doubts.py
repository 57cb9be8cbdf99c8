"""口径待核: questions that figures ask of each other. Internal and polite; nobody is accused."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.spine import Measurement, Target
from luoshi.tracking import showing
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


def pooled(pool: Pool, figures: dict[str, Measurement]) -> Finding | None:
    """Whether a pooled rate and its parts fit together; None when they do or when one is not known."""
    if not {pool.whole, pool.first, pool.second} <= figures.keys():
        return None
    whole, first, second = (figures[key].value for key in (pool.whole, pool.first, pool.second))
    share = implied_share(whole, first, second)
    told = f"合计 {showing.number(whole)} %，分项 {showing.number(first)} % 和 {showing.number(second)} %"
    if share is None:
        outside = whole != first
        return _finding(f"{told}：分项相同而合计不同") if outside else None
    if not 0 <= share <= 1:
        return _finding(f"{told}：合计不在两个分项之间")
    if Fraction(pool.least) <= share <= Fraction(pool.most):
        return None
    percent = showing.number(Decimal(share.numerator) * 100 / Decimal(share.denominator), 1)
    return _finding(f"{told}：要使合计成立，{pool.said}须占 {percent} %，两个分项的名称可能对调，或统计范围不同")


def other_footing(total: Measurement, targets: Sequence[Target], factor: Decimal = Decimal(2)) -> Finding | None:
    """Whether a told total is so far from the sum of its targets that both can hardly be counted the same way."""
    planned = sum((target.value for target in targets if target.value is not None), Decimal(0))
    if not planned or not total.value:
        return None
    apart = max(planned / total.value, total.value / planned)
    if apart < factor:
        return None
    return _finding(
        f"公开数 {showing.figure(total)}，目标合计 {showing.value_with_unit(planned, total.unit)}："
        "可能一个按计划年、一个按交付年，或统计范围不同"
    )


def _finding(what: str) -> Finding:
    return Finding("指标值", what, "同一口径的数应当互相吻合", _ASK, Severity.ASKS)
