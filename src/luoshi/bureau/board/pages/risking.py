"""安全风险四色图: of one school with a card for each point, and a county's schools by count; on A4 or A3."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.bureau.board import risk_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.register_told import schools_named
from luoshi.bureau.cases import risks
from luoshi.bureau.people.models import Institution
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.bureau.people.units.queries import school_stood_for, stood_for
from luoshi.handling.grading import GRADES
from luoshi.words.findings import Finding


def _refused(request: HttpRequest, why: Finding) -> HttpResponse:
    told = {"findings": [why], "back": reverse("board")}
    return render(request, "board/refused.html", told, status=403)


def school(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of one school and its cards."""
    city = the_city(request)
    there = Institution.objects.filter(city=city, code=code).order_by("-begun").first()
    if there is None:
        raise Http404
    if why := risks.why_not(actor_of(request), city, there.county, code):
        return _refused(request, why)
    on = today(request, city)
    sheet = risks.sheet_of(city, school_stood_for(code), on)
    part = request.GET.get("part", "")
    told = {
        "code": code,
        "name": there.name,
        "county": there.county,
        "county_name": unit_names(city).get(there.county, ""),
        "rows": risk_told.rows_of(sheet),
        "counts": risk_told.counts(sheet),
        "apart": sheet.apart,
        "table": part != "cards",
        "cards": part != "table",
        "part": part,
        "paper": _paper(request),
        "on": on,
        "own": actor_of(request).role == "school",
    }
    return render(request, "board/risk_sheet.html", {"risk": told, "made_up": city.imaginary})


def county(request: HttpRequest, code: str) -> HttpResponse:
    """A county's schools: how many points of each colour, how many open major hazards."""
    city = the_city(request)
    name = unit_names(city).get(code)
    if name is None:
        raise Http404
    if why := risks.why_not(actor_of(request), city, code):
        return _refused(request, why)
    on = today(request, city)
    sheets = risks.sheets_of(city, stood_for(code), on)
    lines = risk_told.lines(sheets, schools_named(city, sheets))
    told = {
        "code": code,
        "name": name,
        "lines": lines,
        "whole": risk_told.whole(lines),
        "grades": [(str(grade), label) for grade, label in GRADES.items()],
        "paper": _paper(request),
        "on": on,
    }
    return render(request, "board/risk_county.html", {"risk": told, "made_up": city.imaginary})


def _paper(request: HttpRequest) -> str:
    return "A3" if request.GET.get("paper") == "A3" else "A4"
