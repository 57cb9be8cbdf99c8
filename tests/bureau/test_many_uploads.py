"""Many who bring files of the same name at once: every digest is there afterwards, none is lost, none under another's name."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from luoshi.bureau.files import queries as files
from luoshi.words.provenance import digest
from tests.bureau.bringer import content
from tests.bureau.test_writers import ROOT, _database

pytestmark = pytest.mark.only_on("sqlite")  # processes of their own or a whole year: once is enough for every run


@pytest.mark.parametrize(("bringers", "each"), [(3, 5), pytest.param(8, 125, marks=pytest.mark.prove)])
def test_every_file_of_many_with_the_same_name_is_there_and_nobodys_crossed(
    tmp_path: Path, bringers: int, each: int, capsys: pytest.CaptureFixture
) -> None:
    for address in _database(tmp_path):
        told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "DATABASE_URL": address}
        told["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
        told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        command = [sys.executable, "-m", "tests.bureau.bringer"]
        subprocess.run([*command, "prepare"], cwd=ROOT, env=told, check=True)
        begun = time.perf_counter()
        running = [
            subprocess.Popen([*command, str(number), str(each)], cwd=ROOT, env=told, stdout=subprocess.PIPE)
            for number in range(bringers)
        ]
        printed = [one.communicate(timeout=900)[0].decode() for one in running]
        seconds = time.perf_counter() - begun
        assert [one.returncode for one in running] == [0] * bringers
        checked = subprocess.run([*command, "check"], cwd=ROOT, env=told, check=True, capture_output=True)
        found = json.loads(checked.stdout)
        acts = [json.loads(line) for lines in printed for line in lines.splitlines()]
        _agree(tmp_path, bringers, each, acts, found)
        with capsys.disabled():
            sys.stdout.write(
                f"\n{connection.vendor}: {bringers} processes, {bringers * each} uploads, {len(acts) - bringers * each} "
                f"withdrawals, {found['files']} files, lost 0, crossed 0, {seconds:.1f} s\n"
            )


def _agree(home: Path, bringers: int, each: int, acts: list[list], found: dict) -> None:
    """What the bringers were told is what is there: rows, names, digests, withdrawals, bytes."""
    assert found["faults"] == []
    brought = {pk: (name, told) for act, pk, name, told in acts if act == "attach"}
    gone = {pk for act, pk, _, _ in acts if act == "withdraw"}
    assert len(brought) == bringers * each
    assert {pk: (name, told) for pk, name, told, _ in found["pieces"]} == brought
    assert {pk for pk, _, _, withdrawn in found["pieces"] if withdrawn} == gone
    assert gone
    expected = {digest(content(number, turn)) for number in range(bringers) for turn in range(each)}
    assert len(expected) < bringers * each
    assert {told for _, told in brought.values()} == expected
    assert found["files"] == len(expected)
    with override_settings(HOME=home, KEYS=""):
        kept = {path.name: files.whole(path.name) for path in (home / "files").glob("??/*")}
    assert kept == dict.fromkeys(expected, True)
