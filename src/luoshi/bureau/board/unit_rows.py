"""Figures of one county or one school as the rows of a table: three hundred indicators are too many cells for a template."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board import points
from luoshi.bureau.board.indicated import Question, doors, label_of, questions
from luoshi.bureau.board.rows import escape
from luoshi.bureau.indicators.series import Cell


@dataclass(frozen=True, slots=True)
class Beside:
    """One indicator of a unit beside the whole it belongs to."""

    question: Question
    point: points.Point
    whole: str
    """What the whole came to."""


@dataclass(frozen=True, slots=True)
class Group:
    """One theme."""

    key: str
    label: str
    lines: tuple[Beside, ...]


def groups(mine: Iterable[Cell], whole: Iterable[Cell], year: int) -> list[Group]:
    """A unit's figures of a year by theme, each beside the whole's.

    Args:
        mine: cells of the unit, of this year and the one before at least.
        whole: cells of the city, or of the county, of this year.
        year: the year.
    """
    by_measure = dict[str, list[Cell]]()
    for one in mine:
        if year - 1 <= one.year <= year:
            by_measure.setdefault(one.measure, []).append(one)
    beside = {one.measure: one.shown for one in whole if one.year == year and one.value is not None}
    by_theme = dict[str, list[Beside]]()
    for key, question in questions().items():
        point = points.measured_in(question, by_measure.get(key, ()), year)
        if point is not None and point.value is not None:
            by_theme.setdefault(question.theme.key, []).append(Beside(question, point, beside.get(key, "")))
    return [Group(key, label_of(lines[0].question.theme), tuple(lines)) for key, lines in by_theme.items()]


def of_county(
    listed: Iterable[Group], code: str, name: str, *, looked_at: str, behind: Callable[[Beside], bool]
) -> SafeString:
    """The table of a county, a body for each theme.

    Args:
        listed: its figures.
        code: of the county.
        name: of the county.
        looked_at: key of the indicator somebody came for.
        behind: whether the rows behind a figure may be looked at.
    """
    say = {
        "of": escape(_("分子 / 分母")), "city": escape(_("全市")), "before": escape(_("上年")), "change": escape(_("增减")),
        "basis": escape(_("口径 · 时点")), "rows": escape(_("明细")), "which": escape(_("是哪些")), "name": escape(name),
    }  # fmt: skip
    door, rows = doors("indicator"), doors("indicator_rows", code)
    bodies = []
    for group in listed:
        lines = "".join(
            _of_county(
                one,
                say,
                door(one.question.key),
                f"{rows(one.question.key)}?year={one.point.year}" if behind(one) else "",
                looked=one.question.key == looked_at,
            )
            for one in group.lines
        )
        bodies.append(_body(group, 8, lines))
    return mark_safe("".join(bodies))  # noqa: S308  # each word of a cell is escaped


def _of_county(one: Beside, say: Mapping[str, str], door: str, behind: str, *, looked: bool) -> str:
    point, shown = one.point, f"<b>{escape(one.point.shown)}</b>"
    mark = "<sup>*</sup>" if point.left_out else ""
    cells = (
        _name(one.question, door),
        _told(say["name"], f'<a href="{behind}">{shown}</a>{mark}' if behind else f"{shown}{mark}"),
        _told(say["of"], escape(point.fraction)),
        _told(say["city"], escape(one.whole)),
        _told(say["before"], escape(point.before)),
        _told(say["change"], escape(point.change)),
        _told(say["basis"], f"{escape(point.definition)} · {escape(point.at)}", "small"),
        _told(say["rows"], f'<a href="{behind}">{say["which"]}</a>' if behind else "", "small"),
    )
    return f'<tr class="row{" looked" if looked else ""}" id="{one.question.key}">{"".join(cells)}</tr>\n'


def of_school(
    listed: Iterable[Group], held: Mapping[tuple[str, int], Cell], years: Sequence[int], county: str
) -> SafeString:
    """The table of a school, a cell for every year, a body for each theme.

    Args:
        listed: its figures of the newest year.
        held: its cells by measure and year.
        years: as the columns stand.
        county: name of the county whose figures stand beside; empty for the school itself, to which neither they nor the
            pages of indicators are open.
    """
    change, beside, door, bodies = escape(_("比上年")), escape(county), doors("indicator"), []
    for group in listed:
        lines = []
        for one in group.lines:
            key = one.question.key
            over = "".join(_of_year(year, held.get((key, year))) for year in years)
            name = _name(one.question, door(key) if county else "", f" <small>{escape(one.question.basis)}</small>")
            rest = _told(change, escape(one.point.change)) + (_told(beside, escape(one.whole)) if county else "")
            lines.append(f'<tr class="row">{name}{over}{rest}</tr>\n')
        bodies.append(_body(group, len(years) + (3 if county else 2), "".join(lines)))
    return mark_safe("".join(bodies))  # noqa: S308  # each word of a cell is escaped


def _of_year(year: int, one: Cell | None) -> str:
    if one is None or one.value is None:
        return _told(str(year), "")
    fraction = f"<small>{escape(f'{one.part}/{one.whole}')}</small>" if one.whole else ""
    return _told(str(year), f"{escape(one.shown)}{fraction}")


def _body(group: Group, columns: int, lines: str) -> str:
    head = f'<th colspan="{columns}" scope="rowgroup" id="t-{group.key}">{escape(group.label)}'
    return f'<tbody><tr class="grp">{head}<small>{len(group.lines)}</small></th></tr>\n{lines}</tbody>'


def _name(question: Question, door: str, more: str = "") -> str:
    label = escape(question.label)
    return f'<th scope="row"><a href="{door}">{label}</a>{more}</th>' if door else f'<th scope="row">{label}{more}</th>'


def _told(label: str, content: str, kind: str = "right") -> str:
    """One cell; its label stands before it where the table is folded for a narrow screen."""
    return f'<td class="{kind}{"" if content else " empty"}" data-l="{label}">{content}</td>'
