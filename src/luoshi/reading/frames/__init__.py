"""Sheets of workbooks, and CSV, as frames of text: safely, by content, a hundred thousand rows at a time.

Grids and ledgers are read with their looks elsewhere; here only what the cells say counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from luoshi.reading.documents import refuse_marked
from luoshi.reading.documents.recognition import OLE, ZIP
from luoshi.reading.documents.refusals import refuse
from luoshi.reading.frames.cells import cells_of, shared
from luoshi.reading.frames.limits import LARGEST, bounded, refuse_size
from luoshi.reading.frames.old import old_sheets
from luoshi.reading.frames.parts import Parts
from luoshi.reading.frames.plain import plain_table
from luoshi.words.findings import Finding, Severity
from luoshi.words.sheets import Sheet, letters

__all__ = ["LARGEST", "Frame", "read_frame", "read_sheets"]

_HEAD, _TAIL, _LINE = 12, 4, 200
"""Rows a mark of secrecy stands in, and the characters of a cell it stands in."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A table of text."""

    headings: tuple[str, ...]
    """The first row."""
    cells: pl.DataFrame
    """The other rows as text, one column for each heading; blank rows included, so that row 0 is row 2 of the file."""
    told: tuple[Finding, ...] = ()
    """Sheets that were not read."""


def read_sheets(content: bytes, name: str = "") -> tuple[Sheet, ...]:
    """Every sheet of an xlsx, xls or et, hidden ones marked; a CSV or text with columns is one sheet.

    Args:
        content: the file, whatever its suffix says.
        name: what the person calls it.

    Raises:
        RefusedError: empty, damaged, locked, marked secret, no table, too large, or a formula has no value.
    """
    stem = PurePath(name.replace("\\", "/")).stem
    refuse_marked([stem])
    return tuple(_sheets(content, stem))


def read_frame(content: bytes) -> Frame:
    """The first sheet that is shown and not empty, with its first row as headings.

    Raises:
        RefusedError: as `read_sheets`; or a row has more cells than there are headings.
    """
    hidden, table = list[str](), None
    for sheet in _sheets(content, ""):
        if sheet.hidden:
            hidden.append(sheet.name)
        elif sheet.cells.height:
            table = sheet
            break
    if table is None:
        what = f"没有内容（工作表 {'、'.join(hidden)} 是隐藏的）" if hidden else "没有内容"
        raise refuse(what, "第一行须是列名", "请选对文件；要读隐藏的工作表，请先取消隐藏")
    headings = tuple(words or "" for words in table.cells.row(0))
    body = table.cells.slice(1)
    _refuse_overhanging(headings, body)
    told = [
        Finding(f"工作表“{one}”", "是隐藏的，没有读", "只读显示的第一张工作表", "要读的请取消隐藏", Severity.TELLS)
        for one in hidden
    ]
    return Frame(headings, body, tuple(told))


def _sheets(content: bytes, stem: str) -> Iterator[Sheet]:
    refuse_size(len(content))
    if not content.strip():
        raise refuse("文件是空的（0 字节）", "须有一行列名和数据", "请选对文件")
    opened = _opened(content, stem)
    while True:
        with bounded():
            sheet = next(opened, None)
        if sheet is None:
            return
        ends = pl.concat([sheet.cells.head(_HEAD), sheet.cells.tail(_TAIL)])
        refuse_marked(["\n".join(cell[:_LINE] for row in ends.iter_rows() for cell in row if cell)])
        yield sheet


def _opened(content: bytes, stem: str) -> Iterator[Sheet]:
    if content.startswith(OLE):
        yield from old_sheets(content)
    elif content.startswith(ZIP):
        parts = Parts(content)
        texts = shared(parts)
        for part in parts.sheets:
            yield Sheet(part.name, cells_of(parts, part, texts), part.hidden)
    else:
        yield Sheet(stem, plain_table(content))


def _refuse_overhanging(headings: tuple[str, ...], body: pl.DataFrame) -> None:
    """Cells to the right of the last heading: a row was shifted, and nobody knows by how much."""
    width = max((place for place, words in enumerate(headings, 1) if words.strip()), default=0)
    if not width:
        raise refuse("第一行是空的", "第一行须是列名", "请删去表前的空行、标题行")
    for place in range(width, body.width):
        cell = body.to_series(place)
        if cell.null_count() < len(cell):
            row = int(pl.arg_where(cell.is_not_null(), eager=True)[0])
            what = f"第 {row + 2} 行在 {letters(place)} 列有“{str(cell[row])[:40]}”，这一列没有列名"
            raise refuse(what, f"每行至多 {width} 格，与列名相同", "请补上列名，或把这一行的各格移回原位")
