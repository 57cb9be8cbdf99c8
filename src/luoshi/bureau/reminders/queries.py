"""What is due, who can be told, what was said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.agreed import due_of, terms
from luoshi.bureau.ledger.models import Breakdown, Commitment, Milestone
from luoshi.bureau.ledger.queries import begun_of
from luoshi.bureau.people.models import City, Office, Person
from luoshi.bureau.people.rights import sees
from luoshi.bureau.people.units.queries import owing
from luoshi.bureau.posts.queries import with_posts, worn
from luoshi.bureau.related import with_parents
from luoshi.bureau.reminders.models import Digest, HabitsVersion, Preference, Reminder, Round
from luoshi.spine import Kind, State
from luoshi.tracking.dues import DEFAULT_HABITS, Due, DueKind, Habits, Member, Sent, workdays_before
from luoshi.words import calendars
from luoshi.words.provenance import digest

REMINDED = ("contact", "section", "leader", "supervisor", "county", "school")
"""Roles that owe something or answer for it."""
_SETTLED = {State.DONE.value: "done", State.PAUSED.value: "paused", State.STANDING.value: "standing"}
_LONGEST = 60
_ASKED = (
    *("edition", "number", "title", "kind", "lead", "leader", "divisions", "due", "audience"),
    *("judged", "closed_on", "agreed", "coordination"),
)


class _Step(NamedTuple):
    """A milestone with a day, as far as it is asked for."""

    id: int
    name: str
    due: date
    done: date | None


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing with a day in the ledger, open or not."""

    due: Due
    state: str
    """open, done, paused or standing: only what is open is reminded of."""
    edition: int
    item: int
    """Number of the commitment's row."""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == "open"


def habits_of(city: City) -> Habits:
    """The habits in force; the product's defaults until somebody sets others."""
    found = HabitsVersion.objects.filter(city=city).first()
    if found is None:
        return DEFAULT_HABITS
    before = tuple(found.before)
    return Habits(found.number, before, found.on_day, found.every, found.most, found.patience, found.apart)


def versions(city: City) -> list[HabitsVersion]:
    """Every version that was set, newest first."""
    return list(HabitsVersion.objects.filter(city=city))


def member_of(person: Person, leaders: dict[str, str]) -> Member:
    """A person as the round knows him.

    Args:
        person: the account.
        leaders: by code of an office who is its leader in charge; a leader's account names one office of his charge.
    """
    charge = leaders.get(person.office, "") if person.role == "leader" else ""
    actor = Actor(person.username, person.name, person.role, person.office, person.division, school=person.school)
    return Member(person.username, person.name, person.role, person.office, person.division, charge, sees(actor))


def leaders_of(city: City) -> dict[str, str]:
    """By code of an office its leader in charge."""
    return dict(Office.objects.filter(city=city).values_list("code", "leader"))


def members(leaders: dict[str, str]) -> list[Member]:
    """Everybody who can be reminded."""
    found = Person.objects.filter(is_active=True, role__in=REMINDED)
    return [member_of(person, leaders) for person in found]


def dated(
    city: City,
    leaders: dict[str, str],
    on: date,
    edition_id: int | None = None,
    audiences: Sequence[str] | None = None,
    *,
    only_open: bool = False,
) -> list[Dated]:
    """Everything issued that has a day: commitments and milestones, three queries.

    Args:
        city: whose.
        leaders: by code of an office its leader, for rows that name none themselves.
        on: the day it is looked at: pauses approved by then stop the clock and move the day.
        edition_id: of one plan only.
        audiences: only rows for these (知悉范围); all of them when None.
        only_open: only what is still to be done.
    """
    issued = Q(edition__city=city, breakdown__stage=Breakdown.Stage.ISSUED)
    if edition_id is not None:
        issued &= Q(edition_id=edition_id)
    if audiences is not None:
        issued &= Q(audience__in=audiences)
    if only_open:
        issued &= Q(closed_on=None) & ~Q(judged=State.DONE.value)
    rows = with_parents(Commitment.objects.filter(issued).order_by("edition_id", "place").only(*_ASKED), "edition")
    kept = {row.pk: (row, _state(row, on)) for row in rows}
    told = [_item(row, leaders, due, state) for row, state in kept.values() if (due := _moved(city, row, on))]
    steps = Milestone.objects.filter(due__isnull=False, commitment__edition__city=city)
    if edition_id is not None:
        steps = steps.filter(commitment__edition_id=edition_id)
    if only_open:
        steps = steps.filter(done=None)
    for pk, item, name, due, done in steps.values_list("pk", "commitment_id", "name", "due", "done"):
        if due and item in kept:
            told.append(_step(_Step(pk, name, due, done), *kept[item], leaders))
    return [one for one in told if one.open] if only_open else told


