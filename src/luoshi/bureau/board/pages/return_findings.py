"""What was found in a window: by rule, by county, by school, with the arithmetic; and the difference of editions."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luoshi.bureau.board import returned
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.pages.returns import city_or_none, window_of
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.returns import queries, seeing
from luoshi.bureau.returns.models import Breach
from luoshi.checking import LABELS
from luoshi.checking.wording import said
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.keeping import Edition
from luoshi.keeping.differing import Difference
from luoshi.reporting.plain_workbook import Sheet
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

MOST = 200
"""Findings a page lists; the CSV has all."""


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the filters say; a county sees its own."""
    told = {name: request.GET.get(name, "").strip()[:80] for name in ("county", "rule", "severity", "unit")}
    told["county"] = seeing.county_of(actor_of(request)) or told["county"]
    told["severity"] = told["severity"] if told["severity"] in set(Severity) else ""
    return told


def findings(request: HttpRequest, number: int) -> HttpResponse:
    """核对结果: rules with their counts for everybody; rows of single units for those who may see them."""
    one = window_of(request, number)
    asked, names = _asked(request), returned.names_of(one.city)
    barred = seeing.barred(actor_of(request), one, asked["county"])
    rules = queries.by_rule(one, asked["county"], asked["severity"])
    rows = list[tuple[Breach, dict[str, str], str]]()
    if barred is None:
        rows = list(_rows(queries.found(one, **asked)[:MOST], names))
    context = {
        "window": one,
        "asked": asked,
        "names": names,
        "rules": rules,
        "labels": {severity.value: label for severity, label in LABELS.items()},
        "lines": returned.lines(queries.completeness([one.pk], asked["county"]), names, queries.found_by_county(one)),
        "rows": rows[:MOST],
        "more": len(rows) >= MOST,
        "total": sum(rule.rows for rule in rules),
        "barred": barred,
        "query": request.GET.urlencode(),
        "own": seeing.county_of(actor_of(request)),
    }
    return render(request, "board/return_findings.html", {"of": context})


def _rows(found: Iterable[Breach], names: dict[str, str]) -> Iterator[tuple[Breach, dict[str, str], str]]:
    for one in found:
        county = one.filing.holder.county
        for told in one.told:
            yield one, told, names.get(county, county)


def table(request: HttpRequest, number: int) -> HttpResponse:
    """The same as CSV, all rows; a cell that a spreadsheet would run is made words."""
    one = window_of(request, number)
    asked, names = _asked(request), returned.names_of(one.city)
    barred = seeing.barred(actor_of(request), one, asked["county"])
    if barred is not None:
        return render(request, "board/refused.html", {"findings": [barred], "back": f"/returns/{number}/"}, status=403)
    rows = [["县(市、区)", "单位代码", "单位", "报表", "类别", "规则", "位置", "情况", "规则全文", "处理"]]
    labels = {severity.value: label for severity, label in LABELS.items()}
    for found, told, county in _rows(queries.found(one, **asked), names):
        unit = found.filing.holder
        cells = [county, unit.code, unit.label, RETURNS[found.of].label, labels.get(found.severity, ""), found.rule]
        cells += [str(told["where"]), str(told["what"]), found.sentence, found.remedy]
        rows.append([_harmless(cell) for cell in cells])
    return taken_out(request, f"{one.title}{_('核对结果')}", "csv", [Sheet(_("核对结果"), "", rows)])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def editions(request: HttpRequest) -> HttpResponse:
    """版次比较: rows added, rows gone, cells that say something else; who and when; as known on a day."""
    city, actor = city_or_none(request), actor_of(request)
    names = returned.names_of(city)
    windows = [one for one in queries.windows(city) if seeing.sees(actor, one, seeing.county_of(actor))]
    chosen = next((one for one in windows if str(one.pk) == request.GET.get("window")), windows[0] if windows else None)
    context: dict[str, object] = {
        "windows": windows,
        "names": names,
        "chosen": chosen,
        "known": request.GET.get("known", ""),
    }
    told = list[Finding]()
    if chosen is not None:
        of = RETURNS[request.GET.get("of", "") if request.GET.get("of") in chosen.returns else chosen.returns[0]]
        county = seeing.county_of(actor) or request.GET.get("county", "") or next(iter(names), "")
        context |= {
            "of": of,
            "county": county,
            "own": seeing.county_of(actor),
            "returns": [RETURNS[key] for key in chosen.returns],
        }
        try:
            listed = [
                one for one in lake().editions(of.key, chosen.period, county) if one.definition == chosen.definition
            ]
            context |= {"editions": listed[::-1], **_compared(request, listed)}
        except RefusedError as refusal:
            told = list(refusal.findings)
    return render(request, "board/return_editions.html", {"at": context, "findings": told}, status=409 if told else 200)


def _compared(request: HttpRequest, listed: list[Edition]) -> dict[str, object]:
    """Two editions chosen by number, else the last two; the one that counted on a day is marked."""
    by_number = {str(one.number): one for one in listed}
    newer = by_number.get(request.GET.get("newer", ""), listed[-1] if listed else None)
    older = by_number.get(request.GET.get("older", ""), listed[-2] if len(listed) > 1 else None)
    counted = None
    if words := request.GET.get("known", ""):
        try:
            day = date.fromisoformat(words)
        except ValueError as error:
            raise RefusedError(Finding("截至", f"“{words[:20]}”不是日期", "写成 2020-10-31", "请改正日期")) from error
        counted = next((one for one in reversed(listed) if one.known <= day), None)
    told: dict[str, object] = {"newer": newer, "older": older, "counted": counted}
    if newer is not None and older is not None and newer.number != older.number:
        told |= _told(lake().diff(older, newer), newer)
    return told


def _told(found: Difference, newer: Edition) -> dict[str, object]:
    of = RETURNS[newer.kind]
    many = (found.added.height, found.removed.height, len(found.changed))
    if newer.kind in RETENTIONS:  # rows of persons are counted, never told one by one
        return {"many": many, "compared": True}

    def named(key: Iterable[object]) -> str:
        return "　".join(said(of.columns[name], value) for name, value in zip(newer.key, key, strict=True))

    changed = [
        (
            named(one.key),
            of.columns[one.column].label if one.column in of.columns else one.column,
            *(
                said(of.columns[one.column], value) if one.column in of.columns else str(value)
                for value in (one.before, one.after)
            ),
        )
        for one in found.changed[:MOST]
    ]
    return {
        "added": [named(row) for row in found.added.select(newer.key).head(MOST).iter_rows()],
        "removed": [named(row) for row in found.removed.select(newer.key).head(MOST).iter_rows()],
        "changed": changed,
        "many": many,
        "compared": True,
    }
