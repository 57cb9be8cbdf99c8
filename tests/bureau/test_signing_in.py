"""密码和一次性密码: what they must be, what a person owes, what a guesser learns."""

import itertools
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from luoshi.bureau.entering import queries
from luoshi.bureau.entering.actions import passwords, signing_in
from luoshi.bureau.entering.models import Password
from luoshi.bureau.entering.policy import classes, hold
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from luoshi.words.errors import RefusedError
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.signed_in import BETTER, GOOD, inside, with_password

HERE = Actor("", "未登录", "", address="10.0.0.8")


@pytest.fixture
def person(city: City) -> Person:
    """督查甲 with a password that they have chosen themselves."""
    return with_password("ducha")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ab1-", "不足8位"),
        ("abcdefgh1", "只有2类字符"),
        ("晴川历历汉阳树色", "只有1类字符"),
        ("Password1", "是常见密码"),
        ("Ducha-2021", "含有账号"),
        (GOOD, "与最近3次用过的相同"),
    ],
)
def test_a_password_that_breaks_the_rule_is_refused_with_all_it_breaks(person: Person, words: str, said: str) -> None:
    with witness.refused("people.password", said):
        passwords.set_password(xingzhou.INSTALLER, "ducha", words)


def test_the_four_classes_are_counted() -> None:
    told = {"": 0, "a": 1, "aA": 2, "aA1": 3, "aA1-": 4, "汉": 1, "汉1": 2, "-，": 1}
    assert {words: classes(words) for words in told} == told
    hold("zqwxvkA1", "ducha")
    with pytest.raises(RefusedError):
        hold("zqwxvA1", "ducha")


def test_the_last_three_are_remembered_and_the_fourth_may_come_again(person: Person) -> None:
    who = xingzhou.actor("ducha")
    told = [GOOD, "Erhao-2022-x", "Sanhao-2022-x", "Sihao-2022-x"]
    for old, new in itertools.pairwise(told):
        passwords.change(who, old, new)
    for used in told[1:]:
        with witness.refused("entering.change", "用过的相同"):
            passwords.change(who, told[-1], used)
    with witness.done("entering.change"):
        passwords.change(who, told[-1], GOOD)


def test_a_password_set_by_somebody_else_is_changed_before_anything_else(person: Person) -> None:
    passwords.set_password(xingzhou.INSTALLER, "ducha", BETTER)
    client = inside(password=BETTER)
    for page in ("/", "/journal/", "/own/devices/", "/api/keys/"):
        assert client.get(page)["Location"] == "/own/password/"
    told = client.get("/own/password/").content.decode()
    assert "这个密码是别人设的" in told
    refused = client.post("/own/password/", {"old": BETTER, "new": BETTER, "again": BETTER})
    assert refused.status_code == 422
    answer = client.post("/own/password/", {"old": BETTER, "new": "Own-2023-xx", "again": "Own-2023-xx"})
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_password_is_changed_every_ninety_days(person: Person) -> None:
    assert inside().get("/").status_code == 200
    Password.objects.update(set_at=timezone.now() - timedelta(days=90, minutes=1))
    assert inside().get("/")["Location"] == "/own/password/"
    Password.objects.all().delete()  # of a house that kept none yet: its age is not known
    assert inside().get("/")["Location"] == "/own/password/"


def test_a_one_time_password_lets_in_once_in_its_day_and_is_changed(person: Person) -> None:
    with witness.refused("entering.issue", "没有这项权限"):
        passwords.issue(xingzhou.actor("ducha2"), "ducha")
    words = passwords.issue(xingzhou.actor("guanli"), "ducha")
    issued, unlocked = Entry.objects.order_by("-number")[:2][::-1]
    assert (issued.action, unlocked.action) == ("entering.issue", "people.unlock")
    assert not any(words in str(row) for row in Entry.objects.values())
    with witness.refused("people.enter", "账号或密码不对"):
        signing_in.sign_in(HERE, "ducha", GOOD)
    client = inside(password=words)
    assert "一次性密码" in Entry.objects.filter(action="people.enter").latest("number").detail
    assert client.get("/")["Location"] == "/own/password/"
    with witness.refused("people.enter", "账号或密码不对"):
        signing_in.sign_in(HERE, "ducha", words)
    assert client.post("/own/password/", {"old": words, "new": BETTER, "again": BETTER})["Location"] == "/"
    assert inside(password=BETTER).get("/").status_code == 200


def test_a_one_time_password_lets_in_for_a_day(person: Person) -> None:
    words = passwords.issue(xingzhou.actor("guanli"), "ducha")
    Password.objects.filter(until__isnull=False).update(until=timezone.now() - timedelta(seconds=1))
    with witness.refused("people.enter", "账号或密码不对"):
        signing_in.sign_in(HERE, "ducha", words)


def test_drawn_passwords_keep_the_rule_and_differ() -> None:
    drawn = {passwords._drawn() for _ in range(200)}
    assert len(drawn) == 200
    for one in drawn:
        hold(one, "ducha")
        assert not set(one) & set("0O1Il")


class _Counting(PBKDF2PasswordHasher):
    """Counts how often a password is worked on; that work is what a guesser would measure."""

    iterations = 3
    worked = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        type(self).worked += 1
        return super().encode(password, salt, iterations)


