"""销号 on the page of an item: what is lacking, three signatures, the rounds before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board.escalation_forms import ClosingForm
from luoshi.bureau.board.pages.item import item
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.escalations import actions
from luoshi.bureau.people.queries import actor_of
from luoshi.words.errors import RefusedError


def sign(request: HttpRequest, number: int) -> HttpResponse:
    """One signature, a sending back, or a reopening."""
    if request.method != "POST":
        return redirect("item", number)
    form, actor = ClosingForm(request.POST), actor_of(request)
    try:
        if form.act == "reopen":
            on = form.day("on", _("日期")) or timezone.localdate()
            actions.reopen(actor, number, form.version(), on, form.words)
        else:
            actions.sign_closing(actor, number, form.version(), form.signing(upload(request, "scan")))
    except RefusedError as refusal:
        return item(request, number, refusal.findings)
    return redirect("item", number)
