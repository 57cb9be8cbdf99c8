"""口径 side by side: which of them is the 发布口径 of a year, and where they lie further apart than they should.

The 发布口径 of an indicator is what somebody chose for the year. Without a choice it is the indicator's own measure, where that
was measured; figures of a further measure then stand beside as 参考. What people filed and verified competes as before, by how
far it has come. A choice is strict: figures of every other 口径 of its year are 参考, and where the chosen one has none, none speaks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from luoshi.spine import Measurement, Standing
from luoshi.tracking import showing
from luoshi.tracking.holding import decimal
from luoshi.tracking.units import SHARES
from luoshi.words.findings import Finding, Severity

_THRESHOLDS = "（"
"""What a 口径 says of thresholds of the bureau's own stands in brackets behind it: 年报（大班额下限50人）."""
Year = tuple[str, int]
"""Key of an indicator, and a year."""


def is_of(definition: str, side: str) -> bool:
    """Whether a figure of this 口径 belongs to that side, whatever thresholds it was measured by."""
    return side in (definition, definition.partition(_THRESHOLDS)[0])


def marked(
    figures: Sequence[Measurement], sides: Mapping[str, Sequence[str]], chosen: Mapping[Year, str]
) -> list[Measurement]:
    """The same figures, those marked as 参考 that do not speak for their year.

    Args:
        figures: of a city and its divisions.
        sides: by indicator, the 口径 it is measured in, its own first; those with one alone may be left out.
        chosen: by indicator and year, the 口径 somebody chose.
    """
    told, asked = list(figures), {key for key, _year in chosen} | {key for key, some in sides.items() if len(some) > 1}
    places = [place for place, one in enumerate(told) if one.indicator in asked]
    own = {_place(told[at]) for at in places if _own(told[at], sides)}
    for at in places:
        one = told[at]
        side = chosen.get((one.indicator, one.on.year))
        aside = not is_of(one.definition, side) if side else _place(one) in own and _further(one, sides)
        if aside:
            told[at] = replace(one, reference=True)
    return told


def _place(one: Measurement) -> tuple[str, str, int]:
    return one.indicator, one.division, one.on.year


def _own(one: Measurement, sides: Mapping[str, Sequence[str]]) -> bool:
    mine = sides.get(one.indicator, ())
    return bool(mine) and is_of(one.definition, mine[0])


def _further(one: Measurement, sides: Mapping[str, Sequence[str]]) -> bool:
    further = sides.get(one.indicator, ())[1:]
    return one.standing is Standing.REPORTED and any(is_of(one.definition, side) for side in further)


@dataclass(frozen=True, slots=True)
class Side:
    """What one 口径 says of a division in a year."""

    definition: str
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    """Both where they make the value."""

    def exact(self, scale: int) -> Fraction:
        """Unrounded."""
        if self.numerator is None or not self.denominator:
            return Fraction(self.value)
        return Fraction(self.numerator) * scale / Fraction(self.denominator)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two 口径 of one figure may lie apart."""

    points: Decimal
    """Of shares: 百分点, as of one in a thousand for ‰."""
    percent: Decimal
    """Of everything else: % of the larger one."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two 口径 of one figure, further apart than they should be."""

    unit: str
    one: Side
    other: Side
    by: Fraction
    """Other less one, in the unit."""

    @property
    def told(self) -> str:
        """By how much, in words."""
        shown = showing.number(decimal(abs(self.by)), _PLACES)
        return f"{shown} {'百分点' if self.unit == '%' else self.unit}"


_PLACES = 2
_WHOLE = {"%": 100, "‰": 1000}


def apart(unit: str, one: Side, other: Side, tolerance: Tolerance) -> Apart | None:
    """What lies between two 口径; None where they are as near as they should be.

    Shares are held in points and unrounded; every other figure by the share of the larger one. Exactly at the tolerance is near.
    """
    scale = _WHOLE.get(unit, 1)
    first, second = one.exact(scale), other.exact(scale)
    between, larger = second - first, max(abs(first), abs(second))
    most = Fraction(tolerance.points) if unit in SHARES else larger * Fraction(tolerance.percent) / 100
    return Apart(unit, one, other, between) if abs(between) > most else None


MOST_NAMED = 3


def prompt(where: str, whole: Apart | None, units: Iterable[tuple[str, Apart]], tolerance: str) -> Finding | None:
    """核对提示: what differs, by how much, in which counties most, and what to ask. None where nothing lies apart.

    Args:
        where: the figure: its name and 时点.
        whole: of the whole city; None where its 口径 are near enough.
        units: names of counties with what lies between their 口径, those that are too far apart.
        tolerance: in words.
    """
    ordered = sorted(units, key=lambda pair: (-abs(pair[1].by), pair[0]))
    if whole is None and not ordered:
        return None
    named = "、".join(f"{name} {one.told}" for name, one in ordered[:MOST_NAMED])
    many = f"{len(ordered)} 个县(市、区)相差较大：{named}" if ordered else "各县(市、区)都在容许范围内"
    city = f"全市{_both(whole)}，相差 {whole.told}；" if whole else ""
    first = whole or ordered[0][1]
    ask = f"请问统计人员：{first.one.definition}和{first.other.definition}的时点、统计范围和计数对象是否相同"
    most = f"，先问{ordered[0][0]}" if ordered else ""
    return Finding(where, f"{city}{many}", f"两个口径相差不超过{tolerance}", f"{ask}{most}", Severity.ASKS)


def _both(one: Apart) -> str:
    sides = (one.one, one.other)
    return "，".join(f"{side.definition} {_told(side, one.unit)}" for side in sides)


def _told(side: Side, unit: str) -> str:
    value = decimal(side.exact(_WHOLE.get(unit, 1)))
    counts = side.numerator is not None and side.denominator is not None
    beside = f"（{showing.number(side.numerator)} ÷ {showing.number(side.denominator)}）" if counts else ""  # type: ignore[arg-type]
    return f"{showing.value_with_unit(value, unit)}{beside}"
