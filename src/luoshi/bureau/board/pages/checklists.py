"""评估清单: all lists of a year, one list by county as a picture, one county item by item, and judgements of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import checklists_told as told
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.parameter_forms import JudgingForm
from luoshi.bureau.board.parameters_told import apart_told
from luoshi.bureau.board.shown import named
from luoshi.bureau.indicators.checklists import actions, queries
from luoshi.bureau.indicators.checklists.actions import WHOLE, Place
from luoshi.bureau.indicators.checklists.queries import Assessed
from luoshi.bureau.indicators.models import Measuring, OwnParameter
from luoshi.bureau.indicators.parameters.queries import confirmations, measured_apart, on_day, own_rows, values_of
from luoshi.bureau.indicators.series import latest_runs
from luoshi.bureau.people.models import City, Division
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import foreign
from luoshi.declared.checklists import CHECKLISTS, OF_CITIES
from luoshi.declared.measures import MEASURES
from luoshi.words.checklists import Checklist
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_AUTUMN = 9


@dataclass(frozen=True, slots=True)
class _Year:
    """What was measured of the year that is asked for, and who may be seen."""

    runs: Mapping[int, Measuring]
    year: int
    """0 where nothing was measured."""
    names: Mapping[str, str]
    """Of the counties the person may see, by code in protocol order."""
    own: Sequence[OwnParameter]

    @property
    def run(self) -> Measuring:
        """The last of the year."""
        return self.runs[self.year]

    def context(self) -> dict[str, Any]:
        """For the choice of the year."""
        return {"year": self.year, "by_year": sorted(self.runs, reverse=True), "query": urlencode({"year": self.year})}


def _asked(request: HttpRequest, city: City) -> _Year:
    runs = latest_runs(city.pk)
    wanted = request.POST.get("year", "") or request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in runs else max(runs, default=0)
    actor = actor_of(request)
    units = Division.objects.filter(city=city).exclude(kind="city").values_list("code", "name")
    mine = {code: name for code, name in units if not foreign(actor, code)}
    return _Year(runs, year, mine, own_rows(city.pk))


def _list(key: str) -> Checklist:
    if key not in CHECKLISTS:
        raise Http404
    return CHECKLISTS[key]


def _units(checklist: Checklist, year: _Year, *, whole: bool) -> dict[str, str]:
    """Whom a list is held against, with their names; a city as a whole for who sees all its counties."""
    city = {WHOLE: _("全市")} if whole and checklist.key in OF_CITIES else {}
    return {**city, **year.names}


def checklists(request: HttpRequest) -> HttpResponse:
    """All lists, each with how its counties stand in a year."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    year = _asked(request, city)
    of = queries.asked(year.run, list(CHECKLISTS.values()), year.own, list(year.names)) if year.year else None
    rows = [
        {
            "list": one,
            "label": named(one),
            "people": sum(bool(item.people) for item in one.items),
            "vetoes": sum(item.veto for item in one.items),
            "counts": told.counted(queries.assessed(one, code, of).verdict.holds for code in year.names) if of else [],
        }
        for one in CHECKLISTS.values()
    ]
    context = {**year.context(), "rows": rows, "counties": len(year.names)}
    return render(request, "board/checklists.html", {"checklists": context})


def checklist(request: HttpRequest, key: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One list: counties × items; with a county, item by item."""
    one, city = _list(key), city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    year = _asked(request, city)
    units = _units(one, year, whole=actor_of(request).role != "county")
    wanted = request.POST.get("county", "") or request.GET.get("county", "")
    if wanted and wanted not in units:
        if not findings:
            return _not_there(request, city, wanted)
        wanted = ""
    chosen = {wanted: units[wanted]} if wanted else units
    of = queries.asked(year.run, [one], year.own, list(chosen)) if year.year else None
    held = [(name, queries.assessed(one, code, of)) for code, name in chosen.items()] if of else []
    context = {
        **year.context(),
        "list": one,
        "label": named(one),
        "units": units,
        "county": wanted,
        "vetoes": [item for item in one.items if item.veto],
        **_stale(request, one, year),
    }
    if wanted:
        context |= {"name": units[wanted], **(_county(request, city, held[0][1], year) if held else {})}
        page = "board/checklist_county.html"
    else:
        context |= _counties(one, held, year) if held else {"items": told.by_item(one, ())}
        page = "board/checklist.html"
    return render(request, page, {"checklist": context, "findings": findings}, status=409 if findings else 200)


def _not_there(request: HttpRequest, city: City, code: str) -> HttpResponse:
    """Another county's list is not for everybody; one that does not exist is not found."""
    if not Division.objects.filter(city=city, code=code[:20]).exists() and code != WHOLE:
        raise Http404
    rule, remedy = _("县(市、区)只看本地的数"), _("请看本县(市、区)")
    finding = Finding(_("评估清单"), _("不是本县(市、区)"), rule, remedy)
    return render(request, "board/refused.html", {"findings": [finding], "back": reverse("checklists")}, status=403)


def _stale(request: HttpRequest, one: Checklist, year: _Year) -> dict[str, Any]:
    """Whether figures of the list were measured with other values of parameters than count now."""
    if not year.year:
        return {}
    keys = {key for measure in one.measures for key in MEASURES[measure].thresholds()}
    apart = measured_apart({year.year: year.run}, year.own, sorted(keys))
    return {"apart": apart_told(apart, year.runs), "why_not_measure": why_not(request, "measure")}


def _counties(one: Checklist, held: Sequence[tuple[str, Assessed]], year: _Year) -> dict[str, Any]:
    query = urlencode({"year": year.year})
    return {
        "counties": [told.county(assessed, name) for name, assessed in held],
        "picture": told.pictured(one, held, query),
        "items": told.by_item(one, held),
        "measured": year.run.at,
    }


def _county(request: HttpRequest, city: City, held: Assessed, year: _Year) -> dict[str, Any]:
    on = date(year.year, _AUTUMN, 1)
    counting = on_day(on, year.own, confirmations(city.pk))
    doubts = frozenset(key for key, one in counting.items() if one.doubtful)
    return {
        "whole": told.county(held, ""),
        "lines": told.with_values(told.lines(held, year.year), values_of(year.year, year.own), doubts),
        "measured": year.run.at,
        "why_not_judge": why_not(request, "judge_checklist"),
    }


def judge(request: HttpRequest, key: str) -> HttpResponse:
    """核定: what people found of one item of a county."""
    _list(key)
    city = city_of(request)
    if request.method != "POST" or city is None:
        return redirect("checklist", key)
    form, year = JudgingForm(request.POST), _asked(request, city)
    county = request.POST.get("county", "")[:20]
    try:
        place = Place(key, form.item, county, year.year)
        actions.judge_item(actor_of(request), city, place, form.verdict, form.words, form.seen)
    except RefusedError as refusal:
        return checklist(request, key, refusal.findings)
    query = urlencode({"county": county, "year": year.year})
    return redirect(f"{reverse('checklist', args=[key])}?{query}#{form.item}")
