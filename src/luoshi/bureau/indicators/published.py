"""发布口径: in which 口径 an indicator can be told, and which one somebody chose for a year. The one place that knows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache

from django.db.models import OuterRef, Subquery

from luoshi.bureau.indicators.models import Measuring, PublishedDefinition
from luoshi.declared import INDICATORS
from luoshi.declared.measures import MEASURES
from luoshi.tracking.measured import answered
from luoshi.words.measures import Measure, basis_of

_KEYED = {one.key: one for one in INDICATORS}
Chosen = Mapping[tuple[str, int], PublishedDefinition]
"""By indicator and year."""


@cache
def alternatives() -> Mapping[str, tuple[Measure, ...]]:
    """By question, the measures that answer it, its own first; those with one 口径 alone are left out."""
    told = dict[str, list[Measure]]()
    for one in MEASURES.values():
        told.setdefault(one.indicator or one.key, []).append(one)
    return {
        key: tuple(sorted(some, key=lambda one: one.key != key))
        for key, some in told.items()
        if len(some) > 1 and key in MEASURES
    }


@cache
def sides() -> Mapping[str, tuple[str, ...]]:
    """By declared indicator, its 口径 as figures name them, its own first; those with one alone are left out."""
    told = {
        key: tuple(basis_of(one) for one in some if answered(one, _KEYED))
        for key, some in alternatives().items()
        if key in _KEYED
    }
    return {key: some for key, some in told.items() if len(some) > 1}


def chosen(
    city_id: int, keys: Collection[str] = (), years: Collection[int] = ()
) -> dict[tuple[str, int], PublishedDefinition]:
    """The last choice of each indicator and year: one query.

    Args:
        city_id: whose.
        keys: of indicators; all without.
        years: those wanted; all without.
    """
    asked = {**({"indicator__in": keys} if keys else {}), **({"year__in": years} if years else {})}
    found = PublishedDefinition.objects.filter(city_id=city_id, **asked).order_by("pk")
    return {(one.indicator, one.year): one for one in found}


@lru_cache(maxsize=64)
def choices_until(city_id: int, last: datetime) -> tuple[PublishedDefinition, ...]:
    """Every choice of a city, the oldest first, when the last was made at that moment: choices never change, so it is kept.

    Args:
        city_id: whose.
        last: moment of its last choice, as `last_choice` tells it beside another query.
    """
    return tuple(PublishedDefinition.objects.filter(city_id=city_id, at__lte=last).order_by("pk"))


def choices_of(run: Measuring) -> tuple[PublishedDefinition, ...]:
    """Every choice of a run's city, the oldest first: no query for a run of `latest_runs`, but the first time."""
    if not hasattr(run, "last_choice"):
        return tuple(PublishedDefinition.objects.filter(city_id=run.city_id).order_by("pk"))
    return choices_until(run.city_id, run.last_choice) if run.last_choice else ()


def last_choice() -> Subquery:
    """The moment of a city's last choice as a column of rows that have a city; pages ask for these rows anyway."""
    mine = PublishedDefinition.objects.filter(city_id=OuterRef("city_id")).order_by("-at")
    return Subquery(mine.values("at")[:1])


def history(city_id: int, key: str, runs: Iterable[Measuring]) -> list[PublishedDefinition]:
    """Every choice of an indicator, the newest first; no query where the city was measured.

    Args:
        city_id: whose.
        key: of the indicator.
        runs: of `latest_runs`.
    """
    run = next(iter(runs), None)
    if run is None:
        return list(PublishedDefinition.objects.filter(city_id=city_id, indicator=key).order_by("-pk"))
    return [one for one in reversed(choices_of(run)) if one.indicator == key]


def counted_by(key: str, year: int, told: Chosen) -> str:
    """Key of the measure a question is told by in a year; empty where it is told by what people filed.

    Args:
        key: of the question, which is its own measure's.
        year: the year.
        told: what was chosen.
    """
    found = told.get((key, year))
    if found is None or found.measure == key:
        return key
    return found.measure if found.measure in MEASURES else ""
