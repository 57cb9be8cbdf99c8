"""科室与人员: duties, keywords, points, leaders, contacts and people; and the 股室 of a county."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from luoshi.bureau.board.asked_days import day_in, needed_day, number_in, words_in
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.people.models import Division, Office, Role
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import foreign
from luoshi.bureau.posts import actions, queries
from luoshi.bureau.posts.actions.offices import LABELS, OfficeWords, Section, refuse_other_county
from luoshi.bureau.posts.models import OfficeChange
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MOST_CONTACTS = 5
"""Contacts the list of offices names for one; its own page names all."""


def offices(request: HttpRequest) -> HttpResponse:
    """All offices with what they do, and the counties whose 股室 this person may look at."""
    actor, city = actor_of(request), city_of(request)
    if city is None:
        raise Http404
    contacts: dict[str, list[str]] = {}
    for one in queries.contacts(timezone.localdate()):
        if len(contacts.setdefault(one.office, [])) == _MOST_CONTACTS:
            continue
        contacts[one.office].append(f"{one.person.name}{f' {one.phone}' if one.phone else ''}")
    rows = [{"one": one, "contacts": contacts.get(one.code, [])} for one in Office.objects.filter(city=city)]
    units = [one for one in Division.objects.filter(city=city) if not foreign(actor, one.code)]
    context = {"rows": rows, "units": units, "people": not why_not(request, "posts")}
    return render(request, "board/offices.html", {"of": context})


def office(request: HttpRequest, code: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One office: its words, its people with their posts, its changes."""
    city, today = city_of(request), timezone.localdate()
    found = Office.objects.filter(city=city, code=code).first()
    if found is None:
        raise Http404
    holders = queries.holders(today, office=code)
    words = queries.words_of(holders)
    changes = [
        {
            "one": one,
            "told": [(gettext(LABELS[key]), _said(one.before[key]), _said(one.after[key])) for key in one.after],
        }
        for one in OfficeChange.objects.filter(city=city, code=code)[:50]
    ]
    context = {
        "one": found,
        "people": [{"post": one, "words": words[one.pk], "role": Role(one.role).label} for one in holders],
        "founders": queries.founders(office=code),
        "changes": changes,
        "may": why_not(request, "offices"),
        "leads_people": not why_not(request, "posts"),
        "today": today,
        "sent": request.POST,
    }
    return render(request, "board/office.html", {"of": context, "findings": findings}, status=409 if findings else 200)


def _said(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def act(request: HttpRequest, code: str) -> HttpResponse:
    """Change an office by a dated act."""
    if request.method != "POST":
        return redirect("office", code)
    sent = request.POST
    try:
        told = OfficeWords(
            sent.get("name", ""), words_in(request, "duties"), words_in(request, "leads"), sent.get("leader", "")
        )
        since = needed_day(request, "since", "自")
        actions.amend_office(actor_of(request), code, told, since, sent.get("reason", ""), timezone.localdate())
    except RefusedError as refusal:
        return office(request, code, refusal.findings)
    return redirect("office", code)


def county(request: HttpRequest, code: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The 股室 and people of one county; another county's are not there."""
    city, actor, today = city_of(request), actor_of(request), timezone.localdate()
    unit = Division.objects.filter(city=city, code=code).first()
    if unit is None or foreign(actor, code):
        raise Http404
    holders = queries.holders(today, division=code)
    words = queries.words_of(holders)
    context = {
        "unit": unit,
        "rows": queries.county_offices(code),
        "people": [{"post": one, "words": words[one.pk]} for one in holders],
        "founders": queries.founders(division=code),
        "may": _why_not_county(request, code),
        "leads_people": not why_not(request, "posts"),
        "today": today,
    }
    told = {"of": context, "findings": findings}
    return render(request, "board/county_offices.html", told, status=409 if findings else 200)


def _why_not_county(request: HttpRequest, code: str) -> str:
    try:
        refuse_other_county(actor_of(request), code, timezone.localdate())
    except RefusedError as refusal:
        return why(refusal.findings[0])
    return ""


def act_county(request: HttpRequest, code: str) -> HttpResponse:
    """Add or change a 股室."""
    city, sent = city_of(request), request.POST
    if request.method != "POST" or city is None:
        return redirect("county_offices", code)
    try:
        told = Section(
            sent.get("name", ""), words_in(request, "duties"), sent.get("head", ""), sent.get("phone", ""), day_in(request, "until", "止")
        )  # fmt: skip
        today, number = timezone.localdate(), number_in(request, "number")
        actions.amend_county_office(actor_of(request), city, code, number, told, sent.get("reason", ""), today)
    except RefusedError as refusal:
        if foreign(actor_of(request), code):
            raise Http404 from refusal
        return county(request, code, refusal.findings)
    return redirect("county_offices", code)
