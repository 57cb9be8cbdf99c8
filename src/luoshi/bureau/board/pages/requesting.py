"""报表: what schools are asked to fill, what it costs them, what was let through; sheets out and filled ones back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.request_forms import RequestForm
from luoshi.bureau.board.uploads import uploads
from luoshi.bureau.files import queries as files
from luoshi.bureau.forms import actions, bundling, queries
from luoshi.bureau.forms.actions import Brought
from luoshi.bureau.forms.holding import kept
from luoshi.bureau.forms.models import Filing, Request, Sheet
from luoshi.bureau.forms.queries import Listed
from luoshi.bureau.forms.returns import kind_of
from luoshi.bureau.people.models import City, Division
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import own_school
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.checking import check
from luoshi.checking.tables.books import is_book
from luoshi.checking.workbooks import bundle, taken_back, unpacked, with_findings
from luoshi.checking.workbooks.bundles import file_name
from luoshi.declared.returns.codes import KINDS, PARTS
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLE = "占地面积\n食堂面积（平方米）\n就餐人数（人）\n经营方式：自营、委托经营\n是否有食堂"
_MARKS = {"asked": "on_course", "approved": "done", "declined": "paused", "withdrawn": "standing"}


def the_city(request: HttpRequest) -> City:
    """The city; without one there is nothing to show."""
    city = city_of(request)
    if city is None:
        raise Http404
    return city


def _year(request: HttpRequest, city: City) -> int:
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) == 4 else today(request, city).year  # noqa: PLR2004


def forms(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """报表清单: the burden meter, the forms of a year, and the paper to ask for one more."""
    city = the_city(request)
    year = _year(request, city)
    terms, offices = queries.terms_of(city.pk, year), queries.offices_of(city.pk)
    told = queries.forms(city.pk, year, terms, offices)
    based = queries.baseline(city.pk, year)
    meter = queries.meter(told, based, terms)
    context: dict[str, Any] = {
        "year": year,
        "rows": [_row(one, offices) for one in told],
        "meter": meter,
        "baseline": based,
        "by_sponsor": meter.by_sponsor,
        "by_kind": [(KINDS.get(kind, kind), *rest) for kind, *rest in meter.by_kind],
        "waiting": sum(one.row.state == Request.State.ASKED for one in told),
        "minutes": terms.minutes,
        "share": terms.share,
        "offices": offices.items(),
        "kinds": [(code, label) for code, label in KINDS.items() if code not in PARTS],
        "counties": list(Division.objects.filter(city=city).values_list("code", "name")),
        "held": sorted({one.source for one in kept().values()}),
        "months": range(1, 13),
        "example": _EXAMPLE,
        "may_ask": why_not(request, "ask_form"),
        "may_base": why_not(request, "form_baseline"),
        "sent": request.POST if findings else {},
        "ticked": [*request.POST.getlist("kind"), *request.POST.getlist("county")] if findings else [],
        "own": actor_of(request).office,
    }
    return render(
        request, "board/forms.html", {"forms": context, "findings": findings}, status=409 if findings else 200
    )


def _row(one: Listed, offices: dict[str, str]) -> dict[str, Any]:
    return {
        "of": one,
        "row": one.row,
        "sponsor": one.sponsor,
        "office": offices.get(one.row.office, one.row.office),
        "mark": _MARKS[one.row.state],
        "kinds": "、".join(KINDS.get(kind, kind) for kind in one.row.kinds) or _("全部机构"),
    }


def ask(request: HttpRequest) -> HttpResponse:
    """A form is asked for."""
    city = the_city(request)
    if request.method != "POST":
        return redirect("forms")
    try:
        row = actions.request(actor_of(request), city, _year(request, city), RequestForm(request.POST).terms())
    except RefusedError as refusal:
        return forms(request, refusal.findings)
    return redirect("form", row.pk)


def baseline(request: HttpRequest) -> HttpResponse:
    """The number the cap is counted from."""
    city = the_city(request)
    if request.method != "POST":
        return redirect("forms")
    sent = RequestForm(request.POST)
    try:
        actions.set_baseline(
            actor_of(request), city, _year(request, city), sent.whole_number("items"), sent.written("source")
        )
    except RefusedError as refusal:
        return forms(request, refusal.findings)
    messages.success(request, _("已定基数。"), extra_tags="good")
    return redirect("forms")


def _form(request: HttpRequest, number: int) -> Request:
    row = queries.form(number)
    if row is None:
        raise Http404
    in_city(request, row.city)
    return row


def form(
    request: HttpRequest, number: int, findings: Sequence[Finding] = (), taken: dict[str, Any] | None = None
) -> HttpResponse:
    """One form: its columns, which of them are held and where, what it costs, its sheets and what came back."""
    row = _form(request, number)
    offices = queries.offices_of(row.city_id)
    told = queries.listed(row, offices)
    periods = queries.periods(row)
    period = request.GET.get("period", "") or (periods[0] if periods else f"{row.year}-1")
    sheets = queries.sheets(row, period, queries.county_of(actor_of(request)))
    filed = queries.filings(row, period)
    names = unit_names(row.city)
    context: dict[str, Any] = {
        **_row(told, offices),
        "counties": "、".join(names.get(code, code) for code in row.counties) or _("全市"),
        "columns": [(one, told.twice.get(one.label, ())) for one in told.columns],
        "alike": told.alike,
        "period": period,
        "periods": periods,
        "by_county": _by_county(sheets, filed, names),
        "filed": [(sheet, filed[sheet.pk]) for sheet in sheets if sheet.pk in filed],
        "sheets": len(sheets),
        "at_once": bundling.AT_ONCE,
        "kept": [(names.get(one.county, one.county), one) for one in queries.deposits(row, period)],
        "lake_kind": kind_of(row),
        "missing": len(sheets) - len(filed),
        "stops": sum(one.stops > 0 for one in filed.values()),
        "taken": taken,
        "may_approve": why_not(request, "approve_form"),
        "may_send": why_not(request, "send_form", lead=row.office),
        "may_gather": why_not(request, "gather_form", lead=row.office),
        "may_withdraw": why_not(request, "ask_form", lead=row.office),
        "sent": request.POST if findings else {},
    }
    return render(request, "board/form.html", {"form": context, "findings": findings}, status=409 if findings else 200)


def _by_county(sheets: Sequence[Any], filed: dict[int, Filing], names: dict[str, str]) -> list[dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for one in sheets:
        county = told.setdefault(
            one.county, {"code": one.county, "name": names.get(one.county, one.county), "sheets": 0, "missing": []}
        )
        county["sheets"] += 1
        if one.pk not in filed:
            county["missing"].append(one.name)
    return list(told.values())


def act(request: HttpRequest, number: int) -> HttpResponse:
    """One step of a form."""
    row = _form(request, number)
    if request.method != "POST":
        return redirect("form", number)
    steps = {"approve": _decide, "decline": _decide, "withdraw": _withdraw, "send": _send, "deposit": _deposit}
    sent = RequestForm(request.POST)
    try:
        step: Callable[[HttpRequest, Request, RequestForm], str] = steps.get(sent.act, _unknown)
        messages.success(request, step(request, row, sent), extra_tags="good")
    except RefusedError as refusal:
        return form(request, number, refusal.findings)
    return redirect("form", number)


def _unknown(_request: HttpRequest, row: Request, sent: RequestForm) -> str:
    what = f"没有“{sent.act[:20]}”这种办理"
    raise RefusedError(Finding(row.title, what, "同意、不同意、撤销、生成填报表或入库", "请从页面上办理"))


def _decide(request: HttpRequest, row: Request, sent: RequestForm) -> str:
    done = actions.decide(actor_of(request), row.pk, sent.version(), sent.decision(), today(request, row.city))
    return _("已备案，%(number)s。") % {"number": done.number} if done.number else _("已记为未同意。")


def _withdraw(request: HttpRequest, row: Request, sent: RequestForm) -> str:
    actions.withdraw(actor_of(request), row.pk, sent.version(), sent.written("reason"))
    return _("已撤销。")


def _send(request: HttpRequest, row: Request, sent: RequestForm) -> str:
    made = actions.send(actor_of(request), row.pk, sent.written("period"))
    return _("生成 %(number)d 份填报表。请下载后用原来的渠道发出，系统不代为发送。") % {"number": made}


def _deposit(request: HttpRequest, row: Request, sent: RequestForm) -> str:
    made = actions.deposit(actor_of(request), row.pk, sent.written("period"))
    if not made:
        return _("没有新的可入库：收到的与上次入库时相同。")
    return _("已入库 %(rows)d 行（%(counties)d 个县(市、区)）。") % {
        "rows": sum(one.rows for one in made),
        "counties": len(made),
    }


def sheets(request: HttpRequest, number: int) -> HttpResponse:
    """The sheets of a period as one archive, of one county or of all; as they went out."""
    row = _form(request, number)
    if why_not(request, "gather_form", lead=row.office):
        raise Http404
    county, own = request.GET.get("county", ""), queries.county_of(actor_of(request))
    found = [one for one in queries.sheets(row, request.GET.get("period", ""), own) if county in {"", one.county}]
    if not found:
        raise Http404
    if len(found) > bundling.AT_ONCE:
        return _later(request, row, county, len(found))
    names = unit_names(row.city)
    folder = names.get(county, _("全市"))
    content = bundle(list(queries.asked_of(row, found).values()), folder)
    return download(f"{row.title}_{folder}.zip", content, "application/zip")


def _later(request: HttpRequest, row: Request, county: str, many: int) -> HttpResponse:
    """So many sheets are long work: what was made of them already, else 后台任务."""
    if request.method != "POST":
        return redirect("form", row.pk)
    job = bundling.ask_for_bundle(actor_of(request), row, request.GET.get("period", ""), county, many)
    return redirect("job_result", job.pk) if job.state == job.State.DONE else redirect("jobs")


def take(request: HttpRequest, number: int) -> HttpResponse:
    """Filled sheets come back, one by one or as archives; each is known by what is inside it."""
    row = _form(request, number)
    if request.method != "POST":
        return redirect("form", number)
    try:
        brought = _brought(request)
        period = RequestForm(request.POST).written("period")
        told, _marked = actions.gather(actor_of(request), row.pk, period, brought)
    except RefusedError as refusal:
        return form(request, number, refusal.findings)
    taken = {
        "count": len(told.backs),
        "changed": sum(len(back.told) for back in told.backs.values()),
        "refused": told.refused,
    }
    return form(request, number, (), taken)


def _brought(request: HttpRequest) -> list[Brought]:
    brought = [one for name, content in uploads(request, "file", _("填报表")) for one in _opened(name, content)]
    if not brought:
        raise RefusedError(Finding("返回的填报表", "没有选文件", "可一次选多个 xlsx 或 zip", "请选文件后再交"))
    return brought


def _opened(name: str, content: bytes) -> list[Brought]:
    """The workbooks of an upload; an archive of workbooks is opened, a workbook is an archive of another kind."""
    several = unpacked(content) if content.startswith(b"PK") and not is_book(content) else [(name, content)]
    told = []
    for one, held in several:
        try:
            told.append(Brought(one, held, read_sheets(held, one)))
        except RefusedError as refusal:
            told.append(Brought(one, held, refusal))
    return told


def filing(request: HttpRequest, number: int) -> HttpResponse:
    """One filed sheet with its findings in its cells, for the school to mend."""
    found = Filing.objects.select_related("sheet__request__city", "file").filter(pk=number).first()
    if found is None or not _gathers(request, found.sheet):
        raise Http404
    row = found.sheet.request
    asked = queries.asked_of(row, [found.sheet])[found.sheet.unit]
    back = taken_back(read_sheets(files.content(found.file), found.file_name), asked)
    content = with_findings(back, check(asked.of, back.taken.rows))
    return download(_("核对结果_") + file_name(asked), content, _XLSX)


def _gathers(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether what came back on a sheet is for this person: its school, its county, or whoever asked for it."""
    actor = actor_of(request)
    if actor.role == "school":
        return own_school(actor, sheet.unit)
    gathers = not why_not(request, "gather_form", lead=sheet.request.office)
    return gathers and queries.county_of(actor) in {None, sheet.county}
