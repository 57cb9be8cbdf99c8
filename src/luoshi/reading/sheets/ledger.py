"""The rows of a home-made ledger, each with what stands above it; every row of the sheet is accounted for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from luoshi.reading.sheets.book import Sheet, open_book
from luoshi.reading.sheets.headers import Table, by_contents, find_table, level, next_table
from luoshi.words.columns import Column
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

_SUM = re.compile(r"(?:本页|本科室|本单位|以上|全局|全市)?(?:小计|合计|总计|共计|累计)(?:[:：（(].*)?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填表人|填报人|制表人?|审核人?|负责人签字|分管领导签字|填报单位|填报日期|单位[（(]盖章[)）])\s*[:：]"
)
_BAND = re.compile(
    r"(?:[一二三四五六七八九十]+\s*[、．.]|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+(?:部分|类|项))"
)
_SAID = 40


class Take(StrEnum):
    """What a line of a sheet is."""

    TITLE = "title"
    """Above the headings."""
    HEADER = "header"
    """Headings, also repeated on a later page."""
    SUBTOTAL = "subtotal"
    """小计, 合计."""
    BAND = "band"
    """A heading across the table: the group of the rows below."""
    BLANK = "blank"
    """Nothing in it."""
    NOTE = "note"
    """注, 填表人 and the like."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One task."""

    sheet: str
    row: int
    """Counted from 1, as a spreadsheet shows it."""
    cells: Mapping[str, str]
    """By the ledger's column; verbatim."""
    extra: Mapping[str, str]
    """By heading, of columns the ledger has no place for; verbatim."""
    group: str
    """The band it stands under."""
    places: Mapping[str, int]
    """Where each of its columns stands, counted from 1."""


@dataclass(frozen=True, slots=True)
class Left:
    """A line that is no task, and what it is."""

    sheet: str
    row: int
    take: Take
    words: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """A home-made ledger."""

    form: str
    """xlsx or xls."""
    tables: Mapping[str, Table]
    """By sheet."""
    rows: tuple[LedgerRow, ...]
    left: tuple[Left, ...]
    doubts: tuple[Finding, ...]


def read_ledger(
    content: bytes,
    name: str,
    columns: Sequence[Column],
    *,
    offices: Sequence[str] = (),
    units: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
) -> Ledger:
    """Every task of a workbook.

    Merged cells are filled down; a blank cell that is not merged stays blank. Nothing is left out in silence: each line
    of a sheet is a task or is told in `left`; hidden sheets, rows and columns, columns without a place and columns
    known by their contents only are doubts.

    Args:
        content: the file.
        name: as the person knows it.
        columns: the ledger's columns.
        offices: names of the bureau's sections.
        units: names of its divisions.
        mapping: column keys by heading, as a person set them; "" keeps a column as it is.

    Raises:
        RefusedError: no workbook, damaged, locked, too large, marked secret, or no table of tasks in any shown sheet.
    """
    book, tables = open_book(content, name), dict[str, Table]()
    rows, left, doubts = list[LedgerRow](), list[Left](), list[Finding]()
    for sheet in book.sheets:
        if not any(any(cell.strip() for cell in row) for row in sheet.rows):
            continue
        table = None if sheet.hidden else find_table(sheet, columns)
        if table is None:
            doubts.append(_unread(sheet))
            continue
        for begin, until, found in _sections(sheet, table, columns):
            body = sheet.down()[found.bottom + 1 : until]
            here = _mapped(by_contents(found, body, columns, set(offices), set(units)), mapping)
            tables[sheet.name if begin == 0 else f"{sheet.name} 第{begin + 1}行起"] = here
            doubts += _doubted(sheet, here)
            for told in _lines(sheet, here, begin, until):
                (rows if isinstance(told, LedgerRow) else left).append(told)  # type: ignore[arg-type]
    if not tables:
        raise RefusedError(*(doubts or [_doubt(name or "所选文件", "没有内容", "须有台账", "请确认选对了文件")]))
    return Ledger(book.form, tables, tuple(rows), tuple(left), tuple(doubts))


def _doubt(where: str, what: str, rule: str, remedy: str) -> Finding:
    return Finding(where, what, rule, remedy, Severity.TELLS)


def _sections(sheet: Sheet, first: Table, columns: Sequence[Column]) -> list[tuple[int, int, Table]]:
    """The tables of a sheet, one below the other: first and last line of each, the last not inside."""
    found, at = [(0, first)], next_table(sheet, first, columns)
    while at is not None:
        other = find_table(sheet, columns, at)
        if other is None or other.bottom < at:
            break
        found.append((at, other))
        at = next_table(sheet, other, columns)
    ends = [begin for begin, _ in found[1:]] + [len(sheet.rows)]
    return [(begin, end, table) for (begin, table), end in zip(found, ends, strict=True)]


