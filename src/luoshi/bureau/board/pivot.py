"""比较: any indicators × units × years as one table, asked for by plain choices that a bookmark keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import product
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from luoshi.bureau.board import overview
from luoshi.bureau.board.shown import named
from luoshi.bureau.indicators.series import Cell
from luoshi.declared.measures import MEASURES, OVERVIEW
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST = 3000
"""Figures on one page."""
CITY = "city"
"""What the whole city is called among the units."""
_YEARS = 3
_FIRST = 3
"""Years and indicators that are shown to whoever chose none."""


class Axis(StrEnum):
    """What may stand on rows or columns."""

    UNITS = "units"
    MEASURES = "measures"
    YEARS = "years"


_PLACES = (Axis.UNITS, Axis.MEASURES, Axis.YEARS)
"""In the order a figure is looked up by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading of an axis."""

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen."""

    measures: tuple[str, ...]
    years: tuple[int, ...]
    county: str
    """Whose schools are compared; empty for the city and its counties."""
    units: tuple[str, ...]
    """Codes of counties, or CITY; all without."""
    rows: Axis
    first: Axis
    """Which of the two others is the upper heading of the columns."""
    sort: str
    counts: bool
    """Whether 分子/分母 stand below each value."""

    @property
    def second(self) -> Axis:
        """The lower heading of the columns."""
        return next(one for one in Axis if one not in {self.rows, self.first})

    def query(self, **other: str) -> str:
        """As it stands in an address, with some of it otherwise."""
        told: list[tuple[str, str]] = [("m", one) for one in self.measures]
        told += [("y", str(one)) for one in self.years]
        told += [("u", one) for one in self.units]
        single = {"of": self.county, "rows": self.rows.value, "cols": self.first.value, "sort": self.sort}
        single |= {"counts": "1" if self.counts else "", **other}
        return urlencode([*told, *((key, one) for key, one in single.items() if one)])


