"""The daily round: each part once a day, after a set time, on its days; a missed day is caught up once, the newest.

A part and its mark are one transaction. Whatever kills the worker in between, the part was either made and marked or it was not
made at all; and what a part posts has keys, so that even a part made twice tells nobody twice.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from luoshi.bureau.jobs import failures
from luoshi.bureau.jobs.daily import Part, newest_due, round_at
from luoshi.bureau.jobs.models import Round
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn

AGAIN = timedelta(minutes=30)
"""How long after a failure a part is tried again."""
MOST_ATTEMPTS = 5
_LONGEST = 300


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
            kept.words = (part.make(actor, on) or "")[:_LONGEST]
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
