"""县区分解测算: one target split over divisions by pupils, schools, gap or evenly, so that their sum is the target to the last unit.

- A **count** (新增26所) is split itself: each gets a whole number of its last written place. By gap, each lacks what it has less than
  its fair share of the target; who has more than that lacks nothing, and only what the city still lacks is split.
- A **rate** (大班额比例 3%以内) is not split; what is missing to it is: the least number of units (classes, children, places) that would bring the
  whole city to it while all denominators stay. Who is at the target or better owes nothing and keeps what it has. Nobody is
  asked to be better than the target for others' sake, so what a division owes is never more than what it lacks itself.

A value set by hand stands, and the rest is split anew. All of it is fractions of the counts; one rounding, to whole units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from luoshi.spine import Better, Comparator, Target
from luoshi.tracking import showing
from luoshi.tracking.apportioning import apportion, room
from luoshi.tracking.holding import decimal
from luoshi.tracking.shares import adds_up, place_of
from luoshi.tracking.units import SHARES
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_WHOLE = {"%": 100, "‰": 1000}
_NUMBERED = frozenset({Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.BETWEEN})
COUNTS = "分子和分母"
"""What must be known of every division before a rate is split."""
_FEWEST_PLACES, _MOST_PLACES = 2, 6
_NAMED = 5


class Basis(StrEnum):
    """By what a target is split."""

    EVEN = "even"
    PUPILS = "pupils"
    SCHOOLS = "schools"
    GAP = "gap"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]


_LABELS = {Basis.EVEN: "平均", Basis.PUPILS: "按学生数", Basis.SCHOOLS: "按学校数", Basis.GAP: "按缺口"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one division stands before a target is split."""

    division: str
    name: str
    weight: Fraction | None = None
    """Pupils or schools; None where that is not known."""
    above: Fraction | None = None
    """分子 of a rate, or what a count came to."""
    below: Fraction | None = None
    """分母 of a rate."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What one division is to come to, and what it owes for that."""

    division: str
    name: str
    weight: Fraction | None
    """What was weighed: pupils, schools, or what is lacked; None where all weigh the same."""
    now: Fraction | None
    """Where it stands, in the target's unit; None where that is not known."""
    value: Decimal | None
    """To be reached, in the target's unit; of a rate with as few digits as leave what is owed unchanged. None where nobody is counted below."""
    owes: Decimal | None
    """Units still to be done (added, or taken away under an upper bound), never below 0; None where it is not known where it stands."""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """A target split over divisions."""

    basis: Basis
    rated: bool
    """Whether units behind a rate were split, not the target itself."""
    upper: bool
    """Whether the bound is an upper one."""
    quotas: tuple[Quota, ...]
    goal: Decimal
    """Of the whole city: the count itself, or the units above that just meet the rate."""
    now: Decimal | None
    """The same as it stands; None where it is not known of all."""
    owed: Decimal | None
    """Sum of what is owed; None where it is not known of all."""


def can_be_split(target: Target) -> bool:
    """Whether there is a number that counties can have a part of: a count, or a rate of counts."""
    rated = target.unit in SHARES and target.comparator in _NUMBERED and target.value is not None
    return (rated or adds_up(target)) and not target.implicit


def split(
    target: Target,
    standings: Sequence[Standing],
    basis: Basis,
    *,
    better: Better = Better.HIGHER,
    fixed: Mapping[str, Decimal] | None = None,
    where: str = "县区分解",
) -> Split:
    """The target over the divisions.

    Args:
        target: a count, or a rate in % or ‰.
        standings: one a division, in the order they are listed.
        basis: by what it is split.
        better: which way the indicator should move, which says what a bare number means.
        fixed: by code, values in the target's unit that were set by hand.
        where: how a refusal calls the place.

    Raises:
        RefusedError: nothing that can be split, something that must be known and is not, or values by hand that leave what
            the others cannot do.
    """
    if not can_be_split(target):
        what = f"目标值“{showing.amount(target)}”不是可以分的数"
        raise RefusedError(
            Finding(where, what, "只测算写明数量的计数和比率", "全部、无、只增不减按同一目标值交给各单位")
        )
    if not standings:
        raise RefusedError(Finding(where, "没有责任单位", "分解须有单位", "请先更正责任单位"))
    asked = _Asked(target, tuple(standings), basis, _upper(target, better), dict(fixed or {}), where)
    strange = asked.fixed.keys() - {one.division for one in standings}
    if strange:
        raise asked.refusal(f"“{min(strange)}”不在责任单位之列", "只能固定责任单位的数", "请删去这一行")
    return _rate(asked) if target.unit in SHARES else _count(asked)


