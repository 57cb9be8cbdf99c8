"""An official text as a Word file in the layout of GB/T 9704—2012."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.oxml.ns import qn

from luoshi.reporting.official.bodies import attachment_list, closing, parts
from luoshi.reporting.official.bookmarks import Bookmarks, keep_keys
from luoshi.reporting.official.document import Attachment, LetterHead, OfficialDocument, RedHead
from luoshi.reporting.official.heads import head_of, heading, title_of
from luoshi.reporting.official.markup import Face, Place, Stroke, node, plain
from luoshi.reporting.official.numbers import official_day
from luoshi.reporting.official.sections import Sheet, end_section, room_of
from luoshi.reporting.official.sizes import (
    BLACK,
    BOTTOM,
    DIGITS,
    FOUR,
    IMITATION,
    LEFT,
    LINE,
    NEARER,
    PAGE,
    THREE,
    TITLE_ROOM_ACROSS,
    WIDTH,
    breadth,
)
from luoshi.reporting.official.titles import ROOM, lines_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_OUTER, _INNER = 8, 6
"""0.35 and 0.25 mm in eighths of a point."""
_RECORD_LINE = FOUR * 15
_INWARD = FOUR * 10
"""One character of 四号."""


def as_word(document: OfficialDocument, *, draft: bool) -> bytes:
    """The Word file of an official text.

    Args:
        document: what stands in it.
        draft: True for the 送审稿: says so under the title and leaves room for the number.

    Raises:
        RefusedError: not a draft, and the number under which it is sent out is missing.
    """
    if not draft and isinstance(document.head, RedHead | LetterHead) and not document.doc_no:
        raise RefusedError(
            Finding(
                "发文字号",
                "定稿没有发文字号",
                "印发的公文须有发文字号（GB/T 9704—2012 第7.2.5条）",
                "请先登记文号，或导出送审稿",
            )
        )
    made = docx.Document()
    _ground(made, document)
    body = made.element.body
    for old in list(body):
        body.remove(old)
    marks = Bookmarks()
    kind = Sheet(made_up=document.made_up, letter=document.head.mark if isinstance(document.head, LetterHead) else "")
    for one in _front(document, marks, draft=draft):
        body.append(one)
    for at, attachment in enumerate(document.attachments, 1):
        _close(made, kind)
        kind = Sheet(across=attachment.across, made_up=document.made_up)
        number = str(at) if len(document.attachments) > 1 else ""
        for one in _attached(attachment, number, marks, room_of(kind)):
            body.append(one)
    if document.printer:
        if document.turned or kind.across:
            _close(made, kind)
            kind = Sheet(numbered=False, start="evenPage", made_up=document.made_up)
        body.append(plain("", Place(line=20)))
        for one in _record(document):
            body.append(one)
        body.append(plain("", Place(line=20)))
    body.append(end_section(made, kind))
    keep_keys(made, marks)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _front(document: OfficialDocument, marks: Bookmarks, *, draft: bool) -> Iterator[Any]:
    yield from head_of(document)
    yield from title_of(document, draft=draft)
    if not document.to and document.blocks:
        yield plain("", Place(line=LINE // 2))
    closed = bool(document.signer)
    yield from parts(document.blocks, marks, WIDTH, closed=closed)
    yield from attachment_list(document.attachments, closed=closed)
    yield from closing(document)


def _attached(attachment: Attachment, number: str, marks: Bookmarks, room: int) -> Iterator[Any]:
    """附件 and its number on the first line, the title on the third."""
    yield plain(f"附件{number}", Place("left", together=True), Face(BLACK))
    title = "\n".join(lines_of(attachment.title, TITLE_ROOM_ACROSS if attachment.across else ROOM))
    yield heading(title, before=LINE if not attachment.across else LINE // 4)
    yield plain("", Place(line=LINE // 2, together=True))
    yield from parts(attachment.parts, marks, room)


def _close(made: Any, kind: Sheet) -> None:
    """End a section, in its last paragraph; below a table in a paragraph too low to be seen."""
    body = made.element.body
    last = body[-1]
    if last.tag != qn("w:p"):
        last = plain("", Place(line=20))
        body.append(last)
    last.find(qn("w:pPr")).append(end_section(made, kind))


def _record(document: OfficialDocument) -> Iterator[Any]:
    """版记 at the foot of 版心: outer lines 0.35 mm, the inner one 0.25 mm.

    Frames with a place of their own on the page, not a table: programs differ in what they make of a table that floats, of
    "at the bottom", and of two paragraphs in one frame. Rules begin at the indent, so the free character at the left is a space.
    """
    face = Face(IMITATION, FOUR)
    day = official_day(document.printed_on or document.dated)
    outer, inner = Stroke(_OUTER), Stroke(_INNER)
    foot = PAGE[1] - BOTTOM - _RECORD_LINE
    if document.cc:
        copied = f"　抄送：{'，'.join(document.cc)}。"
        lines = 1 + int((breadth(copied) - 4) * _INWARD // (WIDTH - 5 * _INWARD))
        head = _framed(foot - lines * _RECORD_LINE, lines)
        yield plain(copied, replace(head, left=_INWARD * 4, first=-_INWARD * 4, above=outer, below=inner), face)
    printed = replace(_framed(foot), side="left", below=outer, above=None if document.cc else outer)
    yield plain(f"　{document.printer}\t{day}印发", replace(printed, tabs=(("right", WIDTH - _INWARD),)), face)


def _framed(top: int, lines: int = 1) -> Place:
    size = (("w", WIDTH), ("h", lines * _RECORD_LINE), ("hRule", "exact"), ("wrap", "around"))
    return Place(line=_RECORD_LINE, frame=(*size, ("vAnchor", "page"), ("hAnchor", "page"), ("x", LEFT), ("y", top)))


def _ground(made: Any, document: OfficialDocument) -> None:
    """What holds for the whole file: no spaces that a program adds, 16 pt letters, numbers at the outer edge."""
    normal = made.styles["Normal"].element
    for old in (*normal.findall(qn("w:pPr")), *normal.findall(qn("w:rPr"))):
        normal.remove(old)
    still = dict.fromkeys(("widowControl", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid"), "0")
    normal.append(node("pPr", *(node(tag, val=value) for tag, value in still.items()), node("jc", val="both")))
    fonts = node("rFonts", ascii=DIGITS, hAnsi=DIGITS, eastAsia=IMITATION, cs=DIGITS)
    language = node("lang", val="en-US", eastAsia="zh-CN")
    normal.append(
        node("rPr", fonts, node("spacing", val=NEARER), node("sz", val=THREE), node("szCs", val=THREE), language)
    )
    made.settings.odd_and_even_pages_header_footer = True
    settings = made.settings.element
    for old in settings.findall(qn("w:characterSpacingControl")):
        old.set(qn("w:val"), "doNotCompress")
    for old in settings.iter(qn("w:compatSetting")):
        if old.get(qn("w:name")) == "compatibilityMode":
            old.set(qn("w:val"), "15")
    made.core_properties.title = document.title.replace("\n", "")
    made.core_properties.author = document.signer or document.printer
    made.core_properties.comments = ""
    made.core_properties.language = "zh-CN"
