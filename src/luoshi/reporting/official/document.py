"""An official text as data: what stands in it, in order; how it looks is decided elsewhere.

A text is a tuple of pieces. A piece is plain words, or a figure bound to a key, so that whoever clicks the number finds who
reported it and who verified it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from luoshi.reporting.official.numbers import official_day


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is printed, bound to what it was taken from."""

    words: str
    """As printed, with its unit: 2.75%."""
    key: str
    """Whatever finds the measurement again; never printed."""


Piece = str | Figure
"""Plain words, or a bound figure."""
Text = tuple[Piece, ...]
"""Pieces, one after the other."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the body."""

    id: str
    """Its name in the document: what a page calls its text area."""
    text: Text
    level: int = 0
    """0 plain words; 1 一、 黑体; 2 （一） 楷体; 3 1. and 4 （1） 仿宋. The number itself is not part of the text."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a table."""

    label: str
    side: str = "left"
    """left, center or right."""
    width: int = 0
    """In Chinese characters, where more or less is wanted than the content asks for; 0 goes by the content."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table."""

    cells: tuple[Text, ...]
    """One text a column; of a band the first only."""
    band: bool = False
    """True for a heading that stands across all columns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    id: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    note: str = ""
    """What is to be said below it."""
    to_fill: bool = False
    """True when somebody writes into it by hand: rows are high."""
    small: bool = False
    """True for letters of 五号 however few columns there are."""


Part = Block | Grid
"""What bodies and attachments are made of."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: a section of its own."""

    title: str
    parts: tuple[Part, ...]
    across: bool = False
    """True for A4 across."""


@dataclass(frozen=True, slots=True)
class RedHead:
    """发文机关标志 with 文件: the head of a document that is sent out under a number."""

    mark: str
    """星州市教育局文件."""
    code: str = ""
    """机关代字, 星教督: printed before the year while the number is not given."""


@dataclass(frozen=True, slots=True)
class SerialHead:
    """The head of a serial: 教育督查通报 / 第8期（总第32期） / office and day."""

    name: str
    """教育督查通报."""
    issue: int
    """Number within the year."""
    office: str
    """Who edits it."""
    whole: int = 0
    """Number since the beginning; 0 prints none."""


@dataclass(frozen=True, slots=True)
class LetterHead:
    """信函格式: the name above a double red line, the number at the right."""

    mark: str
    """The name of the bureau, without 文件."""
    code: str = ""
    """机关代字."""


Head = RedHead | SerialHead | LetterHead | None
"""None is a paper without a head: 领导参阅, material for a meeting."""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official text."""

    title: str
    """A line break stands where the title must be broken; without one it is broken at a word, as a ladder or a diamond."""
    dated: date
    """成文日期."""
    head: Head = None
    doc_no: str = ""
    """发文字号; empty until somebody enters it after the issue."""
    issuer: str = ""
    """签发人, of a document that goes upward."""
    to: str = ""
    """主送机关, without the colon."""
    blocks: tuple[Part, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signer: str = ""
    """发文机关署名; empty prints no closing."""
    seal: bool = False
    """True when a seal will be set on it, which moves name and day."""
    note: str = ""
    """附注, without brackets."""
    cc: tuple[str, ...] = ()
    """抄送."""
    printer: str = ""
    """印发机关; empty prints no 版记."""
    printed_on: date | None = None
    made_up: bool = False
    """True prints 演示数据（虚构） on every page."""
    turned: bool = False
    """True when the text ends on an odd page, so that the 版记 stands on the back of the last sheet."""


def words_of(text: Text) -> str:
    """A text as it is read."""
    return "".join(piece if isinstance(piece, str) else piece.words for piece in text)


def figures_of(document: OfficialDocument) -> Iterator[Figure]:
    """Every bound figure, in the order of the text."""
    for part in parts_of(document):
        texts = [part.text] if isinstance(part, Block) else [cell for row in part.rows for cell in row.cells]
        for text in texts:
            yield from (piece for piece in text if isinstance(piece, Figure))


def parts_of(document: OfficialDocument) -> Iterator[Part]:
    """Everything in the body, then in the attachments."""
    yield from document.blocks
    for attachment in document.attachments:
        yield from attachment.parts


def on_even_page(document: OfficialDocument, pages: int) -> OfficialDocument:
    """The document with its 版记 on the back of the last sheet; pages is what a program counted in its Word file."""
    return replace(document, turned=pages % 2 == 1) if document.printer and not document.turned else document


def number_or_room(document: OfficialDocument) -> str:
    """发文字号, or the year in its brackets with room for the number."""
    if document.doc_no or not isinstance(document.head, RedHead | LetterHead):
        return document.doc_no
    return f"{document.head.code}〔{document.dated.year}〕  号"


def issue_of(document: OfficialDocument) -> tuple[str, str, str]:
    """What stands under the name of a serial: its issue, who edits it, the day."""
    head = document.head
    if not isinstance(head, SerialHead):
        return ("", "", "")
    whole = f"（总第{head.whole}期）" if head.whole else ""
    return (f"第{head.issue}期{whole}", head.office, official_day(document.dated))
