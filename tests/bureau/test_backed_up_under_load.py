"""A backup is taken while writers act, evidence is brought and returns go into the lake; restored elsewhere, all of it belongs together."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection

from luoshi.bureau.backups.archive import Archive
from luoshi.keeping import Lake
from tests.bureau.apart import ROOT, asked, house

AT_WORK = (("write", 1), ("write", 2), ("bring", 1), ("deposit", 1))
_JOURNAL = {"journal_entry", "journal_head"}
"""What changes by restoring: it is entered."""


class Size(NamedTuple):
    """How much there is, and how long they work."""

    plans: int
    schools: int
    files: int
    seconds: float
    """Before the backup and after it."""


SMALL, LARGE = Size(1, 60, 2, 0.3), Size(4, 240, 300, 15)


def _luoshi(surroundings: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "luoshi", *words],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _at_work(surroundings: dict[str, str], enough: Path) -> list["subprocess.Popen[str]"]:
    return [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bureau.laden", kind, str(number), str(enough)],
            cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True,
        )
        for kind, number in AT_WORK
    ]  # fmt: skip


class Laden(NamedTuple):
    """What was done meanwhile."""

    acts: list[Any]
    """Login, turn, outcome, when it began, seconds."""
    begun: float
    ended: float
    """Of the backup, by the clock."""


def _backed_up(surroundings: dict[str, str], out: Path, seconds: float) -> Laden:
    """Take a backup as soon as each of them has done something, while they go on."""
    enough = out.with_suffix(".enough")
    running = _at_work(surroundings, enough)
    first = [one.stdout.readline() for one in running if one.stdout]
    time.sleep(seconds)
    begun = time.time()
    _luoshi(surroundings, "backup", "--out", str(out))
    ended = time.time()
    time.sleep(seconds)
    enough.touch()
    printed = [one.communicate(timeout=120)[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(running)
    return Laden([json.loads(line) for told in (*first, *printed) for line in told.splitlines()], begun, ended)


@pytest.fixture
def laden(tmp_path: Path, size: Size) -> Iterator[dict[str, str]]:
    """A house with plans, a lake and evidence, of its own."""
    (tmp_path / "home").mkdir()
    with house(tmp_path / "home", "laden") as told:
        words = [str(size.plans), str(size.schools), str(size.files)]
        subprocess.run([sys.executable, "-m", "tests.bureau.laden", "prepare", *words], cwd=ROOT, env=told, check=True)
        yield told


def _replayed(surroundings: dict[str, str]) -> None:
    """The tables are what the journal beside them says, no act more and none less."""
    said = "SELECT subject_id, action FROM journal_entry WHERE outcome = 'done' AND subject_kind = 'proposal' ORDER BY number"
    stands = {"ledger.confirm": "confirmed", "ledger.dismiss": "dismissed", "ledger.undo": "open"}
    wanted = {str(pk): stands[str(action)] for pk, action in asked(surroundings, said)}
    kept = {str(pk): decision for pk, decision in asked(surroundings, "SELECT id, decision FROM plans_proposal")}
    assert {pk: kept[pk] for pk in wanted} == wanted
    assert {decision for pk, decision in kept.items() if pk not in wanted} <= {"open"}
    done = "SELECT COUNT(*) FROM journal_entry WHERE outcome = 'done' AND action = "
    for action, table in (
        ("evidence.attach", "evidence_piece"),
        ("jobs.ask", "jobs_job"),
        ("ledger.self", "ledger_judgement"),
    ):
        assert asked(surroundings, f"{done}'{action}'") == asked(surroundings, f"SELECT COUNT(*) FROM {table}"), table


def _part_of(original: dict[str, str], restored: dict[str, str]) -> int:
    """Whatever is only ever added stands in the restored house as it stands in the real one; how many entries."""
    ((last,),) = asked(restored, "SELECT MAX(number) FROM journal_entry WHERE action <> 'backups.restore'")
    for table, key in (
        ("journal_entry", "number"),
        ("evidence_piece", "id"),
        ("files_file", "id"),
        ("evidence_chain", "id"),
    ):
        rows = asked(restored, f"SELECT * FROM {table} ORDER BY {key}")
        rows = rows[:-1] if table == "journal_entry" else rows
        there = {row[0]: row for row in asked(original, f"SELECT * FROM {table}")}
        same = [row for row in rows if there.get(row[0]) == row or table == "evidence_chain"]
        assert [row[0] for row in same] == [row[0] for row in rows], table
    return int(str(last))


def _files_and_lake(restored: dict[str, str]) -> None:
    home = Path(restored["LUOSHI_HOME"])
    named = {str(digest) for (digest,) in asked(restored, "SELECT digest FROM files_file")}
    kept = {path.name: path for path in (home / "files").rglob("*") if path.is_file()}
    assert named == kept.keys()
    assert [name for name, path in kept.items() if sha256(path.read_bytes()).hexdigest() != name] == []
    lake = Lake(home / "lake")
    assert lake.verify() == []
    editions = asked(restored, "SELECT arguments FROM jobs_job WHERE kind = 'lake.named'")
    told = [json.loads(one)["edition"] if isinstance(one, str) else one["edition"] for (one,) in editions]
    assert told
    assert [lake.edition(number).number for number in told] == told
    assert any(lake.edition(number).rows for number in told)


def _digests(backup: Path) -> dict[str, Any]:
    return {name: told for name, told in Archive(backup).manifest["tables"].items() if name not in _JOURNAL}


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.prove)])
def test_what_is_restored_is_one_moment_of_a_house_at_work(
    laden: dict[str, str], size: Size, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "backup.zip"
    told = _backed_up(laden, backup, size.seconds)
    during = [one for one in told.acts if one[3] < told.ended and one[3] + one[4] > told.begun]
    assert {one[0] for one in during} == {f"{kind}{number}" for kind, number in AT_WORK}
    with house(tmp_path / "restored", "restored") as restored:
        address = [] if connection.vendor == "sqlite" else [restored["DATABASE_URL"]]
        said = _luoshi(laden, "restore", str(backup), "--home", restored["LUOSHI_HOME"], *address)
        assert "每个摘要都与备份时相同" in said
        assert "完整" in _luoshi(restored, "journal", "verify")
        _replayed(restored)
        last = _part_of(laden, restored)
        ((all_of_them,),) = asked(laden, "SELECT MAX(number) FROM journal_entry")
        assert last < int(str(all_of_them)), "a backup of a house at rest proves nothing"
        _files_and_lake(restored)
        again = tmp_path / "again.zip"
        _luoshi(restored, "backup", "--out", str(again))
        assert _digests(again) == _digests(backup)
        assert _members(again) == _members(backup)
        if connection.vendor == "postgresql":
            _there_and_back(laden, backup, tmp_path)
    _tell(told, during, backup, said, capsys)


def _members(backup: Path) -> dict[str, Any]:
    return {name: told for name, told in Archive(backup).members.items() if name.startswith(("files/", "lake/"))}


def _there_and_back(laden: dict[str, str], backup: Path, folder: Path) -> None:
    """From PostgreSQL to SQLite and from there to PostgreSQL: the same tables."""
    on_sqlite, second = folder / "on-sqlite", folder / "second.zip"
    _luoshi(laden, "restore", str(backup), "--home", str(on_sqlite))
    beside = {**laden, "LUOSHI_HOME": str(on_sqlite), "DATABASE_URL": f"sqlite:///{on_sqlite / 'luoshi.sqlite3'}"}
    _luoshi(beside, "backup", "--out", str(second))
    assert _digests(second) == _digests(backup)
    with house(folder / "back", "back") as back:
        _luoshi(laden, "restore", str(second), "--home", back["LUOSHI_HOME"], back["DATABASE_URL"])
        third = folder / "third.zip"
        _luoshi(back, "backup", "--out", str(third))
        assert _digests(third) == _digests(backup)


def _tell(told: Laden, during: list[Any], backup: Path, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    longest = max(one[4] for one in during)
    before = max((one[4] for one in told.acts if one not in during), default=0)
    found = re.search(r"用时 ([\d.]+) 秒", said)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{connection.vendor}: backup of {backup.stat().st_size / 1e6:.1f} MB in {told.ended - told.begun:.1f} s with "
            f"{len(during)} acts meanwhile, longest {longest * 1000:.0f} ms (at other times {before * 1000:.0f} ms), "
            f"restored in {found[1] if found else '?'} s\n"
        )
