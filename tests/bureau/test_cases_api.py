"""办件 for programs: each key reads what its owner may see, nobody reads of a person, and what is not there looks like what is closed."""

from datetime import date, timedelta

import pytest
import schemathesis
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings

from luoshi.bureau.board.api.doors import document
from luoshi.bureau.cases.actions import bring_counts, set_conduct
from luoshi.bureau.cases.actions.conducting import Counts, Setting
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.notices.actions import switch
from luoshi.bureau.people.actions import make_key
from luoshi.bureau.people.models import City
from luoshi.bureau.wsgi import application
from tests.bureau.test_api_by_schema import CHECKS, held
from tests.bureau.test_cases import ACCEPTED, PAPER, accepted, brought, native, step
from tests.bureau.xingzhou import actor

__all__ = ["held", "native"]
ROOT = "/api/v1"


def ask(path: str, login: str = "") -> tuple[int, dict[str, object]]:
    told = {}
    if login:
        secret = make_key(actor(login), "测试", timezone.localdate() + timedelta(days=1))
        told = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    answer = Client().get(f"{ROOT}{path}", **told)
    return answer.status_code, answer.json()


def test_my_cases_are_those_that_wait_for_the_owner_of_the_key(native: City) -> None:
    row = brought(native).row
    status, told = ask("/cases", "jijiao")
    (one,) = told["items"]
    assert (status, one["id"], one["due"], one["turn"], one["state_label"]) == (
        200,
        row.pk,
        "2020-10-09",
        "host",
        "已登记",
    )
    assert ask("/cases", "fenguan")[1]["items"] == []


def test_without_a_key_nobody_reads_of_cases_and_with_one_that_has_no_right_neither(native: City) -> None:
    switch(actor("ducha"), native, public=True)
    row = brought(native).row
    for path in ("/cases", f"/cases/{row.pk}", "/procedures/petition/statistics"):
        assert ask(path)[0] == 401


def test_a_case_is_told_without_anything_of_a_person(native: City) -> None:
    row = step(brought(native).row, "accept", "jijiao", ACCEPTED, PAPER, handler_unit="RS")
    for login in ("jijiao", "ducha", "fenguan"):
        status, told = ask(f"/cases/{row.pk}", login)
        assert status == 200
        assert "演示家长" not in str(told)
        assert "1390000" not in str(told)
        assert "退费" not in str(told), "what is complained of is the complainer's"
    facts = {one["label"]: one["value"] for one in told["facts"]}
    assert facts["类别"] == "收费"
    assert facts["承办单位"] == "人事科"
    assert "受理告知书" not in facts
    assert [one["step"] for one in told["happened"]] == ["", "受理"]


def test_what_one_may_not_see_is_answered_like_what_is_not_there(native: City) -> None:
    row = accepted(native, against="990121")
    closed, missing = ask(f"/cases/{row.pk}", "xianqu"), ask("/cases/999999", "xianqu")
    assert (closed[0], missing[0]) == (404, 404)
    assert str(closed[1]).replace(f" {row.pk}", " N") == str(missing[1]).replace(" 999999", " N")


def test_statistics_are_told_by_county_and_month_and_a_county_reads_its_own(native: City) -> None:
    brought(native, county="990121")
    brought(native)
    status, told = ask("/procedures/petition/statistics?since=2020-09&until=2020-09", "ducha")
    assert (status, told["whole"]["opened"], told["count"]) == (200, 2, 2)
    _, own = ask("/procedures/petition/statistics?since=2020-09&until=2020-09", "xianqu")
    assert [(one["county"], one["month"], one["opened"]) for one in own["items"]] == [("990121", "2020-09", 1)]
    assert ask("/procedures/nothing/statistics", "ducha")[0] == 404
    assert ask("/procedures/petition/statistics?since=2020-13", "ducha")[0] == 422


def test_statistics_of_what_runs_elsewhere_are_the_imported_ones(city: City) -> None:
    bring_counts(actor("ducha"), city, "petition", [Counts("990121", date(2021, 9, 1), 12, 10, 1, 5)], "演示")
    _, told = ask("/procedures/petition/statistics", "ducha")
    assert (told["way"], told["whole"]) == ("imported", {"opened": 12, "ended": 10, "late": 1, "running": 5})


def test_procedures_and_public_lists_are_for_everybody_once_the_public_page_is_open(city: City) -> None:
    assert ask("/procedures")[0] == 401
    switch(actor("ducha"), city, public=True)
    status, told = ask("/procedures?size=500")
    assert status == 200
    one = next(one for one in told["items"] if one["key"] == "petition")
    assert (one["label"], one["terms"][0]["within"]) == ("教育信访", "15天")
    assert ask("/registers")[0] == 200
    assert ask("/registers/nothing")[0] == 404
    assert not Listing.objects.exists()


KEYED = schemathesis.openapi.from_dict(document()).include(path_regex="cases|procedures|registers")
KEYED.config.update(base_url="http://localhost")


@pytest.fixture
def bearing(city: City, held: None) -> str:
    set_conduct(actor("ducha"), city, "petition", Setting("native", "演示", "JJ"))
    brought(city)
    assert Case.objects.exists()
    return make_key(actor("ducha"), "测试", timezone.localdate() + timedelta(days=1))


@KEYED.parametrize()
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_with_a_key_every_question_is_answered_as_the_document_says(case: schemathesis.Case, bearing: str) -> None:
    case.call_and_validate(app=application, checks=CHECKS, headers={"Authorization": f"Bearer {bearing}"})
