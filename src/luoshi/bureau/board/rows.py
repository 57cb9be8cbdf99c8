"""The rows of the ledger as HTML.

Why not in a template like everything else: three hundred rows are five thousand cells, and the template engine takes a
tenth of a second to look them up one by one. Written here the same cells take a few milliseconds, and the page stays
quick on the office computers that have to draw it. Every value that comes from outside passes through `escape`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape as escaped

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board import shown
from luoshi.bureau.ledger.models import Commitment
from luoshi.reporting.official import Grid, GridRow, words_of

_SPECIAL = re.compile(r"[&<>\"']")
_NONE = '<span class="none">——</span>'


def escape(words: str) -> str:
    """The words as HTML shows them; most cells have nothing to escape and are looked through once, not five times."""
    return escaped(words) if _SPECIAL.search(words) else words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger, ready to print."""

    number: str
    title: str
    url: str
    source_url: str
    targets: tuple[shown.Line, ...]
    beside: tuple[shown.Beside, ...]
    known: bool
    judged: shown.Word | None
    claimed: shown.Word | None
    differ: bool
    lead: str
    leader: str
    due: str
    due_inherited: bool
    trouble: str
    gap: str
    mark: str
    paused: bool = False
    """Whether an approved pause holds, so that what is not counted says so too."""
    due_moved: str = ""
    """The day an approved pause moved it to; "" where it stays."""
    coordination: bool = False
    """Whether a person marked it as 协调事项."""
    closed: str = ""
    """The day it was closed; "" while it is open."""


class Words:
    """What the cells are called, in the language of the page: asked once, not once a cell."""

    def __init__(self) -> None:
        """Ask for each of them."""
        self.source, self.target, self.now, self.data = _("原文"), _("目标"), _("当前"), _("数据")
        self.uncounted, self.judged, self.unjudged, self.claimed = _("非量化"), _("核定"), _("待核定"), _("自评")
        self.differ, self.lead, self.due = _("状态不一致"), _("牵头"), _("时限")
        self.inherited, self.lack, self.closed = _("按年度"), _("所缺"), _("已销号")
        self.paused, self.coordination, self.moved = _("暂缓（经批准）"), _("协调事项"), _("顺延至")


def drawn(rows: Iterable[Row], say: Words) -> SafeString:
    """The rows of one table body."""
    return mark_safe("".join(_row(row, say) for row in rows))  # noqa: S308 (every value below is escaped)


def _row(row: Row, say: Words) -> str:
    source = f'<a class="source" href="{escape(row.source_url)}">{say.source}</a>'
    cells = (
        f'<td class="id" role="cell">{escape(row.number)}</td>',
        f'<th scope="row" role="rowheader"><a href="{escape(row.url)}">{escape(row.title)}</a> {source}</th>',
        _cell(say.target, _targets(row.targets), "right" if row.targets else "right empty"),
        _cell(say.now, _now(row.targets) + _beside(row.beside), "right" if row.known else "right empty"),
        _cell(say.data, _states(row, say)),
        _cell(say.judged, _judged(row, say)),
        _cell(say.lead, f"{escape(row.lead)}<small>{escape(row.leader)}</small>"),
        _cell(say.due, row.due + _small(_due(row, say)), "nobr"),
        _cell(say.lack, escape(row.trouble) + _small(row.gap), "" if row.gap else "empty"),
    )
    return f'<tr class="row {row.mark}" role="row">{"".join(cells)}</tr>\n'


def _cell(label: str, content: str, classes: str = "") -> str:
    """One cell; its label stands before it where the table is folded for a narrow screen."""
    told = f' class="{classes}"' if classes else ""
    return f'<td{told} role="cell" data-l="{escape(label)}">{content}</td>'


def _due(row: Row, say: Words) -> str:
    """Whether the day is the year's end only, and where a pause moved it to."""
    inherited = say.inherited if row.due_inherited else ""
    return " ".join(one for one in (inherited, f"{say.moved} {row.due_moved}" if row.due_moved else "") if one)


def _small(words: str) -> str:
    return f"<small>{escape(words)}</small>" if words else ""


def _targets(lines: Sequence[shown.Line]) -> str:
    return "".join(f'<span class="both nobr">{escape(one.text)}</span>' for one in lines) or _NONE


def _now(lines: Sequence[shown.Line]) -> str:
    return "".join(
        f'<span class="both">{_figure(one.now, one.url)}<small>{escape(one.standing)} · {one.on}</small>{_small(one.apart)}</span>'
        if one.now
        else f'<span class="both">{_NONE}</span>'
        for one in lines
    )


def _figure(now: str, url: str) -> str:
    """A figure, which leads to the page of its indicator."""
    told = escape(now)
    return f'<a class="nobr" href="{url}">{told}</a>' if url else f'<span class="nobr">{told}</span>'


def _beside(figures: Sequence[shown.Beside]) -> str:
    return "".join(
        f'<span class="both">{escape(one.label)} {_figure(one.now, one.url)}'
        f"<small>{escape(one.standing)} · {one.on}</small></span>"
        for one in figures
    )


