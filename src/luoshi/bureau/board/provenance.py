"""From a figure to where it comes from: measurement, query, rows, editions of the lake, signatures of the returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luoshi.bureau.board import kept
from luoshi.bureau.board.overview import point_of
from luoshi.bureau.indicators.models import Measuring, Query
from luoshi.bureau.indicators.series import Cell, measured_cells
from luoshi.bureau.lakes import lake
from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.words.formulas import definition, formula, readable
from luoshi.words.measures import Comparison, Measure, Variation, basis_of
from luoshi.words.parameters import shown

if TYPE_CHECKING:
    from luoshi.keeping import Edition

CITY = "city"
"""What the whole city is called in the address of a page."""
_SCHOOL_CODE = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its arithmetic."""

    key: str
    label: str
    level: str
    cell: Cell
    at: str
    """时点."""
    definition: str
    """口径."""
    source: str
    sum: str
    """The one division, written out; empty where the value follows from more than two sums."""
    terms: tuple[tuple[str, str], ...]
    """What is summed of which rows, in words; empty where the definition has changed since."""


@dataclass(frozen=True, slots=True)
class Value:
    """One parameter that was read."""

    label: str
    value: str
    source: str
    doubt: str
    own: bool
    """Whether the bureau's own value went before the nation's."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One edition of the lake that was read."""

    number: int
    kind: str
    label: str
    period: str
    division: str
    rows: int
    definition: str
    known: object
    by: str
    told: str
    digest: str


def level_of(division: str) -> str:
    """city, county or school, by the form of the code."""
    if division == CITY:
        return CITY
    return "school" if len(division) >= _SCHOOL_CODE else "county"


def figure(run: Measuring, key: str, division: str) -> Figure | None:
    """The figure; None where this run came to none for the division."""
    measure, level = MEASURES.get(key), level_of(division)
    codes = () if level == CITY else (division,)
    found = measured_cells({run.year: run}, [key], level=level, divisions=codes)
    if measure is None or not found:
        return None
    same = run.queries.get(key) == definition(measure, run.values)
    return Figure(
        key,
        measure.label,
        level,
        found[0],
        point_of(measure, run.year),
        basis_of(measure),
        measure.source,
        _sum(measure, found[0]),
        tuple(readable(measure)) if same else (),
    )


def _sum(measure: Measure, cell: Cell) -> str:
    if measure.counted or cell.value is None or isinstance(measure, Variation | Comparison):
        return ""
    times = f" × {measure.scale}" if measure.scale != 1 else ""
    return f"{cell.above} ÷ {cell.below}{times} = {cell.value:f}"


def values_of(measure: Measure, run: Measuring) -> list[Value]:
    """Parameters the measure reads, with the values of the run and their doubt."""
    declared = {one.key: one for one in PARAMETERS}
    told = []
    for key in sorted(measure.thresholds()):
        one, value = declared.get(key), run.values.get(key)
        if one is not None and value is not None:
            number = Decimal(value)
            told.append(Value(one.label, shown(number, one.unit), one.source, one.doubt, own=number != one.value))
    return told


def query_of(run: Measuring, key: str) -> Query | None:
    """What was asked: one query. None where the run kept none."""
    return Query.objects.filter(digest=run.queries.get(key, "")).first()


def changed_since(measure: Measure, query: Query | None) -> bool:
    """Whether the measure is declared otherwise today."""
    return query is not None and query.formula != formula(measure)


def editions_of(measure: Measure, run: Measuring, county: str, names: Mapping[str, str]) -> list[Handed]:
    """Editions the figure was read from, those of its county alone; read from the lake's manifest, not from its rows."""
    kinds = dict.fromkeys(term.of.key for term in measure.terms())
    found = [_edition(number) for kind in kinds for number in run.editions.get(kind, [])]
    wanted = [one for one in found if one is not None and (not county or one.division in {county, _whole(county)})]
    return [_handed(one, names) for one in wanted]


def _edition(number: int) -> "Edition | None":
    told = lake()
    return told.edition(number) if told.exists and number <= told.head[0] else None


def _whole(county: str) -> str:
    return f"{county[:4]}00"


def _handed(one: "Edition", names: Mapping[str, str]) -> Handed:
    return Handed(
        one.number,
        one.kind,
        kept.label_of(one.kind),
        one.period,
        kept.named(one.division, names),
        one.rows,
        one.definition,
        one.known,
        one.by,
        one.told or one.source,
        one.total,
    )


def rows_digests(measure: Measure, run: Measuring) -> list[tuple[str, str]]:
    """By return, the digest of all rows that were read of it."""
    kinds = dict.fromkeys(term.of.key for term in measure.terms())
    return [(kept.label_of(kind), run.rows[kind]) for kind in kinds if kind in run.rows]


def missing(editions: Sequence[Handed], run: Measuring, measure: Measure) -> bool:
    """Whether the lake of this house no longer holds, or never held, what was read."""
    return not editions and any(run.editions.get(term.of.key) for term in measure.terms())


def named(cell: Cell, names: Mapping[str, str]) -> str:
    """The city, the county, or the school."""
    if cell.level == CITY:
        return _("全市")
    return names.get(cell.division) or cell.name or kept.named(cell.division, names)
