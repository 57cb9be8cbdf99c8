"""A made-up year of due things, and what should be said of them, reckoned the slow obvious way. 演示数据（虚构）.

The working days are asked of chinesecalendar day by day, never of our own calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from luoshi.tracking.dues import Due, DueKind, Habits, Member

DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)
YEAR = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]
_REACH = [date(2019, 6, 1) + number * DAY for number in range(900)]
WORKED = [day for day in _REACH if chinese_calendar.is_workday(day)]
OFFICES = [f"K{number:02}" for number in range(20)]
UNITS = [f"9901{number:02}" for number in range(16)]
LEADERS = [f"分管{number}" for number in range(5)]


def members() -> list[Member]:
    """A contact for three sections in four, a head for all but one, leaders, 督查室, and one in each unit but one."""
    told = [Member("ducha", "督查", "supervisor", "BGS")]
    told += [Member(f"fenguan{at}", name, "leader", charge=name) for at, name in enumerate(LEADERS)]
    told += [Member(f"ke-{code}", code, "section", code) for code in OFFICES[:-1]]
    told += [Member(f"lian-{code}", code, "contact", code) for at, code in enumerate(OFFICES) if at % 4]
    told += [Member(f"qu-{code}", code, "county", division=code) for code in UNITS[:-1]]
    return told


@dataclass(frozen=True, slots=True)
class Owed:
    """A due thing and the day it was answered, None when never."""

    due: Due
    closed: date | None


def owed(plans: int, items: int, units: int) -> list[Owed]:
    """So many plans of so many items each, over the whole year, each naming so many units; most are answered in time."""
    found = []
    for number in range(plans * items):
        on = LAST if number % 5 == 0 else FIRST + (number * 37 % 366) * DAY
        office = number % len(OFFICES)
        due = Due(
            f"item/{number}",
            DueKind.MILESTONE if number % 7 == 0 else DueKind.ITEM,
            f"{number}.1 新建公办幼儿园{number}所",
            on,
            OFFICES[office],
            tuple(UNITS[:units]),
            leader=LEADERS[office % len(LEADERS)],
            link=f"/items/{number}/",
        )
        closed = None if number % 3 == 0 else on + (number % 25 - 12) * DAY
        found.append(Owed(due, closed))
    return found


def wanted(on: date, habits: Habits, closed: date | None) -> list[tuple[date, int]]:
    """By day and step every reminder of a thing due on a day, when a round is run daily from the first of January."""
    at = max(place for place, day in enumerate(WORKED) if day <= on)
    told = [(WORKED[at - count], -count) for count in habits.before]
    told += [(WORKED[at], 0)] if habits.on_day else []
    told += [(WORKED[at + 1 + habits.every * number], number + 1) for number in range(habits.most)]
    told.sort()
    early = [one for one in told if one[0] < FIRST]
    first = next(day for day in WORKED if day >= FIRST)
    if early and not any(day == first for day, _ in told):
        told.append((first, early[-1][1]))
    return sorted((day, step) for day, step in told if FIRST <= day <= LAST and (closed is None or day < closed))


def reminders(year: list[Owed], habits: Habits) -> Iterator[tuple[date, str, str, int, bool]]:
    """Day, login, mark, step and whether it is a copy: everything that should go out in the year."""
    people = {one.login for one in members()}
    for one in year:
        due = one.due
        chain = [f"lian-{due.office}", f"ke-{due.office}", f"fenguan{LEADERS.index(due.leader)}", "ducha"]
        inside = [login for login in chain if login in people]
        main = {inside[0], *(f"qu-{code}" for code in due.divisions if f"qu-{code}" in people)}
        above = {inside[1]}
        if (
            len(main) > 1
        ):  # a unit's copy goes to the head of the section that leads, or to the leader where there is none
            above.add(next(login for login in inside if not login.startswith("lian-")))
        for place, (day, step) in enumerate(wanted(due.on, habits, one.closed)):
            yield from ((day, login, due.mark, step, False) for login in main)
            if place >= habits.patience:
                yield from ((day, login, due.mark, step, True) for login in above - main)
