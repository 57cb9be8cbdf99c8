"""密码、一次性密码、闲置和登录设备: what a person owes, and what ends a session."""

import itertools
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from luoshi.bureau.entering import queries, watching
from luoshi.bureau.entering.actions import devices, doors, passwords
from luoshi.bureau.entering.models import Password
from luoshi.bureau.entering.policy import classes, hold
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from luoshi.words.errors import RefusedError
from tests.bureau import witness, xingzhou

GOOD, BETTER = "Xingzhou-2021-演示", "Doucheng-2022-演示"
HERE = Actor("", "未登录", "", address="10.0.0.8")
SECURITY = Actor("anquan", "安全癸", "security", address="10.0.0.8")


@pytest.fixture
def person(city: City) -> Person:
    """督查甲 with a password that they have chosen themselves."""
    passwords.set_password(xingzhou.INSTALLER, "ducha", GOOD, issued=False)
    return Person.objects.get(username="ducha")


def _inside(
    login: str = "ducha", password: str = GOOD, browser: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/78"
) -> Client:
    client = Client(HTTP_USER_AGENT=browser)
    assert client.post("/enter/", {"username": login, "password": password}).status_code == 302
    return client


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
    client = _inside(password=BETTER)
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
    assert _inside().get("/").status_code == 200
    Password.objects.update(set_at=timezone.now() - timedelta(days=90, minutes=1))
    assert _inside().get("/")["Location"] == "/own/password/"
    Password.objects.all().delete()  # of a house that kept none yet: its age is not known
    assert _inside().get("/")["Location"] == "/own/password/"


def test_a_one_time_password_lets_in_once_in_its_day_and_is_changed(person: Person) -> None:
    with witness.refused("entering.issue", "没有这项权限"):
        passwords.issue(xingzhou.actor("ducha2"), "ducha")
    words = passwords.issue(xingzhou.actor("guanli"), "ducha")
    issued, unlocked = Entry.objects.order_by("-number")[:2][::-1]
    assert (issued.action, unlocked.action) == ("entering.issue", "people.unlock")
    assert not any(words in str(row) for row in Entry.objects.values())
    with witness.refused("people.enter", "账号或密码不对"):
        doors.sign_in(HERE, "ducha", GOOD)
    client = _inside(password=words)
    assert "一次性密码" in Entry.objects.filter(action="people.enter").latest("number").detail
    assert client.get("/")["Location"] == "/own/password/"
    with witness.refused("people.enter", "账号或密码不对"):
        doors.sign_in(HERE, "ducha", words)
    assert client.post("/own/password/", {"old": words, "new": BETTER, "again": BETTER})["Location"] == "/"
    assert _inside(password=BETTER).get("/").status_code == 200


def test_a_one_time_password_lets_in_for_a_day(person: Person) -> None:
    words = passwords.issue(xingzhou.actor("guanli"), "ducha")
    Password.objects.filter(until__isnull=False).update(until=timezone.now() - timedelta(seconds=1))
    with witness.refused("people.enter", "账号或密码不对"):
        doors.sign_in(HERE, "ducha", words)


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
                doors.sign_in(HERE, login, "Wrong-2021-x")
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


def test_whoever_clicks_nothing_for_half_an_hour_signs_in_again(person: Person) -> None:
    client = _inside()
    assert client.get("/").status_code == 200
    key = client.cookies["sessionid"].value
    client.cookies[watching.COOKIE] = watching.mark(key, time.time() - 29 * 60)
    assert client.get("/").status_code == 200
    client.cookies[watching.COOKIE] = watching.mark(key, time.time() - 31 * 60)
    assert client.get("/")["Location"] == "/enter/?next=/"
    ended = Entry.objects.latest("number")
    assert (ended.action, ended.actor, ended.reason) == ("entering.lapse", "ducha", "闲置超过30分钟")
    assert not Session.objects.filter(session_key=key).exists()
    assert "已自动退出：闲置超过30分钟" in client.get("/enter/").content.decode()
    assert "已自动退出" not in client.get("/enter/").content.decode()


@pytest.mark.parametrize("told", ["", "9999999999", "9999999999:x", None])
def test_a_cookie_that_is_gone_or_made_up_counts_from_signing_in(person: Person, told: str | None) -> None:
    client = _inside()
    client.get("/")
    if told is None:
        client.cookies[watching.COOKIE] = watching.mark("another session", time.time())
    else:
        client.cookies[watching.COOKIE] = told
    assert client.get("/").status_code == 200
    session = client.session
    session[watching.ENTERED] = time.time() - 31 * 60
    session.save()
    assert client.get("/").status_code == 302


def test_a_session_ends_after_eight_hours_however_busy(person: Person) -> None:
    client = _inside()
    session = client.session
    session[watching.ENTERED] = time.time() - 8 * 3600 - 1
    session.save()
    client.cookies[watching.COOKIE] = watching.mark(session.session_key, time.time())
    assert client.get("/").status_code == 302
    assert Entry.objects.latest("number").reason == "登录满8小时"


def test_being_watched_costs_no_question_and_writes_nothing(person: Person) -> None:
    watched, trusted = _inside(), Client()
    trusted.force_login(person)
    for client in (watched, trusted):
        client.get("/messages/")
    asked = []
    for client in (watched, trusted):
        client.cookies[watching.COOKIE] = watching.mark(client.cookies["sessionid"].value, time.time() - 60)
        with CaptureQueriesContext(connection) as queries_of:
            assert watching.COOKIE in client.get("/messages/").cookies
        asked.append([one["sql"].split()[0] for one in queries_of.captured_queries])
    assert asked[0] == asked[1]
    assert set(asked[0]) == {"SELECT"}


