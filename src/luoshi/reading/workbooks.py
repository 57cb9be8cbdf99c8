"""The first sheet of an xlsx as plain text, cell by cell: what a city's tables need of a workbook, and no more."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.refusals import guarded, refuse

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROWS, COLUMNS = 20_000, 200
"""How far a city's table may reach."""
_BOOK = "xl/workbook.xml"
_SHEETS = "xl/worksheets/"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
"""How a formula begins in the XML of a sheet."""
_SIGNIFICANT = 15
"""Digits a spreadsheet keeps of a number; what comes after is the machine's own."""


def first_sheet(content: bytes) -> list[list[str]]:
    """The cells of the first sheet, row by row from row 1, each as the text a person would type for it.

    Days come as 2021-12-31, numbers without a machine's tail (0.1, not 0.1000000000000000055), shares with their % as shown.

    Raises:
        RefusedError: when it is no xlsx, damaged, locked, too large, or a formula has lost its value.
    """
    shown, written = _opened(content)
    return _cells(shown.worksheets[0], written.worksheets[0])


def sheets(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Every sheet of an xlsx by name, hidden ones too, as `first_sheet` gives the first.

    Raises:
        RefusedError: as `first_sheet`.
    """
    shown, written = _opened(content)
    return [(one.title, _cells(one, other)) for one, other in zip(shown.worksheets, written.worksheets, strict=True)]


def _opened(content: bytes) -> "tuple[Workbook, Workbook]":
    """The workbook as it shows its values, and as it was written."""
    import openpyxl  # noqa: PLC0415 -- a third of all that a command loads, and most tables are CSV

    archive = Archive(content)
    if _BOOK not in archive.names:
        raise refuse("不是 xlsx 电子表格", "须为 xlsx", "请用 WPS 或 Excel 打开，另存为 xlsx，再读一次")
    archive.check()
    with guarded("电子表格"):
        shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        if not shown.worksheets:
            raise refuse("没有工作表", "须有一张工作表", "请用 WPS 或 Excel 打开看看，另存后再读一次")
        sheets = (name for name in archive.names if name.startswith(_SHEETS))
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return shown, shown  # nothing is calculated: what it shows is what was written, and half the time is saved
        return shown, openpyxl.load_workbook(io.BytesIO(content))


def _cells(shown: "Worksheet", written: "Worksheet") -> list[list[str]]:
    with guarded("电子表格"):
        if shown.max_row > ROWS or shown.max_column > COLUMNS:
            size = f"工作表“{shown.title}”有 {shown.max_row} 行、{shown.max_column} 列"
            raise refuse(size, f"不超过 {ROWS} 行、{COLUMNS} 列", "请删去表格以外的空行、空列，另存后再读一次")
        return [list(_row(*pair)) for pair in zip_longest(shown.iter_rows(), written.iter_rows(), fillvalue=())]


def _row(shown: tuple[object, ...], written: tuple[object, ...]) -> Iterator[str]:
    for value, formula in zip(shown, written, strict=True):
        lost = getattr(value, "value", None) is None and getattr(formula, "data_type", "") == "f"
        if lost:
            place = getattr(formula, "coordinate", "")
            raise refuse(
                f"{place} 是公式，没有算出的值", "公式须带有结果", "请用 WPS 或 Excel 打开并保存一次，或改成数值"
            )
        yield _text(getattr(value, "value", None), str(getattr(value, "number_format", "")))


def _text(value: object, shape: str) -> str:
    """A cell's value as typed; `shape` is its number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return number(value, share="%" in shape)
    return str(value)


def number(value: float, *, share: bool) -> str:
    """A cell's number as a person would type it, 3 and not 3.0; as a share it is shown in percent."""
    exact = Decimal(f"{value:.{_SIGNIFICANT}g}")
    plain = f"{exact * 100 if share else exact:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain + ("%" if share else "")
