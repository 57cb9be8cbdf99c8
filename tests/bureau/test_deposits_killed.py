"""Acceptance writes to the database, then to the lake, then to the database; killed between any two, nothing is lost or twice."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bureau.test_writers import _database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a house of its own, with one county's returns checked."""
    for address in _database(tmp_path):
        told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "DATABASE_URL": address}
        told["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
        told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        assert _run(told, "prepare").returncode == 0
        yield told


def _run(house: dict[str, str], *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tests.bureau.depositor", *words]
    return subprocess.run(command, cwd=ROOT, env=house, stdout=subprocess.PIPE, check=False)


@pytest.mark.prove
def test_killed_after_every_step_in_turn_asking_again_finishes_and_does_nothing_twice(house: dict[str, str]) -> None:
    for step in ("accepted", "lake", "database"):
        assert _run(house, "accept", step).returncode == -signal.SIGKILL, step
    after = json.loads(_run(house, "settle").stdout)
    assert len(after["editions"]) == 1
    assert after["deposits"] == after["editions"]
    assert after["states"] == ["accepted", "county"]
    assert after["faults"] == []
    assert _run(house, "accept", "never").returncode == 0
    after = json.loads(_run(house, "settle").stdout)
    (_, first), (_, second) = after["editions"]
    assert second > first
    assert after["deposits"] == after["editions"]
    assert after["states"] == ["accepted"]
