"""Holding a figure against a target: exact, unrounded, in the figure's own unit."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.spine import Better, Comparator, Measurement
from luoshi.tracking import showing
from luoshi.tracking.matter import Matter
from luoshi.tracking.units import POINTS, SHARES, factor

_WHOLE = {"%": 100, "‰": 1000}
_MOST = Fraction(12, 10)
"""No more than 120 % of the way is told."""


@dataclass(frozen=True, slots=True)
class Held:
    """A figure beside its bound and its base."""

    figure: Measurement
    value: Fraction
    bound: Fraction
    base: Fraction | None
    """基期值; None when none is declared and none follows from the target."""
    unit: str
    upper: bool

    @property
    def met(self) -> bool:
        """Inclusive on both sides: 以上, 以内, 不低于, 不超过."""
        return is_met(self.value, self.bound, upper=self.upper)

    @property
    def began_met(self) -> bool:
        """Whether the base itself keeps the target ("keep at 95 %"): then there is no way to go, only to stay."""
        return self.base is not None and is_met(self.base, self.bound, upper=self.upper)

    @property
    def completion(self) -> Fraction | None:
        """(actual - base) / (target - base), unrounded and uncut; None without a way to go.

        For less-is-better both differences are negative and the share is the same.
        """
        if self.base is None or self.began_met:
            return None
        return (self.value - self.base) / (self.bound - self.base)


def is_met(value: Fraction, bound: Fraction, *, upper: bool) -> bool:
    """Whether a value keeps a bound, the bound itself included."""
    return value <= bound if upper else value >= bound


def exact(measurement: Measurement) -> Fraction:
    """The figure unrounded: from both its counts when they are known, else as it was told."""
    if measurement.numerator is not None and measurement.denominator and measurement.unit in SHARES:
        return Fraction(measurement.numerator) * _WHOLE[measurement.unit] / Fraction(measurement.denominator)
    return Fraction(measurement.value)


def obstacle(matter: Matter, figure: Measurement) -> str:
    """Why a figure cannot be held against the target at all; "" when it can."""
    target = matter.target
    is_rate = figure.unit in SHARES or target.comparator is Comparator.ALL
    if is_rate and figure.denominator is not None and not figure.denominator:
        return "分母为零，没有比率"
    if target.comparator is Comparator.ALL:
        known = figure.unit in SHARES or (figure.numerator is not None and figure.denominator is not None)
        return "" if known else f"已知{showing.figure(figure)}，但没有总数（分母），不能判断是否全部"
    if target.comparator in {Comparator.NONE, Comparator.NEVER_LESS}:
        return ""
    if target.value is None:
        return "目标值没有写数，不能判断"
    wanted = "%" if target.unit in POINTS else target.unit
    if factor(wanted, figure.unit) is None:
        return f"指标值单位是“{figure.unit}”，目标值单位是“{target.unit}”，不能相比"
    return ""


def hold(matter: Matter, figure: Measurement, before: Measurement | None) -> Held | None:
    """The figure beside its bound; None when the bound hangs on last year's value and that is not known.

    Args:
        matter: what is judged; `obstacle` has said that the figure can be held against it.
        figure: the figure that speaks.
        before: the value of the same time a year earlier, for 只增不减 and 百分点.
    """
    unit = figure.unit
    value = exact(figure)
    if matter.target.comparator is Comparator.ALL and unit not in SHARES:
        unit, value = "%", Fraction(figure.numerator or 0) * 100 / Fraction(figure.denominator or 1)
    base = _in_unit(matter.baseline, unit, matter)
    earlier = base if base is not None else _in_unit(before, unit, matter)
    bound = _bound(matter, unit, earlier)
    if bound is None:
        return None
    if base is None and matter.gathers:
        base = Fraction(0)
    if base is None and (matter.in_points or matter.target.comparator is Comparator.NEVER_LESS):
        base = earlier
    return Held(figure, value, bound, base, unit, matter.upper_of(unit))


def _in_unit(measurement: Measurement | None, unit: str, matter: Matter) -> Fraction | None:
    """A figure of another time in this one's unit; one not yet known on the day does not exist."""
    if measurement is None or measurement.known > matter.on:
        return None
    if measurement.unit in SHARES and measurement.denominator is not None and not measurement.denominator:
        return None
    by = factor(measurement.unit, unit)
    return exact(measurement) * by if by is not None else None


def _bound(matter: Matter, unit: str, earlier: Fraction | None) -> Fraction | None:
    """The bound that decides, in the figure's unit."""
    target, held = matter.target, matter.target.comparator
    if held is Comparator.NEVER_LESS:
        return earlier
    if held is Comparator.ALL or matter.clears(unit):
        return Fraction(_WHOLE.get(unit, 100))
    if held is Comparator.NONE or target.value is None:
        return Fraction(0)
    outer = held is Comparator.BETWEEN and matter.upper and not matter.in_points
    printed = Fraction(target.value_max if outer and target.value_max is not None else target.value)
    if not matter.in_points:
        return printed * (factor(target.unit, unit) or 1)
    if earlier is None:
        return None
    better = 1 if matter.better is Better.HIGHER else -1
    wanted = -better if held is Comparator.AT_MOST else better
    return earlier + wanted * printed * (factor("%", unit) or 1)


def told_completion(share: Fraction) -> Decimal:
    """A share of the way for the record: between 0 and 1.2, 28 digits; never for comparing."""
    return decimal(min(max(share, Fraction(0)), _MOST))


def decimal(share: Fraction) -> Decimal:
    """A fraction as a decimal of 28 digits; for the record, never for comparing."""
    return Decimal(share.numerator) / Decimal(share.denominator)
