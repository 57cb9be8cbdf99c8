"""Entries of lists asked for."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.models import Listing
from luoshi.bureau.cases.paging import cut
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import answered, schools_of
from luoshi.handling.registers import Register, Standing, stands

PAGE = 50
SOON = timedelta(days=60)
"""How far ahead 名单到期 looks."""
_ENDING = 500
"""Entries that 名单到期 shows."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a list; what is empty does not matter."""

    how: str = ""
    """A `Standing`."""
    county: str = ""
    school: str = ""
    words: str = ""
    """In the title or in the number of the case that decided it."""
    before: int | None = None
    """Entries before this one: the next page."""


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


def same_as(register: type[Register], told: Mapping[str, str], school: str = "", county: str = "", by: str = "") -> str:
    """A keyed digest of what makes two entries of a list one; it tells nothing of it.

    Two schools may give the same number to what is theirs, and a person stays the same from school to school.

    Args:
        register: the list.
        told: what the entry says, by key of the field.
        school: code of the school it is about.
        county: code of its county.
        by: number of the case that decided it: what makes it one where it is about nothing and the list names no fields.
    """
    unit = {"school": school or county, "county": county}.get(register.subject, "")
    said = [unit, *(told.get(one.key, "") for one in register.same)] if register.same else [school or county or by]
    return salted_hmac("luoshi.cases.listing", json.dumps([register.key, *said], ensure_ascii=False)).hexdigest()[:32]


def seen_listings(actor: Actor, city: City) -> QuerySet[Listing]:
    """Entries of any list that somebody may see, also those that were renewed.

    A county and a school see their own; an office sees of a guarded procedure what it handles, as it does of the cases.
    """
    rows = Listing.objects.filter(city=city)
    if actor.role == "county":
        return rows.filter(county__in=sorted(answered(actor)))
    if actor.role == "school":
        return rows.filter(school__in=sorted(schools_of(actor)))
    if actor.role in {"section", "contact"}:
        mine = Q(by__office=actor.office) | Q(by__handler=actor.office) | Q(by__sponsor=actor.office)
        return rows.filter(mine | ~Q(by__procedure__in=sorted(key for key, one in known().items() if one.guarded)))
    return rows


def seen_entries(actor: Actor, city: City, of: type[Register]) -> QuerySet[Listing]:
    """The same of one list, each entry in its newest form."""
    return seen_listings(actor, city).filter(register=of.key, followed_by=None)


def entries_of(actor: Actor, city: City, of: type[Register], on: date, sought: Sought, most: int = PAGE) -> Entries:
    """A page of the entries somebody may see: five queries.

    Args:
        actor: who looks.
        city: whose.
        of: the list.
        on: today.
        sought: which of them; how many there are of each standing is counted without it.
        most: entries of a page.
    """
    rows = _matching(seen_entries(actor, city, of), sought)
    conditions = _how(on)
    counts = {str(key): rows.filter(condition).count() for key, condition in conditions.items()}
    found = rows.filter(conditions[sought.how]) if sought.how in conditions else rows
    found = found.filter(pk__lt=sought.before) if sought.before is not None else found
    page, last = cut(found.select_related("by").order_by("-pk"), most)
    return Entries(page, counts, last)


def _matching(rows: QuerySet[Listing], sought: Sought) -> QuerySet[Listing]:
    if sought.county:
        rows = rows.filter(county=sought.county)
    if sought.school:
        rows = rows.filter(school=sought.school)
    for word in sought.words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(by__number__icontains=word))
    return rows


def entry_of(actor: Actor, city: City, number: int) -> Listing | None:
    """One entry that somebody may see."""
    rows = seen_listings(actor, city).select_related("by__course", "by__city", "withdrawn_by", "followed_by")
    return rows.filter(pk=number).first()


def history_of(row: Listing) -> list[Listing]:
    """All entries of the same thing, the oldest first, each with the cases that decided it: one query."""
    rows = Listing.objects.filter(city_id=row.city_id, register=row.register, same=row.same, school=row.school)
    return list(rows.select_related("by", "withdrawn_by", "follows").order_by("pk"))


def ending(actor: Actor, city: City, on: date, within: timedelta = SOON) -> list[Listing]:
    """Entries of all lists that end soon and that nothing renewed yet, the first to end first: one query.

    Args:
        actor: who looks.
        city: whose.
        on: today.
        within: how far ahead.
    """
    rows = standing(seen_listings(actor, city), on).filter(until__lte=on + within)
    return list(rows.select_related("by").order_by("until", "pk")[:_ENDING])


def counts_of(actor: Actor, city: City, schools: Collection[str], on: date) -> dict[str, tuple[int, int]]:
    """Of a school's lists, by key of the list, how many entries stand and how many come near their end: one query.

    Args:
        actor: who looks.
        city: whose.
        schools: all codes of the school.
        on: today.
    """
    rows = standing(seen_listings(actor, city).filter(school__in=sorted(schools)), on)
    near = Count("pk", filter=Q(warned__lte=on))
    told = rows.order_by().values("register").annotate(stands=Count("pk"), near=near)
    return {one["register"]: (one["stands"], one["near"]) for one in told}
