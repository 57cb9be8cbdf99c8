"""交接: what somebody who leaves has in hand, who takes it, and the 交接单."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from luoshi.bureau.board.asked_days import number_in
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.handovers import queries
from luoshi.bureau.handovers.actions import Leaving, hand_over
from luoshi.bureau.handovers.owned import in_hand, needing
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.posts.models import Post
from luoshi.bureau.posts.queries import held, words_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_DIGITS = 9


def handover(request: HttpRequest, login: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Everything a person has in hand, by kind, with a choice of successors; chosen, it is shown once more before it is done."""
    person = _person(request, login)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = _post(person, sent.get("post", ""))
    things = in_hand(person, (chosen.office or chosen.school or chosen.division) if chosen else "")
    others = queries.successors(person)
    names = {one.username: one.name for one in others}
    to = sent.get("to", "")
    piles = [
        {"pile": one, "to": sent.get(f"to/{one.key}", ""), "said": names.get(sent.get(f"to/{one.key}", "") or to, "")}
        for one in queries.piles(things)
    ]
    context = {
        "one": person, "post": chosen, "words": words_of([chosen])[chosen.pk] if chosen else "",
        "piles": piles, "people": others, "seal": queries.seal(things), "needing": len(needing(things)),
        "to": to, "to_said": names.get(to, ""), "reason": sent.get("reason", ""),
        "preview": sent.get("act") == "preview" and not findings, "may": why_not(request, "handover"),
    }  # fmt: skip
    return render(
        request, "board/handover.html", {"of": context, "findings": findings}, status=409 if findings else 200
    )


def _post(person: Person, words: str) -> Post | None:
    """The one post that is given up; None for all."""
    if not (words.isascii() and words.isdecimal() and len(words) <= _DIGITS):
        return None
    return Post.objects.filter(held(timezone.localdate()), person=person, stands_for=None, pk=int(words)).first()


def _person(request: HttpRequest, login: str) -> Person:
    found = Person.objects.filter(username=login).first()
    if found is None or refused(actor_of(request), "handover") is not None:
        raise Http404
    return found


def act(request: HttpRequest, login: str) -> HttpResponse:
    """Preview it, or carry it out."""
    person, sent = _person(request, login), request.POST
    if request.method != "POST":
        return redirect("handover", login)
    if sent.get("act") == "preview":
        return handover(request, person.username)
    apart = {key[3:]: sent.get(key, "") for key in sent if key.startswith("to/") and sent.get(key)}
    leaving = Leaving(
        timezone.localdate(), sent.get("reason", ""), number_in(request, "post"), sent.get("to", ""), apart, sent.get("seen", "")
    )  # fmt: skip
    try:
        made = hand_over(actor_of(request), login, leaving)
    except RefusedError as refusal:
        return handover(request, login, refusal.findings)
    return redirect("handed_over", made.pk)


def handed_over(request: HttpRequest, number: int) -> HttpResponse:
    """交接单: for the administrator, and whoever took something over by it."""
    found, actor = queries.handover(number), actor_of(request)
    if found is None:
        raise Http404
    lines = queries.lines_of(found)
    takers = {one.to.username: one.to.name for _, group in lines for one in group}
    if refused(actor, "handover") is not None and actor.login not in takers:
        raise Http404
    context = {"one": found, "lines": lines, "takers": list(takers.values())}
    return render(request, "board/handed_over.html", {"of": context})
