"""学校和县区概览: rows × measures with both counts and last year beside them, from what was kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.bureau.board.overview_rows import cells
from luoshi.bureau.board.shown import named
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.overview import Kept, moments
from luoshi.declared.measures import MEASURES, OVERVIEW
from luoshi.words import showing
from luoshi.words.measures import Measure
from luoshi.words.returns import Grain


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of a table."""

    key: str
    label: str
    unit: str
    definition: str
    """口径."""
    on: str
    """时点."""
    source: str
    why: str
    """Why it was not measured; empty where it was."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one division."""

    label: str
    shown: str
    fraction: str
    """分子/分母, or empty."""
    before: str
    change: str
    left_out: int
    """Rows whose empty cells kept them out of the sums."""
    value: Decimal | None
    earlier: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One division, or one school."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    whole: bool = False
    """The whole city, above its counties."""

    @property
    def drawn(self) -> SafeString:
        """Its cells as markup."""
        return cells(self.cells)


@dataclass(frozen=True, slots=True)
class Runs:
    """The run of the chosen year and of the one before."""

    now: Measuring
    before: Measuring | None

    @property
    def ids(self) -> list[int]:
        """Their keys."""
        return [one.pk for one in (self.now, self.before) if one is not None]


def tables() -> list[tuple[str, str]]:
    """Keys and names of the tables."""
    return [(key, named(one)) for key, one in OVERVIEW.items()]


def columns(table: str, runs: Runs, only: str = "") -> list[Column]:
    """Measures of a table, or the only one that is wanted."""
    keys = [only] if only in OVERVIEW[table].measures else OVERVIEW[table].measures
    return [_column(MEASURES[key], runs.now) for key in keys]


def _column(one: Measure, run: Measuring) -> Column:
    why = run.unmeasured.get(one.key, "")
    return Column(one.key, named(one), one.unit, one.of.basis.label, point_of(one, run.year), one.source, why)


def point_of(one: Measure, year: int) -> str:
    """时点 or 时期 of its part, in words."""
    if one.of.grain is Grain.SCHOOL_YEAR:
        return _("%(year)s年9月1日") % {"year": year}
    if one.of.grain is Grain.TERM:
        return _("%(year)s年秋季学期") % {"year": year}
    return _("%(year)s年") % {"year": year}


def county_lines(runs: Runs, asked: Sequence[Column], names: Mapping[str, str]) -> list[Line]:
    """The whole city, then its divisions in protocol order, then codes that no list of ours names."""
    keys = [one.key for one in asked]
    city = _lines(runs, asked, moments(runs.ids, "city", keys), {}, whole=True)
    counties = _lines(runs, asked, moments(runs.ids, "county", keys), names)
    order = {code: place for place, code in enumerate(names)}
    return [*city, *sorted(counties, key=lambda one: (order.get(one.code, len(order)), one.code))]


def school_lines(runs: Runs, asked: Sequence[Column], county: str) -> list[Line]:
    """Schools of a county by their codes; of one measure alone those that weigh most come first."""
    lines = _lines(runs, asked, moments(runs.ids, "school", [one.key for one in asked], county), {})
    if len(asked) > 1:
        return lines
    falling = MEASURES[asked[0].key].better != "higher"
    known = [one for one in lines if one.cells[0].value is not None]
    return sorted(
        known, key=lambda one: (-(one.cells[0].value or 0) if falling else (one.cells[0].value or 0), one.code)
    )


def _lines(
    runs: Runs, asked: Sequence[Column], kept: Iterable[Kept], names: Mapping[str, str], *, whole: bool = False
) -> list[Line]:
    found = dict[str, dict[tuple[int, str], Kept]]()
    for one in kept:
        found.setdefault(one.division, {})[one.run, one.measure] = one
    before = runs.before.pk if runs.before else 0
    lines = []
    for code, by_measure in found.items():
        if not any(run == runs.now.pk for run, _key in by_measure):
            continue  # closed since last year
        drawn = tuple(
            _cell(one, by_measure.get((runs.now.pk, one.key)), by_measure.get((before, one.key))) for one in asked
        )
        named = next((one.name for one in by_measure.values() if one.name), "")
        lines.append(Line(code, _("全市") if whole else names.get(code) or named or code, drawn, whole))
    return lines


def _cell(column: Column, now: Kept | None, before: Kept | None) -> Cell:
    if now is None:
        return Cell(column.label, "", "", "", "", 0, None, None)
    value, earlier = now.value, before.value if before is not None else None
    fraction = f"{now.part}/{now.whole}" if now.whole else ""
    change = changed(MEASURES[column.key], value, earlier)
    told = before.shown if before is not None and earlier is not None else ""
    return Cell(column.label, now.shown, fraction, told, change, now.rows - now.used, value, earlier)


def changed(measure: Measure, now: Decimal | None, before: Decimal | None) -> str:
    """The change since, in words; rates change by 百分点."""
    return showing.change_shown(measure, showing.change(now, before))
