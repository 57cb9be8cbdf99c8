"""查进度 and 网上信访: pages for whoever brought a matter or brings one, without an account. Closed until the bureau opens them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from luoshi.bureau.board import case_forms, case_schools, case_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, Proof, follow, open_by_citizen, switch_public, take_by_citizen
from luoshi.bureau.cases.known import conducted
from luoshi.bureau.cases.models import Case
from luoshi.bureau.cases.parts import STRANGER, citizen
from luoshi.bureau.jobs.queries import ticket
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.handling.courses import Asked, Course
from luoshi.handling.fields import FILES, Kind
from luoshi.handling.parts import CITIZEN
from luoshi.handling.permitting import Permit, opening, permits
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_WEB = "web"
"""The channel of a matter that is brought here, where a procedure asks by which it came."""


def _city(request: HttpRequest, name: str) -> City:
    """The city, where it has opened this page.

    Raises:
        Http404: it has not.
    """
    city = city_of(request)
    if city is None or not getattr(city, name):
        raise Http404
    return city


@sensitive_post_parameters("code")
@login_not_required
def matters(request: HttpRequest) -> HttpResponse:
    """A matter followed by number and code: its state, its days, who has it, what its bringer can do next; nothing else."""
    city = _city(request, "following")
    findings: Sequence[Finding] = ()
    told: dict[str, Any] = {"brings": _brought_here(city) if city.bringing else []}
    if request.method == "POST":
        proof = Proof(request.POST.get("number", ""), request.POST.get("code", "")[:40])
        on = today(request, city)
        try:
            row, done = _followed(request, city, proof, on)
            told |= {"found": _told(row, on, request.POST), "proof": proof, "done": done}
        except RefusedError as refusal:
            findings = refusal.findings
            told |= {"number": proof.number}
    answer = render(
        request,
        "board/matters.html",
        {"matters": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _followed(request: HttpRequest, city: City, proof: Proof, on: date) -> tuple[Case, bool]:
    """The matter, and whether a step of it was taken just now."""
    step, actor = request.POST.get("act", "")[:40], actor_of(request)
    if not step:
        return follow(actor, city, proof), False
    answers = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    version = row_in(request.POST.get("version", "")) or 0
    brought = Bringing(answers, once=case_forms.once_of(request))
    return take_by_citizen(actor, city, proof, version, step, brought, on), True


def _told(row: Case, on: date, sent: Mapping[str, str]) -> dict[str, Any]:
    course, calendar = queries.course_of(row), calendar_of(row.city)
    stands = queries.followed(row, calendar)
    own = [one for one in permits(course, stands, citizen(row), on, calendar) if one.why is None]
    left, mark = case_told.standing(row, on)
    (line,) = case_told.lines([row], row.city, on)
    return {
        "row": row,
        "label": course.label,
        "state": line.state,
        "left": left,
        "mark": mark,
        "turn": line.turn or _("等待您或期限届满") if not row.ended_on else "",
        "steps": [_step(course, one, sent, on) for one in own],
    }


def _step(course: Course, permit: Permit, sent: Mapping[str, str], on: date) -> dict[str, Any]:
    """A step the bringer can take; one that asks for papers is taken at the window."""
    papers = any(one.key in course.fields and course.fields[one.key].kind in FILES for one in permit.asks)
    return {
        "act": permit.act,
        "label": permit.label,
        "entries": case_forms.entries(course, permit.asks, sent if sent.get("act") == permit.act else {}, on),
        "at_window": papers,
        "once": ticket(),
    }


def _brought_here(city: City) -> list[Course]:
    """The procedures that run here and that a citizen may begin on the web: without papers, and about no entry of a list."""
    return [one.course for one in conducted(city).values() if one.native and _by_web(one.course)]


def _by_web(course: Course) -> bool:
    papers = any(_filed(course, one) and not one.optional and one.only is None for one in course.asks)
    return CITIZEN.key in course.openers and not papers and not course.of


@login_not_required
def new(request: HttpRequest, procedure: str) -> HttpResponse:
    """A matter is brought; number and code are shown once."""
    city = _city(request, "bringing")
    course = next((one for one in _brought_here(city) if one.key == procedure), None)
    if course is None or opening(course, STRANGER):
        raise Http404
    on, findings, opened = today(request, city), list[Finding](), None
    of = case_schools.Asking(actor_of(request), city, course, on)
    if request.method == "POST":
        sent = {key: value for key, value in request.POST.items() if isinstance(value, str)}
        answers = case_schools.units_typed(of, sent) | _given(course, on)
        for key, one in course.fields.items():
            if one.kind in FILES:
                answers.pop(key, None)
        try:
            brought = Bringing(answers, county=answers.get("county", ""), once=case_forms.once_of(request))
            opened = open_by_citizen(actor_of(request), city, procedure, brought, on)
        except RefusedError as refusal:
            findings = list(refusal.findings)
    units = case_told.units_of(city)
    asks = [one for one in course.asks if one.key not in _given(course, on) and not _filed(course, one)]
    told = {
        "course": course,
        "opened": opened,
        "entries": case_forms.entries(course, asks, request.POST, on),
        "units": list(units.items()),
        "counties": [(code, name) for code, name in units.items() if code.isdecimal()],
        "schools": case_schools.school_options(of),
        "sent": request.POST,
        "once": case_forms.once_of(request) or ticket(),
    }
    answer = render(
        request,
        "board/matter_new.html",
        {"matter": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _filed(course: Course, one: Asked) -> bool:
    return course.fields[one.key].kind in FILES


def _given(course: Course, on: date) -> dict[str, str]:
    """What this page knows by itself: that it came by the web, and the day its clock counts from."""
    told = {key: _WEB for key, one in course.fields.items() if one.kind is Kind.CHOICE and _WEB in one.options}
    timer = course.timer(course.begin)
    return told | ({timer.start: on.isoformat()} if timer and timer.start else {})


def switch(request: HttpRequest) -> HttpResponse:
    """查进度 and 网上信访 opened or closed."""
    city = city_of(request)
    if city is None:
        raise Http404
    if request.method == "POST":
        told = request.POST
        switch_public(actor_of(request), city, following="following" in told, bringing="bringing" in told)
        messages.success(request, _("已设定。"), extra_tags="good")
    return redirect("procedures")
