"""What is asked of the rows for one measure, as SQL: what a person reads who wants to check a figure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import ibis

from luoshi.measuring.asking import Ask, Scan, compiled, dated
from luoshi.measuring.contributing import blank_questions
from luoshi.measuring.engines import Duck
from luoshi.measuring.grouping import cell_questions, pairs
from luoshi.spine import Return
from luoshi.words.measures import Blank, Measure
from luoshi.words.units import Celled, CountiesPassing

_READ = Duck.dialect
"""The dialect a person reads: that of the engine of this computer."""


def sql(measure: Measure, values: Mapping[str, Decimal]) -> str:
    """One SELECT for each return and year it asks, for DuckDB; the engine asks the same, those of many measures in one scan.

    Tables are named by their return and how many years they lie from the one that is asked for: classes__0, class_bands__-1.

    Args:
        measure: which.
        values: of the parameters it reads.
    """
    if isinstance(measure, CountiesPassing):
        return sql(measure.judged, values)
    if isinstance(measure, Blank):
        return _written(one for _of, one in blank_questions(measure, 0))
    if isinstance(measure, Celled):
        return _written(cell_questions(measure, 0, values))
    scans = dict[tuple[type[Return], int], Scan]()
    for term, also in pairs(measure):
        scan = scans.setdefault((term.of, -term.years_back), Scan(term.of, -term.years_back))
        scan.place(Ask(term, also.amount if also else None))
    told = tuple(sorted((key, value) for key, value in values.items() if key in measure.thresholds()))
    return ";\n\n".join(_of_scan(scan, told) for scan in scans.values())


def _written(asked: Iterable[Any]) -> str:
    return ";\n\n".join(str(ibis.to_sql(one, dialect=_READ, pretty=True)) for one in asked)


def _of_scan(scan: Scan, values: tuple[tuple[str, Decimal], ...]) -> str:
    return dated(compiled(scan.of, tuple(scan.asks.values()), scan.grain, values, _READ), scan)
