"""The same workbook with its findings in it: a red border and a comment where one is, and a sheet that lists all."""

import io
from collections import defaultdict
from collections.abc import Iterator

import polars as pl
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.checking.running import Checked
from luoshi.checking.wording import LABELS, Found
from luoshi.checking.workbooks.explaining import HEADINGS, NOTE, mark
from luoshi.checking.workbooks.layout import FINDINGS, heading_row, places
from luoshi.checking.workbooks.taking import Back, address
from luoshi.checking.workbooks.writing import Raw, cell_at, text, written
from luoshi.words.findings import Finding, Severity

_WIDTHS = (30, 44, 44, 30, 12, 34)
_OPEN = PatternFill("solid", fgColor="FFF8DC")
_HEAD, _TEXT = Font("黑体", 11), Font("仿宋_GB2312", 11)


def with_findings(back: Back, checked: Checked) -> bytes:
    """The workbook that came back, as bytes, for whoever has to mend it.

    It is written anew from the declaration, so nothing a sender changed in its form stays. Cells that could not be read
    stand in it as they were typed; held cells as they are held.

    Args:
        back: what came back.
        checked: its rows held against the rules.
    """
    top = heading_row(back.asked)
    here = places(back.asked, [top + 1 + place for place in back.at])
    odd = [address(here, one.row, one) for one in back.taken.odd]
    unread = [(one.row, f"{one.column.name}.filled") for one in odd if not one.read]
    without = pl.DataFrame(unread, orient="row", schema={"row": pl.Int64, "rule": pl.String}) if unread else None
    found = checked.findings(None, here, without=without)
    marks = defaultdict[tuple[int, str], list[str]](list)
    for row, column, finding in (*((one.row, one.column.name, one.finding) for one in odd), *_cells(found)):
        if finding.severity is not Severity.TELLS:
            marks[back.at[row], column].append(f"{finding.rule}\n{finding.what}\n{finding.remedy}")
    told = [(one, "") for one in (*back.told, *back.taken.told, *(one.finding for one in odd))]
    told += [(one.finding, mark(one.key, one.rule.name) if one.asks else "") for one in found]
    book = written(back.asked, _filled(back), {cell: "\n".join(said) for cell, said in marks.items()})
    _listed(book, told, back)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cells(found: list[Found]) -> Iterator[tuple[int, str, Finding]]:
    for one in found:
        for column in one.columns:
            yield one.row, column, one.finding


def _filled(back: Back) -> list[dict[str, object]]:
    """Values by place in the workbook; what could not be read as it was typed."""
    raws = {(one.row, one.column.name): Raw(one.raw) for one in back.taken.odd if not one.read}
    told = [dict[str, object]() for _ in range(max((*back.at, len(back.asked.rows) - 1), default=-1) + 1)]
    for row, (place, values) in enumerate(zip(back.at, back.taken.rows.iter_rows(named=True), strict=True)):
        told[place] = {name: raws.get((row, name), value) for name, value in values.items()}
    return told


def _listed(book: Workbook, told: list[tuple[Finding, str]], back: Back) -> None:
    page = book.create_sheet(FINDINGS, 1)
    count = {one: sum(finding.severity is one for finding, _ in told) for one in Severity}
    head = "、".join(f"{LABELS[one]} {number} 条" for one, number in count.items())
    text(cell_at(page, 1, 2), f"{back.asked.name}　{head}。逻辑校验须改正；经验校验请改正，或在最后一列写填写说明。")
    page.merge_cells(start_row=1, start_column=2, end_row=1, end_column=NOTE + 1)
    for place, (words, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 2):
        cell = cell_at(page, 2, place)
        text(cell, words)
        cell.font = _HEAD
        page.column_dimensions[get_column_letter(place)].width = width
    for row, (finding, said) in enumerate(told, 3):
        _line(page, row, finding, said, back)
    page.column_dimensions["A"].hidden = True
    page.freeze_panes = "B3"
    page.protection.sheet = True
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "2:2"


def _line(page: Worksheet, row: int, finding: Finding, said: str, back: Back) -> None:
    note = next((words for (key, rule), words in back.notes.items() if mark(key, rule) == said), "")
    words = (said, finding.where, finding.what, finding.rule, finding.remedy, LABELS[finding.severity], note)
    for place, one in enumerate(words, 1):
        cell = cell_at(page, row, place)
        text(cell, one)
        cell.font, cell.alignment = _TEXT, Alignment(vertical="top", wrap_text=True)
    if said:
        cell = cell_at(page, row, NOTE + 1)
        cell.fill, cell.protection = _OPEN, Protection(locked=False)
