"""A workbook that goes out: what is held stands there grey and locked, what is missing is open, with its drop-downs and bounds."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.checking.workbooks.asked import Asked, Held
from luoshi.checking.workbooks.layout import FIRST_COLUMN, heading, heading_row, shown
from luoshi.checking.workbooks.stamps import NAME, stamp
from luoshi.words.returns import Amount, Choice, Code, Count, Day, Flag, ReturnColumn

_LINE, _RED = Side("thin", "000000"), Side("medium", "C00000")
_BOX, _BAD = Border(_LINE, _LINE, _LINE, _LINE), Border(_RED, _RED, _RED, _RED)
_OPEN = PatternFill("solid", fgColor="FFF8DC")
_GREY = PatternFill("solid", fgColor="E3E3E3")
_TITLE, _HEAD, _TEXT = Font("黑体", 16), Font("黑体", 11), Font("仿宋_GB2312", 11)
_LEGEND = "灰色格系统已有，不用填；浅黄色格请填写。数只写数字，不写单位；下拉的请选。"
_LISTS, _INLINE = "选项", 200
_LONGEST, _MOST = 200, 9_999_999_999
_LENGTH = re.compile(r"(\d+)(?:至(\d+))?[位个]")
_WHO = "落实"
_WIDEST, _MEASURED = 34.0, 50
_BAD_LETTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_LETTERS = re.compile(r"[\[\]:*?/\\']")
Row = Mapping[str, object]
"""Kept values by column; a `Raw` is what somebody typed and could not be read."""
_Kind = Literal["whole", "decimal", "list", "date", "textLength"]


class Raw(str):
    """What somebody typed that could not be read: shown again as it was."""

    __slots__ = ()


def as_workbook(asked: Asked, filled: Sequence[Row] = (), marks: Mapping[tuple[int, str], str] | None = None) -> bytes:
    """The workbook as bytes.

    Nothing is locked with a password: the lock keeps a hand from slipping, and what is changed all the same is told.

    Args:
        asked: what it asks.
        filled: values of the open cells, a row for each asked row in order, then rows that were added.
        marks: what is to be said of a cell (row from 0, column name): such a cell has a red border and this comment.
    """
    book = written(asked, filled, marks or {})
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def written(asked: Asked, filled: Sequence[Row], marks: Mapping[tuple[int, str], str]) -> Workbook:
    """The same, not yet bytes."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = _SHEET_LETTERS.sub(" ", asked.of.label)[:31]
    top = _headings(page, asked)
    count = max(len(asked.rows) + asked.spare, len(filled))
    for at in range(count):
        _row(page, top + 1 + at, asked, at, filled[at] if at < len(filled) else {}, marks)
    _validations(book, page, asked, top + 1, top + max(count, 1))
    _hidden(book, asked)
    _look(page, asked, top)
    book.security.lockStructure = True
    return book


def text(cell: Cell, words: object) -> None:
    """Text, whatever it begins with: = + - @ start no formula."""
    cell.value = _BAD_LETTERS.sub("", str(words))
    cell.data_type = "s"
    cell.number_format = "@"


def cell_at(page: Worksheet, row: int, column: int) -> Cell:
    """The cell of a row and a column, never one that is merged away."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 -- no merged cell is asked for
    return cell


def _headings(page: Worksheet, asked: Asked) -> int:
    width = FIRST_COLUMN + len(asked.columns) - 1
    unit = f"填报单位：{asked.name}（{asked.unit}）　期次：{asked.period}　需填 {asked.open} 格，已代填 {asked.answered} 格"
    for at, (words, font) in enumerate(
        [(asked.of.label, _TITLE), *((note, _TEXT) for note in asked.notes), (f"{unit}　{_LEGEND}", _TEXT)], 1
    ):
        cell = cell_at(page, at, FIRST_COLUMN)
        text(cell, words)
        cell.font, cell.alignment = font, Alignment(vertical="center", wrap_text=True)
        page.row_dimensions[at].height = 26 if font is _TITLE else 32
        page.merge_cells(start_row=at, start_column=FIRST_COLUMN, end_row=at, end_column=max(width, FIRST_COLUMN + 3))
    top = heading_row(asked)
    for at, column in enumerate(asked.columns.values(), FIRST_COLUMN):
        cell = cell_at(page, top, at)
        text(cell, heading(column) + ("*" if column.needed else ""))
        cell.font, cell.border = _HEAD, _BOX
        cell.alignment = Alignment("center", "center", wrap_text=True)
        cell.comment = _comment(_meaning(column))
        page.column_dimensions[get_column_letter(at)].width = _width(asked, column)
    page.row_dimensions[top].height = 48
    return top


def _width(asked: Asked, column: ReturnColumn) -> float:
    """Wide enough for the heading and for most of what is held, in letters of half a Chinese one."""
    said = (str(shown(column, row[column.name]) or "") for row in asked.rows[:_MEASURED])
    longest = max((len(words.encode("gbk", "replace")) for words in said), default=0)
    return min(_WIDEST, max(11, len(heading(column)) * 1.6 + 2, longest + 2))


def _meaning(column: ReturnColumn) -> str:
    """What a heading's comment says: what it is, its unit, its form, its standard."""
    told = [column.meaning or column.label, f"填{column.called}" + (f"，单位{column.unit}" if column.unit else "")]
    if isinstance(column, Code) and column.form:
        told.append(column.form)
    if column.at_most is not None:
        told.append(f"{column.at_least}至{column.at_most}")
    told.append("必填" if column.needed else "没有则不填")
    if column.standard:
        told.append(f"标准：{column.standard}")
    return "；".join(told)


