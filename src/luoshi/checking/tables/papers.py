"""A blank Word document's tables as grids, and filled without touching anything else in it."""

import copy
from collections.abc import Iterator, Mapping

from lxml import etree

from luoshi.checking.tables.archives import members, parsed, printed, refused, replaced
from luoshi.checking.tables.books import Value
from luoshi.checking.tables.grids import Cell, Place, Table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"


def read_paper(content: bytes) -> list[Table]:
    """Its tables as grids; the words over a table come along.

    Raises:
        RefusedError: it cannot be opened, or has no table.
    """
    held = members(content)
    if _BODY not in held:
        raise refused("不是工作簿也不是 Word 文档", "须为 xlsx 或 docx", "请用 WPS 打开，另存为 xlsx 或 docx，再试一次")
    found = [_table(at, table) for at, table in enumerate(_tables(parsed(held[_BODY])))]
    if not found:
        raise refused("文档里没有表格", "须有要填的表格", "请选对文件")
    return found


def _tables(tree: "etree._Element") -> list["etree._Element"]:
    return list(tree.find(f"{_W}body").findall(f"{_W}tbl"))


def _table(at: int, table: "etree._Element") -> Table:
    cells = dict[tuple[int, int], Cell]()
    open_above = dict[int, tuple[int, int]]()
    for row, column, span, one in _places(table):
        merge = one.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and column in open_above:
            first = open_above[column]
            told = cells[first]
            cells[first] = Cell(told.row, told.column, told.text, row - told.row + 1, told.columns, told.value)
            continue
        open_above.pop(column, None)
        if merge is not None:
            open_above[column] = (row, column)
        words = _words(one)
        cells[row, column] = Cell(row, column, words, 1, span, _number(words))
    above = table.getprevious()
    told_above = list[str]()
    while above is not None and above.tag == f"{_W}p" and len(told_above) < 3:  # noqa: PLR2004 -- title and unit line
        told_above.append(_words(above))
        above = above.getprevious()
    return Table(f"表{at + 1}", cells, " ".join(reversed(told_above)))


def _places(table: "etree._Element") -> Iterator[tuple[int, int, int, "etree._Element"]]:
    """Row, column, columns spanned, cell."""
    for row, line in enumerate(table.findall(f"{_W}tr")):
        before = line.find(f"{_W}trPr/{_W}gridBefore")
        column = int(before.get(f"{_W}val", "0")) if before is not None else 0
        for one in line.findall(f"{_W}tc"):
            spanned = one.find(f"{_W}tcPr/{_W}gridSpan")
            span = int(spanned.get(f"{_W}val", "1")) if spanned is not None else 1
            yield row, column, span, one
            column += span


def _words(one: "etree._Element") -> str:
    return "".join(part.text or "" for part in one.iter(f"{_W}t")).strip()


def _number(words: str) -> bool:
    return bool(words) and words.replace(".", "", 1).replace("%", "").isdecimal()


def fill_paper(content: bytes, values: Mapping[Place, Value]) -> bytes:
    """The document with these cells filled; every other member and every other cell stays as it is."""
    tree = parsed(members(content)[_BODY])
    for at, table in enumerate(_tables(tree)):
        for row, column, _, one in _places(table):
            if (at, row, column) in values:
                value = values[at, row, column]
                _put(
                    one, value if isinstance(value, str) else f"{value:f}" if not isinstance(value, int) else f"{value}"
                )
    return replaced(content, {_BODY: printed(tree)})


def _put(cell: "etree._Element", words: str) -> None:
    """The words in the cell's first paragraph, in the letters its empty paragraph is set in."""
    paragraph = cell.find(f"{_W}p")
    if paragraph is None:
        paragraph = etree.SubElement(cell, f"{_W}p")
    look = paragraph.find(f"{_W}pPr/{_W}rPr")
    earlier = paragraph.find(f"{_W}r/{_W}rPr")
    for run in paragraph.findall(f"{_W}r"):
        paragraph.remove(run)
    run = etree.SubElement(paragraph, f"{_W}r")
    chosen = look if look is not None else earlier
    if chosen is not None:
        run.append(copy.deepcopy(chosen))
    etree.SubElement(run, f"{_W}t").text = words
