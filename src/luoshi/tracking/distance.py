"""How far a figure lies from its target: in its unit, in whole things counted, and in days.

A rate of counts is told in what would have to change above while the whole stays as it is: 还差 7120 名幼儿, not only 3.34 个百分点. All of it is exact.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from luoshi.spine import Better, Measurement, Target
from luoshi.tracking import showing
from luoshi.tracking.agreeing import fits
from luoshi.tracking.holding import Held, decimal, hold, obstacle
from luoshi.tracking.matter import Matter
from luoshi.tracking.units import POINTS, SHARES

_WHOLE = {"%": 100, "‰": 1000}


@dataclass(frozen=True, slots=True)
class Distance:
    """What lies between a figure and its target."""

    met: bool
    """Whether the target is met by the figure, the bound itself included."""
    upper: bool
    """Whether the bound is an upper one: what is too much has to go."""
    gap: Decimal
    """How far apart they are, never below 0: what is missing when the target is not met, what is to spare when it is."""
    unit: str
    """Of the gap: 个百分点 for a rate in %."""
    bound: Decimal
    """What decides, in the figure's unit."""
    things: int | None
    """The least whole number of things (classes, children, places, schools) that would meet the target; when it is met, the most that
    could be lost without missing it. None where nothing whole is counted."""
    days: int | None
    """Days from the day asked for to the due day, below 0 when it is past; None without either."""


def distance(
    target: Target,
    figure: Measurement,
    *,
    better: Better = Better.HIGHER,
    before: Measurement | None = None,
    on: date | None = None,
) -> Distance | None:
    """How far the figure lies from the target; None where it cannot be held against it.

    Args:
        target: of an indicator.
        figure: of the same indicator; with both its counts a rate is told in whole things too.
        better: which way the indicator should move, which says what a bare number or a range means.
        before: the figure of the same time a year earlier, for 只增不减 and 百分点.
        on: the day from which days are counted.
    """
    matter = Matter(target, on or max(figure.known, figure.on), None, better=better)
    if obstacle(matter, figure):
        return None
    held = hold(matter, figure, before)
    if held is None:
        return None
    unit = "个百分点" if held.unit in SHARES | POINTS and held.unit != "‰" else held.unit
    days = (target.due - on).days if target.due and on else None
    return Distance(
        held.met, held.upper, decimal(abs(held.value - held.bound)), unit, decimal(held.bound), _things(held), days
    )


def _things(held: Held) -> int | None:
    """Least whole number that meets it, or most that can be spared."""
    part, bound = _counted(held)
    if part is None or part.denominator != 1:
        return None
    apart = part - bound if held.upper else bound - part
    return ceil(apart) if apart > 0 else floor(-apart)


def _counted(held: Held) -> tuple[Fraction | None, Fraction]:
    """What is counted, and how much of it the bound is; None where a rate does not tell its counts."""
    figure, scale = held.figure, _WHOLE.get(held.unit, 1)
    above, below = figure.numerator, figure.denominator
    rated = held.unit in SHARES or "/" in held.unit
    if above is not None and below and (rated or fits(figure.value, above, below, figure.unit)):
        made = held.unit in SHARES or fits(figure.value, above, below, figure.unit)
        return (Fraction(above) if made else None), held.bound * Fraction(below) / scale
    return (None if rated else held.value), held.bound


def in_words(one: Distance, counted: str = "") -> str:
    """还差 7120 名幼儿（3.34 个百分点）; 超出 37 个班; 余 4 所.

    Args:
        one: the distance.
        counted: measure word and noun of what is counted (个班); empty tells it in the unit of the gap alone.
    """
    word = "余" if one.met else "超出" if one.upper else "还差"
    gap = showing.value_with_unit(one.gap, one.unit, showing.apart(one.gap, 0))
    if one.things is None or (not counted and "百分点" in one.unit):
        return "恰好达到" if not one.gap else f"{word} {gap}"
    if not one.gap:
        return "恰好达到"
    things = f"{word} {showing.number(Decimal(one.things))} {counted or one.unit}"
    return f"{things}（{gap}）" if counted and counted != one.unit else things
