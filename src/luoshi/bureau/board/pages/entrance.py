"""Coming in and going out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from luoshi.bureau.people import actions as people
from luoshi.bureau.people import queries
from luoshi.words.errors import RefusedError


def _wanted(request: HttpRequest) -> str:
    """The page that was asked for before the entrance; the board when none or when it leads elsewhere."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else reverse("board")


@login_not_required
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in with an account; in the demo also by choosing one of the demo people."""
    listed = queries.demo_people() if settings.DEMO else ()
    findings: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            person = people.sign_in_demo(request) if "person" in request.POST else people.sign_in(request)
        except RefusedError as refusal:
            findings = refusal.findings
        else:
            login(request, person)
            return redirect(_wanted(request))
    status = 403 if findings else 200
    return render(request, "board/enter.html", {"people": listed, "findings": findings}, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("enter")
