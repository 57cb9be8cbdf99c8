"""What cases and lists owe by a day: told to whoever's turn it is, at a cost that does not grow with their number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from luoshi.bureau.cases.known import conducted, known, lists
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.people.models import City, Division, Office, Person
from luoshi.declared.parameters import CASE_OVERDUE
from luoshi.handling.declaring import Procedure
from luoshi.handling.parts import COUNTY, HANDLER, HOST, LEADER, UNIT
from luoshi.tracking.dues import Due, DueKind
from luoshi.words.parameters import in_force


@dataclass(frozen=True, slots=True)
class Roster:
    """Who answers for what in a house: three queries."""

    leaders: Mapping[str, str]
    """By code of an office the leader in charge of it, as offices name him."""
    divisions: frozenset[str]
    supervisors: tuple[str, ...]
    """Logins."""
    in_charge: Mapping[str, tuple[str, ...]]
    """By that name the logins of the leaders who bear it; all of them under “”."""

    def of_leader(self, office: str) -> tuple[str, ...]:
        """Logins of the leader in charge of an office; of every leader where none is in charge of it."""
        return self.in_charge.get(self.leaders.get(office, "")) or self.in_charge.get("", ())


def roster(city: City) -> Roster:
    """As it is now."""
    leaders = dict(Office.objects.filter(city=city).values_list("code", "leader"))
    people = Person.objects.filter(is_active=True, role__in=("leader", "supervisor")).order_by("username")
    told = list(people.values_list("username", "role", "office"))
    charge = dict[str, tuple[str, ...]]()
    for login, role, office in told:
        if role == "leader":
            for name in {"", leaders.get(office, "")}:
                charge[name] = (*charge.get(name, ()), login)
    return Roster(
        leaders,
        frozenset(Division.objects.filter(city=city).values_list("code", flat=True)),
        tuple(login for login, role, _ in told if role == "supervisor"),
        charge,
    )


def patience(city: City, on: date) -> int:
    """Working days over, from which on the leader in charge is told: the bureau's own number where it has one."""
    own = [one for one in own_parameters(city.pk) if one.key == CASE_OVERDUE.key]
    return int(in_force((CASE_OVERDUE,), on, own)[CASE_OVERDUE.key])


def near(city: City, on: date) -> QuerySet[Case]:
    """Open cases whose last day comes near or is over."""
    return Case.objects.filter(city=city, ended_on=None, warned__lte=on).exclude(turn="").order_by("due", "pk")


def cases_owed(city: City, on: date) -> Iterator[Due]:
    """What cases and lists owe by a day; seven queries, whatever their number.

    A digest goes by mail. Of a procedure that tells of persons it names the number alone.
    """
    people, procedures = roster(city), known()
    for row in near(city, on):
        procedure = procedures.get(row.procedure)
        if procedure is not None:
            yield _due(row, procedure, people)
    yield from _ending(city, on, people)


def _due(row: Case, procedure: type[Procedure], people: Roster) -> Due:
    told = f"办件：{row.number}" if procedure.guarded else f"办件：{row.number} {row.title}"
    state = procedure.declaration.states.get(row.state)
    office, divisions, named = _owes(row, people)
    return Due(
        f"case/{row.pk}",
        DueKind.CASE,
        _short(f"{told}（{state.label}）" if state else told),
        row.due or row.since,
        office,
        divisions,
        named,
        leader=people.leaders.get(office, ""),
        link=f"/cases/{row.pk}/",
    )


def _owes(row: Case, people: Roster) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Office, divisions and logins of whoever's turn it is; the unit complained of is never among them."""
    if row.turn == LEADER.key:
        return "", (), people.of_leader(row.office)
    code = {HOST.key: row.office, HANDLER.key: row.handler, COUNTY.key: row.county, UNIT.key: row.county}.get(
        row.turn, ""
    )
    if code and code != row.accused:
        if code in people.leaders:
            return code, (), ()
        unit = code if code in people.divisions else row.county
        if unit and unit != row.accused:
            return "", (unit,), ()
    if row.turn in {HANDLER.key, UNIT.key} and row.office and row.office != row.accused:
        return row.office, (), ()  # a school without a county: whoever gave it out asks after it
    return "", (), people.supervisors


def _ending(city: City, on: date, people: Roster) -> Iterator[Due]:
    """Entries that come near their end: one due a list and day, to the office that keeps the list."""
    there = Listing.objects.filter(city=city, withdrawn_on=None, followed_by=None, warned__lte=on, until__gte=on)
    counted = there.order_by("register", "until").values_list("register", "until").annotate(Count("pk"))
    hosts = _hosts(city)
    for key, until, number in counted:
        of = lists().get(key)
        if of is not None:
            office = hosts.get(key, "")
            yield Due(
                f"register/{key}/{until}",
                DueKind.CASE,
                _short(f"名单：{of.label}，{number}条到期"),
                until,
                office,
                people=() if office else people.supervisors,
                leader=people.leaders.get(office, ""),
                link=f"/registers/{key}/?how=near",
            )


def _hosts(city: City) -> dict[str, str]:
    """By list the office of the procedure that decides its entries: the one that enters them before one that renews."""
    told = dict[str, str]()
    for how in conducted(city).values():
        for step in how.procedure.declaration.steps.values():
            for of in how.procedure.declaration.changed(step):
                if how.office:
                    told.setdefault(of.key, how.office)
    return told


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


_LONGEST = 60
