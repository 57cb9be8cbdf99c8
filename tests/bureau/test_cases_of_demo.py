"""The demo's petitions: one wherever one can stand, all of it made up and said to be. 演示数据（虚构）."""

import time

import pytest
from django.db.models import Count

from luoshi.bureau.board import cases_of_demo
from luoshi.bureau.board.cases_of_demo import LETTERS
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.files.models import File
from luoshi.bureau.people.models import City, Office, Person
from luoshi.declared.procedures.petitions import Petition

PEOPLE = (
    ("jijiao", "section", "JJ", ""), ("jijiaolian", "contact", "JJ", ""), ("renshi", "section", "RS", ""),
    ("anquan", "section", "AQ", ""), ("bing", "leader", "JJ", ""), ("doucheng", "county", "", "990102"),
    ("jiaoyang", "county", "", "990121"),
)  # fmt: skip
LONGEST = 20.0
"""Seconds on a busy machine; it is a process beside the website that does it."""


@pytest.mark.django_db
def test_petitions_stand_wherever_one_can_stand_and_say_that_they_are_made_up(city: City) -> None:
    assert not cases_of_demo.fits(city)
    Office.objects.create(city=city, code="AQ", name="安全科", leader="丙副局长", place=9)
    for login, role, office, division in PEOPLE:
        told = {"name": f"{login}（演示）", "role": role, "office": office, "division": division, "demo": True}
        Person.objects.update_or_create(username=login, defaults=told)
    assert cases_of_demo.fits(city)
    begun = time.perf_counter()
    cases_of_demo.handle(city)
    assert time.perf_counter() - begun < LONGEST
    assert not cases_of_demo.fits(city)
    stands = dict(Case.objects.order_by().values_list("state").annotate(Count("pk")))
    assert set(stands) == set(known()["petition"].declaration.states), "every state of a petition has one"
    assert sum(stands.values()) == len(LETTERS)
    assert Case.objects.filter(late=True).exists()
    assert Case.objects.filter(ended_on=None, due__lt="2021-12-31").exists()
    assert Petition.key == cases_of_demo.PROCEDURE
    for one in Happening.objects.exclude(private=""):
        told = queries.private(one)
        assert "演示" in told.get("who", "演示")
        assert "演示" in told.get("matter", "演示")
    assert all("演示" in one.name for one in File.objects.all())
