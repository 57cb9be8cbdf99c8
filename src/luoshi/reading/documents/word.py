"""docx → paragraphs as Word prints them: drawn numbers, tables, notes, text boxes; what a reviewer deleted is gone."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from luoshi.reading.documents.document import BODY, HEADING, LIST, TABLE, Piece, Reading
from luoshi.reading.documents.numbering import Numbering
from luoshi.reading.documents.refusals import guarded, tell
from luoshi.words.findings import Finding

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXTS = frozenset({qn("w:t"), _MATH})
_GONE = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:rt"), qn("w:instrText")})
_BREAKS = frozenset({qn("w:br"), qn("w:cr")})
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_P, _TBL, _TR, _TC, _VAL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:val")
_BODY_LEVEL = 9


@dataclass(slots=True)
class _Line:
    """A paragraph while its runs are read: its words, and what hangs on it."""

    words: list[str] = field(default_factory=list)
    beside: list[Any] = field(default_factory=list)
    """Text boxes and notes, in the order they are met."""
    hidden: list[str] = field(default_factory=list)


class _Walk:
    """One pass over the body in reading order; lists count on as it goes."""

    def __init__(self, opened: Any) -> None:
        self.styles = {style.get(qn("w:styleId")): style for style in opened.styles.element.findall(qn("w:style"))}
        self.roots, self.margins = _parts(opened)
        self.numbering = Numbering(self.roots.get("numbering"), self.styles)
        self.notes = {
            (kind, note.get(qn("w:id"))): note
            for kind in _NOTES.values()
            for note in self.roots.get(kind, ())
            if len(note)
        }
        self.hidden: list[str] = []
        self.deleted = self.contents = 0
        self._noted = 0

    def blocks(self, container: Any) -> Iterator[Piece]:
        """The paragraphs and rows of a container; one whose mark a reviewer deleted runs on into the next."""
        pending = ""
        for block in container:
            if block.tag == _P:
                if self._is_contents(block):
                    self.contents += 1
                    continue
                line = self.line(block)
                words = pending + "".join(line.words)
                if block.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
                    pending = words
                    continue
                pending = ""
                yield self._piece(block, words)
                yield from self._beside(line)
            elif block.tag == _TBL:
                yield from self.rows(block)
            elif block.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}:
                yield from self.blocks(block)
        if pending:
            yield Piece(pending)

    def _piece(self, block: Any, words: str) -> Piece:
        heading = self._is_heading(block)
        if not words.strip():
            self.numbering.before(block)
            return Piece(words, BODY)
        number = self.numbering.before(block)
        return Piece(number + words, HEADING if heading else LIST if number else "")

    def line(self, block: Any) -> _Line:
        """The words of one paragraph; walks without recursion."""
        line = _Line()
        waiting = list(reversed(block))
        while waiting:
            here = waiting.pop()
            if here.tag in _TEXTS:
                line.words.append(here.text or "")
            elif here.tag in _GONE:
                self.deleted += here.tag in {qn("w:del"), qn("w:moveFrom")}
            elif here.tag == qn("w:r") and here.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
                line.hidden.extend(text.text or "" for text in here.iter(qn("w:t")))
            elif here.tag == qn("w:txbxContent") or here.tag in _NOTES:
                line.beside.append(here)
            elif here.tag == qn("w:tab"):
                line.words.append("\t")
            elif here.tag in _BREAKS:
                line.words.append("" if here.get(qn("w:type")) in {"page", "column"} else "\n")
            elif here.tag == qn("w:noBreakHyphen"):
                line.words.append("-")
            else:
                waiting.extend(reversed(_chosen(here)))
        if line.hidden:
            self.hidden.append("".join(line.hidden))
        return line

    def _beside(self, line: _Line) -> Iterator[Piece]:
        """Text boxes and notes stand behind the paragraph they hang on, so that they stay within its point."""
        for hung in line.beside:
            if hung.tag not in _NOTES:
                yield from (piece for piece in self.blocks(hung) if piece.text.strip())
                continue
            note = self.notes.pop((_NOTES[hung.tag], hung.get(qn("w:id"))), None)
            if note is not None:
                self._noted += 1
                words = " ".join(piece.text.strip() for piece in self.blocks(note) if piece.text.strip())
                yield Piece(f"〔注{self._noted}〕{words}", BODY)

    def rows(self, table: Any) -> Iterator[Piece]:
        """A table row by row, its cells apart by " | "; a cell merged downwards is said once.

        A row whose only words stand in one cell is layout, not a table, and gives its paragraphs.
        """
        for row in _inside(table, _TR):
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self.deleted += 1
                continue
            cells: list[list[Piece]] = []
            nested: list[Piece] = []
            for cell in _inside(row, _TC):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merged is not None and merged.get(_VAL) != "restart":
                    continue
                pieces = [piece for piece in self.blocks(cell) if piece.text.strip()]
                nested.extend(piece for piece in pieces if piece.kind == TABLE)
                cells.append([piece for piece in pieces if piece.kind != TABLE])
            filled = [cell for cell in cells if cell]
            if len(filled) == 1:
                yield from filled[0]
            elif filled:
                joined = (" ".join(piece.text.strip() for piece in cell).replace("\n", " ") for cell in filled)
                yield Piece(" | ".join(joined), TABLE)
            yield from nested

    def _named(self, block: Any) -> Iterator[Any]:
        """The paragraph, its style, and the styles that one is based on."""
        yield block
        found = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        for _ in range(12):
            style = self.styles.get(found.get(_VAL)) if found is not None else None
            if style is None:
                return
            yield style
            found = style.find(qn("w:basedOn"))

    def _is_heading(self, block: Any) -> bool:
        for holder in self._named(block):
            level = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if level is not None:
                return str(level.get(_VAL)).isdigit() and int(level.get(_VAL)) < _BODY_LEVEL
            name = holder.find(qn("w:name"))
            if name is not None and str(name.get(_VAL)).lower().startswith(("heading", "title", "标题")):
                return True
        return False

    def _is_contents(self, block: Any) -> bool:
        """A line of the table of contents repeats a heading with its page: read once, where it stands."""
        styles = list(self._named(block))[1:2]
        names = (style.find(qn("w:name")) for style in styles)
        return any(
            name is not None and str(name.get(_VAL)).lower().startswith(("toc ", "toc heading")) for name in names
        )

    def notices(self) -> Iterator[Finding]:
        """What was left out on the way."""
        if self.deleted:
            yield tell(
                "文档带有修订痕迹",
                "按接受全部修订后的文字读取，已删除的内容不读",
                "请确认修订已经定稿；未定稿的，处理修订后再上传",
            )
        if self.contents:
            yield tell(f"目录 {self.contents} 行未读", "目录重复正文标题", "无需处理")
        if self.hidden:
            yield tell("文档中有隐藏文字，未读", "只读打印时看得见的文字", "如应读入，请取消隐藏后再上传")


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Children of one kind, also within content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}:
            yield from _inside(child, tag)


def _chosen(element: Any) -> list[Any]:
    """The children to read: of two renderings of one thing, the first that holds words."""
    if element.tag != f"{_MC}AlternateContent":
        return list(element)
    for rendering in element:
        if next(rendering.iter(qn("w:t")), None) is not None:
            return [rendering]
    return []


def _parts(opened: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The roots of numbering and notes by their names, and the words of headers and footers."""
    roots: dict[str, Any] = {}
    margins = []
    for part in opened.part.package.iter_parts():
        kind = part.content_type.rpartition(".")[2].removesuffix("+xml")
        if kind in {"numbering", "footnotes", "endnotes", "header", "footer"}:
            root = part.element if hasattr(part, "element") else parse_xml(part.blob)
            if kind in {"header", "footer"}:
                lines = ("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in root.iter(_P))
                margins.append("\n".join(lines))
            else:
                roots[kind] = root
    return roots, tuple(margins)


def read_word(content: bytes) -> Reading:
    """The paragraphs of a docx in the order they are read; headers and footers only among the margins."""
    with guarded("Word 文档"):
        opened = docx.Document(io.BytesIO(content))
        walk = _Walk(opened)
        pieces = tuple(walk.blocks(opened.element.body))
        return Reading(pieces, "docx", margins=(*walk.margins, *walk.hidden), notices=tuple(walk.notices()))
