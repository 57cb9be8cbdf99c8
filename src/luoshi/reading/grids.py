"""Tables of any returned file as plain grids of text: xlsx, xls and et, docx with tracked changes taken as they are meant."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

import olefile
from defusedxml.ElementTree import fromstring

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.refusals import guarded
from luoshi.reading.sheets import Sheet, open_book
from luoshi.reading.workbooks import COLUMNS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}commentRangeStart"}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table."""

    name: str
    """Its sheet, or 第几个表."""
    rows: list[list[str]]
    notes: dict[int, str] = field(default_factory=dict)
    """Comments by the row they are anchored in, counted from 0."""
    covered: set[tuple[int, int]] = field(default_factory=set)
    """Row and place, from 0, of cells that a merge hides: they are empty, but nobody emptied them."""


def workbook_grids(content: bytes) -> list[Grid]:
    """Every sheet of an xlsx, xls or et, shown or hidden, as text.

    Raises:
        RefusedError: locked, damaged, too large, or marked secret.
    """
    return [_grid(sheet) for sheet in open_book(content).sheets]


def is_old_workbook(content: bytes) -> bool:
    """Whether a container of the old kind holds a workbook, and not a document."""
    with guarded("旧版文件"), olefile.OleFileIO(io.BytesIO(content)) as ole:
        return bool({"Workbook", "Book"} & {path[0] for path in ole.listdir()})


def _grid(sheet: Sheet) -> Grid:
    covered = {
        (row, column)
        for one in sheet.merges
        for row in range(one.top, one.bottom + 1)
        for column in range(one.left, one.right + 1)
        if (row, column) != (one.top, one.left)
    }
    return Grid(sheet.name, sheet.rows, covered=covered)


def word_grids(archive: Archive) -> list[Grid]:
    """Every table of a docx: what was inserted counts, what was struck does not; comments are kept by row."""
    with guarded("Word 文件"):
        body = fromstring(archive.read("word/document.xml"))
        comments = dict(_comments(archive))
        return [_word_grid(place, table, comments) for place, table in enumerate(body.iter(f"{_W}tbl"), 1)]


def _word_grid(place: int, table: Element, comments: dict[str, str]) -> Grid:
    grid = Grid(f"第{place}个表", [])
    for row in table.iter(f"{_W}tr"):
        told = list[str]()
        for cell in row.findall(f"{_W}tc"):
            said = "\n".join(_text(one) for one in cell.iter(f"{_W}p"))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = int(span.get(f"{_W}val", "1")) if span is not None else 1
            joined = cell.find(f"{_W}tcPr/{_W}vMerge")
            hidden = joined is not None and joined.get(f"{_W}val", "continue") != "restart"
            begins, wide = len(told) + (not hidden), min(wide, COLUMNS)
            told += [said.strip("\n"), *[""] * (wide - 1)]
            grid.covered.update((len(grid.rows), at) for at in range(begins, len(told)))
        anchored = [one.get(f"{_W}id", "") for one in row.iter(f"{_W}commentReference")]
        notes = [comments[pk] for pk in anchored if comments.get(pk)]
        if notes:
            grid.notes[len(grid.rows)] = "批注：" + "；".join(notes)
        grid.rows.append(told)
    return grid


def _text(one: Element) -> str:
    """The words of a paragraph as they stand once every tracked change is accepted."""
    if one.tag in _GONE:
        return ""
    if one.tag == f"{_W}t":
        return one.text or ""
    if one.tag in {f"{_W}br", f"{_W}cr"}:
        return "\n"
    if one.tag == f"{_W}tab":
        return "\t"
    return "".join(_text(inner) for inner in one)


def _comments(archive: Archive) -> Iterator[tuple[str, str]]:
    if "word/comments.xml" in archive.names:
        for comment in fromstring(archive.read("word/comments.xml")).iter(f"{_W}comment"):
            yield comment.get(f"{_W}id", ""), "".join(_text(one) for one in comment.iter(f"{_W}p"))


def words_of(archive: Archive, *parts: str) -> str:
    """The words of all parts whose names begin so, tags taken away."""
    named = [name for name in archive.names if name.endswith(".xml") and name.startswith(parts)]
    return "\n".join(unescape(_TAG.sub("", archive.read(name).decode("utf-8", "replace"))) for name in named)
