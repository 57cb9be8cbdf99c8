"""What measures came to, as the last run of each year left it; asked by pages, so it never opens the lake."""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from luoshi.bureau.indicators import sheaves
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.packing import amount
from luoshi.bureau.indicators.series import latest_runs


class Kept(NamedTuple):
    """One kept moment."""

    run: int
    measure: str
    division: str
    county: str
    name: str
    part: str
    whole: str
    value: Decimal | None
    shown: str
    rows: int
    used: int


def years(city_id: int) -> list[int]:
    """Years that were measured, the newest first."""
    return sorted(set(Measuring.objects.filter(city_id=city_id).values_list("year", flat=True)), reverse=True)


def runs(city_id: int, year: int) -> tuple[Measuring | None, Measuring | None]:
    """The last run of a year and of the year before."""
    last = latest_runs(city_id, (year, year - 1))
    return last.get(year), last.get(year - 1)


def moments(of: Collection[int], level: str, measures: Collection[str], county: str = "") -> list[Kept]:
    """Moments of some runs: two queries.

    Args:
        of: keys of the runs.
        level: city, county or school.
        measures: keys.
        county: only those that lie in it.
    """
    told = (
        Kept(
            run,
            measure,
            division.code,
            division.county,
            division.name,
            amount(slot.part, form.places),
            amount(slot.whole, form.places),
            slot.value,
            slot.shown,
            slot.rows,
            slot.used,
        )
        for run, _level, measure, form, division, slot in sheaves.found(of, measures, level, county)
    )
    return sorted(told, key=lambda one: one.division)
