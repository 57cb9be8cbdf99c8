"""Entries of lists asked for."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.bureau.cases.models import Listing
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import answered, schools_of
from luoshi.handling.registers import Register, Standing, stands

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entries:
    """A page of entries, the newest first."""

    rows: list[Listing]
    counts: dict[str, int]
    """How many stand, come near their end, lapsed and were withdrawn."""
    on: int | None
    """Where the next page begins; None when there are no more."""


def standing_of(row: Listing, on: date) -> Standing:
    """How an entry stands on a day; one that was renewed has lapsed."""
    return stands(on, row.since, row.until, row.warned, withdrawn=row.withdrawn_on is not None)


def private_of(row: Listing) -> dict[str, str]:
    """What an entry tells of a person, opened."""
    return dict(json.loads(row.private)) if row.private else {}


def standing(rows: QuerySet[Listing], on: date) -> QuerySet[Listing]:
    """Of entries those that stand on a day."""
    return rows.filter(Q(until=None) | Q(until__gte=on), withdrawn_on=None, followed_by=None, since__lte=on)


def _how(on: date) -> dict[str, Q]:
    """By standing the condition of its entries."""
    there = Q(withdrawn_on=None)
    return {
        Standing.VALID: there & (Q(until=None) | Q(until__gte=on)),
        Standing.NEAR: there & Q(warned__lte=on, until__gte=on),
        Standing.LAPSED: there & Q(until__lt=on),
        Standing.WITHDRAWN: Q(withdrawn_on__isnull=False),
    }


def seen_entries(actor: Actor, city: City, of: type[Register]) -> QuerySet[Listing]:
    """The entries of a list that somebody may see, each in its newest form: a county and a school see their own."""
    rows = Listing.objects.filter(city=city, register=of.key, followed_by=None)
    if actor.role == "county":
        return rows.filter(county__in=sorted(answered(actor)))
    if actor.role == "school":
        return rows.filter(school__in=sorted(schools_of(actor)))
    return rows


def entries_of(
    actor: Actor, city: City, of: type[Register], on: date, how: str = "", before: int | None = None, most: int = PAGE
) -> Entries:
    """A page of the entries somebody may see: five queries.

    Args:
        actor: who looks; a county sees its own.
        city: whose.
        of: the list.
        on: today.
        how: a `Standing`; all of them without.
        before: entries before this one: the next page.
        most: entries of a page.
    """
    rows = seen_entries(actor, city, of)
    conditions = _how(on)
    counts = {str(key): rows.filter(condition).count() for key, condition in conditions.items()}
    found = rows.filter(conditions[how]) if how in conditions else rows
    found = found.filter(pk__lt=before) if before is not None else found
    page = list(found.select_related("by").order_by("-pk")[: most + 1])
    return Entries(page[:most], counts, page[most - 1].pk if len(page) > most else None)
