"""Verdicts on several figures at once. Everything is compared unrounded; at least and at most count the bound in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

Number = Fraction | Decimal | int
SHARE_OF_REST = Fraction(85, 100)
"""What the one standard that is not reached must come to, at least (教督〔2017〕6号)."""
MAY_MISS = 1
MONTHS = 12


@dataclass(frozen=True, slots=True)
class SchoolVerdict:
    """A school held against the seven of 优质均衡."""

    passes: bool
    reached: int
    """Standards it reaches."""
    short: Mapping[str, Fraction]
    """By key of a standard that is not reached, its share of the standard, unrounded."""
    unknown: tuple[str, ...] = ()
    """Keys without a figure; then nothing passes."""
    decided: bool = True
    """False where figures that are missing could still turn it."""


def school_of_quality(
    figures: Mapping[str, Number | None],
    standards: Mapping[str, Number],
    *,
    may_miss: Number = MAY_MISS,
    rest: Number = SHARE_OF_REST,
) -> SchoolVerdict:
    """At least six of seven reach the standard and the rest 85 % of it.

    Args:
        figures: of the school, by key; None where it is not known.
        standards: least figures, by the same keys.
        may_miss: how many need not be reached.
        rest: share of the standard that those must come to.
    """
    shares = {key: _over(figures.get(key), least) for key, least in standards.items()}
    short = {key: one for key, one in shares.items() if one is not None and one < 1}
    unknown = tuple(key for key, one in shares.items() if one is None)
    holds = len(short) <= may_miss and all(one >= rest for one in short.values())
    decided = not unknown or not holds
    return SchoolVerdict(holds and not unknown, len(shares) - len(short) - len(unknown), short, unknown, decided)


def county_of_quality(schools: Iterable[SchoolVerdict], variations: Iterable[tuple[Number | None, Number]]) -> bool:
    """Every school passes, and every single variation is within its limit: none is averaged.

    Args:
        schools: of both stages.
        variations: each 差异系数 with its limit; None where it is not known, which does not pass.
    """
    apart = [value is not None and Fraction(value) <= Fraction(limit) for value, limit in variations]
    return all(one.passes for one in schools) and all(apart)


def mean_variation(variations: Sequence[Number]) -> Fraction:
    """综合差异系数 of the 2012 method: the mean of the eight, which alone is held against the limit."""
    return sum((Fraction(one) for one in variations), Fraction(0)) / len(variations)


def classes_needed(sizes: Sequence[int], most: int) -> tuple[int, int]:
    """How many classes a grade needs so that none has more than `most`, and how many more than there are."""
    needed = _up(Fraction(sum(sizes), most))
    return needed, max(0, needed - len(sizes))


def within_norm(kind: str, size: int, norms: Mapping[str, int]) -> bool:
    """Whether a class of a kindergarten has no more children than its kind may."""
    return size <= norms[kind]


def short_of(part: int, whole: int, least: Number) -> int:
    """How many more are needed above for a rate of at least `least` %."""
    return max(0, _up(Fraction(whole) * Fraction(least) / 100) - part)


def three_year_retention(graduates: int, moved_in: int, moved_out: int, begun: int, died: int) -> Fraction | None:
    """初中三年巩固率 in %: (毕业生 − 三年转入 + 三年转出) / (初一在校生 − 死亡)."""
    left = begun - died
    return Fraction(graduates - moved_in + moved_out, left) * 100 if left > 0 else None


def disabled_placed(placed: int, unplaced: int, without_roll: int = 0) -> Fraction | None:
    """三类残疾儿童少年入学率 in %; who is taught at home without 学籍 is not placed, but is counted below."""
    total = placed + unplaced
    return Fraction(placed - without_roll, total) * 100 if total else None


@dataclass(frozen=True, slots=True)
class Dropouts:
    """疑似失学, 疑似辍学, and the poor among both: codes, in no order."""

    unschooled: frozenset[str]
    left: frozenset[str]
    poor: frozenset[str]


def dropouts(
    of_age: Collection[str],
    on_roll: Collection[str],
    present: Collection[str],
    poor: Collection[str],
    *,
    elsewhere: Collection[str] = (),
    excused: Collection[str] = (),
) -> Dropouts:
    """四查三比对: who lives here but is on no roll, and who is on the roll but not at school.

    Args:
        of_age: 户籍适龄.
        on_roll: 学籍在籍.
        present: 实际在校.
        poor: 建档立卡.
        elsewhere: on a roll elsewhere, or put off lawfully.
        excused: 请假, 休学, 转学在途.
    """
    unschooled = frozenset(of_age) - frozenset(on_roll) - frozenset(elsewhere)
    left = frozenset(on_roll) - frozenset(present) - frozenset(excused)
    return Dropouts(unschooled, left, (unschooled | left) & frozenset(poor))


@dataclass(frozen=True, slots=True)
class PayGap:
    """Teachers' average pay beside civil servants', both in 元 a year."""

    ratio: Fraction
    passes: bool
    per_head: Fraction
    """元 that are missing per teacher; 0 when it passes."""
    total: Fraction
    """元 for all teachers."""


def pay_gap(teachers: Number, civil_servants: Number, heads: Number) -> PayGap:
    """Not lower than civil servants' (义务教育法 Art. 31)."""
    missing = max(Fraction(0), Fraction(civil_servants) - Fraction(teachers))
    return PayGap(Fraction(teachers) / Fraction(civil_servants), missing == 0, missing, missing * Fraction(heads))


