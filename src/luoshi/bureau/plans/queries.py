"""Reading plans back: editions with their counts, one point with its proposals, what is weak."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Mechanism, Point, Proposal

_STATES = Proposal.Decision


def the_city() -> City | None:
    """The city this house works for: the first one that was opened."""
    return City.objects.order_by("id").first()


def editions(city: City | None) -> list[Edition]:
    """All plans of the city, without their text, with how many points, proposals and decisions each has: one query."""
    found = list(_counted(Edition.objects.filter(city=city).defer("text"))) if city else []
    for one in found:
        one.city = city  # type: ignore[assignment]  # at hand, so that nobody asks for it again
    return found


def edition(number: int) -> Edition | None:
    """One plan, with its text and the same counts."""
    return _counted(Edition.objects.filter(pk=number).select_related("city")).first()


def _counted(found: QuerySet[Edition]) -> QuerySet[Edition]:
    """Plans with their counts, each counted by itself.

    Joining points and proposals to count both at once would make a row of every pair, ten thousand for one plan.
    """
    decided = Proposal.objects.filter(edition=OuterRef("pk"))
    return found.annotate(
        point_count=_number(Point.objects.filter(edition=OuterRef("pk"))),
        proposal_count=_number(decided),
        confirmed=_number(decided.filter(decision=_STATES.CONFIRMED)),
        dismissed=_number(decided.filter(decision=_STATES.DISMISSED)),
        undecided=_number(decided.filter(decision=_STATES.OPEN)),
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a column of the query around."""
    counted = rows.order_by().values("edition").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def open_after(decided: Proposal) -> Proposal | None:
    """The first proposal of the same point that stands after this one and is still open."""
    beside = Proposal.objects.filter(edition=decided.edition_id, point=decided.point_id, decision=_STATES.OPEN)
    return beside.filter(place__gt=decided.place).order_by("place").first()


def points(of: Edition) -> list[Point]:
    """The plan's points in order, with how many proposals each has and how many are decided."""
    return list(
        Point.objects.filter(edition=of).annotate(
            proposal_count=Count("proposals"),
            decided=Count("proposals", filter=~Q(proposals__decision=_STATES.OPEN)),
        )
    )


def headings(of_edition: int) -> list[Point]:
    """The plan's points in order, nothing counted."""
    return list(Point.objects.filter(edition_id=of_edition))


def proposals(of: Edition, point: Point | None = None, *, outside: bool = False) -> list[Proposal]:
    """Proposals of a plan, of one point, or those that stand outside any point, with their targets."""
    found = Proposal.objects.filter(edition=of)
    if point is not None:
        found = found.filter(point=point)
    elif outside:
        found = found.filter(point=None)
    return list(found.select_related("point", "quote__commitment").prefetch_related("targets"))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What weighs of a proposal when only its weakness is asked for."""

    number: str
    place: int
    clause: str
    kind: str
    missing: tuple[str, ...]
    lead: str
    decision: str
    point: str
    point_title: str
    section: str
    section_title: str


def proposed(of_edition: int) -> list[Proposed]:
    """All proposals of a plan in one query, without their targets."""
    rows = Proposal.objects.filter(edition_id=of_edition).values_list(
        "number",
        "place",
        "clause",
        "kind",
        "missing",
        "lead",
        "decision",
        "point__number",
        "point__title",
        "point__section",
        "point__section_title",
    )
    return [Proposed(*row[:4], tuple(row[4]), *row[5:7], *(cell or "" for cell in row[7:])) for row in rows]


def mechanisms(city: City) -> list[Mechanism]:
    """The mechanisms a city's plan names."""
    return list(Mechanism.objects.filter(city=city))