def test_a_page_that_asks_by_itself_is_no_click(person: Person) -> None:
    client = _inside()
    client.cookies[watching.COOKIE] = watching.mark(client.cookies["sessionid"].value, time.time() - 600)
    assert watching.COOKIE not in client.get("/jobs/").cookies
    assert watching.COOKIE in client.get("/messages/").cookies


def test_a_person_sees_where_they_are_signed_in_and_ends_one(person: Person) -> None:
    one, two = _inside(), _inside(browser="Mozilla/5.0 (X11; Linux) Firefox/115")
    page = one.get("/own/devices/").content.decode()
    assert "Chromium · Windows" in page
    assert "Firefox · Linux" in page
    assert page.count("就是这里") == 1
    other = next(device for device in queries.devices(["ducha"]) if device.browser == "Firefox · Linux")
    assert other.key not in page
    with witness.done("entering.end"):
        one.post("/own/devices/act/", {"one": other.number})
    assert (one.get("/").status_code, two.get("/").status_code) == (200, 302)


def test_a_person_ends_all_others_at_once(person: Person) -> None:
    here, *others = (_inside() for _ in range(3))
    with witness.done("entering.end_all"):
        here.post("/own/devices/act/", {"all": "1"})
    assert here.get("/").status_code == 200
    assert [one.get("/").status_code for one in others] == [302, 302]
    assert len(queries.devices(["ducha"])) == 1


def test_only_administrators_end_the_sessions_of_others(person: Person) -> None:
    client = _inside()
    number = queries.devices(["ducha"])[0].number
    with witness.refused("entering.end", "是别人的登录"):
        devices.end(xingzhou.actor("ducha2"), number)
    with witness.refused("entering.end_all", "是别人的登录"):
        devices.end_all(xingzhou.actor("xianqu"), "ducha")
    assert client.get("/").status_code == 200
    with witness.done("entering.end"):
        devices.end(SECURITY, number)
    assert client.get("/").status_code == 302
    again = _inside()
    with witness.done("entering.end_all"):
        devices.end_all(xingzhou.actor("guanli"), "ducha")
    assert again.get("/").status_code == 302


def test_a_changed_password_ends_every_other_session_and_keeps_this_one(person: Person) -> None:
    here, there = _inside(), _inside()
    told = {"old": GOOD, "new": BETTER, "again": BETTER}
    with witness.done("entering.change"):
        assert here.post("/own/password/", told).status_code == 302
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)
    assert [device.key for device in queries.devices(["ducha"])] == [here.cookies["sessionid"].value]
    passwords.set_password(xingzhou.INSTALLER, "ducha", "Third-2022-x")
    assert here.get("/").status_code == 302


def test_what_somebody_had_open_when_they_left_does_not_come_back_with_them(person: Person) -> None:
    used, unused = _inside(), _inside()
    Person.objects.update(is_active=False)
    assert used.get("/").status_code == 302
    devices.end_all(SECURITY, "ducha")
    Person.objects.update(is_active=True)
    assert (used.get("/").status_code, unused.get("/").status_code) == (302, 302)


def test_the_old_password_cannot_be_guessed_at_an_open_screen(person: Person) -> None:
    client = _inside()
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
    assert _inside().get("/entrants/").status_code == 403
    passwords.set_password(xingzhou.INSTALLER, "guanli", GOOD, issued=False)
    admin = _inside("guanli")
    page = admin.get("/entrants/?q=ducha").content.decode()
    assert "ducha" in page
    assert "xianqu" not in page
    answer = admin.post("/entrants/act/", {"login": "ducha", "act": "issue"})
    assert answer["Cache-Control"] == "no-store"
    words = answer.content.decode().split('class="secret" readonly value="')[1].split('"')[0]
    assert doors.sign_in(HERE, "ducha", words).username == "ducha"
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
    client = _inside()
    for page in ("/", "/own/devices/", "/journal/", "/enter/", "/nowhere/"):
        assert said in client.get(page).content.decode().split("<footer")[1], page


def test_signing_out_is_on_the_journal_and_ends_the_session(person: Person) -> None:
    client = _inside()
    key = client.cookies["sessionid"].value
    with witness.done("entering.leave"):
        client.post(reverse("leave"))
    assert not Session.objects.filter(session_key=key).exists()


def test_a_lock_is_counted_by_the_address_the_proxy_tells_and_nobody_else(person: Person, settings: object) -> None:
    import ipaddress

    def wrong(client: str, chain: str) -> None:
        told = {"REMOTE_ADDR": client, "HTTP_X_FORWARDED_FOR": chain}
        Client().post("/enter/", {"username": "ducha", "password": "wrong"}, **told)

    wrong("10.1.1.1", "10.9.9.9")
    assert Entry.objects.latest("number").address == "10.1.1.1"
    settings.PROXIES = [ipaddress.ip_network("10.1.1.0/24")]  # type: ignore[attr-defined]
    told = {
        "10.9.9.9": "10.9.9.9",
        "6.6.6.6, 10.9.9.9": "10.9.9.9",
        "10.9.9.9, 10.1.1.7": "10.9.9.9",
        "": "10.1.1.1",
        "x": "10.1.1.1",
    }
    for chain, address in told.items():
        wrong("10.1.1.1", chain)
        assert Entry.objects.latest("number").address == address, chain
    wrong("10.2.2.2", "10.9.9.9")
    assert Entry.objects.latest("number").address == "10.2.2.2"
    assert datetime.now(UTC) - Entry.objects.latest("number").at < timedelta(minutes=1)
