"""What is due, who works where, and the habits of reminding (提醒规则): the nouns of a round of reminders.

A due thing is reminded of in steps: so many working days before (advance), on the day, and so often after it. A step is a
whole number: −5 is the notice five working days before, 0 the one on the day, 2 the second after the day. Days are dates
in UTC+8. The numbers below are product defaults, not a rule of any office; domain §22 and §24 say where they come from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from luoshi.words.calendars import Calendar

_DAY = timedelta(days=1)


class DueKind(StrEnum):
    """What sort of thing has a day."""

    ITEM = "item"
    """督查事项: a commitment's own day."""
    MILESTONE = "milestone"
    """时间节点."""
    REPORT = "report"
    """进展反馈 that an office owes for a period."""
    AGREEMENT = "agreement"
    """对数: figures that a unit is to answer."""
    PAPER = "paper"
    """督办单 or another paper that wants an answer."""
    ROUND = "round"
    """填报任务 or another round that many answer."""
    CASE = "case"
    """办件 whose next step has a last day, or entries of a list that end."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that somebody owes by a day."""

    key: str
    """Stable name, "item/12": the same thing on another day keeps it."""
    kind: DueKind
    what: str
    """One Chinese line, for a person who knows the work."""
    on: date
    """完成时限."""
    office: str = ""
    """Code of the section that leads; empty when none does."""
    divisions: tuple[str, ...] = ()
    """Codes of the units that answer for it besides."""
    people: tuple[str, ...] = ()
    """Logins of those who owe it by name; they take the place of the section's contact."""
    leader: str = ""
    """分管局领导, as sections name him."""
    link: str = ""
    """Where it stands on the pages, from the root."""
    audience: str = ""
    """知悉范围; only members who see it are told. Empty is everybody who works on it."""

    @property
    def mark(self) -> str:
        """Under which it is remembered that it was sent: a day that was moved begins anew."""
        return f"{self.key}@{self.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Member:
    """One person who can be reminded."""

    login: str
    name: str
    role: str
    """contact, section, leader, supervisor or county; others are never reminded unless they are named."""
    office: str = ""
    division: str = ""
    charge: str = ""
    """For a leader: the name under which sections have him as leader in charge."""
    sees: tuple[str, ...] = ()
    """Audiences he belongs to."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One reminder that went out."""

    day: date
    person: str
    """Login."""
    due: str
    """Mark of the due thing."""
    step: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How a city reminds; one version of it."""

    version: int = 1
    before: tuple[int, ...] = (10, 5, 1)
    """Working days before the day, most first."""
    on_day: bool = True
    """Whether there is one on the day itself."""
    every: int = 5
    """Working days from one reminder after the day to the next; the first comes on the first working day after."""
    most: int = 6
    """So many after the day; then the escalation papers go on, which a person sends."""
    patience: int = 3
    """After so many without an answer the next above inside the bureau gets a copy; 0 is never."""
    apart: int = 1
    """Working days at least between two reminders of one thing to one person; the one on the day always goes."""


DEFAULT_HABITS = Habits()
"""Product defaults."""


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder a due thing asks for."""

    number: int
    """−N working days before, 0 on the day, N the Nth after it."""
    day: date
    """The working day it falls on."""


def last_workday(day: date, calendar: Calendar) -> date:
    """The day itself when it is worked, else the last before it: where an advance notice moves."""
    while not calendar.is_workday(day):
        day -= _DAY
    return day


def workdays_before(day: date, count: int, calendar: Calendar) -> date:
    """The working day that lies so many working days before one."""
    for _ in range(count):
        day = last_workday(day - _DAY, calendar)
    return day


def steps(on: date, habits: Habits, calendar: Calendar) -> tuple[Step, ...]:
    """Every reminder a thing due on a day asks for, in order, each on a working day of its own.

    A day that is not worked is told of on the working day before it, and advance notices are counted from there; what
    follows the day is counted by working days after it.
    """
    return tuple(_steps(on, habits, calendar))


def _steps(on: date, habits: Habits, calendar: Calendar) -> Iterator[Step]:
    told = last_workday(on, calendar)
    for count in sorted(set(habits.before), reverse=True):
        yield Step(-count, workdays_before(told, count, calendar))
    if habits.on_day:
        yield Step(0, told)
    after = on
    for number in range(1, habits.most + 1):
        after = calendar.plus_workdays(after, 1 if number == 1 else habits.every)
        yield Step(number, after)


def silent_from(on: date, habits: Habits, calendar: Calendar) -> date:
    """The first day on which nothing is said any more of a thing due on a day."""
    return calendar.plus_workdays(on, 1 + habits.most * habits.every)


def monthly_report(year: int, month: int, calendar: Calendar) -> date:
    """月报: the 5th, or the first working day after it."""
    return calendar.next_workday(date(year, month, 5))


def report_day(on: date, calendar: Calendar) -> date:
    """When a report on what is due 月底 or 年底 is in: the last working day up to that day."""
    return last_workday(on, calendar)
