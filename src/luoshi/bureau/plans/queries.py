"""Reading plans back: editions with their counts, one point with its proposals, what is weak."""

from dataclasses import dataclass

from django.db.models import Count, Q

from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Mechanism, Point, Proposal

_STATES = Proposal.Decision


def the_city() -> City | None:
    """The city this house works for: the first one that was opened."""
    return City.objects.order_by("id").first()


def editions(city: City | None) -> list[Edition]:
    """All plans of the city with how many points, proposals and decisions each has."""
    if city is None:
        return []
    return list(
        Edition.objects.filter(city=city)
        .defer("text")
        .annotate(
            point_count=Count("points", distinct=True),
            proposal_count=Count("proposals", distinct=True),
            confirmed=Count("proposals", distinct=True, filter=Q(proposals__decision=_STATES.CONFIRMED)),
            dismissed=Count("proposals", distinct=True, filter=Q(proposals__decision=_STATES.DISMISSED)),
            undecided=Count("proposals", distinct=True, filter=Q(proposals__decision=_STATES.OPEN)),
        )
    )


def edition(number: int) -> Edition | None:
    """One plan, with its text."""
    return Edition.objects.filter(pk=number).select_related("city").first()


def points(of: Edition) -> list[Point]:
    """The plan's points in order, with how many proposals each has and how many are decided."""
    return list(
        Point.objects.filter(edition=of).annotate(
            proposal_count=Count("proposals"),
            decided=Count("proposals", filter=~Q(proposals__decision=_STATES.OPEN)),
        )
    )


def proposals(of: Edition, point: Point | None = None, *, outside: bool = False) -> list[Proposal]:
    """Proposals of a plan, of one point, or those that stand outside any point, with their targets."""
    found = Proposal.objects.filter(edition=of)
    if point is not None:
        found = found.filter(point=point)
    elif outside:
        found = found.filter(point=None)
    return list(found.select_related("point").prefetch_related("targets"))


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
