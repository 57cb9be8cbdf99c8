"""One unit's sheet of a window, and the files."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from luoshi.bureau.board import return_forms as forms
from luoshi.bureau.board import returned
from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.english import why
from luoshi.bureau.board.pages.returns import bring_file, window_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.returns import actions, queries, seeing
from luoshi.bureau.returns.models import Filing, Unit, Window
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _unit_of(request: HttpRequest, number: int, code: str) -> tuple[Window, Unit]:
    """A unit this person may see; whoever may not is told no more than that it is not there."""
    one = window_of(request, number)
    found = queries.unit(one, code)
    if found is None or not seeing.sees(actor_of(request), one, found.county, found.code):
        raise Http404
    return one, found


def unit(request: HttpRequest, number: int, code: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The sheet: rows with last year beside, findings, explanations, signatures, steps; the check code at its foot."""
    one, found = _unit_of(request, number, code)
    actor = actor_of(request)
    breaches, steps = queries.breaches(found.filing), queries.steps(found)
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
        "tries": [(one, _of_one_hand(request, one)) for one in queries.tries(found)],
        "steps": [(returned.act_said(step.act), step) for step in steps],
        "sent": request.POST,
        "today": timezone.localdate(),
        "may": {
            act: why(seeing.why_not(actor, act, one, found.county, found.code))
            for act in ("return_bring", "return_explain", "return_hand", "return_county", "return_accept", "return_ask")
        },
        "judges": found.state in {"handed", "county"},
        "asks": found.state == "accepted",
        "back": next((step for step in steps if step.act == "back"), None) if found.state == "returned" else None,
        "own": actor.role == "school",
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


def original(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The file a try came in, or its signed sheet; only ever downloaded."""
    filing = Filing.objects.select_related("unit__window__city", "file", "scan").filter(pk=number).first()
    if filing is None or not seeing.sees(actor_of(request), filing.unit.window, filing.unit.county, filing.unit.code):
        raise Http404
    file = filing.scan if kind == "scan" else filing.file
    if file is None or (kind != "scan" and not _of_one_hand(request, filing)):
        raise Http404
    return download_kept(request, file, "/returns/", "" if kind == "scan" else filing.file_name)


def _of_one_hand(request: HttpRequest, filing: Filing) -> bool:
    """Whether this person may have the file a try came in: a county's file holds other schools' rows, so a school has its own only."""
    actor = actor_of(request)
    return actor.role != "school" or filing.by_login == actor.login
