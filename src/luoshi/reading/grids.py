"""Tables of any returned file as plain grids of text: xlsx, xls and et, docx with tracked changes taken as they are meant."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
import xlrd
from defusedxml.ElementTree import fromstring

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.refusals import encrypted, guarded, refuse
from luoshi.reading.workbooks import COLUMNS, ROWS, number, sheets

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}commentRangeStart"}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table."""

    name: str
    """Its sheet, or 第几个表."""
    rows: list[list[str]]
    notes: dict[int, str] = field(default_factory=dict)
    """Comments by the row they are anchored in, counted from 0."""
    covered: set[tuple[int, int]] = field(default_factory=set)
    """Row and place, from 0, of cells that a merge hides: they are empty, but nobody emptied them."""


def workbook_grids(content: bytes) -> list[Grid]:
    """Every sheet of an xlsx that is shown or hidden, as text."""
    told = [Grid(name, rows) for name, rows in sheets(content)]
    with guarded("电子表格"):
        for grid, sheet in zip(told, openpyxl.load_workbook(io.BytesIO(content)).worksheets, strict=True):
            for one in sheet.merged_cells.ranges:
                inside = {(row - 1, column - 1) for row, column in one.cells}
                grid.covered.update(inside - {(one.min_row - 1, one.min_col - 1)})
    return told


def old_workbook_grids(content: bytes) -> list[Grid] | None:
    """Every sheet of an xls or et; None when it is no workbook.

    Raises:
        RefusedError: locked, damaged or too large.
    """
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise encrypted("电子表格") from error
        return None
    except Exception as error:
        raise refuse("电子表格已损坏或不完整", "须能完整打开", "请用 WPS 或 Excel 打开，另存为 xlsx，再交") from error
    with guarded("电子表格"):
        return [Grid(sheet.name, [_old_row(book, sheet, at) for at in range(sheet.nrows)]) for sheet in book.sheets()]


def _old_row(book: Any, sheet: Any, at: int) -> list[str]:
    if sheet.nrows > ROWS or sheet.ncols > COLUMNS:
        raise refuse(f"有 {sheet.nrows} 行、{sheet.ncols} 列", f"不超过 {ROWS} 行、{COLUMNS} 列", "请删去空行、空列")
    told = []
    for cell in sheet.row(at):
        words = str(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            with suppress(ValueError, xlrd.XLDateError):
                words = xlrd.xldate_as_datetime(cell.value, book.datemode).date().isoformat()
        elif cell.ctype == xlrd.XL_CELL_NUMBER:
            words = number(float(cell.value), share=False)
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            words = "是" if cell.value else "否"
        elif cell.ctype == xlrd.XL_CELL_ERROR:
            words = ""
        told.append(words)
    return told


def word_grids(archive: Archive) -> list[Grid]:
    """Every table of a docx: what was inserted counts, what was struck does not; comments are kept by row."""
    with guarded("Word 文件"):
        body = fromstring(archive.read("word/document.xml"))
        comments = dict(_comments(archive))
        return [_word_grid(place, table, comments) for place, table in enumerate(body.iter(f"{_W}tbl"), 1)]


def _word_grid(place: int, table: Element, comments: dict[str, str]) -> Grid:
    grid = Grid(f"第{place}个表", [])
    for row in table.iter(f"{_W}tr"):
        told = list[str]()
        for cell in row.findall(f"{_W}tc"):
            said = "\n".join(_text(one) for one in cell.iter(f"{_W}p"))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = int(span.get(f"{_W}val", "1")) if span is not None else 1
            joined = cell.find(f"{_W}tcPr/{_W}vMerge")
            hidden = joined is not None and joined.get(f"{_W}val", "continue") != "restart"
            begins, wide = len(told) + (not hidden), min(wide, COLUMNS)
            told += [said.strip("\n"), *[""] * (wide - 1)]
            grid.covered.update((len(grid.rows), at) for at in range(begins, len(told)))
        anchored = [one.get(f"{_W}id", "") for one in row.iter(f"{_W}commentReference")]
        notes = [comments[pk] for pk in anchored if comments.get(pk)]
        if notes:
            grid.notes[len(grid.rows)] = "批注：" + "；".join(notes)
        grid.rows.append(told)
    return grid


def _text(one: Element) -> str:
    """The words of a paragraph as they stand once every tracked change is accepted."""
    if one.tag in _GONE:
        return ""
    if one.tag == f"{_W}t":
        return one.text or ""
    if one.tag in {f"{_W}br", f"{_W}cr"}:
        return "\n"
    if one.tag == f"{_W}tab":
        return "\t"
    return "".join(_text(inner) for inner in one)


def _comments(archive: Archive) -> Iterator[tuple[str, str]]:
    if "word/comments.xml" in archive.names:
        for comment in fromstring(archive.read("word/comments.xml")).iter(f"{_W}comment"):
            yield comment.get(f"{_W}id", ""), "".join(_text(one) for one in comment.iter(f"{_W}p"))


def words_of(archive: Archive, *parts: str) -> str:
    """The words of all parts whose names begin so, tags taken away."""
    named = [name for name in archive.names if name.endswith(".xml") and name.startswith(parts)]
    return "\n".join(unescape(_TAG.sub("", archive.read(name).decode("utf-8", "replace"))) for name in named)
