"""督办: from the months an item stood badly to the paper that is due. It drafts; a person sends.

A run is the unbroken row of bad months that ends with the latest one. A month in which nothing was known, or in which the
item was put off or on course, ends it: what is not known never speaks against anybody. Within a run papers only go up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from luoshi.spine import State
from luoshi.tracking.ladder import Grade, Ladder, Rung, Step
from luoshi.words.calendars import Calendar

QUIET = frozenset({State.DONE, State.PAUSED, State.STANDING})
"""States in which nobody has to be reminded of the day."""


@dataclass(frozen=True, slots=True)
class MonthState:
    """How an item stood at the end of a month."""

    month: date
    """First day of the month."""
    state: State
    far: bool = False
    """明显滞后."""

    @property
    def grade(self) -> Grade | None:
        """How bad it was; None when it was not."""
        if self.state is State.OVERDUE:
            return Grade.OVERDUE
        if self.state is State.BEHIND:
            return Grade.FAR if self.far else Grade.BEHIND
        return None


@dataclass(frozen=True, slots=True)
class Course:
    """What the rules look at of one item."""

    months: tuple[MonthState, ...]
    """In order, no month twice; only months that are over, or the one that is just being judged."""
    due: date | None = None
    soft: bool = False
    """力争, 努力: never past 提醒."""
    others: bool = False
    """协调事项: others decide; never past 提醒."""
    settled: bool = False
    """Verified as 已完成, 暂缓 or 常态化, for whichever month: nobody is reminded of its day any more."""


@dataclass(frozen=True, slots=True)
class Past:
    """A paper that was drafted for an item before."""

    step: Step
    month: date
    """First day of the month it was drafted for."""
    sent: bool = False
    withdrawn: bool = False
    """A person decided not to send it: it is not drafted again for that month, and counts for nothing else."""

    @property
    def waits(self) -> bool:
        """Whether it still lies there to be looked at; until then no second one of its kind is laid beside it."""
        return not self.sent and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that is due."""

    step: Step
    name: str
    """As the city calls it."""
    month: date
    """First day of the month it is drafted for."""
    because: str
    """One Chinese sentence."""
    rule: str
    """The condition that was met, in words."""
    answer_by: date | None
    """Last day for the answer; None when none is asked for."""


def due_papers(ladder: Ladder, course: Course, past: Sequence[Past], on: date, calendar: Calendar) -> tuple[Draft, ...]:
    """The papers that are due for an item on a day: at most one of the ladder, and 通报 at the end of a year.

    Args:
        ladder: the rules.
        course: the item's months, its due day, whether its words are soft.
        past: every paper drafted for it so far.
        on: the day it is drafted on; days for the answer are counted from here.
        calendar: which days an office works.
    """
    return tuple(_Look(ladder, course, past, on, calendar).drafts())


