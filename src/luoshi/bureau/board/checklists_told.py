"""清单 as their pages tell them: items with figure, bound and verdict for one county; counties × items for a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board.checklist_picture import Matrix, matrix
from luoshi.bureau.board.indicated import questions
from luoshi.bureau.board.points import at_of
from luoshi.bureau.board.shown import named, said
from luoshi.bureau.indicators.checklists.actions import WHOLE
from luoshi.bureau.indicators.checklists.queries import Assessed
from luoshi.bureau.indicators.models import Judgement
from luoshi.bureau.indicators.series import Cell
from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.words import showing
from luoshi.words.checklists import Bound, Checklist, ChecklistItem, Holds
from luoshi.words.parameters import shown

MARKS = {Holds.YES: "done", Holds.NO: "behind", Holds.PEOPLE: "doubted", Holds.UNKNOWN: "unknown"}
"""How a verdict is drawn beside its word."""
_PARAMETERS = {one.key: one for one in PARAMETERS}


def mark_of(item: ChecklistItem) -> str:
    """What an item is called for short: as its document numbers it, stages by their names."""
    return item.key.replace("-primary", _("小学")).replace("-junior", _("初中"))


@dataclass(frozen=True, slots=True)
class Limit:
    """One bound of a figure."""

    key: str
    label: str
    said: str
    """不低于 95%."""
    doubt: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an item with what it is held against."""

    label: str
    """What is measured."""
    value: str
    fraction: str
    limits: tuple[Limit, ...]
    mark: str
    word: str
    url: str
    """Where it comes from; empty where there is nothing."""
    basis: str
    """口径 and 时点."""
    of: tuple[tuple[str, str, str], ...] = ()
    """Of a mean: label, value and page of each."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item."""

    item: ChecklistItem
    short: str
    """As `mark_of`."""
    label: str
    figures: tuple[Figure, ...]
    mark: str
    word: str
    judged: tuple[Judgement, ...]
    """By people, the last first."""
    seen: int
    """The last judgement; 0 for none."""


def counted(verdicts: Iterable[Holds]) -> list[dict[str, Any]]:
    """How many stand how, as counts with their word and mark; each verdict once, none left out."""
    told = list(verdicts)
    return [{"mark": MARKS[one], "word": said(one.label), "many": told.count(one)} for one in Holds]


def lines(of: Assessed, year: int) -> list[Line]:
    """Item by item."""
    told = []
    for one in of.verdict.items:
        judged = of.judged.get(one.item.key, ())
        figures = tuple(_figure(of, held.bound, held.value, held.holds, year) for held in one.held)
        told.append(
            Line(
                one.item,
                mark_of(one.item),
                named(one.item),
                figures,
                MARKS[one.holds],
                said(one.holds.label),
                judged,
                judged[0].pk if judged else 0,
            )
        )
    return told


def _figure(of: Assessed, bound: Bound, value: Any, holds: bool | None, year: int) -> Figure:  # noqa: FBT001  # a verdict
    verdict = Holds.UNKNOWN if holds is None else Holds.YES if holds else Holds.NO
    first = bound.measures[0]
    cells = [of.cells.get(key) for key in bound.measures]
    alone = cells[0] if len(cells) == 1 else None
    known = sum(cell is not None and cell.value is not None for cell in cells)
    mean = _("%(many)s 项的平均数") % {"many": len(cells)}
    if known < len(cells):
        mean += "，" + _("%(many)s 项无数据") % {"many": len(cells) - known}
    return Figure(
        questions()[first].label if len(cells) == 1 else mean,
        showing.shown(MEASURES[first], value)
        if value is not None
        else (alone.shown if alone else said(Holds.UNKNOWN.label)),
        _fraction(alone) if alone else "",
        tuple(_limits(bound)),
        MARKS[verdict],
        said(verdict.label),
        _chain(alone, of.county) if alone else "",
        f"{questions()[first].basis} {at_of(questions()[first], year)}",
        () if len(cells) == 1 else tuple(_each(of, bound)),
    )


def _fraction(cell: Cell) -> str:
    told = f"{cell.part}/{cell.whole}" if cell.whole else ""
    some = _("%(many)s 行未计入") % {"many": cell.rows - cell.used} if cell.used < cell.rows else ""
    return "，".join(part for part in (told, some) if part)


def _each(of: Assessed, bound: Bound) -> Iterable[tuple[str, str, str]]:
    for key in bound.measures:
        cell = of.cells.get(key)
        yield (
            questions()[key].label,
            cell.shown if cell else said(Holds.UNKNOWN.label),
            _chain(cell, of.county) if cell else "",
        )


def _chain(cell: Cell, county: str) -> str:
    """The page that says where a figure comes from."""
    return reverse("measured", args=[cell.run, cell.measure, county]) if cell.value is not None else ""


def _limits(bound: Bound) -> Iterable[Limit]:
    for key, words in ((bound.at_least, _("不低于")), (bound.at_most, _("不高于"))):
        one = _PARAMETERS.get(key)
        if one is not None:
            yield Limit(key, one.label, words, one.doubt)


def with_values(told: Sequence[Line], values: Any, open_doubts: frozenset[str]) -> list[dict[str, Any]]:
    """Lines as the page shows them: each bound with the value that counts for the year, its doubt only where it is open."""
    return [
        {
            "line": line,
            "figures": [
                {
                    "figure": figure,
                    "limits": [
                        {
                            "key": one.key,
                            "label": one.label,
                            "said": f"{one.said} {shown(values[one.key], _PARAMETERS[one.key].unit)}"
                            if one.key in values
                            else _("本年还没有界限"),
                            "doubt": one.doubt if one.key in open_doubts else "",
                        }
                        for one in figure.limits
                    ],
                }
                for figure in line.figures
            ],
        }
        for line in told
    ]


@dataclass(frozen=True, slots=True)
class County:
    """One county of the matrix."""

    code: str
    name: str
    mark: str
    word: str
    counts: list[dict[str, Any]]
    vetoed: tuple[str, ...]
    """Keys of veto items that do not hold."""


def county(one: Assessed, name: str) -> County:
    """How a county stands as a whole."""
    vetoed = tuple(mark_of(told.item) for told in one.verdict.items if told.item.veto and told.holds is Holds.NO)
    holds = one.verdict.holds
    counts = counted(told.holds for told in one.verdict.items)
    return County(one.county, name, MARKS[holds], said(holds.label), counts, vetoed)


def pictured(checklist: Checklist, assessed: Sequence[tuple[str, Assessed]], query: str) -> Matrix:
    """Counties × items."""
    items = [(one, mark_of(one), named(one)) for one in checklist.items]
    door = reverse("checklist", args=[checklist.key])
    return matrix(
        items,
        [
            (name, f"{door}?county={one.county}&{query}", [told.holds for told in one.verdict.items])
            for name, one in assessed
        ],
    )


def by_item(checklist: Checklist, assessed: Sequence[tuple[str, Assessed]]) -> list[dict[str, Any]]:
    """Each item with how many counties stand how."""
    return [
        {
            "item": item,
            "short": mark_of(item),
            "label": named(item),
            "counts": counted(one.verdict.items[place].holds for name, one in assessed if one.county != WHOLE),
        }
        for place, item in enumerate(checklist.items)
    ]
