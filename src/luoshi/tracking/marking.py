"""Cards, scores and ranking: counted only where the bureau has switched them on; off by default.

The rules on 督查检查考核 limit all three. The numbers are defaults of this product and unchecked.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luoshi.tracking.pausing import Pause, moved, so_far
from luoshi.words.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Marks:
    """One version of the numbers."""

    full: Decimal = Decimal(100)
    overdue: Decimal = Decimal(2)
    """For each item and month 逾期."""
    false_evidence: Decimal = Decimal(10)
    """And a veto."""
    late_report: Decimal = Decimal("0.5")
    unapproved_change: Decimal = Decimal(3)
    yellow_days: int = 5
    """黄牌 when a 督办 paper is not answered in so many working days."""
    yellows_for_red: int = 2
    doubt: str = "产品默认值，未核"


DEFAULT_MARKS = Marks()


class Card(StrEnum):
    """黄牌, 红牌, or none."""

    NONE = "none"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Asked:
    """A 督办 paper that asked for an answer."""

    sent: date
    answered: date | None = None


def card(
    papers: Sequence[Asked], on: date, calendar: Calendar, *, false_report: bool = False, marks: Marks = DEFAULT_MARKS
) -> Card:
    """The card of an office on a day.

    Args:
        papers: what was sent to it.
        on: the day.
        calendar: which days an office works.
        false_report: a person found a report to be false; the software never says so by itself.
        marks: the numbers.
    """
    yellows = sum(_unanswered(one, on, calendar, marks.yellow_days) for one in papers)
    if false_report or yellows >= marks.yellows_for_red:
        return Card.RED
    return Card.YELLOW if yellows else Card.NONE


def _unanswered(one: Asked, on: date, calendar: Calendar, days: int) -> bool:
    last = calendar.plus_workdays(one.sent, days)
    return (one.answered or on) > last


@dataclass(frozen=True, slots=True)
class Life:
    """What happened to an item, as far as its months 逾期 ask."""

    due: date | None
    """完成时限 as it was agreed; None where there is none."""
    verified: tuple[tuple[date, bool], ...] = ()
    """The day of each verification and whether it said 已完成, in the order they were made."""
    closed: tuple[tuple[date, date | None], ...] = ()
    """The day of each 销号, and the day it was opened again; None while it was not."""
    pauses: tuple[tuple[date, Pause], ...] = ()
    """The day each 暂缓 was approved, and the days it names."""


def overdue_ends(life: Life, ends: Sequence[date], begun: date | None) -> tuple[date, ...]:
    """The month ends on which an item was past its day, neither verified as done nor closed nor paused.

    Args:
        life: what happened to it.
        ends: the last days of the months that are counted, in order.
        begun: the day the plan's period is counted from, for a due day that a pause moved.
    """
    due = life.due
    if due is None:
        return ()
    after = ends[bisect_right(ends, due) :]
    if not (life.verified or life.closed or life.pauses):
        return tuple(after)  # of three hundred items most: nothing was decided about them
    return tuple(end for end in after if _overdue(life, due, end, begun))


def _overdue(life: Life, due: date, end: date, begun: date | None) -> bool:
    """Only what was decided by the day counts; a verification speaks no more once the item was opened again."""
    if any(first <= end and (again is None or end < again) for first, again in life.closed):
        return False
    opened = max((again for _, again in life.closed if again is not None and again <= end), default=None)
    last = next(((day, done) for day, done in reversed(life.verified) if day <= end), None)
    if last is not None and last[1] and (opened is None or last[0] >= opened):
        return False
    if not life.pauses:
        return True
    pauses = [pause for since, pause in life.pauses if since <= end]
    if any(pause.holds(end) for pause in pauses):
        return False
    return moved(due, so_far(pauses, end), begun) < end


def is_late(reply_by: date, answered: date | None, on: date) -> bool:
    """Whether an answer that was asked for by a day came after it, or by now has not come at all.

    Args:
        reply_by: the last day for it.
        answered: the day it first came; None while it has not.
        on: the day it is asked.
    """
    return (answered if answered is not None and answered <= on else on) > reply_by


@dataclass(frozen=True, slots=True)
class Counted:
    """What is taken off, as counted by people or from the ledger."""

    overdue: int = 0
    """Item-months 逾期."""
    false_evidence: int = 0
    late_reports: int = 0
    unapproved_changes: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """100 less the deductions."""

    value: Decimal
    """Never below 0."""
    vetoed: bool


def deducted(counted: Counted, marks: Marks = DEFAULT_MARKS) -> Decimal:
    """扣分: everything that is taken off, more than there is among it."""
    return (
        counted.overdue * marks.overdue
        + counted.false_evidence * marks.false_evidence
        + counted.late_reports * marks.late_report
        + counted.unapproved_changes * marks.unapproved_change
    )


def score(counted: Counted, marks: Marks = DEFAULT_MARKS) -> Score:
    """The score of an office."""
    return Score(max(marks.full - deducted(counted, marks), Decimal(0)), bool(counted.false_evidence))


class Shown(StrEnum):
    """How much of a ranking is told."""

    ALL = "all"
    """全部."""
    ENDS = "ends"
    """前三后三."""
    NONE = "none"
    """不排名: protocol order."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit of a ranking."""

    unit: str
    place: int | None
    """Equal scores share a place; None when nothing is ranked."""


_ENDS = 3


def ranked(scores: Mapping[str, Score], shown: Shown) -> tuple[Ranked, ...]:
    """The units that are told, best first; in the order given, without a place, when nothing is ranked.

    Args:
        scores: by unit, in protocol order; equal units keep it. A vetoed unit stands behind all others.
        shown: how much of it.
    """
    if shown is Shown.NONE:
        return tuple(Ranked(unit, None) for unit in scores)

    def worth(unit: str) -> tuple[bool, Decimal]:
        return not scores[unit].vetoed, scores[unit].value

    order = sorted(scores, key=worth, reverse=True)
    told = tuple(Ranked(unit, 1 + sum(worth(other) > worth(unit) for other in order)) for unit in order)
    if shown is Shown.ALL or len(told) <= 2 * _ENDS:
        return told
    return told[:_ENDS] + told[-_ENDS:]
