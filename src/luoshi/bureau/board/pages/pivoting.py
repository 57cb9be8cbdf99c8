"""比较: any indicators × units × years, as a page, as CSV and as a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import pivot as told
from luoshi.bureau.board import pivot_rows
from luoshi.bureau.board.asking import no_schools, why_not
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.indicated import label_of, questions
from luoshi.bureau.board.overview import point_of
from luoshi.bureau.board.overview_picture import bars
from luoshi.bureau.board.shown import named
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.series import Cell, breaks_of, cells_of, latest_runs
from luoshi.bureau.indicators.sheaves import listed
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.declared.measures import MEASURES
from luoshi.reporting.plain_workbook import Sheet
from luoshi.words.divisions import Level
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.measures import basis_of

_DRAWN = 40
"""Units a picture still tells apart."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was chosen and what was kept of it."""

    city: City
    asked: told.Asked
    runs: Mapping[int, Measuring]
    """Of all years, by year."""
    names: Mapping[str, str]
    cells: Sequence[Cell] = ()
    grid: told.Grid | None = None
    findings: Sequence[Finding] = ()


def pivot(request: HttpRequest) -> HttpResponse:
    """The form and the table."""
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    page = _form(request, found)
    if found.grid is not None:
        drawn = pivot_rows.Drawn(found.grid, counts=found.asked.counts)
        page |= {
            "grid": found.grid,
            "lines": [(line, drawn.cells(line)) for line in found.grid.lines],
            "breaks": pivot_rows.footnotes(found.grid.broken, _labels(found.asked)),
            "left_out": pivot_rows.left_out(found.cells),
            **_picture(found),
        }
    status = 409 if found.findings else 200
    return render(request, "board/pivot.html", {"pivot": page, "findings": found.findings}, status=status)


def file(request: HttpRequest, form: str) -> HttpResponse:
    """The table as it stands, and a line for each figure with both counts, 口径, 时点 and breaks: xlsx; as csv the lines."""
    found = _found(request)
    if isinstance(found, HttpResponse):
        return found
    if found.findings:
        context = {"findings": found.findings, "back": f"{reverse('pivot')}?{found.asked.query()}"}
        return render(request, "board/refused.html", context, status=409)
    if form not in {"csv", "xlsx"} or found.grid is None:
        raise Http404
    name = f"{_('指标比较')}-{'-'.join(map(str, (found.asked.years[0], found.asked.years[-1])))}"
    lines = _lines(found)
    made_up = _("演示数据（虚构）") if found.city.imaginary else ""
    sheets = (Sheet(_("比较"), made_up, _table(found.grid), heads=2), Sheet(_("逐项"), made_up, lines, heads=1))
    return taken_out(request, name, form, sheets)


