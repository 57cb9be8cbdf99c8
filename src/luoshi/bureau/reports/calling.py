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
from luoshi.tracking.dues import monthly_report
from luoshi.words.calendars import Calendar

_WHY = Call.Why
_AHEAD = timedelta(days=31)
_HALF_YEARS = (6, 12)
_QUARTERS = (3, 6, 9, 12)
"""A number that nobody told yet is asked for when a quarter ends, not month by month."""
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
    until: date | None = None
    """Last day of the plan's period."""


def reply_by(on: date, calendar: Calendar) -> date:
    """月报 by the 5th of the month after, or the first day worked after it (domain §22, TV-22f)."""
    after = on.replace(day=1) + timedelta(days=32)
    return monthly_report(after.year, after.month, calendar)


def why(item: Item, on: date, before: Before) -> Call.Why | None:
    """Why an item is asked about for a period; None when it is not."""
    row = item.row
    if row.judged in _CLOSED or row.breakdown.stage != "issued":
        return None
    if row.pk in before.returned:
        return _WHY.RETURNED
    standing = row.kind == Kind.STANDING or row.judged == State.STANDING
    if row.due and not standing and row.due <= on:
        return _WHY.OVERDUE
    if before.milestones.get(row.pk, date.max) <= on + _AHEAD:
        return _WHY.MILESTONE
    if standing:
        return _WHY.HALF_YEAR if on.month in _HALF_YEARS else None
    if _late(item):
        return _WHY.BEHIND
    return _near(item, on, before)


def _near(item: Item, on: date, before: Before) -> Call.Why | None:
    """A day of its own is near, something was changed, or its number was never told.

    A due day that only the year's end gives is not near before it is there: in November it would ask for every row.
    """
    row = item.row
    if row.due and row.due != before.until and row.due <= on + _AHEAD:
        return _WHY.DUE
    if row.pk in before.changed:
        return _WHY.CHANGED
    numbers = any(not one.target.implicit for one in item.stood)
    unknown = numbers and not item.known and row.pk not in before.reported
    return _WHY.FIRST if unknown and on.month in _QUARTERS else None


def _late(item: Item) -> bool:
    return bool(item.row.judged in _LATE or (item.data and item.data.state in _LATE))


def calls(items: Iterable[Item], on: date, before: Before) -> dict[int, Call.Why]:
    """By id of the item, in the order given: why it is asked about."""
    told = ((item.row.pk, why(item, on, before)) for item in items)
    return {pk: reason for pk, reason in told if reason is not None}