@dataclass(frozen=True, slots=True)
class Column:
    """One column: two headings, what it holds in words, and the address that sorts by it."""

    first: Entry
    second: Entry
    key: str
    sort: str
    sorted: str
    """ascending or descending, where the table is sorted by it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    head: Entry
    cells: tuple[Cell | None, ...]
    whole: bool
    """The whole city, which stays above what is sorted."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The table."""

    upper: tuple[tuple[Entry, int], ...]
    """Upper headings, each with how many columns it spans."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    broken: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """By measure and year, why it does not continue the year before."""


def asked(query: QueryDict, years: Sequence[int], counties: Iterable[str]) -> Asked:
    """What was chosen, or what is shown to whoever chose nothing; what is not there is left out.

    Args:
        query: of the address.
        years: that were measured, the newest first.
        counties: codes of the city's divisions.
    """
    known = (*counties, CITY)
    measures = tuple(one for one in dict.fromkeys(query.getlist("m")) if one in MEASURES)
    chosen = {int(one) for one in query.getlist("y") if one.isdecimal() and len(one) <= 4} & set(years)  # noqa: PLR2004
    axes = {one.value: one for one in Axis}
    rows = axes.get(query.get("rows", ""), Axis.UNITS)
    first = axes.get(query.get("cols", ""), Axis.MEASURES)
    county = query.get("of", "")
    return Asked(
        measures or OVERVIEW["classes"].measures[:_FIRST],
        tuple(sorted(chosen or years[:_YEARS])),
        county if county in known and county != CITY else "",
        tuple(one for one in dict.fromkeys(query.getlist("u")) if one in known),
        rows,
        first if first is not rows else next(one for one in Axis if one is not rows),
        query.get("sort", "")[:80],
        counts=bool(query.get("counts")),
    )


def within(asked_for: Asked, units: int) -> None:
    """Refuse a table that no page holds.

    Raises:
        RefusedError: more figures than `MOST`.
    """
    measures, years = len(asked_for.measures), len(asked_for.years)
    many = measures * years * units
    if many <= MOST:
        return
    what = _("%(measures)s 项指标 × %(units)s 个单位 × %(years)s 年，共 %(many)s 个数") % {
        "measures": measures,
        "units": units,
        "years": years,
        "many": many,
    }
    rule = _("一次最多比较 %(most)s 个数") % {"most": MOST}
    raise RefusedError(Finding(_("比较的范围"), what, rule, _("请少选几项指标、几个单位或几年")))


def units_of(cells: Iterable[Cell], names: Mapping[str, str]) -> list[Entry]:
    """The units that are compared: the city, then counties in protocol order; or schools by their codes."""
    met = {CITY if one.level == CITY else one.division: one.name for one in cells}
    order = {code: place for place, code in enumerate((CITY, *names))}
    codes = sorted(met, key=lambda code: (order.get(code, len(order)), code))
    return [Entry(code, _("全市") if code == CITY else names.get(code) or met[code] or code) for code in codes]


def grid(
    asked_for: Asked, cells: Sequence[Cell], names: Mapping[str, str], broken: Mapping[str, Mapping[int, str]]
) -> Grid:
    """The table of what was chosen.

    Args:
        asked_for: what.
        cells: all figures of it.
        names: of divisions, in protocol order.
        broken: by measure and year, why a series breaks.
    """
    axes = {
        Axis.UNITS: units_of(cells, names),
        Axis.MEASURES: [Entry(key, named(MEASURES[key]), MEASURES[key].of.basis.label) for key in asked_for.measures],
        Axis.YEARS: [Entry(str(year), str(year)) for year in asked_for.years],
    }
    at = {_place(one): one for one in cells}
    first, second = axes[asked_for.first], axes[asked_for.second]
    unsorted = asked_for.query(sort="")
    columns = tuple(_column(asked_for, unsorted, *pair) for pair in product(first, second))
    lines = [_line(asked_for, head, columns, at) for head in axes[asked_for.rows]]
    return Grid(
        tuple((one, len(second)) for one in first),
        columns,
        tuple(_sorted(asked_for, columns, lines)),
        {(key, year): why for key, years in broken.items() for year, why in years.items() if year in asked_for.years},
    )


def _place(one: Cell) -> tuple[str, str, str]:
    return CITY if one.level == CITY else one.division, one.measure, str(one.year)


def _column(asked_for: Asked, unsorted: str, first: Entry, second: Entry) -> Column:
    key = f"{first.key}.{second.key}"
    sorted_so = {key: "ascending", f"-{key}": "descending"}.get(asked_for.sort, "")
    other = key if asked_for.sort == f"-{key}" else f"-{key}"
    return Column(first, second, key, f"{unsorted}&{urlencode({'sort': other})}", sorted_so)


def _line(asked_for: Asked, head: Entry, columns: Iterable[Column], at: Mapping[tuple[str, str, str], Cell]) -> Line:
    order = [(asked_for.rows, asked_for.first, asked_for.second).index(axis) for axis in _PLACES]

    def found(column: Column) -> Cell | None:
        told = head.key, column.first.key, column.second.key
        return at.get((told[order[0]], told[order[1]], told[order[2]]))

    return Line(head, tuple(map(found, columns)), whole=asked_for.rows is Axis.UNITS and head.key == CITY)


def _sorted(asked_for: Asked, columns: Sequence[Column], lines: list[Line]) -> list[Line]:
    """By the column that was asked for; who has no figure there comes last, the whole city first."""
    place = next((at for at, one in enumerate(columns) if one.sorted), None)
    if place is None:
        return lines
    sign = -1 if asked_for.sort.startswith("-") else 1

    def key(line: Line) -> tuple[bool, bool, Decimal]:
        cell = line.cells[place]
        value = cell.value if cell is not None else None
        return not line.whole, value is None, (value or Decimal(0)) * sign

    return sorted(lines, key=key)


def bars_of(asked_for: Asked, cells: Iterable[Cell], names: Mapping[str, str]) -> list[overview.Line]:
    """Units with the first indicator of the newest year and the year chosen before it, for the picture."""
    measure = asked_for.measures[0]
    mine = [one for one in cells if one.measure == measure]
    now = asked_for.years[-1]
    before = asked_for.years[-2] if len(asked_for.years) > 1 else None
    at = {_place(one): one for one in mine}
    label = named(MEASURES[measure])
    lines = []
    for unit in units_of(mine, names):
        one, then = at.get((unit.key, measure, str(now))), at.get((unit.key, measure, str(before)))
        if one is not None:
            earlier = then.value if then is not None else None
            change = overview.changed(MEASURES[measure], one.value, earlier)
            fraction = f"{one.part}/{one.whole}" if one.whole else ""
            cell = overview.Cell(label, one.shown, fraction, "", change, 0, one.value, earlier)
            lines.append(overview.Line(unit.key, unit.label, (cell,), whole=unit.key == CITY))
    return lines
