"""The daily round: each part once a day, after a set time, on its days; a missed day is caught up once, the newest.

A part and its mark are one transaction. Whatever kills the worker in between, the part was either made and marked or it was not
made at all; and what a part posts has keys, so that even a part made twice tells nobody twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from luoshi.bureau.jobs import failures
from luoshi.bureau.jobs.models import Round
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

BACK = 31
"""Days back within which a missed day is caught up."""
AGAIN = timedelta(minutes=30)
"""How long after a failure a part is tried again."""
MOST_ATTEMPTS = 5


def _every_day(_: date) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the round."""

    name: str
    """Short and lasting: it is kept with the day."""
    label: str
    """What it does, in Chinese."""
    make: Callable[[Actor, date], None]
    """Given who acts and the day the round is of, never the clock."""
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


def make_due(actor: Actor, parts: Iterable[Part], now: datetime) -> list[Round]:
    """Make every part whose newest day has not been made yet; returns what was made or failed."""
    at = round_at()
    due = [(part, day) for part in parts if (day := newest_due(part, now, at)) is not None]
    settled = {
        (day, name)
        for day, name, state, attempts, again in Round.objects.filter(day__in={day for _, day in due}).values_list(
            "day", "name", "state", "attempts", "next_try"
        )
        if state == Round.State.DONE or attempts >= MOST_ATTEMPTS or (again is not None and again > now)
    }
    made = [make(actor, part, day) for part, day in due if (day, part.name) not in settled]
    return [one for one in made if one is not None]


def make(actor: Actor, part: Part, on: date) -> Round | None:
    """One part of one day, now; None when it was made before.

    Two who make it at once wait for each other at its row: the second finds it made.
    """
    try:
        with turn(), transaction.atomic():
            kept, _ = Round.objects.select_for_update().get_or_create(
                day=on, name=part.name, defaults={"state": Round.State.FAILED}
            )
            if kept.state == Round.State.DONE:
                return None
            part.make(actor, on)
            kept.state, kept.findings, kept.ended = Round.State.DONE, [], timezone.now()
            kept.attempts, kept.next_try = kept.attempts + 1, None
            kept.save()
    except (OperationalError, InterfaceError):
        raise  # the database is gone: whoever comes next makes it
    except Exception as error:  # noqa: BLE001 (one part that fails must not keep the others from being made)
        return _failed(part, on, error)
    return kept


def _failed(part: Part, on: date, error: Exception) -> Round:
    with turn(), transaction.atomic():
        kept, _ = Round.objects.select_for_update().get_or_create(
            day=on, name=part.name, defaults={"state": Round.State.FAILED}
        )
        if kept.state != Round.State.DONE:
            kept.findings, kept.ended = failures.kept(error), timezone.now()
            kept.attempts, kept.next_try = kept.attempts + 1, timezone.now() + AGAIN
            kept.save()
    return kept


def clear_sessions(actor: Actor, on: date) -> None:  # noqa: ARG001 (a part is given both)
    """Sign-in sessions that are over: nothing reads them again."""
    SessionStore.clear_expired()
