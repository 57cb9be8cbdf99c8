"""评审批次 asked for: the cases of a procedure that were opened in a year, how far they are, what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.people.models import City
from luoshi.handling.parts import PANEL

PAGE = 50


@dataclass(frozen=True, slots=True)
class Member:
    """One case of a round."""

    row: Case
    marked: int
    """How many judges have marked it."""


@dataclass(frozen=True, slots=True)
class Members:
    """A page of them, by county and name; nobody is ranked."""

    rows: list[Member]
    page: int
    pages: int
    whole: int


def _cases(city: City, procedure: str, year: int) -> QuerySet[Case]:
    return Case.objects.filter(city=city, procedure=procedure, opened_on__year=year)


def members(city: City, procedure: str, year: int, page: int = 1) -> Members:
    """The cases of a round: three queries."""
    rows = _cases(city, procedure, year)
    whole = rows.count()
    pages = max(1, -(-whole // PAGE))
    at = min(max(page, 1), pages)
    told = list(
        rows.select_related("course")
        .defer("course__text")
        .order_by("county", "school", "pk")[(at - 1) * PAGE : at * PAGE]
    )
    judged = Happening.objects.filter(case__in=told, part=PANEL.key).order_by()
    counts = dict(judged.values_list("case").annotate(Count("login", distinct=True)))
    return Members([Member(row, counts.get(row.pk, 0)) for row in told], at, pages, whole)


def units(city: City, procedure: str, year: int) -> list[str]:
    """Codes of the schools, or counties, that a round is about: one query."""
    rows = _cases(city, procedure, year).exclude(ended_on__isnull=False, decided=False)
    return sorted({school or county for school, county in rows.values_list("school", "county")} - {""})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is."""

    whole: int
    scored: int
    ended: int
    grades: Sequence[tuple[str, int]]
    """How many came to each grade."""
    scores: Sequence[Decimal]
    """All settled totals, the lowest first."""


def progress(city: City, procedure: str, year: int) -> Progress:
    """How far a round is: three queries."""
    rows = _cases(city, procedure, year)
    told = rows.aggregate(
        whole=Count("pk"),
        scored=Count("pk", filter=Q(score__isnull=False)),
        ended=Count("pk", filter=Q(ended_on__isnull=False)),
    )
    grades = rows.exclude(grade="").order_by("grade").values_list("grade").annotate(Count("pk"))
    told_of = rows.filter(score__isnull=False).order_by("score").values_list("score", flat=True)
    scores = [one for one in told_of if one is not None]
    return Progress(told["whole"], told["scored"], told["ended"], list(grades), scores)


def years(city: City, procedure: str) -> list[int]:
    """The years a procedure has cases of, the newest first: one query."""
    return sorted(
        {day.year for day in Case.objects.filter(city=city, procedure=procedure).dates("opened_on", "year")},
        reverse=True,
    )
