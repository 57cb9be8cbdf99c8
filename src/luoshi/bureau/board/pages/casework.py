"""办件: what waits for me, one case and its next step, and lists of cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board import case_forms, case_schools, case_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.doors import turned_away
from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Shown, hold_files, open_case, take
from luoshi.bureau.cases.known import Conducted, conducted, lists, many_persons, scored
from luoshi.bureau.cases.listing import seen_entries, standing
from luoshi.bureau.cases.models import Case, CasePaper
from luoshi.bureau.cases.parts import clear, hand, judges, unseen
from luoshi.bureau.files import thumbnails
from luoshi.bureau.files.models import File
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.handling.courses import Course
from luoshi.handling.diagrams import svg
from luoshi.handling.permitting import opening
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_OFFERED = 500
"""Entries of a list that a form offers."""


def cases(request: HttpRequest) -> HttpResponse:
    """我的办件: what waits for whoever looks, what is due first on top; and what may be opened."""
    city = the_city(request)
    actor, on = actor_of(request), today(request, city)
    known = [one for one in conducted(city).values() if one.native]
    asker = case_forms.asker(actor, city)
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
    of = case_schools.Asking(actor_of(request), city, how.course, today(request, city))
    if request.method == "POST" and not findings:
        brought = case_forms.brought(request, of)
        _tell_again(request, queries.sent_before(of.actor, brought.once))
        try:
            opened = open_case(of.actor, city, procedure, brought, of.on)
        except RefusedError as refusal:
            hold_files(of.actor, how.course, brought)
            return new(request, procedure, refusal.findings)
        if opened.code:
            said = _("查询码 %(code)s（只显示这一次，请告知来信来访人；凭编号和查询码可以查进度）") % {
                "code": opened.code
            }
            messages.success(request, said, extra_tags="good")
        return _done(request, opened.row)
    told = {
        "course": how.course,
        "how": how,
        "form": case_forms.form(of, how.course.asks, {}, request, findings),
        "why": opening(how.course, _as_opener(request, case_forms.asker(of.actor, city), how)),
        "of": _listed(request, city, how.course, of.on),
        "sent": request.POST,
    }
    return render(
        request,
        "board/case_new.html",
        {"case": told, "made_up": city.imaginary},
        status=409 if findings else 200,
    )


def _tell_again(request: HttpRequest, before: Case | None) -> bool:
    """Say that a form was sent before, and nothing is done twice."""
    if before is None:
        return False
    said = _("这张表已经提交过（%(number)s），没有重复办理。要另办一件，请重新打开表单填写。") % {
        "number": before.number
    }
    messages.info(request, said)
    return True


def _done(request: HttpRequest, row: Case) -> HttpResponse:
    """On to the case; a form that a script sent is told where, so that what is said once is said on the page that is looked at."""
    if request.headers.get("X-Luoshi-Form"):
        return JsonResponse({"to": case_told.back(row)})
    return redirect("case", row.pk)


def _listed(request: HttpRequest, city: City, course: Course, on: date) -> dict[str, Any] | None:
    """The entries of the list that a case is about, to choose from; None where it is about none."""
    if not course.of:
        return None
    rows = standing(seen_entries(actor_of(request), city, lists()[course.of]), on)
    return {"label": lists()[course.of].label, "rows": list(rows.values_list("pk", "title")[:_OFFERED])}


def _case(request: HttpRequest, number: int) -> Case:
    row = queries.case(number)
    if row is None:
        raise Http404
    in_city(request, row.city)
    return row


def _closed(request: HttpRequest, row: Case) -> HttpResponse | None:
    """The refusal of somebody who may not see the case, which the journal keeps; None for everybody else."""
    actor = actor_of(request)
    why = unseen(actor, row, queries.course_of(row))
    return turned_away(request, actor, "case", why) if why else None


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
        "letter": row.pk if row.score is not None and "letter" in told.line.course.fields else None,
        "judges": scored(row.procedure) and not row.ended_on and judges(actor_of(request), row),
        "steps": [case_told.button(told.line.course, one) for one in told.permits],
        "group": bool(told.line.course.weight) and row.weight >= many_persons(row.city, on),
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
    of = case_schools.Asking(actor, row.city, course, on)
    if request.method == "POST" and not findings:
        version, brought = row_in(request.POST.get("version", "")), case_forms.brought(request, of)
        before = _tell_again(request, queries.sent_before(actor, brought.once, row.pk))
        try:
            take(actor, Shown(row.pk, version or 0), act, brought, on)
        except RefusedError as refusal:
            hold_files(actor, course, brought)
            return do(request, number, act, refusal.findings)
        if not before:
            messages.success(request, _("已办。"), extra_tags="good noprint")
        return _done(request, row)
    told = case_told.told(actor, row, calendar_of(row.city), on)
    permit = next((one for one in told.permits if one.act == act), None)
    if permit is None:
        return case(request, number, findings or _gone(course, act, told.line.state))
    context = {
        "of": told,
        "row": row,
        "permit": permit,
        "form": case_forms.form(replace(of, told=told), permit.asks, told.stands.held, request, findings),
    }
    return render(
        request,
        "board/case_do.html",
        {"case": context, "made_up": row.city.imaginary},
        status=409 if findings else 200,
    )


def _gone(course: Course, act: str, state: str) -> tuple[Finding]:
    label = course.ways[act].label if act in course.ways else act
    return (Finding(label, f"现在的状态是“{state}”", "步骤按流程图", "请按页面上的按钮办理"),)


def paper(request: HttpRequest, number: int) -> HttpResponse:
    """A file of a case, for who may see what it tells."""
    file, row = _paper(request, number)
    return row if isinstance(row, HttpResponse) else download_kept(request, file, case_told.back(row))


def thumbnail(request: HttpRequest, number: int) -> HttpResponse:
    """A small picture of it; none where it cannot be pictured."""
    file, row = _paper(request, number)
    if isinstance(row, HttpResponse):
        return row
    made = thumbnails.thumbnail(file)
    if made is None:
        raise Http404
    told = HttpResponse(made, content_type="image/jpeg")
    told["X-Content-Type-Options"] = "nosniff"
    told["Cache-Control"] = "private, max-age=3600"
    return told


def _paper(request: HttpRequest, number: int) -> tuple[File, Case | HttpResponse]:
    """A file and its case, or the refusal of somebody who may not see the case."""
    rows = CasePaper.objects.select_related("file", "happening__case__course", "happening__case__city")
    found_ = rows.defer("happening__case__course__text").filter(pk=number).first()
    if found_ is None:
        raise Http404
    row = found_.happening.case
    if closed := _closed(request, row):
        return found_.file, closed
    course = queries.course_of(row)
    if found_.key in course.private and not clear(actor_of(request), row, course):
        raise Http404
    return found_.file, row
