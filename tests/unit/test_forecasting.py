"""按当前进度测算: reckoned again by hand, wide where little is known, and silent where nothing may be said."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.tracking.forecasting import LEVEL, MOST, QUANTILES, forecast, whole
from tests.examples import some

YEARS = tuple(date(year, 9, 1) for year in range(2017, 2022))
DUE = date(2021, 12, 31)


def _yearly(*values: str) -> list[tuple[date, Decimal]]:
    return [(on, Decimal(value)) for on, value in zip(YEARS, values, strict=False)]


def test_a_series_that_never_strays_goes_straight_on_and_proves_nothing() -> None:
    on = [date(2021, 1, 1) + timedelta(days=100 * at) for at in range(3)]
    found = forecast([(day, Decimal(10 + at)) for at, day in enumerate(on)], on[-1] + timedelta(days=50))
    assert found is not None
    assert (found.central, found.low, found.high, found.still) == (
        Decimal("12.5"),
        Decimal("12.5"),
        Decimal("12.5"),
        True,
    )
    assert (found.points, found.since, found.last) == (3, on[0], on[-1])


def test_three_points_are_reckoned_by_hand() -> None:
    """4.6, 3.4, 2.8 at 100 days each: μ = −0.9 a hundred days, both changes stray by 0.3; 100 days on."""
    on = [date(2021, 1, 1) + timedelta(days=100 * at) for at in range(4)]
    found = forecast(list(zip(on, map(Decimal, ("4.6", "3.4", "2.8")), strict=False)), on[3])
    assert found is not None
    assert found.central == Decimal("1.9")
    # s² = (0.09 + 0.09)/100/1, so the variance 100 days on is 0.18 · 1.5 = 0.27; t(1) = 3.077684
    half = Decimal("3.077684") * Decimal("0.27").sqrt()
    assert abs(found.high - (Decimal("1.9") + half)) < Decimal("0.000002")
    assert found.low == Decimal("0.300788")
    assert found.high == Decimal("3.499212")


@pytest.mark.parametrize(
    ("series", "due", "breaks"),
    [
        ([], DUE, ()),
        (_yearly("5", "4"), DUE, ()),
        (_yearly("5", "4", "3"), YEARS[2], ()),
        (_yearly("5", "4", "3", "2"), DUE, (YEARS[2],)),
        ([(YEARS[0], Decimal(1)), (YEARS[0], Decimal(2)), (YEARS[1], Decimal(3))], DUE, ()),
    ],
)
def test_too_short_a_series_says_nothing(
    series: list[tuple[date, Decimal]], due: date, breaks: tuple[date, ...]
) -> None:
    assert forecast(series, due, breaks=breaks) is None


def test_what_lies_before_a_break_is_not_looked_at() -> None:
    series = _yearly("90", "5", "4", "3")
    found = forecast(series, DUE, breaks=(YEARS[1], date(2030, 1, 1)))
    assert found == forecast(series[1:], DUE)


def test_a_share_is_never_told_below_0_or_above_100() -> None:
    found = forecast(_yearly("96", "98", "99.9"), date(2023, 12, 31), within=(Decimal(0), Decimal(100)))
    assert found is not None
    assert found.high == 100
    falling = forecast(_yearly("3", "2.9", "0.2"), date(2023, 12, 31))
    assert falling is not None
    assert (falling.central, falling.low) == (0, 0)


def test_only_the_newest_points_are_looked_at() -> None:
    on = [date(2000 + at, 9, 1) for at in range(MOST + 5)]
    series = [(day, Decimal(at * at)) for at, day in enumerate(on)]
    found = forecast(series, date(2030, 1, 1))
    assert found is not None
    assert (found.points, found.since) == (MOST, on[5])


def test_quantiles_fall_towards_those_of_the_normal() -> None:
    assert list(QUANTILES) == sorted(QUANTILES, reverse=True)
    assert len(QUANTILES) >= MOST - 2
    assert QUANTILES[-1] > Decimal(NormalDist().inv_cdf((100 + LEVEL) / 200))


_VALUES = st.lists(st.integers(0, 400), min_size=3, max_size=6)


@settings(max_examples=some(45), deadline=None)
@given(_VALUES, st.integers(1, 400), st.integers(1, 9))
def test_the_middle_lies_in_an_interval_that_widens_and_scales(values: list[int], ahead: int, by: int) -> None:
    on = [date(2018, 9, 1) + timedelta(days=300 * at) for at in range(len(values))]
    series = [(day, Fraction(value)) for day, value in zip(on, values, strict=True)]
    near, far = (forecast(series, on[-1] + timedelta(days=ahead * one), within=(None, None)) for one in (1, 2))
    assert near is not None
    assert far is not None
    assert near.low <= near.central <= near.high
    assert far.high - far.low >= near.high - near.low
    times = forecast([(day, value * by) for day, value in series], near.due, within=(None, None))
    assert times is not None
    assert abs(times.central - near.central * by) <= Decimal("0.00001")
    assert abs((times.high - times.low) - (near.high - near.low) * by) <= Decimal("0.0001")


def test_things_are_forecast_whole_and_on_the_worse_side() -> None:
    on = [date(2021, 1, 1), date(2021, 4, 1), date(2021, 7, 1)]
    going = forecast(list(zip(on, map(Decimal, (0, 5, 8)), strict=True)), date(2021, 12, 31))
    assert going
    assert going.central != going.central.to_integral_value()
    more, less = whole(going, upper=False), whole(going, upper=True)
    assert more.central < going.central < less.central
    assert less.central - more.central == 1
    assert (more.low, more.high) == (less.low, less.high)
    assert more.low <= going.low <= going.high <= more.high
    assert all(one == one.to_integral_value() for one in (more.low, more.central, more.high))
