"""参数: all thresholds with what counts on a day, and the page of one where the bureau sets its own or verifies a doubt."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.bureau.board import parameters_told as told
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.parameter_forms import ParameterForm
from luoshi.bureau.indicators.parameters import actions, queries
from luoshi.bureau.indicators.parameters.readers import readers
from luoshi.bureau.indicators.series import latest_runs
from luoshi.bureau.people.queries import actor_of
from luoshi.declared import PARAMETERS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_TYPED = ("value", "begun", "source", "reason", "words")


def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter with its value, document and doubt; which years were measured with other values."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    on = day_of(request, city)
    own, known, runs = queries.own_rows(city.pk), queries.confirmations(city.pk), latest_runs(city.pk)
    rows = told.rows_of(queries.on_day(on, own, known).values(), own)
    words = request.GET.get("q", "").strip()[:100]
    doubtful, mine = bool(request.GET.get("doubt")), bool(request.GET.get("own"))
    listed = told.found(rows, words, doubtful=doubtful, own=mine)
    context = {
        "groups": told.groups(listed),
        "number": len(listed),
        "all": len(rows),
        "doubtful": sum(row.doubtful for row in rows),
        "verified": sum(bool(row.verified) for row in rows),
        "own": sum(row.own for row in rows),
        "only_doubt": doubtful,
        "only_own": mine,
        "words": words,
        "on": on,
        "query": urlencode({"on": on.isoformat(), "q": words}),
        "apart": told.apart_told(queries.measured_apart(runs, own, readers()), runs),
        "why_not_measure": why_not(request, "measure"),
    }
    return render(request, "board/parameters.html", {"parameters": context})


def parameter(request: HttpRequest, key: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One parameter: its values through the years, what reads it, and forms to set or verify it."""
    city = city_of(request)
    dated = [one for one in PARAMETERS if one.key == key]
    if not dated:
        raise Http404
    if city is None:
        return render(request, "board/empty.html")
    on = day_of(request, city)
    own, known, runs = queries.own_rows(city.pk), queries.confirmations(city.pk), latest_runs(city.pk)
    counting = queries.on_day(on, own, known)[key]
    (row,) = told.rows_of([counting], own)
    form = ParameterForm(request.POST, key)
    context = {
        "row": row,
        "unit": dated[0].unit,
        "aliases": dated[0].aliases,
        "on": on,
        "dated": told.dated(key, own, known),
        "drawn": told.drawn(key, own, known, on),
        "read": told.read_by(key),
        "apart": told.apart_told(queries.measured_apart(runs, own, [key]), runs),
        "breaks": queries.breaks_by(runs, key) if readers()[key].measures else [],
        "may_set": why_not(request, "parameter"),
        "why_not_measure": why_not(request, "measure"),
        "typed": {name: form.typed(name) for name in _TYPED} if findings else {},
    }
    status = 409 if findings else 200
    return render(request, "board/parameter.html", {"parameter": context, "findings": findings}, status=status)


def act(request: HttpRequest, key: str) -> HttpResponse:
    """设定本局的值, or 核实存疑."""
    city = city_of(request)
    if key not in readers():
        raise Http404
    here = reverse("parameter", args=[key])
    if request.method != "POST" or city is None:
        return redirect(here)
    form, actor = ParameterForm(request.POST, key), actor_of(request)
    try:
        if form.typed("act") == "confirm":
            actions.confirm(actor, city, form.declared(), form.typed("source"), form.typed("words"))
            return redirect(here)
        row = actions.set_own(actor, city, form.own(), form.typed("reason"))
    except RefusedError as refusal:
        return parameter(request, key, refusal.findings)
    on = max(row.begun, day_of(request, city))
    return redirect(f"{here}?{urlencode({'on': on.isoformat()})}")
