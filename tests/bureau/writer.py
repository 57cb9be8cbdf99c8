"""One of eight who write at once: `python -m tests.bureau.writer NUMBER SECONDS PAUSE` prints a line for every act that came back.

`python -m tests.bureau.writer prepare` makes the tables first and stores plans of 300 proposals each, nothing decided.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial

import django

django.setup()

from django.db import connection  # noqa: E402

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.journal.actions import Actor  # noqa: E402
from luoshi.bureau.ledger import actions  # noqa: E402
from luoshi.bureau.ledger.models import Commitment  # noqa: E402
from luoshi.bureau.plans.actions import open_city, store_plan  # noqa: E402
from luoshi.bureau.plans.models import Proposal  # noqa: E402
from luoshi.spine import State  # noqa: E402
from luoshi.words.errors import RefusedError  # noqa: E402
from tests.bureau import many, xingzhou  # noqa: E402

ON = date(2021, 10, 31)
PLANS = 4
WINDOW = 40
"""So many neighbouring proposals are worked on at a time: near enough for two to meet at one of them."""


def _chosen(actor: Actor, chance: random.Random, proposals: list[int]) -> Callable[[], object]:
    """An act on a proposal that any of the others may be at, as a person would: from what the page showed.

    All work down the same plan; what is decided already is mostly left alone, sometimes judged, seldom taken back.
    """
    near = Proposal.objects.filter(decision="open").order_by("pk").values_list("pk", flat=True)[:WINDOW]
    found = chance.choice([*near] if near and chance.random() < 0.8 else proposals)
    shown = Proposal.objects.filter(pk=found).values("pk", "version", "decision").get()
    pk, version = shown["pk"], shown["version"]
    if shown["decision"] == "open":
        if chance.random() < 0.2:
            return partial(actions.dismiss, actor, pk, version, "常态化工作")
        return partial(actions.confirm, actor, pk, version)
    row = Commitment.objects.filter(quotes__proposal=pk).values("pk", "version").first()
    if row is None or chance.random() < 0.3:
        return partial(actions.undo, actor, pk, version)
    verdict = actions.Verdict("self", ON, "已核", chance.choice([State.DONE, State.BEHIND]))
    return partial(actions.judge, actor, row["pk"], row["version"], verdict)


def main(number: int, seconds: float, pause: float) -> None:
    """Act until the time is over, with so many seconds between the acts; 0 is as fast as it goes."""
    chance = random.Random(number)
    proposals = list(Proposal.objects.values_list("pk", flat=True))
    until, turn = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        turn += 1
        actor = Actor(f"writer{number}", f"写手{number}", "supervisor", address=str(turn))
        act = _chosen(actor, chance, proposals)
        begun, outcome = time.perf_counter(), "done"
        try:
            act()
        except RefusedError:
            outcome = "refused"
        taken = time.perf_counter() - begun
        sys.stdout.write(json.dumps([actor.login, str(turn), outcome, taken]) + "\n")
        time.sleep(pause * chance.uniform(0.5, 1.5))
    sys.stdout.flush()
    connection.close()


def prepare() -> None:
    """Tables, city and plan."""
    tables()
    city = open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    for year in range(2021, 2021 + PLANS):
        read, actor = xingzhou.plan(many.text(year)), xingzhou.actor("ducha")
        store_plan(actor, city, read, file_name="要点.txt", file_digest="0" * 64, form="txt")


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
