"""发布口径: in which 口径 an indicator can be told, and which one somebody chose for a year. The one place that knows."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache, lru_cache

from django.db.models import OuterRef, Subquery

from luoshi.bureau.indicators.models import PublishedDefinition
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
def chosen_until(city_id: int, last: datetime) -> Chosen:
    """The same of all years, when the last choice was made at that moment: choices are never changed, so it is kept.

    Args:
        city_id: whose.
        last: moment of its last choice, as `last_choice` tells it beside another query.
    """
    found = PublishedDefinition.objects.filter(city_id=city_id, at__lte=last).order_by("pk")
    return {(one.indicator, one.year): one for one in found}


def last_choice() -> Subquery:
    """The moment of a city's last choice as a column of rows that have a city; pages ask for these rows anyway."""
    mine = PublishedDefinition.objects.filter(city_id=OuterRef("city_id")).order_by("-at")
    return Subquery(mine.values("at")[:1])


def history(city_id: int, key: str) -> list[PublishedDefinition]:
    """Every choice of an indicator, the newest first."""
    return list(PublishedDefinition.objects.filter(city_id=city_id, indicator=key).order_by("-pk"))


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
