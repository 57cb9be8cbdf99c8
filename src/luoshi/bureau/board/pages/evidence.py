"""Evidence of an item: brought, judged, withdrawn, and given back to whoever may know of the item."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.bureau.board.asking import plan_of
from luoshi.bureau.board.forms import VerdictForm
from luoshi.bureau.board.pages.breakdown import breakdown
from luoshi.bureau.board.pages.item import item
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.evidence import actions, queries
from luoshi.bureau.evidence.exporting import KIND
from luoshi.bureau.evidence.models import Piece
from luoshi.bureau.files import queries as files
from luoshi.bureau.files import thumbnails
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import require, sees
from luoshi.declared import FORMS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SHOWN = {form.media for form in FORMS if form.shown}
"""Forms a browser may show: none of them is a page or can run anything in ours."""


def attach(request: HttpRequest, number: int) -> HttpResponse:
    """A file for an item."""
    if request.method != "POST":
        return redirect("item", number)
    sent, said = upload(request, "file"), request.POST
    if sent is None:
        missed = Finding("佐证材料", "没有收到文件", "须选一个文件，不超过 50 MB", "请选择文件后再报送")
        return item(request, number, (missed,))
    told = actions.Told(
        name=sent[0],
        shows=said.get("shows", ""),
        kind=said.get("kind", ""),
        document_number=said.get("document_number", ""),
        page=said.get("page", ""),
    )
    try:
        actions.bring(actor_of(request), number, sent[1], told)
    except RefusedError as refusal:
        return item(request, number, refusal.findings)
    return redirect(reverse("item", args=[number]) + "#evidence")


def export(request: HttpRequest, number: int) -> HttpResponse:
    """导出佐证封存包 of a plan, as a job; a button pressed twice asks once."""
    edition, actor = plan_of(request, number), actor_of(request)
    if request.method != "POST":
        return redirect("breakdown", number)
    try:
        require(actor, "export_evidence")
        once = request.POST.get("once", "")[:60]
        key = f"{KIND}/{actor.login}/{number}/{once}" if once else ""
        enqueue(actor, KIND, {"plan": number}, f"导出佐证封存包：{edition.title}", key=key)
    except RefusedError as refusal:
        return breakdown(request, number, refusal.findings)
    return redirect("jobs")


def judge(request: HttpRequest, number: int) -> HttpResponse:
    """Accept a piece or send it back."""
    row, seen = _piece(request, number), VerdictForm(request.POST).whole_number("seen", -1)
    if request.method != "POST":
        return redirect("item", row.commitment_id)
    try:
        outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
        actions.judge(actor_of(request), number, outcome, reason, seen)
    except RefusedError as refusal:
        return item(request, row.commitment_id, refusal.findings)
    return redirect(reverse("item", args=[row.commitment_id]) + "#evidence")


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a piece back, saying why."""
    row = _piece(request, number)
    if request.method != "POST":
        return redirect("item", row.commitment_id)
    try:
        actions.withdraw(actor_of(request), number, request.POST.get("reason", ""))
    except RefusedError as refusal:
        return item(request, row.commitment_id, refusal.findings)
    return redirect(reverse("item", args=[row.commitment_id]) + "#evidence")


def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The file itself; shown only where it can be nothing but a picture or a pdf."""
    piece = _piece(request, number)
    try:
        content = files.content(piece.file)
    except RefusedError as refusal:
        back = reverse("item", args=[piece.commitment_id])
        return render(request, "board/refused.html", {"findings": refusal.findings, "back": back}, status=409)
    shown = piece.file.form in _SHOWN
    told = HttpResponse(content, content_type=piece.file.form if shown else "application/octet-stream")
    told["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(piece.name, safe='')}"
    )
    told["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    return _guarded(told)


def thumbnail(request: HttpRequest, number: int) -> HttpResponse:
    """A small picture of it; none where it cannot be pictured."""
    made = thumbnails.thumbnail(_piece(request, number).file)
    if made is None:
        raise Http404
    return _guarded(HttpResponse(made, content_type="image/jpeg"))


def _guarded(told: HttpResponse) -> HttpResponse:
    told["X-Content-Type-Options"] = "nosniff"
    told["Cache-Control"] = "private, max-age=3600"
    return told


def _piece(request: HttpRequest, number: int) -> Piece:
    """A piece of an item this person may know of; whoever may not is told no more than that it is not there."""
    found = queries.piece(number)
    if found is None or found.commitment.audience not in sees(actor_of(request)):
        raise Http404
    return found
