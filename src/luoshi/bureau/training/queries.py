"""Teachers, as far as whoever looks may see them, and what each has learnt."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.people.rights import HOUSE, answers, own_school, refused
from luoshi.bureau.people.units.queries import answered, schools_of
from luoshi.bureau.training.models import TENTHS, Correction, Credit, Nomination, Standing, Teacher
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_name

PAGE = 100


def hours(tenths: int) -> Decimal:
    """Hours of whole tenths: 45, 4.5."""
    told = Decimal(tenths) / TENTHS
    return told.quantize(Decimal(1)) if tenths % TENTHS == 0 else told


def teacher_of(actor: Actor) -> Teacher | None:
    """The teacher whose account acts; None for everybody else."""
    if actor.role != "teacher" or not actor.login:
        return None
    return Teacher.objects.select_related("city").filter(login=actor.login).first()


def seen(actor: Actor, city: City) -> QuerySet[Teacher]:
    """Teachers whose record somebody may see: their own, their school's, their county's, the city's."""
    rows = Teacher.objects.filter(city=city)
    if actor.role == HOUSE or refused(actor, "trainings") is None:
        if actor.role == "school":
            return rows.filter(school__in=schools_of(actor))
        if actor.role == "county" and actor.division:
            return rows.filter(county__in=answered(actor))
        return rows
    return rows.filter(login=actor.login) if actor.role == "teacher" and actor.login else rows.none()


def why_not_seen(actor: Actor, teacher: Teacher) -> Finding | None:
    """Why somebody may not see a teacher's record; None when they may."""
    if actor.role == "teacher":
        own = bool(actor.login) and teacher.login == actor.login
        rule = "教师只看和办理本人的"
        return None if own else Finding("教师培训记录", "不是本人的", rule, "请看“我的学时”")
    if why := refused(actor, "trainings"):
        return why
    if actor.role == "school" and not own_school(actor, teacher.school):
        return Finding("教师培训记录", "不是本校的教师", "学校只看和办理本校的事项", "请看本校的")
    if actor.role == "county" and actor.division and not answers(actor, teacher.county):
        return Finding("教师培训记录", "不是本县(市、区)的教师", "县(市、区)只看和办理本地的", "请看本县(市、区)的")
    return None


def shown(actor: Actor, teacher: Teacher) -> str:
    """The name: whole to the teacher and to their own school, to everybody else masked."""
    own = actor.role == "teacher" or (actor.role == "school" and own_school(actor, teacher.school))
    return teacher.who if own else masked_name(teacher.who)


def school_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of schools by code, the newest: one query."""
    rows = Institution.objects.filter(code__in=set(codes)).order_by("begun")
    return dict(rows.values_list("code", "name"))


def found(actor: Actor, city: City, asked: dict[str, str], after: int = 0) -> list[Teacher]:
    """A page of teachers and one more, those on the register, by code, school, county, subject, trade: one query."""
    rows = seen(actor, city).filter(left_on=None, pk__gt=after)
    for column in ("school", "county", "subject", "stage", "trade"):
        if asked.get(column):
            rows = rows.filter(**{column: asked[column]})
    if asked.get("code"):
        rows = rows.filter(code__startswith=asked["code"])
    if asked.get("owing"):
        rows = rows.filter(Q(standings__requirement=asked["owing"], standings__short__gt=0))
    return list(rows.order_by("pk")[: PAGE + 1])


def teacher(number: int) -> Teacher | None:
    """One of them."""
    return Teacher.objects.select_related("city").filter(pk=number).first()


def by_code(city: City, words: str) -> Teacher:
    """The one teacher on the register whose code begins so.

    Raises:
        RefusedError: none, or several.
    """
    wanted = words.strip().lower()
    rows = Teacher.objects.select_related("city").filter(city=city, left_on=None, code__startswith=wanted or "-")[:2]
    if len(rows) != 1:
        what = f"代号“{wanted[:24]}”对上 {'多' if rows else '0 '}人"
        rule = "填教师代号的前几位，须只对上一人；代号见教师培训数据库"
        raise RefusedError(Finding("推荐", what, rule, "请多填几位"))
    return rows[0]


def standings_of(teachers: Iterable[int]) -> dict[int, list[Standing]]:
    """How far each has come, by teacher: one query."""
    told: dict[int, list[Standing]] = {}
    for one in Standing.objects.filter(teacher__in=list(teachers)).order_by("requirement"):
        told.setdefault(one.teacher_id, []).append(one)
    return told


@dataclass(frozen=True, slots=True)
class Record:
    """One teacher's record: hours by event, what is asked to be corrected."""

    credits: list[Credit]
    corrections: list[Correction]


def record(of: Teacher) -> Record:
    """What a teacher's record holds, the newest first: two queries."""
    rows = Credit.objects.filter(teacher=of).select_related("event").order_by("-on", "-id")[:500]
    return Record(list(rows), list(Correction.objects.filter(teacher=of).select_related("credit__event")[:50]))


def certificate(code: str) -> Credit | None:
    """What a check code stands for."""
    wanted = code.strip().upper().replace(" ", "").replace("-", "")
    if not wanted:
        return None
    rows = Credit.objects.select_related("teacher", "event", "event__session__course", "teacher__city")
    return rows.filter(certificate=wanted).first()


def corrections(actor: Actor, city: City) -> list[Correction]:
    """What waits to be decided, of the teachers somebody sees."""
    rows = Correction.objects.filter(teacher__in=seen(actor, city), state=Correction.State.ASKED)
    return list(rows.select_related("teacher", "credit__event").order_by("pk")[:PAGE])


def many_named(city: City, project: str, year: int, county: str) -> int:
    """How many a county named, those that were returned not counted."""
    rows = Nomination.objects.filter(city=city, project=project, year=year, county=county)
    return rows.exclude(state=Nomination.State.RETURNED).count()
