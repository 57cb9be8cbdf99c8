"""Two plans of the house side by side: what was continued, changed, silently dropped, new; and what each clause became."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from luoshi.bureau.ledger.models import Commitment, Quote
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.spine import Kind, Strength
from luoshi.tracking import Change, Clause, Comparison
from luoshi.tracking import compare as compared

_OVER = ("done",)
"""Judged so, an item is not carried over."""


_ASKED = ("number", "clause", "kind", "strength", "lead", "place", "start", "point__number", "point__title")


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
    given = leads_of(edition) if leads is None else leads
    found = Proposal.objects.filter(edition=edition).exclude(decision=Proposal.Decision.SPLIT)
    told = []
    for one in found.select_related("point").only(*_ASKED).prefetch_related("targets"):
        targets = tuple(as_target(target) for target in one.targets.all())  # type: ignore[arg-type]
        told.append(
            Clause(
                key=one.number,
                text=one.clause,
                point=one.point.number if one.point else "",
                title=one.point.title if one.point else "",
                kind=Kind(one.kind),
                targets=targets,
                due=max((target.due for target in targets if target.due), default=None),
                lead=given.get(one.pk) or one.lead,
                strength=Strength(one.strength),
                year=edition.year,
            )
        )
    return tuple(told)


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
    told = _compared(clauses(before, leads), clauses(after, leads))
    quotes = Quote.objects.filter(commitment__edition=before)
    asked = ("proposal__number", "commitment_id", "commitment__number", "commitment__judged")
    items = {number: Earlier(*item) for number, *item in quotes.values_list(*asked)}
    found = Commitment.objects.filter(edition=after, continues__isnull=False).values_list("continues_id", flat=True)
    return Compared(before, after, tuple(told.changes), items, frozenset(pk for pk in found if pk))
