"""Rows behind figures, read from the lake while it is measured and kept beside what it came to."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from luoshi.bureau.indicators.actions import keep_rows
from luoshi.bureau.indicators.models import Behind, Measuring
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.rights import require
from luoshi.declared.measures import MEASURES
from luoshi.spine import Return
from luoshi.words.measures import Measure, Rate, Total
from luoshi.words.returns import Choice

if TYPE_CHECKING:
    import polars as pl

    from luoshi.measuring import Explained, Tables

MOST = 500
"""Rows that are kept of one county and measure."""
_EVERY = 1_000_000
_ALSO = ("grade", "number")
"""Columns that tell a class to people."""
_NAMED = "school"
_CITY = "city"


def explained(measures: Iterable[Measure]) -> list[Measure]:
    """Those whose rows are kept: counts and rates where less is better, so that a row behind them is a fault to mend."""
    return [one for one in measures if isinstance(one, Total | Rate) and one.better == "lower"]


def behind(
    measures: Iterable[Measure],
    tables: "Tables",
    year: int,
    values: Mapping[str, Decimal],
    names: Mapping[str, str],
) -> Iterator[Behind]:
    """Rows of every county behind each measure, not kept yet.

    Args:
        measures: those that were measured.
        tables: where the rows are.
        year: first year of the school year, or the calendar year.
        values: of parameters.
        names: of schools by their codes.
    """
    from luoshi.measuring import explain  # noqa: PLC0415 -- only the worker waits for the engines

    for one in explained(measures):
        found = explain(one, tables, year=year, values=values, most=_EVERY, also=_ALSO)
        ordered = _ordered(found)
        columns, rows = _told(one.of, ordered, found.headings, names)
        yield Behind(measure=one.key, columns=columns, total=found.total)
        if "county" not in found.headings:
            continue
        by_county = dict[str, list[list[str]]]()
        for county, row in zip(ordered["county"], rows, strict=True):
            by_county.setdefault(county, []).append(row)
        for county, some in sorted(by_county.items()):
            yield Behind(measure=one.key, county=county, columns=columns, rows=some[:MOST], total=len(some))


def explain_figure(step: Step) -> Mapping[str, object]:
    """Rows behind one figure, from the rows as they were when it was measured.

    The arguments name "run", "measure" and "division".

    Raises:
        RefusedError: no right, or rows that cannot be read.
    """
    from luoshi.declared.returns import Institutions  # noqa: PLC0415 -- only the worker waits for the engines
    from luoshi.measuring import LakeTables, explain  # noqa: PLC0415

    require(step.actor, "school_rows")
    run = Measuring.objects.select_related("city").get(pk=step.arguments["run"])
    one, division = MEASURES[str(step.arguments["measure"])], str(step.arguments["division"])
    tables = LakeTables(lake(), run.entry)
    values = {key: Decimal(value) for key, value in run.values.items()}
    whole = division == _CITY
    found = explain(
        one, tables, year=run.year, division="" if whole else division, values=values, most=MOST, also=_ALSO
    )
    columns, rows = _told(one.of, found.rows, found.headings, names_of(tables, run.year, Institutions))
    keep_rows(step.actor, run, Behind(measure=one.key, county=division, columns=columns, rows=rows, total=found.total))
    return {"words": _("%(many)s 行") % {"many": found.total}}


def names_of(tables: "Tables", year: int, register: type[Return]) -> dict[str, str]:
    """Schools by their codes, as the register of the year has them."""
    if not tables.holds(register, year):
        return {}
    frame = tables.frame(register, year)
    return dict(zip(frame["school"], frame["name"], strict=True))


def _ordered(found: "Explained") -> "pl.DataFrame":
    """The largest amount first."""
    amounts = [name for name in found.headings if found.rows.schema[name].is_numeric() and name not in _ALSO]
    by = [*amounts[-1:], *found.headings]
    return found.rows.sort(by, descending=[place < len(by) - len(found.headings) for place in range(len(by))])


def _told(
    of: type[Return], rows: "pl.DataFrame", headings: Mapping[str, str], names: Mapping[str, str]
) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """Columns, with the school's name before its code, and rows as words."""
    words = [_words(of, name, rows[name]) for name in headings]
    columns = list(headings.items())
    if _NAMED in headings:
        words.insert(0, [names.get(code, "") for code in rows[_NAMED]])
        columns.insert(0, ("name", "学校"))
    return columns, [list(row) for row in zip(*words, strict=True)]


def _words(of: type[Return], name: str, cells: "pl.Series") -> list[str]:
    column: Any = of.columns.get(name)
    if isinstance(column, Choice):
        return [column.choices.get(cell, cell) or "" for cell in cells]
    return ["" if cell is None else str(cell) for cell in cells]
