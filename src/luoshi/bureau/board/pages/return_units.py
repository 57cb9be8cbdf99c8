"""One unit's sheet of a window, a school's whole burden, and the files."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from luoshi.bureau.board import return_forms as forms
from luoshi.bureau.board import returned
from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.english import why
from luoshi.bureau.board.pages.returns import bring_file, city_or_none, window_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.returns import actions, queries, seeing
from luoshi.bureau.returns.besides import kept, register
from luoshi.bureau.returns.models import Filing, Unit, Window
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _unit_of(request: HttpRequest, number: int, code: str) -> tuple[Window, Unit]:
    """A unit this person may see; whoever may not is told no more than that it is not there."""
    one = window_of(request, number)
    found = queries.unit(one, code)
    if found is None or not seeing.sees(actor_of(request), one, found.county):
        raise Http404
    return one, found


def unit(request: HttpRequest, number: int, code: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The sheet: rows with last year beside, findings, explanations, signatures, steps; the check code at its foot."""
    one, found = _unit_of(request, number, code)
    actor = actor_of(request)
    breaches = queries.breaches(found.filing)
    try:
        sheets = returned.sheets(one, found, breaches)
    except RefusedError as refusal:  # a kept file is gone or was changed: the page says so and shows the rest
        sheets, findings = [], [*findings, *refusal.findings]
    context = {
        "window": one,
        "labels": returned.labels(one),
        "row": returned.unit_rows([found])[0],
        "unit": found,
        "filing": found.filing,
        "county": returned.names_of(one.city).get(found.county, found.county),
        "sheets": sheets,
        "findings": returned.finding_rows(breaches, queries.explanations(found)),
        "tries": queries.tries(found),
        "steps": [(returned.act_said(step.act), step) for step in queries.steps(found)],
        "sent": request.POST,
        "today": timezone.localdate(),
        "may": {
            act: why(seeing.why_not(actor, act, one, found.county))
            for act in ("return_bring", "return_explain", "return_hand", "return_county", "return_accept", "return_ask")
        },
        "judges": found.state in {"handed", "county"},
        "asks": found.state == "accepted",
        "takes": found.state in {"owing", "imported", "returned", "reopened"},
    }
    return render(
        request, "board/return_unit.html", {"of": context, "findings": findings}, status=409 if findings else 200
    )


def act(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """One act on a unit."""
    if request.method != "POST":
        return redirect("return_unit", number, code)
    one, found = _unit_of(request, number, code)
    try:
        _done(request, one, found)
    except RefusedError as refusal:
        return unit(request, number, code, refusal.findings)
    return redirect("return_unit", number, code)


def _done(request: HttpRequest, one: Window, found: Unit) -> None:
    sent, actor, on = request.POST, actor_of(request), timezone.localdate()
    version = forms.number(sent, "version")
    match sent.get("act", ""):
        case "bring":
            messages.success(request, bring_file(request, one, found.code))
        case "explain":
            actions.explain(actor, one.pk, found.code, version, forms.explanations(sent))
        case "judge":
            said = (forms.number(sent, "explanation"), sent.get("outcome", ""), sent.get("reason", ""))
            actions.judge(actor, one.pk, found.code, version, *said)
        case "hand":
            actions.hand_in(actor, one.pk, {found.code: version}, forms.signatures(sent), on)
        case "sign":
            scan = upload(request, "scan")
            if scan is None:
                raise RefusedError(Finding(found.label, "没有选签章件", "须为 PDF 或图片", "请选扫描件再上传"))
            actions.sign(actor, one.pk, found.code, version, scan, sent.get("code", ""), on)
        case "ask":
            actions.ask_reopening(actor, one.pk, found.code, version, sent.get("reason", ""), on)
        case _:
            raise RefusedError(Finding(found.label, "没有这种办理", "从页面上的按钮办理", "请刷新页面"))


def school(request: HttpRequest, code: str) -> HttpResponse:
    """学校: 本月需填报 N 项, 已由系统代填 N 项. No account: the county prints or shows it."""
    city, actor = city_or_none(request), actor_of(request)
    units = [one for one in queries.of_school(city, code) if seeing.sees(actor, one.window, one.county)]
    if not units:
        raise Http404
    first, today = units[0], timezone.localdate()
    due = [one for one in units if one.handed_on is None and not one.merged_into and one.window.stage == "open"]
    month = [
        one for one in due if (one.window.due_school.year, one.window.due_school.month) == (today.year, today.month)
    ]
    back = [one for one in units if one.state in {"returned", "reopened"}]
    try:
        filled, findings = _filled(first), list[Finding]()
    except RefusedError as refusal:
        filled, findings = [], list(refusal.findings)
    context = {
        "code": code,
        "label": first.label,
        "county": returned.names_of(city).get(first.county, first.county),
        "month": month,
        "back": back,
        "later": [one for one in due if one not in month],
        "rows": returned.unit_rows(units),
        "filled": filled,
        "today": today,
    }
    told = {"of": context, "findings": findings}
    return render(request, "board/return_school.html", told, status=409 if findings else 200)


def _filled(unit: Unit) -> list[tuple[str, str, str, int]]:
    """What the house holds of a school already, so that nobody asks for it: return, 口径, period, rows."""
    told = list[tuple[str, str, str, int]]()
    known = register(unit.window.period, (unit.county,))
    if known is not None and (known["school"] == unit.code).any():
        told.append((RETURNS["institutions"].label, "年报", unit.window.period, 1))
    for key, definition in (
        ("class_bands", "年报"),
        ("kindergartens", "年报"),
        ("premises", "年报"),
        ("classes", "学籍"),
    ):
        of = RETURNS[key]
        for period in (unit.window.period, str(int(unit.window.period[:4]) - 1)):
            rows = kept(of, period, (unit.county,), definition, {unit.code})
            many = 0 if rows is None else rows.filter(rows["school"] == unit.code).height
            if many:
                told.append((of.label, definition, period, many))
                break
    return told


def original(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The file a try came in, or its signed sheet; only ever downloaded."""
    filing = Filing.objects.select_related("unit__window__city", "file", "scan").filter(pk=number).first()
    if filing is None or not seeing.sees(actor_of(request), filing.unit.window, filing.unit.county):
        raise Http404
    file = filing.scan if kind == "scan" else filing.file
    if file is None:
        raise Http404
    return download_kept(request, file, "/returns/", "" if kind == "scan" else filing.file_name)
