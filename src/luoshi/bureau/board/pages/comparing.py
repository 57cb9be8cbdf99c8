"""与上年对照: a plan beside an earlier one, clause by clause, and what is carried over."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.forms import VerdictForm
from luoshi.bureau.ledger import comparing
from luoshi.bureau.ledger.actions.carrying import carry as carry_over
from luoshi.bureau.people.queries import actor_of
from luoshi.tracking import Change, Fate
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_ORDER = (Fate.CHANGED, Fate.DROPPED, Fate.NEW, Fate.CONTINUED)


class Line(NamedTuple):
    """One clause in both plans, as plain words: the page reads nothing else."""

    before_key: str
    before: str
    after_key: str
    after: str
    because: str
    """Empty for what goes on word for word."""
    unfinished: comparing.Earlier | None


def compare(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Changed, dropped, new and continued clauses against an earlier plan, the latest when none is asked for."""
    edition = plan_of(request, number)
    older = comparing.earlier_of(edition)
    wanted = request.GET.get("with", "")
    before = next((one for one in older if str(one.pk) == wanted), older[0] if older else None)
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "older": [(one.pk, one.title, one is before) for one in older],
        "before_title": before.title if before else "",
        "may_carry": why_not(request, "carry"),
    }
    if before is not None:
        told = comparing.compare(before, edition)
        context["groups"] = [
            {
                "fate": fate.value,
                "label": fate.label,
                "rows": [_line(one, told) for one in told.changes if one.kind is fate],
            }
            for fate in _ORDER
        ]
    page = {"compare": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/compare.html", page, status=409 if findings else 200)


def _line(change: Change, told: comparing.Compared) -> Line:
    before, after = change.before, change.after
    silent = change.kind is Fate.CONTINUED and not change.wording
    return Line(
        before.key if before else "",
        before.text if before else "",
        after.key if after else "",
        after.text if after else "",
        "" if silent else change.because,
        told.unfinished(change),
    )


def carry(request: HttpRequest, number: int) -> HttpResponse:
    """结转 of one unfinished item."""
    if request.method != "POST":
        return redirect("compare", number)
    try:
        row = carry_over(actor_of(request), number, VerdictForm(request.POST).whole_number("item"))
    except RefusedError as refusal:
        return compare(request, number, refusal.findings)
    return redirect("item", row.pk)
