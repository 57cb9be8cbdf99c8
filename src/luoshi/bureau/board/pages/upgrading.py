"""备份与升级: the version, what waits, the last backup, drill and rehearsal; each can be asked for here."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.bureau.backups.working import TITLES
from luoshi.bureau.backups.working import ask as ask_for
from luoshi.bureau.board.upgrading_told import told
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def upgrading(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The whole page. It comes anew by itself only while something goes on."""
    page = {"upgrading": told(), "findings": findings}
    return render(request, "board/upgrading.html", page, status=409 if findings else 200)


def ask(request: HttpRequest) -> HttpResponse:
    """备份、恢复演练、升级演练, as a job. A button pressed twice asks once."""
    kind = request.POST.get("kind", "")
    if request.method != "POST" or kind not in TITLES:
        return redirect("upgrading")
    try:
        require(actor_of(request), "upgrade")
        ask_for(actor_of(request), kind, request.POST.get("once", "")[:60])
    except RefusedError as refusal:
        return upgrading(request, refusal.findings)
    return redirect("upgrading")
