"""Writers that are all killed at once, again and again: `python -m tests.bureau.struck ROUNDS SEED [BACKENDS]`.

In a house that `python -m tests.bureau.writer prepare` has made. Each round forks writers that do real acts of six kinds, and are refused some, and say
through a pipe when one has come back; at a moment nobody chose all get SIGKILL. Then what they were told is held against the
journal, the journal against the tables and the files, and the chain is verified. In every so many rounds (BACKENDS; 0 in none) a
process of the PostgreSQL server is killed first, and the server has to recover.

Prints one line of JSON: rounds, acts, acknowledged, kept without having been acknowledged, by kind, and what was wrong.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import django

django.setup()

from django.db import DatabaseError, InterfaceError, OperationalError, connection  # noqa: E402

from luoshi.bureau.evidence.actions import attach  # noqa: E402
from luoshi.bureau.files.queries import looked, whole  # noqa: E402
from luoshi.bureau.jobs.actions import enqueue, stop  # noqa: E402
from luoshi.bureau.jobs.models import Job  # noqa: E402
from luoshi.bureau.journal import queries as journal  # noqa: E402
from luoshi.bureau.journal.actions import Actor  # noqa: E402
from luoshi.bureau.journal.chain import BEGINNING, Anchor, verify  # noqa: E402
from luoshi.bureau.ledger.actions import Verdict, judge  # noqa: E402
from luoshi.bureau.ledger.models import Commitment  # noqa: E402
from luoshi.bureau.plans.models import Proposal  # noqa: E402
from luoshi.spine import State  # noqa: E402
from luoshi.words.errors import RefusedError  # noqa: E402
from tests.bureau.writer import ON, _chosen  # noqa: E402

WRITERS = 5
RECOVERS = 60.0
"""Seconds a server may take to answer again after one of its processes was killed."""
PATIENCE = 60.0
"""Seconds until the first act of a round may come back."""
STANDS = {"ledger.confirm": "confirmed", "ledger.dismiss": "dismissed", "ledger.undo": "open"}


class Entered(NamedTuple):
    """An entry of the journal, as far as it is held against something."""

    number: int
    login: str
    turn: str
    action: str
    outcome: str
    kind: str
    id: str


def sworn() -> None:
    """What was committed is on the disk: the settings of this very connection say so."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            asked = {"PRAGMA synchronous": 2, "PRAGMA journal_mode": "wal"}
        else:
            asked = {"SHOW fsync": "on", "SHOW synchronous_commit": "on", "SHOW full_page_writes": "on"}
        for question, answer in asked.items():
            cursor.execute(question)
            assert cursor.fetchone()[0] == answer, question


def _act(actor: Actor, chance: random.Random, proposals: list[int]) -> Callable[[], object]:
    """Confirm, dismiss or undo, bring evidence, ask for a job, stop it; or judge, which is refused before the plan is issued."""
    drawn = chance.random()
    if drawn < 0.2:
        row = Commitment.objects.order_by("?").values_list("pk", flat=True).first()
        if row is not None:
            content = f"{actor.login} {actor.address} 演示数据（虚构）".encode()
            return partial(attach, actor, row, content, "材料.txt", "已办")
    if drawn < 0.3:
        return partial(enqueue, actor, "journal.verify", {}, f"核验 {actor.login}")
    if drawn < 0.4:
        waiting = Job.objects.filter(state="waiting").values_list("pk", flat=True).last()
        if waiting is not None:
            return partial(stop, actor, waiting)
    if drawn < 0.5:
        item = Commitment.objects.order_by("?").values("pk", "version").first()
        if item is not None:
            verdict = Verdict("self", ON, "已核", chance.choice([State.DONE, State.BEHIND]))
            return partial(judge, actor, item["pk"], item["version"], verdict)
    return _chosen(actor, chance, proposals)


def toil(login: str, told: int, chance: random.Random) -> None:
    """Act until killed, saying of each act that it came back; with the database gone, until then."""
    sworn()
    proposals = list(Proposal.objects.values_list("pk", flat=True))
    turn = 0
    while True:
        turn += 1
        actor = Actor(login, login, "supervisor", address=str(turn))
        act, outcome = _act(actor, chance, proposals), "done"
        try:
            act()
        except RefusedError:
            outcome = "refused"
        os.write(told, json.dumps([login, str(turn), outcome]).encode() + b"\n")


def started(login: str, seed: int) -> tuple[int, int]:
    """A writer in a process of its own: its number, and where it says what came back."""
    heard, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return pid, heard
    with suppress(DatabaseError, InterfaceError):
        toil(login, told, random.Random(seed))
    os._exit(0)


def said(heard: int) -> Iterator[tuple[str, str, str]]:
    """What a writer was told of, in order."""
    with os.fdopen(heard, "rb") as opened:
        for line in opened:
            login, turn, outcome = json.loads(line)
            yield login, turn, outcome