def _comment(words: str) -> Comment:
    made = Comment(_BAD_LETTERS.sub("", words), _WHO)
    made.width, made.height = 320, 40 + 18 * (1 + len(words) // 22)
    return made


def _row(page: Worksheet, line: int, asked: Asked, at: int, filled: Row, marks: Mapping[tuple[int, str], str]) -> None:
    sent = asked.rows[at].held if at < len(asked.rows) else {}
    if at < len(asked.rows):
        text(cell_at(page, line, 1), at + 1)
    page.row_dimensions[line].height = 30
    for place, (name, column) in enumerate(asked.columns.items(), FIRST_COLUMN):
        cell = cell_at(page, line, place)
        held = sent.get(name)
        _value(cell, column, filled.get(name) if held is None else held.value)
        cell.font, cell.border = _TEXT, _BOX
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.fill = _OPEN if held is None else _GREY
        cell.protection = Protection(locked=held is not None)
        _say(cell, held, marks.get((at, name), ""))


def _say(cell: Cell, held: Held | None, mark: str) -> None:
    if mark:
        cell.border = _BAD
    said = "\n".join(filter(None, (mark, held.said if held else "")))
    if said:
        cell.comment = _comment(said)


def _value(cell: Cell, column: ReturnColumn, value: object) -> None:
    told = value if isinstance(value, Raw) else shown(column, value)
    cell.number_format = "yyyy-mm-dd" if isinstance(column, Day) else "General" if column.unit else "@"
    if isinstance(told, str):
        shape = cell.number_format
        text(cell, told)
        cell.number_format = shape
    elif told is not None:
        cell.value = told  # type: ignore[assignment]  # a number or a day


def _validations(book: Workbook, page: Worksheet, asked: Asked, first: int, last: int) -> None:
    for place, column in enumerate(asked.columns.values(), FIRST_COLUMN):
        rule = _validation(book, column)
        letter = get_column_letter(place)
        rule.add(f"{letter}{first}:{letter}{last}")
        page.add_data_validation(rule)


def _validation(book: Workbook, column: ReturnColumn) -> DataValidation:
    """What a spreadsheet itself can hold a cell against while it is typed."""
    if isinstance(column, Choice | Flag):
        words = list(column.choices.values()) if isinstance(column, Choice) else ["是", "否"]
        return _rule("list", _listed(book, words), None, "请从下拉列表中选")
    if isinstance(column, Count | Amount):
        least, most = column.at_least, column.at_most
        low, high = (-_MOST if least is None else least), (_MOST if most is None else most)
        whole = isinstance(column, Count)
        said = f"请填{'整数' if whole else '数'}，{low}至{high}，只写数字"
        return _rule("whole" if whole else "decimal", str(low), str(high), said)
    if isinstance(column, Day):
        return _rule("date", "1", "73050", "请填日期，如2020-09-01")
    found = _LENGTH.match(column.form) if isinstance(column, Code) else None
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, _LONGEST)
    return _rule("textLength", str(low), str(high), f"请填{low}至{high}个字" if low else f"不超过{high}个字")


def _rule(kind: _Kind, low: str, high: str | None, said: str) -> DataValidation:
    rule = DataValidation(kind, formula1=low, formula2=high, allow_blank=True, showErrorMessage=True)
    if high is not None:
        rule.operator = "between"
    rule.errorTitle, rule.error = "这一格填得不对", said
    rule.promptTitle, rule.prompt, rule.showInputMessage = "填法", said, True
    return rule


def _listed(book: Workbook, words: Sequence[str]) -> str:
    """A drop-down older programs keep: few words inside the rule, many on a hidden sheet."""
    if len(",".join(words)) <= _INLINE and not any("," in word or '"' in word for word in words):
        return f'"{",".join(words)}"'
    fresh = _LISTS not in book.sheetnames
    page = book.create_sheet(_LISTS) if fresh else book[_LISTS]
    page.sheet_state = "hidden"
    at = 1 if fresh else page.max_column + 1
    for row, word in enumerate(words, 1):
        text(cell_at(page, row, at), word)
    letter = get_column_letter(at)
    return f"{quote_sheetname(_LISTS)}!${letter}$1:${letter}${len(words)}"


def _hidden(book: Workbook, asked: Asked) -> None:
    page = book.create_sheet(NAME)
    page.sheet_state = "hidden"
    page.protection.sheet = True
    for row, (label, value) in enumerate(stamp(asked).rows, 1):
        text(cell_at(page, row, 1), label)
        text(cell_at(page, row, 2), value)


def _look(page: Worksheet, asked: Asked, top: int) -> None:
    """Locked but for formats and sorting; frozen under the headings; on A4 across, one page wide."""
    page.column_dimensions["A"].hidden = True
    keys = max((place for place, name in enumerate(asked.columns, FIRST_COLUMN) if name in asked.of.keys), default=1)
    page.freeze_panes = f"{get_column_letter(min(keys, FIRST_COLUMN + 2) + 1)}{top + 1}"
    page.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)  # what is False here is not locked
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{top}:{top}"
    if page.HeaderFooter.oddFooter is not None:
        page.HeaderFooter.oddFooter.center.text = f"{asked.name}　第 &P 页 共 &N 页"
