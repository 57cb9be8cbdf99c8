"""Working days by the office calendar (办公日历): weekends, public holidays and the weekend days made up for them.

民法典 art. 201–203 (before 2021 民法总则, same articles): the first day is not counted; a last day that is a holiday moves
behind the holiday. Days are plain dates in UTC+8, without a time.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chinese_calendar import constants

_DAY = timedelta(days=1)
_SATURDAY = 5
_NATIONAL_DAY = (10, 1)


def month_end(year: int, month: int) -> date:
    """月底: the last calendar day of a month."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day that a city's own calendar names: it goes over the national one."""

    day: date
    works: bool
    """True for a day that is worked, False for one that is off."""
    name: str
    """Why, for example 县庆日 or 汛期调休."""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days an office works."""

    off: frozenset[date] = frozenset()
    """Days off by notice, the weekends inside a holiday among them."""
    work: frozenset[date] = frozenset()
    """Weekend days that are worked (调休上班)."""

    def is_workday(self, day: date) -> bool:
        """Whether offices are open: made up → yes, off → no, else Monday to Friday."""
        return day in self.work or (day not in self.off and day.weekday() < _SATURDAY)

    def next_workday(self, day: date) -> date:
        """The day itself when it is worked, else the first after it: where a deadline on a holiday moves."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def plus_workdays(self, start: date, count: int) -> date:
        """The last day of “N个工作日内”: the Nth working day after `start`, which is not counted itself.

        Raises:
            ValueError: when `count` is negative.
        """
        if count < 0:
            message = "working days are counted forward"
            raise ValueError(message)
        for _ in range(count):
            start = self.next_workday(start + _DAY)
        return start

    def minus_workdays(self, end: date, count: int) -> date:
        """The Nth working day before `end`, which is not counted itself: when an inner warning falls due.

        Raises:
            ValueError: when `count` is negative.
        """
        if count < 0:
            message = "working days are counted back"
            raise ValueError(message)
        for _ in range(count):
            end -= _DAY
            while not self.is_workday(end):
                end -= _DAY
        return end

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and with `end`; negative when `end` is the earlier one."""
        if end < start:
            return -self.workdays_between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        plain = weeks * _SATURDAY + sum((start + number * _DAY).weekday() < _SATURDAY for number in range(1, rest + 1))
        rests, works = _exceptions(self)
        return plain - _within(rests, start, end) + _within(works, start, end)

    def provisional(self, year: int) -> bool:
        """Whether the year's notice is not known yet, so that only weekends count: a year is known by its 1 October."""
        return date(year, *_NATIONAL_DAY) not in self.off

    def over(self, days: Iterable[SpecialDay]) -> "Calendar":
        """This calendar with a city's own days laid over it."""
        told = {one.day: one.works for one in days}
        work = frozenset(day for day, works in told.items() if works)
        off = frozenset(told) - work
        return Calendar((self.off | off) - work, (self.work | work) - off)


def _within(days: Sequence[date], start: date, end: date) -> int:
    """How many of the sorted days lie after `start`, up to and with `end`."""
    return bisect_right(days, end) - bisect_right(days, start)


@cache
def _exceptions(calendar: Calendar) -> tuple[list[date], list[date]]:
    """Weekdays nobody works and weekend days that are made up, each sorted."""
    rests = sorted(day for day in calendar.off - calendar.work if day.weekday() < _SATURDAY)
    return rests, sorted(day for day in calendar.work if day.weekday() >= _SATURDAY)


@cache
def national() -> Calendar:
    """Every year the State Council's notices (国务院办公厅关于部分节假日安排的通知) are known for, as chinesecalendar keeps them."""
    return Calendar(frozenset(constants.holidays), frozenset(constants.workdays))
