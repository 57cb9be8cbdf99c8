"""What most pages ask first: which plan, and why a button is not for this person."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import foreign, own_school, refused
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition
from luoshi.words.findings import Finding


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


def no_schools(request: HttpRequest, county: str, school: str = "") -> Finding | None:
    """Why somebody may not see rows of a county's schools: no right, or another county's; None when they may.

    Args:
        request: of whoever looks.
        county: code of the county.
        school: code of the one school that is looked at: its own people may.
    """
    actor = actor_of(request)
    if school and own_school(actor, school):
        return refused(actor, "school_own")
    rule, remedy = _("县(市、区)只看本地学校的年报数"), _("请看本县(市、区)的学校")
    mine = Finding(_("学校明细"), _("不是本县(市、区)的学校"), rule, remedy) if foreign(actor, county) else None
    return refused(actor, "school_rows") or mine


def why_not(request: HttpRequest, act: str, *, lead: str = "") -> str:
    """The sentence a disabled button shows; empty when the person may."""
    return why(refused(actor_of(request), act, lead=lead))
