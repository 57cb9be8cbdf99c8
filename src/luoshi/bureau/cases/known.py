"""The procedures and lists this house knows, and how its bureau lets each run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import luoshi.declared.procedures
from luoshi.bureau.cases.models import Conduct
from luoshi.bureau.indicators.parameters.queries import own_rows, values_on
from luoshi.bureau.people.models import City, Office
from luoshi.declared.parameters import GROUP_VISIT
from luoshi.handling.courses import Course, course
from luoshi.handling.declaring import Procedure
from luoshi.handling.gathering import procedures, registers
from luoshi.handling.registers import Register

_WAY = Conduct.Way


@cache
def known() -> Mapping[str, type[Procedure]]:
    """Every declared procedure by key."""
    return procedures(luoshi.declared.procedures)


@cache
def lists() -> Mapping[str, type[Register]]:
    """Every declared list by key."""
    return registers(luoshi.declared.procedures)


@dataclass(frozen=True, slots=True)
class Conducted:
    """How a procedure runs in a bureau today."""

    procedure: type[Procedure]
    way: str
    """A Conduct.Way."""
    office: str
    """Code of the office that hosts it; empty where no office's duties name it."""
    course: Course
    """With the terms that the bureau set."""
    row: Conduct | None
    """Who set it so; None for the way it comes."""

    @property
    def native(self) -> bool:
        """Whether cases of it are handled here."""
        return self.way == _WAY.NATIVE


def conducted(city: City) -> dict[str, Conducted]:
    """By key how each procedure runs: two queries."""
    rows = {one.procedure: one for one in Conduct.objects.filter(city=city).order_by("id")}
    offices = list(Office.objects.filter(city=city))
    return {key: _settled(one, rows.get(key), offices) for key, one in known().items()}


def _settled(procedure: type[Procedure], row: Conduct | None, offices: list[Office]) -> Conducted:
    way = row.way if row else (_WAY.IMPORTED if procedure.platform else _WAY.NATIVE)
    office = row.office if row and row.office else hosted_by(procedure.duties, offices)
    return Conducted(procedure, way, office, _made(procedure.key, _terms(row)), row)


@lru_cache(maxsize=512)
def _made(key: str, terms: tuple[tuple[str, int], ...], values: tuple[tuple[str, Decimal], ...] = ()) -> Course:
    return course(known()[key], dict(terms), dict(values))


def _terms(row: Conduct | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(row.terms.items())) if row else ()


def course_on(city: City, how: Conducted, on: date) -> Course:
    """The course a case that is opened on a day runs by: with the parameters that count then. One query."""
    return _made(how.procedure.key, _terms(how.row), tuple(sorted(values_on(on, own_rows(city.pk)).items())))


def many_persons(city: City, on: date) -> int:
    """How many persons make a matter one of a group (集体访): the bureau's own number, else the usual one. One query."""
    return int(values_on(on, own_rows(city.pk))[GROUP_VISIT.key])


def forget() -> None:
    """Look through the declarations anew: something was written beside them."""
    for one in (known, lists, _made):
        one.cache_clear()


def hosted_by(duties: Sequence[str], offices: Sequence[Office]) -> str:
    """The office whose duties name it, by its own order of words; empty where none does."""
    for word in duties:
        for office in offices:
            if any(word in duty for duty in office.duties):
                return office.code
    return ""
