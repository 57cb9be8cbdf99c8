"""Hours, credits and practice of teachers by number: domain.md §16.3."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.learning import Earned, Span, Stay, credits_of, done, hours_of, lot, practised
from luoshi.learning.hours import Asked, spell

D = Decimal
FIVE_YEARS = (date(2016, 1, 1), date(2020, 12, 31))


def _years(*hours: int) -> list[Earned]:
    return [Earned(f"e{at}", date(2016 + at, 5, 1), D(one), "county") for at, one in enumerate(hours)]


def test_tv_16b_hours_of_five_years_are_four_short() -> None:
    told = done(_years(60, 84, 72, 90, 50), Asked(D(360), Span.CYCLE), *FIVE_YEARS)
    assert (told.counted, told.short, told.met) == (356, 4, False)
    assert done(_years(60, 84, 72, 90, 54), Asked(D(360), Span.CYCLE), *FIVE_YEARS).met


def test_an_hour_counts_once_however_many_lists_it_comes_from() -> None:
    twice = [
        Earned("国培2019", date(2019, 7, 1), D(80), "national"),
        Earned("国培2019", date(2019, 7, 9), D(80), "county"),
    ]
    assert done(twice, Asked(D(360), Span.CYCLE), *FIVE_YEARS).counted == 80


def test_what_goes_beyond_the_cap_of_a_kind_is_told_and_not_counted() -> None:
    rows = [Earned(f"s{at}", date(2018, 3, 1), D(70), "school") for at in range(3)]
    told = done(rows, Asked(D(360), Span.CYCLE, caps={"school": D(180)}), *FIVE_YEARS)
    assert [(one.kind, one.earned, one.counted) for one in told.kinds] == [("school", 210, 180)]


def test_50_hours_of_it_2_0_need_half_in_practice() -> None:
    asked = Asked(D(50), Span.CYCLE, frozenset({"it"}), practice=D(50))
    few = [Earned("a", date(2019, 1, 1), D(30), "it"), Earned("b", date(2019, 2, 1), D(24), "it", D(24))]
    told = done(few, asked, *FIVE_YEARS)
    assert (told.counted, told.practice, told.practice_short, told.short, told.met) == (54, 24, 1, 1, False)
    assert done([*few, Earned("c", date(2019, 3, 1), D(1), "it", D(1))], asked, *FIVE_YEARS).met
    assert not done([*few, Earned("c", date(2019, 3, 1), D(9), "ethics", D(9))], asked, *FIVE_YEARS).met


def test_the_first_year_asks_120_hours_from_the_first_working_day_to_the_day_before_its_return() -> None:
    assert spell(Span.FIRST_YEAR, date(2020, 8, 31), date(2019, 9, 1)) == (date(2019, 9, 1), date(2020, 8, 31))
    assert spell(Span.FIRST_YEAR, date(2020, 9, 1), date(2019, 9, 1)) is None
    assert spell(Span.FIRST_YEAR, date(2020, 9, 1)) is None


@pytest.mark.parametrize(
    ("span", "on", "since", "until"),
    [
        (Span.CYCLE, date(2018, 3, 1), date(2016, 1, 1), date(2020, 12, 31)),
        (Span.CYCLE, date(2021, 1, 1), date(2021, 1, 1), date(2025, 12, 31)),
        (Span.ROLLING, date(2020, 8, 31), date(2015, 9, 1), date(2020, 8, 31)),
        (Span.ROLLING, date(2020, 2, 29), date(2015, 3, 1), date(2020, 2, 29)),
        (Span.YEAR, date(2020, 8, 31), date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_cycle_is_fixed_or_ends_today(span: Span, on: date, since: date, until: date) -> None:
    assert spell(span, on, None, 2016) == (since, until)


def test_a_day_in_an_enterprise_counts_once_and_every_year_wants_its_month() -> None:
    stays = [
        Stay(date(2016, 7, 1), date(2016, 8, 29)), Stay(date(2016, 8, 20), date(2016, 8, 31)), Stay(date(2018, 7, 1), date(2018, 9, 30)),
        Stay(date(2019, 7, 1), date(2019, 7, 20)),
    ]  # fmt: skip
    told = practised(stays, range(2016, 2021), 180, 30)
    assert (told.days, told.short, told.poor_years) == (62 + 92 + 20, 6, (2017, 2019, 2020))


def test_ten_hours_are_a_credit_both_ways() -> None:
    assert credits_of(D(356), D(10)) == D("35.6")
    assert hours_of(D("35.6"), D(10)) == 356


def test_tv_10a_the_lot_of_places_is_the_lot_of_the_public_draw() -> None:
    seed = "LY-2020-MBX-001/20200718/483920/717305/062844"
    codes = [f"S0000{one}" for one in range(1, 9)]
    assert [int(one[-1]) for one in sorted(codes, key=lambda one: lot(seed, one))] == [1, 8, 2, 7, 5, 6, 3, 4]
    assert lot(seed, "S00001").startswith("093552515483")
