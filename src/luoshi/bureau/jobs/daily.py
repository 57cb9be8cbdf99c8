"""When each part of the daily round falls due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

BACK = 31
"""Days back within which a missed day is caught up."""


def _every_day(_: date) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the round."""

    name: str
    """Short and lasting: it is kept with the day."""
    label: str
    """What it does, in Chinese."""
    make: Callable[[Actor, date], str | None]
    """Given who acts and the day the round is of, never the clock; returns in Chinese what was done, or nothing."""
    falls_on: Callable[[date], bool] = _every_day
    """The days it is made on; a working calendar's `is_workday` fits."""


def round_at(told: str | None = None) -> time:
    """The time of day, in Shanghai, after which the round of that day is made.

    Raises:
        RefusedError: the setting is no time.
    """
    words = settings.ROUND_AT if told is None else told
    try:
        return datetime.strptime(words.strip(), "%H:%M").time()  # noqa: DTZ007 (a time of day; its zone is the house's)
    except ValueError as error:
        rule, remedy = "须写成 时:分，例如 07:30", "请更正环境变量 LUOSHI_ROUND_AT，再启动一次"
        raise RefusedError(Finding("LUOSHI_ROUND_AT", f"“{words}”不是时刻", rule, remedy)) from error


def newest_due(part: Part, now: datetime, at: time) -> date | None:
    """The newest day of a part whose time has come; None when it has none within a month."""
    here = timezone.localtime(now)
    last = here.date() if here.time() >= at else here.date() - timedelta(days=1)
    days = (last - timedelta(days=back) for back in range(BACK))
    return next((day for day in days if part.falls_on(day)), None)