def quiet() -> None:
    """Wait until the server answers and nobody else is at the database: a killed client's last commit may still be under way."""
    until = time.monotonic() + RECOVERS
    while True:
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":
                    return
                cursor.execute(
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                if cursor.fetchone()[0] == 0:
                    return
        except (OperationalError, InterfaceError):
            connection.close()
        assert time.monotonic() < until, "the server does not come back"
        time.sleep(0.02)


def kill_backend(chance: random.Random) -> int:
    """Kill a process of the server that works for one of the writers; how many were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        at_work = [pid for (pid,) in cursor.fetchall()]
    connection.close()
    if not at_work:
        return 0
    os.kill(chance.choice(at_work), signal.SIGKILL)
    time.sleep(chance.uniform(0.01, 0.2))
    return 1


@dataclass
class Seen:
    """The journal as far as it was read, and how the tables must stand by it."""

    end: Anchor = BEGINNING
    decisions: dict[str, str] = field(default_factory=dict)
    judged: int = 0
    pieces: int = 0
    jobs: dict[str, str] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    def take(self) -> list[Entered]:
        """What was entered since; the chain is verified on it."""
        records = journal.records(self.end.number, 1_000_000)
        broken = verify(records, journal.head(), (), self.end)
        assert broken is None, broken
        if records:
            self.end = Anchor(int(str(records[-1]["number"])), str(records[-1]["digest"]))
        names = ("number", "actor", "address", "action", "outcome", "subject_kind", "subject_id")
        told = [Entered(*(one[name] for name in names)) for one in records]  # type: ignore[arg-type]
        for one in told:
            if one.outcome == "done":
                self._stand(one)
        return told

    def _stand(self, one: Entered) -> None:
        self.kinds[one.action] += 1
        if one.action in STANDS:
            self.decisions[one.id] = STANDS[one.action]
        self.judged += one.action == "ledger.self"
        self.pieces += one.action == "evidence.attach"
        if one.action == "jobs.ask":
            self.jobs[one.id] = "waiting"
        elif one.action == "jobs.stop":
            self.jobs[one.id] = "stopped"

    def held_against_tables(self) -> None:
        """No act without its entry, no entry without its act."""
        kept = {str(pk): decision for pk, decision in _rows("SELECT id, decision FROM plans_proposal")}
        assert {pk: kept[pk] for pk in self.decisions} == self.decisions
        assert {decision for pk, decision in kept.items() if pk not in self.decisions} <= {"open"}
        confirmed = sorted(int(pk) for pk, decision in self.decisions.items() if decision == "confirmed")
        assert [pk for (pk,) in _rows("SELECT proposal_id FROM ledger_quote ORDER BY 1")] == confirmed
        assert _rows("SELECT COUNT(*) FROM ledger_commitment") == [(len(confirmed),)]
        assert _rows("SELECT COUNT(*) FROM ledger_judgement") == [(self.judged,)]
        assert {str(pk): state for pk, state in _rows("SELECT id, state FROM jobs_job")} == self.jobs
        pieces = _rows("SELECT f.digest FROM evidence_piece p JOIN files_file f ON f.id = p.file_id")
        assert len(pieces) == self.pieces
        for (digest,) in pieces[-WRITERS * 20 :]:
            assert whole(str(digest))


def _rows(question: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [tuple(row) for row in cursor.fetchall()]


def strike(number: int, chance: random.Random, *, backend: bool) -> tuple[list[tuple[str, str, str]], int]:
    """One round: everything that was acknowledged, and how many processes of the server were killed."""
    connection.close()
    writers = [started(f"r{number}w{one}", chance.getrandbits(32)) for one in range(WRITERS)]
    heard = [one for _, one in writers]
    assert select.select(heard, [], [], PATIENCE)[0], "nobody does anything"
    time.sleep(chance.uniform(0, 0.6))
    backends = kill_backend(chance) if backend else 0
    for pid, _ in writers:
        os.kill(pid, signal.SIGKILL)
    for pid, _ in writers:
        os.waitpid(pid, 0)
    return [one for _, heard in writers for one in said(heard)], backends


def main(rounds: int, seed: int, every: int) -> None:
    """All rounds, then the sum."""
    chance, seen, sums = random.Random(seed), Seen(), Counter[str]()
    looked("演示数据（虚构）".encode(), "材料.txt")  # whatever is loaded by now, no fork has to load
    seen.take()
    for number in range(rounds):
        told, backends = strike(number, chance, backend=bool(every) and number % every == every - 1)
        quiet()
        entered = [(one.login, one.turn, one.outcome) for one in seen.take()]
        lost = Counter(told) - Counter(entered)
        assert not lost, f"round {number}: acknowledged and not there: {lost}"
        more = Counter(entered) - Counter(told)
        assert max(Counter(login for login, _, _ in more).values(), default=0) <= 1, f"round {number}: {more}"
        seen.held_against_tables()
        sums += Counter(
            rounds=1, acts=len(entered), acknowledged=len(told), unheard=sum(more.values()), backends=backends
        )
        sys.stderr.write(f"{number + 1} of {rounds} rounds\n")
        sys.stderr.flush()
    if connection.vendor == "sqlite":
        assert _rows("PRAGMA integrity_check") == [("ok",)]
    sys.stdout.write(json.dumps({**sums, "kinds": seen.kinds}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 0)
