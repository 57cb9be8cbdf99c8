"""The door: any file of a bureau → its text, or a refusal that says what to do."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.document import Converter, Document, Reading, compose
from luoshi.reading.documents.old_word import converted, kind_of, starred
from luoshi.reading.documents.plain import decode, read_plain
from luoshi.reading.documents.recognition import (
    OLE,
    ZIP,
    is_page,
    is_pdf,
    kind_of_zip,
    refuse_markup,
    refuse_other_kinds,
    rich_text,
)
from luoshi.reading.documents.refusals import FILE, MARKED, overgrown, refuse
from luoshi.reading.documents.secrecy import marks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LARGEST = 50 * 1024 * 1024
"""Bytes a plan may have. The longest published plan known is under one megabyte of text."""
LONGEST = 2_000_000
"""Characters a plan may have; a five-year plan has about 60 000."""

_BLANK = b"\x00 \t\r\n\x0b\x0c"


def open_document(
    content: bytes, name: str = "", *, office: Converter | None = None, largest: int = LARGEST
) -> Document:
    """The text of a file, by its content and never by its name.

    Args:
        content: the whole file.
        name: as the person knows it; said in a refusal, and looked at for a mark of secrecy.
        office: turns doc, wps and rtf into docx; None where no office program is installed.
        largest: bytes the file may have.

    Raises:
        RefusedError: with where, what, rule and remedy, for a file that is empty, too large, encrypted, a scan, broken,
            of another kind, or marked secret. A marked file's text and name are not part of the refusal.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    try:
        reading = _reading(content, office, largest)
    except RefusedError as refusal:
        told = (replace(one, where=name) if name and one.where == FILE else one for one in refusal.findings)
        raise RefusedError(*told) from refusal.__cause__
    document = compose(reading)
    refuse_marked([document.text, *reading.margins])
    return document


def refuse_marked(texts: Iterable[str]) -> None:
    """Stop at a mark of secrecy in any of the texts, each read as a document of its own; nothing but the mark is said."""
    found = tuple(dict.fromkeys(str(mark) for text in texts for mark in marks(text)))
    if found:
        raise RefusedError(
            Finding(
                MARKED,
                f"带有“{'、'.join(found[:3])}”标志",
                "本系统为非涉密系统，涉密文件和内部资料不读、不存（保守国家秘密法；机关保密规定）",
                "请勿上传，并按保密规定处理本机上的副本；如系误标，请由定密责任人或制发单位更正后再上传",
            )
        )


def _reading(content: bytes, office: Converter | None, largest: int) -> Reading:
    if len(content) > largest:
        raise refuse(
            f"文件有 {len(content) / (1 << 20):.0f} MB",
            f"不超过 {largest / (1 << 20):.0f} MB",
            "请只保留工作要点的文字（删去图片和附件），另存为 docx 再上传",
        )
    if not content.strip(_BLANK):
        raise refuse(
            "文件里只有空白" if content else "文件是空的（0 字节）",
            "文件须有文字",
            "请打开原文件看看内容是否还在，保存并关闭后重新上传",
        )
    reading = _by_content(content, office)
    if not any(piece.text.strip() for piece in reading.pieces):
        raise refuse("文件里没有文字", "文件须有文字", "请确认选对了文件；如果内容是图片，请取得 Word 原稿再上传")
    if sum(len(piece.text) for piece in reading.pieces) > LONGEST:
        raise overgrown("文件", f"文字不超过 {LONGEST // 10_000} 万字")
    return reading


def _by_content(content: bytes, office: Converter | None) -> Reading:
    if content.startswith(ZIP):
        return _from_zip(content, office)
    if content.startswith(OLE):
        return _from_office(content, kind_of(content), office)
    if is_pdf(content):
        from luoshi.reading.documents.portable import read_pdf  # noqa: PLC0415 -- loaded when such a file comes

        return read_pdf(content)
    rich = rich_text(content)
    if rich:
        return _from_office(content, rich, office)
    refuse_other_kinds(content)
    return _from_text(content)


def _from_text(content: bytes) -> Reading:
    from luoshi.reading.documents.web import page_text, read_page  # noqa: PLC0415 -- loaded when such a file comes

    text, encoding = page_text(content)
    if is_page(text):
        return read_page(text, encoding)
    refuse_markup(text)
    if encoding == "declared":  # "charset=" stood in words, not in markup
        text, encoding = decode(content)
    return read_plain(text, encoding)


def _from_zip(content: bytes, office: Converter | None) -> Reading:
    archive = Archive(content)
    archive.check()
    kind = kind_of_zip(archive)
    if kind == "ofd":
        from luoshi.reading.documents.ofd import read_ofd  # noqa: PLC0415 -- loaded when such a file comes

        return read_ofd(archive)
    return _from_word(content) if kind == "docx" else _from_office(content, kind, office)


def _from_word(content: bytes) -> Reading:
    from luoshi.reading.documents.word import read_word  # noqa: PLC0415 -- loaded when such a file comes

    return read_word(content)


def _from_office(content: bytes, kind: str, office: Converter | None) -> Reading:
    refuse_marked([starred(content)])
    made = converted(content, kind, office)
    archive = Archive(made)
    archive.check()
    return replace(_from_word(made), format=kind)
