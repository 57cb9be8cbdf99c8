"""Sixty thousand teachers and ten years of records: each page costs a page, and no more queries than with a few. 演示数据（虚构）."""

import sys
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.training.actions.crediting import recount
from luoshi.bureau.training.models import (
    Choice,
    Course,
    Credit,
    Event,
    Review,
    Roll,
    Seat,
    Session,
    Standing,
    Tally,
    Teacher,
    Term,
    Trainee,
    Turnout,
)
from tests.bureau import taught
from tests.bureau.conftest import Enter
from tests.bureau.many import analyse
from tests.bureau.paging import SLOWEST, cost
from tests.bureau.xingzhou import actor

FEW, SLICE, WHOLE = 40, 400, 60_000
EACH, AT_SCHOOL, BATCH, EVENTS = 50, 20, 5_000, 2_000
"""Records a teacher: ten years of five."""
ON = date(2021, 9, 20)
COUNTIES = ("990102", "990121", *(f"9902{at:02d}" for at in range(13)))
"""Fifteen, of which the small city of the tests knows two."""
KINDS = ("local", "school", "information", "national", "provincial")
SUBJECTS = ("chinese", "mathematics", "foreign", "sports", "music", "computing")
PAGES = {
    "a teacher's own hours": ("t0", "/hours/"),
    "a teacher's choices": ("t0", "/choices/?on=2021-09-20"),
    "a teacher's results": ("t0", "/choices/?on=2021-09-30"),
    "the supermarket": ("t0", "/courses/"),
    "a course looked for": ("t0", "/courses/?words=第7门&kind=local"),
    "gaps by county": ("ducha", "/hours/owed/"),
    "gaps by subject": ("ducha", "/hours/owed/?by=subject"),
    "gaps of a county's schools": ("ducha", "/hours/owed/?county=990121"),
    "a county's own gaps": ("xianqu", "/hours/owed/?by=school"),
    "a school's own gaps": ("xx", "/hours/owed/"),
    "teachers": ("ducha", "/teachers/"),
    "teachers who owe": ("ducha", "/teachers/?owing=five_years&county=990121"),
    "teachers of a school": ("xx", "/teachers/"),
    "deep among teachers": ("xianqu", "/teachers/?after={teacher}"),
    "a teacher by code": ("ducha", "/teachers/?code=c0000"),
    "one record": ("ducha", "/teachers/{teacher}/"),
    "projects": ("ducha", "/trainings/"),
    "a project with places": ("ducha", "/trainings/national/?year=2021"),
    "a term": ("ducha", "/terms/{term}/"),
    "sessions": ("ducha", "/sessions/?on=2021-09-20"),
    "a session": ("ducha", "/sessions/{session}/"),
    "person-times": ("ducha", "/rolls/?project=skills&year=2021"),
    "a certificate": ("", "/certificates/?code=ABCDEFGHJKLM"),
}


def _teachers(city: City, length: int) -> Iterator[Teacher]:
    for number in range(length):
        school = number // AT_SCHOOL
        yield Teacher(
            city=city, code=f"c{number:05d}", who=f"演示{number}", login=f"t{number}" if number < FEW else "", school=f"X{school:05d}",
            county=COUNTIES[school % 15], subject=SUBJECTS[number % 6], stage="primary", rural=school % 3 == 0,
            began=date(2005 + number % 16, 9, 1),
        )  # fmt: skip


def _credits() -> None:
    """Fifty of two thousand events for each teacher, written by the database itself: as rows of Python they take ten minutes."""
    every = EVENTS // EACH
    months = "1 + e.id % 28"
    day = (
        f"date(e.year || '-05-' || substr('0' || ({months}), -2))"
        if connection.vendor == "sqlite"
        else f"make_date(e.year, 5, ({months})::int)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO training_credit (teacher_id, event_id, "on", tenths, practice) SELECT t.id, e.id, {day}, 80, 40 * (e.id % 2)'
            f" FROM training_teacher t JOIN training_event e ON (e.id + t.id * 7) % {every} = 0"
        )
    Credit.objects.filter(pk=Credit.objects.order_by("pk").values_list("pk", flat=True)[0]).update(
        certificate="ABCDEFGHJKLM"
    )
    rows = (
        Credit.objects.order_by()
        .values_list("event", "teacher__county")
        .annotate(many=Count("pk"), hours=Sum("tenths"))
    )
    Turnout.objects.bulk_create(
        Turnout(event_id=event, county=county, people=many, tenths=hours) for event, county, many, hours in rows
    )


