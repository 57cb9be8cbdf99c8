"""A code of a second factor lets in once, whichever process of the house it is shown to: the memory of one is not the other's."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bureau.test_signing_in_second import totp
from tests.bureau.test_writers import ROOT, _database

AT_ONCE = 3
"""Fewer than five wrong ones, which would lock."""
_COMMAND = [sys.executable, "-m", "tests.bureau.keyholder"]


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a house of its own."""
    for address in _database(tmp_path):
        yield {
            **os.environ,
            "LUOSHI_HOME": str(tmp_path),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }


def _come(surroundings: dict[str, str], code: str) -> list[str]:
    """What each was told who came with this code at the same moment."""
    at = time.time() + 3
    running = [
        subprocess.Popen([*_COMMAND, code, str(at)], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE)
        for _ in range(AT_ONCE)
    ]
    return sorted(one.communicate(timeout=60)[0].decode() for one in running)


def test_of_several_processes_that_are_shown_one_code_one_opens(surroundings: dict[str, str]) -> None:
    made = subprocess.run([*_COMMAND, "prepare"], cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE)
    told = json.loads(made.stdout)
    once = ["in", *["refused"] * (AT_ONCE - 1)]
    code = totp(told["secret"], time.time())
    assert _come(surroundings, code) == once
    assert _come(surroundings, told["codes"][0]) == once, "a recovery code neither"
    later = totp(told["secret"], time.time() + 30)
    assert later == code or _come(surroundings, later) == once, "the next code lets in again"
