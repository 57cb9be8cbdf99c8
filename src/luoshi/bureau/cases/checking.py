"""What a step is held against that only the house knows: whose hands there were, and which offices, counties and schools there are."""

from collections.abc import Iterable, Mapping
from datetime import date

from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.cases.queries import schools_of
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Division, Office
from luoshi.bureau.people.signing import refuse_twice
from luoshi.handling import cases
from luoshi.handling.courses import Course
from luoshi.handling.fields import Kind
from luoshi.handling.permitting import SIGN
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_PLACES = frozenset({Kind.UNIT, Kind.SCHOOL})


def one_person(
    actor: Actor, row: Case, course: Course, stands: cases.Case, act: str, told: Iterable[Happening]
) -> Finding | None:
    """Why a stand-in would make one person do what takes two; None where two hands are two.

    Args:
        actor: who acts, or whom somebody stands in for.
        row: the case.
        course: what it runs by.
        stands: how it stands.
        act: key of the step, or 签字.
        told: what happened to it.
    """
    way = course.ways.get(act)
    if stands.pending is not None and act == SIGN:
        rows = _waiting(told)
    elif way is not None and way.apart:
        rows = [one for one in told if one.step in way.apart]
    else:
        return None
    try:
        refuse_twice(actor, row.number, [(one.login, one.name) for one in rows])
    except RefusedError as refusal:
        return refusal.findings[0]
    return None


def _waiting(told: Iterable[Happening]) -> list[Happening]:
    """Who asked for what is to be signed, and who signed it."""
    rows = list[Happening]()
    for one in told:
        if one.did == cases.Did.ASKED:
            rows = [one]
        elif one.did == cases.Did.SIGNED:
            rows.append(one)
    return rows


def unknown_places(city: City, course: Course, answers: Mapping[str, str], on: date) -> list[Finding]:
    """Answers that name an office, county or school that there is not: nobody would ever have the case. Three queries, or none.

    Args:
        city: whose.
        course: what the case runs by.
        answers: what is answered now.
        on: today.
    """
    said = {key: value for key, value in answers.items() if key in course.fields and value}
    said = {key: value for key, value in said.items() if course.fields[key].kind in _PLACES}
    if not said:
        return []
    codes = set(said.values())
    there = set(schools_of(city.pk, on).filter(code__in=codes).values_list("code", flat=True))
    units = set(Office.objects.filter(city=city, code__in=codes).values_list("code", flat=True))
    units |= set(Division.objects.filter(city=city, code__in=codes).values_list("code", flat=True))
    return [
        Finding(
            course.fields[key].label,
            f"没有“{value[:20]}”",
            "从本局科室、县(市、区)和名录上的学校中选",
            "请从名单中重选",
        )
        for key, value in said.items()
        if value not in there and (value not in units or course.fields[key].kind is Kind.SCHOOL)
    ]
