"""Replies land on their items: sixty made-up ones of five styles and three kinds of file, none wrong in silence."""

from functools import cache
from pathlib import Path

import pytest

from luoshi.reading.replies import Wanted
from tests.measured_replies import Measured
from tests.replies import KINDS, STYLES, ledger, make

ROOT = Path(__file__).resolve().parents[2]
MEASURED = 900_000
"""Seeds of the measured replies; what the engine was mended with lies below 10 000."""


@cache
def ledgers() -> tuple[tuple[Wanted, ...], ...]:
    """Every other reply answers the made-up city's ledger, the others one of eleven more."""
    plans = [ROOT / "cities" / "luoyang" / "plan.txt", *sorted((ROOT / "tests" / "labelled").glob("*.txt"))]
    return tuple(ledger(path) for path in (ROOT / "cities" / "xingzhou" / "plan.txt", *plans))


def measured(begin: int, count: int) -> Measured:
    told = Measured()
    for seed in range(begin, begin + count):
        place = 0 if seed % 2 else 1 + (seed // 2) % (len(ledgers()) - 1)
        told.add(make(ledgers()[place], seed, STYLES[seed % 5]))
    return told


def test_sixty_replies_land_right_and_nothing_wrong_is_silent() -> None:
    told = measured(MEASURED, 60)
    assert told.silent == []
    assert told.share >= 0.95, (told.share, told.faults, told.lost)
    assert told.asked < 0.20 * told.right


@pytest.mark.prove
def test_twenty_times_sixty_fresh_replies_keep_the_bar() -> None:
    told = Measured()
    for batch in range(20):
        one = measured(MEASURED + 50_000 + 1_000 * batch, 60)
        told.right, told.asked = told.right + one.right, told.asked + one.asked
        told.wrong_asked += one.wrong_asked
        told.silent += one.silent
        told.lost += one.lost
    assert told.share >= 0.95
    assert told.asked < 0.20 * told.right
    assert len(told.silent) <= 0.002 * told.right, told.silent


def test_every_style_and_kind_is_among_the_sixty() -> None:
    made = [make(ledgers()[0], seed, STYLES[seed % 5]) for seed in range(MEASURED, MEASURED + 60)]
    assert {one.style for one in made} == set(STYLES)
    assert {one.kind for one in made} == {kind for kinds in KINDS.values() for kind in kinds}
    assert make(ledgers()[0], MEASURED).text == make(ledgers()[0], MEASURED).text
