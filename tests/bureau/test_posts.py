"""任职: what a person may do follows the post they act in today; several are chosen between in the page head."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Office, Person
from luoshi.bureau.posts.actions import Term, appoint, choose_main, settle_day
from luoshi.bureau.posts.models import Post
from luoshi.bureau.posts.queries import person_of, with_posts, worn
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 1)
DAY = timedelta(days=1)


def _acts_as(login: str, on: date, wanted: object = None) -> tuple[str, str, str] | None:
    person = worn(with_posts(Person.objects.filter(username=login), on), wanted)
    return (person.role, person.office, person.division) if person else None


def _appoint(login: str = "jijiao", on: date = TODAY, **term: object) -> Post:
    told = {"role": "section", "office": "RS", "begun": TODAY, **term}
    return appoint(actor("guanli"), login, Term(**told), on, "星教〔2021〕9号（虚构）")


def test_a_founding_account_acts_as_its_own_columns_say(city: City) -> None:
    assert _acts_as("jijiao", TODAY) == ("section", "JJ", "")


def test_a_second_post_keeps_the_first_and_both_are_dated(city: City) -> None:
    with witness.done("posts.appoint"):
        second = _appoint()
    first = Post.objects.get(person__username="jijiao", office="JJ")
    assert (first.main, second.main) == (True, False)
    founded = timezone.localdate(first.person.date_joined)
    assert _acts_as("jijiao", max(TODAY, founded)) == ("section", "JJ", "")
    assert _acts_as("jijiao", max(TODAY, founded), second.pk) == ("section", "RS", "")


@pytest.mark.parametrize(
    ("on", "acts"), [(TODAY - DAY, False), (TODAY, True), (TODAY + 9 * DAY, True), (TODAY + 10 * DAY, False)]
)
def test_a_post_gives_nothing_before_its_first_day_and_after_its_last(city: City, on: date, *, acts: bool) -> None:
    post = _appoint(until=TODAY + 9 * DAY)
    Post.objects.exclude(pk=post.pk).delete()
    assert _acts_as("jijiao", on, post.pk) == (("section", "RS", "") if acts else None)


def test_whoever_holds_no_post_any_more_does_not_come_in(city: City, enter: Enter) -> None:
    client = enter("jijiao")
    assert client.get("/").status_code == 200
    _appoint()
    Post.objects.update(until=TODAY)
    assert client.get("/").status_code == 302


def test_whoever_holds_no_post_is_told_so_when_the_password_is_right(city: City) -> None:
    from luoshi.bureau.entering.actions.signing_in import sign_in

    _appoint()
    Post.objects.update(until=TODAY)
    person = Person.objects.get(username="jijiao")
    person.set_password("Xingzhou-2021-演示")
    person.save()
    with witness.refused("people.enter", "现在没有任职"):
        sign_in(actor("chayue"), "jijiao", "Xingzhou-2021-演示")
    with witness.refused("people.enter", "账号或密码不对"):
        sign_in(actor("chayue"), "jijiao", "wrong")


def test_the_post_is_chosen_in_the_page_head_and_named_by_the_journal(city: City, enter: Enter) -> None:
    post = _appoint(title="副科长", begun=TODAY)
    client = enter("jijiao")
    page = client.get("/").content.decode()
    assert "人事科 副科长" in page
    with witness.done("posts.act_as"):
        assert client.post("/as/", {"post": post.pk}).status_code == 302
    client.post("/api/keys/act/", {"purpose": "取数", "until": "2000-01-01"})
    entry = Entry.objects.latest("number")
    assert (entry.role, entry.office, entry.actor_name) == ("section", "RS", "基教丁")
    assert client.get("/posts-of-nobody/").status_code == 404
    client.post("/as/", {"post": "0"})
    assert json.loads(Entry.objects.latest("number").detail)["身份"]


def test_a_post_that_is_not_one_s_own_is_not_chosen(city: City, enter: Enter) -> None:
    mine, other = _appoint(), _appoint("xueqian")
    client = enter("jijiao")
    for wanted in (other.pk, "x", "9" * 30):
        with witness.entered_as_refused("posts.act_as", "没有这一任职"):
            assert client.post("/as/", {"post": wanted}).status_code == 409
    client.post("/as/", {"post": mine.pk})
    Post.objects.filter(pk=mine.pk).update(ended_on=TODAY)
    with witness.entered_as_refused("people.key_make", "须在今天"):
        client.post("/api/keys/act/", {"purpose": "取数", "until": "2000-01-01"})
    assert Entry.objects.latest("number").office == "JJ", "the post was given up: the main one again"


def test_the_main_post_is_another_by_an_act(city: City) -> None:
    post = _appoint()
    with witness.done("posts.main"):
        choose_main(actor("guanli"), post.pk, TODAY)
    assert list(Post.objects.filter(person__username="jijiao", main=True)) == [post]
    assert Person.objects.get(username="jijiao").office == "RS", "lists know the person by the main post"


def test_lists_know_people_by_the_posts_of_the_day_after_the_daily_round(city: City) -> None:
    post = _appoint(begun=TODAY + 5 * DAY, main=True)
    founding = Post.objects.get(person=post.person, office="JJ")
    founding.until = TODAY + 4 * DAY
    founding.begun = TODAY - DAY
    founding.save()
    assert (settle_day(actor("guanli"), TODAY), Person.objects.get(pk=post.person_id).office) == (0, "JJ")
    assert (settle_day(actor("guanli"), TODAY + 5 * DAY), Person.objects.get(pk=post.person_id).office) == (1, "RS")


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"role": "king"}, "没有“king”这种角色"), ({"office": "XX"}, "没有科室 XX"), ({"office": ""}, "没有选科室"),
        ({"role": "county", "office": ""}, "没有选单位"), ({"until": TODAY - DAY}, "起止日期"),
        ({"begun": date(1900, 1, 1)}, "起止日期"), ({"office": "", "division": "990121", "role": "county", "section": 7}, "没有这个股室"),
        ({"office": "JJ", "begun": date(2090, 1, 1)}, "已任此职"), ({"title": "长" * 61}, "太长"),
    ],
)  # fmt: skip
def test_a_post_that_cannot_be_is_refused(city: City, term: dict[str, object], said: str) -> None:
    with witness.refused("posts.appoint", said):
        _appoint(**term)


@pytest.mark.parametrize("login", ["ducha", "jijiao", "fenguan", "xianqu", "chayue"])
def test_only_the_administrator_enters_posts(city: City, login: str) -> None:
    with witness.refused("posts.appoint", "没有这项权限"):
        appoint(actor(login), "jijiao", Term("section", TODAY, "RS"), TODAY, "依据")


def test_a_reason_and_a_person_are_needed(city: City) -> None:
    with witness.refused("posts.appoint", "没有写依据"):
        appoint(actor("guanli"), "jijiao", Term("section", TODAY, "RS"), TODAY, " ")
    with witness.refused("posts.appoint", "没有账号"):
        _appoint("nobody")


def test_a_page_asks_as_much_of_whoever_holds_five_posts(city: City, enter: Enter) -> None:
    def asked(login: str) -> int:
        client = enter(login)
        client.get("/figures/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/figures/").status_code == 200
        return len(queries)

    once = asked("jijiao")
    for code in ("RS", "XQ"):
        _appoint(office=code)
    _appoint(role="leader", office="XQ")
    assert asked("jijiao") == once
    person = person_of("jijiao", timezone.localdate())
    assert person is not None
    assert len(person.hats) == 4  # type: ignore[attr-defined]
    assert Office.objects.count() == 3
