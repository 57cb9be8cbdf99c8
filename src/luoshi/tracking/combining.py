"""One state for a commitment with several targets: the gravest that is known, and what is unknown is said."""

from collections.abc import Sequence

from luoshi.spine import State, Status

GRAVITY = [
    State.OVERDUE,
    State.BEHIND,
    State.UNKNOWN,
    State.ON_COURSE,
    State.AHEAD,
    State.PAUSED,
    State.STANDING,
    State.DONE,
]


def combine(statuses: Sequence[Status]) -> Status | None:
    """None without targets; otherwise the gravest state, with how many of each.

    Unknown weighs more than on course: two targets done and one not known is not done.
    """
    if not statuses:
        return None
    if len(statuses) == 1:
        return statuses[0]
    gravest = min(statuses, key=lambda one: GRAVITY.index(one.state))
    counted = {state: sum(one.state is state for one in statuses) for state in GRAVITY}
    said = "、".join(f"{state.label} {number}" for state, number in counted.items() if number)
    doubts = tuple(dict.fromkeys(doubt for one in statuses for doubt in one.doubts))
    return Status(
        gravest.state,
        f"{len(statuses)} 个目标：{said}",
        gravest.on,
        gravest.measurement,
        next_step=gravest.next_step,
        doubts=doubts,
        rules=gravest.rules,
    )
