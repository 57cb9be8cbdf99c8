"""One day's round of reminders: who is told what, at most one digest a person, never on a day that is not worked.

Deterministic, and said once: what was sent is an argument, and a round that is run again with it says nothing new. What a
day missed (the computer was off) is caught up with by the step that is then the latest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.tracking.addressing import Roll, Seat
from luoshi.tracking.dues import Due, DueKind, Habits, Member, Sent, Step, silent_from, steps
from luoshi.words.calendars import Calendar

_ORDER = {kind: place for place, kind in enumerate(DueKind)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest."""

    due: str
    """Mark of the due thing."""
    step: int
    words: str
    copy: bool = False
    """True for whom it is only a copy of what others were told."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything one person is told on one day, most urgent first."""

    person: str
    """Login."""
    lines: tuple[Line, ...]


class _Memory:
    """What was sent before a day, as a round asks for it."""

    def __init__(self, day: date, sent: Iterable[Sent]) -> None:
        self.served: set[str] = set()
        """Those who had today's digest already."""
        self._last: dict[tuple[str, str], tuple[int, date, int]] = {}
        for one in sent:
            if one.day == day:
                self.served.add(one.person)
            elif one.day < day:
                key = (one.due, one.person)
                step, latest, times = self._last.get(key, (one.step, one.day, 0))
                self._last[key] = (max(step, one.step), max(latest, one.day), times + 1)

    def times(self, due: str, person: str, step: int) -> int:
        """How often somebody was reminded of it before a step."""
        found = self._last.get((due, person))
        return found[2] - (found[0] >= step) if found else 0

    def last(self, due: str, person: str) -> tuple[int, date] | None:
        """The latest step and day."""
        found = self._last.get((due, person))
        return (found[0], found[1]) if found else None


class _Round:
    """One round in the making."""

    def __init__(self, day: date, sent: Iterable[Sent], habits: Habits, calendar: Calendar) -> None:
        self.day, self.habits, self.calendar = day, habits, calendar
        self.memory = _Memory(day, sent)
        self._steps: dict[date, Step | None] = {}

    def step(self, on: date) -> Step | None:
        """The latest step that has come for things due on a day; None before the first and after the last."""
        if on not in self._steps:
            come = [one for one in steps(on, self.habits, self.calendar) if one.day <= self.day]
            over = not come or self.day >= silent_from(on, self.habits, self.calendar)
            self._steps[on] = None if over else come[-1]
        return self._steps[on]

    def lines(self, due: Due, seats: Sequence[Seat]) -> Iterator[tuple[str, Line]]:
        """By login what each is told of it; whoever is told gets no copy besides."""
        step = self.step(due.on)
        if step is None:
            return
        words = said(due, self.day, self.calendar)
        told = {one.login: one for seat in seats for one in seat.told}
        for login in told:
            if self._now(due.mark, login, step):
                yield login, Line(due.mark, step.number, words, link=due.link)
        for login, times in self._copied(due.mark, seats, step).items():
            if login not in told and self._now(due.mark, login, step):
                note = f"{words}（已提醒{times}次，供知悉）"
                yield login, Line(due.mark, step.number, note, copy=True, link=due.link)

    def _copied(self, mark: str, seats: Sequence[Seat], step: Step) -> dict[str, int]:
        """Who gets a copy, and after how many reminders: the most patient seat below counts."""
        found: dict[str, int] = {}
        for seat in seats:
            times = max(self.memory.times(mark, one.login, step.number) for one in seat.told)
            if self.habits.patience and times >= self.habits.patience:
                for one in seat.above:
                    found[one.login] = max(times, found.get(one.login, 0))
        return found

    def _now(self, mark: str, login: str, step: Step) -> bool:
        """Whether this step is still to be sent to him, and not too soon after the one before."""
        if login in self.memory.served:
            return False
        last = self.memory.last(mark, login)
        if last is None:
            return True
        number, day = last
        quick = step.number != 0 and self.calendar.workdays_between(day, self.day) < self.habits.apart
        return step.number > number and not quick


def round_of(
    day: date,
    dues: Iterable[Due],
    members: Iterable[Member],
    sent: Iterable[Sent],
    habits: Habits,
    calendar: Calendar,
) -> tuple[Digest, ...]:
    """What everybody is told on a day.

    Args:
        day: the day of the round; on one that is not worked nothing is said.
        dues: what is open; what was answered is not among it any more.
        members: who can be told.
        sent: what went out, of the days before and of this day.
        habits: how often.
        calendar: which days are worked.

    Returns:
        By login, one digest each; nobody who had one on this day is in it.
    """
    if not calendar.is_workday(day):
        return ()
    here, roll = _Round(day, sent, habits, calendar), Roll(members)
    told: dict[str, list[tuple[date, Due, Line]]] = {}
    for due in dues:
        if here.step(due.on) is not None:
            for login, line in here.lines(due, roll.seats(due)):
                told.setdefault(login, []).append((due.on, due, line))
    return tuple(
        Digest(login, tuple(line for _, _, line in sorted(lines, key=_urgency)))
        for login, lines in sorted(told.items())
    )


def _urgency(told: tuple[date, Due, Line]) -> tuple[bool, date, int, str]:
    """One's own before copies, then the longest past first."""
    on, due, line = told
    return line.copy, on, _ORDER[due.kind], due.key


def said(due: Due, day: date, calendar: Calendar) -> str:
    """One line about a due thing on a day, without a reproach: 还有5个工作日：… or 已过时限2个工作日：…."""
    apart = calendar.workdays_between(day, due.on)
    if day == due.on:
        return f"今天到期：{due.what}"
    if day < due.on:
        if apart:
            return f"还有{apart}个工作日：{due.what}（时限 {due.on}）"
        return f"时限 {due.on} 为休息日，今天是之前最后一个工作日：{due.what}"
    return f"已过时限{-apart}个工作日：{due.what}（时限 {due.on}）"


def subject(digest: Digest, day: date) -> str:
    """The heading of a digest: how many of each sort."""
    own = [line.step for line in digest.lines if not line.copy]
    counts = {
        "已过时限": sum(step > 0 for step in own),
        "今天到期": sum(step == 0 for step in own),
        "即将到期": sum(step < 0 for step in own),
        "供知悉": len(digest.lines) - len(own),
    }
    return f"{day} 提醒：" + "，".join(f"{name}{number}项" for name, number in counts.items() if number)


def body(digest: Digest, most: int = 30) -> str:
    """The digest as plain text, at most so many lines and how many more there are."""
    listed = [f"{place}. {line.words}" for place, line in enumerate(digest.lines[:most], start=1)]
    more = len(digest.lines) - most
    listed += [f"另有{more}项，见“提醒”页。"] if more > 0 else []
    listed += ["已经办结或反馈的，请忽略本条；需要协调的问题，请写在进展反馈里。"]
    return "\n".join(listed)