def _written(model, rows: Iterator) -> None:
    kept = []
    for row in rows:
        kept.append(row)
        if len(kept) == BATCH:
            model.objects.bulk_create(kept)
            kept.clear()
    model.objects.bulk_create(kept)


def _fill(city: City, length: int) -> None:
    for model in (
        Choice,
        Seat,
        Review,
        Turnout,
        Credit,
        Standing,
        Tally,
        Trainee,
        Roll,
        Event,
        Session,
        Term,
        Course,
        Teacher,
        Institution,
    ):
        model.objects.all().delete()
    with transaction.atomic():
        schools = length // AT_SCHOOL
        rows = (Institution(city=city, code=f"X{one:05d}", name=f"演示学校{one}", kind="211", county=COUNTIES[one % 15]) for one in range(schools))  # fmt: skip
        _written(Institution, rows)
        _written(Teacher, _teachers(city, length))
        people = list(Teacher.objects.order_by("pk").values_list("pk", flat=True))
        events = [Event(city=city, key=f"e{at}", title=f"第{at}项（演示）", project="national" if at % 9 == 0 else "", kind=KINDS[at % 5], year=2012 + at % 10) for at in range(EVENTS)]  # fmt: skip
        _written(Event, iter(events))
        _credits()
        recount(actor("ducha"), city, people, ON)
        _choices(city, people)
    analyse()


def _choices(city: City, people: list[int]) -> None:
    """Six hundred sessions, twenty thousand teachers with three choices each; as many as there are in a small house."""
    courses = [taught.course(city, f"第{at}门") for at in range(20)]
    term = taught.term(city, most=2)
    sessions = [
        taught.session(courses[at % 20], term, 40, date(2021, 10, 1 + at % 28)) for at in range(min(600, len(people)))
    ]
    chosen = people[: min(20_000, len(people))]
    told = {"round": 1, "rank": 5, "seats": 40, "last": [1, 4], "owing": 3, "other": ""}
    rows = (
        Choice(term=term, teacher_id=who, session=sessions[(at + rank * 7) % len(sessions)], rank=rank, cause="full" if rank > 1 else "given", told=told, waiting=at + 1 if rank > 1 else None)
        for at, who in enumerate(chosen)
        for rank in (1, 2, 3)
    )  # fmt: skip
    _written(Choice, rows)
    _written(Seat, (Seat(session=sessions[(at + 7) % len(sessions)], teacher_id=who, how="drawn", since=ON) for at, who in enumerate(chosen)))  # fmt: skip
    for at in range(min(100, len(people) // 10)):
        made = Roll.objects.create(city=city, project="skills", title=f"第{at}班", holder="演示", begun=date(2021, 1 + at % 12, 1), until=date(2021, 1 + at % 12, 6), persons=100, lines=100, digest=f"{at:064d}", by="演示", by_login="x", on=ON)  # fmt: skip
        _written(Trainee, (Trainee(roll=made, code=f"p{at}-{one}", who="演*", group="农民工") for one in range(100)))


def _address(page: str) -> str:
    first = {"teacher": Teacher, "term": Term, "session": Session}
    return page.format(
        **{name: model.objects.order_by("pk").values_list("pk", flat=True)[0] for name, model in first.items()}
    )


def _asked(browser: Client, page: str) -> int:
    browser.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(page).status_code == 200, page
    return len(seen)


@pytest.mark.parametrize("length", [SLICE, pytest.param(WHOLE, marks=pytest.mark.prove)])
def test_pages_of_trainings_cost_a_page(
    city: City, enter: Enter, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    Person.objects.create(username="t0", name="演示师", role="teacher")
    Person.objects.create(username="xx", name="校务", role="school", division="990121", school="X00001")
    _fill(city, FEW)
    few = {name: _asked(enter(who), _address(page)) for name, (who, page) in PAGES.items()}
    _fill(city, length)
    told, slow, more = list[str](), dict[str, float](), dict[str, tuple[int, int]]()
    for name, (who, page) in PAGES.items():
        browser, page = enter(who), _address(page)  # noqa: PLW2901 (with the numbers of this house)
        asked, taken = _asked(browser, page), cost(browser, page)
        told.append(f"{name:30} {taken.usual * 1000:6.1f} ms {asked:3} queries")
        with capsys.disabled():
            sys.stdout.write(told[-1] + "\n")
            sys.stdout.flush()
        if asked > few[name]:
            more[name] = (few[name], asked)
        if taken.usual > SLOWEST:
            slow[name] = taken.usual
    with capsys.disabled():
        sys.stdout.write(f"{length} teachers, {length * EACH} records\n")
    assert (slow, more) == ({}, {})
