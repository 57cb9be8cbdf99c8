"""暂缓: days on which the clock of a promise stands still, because a leader approved it in writing.

Days are counted as 序时进度 counts them: the day the clock starts is not counted, the last day is. A day that two pauses
name is counted once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """One approved 暂缓: from which day, to which, and whether the due day moves with it."""

    begun: date
    """The first day the clock stands."""
    until: date | None
    """The last day it stands; None while nobody has said when it goes on."""
    extends: bool = False
    """Whether the approval moves the due day by as many days. Unless it says so, the due day stays."""
    approved: str = ""
    """Who approved it and when, in words."""
    reason: str = ""

    def holds(self, on: date) -> bool:
        """Whether the clock stands on a day."""
        return self.begun <= on and (self.until is None or on <= self.until)


def so_far(pauses: Iterable[Pause], on: date) -> tuple[Pause, ...]:
    """The pauses with an end, in order: an open one is counted up to the day that is judged, not into the future."""
    ended = (one if one.until else replace(one, until=on) for one in pauses if one.until or one.begun <= on)
    return tuple(sorted(ended, key=lambda one: (one.begun, one.until or on)))


def days_of(pauses: Iterable[Pause], after: date, to: date) -> int:
    """Days after `after`, up to and with `to`, on which the clock stood.

    Args:
        pauses: with their ends, in order, as `so_far` gives them.
        after: the day before the first that counts.
        to: the last day that counts.
    """
    counted, last = 0, after
    for pause in pauses:
        first, end = max(pause.begun, last + _DAY), min(pause.until or to, to)
        if end >= first:
            counted, last = counted + (end - first).days + 1, end
    return counted


def time_gone(begun: date | None, due: date | None, to: date, pauses: Sequence[Pause] = ()) -> Fraction | None:
    """Share of the time gone on a day: (to - begun) / (due - begun), both without the days the clock stood; 0 to 1.

    Where an approval moved the due day by the pause, the whole is what it was before.

    Args:
        begun: the day the plan's period is counted from.
        due: as approvals moved it.
        to: the day.
        pauses: as `so_far` gives them.
    """
    if begun is None or due is None:
        return None
    whole = (due - begun).days - days_of(pauses, begun, due)
    past = (to - begun).days - days_of(pauses, begun, to)
    return min(max(Fraction(past, max(whole, 1)), Fraction(0)), Fraction(1))


def moved(due: date, pauses: Iterable[Pause], begun: date | None) -> date:
    """The due day, later by the days of every pause that moves it and began before it had come."""
    last = begun or date.min
    for pause in pauses:
        first, end = max(pause.begun, last + _DAY), pause.until or date.min
        if pause.extends and pause.begun <= due and end >= first:
            due, last = due + ((end - first) + _DAY), end
    return due
