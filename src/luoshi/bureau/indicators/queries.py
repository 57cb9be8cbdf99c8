"""Figures as the spine knows them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, DateField, DecimalField, F, Field, Q, QuerySet, Value
from django.db.models.functions import Cast

from luoshi.bureau.indicators.models import Figure, OwnParameter, PublishedDefinition
from luoshi.bureau.indicators.published import sides
from luoshi.declared import PARAMETERS
from luoshi.declared.parameters import SMALL_CELL
from luoshi.spine import Measurement, Parameter, Standing
from luoshi.tracking.sides import marked
from luoshi.words.parameters import in_force
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
    """Figures of a city, those marked that are 参考: one query. All of them when None is wanted in particular."""
    return known(city_id, wanted, ())[0]


def known(
    city_id: int, wanted: Wanted | None, keys: Collection[str]
) -> tuple[list[Measurement], tuple[Parameter, ...]]:
    """Figures of a city, those marked that are 参考, and its own values of some parameters.

    All in one query, for every page that judges asks for all of it.

    Args:
        city_id: whose.
        wanted: which figures; all of them when None.
        keys: of the parameters.
    """
    names = (*_COLUMNS, *_SOURCE, "measuring_id")
    every = Figure.objects.filter(city_id=city_id)
    figures = (every if wanted is None else every.filter(_asked(city_id, wanted))).order_by().values_list(*names)
    own = OwnParameter.objects.filter(city_id=city_id, key__in=keys).order_by().annotate(**_beside())
    choices = PublishedDefinition.objects.filter(city_id=city_id).order_by().annotate(**_beside_chosen())
    members = (own.values_list(*names), choices.values_list(*names[:-1], "pk"))
    told: list[tuple[Any, ...]] = list(figures.union(*members, all=True).order_by("indicator", "on", "known"))
    by_kind = dict[str, list[tuple[Any, ...]]]()
    for row in told:
        by_kind.setdefault(row[_PLACE_OF_STANDING] if row[_PLACE_OF_STANDING] in (_OWN, _CHOSEN) else "", []).append(
            row
        )
    return (
        marked(_read(by_kind.get("", ())), sides(), _latest(by_kind.get(_CHOSEN, ()))),
        _parameters((row[0], row[3], row[1], row[len(_COLUMNS)]) for row in by_kind.get(_OWN, ())),
    )


_OWN, _CHOSEN = "own", "chosen"
_PLACE_OF_STANDING = _COLUMNS.index("standing")


def _beside() -> dict[str, Any]:
    """An own value in the columns of a figure."""
    nothing: dict[str, Field[Any, Any]] = {
        "numerator": DecimalField(max_digits=24, decimal_places=6),
        "denominator": DecimalField(max_digits=24, decimal_places=6),
        "source_published": DateField(),
        "measuring_id": BigIntegerField(),
    }
    return {
        "indicator": F("key"),
        "on": F("begun"),
        "known": F("begun"),
        "standing": Value(_OWN),
        "about": Value(False),  # a column of the query
        "source_title": F("source"),
        **{name: Value("") for name in ("unit", "definition", "division", "doubt", "source_url", "source_doubt")},
        **{name: Value(None, output_field=kind) for name, kind in nothing.items()},
    }


def _beside_chosen() -> dict[str, Any]:
    """A choice of 发布口径 in the columns of a figure: its year as the value; it counts whatever day is looked at."""
    empty = ("unit", "division", "doubt", "source_title", "source_url", "source_doubt")
    kinds: dict[str, Field[Any, Any]] = {
        "numerator": DecimalField(max_digits=24, decimal_places=6),
        "denominator": DecimalField(max_digits=24, decimal_places=6),
        "source_published": DateField(),
    }
    day = Value(_NO_DAY, output_field=DateField())
    return {
        "on": day,
        "known": day,
        "value": Cast("year", DecimalField(max_digits=24, decimal_places=6)),
        "standing": Value(_CHOSEN),
        "about": Value(False),  # a column of the query
        **{name: Value("") for name in empty},
        **{name: Value(None, output_field=kind) for name, kind in kinds.items()},
    }


_NO_DAY = date(2000, 1, 1)


def _latest(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[str, int], str]:
    """The last choice of each indicator and year."""
    ordered = sorted(rows, key=lambda row: int(row[-1]))
    return {(row[0], int(row[3])): row[5] for row in ordered}


def own_parameters(city_id: int) -> tuple[Parameter, ...]:
    """The bureau's own values of parameters: one query."""
    rows = OwnParameter.objects.filter(city_id=city_id)
    return _parameters(rows.values_list("key", "value", "begun", "source"))


def least_told(city_id: int, on: date) -> Decimal:
    """How few persons the public may be told of on a day, by the bureau's own value where it has one: one query."""
    own = [one for one in own_parameters(city_id) if one.key == SMALL_CELL.key]
    return in_force((SMALL_CELL,), on, own)[SMALL_CELL.key]


def _parameters(rows: Iterable[tuple[str, Decimal, date, str]]) -> tuple[Parameter, ...]:
    """Key, value, first day and source of own values as parameters; one that is not declared any more is left out."""
    declared = {one.key: one for one in PARAMETERS}
    return tuple(
        replace(declared[key], value=value, begun=begun, until=None, source=source, region="", doubt="")
        for key, value, begun, source in rows
        if key in declared
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
    return _read(found.values_list(*_COLUMNS, *_SOURCE, "measuring_id"), every=every)


def _read(rows: Iterable[tuple[Any, ...]], *, every: bool = False) -> list[Measurement]:
    sources: dict[tuple[Any, ...], Source] = {}
    told: list[Measurement] = []
    last: dict[tuple[Any, ...], tuple[int, int]] = {}
    """Of what was measured, by unit, 时点, 口径 and day: run, and place among those told."""
    for *row, run in rows:
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


def latest_of(city_id: int, division: str, keys: Collection[str], on: date) -> dict[str, Measurement]:
    """The newest figure of each indicator that a unit has and that was known by a day: one query."""
    rows = Figure.objects.filter(city_id=city_id, division=division, indicator__in=sorted(keys), known__lte=on)
    return {one.indicator: one for one in read(rows.order_by("on", "known"))}
