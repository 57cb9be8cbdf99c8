"""人员: who is there, what posts each holds and held, and as which of them one acts."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.bureau.board.asked_days import day_in, needed_day, number_in
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.doorway import CHOSEN
from luoshi.bureau.handovers import queries as handovers
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.people.models import Division, Office, Person, Role
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.posts import actions, queries
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def act_as(request: HttpRequest) -> HttpResponse:
    """换身份: the post chosen in the page head holds for this session."""
    if request.method != "POST":
        return redirect("board")
    try:
        post = actions.choose_post(actor_of(request), number_in(request, "post"), timezone.localdate())
    except RefusedError as refusal:
        told = {"findings": refusal.findings, "back": reverse("board")}
        return render(request, "board/refused.html", told, status=409)
    request.session[CHOSEN] = post.pk
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("board"))


def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, a page at a time."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "office", "after", "gone")}
    rows = queries.people(asked["q"], asked["office"], asked["after"], gone=bool(asked["gone"]))
    more = rows[queries.PAGE - 1].username if len(rows) > queries.PAGE else ""
    places = _places()
    names = {one["code"]: one["name"] for one in places}
    listed = [
        {"person": one, "where": f"{names.get(one.office) or names.get(one.division, '')} {one.school}".strip()}
        for one in rows
    ]
    context = {**asked, "rows": listed[: queries.PAGE], "more": more, "places": places}
    return render(request, "board/people.html", {"people": context})


def _places() -> list[dict[str, str]]:
    return [
        {"code": code, "name": name}
        for model in (Office, Division)
        for code, name in model.objects.values_list("code", "name")
    ]


def _person(request: HttpRequest, login: str) -> Person:
    """The person of a page: one's own, or anybody's for whoever enters posts.

    Raises:
        Http404: there is none, or it is not for them.
    """
    actor = actor_of(request)
    found = Person.objects.filter(username=login).first()
    if found is None or (login != actor.login and refused(actor, "posts") is not None):
        raise Http404
    return found


def person(request: HttpRequest, login: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One person: posts with their days, what was done about them, what can be done."""
    found, today = _person(request, login), timezone.localdate()
    posts = queries.posts_of(found)
    words = queries.words_of(posts)
    told: list[dict[str, Any]] = [
        {"post": one, "words": words[one.pk], "state": _state(one, today), "now": _state(one, today) == "now"}
        for one in posts
    ]
    context = {
        "one": found,
        "posts": told,
        "history": [(one, journal.said(one.action)) for one in journal.of({"person": [login]})[:40]],
        "handovers": handovers.handovers_of(found),
        "may": why_not(request, "posts"),
        "may_hand": why_not(request, "handover"),
        "roles": Role.choices,
        "offices": list(Office.objects.all()),
        "divisions": list(Division.objects.all()),
        "sections": queries.county_offices(found.division, today) if found.division else [],
        "today": today,
        "sent": request.POST,
    }
    return render(request, "board/person.html", {"of": context, "findings": findings}, status=409 if findings else 200)


def _state(post: Any, today: Any) -> str:
    if post.ended_on or (post.until and post.until < today):
        return "over"
    return "now" if post.begun <= today else "later"


def act(request: HttpRequest, login: str) -> HttpResponse:
    """登记任职, or 改主要任职."""
    if request.method != "POST":
        return redirect("person", login)
    _person(request, login)
    try:
        _acted(request, login)
    except RefusedError as refusal:
        return person(request, login, refusal.findings)
    return redirect("person", login)


def _acted(request: HttpRequest, login: str) -> None:
    actor, sent, today = actor_of(request), request.POST, timezone.localdate()
    if sent.get("act") == "main":
        actions.choose_main(actor, number_in(request, "post"), today)
        return
    term = actions.Term(
        sent.get("role", ""),
        needed_day(request, "begun", "起"),
        sent.get("office", ""),
        sent.get("division", ""),
        sent.get("school", "").strip(),
        number_in(request, "section") or None,
        sent.get("title", ""),
        sent.get("phone", ""),
        day_in(request, "until", "止"),
        bool(sent.get("main")),
    )
    actions.appoint(actor, login, term, today, sent.get("reason", ""))
