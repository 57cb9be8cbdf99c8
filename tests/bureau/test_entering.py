"""进入 and 退出: every try is in the journal; whoever guesses shuts himself out and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from luoshi.bureau.entering import queries
from luoshi.bureau.entering.actions import signing_in as actions
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter

PASSWORD = "Xingzhou-2021-演示"
HERE = Actor("", "未登录", "", address="10.0.0.8")
ELSEWHERE = Actor("", "未登录", "", address="10.0.0.99")


@pytest.fixture
def person(city: City) -> Person:
    """督查甲 with a password."""
    found = Person.objects.get(username="ducha")
    found.set_password(PASSWORD)
    found.save()
    return found


def _fail(times: int, who: Actor = HERE) -> None:
    for _ in range(times):
        with witness.refused("people.enter", "账号或密码不对"):
            actions.sign_in(who, "ducha", "wrong")


def test_account_and_password_let_in(person: Person) -> None:
    with witness.done("people.enter"):
        assert actions.sign_in(HERE, "ducha", PASSWORD) == person
    entry = Entry.objects.latest("number")
    assert (entry.subject_id, entry.address) == ("ducha", "10.0.0.8")


@pytest.mark.parametrize("login", ["ducha", "nobody", "x" * 5000, "空 格"])
def test_a_wrong_password_and_an_unknown_account_are_refused_alike(person: Person, login: str) -> None:
    with witness.refused("people.enter", "账号或密码不对"):
        actions.sign_in(HERE, login, "wrong")


def test_a_password_is_never_in_the_journal(person: Person) -> None:
    _fail(1)
    actions.sign_in(HERE, "ducha", PASSWORD)
    assert not Entry.objects.filter(detail__contains="wrong").exists()
    assert not any(PASSWORD in str(row) or "'wrong'" in str(row) for row in Entry.objects.values())


def test_five_wrong_tries_shut_out_the_computer_they_came_from(person: Person) -> None:
    _fail(5)
    with witness.refused("people.wait", "在本机已锁定到"):
        actions.sign_in(HERE, "ducha", PASSWORD)


def test_nobody_is_locked_out_by_somebody_else_guessing(person: Person) -> None:
    _fail(5)
    assert actions.sign_in(ELSEWHERE, "ducha", PASSWORD) == person
    with witness.refused("people.wait"):
        actions.sign_in(HERE, "ducha", PASSWORD)


def test_the_lock_opens_by_itself_and_trying_does_not_prolong_it(person: Person) -> None:
    _fail(5)
    for _ in range(3):
        with witness.refused("people.wait"):
            actions.sign_in(HERE, "ducha", PASSWORD)
    fifth = Entry.objects.filter(action="people.enter").latest("number").at
    assert queries.held_until("ducha", HERE.address, fifth + queries.WAIT - timedelta(seconds=1)) is not None
    assert queries.held_until("ducha", HERE.address, fifth + queries.WAIT) is None


def test_coming_in_forgets_the_wrong_tries(person: Person) -> None:
    _fail(4)
    actions.sign_in(HERE, "ducha", PASSWORD)
    _fail(4)
    assert actions.sign_in(HERE, "ducha", PASSWORD) == person


def test_an_administrator_unlocks_at_once(person: Person) -> None:
    _fail(5)
    with witness.done("people.unlock"):
        actions.unlock(xingzhou.actor("guanli"), "ducha")
    assert actions.sign_in(HERE, "ducha", PASSWORD) == person


def test_who_left_the_bureau_comes_in_no_more(person: Person) -> None:
    client = Client()
    client.force_login(person)
    assert client.get("/").status_code == 200
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").status_code == 302
    with witness.refused("people.enter"):
        actions.sign_in(HERE, "ducha", PASSWORD)
    with witness.refused("people.enter"):
        actions.sign_in_demo(HERE, "ducha")


def test_a_demo_person_needs_no_password_only_in_the_demo(city: City, enter: Enter) -> None:
    client = enter()
    with override_settings(DEMO=True):
        assert "督查甲" in client.get("/enter/").content.decode()
        with witness.done("people.enter"):
            assert client.post("/enter/", {"person": "ducha"}).status_code == 302
        assert client.get("/").status_code == 200
    outside = enter()
    assert "督查甲" not in outside.get("/enter/").content.decode()
    with witness.entered_as_refused("people.enter"):
        assert outside.post("/enter/", {"person": "ducha"}).status_code == 403
    assert outside.get("/").status_code == 302


def test_a_person_who_is_no_demo_person_is_not_let_in_by_name(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(demo=False)
    with witness.refused("people.enter", "没有演示人员"):
        actions.sign_in_demo(HERE, "ducha")


def test_after_the_entrance_comes_the_page_that_was_asked_for(person: Person, enter: Enter) -> None:
    client = enter()
    wanted = client.get("/journal/?q=a")["Location"]
    answer = client.post(wanted, {"username": "ducha", "password": PASSWORD})
    assert answer["Location"] == "/journal/?q=a"
    client.post("/leave/")
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("next_page", ["https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:alert(1)"])
def test_the_entrance_leads_nowhere_else(person: Person, enter: Enter, next_page: str) -> None:
    answer = enter().post(f"/enter/?next={next_page}", {"username": "ducha", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_the_session_changes_its_name_on_entering(person: Person, enter: Enter) -> None:
    client = enter("chayue")
    before = client.session.session_key
    client.post("/enter/", {"username": "ducha", "password": PASSWORD})
    assert client.session.session_key != before
