"""议定事项写回: a meeting's decisions beside the items they change, seen first and then written in one act."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.working_forms import ResolutionsForm
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger.cells import COLUMNS, known_of
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.ledger.resolutions import NEW, Weighed, meetings, named, weighed
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import require, sees
from luoshi.bureau.plans.models import Edition
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_BLANK = 4
"""Empty rows to type in."""


def decisions(request: HttpRequest, number: int) -> HttpResponse:
    """Rows typed or pasted; checked against the ledger and shown before and after; then written, all or none."""
    edition = plan_of(request, number)
    form = ResolutionsForm(request.POST)
    if request.method != "POST":
        return _shown(request, edition, form, [])
    told = form.decisions()
    try:
        require(actor_of(request), "decisions")
        if form.act == "write":
            actions.write_back(actor_of(request), number, form.meeting, told)
            return redirect(reverse("board") + f"?plan={number}")
    except RefusedError as refusal:
        return _shown(request, edition, form, _beside(edition, form), refusal.findings)
    found = _beside(edition, form)
    return _shown(request, edition, form, found, [finding for one in found for finding in one.findings])


def _beside(edition: Edition, form: ResolutionsForm) -> list[Weighed]:
    rows = Commitment.objects.filter(edition=edition).select_related("edition", "breakdown")
    return weighed(edition, rows, form.decisions(), known_of(edition.city))


def _shown(
    request: HttpRequest,
    edition: Edition,
    form: ResolutionsForm,
    found: Sequence[Weighed],
    findings: Sequence[Finding] = (),
) -> HttpResponse:
    seen = sees(actor_of(request))
    known = known_of(edition.city)
    items = Commitment.objects.filter(edition=edition, audience__in=seen).values_list("number", "title")
    context = {
        "edition_id": edition.pk,
        "title": edition.title,
        "meetings": [
            {"id": one.pk, "label": f"{named(one)} {one.dated or ''}", "here": one.pk == form.meeting}
            for one in meetings(edition.city)
            if one.audience in seen
        ],
        "rows": [_line(one) for one in found],
        "blank": range(max(_BLANK - len(found), 1)),
        "may_write": bool(found) and not any(one.findings for one in found),
        "items": [{"number": number, "title": title} for number, title in items],
        "offices": list(known.offices.values()),
        "no_decisions": why_not(request, "decisions"),
    }
    told = {"decisions": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/decisions.html", told, status=409 if findings else 200)


def _line(one: Weighed) -> dict[str, Any]:
    """A row as it was sent, with what it changes. A row that was changed meanwhile is shown as it is now."""
    told, row = one.decision, one.row
    changes = [
        {"label": COLUMNS[column].label, "was": was or _("空"), "becomes": becomes}
        for column, was, becomes in one.changes
    ]
    return {
        "number": told.number or NEW,
        "words": told.words,
        "due": one.due.isoformat() if one.due else told.due,
        "lead": told.lead,
        "version": row.version if row else "",
        "title": row.title if row else "",
        "url": reverse("item", args=[row.pk]) if row else "",
        "changes": changes,
        "is_new": told.is_new,
        "wrong": "；".join(finding.what for finding in one.findings),
    }
