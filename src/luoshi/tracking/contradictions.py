"""数据存疑: figures that ask to be asked about, because they jump or because their last digits are not those of counting.

A prompt is a question to a unit, inside the house. It never says that anybody did anything; each rule has an innocent cause
that is told with it. Everything is exact: changes and the test statistic are fractions, thresholds are dated parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from luoshi.tracking import showing
from luoshi.tracking.holding import decimal
from luoshi.tracking.units import SHARES
from luoshi.words.findings import Finding, Severity

_WHOLE = {"%": 100, "‰": 1000}
_DIGITS = 10
_ROUNDED = 30
"""From this share of 0 and 5 on, in %, rounding is the likelier cause."""
_ENDS = (0, 5)
"""Digits that people round to."""


@dataclass(frozen=True, slots=True)
class Jumping:
    """From where on a change is asked about."""

    points: Decimal
    """Of shares: no change up to so many 百分点 is asked about."""
    percent: Decimal
    """Of everything else: no change up to so much of last year's value."""
    times: Decimal
    """How many times the median distance a change lies from the median change."""
    units: int
    """Fewer units than these have no median worth the name."""
    count: Decimal
    """Of shares: no change that is up to so many of 分子."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One unit's figure and the one a year before, in one 口径 and by one formula."""

    unit: str
    """Its name."""
    before: Decimal
    now: Decimal
    denominator: Decimal | None = None
    """This year's, of a share."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A unit whose change is not like that of the others."""

    pair: Pair
    change: Fraction
    usual: Fraction
    """The median change of all units."""


def jumps(measured: str, pairs: Sequence[Pair], rule: Jumping) -> list[Jump]:
    """Units whose change since last year lies far from what the units' changes are like; the furthest first.

    The median and the median distance from it (Hampel; Iglewicz and Hoaglin where it is nought) are not moved by the very units that are looked for, as mean and deviation would be.

    Args:
        measured: the unit the figures are measured in.
        pairs: of all units of a city, of one indicator.
        rule: from where on.
    """
    if len(pairs) < rule.units:
        return []
    changes = [(one, Fraction(one.now) - Fraction(one.before)) for one in pairs]
    usual = median(change for _one, change in changes)
    distance = _distance([abs(change - usual) for _one, change in changes])
    found = [
        Jump(one, change, usual)
        for one, change in changes
        if abs(change - usual) > Fraction(rule.times) * distance and _large(measured, one, change - usual, rule)
    ]
    return sorted(found, key=lambda one: (-abs(one.change - one.usual), one.pair.unit))


def _distance(apart: Sequence[Fraction]) -> Fraction:
    """The median distance; the mean one where more than half of the units changed alike, which is no scale."""
    return median(apart) or sum(apart, Fraction(0)) / len(apart)


def _large(measured: str, pair: Pair, apart: Fraction, rule: Jumping) -> bool:
    """Whether a change is worth a question at all: a class or two in a small county is not."""
    if measured not in SHARES:
        return abs(apart) > abs(Fraction(pair.before)) * Fraction(rule.percent) / 100 and abs(apart) > rule.count
    counted = pair.denominator is None or abs(apart) * Fraction(pair.denominator) / _WHOLE[measured] > rule.count
    return counted and abs(apart) > Fraction(rule.points)


def jumped(measured: str, years: tuple[str, str], one: Jump, rule: Jumping) -> Finding:
    """A jump as a question.

    Args:
        measured: the unit.
        years: 时点 of the figure before and of this one, in words.
        one: the jump.
        rule: by which it was found.
    """
    before, now = (showing.value_with_unit(value, measured) for value in (one.pair.before, one.pair.now))
    usual = f"各县(市、区)变动的中位数 {_signed(one.usual, measured)}"
    what = f"{years[0]} {before}，{years[1]} {now}，变动 {_signed(one.change, measured)}；{usual}"
    return Finding(
        one.pair.unit,
        what,
        f"一年的变动离中位数不超过中位离差的{showing.number(rule.times)}倍",
        "请问：是否撤并、新建学校，区划或统计范围是否有变，上年或本年是否漏报",
        Severity.ASKS,
    )


def _signed(value: Fraction, measured: str) -> str:
    unit = "百分点" if measured == "%" else measured
    return f"{'+' if value > 0 else ''}{showing.value_with_unit(decimal(value), unit)}"


@dataclass(frozen=True, slots=True)
class Digits:
    """From where on last digits are asked about."""

    least: int
    """Fewer values than these say nothing."""
    limit: Decimal
    """Of the chi-square statistic with nine degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Preference:
    """Last digits that are not spread as those of counted values are."""

    counts: tuple[int, ...]
    """Values that end in 0, in 1, and so on."""
    statistic: Fraction

    @property
    def values(self) -> int:
        """How many were looked at."""
        return sum(self.counts)

    @property
    def round_share(self) -> Fraction:
        """Share of those that end in 0 or 5, in %."""
        return Fraction(100 * sum(self.counts[digit] for digit in _ENDS), self.values)


def chi_square(counts: Sequence[int]) -> Fraction:
    """How far ten counts lie from equal ones: Σ(c − n/10)² ÷ (n/10) = 10·Σc² ÷ n − n, exactly; 0 without any."""
    number = sum(counts)
    return Fraction(_DIGITS * sum(one * one for one in counts), number) - number if number else Fraction(0)


def preference(counts: Sequence[int], rule: Digits) -> Preference | None:
    """Whether last digits ask to be asked about; None when they do not, or when there are too few values.

    Args:
        counts: how many values end in 0, in 1, … in 9.
        rule: from where on.
    """
    if sum(counts) < rule.least:
        return None
    found = chi_square(counts)
    return Preference(tuple(counts), found) if found > Fraction(rule.limit) else None


def preferred(where: str, one: Preference, rule: Digits) -> Finding:
    """A preference as a question."""
    most = max(range(_DIGITS), key=lambda digit: one.counts[digit])
    share = showing.number(decimal(one.round_share), 1)
    what = (
        f"{one.values} 个值，末位是 0 或 5 的占 {share} %（逐个清点约 20 %），末位 {most} 最多，{one.counts[most]} 个；"
        f"卡方 {showing.number(decimal(one.statistic), 1)}"
    )
    rule_said = f"末位数字应大致均匀：卡方不超过{showing.number(rule.limit)}（自由度9），至少{rule.least}个值"
    ask = (
        "请问：是否按整数估报，系统导出时是否取整；清点数按个位填"
        if one.round_share > _ROUNDED
        else "请问：是否按定额、配备标准或班数推算填报；清点数逐校填"
    )
    return Finding(where, what, rule_said, ask, Severity.ASKS)


def summed(counts: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """Last digits of several counties together."""
    return tuple(sum(some) for some in zip(*counts.values(), strict=True)) if counts else (0,) * _DIGITS
