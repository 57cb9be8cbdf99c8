"""培训 for programs: projects and courses for everybody, gaps for who may see them, and never a teacher. 演示数据（虚构）."""

import pytest

from luoshi.bureau.people.models import City, Person
from luoshi.bureau.training import actions
from tests.bureau import taught
from tests.bureau.taught import ON
from tests.bureau.test_cases_api import ask
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_city(city: City) -> City:
    City.objects.update(public=True)
    return city


def test_projects_and_listed_courses_are_open_to_everybody(open_city: City) -> None:
    row = taught.course(open_city)
    actions.send_course(actor("jijiao"), open_city, taught.Offered("没有评审的", "某机构", "local", "online", 10), ON)
    status, told = ask("/trainings")
    assert (status, told["count"]) == (200, 13)
    assert {one["key"]: one["requirement"] for one in told["items"]}["information"] == "information"
    status, told = ask("/courses?kind=local")
    assert [(one["id"], one["hours"], one["rating"]) for one in told["items"]] == [(row.pk, "8", None)]
    assert ask("/courses?subject=music")[1]["items"] == []


def test_gaps_are_told_with_a_key_and_a_county_reads_its_own(open_city: City) -> None:
    taught.teachers(open_city)
    actions.keep_records(actor("ducha"), open_city, [taught.learnt(0, 360, 2021)], ON)
    assert ask("/trainings/gaps")[0] == 401
    status, told = ask("/trainings/gaps", "ducha")
    assert status == 200
    assert [(one["label"], one["teachers"], one["met"], one["short"]) for one in told["items"]] == [
        ("斗城区", 2, 0, "720"), ("角阳县", 4, 1, "1080"),
    ]  # fmt: skip
    assert [one["label"] for one in ask("/trainings/gaps", "xianqu")[1]["items"]] == ["角阳县"]
    assert [one["key"] for one in ask("/trainings/gaps?by=subject", "ducha")[1]["items"]] == ["chinese"]
    assert ask("/trainings/gaps?requirement=none", "ducha")[0] == 404
    assert "师一名" not in str(ask("/trainings/gaps", "ducha")[1])


def test_a_teacher_makes_no_key_and_reads_by_none(open_city: City) -> None:
    from luoshi.bureau.people.queries import acting
    from luoshi.bureau.people.rights import refused

    taught.teachers(open_city, 1)
    assert refused(acting(Person.objects.get(username="t0")), "api_key") is not None
