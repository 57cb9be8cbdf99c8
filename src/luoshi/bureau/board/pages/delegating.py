"""委托代办: mine, given and taken; those that wait for me; and asking for one."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from luoshi.bureau.board import english
from luoshi.bureau.board.asked_days import needed_day, number_in
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.handovers.queries import successors
from luoshi.bureau.people.models import Person, Role
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import given_to_stand_ins, refused
from luoshi.bureau.posts import actions, queries
from luoshi.bureau.posts.models import Delegation
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MARKS = {"asked": "on_course", "approved": "done", "declined": "behind", "ended": "paused"}


def delegations(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """What I gave and was given, and what waits for approval."""
    actor, today = actor_of(request), timezone.localdate()
    person = Person.objects.filter(username=actor.login).first()
    hats = [one for one in getattr(request.user, "hats", ()) if not one.giver]
    context = {
        "mine": [_row(one, today) for one in queries.delegations_of(actor.login)],
        "waiting": [_row(one, today) for one in queries.delegations_asked()] if _approves(request) else [],
        "approves": _approves(request),
        "enters": not why_not(request, "posts"),
        "hats": hats,
        "people": successors(person) if person else [],
        "acts": _acts(actor.role),
        "school": actor.role == "school",
        "may": why_not(request, "delegate"),
        "today": today,
        "sent": request.POST,
    }
    told = {"of": context, "findings": findings}
    return render(request, "board/delegations.html", told, status=409 if findings else 200)


def _acts(role: str) -> list[tuple[str, str]]:
    """What may be chosen; the administrator enters it for anybody, and what the giver may not is refused."""
    roles = Role.values if role == Role.ADMIN else [role]
    told = {key: said for one in roles for key, said in given_to_stand_ins(one).items()}
    return sorted(((key, str(english.told(said))) for key, said in told.items()), key=lambda one: one[1])


def _approves(request: HttpRequest) -> bool:
    return refused(actor_of(request), "approve_delegation") is None


def _row(one: Delegation, today: Any) -> dict[str, Any]:
    over = one.state == Delegation.State.APPROVED and one.until < today
    return {
        "one": one,
        "post": queries.words_of([one.post])[one.post_id],
        "acts": queries.acts_said(one.post.role, one.acts),
        "over": over,
        "mark": "paused" if over else _MARKS[one.state],
        "ends": one.state in {"asked", "approved"} and not over,
    }


def act(request: HttpRequest) -> HttpResponse:
    """Ask for one, decide about one, or end one."""
    if request.method != "POST":
        return redirect("delegations")
    try:
        _acted(request)
    except RefusedError as refusal:
        return delegations(request, refusal.findings)
    return redirect("delegations")


def _acted(request: HttpRequest) -> None:
    actor, sent, today, number = actor_of(request), request.POST, timezone.localdate(), number_in(request, "number")
    if sent.get("act") in {"approve", "decline"}:
        approved = sent["act"] == "approve"
        actions.decide_delegation(actor, number, today, sent.get("words", ""), approved=approved)
    elif sent.get("act") == "end":
        actions.end_delegation(actor, number, today, sent.get("words", ""))
    else:
        begun, until = needed_day(request, "begun", "起"), needed_day(request, "until", "止")
        acts = tuple(sent.getlist("acts"))
        wanted = actions.Wanted(
            number_in(request, "post"), sent.get("taker", ""), begun, until, sent.get("reason", ""), acts
        )
        giver = sent.get("giver", "").strip()
        if giver and giver != actor.login:
            actions.enter_delegation(actor, giver, wanted, today)
        else:
            actions.ask_delegation(actor, wanted, today)
