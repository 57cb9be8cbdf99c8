"""What a run came to is asked of sheaves or of profiles, whichever are fewer: the answer is the same."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks import many_values
from luoshi.bureau.indicators import sheaves
from luoshi.bureau.indicators.actions import keep_measuring
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.series import Cell, cells
from luoshi.bureau.people.models import City
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
KEYS = many_values.keys(12)
CITY, COUNTY = many_values.CITY, "990102"


@pytest.fixture
def kept(city: City) -> City:
    """Three years of ten schools; of the last, half of the measures."""
    for year in (2018, 2019, 2020):
        run = Measuring(city=city, year=year, entry=1, head="0" * 64, state=str(year))
        told = many_values.moments(year, units=10, cells=len(KEYS) // (2 if year == 2020 else 1))
        named = (replace(one, name="" if one.level == "city" else f"{one.division[-4:]}号（虚构）") for one in told)
        keep_measuring(actor("jijiao"), run, named, forms=many_values.form)
    return city


def _both(monkeypatch: pytest.MonkeyPatch, city: City, **asked) -> Iterator[list[Cell]]:
    for as_good_as in (0, 10**9):
        monkeypatch.setattr(sheaves, "_AS_GOOD_AS", as_good_as)
        yield cells(city.pk, KEYS, **asked)


@pytest.mark.parametrize(
    "asked",
    [
        {"level": "city"},
        {"level": "county", "divisions": (COUNTY,)},
        {"level": ("city", "county"), "divisions": (COUNTY,)},
        {"level": "school", "divisions": (many_values.schools(10)[1][0], many_values.schools(10)[4][0])},
        {"level": "city", "newest": 2},
        {"level": "school", "divisions": (many_values.schools(10)[1][0],), "newest": 1, "years": (2019, 2020)},
        {"level": "school", "divisions": ("没有这所",)},
    ],
)
def test_a_unit_is_told_the_same_by_its_profile_and_by_the_sheaves(
    kept: City, monkeypatch: pytest.MonkeyPatch, asked: dict
) -> None:
    by_profile, by_sheaf = _both(monkeypatch, kept, **asked)
    assert by_profile == by_sheaf
    assert bool(by_profile) is ("没有这所" not in asked.get("divisions", ()))


def test_the_newest_are_the_last_years_a_measure_is_known_for(kept: City) -> None:
    every, last = cells(kept.pk, KEYS, level="city"), cells(kept.pk, KEYS, level="city", newest=2)
    for key in KEYS:
        assert [one for one in last if one.measure == key] == [one for one in every if one.measure == key][-2:]
    assert {one.year for one in last} == {2018, 2019, 2020}
