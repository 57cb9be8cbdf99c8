"""个人信息清单, and one masked value seen whole."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.bureau.board import unmasking
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.people.actions import unmask as enter
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.models import Destroying
from luoshi.bureau.returns.queries import destroyings
from luoshi.declared.private import PERSONAL, RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import HIDDEN, masked_phone

_MOST = 100
"""Destructions the page lists, the newest first."""


def private(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """What is kept about persons, field by field, how long rows of persons are kept, and what is to be destroyed."""
    terms = [
        {"key": one.of, "label": RETURNS[one.of].label, "years": one.years, "because": one.because, "doubt": one.doubt}
        for one in RETENTIONS.values()
    ]
    told = {
        "fields": PERSONAL,
        "terms": terms,
        "destroyings": [
            {"row": one, "label": RETURNS[one.of].label, "waits": one.state == Destroying.State.PROPOSED}
            for one in destroyings(_MOST)
        ],
        "barred": why_not(request, "destroy"),
        "barred_asking": why_not(request, "destroy_propose"),
        "findings": findings,
    }
    return render(request, "board/private.html", told, status=409 if findings else 200)


def destroying_act(request: HttpRequest, number: int) -> HttpResponse:
    """批准销毁, 不同意."""
    if request.method != "POST":
        return redirect("private")
    actor = actor_of(request)
    try:
        if request.POST.get("act") == "approve":
            actions.approve(actor, number)
        else:
            actions.decline(actor, number, request.POST.get("reason", ""))
    except RefusedError as refusal:
        return private(request, refusal.findings)
    return redirect("private")


def erasing_ask(request: HttpRequest) -> HttpResponse:
    """提出删除一人的行."""
    if request.method != "POST":
        return redirect("private")
    asked = (request.POST.get(name, "") for name in ("kind", "person", "why"))
    try:
        actions.propose_erasing(actor_of(request), *asked)
    except RefusedError as refusal:
        return private(request, refusal.findings)
    return redirect("private")


def unmask(request: HttpRequest, kind: str, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One value: asked for with a purpose, shown once in the answer, kept by nobody on the way."""
    actor = actor_of(request)
    found = unmasking.found(actor, kind, number)
    if found is None:
        raise Http404
    title, value = found
    barred = why_not(request, "unmask")
    label = unmasking.LABELS.get(kind, unmasking.PHONE)
    masked = HIDDEN * 3 if kind in unmasking.LABELS else masked_phone(value)
    context = {"title": title, "label": label, "masked": masked, "barred": barred}
    if request.method == "POST":
        try:
            enter(actor, kind, number, title, label, request.POST.get("purpose", ""))
            context["whole"] = value
        except RefusedError as refusal:
            findings = refusal.findings
    answer = render(
        request, "board/unmask.html", {"told": context, "findings": findings}, status=409 if findings else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer
