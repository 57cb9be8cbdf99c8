"""How a month ended for an item, and whether a figure fell back behind a target that was met."""

from collections.abc import Sequence
from datetime import date

from luoshi.spine import Kind, Measurement, Standing, State, Status, Target
from luoshi.tracking.choosing import choose
from luoshi.tracking.combining import combine
from luoshi.tracking.escalating import MonthState
from luoshi.tracking.holding import hold, obstacle
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.tracking.standing import Day, matter_of


def month_state(month: date, statuses: Sequence[Status], judged: State | None, rules: Rules = DEFAULT) -> MonthState:
    """How an item stood at the end of a month.

    Args:
        month: its first day.
        statuses: its targets judged on the last day.
        judged: what was verified for a day of this very month; it goes before the figures. None when nothing was.
        rules: what is 明显滞后.

    A figure that is 口径待核 tells nothing here: nobody is urged because of a doubtful number.
    """
    if judged is not None:
        return MonthState(month, judged)
    together = combine(statuses)
    if together is None or any(status.doubts for status in statuses):
        return MonthState(month, State.UNKNOWN)
    far = any(_far(status, rules) for status in statuses)
    return MonthState(month, together.state, far and together.state is State.BEHIND)


def _far(status: Status, rules: Rules) -> bool:
    share, gone = status.completion, status.pace
    behind = status.state is State.BEHIND
    return behind and share is not None and gone is not None and share < gone - rules.far_behind


def fallen(day: Day, target: Target, kind: Kind, since: date) -> Measurement | None:
    """The figure that speaks on the day and no longer meets the target; None when there is none.

    Args:
        day: what is known.
        target: what was met when the item was closed.
        kind: of the commitment.
        since: the day it was closed. Only what became known later counts, and 公开报道数 never does.
    """
    matter = matter_of(day, target, kind)
    choice = choose(matter, day.figures.get(target.indicator or "", ()))
    figure = choice.figure
    if figure is None or not choice.spoken or figure.known <= since or figure.standing is Standing.PRESS:
        return None
    if obstacle(matter, figure):
        return None
    held = hold(matter, figure, choice.before)
    return figure if held is not None and not held.met else None
