"""Who is asked about what: only what is due, changed or behind, and what goes on all year twice a year.

Asking for three hundred rows a month is what makes a bureau throw a system out; so each call carries its reason, and
whatever has none is not asked. Nothing here writes or looks at a clock.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.reports.models import Call
from luoshi.spine import Kind, State
from luoshi.words.calendars import Calendar

_WHY = Call.Why
_AHEAD = timedelta(days=31)
_HALF_YEARS = (6, 12)
_FIFTH = 5
_CLOSED = {State.DONE, State.PAUSED}
_LATE = {State.BEHIND, State.OVERDUE}


@dataclass(frozen=True, slots=True)
class Before:
    """What is known from the periods before this one."""

    reported: Collection[int] = ()
    """Ids of items that were ever answered for."""
    returned: Collection[int] = ()
    """Ids of items whose last answer was sent back and never corrected."""
    changed: Collection[int] = ()
    """Ids of items with an approved 变更 since the last period."""
    milestones: Mapping[int, date] = field(default_factory=dict)
    """The first open milestone's day, by item."""


def reply_by(on: date, calendar: Calendar) -> date:
    """月报 by the 5th of the month after, or the first day worked after it (domain §22, TV-22f)."""
    first = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    return calendar.next_workday(first.replace(day=_FIFTH))


def why(item: Item, on: date, before: Before) -> Call.Why | None:
    """Why an item is asked about for a period; None when it is not."""
    row = item.row
    if row.judged in _CLOSED or row.breakdown.stage != "issued":
        return None
    if row.pk in before.returned:
        return _WHY.RETURNED
    if row.due and row.kind != Kind.STANDING and row.due <= on:
        return _WHY.OVERDUE
    if before.milestones.get(row.pk, date.max) <= on + _AHEAD:
        return _WHY.MILESTONE
    if row.kind == Kind.STANDING or row.judged == State.STANDING:
        return _WHY.HALF_YEAR if on.month in _HALF_YEARS and row.pk in before.reported else _first(item, before)
    if _late(item):
        return _WHY.BEHIND
    if row.due and row.due <= on + _AHEAD:
        return _WHY.DUE
    return _WHY.CHANGED if row.pk in before.changed else _first(item, before)


def _late(item: Item) -> bool:
    return bool(item.row.judged in _LATE or (item.data and item.data.state in _LATE))


def _first(item: Item, before: Before) -> Call.Why | None:
    return None if item.row.pk in before.reported else _WHY.FIRST


def calls(items: Iterable[Item], on: date, before: Before) -> dict[int, Call.Why]:
    """By id of the item, in the order given: why it is asked about."""
    told = ((item.row.pk, why(item, on, before)) for item in items)
    return {pk: reason for pk, reason in told if reason is not None}
