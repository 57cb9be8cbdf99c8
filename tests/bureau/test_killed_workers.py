"""Workers that are killed while they work: nothing is lost, nothing is done twice, nothing is told twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.bureau.apart import ROOT, asked, house
from tests.bureau.toiler import JOBS, NOTICES

pytestmark = pytest.mark.only_on("sqlite")  # processes of their own or a whole year: once is enough for every run

PROGRAM = [sys.executable, "-m", "tests.bureau.toiler"]
POSIX = pytest.mark.skipif(os.name != "posix", reason="kills by signals")


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A house of its own whose mail falls into a folder and whose round is due from midnight."""
    with house(tmp_path, "killed") as told:
        yield {**told, "LUOSHI_MAIL": f"folder:{tmp_path / 'drop'}", "LUOSHI_ROUND_AT": "00:00"}


class Crew:
    """So many workers, each followed by another when it is killed."""

    def __init__(self, surroundings: dict[str, str], size: int) -> None:
        self.surroundings, self.made, self.dead = surroundings, 0, list[str]()
        self.running = [self._start() for _ in range(size)]

    def _start(self) -> tuple[str, subprocess.Popen[bytes]]:
        self.made += 1
        name, after = f"w{self.made}", ",".join(self.dead)
        return name, subprocess.Popen([*PROGRAM, "work", name, after], cwd=ROOT, env=self.surroundings)

    def kill_one(self, chance: random.Random) -> bool:
        """Kill one at a moment of its work and start its successor; whether it had a job when it died."""
        at = chance.randrange(len(self.running))
        name, worker = self.running[at]
        longest = 0.3
        while True:
            _until(lambda: self._has_begun(name), 30)
            time.sleep(chance.uniform(0, longest))
            worker.send_signal(signal.SIGSTOP)  # held still, so that what is seen of it is what dies
            busy = self._count(f"jobs_job WHERE worker = '{name}' AND state = 'running'") > 0
            if busy or self._count("jobs_job WHERE state <> 'done'") == 0:
                break
            worker.send_signal(signal.SIGCONT)  # between two jobs: met a little sooner the next time
            longest /= 2
        worker.kill()
        worker.wait()
        self.dead.append(name)
        self.running[at] = self._start()
        return busy

    def _has_begun(self, name: str) -> bool:
        idle = "jobs_job WHERE state = 'waiting'"
        return self._count(f"jobs_job WHERE worker = '{name}'") > 0 or self._count(idle) == 0

    def _count(self, rows: str) -> int:
        return int(str(asked(self.surroundings, f"SELECT COUNT(*) FROM {rows}")[0][0]))

    def end(self) -> list[int]:
        for _, worker in self.running:
            worker.terminate()
        return [worker.wait(30) for _, worker in self.running]


def _all_told(surroundings: dict[str, str]) -> bool:
    waiting = "SELECT COUNT(*) FROM jobs_message WHERE state IN ('waiting', 'sending')"
    ((left,),) = asked(surroundings, f"SELECT (SELECT COUNT(*) FROM jobs_job WHERE state <> 'done') + ({waiting})")
    return left == 0 and asked(surroundings, "SELECT COUNT(*) FROM jobs_round WHERE state = 'done'") == [(1,)]


