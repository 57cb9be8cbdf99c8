"""Rubrics and judges asked for."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import QuerySet

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.rubrics.models import Judge, Panel, RubricText, Weighing
from luoshi.scoring.nouns import Scheme
from luoshi.scoring.texts import read_back
from luoshi.words.findings import Finding


def counting(city: City, declared: Scheme) -> Scheme:
    """The rubric that counts in a bureau now: its own weights, else as declared. One query."""
    own = _weighings(city, declared.key).first()
    return read_back(own.text.text) if own else declared


def history(city: City, rubric: str) -> list[Weighing]:
    """All that a bureau changed of a rubric, the newest first."""
    return list(_weighings(city, rubric))


def _weighings(city: City, rubric: str) -> QuerySet[Weighing]:
    return Weighing.objects.filter(city=city, rubric=rubric).select_related("text")


@lru_cache(maxsize=256)
def scheme(version: str) -> Scheme:
    """The rubric of a version.

    Raises:
        RubricText.DoesNotExist: the house keeps none of it.
    """
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


def panel_of(city: City, procedure: str, year: int) -> Panel | None:
    """A round with its judges and what they do not judge; None before anybody was named: three queries."""
    rows = Panel.objects.filter(city=city, procedure=procedure, year=year)
    return rows.prefetch_related("judges__recusals").first()


def visits(city: int, procedure: str, year: int) -> frozenset[str]:
    """Codes of the units that a round's judges visit; none before the sample is drawn: one query."""
    found = Panel.objects.filter(city_id=city, procedure=procedure, year=year).values_list("visits", flat=True).first()
    return frozenset(found or ())


def not_host(actor: Actor, label: str, office: str) -> Finding | None:
    """Why a section may not keep a rubric or its panel: another office hosts what is scored; None when it may.

    Where no office does, the supervision office alone may.
    """
    if actor.role != "section" or actor.office == office:
        return None
    rule = "评价标准和评审组由主办科室和督查室管理"
    return Finding(label, f"{actor.name}不是主办科室", rule, "请交主办科室办理")
