"""Series of indicators as they go out of the house: what was measured from rows and what was filed, in one form."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from django.utils import timezone

from luoshi.bureau.indicators import series
from luoshi.bureau.indicators.models import Figure, Measuring
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.people.models import City, Division
from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.declared.measures import MEASURES, SENSITIVE
from luoshi.publishing.opening import OpenDivision, OpenFigure, OpenIndicator
from luoshi.spine import Indicator, Standing
from luoshi.tracking import showing
from luoshi.words.measures import Measure, basis_of
from luoshi.words.returns import Grain

_HEADS = re.compile(r"(人|人次|名)$|(人数|生数|幼儿数|幼儿|儿童|儿童少年|教师|学生)(（[^）]*）)?$")
"""Words that end in persons: what is counted of them is withheld from the public where it is small."""
_DOUBTS: Mapping[str, str] = {one.key: one.doubt for one in PARAMETERS if one.doubt}
_PREFIX, _VERSION = 4, 12
_DECLARED: Mapping[str, Indicator] = {one.key: one for one in INDICATORS}
LEVELS = ("city", "county")
"""Never a school: rows that identify one respondent stay inside statistics (教育部令第44号 art. 31)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures are wanted."""

    keys: tuple[str, ...]
    """Of indicators and measures."""
    level: str = ""
    """city or county; both when empty."""
    years: frozenset[int] = frozenset()
    """All when empty."""
    division: str = ""
    """Only this code; all when empty."""
    measured: bool = True
    """Whether what was summed from rows is told."""
    only_public: bool = False
    """Whether only 发布数 and what an approved public text prints is told."""
    printed: frozenset[tuple[str, str, str, str]] = field(default_factory=frozenset)
    """What approved public texts print: indicator, day, figure in words, title of the source."""


def catalogue() -> dict[str, OpenIndicator]:
    """Every question that can be asked by its key: declared indicators, then measures that are none."""
    told = {one.key: _of_indicator(one) for one in INDICATORS}
    return told | {one.key: _of_measure(one) for one in MEASURES.values() if one.key not in told}


def alike(key: str) -> list[str]:
    """Keys of the same question in another 口径."""
    asked = MEASURES[key].indicator or key if key in MEASURES else key
    same = {one.key for one in MEASURES.values() if one.indicator == asked}
    return sorted((same | ({asked} if asked != key else set())) - {key})


def _of_indicator(one: Indicator) -> OpenIndicator:
    words = (one.key, one.label, one.label_en, one.unit, one.better.value, one.part, one.whole)
    return OpenIndicator(*words, one.source, one.answers)


def _of_measure(one: Measure) -> OpenIndicator:
    return OpenIndicator(one.key, one.label, one.label_en, one.unit, one.better, "", "", one.source, one.answers)


def divisions(city: City) -> list[OpenDivision]:
    """The city itself, then its divisions in protocol order: one query."""
    rows = list(Division.objects.filter(city=city).values_list("code", "name", "kind"))
    return [OpenDivision(code_of(city, [code for code, _, _ in rows]), city.name, "city")] + [
        OpenDivision(*row) for row in rows
    ]


def code_of(city: City, codes: Iterable[str]) -> str:
    """The city's own code by GB/T 2260: what most of its divisions' codes begin with, and 00; its key where no code is known."""
    begins = [code[:_PREFIX] for code in codes if code[:_PREFIX].isdecimal() and len(code[:_PREFIX]) == _PREFIX]
    return f"{max(sorted(set(begins)), key=begins.count)}00" if begins else city.key


def open_figures(city: City, asked: Asked) -> list[OpenFigure]:
    """Figures by indicator, day, level and division: at most five queries."""
    known = {one.code: one.name for one in divisions(city)}
    whole = next(iter(known))
    told = [*_measured(city, asked, known), *_filed(city, asked, known, whole)]
    if asked.division:
        told = [one for one in told if one.division == asked.division]
    order = {code: place for place, code in enumerate(known)}
    last = len(order)
    return sorted(told, key=lambda one: (one.indicator, one.on, order.get(one.division, last), one.division, one.standing, one.known, one.version))  # fmt: skip


def _levels(asked: Asked) -> Collection[str]:
    return LEVELS if not asked.level else (asked.level,)


def _measured(city: City, asked: Asked, known: Mapping[str, str]) -> list[OpenFigure]:
    keys = [key for key in asked.keys if key in MEASURES]
    if not asked.measured or asked.only_public or not keys:
        return []
    by_year = series.latest_runs(city.pk, asked.years)
    runs = {run.pk: run for run in by_year.values()}
    own = {one.key for one in own_parameters(city.pk)}
    told = series.cells_of(by_year, keys, level=tuple(_levels(asked)))
    return [_from_cell(cell, runs[cell.run], known, own) for cell in told]


def _from_cell(cell: series.Cell, run: Measuring, known: Mapping[str, str], own: Collection[str]) -> OpenFigure:
    one = MEASURES[cell.counted_by or cell.measure]  # another 口径 where that is published for the year
    left_out = f"{cell.rows - cell.used} 行有空格，没有计入" if cell.rows > cell.used else ""
    doubts = [_DOUBTS[key] for key in _doubted(one.key) if key not in own]
    return OpenFigure(
        indicator=cell.measure,
        level=cell.level,
        division=cell.division,
        name=known.get(cell.division, cell.division),
        period=cell.year,
        on=day_of(one, cell.year),
        known=timezone.localdate(run.at).isoformat(),
        definition=basis_of(one),
        value="" if cell.value is None else f"{cell.value:f}",
        shown=cell.shown,
        unit=one.unit,
        numerator=cell.part,
        denominator=cell.whole,
        standing="measured",
        source=one.source,
        doubt="；".join(words for words in (*doubts, left_out) if words),
        version=run.state[:_VERSION],
        persons=bool(_HEADS.search(one.unit)) or not SENSITIVE.isdisjoint((one.key, one.indicator)),
    )


@cache
def _doubted(key: str) -> tuple[str, ...]:
    """Parameters a measure reads whose values are unsure."""
    return tuple(sorted(one for one in MEASURES[key].thresholds() if one in _DOUBTS))


def day_of(one: Measure, year: int) -> str:
    """时点 as a day where it is one, else the period in words."""
    if one.of.grain is Grain.SCHOOL_YEAR:
        return f"{year}-09-01"
    return f"{year}年秋季学期" if one.of.grain is Grain.TERM else f"{year}年"


def _filed(city: City, asked: Asked, known: Mapping[str, str], whole: str) -> list[OpenFigure]:
    found = Figure.objects.filter(city=city, indicator__in=asked.keys)
    if not asked.only_public:
        found = found.filter(measuring=None)  # what was measured is told by its run, to whom may see it
    if asked.level:
        found = found.filter(division="") if asked.level == "city" else found.exclude(division="")
    if asked.years:
        found = found.filter(on__year__gte=min(asked.years), on__year__lte=max(asked.years))
    if asked.only_public and not asked.printed:
        found = found.filter(standing=Standing.PUBLISHED.value)
    rows = [row for row in found if not asked.years or row.on.year in asked.years]
    return [_from_figure(row, known, whole) for row in rows if not asked.only_public or _public(row, asked)]


def _public(row: Figure, asked: Asked) -> bool:
    if row.standing == Standing.PUBLISHED.value:
        return True
    told = (row.indicator, row.on.isoformat(), printed_as(row), row.source_title)
    return not row.division and told in asked.printed


def printed_as(row: Figure) -> str:
    """The figure as boards and public texts print it."""
    return ("约 " if row.about else "") + showing.value_with_unit(row.value, row.unit)


def _from_figure(row: Figure, known: Mapping[str, str], whole: str) -> OpenFigure:
    code = row.division or whole
    doubts = dict.fromkeys(words for words in (row.doubt, row.source_doubt) if words)
    return OpenFigure(
        indicator=row.indicator,
        level="county" if row.division else "city",
        division=code,
        name=known.get(code, code),
        period=row.on.year,
        on=row.on.isoformat(),
        known=row.known.isoformat(),
        definition=row.definition,
        value=_plain(row.value),
        shown=printed_as(row),
        unit=row.unit,
        numerator=_plain(row.numerator),
        denominator=_plain(row.denominator),
        standing=row.standing,
        source=row.source_title,
        doubt="；".join(doubts),
        version=row.digest[:_VERSION],
        source_url=row.source_url,
        about=row.about,
        persons=_of_persons(row.indicator, row.unit),
    )


def _of_persons(key: str, unit: str) -> bool:
    declared = _DECLARED.get(key)
    words = (unit, declared.part if declared else "")
    return key in SENSITIVE or any(_HEADS.search(one) for one in words if one)


def _plain(value: Decimal | None) -> str:
    """Without the zeros the column fills up with: 2.75, 352, 100."""
    if value is None:
        return ""
    told = f"{value:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def years_of(figures: Iterable[OpenFigure]) -> list[int]:
    """Years there are figures of."""
    return sorted({one.period for one in figures})
