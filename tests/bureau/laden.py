"""A house at work while it is backed up.

`python -m tests.bureau.laden work PLANS FILES ENOUGH` makes the house, then forks two who decide and judge and one who brings evidence;
`python -m tests.bureau.laden deposit SCHOOLS ENOUGH` fills its lake and hands in rows, now and then merges the lake's files, and
has the database name every edition afterwards. Both go on until there is a file ENOUGH.

Each prints a line of JSON for every act that came back: login, turn, outcome, when it began (seconds of the clock), how long it took.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.evidence.actions import attach  # noqa: E402
from luoshi.bureau.jobs.actions import enqueue  # noqa: E402
from luoshi.bureau.journal.actions import Actor  # noqa: E402
from luoshi.bureau.lakes import lake  # noqa: E402
from luoshi.bureau.ledger import actions  # noqa: E402
from luoshi.bureau.ledger.models import Commitment  # noqa: E402
from luoshi.bureau.plans.actions import open_city, store_plan  # noqa: E402
from luoshi.bureau.plans.models import Proposal  # noqa: E402
from luoshi.declared.returns import RETURNS  # noqa: E402
from luoshi.words.errors import RefusedError  # noqa: E402
from tests.bureau import collected, many, xingzhou  # noqa: E402
from tests.bureau.writer import _chosen  # noqa: E402

KIND = "class_bands"
MERGED_EVERY = 5
SCHOOLS = 240
"""Of a made-up city, whose rows are handed in."""
Chosen = Callable[[Actor, random.Random, int], Callable[[], object]]


def prepare(plans: int, files: int) -> None:
    """Tables, city, plans, and evidence that is there already."""
    tables()
    city, ducha = open_city(xingzhou.INSTALLER, xingzhou.FOLDER), xingzhou.actor("ducha")
    for year in range(2021, 2021 + plans):
        read = xingzhou.plan(many.text(year))
        store_plan(ducha, city, read, file_name="要点.txt", file_digest="0" * 64, form="txt")
    for one in Proposal.objects.all()[:20]:
        actions.confirm(ducha, one.pk, one.version)
    row = Commitment.objects.values_list("pk", flat=True)[0]
    for number in range(files):
        attach(ducha, row, _content(f"早先第{number}份", 1 << 20), "材料.txt", "已办")


def _content(words: str, size: int) -> bytes:
    """A text nobody has brought before, of about so many bytes."""
    line = f"{words}　演示数据（虚构）\n".encode()
    return line * max(1, size // len(line))


def write(actor: Actor, chance: random.Random, _: int) -> Callable[[], object]:
    """A decision or a judgement."""
    return _chosen(actor, chance, list(Proposal.objects.values_list("pk", flat=True)[:300]))


def bring(actor: Actor, chance: random.Random, turn: int) -> Callable[[], object]:
    """An upload of evidence."""
    row = chance.choice(list(Commitment.objects.values_list("pk", flat=True)[:20]))
    return partial(attach, actor, row, _content(f"{actor.login} {turn}", 20_000), "材料.txt", "已办")


def deposit(actor: Actor, _: random.Random, turn: int) -> Callable[[], object]:
    """Rows into the lake, then a row of the database that names their edition."""
    county = collected.COUNTIES[turn % 2]
    frame = collected.frames(SCHOOLS)[KIND]
    rows = frame.filter(frame["county"] == county).head(20 + turn)

    def handed_in() -> None:
        now, of = datetime.now(UTC), RETURNS[KIND]
        told = lake().deposit(
            rows, kind=KIND, period="2020", division=county, definition="年报", source=f"演示数据（虚构）{turn}",
            key=of.keys, at=now, by=actor.login,
        )  # fmt: skip
        enqueue(actor, "lake.named", {"edition": told.number}, "登记版次")
        if turn % MERGED_EVERY == 0:
            lake().compact(KIND, "2020", at=datetime.now(UTC), by=actor.login)

    return handed_in


def main(chosen: Chosen, login: str, enough: Path) -> None:
    """Act until it is enough."""
    chance, turn = random.Random(login), 0
    while not enough.exists():
        turn += 1
        actor = Actor(login, login, "supervisor", address=str(turn))
        act = chosen(actor, chance, turn)
        at, begun, outcome = time.time(), time.perf_counter(), "done"
        try:
            act()
        except RefusedError:
            outcome = "refused"
        taken = time.perf_counter() - begun
        os.write(1, json.dumps([login, turn, outcome, at, taken]).encode() + b"\n")
        time.sleep(chance.uniform(0, 0.1))


def work(plans: int, files: int, enough: Path) -> None:
    """The house, and three who work in it, each a process of its own."""
    prepare(plans, files)
    connection.close()
    for chosen, login in ((write, "write1"), (write, "write2"), (bring, "bring1")):
        if os.fork() == 0:
            main(chosen, login, enough)
            os._exit(0)
    assert {os.wait()[1] for _ in range(3)} == {0}


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        collected.fill_lake(int(sys.argv[2]))
        main(deposit, "deposit1", Path(sys.argv[3]))
