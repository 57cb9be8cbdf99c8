"""A blank workbook as grids, and filled without touching anything else in it."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.checking.tables.archives import members, parsed, printed, refused, replaced
from luoshi.checking.tables.grids import Cell, Place, Table
from luoshi.words.sheets import letters

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ROWS, _COLUMNS = 3000, 300
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
Value = Decimal | int | str


def is_book(content: bytes) -> bool:
    """Whether an archive is a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _BOOK in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read_book(content: bytes) -> list[Table]:
    """Its sheets as grids, hidden ones without cells so that places keep their numbers.

    Raises:
        RefusedError: it cannot be opened, or is larger than a form.
    """
    members(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, etree.XMLSyntaxError) as error:
        raise refused("打不开", "须为 xlsx 工作簿", "请用 WPS 或 Excel 打开，另存为 xlsx，再试一次") from error
    return [_table(page) if page.sheet_state == "visible" else Table(page.title, {}) for page in book.worksheets]


def _table(page: Worksheet) -> Table:
    if page.max_row > _ROWS or page.max_column > _COLUMNS:
        size = f"“{page.title}”有 {page.max_row} 行、{page.max_column} 列"
        raise refused(size, f"不超过 {_ROWS} 行、{_COLUMNS} 列", "请删去表格以外的空行、空列，另存后再试一次")
    spans = {(one.min_row, one.min_col): (one.size["rows"], one.size["columns"]) for one in page.merged_cells.ranges}
    covered = {
        (row, column)
        for one in page.merged_cells.ranges
        for row in range(one.min_row, one.max_row + 1)
        for column in range(one.min_col, one.max_col + 1)
    } - spans.keys()
    cells = {}
    for line in page.iter_rows():
        for one in line:
            at = (int(one.row or 0), int(one.column or 0))
            if at in covered:
                continue
            words = "" if one.value is None else str(one.value).strip()
            rows, columns = spans.get(at, (1, 1))
            number = one.data_type in {"n", "f", "d"} and bool(words)
            percent = "%" in str(one.number_format)
            cells[at[0] - 1, at[1] - 1] = Cell(at[0] - 1, at[1] - 1, words, rows, columns, number, percent)
    return Table(page.title, cells)


def fill_book(content: bytes, values: Mapping[Place, Value]) -> bytes:
    """The workbook with these cells filled. Members that hold none of them keep their bytes; in those that do, only the cells change.

    Cells keep their style. Where there are formulas, they are reckoned when the file is opened.
    """
    held = members(content)
    paths = _paths(held)
    anew = dict[str, bytes]()
    for at in sorted({place[0] for place in values}):
        tree = parsed(held[paths[at]])
        for (table, row, column), value in values.items():
            if table == at:
                _put(tree, row + 1, column, value)
        for formula in tree.iter(f"{_MAIN}f"):
            cell = formula.getparent()
            for told in cell.findall(f"{_MAIN}v"):
                cell.remove(told)
        anew[paths[at]] = printed(tree)
    if any(b"<f" in held[path] for path in paths):
        anew[_BOOK] = _reckoned(held[_BOOK])
    return replaced(content, anew)


def _paths(held: Mapping[str, bytes]) -> list[str]:
    """Where the sheets lie, in their order."""
    links = {one.get("Id"): str(one.get("Target")) for one in parsed(held[_LINKS])}
    told = []
    for sheet in parsed(held[_BOOK]).iter(f"{_MAIN}sheet"):
        target = links[sheet.get(_LINK)]
        told.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}"))
    return told


def _reckoned(book: bytes) -> bytes:
    tree = parsed(book)
    found = tree.find(f"{_MAIN}calcPr")
    if found is None:
        found = etree.SubElement(tree, f"{_MAIN}calcPr")
        after = next((one for one in tree if one.tag in {f"{_MAIN}definedNames", f"{_MAIN}sheets"}), None)
        names = tree.find(f"{_MAIN}definedNames")
        anchor = names if names is not None else after
        if anchor is not None:
            anchor.addnext(found)
    found.set("fullCalcOnLoad", "1")
    return printed(tree)


def _put(tree: "etree._Element", line: int, column: int, value: Value) -> None:
    cell = _cell(_row(tree, line), line, column)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t").text = value
    else:
        etree.SubElement(cell, f"{_MAIN}v").text = f"{value:f}" if isinstance(value, Decimal) else str(value)


def _row(tree: "etree._Element", line: int) -> "etree._Element":
    data = tree.find(f"{_MAIN}sheetData")
    place = 0
    for place, one in enumerate(data):  # noqa: B007 -- where the search ended is where a new row goes
        number = int(one.get("r", "0"))
        if number == line:
            return one
        if number > line:
            break
    else:
        place = len(data)
    made = etree.Element(f"{_MAIN}row", r=str(line))
    data.insert(place, made)
    return made


def _cell(row: "etree._Element", line: int, column: int) -> "etree._Element":
    place = len(row)
    for at, one in enumerate(row):
        found = _ADDRESS.fullmatch(one.get("r", ""))
        met = _column(found[1]) if found else at
        if met == column:
            return one
        if met > column:
            place = at
            break
    made = etree.Element(f"{_MAIN}c", r=f"{letters(column)}{line}")
    row.insert(place, made)
    return made


def _column(named: str) -> int:
    told = 0
    for letter in named:
        told = told * 26 + ord(letter) - ord("A") + 1
    return told - 1
