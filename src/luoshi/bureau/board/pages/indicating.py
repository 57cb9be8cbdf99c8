"""指标: the list of all, the page of one with its years and counties, and the rows behind a county's figure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from luoshi.bureau.board import definitions, indicator_list, indicator_told, points
from luoshi.bureau.board import queries as board
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.indicated import Question, found, label_of, questions, siblings
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.rows_behind import heads, row_cells
from luoshi.bureau.escalations.models import Switch
from luoshi.bureau.escalations.queries import switched
from luoshi.bureau.indicators.actions import Choosing, choose_definition
from luoshi.bureau.indicators.models import Confirmation, Measuring
from luoshi.bureau.indicators.parameters.queries import Doubted, confirmations
from luoshi.bureau.indicators.published import history
from luoshi.bureau.indicators.queries import Wanted, measurements
from luoshi.bureau.indicators.rows import rows_behind
from luoshi.bureau.indicators.series import Cell, cells, latest_runs, measured_cells, spoken_cells
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.people.models import City, Division
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import own_units, refused, sees
from luoshi.bureau.people.units.queries import name_of
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.plans.models import Edition
from luoshi.declared.measures import MEASURES, THEMES
from luoshi.spine import Measurement
from luoshi.tracking import Day
from luoshi.tracking.marking import Shown
from luoshi.words.divisions import Level
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def plan_asked(request: HttpRequest, city: City) -> Edition | None:
    """The plan whose targets stand beside the figures."""
    return board.chosen(plans.editions(city), request.GET.get("plan", ""))


def question_of(key: str) -> Question:
    """The indicator of a page.

    Raises:
        Http404: no such indicator.
    """
    if key not in questions():
        raise Http404
    return questions()[key]


def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator by theme; those nothing is known of are counted and shown when they are asked for."""
    city = city_of(request)
    edition = plan_asked(request, city) if city else None
    if city is None or edition is None:
        return render(request, "board/empty.html")
    on, theme, words = day_of(request, city), request.GET.get("theme", ""), request.GET.get("q", "").strip()
    theme = theme if theme in {one.key for one in THEMES} else ""
    items = ledger.items(city, edition, on, sees(actor_of(request)), ())
    wanted = Wanted(on, on, frozenset(questions()), frozenset())
    figures = measurements(city.pk, wanted) if city.imaginary or not edition.imaginary else ()
    known = indicator_list.known(cells(city.pk, MEASURES, level="city", newest=indicator_list.BESIDE), figures, items)
    listed = indicator_list.entries(found(indicator_list.chosen(theme), words), known)
    told = [one for one in listed if one.point or one.bound]
    every = bool(request.GET.get("all")) or not told
    rows = listed if every else told
    context = {
        "rows": indicator_list.body(rows),
        "number": len(rows),
        "empty": len(listed) - len(told),
        "every": every,
        "themes": [(one.key, label_of(one)) for one in THEMES],
        "theme": theme,
        "words": words,
        "on": on,
        "title": edition.title,
        "all_url": "?" + urlencode({"theme": theme, "q": words, "all": 1}),
        "bound": sum(bool(one.bound) for one in listed),
        "measured": sum(bool(one.point and one.point.run) for one in listed),
    }
    return render(request, "board/indicators.html", {"indicators": context, "made_up": edition.imaginary})


