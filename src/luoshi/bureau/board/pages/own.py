"""本人的登录: one's own password, second factors and devices."""

import base64
from collections.abc import Sequence

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal.auth import clear_state
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from luoshi.bureau.board.passkeys import allowed, passkey_told, passkey_wanted
from luoshi.bureau.entering import policy, queries
from luoshi.bureau.entering.actions import devices as sessions
from luoshi.bureau.entering.actions import factors, passwords
from luoshi.bureau.entering.watching import OWED
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.queries import actor_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _me(request: HttpRequest) -> Person:
    return Person.objects.get(username=actor_of(request).login)


def _paid(request: HttpRequest, duty: str) -> None:
    """What was owed before anything else is done."""
    owed = [one for one in request.session.get(OWED, []) if one != duty]
    if owed:
        request.session[OWED] = owed
    else:
        request.session.pop(OWED, None)


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; whoever owes that sees no other page before."""
    findings: Sequence[Finding] = ()
    if request.method == "POST":
        try:
            _change(request)
            return redirect("own_devices" if OWED in request.session else settings.LOGIN_REDIRECT_URL)
        except RefusedError as refusal:
            findings = refusal.findings
    person = _me(request)
    context = {
        "findings": findings,
        "rule": policy.rule(),
        "owed": "own_password" in request.session.get(OWED, []),
        "kept": queries.newest(person),
        "has": person.has_usable_password(),
    }
    return render(request, "board/own_password.html", context, status=422 if findings else 200)


def _change(request: HttpRequest) -> None:
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    if new != again:
        raise RefusedError(Finding("新密码", "两次输入的不同", "两次须相同", "请重新输入"))
    person = passwords.change(actor_of(request), old, new, request.session.session_key or "")
    update_session_auth_hash(request, person)
    sessions.follow(actor_of(request), request)
    _paid(request, "own_password")


def second(request: HttpRequest, findings: Sequence[Finding] = (), codes: Sequence[str] = ()) -> HttpResponse:
    """My second factors; recovery codes are shown here, once."""
    person = _me(request)
    mine = queries.factors(person)
    secret = get_totp_secret()
    telephone = get_adapter().build_totp_url(person, secret)
    picture = base64.b64encode(get_adapter().build_totp_svg(telephone).encode()).decode()
    context = {
        "mine": [one for one in mine if one.type != queries.RECOVERY],
        "recovery": next((len(one.wrap().get_unused_codes()) for one in mine if one.type == queries.RECOVERY), None),
        "has_totp": any(one.type == "totp" for one in mine),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": picture,
        "wanted": passkey_wanted(person) if allowed(request) else "",
        "codes": codes,
        "needed": queries.guarded(person),
        "owed": "own_second" in request.session.get(OWED, []),
        "asks_password": person.has_usable_password(),
    }
    answer = render(
        request, "board/own_second.html", {"second": context, "findings": findings}, status=422 if findings else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer


@sensitive_post_parameters()
def second_act(request: HttpRequest) -> HttpResponse:
    """Add or remove one, or renew the recovery codes; the password is asked for once more."""
    if request.method != "POST":
        return redirect("own_second")
    try:
        codes = _acted(request)
    except RefusedError as refusal:
        return second(request, refusal.findings)
    return second(request, codes=codes) if codes else redirect("own_second")


def _acted(request: HttpRequest) -> list[str]:
    actor, person, told = actor_of(request), _me(request), request.POST
    passwords.prove(actor, told.get("password", ""))
    wanted = told.get("act", "")
    if wanted == "totp":
        codes = factors.add_totp(actor, person, get_totp_secret(), told.get("code", ""))
        clear_totp_secret(request)
    elif wanted == "passkey":
        codes = factors.add_passkey(actor, person, told.get("name", ""), passkey_told(told.get("passkey", "")))
        clear_state()
    elif wanted == "codes":
        return factors.renew_codes(actor, person)
    else:
        factors.remove(actor, person, _number(told.get("remove", "")))
        return []
    _paid(request, "own_second")
    return codes


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else 0  # noqa: PLR2004


def devices(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Where I am signed in."""
    context = {
        "rows": queries.devices([request.user.get_username()]),
        "here": request.session.session_key,
        "now": timezone.now(),
        "idle": settings.IDLE,
        "findings": findings,
    }
    return render(request, "board/own_devices.html", context, status=409 if findings else 200)


def devices_act(request: HttpRequest) -> HttpResponse:
    """End one, or all others."""
    if request.method != "POST":
        return redirect("own_devices")
    actor = actor_of(request)
    try:
        if "all" in request.POST:
            sessions.end_all(actor, actor.login, request.session.session_key or "")
        else:
            sessions.end(actor, _number(request.POST.get("one", "")))
    except RefusedError as refusal:
        return devices(request, refusal.findings)
    return redirect("own_devices")
