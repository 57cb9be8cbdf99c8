"""Rows of an indicator table printed as a line: name (unit), the value so far, the value to reach, its nature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.reading.grammar.measures import measure_at
from luoshi.reading.grammar.numerals import ARABIC, SCALE, level, scale, value
from luoshi.spine import Comparator

_CELL = re.compile(r"[^\t|｜\u3000]+?(?=\t|[|｜]|\u3000| {2,}|$)")
_FIGURE = re.compile(
    rf"\s*+(?P<held>[≥≤>＞<＜])?\s*+[\[〔(]?(?P<number>{ARABIC})(?P<scale>{SCALE})?(?P<unit>[^\d\s\])〕]{{0,6}}?)[\])〕]?(?P<tail>以上|以内|以下|左右)?\s*"
)
_NAMED = re.compile(rf"(?P<name>[^\d\s][^()]{{1,40}})\((?P<scale>{SCALE})?(?P<unit>[^()]{{1,10}})\)\s*")
_NOTHING = re.compile(r"\s*(?:[-—–/~]{1,2}|(?!约束性|预期性|牵头)[\u4e00-\u9fff]{2,6})\s*")
_FEWEST_CELLS = 3
_LONGEST_CELL = 50
_HELD = {"≥": Comparator.AT_LEAST, ">": Comparator.AT_LEAST, "＞": Comparator.AT_LEAST}
_TAILS = {"以上": Comparator.AT_LEAST, "以内": Comparator.AT_MOST, "以下": Comparator.AT_MOST}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a row that is to be reached; offsets are into the line."""

    start: int
    end: int
    comparator: Comparator
    value: Decimal
    unit: str
    subject: str


def find_figures(line: str) -> list[Figure]:
    """What a table row asks for; nothing when the line is no row. With several figures the first is where things stand."""
    cells = list(_cells(level(line)))
    if len(cells) < _FEWEST_CELLS or any(len(words) > _LONGEST_CELL or "。" in words for _, words in cells):
        return []
    named = next((found for _, words in cells[:2] if (found := _NAMED.fullmatch(words))), None)
    if named is None:
        return []
    told = [(at, words) for at, words in cells[1:] if _FIGURE.fullmatch(words) or _NOTHING.fullmatch(words)]
    asked = told[1:] if len(told) > 1 else told
    return [figure for at, words in asked if (figure := _figure(at, words, named))]


def _cells(flat: str) -> Iterator[tuple[int, str]]:
    for found in _CELL.finditer(flat):
        if found[0].strip():
            yield found.start(), found[0]


def _figure(at: int, words: str, named: re.Match[str]) -> Figure | None:
    found = _FIGURE.fullmatch(words)
    if found is None:
        return None
    unit, times = named["unit"], scale(found["scale"] or named["scale"] or "")
    if found["unit"] and measure_at(found["unit"], 0) == len(found["unit"]):
        unit = found["unit"]
    elif found["unit"]:
        return None
    held = Comparator.AT_MOST if found["held"] else Comparator.EXACTLY
    held = _HELD.get(found["held"] or "", _TAILS.get(found["tail"] or "", held))
    start = at + found.start("number")
    return Figure(start, at + found.end("number"), held, value(found["number"]) * times, unit, named["name"].strip())
