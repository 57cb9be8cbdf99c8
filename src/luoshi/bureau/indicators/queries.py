"""Figures as the spine knows them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from luoshi.bureau.indicators.models import Figure, OwnParameter
from luoshi.declared import PARAMETERS
from luoshi.spine import Measurement, Parameter, Standing
from luoshi.words.provenance import Source

_COLUMNS = "indicator on known value unit definition standing division numerator denominator about doubt".split()
"""In the order of a Measurement, its source left out, which stands behind `standing`."""
_SOURCE = "source_title source_url source_published source_doubt".split()
_STANDING = {one.value: one for one in Standing}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a city's figures a day asks for: in five years there are thousands, and most speak of other years."""

    on: date
    """What was learned or counted later does not exist yet."""
    since: date
    """The units' own figures from this day on; those of the whole city are told whatever their age."""
    indicators: frozenset[str]
    """Keys of the indicators that are judged by."""
    divided: frozenset[str]
    """Those of them whose units' figures are asked for; of the others only where the whole city has none, to say so."""


def measurements(city_id: int, wanted: Wanted | None = None) -> list[Measurement]:
    """Figures of a city: one query. All of them when None is wanted in particular."""
    found = Figure.objects.filter(city_id=city_id)
    return read(found if wanted is None else found.filter(_asked(city_id, wanted)))


def own_parameters(city_id: int) -> tuple[Parameter, ...]:
    """The bureau's own values of parameters: one query."""
    declared = {one.key: one for one in PARAMETERS}
    rows = OwnParameter.objects.filter(city_id=city_id, key__in=declared)
    return tuple(
        replace(declared[one.key], value=one.value, begun=one.begun, until=None, source=one.source, region="", doubt="")
        for one in rows
    )


def page(city_id: int, number: int, size: int, indicator: str = "") -> tuple[list[Measurement], bool]:
    """One page of a city's figures, the newest first, and whether there are older ones.

    Args:
        city_id: whose.
        number: of the page, from 1.
        size: figures on a page.
        indicator: key of the only indicator wanted; all of them when "".
    """
    found = Figure.objects.filter(city_id=city_id, **({"indicator": indicator} if indicator else {}))
    ordered = found.order_by("-on", "indicator", "division", "-known", "-pk")
    told = read(ordered[(number - 1) * size : number * size + 1], every=True)
    return told[:size], len(told) > size


def _asked(city_id: int, wanted: Wanted) -> Q:
    known = Q(on__lte=wanted.on, known__lte=wanted.on)
    units = Q(indicator__in=wanted.divided)
    if others := wanted.indicators - wanted.divided:
        whole = Figure.objects.filter(known, city_id=city_id, division="").order_by().values("indicator")
        units |= Q(indicator__in=others) & ~Q(indicator__in=whole)
    return known & (Q(division="") | units & Q(on__gte=wanted.since))


def read(found: QuerySet[Figure], *, every: bool = False) -> list[Measurement]:
    """Rows as figures; column by column, for a row's object costs more than all that is done with it.

    Args:
        found: rows.
        every: also what the system itself measured anew on the same day; without, only the last of these speaks.
    """
    sources: dict[tuple[Any, ...], Source] = {}
    told: list[Measurement] = []
    last: dict[tuple[Any, ...], tuple[int, int]] = {}
    """Of what was measured, by unit, 时点, 口径 and day: run, and place among those told."""
    for *row, run in found.values_list(*_COLUMNS, *_SOURCE, "measuring_id"):
        origin = tuple(row[len(_COLUMNS) :])
        key, on, known, value, unit, definition, standing, division, part, whole, about, doubt = row[: len(_COLUMNS)]
        source = sources.get(origin) or sources.setdefault(origin, Source(*origin))
        measured = (key, on, known, value, unit, definition, _STANDING[standing], source)
        one = Measurement(*measured, division, part, whole, about, doubt)
        if run is None or every:
            told.append(one)
            continue
        before, place = last.get(same := (key, division, on, definition, known), (0, len(told)))
        if place == len(told):
            told.append(one)
        elif run > before:
            told[place] = one
        last[same] = (max(run, before), place)
    return told
