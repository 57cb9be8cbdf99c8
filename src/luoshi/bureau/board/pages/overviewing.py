"""学校和县区概览: a year of the returns by county, one click from its schools. School rows are for who needs them (令44)."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import overview as told
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.overview_picture import bars
from luoshi.bureau.board.shown import named
from luoshi.bureau.indicators import actions
from luoshi.bureau.indicators import overview as kept
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import own_units
from luoshi.bureau.people.units.queries import name_of
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.declared.measures import OF_SCHOOLS, OVERVIEW
from luoshi.declared.returns import Institutions
from luoshi.reporting.plain_workbook import Sheet
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

FIRST = "classes"
_AUTUMN = 9


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Table and only measure that were asked for."""
    table = request.GET.get("table", FIRST)
    table = table if table in OVERVIEW else FIRST
    only = request.GET.get("measure", "")
    return table, only if only in OVERVIEW[table].measures else ""


def _runs(request: HttpRequest, city: City) -> tuple[list[int], told.Runs | None]:
    """Years there are, and the runs of the one that was asked for, else of the newest."""
    years = kept.years(city.pk)
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in years else years[0] if years else 0
    now, before = kept.runs(city.pk, year) if year else (None, None)
    return years, told.Runs(now, before) if now else None


def _measured_by(request: HttpRequest, findings: Sequence[Finding] = ()) -> dict[str, object]:
    today = timezone.localdate()
    handed_in = lake().periods(Institutions.key)
    return {
        "why_not_measure": why_not(request, "measure"),
        "next_year": handed_in[-1] if handed_in else today.year if today.month >= _AUTUMN else today.year - 1,
        "findings": findings,
    }


def overview(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Counties × measures of a table, with last year beside; a picture of one measure."""
    actor, city = actor_of(request), city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    status = 409 if findings else 200
    years, runs = _runs(request, city)
    context = {"years": years, "tables": told.tables(), **_measured_by(request, findings)}
    if runs is None:
        return render(request, "board/overview.html", {"overview": context, "findings": findings}, status=status)
    table, only = _asked(request)
    columns = told.columns(table, runs)
    names = unit_names(city, date(runs.now.year, _AUTUMN, 1))
    lines = told.county_lines(runs, columns, names)
    chosen = next((place for place, one in enumerate(columns) if one.key == only), 0)
    context |= {
        **_frame(runs, table, columns, lines),
        "chosen": columns[chosen],
        "picture": bars(lines, chosen),
        "of_schools": table in OF_SCHOOLS,
        "open": own_units(actor, [one.code for one in lines if not one.whole]),
        "registered": names.keys(),
        "why_not_schools": why_not(request, "school_rows"),
    }
    return render(request, "board/overview.html", {"overview": context, "findings": findings}, status=status)


def _frame(
    runs: told.Runs, table: str, columns: Sequence[told.Column], lines: Sequence[told.Line]
) -> dict[str, object]:
    """What the page of counties and the page of schools have in common."""
    return {
        "year": runs.now.year,
        "measured": runs.now.at,
        "entry": runs.now.entry,
        "editions": sum(len(one) for one in runs.now.editions.values()),
        "table": table,
        "table_name": named(OVERVIEW[table]),
        "columns": columns,
        "lines": lines,
        "left_out": any(cell.left_out for line in lines for cell in line.cells),
        "query": urlencode({"year": runs.now.year, "table": table}),
    }


def schools(request: HttpRequest, county: str) -> HttpResponse:
    """Schools of a county × measures of a table, or of one measure alone: the rows behind its figure."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    _years, runs = _runs(request, city)
    table, only = _asked(request)
    if runs is None or table not in OF_SCHOOLS:
        return redirect("overview")
    columns = told.columns(table, runs, only)
    lines = told.school_lines(runs, columns, county)
    name = name_of(city, county)
    context = {**_frame(runs, table, columns, lines), "county": county, "county_name": name, "only": only}
    return render(request, "board/overview_schools.html", {"overview": context})


def as_csv(request: HttpRequest) -> HttpResponse:
    """The table as CSV, one line a division and measure, with both counts, last year, 口径 and 时点."""
    city = city_of(request)
    runs = None if city is None else _runs(request, city)[1]
    if city is None or runs is None:
        return redirect("overview")
    table, _only = _asked(request)
    columns = told.columns(table, runs)
    names = unit_names(city, date(runs.now.year, _AUTUMN, 1))
    lines = told.county_lines(runs, columns, names)
    return _csv(request, f"{runs.now.year}-{table}", columns, lines)


def _csv(request: HttpRequest, name: str, columns: Sequence[told.Column], lines: Sequence[told.Line]) -> HttpResponse:
    heads = (
        *(_("单位代码"), _("单位"), _("指标"), _("指标值"), _("分子/分母")),
        *(_("上年"), _("增减"), _("口径"), _("时点"), _("来源")),
    )
    rows = [
        (
            *(line.code, line.name, one.label, cell.shown, cell.fraction),
            *(cell.before, cell.change, one.definition, one.on, one.source),
        )
        for line in lines
        for one, cell in zip(columns, line.cells, strict=True)
    ]
    return taken_out(request, f"{_('县区概览')}-{name}", "csv", [Sheet(_("县区概览"), "", (heads, *rows))])


def measure(request: HttpRequest) -> HttpResponse:
    """计算: have a year measured from the lake, in the background."""
    city = city_of(request)
    if request.method != "POST" or city is None:
        return redirect("overview")
    try:
        actions.ask_for_measuring(actor_of(request), city, _year_of(request.POST.get("year", "")))
    except RefusedError as refusal:
        return overview(request, refusal.findings)
    return redirect("jobs")


def _year_of(words: str) -> int:
    if not (words.isdecimal() and 1990 <= int(words) <= 2100):  # noqa: PLR2004  # said in the message
        raise RefusedError(Finding("年份", f"“{words[:20]}”", "年份为1990至2100", "请写成 2020"))
    return int(words)
