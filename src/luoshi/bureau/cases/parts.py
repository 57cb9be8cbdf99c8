"""Which parts somebody plays in a case, and what of it they may see."""

from collections.abc import Sequence

from luoshi.bureau.cases.known import scored
from luoshi.bureau.cases.models import Case
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import Office, Person
from luoshi.bureau.people.rights import HOUSE, answers, own_school
from luoshi.bureau.rubrics.queries import Seat
from luoshi.bureau.rubrics.queries import seats as seats_of
from luoshi.handling.courses import Course
from luoshi.handling.parts import CITIZEN, COUNTY, HANDLER, HOST, LEADER, OVERSIGHT, PANEL, SPONSOR, UNIT, Hand
from luoshi.words.findings import Finding

STRANGER = Hand("citizen", "来信来访人", frozenset({CITIZEN.key}))
"""Whoever brings a matter without an account; what they say of themselves is in the matter alone."""
_BUREAU = frozenset({"supervisor", "leader", "section", "contact"})
_OFFICE = frozenset({"section", "contact"})
_UNITS = frozenset({"section", "contact", "supervisor", "county", "school"})
_INSIDE = frozenset({COUNTY.key, UNIT.key})


def hand(actor: Actor, row: Case, seats: Sequence[Seat] | None = None) -> Hand:
    """Somebody as a hand in a case.

    A county acts for its schools where they do not: what a school has on paper, the county enters (代录).

    Args:
        actor: who.
        row: the case.
        seats: where they judge; asked where it matters when None.
    """
    parts = set[str]()
    if actor.role in _OFFICE and actor.office:
        parts |= {HOST.key} if actor.office == row.office else set()
        parts |= {HANDLER.key} if actor.office == row.handler else set()
    if _sponsors(actor, row):
        parts.add(SPONSOR.key)
    if actor.role == "leader" and (row.pk is None or not row.office or row.office in charge(actor, row.city_id)):
        parts.add(LEADER.key)
    if actor.role == "supervisor":
        parts |= {OVERSIGHT.key} | ({HOST.key} if not row.office else set())
    if row.school and own_school(actor, row.school):
        parts.add(UNIT.key)
    if row.handler and own_school(actor, row.handler):
        parts.add(HANDLER.key)
    if row.county and answers(actor, row.county):
        parts |= {COUNTY.key, UNIT.key}
    if row.handler and answers(actor, row.handler):
        parts.add(HANDLER.key)
    if row.pk and scored(row.procedure) and judges(actor, row, seats):
        parts.add(PANEL.key)
    return Hand(actor.login, actor.name, frozenset(parts), accused=_accused(actor, row))


def judges(actor: Actor, row: Case, seats: Sequence[Seat] | None = None) -> bool:
    """Whether somebody judges a case: they have a seat in its round, and it is neither their own unit's nor one they do not judge."""
    mine = seats_of(row.city_id, actor.login) if seats is None else seats
    units = {row.school, row.county, row.handler, row.sponsor} - {""}
    own = {unit_of(actor), actor.school, actor.division if actor.role == "county" else ""} - {""}
    if own & units:
        return False
    return any(
        (one.procedure, one.year) == (row.procedure, row.opened_on.year) and not one.recused & units for one in mine
    )


def charge(actor: Actor, city: int) -> frozenset[str]:
    """Codes of the offices that a leader is in charge of, and of those whose leader has no account: somebody has to sign.

    Two queries.
    """
    leaders = dict(Office.objects.filter(city_id=city).values_list("code", "leader"))
    accounts = Person.objects.filter(role="leader", is_active=True).values_list("office", flat=True)
    signing = {leaders.get(office, "") for office in accounts} - {""}
    mine = leaders.get(actor.office, "")
    return frozenset(code for code, leader in leaders.items() if leader == mine or leader not in signing)


def unit_of(actor: Actor) -> str:
    """Code of the unit somebody acts for: school, county or office."""
    return actor.school or (actor.division if actor.role == "county" else actor.office)


def _sponsors(actor: Actor, row: Case) -> bool:
    """Whether a case is somebody's own unit's: any unit may bring a new one."""
    if row.pk is None:
        return actor.role in _UNITS
    if not row.sponsor or actor.role not in _UNITS:
        return False
    return row.sponsor == unit_of(actor) or answers(actor, row.sponsor) or own_school(actor, row.sponsor)


def citizen(row: Case) -> Hand:
    """Whoever brought the matter, known by its number and code alone."""
    return Hand(f"citizen/{row.number}", "来信来访人", frozenset({CITIZEN.key}))


def _accused(actor: Actor, row: Case) -> bool:
    if not row.accused:
        return False
    return row.accused == actor.office or answers(actor, row.accused) or own_school(actor, row.accused)


def unseen(actor: Actor, row: Case, course: Course, seats: Sequence[Seat] | None = None) -> Finding | None:
    """Why somebody may not see a case at all; None when they may.

    Args:
        actor: who looks.
        row: the case.
        course: what it runs by.
        seats: where they judge; asked where it matters when None.
    """
    if actor.role == HOUSE:
        return None
    if _accused(actor, row):
        rule = "被反映单位不看、不办反映自己的事项"
        return Finding(course.label, "涉及本单位", rule, "如需答复，会由承办单位另行告知")
    if actor.role in {"leader", "supervisor"} or hand(actor, row, seats).parts - {LEADER.key, OVERSIGHT.key}:
        return None
    if course.guarded or actor.role not in _BUREAU:
        rule = "办件只由办理它的单位看" if course.guarded else "办件由局内和所涉单位看"
        return Finding(course.label, f"{actor.name}不办理这一件", rule, "如需了解，请问主办科室")
    return None


def clear(actor: Actor, row: Case, course: Course) -> bool:
    """Whether what is private is shown in full without stating a purpose: of a child inside its county alone."""
    if actor.role == HOUSE:
        return True
    parts = hand(actor, row).parts
    if course.guarded == "child" and row.county:
        return bool(parts & _INSIDE)
    return bool(parts - {OVERSIGHT.key, PANEL.key})
