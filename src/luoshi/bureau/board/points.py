"""One indicator over time: what was measured of rows and what was published, on one line, with the breaks between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.bureau.board import shown as words
from luoshi.bureau.board.indicated import Question
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.series import Cell
from luoshi.declared.measures import MEASURES
from luoshi.spine import Measurement, Standing
from luoshi.tracking import showing as told
from luoshi.tracking.forecasting import Forecast, forecast, whole
from luoshi.tracking.units import THINGS
from luoshi.words import showing
from luoshi.words.measures import basis_of
from luoshi.words.returns import Grain

_SAME = Decimal("0.000001")
"""Figures are kept to six places; nearer than this they are the same."""
_COME = (Standing.PRESS, Standing.REPORTED, Standing.VERIFIED, Standing.PUBLISHED)
_LONGEST = 400
"""Days between two figures that follow one another, year by year."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one division on one day."""

    on: date
    at: str
    """时点 in words."""
    value: Decimal | None
    shown: str
    part: str
    whole: str
    definition: str
    """口径."""
    standing: str
    """按明细计算, or how far a published figure has come."""
    source: str
    url: str = ""
    doubt: str = ""
    left_out: int = 0
    """Rows whose empty cells kept them out of the sums."""
    rows: int = 0
    run: int = 0
    """Key of the measuring; 0 for a published figure."""
    counted_by: str = ""
    """Key of the measure it was counted by; empty for a published figure."""
    come: int = 1
    """How far a published figure has come, from 公开报道数 to 发布数; what is measured counts as reported."""
    year: int = 0
    before: str = ""
    """Last year's value by the same 口径."""
    change: str = ""

    @property
    def fraction(self) -> str:
        """分子/分母, or empty."""
        return f"{self.part}/{self.whole}" if self.whole else ""


def day_of(question: Question, year: int) -> date:
    """时点 of what is measured of a year."""
    grain = question.measure.of.grain if question.measure else Grain.SCHOOL_YEAR
    return date(year, 12, 31) if grain in {Grain.YEAR, Grain.MONTH} else date(year, 9, 1)


def at_of(question: Question, year: int) -> str:
    """时点 in words."""
    grain = question.measure.of.grain if question.measure else Grain.SCHOOL_YEAR
    if grain is Grain.TERM:
        return _("%(year)s年秋季学期") % {"year": year}
    return (_("%(year)s年") if grain in {Grain.YEAR, Grain.MONTH} else _("%(year)s年9月1日")) % {"year": year}


def measured(question: Question, cells: Iterable[Cell]) -> list[Point]:
    """Cells of one division by year, each beside the year before."""
    by_year = {one.year: one for one in cells}
    return [_measured(question, one, by_year.get(year - 1)) for year, one in sorted(by_year.items())]


def newest(question: Question, cells: Sequence[Cell]) -> list[Point]:
    """The last of them that has a value, if any has."""
    year = max((one.year for one in cells if one.value is not None), default=None)
    point = None if year is None else measured_in(question, cells, year)
    return [] if point is None else [point]


def measured_in(question: Question, cells: Iterable[Cell], year: int) -> Point | None:
    """The point of one year, beside the year before; None where that year has no cell."""
    by_year = {one.year: one for one in cells}
    return _measured(question, by_year[year], by_year.get(year - 1)) if year in by_year else None


def _measured(question: Question, one: Cell, earlier: Cell | None) -> Point:
    if earlier is not None and earlier.counted_by != one.counted_by:
        earlier = None  # another 口径 was published then
    before = earlier.value if earlier is not None else None
    changed = showing.change(one.value, before)
    return Point(
        on=day_of(question, one.year),
        at=at_of(question, one.year),
        value=one.value,
        shown=one.shown,
        part=one.part,
        whole=one.whole,
        definition=_basis(question, one),
        standing=_("按明细计算"),
        source=question.source,
        left_out=one.rows - one.used,
        rows=one.rows,
        run=one.run,
        counted_by=one.counted_by or one.measure,
        year=one.year,
        before=earlier.shown if earlier is not None and before is not None else "",
        change=showing.change_shown(question.measure, changed) if question.measure else "",
    )


def _basis(question: Question, one: Cell) -> str:
    """口径 of the measure it was counted by."""
    by = MEASURES.get(one.counted_by)
    return basis_of(by) if by is not None else question.basis


