"""Tables of numbers as a workbook others reckon on: numbers are numbers, words are words, nothing is locked."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from luoshi.reporting.papers import printable

_HEAD, _TEXT = Font("黑体", 11), Font("仿宋_GB2312", 11)
_WIDE = 16
"""Width of a column, in letters."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    notice: str
    """What stands above the table, as 演示数据（虚构）; empty for none."""
    rows: Sequence[Sequence[object]]
    """The headings first."""
    heads: int = 1
    """How many of the rows are headings."""


def as_plain_workbook(sheets: Iterable[Sheet], foot: str = "") -> bytes:
    """The workbook: whole numbers and decimals as numbers, empty cells where nothing is known, everything else as text.

    Args:
        sheets: in their order.
        foot: what stands at the foot of every printed page, and in the file's properties.
    """
    book = Workbook(write_only=True)
    book.properties.description = foot
    for one in sheets:
        page = book.create_sheet(one.name)
        page.oddFooter.left.text = foot
        _filled(page, one)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _filled(page: Any, sheet: Sheet) -> None:
    width = max((len(row) for row in sheet.rows), default=0)
    above = 1 if sheet.notice else 0
    page.freeze_panes = f"B{above + sheet.heads + 1}"
    for at in range(width):
        page.column_dimensions[get_column_letter(at + 1)].width = _WIDE
    if sheet.notice:
        page.append([_cell(page, sheet.notice, head=True)])
    for at, row in enumerate(sheet.rows):
        page.append([_cell(page, one, head=at < sheet.heads) for one in row])


def _cell(page: Any, value: object, *, head: bool) -> Cell | None:
    if value is None:
        return None
    cell = WriteOnlyCell(page)
    if isinstance(value, int | Decimal):
        cell.value = value
    else:
        cell.value = printable(str(value))
        cell.data_type = "s"  # = + - @ start no formula
    cell.font = _HEAD if head else _TEXT
    if head:
        cell.alignment = Alignment("center", "center", wrap_text=True)
    return cell


_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a zip calls the beginning of time."""


def steady(book: bytes) -> bytes:
    """The same workbook without the moment it was written at: the same tables make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return out.getvalue()
