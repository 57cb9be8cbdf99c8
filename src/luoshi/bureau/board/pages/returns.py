"""报表: every window; one window by county; a county's units; what is done with them."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import return_forms as forms
from luoshi.bureau.board import returned
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.english import in_words, why
from luoshi.bureau.board.english import told as said
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.returns import actions, queries, seeing
from luoshi.bureau.returns.models import Deposit, Window
from luoshi.declared.returns import RETURNS
from luoshi.declared.returns.codes import KINDS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def city_or_none(request: HttpRequest) -> City:
    """The city of the house."""
    city = city_of(request)
    if city is None:
        raise Http404
    return city


def window_of(request: HttpRequest, number: int) -> Window:
    """The window of a page, its city at hand for the frame."""
    found = queries.window(number)
    if found is None:
        raise Http404
    in_city(request, found.city)
    return found


def returns(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """报表: for the city windows with their counties; for a county 待报, 被退回, 待核."""
    city, actor, today = city_or_none(request), actor_of(request), timezone.localdate()
    county = seeing.county_of(actor)
    shown = returned.shown(city, today, county)
    context = {
        "rows": shown,
        "county": county,
        "waiting": queries.waiting([one.window for one in shown if one.window.stage != "locked"], county)
        if county
        else [],
        "may_open": why_not(request, "return_window"),
        "offices": [] if county else list(Office.objects.filter(city=city)),
        "returns": [] if county else [(one.key, one.label) for one in RETURNS.values()],
        "kinds": [] if county else list(KINDS.items()),
        "sent": request.POST,
        "ticked": {name: request.POST.getlist(name) for name in ("return", "kind", "reader")},
        "today": today,
        "merges": queries.merges(city, county),
        "may_merge": why_not(request, "return_merge"),
    }
    return render(
        request, "board/returns.html", {"returns": context, "findings": findings}, status=409 if findings else 200
    )


def open_new(request: HttpRequest) -> HttpResponse:
    """开期次."""
    if request.method != "POST":
        return redirect("returns")
    try:
        made = actions.open_window(actor_of(request), city_or_none(request), forms.wanted(request.POST))
    except RefusedError as refusal:
        return returns(request, refusal.findings)
    return redirect("return_window", made.pk)


def points(request: HttpRequest) -> HttpResponse:
    """归并教学点, and its end."""
    if request.method != "POST":
        return redirect("returns")
    actor, city, on = actor_of(request), city_or_none(request), timezone.localdate()
    try:
        if ended := forms.number(request.POST, "end"):
            actions.unmerge(actor, ended, on)
        else:
            point, parent = (request.POST.get(name, "").strip() for name in ("point", "parent"))
            actions.merge(actor, city, point, parent, on)
    except RefusedError as refusal:
        return returns(request, refusal.findings)
    return redirect("returns")


def window(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One window: every county, who has not handed in, what waits."""
    one, actor, today = window_of(request, number), actor_of(request), timezone.localdate()
    county, names = seeing.county_of(actor), returned.names_of(one.city)
    barred = seeing.barred(actor, one, county)
    dues = returned.dues(one, calendar_of(one.city), today)
    counted = queries.completeness([one.pk], county)
    missing = queries.missing(one, county)
    context = {
        "window": one,
        "labels": returned.labels(one),
        "mark": returned.MARKS[one.stage],
        "dues": dues,
        "lines": returned.lines(counted, names, queries.found_by_county(one)),
        "sum": queries.together(counted),
        "barred": barred,
        "urging": returned.urging(one, names, missing, dues[0], named=barred is None),
        "missing": len(missing),
        "late": [(names.get(late.county, late.county), late) for late in queries.late_units(one, county)]
        if barred is None
        else [],
        "reopenings": queries.reopenings(one) if barred is None and not county else [],
        "pending": Deposit.objects.filter(window=one, edition=None).count(),
        "may": {act: _why(request, act, one) for act in ("return_window", "return_bring", "return_reopen")},
    }
    return render(
        request, "board/return_window.html", {"of": context, "findings": findings}, status=409 if findings else 200
    )


def _why(request: HttpRequest, act: str, one: Window, county: str = "") -> str:
    """The sentence a disabled button shows; the county's own where it is asked of one."""
    if act == "return_window":
        return why_not(request, act, lead=one.office)
    actor = actor_of(request)
    return why(seeing.why_not(actor, act, one, county or seeing.county_of(actor)))


