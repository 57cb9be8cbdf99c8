"""The demo's rows: 星州 whole, and a window of returns, made by a process beside the website. 演示数据（虚构）."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from luoshi.bureau.jobs.programs import program

if TYPE_CHECKING:
    from luoshi.imagining import City
    from luoshi.keeping import Lake

INSTITUTIONS, YEARS, SEED = 300, range(2018, 2021), 2021
"""A township of twenty in each of the fifteen counties; the three school years that end before the demo's own begins."""
LONGEST = 600
"""Seconds the process waits for the plan to be read."""
_FILLER = "import os; getattr(os, 'nice', int)(10); from luoshi.bureau.board.lake_of_demo import main; main()"
"""Humble: the first page comes before the rows."""


def made() -> "City":
    """The city whose rows they are; its year 2021 is what schools report meanwhile."""
    from luoshi.imagining import City  # noqa: PLC0415 -- only the process beside the website draws a city

    return City(INSTITUTIONS, SEED, first=YEARS[0])


def fill(lake: "Lake") -> None:
    """Hand in what is missing of the city; nothing where it is whole."""
    from luoshi.imagining.depositing import deposit  # noqa: PLC0415

    for _ in deposit(made(), YEARS, lake):
        pass


def main() -> None:
    """The process: rows first; then, once the plan of 星州 is there, measures, a window, two forms, schools that sign in, a year of petitions, evaluations, publications and trainings."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.bureau.settings")
    django.setup()
    from luoshi.bureau.board import (  # noqa: PLC0415 -- models need settings
        asked_of_demo,
        cases_of_demo,
        collected_of_demo,
        evaluations_of_demo,
        published_of_demo,
        schools_of_demo,
        trainings_of_demo,
    )
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.indicators.actions import ask_for_measuring  # noqa: PLC0415
    from luoshi.bureau.jobs.worker import WORKER  # noqa: PLC0415
    from luoshi.bureau.lakes import lake  # noqa: PLC0415
    from luoshi.imagining.depositing import moment_of  # noqa: PLC0415

    fill(lake())
    city = collected_of_demo.when_read(time.monotonic() + LONGEST) if "collect" in sys.argv else None
    if city is None or not city.imaginary:
        return  # nobody measures a real city from made-up rows
    for year in YEARS:
        ask_for_measuring(WORKER, city, year, lake().head[1], moment_of(year).date())
    if collected_of_demo.fits(city):
        collected_of_demo.collect(city, made())
    if asked_of_demo.fits(city):
        asked_of_demo.ask(city)
    if schools_of_demo.fits(city):
        schools_of_demo.admit(INSTALLER, city)
    if cases_of_demo.fits(city):
        cases_of_demo.handle(city)
    if evaluations_of_demo.fits(city):
        evaluations_of_demo.handle(city)
    if published_of_demo.fits(city) and published_of_demo.when_measured(city, time.monotonic() + LONGEST):
        published_of_demo.publish(city)
    if trainings_of_demo.fits(city):
        trainings_of_demo.hold_all(INSTALLER, city)


@contextmanager
def filled_beside(*, collects: bool = True) -> Iterator[subprocess.Popen[bytes] | None]:
    """Fill the lake while the website runs; what is there already is used as it is. None with LUOSHI_DEMO_ROWS=off.

    Args:
        collects: a window of returns is opened and carried, too, in the made-up city's own house.
    """
    if os.environ.get("LUOSHI_DEMO_ROWS") == "off":
        yield None
        return
    silent, asked = subprocess.DEVNULL, ["collect"] if collects else []
    filling = subprocess.Popen(program(_FILLER, *asked), stdin=silent, stdout=silent, stderr=silent)  # noqa: S603 (our own program)
    try:
        yield filling
    finally:
        filling.terminate()
        filling.wait()
