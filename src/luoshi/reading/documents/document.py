"""A text in paragraphs, each with its place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

Converter = Callable[[bytes], bytes]
"""Turns an old Word or WPS file into docx; raises RefusedError when it cannot."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: text[start:end] of the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What was in a file. The paragraphs joined by line ends are the text."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    form: str
    """txt, docx, pdf, html or ofd: what the file was by content, whatever its name."""


def document(paragraphs: Iterable[str], form: str) -> Document:
    """A document of these paragraphs; line ends inside a paragraph part it."""
    parted = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    placed, at = [], 0
    for line in parted:
        placed.append(Paragraph(line, at, at + len(line)))
        at += len(line) + 1
    return Document("\n".join(parted), tuple(placed), form)


def refuse(what: str, rule: str, remedy: str) -> RefusedError:
    """A refusal of the whole file."""
    return RefusedError(Finding("所选文件", what, rule, remedy))
