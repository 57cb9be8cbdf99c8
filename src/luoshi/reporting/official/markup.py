"""Paragraphs and runs of WordprocessingML, with exactly the properties the standard asks for and nothing inherited."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from luoshi.reporting.official.bookmarks import Bookmarks
from luoshi.reporting.official.document import Text
from luoshi.reporting.official.sizes import DIGITS, IMITATION, LINE, NEARER, SONG_TITLE, THREE
from luoshi.reporting.papers import printable


@dataclass(frozen=True, slots=True)
class Face:
    """How letters look."""

    name: str = IMITATION
    size: int = THREE
    """In half points."""
    colour: str = ""
    spacing: int = NEARER
    """Twips between letters."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line above or below a paragraph."""

    eighths: int
    """Its weight, in eighths of a point."""
    colour: str = "000000"
    space: int = 0
    """Points between it and the letters."""
    kind: str = "single"


@dataclass(frozen=True, slots=True)
class Place:
    """How a paragraph stands. Everything in twips."""

    side: str = "both"
    left: int = 0
    right: int = 0
    first: int = 0
    """Of the first line; less than nothing hangs it out."""
    line: int = LINE
    """Exact height of a line; 0 leaves it to the letters."""
    before: int = 0
    after: int = 0
    together: bool = False
    """Stays on the page of the next paragraph."""
    whole: bool = False
    """Is never broken over two pages."""
    new_page: bool = False
    above: Stroke | None = None
    below: Stroke | None = None
    frame: tuple[tuple[str, str | int], ...] = ()
    tabs: tuple[tuple[str, int], ...] = ()


def node(tag: str, *children: Any, **attributes: str | int) -> Any:
    """An element of the w: namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    for child in children:
        made.append(child)
    return made


def paragraph(place: Place, *runs: Any) -> Any:
    """A paragraph."""
    return node("p", _properties(place), *runs)


def plain(words: str, place: Place, face: Face | None = None) -> Any:
    """A paragraph of words in one face."""
    return paragraph(place, *runs_of(words, face or Face()))


def bound_text(text: Text, place: Place, face: Face, marks: Bookmarks, before: str = "") -> Any:
    """A paragraph whose figures carry their hidden bookmarks."""
    runs: list[Any] = list(runs_of(before, face))
    for piece in text:
        if isinstance(piece, str):
            runs.extend(runs_of(piece, face))
            continue
        number, name = marks.of(piece)
        runs.append(node("bookmarkStart", id=number, name=name))
        runs.extend(runs_of(piece.words, face))
        runs.append(node("bookmarkEnd", id=number))
    return paragraph(place, *runs)


def runs_of(words: str, face: Face) -> Iterator[Any]:
    """Words as runs; a tab and a line break are marks of their own."""
    said = printable(words)
    if not said:
        return
    run = node("r", _letters(face))
    for at, line in enumerate(said.split("\n")):
        if at:
            run.append(node("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                run.append(node("tab"))
            if part:
                text = node("t")
                text.text = part
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(text)
    yield run


def field(name: str, face: Face) -> Iterator[Any]:
    """A field that the program counts: PAGE."""
    for kind in ("begin", "instr", "separate", "shown", "end"):
        run = node("r", _letters(face))
        if kind == "instr":
            told = node("instrText")
            told.text = f" {name} "
            run.append(told)
        elif kind == "shown":
            shown = node("t")
            shown.text = "1"
            run.append(shown)
        else:
            run.append(node("fldChar", fldCharType=kind))
        yield run


def _letters(face: Face) -> Any:
    latin = DIGITS if face.name == IMITATION else face.name
    made = node("rPr", node("rFonts", ascii=latin, hAnsi=latin, eastAsia=face.name, cs=latin, hint="eastAsia"))
    if face.name == SONG_TITLE:
        made.append(node("b", val="0"))
    if face.colour:
        made.append(node("color", val=face.colour))
    made.append(node("spacing", val=face.spacing))
    made.append(node("sz", val=face.size))
    made.append(node("szCs", val=face.size))
    return made


def _properties(place: Place) -> Any:
    """In the order of the schema: Word forgives another, WPS does not always."""
    made = node("pPr")
    for wanted, tag in ((place.together, "keepNext"), (place.whole, "keepLines"), (place.new_page, "pageBreakBefore")):
        if wanted:
            made.append(node(tag))
    if place.frame:
        made.append(node("framePr", **dict(place.frame)))
    rules = [(tag, rule) for tag, rule in (("top", place.above), ("bottom", place.below)) if rule]
    if rules:
        made.append(node("pBdr", *(_rule(tag, rule) for tag, rule in rules)))
    if place.tabs:
        made.append(node("tabs", *(node("tab", val=side, pos=at) for side, at in place.tabs)))
    for unwanted in ("autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid"):
        made.append(node(unwanted, val=0))
    spacing: dict[str, str | int] = {"before": place.before, "after": place.after}
    if place.line:
        spacing |= {"line": place.line, "lineRule": "exact"}
    made.append(node("spacing", **spacing))
    made.append(_indent(place))
    made.append(node("jc", val=place.side))
    return made


def _indent(place: Place) -> Any:
    edges: dict[str, str | int] = {"left": place.left, "right": place.right}
    if place.first > 0:
        edges["firstLine"] = place.first
    elif place.first < 0:
        edges["hanging"] = -place.first
    return node("ind", **edges)


def _rule(tag: str, rule: Stroke) -> Any:
    return node(tag, val=rule.kind, sz=rule.eighths, space=rule.space, color=rule.colour)
