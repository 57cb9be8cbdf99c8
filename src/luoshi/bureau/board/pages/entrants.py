"""登录管理: who is signed in where, ended by an administrator; one-time passwords; second factors lifted."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.entering import queries
from luoshi.bureau.entering.actions import devices, factors, passwords, signing_in
from luoshi.bureau.people.queries import actor_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def entrants(
    request: HttpRequest, findings: Sequence[Finding] = (), issued: tuple[str, str] = ("", "")
) -> HttpResponse:
    """Everybody who may come in; a one-time password is shown here, once."""
    words = request.GET.get("q", "").strip()[:60]
    context = {
        "rows": _rows(words),
        "q": words,
        "login": issued[0],
        "issued": issued[1],
        "no_reset": why_not(request, "reset"),
        "no_lift": why_not(request, "lift_factors"),
    }
    answer = render(
        request, "board/entrants.html", {"entrants": context, "findings": findings}, status=409 if findings else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(words: str) -> list[dict[str, object]]:
    people = queries.entrants(words)
    kept = queries.passwords_of(people)
    open_at = queries.devices([one.username for one in people])
    return [
        {
            "person": one,
            "password": kept.get(one.pk),
            "devices": [device for device in open_at if device.login == one.username],
            "needed": queries.guarded(one),
        }
        for one in people
    ]


def act(request: HttpRequest) -> HttpResponse:
    """Do what the button says."""
    if request.method != "POST":
        return redirect("entrants")
    login = request.POST.get("login", "")
    try:
        words = _acted(request, login)
    except RefusedError as refusal:
        return entrants(request, refusal.findings)
    return entrants(request, issued=(login, words)) if words else redirect("entrants")


def _acted(request: HttpRequest, login: str) -> str:
    actor, wanted = actor_of(request), request.POST.get("act", "")
    if wanted == "issue":
        return passwords.issue(actor, login)
    if wanted == "unlock":
        signing_in.unlock(actor, login)
    elif wanted == "lift":
        factors.lift(actor, login)
    elif wanted == "end":
        devices.end_all(actor, login)
    else:
        one = request.POST.get("one", "")
        devices.end(actor, int(one) if one.isascii() and one.isdecimal() and len(one) < 10 else 0)  # noqa: PLR2004
    return ""
