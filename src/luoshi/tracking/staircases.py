"""阶梯节点: a task without a number goes up declared steps (起草→征求意见→审议→印发), each worth a share of the whole.

What is reached on the staircase is told beside the state, as a hint in words; it is never a 数据状态.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from luoshi.spine import Kind
from luoshi.words.calendars import Calendar

_DAY = timedelta(days=1)
_NEAR = Fraction(5, 100)
"""Less than this apart, steps and time are said to go together."""


@dataclass(frozen=True, slots=True)
class Stair:
    """One step: what is there, and how much of the whole that is."""

    name: str
    percent: int
    """Of the whole, counted from its begin; the last step is 100."""


@dataclass(frozen=True, slots=True)
class Staircase:
    """The steps a kind of task goes through."""

    key: str
    label: str
    stairs: tuple[Stair, ...]
    kinds: tuple[Kind, ...] = ()
    """Kinds it is proposed for without being asked; a person may choose it for any other."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step with the day proposed for it."""

    name: str
    due: date
    percent: int


def spread(staircase: Staircase, begun: date, due: date, calendar: Calendar) -> tuple[Proposed, ...]:
    """The steps with their days: each after its share of the time, on the last working day up to then.

    Args:
        staircase: which stairs.
        begun: the day the time is counted from; not after `due`.
        due: the day of the last step. A step never lies after it: where it is no working day, the step comes before.
        calendar: which days are worked.
    """
    whole = (due - begun).days
    told = []
    for stair in staircase.stairs:
        day = begun + whole * stair.percent // 100 * _DAY
        while not calendar.is_workday(day) and day > begun:
            day -= _DAY
        told.append(Proposed(stair.name, day, stair.percent))
    return tuple(told)


def completion(steps: Sequence[tuple[int | None, bool]]) -> Fraction | None:
    """How much of the way the milestones are: the highest step reached; without a staircase, how many of them.

    Args:
        steps: of each milestone its share in percent (None where it is on no staircase) and whether it is reached.
    """
    if not steps:
        return None
    shares = [(percent, done) for percent, done in steps if percent is not None]
    if shares:
        return Fraction(max((percent for percent, done in shares if done), default=0), 100)
    return Fraction(sum(done for _, done in steps), len(steps))


def beside_time(steps: Sequence[tuple[int | None, bool]], gone: Fraction | None) -> str:
    """How the milestones stand beside the time gone, as a hint: 节点慢于时间. Empty when either is not known.

    Between two steps nothing is late: only a step whose share of the time has clearly passed is missed.

    Args:
        steps: as for `completion`.
        gone: share of the time, 0 to 1.
    """
    share = completion(steps)
    if gone is None or share is None:
        return ""
    if share >= 1:
        return "节点都已完成"
    shares = [Fraction(percent, 100) for percent, _ in steps if percent is not None]
    shares = shares or [Fraction(at, len(steps)) for at in range(1, len(steps) + 1)]
    if share < max((one for one in shares if one <= gone - _NEAR), default=Fraction(0)):
        return "节点慢于时间"
    return "节点快于时间" if share > gone + _NEAR else "节点与时间相当"
