"""What a browser is told it may do with our answers: on pages, files, the API, what is refused and what is broken."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from luoshi.bureau.board.policy import POLICY, guarded
from tests.bureau.conftest import Enter

pytestmark = pytest.mark.django_db

WANTED = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}


@pytest.mark.parametrize(
    ("login", "address", "status"),
    [
        ("", "/enter/", 200),
        ("", "/", 302),
        ("", "/api/", 404),
        ("", "/api/v1/divisions", 401),
        ("", "/api/v1/openapi.json", 200),
        ("", "/static/luoshi/ledger.css", 200),
        ("", "/static/luoshi/seal.svg", 200),
        ("", "/nowhere/", 404),
        ("ducha", "/", 200),
        ("ducha", "/leader/", 200),
        ("ducha", "/accounts/template.xlsx", 403),
        ("guanli", "/accounts/template.xlsx", 200),
        ("ducha", "/journal/export/", 405),
    ],
)
@pytest.mark.usefixtures("edition")
def test_every_answer_says_what_a_browser_may_do_with_it(enter: Enter, login: str, address: str, status: int) -> None:
    answer = enter(login).get(address)
    assert answer.status_code == status
    assert answer["Content-Security-Policy"] == f"{POLICY}; form-action 'self'"
    assert {name: answer[name] for name in WANTED} == WANTED


def test_no_script_and_no_stylesheet_is_let_in_that_is_no_file_of_ours() -> None:
    told = dict(one.split(" ", 1) for one in POLICY.split("; "))
    assert told["default-src"] == told["script-src"] == told["style-src-elem"] == "'self'"
    assert told["object-src"] == told["base-uri"] == told["frame-ancestors"] == "'none'"


@pytest.mark.usefixtures("edition")
def test_forms_lead_to_the_sign_on_service_where_there_is_one(enter: Enter) -> None:
    """The way there is a redirect after a form, which a browser holds to the same rule."""
    with override_settings(OIDC={"issuer": "https://sso.invalid/realm", "name": "统一身份认证"}):
        assert enter().get("/enter/")["Content-Security-Policy"].endswith("form-action 'self' https:")


def test_a_page_with_a_stricter_policy_keeps_it() -> None:
    """A scan that is shown is shut up in a box of its own."""
    shown = guarded(lambda _: HttpResponse(b"", headers={"Content-Security-Policy": "sandbox"}))(HttpRequest())
    assert shown["Content-Security-Policy"] == "sandbox"
