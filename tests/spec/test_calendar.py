"""Working days by the office calendar: the worked examples by their number, and what holds for any day."""

import itertools
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.words.calendars import Calendar, SpecialDay, national

DAY = timedelta(days=1)
CALENDAR = national()
DAYS = st.dates(date(2016, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("number", "start", "count", "end"),
    [
        ("TV-24a", date(2020, 1, 16), 5, date(2020, 1, 22)),
        ("TV-24b", date(2020, 4, 24), 5, date(2020, 4, 30)),
        ("TV-24c", date(2020, 4, 30), 3, date(2020, 5, 8)),
        ("TV-24d, June", date(2020, 6, 24), 1, date(2020, 6, 28)),
        ("TV-24d, September", date(2020, 9, 30), 1, date(2020, 10, 9)),
        ("TV-24e", date(2020, 9, 15), 20, date(2020, 10, 19)),
    ],
)
def test_the_last_day_of_so_many_working_days(number: str, start: date, count: int, end: date) -> None:
    assert CALENDAR.plus_workdays(start, count) == end, number
    assert CALENDAR.workdays_between(start, end) == count, number


def test_tv_24f_sixty_calendar_days_cross_a_leap_day_and_end_on_a_day_that_is_worked() -> None:
    assert CALENDAR.next_workday(date(2020, 1, 10) + timedelta(days=60)) == date(2020, 3, 10)


def test_tv_22f_a_report_due_in_the_october_holiday_moves_behind_it() -> None:
    assert CALENDAR.next_workday(date(2020, 10, 5)) == date(2020, 10, 9)


def test_the_working_days_of_2020_month_by_month() -> None:
    firsts = [date(2020, month, 1) for month in range(1, 13)] + [date(2021, 1, 1)]
    counts = [
        CALENDAR.workdays_between(first - DAY, following - DAY) for first, following in itertools.pairwise(firsts)
    ]
    assert counts == [17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23]
    assert sum(counts) == 249


@pytest.mark.parametrize("made_up", [date(2020, 1, 19), date(2020, 4, 26), date(2020, 6, 28), date(2020, 10, 10)])
def test_a_made_up_weekend_day_is_worked(made_up: date) -> None:
    assert made_up.weekday() >= 5
    assert CALENDAR.is_workday(made_up)


def test_the_extended_spring_festival_of_2020_is_known() -> None:
    assert not CALENDAR.is_workday(date(2020, 1, 31))
    assert not CALENDAR.is_workday(date(2020, 2, 1))
    assert CALENDAR.is_workday(date(2020, 2, 3))


def test_a_year_without_a_notice_has_weekends_only_and_says_so() -> None:
    assert CALENDAR.provisional(2050)
    assert not any(CALENDAR.provisional(year) for year in range(2016, 2026))
    assert CALENDAR.is_workday(date(2050, 10, 3))
    assert not CALENDAR.is_workday(date(2050, 10, 1))


def test_a_city_that_names_the_october_holiday_of_a_year_makes_it_known() -> None:
    told = CALENDAR.over([SpecialDay(date(2050, 10, day), works=False, name="国庆节") for day in range(1, 8)])
    assert not told.provisional(2050)
    assert told.next_workday(date(2050, 10, 1)) == date(2050, 10, 10)


def test_a_citys_own_days_go_over_the_national_ones_both_ways() -> None:
    off, work = date(2021, 9, 6), date(2021, 10, 2)
    own = CALENDAR.over([SpecialDay(off, works=False, name="演示"), SpecialDay(work, works=True, name="演示")])
    assert CALENDAR.is_workday(off)
    assert not own.is_workday(off)
    assert own.is_workday(work)
    back = own.over([SpecialDay(off, works=True, name="演示"), SpecialDay(work, works=False, name="演示")])
    assert back.is_workday(off)
    assert not back.is_workday(work)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.plus_workdays(date(2020, 1, 1), -1)


@given(DAYS, st.integers(0, 40))
def test_adding_and_counting_undo_each_other(start: date, count: int) -> None:
    end = CALENDAR.plus_workdays(start, count)
    assert CALENDAR.workdays_between(start, end) == count
    assert CALENDAR.workdays_between(end, start) == -count
    assert count == 0 or CALENDAR.is_workday(end)


@given(DAYS)
def test_a_day_moves_forward_to_the_nearest_that_is_worked(day: date) -> None:
    moved = CALENDAR.next_workday(day)
    assert moved >= day
    assert CALENDAR.is_workday(moved)
    assert not any(CALENDAR.is_workday(day + number * DAY) for number in range((moved - day).days))


@given(st.frozensets(DAYS, max_size=8), st.frozensets(DAYS, max_size=8), DAYS)
def test_a_calendar_says_of_a_day_what_it_was_told(off: frozenset[date], work: frozenset[date], day: date) -> None:
    wanted = day in work or (day not in off and day.weekday() < 5)
    assert Calendar(off, work).is_workday(day) is wanted


def test_any_stretch_counts_like_one_day_after_the_other() -> None:
    chance = random.Random(20)
    own = CALENDAR.over(
        SpecialDay(date(2021, 3, 1) + DAY * n, chance.random() < 0.5, "县庆日") for n in range(0, 300, 7)
    )
    for calendar in (CALENDAR, own):
        for _ in range(400):
            start = date(2019, 1, 1) + DAY * chance.randrange(2200)
            end = start + DAY * chance.randrange(500)
            days = [start + DAY * n for n in range(1, (end - start).days + 1)]
            assert calendar.workdays_between(start, end) == sum(map(calendar.is_workday, days)), (start, end)
