"""星州 with one year measured from the rows of a small lake, by the worker as in the office; measured once a process."""

import tempfile
from pathlib import Path

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.indicators.actions import ask_for_measuring
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City
from luoshi.keeping import Lake
from tests.bureau.measured_lake import hand_in
from tests.bureau.remembered import build_once
from tests.bureau.xingzhou import actor

YEAR = 2020
_KINDS = ("institutions", "class_bands", "kindergartens", "staff_counts")
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def folder() -> Path:
    """The lake, handed in once."""
    if not _FOLDERS:
        _FOLDERS.append(tempfile.TemporaryDirectory(prefix="luoshi-lake-"))
        hand_in(Lake(Path(_FOLDERS[0].name) / "lake"), 60, (YEAR,), _KINDS)
    return Path(_FOLDERS[0].name) / "lake"


def measure_once(city: City) -> None:
    """The year measured from the lake that the settings name, or put back as it was measured before."""
    build_once("measured once", lambda: _measure(city))


def _measure(city: City) -> None:
    job = ask_for_measuring(actor("jijiao"), city, YEAR)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.findings
