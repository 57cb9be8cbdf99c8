"""整改台账: problems, measures, 回头看."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from luoshi.bureau.board import queries as board
from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.escalation_forms import MendingForm
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.escalations import actions, queries
from luoshi.bureau.escalations.models import Rectification
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.plans.models import Edition
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MARK = {"open": "behind", "claimed": "unknown", "mended": "done"}


def rectifications(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """整改台账 of a plan."""
    edition = plan_of(request, number)
    city, actor = edition.city, actor_of(request)
    offices, on = board.names(city).offices, day_of(request, city)
    rows = queries.rectifications(actor, number)
    may_add = why_not(request, "add_rectification")
    items = Commitment.objects.filter(edition=edition, audience__in=sees(actor)) if not may_add else None
    context = {
        "title": edition.title,
        "edition_id": number,
        "rows": [
            {
                "one": one,
                "office": offices.get(one.lead, "——"),
                "mark": _MARK[one.state],
                "late": one.state == Rectification.State.OPEN and one.due < on,
                "looks": one.look_backs.all(),
                "may_mend": why_not(request, "rectify", lead=one.lead),
            }
            for one in rows
        ],
        "counts": [(state.label, sum(one.state == state for one in rows)) for state in Rectification.State],
        "sources": Rectification.Source.choices,
        "offices": offices.items(),
        "items": list(items.values_list("pk", "number", "title")) if items is not None else [],
        "paper": queries.paper(actor, int(wanted)) if (wanted := request.GET.get("paper", "")).isdecimal() else None,
        "may_add": may_add,
        "may_look": why_not(request, "look_back"),
        "today": min(on, timezone.localdate()),
    }
    told = {"mending": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/rectifications.html", told, status=409 if findings else 200)


def act(request: HttpRequest, number: int) -> HttpResponse:
    """A new problem, what is done about it, or what was found on the spot."""
    if request.method != "POST":
        return redirect("rectifications", number)
    edition = plan_of(request, number)
    try:
        _step(request, edition)
    except RefusedError as refusal:
        return rectifications(request, number, refusal.findings)
    return redirect("rectifications", number)


def _step(request: HttpRequest, edition: Edition) -> None:
    form, actor = MendingForm(request.POST), actor_of(request)
    row, version = form.whole("row") or 0, form.version()
    row = row if Rectification.objects.filter(pk=row, edition=edition).exists() else 0
    match form.act:
        case "add":
            actions.add(actor, edition, form.problem())
        case "mend":
            actions.mend(actor, row, version, form.mending(upload(request, "file")))
        case "look":
            actions.look_back(actor, row, version, form.looked())
        case other:
            what = f"没有“{other[:20]}”这种办理"
            raise RefusedError(Finding("整改台账", what, "登记问题、填报整改或回头看", "请从页面上办理"))
