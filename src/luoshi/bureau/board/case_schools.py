"""Schools in the form of a case: typed by a few signs of their name, beside a unit or by themselves, and known again by their code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.board.case_told import Told, units_of
from luoshi.bureau.cases import queries
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.handling.courses import Course

BESIDE = "-school"
"""What the name of the field for a school ends with that stands beside a unit's."""
_LEFT, _RIGHT = "（", "）"


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose form of what."""

    actor: Actor
    city: City
    course: Course
    on: date
    told: Told | None = None
    """The case as its page shows it, where there is one already."""


def schools_of(of: Asking) -> dict[str, tuple[str, str]]:
    """By code what is typed of each school somebody may choose, and its county. Two queries."""
    names = units_of(of.city)
    rows = queries.choosable(of.actor, of.city.pk, of.on)
    return {code: (_typed(name, code), names.get(county, "")) for code, name, county in rows}


def _typed(name: str, code: str) -> str:
    return f"{name}{_LEFT}{code}{_RIGHT}"


def units_typed(of: Asking, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers in which a school that was typed beside a unit's list goes before what was chosen there."""
    told = {key: value for key, value in answers.items() if not key.endswith(BESIDE)}
    for key, one in of.course.fields.items():
        typed = answers.get(f"{key}{BESIDE}", "").strip() if one.schools else ""
        if typed:
            told[key] = school_in(of, typed)
    return told


def school_options(of: Asking) -> list[tuple[str, str]]:
    """What is typed of each school, and its county, where a field of the form may be a school; else none."""
    return list(schools_of(of).values()) if any(of.course.fields[one.key].schools for one in of.course.asks) else []


def school_in(of: Asking, typed: str) -> str:
    """The code in what was typed; of a name that one school alone has, its code; else what was typed."""
    if typed.endswith(_RIGHT) and _LEFT in typed:
        return typed.rpartition(_LEFT)[2].removesuffix(_RIGHT).strip()
    if typed.isascii():
        return typed
    met = [code for code, name, _county in queries.choosable(of.actor, of.city.pk, of.on, typed)]
    return met[0] if len(met) == 1 else typed
