"""A worker to be killed: `python -m tests.bureau.toiler work NAME AFTER`, in a house that `prepare PIECES` has filled.

`round LETTERS` makes a round that dies after so many of its letters. `beside` holds a real worker beside it as the web server does, forks as that one does, and prints
the number of the worker's process whenever it is a new one.
"""

import os
import signal
import sys
import time
from collections.abc import Mapping
from datetime import date

import django

django.setup()

from django.db import transaction  # noqa: E402

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.jobs.actions import Letter, enqueue, post  # noqa: E402
from luoshi.bureau.jobs.actions.running import Step  # noqa: E402
from luoshi.bureau.jobs.daily import Part  # noqa: E402
from luoshi.bureau.jobs.watching import worker_beside  # noqa: E402
from luoshi.bureau.jobs.worker import Outfit, make_now, work  # noqa: E402
from luoshi.bureau.journal.actions import Actor, act  # noqa: E402
from luoshi.bureau.journal.turn import turn  # noqa: E402

ACTOR = Actor("ducha", "督查甲", "supervisor")
JOBS = 3
NOTICES = 20


def _posted(actor: Actor, key: str) -> None:
    for channel, to in (("inbox", "jijiao"), ("mail", "jijiao@xingzhou.invalid")):
        post(actor, Letter(f"{key}/{channel}", channel, to, "催办", "……"))


def toil(step: Step) -> Mapping[str, object]:
    """Each piece is an act, its notice and its checkpoint in one transaction: all or nothing of it."""
    pieces, name = step.arguments["pieces"], step.arguments["name"]
    for number in range(step.checkpoint or 0, pieces):
        with turn(), transaction.atomic():
            with act(step.actor, "ledger.amend", "piece", f"{name}/{number}", "一块"):
                _posted(step.actor, f"{name}/{number}")
            step.reached(number + 1, pieces, "", number + 1)
        time.sleep(0.005)
    return {"words": "办完"}


def tell(actor: Actor, on: date) -> None:
    """A part that takes its time, to be killed in its midst."""
    for number in range(NOTICES):
        _posted(actor, f"{on}/{number:03}")
        time.sleep(0.01)


OUTFIT = Outfit({"toil": toil}, (Part("tell", "告知", tell),))


def make_and_die(letters: int) -> None:
    """Make the round, and be killed after so many letters of it; never with -1."""

    def told(actor: Actor, on: date) -> None:
        for number in range(NOTICES):
            if number == letters:
                os.kill(os.getpid(), signal.SIGKILL)
            _posted(actor, f"{on}/{number:03}")

    part = Part("tell", "告知", told)
    make_now(Outfit({}, (part,)), date(2021, 9, 28), lambda _: None)


def prepare(pieces: int) -> None:
    """Tables, and a few jobs that wait."""
    tables()
    for number in range(JOBS):
        enqueue(ACTOR, "toil", {"pieces": pieces, "name": f"job{number}"}, f"任务{number}")


def beside() -> None:
    """As `luoshi serve` does: a worker, and a fork that outlives its parent."""
    with worker_beside() as watch:
        assert watch is not None
        until, said = time.monotonic() + 120, 0
        while watch.worker is None:
            time.sleep(0.02)
        if os.fork() == 0:
            time.sleep(120)
            os._exit(0)
        while time.monotonic() < until and not os.path.exists(sys.argv[2]):  # noqa: PTH110
            if watch.worker.pid != said:
                said = watch.worker.pid
                sys.stdout.write(f"{said}\n")
                sys.stdout.flush()
            time.sleep(0.05)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    elif sys.argv[1] == "round":
        make_and_die(int(sys.argv[2]))
    elif sys.argv[1] == "beside":
        beside()
    else:
        work(OUTFIT, sys.argv[2], after=sys.argv[3])
