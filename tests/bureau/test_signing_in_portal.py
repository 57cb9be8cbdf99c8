"""单点登录 against a real OpenID provider in another process: who is believed, who is turned away, and that it makes nobody."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.conf import settings
from django.test import Client

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Person
from tests.bureau import witness
from tests.bureau.portal_served import CLIENT, SECRET

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The service, running."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.bureau.portal_served", str(port)]
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}, stderr=-3)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                requests.get(f"{address}/jwks", timeout=1)
                break
            except requests.RequestException:
                assert running.poll() is None
                time.sleep(0.05)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=10)


@pytest.fixture
def house(city: City, issuer: str, tmp_path: Path, settings: object) -> City:
    """The house, told of the service as the environment tells it."""
    kept = tmp_path / "oidc.secret"
    kept.write_text(f"{SECRET}\n", encoding="utf-8")
    told = {"issuer": issuer, "client": CLIENT, "secret_file": str(kept), "name": "统一身份认证", "claim": "employee"}
    settings.OIDC = told  # type: ignore[attr-defined]
    return city


def _asked(client: Client, **more: str) -> str:
    """The address the service sends the browser back to, after somebody has signed in there."""
    there = client.post("/enter/portal/?next=/journal/")["Location"]
    answer = requests.get(there, params=more, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def test_whoever_the_service_knows_and_the_house_knows_comes_in(house: City) -> None:
    client = Client()
    assert "用统一身份认证进入" in client.get("/enter/").content.decode()
    with witness.done("entering.portal"):
        answer = client.get(_asked(client, **{"as": "ducha"}))
    assert answer["Location"] == "/journal/"
    assert "督查甲" in client.get("/journal/").content.decode()
    assert Entry.objects.latest("number").subject_id == "ducha"


def test_the_service_is_asked_with_state_nonce_and_a_challenge(house: City) -> None:
    asked = parse_qs(urlsplit(Client().post("/enter/portal/")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == ["http://testserver/enter/portal/back/"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("nonce", "nonce 不符"),
        ("no_nonce", "nonce 不符"),
        ("expired", "ExpiredSignatureError"),
        ("audience", "InvalidAudienceError"),
        ("issuer", "InvalidIssuerError"),
        ("key", "InvalidSignatureError"),
        ("nobody", "签名、时限或对象不符"),
    ],
)
def test_an_answer_that_cannot_be_believed_lets_nobody_in(house: City, fault: str, said: str) -> None:
    client = Client()
    back = _asked(client, **{"as": "ducha", "fault": fault})
    with witness.entered_as_refused("entering.portal", said):
        assert client.get(back).status_code == 403
    assert client.get("/journal/").status_code == 302


def test_an_answer_to_another_browser_or_a_second_time_lets_nobody_in(house: City) -> None:
    first, second = Client(), Client()
    back = _asked(first, **{"as": "ducha"})
    with witness.entered_as_refused("entering.portal", "state 不符"):
        assert second.get(back).status_code == 403
    assert first.get(back).status_code == 302
    with witness.entered_as_refused("entering.portal", "state 不符"):
        assert first.get(back).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "DUCHA", "chayue"])
def test_nobody_is_let_in_or_made_whom_the_house_does_not_know_or_who_has_left(house: City, who: str) -> None:
    Person.objects.filter(username="chayue").update(is_active=False)
    known, client = Person.objects.count(), Client()
    back = _asked(client, **{"as": who})
    with witness.entered_as_refused("entering.portal", "没有可用的账号"):
        assert client.get(back).status_code == 403
    assert client.get("/").status_code == 302
    assert Person.objects.count() == known


def test_a_service_that_is_not_there_is_told_in_four_parts(house: City, settings: object) -> None:
    settings.OIDC = {**settings.OIDC, "issuer": "http://127.0.0.1:9"}  # type: ignore[attr-defined]
    with witness.entered_as_refused("entering.portal", "统一身份认证连不上"):
        assert Client().post("/enter/portal/").status_code == 403


@pytest.mark.django_db
def test_without_a_service_there_is_no_such_door() -> None:
    assert settings.OIDC["issuer"] == ""
    assert Client().post("/enter/portal/").status_code == 404
    assert Client().get("/enter/portal/back/?code=a&state=b").status_code == 404
    assert "统一身份认证" not in Client().get("/enter/").content.decode()