def _states(row: Row, say: Words) -> str:
    told = [f'<span class="both"><span class="st {one.mark}">{escape(one.label)}</span></span>' for one in row.targets]
    if not told:
        stands = f'<span class="st paused">{say.paused}</span>' if row.paused else say.uncounted
        told = [f'<span class="none">{stands}</span>']
    return "".join(told) + (_small(say.coordination) if row.coordination else "")


def _judged(row: Row, say: Words) -> str:
    judged = row.judged or shown.Word("unknown", say.unjudged)
    claimed = f"<small>{say.claimed} {escape(row.claimed.label)}</small>" if row.claimed else ""
    differ = f'<span class="differ">{say.differ}</span>' if row.differ else ""
    closed = f"<small>{say.closed} {escape(row.closed)}</small>" if row.closed else ""
    return f'<span class="st {judged.code}">{escape(judged.label)}</span>{closed}{claimed}{differ}'


def divided(rows: Iterable[Mapping[str, str]]) -> SafeString:
    """The body of the table of a breakdown.

    Args:
        rows: the cells of each item by key, and `url`, the address of its page.
    """
    say = {
        "target": _("目标值"),
        "lead": _("牵头科室"),
        "partners": _("配合科室"),
        "units": _("责任单位"),
        "due": _("完成时限"),
        "undecided": _("待定"),
    }
    told = {name: escape(word) for name, word in say.items()}
    return mark_safe("".join(_divided(row, told) for row in rows))  # noqa: S308 (every value is escaped)


def _divided(row: Mapping[str, str], say: Mapping[str, str]) -> str:
    told = {name: escape(row[name]) or "——" for name in ("target", "partners", "units", "due")}
    lead = f"{escape(row['lead']) or say['undecided']}<br><small>{escape(row['leader'])}</small>"
    return (
        f'<tr><td class="nobr">{escape(row["number"])}</td>'
        f'<th scope="row"><a href="{escape(row["url"])}">{escape(row["title"])}</a></th>'
        f'<td class="right" data-l="{say["target"]}">{told["target"]}</td>'
        f'<td data-l="{say["lead"]}">{lead}</td>'
        f'<td data-l="{say["partners"]}">{told["partners"]}</td>'
        f'<td data-l="{say["units"]}">{told["units"]}</td>'
        f'<td class="nobr" data-l="{say["due"]}">{told["due"]}</td></tr>\n'
    )


class Options:
    """The items of a plan as the options of a choice, each written once for all the choices of a page."""

    def __init__(self, items: Iterable[Commitment]) -> None:
        """Write each of them."""
        self._rest = {one.pk: f">{escape(f'{one.number} {one.title}')}</option>" for one in items}

    def of(self, order: Iterable[Commitment], here: Commitment | None = None) -> SafeString:
        """The options in an order; those of other plans are left out."""
        chosen = here.pk if here else 0
        told = (
            f'<option value="{one.pk}"{" selected" if one.pk == chosen else ""}{self._rest[one.pk]}'
            for one in order
            if one.pk in self._rest
        )
        return mark_safe("".join(told))  # noqa: S308 (every label is escaped)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One line of a year's list: something that is due on a day."""

    on: date
    off: bool
    """Whether nobody works that day."""
    kind: str
    what: str
    url: str
    office: str
    leader: str
    units: str
    code: str
    word: str


def dated(lines: Iterable[DatedLine], *, day: str, office: bool) -> SafeString:
    """The body of a table of days.

    Args:
        lines: in order.
        day: how the day is written, as strftime takes it.
        office: whether the section stands in a column of its own.
    """
    say = {name: escape(word) for name, word in _said().items()}
    return mark_safe("".join(_dated(one, say, day, office=office) for one in lines))  # noqa: S308 (every value is escaped)


def _said() -> dict[str, str]:
    return {
        "day": _("时限"),
        "kind": _("种类"),
        "office": _("牵头科室"),
        "units": _("县区"),
        "state": _("办理"),
        "off": _("休息日"),
    }


def _dated(one: DatedLine, say: Mapping[str, str], day: str, *, office: bool) -> str:
    off = f" <small>{say['off']}</small>" if one.off else ""
    lead = f'{escape(one.office)} <small class="nobr">{escape(one.leader)}</small>'
    return (
        f'<tr><td class="nobr c-day" data-l="{say["day"]}">{one.on.strftime(day)}{off}</td>'
        f'<td class="c-kind" data-l="{say["kind"]}">{escape(one.kind)}</td>'
        f'<th scope="row"><a href="{escape(one.url)}">{escape(one.what)}</a></th>'
        + (f'<td data-l="{say["office"]}">{lead}</td>' if office else "")
        + f'<td data-l="{say["units"]}">{escape(one.units)}</td>'
        f'<td class="c-state" data-l="{say["state"]}"><span class="st {one.code}">{escape(one.word)}</span></td></tr>'
    )


def grid(table: Grid) -> SafeString:
    """The body of a table of an official text."""
    return mark_safe("".join(_grid_row(row, len(table.columns)) for row in table.rows))  # noqa: S308 (every cell is escaped)


def _grid_row(row: GridRow, columns: int) -> str:
    if row.band:
        return f'<tr class="band"><td colspan="{columns}">{escape(words_of(row.cells[0]))}</td></tr>\n'
    return "<tr>" + "".join(f"<td>{escape(words_of(cell))}</td>" for cell in row.cells) + "</tr>\n"