def _until(said: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if said():
            return True
        time.sleep(0.1)
    return False


def _dropped(folder: Path) -> Counter[str]:
    return Counter(str(message_from_bytes(path.read_bytes())["Message-ID"]) for path in folder.glob("*.eml"))


@POSIX
@pytest.mark.parametrize(("kills", "pieces"), [(1, 60), pytest.param(60, 900, marks=pytest.mark.prove)])
def test_two_workers_killed_at_any_moment_do_everything_once(
    surroundings: dict[str, str], tmp_path: Path, kills: int, pieces: int, capsys: pytest.CaptureFixture
) -> None:
    chance = random.Random(kills)
    subprocess.run([*PROGRAM, "prepare", str(pieces)], cwd=ROOT, env=surroundings, check=True)
    crew = Crew(surroundings, 2)
    struck = sum(crew.kill_one(chance) for _ in range(kills))
    assert struck, "a kill that meets nobody at work proves nothing"
    done = _until(lambda: _all_told(surroundings), 60 + pieces * JOBS / 2)
    assert crew.end() == [0, 0], "asked to end, a worker ends in peace"
    assert done, asked(surroundings, "SELECT id, state, done, attempts, findings FROM jobs_job")

    entered = asked(surroundings, "SELECT subject_id FROM journal_entry WHERE subject_kind = 'piece'")
    assert sorted(entered) == sorted((f"job{job}/{number}",) for job in range(JOBS) for number in range(pieces))
    keyed = asked(surroundings, "SELECT key, channel, state FROM jobs_message")
    assert len(keyed) == 2 * (JOBS * pieces + NOTICES)
    mails, dropped = [row for row in keyed if row[1] == "mail"], _dropped(tmp_path / "drop")
    assert {state for _, _, state in mails} <= {"sent", "unsure"}
    assert set(dropped.values()) == {1}
    unsure = sum(state == "unsure" for _, _, state in mails)
    assert len(mails) - unsure <= len(dropped) <= len(mails)
    assert unsure <= kills
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kills} kills, {struck} of them amid a job, {len(entered)} pieces, {len(mails)} mails, {unsure} unsure\n"
        )


@POSIX
@pytest.mark.prove
@pytest.mark.parametrize("moments", [tuple(range(NOTICES))])
def test_a_round_killed_at_any_letter_and_made_again_tells_everybody_once(
    surroundings: dict[str, str], tmp_path: Path, moments: tuple[int, ...]
) -> None:
    subprocess.run([*PROGRAM, "prepare", "1"], cwd=ROOT, env=surroundings, check=True)
    counted = "SELECT (SELECT COUNT(*) FROM jobs_message), (SELECT COUNT(*) FROM jobs_round)"
    for letters in moments:
        killed = subprocess.run([*PROGRAM, "round", str(letters)], cwd=ROOT, env=surroundings, check=False)
        assert killed.returncode == -signal.SIGKILL
        assert asked(surroundings, counted) == [(0, 0)]
    for _ in range(2):
        subprocess.run([*PROGRAM, "round", "-1"], cwd=ROOT, env=surroundings, check=True)
        assert asked(surroundings, counted) == [(2 * NOTICES, 1)]
    dropped = _dropped(tmp_path / "drop")
    assert (len(dropped), set(dropped.values())) == (NOTICES, {1})


def _alive(pid: int) -> bool:
    with suppress(OSError):
        os.kill(pid, 0)
        return b"\nState:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()
    return False


@pytest.fixture
def parent(surroundings: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process with a worker beside it, which leaves a fork behind; all of its session is gone afterwards."""
    subprocess.run([*PROGRAM, "prepare", "1"], cwd=ROOT, env=surroundings, check=True)
    command = [*PROGRAM, "beside", str(tmp_path / "enough")]
    running = subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    yield running
    with suppress(OSError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _said(running: subprocess.Popen[str]) -> int:
    assert running.stdout is not None
    return int(running.stdout.readline())


def _at_work(surroundings: dict[str, str]) -> bool:
    return asked(surroundings, "SELECT COUNT(*) FROM jobs_round WHERE state = 'done'") != [(0,)]


@POSIX
def test_a_worker_ends_with_its_parent_even_when_that_is_killed_and_a_fork_of_it_lives(
    parent: subprocess.Popen[str], surroundings: dict[str, str]
) -> None:
    worker = _said(parent)
    assert _until(lambda: _at_work(surroundings), 30)
    parent.kill()
    assert _until(lambda: not _alive(worker), 10)


@POSIX
def test_a_killed_worker_is_followed_by_another_and_the_last_ends_with_the_website(
    parent: subprocess.Popen[str], surroundings: dict[str, str], tmp_path: Path
) -> None:
    first = _said(parent)
    assert _until(lambda: _at_work(surroundings), 30)
    os.kill(first, signal.SIGKILL)
    second = _said(parent)
    assert second != first
    assert _until(lambda: _alive(second), 5)
    (tmp_path / "enough").touch()
    assert parent.wait(30) == 0
    assert not _alive(second)
