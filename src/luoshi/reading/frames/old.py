"""xls and et: every sheet as columns of text, days by the calendar the book counts in."""

import io
from collections import defaultdict
from typing import Any

import polars as pl
import xlrd

from luoshi.reading.documents.refusals import broken, encrypted, guarded, refuse
from luoshi.reading.frames.laying import table
from luoshi.reading.frames.limits import KINDS, LARGEST_OLD, SAVE_AS, refuse_extent, refuse_sheets
from luoshi.reading.frames.numbers import day_of
from luoshi.reading.workbooks import number
from luoshi.words.sheets import Sheet

_SILENT = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def old_sheets(content: bytes) -> list[Sheet]:
    """The sheets of an xls or et.

    Raises:
        RefusedError: locked, damaged, no workbook, or too large.
    """
    if _LOCKED in content:
        raise encrypted("电子表格")
    if len(content) > LARGEST_OLD:
        what = f"旧格式的电子表格超过 {LARGEST_OLD >> 20} MB"
        raise refuse(what, f"xls、et 不超过 {LARGEST_OLD >> 20} MB", "请用 WPS 或 Excel 打开，另存为 xlsx，再试一次")
    book = _opened(content)
    refuse_sheets(book.nsheets)
    with guarded("电子表格"):
        told = []
        for place in range(book.nsheets):
            sheet = book.sheet_by_index(place)
            told.append(Sheet(sheet.name, _cells(book, sheet), sheet.visibility != 0))
            book.unload_sheet(place)
        return told


def _opened(content: bytes) -> Any:
    try:
        return xlrd.open_workbook(file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise encrypted("电子表格") from error
        raise refuse("不是电子表格，或已损坏", KINDS, SAVE_AS) from error
    except Exception as error:
        raise broken("电子表格") from error


def _cells(book: Any, sheet: Any) -> pl.DataFrame:
    """Only cells that say something take memory: two of them in far corners are two."""
    from_1904, columns = book.datemode == 1, defaultdict[int, tuple[list[int], list[str]]](lambda: ([], []))
    height = 0
    for at in range(sheet.nrows):
        for place, (kind, value) in enumerate(zip(sheet.row_types(at), sheet.row_values(at), strict=True)):
            if kind in _SILENT:
                continue
            text = _text(kind, value, from_1904=from_1904)
            if text:
                rows, texts = columns[place]
                rows.append(at)
                texts.append(text)
                height = at + 1
    width = max(columns, default=-1) + 1
    refuse_extent(height, width, sheet.name)
    return table(
        {place: (pl.Series(rows), pl.Series(texts)) for place, (rows, texts) in columns.items()}, height, width
    )


def _text(kind: int, value: Any, *, from_1904: bool) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value).replace("\0", "").encode("utf-8", "ignore").decode()
    if kind == xlrd.XL_CELL_NUMBER:
        return str(int(value)) if abs(value) < 1e15 and value == int(value) else number(value, share=False)  # noqa: PLR2004
    if kind == xlrd.XL_CELL_DATE:
        return day_of(repr(value), from_1904=from_1904)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "是" if value else "否"
    return _ERRORS.get(value, "#N/A")
