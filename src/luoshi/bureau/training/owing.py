"""Who owes hours (学时缺口): sums of kept tallies by county, school or subject; quotas, rosters and rolls as pages tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import answered, schools_of
from luoshi.bureau.training.models import Nomination, Quota, Roll, Rotation, Tally, Trainee, Turn, Turnout
from luoshi.bureau.training.queries import seen
from luoshi.learning import Attended, count
from luoshi.learning.person_times import Pair

_MOST = 5000
"""Lines of persons who stand in several classes, that are looked through for a page."""
_SUMS = {name: Sum(name) for name in ("teachers", "met", "idle", "short")}


@dataclass(frozen=True, slots=True)
class Line:
    """A county, a school or a subject."""

    code: str
    teachers: int
    met: int
    idle: int
    short: int
    """Tenths of hours."""


def _tallies(actor: Actor, city: City, requirement: str) -> QuerySet[Tally]:
    rows = Tally.objects.filter(city=city, requirement=requirement)
    if actor.role == "school":
        return rows.filter(school__in=schools_of(actor))
    if actor.role == "county" and actor.division:
        return rows.filter(county__in=answered(actor))
    return rows


def lines(actor: Actor, city: City, requirement: str, by: str, where: dict[str, str]) -> list[Line]:
    """Teachers and who has done what is asked, by county, school or subject: one query.

    Args:
        actor: a school sees its own, a county its own.
        city: the city.
        requirement: key.
        by: county, school or subject.
        where: of which county, school or subject alone; empty values ask nothing.
    """
    rows = _tallies(actor, city, requirement).filter(**{key: value for key, value in where.items() if value})
    told = rows.order_by().values(by).annotate(**{f"{name}_": one for name, one in _SUMS.items()}).order_by(by)
    return [Line(one[by], one["teachers_"], one["met_"], one["idle_"], one["short_"]) for one in told]


def total(rows: Iterable[Line], code: str = "") -> Line:
    """Their sum."""
    told = list(rows)
    return Line(code, *(sum(getattr(one, name) for one in told) for name in ("teachers", "met", "idle", "short")))


def project_counts(actor: Actor, city: City, project: str) -> list[tuple[int, int, int]]:
    """By year: person-times and tenths of hours of a project, the newest first; a county's own alone for a county: one query."""
    rows = Turnout.objects.filter(event__city=city, event__project=project).order_by()
    rows = rows.filter(county__in=answered(actor)) if actor.role == "county" else rows
    told = rows.values_list("event__year").annotate(many=Sum("people"), hours=Sum("tenths")).order_by("-event__year")
    return list(told[:10])


def trained_by_county(city: City, project: str, year: int) -> dict[str, int]:
    """Person-times by county of a project in a year: one query."""
    rows = Turnout.objects.filter(event__city=city, event__project=project, event__year=year).order_by()
    return dict(rows.values_list("county").annotate(many=Sum("people")))


def quotas(city: City, project: str, year: int) -> dict[str, Quota]:
    """By county; "" is the whole city."""
    return {one.county: one for one in Quota.objects.filter(city=city, project=project, year=year)}


def nominations(actor: Actor, city: City, project: str, year: int) -> list[Nomination]:
    """Whom counties named, those that wait first."""
    rows = Nomination.objects.filter(city=city, project=project, year=year, teacher__in=seen(actor, city))
    return list(rows.select_related("teacher").order_by("-state", "county", "pk")[:500])


def named_counts(city: City, project: str, year: int) -> dict[str, tuple[int, int]]:
    """By county: named and not returned, and confirmed: one query."""
    rows = Nomination.objects.filter(city=city, project=project, year=year).order_by()
    told = rows.values_list("county").annotate(
        named=Count("pk", filter=~Q(state="returned")), sure=Count("pk", filter=Q(state="confirmed"))
    )
    return {county: (named, sure) for county, named, sure in told}


def rotation(city: City) -> Rotation | None:
    """The newest roster."""
    return Rotation.objects.filter(city=city).order_by("-first").first()


@dataclass(frozen=True, slots=True)
class SchoolYears:
    """A school on the roster."""

    school: str
    years: dict[int, int]
    left: int


def school_years(actor: Actor, of: Rotation) -> list[SchoolYears]:
    """By school: how many go each year, and how many in none: one query."""
    rows = Turn.objects.filter(rotation=of, teacher__in=seen(actor, of.city)).order_by()
    told: dict[str, dict[int, int]] = {}
    for school, year, many in rows.values_list("teacher__school", "year").annotate(many=Count("pk")):
        told.setdefault(school, {})[year or 0] = many
    return [SchoolYears(school, years, years.pop(0, 0)) for school, years in sorted(told.items())]


def turns(actor: Actor, of: Rotation, school: str, year: int | None = None) -> list[Turn]:
    """Who stands on the roster, of one school or one year; those in no year first."""
    rows = Turn.objects.filter(rotation=of, teacher__in=seen(actor, of.city)).select_related("teacher")
    rows = rows.filter(teacher__school=school) if school else rows
    rows = rows.filter(year=year) if year else rows
    return list(rows.order_by("year", "months", "pk")[:300])


def rolls(actor: Actor, city: City, project: str, year: int) -> list[Roll]:
    """Classes of a project in a year, the newest first, as far as somebody may see them."""
    return list(_rolls(actor, city, project, year)[:200])


def _rolls(actor: Actor, city: City, project: str, year: int) -> QuerySet[Roll]:
    rows = Roll.objects.filter(city=city, project=project, begun__year=year).order_by("-begun", "-pk")
    if actor.role == "county":
        return rows.filter(county__in=answered(actor))
    return rows.filter(by_login=actor.login) if actor.role == "school" else rows


@dataclass(frozen=True, slots=True)
class Summed:
    """What the rolls of a project and year come to."""

    person_times: int
    persons: int
    doubts: tuple[Pair, ...]
    """Of persons who stand in several classes; those who stand twice in one were counted once when it was filed."""


def counted(actor: Actor, city: City, project: str, year: int) -> Summed:
    """Person-times, persons, and who was entered more often than may be: three queries, and rows of those alone who stand in several."""
    rows = Trainee.objects.filter(roll__in=_rolls(actor, city, project, year).order_by()).order_by()
    told = rows.aggregate(times=Count("pk"), persons=Count("code", distinct=True))
    several = rows.values("code").annotate(many=Count("pk")).filter(many__gt=1).values("code")
    columns = ("roll_id", "code", "roll__begun", "roll__until", "roll__trade", "roll__funding")
    lines = [
        Attended(str(roll), *told_) for roll, *told_ in rows.filter(code__in=several).values_list(*columns)[:_MOST]
    ]
    return Summed(told["times"], told["persons"], count(lines).doubts)


def groups(actor: Actor, city: City, project: str, year: int) -> list[tuple[str, int, int, int]]:
    """By group: person-times, of them poor, and passed: one query."""
    rows = Trainee.objects.filter(roll__in=_rolls(actor, city, project, year).order_by()).order_by()
    told = rows.values_list("group").annotate(
        many=Count("pk"), poor_=Count("pk", filter=Q(poor=True)), passed_=Count("pk", filter=Q(passed=True))
    )
    return list(told.order_by("group"))
