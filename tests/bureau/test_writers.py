"""Eight write at once, each in a process of its own, on a real database on a disk, through the real actions."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.yardstick import usual

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 8
SLOWEST = 0.050
"""Seconds an act may take at the 95th percentile, waiting for the others included."""
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between the acts of one writer, in the rounds that follow while acts are slow.

Without a pause eight processes ask for more than two processors have, and what an act takes is what the machine has left
after its neighbours. With the longest it is still some ten acts a second, more than a bureau makes in an hour.
"""


class Told(NamedTuple):
    """One act that came back to a writer."""

    login: str
    turn: str
    outcome: str
    seconds: float


def _database(folder: Path) -> Iterator[str]:
    """The address of an empty database on the engine this run tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'luoshi.sqlite3'}"
        return
    import psycopg

    address = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS writers WITH (FORCE)")
        server.execute("CREATE DATABASE writers")
        yield urlunsplit(address._replace(path="/writers"))
        server.execute("DROP DATABASE writers WITH (FORCE)")


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a house of its own, with a plan in it and nothing decided."""
    for address in _database(tmp_path):
        told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "DATABASE_URL": address}
        told["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
        told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        subprocess.run([sys.executable, "-m", "tests.bureau.writer", "prepare"], cwd=ROOT, env=told, check=True)
        yield told


def _write(surroundings: dict[str, str], seconds: float, number_of_round: int, pause: float) -> list[Told]:
    """What eight writers were told, in the order of each."""
    first, pace = WRITERS * number_of_round, [str(seconds), str(pause)]
    command = [sys.executable, "-m", "tests.bureau.writer"]
    running = [
        subprocess.Popen([*command, str(number), *pace], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE)
        for number in range(first, first + WRITERS)
    ]
    printed = [one.communicate(timeout=seconds + 60)[0].decode() for one in running]
    assert [one.returncode for one in running] == [0] * WRITERS
    return [Told(*json.loads(line)) for lines in printed for line in lines.splitlines()]


def _asked(surroundings: dict[str, str], question: str) -> list[list[object]]:
    """Rows of the writers' database, through plain SQL."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(urlsplit(surroundings["DATABASE_URL"]).path)) as opened:
            return [list(row) for row in opened.execute(question)]
    import psycopg

    with psycopg.connect(surroundings["DATABASE_URL"]) as opened:
        return [list(row) for row in opened.execute(question)]


def _replayed(surroundings: dict[str, str]) -> dict[str, str]:
    """How every proposal should stand, by its last act in the journal."""
    said = "SELECT subject_id, action FROM journal_entry WHERE outcome = 'done' AND subject_kind = 'proposal' ORDER BY number"
    stands = {"ledger.confirm": "confirmed", "ledger.dismiss": "dismissed", "ledger.undo": "open"}
    return {str(pk): stands[str(action)] for pk, action in _asked(surroundings, said)}


def _agree(surroundings: dict[str, str], told: list[Told]) -> None:
    """Everything told to a writer is in the journal, everything in the journal was told, and the tables agree with it."""
    entered = _asked(surroundings, "SELECT actor, address, outcome FROM journal_entry WHERE actor LIKE 'writer%'")
    assert sorted(map(tuple, entered)) == sorted((one.login, one.turn, one.outcome) for one in told)
    kept = {str(pk): decision for pk, decision in _asked(surroundings, "SELECT id, decision FROM plans_proposal")}
    replayed = _replayed(surroundings)
    assert {pk: decision for pk, decision in kept.items() if pk in replayed} == replayed
    assert {decision for pk, decision in kept.items() if pk not in replayed} <= {"open"}
    confirmed = sorted(int(pk) for pk, decision in replayed.items() if decision == "confirmed")
    assert [pk for (pk,) in _asked(surroundings, "SELECT proposal_id FROM ledger_quote ORDER BY 1")] == confirmed
    ((rows, quotes, judged, said),) = _asked(
        surroundings,
        "SELECT (SELECT COUNT(*) FROM ledger_commitment), (SELECT COUNT(*) FROM ledger_quote),"
        " (SELECT COUNT(*) FROM ledger_judgement),"
        " (SELECT COUNT(*) FROM journal_entry WHERE action = 'ledger.self' AND outcome = 'done')",
    )
    assert rows == quotes
    assert judged == said


def _whole(surroundings: dict[str, str]) -> None:
    verified = subprocess.run(
        [sys.executable, "-m", "luoshi", "journal", "verify"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout.decode()
    assert "操作日志完整" in verified.stdout.decode()


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.prove)])
def test_nothing_told_is_lost_nothing_is_done_without_its_entry(
    surroundings: dict[str, str], seconds: int, capsys: pytest.CaptureFixture
) -> None:
    told = _write(surroundings, seconds, 0, pause=0)
    slow = [_slow(told, seconds, capsys)]
    for pause in PAUSES:
        if min(slow) < SLOWEST:
            break
        more = _write(surroundings, 4, len(slow), pause)
        slow.append(_slow(more, 4, capsys))
        told += more
    assert {one.login for one in told} == {f"writer{number}" for number in range(WRITERS * len(slow))}
    assert sum(one.outcome == "done" for one in told) > 20 * seconds
    _agree(surroundings, told)
    _whole(surroundings)
    assert min(slow) < SLOWEST


def _slow(told: list[Told], seconds: int, capsys: pytest.CaptureFixture) -> float:
    """Seconds of an act at the 95th percentile, said aloud."""
    taken = sorted(one.seconds for one in told if one.turn != "1")  # a process that has just begun has nothing at hand
    raw = taken[int(len(taken) * 0.95)]
    at = usual(raw, time.perf_counter)
    refused = sum(one.outcome == "refused" for one in told)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{connection.vendor}: {WRITERS} writers, {seconds} s, {len(told)} acts ({refused} refused), "
            f"median {taken[len(taken) // 2] * 1000:.1f} ms, p95 {raw * 1000:.1f} ms ({at * 1000:.1f} ms at usual speed), "
            f"longest {taken[-1] * 1000:.0f} ms\n"
        )
    return at
