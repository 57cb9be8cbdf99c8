"""What most pages ask first: which plan, and why a button is not for this person."""

from django.http import Http404, HttpRequest

from luoshi.bureau.board.frame import in_city
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition


def plan_of(request: HttpRequest, number: int) -> Edition:
    """The plan of a page, its city at hand for the frame.

    Raises:
        Http404: there is none.
    """
    found = plans.edition(number)
    if found is None:
        raise Http404
    in_city(request, found.city)
    return found


def why_not(request: HttpRequest, act: str, *, lead: str = "") -> str:
    """The sentence a disabled button shows; empty when the person may."""
    finding = refused(actor_of(request), act, lead=lead)
    return f"{finding.rule}。{finding.remedy}" if finding else ""
