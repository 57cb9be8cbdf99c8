"""数据存疑: one dense list of what figures ask to be asked about. Inside the house only."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.board import doubting
from luoshi.bureau.board.definitions import Told
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.indicators.doubted import digits_of, figures_of_year, years_known
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.published import alternatives
from luoshi.bureau.indicators.series import Cell, latest_runs, measured_cells
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import names as unit_names


def doubts(request: HttpRequest) -> HttpResponse:
    """Everything that is asked about in a year, by kind."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    years, newest = years_known(city.pk)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else newest
    every = doubting.doubts(_asked(city, year))
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    kind = kind if kind in doubting.KINDS else ""
    listed = doubting.kept(every, kind, words)
    kinds = [
        (code, label, many, "?" + urlencode({"year": year, "kind": code}))
        for code, label, many in doubting.counted(every)
    ]
    context = {
        "lines": listed,
        "number": len(listed),
        "every": len(every),
        "kinds": kinds,
        "kind": kind,
        "words": words,
        "years": years,
        "year": year,
    }
    return render(request, "board/doubts.html", {"doubts": context, "made_up": city.imaginary})


def _asked(city: City, year: int) -> doubting.Asked:
    """What is kept of the year: about seven queries."""
    runs = latest_runs(city.pk, (year - 1, year))
    names = unit_names(city)
    cells = _cells(runs, year)
    told = Told(cells, figures_of_year(city.pk, year), runs, names)
    return doubting.Asked(year, told, digits_of(runs.get(year)))


def _cells(runs: Mapping[int, Measuring], year: int) -> list[Cell]:
    """The year's cells of questions with several 口径; jumps are worked out once for two runs."""
    now = {at: run for at, run in runs.items() if at == year}
    keys = [one.key for some in alternatives().values() for one in some]
    return measured_cells(now, keys, level=("city", "county")) if now else []
