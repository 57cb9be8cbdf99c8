"""Body, list of attachments, closing: where each line stands. GB/T 9704—2012, 7.3.3 to 7.3.6."""

from collections.abc import Iterator, Sequence
from typing import Any

from luoshi.reporting.official.bookmarks import Bookmarks
from luoshi.reporting.official.document import Attachment, Block, Grid, OfficialDocument, Part
from luoshi.reporting.official.grids import table_of
from luoshi.reporting.official.markup import Face, Place, bound_text, plain
from luoshi.reporting.official.numbers import level_marks, official_day
from luoshi.reporting.official.sizes import BLACK, IMITATION, LINE, REGULAR, breadth, characters

_FACES = (IMITATION, BLACK, REGULAR, IMITATION, IMITATION)
_HEADINGS = (1, 2)
_APART = LINE // 4
"""Twips between a table and the text around it."""
_OPENING = "附件："
_SEAL_ROOM = 3
"""Lines left for a seal of 42 mm, whose top is to stand within a line of the text."""


def parts(listed: Sequence[Part], marks: Bookmarks, room: int, *, closed: bool = False) -> Iterator[Any]:
    """Paragraphs with the marks of their levels, and tables.

    Args:
        listed: what stands there.
        marks: the bookmarks of the document.
        room: width of the text, in twips.
        closed: a closing follows, which must not fall alone on a page.
    """
    numbers = iter(level_marks([part.level for part in listed if isinstance(part, Block)]))
    for at, part in enumerate(listed):
        before, after = (listed[near] if 0 <= near < len(listed) else None for near in (at - 1, at + 1))
        if isinstance(part, Block):
            place = Place(
                first=characters(2),
                before=_APART if isinstance(before, Grid) else 0,
                after=_APART if isinstance(after, Grid) else 0,
                together=(part.level in _HEADINGS and after is not None) or (closed and after is None),
            )
            yield bound_text(part.text, place, Face(_FACES[part.level]), marks, next(numbers))
        else:
            yield from table_of(part, marks, room)


def attachment_list(attachments: Sequence[Attachment], *, closed: bool) -> Iterator[Any]:
    """附件说明: no number when there is one only, no full stop; wrapped lines stand under the first letter of the name."""
    several = len(attachments) > 1
    for at, attachment in enumerate(attachments, 1):
        opening = (_OPENING if at == 1 else "") + (f"{at}." if several else "")
        name = 2 + len(_OPENING) + (_number_width(at) if several else 0)
        hung = characters(len(_OPENING) if at == 1 else 0) + (characters(_number_width(at)) if several else 0)
        place = Place(
            left=characters(name), first=-hung, before=LINE if at == 1 else 0, together=at < len(attachments) or closed
        )
        yield plain(opening + attachment.title.replace("\n", ""), place)


def closing(document: OfficialDocument) -> Iterator[Any]:
    """署名, 成文日期 and 附注."""
    if document.signer:
        name, day = document.signer, official_day(document.dated)
        name_edge, day_edge = edges(breadth(name), breadth(day), seal=document.seal)
        gap = _SEAL_ROOM * LINE if document.seal else LINE
        yield plain(name, Place("right", right=characters(name_edge), before=gap, together=True))
        yield plain(day, Place("right", right=characters(day_edge), together=bool(document.note)))
    if document.note:
        yield plain(f"（{document.note}）", Place(left=characters(2)))


def edges(name: float, day: float, *, seal: bool) -> tuple[float, float]:
    """How far name and day stand from the right edge, in characters.

    With a seal: the day 4, the name centred above it. Without: the name 2, the day beginning 2 behind the name's first
    letter; where the day would then come nearer to the edge than 2 characters, it stands at 2 and the name moves with it.

    Args:
        name: how wide the name is.
        day: how wide the day is.
        seal: whether a seal will be set on it.
    """
    if seal:
        return max(4 + (day - name) / 2, 0), 4.0
    if day > name - 2:
        return 2 + day + 2 - name, 2.0
    return 2.0, name - day


def _number_width(at: int) -> float:
    """Of 1. in the letters of the text: half a character a digit, a quarter the dot."""
    return 0.5 * len(str(at)) + 0.25
