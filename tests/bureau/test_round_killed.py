"""A round that is killed anywhere and run again ends with the same rows: processes of their own, a real database on a disk."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DAYS = ("2020-09-28", "2020-09-29", "2020-09-30")
ROWS = {
    "digests": "SELECT day, person, name, role, subject, habits FROM reminders_digest ORDER BY 1, 2",
    "reminders": "SELECT day, person, due, step, copy, place, words, link FROM reminders_reminder ORDER BY 1, 2, 3, 4",
    "rounds": "SELECT day FROM reminders_round ORDER BY 1",
    "letters": 'SELECT "key", channel, "to", subject, body, ics, link FROM jobs_message ORDER BY 1',
    "journal": "SELECT number, action, subject, detail, outcome FROM journal_entry ORDER BY 1",
}

pytestmark = pytest.mark.only_on("sqlite")  # copies the file of the database


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a house of its own."""
    told = {**os.environ, "LUOSHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    told.pop("DATABASE_URL", None)
    return {**told, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def ask(home: Path, *told: str) -> list[str]:
    """Run a command of tests.bureau.owing to its end."""
    command = [sys.executable, "-m", "tests.bureau.owing", *told]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(home), check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the rounds left behind, times and row numbers left out."""
    with closing(sqlite3.connect(home / "luoshi.sqlite3")) as opened:
        return {name: opened.execute(question).fetchall() for name, question in ROWS.items()}


def kill_at(home: Path, seconds: float) -> bool:
    """Start the rounds and kill -9 so long after they began; False when they were done before."""
    command = [sys.executable, "-m", "tests.bureau.owing", "run", *DAYS]
    running = subprocess.Popen(command, cwd=ROOT, env=surroundings(home), stdout=subprocess.PIPE, text=True)
    assert running.stdout
    assert running.stdout.readline() == "ready\n"
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    return running.returncode == -signal.SIGKILL


def proven(folder: Path, trials: int, size: tuple[str, str, str], seed: int) -> int:
    """How many of the kills met a round at work, after each trial ended like one that was left alone."""
    filled, left_alone = folder / "filled", folder / "left-alone"
    ask(filled, "fill", *size)
    shutil.copytree(filled, left_alone)
    told = ask(left_alone, "run", *DAYS)[1:]
    lasted, wanted = sum(float(line.split()[2]) for line in told), rows(left_alone)
    assert len(wanted["digests"]) > 20
    assert len(wanted["letters"]) == len(wanted["digests"])
    assert [row[0] for row in wanted["rounds"]] == list(DAYS)
    chance, met = random.Random(seed), 0
    for trial in range(trials):
        home = folder / f"trial-{trial}"
        shutil.copytree(filled, home)
        for _ in range(2):
            met += kill_at(home, chance.random() * lasted)
        ask(home, "run", *DAYS)
        assert rows(home) == wanted
        ask(home, "run", DAYS[-1])
        assert rows(home) == wanted, "run once more, nothing new"
        shutil.rmtree(home)
    return met


@pytest.mark.prove
def test_a_round_killed_and_run_again_ends_like_one_left_alone(tmp_path: Path) -> None:
    assert proven(tmp_path, 1, ("1", "120", "6"), seed=7) >= 1


@pytest.mark.prove
def test_a_round_killed_at_forty_points_ends_like_one_left_alone(tmp_path: Path) -> None:
    assert proven(tmp_path, 20, ("3", "100", "16"), seed=20200928) >= 20


PARTS = {
    **ROWS,
    "papers": "SELECT commitment_id, step, month, stage, because FROM escalations_paper ORDER BY 1, 2, 3",
    "parts": "SELECT day, name, state, words FROM jobs_round ORDER BY 1, 2",
}


def _all_rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(home / "luoshi.sqlite3")) as opened:
        return {name: opened.execute(question).fetchall() for name, question in PARTS.items()}


def _rounds(home: Path, day: str, seconds: float | None = None) -> str:
    """`luoshi rounds --on DAY`, killed -9 after so long; what it printed."""
    command = [sys.executable, "-m", "luoshi", "rounds", "--on", day]
    running = subprocess.Popen(command, cwd=ROOT, env=surroundings(home), stdout=subprocess.PIPE, text=True)
    if seconds is not None:
        assert running.stdout
        line = running.stdout.readline()  # the first part is made: the kill meets one of the others, or what is between
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        return line
    said, _ = running.communicate()
    assert running.returncode == 0, said
    return said


@pytest.mark.prove
def test_the_whole_daily_round_killed_between_its_parts_ends_like_one_left_alone(tmp_path: Path) -> None:
    filled, left_alone, killed = tmp_path / "filled", tmp_path / "left-alone", tmp_path / "killed"
    ask(filled, "fill", "1", "60", "4")
    shutil.copytree(filled, left_alone)
    shutil.copytree(filled, killed)
    day = DAYS[0]
    said = _rounds(left_alone, day).splitlines()
    assert [line.split("：")[0] for line in said[:3]] == [
        f"{day} 复查已销号事项", f"{day} 拟制督办单", f"{day} 发当天提醒",
    ]  # fmt: skip
    assert "拟稿" in said[1]
    wanted = _all_rows(left_alone)
    assert len(wanted["papers"]) > 5
    assert len(wanted["digests"]) > 5
    assert {row[3] for row in wanted["papers"]} == {"draft"}
    assert f"{day} 复查已销号事项：没有要重新打开的" in _rounds(killed, day, 0.05)
    assert "已做过，不重做" in _rounds(killed, day)
    assert _all_rows(killed) == wanted
    _rounds(killed, day)
    assert _all_rows(killed) == wanted, "run once more, nothing new"
