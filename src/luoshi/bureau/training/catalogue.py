"""The course supermarket (课程超市), terms of choosing, sessions and who sits in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import refused
from luoshi.bureau.training.models import Attendance, Choice, Course, Credit, Review, Seat, Session, Teacher, Term
from luoshi.bureau.training.placing import closed_to
from luoshi.bureau.training.queries import seen

PAGE = 50
_LOOKED = 1000
"""Sessions of a term that are looked through for those that take a teacher."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody looks for."""

    words: str = ""
    kind: str = ""
    subject: str = ""
    stage: str = ""
    form: str = ""
    state: str = ""
    free: bool = False
    stars: int = 0
    """At least so many on average."""
    before: int = 0


def courses(actor: Actor, city: City, looked: Looked) -> list[Course]:
    """A page of courses and one more, the newest first: teachers see what is listed, others what they look for by state."""
    rows = Course.objects.filter(city=city)
    inside = refused(actor, "training_send") is None
    state = looked.state if inside and looked.state else Course.State.LISTED
    rows = rows.filter(state=state)
    if state != Course.State.LISTED and actor.role in {"county", "school"}:
        rows = rows.filter(by_login=actor.login) if actor.role == "school" else rows.filter(county=actor.division)
    for column in ("kind", "form"):
        if getattr(looked, column):
            rows = rows.filter(**{column: getattr(looked, column)})
    for column in ("subject", "stage"):
        if getattr(looked, column):
            rows = rows.filter(Q(**{column: getattr(looked, column)}) | Q(**{column: ""}))
    if looked.words:
        rows = rows.filter(Q(title__icontains=looked.words) | Q(provider__icontains=looked.words))
    if looked.free:
        rows = rows.filter(price=0)
    if looked.stars:
        rows = rows.filter(rated__gt=0, stars__gte=F("rated") * looked.stars)
    if looked.before:
        rows = rows.filter(pk__lt=looked.before)
    return list(rows.order_by("-pk")[: PAGE + 1])


def listed(city: City, kind: str, subject: str) -> list[Course]:
    """Listed courses of a kind and subject, the newest first, as programs read them."""
    rows = Course.objects.filter(city=city, state=Course.State.LISTED)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(subject=subject) if subject else rows
    return list(rows.order_by("-pk")[:_LOOKED])


def counts(city: City) -> dict[str, int]:
    """How many courses of each state: one query."""
    return dict(Course.objects.filter(city=city).order_by().values_list("state").annotate(many=Count("pk")))


def poor(city: City, least: float) -> list[Course]:
    """Listed courses rated below the line, the worst first: to be looked at, never removed by themselves."""
    rows = Course.objects.filter(city=city, state=Course.State.LISTED, rated__gt=0)
    mean = Cast("stars", FloatField()) / F("rated")
    return list(rows.annotate(mean=mean).filter(mean__lt=least).order_by("mean")[:PAGE])


def course(number: int) -> Course | None:
    """One of them."""
    return Course.objects.select_related("city").filter(pk=number).first()


def why_hidden(actor: Actor, row: Course) -> bool:
    """Whether a course is none of whoever looks: what is not listed is for the bureau and for whoever sent it."""
    if row.state == Course.State.LISTED:
        return False
    if actor.role in {"teacher", "school"}:
        return row.by_login != actor.login
    return actor.role == "county" and row.county != actor.division


def reviews(row: Course) -> list[Review]:
    """Its steps, in order."""
    return list(row.reviews.all())


def sessions_of(row: Course) -> list[Session]:
    """Its sessions, the newest first."""
    return list(row.sessions.select_related("term").order_by("-begins", "-pk")[:PAGE])


def terms(city: City) -> list[Term]:
    """Terms of choosing, the newest first, with how many teachers chose."""
    rows = Term.objects.filter(city=city).select_related("job")
    return list(rows.annotate(sessions_=Count("sessions", distinct=True)).order_by("-pk")[:PAGE])


def term(number: int) -> Term | None:
    """One of them."""
    return Term.objects.select_related("city", "job").filter(pk=number).first()


def open_term(city: City, on: date) -> Term | None:
    """The term that teachers choose in today."""
    rows = Term.objects.filter(city=city, state=Term.State.OPEN, opens__lte=on, closes__gte=on)
    return rows.order_by("closes").first()


def newest_term(me: Teacher) -> Term | None:
    """The newest term in which a teacher chose."""
    return Term.objects.filter(choices__teacher=me).order_by("-pk").first()


def sessions_in(of: Term, after: int = 0, most: int = 2 * PAGE) -> list[Session]:
    """A page of the sessions of a term and one more, as they were held: one query."""
    rows = Session.objects.filter(term=of, pk__gt=after).select_related("course")
    return list(rows.order_by("pk")[: most + 1])