def _moved(city: City, row: Commitment, on: date) -> date | None:
    """The day of an item, later by what approved pauses gave back."""
    return due_of(row, on, begun_of(city, row.edition)) if row.agreed.get("pauses") else row.due


def _state(row: Commitment, on: date) -> str:
    """A verified 暂缓 ends with the pause that was approved for it; without one it lasts until the next verification."""
    if row.closed_on is not None:
        return "done"
    stops = terms(row, on).pauses
    if any(one.holds(on) for one in stops):
        return "paused"
    if row.judged == State.PAUSED.value and stops:
        return "open"
    standing = row.kind == Kind.STANDING.value and not row.judged
    return "standing" if standing else _SETTLED.get(row.judged, "open")


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _due(row: Commitment, on: date, leaders: dict[str, str], *, step: _Step | None = None) -> Due:
    what = _short(f"{row.number} {row.title}")
    return Due(
        f"milestone/{step.id}" if step else f"item/{row.pk}",
        DueKind.MILESTONE if step else DueKind.ITEM,
        f"{what}——{_short(step.name)}" if step else what,
        on,
        row.lead,
        tuple(row.divisions),
        leader=row.leader or leaders.get(row.lead, ""),
        link=f"/items/{row.pk}/",
        audience=row.audience,
    )


def _item(row: Commitment, leaders: dict[str, str], due: date, state: str) -> Dated:
    return Dated(_due(row, due, leaders), state, row.edition_id, row.pk)


def _step(step: _Step, row: Commitment, of_item: str, leaders: dict[str, str]) -> Dated:
    state = "done" if step.done else "open" if of_item == "standing" else of_item
    return Dated(_due(row, step.due, leaders, step=step), state, row.edition_id, row.pk)


def open_dues(city: City, leaders: dict[str, str], on: date) -> list[Due]:
    """What the ledger still owes on a day: nothing that is closed, done, paused or goes on all year."""
    return handed_on(city, [one.due for one in dated(city, leaders, on, only_open=True)], on)


def handed_on(city: City, dues: Sequence[Due], on: date) -> list[Due]:
    """Dues with the units that answer for them on a day: what a county owed that was merged is its heir's. One query."""
    heirs = owing(city, {code for due in dues for code in due.divisions}, on)
    return [
        replace(due, divisions=tuple(dict.fromkeys(one for code in due.divisions for one in heirs[code])))
        if any(heirs[code] != (code,) for code in due.divisions)
        else due
        for due in dues
    ]


def sent(city: City, on: date, habits: Habits, calendar: calendars.Calendar) -> list[Sent]:
    """What was sent and still matters on a day: no step of anything that is still spoken of lies further back."""
    reach = max((*habits.before, 0)) + 2 + habits.every * habits.most
    since = workdays_before(on, reach, calendar)
    found = Reminder.objects.filter(digest__city=city, day__gte=since, day__lte=on)
    return [Sent(*row) for row in found.order_by().values_list("day", "person", "due", "step")]


def latest_round(city: City) -> date | None:
    """The last day somebody was told anything."""
    return Digest.objects.filter(city=city).order_by("-day").values_list("day", flat=True).first()


def round_on(city: City, day: date) -> Round | None:
    """The finished round of a day."""
    return Round.objects.filter(city=city, day=day).first()


def digests_on(city: City, day: date) -> list[Digest]:
    """Every digest of a day, with how many lines it has and how many of them are past their day."""
    past = Count("reminders", filter=Q(reminders__step__gt=0, reminders__copy=False))
    found = Digest.objects.filter(city=city, day=day).annotate(lines=Count("reminders"), past=past)
    return list(found.order_by("role", "person"))


def digests_of(login: str, most: int, until: date) -> list[Digest]:
    """A person's newest digests up to a day, with their lines: two queries."""
    found = Digest.objects.filter(person=login, day__lte=until)
    return list(found.prefetch_related("reminders")[:most])


def preference_of(login: str) -> Preference | None:
    """How a person wants to be reached; None until something was set."""
    return Preference.objects.filter(person__username=login).first()


def addresses(logins: Collection[str]) -> dict[str, str]:
    """Mail addresses of those who gave one."""
    found = Preference.objects.filter(person__username__in=logins).exclude(email="").select_related("person")
    return {one.person.username: one.email for one in found}


def subscriber(secret: str) -> Person | None:
    """Whose calendar a secret opens; None when it opens none any more."""
    found = Preference.objects.filter(token=digest(secret.encode()))
    return worn(with_posts(Person.objects.filter(preference__in=found, is_active=True), timezone.localdate()))