class _Look:
    """One item looked at on one day."""

    def __init__(self, ladder: Ladder, course: Course, past: Sequence[Past], on: date, calendar: Calendar) -> None:
        self.ladder, self.course, self.on, self.calendar = ladder, course, on, calendar
        self.past = past
        self.run = _run(course.months)
        self.latest = course.months[-1] if course.months else None
        begun = self.run[0].month if self.run else on
        self.in_run = [one for one in past if one.month >= begun and not one.withdrawn] if self.run else []

    def drafts(self) -> Iterator[Draft]:
        """What is due."""
        if self.latest is not None and self.latest.state is State.PAUSED:
            return
        rung = self._highest()
        if rung is None:
            yield from self._of_the_day()
        elif self.course.soft or self.course.others:
            yield from self._capped(rung)
        else:
            yield from self._climbed(rung)
        if not (self.course.soft or self.course.others):
            yield from self._at_year_end()

    def _highest(self) -> Rung | None:
        """The highest rung whose condition holds, 通报 apart."""
        met = [rung for rung in self.ladder.climbed if self._met(rung)]
        return met[-1] if met else None

    def _met(self, rung: Rung) -> bool:
        months = 0
        since = self._last(rung.step) if rung.again else None
        for one in reversed(self.run):
            if one.grade not in rung.grades or (since is not None and one.month <= since):
                break
            months += 1
        return bool(rung.grades) and months >= rung.months

    def _last(self, step: Step) -> date | None:
        return max((one.month for one in self.in_run if one.step is step), default=None)

    def _climbed(self, wanted: Rung) -> Iterator[Draft]:
        """The rung that is due now: the one whose condition holds, or the first below it that was not sent yet."""
        rung, skipped = wanted, ""
        while not rung.jumps and (below := self.ladder.below(rung)) and not self._was_sent(below.step):
            rung, skipped = below, f"；尚未发{below.name}，先发{below.name}"
        if self._stopped(rung):
            return
        yield self._draft(rung, self.run[-1].month, self._said(wanted) + skipped, wanted.said)

    def _was_sent(self, step: Step) -> bool:
        return any(one.step is step and one.sent for one in self.in_run)

    def _stopped(self, rung: Rung) -> bool:
        """Whether this month has its paper, or the run stands as high already."""
        month, place = self.run[-1].month, rung.step.place
        if rung.step is Step.REMINDER:
            same = any(one.month == month and one.step is not Step.BULLETIN for one in self.past)
        else:
            same = any(one.month == month and 0 < one.step.place < Step.BULLETIN.place for one in self.past)
        if any(one.step is rung.step and one.waits for one in self.past):
            return True
        reached = [one.step.place for one in self.in_run if one.step is not Step.BULLETIN]
        top = max(reached, default=-1)
        return same or top > place or (top == place and not rung.again)

    def _capped(self, wanted: Rung) -> Iterator[Draft]:
        """Soft words and what others decide: reminded of, never more."""
        rung, month = self.ladder.reminder, self.run[-1].month
        if rung is None or self._reminded(month):
            return
        why = "协调事项由其他单位决定" if self.course.others else "原文为预期性用语"
        yield self._draft(rung, month, f"{self._said(wanted)}；{why}，只提醒", wanted.said)

    def _of_the_day(self) -> Iterator[Draft]:
        """提醒 before the due day, on it, and once a month after it until it is known how things stand."""
        rung, due, month = self.ladder.reminder, self.course.due, self.on.replace(day=1)
        if rung is None or due is None or self.on < due - timedelta(days=rung.days_ahead):
            return
        if self.course.settled or (self.latest is not None and self.latest.state in QUIET):
            return
        if self._reminded(month) or any(one.step is not Step.REMINDER for one in self.in_run):
            return
        left = (due - self.on).days
        said = f"还有{left}天" if left > 0 else "今天到期" if not left else f"已过{-left}天，完成情况待核实"
        yield self._draft(rung, month, f"完成时限{due.isoformat()}，{said}", f"时限前{rung.days_ahead}天起提醒")

    def _reminded(self, month: date) -> bool:
        """Whether the month has its reminder, or an earlier one still waits."""
        return any(one.step is Step.REMINDER and (one.month == month or one.waits) for one in self.past)

    def _at_year_end(self) -> Iterator[Draft]:
        rung = self.ladder.bulletin
        if rung is None or self.latest is None or not self.run or self.latest.month.month != 12:  # noqa: PLR2004
            return
        month = self.latest.month
        if not self._met(rung) or any(one.step is Step.BULLETIN and one.month == month for one in self.past):
            return
        below = self.ladder.below(rung)
        if not rung.jumps and below is not None and not self._was_sent(below.step):
            return
        yield self._draft(rung, month, f"{month.year}年底{self._named(self.run[-1])}", rung.said)

    def _said(self, rung: Rung) -> str:
        """2021年8月、9月连续2个月欠进度: the months the rung counted."""
        months = self.run[-rung.months :]
        first = months[0].month.year
        told = [f"{first}年{months[0].month.month}月"]
        for before, one in pairwise(months):
            year = f"{one.month.year}年" if one.month.year != before.month.year else ""
            told.append(f"{year}{one.month.month}月")
        states = "、".join(dict.fromkeys(self._named(one) for one in months))
        return f"{'、'.join(told)}{f'连续{len(months)}个月' if len(months) > 1 else ''}{states}"

    @staticmethod
    def _named(one: MonthState) -> str:
        return one.grade.label if one.grade else one.state.label

    def _draft(self, rung: Rung, month: date, because: str, rule: str) -> Draft:
        by = self.calendar.plus_workdays(self.on, rung.answer_days) if rung.answer_days else None
        return Draft(rung.step, rung.name, month, because, rule, by)


def _run(months: Sequence[MonthState]) -> tuple[MonthState, ...]:
    """The unbroken row of bad months at the end."""
    run: list[MonthState] = []
    for one in reversed(months):
        if one.grade is None or (run and _next(one.month) != run[0].month):
            break
        run.insert(0, one)
    return tuple(run)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
