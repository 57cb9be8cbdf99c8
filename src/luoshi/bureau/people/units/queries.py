"""Divisions and schools as they stood on a day, and who answers for whom. Every question costs the same at any number of units."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Division, Institution, Succession, standing
from luoshi.words import divisions as words
from luoshi.words import institutions as schools
from luoshi.words.divisions import How, Level
from luoshi.words.successions import Tree, tree

_DIVISION = ("code", "name", "kind", "parent", "doubt", "begun", "until", "row", "column", "longitude", "latitude")
_SCHOOL = (
    *("code", "name", "kind", "operator", "county", "township", "host", "begun", "until", "longitude", "latitude"),
)


def periods(city: City, most: Level = Level.TOWNSHIP) -> list[words.Division]:
    """Every period of every division down to a level, in protocol order."""
    rows = Division.ever.filter(city=city, level__lte=most).order_by("level", "place", "code", "begun")
    return [words.Division(*row) for row in rows.values_list(*_DIVISION)]


def school_periods(city: City) -> list[schools.Institution]:
    """Every period of every school."""
    return [schools.Institution(*row) for row in Institution.objects.filter(city=city).values_list(*_SCHOOL)]


def steps(city: City, *, of_schools: bool = False, most: Level = Level.TOWNSHIP) -> list[words.Succession]:
    """Every step of divisions down to a level, or of schools."""
    rows = Succession.objects.filter(city=city, of_schools=of_schools, level__lte=most)
    told = rows.values_list("before", "after", "on", "how", "doubt")
    return [words.Succession(before, after, on, How(how), doubt) for before, after, on, how, doubt in told]


def county_tree(city: City) -> Tree:
    """Counties of all days and their steps: two queries, whatever is below them."""
    return tree(periods(city, Level.COUNTY), steps(city, most=Level.COUNTY))


def division_tree(city: City) -> Tree:
    """The same with townships."""
    return tree(periods(city), steps(city))


def counties(city: City, on: date) -> list[Division]:
    """县(市、区), 功能区 and 市直 as they stood on a day, in protocol order: one query."""
    rows = Division.ever.filter(city=city, level__lte=Level.COUNTY)
    return list(standing(rows, on).order_by("place", "code"))


def names(city: City | int, on: date | None = None, least: Level = Level.CITY) -> dict[str, str]:
    """Names of counties of all days by code: one query.

    Args:
        city: whose, or its key.
        on: those that stood on this day come first, in protocol order and under the name of then; today where none is given.
        least: the highest level that is wanted.
    """
    rows = Division.ever.filter(city=city, level__gte=least, level__lte=Level.COUNTY)
    told = list(rows.order_by("place", "code", "begun").values_list("code", "name", "begun", "until"))
    day = on or timezone.localdate()
    there = {code: name for code, name, begun, until in told if (begun or day) <= day <= (until or day)}
    return {**there, **{code: name for code, name, *_ in told if code not in there}}


def name_of(city: City, code: str) -> str:
    """The newest name of a county of any day; its code where nobody knows it."""
    rows = Division.ever.filter(city=city, code=code, level__lte=Level.COUNTY).order_by(
        F("begun").desc(nulls_last=True)
    )
    return rows.values_list("name", flat=True).first() or code


_ASKED: ContextVar[dict[str, frozenset[str]] | None] = ContextVar("asked", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, as while one page is answered, who stands for whom is asked for once."""
    token = _ASKED.set({})
    try:
        yield
    finally:
        _ASKED.reset(token)


def answered(actor: Actor) -> frozenset[str]:
    """Codes of the counties somebody of a county answers for today: their own and those it took in. Empty for everybody else.

    Whose county is no more stands with its only heir; of several heirs nobody can say which is theirs until the account is moved.
    """
    if actor.role != "county" or not actor.division:
        return frozenset()
    return stood_for(actor.division)


def stood_for(division: str) -> frozenset[str]:
    """Codes of the counties whoever stands for one answers for today; one query, and one a page."""
    asked = _ASKED.get()
    if asked is None:
        return _answered(division)
    if division not in asked:
        asked[division] = _answered(division)
    return asked[division]


