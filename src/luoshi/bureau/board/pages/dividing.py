"""On the desk: a proposal cut, several put together, one added from the text."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from luoshi.bureau.board.forms import DivisionForm
from luoshi.bureau.board.pages import desk
from luoshi.bureau.ledger import actions
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.plans.models import Proposal
from luoshi.words.errors import RefusedError


def _at(proposal: Proposal) -> str:
    point = proposal.point.number if proposal.point else "-"
    return reverse("point", args=[proposal.edition_id, point]) + f"#p-{proposal.pk}"


def split(request: HttpRequest, number: int) -> HttpResponse:
    """拆分 one proposal at the ends of the lines."""
    found = Proposal.objects.filter(pk=number).select_related("point").first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return redirect(_at(found))
    form = DivisionForm(request.POST)
    try:
        parts = actions.split(actor_of(request), number, form.version(), form.pieces())
    except RefusedError as refusal:
        point = found.point.number if found.point else "-"
        return desk.point(request, found.edition_id, point, refusal.findings)
    return redirect(_at(parts[0]))


def gather(request: HttpRequest, number: int) -> HttpResponse:
    """归并 the ticked proposals of a page into one item."""
    point, form = request.POST.get("point", "-")[:20], DivisionForm(request.POST)
    if request.method != "POST":
        return redirect("plan", number)
    try:
        actions.gather(actor_of(request), form.picks(), form.title)
    except RefusedError as refusal:
        return desk.point(request, number, point, refusal.findings)
    first = form.picks()[0][0]
    return redirect(reverse("point", args=[number, point]) + f"#p-{first}")


def add(request: HttpRequest, number: int) -> HttpResponse:
    """照原文添加 what was marked."""
    point, form = request.POST.get("point", "-")[:20], DivisionForm(request.POST)
    if request.method != "POST":
        return redirect("plan", number)
    try:
        added = actions.add(actor_of(request), number, form.words)
    except RefusedError as refusal:
        return desk.point(request, number, point, refusal.findings)
    return redirect(_at(added))
