"""The worker: makes the daily round, does jobs one after the other, and sends what is in the outbox meanwhile."""

import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from luoshi.bureau.jobs import channels, failures
from luoshi.bureau.jobs.actions.delivering import deliver
from luoshi.bureau.jobs.actions.rounding import make, make_due
from luoshi.bureau.jobs.actions.running import Handler, release, run_next
from luoshi.bureau.jobs.daily import Part, round_at
from luoshi.bureau.jobs.models import Round
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.rights import HOUSE

WORKER = Actor("worker", "后台办理", HOUSE)
"""Who acts where no person asked: the daily round."""
EVERY = 1.0
"""Seconds between two looks at the tables when there is nothing to do."""
LOOKS = 20.0
"""Seconds between two looks at the clock for the daily round."""
GRACE = 10.0
"""Seconds a worker whose parent is gone has to finish its step."""


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a worker can do; the rooms above say it."""

    handlers: Mapping[str, Handler]
    """By kind of job."""
    parts: tuple[Part, ...]
    """Of the daily round, in this order."""


def checked() -> dict[str, channels.Carrier]:
    """The settings, understood before anything is started.

    Raises:
        RefusedError: one of them cannot be.
    """
    round_at()
    return channels.carriers()


def new_name() -> str:
    """The name of one worker process, never used again."""
    return f"{channels.host()}-{os.getpid()}-{secrets.token_hex(4)}"


def work(outfit: Outfit, name: str, *, after: str = "", watched: bool = False) -> None:
    """Work until a signal, or until the parent is gone.

    Args:
        outfit: what can be done.
        name: of this worker, nobody else's.
        after: names of workers known to be dead, with commas: their work is free at once.
        watched: standard input is a pipe that nobody writes to; it closes when the parent ends, however it ends.
    """
    carriers, ending = checked(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    if watched:
        threading.Thread(target=_end_with_parent, args=(ending,), daemon=True).start()
    if after:
        release(WORKER, after.split(","))
    posting = threading.Thread(target=_deliver, args=(name, carriers, ending), daemon=True)
    posting.start()
    looked = -LOOKS
    while not ending.is_set() and posting.is_alive():
        if time.monotonic() - looked >= LOOKS:
            make_due(WORKER, outfit.parts, timezone.now())
            looked = time.monotonic()
        if not run_next(WORKER, name, outfit.handlers, ending.is_set):
            ending.wait(EVERY)
    if not ending.is_set():
        sys.exit(1)  # the thread that sends has died, most likely with its database: whoever watches starts another
    posting.join(GRACE)


def make_now(outfit: Outfit, on: date | None, say: Callable[[str], None]) -> bool:
    """The round of a day at once, whatever the time, and the outbox after it; False when a part failed.

    Args:
        outfit: its parts.
        on: the day; None is today in Shanghai.
        say: told how each part went.
    """
    carriers, day, whole = checked(), on or timezone.localdate(), True
    for part in outfit.parts:
        if not part.falls_on(day):
            say(f"{day} {part.label}：这一天不做。")
            continue
        made = make(WORKER, part, day)
        if made is None or made.state == Round.State.DONE:
            said = made.words if made else "已做过，不重做"
            say(f"{day} {part.label}：{said or '已办完'}。")
            continue
        whole = False
        say(f"{day} {part.label}：未办成。")
        for finding in failures.told(made.findings):
            say(str(finding))
    say(f"通知：发送 {deliver(WORKER, new_name(), carriers, lambda: False)} 条。")
    return whole


def _deliver(name: str, carriers: Mapping[str, channels.Carrier], ending: threading.Event) -> None:
    """Beside the jobs, so that no long one holds up a notice."""
    try:
        while not ending.is_set():
            deliver(WORKER, name, carriers, ending.is_set)
            ending.wait(EVERY)
    finally:
        connection.close()


def _end_with_parent(ending: threading.Event) -> None:
    # A pipe that closes is the one sign of a killed parent that every system gives, Windows too.
    while os.read(sys.stdin.fileno(), 1):
        pass
    ending.set()
    time.sleep(GRACE)
    os._exit(1)