def _upper(target: Target, better: Better) -> bool:
    bare = target.comparator in {Comparator.EXACTLY, Comparator.BETWEEN}
    return target.comparator is Comparator.AT_MOST or (bare and better is Better.LOWER)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: the target with everything it is split by."""

    target: Target
    standings: tuple[Standing, ...]
    basis: Basis
    upper: bool
    fixed: Mapping[str, Decimal]
    where: str

    @property
    def wanted(self) -> Decimal:
        """The bound that decides."""
        outer = self.upper and self.target.value_max is not None
        return (self.target.value_max if outer else self.target.value) or Decimal(0)

    def refusal(self, what: str, rule: str, remedy: str) -> RefusedError:
        return RefusedError(Finding(self.where, what, rule, remedy))

    def need(self, what: str, lacking: Sequence[Standing]) -> None:
        """Refuse where something is not known of some divisions."""
        if lacking:
            names = "、".join(one.name for one in lacking[:_NAMED]) + ("等" if len(lacking) > _NAMED else "")
            another = "" if what == COUNTS else "，或换一种分法，或先手工固定它们的分解数"
            raise self.refusal(
                f"{names} 没有{what}（{len(lacking)} 个单位）",
                f"{self.basis.label}分解须知道每个单位的{what}",
                f"请先计算或登记这些单位的数{another}",
            )

    def weights(self, among: Sequence[Standing]) -> dict[str, Fraction]:
        """Weights by pupils, schools, or one each."""
        if self.basis not in {Basis.PUPILS, Basis.SCHOOLS}:
            return {one.division: Fraction(1) for one in among}
        word = "学生数" if self.basis is Basis.PUPILS else "学校数"
        self.need(word, [one for one in among if one.weight is None or one.weight < 0])
        return {one.division: one.weight or Fraction(0) for one in among}


def _count(asked: _Asked) -> Split:
    """The number itself, in pieces of its last written place."""
    place = place_of(asked.wanted)
    hand = {one.division: _pieces(asked, one, place) for one in asked.standings if one.division in asked.fixed}
    free = [one for one in asked.standings if one.division not in hand]
    left = int(asked.wanted / place) - sum(hand.values())
    if left < 0 or (left and not free):
        told = showing.value_with_unit(abs(left) * place, asked.target.unit)
        what = f"固定的数加总比目标值多 {told}" if left < 0 else f"固定了全部单位，加总比目标值少 {told}"
        raise asked.refusal(what, "各单位分解数之和应与目标值相等", "请改动或放开固定的数")
    if asked.basis is Basis.GAP and free:
        weights, given = _by_gap(asked, free, left, place)
    else:
        weights = asked.weights(free)
        if left and not any(weights.values()):
            raise asked.refusal("权数全为零", f"{asked.basis.label}分解须有不为零的权数", "请换一种分法")
        given = apportion(left, weights)
    return _of_counts(asked, {code: number * place for code, number in (hand | given).items()}, weights)


def _pieces(asked: _Asked, one: Standing, place: Decimal) -> int:
    """A count set by hand, in pieces."""
    value = asked.fixed[one.division]
    if not value.is_finite() or value < 0 or value % place:
        least = showing.value_with_unit(place, asked.target.unit)
        raise asked.refusal(f"{one.name} 固定为 {value}", f"不小于零，且为 {least} 的整数倍", "请改正这个数")
    return int(value / place)


def _by_gap(
    asked: _Asked, free: Sequence[Standing], left: int, place: Decimal
) -> tuple[dict[str, Fraction], dict[str, int]]:
    """What each lacks (or has too much) beside its fair share, and what it is to come to: both in pieces."""
    asked.need("现数", [one for one in free if one.above is None])
    stood = {one.division: floor((one.above or 0) / Fraction(place)) for one in free}
    more = sum(stood.values()) - left if asked.upper else left - sum(stood.values())
    if more <= 0:
        now = showing.value_with_unit(sum(stood.values()) * place, asked.target.unit)
        raise asked.refusal(f"这些单位现有 {now}，没有缺口", "按缺口分解须还有缺口", "请改按学生数或学校数分解")
    pupils = {one.division: one.weight or Fraction(0) for one in free}
    if any(one.weight is None for one in free) or not any(pupils.values()):
        pupils = {one.division: Fraction(1) for one in free}
    fair = {code: left * weight / sum(pupils.values(), Fraction(0)) for code, weight in pupils.items()}
    sign = -1 if asked.upper else 1
    lacked = {code: max(sign * (fair[code] - stood[code]), Fraction(0)) for code in stood}
    owed = apportion(more, lacked, stood if asked.upper else None)
    return {code: one * Fraction(place) for code, one in lacked.items()}, {
        code: number + sign * owed[code] for code, number in stood.items()
    }


def _of_counts(asked: _Asked, values: Mapping[str, Decimal], weights: Mapping[str, Fraction]) -> Split:
    sign = -1 if asked.upper else 1
    told = [
        Quota(
            one.division,
            one.name,
            _weighed(asked, one, weights),
            one.above,
            values[one.division],
            None if one.above is None else max(sign * (values[one.division] - decimal(one.above)), Decimal(0)),
            one.division in asked.fixed,
        )
        for one in asked.standings
    ]
    known = all(one.above is not None for one in asked.standings)
    stood = decimal(sum((one.above or Fraction(0) for one in asked.standings), Fraction(0)))
    owed = sum((one.owes or Decimal(0) for one in told), Decimal(0))
    total = sum(values.values(), Decimal(0))
    return Split(asked.basis, False, asked.upper, tuple(told), total, stood if known else None, owed if known else None)


def _weighed(asked: _Asked, one: Standing, weights: Mapping[str, Fraction]) -> Fraction | None:
    """What the page tells of its weight."""
    if asked.basis is Basis.EVEN:
        return None
    return weights.get(one.division) if asked.basis is Basis.GAP else one.weight


def _rate(asked: _Asked) -> Split:
    """What is missing to a rate, in whole units above it."""
    lacking = [one for one in asked.standings if one.above is None or one.below is None or one.below < 0]
    asked.need(COUNTS, lacking)
    if not any(one.below for one in asked.standings):
        raise asked.refusal("各单位的分母都是零", "比率须有分母", "请核对这一指标的数")
    rate = Fraction(asked.wanted) / _WHOLE[asked.target.unit]
    gaps = {one.division: _gap(asked, one, rate) for one in asked.standings}
    city = sum(gaps.values(), Fraction(0))
    owed = {one.division: _owed_by_hand(asked, one) for one in asked.standings if one.division in asked.fixed}
    behind = [one for one in asked.standings if one.division not in owed and gaps[one.division] > 0]
    weights = (
        {one.division: gaps[one.division] for one in behind} if asked.basis is Basis.GAP else asked.weights(behind)
    )
    most = {code: ceil(gaps[code]) for code in weights}
    left = max(ceil(city) - sum(owed.values()), 0)
    able = room(weights, most, left)
    if able < left:
        raise asked.refusal(
            f"其余单位都做到目标值，全市还差 {showing.number(Decimal(left - able))} 个单位数",
            "达到或好于目标值的单位不再加任务，其余单位最多做到目标值",
            "请把固定的数改严一些，或放开固定的数",
        )
    return _of_rates(asked, owed | apportion(left, weights, most), gaps)


def _gap(asked: _Asked, one: Standing, rate: Fraction) -> Fraction:
    """Units above by which a division misses a rate, exactly; below 0 where it is better."""
    apart = (one.above or Fraction(0)) - rate * (one.below or Fraction(0))
    return apart if asked.upper else -apart


def _owed_by_hand(asked: _Asked, one: Standing) -> int:
    """Least units with which a division comes to the rate that was set for it."""
    value = asked.fixed[one.division]
    unit = asked.target.unit
    if not value.is_finite() or value < 0:
        raise asked.refusal(f"{one.name} 固定为 {value} {unit}", "比率不小于零", "请改正这个数")
    owes = ceil(_gap(asked, one, Fraction(value) / _WHOLE[unit]))
    if owes < 0:
        now = showing.value_with_unit(decimal(_share(asked, one, 0) or Fraction(0)), unit)
        what = f"{one.name} 现为 {now}，固定为 {showing.value_with_unit(value, unit)} 等于允许变差"
        raise asked.refusal(what, "已经好于目标的单位保持现状，不得变差", f"请写 {now} 或更好的数，或放开")
    return owes


def _share(asked: _Asked, one: Standing, owes: int) -> Fraction | None:
    """The rate of a division once it did what it owes, in the target's unit; None without anybody below."""
    if not one.below:
        return None
    above = (one.above or Fraction(0)) + (-owes if asked.upper else owes)
    return above * _WHOLE[asked.target.unit] / one.below


