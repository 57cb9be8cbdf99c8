"""Scanned papers back: what was signed or issued, for whoever may know of it."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.escalations.models import Established, Paper, Rectification, Signature, Switch
from luoshi.bureau.files import queries as files
from luoshi.bureau.files.actions import SCANS
from luoshi.bureau.ledger.models import Approval, Breakdown, Pause
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.words.errors import RefusedError


def scan(request: HttpRequest, digest: str) -> HttpResponse:
    """A scan that an approval, an issue or a public text names; for the bureau's own people."""
    found = files.file(digest)
    if found is None or "bureau" not in sees(actor_of(request)) or not _named(found.pk):
        raise Http404
    try:
        content = files.content(found)
    except RefusedError as refusal:
        return render(request, "board/refused.html", {"findings": refusal.findings, "back": "/"}, status=409)
    form = found.form if found.form in SCANS else "application/octet-stream"
    told = HttpResponse(content, content_type=form)
    told["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.name)}"
    told["Content-Security-Policy"] = "sandbox"
    return told


def _named(file_id: int) -> bool:
    scanned = (Approval, Breakdown, Established, Notice, Paper, Pause, Rectification, Signature, Switch)
    named = any(model.objects.filter(scan_id=file_id).exists() for model in scanned)
    return named or Paper.objects.filter(answer_file_id=file_id).exists()