def _found(request: HttpRequest) -> _Found | HttpResponse:
    """What was asked for, read; or the page that says why not."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    names = unit_names(city, least=Level.COUNTY)
    runs = latest_runs(city.pk)
    asked = told.asked(request.GET, sorted(runs, reverse=True), names)
    if barred := no_schools(request, asked.county) if asked.county else None:
        context = {"findings": [barred], "back": reverse("pivot")}
        return render(request, "board/refused.html", context, status=403)
    if not runs:
        return _Found(city, asked, runs, names)
    try:
        told.within(asked, _units(asked, runs, names))
    except RefusedError as refusal:
        return _Found(city, asked, runs, names, findings=refusal.findings)
    cells = _cells(asked, {year: runs[year] for year in asked.years})
    broken = breaks_of(runs, asked.measures)
    return _Found(city, asked, runs, names, cells, told.grid(asked, cells, names, broken))


def _units(asked: told.Asked, runs: Mapping[int, Measuring], names: Mapping[str, str]) -> int:
    """How many units are compared."""
    if asked.county:
        return len(listed(runs[asked.years[-1]].pk, "school", asked.county))
    return len(asked.units) or len(names) + 1


def _cells(asked: told.Asked, runs: Mapping[int, Measuring]) -> list[Cell]:
    if asked.county:
        return cells_of(runs, asked.measures, level="school", county=asked.county)
    counties = [one for one in asked.units if one != told.CITY]
    found = cells_of(runs, asked.measures, level=("city", "county"), divisions=counties)
    if not asked.units:
        return found
    return [one for one in found if (told.CITY if one.level == told.CITY else one.division) in asked.units]


def _form(request: HttpRequest, found: _Found) -> dict[str, object]:
    """Everything that may be chosen, with what was."""
    asked = found.asked
    themes = dict[str, list[tuple[str, str, bool]]]()
    for one in questions().values():
        if one.measure is not None:
            chosen = one.key in asked.measures
            themes.setdefault(label_of(one.theme), []).append((one.key, f"{one.label}（{one.basis}）", chosen))
    listed_units = ((told.CITY, _("全市")), *found.names.items())
    units = [(code, label, code in asked.units) for code, label in listed_units]
    axes = [(told.Axis.UNITS, _("单位")), (told.Axis.MEASURES, _("指标")), (told.Axis.YEARS, _("年份"))]
    return {
        "asked": asked,
        "empty": not found.runs,
        "years": [(year, year in asked.years) for year in sorted(found.runs, reverse=True)],
        "themes": [
            (label, pivot_rows.ticks("m", some), sum(chosen for *_told, chosen in some))
            for label, some in themes.items()
        ],
        "units": pivot_rows.ticks("u", units),
        "counties": list(found.names.items()),
        "why_not_schools": why_not(request, "school_rows"),
        "axes": axes,
        "row_label": dict(axes)[asked.rows],
        "query": asked.query(),
        "most": told.MOST,
        "counted": len(found.cells),
        "of": found.names.get(asked.county, ""),
        "sources": [_source(key, found) for key in asked.measures],
        "measured": max((one.at for one in found.runs.values()), default=None),
    }


def _labels(asked: told.Asked) -> dict[str, str]:
    return {key: named(MEASURES[key]) for key in asked.measures}


def _source(key: str, found: _Found) -> tuple[str, str, str, str, list[tuple[int, str]]]:
    """口径, 时点, document and why years are missing, of one indicator."""
    one, asked = MEASURES[key], found.asked
    points = "、".join(point_of(one, year) for year in asked.years)
    missing = [(year, found.runs[year].unmeasured[key]) for year in asked.years if key in found.runs[year].unmeasured]
    return named(one), one.of.basis.label, points, one.source, missing


def _picture(found: _Found) -> dict[str, object]:
    lines = told.bars_of(found.asked, found.cells, found.names)
    picture = bars(lines, 0) if len(lines) <= _DRAWN else None
    measure, year = MEASURES[found.asked.measures[0]], found.asked.years[-1]
    before = found.asked.years[-2] if len(found.asked.years) > 1 else None
    return {
        "picture": picture,
        "drawn": {
            "label": named(measure),
            "unit": measure.unit,
            "on": point_of(measure, year),
            "then": point_of(measure, before) if before else "",
            "definition": measure.of.basis.label,
        },
    }


def _lines(found: _Found) -> list[Sequence[object]]:
    """A line for each figure."""
    broken = found.grid.broken if found.grid else {}
    heads = (
        *(_("指标"), _("单位"), _("年份"), _("指标值"), _("计量单位"), _("分子"), _("分母"), _("行数"), _("计入行数")),
        *(_("口径"), _("时点"), _("断点"), _("来源"), _("单位代码"), _("指标代号"), _("第几次计算")),
    )
    return [heads, *(_told(one, found.names, broken) for one in found.cells)]


def _told(one: Cell, names: Mapping[str, str], broken: Mapping[tuple[str, int], str]) -> Sequence[object]:
    measure = MEASURES[one.measure]
    unit = _("全市") if one.level == told.CITY else names.get(one.division) or one.name or one.division
    return (
        *(named(measure), unit, one.year, one.value, measure.unit, _number(one.above), _number(one.below)),
        *(one.rows, one.used, basis_of(MEASURES[one.counted_by or one.measure]), point_of(measure, one.year)),
        *(broken.get((one.measure, one.year), ""), measure.source, one.division, one.measure, one.run),
    )


def _number(words: str) -> object:
    return Decimal(words) if words else None


def _table(grid: told.Grid) -> list[Sequence[object]]:
    """The table as it stands on the page, values unrounded."""
    upper = ["", *(one.first.label for one in grid.columns)]
    lower = ["", *(one.second.label for one in grid.columns)]
    lines = ([one.head.label, *(cell.value if cell else None for cell in one.cells)] for one in grid.lines)
    return [upper, lower, *lines]
