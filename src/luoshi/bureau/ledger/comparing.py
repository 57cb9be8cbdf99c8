"""Two plans of the house side by side: what was continued, changed, silently dropped, new; and what each clause became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from luoshi.bureau.ledger.models import Commitment, Quote
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.plans.models import Edition, Proposal, ProposedTarget
from luoshi.spine import Kind, Strength, Target
from luoshi.tracking import Change, Clause, Comparison
from luoshi.tracking import compare as compared

_OVER = ("done",)
"""Judged so, an item is not carried over."""


_ASKED = ("edition_id", "pk", "number", "clause", "kind", "strength", "lead", "point__number", "point__title")


class Earlier(NamedTuple):
    """An item of the earlier plan, as far as a comparison asks."""

    pk: int
    number: str
    judged: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A later plan beside an earlier one."""

    before: Edition
    after: Edition
    changes: tuple[Change, ...]
    items: dict[str, Earlier]
    """Items of the earlier plan by the key of their clause."""
    carried: frozenset[int]
    """Ids of earlier items that the later plan goes on with already."""

    def unfinished(self, change: Change) -> Earlier | None:
        """The earlier item of a dropped clause while nobody verified it as done and nobody carried it over."""
        row = self.items.get(change.before.key) if change.before and change.after is None else None
        return row if row and row.judged not in _OVER and row.pk not in self.carried else None


def leads_of(*editions: Edition) -> dict[int, str]:
    """By id of a proposal the lead that people gave it: one query for all these plans."""
    quotes = Quote.objects.filter(commitment__edition__in=editions)
    return dict(quotes.values_list("proposal_id", "commitment__lead"))


def clauses(edition: Edition, leads: Mapping[int, str] | None = None) -> tuple[Clause, ...]:
    """The clauses of a stored plan as they are now, split and added ones too, with the leads that people gave them."""
    return clauses_of([edition], leads_of(edition) if leads is None else leads)[edition.pk]


def clauses_of(editions: Sequence[Edition], leads: Mapping[int, str]) -> dict[int, tuple[Clause, ...]]:
    """By id of a plan its clauses: two queries, and no object for what only passes through.

    Args:
        editions: the plans.
        leads: by id of a proposal the lead that people gave it.
    """
    set_on: dict[int, list[Target]] = {}
    for target in ProposedTarget.objects.filter(proposal__edition__in=editions).order_by("place"):
        set_on.setdefault(target.proposal_id, []).append(as_target(target))  # type: ignore[arg-type]
    years, told = {one.pk: one.year for one in editions}, {one.pk: list[Clause]() for one in editions}
    found = Proposal.objects.filter(edition__in=editions).exclude(decision=Proposal.Decision.SPLIT)
    for edition, pk, number, text, kind, strength, lead, point, title in found.values_list(*_ASKED):
        targets = tuple(set_on.get(pk, ()))
        told[edition].append(
            Clause(
                key=number,
                text=text,
                point=point or "",
                title=title or "",
                kind=Kind(kind),
                targets=targets,
                due=max((target.due for target in targets if target.due), default=None),
                lead=leads.get(pk) or lead,
                strength=Strength(strength),
                year=years[edition],
            )
        )
    return {pk: tuple(listed) for pk, listed in told.items()}


@lru_cache(maxsize=16)
def _compared(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> Comparison:
    """The same two plans are compared once: the pages show them again and again."""
    return compared(before, after)


def earlier_of(edition: Edition) -> list[Edition]:
    """Plans of the city for earlier years, the latest first."""
    found = Edition.objects.filter(city_id=edition.city_id, kind=Edition.Kind.PLAN).exclude(pk=edition.pk)
    return list(found.filter(year__lt=edition.year or 0).defer("text").order_by("-year", "-id"))


def compare(before: Edition, after: Edition) -> Compared:
    """Every clause of both plans with what became of it."""
    leads = leads_of(before, after)
    found = clauses_of([before, after], leads)
    told = _compared(found[before.pk], found[after.pk])
    quotes = Quote.objects.filter(commitment__edition=before)
    asked = ("proposal__number", "commitment_id", "commitment__number", "commitment__judged")
    items = {number: Earlier(*item) for number, *item in quotes.values_list(*asked)}
    gone_on = Commitment.objects.filter(edition=after, continues__isnull=False).values_list("continues_id", flat=True)
    return Compared(before, after, tuple(told.changes), items, frozenset(pk for pk in gone_on if pk))
