"""What one county, school or teacher has that another must not see: cases, entries of lists, compared lists, hours."""

from collections.abc import Sequence
from datetime import date, time

from luoshi.bureau.cases.actions import Bringing, Shown, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case, CasePaper, Listing
from luoshi.bureau.comparisons.models import Run
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.training.models import Course, Credit, Event, Session, Teacher, Term
from tests.bureau import xingzhou

PAPERS = ("case_paper", "case_thumbnail")
"""Addresses that name a paper of a case."""


def cases_of(city: City, told: Sequence[tuple[str, str, str]]) -> dict[str, dict[str, int]]:
    """A petition about each school, with a paper; its county handles it.

    Args:
        city: whose.
        told: code of the school, code of its county, and what is written that only they may read.
    """
    by = xingzhou.actor("jijiao")
    set_conduct(xingzhou.actor("ducha"), city, "petition", Setting("native", "演示", "JJ"))
    made: dict[str, dict[str, int]] = {}
    for school, county, words in told:
        letter = {
            "channel": "letter", "received_on": "2021-09-20", "who": words, "reachable": "yes", "persons": "1", "topic": "fees",
            "matter": words, "urgent": "usual",
        }  # fmt: skip
        row = open_case(by, city, "petition", Bringing(letter, school=school), date(2021, 9, 20)).row
        paper = {"accept_notice": [(f"{school}.txt", words.encode())]}
        row = take(by, Shown(row.pk, 1), "accept", Bringing({"handler_unit": county}, paper), date(2021, 9, 21))
        made[school] = {"case": row.pk, **dict.fromkeys(PAPERS, CasePaper.objects.get(happening__case=row).pk)}
    return made


def comparison_of(city: City, county: str, told: str) -> int:
    """A comparison of a county, brought by whom is told."""
    run = Run.objects.create(
        city=city, county=county, on=date(2021, 9, 1), by=told, by_login=county, until=date(2999, 1, 1)
    )
    return run.pk


def taught(city: City, county: str, school: str, login: str, name: str) -> dict[str, int]:
    """A teacher of a school with an account and hours, and a course with a session of their county.

    Args:
        city: whose.
        county: of the school.
        school: its code.
        login: of the account.
        name: what only the teacher and their school may read.
    """
    if not Person.objects.filter(username=login).exists():
        Person.objects.create(username=login, name=login, role="teacher")
    told = {"city": city, "code": login, "who": name, "login": login, "school": school, "county": county}
    teacher = Teacher.objects.create(**told)
    event = Event.objects.create(city=city, key=login, title="演示", kind="local", year=2021)
    credit = Credit.objects.create(teacher=teacher, event=event, on=date(2021, 9, 1), tenths=80, certificate=login[:12])
    course = Course.objects.create(
        city=city, title="演示", provider="演示", kind="local", form="present", tenths=80, state="listed", county=county,
        by="演示", by_login="x", on=date(2021, 9, 1),
    )  # fmt: skip
    term = Term.objects.create(
        city=city,
        title="演示",
        opens=date(2021, 9, 1),
        closes=date(2021, 9, 2),
        most=1,
        ranked=1,
        by="演示",
        by_login="x",
    )
    session = Session.objects.create(
        course=course, term=term, number="1", begins=date(2021, 9, 20), until=date(2021, 9, 20), opens_at=time(9),
        closes_at=time(10), place="演示", seats=1,
    )  # fmt: skip
    return {
        "teacher": teacher.pk,
        "certificate": credit.pk,
        "course": course.pk,
        "term": term.pk,
        "session": session.pk,
    }


def entry(city: City, county: str, school: str, title: str) -> dict[str, int]:
    """An entry of a list about a school, that a case of its county decided."""
    row = Listing.objects.create(
        city=city, register="fire_equipment", title=title, school=school, county=county, same="0" * 32,
        since=date(2021, 9, 20), by=Case.objects.filter(county=county)[0],
    )  # fmt: skip
    return {"register_entry": row.pk}
