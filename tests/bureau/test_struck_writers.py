"""Every process that writes is killed at once, at any moment: what was acknowledged is there with its entry, and nothing else is."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.bureau.apart import ROOT
from tests.on_postgresql import postgresql

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signals")


@contextmanager
def _address(folder: Path) -> Iterator[str]:
    """An empty database on the engine this run tests; a server of its own, because its processes are killed."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'luoshi.sqlite3'}"
        return
    with postgresql() as address:
        yield address


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A house of its own, with plans in it and nothing decided."""
    with _address(tmp_path) as address:
        told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "DATABASE_URL": address}
        told["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
        told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        subprocess.run([sys.executable, "-m", "tests.bureau.writer", "prepare"], cwd=ROOT, env=told, check=True)
        yield told


@pytest.mark.parametrize("rounds", [4, pytest.param(200, marks=pytest.mark.prove)])
def test_of_all_that_was_acknowledged_nothing_is_lost_and_nothing_is_there_without_its_entry(
    surroundings: dict[str, str], rounds: int, capsys: pytest.CaptureFixture[str]
) -> None:
    every = "4" if connection.vendor == "postgresql" else "0"
    command = [sys.executable, "-m", "tests.bureau.struck", str(rounds), str(rounds), every]
    struck = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert struck.returncode == 0, struck.stderr[-4000:]
    sums = json.loads(struck.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\n{connection.vendor}: {sums}\n")
    assert sums["rounds"] == rounds
    assert sums["acknowledged"] > 5 * rounds, "rounds in which hardly anything is done prove nothing"
    assert sums.get("backends", 0) >= (rounds // 8 if every == "4" else 0)
    assert {"ledger.confirm", "evidence.attach", "jobs.ask"} <= sums["kinds"].keys()
    verified = subprocess.run(
        [sys.executable, "-m", "luoshi", "journal", "verify"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout.decode()
