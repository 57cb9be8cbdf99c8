"""A workbook as it is seen: xlsx, xls and et by content, cells as they are shown, merges, what is hidden."""

import io
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, NamedTuple

import openpyxl
import xlrd

from luoshi.reading.documents import LARGEST, refuse_marked
from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.old_word import starred
from luoshi.reading.documents.recognition import OLE, ZIP
from luoshi.reading.documents.refusals import FILE, encrypted, guarded, refuse
from luoshi.reading.workbooks import COLUMNS, ROWS, number, sheets
from luoshi.words.errors import RefusedError

_KINDS = "可读 xlsx、xls、et"
_SAVE_AS = "请用 WPS 或 Excel 打开，另存为 xlsx，再读一次"


class Merge(NamedTuple):
    """A merged block, counted from 0, its last row and column inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    hidden: bool
    rows: list[list[str]]
    """Cells as they are shown; of a merged block only the first is filled."""
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """Counted from 0."""
    hidden_columns: frozenset[int] = frozenset()

    def filled(self) -> list[list[str]]:
        """The rows with every merged block filled with what stands in it."""
        told = [list(row) for row in self.rows]
        for merge in self.merges:
            words = self.at(merge.top, merge.left)
            for row in range(merge.top, min(merge.bottom + 1, len(told))):
                told[row] += [""] * (merge.right + 1 - len(told[row]))
                told[row][merge.left : merge.right + 1] = [words] * (merge.right + 1 - merge.left)
        return told

    def down(self) -> list[list[str]]:
        """The rows with what is merged filled downwards only: a task merged across two columns stands in the first."""
        told = [list(row) for row in self.rows]
        for merge in self.merges:
            words = self.at(merge.top, merge.left)
            for row in range(merge.top + 1, min(merge.bottom + 1, len(told))):
                told[row] += [""] * (merge.left + 1 - len(told[row]))
                told[row][merge.left] = words
        return told

    def at(self, row: int, column: int) -> str:
        """One cell; "" outside."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook."""

    form: str
    """xlsx or xls, by content."""
    sheets: tuple[Sheet, ...]


def open_book(content: bytes, name: str = "") -> Book:
    """The sheets of a workbook, whatever its suffix says.

    Raises:
        RefusedError: empty, no workbook, damaged, locked, too large, or marked secret.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    try:
        book = _opened(content)
    except RefusedError as refusal:
        told = (replace(one, where=name) if name and one.where == FILE else one for one in refusal.findings)
        raise RefusedError(*told) from refusal.__cause__
    refuse_marked("\n".join(cell for row in sheet.rows for cell in row if cell) for sheet in book.sheets)
    return book


def _opened(content: bytes) -> Book:
    if len(content) > LARGEST:
        raise refuse(f"文件有 {len(content) >> 20} MB", f"不超过 {LARGEST >> 20} MB", "请删去图片和多余的表后另存")
    if content.startswith(ZIP):
        return Book("xlsx", _new(content))
    if content.startswith(OLE):
        refuse_marked([starred(content)])
        return Book("xls", tuple(_old(content)))
    what = "文件是空的（0 字节）" if not content else "不是电子表格"
    raise refuse(what, _KINDS, _SAVE_AS)


def _new(content: bytes) -> tuple[Sheet, ...]:
    archive = Archive(content)
    archive.check()
    texts = dict(sheets(content))
    with guarded("电子表格"):
        shown = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        return tuple(
            Sheet(
                one.title,
                one.sheet_state != "visible",
                texts[one.title],
                tuple(
                    Merge(block.min_row - 1, block.min_col - 1, block.max_row - 1, block.max_col - 1)
                    for block in one.merged_cells.ranges
                ),
                frozenset(row - 1 for row, told in one.row_dimensions.items() if told.hidden),
                frozenset(_hidden_columns(one)),
            )
            for one in shown
        )


def _hidden_columns(sheet: Any) -> list[int]:
    return [
        at - 1
        for told in sheet.column_dimensions.values()
        if told.hidden
        for at in range(told.min or 1, min(told.max or 1, COLUMNS) + 1)
    ]


def opened_old(content: bytes) -> Any:
    """An xls or et with its formats.

    Raises:
        RefusedError: locked, damaged, or no workbook.
    """
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise encrypted("电子表格") from error
        raise refuse("不是电子表格，或已损坏", _KINDS, _SAVE_AS) from error
    except Exception as error:
        raise refuse("电子表格已损坏或不完整", "须能完整打开", _SAVE_AS) from error


def _old(content: bytes) -> list[Sheet]:
    book = opened_old(content)
    with guarded("电子表格"):
        return [_old_sheet(book, sheet) for sheet in book.sheets()]


def _old_sheet(book: Any, sheet: Any) -> Sheet:
    if sheet.nrows > ROWS or sheet.ncols > COLUMNS:
        raise refuse(f"有 {sheet.nrows} 行、{sheet.ncols} 列", f"不超过 {ROWS} 行、{COLUMNS} 列", "请删去空行、空列")
    return Sheet(
        sheet.name,
        sheet.visibility != 0,
        [[old_text(book, cell) for cell in sheet.row(at)] for at in range(sheet.nrows)],
        tuple(Merge(top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells),
        frozenset(at for at, told in sheet.rowinfo_map.items() if told.hidden),
        frozenset(at for at, told in sheet.colinfo_map.items() if told.hidden),
    )


def old_text(book: Any, cell: Any) -> str:
    """A cell of an old workbook as it is shown."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return str(xlrd.xldate_as_datetime(cell.value, book.datemode).date().isoformat())
        except (ValueError, OverflowError, xlrd.XLDateError):
            return number(float(cell.value), share=False)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        shape = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return number(float(cell.value), share="%" in shape)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if cell.value else "否"
    return "" if cell.ctype in {xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} else str(cell.value)