def offered(of: Term, me: Teacher, words: str, after: int) -> list[Session]:
    """A page of the sessions that take a teacher and one more, whose course, provider or place holds the words: one query."""
    rows = Session.objects.filter(term=of, pk__gt=after).select_related("course").order_by("pk")
    if words:
        place = Q(place__icontains=words)
        rows = rows.filter(Q(course__title__icontains=words) | Q(course__provider__icontains=words) | place)
    return list(islice((one for one in rows[:_LOOKED] if not closed_to(one, me)), PAGE + 1))


def numbered(of: Term, numbers: Iterable[str]) -> list[int]:
    """Sessions of a term by their numbers, in the order they are given; one that is none becomes 0, which no session is."""
    known = dict(Session.objects.filter(term=of).values_list("number", "pk"))
    return [known.get(one.strip(), 0) for one in numbers]


def wanted(of: Term, shown: Iterable[Session]) -> dict[int, tuple[int, int]]:
    """By session of those shown: how many chose it, and how many as their first: one query."""
    here = [one.pk for one in shown]
    rows = Choice.objects.filter(term=of, session__in=here).order_by().values_list("session")
    told = rows.annotate(many=Count("pk"), first=Count("pk", filter=Q(rank=1)))
    return {session: (many, first) for session, many, first in told}


@dataclass(frozen=True, slots=True)
class Given:
    """What came of a term."""

    teachers: int
    choices: int
    places: int
    with_one: int
    first: int
    """Teachers who got what they wanted most."""


def given(of: Term) -> Given:
    """What came of a term: two queries."""
    rows = Choice.objects.filter(term=of)
    told = rows.aggregate(
        teachers=Count("teacher", distinct=True), choices=Count("pk"), places=Count("pk", filter=Q(cause="given")),
        with_one=Count("teacher", distinct=True, filter=Q(cause="given")), first=Count("pk", filter=Q(cause="given", rank=1)),
    )  # fmt: skip
    return Given(**told)


def choices_of(me: Teacher, of: Term) -> list[Choice]:
    """A teacher's choices in a term, in their order."""
    rows = Choice.objects.filter(term=of, teacher=me).select_related("session__course")
    return list(rows.order_by("rank"))


def places_of(me: Teacher) -> list[Seat]:
    """A teacher's places, the newest first, with the days attended: two queries."""
    rows = Seat.objects.filter(teacher=me, gone_on=None).select_related("session__course")
    return list(rows.annotate(days_=Count("days")).order_by("-session__begins")[:PAGE])


def unrated(me: Teacher) -> list[Seat]:
    """Places whose hours were given and that wait to be rated: one query."""
    rows = Seat.objects.filter(teacher=me, gone_on=None, stars=None, session__event__credits__teacher=me)
    return list(rows.select_related("session__course").order_by("-session__until")[:10])


def session(number: int) -> Session | None:
    """One of them."""
    return Session.objects.select_related("course__city", "term").filter(pk=number).first()


def sessions(actor: Actor, city: City, on: date, *, over: bool = False) -> list[Session]:
    """Sessions that are to come or run, or those that are over; a county's and a school's: where their teachers sit."""
    rows = Session.objects.filter(course__city=city).select_related("course")
    rows = (
        rows.filter(until__lt=on).order_by("-until", "-pk")
        if over
        else rows.filter(until__gte=on).order_by("begins", "pk")
    )
    if actor.role in {"county", "school"}:
        mine = Seat.objects.filter(teacher__in=seen(actor, city), gone_on=None).values("session")
        rows = rows.filter(
            Q(pk__in=mine) | Q(course__county=actor.division or "——") if actor.role == "county" else Q(pk__in=mine)
        )
    return list(rows[:200])


def roster(actor: Actor, of: Session) -> list[Seat]:
    """Who sits in a session, as far as somebody may see them, with days attended: one query."""
    rows = Seat.objects.filter(session=of, gone_on=None, teacher__in=seen(actor, of.course.city)).select_related(
        "teacher"
    )
    return list(rows.annotate(days_=Count("days")).order_by("teacher__school", "pk")[:500])


def waiting(actor: Actor, of: Session) -> list[Choice]:
    """Who waits for a place in a session, as far as somebody may see them."""
    rows = Choice.objects.filter(session=of, waiting__isnull=False, teacher__in=seen(actor, of.course.city))
    return list(rows.select_related("teacher").order_by("waiting")[:100])


def hours_given(of: Session) -> set[int]:
    """Teachers who have hours from a session."""
    return set(Credit.objects.filter(event__session=of).values_list("teacher_id", flat=True))


def attended_today(of: Session, on: date) -> int:
    """How many signed in today."""
    return Attendance.objects.filter(seat__session=of, on=on).count()


def names_of(rows: Iterable[Session]) -> Mapping[int, str]:
    """What sessions are called, by number."""
    return {one.pk: f"{one.course.title} {one.number}" for one in rows}


def of_term(numbers: Iterable[int]) -> QuerySet[Session]:
    """Sessions by their numbers, with their courses."""
    return Session.objects.filter(pk__in=list(numbers)).select_related("course")
