"""办件: what waits for me, one case and its next step, and lists of cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board import case_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import uploads
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, Shown, open_case, take
from luoshi.bureau.cases.known import Conducted, conducted, lists
from luoshi.bureau.cases.listing import seen_entries, standing
from luoshi.bureau.cases.models import Case, CasePaper
from luoshi.bureau.cases.parts import clear, hand, unseen
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.handling.courses import Course
from luoshi.handling.diagrams import svg
from luoshi.handling.fields import Kind
from luoshi.handling.permitting import opening
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_OFFERED = 500
"""Entries of a list that a form offers."""
_FILES = {Kind.PAPER, Kind.PHOTO}


def cases(request: HttpRequest) -> HttpResponse:
    """我的办件: what waits for whoever looks, what is due first on top; and what may be opened."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    known = [one for one in conducted(city).values() if one.native]
    asker = Case(city=city, county=actor.division if actor.role == "county" else "", school=actor.school)
    told = {
        "lines": case_told.lines(queries.queue(actor, city.pk), city, on),
        "most": queries.PAGE,
        "opens": [one for one in known if opening(one.course, _as_opener(request, asker, one)) is None],
        "on": on,
    }
    return render(request, "board/cases.html", {"cases": told, "made_up": city.imaginary})


def _as_opener(request: HttpRequest, asker: Case, how: Conducted) -> Any:
    asker.office, asker.procedure = how.office, how.course.key
    return hand(actor_of(request), asker)


def asked_of(request: HttpRequest, on: date) -> queries.Asked:
    """What is looked for, as the address says it."""
    said = request.GET
    return queries.Asked(
        procedure=said.get("procedure", "")[:40],
        state=said.get("state", "")[:40],
        county=said.get("county", "")[:20],
        school=said.get("school", "").strip()[:14],
        theme=said.get("theme", "")[:40],
        words=said.get("words", "").strip()[:60],
        overdue=on if said.get("how") == "overdue" else None,
        running=said.get("how") == "running",
        before=row_in(said.get("before", "")),
    )


def found(request: HttpRequest) -> HttpResponse:
    """Cases looked for, the newest first."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    said, asked = request.GET, asked_of(request, on)
    page = queries.search(actor, city.pk, asked)
    known = conducted(city)
    how = known.get(asked.procedure)
    more = {key: value for key, value in said.items() if key != "before" and value}
    told = {
        "lines": case_told.lines(page.rows, city, on),
        "more": urlencode({**more, "before": page.on}) if page.on else "",
        "whole": page.whole,
        "stretch": queries.STRETCH,
        "said": said,
        "procedures": [(key, one.course.label) for key, one in known.items()],
        "states": [(one.key, one.label) for one in how.course.places.values()] if how else [],
        "themes": list(how.course.fields[how.course.theme].options.items()) if how and how.course.theme else [],
        "file": urlencode({key: value for key, value in more.items() if key != "form"}),
        "counties": [(code, name) for code, name in case_told.units_of(city).items() if code.isdecimal()],
    }
    return render(request, "board/cases_found.html", {"cases": told, "made_up": city.imaginary})


def new(request: HttpRequest, procedure: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """A case is opened."""
    city = the_city(request)
    how = conducted(city).get(procedure)
    if how is None:
        raise Http404
    actor, on = actor_of(request), today(request, city)
    if request.method == "POST" and not findings:
        try:
            opened = open_case(actor, city, procedure, _brought(request, how.course), on)
        except RefusedError as refusal:
            return new(request, procedure, refusal.findings)
        if opened.code:
            said = _("查询码 %(code)s（只显示这一次，请告知来信来访人；凭编号和查询码可以查进度）") % {
                "code": opened.code
            }
            messages.success(request, said, extra_tags="good")
        return redirect("case", opened.row.pk)
    asker = Case(city=city, county=actor.division if actor.role == "county" else "", school=actor.school)
    why = opening(how.course, _as_opener(request, asker, how))
    told = {
        "course": how.course,
        "how": how,
        "entries": case_told.entries(how.course, how.course.asks, request.POST),
        "why": why,
        "sent": request.POST,
        "of": _listed(request, city, how.course, on),
        **_choices(city, how.course),
    }
    return render(
        request,
        "board/case_new.html",
        {"case": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )


def _choices(city: City, course: Course) -> dict[str, Any]:
    """What units and counties may be chosen, where the course asks for any."""
    units = case_told.units_of(city)
    counties = [(code, name) for code, name in units.items() if code.isdecimal()]
    asked = any(course.fields[one.key].kind is Kind.SCHOOL for one in course.asks)
    about = course.subject == "school" and not asked and not course.of
    return {"units": list(units.items()), "counties": counties, "asks_county": not asked, "asks_school": about}


def _listed(request: HttpRequest, city: City, course: Course, on: date) -> dict[str, Any] | None:
    """The entries of the list that a case is about, to choose from; None where it is about none."""
    if not course.of:
        return None
    rows = standing(seen_entries(actor_of(request), city, lists()[course.of]), on)
    return {"label": lists()[course.of].label, "rows": list(rows.values_list("pk", "title")[:_OFFERED])}


def _brought(request: HttpRequest, course: Course) -> Bringing:
    answers = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    files = {key: sent for key, one in course.fields.items() if one.kind in _FILES and (sent := uploads(request, key))}
    for key in course.fields:
        if course.fields[key].kind in _FILES:
            answers.pop(key, None)
    return Bringing(
        answers, files, answers.get("county", ""), answers.get("school", "")[:14], row_in(answers.get("entry", ""))
    )


def _case(request: HttpRequest, number: int) -> Case:
    row = queries.case(number)
    if row is None:
        raise Http404
    in_city(request, row.city)
    return row


def _closed(request: HttpRequest, row: Case) -> HttpResponse | None:
    """The refusal of somebody who may not see the case; None for everybody else."""
    why = unseen(actor_of(request), row, queries.course_of(row))
    if why is None:
        return None
    return render(request, "board/refused.html", {"findings": [why], "back": reverse("cases")}, status=403)


def case(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One case: how it stands, what can be done next, what is held, what happened."""
    row = _case(request, number)
    if closed := _closed(request, row):
        return closed
    on = today(request, row.city)
    told = case_told.told(actor_of(request), row, calendar_of(row.city), on)
    context = {
        "of": told,
        "row": row,
        "course": told.line.course,
        "steps": [case_told.button(one) for one in told.permits],
        "picture": mark_safe(svg(told.line.course, row.state, told=case_told.said)),  # noqa: S308  # drawn here, every word of it escaped
        "on": on,
    }
    return render(
        request,
        "board/case.html",
        {"case": context, "findings": findings, "made_up": row.city.imaginary},
        status=409 if findings else 200,
    )