def published(figures: Iterable[Measurement], division: str = "") -> list[Point]:
    """Figures that were reported or published, each beside the one a year before by the same 口径."""
    kept = sorted((one for one in figures if one.division == division), key=lambda one: (one.on, one.known))
    return [_published(one, _year_before(one, kept)) for one in kept]


def _year_before(one: Measurement, kept: Sequence[Measurement]) -> Measurement | None:
    then = [
        other
        for other in kept
        if other.definition == one.definition
        and other.unit == one.unit
        and (other.on.year, other.on.month) == (one.on.year - 1, one.on.month)
    ]
    return then[-1] if then else None


def _published(one: Measurement, earlier: Measurement | None) -> Point:
    part, whole = ("" if count is None else told.number(count) for count in (one.numerator, one.denominator))
    return Point(
        on=one.on,
        at=_("%(year)s年%(month)s月%(day)s日") % {"year": one.on.year, "month": one.on.month, "day": one.on.day},
        value=one.value,
        shown=told.figure(one),
        part=part,
        whole=whole,
        definition=one.definition,
        standing=words.standing(one.standing),
        source=one.source.title,
        url=one.source.url,
        doubt=one.doubt,
        come=_COME.index(one.standing),
        year=one.on.year,
        before=told.figure(earlier) if earlier else "",
        change=_changed(one, earlier),
    )


def _changed(one: Measurement, earlier: Measurement | None) -> str:
    if earlier is None:
        return ""
    apart = one.value - earlier.value
    if not apart:
        return showing.LEVEL
    unit = "百分点" if one.unit == "%" else one.unit
    return f"{'+' if apart > 0 else ''}{told.value_with_unit(apart, unit)}"


def together(of_rows: Sequence[Point], of_papers: Iterable[Point]) -> list[Point]:
    """All points in the order of their days; a published figure that only repeats a measured one is not told twice."""
    return sorted(
        (*of_rows, *(one for one in of_papers if not any(_same(one, other) for other in of_rows))),
        key=lambda one: (one.on, one.run == 0),
    )


def _same(one: Point, other: Point) -> bool:
    if one.value is None or other.value is None:
        return False
    return one.on == other.on and abs(one.value - other.value) < _SAME


def spoken(points: Sequence[Point], figure: Measurement | None) -> Point | None:
    """The point that speaks: the one the board judges by, else the newest that has a value."""
    known = [one for one in points if one.value is not None]
    if figure is not None:
        mine = _published(figure, None)
        return next((one for one in known if _same(one, mine) and (one.run or one.definition == mine.definition)), mine)
    return max(known, key=lambda one: (one.on, one.run > 0), default=None)


def stretches(
    points: Sequence[Point], runs: Mapping[int, Measuring], thresholds: Iterable[str], measure: str = ""
) -> list[list[Point]]:
    """Points that may be joined: one 口径, one formula, one value of each threshold, year after year.

    Between them the series is broken.

    Args:
        points: in the order of their days.
        runs: by key, with the parameters each was measured by.
        thresholds: keys of the parameters the indicator reads.
        measure: key of what was measured, whose formula may have changed.
    """
    read, whole = sorted(thresholds), dict[tuple[object, ...], list[list[Point]]]()
    for one in points:
        if one.value is None:
            continue
        run = runs.get(one.run)
        values, asked = (run.values, run.queries.get(measure)) if run else ({}, None)
        key = (bool(one.run), one.definition, asked, *(values.get(name) for name in read))
        listed = whole.setdefault(key, [[]])
        if listed[-1] and (one.on - listed[-1][-1].on).days > _LONGEST:
            listed.append([])
        listed[-1].append(one)
    return sorted((some for listed in whole.values() for some in listed if some), key=lambda some: some[0].on)


def ahead(question: Question, stretch: Sequence[Point], due: date) -> Forecast | None:
    """Where the newest unbroken stretch would stand on a day. For 领导参阅 only."""
    most = Decimal(100) if question.unit == "%" and question.indicator and question.indicator.whole else None
    known = [(one.on, one.value) for one in stretch if one.value is not None]
    going = forecast(known, due, within=(Decimal(0), most))
    return whole(going, upper=question.better == "lower") if going and question.unit in THINGS else going
