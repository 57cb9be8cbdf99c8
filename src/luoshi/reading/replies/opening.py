"""A reply comes in: any file of a section or a county, or a pasted message → its parts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from luoshi.reading.documents import LARGEST, LONGEST, Converter, open_document, refuse_marked
from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.document import TABLE
from luoshi.reading.documents.old_word import converted, kind_of, starred
from luoshi.reading.documents.recognition import OLE, ZIP
from luoshi.reading.documents.refusals import FILE, overgrown, refuse
from luoshi.reading.grids import is_old_workbook, word_grids
from luoshi.reading.replies.gridded import Rows, of_grid, of_sheet, parts
from luoshi.reading.replies.prose import day_of, messages, read_lines, sender
from luoshi.reading.replies.reply import Part, Reply
from luoshi.reading.sheets import open_book
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity


def read_reply(content: bytes, name: str, office: Converter | None = None) -> Reply:
    """A reply out of a file, by its content and never by its suffix.

    Args:
        content: the whole file: docx, doc, wps, xlsx, xls, et, txt, pdf, ofd or html.
        name: as the person knows it.
        office: turns doc and wps into docx; None where no office program is installed.

    Raises:
        RefusedError: empty, too large, broken, locked, of another kind, or marked secret.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    try:
        return _read(content, name, office)
    except RefusedError as refusal:
        told = (replace(one, where=name) if name and one.where == FILE else one for one in refusal.findings)
        raise RefusedError(*told) from refusal.__cause__


def pasted(words: str) -> Reply:
    """A reply out of a message copied from a chat.

    Raises:
        RefusedError: empty, too long, or marked secret.
    """
    if not words.strip():
        raise refuse("没有文字", "粘贴的消息须有文字", "请复制消息后再粘贴")
    if len(words) > LONGEST:
        raise overgrown("粘贴的消息", f"文字不超过 {LONGEST // 10_000} 万字")
    refuse_marked([words])
    return _of_lines(list(messages(words)), "", "pasted", unit="条")


def _read(content: bytes, name: str, office: Converter | None) -> Reply:
    if len(content) > LARGEST:
        raise refuse(f"文件有 {len(content) >> 20} MB", f"不超过 {LARGEST >> 20} MB", "请删去图片后另存")
    form = ""
    if content.startswith(OLE):
        refuse_marked([starred(content)])
        if is_old_workbook(content):
            return _of_book(content, name)
        form = kind_of(content)
        content = converted(content, form, office)
    if content.startswith(ZIP):
        archive = Archive(content)
        archive.check()
        if "xl/workbook.xml" in archive.names:
            return _of_book(content, name)
        if "word/document.xml" in archive.names:
            return _of_word(content, archive, name, form or "docx")
    document = open_document(content, name, office=office)
    lines = [one.text for one in document.paragraphs]
    return replace(_of_lines(lines, _stem(name), document.format), name=name, notices=document.notices)


def _stem(name: str) -> str:
    return PurePath(name.replace("\\", "/")).stem


def _of_lines(lines: Sequence[str], stem: str, form: str, unit: str = "段") -> Reply:
    return Reply("", form, sender(lines, stem), day_of(lines), tuple(read_lines(lines, unit)))


def _of_word(content: bytes, archive: Archive, name: str, form: str) -> Reply:
    """Tables as tables, what stands around them as prose."""
    document = open_document(content, name)
    tables = [of_grid(place, grid) for place, grid in enumerate(word_grids(archive), 1)]
    inside = {"".join(cell.split()) for table in tables for row in table.rows for cell in row if cell.strip()}
    lines = [
        one.text if one.kind != TABLE and "".join(one.text.split()) not in inside else "" for one in document.paragraphs
    ]
    if tables and (caption := next((line for line in reversed(lines) if line.strip()), "")):
        tables[0].around.append(_caption(lines) or caption)
    told = [part for table in tables for part in parts(table)]
    around = [*lines, *(line for table in tables for line in table.around)]
    found = (*told, *_beside(read_lines(lines), told))
    return Reply(name, form, sender(around, _stem(name)), day_of(around), found, document.notices)


def _caption(lines: Sequence[str]) -> str:
    """The last line before the table that names what is in it: short, without a full stop."""
    return next((line.strip() for line in lines if 4 <= len(line.strip()) <= 40 and "情况" in line), "")  # noqa: PLR2004


def _beside(prose: list[Part], rows: list[Part]) -> list[Part]:
    """Prose beside a table: captions and notes are no parts of their own."""
    return [one for one in prose if not rows or len(one.words) > 20]  # noqa: PLR2004


def _of_book(content: bytes, name: str) -> Reply:
    book = open_book(content, name)
    tables: list[Rows] = []
    notices = []
    for sheet in book.sheets:
        if sheet.hidden:
            notices.append(
                Finding(
                    f"工作表“{sheet.name}”",
                    "是隐藏的，没有读",
                    "隐藏的工作表不读",
                    "要读入的请取消隐藏后再交",
                    Severity.TELLS,
                )
            )
        elif any(cell.strip() for row in sheet.rows for cell in row):
            tables.append(of_sheet(sheet))
    told = [part for table in tables for part in parts(table)]
    around = [line for table in tables for line in table.around]
    return Reply(name, book.form, sender(around, _stem(name)), day_of(around), tuple(told), tuple(notices))
