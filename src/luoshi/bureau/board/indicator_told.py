"""One indicator as its page tells it: what speaks, what it is held against, its years, its counties, what it is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.board import points, shown
from luoshi.bureau.board.indicated import Question
from luoshi.bureau.board.points import Point
from luoshi.bureau.board.series_picture import Line, line
from luoshi.bureau.board.tile_picture import Tiles, Value, tiles
from luoshi.bureau.indicators.models import Confirmation, Measuring
from luoshi.bureau.indicators.parameters.queries import Doubted, confirmed
from luoshi.bureau.indicators.series import Cell
from luoshi.bureau.ledger.queries import Item, Stood
from luoshi.bureau.people.models import Division
from luoshi.declared import PARAMETERS
from luoshi.declared.checklists import CHECKLISTS
from luoshi.declared.counted import COUNTED
from luoshi.spine import Comparator, Measurement, Parameter, Target
from luoshi.tracking import showing
from luoshi.tracking.distance import Distance, distance, in_words
from luoshi.tracking.forecasting import LEVEL, Forecast
from luoshi.words import parameters as worded
from luoshi.words.provenance import Source

_DRAWN = frozenset({Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.BETWEEN, Comparator.NONE})
_SCALES = {"%": 100, "‰": 1000}
_BY_KEY: Mapping[str, Parameter] = {one.key: one for one in PARAMETERS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is told of."""

    question: Question
    cells: Sequence[Cell]
    """Of the whole city: this measure and its siblings."""
    figures: Sequence[Measurement]
    """Reported and published, of the city and of divisions."""
    items: Sequence[Item]
    """Rows of the plan it is bound to."""
    runs: Mapping[int, Measuring]
    """By key."""
    on: date


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county of the table."""

    code: str
    name: str
    point: Point | None
    place: int = 0
    """In the ranking; 0 while there is none."""


def years(told: Asked) -> list[Point]:
    """The city's points of this indicator."""
    of_rows = points.measured(told.question, [one for one in told.cells if one.measure == told.question.key])
    return points.together(of_rows, points.published(told.figures))


def judging(told: Asked) -> Measurement | None:
    """The figure by which the board judges."""
    stood = (one.status.measurement for item in told.items for one in item.stood)
    return next((one for one in stood if one and not one.division), None)


def pictured(told: Asked, every: Sequence[Point], *, leaders: bool) -> tuple[Line | None, Forecast | None]:
    """The line, with the forecast where it may be seen."""
    keys = told.question.measure.thresholds() if told.question.measure else ()
    stretches = points.stretches(every, told.runs, keys, told.question.key)
    target = next((one.target for item in told.items for one in item.stood if _drawn(one.target, told.question)), None)
    due = target.due if target and target.due else date(told.on.year, 12, 31)
    going = points.ahead(told.question, stretches[-1], due) if leaders and stretches else None
    said = _("按当前进度测算")
    goal = (target.value, f"{_('目标')} {showing.amount(target)}") if target and target.value is not None else None
    return line(stretches, goal, going, said), going


def _drawn(target: Target, question: Question) -> bool:
    return target.comparator in _DRAWN and target.value is not None and target.unit in {question.unit, ""}


def going_to(told: Asked, going: Forecast | None) -> dict[str, str] | None:
    """按当前进度测算 in words, and how far that would be from the target."""
    goal = next((one.target for item in told.items for one in item.stood if _drawn(one.target, told.question)), None)
    return ahead_told(told.question, going, goal) if going is not None else None


def ahead_told(
    question: Question, going: Forecast, goal: Target | None, below: Decimal | None = None
) -> dict[str, str]:
    """A forecast in words: its middle, its interval, and how far it would be from the target.

    Args:
        question: of the series.
        going: the forecast.
        goal: the target; None tells no distance.
        below: 分母 of the last figure, by which what is lacking is told in whole things.
    """
    low, high = (showing.value_with_unit(one, question.unit) for one in (going.low, going.high))
    return {
        "due": going.due.isoformat(),
        "central": showing.value_with_unit(going.central, question.unit),
        "between": low if going.still else f"{low} — {high}",
        "level": str(LEVEL),
        "points": str(going.points),
        "apart": short_of(question, goal, going.central, going.due, below) if goal else "",
    }


def short_of(question: Question, goal: Target, value: Decimal, on: date, below: Decimal | None = None) -> str:
    """How far a value would be from the target, in words; in whole things too where a 分母 is told, as if it stayed."""
    found = apart_of(question, goal, value, on)
    if found is None:
        return ""
    scale = _SCALES.get(question.unit)
    counted = COUNTED.get(question.key, "")
    if below and scale and counted and found.things is None and found.gap:
        things = Fraction(found.gap) * Fraction(below) / scale
        found = replace(found, things=floor(things) if found.met else ceil(things))
    return in_words(found, counted)