def test_an_unknown_a_left_and_a_passwordless_account_cost_the_same_work_and_say_the_same(city: City) -> None:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}._Counting"]):
        for login in ("ducha", "chayue"):
            passwords.set_password(xingzhou.INSTALLER, login, GOOD, issued=False)
        Person.objects.filter(username="chayue").update(is_active=False)
        told, cost = set(), {}
        for login in ("ducha", "chayue", "xueqian", "nobody"):
            before = _Counting.worked
            with pytest.raises(RefusedError) as refusal, CaptureQueriesContext(connection) as asked:
                signing_in.sign_in(HERE, login, "Wrong-2021-x")
            told.add(str(refusal.value.findings[0]))
            cost[login] = (_Counting.worked - before, len(asked))
        assert len(told) == 1
        assert len(set(cost.values())) == 1, cost
        assert cost["nobody"][0] == 1


def test_five_wrong_passwords_lock_and_every_one_is_on_the_journal_as_refused(person: Person) -> None:  # TV-21a
    client = Client()
    for _ in range(5):
        assert client.post("/enter/", {"username": "ducha", "password": "wrong"}).status_code == 403
    told = client.post("/enter/", {"username": "ducha", "password": GOOD})
    assert told.status_code == 403
    assert "已锁定" in told.content.decode()
    tries = Entry.objects.filter(subject_id="ducha", action__in=("people.enter", "people.wait"))
    assert list(tries.order_by("number").values_list("action", "outcome")) == [
        *[("people.enter", "refused")] * 5,
        ("people.wait", "refused"),
    ]


def test_the_old_password_cannot_be_guessed_at_an_open_screen(person: Person) -> None:
    client = inside()
    told = {"old": "wrong", "new": BETTER, "again": BETTER}
    for _ in range(5):
        with witness.entered_as_refused("entering.prove", "不对"):
            assert client.post("/own/password/", told).status_code == 422
    with witness.entered_as_refused("entering.wait", "连续不对"):
        client.post("/own/password/", told | {"old": GOOD})


def test_the_page_of_sign_ins_is_for_administrators_and_shows_a_one_time_password_once(
    person: Person, settings: object
) -> None:
    settings.SECOND_FACTOR = "off"  # type: ignore[attr-defined]
    assert inside().get("/entrants/").status_code == 403
    passwords.set_password(xingzhou.INSTALLER, "guanli", GOOD, issued=False)
    admin = inside("guanli")
    page = admin.get("/entrants/?q=ducha").content.decode()
    assert "ducha" in page
    assert "xianqu" not in page
    answer = admin.post("/entrants/act/", {"login": "ducha", "act": "issue"})
    assert answer["Cache-Control"] == "no-store"
    words = answer.content.decode().split('class="secret" readonly value="')[1].split('"')[0]
    assert signing_in.sign_in(HERE, "ducha", words).username == "ducha"
    assert words not in admin.get("/entrants/").content.decode()
    with witness.entered_as_refused("entering.lift_factors", "安全管理员"):
        admin.post("/entrants/act/", {"login": "ducha", "act": "lift"})


def test_no_address_makes_an_account_and_none_of_allauths_own_pages_answers(city: City) -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not [
        name for name in names if name.startswith(("account_", "mfa_", "socialaccount_", "openid_", "usersessions_"))
    ]
    known, client = Person.objects.count(), Client()
    tried = [
        "signup",
        "accounts/signup",
        "accounts/social/signup",
        "accounts/login",
        "accounts/email",
        "oidc/portal/login",
    ]
    for path in tried:
        told = {"username": "new", "password1": GOOD, "password2": GOOD, "email": "a@b.invalid"}
        assert client.post(f"/{path}/", told).status_code == 404
    client.post("/enter/", {"username": "new", "password": GOOD, "signup": "1"})
    assert Person.objects.count() == known


def test_the_warning_stands_at_the_entrance_and_at_the_foot_of_pages(person: Person) -> None:
    said = "本系统为非涉密系统，严禁处理国家秘密。"
    assert said in Client().get("/enter/").content.decode().split("<main")[1].split("</main>")[0]
    client = inside()
    for page in ("/", "/own/devices/", "/journal/", "/enter/", "/nowhere/"):
        assert said in client.get(page).content.decode().split("<footer")[1], page


def test_the_command_sets_a_password_and_takes_lost_factors_away(person: Person) -> None:
    from typer.testing import CliRunner

    from luoshi.cli import app

    Authenticator.objects.create(user=person, type="totp", data={"secret": "lost"})
    for asked, left in ((["password", "ducha"], 1), (["password", "ducha", "--lift"], 0)):
        words = f"Asked-{left}-twice"
        told = CliRunner().invoke(app, asked, input=f"{words}\n{words}\n")
        assert told.exit_code == 0, told.output
        assert words not in told.output
        assert Authenticator.objects.count() == left
        assert signing_in.sign_in(HERE, "ducha", words) == person
        assert queries.stale(person, timezone.now())


@pytest.mark.parametrize("page", ["/own/devices/", "/own/password/", "/own/second/", "/entrants/", "/enter/"])
def test_pages_of_signing_in_ask_the_database_little_however_many_people_there_are(
    person: Person, enter: Enter, page: str
) -> None:
    many = [Person(username=f"p{number}", name=f"人{number}", password="!") for number in range(150)]
    Person.objects.bulk_create(many)
    for _ in range(3):
        inside()
    client = enter("guanli")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page, HTTP_HOST="localhost").status_code == 200
    assert len(asked) <= 12, [one["sql"][:80] for one in asked.captured_queries]
