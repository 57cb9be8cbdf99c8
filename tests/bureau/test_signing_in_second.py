"""第二因子: who needs one, codes of a telephone reckoned here, recovery codes; passkeys have their own test in a browser."""

import base64
import hashlib
import hmac
import json
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from luoshi.bureau.entering import queries
from luoshi.bureau.entering.actions import factors, passwords, signing_in
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from tests.bureau import witness, xingzhou
from tests.bureau.signed_in import GOOD, inside, with_password

SECURITY = Actor("anquan", "安全癸", "security", address="10.0.0.8")


def totp(secret: str, at: float) -> str:
    """RFC 6238 with SHA-1, 30 seconds and six digits, from the standard alone."""
    moving = struct.pack(">Q", int(at) // 30)
    made = hmac.new(base64.b32decode(secret), moving, hashlib.sha1).digest()
    at_ = made[-1] & 15
    return f"{(struct.unpack('>I', made[at_ : at_ + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture(autouse=True)
def _own_settings(settings: object) -> None:
    settings.SECOND_FACTOR = "admins"  # type: ignore[attr-defined]
    cache.clear()  # what was used stays used for a minute


def _added(client: Client) -> tuple[str, list[str]]:
    """Add a telephone by the page as a person does; its secret and the recovery codes shown."""
    page = client.get("/own/second/").content.decode()
    secret = page.split('<p class="under"><code>')[1].split("<")[0].replace(" ", "")
    told = {"act": "totp", "code": totp(secret, time.time()), "password": GOOD}
    shown = client.post("/own/second/act/", told).content.decode()
    codes = [part.split("<")[0] for part in shown.split("<li><code>")[1:]]
    return secret, codes


@pytest.mark.parametrize(
    ("setting", "needing"),
    [
        ("off", set()),
        ("admins", {"guanli", "anquan", "shenji"}),
        ("all", {"guanli", "anquan", "shenji", "ducha"}),
        ("admin", {"guanli", "anquan", "shenji", "ducha"}),
    ],
)
def test_who_needs_a_second_factor_is_a_setting(city: City, settings: object, setting: str, needing: set[str]) -> None:
    settings.SECOND_FACTOR = setting  # type: ignore[attr-defined]
    roles = {"guanli": "admin", "anquan": "security", "shenji": "auditor", "ducha": "supervisor"}
    assert {login for login, role in roles.items() if queries.guarded(Person(username=login, role=role))} == needing


def test_an_administrator_opens_nothing_before_a_second_factor_is_there(city: City) -> None:
    with_password("guanli")
    client = inside("guanli")
    for page in ("/", "/entrants/", "/jobs/", "/own/devices/"):
        assert client.get(page)["Location"] == "/own/second/"
    assert "您的账号须有第二因子" in client.get("/own/second/").content.decode()
    _, codes = _added(client)
    assert len(set(codes)) == 10
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(action="entering.add_factor", outcome="done", actor="guanli").count() == 1
    assert not any(code in client.get("/own/second/").content.decode() for code in codes)


def test_the_password_alone_begins_no_session_where_there_is_a_second_factor(city: City) -> None:
    with_password("guanli")
    secret, _ = _added(inside("guanli"))
    cache.clear()
    client = Client()
    answer = client.post("/enter/?next=/jobs/", {"username": "guanli", "password": GOOD})
    assert answer["Location"] == "/enter/second/"
    assert "待验证" in Entry.objects.filter(action="people.enter").latest("number").detail
    assert client.get("/jobs/").status_code == 302
    with witness.entered_as_refused("entering.second", "口令或恢复码不对"):
        assert client.post("/enter/second/", {"code": "000000"}).status_code == 403
    assert client.get("/jobs/").status_code == 302
    code = totp(secret, time.time())
    assert client.post("/enter/second/", {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/jobs/"
    assert client.get("/jobs/").status_code == 200
    assert "动态口令" in Entry.objects.filter(action="entering.second").latest("number").detail
    cache.clear()  # another process remembers nothing of it
    again = inside("guanli")
    assert again.post("/enter/second/", {"code": code}).status_code == 403, "a code lets in once"


def test_nobody_reaches_the_second_step_without_the_first(city: City) -> None:
    assert Client().get("/enter/second/")["Location"] == "/enter/"
    assert Client().post("/enter/second/", {"code": "123456"})["Location"] == "/enter/"


def test_a_recovery_code_lets_in_once(city: City) -> None:
    with_password("guanli")
    _, codes = _added(inside("guanli"))
    client = inside("guanli")
    assert client.post("/enter/second/", {"code": codes[3]})["Location"] == "/"
    assert inside("guanli").post("/enter/second/", {"code": codes[3]}).status_code == 403
    assert "恢复码还剩 9 个" in client.get("/own/second/").content.decode()
    told = client.post("/own/second/act/", {"act": "codes", "password": GOOD}).content.decode()
    assert not any(code in told for code in codes)
    assert inside("guanli").post("/enter/second/", {"code": codes[4]}).status_code == 403


def test_five_wrong_codes_lock_the_second_factor_wherever_they_came_from(city: City) -> None:
    person = with_password("guanli")
    secret, _ = _added(inside("guanli"))
    cache.clear()
    for number in range(5):
        who = Actor("", "未登录", "", address=f"10.0.0.{number}")
        signing_in.sign_in(who, "guanli", GOOD)  # a right password in between forgets no wrong code
        with witness.refused("entering.second"):
            factors.verify_code(who, person, "000000")
    elsewhere = Actor("", "未登录", "", address="10.0.0.99")
    with witness.refused("entering.wait", "第二因子已锁定到"):
        factors.verify_code(elsewhere, person, totp(secret, time.time()))
    signing_in.unlock(SECURITY, "guanli")
    with witness.done("entering.second"):
        factors.verify_code(elsewhere, person, totp(secret, time.time()))


def test_a_code_a_minute_old_is_refused_and_the_last_one_is_not(city: City) -> None:
    person = with_password("guanli")
    secret, _ = _added(inside("guanli"))
    cache.clear()
    who = xingzhou.actor("guanli")
    for late in (90, -90):
        with witness.refused("entering.second"):
            factors.verify_code(who, person, totp(secret, time.time() + late))
    with witness.done("entering.second"):
        factors.verify_code(who, person, totp(secret, time.time() - 30))


def test_secrets_of_second_factors_are_not_readable_in_the_database(city: City) -> None:
    with_password("guanli")
    secret, codes = _added(inside("guanli"))
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_changing_second_factors_asks_for_the_password(city: City) -> None:
    with_password("ducha")
    client = inside("ducha")
    page = client.get("/own/second/").content.decode()
    secret = page.split('<p class="under"><code>')[1].split("<")[0].replace(" ", "")
    told = {"act": "totp", "code": totp(secret, time.time()), "password": "wrong"}
    with witness.entered_as_refused("entering.prove", "不对"):
        assert client.post("/own/second/act/", told).status_code == 422
    assert not Authenticator.objects.exists()
    with witness.entered_as_refused("entering.add_factor", "口令不对"):
        client.post("/own/second/act/", told | {"password": GOOD, "code": "000000"})


def test_the_last_one_of_an_administrator_stays_and_others_may_remove_theirs(city: City) -> None:
    for login in ("guanli", "ducha"):
        with_password(login)
    admin, other = inside("guanli"), inside("ducha")
    for client in (admin, other):
        _added(client)
        cache.clear()
    mine = {one.user.get_username(): one.pk for one in Authenticator.objects.filter(type="totp").select_related("user")}
    with witness.entered_as_refused("entering.remove_factor", "这是最后一个"):
        admin.post("/own/second/act/", {"remove": mine["guanli"], "password": GOOD})
    with witness.entered_as_refused("entering.remove_factor", "没有这一个"):
        other.post("/own/second/act/", {"remove": mine["guanli"], "password": GOOD})
    with witness.done("entering.remove_factor"):
        other.post("/own/second/act/", {"remove": mine["ducha"], "password": GOOD})
    assert {one.user.get_username() for one in Authenticator.objects.select_related("user")} == {"guanli"}


def test_lost_factors_are_lifted_by_the_security_administrator_who_sets_no_passwords(city: City) -> None:
    with_password("guanli")
    _added(inside("guanli"))
    with witness.refused("entering.lift_factors", "没有这项权限"):
        factors.lift(xingzhou.actor("guanli"), "guanli")
    with witness.refused("entering.issue", "没有这项权限"):
        passwords.issue(SECURITY, "guanli")
    with witness.done("entering.lift_factors"):
        assert factors.lift(SECURITY, "guanli") == 2
    client = Client()
    assert client.post("/enter/", {"username": "guanli", "password": GOOD})["Location"] == "/"
    assert client.get("/")["Location"] == "/own/second/"


@pytest.mark.parametrize("told", ["", "x", "[]", "{}", '{"id": 1, "rawId": "a", "response": {}}', "9" * 30_000])
def test_what_is_no_answer_of_a_passkey_is_refused(city: City, told: str) -> None:
    with_password("guanli")
    signed_in = inside("guanli")
    _added(signed_in)
    client = inside("guanli")
    assert client.post("/enter/second/", {"passkey": told}).status_code == 403
    refused = signed_in.post("/own/second/act/", {"act": "passkey", "password": GOOD, "passkey": told})
    assert refused.status_code == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 0


def test_passkeys_are_offered_where_browsers_allow_them_only(city: City) -> None:
    with_password("ducha")
    client = inside("ducha")
    for host, secure, offered in (
        ("localhost:8000", False, True),
        ("127.0.0.1:8000", False, False),
        ("localhost", True, True),
        ("127.0.0.1", True, False),
        ("testserver", False, False),
        ("testserver", True, True),
    ):
        page = client.get("/own/second/", HTTP_HOST=host, secure=secure).content.decode()
        assert ("data-passkey" in page) is offered, (host, secure)
