"""Rubrics and judges asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.bureau.people.models import City
from luoshi.bureau.rubrics.models import Judge, Panel, RubricText, Weighing
from luoshi.scoring.nouns import Scheme
from luoshi.scoring.texts import read_back


def counting(city: City, declared: Scheme) -> Scheme:
    """The rubric that counts in a bureau now: its own weights, else as declared. One query."""
    own = weighings(city, [declared.key]).get(declared.key)
    return read_back(own.text.text) if own else declared


def weighings(city: City, keys: Iterable[str]) -> dict[str, Weighing]:
    """By key of the rubric the bureau's newest weights of it, where it has any. One query."""
    rows = Weighing.objects.filter(city=city, rubric__in=sorted(keys)).select_related("text").order_by("id")
    return {one.rubric: one for one in rows}


def history(city: City, rubric: str) -> list[Weighing]:
    """All that a bureau changed of a rubric, the newest first."""
    return list(Weighing.objects.filter(city=city, rubric=rubric).select_related("text"))


def scheme(version: str) -> Scheme:
    """The rubric of a version.

    Raises:
        RubricText.DoesNotExist: the house keeps none of it.
    """
    return _scheme(version)


@lru_cache(maxsize=256)
def _scheme(version: str) -> Scheme:
    return read_back(RubricText.objects.values_list("text", flat=True).get(version=version))


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place among the judges of a round."""

    procedure: str
    year: int
    recused: frozenset[str] = field(default=frozenset())
    """Codes of the units they do not judge."""


def seats(city: int, login: str) -> list[Seat]:
    """Where somebody judges now: two queries."""
    rows = Judge.objects.filter(login=login, left=None, panel__city_id=city).select_related("panel")
    return [
        Seat(one.panel.procedure, one.panel.year, frozenset(each.unit for each in one.recusals.all()))
        for one in rows.prefetch_related("recusals")
    ]


def seat(city: int, login: str, procedure: str, year: int) -> Seat | None:
    """Somebody's place among the judges of one round; None where they have none."""
    return next((one for one in seats(city, login) if (one.procedure, one.year) == (procedure, year)), None)


def panel_of(city: City, procedure: str, year: int) -> Panel | None:
    """A round with its judges and what they do not judge; None before anybody was named: three queries."""
    rows = Panel.objects.filter(city=city, procedure=procedure, year=year)
    return rows.prefetch_related("judges__recusals").first()


def visits(city: int, procedure: str, year: int) -> frozenset[str]:
    """Codes of the units that a round's judges visit; none before the sample is drawn: one query."""
    found = Panel.objects.filter(city_id=city, procedure=procedure, year=year).values_list("visits", flat=True).first()
    return frozenset(found or ())
