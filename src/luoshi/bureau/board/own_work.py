"""What stands open at one school beside its returns: its cases by procedure, its entries by list."""

from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.known import known, lists
from luoshi.bureau.cases.listing import counts_of
from luoshi.bureau.cases.queries import running_of
from luoshi.bureau.cases.risks import why_not
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import refused
from luoshi.bureau.people.units.queries import school_stood_for
from luoshi.declared.procedures.hazards import Hazard
from luoshi.declared.procedures.risks import RiskPoint


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure or list."""

    key: str
    label: str
    many: int
    """Open cases, or entries that stand."""
    pressing: int
    """Cases overdue, or entries that come near their end."""


@dataclass(frozen=True, slots=True)
class OwnWork:
    """The cases and lists of one school."""

    code: str
    cases: list[Line]
    lists: list[Line]
    sheet: bool
    """Whether there is anything on its four-colour sheet, and whoever looks may see it."""


def of_school(actor: Actor, city: City, county: str, code: str, on: date) -> OwnWork | None:
    """What whoever looks may see of a school's cases and lists: at most six queries; None where none of it is theirs."""
    if refused(actor, "cases"):
        return None
    codes = school_stood_for(code)
    running, kept = running_of(actor, city.pk, codes, on), counts_of(actor, city, codes, on)
    cases = [Line(key, one.label, *running[key]) for key, one in known().items() if key in running]
    entries = [Line(key, one.label, *kept[key]) for key, one in lists().items() if key in kept]
    drawn = RiskPoint.key in kept or Hazard.key in running
    return OwnWork(code, cases, entries, drawn and why_not(actor, city, county, code) is None)
