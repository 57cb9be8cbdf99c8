"""What is to be handed over, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from luoshi.bureau.handovers.models import Handover
from luoshi.bureau.handovers.owned import ENDS, KINDS, Thing
from luoshi.bureau.people.models import Person
from luoshi.words.provenance import digest


@dataclass(frozen=True, slots=True)
class Pile:
    """The things of one kind."""

    key: str
    label: Any
    ends: bool
    """Whether they end with the person, and nobody takes them over."""
    things: tuple[Thing, ...]


def piles(things: Sequence[Thing]) -> list[Pile]:
    """Things by kind, in the order of the list."""
    kinds = {one.key: one for one in KINDS}
    return [
        Pile(key, kinds[key].label, kinds[key].how == ENDS, tuple(group))
        for key, group in groupby(things, key=lambda one: one.kind)
    ]


def seal(things: Sequence[Thing]) -> str:
    """A short digest of a list: what was looked at is what is carried out."""
    return digest("\n".join(f"{one.kind} {one.pk}" for one in things).encode())[:16]


def successors(person: Person) -> list[Person]:
    """Who may take over: everybody of the same offices or divisions first, then the others of the bureau; at most some hundred.

    Of a school only its own people: nobody outside is shown there, and nobody inside anywhere else.
    """
    others = Person.objects.filter(is_active=True).exclude(pk=person.pk)
    if person.school:
        return list(others.filter(school=person.school).order_by("username")[:200])
    others = others.filter(school="")
    near = others.filter(office=person.office, division=person.division).order_by("username")[:200]
    rest = others.exclude(office=person.office, division=person.division).exclude(role__in=("viewer", "county"))
    return [*near, *rest.order_by("office", "username")[:200]]


def handover(number: int) -> Handover | None:
    """One 交接单."""
    return Handover.objects.select_related("person").filter(pk=number).first()


def lines_of(row: Handover) -> list[tuple[Any, list[Any]]]:
    """Its lines by kind, each kind in words."""
    kinds = {one.key: one.label for one in KINDS}
    lines = row.lines.select_related("to")
    return [(kinds.get(key, key), list(group)) for key, group in groupby(lines, key=lambda one: one.kind)]


def handovers_of(person: Person) -> list[Handover]:
    """A person's own, the newest first."""
    return list(Handover.objects.filter(person=person))
