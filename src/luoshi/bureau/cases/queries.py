"""Cases asked for: one with all that happened to it, what waits for somebody, lists with filters."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.crypto import salted_hmac

from luoshi.bureau.cases.known import known, scored
from luoshi.bureau.cases.models import Case, CasePaper, CourseText, Happening, Unsent
from luoshi.bureau.cases.paging import cut
from luoshi.bureau.cases.parts import charge, unseen
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Division, Institution, standing
from luoshi.bureau.people.rights import HOUSE
from luoshi.bureau.people.units.queries import answered
from luoshi.bureau.people.units.queries import schools_of as schools_answered
from luoshi.bureau.rubrics.queries import seats as seats_of
from luoshi.handling import cases
from luoshi.handling.courses import Course, read_back
from luoshi.handling.parts import COUNTY, HANDLER, HOST, LEADER, OVERSIGHT, PANEL, SPONSOR, UNIT, Part
from luoshi.handling.permitting import completed
from luoshi.words.calendars import Calendar

PAGE = 50
STRETCH = 20_000
"""Cases that one search looks through for words, from the newest on."""


def course_of(row: Case) -> Course:
    """The course a case runs by; its text is read once a process, because a version never says anything else."""
    return _course(row.course.version)


@lru_cache(maxsize=512)
def _course(version: str) -> Course:
    return read_back(CourseText.objects.values_list("text", flat=True).get(version=version))


def case(number: int) -> Case | None:
    """One case with its course and city."""
    return (
        Case.objects.select_related("course", "city", "into", "entry").defer("course__text").filter(pk=number).first()
    )


def sending(actor: Actor, once: str) -> str:
    """The digest by which a form is known again when it is sent twice; empty for no form."""
    return sha256(f"{actor.login}/{once}".encode()).hexdigest() if once else ""


def sent_before(actor: Actor, once: str, case: int | None = None) -> Case | None:
    """The case that this form opened, or to which it did a step, when it was sent before."""
    if not once:
        return None
    rows = Happening.objects.filter(once=sending(actor, once)).select_related("case__course", "case__city")
    found = (rows.filter(number=1) if case is None else rows.filter(case=case)).first()
    return found.case if found else None


def unsent(actor: Actor, once: str) -> list[Unsent]:
    """The files that came with a form that was refused."""
    return (
        list(Unsent.objects.filter(login=actor.login, once=sending(actor, once)).select_related("file")) if once else []
    )


def happened(row: Case) -> list[Happening]:
    """All that happened to it, with the papers: two queries."""
    papers = Prefetch("papers", CasePaper.objects.select_related("file"))
    return list(row.happenings.prefetch_related(papers))


def plain(one: Happening) -> cases.Happening:
    """As the engine knows it: without what is private, which no state depends on."""
    return cases.Happening(cases.Did(one.did), one.step, one.on, one.login, one.name, one.part, one.answers)


def private(one: Happening) -> dict[str, str]:
    """What it tells of a person, opened."""
    return dict(json.loads(one.private)) if one.private else {}


def followed(row: Case, calendar: Calendar, told: Sequence[Happening] | None = None) -> cases.Case:
    """How it stands, by all that happened."""
    rows = row.happenings.all() if told is None else told
    return cases.follow(course_of(row), [plain(one) for one in rows], calendar)


def sameness(course: Course, answers: Mapping[str, str]) -> str:
    """A keyed digest of what makes two cases one matter; empty where something of it was not said."""
    told = [" ".join(answers.get(key, "").split()) for key in course.same]
    if not told or not all(told):
        return ""
    return salted_hmac("luoshi.cases.same", json.dumps([course.key, *told], ensure_ascii=False)).hexdigest()[:32]


def running(city: City, course: Course, answers: Mapping[str, str], county: str) -> Case | None:
    """An open case of the same matter in a county, however it came; None where there is none: one query."""
    same = sameness(course, completed(course, answers))
    found = Case.objects.filter(city=city, procedure=course.key, same=same, county=county, ended_on=None)
    return found.order_by("pk").first() if same else None


def likely(row: Case) -> list[Case]:
    """Other cases of the same matter, the newest first, a page at most."""
    if not row.same:
        return []
    found = Case.objects.filter(city_id=row.city_id, procedure=row.procedure, same=row.same).exclude(pk=row.pk)
    return list(found.select_related("course").defer("course__text")[:PAGE])


def school_of(city: int, code: str, on: date) -> Institution | None:
    """A school that stands on a day."""
    return schools_of(city, on).filter(code=code).first()


def schools_of(city: int, on: date) -> QuerySet[Institution]:
    """The schools that stand on a day."""
    return standing(Institution.objects.filter(city_id=city), on)


def school_names(city: int, codes: Iterable[str]) -> dict[str, str]:
    """What schools are called, the newest name of each: one query."""
    rows = Institution.objects.filter(city_id=city, code__in=list(codes)).order_by("begun")
    return dict(rows.values_list("code", "name"))


def unit_name(row: Case) -> str:
    """The name of the school or county it is about; empty where it is about none."""
    if row.school:
        school = school_of(row.city_id, row.school, row.opened_on)
        return school.name if school else ""
    found = Division.objects.filter(city_id=row.city_id, code=row.county).values_list("name", flat=True)
    return (found.first() or "") if row.county else ""


SCHOOLS = 5000
"""Schools that one may choose from at most."""


def choosable(actor: Actor, city: int, on: date, name: str = "") -> list[tuple[str, str, str]]:
    """Code, name and county of the schools somebody may name in a form, by counties: a county's own, a school's itself, everybody else's all.

    Args:
        actor: who chooses.
        city: whose.
        on: today.
        name: only those called so.
    """
    rows = schools_of(city, on).order_by("county", "code")
    if actor.role == "county":
        rows = rows.filter(county__in=sorted(answered(actor)))
    if actor.role == "school":
        rows = rows.filter(code__in=sorted(schools_answered(actor)))
    if name:
        rows = rows.filter(name=name)
    return list(rows.values_list("code", "name", "county")[:SCHOOLS])


def _mine(actor: Actor, city: int) -> list[Q]:
    """Conditions of what may be somebody's turn; each has an index."""
    if actor.role in {"section", "contact"} and actor.office:
        mine = actor.office
        return [Q(turn=HOST.key, office=mine), Q(turn=HANDLER.key, handler=mine), Q(turn=SPONSOR.key, sponsor=mine)]
    if actor.role == "supervisor":
        return [Q(turn=OVERSIGHT.key), Q(turn=HOST.key, office="")]
    if actor.role == "leader":
        return [Q(turn=LEADER.key, office__in=sorted({"", *charge(actor, city)}))]
    if actor.role == "school":
        schools = sorted(schools_answered(actor))
        return [*_given(UNIT, "school", schools), Q(turn=SPONSOR.key, sponsor__in=schools)]
    counties = sorted(answered(actor))
    if counties:
        beside = [Q(turn=COUNTY.key, county__in=counties), Q(turn=SPONSOR.key, sponsor__in=counties)]
        return _given(UNIT, "county", counties) + beside
    return []


