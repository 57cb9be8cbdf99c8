"""个人信息清单, and one masked value seen whole."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.board import unmasking
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.people.actions import unmask as enter
from luoshi.bureau.people.queries import actor_of
from luoshi.declared.private import PERSONAL, RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_phone


def private(request: HttpRequest) -> HttpResponse:
    """What is kept about persons, field by field, and how long rows of persons are kept."""
    terms = [
        {"label": RETURNS[one.of].label, "years": one.years, "because": one.because, "doubt": one.doubt}
        for one in RETENTIONS.values()
    ]
    return render(request, "board/private.html", {"fields": PERSONAL, "terms": terms})


def unmask(request: HttpRequest, kind: str, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One value: asked for with a purpose, shown once in the answer, kept by nobody on the way."""
    actor = actor_of(request)
    found = unmasking.found(actor, kind, number)
    if found is None:
        raise Http404
    title, value = found
    barred = why_not(request, "unmask")
    context = {"title": title, "label": unmasking.PHONE, "masked": masked_phone(value), "barred": barred}
    if request.method == "POST":
        try:
            enter(actor, kind, number, title, unmasking.PHONE, request.POST.get("purpose", ""))
            context["whole"] = value
        except RefusedError as refusal:
            findings = refusal.findings
    answer = render(
        request, "board/unmask.html", {"told": context, "findings": findings}, status=409 if findings else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer
