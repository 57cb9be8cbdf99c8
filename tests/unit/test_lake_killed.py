"""Processes that are killed while they deposit and compact, and processes that do so at once: nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from luoshi.keeping import Edition, Lake
from luoshi.words.findings import Severity
from tests.house.house import ROOT
from tests.lake_toiler import DIVISIONS, TOGETHER, pupils
from tests.lakes import KIND, classes, day, handed_in, told

POSIX = pytest.mark.skipif(os.name != "posix", reason="kills by signals")


def _acknowledged(path: Path) -> list[tuple[int, str, int]]:
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return [(int(entry), division, int(number)) for entry, division, number in map(str.split, lines)]


def _grown(path: Path) -> None:
    """Wait until something more is acknowledged, half a minute at most."""
    before, until = path.stat().st_size if path.exists() else 0, time.monotonic() + 30
    while time.monotonic() < until and (not path.exists() or path.stat().st_size <= before):
        time.sleep(0.005)


def _rows(lake: Lake, edition: Edition) -> dict[str, int]:
    return dict(lake.rows_of(edition).select("school", "pupils").collect().iter_rows())


EACH = 50
"""Kills a lake sees before another is begun: to verify a lake takes as long as it is large, and it is verified after every kill."""


@POSIX
@pytest.mark.parametrize("kills", [4, pytest.param(300, marks=pytest.mark.prove)])
def test_killed_at_any_moment_the_lake_is_whole_and_every_acknowledged_edition_is_in_it(
    tmp_path: Path, kills: int, capsys: pytest.CaptureFixture
) -> None:
    left = seen = 0
    for begun in range(0, kills, EACH):
        folder = tmp_path / str(begun)
        folder.mkdir()
        rounds = range(begun + 1, min(begun + EACH, kills) + 1)
        for more, acknowledged in _killed(folder, rounds, random.Random(kills + begun)):
            left, seen = left + more, seen + acknowledged
        with capsys.disabled():
            sys.stderr.write(f"\n{rounds[-1]} of {kills} kills, {left} left something, {seen} deposits acknowledged\n")
            sys.stderr.flush()


def _killed(folder: Path, rounds: range, chance: random.Random) -> Iterator[tuple[bool, int]]:
    """One lake through these kills: of each whether it left something, and how many deposits were acknowledged before it."""
    lake, path = Lake(folder / "lake"), folder / "told"
    program = [sys.executable, "-m", "tests.lake_toiler", str(lake.folder), str(path)]
    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    with subprocess.Popen(program, cwd=ROOT, env=environment, text=True, stdin=-1, stdout=-1) as crew:
        assert crew.stdin
        assert crew.stdout
        seen, last = 0, 0
        for seed in rounds:
            crew.stdin.write(f"{seed}\n")
            crew.stdin.flush()
            worker = int(crew.stdout.readline())
            if seed % 4:  # three in four die after they handed something in, the fourth at its first steps
                _grown(path)
            time.sleep(chance.uniform(0, 0.2))
            os.kill(worker, signal.SIGKILL)
            assert crew.stdout.readline() == "dead\n", "it worked until it was killed"
            found = lake.verify()
            assert [str(one) for one in found if one.severity is not Severity.TELLS] == []
            acknowledged = _acknowledged(path)
            editions = {one.number: one for one in lake.editions(KIND, "2020")}
            for entry, division, number in acknowledged[seen:]:
                assert editions[entry].division == division
                assert _rows(lake, editions[entry]) == pupils(number)
            last = max([last, *(entry for entry, _, _ in acknowledged[seen:])])
            unsaid = [one for number, one in editions.items() if number > last]
            together = bool(unsaid) and _rows(lake, unsaid[0])["s0"] // 1000 % 10_000 % TOGETHER == TOGETHER - 1
            assert len(unsaid) == (len(DIVISIONS) if together else bool(unsaid)), (
                "all that was handed in at once, or none"
            )
            yield bool(found), len(acknowledged) - seen
            seen, last = len(acknowledged), max([last, *editions])
        crew.stdin.close()
    assert seen >= len(rounds) * 3 // 4, "a kill that meets nobody at work proves nothing"
    handed_in(lake, classes(a=1), on=rounds[-1])
    assert lake.verify() == []
    assert len(lake.editions(KIND, "2020")) >= seen + 1


def test_two_processes_that_deposit_at_once_lose_nothing(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from luoshi.keeping import Lake
from tests.lakes import KIND, classes, day, handed_in
lake = Lake(Path({str(tmp_path / "lake")!r}))
for number in range(8):
    handed_in(lake, classes(a=int(sys.argv[1]) * 1000 + number), division=sys.argv[1], on=0)
    handed_in(lake, classes(b=int(sys.argv[1]) * 1000 + number), division="999900")
    if number % 3 == 2:
        lake.compact(KIND, "2020", at=day(0), by=sys.argv[1])
"""
    workers = [subprocess.Popen([sys.executable, "-c", program, name], cwd=ROOT) for name in ("999901", "999902")]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    lake = Lake(tmp_path / "lake")
    assert lake.verify() == []
    editions = lake.editions(KIND, "2020")
    assert len(editions) == 2 * 2 * 8
    shared = [one for one in editions if one.division == "999900"]
    assert [one.supersedes for one in shared] == [0, *(one.number for one in shared[:-1])]
    brought = {*range(999901000, 999901008), *range(999902000, 999902008)}
    assert {number for one in shared for number in _rows(lake, one).values()} == brought
    assert {(row[1], row[5] % 1000) for row in told(lake, divisions=["999901", "999902"])} == {
        ("999901", 7),
        ("999902", 7),
    }


def test_a_lake_that_is_open_sees_what_others_hand_in(tmp_path: Path) -> None:
    mine, other = Lake(tmp_path), Lake(tmp_path)
    handed_in(mine, classes(a=1))
    handed_in(other, classes(a=2), on=1)
    assert {row[5] for row in told(mine)} == {2}
    other.compact(KIND, "2020", at=day(2), by="统计员")
    assert {row[5] for row in told(mine)} == {2}
    assert {row[5] for row in told(mine, known=1)} == {1}
    assert [one.number for one in mine.counting()] == [2]


def test_threads_may_share_a_lake_that_is_open(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    handed_in(lake, classes(a=0))

    def worked(name: int) -> list[int]:
        counted = []
        for number in range(6):
            handed_in(lake, classes(a=number), division=f"99991{name}", period=f"{2010 + number}")
            counted.append(len(lake.rows(KIND).collect()))
            if number == 3:
                lake.compact(KIND, "2011", at=day(0), by="统计员")
        return counted

    with ThreadPoolExecutor(4) as crew:
        counts = list(crew.map(worked, range(4)))
    assert all(told == sorted(told) for told in counts), "what was once seen stays"
    assert len(told(lake)) == 1 + 4 * 6
    assert lake.verify() == []
