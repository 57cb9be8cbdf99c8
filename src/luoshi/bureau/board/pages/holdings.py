"""明细数据: the rows behind the figures, by return, period and division, as known on any day."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from luoshi.bureau.board import kept
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.forms.returns import titles
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.declared.returns import RETURNS


def holdings(request: HttpRequest) -> HttpResponse:
    """Every return and its rows by year; then one year's by county."""
    known = _day(request)
    told = kept.holdings(known, request.GET.get("year", ""), _names(request))
    here = reverse("lake")
    asked = {"known": known.isoformat()} if known else {}
    years = [
        {"label": year, "url": f"{here}?{urlencode({**asked, 'year': year})}", "here": year == told.year}
        for year in told.years
    ]
    page = {"held": told, "years": years, "known": known, "day": request.GET.get("known", "")}
    return render(request, "board/lake.html", page)


def editions(request: HttpRequest, kind: str) -> HttpResponse:
    """One return: its columns, and who handed in what and when."""
    known, names = _day(request), _names(request)
    counting = [one for one in lake().counting(known) if one.kind == kind]
    if kind not in RETURNS and not counting:
        raise Http404
    order = {code: at for at, code in enumerate(kept.in_protocol_order({one.division for one in counting}, names))}
    counting.sort(key=lambda one: (one.period, one.definition, order[one.division]))
    years = sorted({one.period[:4] for one in counting})
    year = request.GET.get("year", "")
    year = year if year in years else years[-1] if years else ""
    here, of = reverse("lake_return", args=[kind]), RETURNS.get(kind)
    page = {
        "label": kept.label_of(kind, titles([kind])),
        "of": of,
        "answers": "、".join(of.answers) if of else "",
        "basis": of.basis.label if of else "",
        "columns": list(of.columns.values()) if of else [],
        "years": [{"label": one, "url": f"{here}?{urlencode({'year': one})}", "here": one == year} for one in years],
        "rows": [
            {
                "unit": kept.named(one.division, names),
                "edition": one,
                "digest": one.total[: kept.SHORT],
                "gone": lake().destroyed(one.number),
            }
            for one in counting
            if one.period[:4] == year
        ],
        "made_up_rows": any(kept.is_made_up(one) for one in counting),
    }
    return render(request, "board/lake_return.html", page)


def _names(request: HttpRequest) -> dict[str, str]:
    """The city's divisions in protocol order."""
    city = city_of(request)
    return unit_names(city) if city else {}


def _day(request: HttpRequest) -> date | None:
    """As known on this day; what is no day asks for now."""
    try:
        return date.fromisoformat(request.GET.get("known", ""))
    except ValueError:
        return None
