"""Seasonal paths: by knots and steps, over years and pauses, beside a sum over every single day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.declared.seasons import AUTUMN, BUILDING, BUILT_BY_JUNE, SEASON_OF, SEASON_PARAMETERS, STALE_AFTER
from luoshi.spine import Comparator, Kind, State, Target
from luoshi.tracking import DEFAULT, Day, Matter, Pause, by_indicator, paths_of, stand
from luoshi.tracking.course import course, path
from luoshi.tracking.seasons import Knot, Season
from luoshi.words.parameters import in_force
from tests.examples import some
from tests.xingzhou import figure

DAY = timedelta(days=1)
BEGUN, DUE = date(2021, 1, 1), date(2021, 12, 31)
BUILT = Target(Comparator.EXACTLY, Decimal(26), "所", 0, 1, due=DUE, indicator="kindergartens_added")
LEAP = Season("leap", "二月底", (Knot(2, 29, Decimal(40)),), stepwise=True)


@pytest.mark.parametrize(
    ("season", "to", "share"),
    [
        (BUILDING, date(2020, 12, 31), "0"),
        (BUILDING, date(2021, 3, 31), "5/100"),
        (BUILDING, date(2021, 6, 30), "30/100"),
        (BUILDING, date(2021, 7, 31), "475/1000"),
        (BUILDING, date(2021, 12, 31), "1"),
        (BUILDING, date(2022, 5, 1), "1"),
        (AUTUMN, date(2021, 8, 31), "0"),
        (AUTUMN, date(2021, 9, 1), "1"),
    ],
)
def test_a_plan_of_a_calendar_year_follows_the_knots(season: Season, to: date, share: str) -> None:
    assert season.expected(date(2020, 12, 31), DUE, to) == Fraction(share)


def test_a_plan_of_five_years_steps_every_autumn() -> None:
    begun, due = date(2020, 12, 31), date(2025, 12, 31)
    told = [AUTUMN.expected(begun, due, date(2020 + at, 9, 1)) for at in range(6)]
    assert told == [0, Fraction(1, 5), Fraction(2, 5), Fraction(3, 5), Fraction(4, 5), 1]
    assert AUTUMN.steps(begun, date(2022, 9, 1)) == (date(2021, 9, 1), date(2021, 12, 31), date(2022, 9, 1))


@pytest.mark.parametrize(
    ("begun", "due"), [(None, DUE), (BEGUN, None), (DUE, BEGUN), (date(2021, 9, 1), date(2021, 12, 30))]
)
def test_where_nothing_can_move_there_is_no_seasonal_path(begun: date | None, due: date | None) -> None:
    assert AUTUMN.expected(begun, due, DUE) is None


def test_a_knot_on_the_29th_of_february_is_the_28th_where_there_is_none() -> None:
    assert (LEAP.by(date(2021, 2, 27)), LEAP.by(date(2021, 2, 28))) == (2021, 2021 + Fraction(2, 5))
    assert (LEAP.by(date(2024, 2, 28)), LEAP.by(date(2024, 2, 29))) == (2024, 2024 + Fraction(2, 5))
    assert LEAP.by(date(1900, 2, 28)) == 1900 + Fraction(2, 5)


def test_own_shares_never_fall_back_or_pass_the_whole() -> None:
    own = BUILDING.with_values({BUILT_BY_JUNE.key: Decimal(70), "built_by_october": Decimal(140)})
    assert [one.percent for one in own.knots] == [5, 70, 70, 100]


def test_every_declared_season_and_period_has_a_parameter_that_says_so() -> None:
    values = in_force(SEASON_PARAMETERS, DUE)
    paths = paths_of(SEASON_OF, AUTUMN, STALE_AFTER, values)
    assert paths.seasons["dormitories_built"] == BUILDING
    assert paths.fresh_days["teacher_homes"] == 62
    assert {one.parameter for one in BUILDING.knots} <= values.keys()
    assert set(STALE_AFTER.values()) <= values.keys()


def _day(on: date, *told: tuple[str, date]) -> Day:
    figures = [figure(value, indicator="kindergartens_added", on=at, known=at) for value, at in told]
    paths = paths_of(SEASON_OF, AUTUMN, STALE_AFTER, in_force(SEASON_PARAMETERS, on))
    return Day(on, BEGUN, {}, by_indicator(figures), paths=paths)


def test_a_figure_is_stale_the_day_after_its_period_and_says_since_when() -> None:
    at = date(2021, 5, 1)
    fresh = stand(_day(date(2021, 7, 2), ("4", at)), BUILT, Kind.QUANTITY)
    stale = stand(_day(date(2021, 7, 3), ("4", at)), BUILT, Kind.QUANTITY)
    assert (fresh.state, stale.state) == (State.ON_COURSE, State.UNKNOWN)
    assert "自2021-07-03起没有近期的数" in stale.because
    matter = Matter(BUILT, date(2021, 7, 3), BEGUN, season=BUILDING, fresh_days=62)
    known = figure("4", on=at, known=at)
    found = course(matter, known, [known])
    assert found is not None
    assert found.stale == date(2021, 7, 3)
    assert (found.season, found.bound) == (BUILDING.label, 26)
    assert found.apart is not None
    assert (found.apart.things, found.apart.days) == (22, 181)


def test_the_path_bends_on_its_knots_and_stands_while_the_clock_stands() -> None:
    stood = Pause(date(2021, 7, 1), date(2021, 8, 31), approved="甲副局长批准")
    plain = Matter(BUILT, date(2021, 10, 1), date(2020, 12, 31), season=BUILDING)
    paused = Matter(BUILT, date(2021, 10, 1), date(2020, 12, 31), season=BUILDING, pauses=(stood,))
    assert path(plain, Fraction(0), Fraction(20)) == (
        (date(2020, 12, 31), 0),
        (date(2021, 3, 31), 1),
        (date(2021, 6, 30), 6),
        (date(2021, 8, 31), 13),
        (date(2021, 10, 31), 17),
        (DUE, 20),
    )
    told = dict(path(paused, Fraction(0), Fraction(20)))
    assert told[date(2021, 6, 30)] == told[date(2021, 8, 31)] == Fraction(20 * 30, 65)
    assert told[DUE] == 20


def test_a_step_is_drawn_upright_and_without_a_base_nothing_is_drawn() -> None:
    rate = Target(Comparator.AT_LEAST, Decimal(90), "%", 0, 1, due=DUE)
    matter = Matter(rate, date(2021, 10, 1), BEGUN, season=AUTUMN)
    told = path(matter, Fraction(80), Fraction(90))
    assert [(on, value) for on, value in told if on.month in {8, 9}] == [
        (date(2021, 8, 31), 80),
        (date(2021, 9, 1), 90),
    ]
    known = figure("85", "%", on=date(2021, 9, 1))
    found = course(matter, known, [known])
    assert found is not None
    assert found.path == (), "no 基期值 is declared, so nobody knows where the way begins"
    assert course(matter, figure(3, "所"), []) is None, "a count is not held against a rate"
    assert path(Matter(rate, DUE, None), Fraction(0), Fraction(1)) == ()


def _moves(season: Season, on: date) -> Fraction:
    """What moves on one day, told the slow way."""
    ends = [
        date(on.year - 1, 12, 31),
        *(date(on.year, one.month, one.day) for one in season.knots),
        date(on.year, 12, 31),
    ]
    shares = [Decimal(0), *(one.percent for one in season.knots), Decimal(100)]
    at = next(place for place, end in enumerate(ends) if on <= end)
    grown = Fraction(shares[at] - shares[at - 1]) / 100
    if season.stepwise:
        return grown if on == ends[at] else Fraction(0)
    return grown / (ends[at] - ends[at - 1]).days


@settings(max_examples=some(40), deadline=None)
@given(
    st.sampled_from((AUTUMN, BUILDING)),
    st.dates(date(2020, 6, 1), date(2021, 6, 1)),
    st.integers(1, 900),
    st.integers(0, 900),
    st.lists(st.tuples(st.integers(-50, 500), st.integers(0, 90)), max_size=2),
)
def test_a_share_is_what_moved_on_days_that_were_not_paused(
    season: Season, begun: date, length: int, gone: int, stood: list[tuple[int, int]]
) -> None:
    due, to = begun + length * DAY, begun + gone * DAY
    pauses = tuple(
        sorted((Pause(begun + at * DAY, begun + (at + days) * DAY) for at, days in stood), key=lambda one: one.begun)
    )
    every = [begun + at * DAY for at in range(1, length + 1)]
    running = [(on, _moves(season, on)) for on in every if not any(one.holds(on) for one in pauses)]
    whole = sum((share for _on, share in running), Fraction(0))
    found = season.expected(begun, due, to, pauses)
    if not whole:
        assert found is None
    else:
        assert found == sum((share for on, share in running if on <= to), Fraction(0)) / whole


def test_the_rules_are_still_those_that_the_reference_tells() -> None:
    assert (DEFAULT.stale_days, DEFAULT.yearly_days) == (120, 426)