def _told_rate(asked: _Asked, one: Standing, owes: int) -> Decimal | None:
    """That rate as it is written: rounded to where it is still met, with as few digits as leave what is owed the same."""
    exact = _share(asked, one, owes)
    if exact is None:
        return None
    rounding = ROUND_CEILING if asked.upper else ROUND_FLOOR
    told = Decimal(0)
    for places in range(_FEWEST_PLACES, _MOST_PLACES + 1):
        told = decimal(exact).quantize(Decimal(1).scaleb(-places), rounding=rounding)
        if ceil(_gap(asked, one, Fraction(told) / _WHOLE[asked.target.unit])) == owes:
            break
    return told


def _of_rates(asked: _Asked, owed: Mapping[str, int], gaps: Mapping[str, Fraction]) -> Split:
    lacked = {code: max(gap, Fraction(0)) for code, gap in gaps.items()}
    told = [
        Quota(
            one.division,
            one.name,
            _weighed(asked, one, lacked),
            _share(asked, one, 0),
            asked.fixed.get(one.division, _told_rate(asked, one, owed.get(one.division, 0))),
            Decimal(owed.get(one.division, 0)),
            one.division in asked.fixed,
        )
        for one in asked.standings
    ]
    stood = sum((one.above or Fraction(0) for one in asked.standings), Fraction(0))
    total = sum(owed.values())
    goal = stood - total if asked.upper else stood + total
    return Split(asked.basis, True, asked.upper, tuple(told), decimal(goal), decimal(stood), Decimal(total))
