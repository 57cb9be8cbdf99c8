"""The engine sums what a plain loop over rows sums, on DuckDB and on Polars, whatever cells are empty."""

import math
from collections.abc import Collection
from datetime import date
from fractions import Fraction
from functools import cache

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.declared.returns import RETURNS, Institutions
from luoshi.imagining import City
from luoshi.measuring import By, Engine, Frames, in_force, measure, rollup
from luoshi.words.measures import Measure, Variation
from luoshi.words.units import Celled
from tests.plain_measures import Plain

YEAR = 2020
VALUES = in_force(PARAMETERS, date(YEAR, 9, 1))
COHORTS = {"nine_year_retention", "junior_kept"}
"""They need years before the made-up ones."""
ALL = [one for key, one in MEASURES.items() if key not in COHORTS]
SMALL = ("pupils", "vision", "staff")
"""Rows of persons: a part of them is enough."""


@cache
def _city(seed: int, schools: int = 60, back: int = 1) -> dict[tuple[str, int], pl.DataFrame]:
    made = City(schools, seed, YEAR - max(2, back))
    frames = {(key, year): frame for year in range(YEAR - back, YEAR + 1) for key, frame in made.whole(year).items()}
    return {(key, year): frame.head(1500) if key in SMALL else frame for (key, year), frame in frames.items()}


def _altered(frames: dict[tuple[str, int], pl.DataFrame], cells: list[tuple[str, int, int, bool]]):
    """Cells emptied, or set to 0 where they are whole numbers."""
    told = dict(frames)
    for key, row, column, zero in cells:
        frame = told[key, YEAR]
        if frame.is_empty():
            continue
        free = [name for name in frame.columns if name not in (*RETURNS[key].keys, "county")]
        name, at = free[column % len(free)], row % frame.height
        value = pl.lit(0 if zero and frame.schema[name].is_integer() else None, frame.schema[name])
        here = pl.int_range(frame.height) == at
        told[key, YEAR] = frame.with_columns(pl.when(here).then(value).otherwise(pl.col(name)).alias(name))
    return told


def _agree(frames, chosen, engine: Engine, absent: Collection[str] = ()) -> None:
    """Both engines say the same of what can be asked; what cannot is told, and only where a return is not there."""
    told = measure(chosen, Frames(frames), year=YEAR, by=By.COUNTY, values=VALUES, engine=engine)
    assert bool(told.unmeasured) <= bool(absent)
    slow = Plain(frames, VALUES)
    for one in chosen:
        if one.key in told.unmeasured:
            assert any(RETURNS[key].label in told.unmeasured[one.key] for key in absent), one.key
            continue
        expected = {county: value for county, value in slow.measured(one, YEAR).items() if value is not None}
        found = {county: row.value for county, row in told.of(one.key).items() if row.value is not None}
        assert found.keys() == expected.keys(), one.key
        for county, value in found.items():
            _same(one, value, expected[county])


def _same(one, value, expected) -> None:
    rounded = isinstance(one, Variation | Celled) or getattr(one, "shared", False)
    if rounded:
        assert math.isclose(value, expected, rel_tol=1e-9, abs_tol=1e-9), one.key
    else:
        assert value == Fraction(expected), one.key


def _one_of_each_kind() -> list[Measure]:
    """The first measure of each kind, and a per-pupil amount that stages share."""
    kinds = {(type(one), getattr(one, "shared", False)): one for one in reversed(ALL)}
    return list(kinds.values())


def test_a_measure_of_each_kind_is_the_same_by_the_slow_way() -> None:
    _agree(_city(7), _one_of_each_kind(), Engine.DUCKDB)


@pytest.mark.prove
@pytest.mark.parametrize("engine", list(Engine))
def test_every_measure_is_the_same_by_the_slow_way(engine) -> None:
    _agree(_city(7), ALL, engine)


@pytest.mark.prove
def test_cohorts_are_the_same_by_the_slow_way() -> None:
    _agree(_city(5, 24, 8), [MEASURES[key] for key in sorted(COHORTS)], Engine.DUCKDB)


CELLS = st.lists(
    st.tuples(st.sampled_from(sorted(RETURNS)), st.integers(0, 10_000), st.integers(0, 60), st.booleans()),
    min_size=1,
    max_size=30,
)
FEW = st.lists(st.sampled_from(ALL), min_size=1, max_size=4, unique_by=lambda one: one.key)
SEARCHING = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=4, **SEARCHING)
@given(cells=CELLS, chosen=FEW)
def test_empty_cells_are_left_out_above_and_below_alike(cells, chosen) -> None:
    _agree(_altered(_city(3), cells), chosen, Engine.POLARS)


@pytest.mark.prove
@settings(max_examples=10, **SEARCHING)
@given(
    seed=st.integers(0, 5),
    schools=st.integers(8, 40),
    cells=CELLS,
    absent=st.sets(st.sampled_from(sorted(RETURNS)), max_size=2),
    engine=st.sampled_from(list(Engine)),
)
def test_every_measure_of_any_small_city_is_the_same_by_the_slow_way(seed, schools, cells, absent, engine) -> None:
    """With cells that are empty or 0, and returns that nobody handed in."""
    frames = _altered(_city(seed, schools), cells)
    there = {(key, year): frame for (key, year), frame in frames.items() if key not in absent or year < YEAR}
    _agree(there, ALL, engine, absent)


@pytest.mark.prove
def test_counties_summed_are_the_city_measured_at_once() -> None:
    frames = Frames(_city(7))
    counties = measure(ALL, frames, year=YEAR, by=By.COUNTY, values=VALUES, engine=Engine.POLARS)
    city = measure(ALL, frames, year=YEAR, by=By.CITY, values=VALUES, engine=Engine.POLARS)
    summed = {(row.measure.key, row.division): row for row in rollup(counties.rows)}
    assert summed.keys() == {(row.measure.key, row.division) for row in city.rows}
    for row in city.rows:
        other = summed[row.measure.key, row.division]
        assert other.moment == row.moment or math.isclose(float(other.value or 0), float(row.value or 0), rel_tol=1e-20)


def test_schools_and_townships_add_up_to_their_counties() -> None:
    chosen = [MEASURES["compulsory_large_class_rate"], MEASURES["affordable_share"], MEASURES["primary_teaching_rooms"]]
    frames = Frames(_city(7))
    levels = {by: measure(chosen, frames, year=YEAR, by=by, values=VALUES, places=Institutions.township) for by in By}
    for by in (By.SCHOOL, By.TOWNSHIP):
        county_of = {(row.measure.key, row.division): row.county for row in levels[by].rows}
        for one in chosen:
            for county, row in levels[By.COUNTY].of(one.key).items():
                inside = [
                    part for part in levels[by].of(one.key).values() if county_of[one.key, part.division] == county
                ]
                assert sum(part.moment.whole for part in inside) == row.moment.whole
                assert sum(part.moment.part for part in inside) == row.moment.part
