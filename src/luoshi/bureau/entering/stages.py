"""The steps between a right password and the house."""

from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from luoshi.bureau.entering.queries import has_factor
from luoshi.bureau.entering.watching import BY_PORTAL
from luoshi.bureau.people.models import Person


class SecondFactor(LoginStage):
    """Whoever has a second factor shows it before any session of theirs begins."""

    key = "second"
    urlname = "enter_second"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """A page to go to first, or nothing."""
        person = self.login.user
        if isinstance(person, Person) and has_factor(person):
            return redirect("enter_second"), True
        return None, True


def let_in(
    request: HttpRequest, person: Person, wanted: str, *, second: bool = True, by_portal: bool = False
) -> HttpResponse:
    """Begin the session of somebody who is known, or lead to the second factor first.

    Args:
        request: at the door.
        person: who it is.
        wanted: the page to go to afterwards.
        second: whether a second factor is asked for; not of the demo people.
        by_portal: whether the single sign-on service said so, and no password of ours was asked for.
    """
    request.session[BY_PORTAL] = by_portal
    login = Login(user=person, redirect_url=wanted)
    if not second:
        login.state = {"stages": {SecondFactor.key: {"handled": True}}}
    return cast("HttpResponse", perform_login(request, login))