def _judged(actor: Actor, city: int) -> list[Q]:
    """Conditions of what somebody has to judge and has not: none, after one query, for who judges nothing."""
    mine = Happening.objects.filter(login=actor.login, part=PANEL.key).values("case")
    told = [
        Q(turn=PANEL.key, procedure=one.procedure, opened_on__year=one.year)
        & ~Q(school__in=one.recused)
        & ~Q(county__in=one.recused)
        for one in seats_of(city, actor.login)
    ]
    own = Q(county=actor.division) if actor.role == "county" else Q(school=actor.school) if actor.school else Q(pk=None)
    return [one & ~own & ~Q(pk__in=mine) for one in told]


def _given(part: Part, column: str, codes: Sequence[str]) -> list[Q]:
    return [Q(turn=part.key, **{f"{column}__in": codes}), Q(turn=HANDLER.key, handler__in=codes)]


def queue(actor: Actor, city: int, most: int = PAGE) -> list[Case]:
    """What waits for somebody: what is due first stands first, what has no last day stands last. At most ten queries."""
    found = list[Case]()
    for condition in (*_mine(actor, city), *_judged(actor, city)):
        rows = (
            Case.objects.filter(condition, city_id=city, ended_on=None).select_related("course").defer("course__text")
        )
        found += rows.filter(due__isnull=False).order_by("due", "id")[:most]
        found += rows.filter(due=None).order_by("id")[:most]
    return sorted(found, key=lambda one: (one.due or date.max, one.pk))[:most]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; what is empty does not matter."""

    procedure: str = ""
    state: str = ""
    county: str = ""
    school: str = ""
    theme: str = ""
    words: str = ""
    """In the title or the number."""
    overdue: date | None = None
    """Open, and its last day was before this one."""
    running: bool = False
    before: int | None = None
    """Cases before this one: the next page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of cases, the newest first."""

    rows: list[Case] = field(default_factory=list)
    on: int | None = None
    """Where the next page begins; None when there are no more."""
    whole: bool = True
    """Whether the page is full or everything was looked through; else there may be more further back."""


def search(actor: Actor, city: int, asked: Asked, most: int = PAGE) -> Found:
    """A page of the cases somebody may see, so many at most.

    By a filter an index finds them in the order of the page. Words are looked for as they stand, so many cases at a time from
    the newest on, and the page says how far it has come.
    """
    rows = _seen(actor, city, asked.procedure)
    told = {
        name: value for name in ("procedure", "state", "county", "school", "theme") if (value := getattr(asked, name))
    }
    rows = rows.filter(**told)
    if asked.overdue:
        rows = rows.filter(ended_on=None, due__lt=asked.overdue)
    elif asked.running:
        rows = rows.filter(ended_on=None)
    if asked.before is not None:
        rows = rows.filter(pk__lt=asked.before)
    rows = rows.order_by("-pk")
    if not asked.words:
        return Found(*cut(rows.select_related("course").defer("course__text"), most))
    return _with_words(rows, asked.words, most)


def _with_words(rows: QuerySet[Case], words: str, most: int) -> Found:
    ids = list(rows.values_list("pk", flat=True)[:STRETCH])
    if not ids:
        return Found()
    wanted = Q()
    for word in words.split():
        wanted &= Q(title__icontains=word) | Q(number__icontains=word)
    within = rows.filter(wanted, pk__gte=ids[-1], pk__lte=ids[0])
    page, on = cut(within.select_related("course").defer("course__text"), most)
    if on is not None:
        return Found(page, on)
    return Found(page, ids[-1] if len(ids) == STRETCH else None, whole=len(ids) < STRETCH)


def _seen(actor: Actor, city: int, procedure: str) -> QuerySet[Case]:
    """Those that are not closed to somebody; what a page shows is asked of `unseen` once more, case by case."""
    rows = Case.objects.filter(city_id=city)
    if actor.role == "county":
        counties = sorted(answered(actor))
        return rows.filter(Q(county__in=counties) | Q(handler__in=counties) | Q(sponsor__in=counties)).exclude(
            accused__in=counties
        )
    if actor.role == "school":
        schools = sorted(schools_answered(actor))
        return rows.filter(Q(school__in=schools) | Q(handler__in=schools) | Q(sponsor__in=schools)).exclude(
            accused__in=schools
        )
    if actor.role in {"section", "contact"}:
        mine = Q(office=actor.office) | Q(handler=actor.office) | Q(sponsor=actor.office)
        return rows.filter(mine | ~Q(procedure__in=_guarded(procedure))).exclude(accused=actor.office)
    return rows if actor.role in {"leader", "supervisor", HOUSE} else rows.none()


def _guarded(procedure: str) -> list[str]:
    told = {key for key, one in known().items() if one.guarded}
    return sorted(told & {procedure} if procedure else told)


def running_of(actor: Actor, city: int, schools: Iterable[str], on: date) -> dict[str, tuple[int, int]]:
    """Of a school's open cases that somebody may see, by key of the procedure, how many there are and how many are overdue.

    One query, whatever the number of cases.

    Args:
        actor: who looks.
        city: whose.
        schools: all codes of the school.
        on: today.
    """
    rows = _seen(actor, city, "").filter(school__in=sorted(schools), ended_on=None).order_by()
    told = rows.values("procedure").annotate(running=Count("pk"), late=Count("pk", filter=Q(due__lt=on)))
    return {one["procedure"]: (one["running"], one["late"]) for one in told}


def seen(actor: Actor, rows: Iterable[Case]) -> list[Case]:
    """Those somebody may see."""
    told = list(rows)
    seats = seats_of(told[0].city_id, actor.login) if any(scored(one.procedure) for one in told) else ()
    return [one for one in told if unseen(actor, one, course_of(one), seats) is None]