def indicator(request: HttpRequest, key: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One indicator: what speaks, its targets, its years, its 口径, its counties, what it is made of."""
    question, city = question_of(key), city_of(request)
    edition = plan_asked(request, city) if city else None
    if city is None or edition is None:
        return render(request, "board/empty.html")
    actor, on = actor_of(request), day_of(request, city)
    seen = sees(actor)
    root = definitions.root_of(question)
    items, today = ledger.asking(city, edition, on, key, seen, root.key)
    figures = _known(today, key)
    runs = latest_runs(city.pk)
    raw = measured_cells(runs, definitions.keys_of(root.key), level=("city", "county")) if runs else []
    keys = [one.key for one in (question, *siblings(question)) if one.measure]
    held = spoken_cells(runs, raw, keys)
    told = indicator_told.Asked(
        question,
        [one for one in held if one.level == "city"],
        figures,
        items,
        {one.pk: one for one in runs.values()},
        on,
    )
    every = indicator_told.years(told)
    picture, going = indicator_told.pictured(told, every, leaders="leaders" in seen)
    headline = points.spoken(every, indicator_told.judging(told))
    context = {
        "question": question,
        "theme": label_of(question.theme),
        "edition": edition,
        "on": on,
        "headline": headline,
        "targets": indicator_told.targets(items),
        "years": every[::-1],
        "picture": picture,
        "going": indicator_told.going_to(told, going),
        "why_not_counties": why_not(request, "overview"),
        **_made(question, runs, every, confirmations(city.pk) if question.measure else {}),
    }
    divisions = list(Division.ever.filter(city=city, level__lte=Level.COUNTY))
    spoken = figures if root is question else _known(today, root.key)
    names = {one.code: one.name for one in divisions}
    context |= _sides(request, root, definitions.Told(raw, spoken, runs, names), city)
    if context["why_not_counties"]:
        context["lists"] = []
    else:
        mine = [one for one in held if one.level == "county" and one.measure == key]
        context |= _counties(request, city, told, mine, divisions)
    page = {"indicator": context, "made_up": edition.imaginary, "findings": findings}
    return render(request, "board/indicator.html", page, status=409 if findings else 200)


def _known(today: Day, key: str) -> list[Measurement]:
    """Figures of an indicator that were known on the day, of days that were over."""
    return [one for one in today.figures.get(key, ()) if one.known <= today.on and one.on <= today.on]


def _sides(request: HttpRequest, root: Question, told: definitions.Told, city: City) -> dict[str, Any]:
    """口径对照 of a year, where there is more than one 口径."""
    year = definitions.year_of(root.key, told, request.GET.get("year", ""))
    if not year:
        return {}
    found = definitions.beside(root.key, year, told, history(city.pk, root.key, told.runs.values()))
    if len(found.choices) < _SEVERAL and found.chosen is None:
        return {}
    if why_not(request, "doubts"):
        found = replace(found, finding=None)
    return {
        "sides": found,
        "side_lines": [(one, definitions.said(one, found.chosen)) for one in found.lines],
        "root": root,
        "sides_years": definitions.years_of(root.key, told),
        "sides_at": points.at_of(root, year),
        "why_not_choose": why_not(request, "choose_definition"),
        "sees_doubts": not why_not(request, "doubts"),
    }


_SEVERAL = 2


def define(request: HttpRequest, key: str) -> HttpResponse:
    """Choose the 发布口径 of a year."""
    city = city_of(request)
    if request.method != "POST" or city is None:
        return redirect("indicator", key)
    sent = {name: request.POST.get(name, "") for name in ("year", "definition", "words", "seen")}
    year, seen = (int(sent[name]) if sent[name].isdecimal() else 0 for name in ("year", "seen"))
    try:
        choose_definition(
            actor_of(request), city, Choosing(question_of(key).key, year, sent["definition"], sent["words"], seen)
        )
    except RefusedError as refusal:
        return indicator(request, key, refusal.findings)
    return redirect(f"{reverse('indicator', args=[key])}?year={year}#definitions")


def _made(
    question: Question,
    runs: Mapping[int, Measuring],
    every: Sequence[points.Point],
    known: Mapping[Doubted, Confirmation],
) -> dict[str, Any]:
    """What the newest measured figure is made of."""
    measured = [one for one in every if one.run]
    run = runs.get(measured[-1].year) if measured else None
    newest = runs[max(runs)] if runs else None
    why = newest.unmeasured.get(question.key, "") if newest and not measured else ""
    editions = sum(len(one) for one in run.editions.values()) if run else 0
    thresholds, lists = indicator_told.made_of(question, run, known), indicator_told.listed_in(question)
    return {"run": run, "editions": editions, "thresholds": thresholds, "why_unmeasured": why, "lists": lists}


def _counties(
    request: HttpRequest,
    city: City,
    told: indicator_told.Asked,
    held: Sequence[Cell],
    divisions: Sequence[Division],
) -> dict[str, Any]:
    """The table of counties and the map of a year; ranked only where somebody approved it."""
    question, by_year = told.question, sorted({one.year for one in held})
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in by_year else by_year[-1] if by_year else 0
    then = points.day_of(question, year) if year else told.on
    divisions = [one for one in divisions if (one.begun or then) <= then <= (one.until or then)]
    lines = indicator_told.counties(question, held, told.figures, year, divisions)
    ranking = switched(city, Switch.What.RANKING, timezone.localdate()) if lines else None
    shown = Shown(ranking.shown) if ranking else Shown.NONE
    ordered = request.GET.get("order") == "value" and shown is not Shown.NONE
    suffix = f"?year={year}&indicator={question.key}#{question.key}" if year else f"#{question.key}"
    open_to = own_units(actor_of(request), [one.code for one in divisions])
    doors = {code: reverse("county", args=[code]) + suffix for code in open_to}
    return {
        "year": year,
        "by_year": by_year,
        "at": points.at_of(question, year) if year else "",
        "lines": indicator_told.ranked(lines, question.better, ends=shown is Shown.ENDS) if ordered else lines,
        "ordered": ordered,
        "ranking": shown is not Shown.NONE,
        "doors": doors,
        "tiles": indicator_told.mapped(lines, divisions, doors),
        "open": open_to,
        "behind": open_to if question.has_rows and year and not refused(actor_of(request), "school_rows") else (),
    }


def behind(request: HttpRequest, key: str, county: str) -> HttpResponse:
    """The very rows that make a county's figure: classes that are too large, schools with them. For who may see schools."""
    question, city = question_of(key), city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    keys = [one.key for one in (question, *siblings(question)) if one.measure]
    runs = latest_runs(city.pk)
    held = [one for one in measured_cells(runs, keys, level="county", divisions=(county,)) if one.used]
    mine = [one for one in held if one.measure == key]
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() else max((one.year for one in mine), default=0)
    cell = next((one for one in mine if one.year == year), None)
    name = name_of(city, county)
    kept = rows_behind(city.pk, cell.run, key, county) if cell else None
    same_year = {one.measure: one for one in held if one.year == year}
    context = {
        "question": question,
        "county": county,
        "name": name,
        "year": year,
        "at": points.at_of(question, year) if year else "",
        "cell": cell,
        "rows": kept,
        "heads": heads(kept) if kept else [],
        "lines": row_cells(kept) if kept else [],
        "others": [(questions()[one], cell) for one, cell in same_year.items() if one != key],
    }
    return render(request, "board/indicator_rows.html", {"behind": context})
