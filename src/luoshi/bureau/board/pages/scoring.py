"""评价标准 and 评审批次: what is scored by what, and a year's round with its judges, its sample and what came of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import case_told, english, opinion_letters, rounds_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.escalating import DOCX
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.known import Conducted, conducted, criteria, criteria_on
from luoshi.bureau.cases.parts import judges, unseen
from luoshi.bureau.cases.rounds import units, years
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.rubrics.actions import Judging, draw_visits, name_judge, recuse, release_judge, weigh
from luoshi.bureau.rubrics.models import Judge
from luoshi.bureau.rubrics.queries import history, not_host, panel_of
from luoshi.reporting.official import as_word
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _scored(city: City, key: str) -> Conducted:
    how = conducted(city).get(key)
    if how is None or criteria(how.procedure) is None:
        raise Http404
    return how


def rubric(request: HttpRequest, key: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The rubric of a procedure: every criterion, what earns its points, and a bureau's own weights."""
    city = the_city(request)
    how = _scored(city, key)
    scheme, declared = criteria_on(city, how), criteria(how.procedure)
    if scheme is None or declared is None:
        raise Http404
    actor = actor_of(request)
    if request.method == "POST" and not findings:
        before = {line.name: line.value for row in rounds_told.lines(scheme) for line in row.inputs}
        sent = {name: str(value).strip() for name, value in request.POST.items() if name in before}
        changes = {name: value for name, value in sent.items() if value != before[name]}
        try:
            weigh(actor, city, declared, changes, request.POST.get("reason", ""), how.office)
        except RefusedError as refusal:
            return rubric(request, key, refusal.findings)
        messages.success(request, _("已保存为新版本；在办的仍按登记时的版本评。"), extra_tags="good")
        return redirect("rubric", key)
    own = history(city, scheme.key)
    told = {
        "how": how,
        "scheme": scheme,
        "rows": rounds_told.lines(scheme, request.POST if findings else None),
        "grades": rounds_told.grade_lines(scheme, request.POST if findings else None),
        "said": rounds_told.said(scheme),
        "history": own,
        "may": why_not(request, "rubric") or _office_not(request, how),
        "sent": request.POST,
        "years": years(city, key),
    }
    return render(
        request,
        "board/rubric.html",
        {"rubric": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )


def _office_not(request: HttpRequest, how: Conducted) -> str:
    why = not_host(actor_of(request), how.course.label, how.office)
    return str(english.told(why.rule)) if why else ""


def panel(request: HttpRequest, key: str, year: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """A year's round: how far it is, who judges, whom they visit, and every unit with what it came to."""
    city = the_city(request)
    how = _scored(city, key)
    names = case_told.units_of(city)
    kept = panel_of(city, key, year)
    scheme = criteria_on(city, how)
    told: dict[str, Any] = {
        "how": how,
        "year": year,
        "years": years(city, key),
        "panel": kept,
        "scheme": scheme,
        "may": why_not(request, "panel") or _office_not(request, how),
        "accounts": rounds_told.accounts(),
        "sent": request.POST,
        **rounds_told.round_told(city, key, year, row_in(request.GET.get("page", "")) or 1, kept, names),
    }
    told["strip"] = rounds_told.strip(scheme, told["progress"].scores) if scheme else None
    return render(
        request,
        "board/panel.html",
        {"round": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )


def panel_act(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Name or release a judge, enter a recusal, draw the sample."""
    city = the_city(request)
    how = _scored(city, key)
    if request.method != "POST":
        return redirect("panel", key, year)
    try:
        _act(request, city, Judging(city, key, how.course.label, year, how.office))
    except RefusedError as refusal:
        return panel(request, key, year, refusal.findings)
    messages.success(request, _("已办。"), extra_tags="good")
    return redirect("panel", key, year)


def _act(request: HttpRequest, city: City, of: Judging) -> None:
    actor, sent, on = actor_of(request), request.POST, today(request, city)
    number = row_in(sent.get("judge", "")) or 0
    match sent.get("act", ""):
        case "name":
            name_judge(actor, of, sent.get("login", ""), leads=bool(sent.get("leads")))
        case "release":
            release_judge(actor, of, number, on)
        case "recuse":
            recuse(actor, of, number, sent.get("unit", ""), sent.get("reason", ""))
        case "draw":
            must = sent.get("must", "").replace("、", " ").replace("，", " ").replace(",", " ").split()
            draw_visits(
                actor,
                of,
                units(city, of.procedure, of.year),
                sent.get("seed", ""),
                row_in(sent.get("count", "")) or 0,
                must,
                on,
            )
        case other:
            raise RefusedError(Finding(of.label, f"没有“{other[:20]}”", "按页面上的按钮办理", "请刷新页面"))


def letter(request: HttpRequest, number: int) -> HttpResponse:
    """The draft of the letter that tells a unit what its evaluation came to."""
    row = queries.case(number)
    if row is None or unseen(actor_of(request), row, queries.course_of(row)):
        raise Http404
    in_city(request, row.city)
    made = opinion_letters.letter(row, today(request, row.city))
    if made is None:
        raise Http404
    return download(f"{made.title}（草稿）.docx", as_word(made, draft=True), DOCX)


def recuse_self(request: HttpRequest, number: int) -> HttpResponse:
    """A judge asks not to judge the unit of a case; it holds at once, and the host sees it."""
    row = queries.case(number)
    if row is None:
        raise Http404
    in_city(request, row.city)
    actor, year = actor_of(request), row.opened_on.year
    mine = Judge.objects.filter(
        panel__city=row.city, panel__procedure=row.procedure, panel__year=year, login=actor.login
    )
    seat = mine.filter(left=None).first()
    if request.method != "POST" or seat is None or not judges(actor, row):
        raise Http404
    how = _scored(row.city, row.procedure)
    of = Judging(row.city, row.procedure, how.course.label, year, how.office)
    try:
        recuse(actor, of, seat.pk, row.school or row.county, request.POST.get("reason", ""))
    except RefusedError as refusal:
        for one in refusal.findings:
            messages.error(request, f"{one.what}。{one.remedy}。", extra_tags="bad")
        return redirect("case", row.pk)
    messages.success(request, _("已登记回避，这一件不再由您评。"), extra_tags="good")
    return redirect("cases")
