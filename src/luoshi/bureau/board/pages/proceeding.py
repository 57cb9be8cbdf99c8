"""流程目录: each procedure with its picture, its terms, its statistics; how the bureau lets it run."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board import case_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.cases.actions import set_conduct
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.counting import AGES, Counted, Line, counted, elsewhere, imported, of_groups
from luoshi.bureau.cases.known import Conducted, conducted, lists, many_persons
from luoshi.bureau.cases.models import Conduct
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import answered
from luoshi.handling.diagrams import steps_table, svg
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def procedures(request: HttpRequest) -> HttpResponse:
    """Every procedure and list."""
    city = the_city(request)
    on = today(request, city)
    known = conducted(city)
    offices = dict(Office.objects.filter(city=city).values_list("code", "name"))
    told = {
        "rows": [
            {
                "how": one,
                "course": one.course,
                "way": dict(Conduct.Way.choices)[one.way],
                "office": offices.get(one.office, "") or _("督查室"),
                "said": " ".join((one.procedure.__doc__ or "").split()),
            }
            for one in known.values()
        ],
        "lists": [{"of": one, "answers": "、".join(one.answers)} for one in lists().values()],
        "may_open": why_not(request, "public"),
        "on": on,
    }
    return render(request, "board/procedures.html", {"procedures": told, "made_up": city.imaginary})


def procedure(request: HttpRequest, key: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One procedure."""
    city = the_city(request)
    how = conducted(city).get(key)
    if how is None:
        raise Http404
    on = today(request, city)
    actor = actor_of(request)
    mine = sorted(answered(actor)) if actor.role == "county" else None
    least = many_persons(city, on) if how.native and how.course.weight else 0
    since = date(on.year, 1, 1)
    names = case_told.units_of(city)
    brought = imported(city, key, since, on, mine)
    numbers = counted(city, key, since, on, mine) if how.native or not brought else elsewhere(brought)
    offices = list(Office.objects.filter(city=city).values_list("code", "name"))
    told = {
        "how": how,
        "course": how.course,
        "picture": mark_safe(svg(how.course, told=case_told.said)),  # noqa: S308  # drawn here, every word of it escaped
        "steps": list(steps_table(how.course, case_told.said)),
        "clocks": [(one, (how.row.terms if how.row else {}).get(one.key, "")) for one in how.course.clocks.values()],
        "rubric": how.procedure.rubric is not None,
        "way": dict(Conduct.Way.choices)[how.way],
        "ways": Conduct.Way.choices,
        "office": dict(offices).get(how.office, "") or _("督查室"),
        "offices": offices,
        "since": since,
        "on": on,
        "numbers": _shown(names, how, numbers),
        "told": actor.role != "school",
        "groups": of_groups(city, key, since, on, least, mine) if least else None,
        "least": least,
        "may_bring": why_not(request, "case_counts"),
        "imported": [(names.get(one.county, one.county), one) for one in brought],
        "counts_only": not how.native and bool(brought),
        "may_set": why_not(request, "conduct"),
        "sent": request.POST,
    }
    return render(
        request,
        "board/procedure.html",
        {"procedure": told, "findings": findings, "made_up": city.imaginary},
        status=409 if findings else 200,
    )


def _age(least: int, most: int | None) -> str:
    return (
        _("逾期 %(least)s 天以上") % {"least": least}
        if most is None
        else _("逾期 %(least)s—%(most)s 天") % {"least": least, "most": most}
    )


def _shown(names: Mapping[str, str], how: Conducted, numbers: Counted) -> dict[str, object]:
    ages = [_age(*one) for one in AGES]
    themes = how.course.fields[how.course.theme].options if how.course.theme else {}
    return {
        "ages": ages,
        "whole": numbers.whole,
        "by_county": [
            (names.get(one.key, "") or _("市本级"), one, [*zip(ages, one.overdue, strict=True)])
            for one in numbers.by_county
        ],
        "by_theme": [(themes.get(one.key, one.key) or "——", one) for one in numbers.by_theme] if themes else [],
        "by_month": [(one.key, one) for one in numbers.by_month],
        "most": max((max(one.opened, one.ended) for one in numbers.by_month), default=0),
        "rate": _rate(numbers.whole),
    }


def _rate(one: Line) -> str:
    return f"{one.on_time * 100 / one.ended:.1f}%" if one.ended else "——"


def conduct(request: HttpRequest, key: str) -> HttpResponse:
    """How a procedure runs from now on."""
    city = the_city(request)
    if request.method != "POST":
        return redirect("procedure", key)
    said = request.POST
    terms = {name.removeprefix("term-"): str(value) for name, value in said.items() if name.startswith("term-")}
    try:
        set_conduct(
            actor_of(request),
            city,
            key,
            Setting(said.get("way", ""), said.get("reason", ""), said.get("office", ""), terms),
        )
    except RefusedError as refusal:
        return procedure(request, key, refusal.findings)
    messages.success(request, _("已设定；在办的办件仍按登记时的规定办理。"), extra_tags="good")
    return redirect("procedure", key)
