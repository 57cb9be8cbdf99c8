"""各单位的数: the figures of divisions that stand behind a whole city's, the best known of each on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from luoshi.bureau.board import shown
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.spine import Measurement
from luoshi.tracking import Day, showing
from luoshi.tracking.choosing import known_by


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One division's figure."""

    unit: str
    numerator: str
    denominator: str
    value: str
    standing: str
    on: str


def names_of(city: City, figures: Iterable[Measurement]) -> dict[str, str]:
    """Names of the city's divisions in protocol order; no query where no figure is a division's."""
    if not any(one.division for one in figures):
        return {}
    return unit_names(city)


def unit_lines(figures: Sequence[Measurement], names: Mapping[str, str], today: Day) -> list[UnitLine]:
    """One line a division, in protocol order, for those that have a figure."""
    known = {code: known_by(figures, today.on, code) for code in names}
    return [_line(names[code], listed[-1]) for code, listed in known.items() if listed]


def _line(unit: str, one: Measurement) -> UnitLine:
    part, whole = ("" if count is None else showing.number(count) for count in (one.numerator, one.denominator))
    return UnitLine(unit, part, whole, showing.figure(one), shown.standing(one.standing), one.on.isoformat())
