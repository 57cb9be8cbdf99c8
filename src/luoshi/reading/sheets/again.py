"""A home-made ledger written again: the same columns, widths, merges and looks, only the changed cells say something else."""

import io
from collections.abc import Mapping
from copy import copy
from typing import Any

import openpyxl
import xlrd
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from luoshi.reading.documents.recognition import ZIP
from luoshi.reading.documents.refusals import guarded
from luoshi.reading.sheets.book import old_text, opened_old

_SHEETS = {"A4": 9, "A3": 8}
_ACROSS = {1: "left", 2: "center", 3: "right", 4: "fill", 5: "justify", 6: "centerContinuous", 7: "distributed"}
_UP = {0: "top", 1: "center", 2: "bottom", 3: "justify", 4: "distributed"}
_LINES = (
    None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot", "mediumDashDot",
    "dashDotDot", "mediumDashDotDot", "slantDashDot",
)  # fmt: skip
_SOLID = 1
_TWIPS, _CHARACTER = 20, 256


def written_again(
    content: bytes,
    changes: Mapping[tuple[str, int, int], str],
    *,
    paper: str = "",
    headings: Mapping[str, int] | None = None,
) -> bytes:
    """The workbook as xlsx with some cells changed.

    Args:
        content: the workbook as it came; xls and et come out as xlsx in the same look.
        changes: new words by sheet, row and column, counted from 1.
        paper: A3 or A4, printed across; "" keeps what the sheet says, A3 where it says nothing.
        headings: last row of the headings by sheet, counted from 1: repeated on every page where the sheet sets none.

    Raises:
        RefusedError: no workbook, or damaged.
    """
    with guarded("电子表格"):
        book = openpyxl.load_workbook(io.BytesIO(content)) if content.startswith(ZIP) else _translated(content)
        for (sheet, row, column), words in changes.items():
            cell = _own(book[sheet], row, column)
            cell.value = words
            cell.data_type = "s"
        for page in book.worksheets:
            if paper or not page.page_setup.paperSize:
                page.page_setup.orientation = "landscape"
                page.page_setup.paperSize = _SHEETS[paper or "A3"]
            page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
            last = (headings or {}).get(page.title)
            if last and not page.print_title_rows:
                page.print_title_rows = f"1:{last}"
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()


def _own(page: Any, row: int, column: int) -> Any:
    """A cell that can say something of its own: a merge over it is taken apart, every cell keeping what it said."""
    for block in list(page.merged_cells.ranges):
        first = (block.min_row, block.min_col)
        if (row, column) in {(at[0], at[1]) for at in block.cells} and (row, column) != first:
            top = page.cell(*first)
            page.unmerge_cells(str(block))
            for at in range(block.min_row, block.max_row + 1):
                made = page.cell(at, block.min_col)
                made.value, made._style = top.value, copy(top._style)  # noqa: SLF001 (the look, whole)
    return page.cell(row, column)


def _translated(content: bytes) -> openpyxl.Workbook:
    """An old workbook as a new one."""
    old, new = opened_old(content), openpyxl.Workbook()
    new.remove(new.worksheets[0])
    for sheet in old.sheets():
        page = new.create_sheet(sheet.name)
        page.sheet_state = ("visible", "hidden", "veryHidden")[sheet.visibility]
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                _copied(old, sheet, row, column, page)
        for top, below, left, right in sheet.merged_cells:
            page.merge_cells(start_row=top + 1, end_row=below, start_column=left + 1, end_column=right)
        for at, told in sheet.colinfo_map.items():
            page.column_dimensions[get_column_letter(at + 1)].width = told.width / _CHARACTER
            page.column_dimensions[get_column_letter(at + 1)].hidden = bool(told.hidden)
        for at, told in sheet.rowinfo_map.items():
            if told.has_default_height == 0 and told.height > 0:
                page.row_dimensions[at + 1].height = told.height / _TWIPS
            page.row_dimensions[at + 1].hidden = bool(told.hidden)
    return new


def _copied(old: Any, sheet: Any, row: int, column: int, page: Any) -> None:
    cell = sheet.cell(row, column)
    look = old.xf_list[cell.xf_index]
    made = page.cell(row + 1, column + 1)
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        made.value = cell.value
    else:
        words = old_text(old, cell)
        made.value = words or None
        made.data_type = "s" if words else "n"
    made.number_format = old.format_map[look.format_key].format_str
    font, border, ground = old.font_list[look.font_index], look.border, look.background
    made.font = Font(
        name=font.name,
        size=font.height / _TWIPS,
        bold=bool(font.bold) or font.weight >= 700,  # noqa: PLR2004 (bold)
        italic=bool(font.italic),
        underline="single" if font.underline_type else None,
        color=_colour(old, font.colour_index),
    )
    made.border = Border(
        left=_side(old, border.left_line_style, border.left_colour_index),
        right=_side(old, border.right_line_style, border.right_colour_index),
        top=_side(old, border.top_line_style, border.top_colour_index),
        bottom=_side(old, border.bottom_line_style, border.bottom_colour_index),
    )
    if ground.fill_pattern == _SOLID:
        made.fill = PatternFill("solid", fgColor=_colour(old, ground.pattern_colour_index) or "FFFFFF")
    align = look.alignment
    made.alignment = Alignment(
        _ACROSS.get(align.hor_align), _UP.get(align.vert_align), align.rotation if align.rotation <= 180 else 0,  # noqa: PLR2004
        bool(align.text_wrapped), bool(align.shrink_to_fit), align.indent_level,
    )  # fmt: skip


def _side(old: Any, style: int, tint: int) -> Side:
    line: Any = _LINES[style] if style < len(_LINES) else "thin"
    return Side(line, _colour(old, tint)) if line else Side()


def _colour(old: Any, index: int) -> str | None:
    told = old.colour_map.get(index)
    return "{:02X}{:02X}{:02X}".format(*told) if told else None
