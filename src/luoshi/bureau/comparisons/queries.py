"""Runs, whom they found, what is to be decided: as far as whoever looks may see them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, ForeignObjectRel, Q, QuerySet

from luoshi.bureau.cases.known import conducted
from luoshi.bureau.comparisons.models import Decision, Doubt, Finding, Run
from luoshi.bureau.files.models import File
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import HOUSE, answers, refused
from luoshi.bureau.people.units.queries import answered
from luoshi.declared.parameters import LIST_DAYS
from luoshi.words import findings as words
from luoshi.words.parameters import in_force

PAGE = 100
RUNS = 50
PROCEDURES = {"out_of_school": "dropout", "dropped_out": "dropout", "not_placed": "child_placing"}
"""By comparison: the procedure of the case that a finding may become."""


def mine(actor: Actor) -> list[str]:
    """Codes of the counties whose children somebody may see: of children nobody outside their county is told more than counts."""
    return sorted(answered(actor)) if actor.role == "county" else []


def runs(actor: Actor, city: City) -> QuerySet[Run]:
    """The newest: a county's own and those of the whole city, all for the bureau."""
    found = Run.objects.filter(city=city).select_related("job")
    if actor.role == "county":
        found = found.filter(Q(county="") | Q(county__in=mine(actor)))
    return found[:RUNS]


def run(number: int) -> Run | None:
    """One of them."""
    return Run.objects.select_related("city", "job").filter(pk=number).first()


def why_not_run(actor: Actor, city: City, county: str) -> words.Finding | None:
    """Why somebody may not bring, compare again or close lists of a county, or of the whole city; None when they may."""
    why = refused(actor, "compare_lists")
    if why or actor.role == HOUSE:
        return why
    if county:
        rule = "本县(市、区)的名单由本县(市、区)比对"
        return None if answers(actor, county) else words.Finding("名单比对", "不是本县(市、区)的", rule, "请交该县办理")
    if actor.role == "section" and actor.office not in hosts(city):
        rule = "全市的名单由控辍保学、残疾儿童安置的主办科室比对"
        return words.Finding("名单比对", f"{actor.name}不在主办科室", rule, "请交主办科室办理")
    if actor.role == "county":
        return words.Finding("名单比对", "这是全市的", "全市的名单由主办科室比对", "请交主办科室办理")
    return None


def hosts(city: City) -> set[str]:
    """Codes of the offices that host what findings become."""
    known = conducted(city)
    return {known[one].office for one in set(PROCEDURES.values())}


def why_not_open(city: City, comparison: str) -> words.Finding | None:
    """Why a finding becomes no case here: its procedure runs on an outside platform. None where it may, or never would."""
    how = conducted(city).get(PROCEDURES.get(comparison, ""))
    if how is None or how.native:
        return None
    rule = f"“{how.course.label}”在外部平台办理，这里不立案"
    return words.Finding("立案", "本局没有定在本系统办理", rule, "请在该平台登记；要改的，由督查室在流程页设定")


def days_kept(city: City, on: date) -> int:
    """How many days lists are kept at most: the bureau's own number where it has one."""
    own = [one for one in own_parameters(city.pk) if one.key == LIST_DAYS.key]
    return int(in_force((LIST_DAYS,), on, own)[LIST_DAYS.key])


def kinds(of: Run, counties: list[str]) -> dict[str, int]:
    """How many findings of each comparison these counties have: one query."""
    found = Finding.objects.filter(run=of, county__in=counties).order_by()
    return dict(found.values_list("comparison").annotate(many=Count("pk")))


def findings(of: Run, counties: list[str], comparison: str, after: int) -> list[Finding]:
    """A page of them and one more."""
    found = Finding.objects.filter(run=of, county__in=counties, comparison=comparison, place__gt=after)
    return list(found.select_related("case__course").order_by("place")[: PAGE + 1])


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt, and what was decided of it."""

    row: Doubt
    decision: Decision | None


def doubts(of: Run, counties: list[str], after: int) -> list[Question]:
    """A page of them and one more: two queries."""
    found = Doubt.objects.filter(run=of, county__in=counties, place__gt=after)
    rows = list(found.order_by("place")[: PAGE + 1])
    decided = newest(of.city_id, {one.pair for one in rows})
    return [Question(one, decided.get(one.pair)) for one in rows]


def newest(city: int, pairs: Iterable[str] | None = None) -> dict[str, Decision]:
    """What counts of each pair: the newest decision."""
    found = Decision.objects.filter(city_id=city).order_by("pk")
    if pairs is not None:
        found = found.filter(pair__in=list(pairs))
    return {one.pair: one for one in found}


def who(row: Finding | Doubt) -> dict[str, str]:
    """Names and numbers, masked; nothing once the run is closed."""
    return dict(json.loads(row.who)) if row.who else {}


def opened_in(city: int, year: int) -> dict[tuple[str, str], int]:
    """By procedure and code the case that was opened of a child in a school year: one query."""
    found = Finding.objects.filter(city_id=city, year=year, opened=True)
    return {(procedure, code): case for procedure, code, case in found.values_list("procedure", "code", "case_id")}


def needed_elsewhere(kept: File, but: Run) -> bool:
    """Whether something else in the house stands on the very same bytes."""
    hidden = kept._meta.get_fields(include_hidden=True)  # noqa: SLF001 (Django documents it under this name)
    for one in (each for each in hidden if isinstance(each, ForeignObjectRel)):
        rows: Any = one.related_model._base_manager.filter(**{one.field.name: kept})  # noqa: SLF001 (as above)
        if one.related_model._meta.label == "comparisons.RunFile":  # noqa: SLF001 (as above)
            rows = rows.exclude(run=but).exclude(run__state=Run.State.CLOSED)
        if rows.exists():
            return True
    return False
