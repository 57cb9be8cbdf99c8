"""One row of an indicator table: 指标（单位） | 基期值 | 目标值 | 约束性/预期性."""

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.reading.grammar.measures import UNIT
from luoshi.reading.grammar.numerals import ARABIC, SCALE, level, scale, value
from luoshi.spine import Comparator

_CELL = re.compile(r"[^|\t\u3000]+")
_SPACED = re.compile(r"\S+(?: \S+)*")
_NATURE = re.compile(r"^\s*(?:约束性?|预期性?|约束|预期)\s*$")
_VALUE = re.compile(
    rf"^\s*[〔\[(（]?\s*(?P<sign>≥|≤|>|<|＞|＜|不低于|不少于|不高于|不超过|达到)?\s*(?P<number>{ARABIC})\s*(?P<scale>{SCALE})?(?P<unit>{UNIT})?(?P<tail>左右|以上|以内|以下)?\s*[〕\])）]?\s*$"
)
_KEPT = re.compile(r"^\s*(?:不减少|只增不减|不降低|不下降)\s*$")
_NAMED_UNIT = re.compile(r"[（(\[]\s*(?P<scale>万|亿|百万|千万)?(?P<unit>[^（()）\]]{1,10})\s*[）)\]]\s*$")
_LEAST_CELLS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The target of a row; offsets of its cell in the row."""

    comparator: Comparator
    value: Decimal | None
    unit: str
    subject: str
    expected: bool
    """预期性."""
    start: int
    end: int


def _cells(line: str) -> list[tuple[int, str]]:
    marked = re.search(r"[|\t\u3000]| {2,}", line)
    if not marked:
        return []
    pattern = _CELL if re.search(r"[|\t\u3000]", line) else _SPACED
    return [(found.start(), found[0]) for found in pattern.finditer(line) if found[0].strip()]


def find_row(line: str) -> Row | None:
    """The row's target, taken from its last value; None when the line is no such row."""
    cells = _cells(line)
    if len(cells) < _LEAST_CELLS or re.search(r"[。；]", line):
        return None
    nature = next((cell.strip() for _, cell in cells if _NATURE.match(cell)), "")
    named = next((cell for _, cell in cells if re.search(r"[\u4e00-\u9fff]{2}", cell) and not _NATURE.match(cell)), "")
    last = next(((at, cell) for at, cell in reversed(cells) if _VALUE.match(level(cell)) or _KEPT.match(cell)), None)
    unit = _NAMED_UNIT.search(level(named))
    if last is None or not named or not (nature or unit):
        return None
    return _row(last, named, unit, expected=nature.startswith("预期"))


def _row(last: tuple[int, str], named: str, unit: re.Match[str] | None, *, expected: bool) -> Row:
    at, cell = last
    subject = re.sub(r"[（(\[][^（()）\]]*[）)\]]\s*$", "", named).strip()
    start, end = at, at + len(cell)
    found = _VALUE.match(level(cell))
    if found is None:
        return Row(Comparator.NEVER_LESS, None, unit["unit"] if unit else "", subject, expected, start, end)
    times = scale((unit["scale"] if unit else None) or "") * scale(found["scale"] or "")
    shown = found["unit"] or (unit["unit"] if unit else "")
    sign = (found["sign"] or "") + (found["tail"] or "")
    if re.search(r"≥|>|＞|不低于|不少于|达到|以上", sign):
        held = Comparator.AT_LEAST
    else:
        held = Comparator.AT_MOST if re.search(r"≤|<|＜|不高于|不超过|以内|以下", sign) else Comparator.EXACTLY
    return Row(held, value(found["number"]) * times, shown, subject, expected, start, end)
