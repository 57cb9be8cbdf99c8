"""Filling and correcting one item, and 变更 of what was issued."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.bound import bound
from luoshi.bureau.board.english import met
from luoshi.bureau.board.forms import ChangeForm
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.entrance import missing
from luoshi.bureau.handouts.queries import with_cells
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger.actions.amending import barred
from luoshi.bureau.ledger.cells import COLUMNS, Known, cells, known_of
from luoshi.bureau.ledger.models import Breakdown, Change, Commitment, Quote, Target
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.reading.binding import Place
from luoshi.tracking import showing
from luoshi.words.columns import Column, Fill
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONG = 200
"""From so many characters on a cell is written in a field of several lines."""


def _row(number: int) -> Commitment:
    found = with_cells(Commitment.objects.filter(pk=number))
    if not found:
        raise Http404
    return found[0]


def _choices(column: Column, known: Known) -> list[tuple[str, bool]]:
    """Words a cell may be chosen from; empty where it is typed."""
    if column.fill is Fill.CHOICE:
        return [(label, False) for _, label in column.choices]
    return [(name, False) for name in known.offices.values()] if column.fill is Fill.OFFICE else []


def _targets(row: Commitment) -> list[dict[str, object]]:
    """Each target with what it is measured by, read in the quote it stands in."""
    quotes, targets = list(row.quotes.all()), list(row.targets.all())
    return [
        {
            "id": one.pk,
            "subject": one.subject,
            "text": showing.amount(as_target(one)),
            "bound": bound(as_target(one), _place(row, one, quotes, targets)),
        }
        for one in targets
    ]


def _place(row: Commitment, target: Target, quotes: Sequence[Quote], targets: Sequence[Target]) -> Place:
    title = row.point.title if row.point else ""
    quote = next((one for one in quotes if one.start <= target.start and target.end <= one.end), None)
    if quote is None:
        return Place(row.title, "", title, alone=len(targets) == 1)
    beside = sum(quote.start <= one.start and one.end <= quote.end for one in targets)
    sentence = row.edition.text[quote.sentence_start : quote.sentence_end]
    return Place(quote.text, sentence, title, alone=beside == 1)


def edit(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Every column of an item: those this person may fill as fields, the others with the reason why not."""
    row = _row(number)
    actor = actor_of(request)
    if row.audience not in sees(actor):
        return missing(request, Http404())
    in_city(request, row.edition.city)
    known, english = known_of(row.edition.city), get_language() == "en"
    told = cells(row, known)
    fields: list[dict[str, Any]] = []
    for column in COLUMNS.values():
        why = barred(actor, column, row)
        if not column.by:
            continue
        typed = request.POST.get(f"cell-{column.key}", told[column.key]) if findings else told[column.key]
        fields.append(
            {
                "key": column.key,
                "label": column.label_en if english else column.label,
                "value": typed,
                "long": column.longest > _LONG,
                "longest": column.longest,
                "options": [word for word, _ in _choices(column, known)],
                "why_not": met(why),
                "asks": bool(why) and column.approved and row.breakdown.stage == Breakdown.Stage.ISSUED,
            }
        )
    context = {
        "id": row.pk,
        "version": row.version,
        "number": told["number"],
        "title": row.title,
        "fields": fields,
        "offices": list(known.offices.values()),
        "units": [name for name, _ in known.divisions.values()],
        "changes": list(row.changes.all()),
        "labels": {column.key: column.label for column in COLUMNS.values()},
        "no_change": why_not(request, "ask_change", lead=row.lead),
        "no_decision": why_not(request, "decide_change"),
        "today": timezone.localdate(),
        "targets": _targets(row),
        "no_binding": why_not(request, "bind"),
    }
    told_all = {"edit": context, "findings": findings, "made_up": row.edition.imaginary}
    return render(request, "board/edit.html", told_all, status=409 if findings else 200)


def save(request: HttpRequest, number: int) -> HttpResponse:
    """What was typed into the fields; only cells that differ are written."""
    form = ChangeForm(request.POST)
    if request.method != "POST":
        return redirect("edit", number)
    try:
        told = {key: actions.Cell(words) for key, words in form.cells().items()}
        actions.amend(actor_of(request), number, told, form.version())
    except RefusedError as refusal:
        return edit(request, number, refusal.findings)
    return redirect("item", number)


def bind(request: HttpRequest, number: int) -> HttpResponse:
    """Another indicator for one target, with the reason."""
    form = ChangeForm(request.POST)
    if request.method != "POST":
        return redirect("edit", number)
    try:
        actions.bind(actor_of(request), number, form.version(), form.target, form.indicator, form.reason)
    except RefusedError as refusal:
        return edit(request, number, refusal.findings)
    return redirect("item", number)


def change(request: HttpRequest, number: int) -> HttpResponse:
    """A 变更 asked for, or decided about."""
    form, actor = ChangeForm(request.POST), actor_of(request)
    if request.method != "POST":
        return redirect("edit", number)
    try:
        if form.change:
            on = form.day("on", "日期") or timezone.localdate()
            known = Change.objects.filter(pk=form.change, commitment_id=number).exists()
            wanted = form.change if known else 0
            actions.decide_change(actor, wanted, approved=form.approved, on=on, words=form.reason)
        else:
            actions.ask_change(actor, number, form.version(), form.column, form.becomes, form.reason)
    except RefusedError as refusal:
        return edit(request, number, refusal.findings)
    return redirect("edit", number)
