"""docx → paragraphs, with the numbers Word draws by itself, tables row by row, deletions left out."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from luoshi.reading.documents.document import Document, document, refuse

_DIGITS = "零一二三四五六七八九十"
_FORMS = {
    "chineseCounting": "chinese",
    "chineseCountingThousand": "chinese",
    "japaneseCounting": "chinese",
    "ideographDigital": "chinese",
    "taiwaneseCountingThousand": "chinese",
    "decimal": "decimal",
    "decimalZero": "decimal",
    "decimalEnclosedCircle": "circle",
    "decimalEnclosedCircleChinese": "circle",
    "upperLetter": "letter",
    "lowerLetter": "letter",
}


def _chinese(number: int) -> str:
    if number <= 10:  # noqa: PLR2004
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _drawn(number: int, form: str) -> str:
    kind = _FORMS.get(form, "decimal")
    if kind == "chinese" and number < 100:  # noqa: PLR2004
        return _chinese(number)
    if kind == "circle" and number <= 20:  # noqa: PLR2004
        return chr(0x2460 + number - 1)
    if kind == "letter":
        return chr(ord("A" if form.startswith("upper") else "a") + (number - 1) % 26)
    return str(number)


class _Numbering:
    """Word's automatic numbers: they are not in the text, they are drawn from numbering.xml."""

    def __init__(self, opened: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = {
            style.get(qn("w:styleId")): found
            for style in opened.styles.element.findall(qn("w:style"))
            if (found := style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) is not None
        }
        try:
            root = opened.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError, ValueError):
            return
        abstract = {
            one.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): self._level(level) for level in one.findall(qn("w:lvl"))
            }
            for one in root.findall(qn("w:abstractNum"))
        }
        for one in root.findall(qn("w:num")):
            pointed = one.find(qn("w:abstractNumId"))
            if pointed is not None:
                self._levels[one.get(qn("w:numId"))] = abstract.get(pointed.get(qn("w:val")), {})

    @staticmethod
    def _level(level: Any) -> tuple[str, str, int]:
        def of(tag: str, default: str) -> str:
            found = level.find(qn(tag))
            return str(found.get(qn("w:val"))) if found is not None else default

        return of("w:numFmt", "decimal"), of("w:lvlText", "%1."), int(of("w:start", "1"))

    def before(self, paragraph: Any) -> str:
        """What Word draws before a paragraph: "1.", "（一）", "一、"; "" for none."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None:
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            found = self._styles.get(style.get(qn("w:val"))) if style is not None else None
        if found is None:
            return ""
        key, at = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        levels = self._levels.get(str(key.get(qn("w:val"))) if key is not None else "", {})
        depth = int(at.get(qn("w:val"))) if at is not None else 0
        if depth not in levels or levels[depth][0] in {"bullet", "none"}:
            return ""
        counts = self._counts.setdefault(str(key.get(qn("w:val"))), {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        form, pattern, _ = levels[depth]
        return re.sub(r"%(\d)", lambda m: self._part(m, counts, levels, depth, form), pattern)

    @staticmethod
    def _part(
        found: re.Match[str], counts: dict[int, int], levels: dict[int, tuple[str, str, int]], depth: int, form: str
    ) -> str:
        level = int(found[1]) - 1
        drawn = form if level == depth else levels.get(level, ("decimal", "", 1))[0]
        return _drawn(counts.get(level, 1), drawn)


_TEXT, _TAB = qn("w:t"), qn("w:tab")
_BREAKS = {qn("w:br"), qn("w:cr")}
_GONE = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def _words(element: Any) -> str:
    """The text of a paragraph in reading order, without what a reviewer deleted."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if here.tag in _GONE or (here.tag == qn("w:p") and here is not element):
            continue
        if here.tag == _TEXT:
            parts.append(here.text or "")
        elif here.tag == _TAB and here.getparent().tag == qn("w:r"):
            parts.append("\t")
        elif here.tag in _BREAKS:
            parts.append("\n")
        waiting.extend(reversed(here))
    return "".join(parts)


def _rows(table: Any, numbering: _Numbering) -> Iterator[str]:
    """A table row by row, its cells apart; a cell merged downwards is said once."""
    for row in table.findall(qn("w:tr")):
        cells = []
        for cell in row.findall(qn("w:tc")):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merged is not None and merged.get(qn("w:val")) != "restart":
                continue
            cells.append(" ".join(line for line in _blocks(cell, numbering) if line.strip()))
        yield " | ".join(cell for cell in cells if cell)


def _blocks(container: Any, numbering: _Numbering) -> Iterator[str]:
    for block in container:
        if block.tag == qn("w:p"):
            yield numbering.before(block) + _words(block)
        elif block.tag == qn("w:tbl"):
            yield from _rows(block, numbering)
        elif block.tag == qn("w:sdt"):
            inner = block.find(qn("w:sdtContent"))
            if inner is not None:
                yield from _blocks(inner, numbering)


def read_word(content: bytes) -> Document:
    """The paragraphs of a docx in the order they are read; text boxes behind the body."""
    try:
        opened = docx.Document(io.BytesIO(content))
        body = opened.element.body
        paragraphs = list(_blocks(body, _Numbering(opened)))
        boxes = [_words(inner) for box in body.iter(qn("w:txbxContent")) for inner in box.iter(qn("w:p"))]
    except (KeyError, ValueError, AttributeError, TypeError, etree.LxmlError) as error:
        raise refuse(
            "文件不是完整的 Word 文档", "docx 须能打开", "请用 Word 或 WPS 打开后另存为 docx 再上传"
        ) from error
    return document([*paragraphs, *dict.fromkeys(box for box in boxes if box.strip())], "docx")
