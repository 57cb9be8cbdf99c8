"""What measures came to, as the last run of each year left it; asked by pages, so it never opens the lake."""

from collections.abc import Collection
from typing import NamedTuple

from luoshi.bureau.indicators.models import Measuring, Moment


class Kept(NamedTuple):
    """One kept moment."""

    run: int
    measure: str
    division: str
    county: str
    name: str
    part: str
    whole: str
    value: str
    shown: str
    rows: int
    used: int


_COLUMNS = ("measuring_id", "measure", "division", "county", "name", "part", "whole", "value", "shown", "rows", "used")


def years(city_id: int) -> list[int]:
    """Years that were measured, the newest first."""
    return sorted(set(Measuring.objects.filter(city_id=city_id).values_list("year", flat=True)), reverse=True)


def runs(city_id: int, year: int) -> tuple[Measuring | None, Measuring | None]:
    """The last run of a year and of the year before."""
    found = Measuring.objects.filter(city_id=city_id, year__in=(year, year - 1)).order_by("pk")
    last = {one.year: one for one in found}
    return last.get(year), last.get(year - 1)


def moments(of: Collection[int], level: str, measures: Collection[str], county: str = "") -> list[Kept]:
    """Moments of some runs: one query.

    Args:
        of: keys of the runs.
        level: city, county or school.
        measures: keys.
        county: only those that lie in it.
    """
    found = Moment.objects.filter(measuring__in=of, level=level, measure__in=measures)
    if county:
        found = found.filter(county=county)
    return [Kept(*row) for row in found.order_by("division").values_list(*_COLUMNS)]
