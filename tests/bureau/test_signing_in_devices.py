"""闲置、登录设备和退出: what a session is watched for, and what ends it."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.bureau.entering import queries, watching
from luoshi.bureau.entering.actions import devices, passwords
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from tests.bureau import witness, xingzhou
from tests.bureau.signed_in import BETTER, GOOD, inside, with_password

SECURITY = Actor("anquan", "安全癸", "security", address="10.0.0.8")


@pytest.fixture
def person(city: City) -> Person:
    """督查甲 with a password that they have chosen themselves."""
    return with_password("ducha")


def test_whoever_clicks_nothing_for_half_an_hour_signs_in_again(person: Person) -> None:
    client = inside()
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
    client = inside()
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
    client = inside()
    session = client.session
    session[watching.ENTERED] = time.time() - 8 * 3600 - 1
    session.save()
    client.cookies[watching.COOKIE] = watching.mark(session.session_key, time.time())
    assert client.get("/").status_code == 302
    assert Entry.objects.latest("number").reason == "登录满8小时"


def test_being_watched_costs_no_question_and_writes_nothing(person: Person) -> None:
    watched, trusted = inside(), Client()
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
    client = inside()
    client.cookies[watching.COOKIE] = watching.mark(client.cookies["sessionid"].value, time.time() - 600)
    assert watching.COOKIE not in client.get("/jobs/").cookies
    assert watching.COOKIE in client.get("/messages/").cookies


def test_a_person_sees_where_they_are_signed_in_and_ends_one(person: Person) -> None:
    one, two = inside(), inside(browser="Mozilla/5.0 (X11; Linux) Firefox/115")
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
    here, *others = (inside() for _ in range(3))
    with witness.done("entering.end_all"):
        here.post("/own/devices/act/", {"all": "1"})
    assert here.get("/").status_code == 200
    assert [one.get("/").status_code for one in others] == [302, 302]
    assert len(queries.devices(["ducha"])) == 1


def test_only_administrators_end_the_sessions_of_others(person: Person) -> None:
    client = inside()
    number = queries.devices(["ducha"])[0].number
    with witness.refused("entering.end", "是别人的登录"):
        devices.end(xingzhou.actor("ducha2"), number)
    with witness.refused("entering.end_all", "是别人的登录"):
        devices.end_all(xingzhou.actor("xianqu"), "ducha")
    assert client.get("/").status_code == 200
    with witness.done("entering.end"):
        devices.end(SECURITY, number)
    assert client.get("/").status_code == 302
    again = inside()
    with witness.done("entering.end_all"):
        devices.end_all(xingzhou.actor("guanli"), "ducha")
    assert again.get("/").status_code == 302


def test_a_changed_password_ends_every_other_session_and_keeps_this_one(person: Person) -> None:
    here, there = inside(), inside()
    told = {"old": GOOD, "new": BETTER, "again": BETTER}
    with witness.done("entering.change"):
        assert here.post("/own/password/", told).status_code == 302
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)
    assert [device.key for device in queries.devices(["ducha"])] == [here.cookies["sessionid"].value]
    passwords.set_password(xingzhou.INSTALLER, "ducha", "Third-2022-x")
    assert here.get("/").status_code == 302


def test_what_somebody_had_open_when_they_left_does_not_come_back_with_them(person: Person) -> None:
    used, unused = inside(), inside()
    Person.objects.update(is_active=False)
    assert used.get("/").status_code == 302
    Person.objects.update(is_active=True)
    assert used.get("/").status_code == 302, "seen while they were away, it is gone for good"
    devices.end_all(SECURITY, "ducha")
    assert (used.get("/").status_code, unused.get("/").status_code) == (302, 302)


def test_signing_out_is_on_the_journal_and_ends_the_session(person: Person) -> None:
    client = inside()
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
