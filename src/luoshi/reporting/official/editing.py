"""An official text as words a person edits, and back: a figure stays bound where its own words still stand."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from luoshi.reporting.official.document import (
    Block,
    Figure,
    Grid,
    OfficialDocument,
    Part,
    Piece,
    Text,
    issue_of,
    number_or_room,
    words_of,
)
from luoshi.reporting.official.numbers import level_marks, official_day
from luoshi.reporting.papers import MADE_UP

TITLE = "title"
"""The name under which with_words takes the title."""
_OF_A_NUMBER = frozenset("0123456789.．")


def as_text(document: OfficialDocument) -> str:
    """The whole document as plain words: for searching, comparing, the clipboard; tables by tabs."""
    head = [*(line for line in (*issue_of(document), number_or_room(document)) if line)]
    to = [f"{document.to}："] if document.to else []
    lines = [MADE_UP] if document.made_up else []
    lines += [*head, document.title.replace("\n", ""), *to, *_told(document.blocks)]
    several = len(document.attachments) > 1
    for at, attachment in enumerate(document.attachments, 1):
        number = f"{at}." if several else ""
        lines.append(f"{'附件：' if at == 1 else ''}{number}{attachment.title}")
    if document.signer:
        lines += [document.signer, official_day(document.dated)]
    lines += [f"（{document.note}）"] if document.note else []
    for at, attachment in enumerate(document.attachments, 1):
        lines += [f"附件{at if several else ''}", attachment.title, *_told(attachment.parts)]
    lines += [f"抄送：{'，'.join(document.cc)}。"] if document.cc else []
    return "\n".join(lines) + "\n"


def _told(parts: tuple[Part, ...]) -> Iterator[str]:
    marks = iter(level_marks([part.level for part in parts if isinstance(part, Block)]))
    for part in parts:
        if isinstance(part, Block):
            yield next(marks) + words_of(part.text)
            continue
        yield "\t".join(column.label for column in part.columns)
        for row in part.rows:
            yield "\t".join(words_of(cell) for cell in row.cells)
        if part.note:
            yield part.note


def with_words(document: OfficialDocument, words: Mapping[str, str]) -> OfficialDocument:
    """The document with paragraphs as somebody edited them.

    A paragraph of no words is left out; a line break makes a new paragraph of the same level. What is not named stays.

    Args:
        document: the document as it was shown.
        words: by id of the block (or "title") the words that shall stand there, without the mark of the level.
    """
    blocks: list[Part] = []
    for part in document.blocks:
        if isinstance(part, Grid) or part.id not in words:
            blocks.append(part)
        else:
            blocks.extend(_edited(part, words[part.id]))
    return replace(document, blocks=tuple(blocks), title=words.get(TITLE, document.title).strip() or document.title)


def paragraph(document: OfficialDocument, key: str) -> str:
    """What a paragraph says, with those it was parted into; the title under "title"; empty where it is gone."""
    if key == TITLE:
        return document.title
    blocks = (part for part in document.blocks if isinstance(part, Block))
    return "\n".join(words_of(one.text) for one in blocks if one.id == key or one.id.startswith(f"{key}+"))


def _edited(block: Block, words: str) -> Iterator[Block]:
    text = kept_bindings(block.text, words.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    lines: list[list[Piece]] = [[]]
    for piece in text:
        if isinstance(piece, Figure):
            lines[-1].append(piece)
            continue
        first, *others = piece.split("\n")
        lines[-1].append(first)
        lines.extend([other] for other in others)
    made = [tuple(piece for piece in line if piece) for line in lines]
    for at, line in enumerate(line for line in made if words_of(line).strip()):
        yield replace(block, text=line, id=f"{block.id}+{at}" if at else block.id)


def kept_bindings(text: Text, words: str) -> Text:
    """New words with the bindings of the old text, where a figure's own words still stand unchanged.

    Old and new are laid side by side; a figure that falls into what is common stays bound. One whose surroundings were
    rewritten stays bound when its words stood once before and stand once now. A number inside a longer one is another number.
    """
    old = words_of(text)
    places, at = [], 0
    for piece in text:
        length = len(piece if isinstance(piece, str) else piece.words)
        if isinstance(piece, Figure) and length:
            places.append((at, piece))
        at += length
    common = SequenceMatcher(None, old, words, autojunk=False).get_matching_blocks()
    found = sorted(_places(old, words, places, common), key=lambda one: one[0])
    told: list[Piece] = []
    end = 0
    for start, figure in found:
        if start >= end:
            told += [words[end:start], figure]
            end = start + len(figure.words)
    return tuple(piece for piece in (*told, words[end:]) if piece)


def _places(old: str, words: str, places: list[tuple[int, Figure]], common: list) -> Iterator[tuple[int, Figure]]:  # type: ignore[type-arg]
    for at, figure in places:
        length = len(figure.words)
        shifted = [new + at - begun for begun, new, size in common if begun <= at and at + length <= begun + size]
        if not shifted and old.count(figure.words) == words.count(figure.words) == 1:
            shifted = [words.index(figure.words)]
        yield from ((start, figure) for start in shifted if _stands_alone(words, start, length))


def _stands_alone(words: str, start: int, length: int) -> bool:
    before, after = words[start - 1 : start], words[start + length : start + length + 1]
    inside = (words[start], words[start + length - 1])
    return not (
        (before in _OF_A_NUMBER and bool(before) and inside[0] in _OF_A_NUMBER)
        or (after in _OF_A_NUMBER and bool(after) and inside[1] in _OF_A_NUMBER)
    )
