"""A session is watched on every request, and nothing is written for it: when it was last used lies in a signed cookie.

The cookie can be thrown away, which counts as never having clicked since signing in, or kept, which makes it older; it
cannot be renewed by anybody but this house, and belongs to one session.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from luoshi.bureau.entering.actions.signing_in import lapse
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.queries import actor_of

ENTERED = "luoshi_entered"
OWED = "luoshi_owed"
BY_PORTAL = "luoshi_by_portal"
TOLD = "luoshi_told"
"""In the session of whoever was shown out: why."""
COOKIE = "luoshi_seen"
_STEP = 30
"""Seconds within which the cookie is not made anew."""
_ALWAYS = {"own_password", "own_second", "own_second_act", "leave", "language", "public"}
_QUIET = {"jobs"}
"""Pages that ask again by themselves: that is no click."""


def mark(key: str, at: float) -> str:
    """What the cookie of a session says of its last use."""
    return Signer(salt=f"{COOKIE}:{key}").sign(str(int(at)))


def _seen(request: HttpRequest) -> float:
    try:
        told = Signer(salt=f"{COOKIE}:{request.session.session_key}").unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return float(request.session.get(ENTERED, time.time()))
    return float(told)


def _over(request: HttpRequest, seen: float) -> str:
    """Why this session is over; empty while it is not."""
    now = time.time()
    if now - seen > settings.IDLE * 60:
        return f"闲置超过{settings.IDLE}分钟"
    if now - float(request.session.get(ENTERED, now)) > settings.SESSION_COOKIE_AGE:
        return f"登录满{settings.SESSION_COOKIE_AGE // 3600}小时"
    return ""


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def watched(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: who clicked nothing for too long signs in again; who owes a step takes it first."""

    def looked_at(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
            return answer(request)
        if not isinstance(request.user, Person):  # left the bureau, or another password: nothing of it stays open
            request.session.flush()
            return answer(request)
        seen = _seen(request)
        why = _over(request, seen)
        if why:
            lapse(actor_of(request), why)
            logout(request)
            request.session[TOLD] = why
            return answer(request)
        owed = request.session.get(OWED)
        if owed and _name(request) not in _ALWAYS:
            return redirect(owed[0])
        return _marked(request, answer(request), seen)

    return looked_at


def _marked(request: HttpRequest, told: HttpResponse, seen: float) -> HttpResponse:
    key = request.session.session_key
    quiet = request.method == "GET" and request.resolver_match is not None and request.resolver_match.url_name in _QUIET
    if not key or SESSION_KEY not in request.session or (quiet and COOKIE in request.COOKIES):
        return told
    if COOKIE not in request.COOKIES or time.time() - seen > _STEP:
        told.set_cookie(
            COOKIE, mark(key, time.time()), httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    return told
