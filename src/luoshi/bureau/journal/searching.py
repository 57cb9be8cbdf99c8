"""Looking for entries, a page at a time, at the same cost however long the journal has grown.

An act is entered a thousand times for every time somebody searches, so words have no index that each act would pay for: they
are looked for as they stand, a hundred thousand entries at a time from the newest on, and the page says how far it has
come. A person, an action, a thing, an outcome or an address alone is found by an index in the order of the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from luoshi.bureau.journal.models import Entry, Head

STRETCH = 100_000
"""Entries that one page looks through."""
PAGE = 50
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; what is empty does not matter. All of it must hold."""

    words: str = ""
    """Every word, apart by spaces, stands in the thing, the person or the reason."""
    people: tuple[str, ...] = ()
    """Logins, any of them."""
    action: str = ""
    kind: str = ""
    """Of thing."""
    key: str = ""
    """The one thing of the kind."""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    """The last day."""
    address: str = ""
    deep: bool = False
    """Whether the words may also stand in what an act changed."""

    @property
    def slow(self) -> bool:
        """Whether no single index finds it."""
        beside = {"deep", "words", "key", "since", "until"}
        asked = [one for one in fields(self) if one.name not in beside and getattr(self, one.name)]
        return bool(self.words) or len(asked) > 1 or len(self.people) > 1


@dataclass(frozen=True, slots=True)
class Found:
    """One page of entries, the newest first."""

    entries: list[Entry]
    on: int | None
    """Where the next page begins: entries before this number; None when there are no more."""
    whole: bool
    """Whether the page is full or the journal was looked through to its end; else there may be more further back."""


def search(asked: Asked, before: int | None = None, size: int = PAGE) -> Found:
    """The newest entries that are asked for.

    Args:
        asked: what is looked for.
        before: only entries with a smaller number.
        size: at most so many.
    """
    end = Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    first, last = _numbers(asked, end)
    top = min(before, last + 1) if before is not None else last + 1
    lowest = max(top - STRETCH, first) if asked.slow else first
    entries = list(matching(asked).filter(number__lt=top, number__gte=lowest)[:size])
    full = len(entries) == size
    on = entries[-1].number if full else lowest
    return Found(entries, on if on > first else None, full or lowest <= first)


def _numbers(asked: Asked, end: int) -> tuple[int, int]:
    """Between which numbers the days lie that are asked for: found on their first and last day, however long the time between.

    What was entered while the clock of the machine was put back has a day that its neighbours have not. It is found by what
    else is known of it, and stands among its neighbours.
    """
    first, last, days = 1, end, Entry.objects.order_by()
    if asked.since:
        begin = _begin(asked.since)
        on_it = days.filter(at__gte=begin, at__lt=begin + _DAY).aggregate(told=Min("number"))["told"]
        behind = days.filter(at__gte=begin).order_by("at", "number").values_list("number", flat=True)
        first = on_it or behind.first() or end + 1
    if asked.until:
        close = _begin(asked.until) + _DAY
        on_it = days.filter(at__gte=close - _DAY, at__lt=close).aggregate(told=Max("number"))["told"]
        ahead = days.filter(at__lt=close).order_by("-at", "-number").values_list("number", flat=True)
        last = on_it or ahead.first() or 0
    return first, last


def matching(asked: Asked) -> QuerySet[Entry]:
    """Every entry that is asked for, the newest first; not asked yet."""
    named = {"action": asked.action, "subject_kind": asked.kind, "outcome": asked.outcome, "address": asked.address}
    named["subject_id"] = asked.key if asked.kind else ""
    found = Entry.objects.filter(**{name: told for name, told in named.items() if told})
    if asked.people:
        found = found.filter(actor__in=asked.people)
    for word in asked.words.split():
        there = Q(subject__contains=word) | Q(actor_name__contains=word) | Q(reason__contains=word)
        found = found.filter(there | Q(detail__contains=word) if asked.deep else there)
    if asked.since:
        found = found.filter(at__gte=_begin(asked.since))
    if asked.until:
        found = found.filter(at__lt=_begin(asked.until) + _DAY)
    return found.order_by("-number")


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def through(asked: Asked, most: int) -> Iterator[Sequence[Entry]]:
    """All that is asked for, the newest first, in pieces, at most so many."""
    before, left = None, most
    while left > 0:
        found = search(asked, before, min(2000, left))
        if found.entries:
            yield found.entries
        left, before = left - len(found.entries), found.on
        if before is None:
            return
