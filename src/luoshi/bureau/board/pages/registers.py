"""名单: one list with its entries, one entry with its history, what ends soon on all of them, and what they bar."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.board import case_told, register_told
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import needed_day, row_in
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.cases.actions.barring import Asked, look_up
from luoshi.bureau.cases.bars import DUTIES, barring_lists, may_ask
from luoshi.bureau.cases.known import lists
from luoshi.bureau.cases.listing import SOON, Sought, entries_of, entry_of
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import answered
from luoshi.declared.procedures.risks import RiskPoint
from luoshi.handling.registers import Register
from luoshi.reporting.plain_workbook import Sheet
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _list(key: str) -> type[Register]:
    of = lists().get(key)
    if of is None:
        raise Http404
    return of


def register(request: HttpRequest, key: str) -> HttpResponse:
    """One list with its entries: what stands, what comes near its end, what lapsed or was withdrawn."""
    city, of, said = the_city(request), _list(key), request.GET
    on, actor = today(request, city), actor_of(request)
    sought = Sought(
        how=said.get("how", ""),
        county=said.get("county", "")[:20],
        school=said.get("school", "").strip()[:14],
        words=said.get("words", "").strip()[:60],
        before=row_in(said.get("before", "")),
    )
    page = entries_of(actor, city, of, on, sought)
    asked = {"county": sought.county, "school": sought.school, "words": sought.words}
    kept = {name: value for name, value in asked.items() if value}
    counties = _counties(request, city)
    told = {
        "of": of,
        "rows": register_told.rows_of(city, of, page.rows, on),
        "columns": [field.label for field in register_told.columns_of(of)],
        "counts": [
            (how, label, page.counts[how]) for how, label in register_told.standings().items() if how != "ahead"
        ],
        "next": urlencode({**kept, "how": sought.how, "before": page.on}) if page.on else "",
        "kept": urlencode(kept),
        "said": asked,
        "how": sought.how,
        "counties": counties,
        "summary": sought.county or (counties[0][0] if len(counties) == 1 else "") if of is RiskPoint else "",
        "schools": of.subject == "school",
        "public": bool(of.public),
        "sheets": of is RiskPoint,
        "on": on,
    }
    return render(request, "board/register.html", {"register": told, "made_up": city.imaginary})


def _counties(request: HttpRequest, city: City) -> list[tuple[str, str]]:
    """The counties somebody may choose from."""
    actor = actor_of(request)
    if actor.role == "school":
        return []
    told = [(code, name) for code, name in case_told.units_of(city).items() if code.isdecimal()]
    if actor.role != "county":
        return told
    mine = answered(actor)
    return [(code, name) for code, name in told if code in mine]


def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: what it says, and which case entered, renewed or withdrew it."""
    city = the_city(request)
    row = entry_of(actor_of(request), city, number)
    if row is None or row.register not in lists():
        raise Http404
    on = today(request, in_city(request, city))
    told = {**register_told.entry_told(actor_of(request), row, on), "on": on, "sheet": row.register == RiskPoint.key}
    return render(request, "board/register_entry.html", {"entry": told, "made_up": city.imaginary})


def ending(request: HttpRequest) -> HttpResponse:
    """名单到期: what ends soon on all lists, by the office that hosts it."""
    city = the_city(request)
    on = today(request, city)
    groups = register_told.endings(actor_of(request), city, on)
    told = {"groups": groups, "many": sum(len(rows) for _, rows in groups), "days": SOON.days, "on": on}
    return render(request, "board/registers_ending.html", {"ending": told, "made_up": city.imaginary})


def file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The public columns of the entries that stand, as a table."""
    city, of = the_city(request), _list(key)
    if not of.public or form not in {"csv", "xlsx"}:
        raise Http404
    on = today(request, city)
    rows = register_told.public_rows(actor_of(request), city, of, on)
    notice = "演示数据（虚构）" if city.imaginary else ""
    return taken_out(request, f"{of.label}（公开部分）{on}", form, [Sheet(of.label, notice, rows)])


def bars(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """能否评优: asked about one teacher with a purpose, answered once, kept by nobody on the way."""
    city, actor = the_city(request), actor_of(request)
    on = today(request, city)
    told: dict[str, Any] = {
        "what": [what for one in barring_lists() for what in one.bars],
        "lists": "、".join(one.label for one in barring_lists()),
        "duties": "、".join(DUTIES),
        "barred": not may_ask(actor, city),
        "on": on,
        "said": request.POST,
    }
    if request.method == "POST":
        try:
            asked = _asked(request)
            told |= {"answer": look_up(actor, city, asked), "asked": asked}
        except RefusedError as refusal:
            findings = refusal.findings
    shown = {"bars": told, "findings": findings, "made_up": city.imaginary}
    answer = render(request, "board/registers_bars.html", shown, status=409 if findings else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: HttpRequest) -> Asked:
    said = {name: request.POST.get(name, "").strip()[:200] for name in ("what", "purpose", "code", "name", "school")}
    return Asked(on=needed_day(request, "on", "日期"), **said)
