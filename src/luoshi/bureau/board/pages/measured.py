"""一个数的来历: figure → measurement → query → rows → editions → signatures, on one page that never opens the lake's rows."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.bureau.board import provenance
from luoshi.bureau.board.asking import no_schools, why_not
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.rows_behind import heads, row_cells
from luoshi.bureau.indicators import actions
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.rows import RowsBehind, rows_behind
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.bureau.returns import queries as returns
from luoshi.bureau.returns.models import Filing
from luoshi.declared.measures import MEASURES
from luoshi.words.errors import RefusedError
from luoshi.words.measures import Measure

_ROWS, _SIGNED = 200, 100
"""Rows and signatures that are listed."""


def measured(request: HttpRequest, run: int, measure: str, division: str) -> HttpResponse:
    """The whole chain of one figure."""
    city, one = _asked(request, run, measure)
    figure = provenance.figure(one, measure, division)
    if figure is None:
        raise Http404
    barred = no_schools(request, figure.cell.county) if figure.level == "school" else None
    if barred is not None:
        return render(request, "board/refused.html", {"findings": [barred], "back": reverse("board")}, status=403)
    asked = MEASURES[measure]
    names = unit_names(city)
    query, editions = (
        provenance.query_of(one, measure),
        provenance.editions_of(asked, one, figure.cell.county, names),
    )
    page = {
        "figure": figure,
        "name": provenance.named(figure.cell, names),
        "division": division,
        "run": one,
        "values": provenance.values_of(asked, one),
        "query": query,
        "changed": provenance.changed_since(asked, query),
        "digest": one.queries.get(measure, ""),
        "editions": editions,
        "lost": provenance.missing(editions, one, asked),
        "rows_digests": provenance.rows_digests(asked, one),
        **_rows(request, one, asked, figure, division),
        **_signatures(request, editions, figure),
    }
    return render(request, "board/measured.html", {"chain": page})


def rows(request: HttpRequest, run: int, measure: str, division: str) -> HttpResponse:
    """取明细: have the rows behind one figure fetched, in the background."""
    _city, one = _asked(request, run, measure)
    here = reverse("measured", args=[run, measure, division])
    if request.method != "POST":
        return redirect(here)
    figure = provenance.figure(one, measure, division)
    if figure is None:
        raise Http404
    if barred := no_schools(request, figure.cell.county):
        return render(request, "board/refused.html", {"findings": [barred], "back": here}, status=403)
    try:
        actions.ask_for_rows(actor_of(request), one, measure, division)
    except RefusedError as refusal:
        return render(request, "board/refused.html", {"findings": refusal.findings, "back": here}, status=409)
    return redirect("jobs")


def _asked(request: HttpRequest, run: int, measure: str) -> tuple[City, Measuring]:
    city = city_of(request)
    found = Measuring.objects.filter(city=city, pk=run).first() if city else None
    if city is None or found is None or measure not in MEASURES:
        raise Http404
    return city, found


def _rows(
    request: HttpRequest, run: Measuring, measure: Measure, figure: provenance.Figure, division: str
) -> dict[str, Any]:
    """The rows behind the figure, or why they are not there."""
    if barred := no_schools(request, figure.cell.county):
        return {"why_not_rows": why(barred)}
    kept = rows_behind(run.city_id, run.pk, measure.key, division)
    if kept is None or (figure.level != "county" and not kept.rows):
        return {"rows": None, "why_not_fetch": why_not(request, "school_rows")}
    listed = RowsBehind(kept.columns, kept.headings, kept.rows[:_ROWS], kept.total)
    return {"rows": listed, "heads": heads(listed), "lines": row_cells(listed)}


def _signatures(request: HttpRequest, editions: list[provenance.Handed], figure: provenance.Figure) -> dict[str, Any]:
    """Who signed the returns the editions were made of; schools by name only for who may see them."""
    unit = figure.cell.division if figure.level == "school" else ""
    filings = returns.signed([one.number for one in editions], unit) if editions else []
    told: dict[str, Any] = {"filed": len(filings), "complete": sum(map(_complete, filings))}
    if filings and no_schools(request, figure.cell.county) is None:
        told |= {"signatures": filings[:_SIGNED]}
    return told


def _complete(one: Filing) -> bool:
    return bool(one.filler and one.statistician and one.head)
