"""Sections: page, margins, document grid, page numbers at the outer edge. GB/T 9704—2012, 5 and 7.5."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from luoshi.reporting.official.markup import Face, Place, Stroke, field, node, paragraph, plain, runs_of
from luoshi.reporting.official.sizes import (
    BLACK,
    BOTTOM,
    CLOSER,
    FOUR,
    HEIGHT,
    LEFT,
    LINE,
    PAGE,
    RED,
    RIGHT,
    SMALL_FOUR,
    SONG,
    TOP,
    WIDTH,
    twips,
)
from luoshi.reporting.papers import MADE_UP

_NUMBER = Face(SONG, FOUR)
_NUMBER_LINE = 280
_FOOT = twips(35 - 7) - _NUMBER_LINE // 2
"""The dash of the number, in the middle of its line, stands 7 mm below 版心."""
_BOX = twips(30)
"""Length of the box that holds a turned page number."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a section is like."""

    across: bool = False
    numbered: bool = True
    """版记 on the back of the last sheet carries no number."""
    start: str = "nextPage"
    letter: str = ""
    """The name of the bureau above the first page of a 信函."""
    made_up: bool = False


def end_section(made: Any, kind: Sheet) -> Any:
    """The properties of a section, with its heads and feet; the caller puts them where the section ends."""
    told = node("sectPr")
    for side in ("default", "even"):
        _related(made, told, "header", side, _head(kind))
        _related(made, told, "footer", side, _foot(kind, even=side == "even"))
    if kind.letter:
        _related(made, told, "header", "first", _letter_head(kind))
        _related(made, told, "footer", "first", _letter_foot())
    told.append(node("type", val=kind.start))
    told.append(_paper(kind))
    told.append(_edges(kind))
    if kind.letter:
        told.append(node("titlePg"))
    grid = {"linePitch": LINE} if kind.across else {"type": "linesAndChars", "linePitch": LINE, "charSpace": CLOSER}
    told.append(node("docGrid", **grid))
    return told


def _paper(kind: Sheet) -> Any:
    if kind.across:
        return node("pgSz", w=PAGE[1], h=PAGE[0], orient="landscape")
    return node("pgSz", w=PAGE[0], h=PAGE[1])


def _edges(kind: Sheet) -> Any:
    """A page across is an upright one turned to the right: its top is the binding edge of the sheet."""
    top, right, bottom, left = (LEFT, TOP, RIGHT, BOTTOM) if kind.across else (TOP, RIGHT, BOTTOM, LEFT)
    return node("pgMar", top=top, right=right, bottom=bottom, left=left, header=851, footer=_FOOT, gutter=0)


def _related(made: Any, told: Any, name: str, side: str, content: Sequence[Any]) -> None:
    part, number = made.part.add_header_part() if name == "header" else made.part.add_footer_part()
    element = part.element
    for old in list(element):
        element.remove(old)
    for one in content:
        element.append(one)
    reference = node(f"{name}Reference", type=side)
    reference.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
    told.append(reference)


def _head(kind: Sheet) -> list[Any]:
    words = MADE_UP if kind.made_up else ""
    return [plain(words, Place("right", line=0), Face(BLACK, SMALL_FOUR))]


def _foot(kind: Sheet, *, even: bool) -> list[Any]:
    if not kind.numbered:
        return [paragraph(Place())]
    number = (*runs_of("— ", _NUMBER), *field("PAGE", _NUMBER), *runs_of(" —", _NUMBER))
    inward = FOUR * 10
    if kind.across:
        return [_turned(number, even=even)]
    if even:
        return [paragraph(Place("left", left=inward, line=_NUMBER_LINE), *number)]
    return [paragraph(Place("right", right=inward, line=_NUMBER_LINE), *number)]


def _turned(number: Sequence[Any], *, even: bool) -> Any:
    """The number where it stands on an upright page, seen after the sheet was turned: at the left, reading downward.

    What is right on the sheet is below on the screen: so an odd page has it at the lower end.
    """
    inward = FOUR * 10
    top = LEFT + inward if even else PAGE[0] - RIGHT - inward - _BOX
    left = twips(35 - 7) - _NUMBER_LINE // 2
    style = (
        f"position:absolute;margin-left:{left / 20:.1f}pt;margin-top:{top / 20:.1f}pt;width:{_NUMBER_LINE / 20:.1f}pt;"
        f"height:{_BOX / 20:.1f}pt;z-index:1;mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    picture = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        f'<v:rect style="{style}" filled="f" stroked="f"><v:textbox style="layout-flow:vertical" inset="0,0,0,0">'
        "<w:txbxContent/></v:textbox></v:rect></w:pict></w:r>"
    )
    inside = next(one for one in picture.iter() if one.tag.endswith("}txbxContent"))
    inside.append(paragraph(Place("left" if even else "right", line=_NUMBER_LINE), *number))
    return paragraph(Place(line=_NUMBER_LINE), picture)


def _letter_head(kind: Sheet) -> list[Any]:
    """信函格式: the name 30 mm from the edge of the sheet, 4 mm below it a double red line of 170 mm, the thick one above."""
    size = min(84, int(WIDTH / max(len(kind.letter), 1) / 10))
    name = plain(
        kind.letter,
        Place(
            "center",
            line=size * 11,
            before=twips(30) - 851,
            below=Stroke(24, RED, 8, "thickThinSmallGap"),
            left=-twips(8),
            right=-twips(6),
        ),
        Face("方正小标宋简体", size, RED),
    )
    return [*([plain(MADE_UP, Place("right", line=0), Face(BLACK, SMALL_FOUR))] if kind.made_up else []), name]


def _letter_foot() -> list[Any]:
    """The lower double red line, 20 mm from the edge of the sheet, the thin one above; the first page has no number."""
    frame = (("w", twips(170)), ("h", 80), ("hRule", "exact"), ("hSpace", 0), ("wrap", "around"), ("vAnchor", "page"))
    at = (("hAnchor", "page"), ("x", twips(20)), ("y", PAGE[1] - twips(20) - 80))
    line = Place(line=40, below=Stroke(24, RED, 0, "thinThickSmallGap"), frame=(*frame, *at))
    return [paragraph(line), paragraph(Place())]


def room_of(kind: Sheet) -> int:
    """Width of the text, in twips."""
    return HEIGHT if kind.across else WIDTH
