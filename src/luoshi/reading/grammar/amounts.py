"""Quantities in a sentence: a number, its scale, its unit, and the words just around it. No judgement yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.reading.grammar.measures import COUNTABLE_IN_CHINESE, DESCRIPTION, UNIT
from luoshi.reading.grammar.numerals import ARABIC, CHINESE, SCALE, level, scale, value

_DASH = r"\s*(?:[-—–~－～]{1,2}|至|到)\s*"
_NUMBER = f"(?:{ARABIC}|{CHINESE})"
_ABOUT = "[余多几来]?"
_QUANTITY = re.compile(
    f"(?:(?P<percent>百分之|千分之)(?P<of>{_NUMBER})(?P<percent_tail>个?百分点)?)|"
    f"(?:(?P<low>{ARABIC})(?P<low_scale>{SCALE})?(?P<low_unit>{UNIT})?{_DASH})?"
    f"(?P<number>{ARABIC})\\s*(?P<about>{_ABOUT})(?P<scale>{SCALE})?(?P<about_too>{_ABOUT})\\s*(?P<unit>{UNIT})?|"
    f"(?P<parts>{CHINESE})分之(?P<of_parts>{CHINESE})|"
    f"(?:(?P<low_chinese>{CHINESE}){_DASH})?(?P<chinese>{CHINESE})(?P<chinese_unit>{UNIT})"
)
_NAME = re.compile(r"“[^”]{1,30}”|‘[^’]{1,30}’|《[^》]{1,60}》|【[^】]{0,20}】|\[[^\]]{0,10}\]|「[^」]{1,30}」")
_LATIN = re.compile(r"[A-Za-z.·+#_]$")
_ORDINAL = re.compile(r"(?:第|/|NO\.?|№|[A-Za-z]|\d\s*[.+]|[+〔\[]|型|新冠|排名前|前|近|最后)$", re.IGNORECASE)
_DESCRIBES = re.compile(f"^{DESCRIPTION}")
_REACHES = re.compile(r"(?:达到?|提高到?|增加到?|延长到?|不低于|超过|提高至)$")
"""A span of years is promised only when it is reached: 预期寿命达到78岁, 受教育年限提高到11年."""
_PER_TENS = re.compile(r"^/\s*(?:10\s*)?[万千百十]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; offsets are into the sentence."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    """As printed without its scale; empty when none follows."""
    more: bool
    """余, 多: somewhat above."""
    in_chinese: bool


def names(sentence: str) -> list[tuple[int, int]]:
    """Spans of names: what stands in quotation marks, book-title marks and footnote brackets."""
    return [found.span() for found in _NAME.finditer(sentence)]


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _shares(found: re.Match[str]) -> Quantity:
    if found["percent"]:
        unit = "%" if found["percent"] == "百分之" else "‰"
        unit = "个百分点" if found["percent_tail"] else unit
        return Quantity(found.start(), found.end(), value(found["of"]), None, unit, more=False, in_chinese=False)
    share = (Decimal(100) * value(found["of_parts"]) / value(found["parts"])).quantize(Decimal("0.01"))
    return Quantity(found.start(), found.end(), share, None, "%", more=False, in_chinese=True)


def _arabic(found: re.Match[str], flat: str) -> Quantity:
    times = scale(found["scale"] or "")
    number, end, unit = value(found["number"]) * times, found.end(), found["unit"] or ""
    per = _PER_TENS.match(flat[end:]) if not unit else None
    if per:
        unit, end = per[0], end + per.end()
    more = bool(found["about"] or found["about_too"])
    if not found["low"]:
        return Quantity(found.start(), end, number, None, unit, more=more, in_chinese=False)
    low_scale = scale(found["low_scale"]) if found["low_scale"] else times
    low = value(found["low"]) * low_scale
    return Quantity(found.start(), end, low, number, unit, more=more, in_chinese=False)


def _chinese(found: re.Match[str]) -> Quantity:
    number, unit = value(found["chinese"]), found["chinese_unit"]
    low = value(found["low_chinese"]) if found["low_chinese"] else None
    pair = re.fullmatch(r"([一二三四五六七八])([二三四五六七八九])", found["chinese"])
    if pair and value(pair[2]) == value(pair[1]) + 1:
        low, number = value(pair[1]), value(pair[2])
    if low is None:
        return Quantity(found.start(), found.end(), number, None, unit, more=False, in_chinese=True)
    return Quantity(found.start(), found.end(), low, number, unit, more=False, in_chinese=True)


def _named(found: re.Match[str], flat: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the number is part of a name, an ordinal or a description rather than a quantity."""
    before, after = flat[max(0, found.start() - 6) : found.start()], flat[found.end() :]
    if _inside(spans, found.start(), found.end()) or _ORDINAL.search(before) or _LATIN.search(before):
        return True
    unit = found["unit"] or found["chinese_unit"] or ""
    whole = flat[found.end() - len(unit) :]
    described = _DESCRIBES.match(whole)
    if found["unit"] in {"岁", "年"}:
        return not _REACHES.search(before)
    if described and len(described[0]) >= len(unit):
        return True
    return bool(re.match(r"[A-Za-z+]", after)) and not unit


def find_quantities(sentence: str) -> Iterator[Quantity]:
    """Every quantity of the sentence, in order; numbers inside names and ordinals are left out."""
    flat, spans = level(sentence), names(sentence)
    for found in _QUANTITY.finditer(flat):
        if found["percent"] or found["parts"]:
            if not _inside(spans, found.start(), found.end()):
                yield _shares(found)
        elif _named(found, flat, spans):
            continue
        elif found["number"]:
            yield _arabic(found, flat)
        elif found["chinese_unit"] in COUNTABLE_IN_CHINESE:
            yield _chinese(found)
