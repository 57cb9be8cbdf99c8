"""What a run of measuring says as figures that judge: asked of `series`, so it never opens the lake."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.series import measured_cells
from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.spine import Parameter
from luoshi.tracking.measured import Declared, Figures, answered, figures_of
from luoshi.words.parameters import in_force
from luoshi.words.provenance import Source

_KEYED = {one.key: one for one in INDICATORS}
_WHOLE_COUNTIES = ("district", "county", "city_county")
"""Kinds of units without whose rows a sum is not the whole city's; zones and 市直 are often counted in these."""
MEASURED = "本系统按明细数据计算"
"""Titles of sources begin with it where the system itself counted."""
_DIGITS = 12
_AUTUMN = 9


def figures(run: Measuring, known: date | None = None) -> Figures:
    """The figures of the last run of a year, for the counties that belong to the city and the city as a whole.

    Args:
        run: the last one of its year.
        known: the day its figures became known; the day it was measured without.
    """
    city = run.city
    units = {one.code: one.kind in _WHOLE_COUNTIES for one in city.divisions.exclude(kind="city")}
    declared = Declared(MEASURES, _KEYED, own_of(run))
    runs = {run.year: run}
    asked = [key for key, one in MEASURES.items() if answered(one, _KEYED)]
    return figures_of(
        measured_cells(runs, asked, level="city"),
        measured_cells(runs, list(MEASURES), level="county"),
        declared,
        divisions=units,
        known=known or timezone.localtime(run.at).date(),
        source=source_of(run),
    )


def source_of(run: Measuring) -> Source:
    """本系统按明细数据计算, with the run and the lake's entry it read, and the page where both are told."""
    title = f"{MEASURED}：第 {run.pk} 次，{run.year} 年，入库清单 {run.entry}:{run.head[:_DIGITS]}"
    return Source(title, f"{reverse('overview')}?year={run.year}")


def own_of(run: Measuring) -> tuple[Parameter, ...]:
    """Parameters that had another value than the nation's in a run."""
    nation = in_force(PARAMETERS, date(run.year, _AUTUMN, 1))
    used = run.values
    declared = {one.key: one for one in PARAMETERS}
    return tuple(
        replace(declared[key], value=Decimal(used[key]))
        for key, value in nation.items()
        if key in used and Decimal(used[key]) != value
    )