def county(request: HttpRequest, number: int, code: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One county's units of a window, and the buttons for those that are ticked."""
    one, actor = window_of(request, number), actor_of(request)
    barred = seeing.barred(actor, one, code)
    if barred is not None:
        return render(request, "board/refused.html", {"findings": [barred], "back": f"/returns/{number}/"}, status=403)
    state = request.GET.get("state", "")
    rows = returned.unit_rows(queries.units(one, code))
    names, counts = returned.names_of(one.city), dict[str, int]()
    for row in rows:
        key = "merged" if row.unit.merged_into else row.unit.state
        counts[key] = counts.get(key, 0) + 1
    labels = {**dict(one.units.model.State.choices), "merged": _("并入主校")}
    wanted = [row for row in rows if not state or ("merged" if row.unit.merged_into else row.unit.state) == state]
    context = {
        "window": one,
        "county": code,
        "name": names.get(code, code),
        "rows": wanted,
        "total": len(rows),
        "state": state,
        "states": [(key, labels[key], counts[key]) for key in labels if key in counts],
        "ticked": set(forms.units(request.POST)) or _all_ticked(request, wanted),
        "sent": request.POST,
        "today": timezone.localdate(),
        "may": {
            act: _why(request, act, one, code)
            for act in ("return_bring", "return_hand", "return_county", "return_accept", "return_back")
        },
    }
    return render(
        request, "board/return_county.html", {"of": context, "findings": findings}, status=409 if findings else 200
    )


def _all_ticked(request: HttpRequest, rows: Sequence[returned.UnitRow]) -> set[str]:
    """全部勾选, without a script: of those that were imported only what can be handed in as it is."""
    if request.GET.get("tick") != "all":
        return set()
    return {row.unit.code for row in rows if row.ready or row.unit.state not in {"imported", "returned"}}


def act(request: HttpRequest, number: int) -> HttpResponse:
    """One act on a window or on its ticked units; refused acts show the page they came from."""
    if request.method != "POST":
        return redirect("return_window", number)
    one, code = window_of(request, number), request.POST.get("county", "")
    try:
        told = _ACTS.get(request.POST.get("act", ""), _unknown)(request, one)
    except RefusedError as refusal:
        return county(request, number, code, refusal.findings) if code else window(request, number, refusal.findings)
    if told:
        messages.success(request, told)
    return redirect("return_county", number, code) if code else redirect("return_window", number)


def _unknown(_request: HttpRequest, one: Window) -> str:
    raise RefusedError(Finding(one.title, "没有这种办理", "从页面上的按钮办理", "请刷新页面"))


def _extend(request: HttpRequest, one: Window) -> str:
    sent = request.POST
    actions.extend(actor_of(request), one.pk, forms.number(sent, "version"), forms.dues(sent), sent.get("reason", ""))
    return _("已延期")


def _close(request: HttpRequest, one: Window) -> str:
    actions.close_window(actor_of(request), one.pk, forms.number(request.POST, "version"))
    return _("已截止")


def _lock(request: HttpRequest, one: Window) -> str:
    actions.lock_window(actor_of(request), one.pk, forms.number(request.POST, "version"))
    return _("已锁定")


_SAID = 3
"""Remarks on a whole file that the page repeats at most."""


def bring_file(request: HttpRequest, one: Window, unit: str = "") -> str:
    """Import the file that was sent, and say what came of it."""
    sent = upload(request, "file")
    if sent is None:
        raise RefusedError(Finding(one.title, "没有选文件", "须选一个 xlsx、xls 或 csv 文件", "请选文件再导入"))
    told = actions.bring(actor_of(request), one.pk, sent[1], sent[0], unit)
    if told.job:
        return _("行数或份数较多，已交后台办理，请到“后台任务”看进度")
    words = [_("已导入 %(units)s 个单位，其中 %(clean)s 个可以报出") % {"units": len(told.units), "clean": told.clean}]
    if told.left:
        some = "；".join(f"{code or '——'} {said(words)}" for code, words in told.left[:5])
        words.append(_("%(left)s 个单位的行没有导入：%(some)s") % {"left": len(told.left), "some": some})
    if told.persons:
        words.append(_("文件里有能认出个人的列：这些列没有读入，原文件不留存"))
    words += [f"{one.what}：{one.rule}" for one in map(in_words, told.told[:_SAID])]
    return "。".join(words)


def _hand(request: HttpRequest, one: Window) -> str:
    seen, names = forms.units(request.POST), forms.signatures(request.POST)
    done = actions.hand_in(actor_of(request), one.pk, seen, names, timezone.localdate())
    return _("已报出 %(number)s 个单位") % {"number": len(done)}


def _check(request: HttpRequest, one: Window) -> str:
    done = actions.check_county(actor_of(request), one.pk, forms.units(request.POST), timezone.localdate())
    return _("县级审核通过 %(number)s 个单位") % {"number": len(done)}


def _back(request: HttpRequest, one: Window) -> str:
    seen, reason = forms.units(request.POST), request.POST.get("reason", "")
    done = actions.send_back(actor_of(request), one.pk, seen, reason, timezone.localdate())
    return _("已退回 %(number)s 个单位") % {"number": len(done)}


def _accept(request: HttpRequest, one: Window) -> str:
    seen, code = forms.units(request.POST), request.POST.get("county", "")
    done = actions.accept(actor_of(request), one.pk, code, seen, timezone.localdate())
    editions = "、".join(_("第 %(number)s 版") % {"number": each.edition} for each in done)
    return _("已核定 %(number)s 个单位并入库（%(editions)s）") % {"number": len(seen), "editions": editions}


def _settle(request: HttpRequest, one: Window) -> str:
    seeing.require(actor_of(request), "return_accept", one, [])
    actions.settle(actor_of(request), one.pk)
    return _("入库已办完")


def _reopen(request: HttpRequest, one: Window) -> str:
    asked, words = forms.number(request.POST, "reopening"), request.POST.get("words", "")
    own = asked if any(each.pk == asked for each in queries.reopenings(one)) else 0
    approved = request.POST.get("verdict") == "yes"
    actions.decide_reopening(actor_of(request), own, words, timezone.localdate(), approved=approved)
    return _("已同意重新打开") if approved else _("没有同意重新打开")


_ACTS: dict[str, Callable[[HttpRequest, Window], str]] = {
    "extend": _extend,
    "close": _close,
    "lock": _lock,
    "bring": bring_file,
    "hand": _hand,
    "check": _check,
    "back": _back,
    "accept": _accept,
    "settle": _settle,
    "reopen": _reopen,
}
