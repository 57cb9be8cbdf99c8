"""A paper as a workbook: locked but for what may be filled, every cell text, ready for A3 or A4 across."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.reporting.papers import CODE, MADE_UP, Paper, PaperRow, printable
from luoshi.words.columns import Column

_LINE = Side("thin", "000000")
_BOX = Border(_LINE, _LINE, _LINE, _LINE)
_OPEN = PatternFill("solid", fgColor="FFF8DC")
"""Ground of a cell that may be filled; printed in black and white it stays as light as paper."""
_BAND = PatternFill("solid", fgColor="E8E8E8")
_TITLE, _HEAD = Font("方正小标宋简体", 20), Font("黑体", 11)
_TEXT, _SMALL = Font("仿宋_GB2312", 11), Font("仿宋_GB2312", 10)
_LISTS = "选项"
_INLINE = 200
"""Characters of a drop-down's words that older programs still take inside the rule itself."""
_NARROW = 6
"""No column is narrower than a day, in Chinese characters."""
_SHEETS = {"A4": 9, "A3": 8}
_POINTS = 15.0
"""Height of a line, in points."""
_MOST = 400.0
"""A row's height ends at 409 points."""


def as_workbook(paper: Paper, sheet: str = "A3", *, name: str = "台账") -> bytes:
    """The workbook of a paper.

    Column A is hidden and holds the code and each row's number; the same code stands below the table. Nothing is locked
    with a password: the lock only keeps a hand from slipping.

    Args:
        paper: what goes on it.
        sheet: A3 or A4, across.
        name: of the sheet.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = name
    book.properties.identifier = paper.code
    width = len(paper.columns) + 1
    top = _headings(page, paper, width)
    last = _body(page, paper, top, width)
    _choices(book, page, paper, top + 1, last)
    _written(_cell(page, last + 2, 2), f"{CODE} {paper.code}　请保留本行和第一列，返回时据此对照", _SMALL)
    page.merge_cells(start_row=last + 2, start_column=2, end_row=last + 2, end_column=width)
    for at, column in enumerate(paper.columns, 2):
        page.column_dimensions[get_column_letter(at)].width = max(column.width, _NARROW) * 2 + 1
    page.column_dimensions["A"].hidden = True
    page.freeze_panes = f"D{top + 1}"
    page.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)  # what is False here is not locked
    _printing(page, sheet, top)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _written(cell: Cell, words: str, font: Font) -> None:
    """Text, whatever it begins with: = + - @ start no formula."""
    cell.value = printable(words)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _headings(page: Worksheet, paper: Paper, width: int) -> int:
    """Title, what is to be said of all of it, column headings; the row of these."""
    top = 1
    lines = [(paper.title, _TITLE, 38), (MADE_UP if paper.made_up else "", _HEAD, 20), (paper.subtitle, _SMALL, 18)]
    for words, font, height in [line for line in lines if line[0]]:
        cell = _cell(page, top, 2)
        _written(cell, words, font)
        page.merge_cells(start_row=top, start_column=2, end_row=top, end_column=width)
        cell.alignment = Alignment("center", "center", wrap_text=True)
        page.row_dimensions[top].height = max(height, _POINTS * _lines(words, paper.columns) + 3)
        top += 1
    _written(_cell(page, top, 1), paper.code, _SMALL)
    for at, column in enumerate(paper.columns, 2):
        cell = _cell(page, top, at)
        _written(cell, column.label, _HEAD)
        cell.alignment, cell.border = Alignment("center", "center", wrap_text=True), _BOX
    page.row_dimensions[top].height = 32
    return top


def _lines(words: str, columns: Sequence[Column]) -> int:
    """How many lines words take across the whole table."""
    room = max(1, sum(max(column.width, _NARROW) for column in columns))
    return sum(1 + len(line) // room for line in words.split("\n"))


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        message = "only the first cell of a merge is written"
        raise TypeError(message)
    return cell


def _body(page: Worksheet, paper: Paper, top: int, width: int) -> int:
    """Bands and rows; the last row's number."""
    at, group = top, ""
    for row in paper.rows:
        if row.group and row.group != group:
            at, group = at + 1, row.group
            cell = _cell(page, at, 2)
            _written(cell, group, _HEAD)
            for column in range(2, width + 1):
                page.cell(at, column).border, page.cell(at, column).fill = _BOX, _BAND
            page.merge_cells(start_row=at, start_column=2, end_row=at, end_column=width)
            page.row_dimensions[at].height = 20
        at += 1
        _row(page, at, row, paper.columns)
    return at


def _row(page: Worksheet, at: int, row: PaperRow, columns: Sequence[Column]) -> None:
    _written(_cell(page, at, 1), row.key, _SMALL)
    lines = 1
    for place, column in enumerate(columns, 2):
        cell, words = _cell(page, at, place), row.cells.get(column.key, "")
        _written(cell, words, _TEXT)
        cell.border = _BOX
        if column.key in row.editable:
            cell.fill, cell.protection = _OPEN, Protection(locked=False)
        lines = max(lines, sum(1 + len(line) // max(column.width, 1) for line in words.split("\n")))
    page.row_dimensions[at].height = min(_MOST, 4 + lines * _POINTS)


def _choices(book: Workbook, page: Worksheet, paper: Paper, first: int, last: int) -> None:
    """Drop-downs that older programs keep: few words inside the rule, many on a hidden sheet."""
    lists: Worksheet | None = None
    for place, column in enumerate(paper.columns, 2):
        words = [printable(word) for word in paper.choices.get(column.key, ())]
        if not words or not any(column.key in row.editable for row in paper.rows):
            continue
        if len(",".join(words)) <= _INLINE and not any("," in word or '"' in word for word in words):
            formula = f'"{",".join(words)}"'
        else:
            lists = lists or book.create_sheet(_LISTS)
            letter = get_column_letter(lists.max_column + (1 if lists["A1"].value else 0))
            for row, word in enumerate(words, 1):
                lists[f"{letter}{row}"] = word
            formula = f"{quote_sheetname(_LISTS)}!${letter}$1:${letter}${len(words)}"
        rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
        page.add_data_validation(rule)
        at = get_column_letter(place)
        rule.add(f"{at}{first}:{at}{last}")
    if lists is not None:
        lists.sheet_state = "hidden"


def _printing(page: Worksheet, sheet: str, top: int) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _SHEETS[sheet]
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{top}:{top}"
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, 0.5)
