"""A small lake measured for two years, once a process: what the engine came to, with the rows behind it and what was asked."""

import copy
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from luoshi.bureau.indicators import measuring
from luoshi.bureau.indicators.actions import keep_measuring
from luoshi.bureau.indicators.measuring import State
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.declared import PARAMETERS
from luoshi.keeping import Lake
from luoshi.measuring import in_force
from tests.bureau.measured_lake import hand_in
from tests.bureau.xingzhou import actor

YEARS = (2019, 2020)


@cache
def folder() -> Path:
    """Two years of registers and class bands."""
    made = Path(mkdtemp()) / "lake"
    hand_in(Lake(made), years=YEARS, kinds=("institutions", "class_bands"))
    return made


@cache
def _told(year: int) -> tuple:
    entry, head = lake().head
    run = Measuring(year=year, entry=entry, head=head)
    state = State(year, entry, head, in_force(PARAMETERS, date(year, 9, 1)))
    moments = measuring.measured(run, state, {"9901"})
    run.values = {key: str(value) for key, value in state.values.items()}
    return run, moments, measuring.rows_behind(run, state), measuring.queries_of(run, state)


def keep(city: City, settings: object) -> dict[int, Measuring]:
    """Both years in the database of the test, by year."""
    settings.LAKE = folder()
    kept = {}
    for year in YEARS:
        run, moments, behind, queries = copy.deepcopy(_told(year))
        run.city, run.state = city, str(year)
        kept[year] = keep_measuring(actor("jijiao"), run, moments, behind, queries)
    return kept