_WHOLLY = frozenset({How.MERGED, How.RENAMED, How.RECODED})
"""Steps by which a school came whole to another: its past is then the other's. The past of one that was split is nobody's alone."""


def schools_of(actor: Actor) -> frozenset[str]:
    """Codes of the schools somebody of a school answers for today: their own, and those it took in whole. Empty for everybody else."""
    return school_stood_for(actor.school) if actor.role == "school" and actor.school else frozenset()


def school_stood_for(code: str) -> frozenset[str]:
    """Codes a school answers for today; at most two queries, however many schools, and once a page.

    A school that was given a new code alone is the same school: also an account that still names the old one answers for the
    new. Whose school was merged away answers for what it reported, and no more, until the account is moved.
    """
    asked, key = _ASKED.get(), f"school {code}"
    if asked is None:
        return schools_stood_for((code,))[code]
    if key not in asked:
        asked[key] = schools_stood_for((code,))[code]
    return asked[key]


def schools_stood_for(codes: Collection[str]) -> dict[str, frozenset[str]]:
    """By code of a school: the codes it answers for today. One query where no school of these ever changed, else two."""
    steps = Succession.objects.filter(of_schools=True, how__in=_WHOLLY)
    told = steps.values_list("before", "after", "on", "how")
    if len(codes) == 1 and not steps.filter(Q(before__in=codes) | Q(after__in=codes)).exists():
        return {code: frozenset((code,)) for code in codes}
    rows = [words.Succession(*one[:3], How(one[3])) for one in told]
    of, same = tree((), rows), tree((), (one for one in rows if one.how is not How.MERGED))
    today = timezone.localdate()
    return {code: _answered_by(code, of, same, today) for code in codes}


def _answered_by(code: str, of: Tree, same: Tree, today: date) -> frozenset[str]:
    heirs = same.heirs(code, date.min, today)
    own = heirs[0] if len(heirs) == 1 else code
    return of.answered(own, today) | {code}


def taken_in(county: str) -> frozenset[str]:
    """A county's code and those it took in, for filters; one query, and one a page."""
    asked, key = _ASKED.get(), f"of {county}"
    if asked is None:
        return tree((), _county_steps()).answered(county, timezone.localdate())
    if key not in asked:
        asked[key] = tree((), _county_steps()).answered(county, timezone.localdate())
    return asked[key]


def owing(city: City, codes: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
    """By code of a county of any day: those that answer for it on a day. One query."""
    of = tree((), steps(city, most=Level.COUNTY))
    return {code: tuple(of.heirs(code, date.min, on)) for code in set(codes)}


def _county_steps() -> list[words.Succession]:
    told = Succession.objects.filter(of_schools=False, level__lte=Level.COUNTY)
    return [words.Succession(*one[:3], How(one[3])) for one in told.values_list("before", "after", "on", "how")]


def _answered(division: str) -> frozenset[str]:
    rows = _county_steps()
    if not rows:
        return frozenset((division,))
    of, today = tree((), rows), timezone.localdate()
    heirs = of.heirs(division, date.min, today)
    own = heirs[0] if len(heirs) == 1 else division
    return of.answered(own, today) | {division}


def divisions_found(city: City, on: date, level: Level, words: str, county: Iterable[str] = ()) -> QuerySet[Division]:
    """Units of a level as they stood on a day whose code or name holds the words."""
    rows = standing(Division.ever.filter(city=city, level=level), on)
    if county:
        rows = rows.filter(county__in=list(county))
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__startswith=words))
    return rows.order_by("place", "code")


def schools_found(city: City, on: date, words: str, where: Mapping[str, Sequence[str]]) -> QuerySet[Institution]:
    """Schools as they stood on a day, in some counties or townships, whose code or name holds the words."""
    rows = standing(Institution.objects.filter(city=city), on)
    for column in ("county", "township", "host"):
        if where.get(column):
            rows = rows.filter(**{f"{column}__in": list(where[column])})
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__startswith=words))
    return rows.order_by("county", "code")
