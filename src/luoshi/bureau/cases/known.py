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
from luoshi.bureau.rubrics.queries import counting
from luoshi.declared.parameters import GROUP_VISIT
from luoshi.handling.courses import Course, course
from luoshi.handling.declaring import Procedure
from luoshi.handling.gathering import procedures, registers
from luoshi.handling.registers import Register
from luoshi.scoring.declaring import Rubric
from luoshi.scoring.nouns import Scheme
from luoshi.scoring.texts import version, written

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
    return Conducted(procedure, way, office, _made(procedure.key, _terms(row), (), _version(criteria(procedure))), row)


def criteria(procedure: type[Procedure]) -> Scheme | None:
    """The rubric of a procedure as declared; None where nothing is scored."""
    found = procedure.rubric
    return found.scheme if isinstance(found, type) and issubclass(found, Rubric) else None


def scored(key: str) -> bool:
    """Whether cases of a procedure are scored."""
    found = known().get(key)
    return found is not None and found.rubric is not None


def criteria_on(city: City, how: Conducted) -> Scheme | None:
    """The rubric that counts in a bureau now; None where nothing is scored, and then no query."""
    declared = criteria(how.procedure)
    return counting(city, declared) if declared else None


def _version(scheme: Scheme | None) -> tuple[str, int]:
    return (version(written(scheme)), scheme.judges) if scheme else ("", 0)


@lru_cache(maxsize=512)
def _made(
    key: str,
    terms: tuple[tuple[str, int], ...],
    values: tuple[tuple[str, Decimal], ...] = (),
    rubric: tuple[str, int] = ("", 0),
) -> Course:
    return course(known()[key], dict(terms), dict(values), rubric)


def _terms(row: Conduct | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(row.terms.items())) if row else ()


def course_on(city: City, how: Conducted, on: date, scheme: Scheme | None = None) -> Course:
    """The course a case that is opened on a day runs by: with the parameters that count then. One query.

    Args:
        city: whose.
        how: how the procedure runs.
        on: the day.
        scheme: the rubric that counts, where it is scored.
    """
    values = tuple(sorted(values_on(on, own_rows(city.pk)).items()))
    return _made(how.procedure.key, _terms(how.row), values, _version(scheme))


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
