"""A text in paragraphs, each with its place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luoshi.words.findings import Finding

Converter = Callable[[bytes, str], bytes]
"""Turns an old Word or WPS file into docx, given its bytes and its format ("doc", "wps", "rtf" …).

Raises RefusedError when it cannot."""

HEADING, BODY, LIST, TABLE = "heading", "body", "list", "table"

_HEADING_MOST = 40
_TITLE_MOST = 60
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,4}[章节篇编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_ITEM = re.compile(r"\s*(?:\d{1,3}[.．、](?!\d)|[（(]\d{1,3}[）)]|[①-⑳]|[•·●■◆▪–—-]\s)")
_NAMED = re.compile(
    r"(?:要点|计划|方案|意见|通知|规划|报告|办法|总结|安排|清单|分工|纲要|台账|工程|决定|讲话|任务)(?:[（(][^（）()]{1,20}[）)])?$"
)
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,30}(?:局|厅|委|委员会|政府|办公室|教育体育局)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: text[start:end] of the document, without a line end inside."""

    text: str
    start: int
    end: int
    kind: str = BODY
    """heading, body, list or table (one row)."""


@dataclass(frozen=True, slots=True)
class Document:
    """What was in a file. The paragraphs joined by line ends are the text."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    format: str
    """txt, docx, pdf, html, ofd, doc, wps …: what the file was by content, whatever its name."""
    title: str = ""
    """The document's own name, from its first lines; empty when nothing looks like one."""
    notices: tuple[Finding, ...] = ()
    """What was left out or guessed while reading, said once; nothing of it stops."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of text as a reader found it; kind "" where the file does not say, so that the words decide."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader got out of a file, before the document is put together."""

    pieces: tuple[Piece, ...]
    format: str
    title: str = ""
    margins: tuple[str, ...] = ()
    """Text that is not part of the document but may bear a mark: running heads, stamps, hidden words."""
    notices: tuple[Finding, ...] = ()


def kind_by_words(line: str) -> str:
    """What a line is when only its words tell: 一、… and （一）… are headings while short, 1. … is a list."""
    if _HEADING.match(line):
        return HEADING if len(line.strip()) <= _HEADING_MOST else BODY
    return LIST if _ITEM.match(line) else BODY


def compose(reading: Reading) -> Document:
    """The document of a reading; a line end inside a piece parts it."""
    placed: list[Paragraph] = []
    at = 0
    for piece in reading.pieces:
        for line in piece.text.split("\n"):
            placed.append(Paragraph(line, at, at + len(line), piece.kind or kind_by_words(line)))
            at += len(line) + 1
    text = "\n".join(paragraph.text for paragraph in placed)
    head = (one.text for one in placed)
    return Document(text, tuple(placed), reading.format, reading.title or title_of(head), reading.notices)


def title_of(lines: Iterable[str]) -> str:
    """The title among the first fifteen lines that are not blank; an office on a line of its own above it belongs to it."""
    head: list[str] = []
    for line in lines:
        if line.strip():
            head.append(line.strip())
        if len(head) == 15:  # noqa: PLR2004
            break
    for place, line in enumerate(head):
        if len(line) <= _TITLE_MOST and _NAMED.search(line):
            above = head[place - 1] if place else ""
            headless = re.match(r"(?:19|20|二[〇○零])|关于", line)
            return above + line if headless and _OFFICE.fullmatch(above) else line
    return head[0] if head and len(head[0]) <= _TITLE_MOST else ""
