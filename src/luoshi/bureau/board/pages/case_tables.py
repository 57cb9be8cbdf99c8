"""办件 in tables: counts of an outside platform come in, lists of cases and entries go out with who took them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luoshi.bureau.board import case_rows
from luoshi.bureau.board.agreed import today
from luoshi.bureau.board.asked_days import row_in
from luoshi.bureau.board.downloads import download, taken_out
from luoshi.bureau.board.pages.casework import asked_of
from luoshi.bureau.board.pages.proceeding import procedure
from luoshi.bureau.board.pages.requesting import the_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.cases.actions import bring_counts
from luoshi.bureau.cases.counts_files import read_counts, template
from luoshi.bureau.cases.known import known, lists
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.publishing.opening import MADE_UP
from luoshi.reading.tables import LARGEST
from luoshi.reporting.plain_workbook import Sheet, as_plain_workbook
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def counts(request: HttpRequest, key: str) -> HttpResponse:
    """The counts of a procedure that runs elsewhere, from a table."""
    city = the_city(request)
    if request.method != "POST" or key not in known():
        return redirect("procedure", key)
    try:
        told = read_counts(city, _sent(request), today(request, city))
        number = bring_counts(actor_of(request), city, key, told, request.POST.get("source", ""))
    except RefusedError as refusal:
        return procedure(request, key, refusal.findings)
    messages.success(request, _("已导入 %(number)s 行。") % {"number": number}, extra_tags="good")
    return redirect("procedure", key)


def _sent(request: HttpRequest) -> bytes:
    came = upload(request, "file", "办件数", LARGEST + 1)
    if came is None:
        raise RefusedError(Finding("办件数", "没有选文件", "请选 xlsx 或 CSV 文件", "请选文件后再导入"))
    return came[1]


def counts_template(request: HttpRequest, key: str) -> HttpResponse:
    """The table to fill in, with the units of the house and the month before."""
    city = the_city(request)
    if key not in known():
        raise Http404
    rows = template(city, today(request, city))
    notice = MADE_UP if city.imaginary else ""
    # the headings stand in the first line, which is where they are looked for
    return download(
        f"{known()[key].label}办件数模板.xlsx", as_plain_workbook([Sheet("办件数", "", rows)], notice), _XLSX
    )


def cases_file(request: HttpRequest) -> HttpResponse:
    """The cases that were looked for, as a table: nothing in it tells of a person."""
    city = the_city(request)
    asked = asked_of(request, today(request, city))
    rows, whole = case_rows.cases_table(actor_of(request), city, asked)
    if not whole:
        rows.append([_("只到这里：一次最多 %(most)s 件，请加条件后再导出") % {"most": case_rows.MOST}])
    return _out(request, city, _("办件"), rows)


def register_file(request: HttpRequest, key: str) -> HttpResponse:
    """The entries of a list, as a table: nothing in it tells of a person."""
    city = the_city(request)
    of = lists().get(key)
    if of is None:
        raise Http404
    on, how = today(request, city), request.GET.get("how", "")
    rows = case_rows.register_table(actor_of(request), city, of, on, how, row_in(request.GET.get("before", "")))
    return _out(request, city, of.label, rows)


def _out(request: HttpRequest, city: City, name: str, rows: list[list[object]]) -> HttpResponse:
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    told = [[_harmless(cell) for cell in row] for row in rows] if form == "csv" else rows
    return taken_out(request, name, form, [Sheet(name[:30], MADE_UP if city.imaginary else "", told)])


def _harmless(cell: object) -> object:
    """In CSV nothing begins a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"} else cell
