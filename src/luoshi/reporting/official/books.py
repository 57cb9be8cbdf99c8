"""The attachments of an official text as a workbook: the same rows from the same data as the Word file, a sheet each."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.reporting.official.document import Attachment, Grid, GridRow, OfficialDocument, words_of
from luoshi.reporting.official.sizes import BLACK, IMITATION, SONG_TITLE, breadth
from luoshi.reporting.papers import MADE_UP, printable

_LINE = Side("thin", "000000")
_BOX = Border(_LINE, _LINE, _LINE, _LINE)
_BAND = PatternFill("solid", fgColor="EDEDED")
_TITLE, _HEAD, _TEXT = Font(SONG_TITLE, 20), Font(BLACK, 11), Font(IMITATION, 11)
_NARROW, _WIDE = 5, 26
_POINTS = 15.5
_MOST = 400.0
_SHEET = 31
"""Characters the name of a sheet may have."""


def as_workbook(document: OfficialDocument) -> bytes:
    """A sheet for each attachment, ready to print; every cell is text exactly as the Word file prints it."""
    book = Workbook()
    first = book.worksheets[0]
    for at, attachment in enumerate(document.attachments):
        page = first if not at else book.create_sheet()
        page.title = _name(f"附件{at + 1} {attachment.title}")
        _sheet(page, attachment, document)
    book.properties.title = document.title.replace("\n", "")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _name(words: str) -> str:
    return "".join("　" if letter in "[]:*?/\\'" else letter for letter in printable(words).replace("\n", ""))[:_SHEET]


def _sheet(page: Worksheet, attachment: Attachment, document: OfficialDocument) -> None:
    grids = [part for part in attachment.parts if isinstance(part, Grid)]
    width = max([len(grid.columns) for grid in grids] or [1])
    at = _across(page, 1, width, attachment.title.replace("\n", ""), _TITLE, "center", 38)
    if document.made_up:
        at = _across(page, at, width, MADE_UP, _HEAD, "center", 20)
    for part in attachment.parts:
        if not isinstance(part, Grid):
            at = _across(page, at, width, words_of(part.text), _TEXT, "left", 20)
            continue
        if not page.print_title_rows:
            page.print_title_rows, page.freeze_panes = f"{at}:{at}", f"A{at + 1}"
        at = _grid(page, part, at)
        if part.note:
            at = _across(page, at, width, part.note, _TEXT, "left", 34)
    _printing(page, across=attachment.across)


def _across(page: Worksheet, at: int, width: int, words: str, font: Font, side: str, height: int) -> int:
    _written(page, at, 1, words, font, side)
    if width > 1:
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
    page.row_dimensions[at].height = height
    return at + 1


def _grid(page: Worksheet, grid: Grid, at: int) -> int:
    widths = [_width(grid, column) for column in range(len(grid.columns))]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width * 2 + 2
    for column, told in enumerate(grid.columns, 1):
        _written(page, at, column, told.label, _HEAD, "center", boxed=True)
    page.row_dimensions[at].height = 30
    for row in grid.rows:
        at += 1
        if row.band:
            _band(page, at, row, len(widths))
            continue
        for column, (told, cell) in enumerate(zip(grid.columns, row.cells, strict=True), 1):
            _written(page, at, column, words_of(cell), _TEXT, told.side, boxed=True)
        lines = max(_lines(words_of(cell), width) for cell, width in zip(row.cells, widths, strict=True))
        page.row_dimensions[at].height = min(_MOST, 6 + lines * _POINTS)
    return at + 1


def _band(page: Worksheet, at: int, row: GridRow, width: int) -> None:
    for column in range(1, width + 1):
        page.cell(at, column).border, page.cell(at, column).fill = _BOX, _BAND
    _across(page, at, width, words_of(row.cells[0]), _HEAD, "left", 22)


def _width(grid: Grid, at: int) -> int:
    cells = [breadth(words_of(row.cells[at])) for row in grid.rows if not row.band]
    return int(min(max([*cells, breadth(grid.columns[at].label), grid.columns[at].width, _NARROW]), _WIDE)) + 1


def _lines(words: str, width: int) -> int:
    return sum(1 + int(breadth(line) / width) for line in words.split("\n"))


def _written(page: Worksheet, row: int, column: int, words: str, font: Font, side: str, *, boxed: bool = False) -> None:
    """Text, whatever it begins with: = + - @ start no formula, and a number stays as it was printed."""
    cell = page.cell(row, column)
    cell.value = printable(words)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font, cell.alignment = font, Alignment(side, "center", wrap_text=True)
    if boxed:
        cell.border = _BOX


def _printing(page: Worksheet, *, across: bool) -> None:
    page.page_setup.orientation = "landscape" if across else "portrait"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))
    for side in ("left", "right", "top", "bottom"):
        setattr(page.page_margins, side, 0.6)
