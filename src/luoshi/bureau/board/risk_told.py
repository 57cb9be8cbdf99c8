"""安全风险四色图 as it is printed: rows by colour and word, measures in one cell, a county's schools by count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.risks import FourColours, Shown
from luoshi.declared.procedures.risks import RiskPoint
from luoshi.handling.fields import Field
from luoshi.handling.grading import COLOURS, GRADES, Grade

_MEASURES = (RiskPoint.engineering, RiskPoint.managing, RiskPoint.teaching, RiskPoint.protecting, RiskPoint.emergency)


@dataclass(frozen=True, slots=True)
class Row:
    """One point of risk in words."""

    number: int
    shade: str
    """The stylesheet's name of its colour."""
    colour: str
    shown: str
    """Its grade as the sheet shows it."""
    hazard: bool
    place: str
    code: str
    activity: str
    category: str
    danger: str
    inherent: str
    residual: str
    measures: list[tuple[str, str]]
    owner: str
    leader: str
    level: str
    review: date | None
    entry: int


def rows_of(sheet: FourColours) -> list[Row]:
    """The rows of a sheet in its order."""
    return [_row(number, one) for number, one in enumerate(sheet.rows, 1)]


def _row(number: int, one: Shown) -> Row:
    values, spot = one.entry.values, one.spot
    return Row(
        number,
        str(spot.shown),
        COLOURS[spot.shown],
        GRADES[spot.shown],
        spot.hazard,
        spot.point.place,
        spot.point.code,
        spot.point.activity,
        _said(RiskPoint.category, values),
        values.get(RiskPoint.danger.key, ""),
        GRADES[spot.point.inherent],
        GRADES[spot.point.residual] if spot.point.residual else "",
        [(field.label, told) for field in _MEASURES if (told := values.get(field.key, ""))],
        values.get(RiskPoint.owner.key, ""),
        values.get(RiskPoint.leader.key, ""),
        _said(RiskPoint.level, values),
        one.entry.until,
        one.entry.pk,
    )


def _said(field: Field, values: Mapping[str, str]) -> str:
    value = values.get(field.key, "")
    return field.options.get(value, value)


def counts(sheet: FourColours) -> list[tuple[str, str, int]]:
    """By grade from the greatest down: the stylesheet's name, what it is called, how many points show it."""
    return [(str(grade), GRADES[grade], sum(one.spot.shown is grade for one in sheet.rows)) for grade in Grade]


@dataclass(frozen=True, slots=True)
class Line:
    """One school of a county's summary."""

    code: str
    name: str
    counts: list[int]
    """Points by grade, the greatest first."""
    hazards: int
    """Open major hazards."""
    total: int


def lines(sheets: Mapping[str, FourColours], names: Mapping[str, str]) -> list[Line]:
    """A county's schools, those with the most red first, then by code."""
    told = [_line(code, names.get(code, code), sheet) for code, sheet in sheets.items()]
    return sorted(told, key=lambda one: ([-count for count in one.counts[:1]], -one.hazards, one.code))


def whole(of: list[Line]) -> Line:
    """The sum of the lines."""
    sums = [sum(one.counts[place] for one in of) for place in range(len(Grade))]
    return Line("", "", sums, sum(one.hazards for one in of), sum(one.total for one in of))


def _line(code: str, name: str, sheet: FourColours) -> Line:
    red = {one.spot.point.code for one in sheet.rows if one.spot.hazard}
    return Line(code, name, [one[2] for one in counts(sheet)], len(red) + len(sheet.apart), len(sheet.rows))
