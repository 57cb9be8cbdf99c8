"""What people agreed about an item besides its target, read from the row itself: shares, pauses, decisions of meetings.

The tables `Share`, `Pause` and `Change` are the record. What counts of them now is carried on the row (`agreed`), so that
a board judges 300 items without asking for any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luoshi.bureau.ledger.models import Commitment, Pause
from luoshi.tracking import Pause as Stop
from luoshi.tracking import Share, Terms
from luoshi.tracking.pausing import moved, so_far


@dataclass(frozen=True, slots=True)
class Portion:
    """One division's share, with the name of the division."""

    share: Share
    name: str


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """One 暂缓 as it was asked for, decided about and ended."""

    id: int
    begun: date
    until: date | None
    extends: bool
    reason: str
    state: str
    asked_by: str
    asked_on: date
    decided_by: str = ""
    decided_on: date | None = None
    words: str = ""
    scan: str = ""
    """Digest of the scanned approval; empty when there is none."""
    resumed_on: date | None = None
    resumed_by: str = ""
    resumed_words: str = ""

    @property
    def last(self) -> date | None:
        """The last day the clock stood: as approved, or the day before it was resumed; None while it is open."""
        ends = [day for day in (self.until, self.resumed_on and self.resumed_on - timedelta(days=1)) if day]
        return min(ends, default=None)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed, so that nobody has to resume it."""
        return self.until is not None and self.until < timezone.localdate()

    @property
    def label(self) -> str:
        """待审批, 已批准, 未批准."""
        return str(Pause.State(self.state).label)


def _day(words: object) -> date | None:
    return date.fromisoformat(str(words)) if words else None


def portions(row: Commitment, target_id: int) -> tuple[Portion, ...]:
    """The shares of a target of the row, in the order of the divisions; empty when it is not divided."""
    told = row.agreed.get("shares", {}).get(str(target_id), ())
    return tuple(
        Portion(
            Share(
                one["division"],
                Decimal(one["value"]) if one["value"] is not None else None,
                _day(one["due"]),
                one["words"],
            ),
            one["name"],
        )
        for one in told
    )


def pauses(row: Commitment) -> tuple[PauseAsked, ...]:
    """Every 暂缓 that was asked for, the oldest first."""
    return tuple(_pause(one) for one in row.agreed.get("pauses", ()))


def _pause(told: Mapping[str, Any]) -> PauseAsked:
    days = {name: _day(told.get(name)) for name in ("begun", "until", "asked_on", "decided_on", "resumed_on")}
    return PauseAsked(**{**told, **days})


def terms(row: Commitment, on: date) -> Terms:
    """How the item is judged on a day: pauses that were approved by then, and whether it is 协调事项."""
    approved = (one for one in pauses(row) if one.state == "approved" and one.decided_on and one.decided_on <= on)
    stops = (
        Stop(one.begun, one.last, one.extends, f"{one.decided_by}{one.decided_on}批准", one.reason) for one in approved
    )
    return Terms(tuple(stops), row.coordination)


def due_of(row: Commitment, on: date, begun: date | None) -> date | None:
    """The item's own due day, later by what approved pauses gave back.

    Args:
        row: the item.
        on: the day it is looked at.
        begun: the day the plan's period is counted from.
    """
    stops = so_far(terms(row, on).pauses, on)
    return moved(row.due, stops, begun) if row.due and stops else row.due


def paused_on(row: Commitment, on: date) -> bool:
    """Whether an approved pause holds on a day."""
    return any(one.holds(on) for one in terms(row, on).pauses)


def decided(row: Commitment) -> list[dict[str, str]]:
    """What meetings decided about the item: on, meeting, number, what, words."""
    return list(row.agreed.get("decisions", ()))
