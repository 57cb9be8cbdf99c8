"""县(市、区)和学校: every figure of one unit beside its city or county, and what it owes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from luoshi.bureau.board import agreed, own_work, schooled, shown, unit_rows
from luoshi.bureau.board.asking import no_schools
from luoshi.bureau.board.english import why
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.pages.indicating import plan_asked
from luoshi.bureau.indicators.series import cells_of, latest_runs
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.people.units.queries import county_tree, name_of
from luoshi.declared.measures import MEASURES
from luoshi.tracking import showing
from luoshi.words.divisions import Division
from luoshi.words.successions import Tree


@dataclass(frozen=True, slots=True)
class Owed:
    """What a county answers for of one 督查事项."""

    url: str
    number: str
    title: str
    share: str
    due: str
    mark: str
    label: str


def _named(of: Tree, code: str) -> Division:
    """A county of any day in its newest period."""
    found = of.periods.get(code)
    if not found:
        raise Http404
    return found[-1]


def county(request: HttpRequest, code: str) -> HttpResponse:
    """All themes of one county beside the city and last year, the shares it owes, its schools one click down."""
    city = city_of(request)
    edition = plan_asked(request, city) if city else None
    if city is None or edition is None:
        return render(request, "board/empty.html")
    of = county_tree(city)
    division = _named(of, code)
    on = day_of(request, city)
    runs = latest_runs(city.pk)
    by_year = sorted(runs, reverse=True)
    year = _year(request, by_year)
    wanted = {at: run for at, run in runs.items() if year - 1 <= at <= year}
    held = cells_of(wanted, MEASURES, level=("city", "county"), divisions=(code,))
    mine, whole = ([one for one in held if one.level == level] for level in ("county", "city"))
    items = ledger.items(city, edition, on, sees(actor_of(request)), ())
    listed, why_not = unit_rows.groups(mine, whole, year), _why_no_schools(request, code)
    context = {
        "name": division.name,
        "code": code,
        "kind": division.kind,
        "year": year,
        "by_year": by_year,
        "groups": listed,
        "body": unit_rows.of_county(
            listed,
            code,
            division.name,
            looked_at=request.GET.get("indicator", ""),
            behind=lambda one: not why_not and one.question.has_rows and one.point.part != "0",
        ),
        "owed": owed(items, *sorted(of.answered(code, on), key=lambda one: one != code)),
        "breaks": of.broken(code, date.min, on),
        "no_more": None if division.until is None or division.until >= on else division.until,
        "heirs": [of.at(one, on) for one in of.heirs(code, division.begun or date.min, on) if one != code],
        "title": edition.title,
        "on": on,
        "why_not_schools": why_not,
    }
    return render(request, "board/county.html", {"county": context, "made_up": edition.imaginary})


def _why_no_schools(request: HttpRequest, code: str) -> str:
    barred = no_schools(request, code)
    return why(barred)


def _year(request: HttpRequest, by_year: Sequence[int]) -> int:
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and int(wanted) in by_year else by_year[0] if by_year else 0


def owed(items: Iterable[Item], *codes: str) -> list[Owed]:
    """Shares of divided targets, and what is handed down to this unit, or to one it took in, by name."""
    told = []
    items = list(items)
    for code in codes:
        told += _owed_by(items, code)
    return told


def _owed_by(items: Iterable[Item], code: str) -> list[Owed]:
    told = []
    for item in items:
        shares = [
            (one, portion.share) for one in item.stood for portion in one.portions if portion.share.division == code
        ]
        for one, share in shares:
            said = (
                showing.amount(one.target)
                if share.value is None
                else showing.value_with_unit(share.value, one.target.unit)
            )
            told.append(_owed(item, said, str(share.due or one.target.due or item.due or "——")))
        if not shares and code in item.row.divisions:
            amounts = "、".join(showing.amount(one.target) for one in item.stood)
            told.append(_owed(item, amounts or "——", str(item.due or "——")))
    return told


def _owed(item: Item, share: str, due: str) -> Owed:
    code = item.row.judged or shown.data_code(item)
    return Owed(
        reverse("item", args=[item.row.pk]), item.row.number, item.row.title, share, due, code, shown.state(code)
    )


def school(request: HttpRequest, code: str) -> HttpResponse:
    """One school's figures over years, beside its county; what it has to report this month. Rows of schools: 令44 art. 31."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    runs = latest_runs(city.pk)
    mine = cells_of(runs, MEASURES, level="school", divisions=(code,))
    within = mine[-1].county if mine else ""
    if within and (barred := no_schools(request, within, code)):
        told = {"findings": [barred], "back": reverse("overview")}
        return render(request, "board/refused.html", told, status=403)
    if not mine:
        raise Http404
    by_year = sorted({one.year for one in mine}, reverse=True)
    last = {by_year[0]: runs[by_year[0]]}
    own = actor_of(request).role == "school"
    whole = [] if own else cells_of(last, MEASURES, level="county", divisions=(within,))
    name = name_of(city, within)
    listed = unit_rows.groups(mine, whole, by_year[0])
    context = {
        "code": code,
        "name": next((one.name for one in reversed(mine) if one.name), code),
        "county": within,
        "county_name": name,
        "own": own,
        "year": by_year[0],
        "by_year": by_year[::-1],
        "groups": listed,
        "body": unit_rows.of_school(
            listed, {(one.measure, one.year): one for one in mine}, by_year[::-1], "" if own else name
        ),
        "work": own_work.of_school(actor_of(request), city, within, code, agreed.today(request, city)),
        **({} if own else _to_report(request, city, code)),
    }
    return render(request, "board/school.html", {"school": context})


def _to_report(request: HttpRequest, city: City, code: str) -> dict[str, Any]:
    """本月需填报: as the school's own first page has it."""
    actor, today = actor_of(request), timezone.localdate()
    told = schooled.told_of(actor, city, code)
    if told is None:
        return {"number": 0, "later": 0, "has_sheet": False}
    return {**schooled.counts_of(told, today), "has_sheet": True}
