"""Quantities in a sentence: a number with its scale and unit, a range, a share. No judgement yet about what is promised."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from luoshi.reading.grammar.measures import Sort, measure_at, open_measure_at, sort_of
from luoshi.reading.grammar.names import Names
from luoshi.reading.grammar.numerals import ARABIC, CHINESE, LONGEST, SCALE, level, scale, value

_NUMERAL = re.compile(
    rf"(?P<hundredths>[百千]分之)(?:(?P<whole>百)|(?P<of>{ARABIC}|{CHINESE}))(?P<points>个?百分点)?"
    rf"|(?P<parts>{CHINESE})分之(?P<of_parts>{CHINESE})"
    rf"|(?P<part>\d{{1,2}})/(?P<whole_parts>\d)(?![\d/])"
    rf"|(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})"
)
_SCALED = re.compile(
    rf" ?(?P<about>[余多几]?|来(?=[个所名万家]))(?P<scale>{SCALE})?(?P<about_too>余|多(?![边元样方种渠层])|来(?=[个所名家]))? ?"
)
_SCALED_UNIT = re.compile(r" ?(?:千(?:瓦|米|克|伏|卡)|百分)")
_DASH = re.compile(r" ?(?:[-—–~－～]{1,2}|至|到) ?")
_PER_TENS = re.compile(r"/ ?(?:10 ?)?[万千百十]")
_NEIGHBOURS = re.compile("(?:一两|[一二两三四五六七八][二三四五六七八九])")
_COUNTED_FROM = re.compile(r"(?:由|从|自)[^，,。；;]{0,20}$")
_CODE_BEFORE = re.compile(r"(?:[A-Za-z.·+#_×:第№/〔]|NO\.|型|新冠|排名前|[^提超]前|近|最后|[^\d]-)$")
_CODE_AFTER = re.compile(r"[A-Za-z+:×][A-Za-z\d]?")
_LIST_MARKER = re.compile(r"\s*[\d０-９]{1,2}(?:．(?=[\d０-９])|、)")
"""１．90%以上 is item one, not one point nine."""
_RATE = re.compile(r"[%‰]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; offsets are into the sentence."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    """As printed without its scale; empty when none follows."""
    more: bool = False
    """余, 多: somewhat above."""
    chinese: str = ""
    """The numeral, when it is written in Chinese characters."""

    @property
    def sort(self) -> Sort:
        """What its unit measures."""
        return sort_of(self.unit)


def find_quantities(sentence: str) -> Iterator[Quantity]:
    """Every quantity of the sentence, in order; numbers inside names, codes and ordinals are left out."""
    flat, names = level(sentence), Names(sentence)
    marker = _LIST_MARKER.match(sentence)
    at = marker.end() if marker else 0
    while found := _NUMERAL.search(flat, at):
        quantity = _read(found, flat)
        at = max(quantity.end, found.end())
        if names.hold(found.start()) or _is_code(flat, found.start(), found.end(), quantity):
            continue
        yield _as_printed(quantity, sentence)


def _read(found: re.Match[str], flat: str) -> Quantity:
    """The whole quantity that begins with a numeral."""
    if found["hundredths"]:
        return _hundredths(found)
    if found["parts"] or found["part"]:
        return _fraction(found)
    low = _amount(found, flat)
    dash = _DASH.match(flat, low.end)
    high = dash and _NUMERAL.match(flat, dash.end())
    if dash and high and (high["arabic"] or high["chinese"]):
        return _range(low, _amount(high, flat), flat, dash[0].strip()) or low
    return _neighbours(low)


def _hundredths(found: re.Match[str]) -> Quantity:
    """百分之五, 千分之三, 百分之百."""
    number = Decimal(100) if found["whole"] else value(found["of"])
    unit = "个百分点" if found["points"] else {"百": "%", "千": "‰"}[found["hundredths"][0]]
    return Quantity(found.start(), found.end(), number, None, unit)


def _fraction(found: re.Match[str]) -> Quantity:
    """三分之二, 1/3: told as a percentage to two places."""
    whole = value(found["parts"] or found["whole_parts"])
    part = value(found["of_parts"] or found["part"])
    share = (100 * part / whole).quantize(Decimal("0.01")) if whole else Decimal(0)
    return Quantity(found.start(), found.end(), share, None, "%" if whole else "")


def _amount(found: re.Match[str], flat: str) -> Quantity:
    """A numeral with what scales it and the unit behind it."""
    word, end = found[0], found.end()
    number, more = value(word), False
    scaled = None if _SCALED_UNIT.match(flat, end) else _SCALED.match(flat, end)
    place = end
    if scaled:
        number, place = number * scale(scaled["scale"] or ""), scaled.end()
        more = bool(scaled["about"] or scaled["about_too"])
    elif flat[end : end + 1] == " ":
        place += 1
    until = measure_at(flat, place)
    if until == place and found["arabic"] and not more:
        tens = _PER_TENS.match(flat, end)
        until = tens.end() if tens else open_measure_at(flat, place)
        place = end if tens else place
    unit = flat[place:until]
    stop = until if unit else (scaled.end() if scaled and scaled["scale"] else end)
    return Quantity(found.start(), stop, number, None, unit, more, found["chinese"] or "")


def _range(low: Quantity, high: Quantity, flat: str, dash: str) -> Quantity | None:
    """3-5个, 8%至10%, 三至五所; None when the two numbers are no range (由40%到60%, 2-1)."""
    if (low.unit and low.unit != high.unit) or not high.unit:
        return None
    if dash in {"至", "到"} and _COUNTED_FROM.search(flat, max(0, low.start - 24), low.start):
        return None
    bottom = low.value
    if not low.unit and bottom * 1000 < high.value and high.value >= 10_000:  # noqa: PLR2004
        bottom *= _scale_of(high, flat)
    if bottom >= high.value:
        return None
    return replace(high, start=low.start, value=bottom, value_max=high.value, chinese=low.chinese and high.chinese)


def _scale_of(high: Quantity, flat: str) -> Decimal:
    """What the upper bound's 万 or 亿 lends to the lower (3-5万人)."""
    found = re.search(SCALE, flat[high.start : high.end])
    return scale(found[0]) if found else Decimal(1)


def _neighbours(quantity: Quantity) -> Quantity:
    """两三所, 三五个: two figures side by side are a range."""
    if not quantity.chinese or not _NEIGHBOURS.fullmatch(quantity.chinese):
        return quantity
    low, high = value(quantity.chinese[0]), value(quantity.chinese[1])
    return replace(quantity, value=low, value_max=high) if low < high else quantity


def _is_code(flat: str, start: int, numeral_end: int, quantity: Quantity) -> bool:
    """Whether the number belongs to a code, an ordinal, a ratio or a decimal name (第3, PM2.5, 1:15, 5G)."""
    before = flat[max(0, start - 4) : start]
    if before[-1:].isalpha() and before[-1:].isascii():
        return not _RATE.match(quantity.unit)
    if _CODE_BEFORE.search(before) or (before[-1:].isdigit() and not quantity.chinese):
        return True
    if quantity.unit:
        return False
    return len(flat[start:numeral_end]) >= LONGEST or bool(_CODE_AFTER.match(flat, numeral_end))


def _as_printed(quantity: Quantity, sentence: str) -> Quantity:
    """The unit as the sentence prints it; only the per cent signs are made plain."""
    if not quantity.unit or quantity.unit in {"%", "‰", "个百分点"}:
        return quantity
    printed = sentence[quantity.end - len(quantity.unit) : quantity.end]
    return replace(quantity, unit=printed.replace("％", "%").replace("／", "/"))
