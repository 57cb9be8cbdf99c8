"""A backup is taken while writers act, evidence is brought and returns go into the lake; restored elsewhere, all of it belongs together."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection

from luoshi.bureau.backups.archive import Archive
from luoshi.keeping import Lake
from tests.bureau.apart import ROOT, asked, house

AT_WORK = {"write1", "write2", "bring1", "deposit1"}
PATIENCE = 400.0
"""Seconds until each of them has done something."""
_JOURNAL = {"journal_entry", "journal_head"}
"""What changes by restoring: it is entered."""


class Size(NamedTuple):
    """How much there is, and how long they work."""

    plans: int
    schools: int
    files: int
    seconds: float
    """Before the backup and after it."""


SMALL, LARGE = Size(1, 60, 2, 0.3), Size(3, 240, 100, 8)


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


@contextmanager
def _at_work(surroundings: dict[str, str], size: Size, told: Path) -> Iterator[None]:
    """They work within; what they say is in the file."""
    enough, program = told.with_suffix(".enough"), [sys.executable, "-m", "tests.bureau.laden"]
    works = [*program, "work", str(size.plans), str(size.files), str(enough)]
    with told.open("ab") as out:
        running = [subprocess.Popen(works, cwd=ROOT, env=surroundings, stdout=out)]
        try:
            _until(told, {"write1", "write2", "bring1"})
            hands_in = [*program, "deposit", str(size.schools), str(enough)]
            running.append(subprocess.Popen(hands_in, cwd=ROOT, env=surroundings, stdout=out))
            _until(told, AT_WORK)
            yield
        finally:
            enough.touch()
            codes = [one.wait(PATIENCE) for one in running]
    assert codes == [0, 0]


def _until(told: Path, logins: set[str]) -> None:
    until = time.monotonic() + PATIENCE
    while not logins <= {one[0] for one in _said(told)}:
        assert time.monotonic() < until
        time.sleep(0.05)


def _said(told: Path) -> list[Any]:
    return [json.loads(line) for line in told.read_text("utf-8").splitlines() if line.endswith("]")]


class Laden(NamedTuple):
    """What was done meanwhile."""

    acts: list[Any]
    """Login, turn, outcome, when it began, seconds."""
    begun: float
    ended: float
    """Of the backup, by the clock."""


def _backed_up(surroundings: dict[str, str], out: Path, size: Size) -> Laden:
    """Take a backup once each of them has done something, while they go on."""
    told = out.with_suffix(".said")
    with _at_work(surroundings, size, told):
        time.sleep(size.seconds)
        begun = time.time()
        _luoshi(surroundings, "backup", "--out", str(out))
        ended = time.time()
        time.sleep(size.seconds)
    return Laden(_said(told), begun, ended)


@pytest.fixture
def laden(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A house of its own, with nothing in it yet."""
    (tmp_path / "home").mkdir()
    with house(tmp_path / "home", "laden") as told:
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


def _files_and_lake(laden: dict[str, str], restored: dict[str, str]) -> None:
    """What lies there is what lay there, byte for byte: files are sealed, and their keys are in no backup."""
    home, before = (Path(one["LUOSHI_HOME"]) for one in (restored, laden))
    named = {str(digest) for (digest,) in asked(restored, "SELECT digest FROM files_file")}
    kept = {path.name: path for path in (home / "files").rglob("*") if path.is_file()}
    assert named == kept.keys()
    lay = {name: before / "files" / name[:2] / name for name in kept}
    assert [name for name, path in kept.items() if path.read_bytes() != lay[name].read_bytes()] == []
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
    told = _backed_up(laden, backup, size)
    during = [one for one in told.acts if one[3] < told.ended and one[3] + one[4] > told.begun]
    assert {one[0] for one in during} == AT_WORK
    with house(tmp_path / "restored", "restored") as restored:
        address = [] if connection.vendor == "sqlite" else [restored["DATABASE_URL"]]
        said = _luoshi(laden, "restore", str(backup), "--home", restored["LUOSHI_HOME"], *address)
        assert "每个摘要都与备份时相同" in said
        assert "逐条相连，完整" in said
        _replayed(restored)
        last = _part_of(laden, restored)
        ((all_of_them,),) = asked(laden, "SELECT MAX(number) FROM journal_entry")
        assert last < int(str(all_of_them)), "a backup of a house at rest proves nothing"
        _files_and_lake(laden, restored)
        again = tmp_path / "again.zip"
        _luoshi(restored, "backup", "--out", str(again))
        assert _digests(again) == _digests(backup)
        assert _members(again) == _members(backup)
        if connection.vendor == "postgresql" and size is LARGE:
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
