"""The course of a target: the path it should take from its 基期值 to its bound, and since when its figure is too old to tell of today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from luoshi.spine import Measurement, Target
from luoshi.tracking.choosing import choose
from luoshi.tracking.distance import Distance, distance
from luoshi.tracking.holding import hold, obstacle
from luoshi.tracking.matter import Matter
from luoshi.tracking.pausing import so_far

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn and said beside a figure that was held against its target."""

    bound: Fraction
    """What decides, in the figure's unit."""
    path: tuple[tuple[date, Fraction], ...]
    """序时应达 in the figure's unit, from begin to due day: the days on which it bends. Empty where there is no way to go."""
    season: str
    """Of the seasonal path; empty where it goes straight."""
    apart: Distance | None
    stale: date | None
    """The first day on which the figure was too old; None while it tells of the day."""


def course(matter: Matter, figure: Measurement, figures: Sequence[Measurement]) -> Course | None:
    """The course of a target with the figure that speaks for it; None where that cannot be held against it.

    Args:
        matter: what is judged.
        figure: that speaks.
        figures: all of the indicator, for 上年同期.
    """
    if obstacle(matter, figure):
        return None
    choice = choose(matter, figures)
    before = choice.before if choice.figure == figure else None
    held = hold(matter, figure, before)
    if held is None:
        return None
    goes = held.base is not None and not held.began_met and not matter.forbids
    return Course(
        held.bound,
        path(matter, held.base, held.bound) if goes and held.base is not None else (),
        matter.season.label if matter.season and matter.seasonal else "",
        distance(moved_to(matter), figure, better=matter.better, before=matter.baseline or before, on=matter.on),
        matter.stale_since(figure) if matter.is_stale(figure) else None,
    )


def moved_to(matter: Matter) -> Target:
    """The target with its due day as approvals moved it."""
    return matter.target if matter.due == matter.target.due else replace(matter.target, due=matter.due)


def path(matter: Matter, base: Fraction, bound: Fraction) -> tuple[tuple[date, Fraction], ...]:
    """序时应达 from the begin of the plan to the due day, at every day on which it bends.

    Args:
        matter: what is judged; without begin or due day there is no path.
        base: where the way begins.
        bound: where it ends.
    """
    begun, due = matter.begun, matter.due
    if begun is None or due is None or due <= begun:
        return ()
    days = {begun, due}
    if matter.season and matter.seasonal:
        steps = matter.season.steps(begun, due)
        days |= set(steps) | ({day - _DAY for day in steps} if matter.season.stepwise else set())
    for pause in so_far(matter.pauses, matter.on):
        days |= {pause.begun - _DAY, pause.until or matter.on}
    told = ((day, matter.expected(day)) for day in sorted(days) if begun <= day <= due)
    return tuple((day, base + (bound - base) * share) for day, share in told if share is not None)
