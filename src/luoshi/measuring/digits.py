"""Last digits of what schools report, counted by county. What follows from them is not decided here."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from luoshi.measuring.tables import Tables
from luoshi.spine import Return
from luoshi.words.returns import Basis, Count

_TEN = 10
_COUNTY, _SCHOOL = "county", "school"
Counted = tuple[str, str, str, tuple[int, ...]]
"""Key of the return, column, county, and how many values end in 0, in 1, … in 9."""


def looked_at(of: type[Return]) -> list[str]:
    """Columns of counts that schools report in the annual return; empty where a return has none."""
    if of.basis is not Basis.ANNUAL or not {_COUNTY, _SCHOOL} <= of.columns.keys():
        return []
    return [name for name, column in of.columns.items() if isinstance(column, Count)]


def last_digits(returns: Mapping[str, type[Return]], tables: Tables, year: int, least: Decimal) -> Iterator[Counted]:
    """By return, column and county, the last digits of all values that are at least so large.

    Args:
        returns: all that are declared.
        tables: where the rows are.
        year: first year of the school year, or the calendar year.
        least: smaller values are left out: their last digits are not spread evenly by nature.
    """
    for key, of in returns.items():
        columns = looked_at(of)
        if columns and tables.holds(of, year):
            yield from _counted(key, tables.frame(of, year), columns, least)


def _counted(key: str, rows: pl.DataFrame, columns: list[str], least: Decimal) -> Iterator[Counted]:
    long = rows.select(_COUNTY, *columns).unpivot(columns, index=_COUNTY, variable_name="column", value_name="value")
    large = long.filter(pl.col("value") >= int(least), pl.col(_COUNTY).is_not_null())
    digit = (pl.col("value") % _TEN).alias("digit")
    told = large.group_by("column", _COUNTY, digit).len().sort("column", _COUNTY, "digit")
    found = dict[tuple[str, str], list[int]]()
    for column, county, which, number in told.iter_rows():
        found.setdefault((column, county), [0] * _TEN)[which] = number
    for (column, county), counts in found.items():
        yield key, column, county, tuple(counts)
