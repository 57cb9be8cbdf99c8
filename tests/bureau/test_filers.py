"""Many schools' files at once, each client in a process of its own, on a real database on a disk: nothing lost, and quick."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection

from tests.bureau.test_writers import _database
from tests.yardstick import usual

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 2.0
"""Seconds from upload to findings, at the 95th percentile."""


class Told(NamedTuple):
    """One file that came back."""

    school: str
    code: str
    stops: int
    found: int
    counted: bool
    """Whether its time counts: a process that has just begun has no rule compiled yet."""
    seconds: float


@pytest.fixture
def house(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty house."""
    for address in _database(tmp_path):
        told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "DATABASE_URL": address}
        told["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
        told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        yield told


def _command(*words: object) -> list[str]:
    return [sys.executable, "-m", "tests.bureau.filer", *map(str, words)]


def _file(house: dict[str, str], clients: int) -> list[Told]:
    running = [
        subprocess.Popen(
            _command("file", number, clients), cwd=ROOT, env=house, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for number in range(clients)
    ]
    for one in running:
        assert one.stdout
        assert one.stdout.readline() == b"ready\n"
    for one in running:  # all are there: now they begin together
        assert one.stdin
        one.stdin.write(b"\n")
        one.stdin.flush()
    printed = [one.communicate(timeout=1800)[0].decode() for one in running]
    assert [one.returncode for one in running] == [0] * clients
    return [Told(*json.loads(line)) for lines in printed for line in lines.splitlines()]


@pytest.mark.parametrize(("schools", "clients"), [(12, 2), pytest.param(3000, 8, marks=pytest.mark.prove)])
def test_files_brought_at_once_are_all_kept_with_their_findings(
    house: dict[str, str], schools: int, clients: int, capsys: pytest.CaptureFixture
) -> None:
    subprocess.run(_command("prepare", schools), cwd=ROOT, env=house, check=True)
    told = _file(house, clients)
    kept = json.loads(
        subprocess.run(_command("compare"), cwd=ROOT, env=house, check=True, stdout=subprocess.PIPE).stdout
    )
    assert len({one.school for one in told}) == len(told) == schools
    assert kept["same"]
    assert kept["codes"] == {one.school: one.code for one in told}
    assert kept["tries"] == 1
    assert kept["entries"]
    assert kept["found"] == {one.school: one.found for one in told if one.found}
    assert sum(one.stops > 0 for one in told) >= schools // 10
    taken = sorted(one.seconds for one in told if one.counted)
    raw = taken[int(len(taken) * 0.95)]
    slow = usual(raw, time.perf_counter)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{connection.vendor}: {schools} files, {clients} clients, median {taken[len(taken) // 2] * 1000:.0f} ms, "
            f"p95 {raw * 1000:.0f} ms ({slow * 1000:.0f} ms at usual speed), longest {taken[-1] * 1000:.0f} ms\n"
        )
    assert slow < SLOWEST