def do(request: HttpRequest, number: int, act: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The next step of a case: what it asks, and then it is taken."""
    row = _case(request, number)
    if closed := _closed(request, row):
        return closed
    actor, on, course = actor_of(request), today(request, row.city), queries.course_of(row)
    if request.method == "POST" and not findings:
        version = row_in(request.POST.get("version", ""))
        try:
            take(actor, Shown(row.pk, version or 0), act, _brought(request, course), on)
        except RefusedError as refusal:
            return do(request, number, act, refusal.findings)
        messages.success(request, _("已办。"), extra_tags="good")
        return redirect("case", row.pk)
    told = case_told.told(actor, row, calendar_of(row.city), on)
    permit = next((one for one in told.permits if one.act == act), None)
    if permit is None:
        return case(request, number, findings or _gone(course, act, told.line.state))
    held = told.stands.held if not request.POST else {key: str(value) for key, value in request.POST.items()}
    context = {
        "of": told,
        "row": row,
        "permit": permit,
        "entries": case_told.entries(course, permit.asks, held),
        **_choices(row.city, course),
        "asks_county": False,
    }
    return render(
        request,
        "board/case_do.html",
        {"case": context, "findings": findings, "made_up": row.city.imaginary},
        status=409 if findings else 200,
    )


def _gone(course: Course, act: str, state: str) -> tuple[Finding]:
    label = course.ways[act].label if act in course.ways else act
    return (Finding(label, f"现在的状态是“{state}”", "步骤按流程图", "请按页面上的按钮办理"),)


def paper(request: HttpRequest, number: int) -> HttpResponse:
    """A file of a case, for who may see what it tells."""
    found_ = (
        CasePaper.objects.select_related("file", "happening__case__course", "happening__case__city")
        .defer("happening__case__course__text")
        .filter(pk=number)
        .first()
    )
    if found_ is None:
        raise Http404
    row = found_.happening.case
    if closed := _closed(request, row):
        return closed
    course = queries.course_of(row)
    if found_.key in course.private and not clear(actor_of(request), row, course):
        raise Http404
    return download_kept(request, found_.file, case_told.back(row))
