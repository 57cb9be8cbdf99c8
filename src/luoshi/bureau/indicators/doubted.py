"""What 数据存疑 looks through beside the series: filed figures of a year, and last digits. Stored rows only, never the lake."""

from django.db.models import Q

from luoshi.bureau.indicators.models import Figure, LastDigits, Measuring
from luoshi.bureau.indicators.queries import read
from luoshi.declared import POOLS
from luoshi.spine import Measurement

_POOLED = sorted({key for pool in POOLS for key in (pool.whole, pool.first, pool.second)})


def years_known(city_id: int) -> tuple[list[int], int]:
    """Years that were measured or that filed figures speak of, the newest first, and the newest measured one: two queries."""
    measured = set(Measuring.objects.filter(city_id=city_id).order_by().values_list("year", flat=True))
    filed = Figure.objects.filter(city_id=city_id, measuring=None).order_by().values_list("on__year", flat=True)
    known = sorted(measured.union(filed.distinct()), reverse=True)
    return known, max(measured or known, default=0)


def figures_of_year(city_id: int, year: int) -> list[Measurement]:
    """Figures people filed, and those measured that are parts of a whole: one query."""
    wanted = Q(measuring=None) | Q(indicator__in=_POOLED)
    return read(Figure.objects.filter(wanted, city_id=city_id, on__year=year).order_by("on", "known", "pk"))


def digits_of(run: Measuring | None) -> list[LastDigits]:
    """Last digits that were counted in a run, column by column: one query."""
    return list(LastDigits.objects.filter(measuring=run).order_by("form", "column", "county")) if run else []
