"""The demo's trainings: a living supermarket, a term given out and one open, all of it made up and said to be. 演示数据（虚构）."""

import time

import pytest

from luoshi.bureau.board import trainings_of_demo
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.training.models import Choice, Correction, Course, Credit, Roll, Seat, Session, Teacher, Term, Turn
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter

LONGEST = 60.0
"""Seconds on a busy machine; it is a process beside the website that does it."""


@pytest.mark.django_db
def test_a_visitor_finds_a_living_supermarket(city: City, enter: Enter) -> None:
    assert not trainings_of_demo.fits(city)
    for login, role, office, division in (
        ("renshi", "section", "RS", ""),
        ("ducha", "supervisor", "BGS", ""),
        ("jiaoyang", "county", "", "990121"),
    ):
        told = {"name": f"{login}（演示）", "role": role, "office": office, "division": division, "demo": True}
        Person.objects.update_or_create(username=login, defaults=told)
    for at in range(12):
        Institution.objects.create(
            city=city,
            code=f"21410{at:05d}",
            name=f"演示学校{at}",
            kind=("211", "365")[at % 6 == 5],
            county=("990121", "990102")[at % 2],
        )
    assert trainings_of_demo.fits(city)
    begun = time.perf_counter()
    trainings_of_demo.hold_all(xingzhou.INSTALLER, city)
    assert time.perf_counter() - begun < LONGEST
    assert not trainings_of_demo.fits(city)
    assert set(Course.objects.values_list("state", flat=True)) == {"listed", "sent"}
    assert {one.state for one in Term.objects.all()} == {"open", "given"}
    assert Seat.objects.filter(how="drawn").exists()
    assert Choice.objects.filter(waiting__isnull=False).exists()
    assert Credit.objects.filter(certificate__isnull=False).exists()
    assert Turn.objects.exists()
    assert Roll.objects.exists()
    assert Correction.objects.filter(state="asked").exists()
    assert Session.objects.filter(begins=trainings_of_demo.TODAY).exists()
    assert all("演示" in one.who for one in Teacher.objects.all())
    assert all("演示" in one.name for one in Person.objects.filter(role="teacher"))
    assert broken() is None
    for login in trainings_of_demo.LOGINS:
        browser = enter(login)
        for page in ("/hours/?on=2021-12-20", "/choices/?on=2021-12-20", "/attend/?on=2021-12-20", "/courses/"):
            assert browser.get(page).status_code == 200, page
