"""指标一览: every indicator by theme with its newest value, last year, this year's target and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board import points, shown
from luoshi.bureau.board.indicated import Question, doors, label_of, questions
from luoshi.bureau.board.points import Point
from luoshi.bureau.board.rows import escape
from luoshi.bureau.indicators.series import Cell
from luoshi.bureau.ledger.queries import Item, Stood
from luoshi.spine import Measurement
from luoshi.tracking import showing


@dataclass(frozen=True, slots=True)
class Bound:
    """A target of this year's plan."""

    url: str
    number: str
    amount: str
    mark: str
    label: str
    figure: Measurement | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator."""

    question: Question
    point: Point | None
    bound: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of all indicators."""

    cells: Mapping[str, Sequence[Cell]]
    """Of the whole city, by measure."""
    figures: Mapping[str, Sequence[Measurement]]
    """Reported and published, by indicator."""
    bound: Mapping[str, Sequence[Bound]]


def known(cells: Iterable[Cell], figures: Iterable[Measurement], items: Iterable[Item]) -> Known:
    """All of it by key."""
    by_measure, by_indicator, by_target = (
        dict[str, list[Cell]](),
        dict[str, list[Measurement]](),
        dict[str, list[Bound]](),
    )
    for cell in cells:
        by_measure.setdefault(cell.measure, []).append(cell)
    for figure in figures:
        by_indicator.setdefault(figure.indicator, []).append(figure)
    for item in items:
        for one in item.stood:
            if one.target.indicator:
                by_target.setdefault(one.target.indicator, []).append(bound(item, one))
    return Known(by_measure, by_indicator, by_target)


def bound(item: Item, one: Stood) -> Bound:
    """A target with where its item stands."""
    line = shown.line(one)
    url = reverse("item", args=[item.row.pk])
    return Bound(url, item.row.number, showing.amount(one.target), line.mark, line.label, one.status.measurement)


BESIDE = 2
"""Years of a measure that are looked at: the newest, and the one it is compared with."""


def entries(asked: Iterable[Question], told: Known) -> list[Entry]:
    """One an indicator, in the order they are asked."""
    return [_entry(one, told) for one in asked]


def _entry(question: Question, told: Known) -> Entry:
    targets = tuple(told.bound.get(question.key, ()))
    figure = next((one.figure for one in targets if one.figure and not one.figure.division), None)
    cells = told.cells.get(question.key, ())[-BESIDE:]
    of_rows = points.measured(question, cells) if figure else points.newest(question, cells)
    every = points.together(of_rows, points.published(told.figures.get(question.key, ())))
    return Entry(question, points.spoken(every, figure), targets)


def body(listed: Sequence[Entry]) -> SafeString:
    """The rows of the table, a head for each theme."""
    say = {
        "now": _("当前值"), "at": _("口径 · 时点"), "before": _("上年"), "change": _("增减"), "target": _("目标值"), "state": _("数据状态"),
    }  # fmt: skip
    words, rows, theme = {key: escape(word) for key, word in say.items()}, list[str](), None
    door = doors("indicator")
    for one in listed:
        if one.question.theme is not theme:
            theme = one.question.theme
            number = sum(other.question.theme is theme for other in listed)
            rows.append(
                f'<tr class="grp"><th colspan="7" scope="rowgroup">{escape(label_of(theme))}<small>{number}</small></th></tr>'
            )
        rows.append(_row(one, words, door(one.question.key)))
    return mark_safe("".join(rows))  # noqa: S308 (every value is escaped)


def _row(one: Entry, say: Mapping[str, str], url: str) -> str:
    point, label = one.point, escape(one.question.label)
    name = f'<th scope="row"><a href="{url}">{label}</a></th>'
    if point is None:
        now = f'<td class="right empty" data-l="{say["now"]}"><span class="none">{escape(_("无数据"))}</span></td>'
        rest = f'<td class="empty" data-l="{say["at"]}"></td><td class="right empty"></td><td class="right empty"></td>'
    else:
        fraction = f"<small>{escape(point.fraction)}</small>" if point.fraction else ""
        now = f'<td class="right" data-l="{say["now"]}"><b class="nobr">{escape(point.shown)}</b>{fraction}</td>'
        at = f"{escape(point.standing)}<small>{escape(_short(point.definition))} · {escape(point.at)}</small>"
        rest = (
            f'<td data-l="{say["at"]}">{at}</td>'
            f'<td class="right{"" if point.before else " empty"}" data-l="{say["before"]}">{escape(point.before)}</td>'
            f'<td class="right{"" if point.change else " empty"}" data-l="{say["change"]}">{escape(point.change)}</td>'
        )
    return f'<tr class="row">{name}{now}{rest}{_targets(one.bound, say)}</tr>\n'


_WORDS = 24


def _short(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"


def _targets(listed: Sequence[Bound], say: Mapping[str, str]) -> str:
    amounts = "".join(f'<span class="both nobr"><a href="{one.url}">{escape(one.amount)}</a></span>' for one in listed)
    states = "".join(
        f'<span class="both"><span class="st {one.mark}">{escape(one.label)}</span></span>' for one in listed
    )
    empty = "" if listed else " empty"
    return (
        f'<td class="right{empty}" data-l="{say["target"]}">{amounts}</td>'
        f'<td class="{empty.strip()}" data-l="{say["state"]}">{states}</td>'
    )


def chosen(theme: str) -> list[Question]:
    """Indicators of a theme; all of them without one."""
    return [one for one in questions().values() if not theme or one.theme.key == theme]
