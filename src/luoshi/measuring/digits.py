"""Last digits of what schools report, counted by county. What follows from them is not decided here."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import polars as pl

from luoshi.measuring.tables import Tables
from luoshi.spine import Return

_TEN = 10
_COUNTY = "county"
Counted = tuple[str, str, str, tuple[int, ...]]
"""Key of the return, column, county, and how many values end in 0, in 1, … in 9."""


def last_digits(
    columns: Mapping[type[Return], Sequence[str]], tables: Tables, year: int, least: Decimal
) -> Iterator[Counted]:
    """By return, column and county, the last digits of all values that are at least so large.

    Args:
        columns: what schools count one by one, by the return they report it in.
        tables: where the rows are.
        year: first year of the school year, or the calendar year.
        least: smaller values are left out: their last digits are not spread evenly by nature.
    """
    for of, names in columns.items():
        if tables.holds(of, year):
            yield from _counted(of.key, tables.frame(of, year), names, least)


def _counted(key: str, rows: pl.DataFrame, columns: Sequence[str], least: Decimal) -> Iterator[Counted]:
    long = rows.select(_COUNTY, *columns).unpivot(
        list(columns), index=_COUNTY, variable_name="column", value_name="value"
    )
    large = long.filter(pl.col("value") >= int(least), pl.col(_COUNTY).is_not_null())
    digit = (pl.col("value") % _TEN).alias("digit")
    told = large.group_by("column", _COUNTY, digit).len().sort("column", _COUNTY, "digit")
    found = dict[tuple[str, str], list[int]]()
    for column, county, which, number in told.iter_rows():
        found.setdefault((column, county), [0] * _TEN)[which] = number
    for (column, county), counts in found.items():
        yield key, column, county, tuple(counts)