def _unread(sheet: Sheet) -> Finding:
    """Why a sheet with something in it is not read."""
    where = f"工作表“{sheet.name}”"
    if sheet.hidden:
        return _doubt(where, "是隐藏的", "隐藏的工作表不读", "要读入的请取消隐藏后再读一次")
    rule = "须有“督查事项”“牵头科室”等栏目的表头"
    return _doubt(where, "找不到表头，没有读", rule, "是台账的请把栏目名写在一行里")


def _mapped(table: Table, mapping: Mapping[str, str] | None) -> Table:
    """The table with what a person set."""
    if not mapping:
        return table
    headings = tuple(
        replace(one, column=mapping[one.path], because="") if one.path in mapping else one for one in table.headings
    )
    return replace(table, headings=headings)


def _doubted(sheet: Sheet, table: Table) -> Iterator[Finding]:
    for one in table.headings:
        if one.because:
            what = f"“{one.path}”：{one.because}"
            rule = "栏目按名称对应；对不上的按原样保留"
            yield _doubt(f"{sheet.name} 第{one.place + 1}列", what, rule, "请在栏目对照里核对或选定")
    hidden_rows = sorted(at + 1 for at in sheet.hidden_rows if table.bottom < at < len(sheet.rows))
    if hidden_rows:
        listed = "、".join(map(str, hidden_rows[:10]))
        yield _doubt(f"{sheet.name} 第{listed}行", "是隐藏的行", "隐藏的行也读入", "不要的请在台账中删去")
    for one in table.headings:
        if one.place in sheet.hidden_columns:
            yield _doubt(f"{sheet.name} “{one.path}”", "是隐藏的列", "隐藏的列也读入", "不要的请在栏目对照里选“不对应”")


def _lines(sheet: Sheet, table: Table, begin: int, until: int) -> Iterator[LedgerRow | Left]:
    """Every line of a table and what stands above it."""
    filled, group = sheet.down(), ""
    across = sheet.filled()
    heads = [[level(cell) for cell in across[at]] for at in range(table.top, table.bottom + 1)]
    places = {one.place for one in table.headings}
    for at, row in enumerate(filled[begin:until], begin):
        words = next((cell.strip() for cell in row if cell.strip()), "")
        take = _take(sheet, table, at, row, heads, places)
        if take is None:
            yield _row(sheet, table, at, row, group)
            continue
        if take is Take.BAND:
            group = words
        yield Left(sheet.name, at + 1, take, words[:_SAID])


def _take(sheet: Sheet, table: Table, at: int, row: list[str], heads: list[list[str]], places: set[int]) -> Take | None:
    """What a line is; None for a task."""
    own = [cell.strip() for cell in sheet.rows[at] if cell.strip()] if at < len(sheet.rows) else []
    if at < table.top:
        return Take.TITLE if own else Take.BLANK
    if at <= table.bottom:
        return Take.HEADER
    if not own:
        # A line under a merge, with nothing of its own, is still a line of the merged task: it holds no task itself.
        return Take.BLANK
    said = [level(cell) for cell in row]
    if any(_repeats(said, one) for one in heads):
        return Take.HEADER
    if any(_SUM.fullmatch(level(cell)) for cell in own[:2]):
        return Take.SUBTOTAL
    if _NOTE.match(own[0]) and len(own) <= 3:  # noqa: PLR2004 (a signature line names two or three)
        return Take.NOTE
    across = any(
        merge.top == at == merge.bottom and merge.right - merge.left + 1 >= max(3, len(places) // 2)
        for merge in sheet.merges
    )
    task = next((one.place for one in table.headings if one.column == "title"), None)
    alone = task is not None and task < len(sheet.rows[at]) and sheet.rows[at][task].strip() == own[0] and task > 0
    if len(own) == 1 and (across or (_BAND.match(own[0]) and not alone)):
        return Take.BAND
    return None


def _repeats(said: list[str], heads: list[str]) -> bool:
    pairs = [(one, head) for one, head in zip(said, heads, strict=False) if head]
    return bool(pairs) and sum(one == head for one, head in pairs) >= max(2, len(pairs) * 0.7)


def _row(sheet: Sheet, table: Table, at: int, row: list[str], group: str) -> LedgerRow:
    cells, extra = dict[str, str](), dict[str, str]()
    for one in table.headings:
        words = row[one.place].strip() if one.place < len(row) else ""
        if one.column:
            cells[one.column] = words
        else:
            extra[one.path] = words
    places = {one.column: one.place + 1 for one in table.headings if one.column}
    return LedgerRow(sheet.name, at + 1, cells, extra, group, places)
