"""Tables that can be read: the heading on every page, no row torn, columns as wide as what stands in them."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from luoshi.reporting.official.bookmarks import Bookmarks
from luoshi.reporting.official.document import Grid, GridRow, Text, words_of
from luoshi.reporting.official.markup import Face, Place, bound_text, node, plain
from luoshi.reporting.official.sizes import BLACK, FIVE, IMITATION, LINE, SMALL_FOUR, breadth

_SEAM = re.compile(r"(?<=[0-9A-Za-z])(?=[一-龥])|(?<=[一-龥])(?=[0-9A-Za-z])")
_MANY = 7
"""From so many columns on letters are 五号."""
_PADDING = 90
"""Twips left and right of what stands in a cell."""
_SHORT = ((8.5, 10), (6.0, 7), (4.5, 5))
"""Characters up to which a column is never broken, if that leaves the others so many each; else the next pair."""
_TO_FILL = 1300
"""Twips a row is high that is filled by hand."""
_LONG = 40
"""Characters above which a column is not made wider for its longest cell."""
_LINE_WEIGHT = 4
"""Eighths of a point."""


def table_of(grid: Grid, marks: Bookmarks, room: int) -> Iterator[Any]:
    """A table and the note below it."""
    size = FIVE if grid.small or len(grid.columns) >= _MANY else SMALL_FOUR
    widths = widths_of(grid, room, size)
    made = node("tbl", _properties(sum(widths)), node("tblGrid", *(node("gridCol", w=width) for width in widths)))
    made.append(_heading(grid, widths, size))
    for row in grid.rows:
        made.append(_band(row, widths, size, marks) if row.band else _row(grid, row, widths, size, marks))
    yield made
    if grid.note:
        yield plain(grid.note, Place("both", line=size * 14, before=LINE // 6), Face(IMITATION, size))


def widths_of(grid: Grid, room: int, size: int) -> list[int]:
    """Widths of the columns in twips; together exactly the room.

    A short column gets what its longest cell needs; long ones share the rest by how much stands in them, damped, so that no
    column of words becomes a ladder of single letters.

    Args:
        grid: the table.
        room: width of the text in twips.
        size: of the letters, in half points.
    """
    letter = size * 10
    longest = [_longest(grid, at) for at in range(len(grid.columns))]
    need = [column.width or natural for column, natural in zip(grid.columns, longest, strict=True)]
    natural = [round(width * letter * 1.02) + 2 * _PADDING + 20 for width in need]
    for short, least in _SHORT:
        free = {at: min(width, _LONG) ** 0.7 for at, width in enumerate(need) if width > short}
        rest = room - sum(width for at, width in enumerate(natural) if at not in free)
        if free and rest >= len(free) * least * letter:
            whole = sum(free.values())
            return _exactly([rest * free[at] / whole if at in free else natural[at] for at in range(len(need))], room)
    return _exactly([room * width / sum(natural) for width in natural], room)


def _exactly(widths: Sequence[float], room: int) -> list[int]:
    whole = [int(width) for width in widths]
    whole[whole.index(max(whole))] += room - sum(whole)
    return whole


def _longest(grid: Grid, at: int) -> float:
    """The widest cell; a heading may be broken into two lines."""
    head = breadth(grid.columns[at].label)
    cells = [_roomy(line) for row in grid.rows if not row.band for line in words_of(row.cells[at]).split("\n")]
    return max([*cells, head if head <= 4 else head / 2, 2])  # noqa: PLR2004 (a heading of four letters stays whole)


def _roomy(words: str) -> float:
    """How wide words are where a program sets a quarter of a letter between Chinese letters and digits."""
    return breadth(words) + 0.25 * len(_SEAM.findall(words))


def _properties(width: int) -> Any:
    line: dict[str, str | int] = {"val": "single", "sz": _LINE_WEIGHT, "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return node(
        "tblPr",
        node("tblW", w=width, type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *(node(side, **line) for side in sides)),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *(node(side, w=_PADDING, type="dxa") for side in ("left", "right"))),
    )


def _heading(grid: Grid, widths: Sequence[int], size: int) -> Any:
    row = node("tr", node("trPr", node("cantSplit"), node("tblHeader")))
    place = Place("center", line=size * 13, before=50, after=50, together=True)
    for column, width in zip(grid.columns, widths, strict=True):
        row.append(_cell(plain(column.label, place, Face(BLACK, size)), width))
    return row


def _row(grid: Grid, row: GridRow, widths: Sequence[int], size: int, marks: Bookmarks) -> Any:
    height = [node("trHeight", val=_TO_FILL, hRule="atLeast")] if grid.to_fill else []
    made = node("tr", node("trPr", node("cantSplit"), *height))
    for column, text, width in zip(grid.columns, row.cells, widths, strict=True):
        place = Place(column.side, line=size * 13, before=30, after=30)
        made.append(_cell(bound_text(text, place, Face(IMITATION, size), marks), width))
    return made


def _band(row: GridRow, widths: Sequence[int], size: int, marks: Bookmarks) -> Any:
    made = node("tr", node("trPr", node("cantSplit")))
    place = Place("left", line=size * 13, before=30, after=30, together=True)
    text: Text = row.cells[0]
    made.append(_cell(bound_text(text, place, Face(BLACK, size), marks), sum(widths), len(widths)))
    return made


def _cell(content: Any, width: int, span: int = 1) -> Any:
    told = node("tcPr", node("tcW", w=width, type="dxa"))
    if span > 1:
        told.append(node("gridSpan", val=span))
    told.append(node("vAlign", val="center"))
    return node("tc", told, content)