def apart_of(question: Question, goal: Target, value: Decimal, on: date) -> Distance | None:
    """How far a value would be from the target; None where it cannot be held against it."""
    made = Measurement(question.key, on, on, value, question.unit, "", spine.Standing.REPORTED, Source("", ""))
    better = spine.Better(question.better) if question.better else spine.Better.HIGHER
    return distance(goal, made, better=better, on=on)


def targets(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Each target the plan binds, with its arithmetic."""
    return [_target(item, one) for item in items for one in item.stood]


def _target(item: Item, one: Stood) -> dict[str, Any]:
    return {
        "url": reverse("item", args=[item.row.pk]),
        "number": item.row.number,
        "title": item.row.title,
        "line": shown.line(one),
        "due": one.target.due or item.due,
    }


def counties(
    question: Question, cells: Iterable[Cell], figures: Iterable[Measurement], year: int, divisions: Sequence[Division]
) -> list[CountyLine]:
    """Each division in protocol order, then codes no list of ours names; those without any figure are told so."""
    by_code, of_papers = dict[str, list[Cell]](), dict[str, list[Measurement]]()
    for cell in cells:
        by_code.setdefault(cell.division, []).append(cell)
    for figure in figures:
        if figure.division:
            of_papers.setdefault(figure.division, []).append(figure)
    names = {one.code: one.name for one in divisions}
    if not by_code and not of_papers:
        return []
    codes = [*names, *sorted({*by_code, *of_papers} - names.keys())]
    return [
        CountyLine(
            code,
            names.get(code, code),
            _county_point(question, by_code.get(code, ()), of_papers.get(code, ()), year, code),
        )
        for code in codes
    ]


def _county_point(
    question: Question, cells: Sequence[Cell], figures: Sequence[Measurement], year: int, code: str
) -> Point | None:
    of_rows = {one.year: one for one in points.measured(question, cells)}
    if question.measure is not None:
        return of_rows.get(year)
    known = points.published(figures, code)
    return known[-1] if known else None


def ranked(lines: Sequence[CountyLine], better: str, *, ends: bool) -> list[CountyLine]:
    """By their values, the better first; equal values share a place. Only under an approval.

    Args:
        lines: in protocol order.
        better: lower, or anything else for higher.
        ends: only the first three and the last three.
    """
    known = [one for one in lines if one.point is not None and one.point.value is not None]
    values = sorted(
        {one.point.value for one in known if one.point and one.point.value is not None}, reverse=better != "lower"
    )
    counted = {value: 1 + sum(_ahead_of(one, value, better) for one in known) for value in values}
    told = [
        CountyLine(one.code, one.name, one.point, counted[one.point.value])
        for one in known
        if one.point is not None and one.point.value is not None
    ]
    told.sort(key=lambda one: one.place)
    return [*told[:3], *told[3:][-3:]] if ends else told


def _ahead_of(one: CountyLine, value: Decimal, better: str) -> bool:
    mine = one.point.value if one.point else None
    if mine is None:
        return False
    return mine < value if better == "lower" else mine > value


def mapped(lines: Sequence[CountyLine], divisions: Sequence[Division], door: Mapping[str, str]) -> Tiles | None:
    """The map of tiles.

    Args:
        lines: of the table.
        divisions: with their places.
        door: by code, where its tile leads.
    """
    values = {
        one.code: Value(one.point.value, _bare(one.point.shown), one.point.fraction, door.get(one.code, ""))
        for one in lines
        if one.point is not None
    }
    return tiles(divisions, values)


def _bare(words: str) -> str:
    """Without its unit, which the caption tells once."""
    return words.partition(" ")[0]


def made_of(question: Question, run: Measuring | None, known: Mapping[Doubted, Confirmation]) -> list[dict[str, str]]:
    """Thresholds it reads, with the value that counted, the document, and the doubt or the document it was verified on."""
    measure = question.measure
    if measure is None:
        return []
    told = []
    for key in sorted({*measure.thresholds(), *measure.assumes}):
        one = _BY_KEY.get(key)
        if one is None:
            continue
        used = run.values.get(key) if run else None
        value = Decimal(measure.assumes.get(key, used or one.value))
        checked = confirmed(one, known)
        told.append(
            {
                "key": one.key,
                "label": one.label,
                "value": worded.shown(value, one.unit),
                "source": one.source,
                "doubt": "" if checked else one.doubt,
                "verified": checked.source if checked else "",
            }
        )
    return told


def listed_in(question: Question) -> list[dict[str, str]]:
    """Items of checklists that are held against it: the list, the item, and where the list stands."""
    english = get_language() == "en"
    return [
        {
            "list": one.label_en if english else one.label,
            "item": f"{item.key} {item.label_en if english else item.label}",
            "url": reverse("checklist", args=[one.key]),
        }
        for one in CHECKLISTS.values()
        for item in one.items
        if any(question.key in bound.measures for bound in item.bounds)
    ]
