"""A paper as a Word table: 征求意见稿 with room for comments, and the 任务分解表 as it is issued.

GB/T 9704—2012 for sizes and typefaces: title 小标宋 二号, text 仿宋 三号, tables 小四 and smaller.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from luoshi.reporting.papers import CODE, MADE_UP, REMARKS, Paper, printable
from luoshi.words.columns import Fill

_TITLE, _TEXT, _HEAD = "方正小标宋简体", "仿宋_GB2312", "黑体"
_ACROSS, _UPRIGHT, _EDGE = Cm(29.7), Cm(21.0), Cm(1.8)
_DAY = Cm(2.7)
"""Width of a number or a day, so that neither breaks."""
_COMMENT = 14
"""Width of the column for comments, in characters."""


def as_word_table(paper: Paper, *, asks: str = "", issuer: str = "", day: str = "", comments: bool = True) -> bytes:
    """The Word table of a paper.

    Args:
        paper: what goes on it.
        asks: what is wanted of whoever reads it, in a sentence; "" for none.
        issuer: who sends it; "" prints no closing.
        day: the day it is sent, in words.
        comments: whether a last, empty column takes comments.
    """
    made = Document()
    section = made.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, _ACROSS, _UPRIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _EDGE
    made.core_properties.identifier = paper.code
    made.core_properties.author = issuer
    _paragraph(made, printable(paper.title), _TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER)
    if comments:
        _paragraph(made, "（征求意见稿）", _TEXT, 16, WD_ALIGN_PARAGRAPH.CENTER)
    for words in (MADE_UP if paper.made_up else "", paper.subtitle):
        if words:
            _paragraph(made, printable(words), _HEAD, 12, WD_ALIGN_PARAGRAPH.CENTER)
    if asks:
        said = _paragraph(made, asks, _TEXT, 16)
        said.paragraph_format.first_line_indent = Pt(32)
    _table(made, paper, comments=comments)
    if issuer:
        closing = _paragraph(made, f"{issuer}　　{day}", _TEXT, 14, WD_ALIGN_PARAGRAPH.RIGHT)
        closing.paragraph_format.space_before = Pt(10)
    _footer(section, paper.code)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _paragraph(into: Any, words: str, face: str, size: int, side: WD_ALIGN_PARAGRAPH | None = None) -> Any:
    paragraph = into.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if side is not None:
        paragraph.alignment = side
    _run(paragraph, words, face, size)
    return paragraph


def _run(paragraph: Any, words: str, face: str, size: float) -> None:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = face, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)  # noqa: SLF001 (the library names no East Asian typeface)


def _table(made: Any, paper: Paper, *, comments: bool) -> None:
    labels = [column.label for column in paper.columns] + ([REMARKS] if comments else [])
    widths = [column.width for column in paper.columns] + ([_COMMENT] if comments else [])
    table = made.add_table(rows=1, cols=len(labels))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    room = _ACROSS - 2 * _EDGE
    fixed = [column.key == "number" or column.fill is Fill.DAY for column in paper.columns] + [False] * comments
    free = sum(width for width, still in zip(widths, fixed, strict=True) if not still)
    rest = room - sum(fixed) * _DAY
    spans = [_DAY if still else int(rest * width / free) for width, still in zip(widths, fixed, strict=True)]
    for column, width in zip(table.columns, spans, strict=True):
        column.width = width
    _fill(table.rows[0], labels, _HEAD, spans)
    _mark(table.rows[0], "w:tblHeader")
    group = ""
    for row in paper.rows:
        if row.group and row.group != group:
            group = row.group
            band = table.add_row()
            whole = band.cells[0].merge(band.cells[-1])
            for empty in whole.paragraphs[1:]:
                empty._p.getparent().remove(empty._p)  # noqa: SLF001 (a merge leaves a line for each cell)
            _said(whole, group, _HEAD, band=True)
            _mark(band, "w:cantSplit")
        line = table.add_row()
        words = [row.cells.get(column.key, "") for column in paper.columns]
        _fill(line, words + ([""] if comments else []), _TEXT, spans)
        _mark(line, "w:cantSplit")


def _fill(row: Any, words: Sequence[str], face: str, spans: Sequence[int]) -> None:
    for cell, text, width in zip(row.cells, words, spans, strict=True):
        cell.width = width
        _said(cell, text, face)


def _said(cell: Any, text: str, face: str, *, band: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.15
    if face == _HEAD and not band:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if face == _HEAD:
        paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, printable(text), face, 10.5)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 (the library has no name for it)


def _footer(section: Any, code: str) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "第 ", _TEXT, 10.5)
    _field(paragraph, "PAGE")
    _run(paragraph, " 页　共 ", _TEXT, 10.5)
    _field(paragraph, "NUMPAGES")
    _run(paragraph, f" 页　　{CODE} {code}", _TEXT, 10.5)


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 (the library has no fields)
