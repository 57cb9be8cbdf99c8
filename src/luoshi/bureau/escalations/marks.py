"""计分: what the ledger and people's findings count for each section, item by item and answer by answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from luoshi import spine
from luoshi.bureau.escalations.models import Closing, Established
from luoshi.bureau.ledger.agreed import pauses
from luoshi.bureau.ledger.models import Breakdown, Commitment, Judgement
from luoshi.bureau.ledger.queries import begun_of
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.models import Call
from luoshi.tracking import Pause
from luoshi.tracking.marking import Counted, Life, is_late, overdue_ends
from luoshi.words.calendars import month_end

_DAY = timedelta(days=1)
_READ = ("number", "title", "lead", "due", "kind", "strength", "coordination", "agreed", "closed_on", "edition")


@dataclass(frozen=True, slots=True)
class Overdue:
    """An item with the month ends on which it was 逾期."""

    id: int
    number: str
    title: str
    due: date
    ends: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """An answer that came after its last day, or has not come."""

    call: int
    number: str
    title: str
    on: date
    """截至日 of the period."""
    reply_by: date
    answered: date | None


@dataclass(slots=True)
class Account:
    """Everything that is counted for one section."""

    overdue: list[Overdue] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    established: list[Established] = field(default_factory=list)

    @property
    def counted(self) -> Counted:
        """The same as numbers."""
        whats = [one.what for one in self.established]
        return Counted(
            sum(len(one.ends) for one in self.overdue),
            whats.count(Established.What.FALSE),
            len(self.late),
            whats.count(Established.What.CHANGE),
        )


def accounts(edition: Edition, on: date) -> dict[str, Account]:
    """What is counted by a day, by code of the section that leads or was asked: five queries.

    力争 and 协调事项 are not counted as 逾期: nothing of them is ever urged. A section that leads an issued item has an account
    even when nothing is counted.

    Args:
        edition: the plan, its city at hand.
        on: the day.
    """
    told: dict[str, Account] = {}
    lives, begun = list(_lives(edition, on)), begun_of(edition.city, edition)
    months = _ends(min((life.due for _, life in lives if life.due), default=None), on)
    for row, life in lives:
        account = told.setdefault(row.lead, Account())
        ends = overdue_ends(life, months, begun)
        if ends and life.due is not None:
            account.overdue.append(Overdue(row.pk, row.number, row.title, life.due, ends))
    for office, late in _late(edition, on):
        told.setdefault(office, Account()).late.append(late)
    for one in Established.objects.filter(edition=edition, on__lte=on, withdrawn_on=None).select_related(
        "commitment", "scan"
    ):
        told.setdefault(one.office, Account()).established.append(one)
    return told


def _ends(first: date | None, on: date) -> list[date]:
    """The month ends from a day on, up to another; none without a first day."""
    found: list[date] = []
    end = month_end(first.year, first.month) if first else on + _DAY
    while end <= on:
        found.append(end)
        following = end + _DAY
        end = month_end(following.year, following.month)
    return found


def _lives(edition: Edition, on: date) -> Iterator[tuple[Commitment, Life]]:
    """Issued items that a section leads, in the order of the plan: three queries."""
    issued = Commitment.objects.filter(edition=edition, breakdown__stage=Breakdown.Stage.ISSUED).exclude(lead="")
    verified = _by_item(
        Judgement.objects.filter(commitment__edition=edition, step=Judgement.Step.OFFICE, on__lte=on)
        .order_by("id")
        .values_list("commitment_id", "on", "state")
    )
    closed = _by_item(
        Closing.objects.filter(commitment__edition=edition, closed_on__lte=on)
        .order_by("id")
        .values_list("commitment_id", "closed_on", "reopened_on")
    )
    for row in issued.only(*_READ):
        counts = not _is_spared(row)
        yield (
            row,
            Life(
                row.due if counts else None,
                tuple((day, state == spine.State.DONE) for day, state in verified.get(row.pk, ())),
                _closed(row, closed.get(row.pk, [])),
                _pauses(row) if counts else (),
            ),
        )


def _is_spared(row: Commitment) -> bool:
    """Whether nobody is urged because of it."""
    others = row.kind == spine.Kind.RECOGNITION or bool(row.coordination)
    return others or row.strength == spine.Strength.ASPIRATIONAL


def _closed(row: Commitment, rounds: list[tuple[Any, ...]]) -> tuple[tuple[date, date | None], ...]:
    """Rounds of 销号; one that only the row tells of stands beside them."""
    told = [(first, again) for first, again in rounds]
    if row.closed_on is not None and (row.closed_on, None) not in told:
        told.append((row.closed_on, None))
    return tuple(told)


def _pauses(row: Commitment) -> tuple[tuple[date, Pause], ...]:
    """Approved 暂缓 with the day each was approved."""
    if not row.agreed.get("pauses"):
        return ()
    return tuple(
        (one.decided_on, Pause(one.begun, one.last, one.extends))
        for one in pauses(row)
        if one.state == "approved" and one.decided_on is not None
    )


def _by_item(told: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for pk, *rest in told:
        found.setdefault(pk, []).append(tuple(rest))
    return found


def _late(edition: Edition, on: date) -> Iterator[tuple[str, Late]]:
    """Answers of sections that were asked for and came late, the first answer of each counting: one query.

    What a county owes is not its section's, and what nobody asked for has no last day.
    """
    asked = Call.objects.filter(period__edition=edition, period__on__lte=on, period__reply_by__lt=on)
    owed = asked.filter(~Q(office="")).exclude(why=Call.Why.OFFERED).annotate(first=Min("reports__at"))
    told = owed.order_by("period__on", "commitment__place", "id").values_list(
        "office", "id", "commitment__number", "commitment__title", "period__on", "period__reply_by", "first"
    )
    for office, pk, number, title, until, reply_by, first in told:
        answered = timezone.localdate(first) if first else None
        if is_late(reply_by, answered, on):
            shown = answered if answered is not None and answered <= on else None
            yield office, Late(pk, number, title, until, reply_by, shown)
