"""Measures by cells, by counties and by posts: the engines say what a plain loop says, whatever cells are empty or alone."""

from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.declared.returns import RETURNS
from luoshi.measuring import By, Engine, Frames, in_force, measure, rollup
from tests.plain_measures import Plain

YEAR = 2020
VALUES = in_force(PARAMETERS, date(YEAR, 9, 1))
KEYS = (
    "rural_pay_ratio",
    "rural_pay_cells_passing",
    "special_post_pay_ratio",
    "counties_at_rural_parity",
    "counties_at_pay_parity",
    "teachers_at_pay_parity",
    "myopia_rate",
    "primary_posts_missing",
    "primary_posts_missing_by_school",
)
COUNTIES = st.sampled_from(["990102", "990103"])
FEW = st.none() | st.integers(0, 40)
STAGES = st.sampled_from(["primary", "junior"])
SCHOOLS = st.integers(0, 5).map(lambda at: (f"2199{at:06d}", "990102" if at < 3 else "990103"))


def _rows(kind: str, **columns: st.SearchStrategy) -> st.SearchStrategy[pl.DataFrame]:
    schema = RETURNS[kind].schema()
    told = st.lists(st.fixed_dictionaries(columns), max_size=14)
    return told.map(lambda rows: pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema))


def _placed(row: tuple[tuple[str, str], str, dict]) -> dict:
    (school, county), stage, more = row
    return {"school": school, "county": county, "stage": stage, **more}


def _school_rows(kind: str, **columns: st.SearchStrategy) -> st.SearchStrategy[pl.DataFrame]:
    schema = RETURNS[kind].schema()
    unique = {"unique_by": lambda row: (row[0], row[1])}
    told = st.lists(st.tuples(SCHOOLS, STAGES, st.fixed_dictionaries(columns)), max_size=10, **unique)
    return told.map(lambda rows: pl.DataFrame([{**dict.fromkeys(schema), **_placed(row)} for row in rows], schema))


PAY = _rows(
    "pay_totals",
    county=COUNTIES,
    group=st.sampled_from(["established", "special_post"]),
    place=st.sampled_from(["village", "town", "county_town"]),
    stage=STAGES,
    post_grade=st.sampled_from(["senior", "middle"]),
    service=st.sampled_from(["up_to_5", None]),
    person_months=FEW,
    total=FEW,
)
CIVIL = _rows("civil_servant_pay", county=COUNTIES, person_months=FEW, total=FEW)
BANDS = _school_rows(
    "class_bands", operator=st.sampled_from(["public", "private"]), pupils=FEW, classes=st.integers(0, 3)
)
HELD = _school_rows("staff_counts", established=FEW)
SIGHT = _rows(
    "vision", county=COUNTIES, stage=STAGES, pupil=st.just("v0000001"), myopic=st.sampled_from([True, False, None])
)


def _agree(frames: dict[tuple[str, int], pl.DataFrame], engine: Engine) -> None:
    chosen = [MEASURES[key] for key in KEYS]
    counties = measure(chosen, Frames(frames), year=YEAR, values=VALUES, engine=engine)
    city = measure(chosen, Frames(frames), year=YEAR, by=By.CITY, values=VALUES, engine=engine)
    slow = Plain(frames, VALUES)
    for one in chosen:
        expected = {county: value for county, value in slow.measured(one, YEAR).items() if value is not None}
        found = {county: row.value for county, row in counties.of(one.key).items() if row.value is not None}
        assert found.keys() == expected.keys(), one.key
        for county, value in found.items():
            assert abs(value - Fraction(expected[county])) <= Fraction(abs(value), 10**9), one.key
    summed = {row.measure.key: row.moment for row in rollup(counties.rows)}
    assert {row.measure.key: row.moment for row in city.rows} == summed


def _frames(pay, civil, bands, held, sight) -> dict[tuple[str, int], pl.DataFrame]:
    named = ("pay_totals", "civil_servant_pay", "class_bands", "staff_counts", "vision")
    return {(key, YEAR): frame for key, frame in zip(named, (pay, civil, bands, held, sight), strict=True)}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAY, CIVIL, BANDS, HELD, SIGHT)
def test_groups_are_the_same_by_the_slow_way(pay, civil, bands, held, sight) -> None:
    _agree(_frames(pay, civil, bands, held, sight), Engine.POLARS)


@pytest.mark.prove
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAY, CIVIL, BANDS, HELD, SIGHT, st.sampled_from(list(Engine)))
def test_groups_are_the_same_by_the_slow_way_many_times(pay, civil, bands, held, sight, engine) -> None:
    _agree(_frames(pay, civil, bands, held, sight), engine)
