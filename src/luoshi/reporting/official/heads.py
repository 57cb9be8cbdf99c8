"""版头: the mark, the number, the red line; the head of a serial; title and whom it is for. GB/T 9704—2012, 7.2 and 7.3.1."""

from collections.abc import Iterator
from typing import Any

from luoshi.reporting.official.document import (
    LetterHead,
    OfficialDocument,
    RedHead,
    SerialHead,
    issue_of,
    number_or_room,
)
from luoshi.reporting.official.markup import Face, Place, Stroke, paragraph, plain, runs_of
from luoshi.reporting.official.sizes import (
    LINE,
    RED,
    REGULAR,
    SONG_TITLE,
    THREE,
    TWO,
    WIDTH,
    characters,
    twips,
)
from luoshi.reporting.official.titles import lines_of

TITLE_LINE = 680
"""Twips between the lines of a title of 二号."""
_LARGEST = 108
"""54 pt: smaller than the marks of the offices above a bureau of education."""
_SPARE = 0.94
"""Of the width of 版心 that a mark takes at most."""
_RED_LINE = Stroke(16, RED, 5)
"""4 mm under the letters of the number: its line of 28.95 pt leaves 6.5 pt of them below the letters."""


def head_of(document: OfficialDocument) -> Iterator[Any]:
    """Everything above the title."""
    match document.head:
        case RedHead(mark=mark):
            yield _mark(mark)
            yield _numbered(document)
        case SerialHead(name=name):
            yield from _serial(document, name)
        case LetterHead():
            yield plain(number_or_room(document), Place("right", after=LINE))
        case None:
            pass


def title_of(document: OfficialDocument, *, draft: bool) -> Iterator[Any]:
    """The title, 送审稿 under it, and whom it is for."""
    gap = 2 * LINE if document.head and not isinstance(document.head, LetterHead) else 0
    yield heading("\n".join(lines_of(document.title)), before=gap)
    if draft and document.head:
        yield plain("（送审稿）", Place("center", together=True), Face(REGULAR))
    if document.to:
        yield plain(f"{document.to}：", Place(before=LINE))


def heading(words: str, *, before: int = 0) -> Any:
    """A title of 二号小标宋."""
    return plain(words, Place("center", line=TITLE_LINE, before=before, together=True), Face(SONG_TITLE, TWO))


def mark_size(mark: str) -> int:
    """The size, in half points, at which a mark stands on one line."""
    return min(_LARGEST, int(WIDTH / 10 * _SPARE / max(len(mark), 1)) // 2 * 2)


def _mark(mark: str) -> Any:
    """Its upper edge 35 mm below the upper edge of 版心; the letters stand in the middle of their line."""
    size = mark_size(mark)
    line = size * 12
    slack = (line - size * 10) // 2
    return plain(mark, Place("center", line=line, before=twips(35) - slack), Face(SONG_TITLE, size, RED))


def _numbered(document: OfficialDocument) -> Any:
    """The number two lines below; of a document that goes upward at the left, with 签发人 at the right."""
    number = number_or_room(document)
    if not document.issuer:
        return plain(number, Place("center", before=2 * LINE, below=_RED_LINE))
    room = WIDTH - characters(1)
    place = Place("left", before=2 * LINE, below=_RED_LINE, tabs=(("left", characters(1)), ("right", room)))
    signs = runs_of(f"\t{number}\t签发人：", Face())
    return paragraph(place, *signs, *runs_of(document.issuer, Face(REGULAR)))


def _serial(document: OfficialDocument, name: str) -> Iterator[Any]:
    size = min(_LARGEST, int(WIDTH / 10 * 0.8 / max(len(name), 1)) // 2 * 2)
    issue, office, day = issue_of(document)
    spread = Face(SONG_TITLE, size, RED, spacing=size)
    yield plain(name, Place("center", line=size * 13, before=LINE), spread)
    yield plain(issue, Place("center", before=LINE // 2))
    place = Place(
        "left", before=LINE // 2, below=_RED_LINE, tabs=(("left", characters(1)), ("right", WIDTH - characters(1)))
    )
    yield plain(f"\t{office}\t{day}", place, Face(size=THREE))