@dataclass(frozen=True, slots=True)
class PayCell:
    """Teachers of one post grade, years of service and stage: heads and average pay, rural and town."""

    rural: int
    rural_pay: Number
    town: int
    town_pay: Number


@dataclass(frozen=True, slots=True)
class RuralPay:
    """乡村教师 beside 县镇教师 under equal conditions."""

    rural: Fraction
    """Mean over all rural heads."""
    town: Fraction
    """Mean over all town heads, as they are."""
    town_in_rural_mix: Fraction
    """Mean of the towns if they had the rural heads in each cell."""
    passing: int
    """Cells in which rural pay is not lower."""


def rural_pay(cells: Sequence[PayCell]) -> RuralPay:
    """Compare cell by cell, then in the mix of the rural heads; cells in which one side has nobody say nothing."""
    both = [one for one in cells if one.rural and one.town]
    rural, town = sum(one.rural for one in both), sum(one.town for one in both)
    return RuralPay(
        sum((one.rural * Fraction(one.rural_pay) for one in both), Fraction(0)) / rural,
        sum((one.town * Fraction(one.town_pay) for one in both), Fraction(0)) / town,
        sum((one.rural * Fraction(one.town_pay) for one in both), Fraction(0)) / rural,
        sum(Fraction(one.rural_pay) >= Fraction(one.town_pay) for one in both),
    )


def pupils_over_year(before: int, now: int) -> Fraction:
    """Pupils as the mean of a calendar year: eight months of the old school year, four of the new."""
    return Fraction(before * 8 + now * 4, MONTHS)


@dataclass(frozen=True, slots=True)
class Quota:
    """公用经费基准定额 in 元 a pupil and year."""

    ordinary: int
    disabled: int
    boarder: int
    floor: int = 100
    """Heads that a small village school is paid for at least."""


def running_costs(quota: Quota, pupils: int, *, boarders: int = 0, disabled: int = 0, small: bool = False) -> int:
    """What is due to a stage of a school in 元: the floor is of ordinary pupils, the disabled come on top at their own quota."""
    ordinary = pupils - disabled
    counted = max(ordinary, quota.floor) if small and ordinary < quota.floor else ordinary
    return counted * quota.ordinary + disabled * quota.disabled + boarders * quota.boarder


def posts(pupils: Mapping[str, int], ratios: Mapping[str, Number]) -> dict[str, int]:
    """编制 by stage: pupils of the county over the ratio, rounded up."""
    return {stage: _up(Fraction(many) / Fraction(ratios[stage])) for stage, many in pupils.items()}


def sanction_ends(decided: date, months: int) -> date:
    """The day a sanction (处分) of so many months ends; 28 February where the day is missing."""
    years, month = divmod(decided.month - 1 + months, MONTHS)
    year, day = decided.year + years, decided.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def myopia_target(base: Number, since: int, year: int, falls: Number) -> Fraction:
    """The rate in % that may not be exceeded in a year when it falls by so many points each year."""
    return Fraction(base) - Fraction(falls) * (year - since)


def _over(value: Number | None, least: Number) -> Fraction | None:
    return None if value is None else Fraction(value) / Fraction(least)


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
