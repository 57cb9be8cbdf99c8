"""Numbers as Chinese documents write them: 8000, 1,302, １２, 1.2万, 两, 十五, 三百二十, 五千万, 二〇二〇."""

from decimal import Decimal
from functools import lru_cache

_PLAIN = {
    ord(full): half
    for full, half in zip("０１２３４５６７８９．％，（）：；～／－", "0123456789.%,():;~/-", strict=True)
}

_GROUPING = {ord(mark): None for mark in ", \u2009"}

LONGEST = 15
"""A longer run of figures is an account or a telephone number, never an amount."""

ARABIC = rf"\d{{1,3}}(?:[,\u2009 ]\d{{3}}){{1,4}}(?!\d)(?:\.\d{{1,8}})?|\d{{1,{LONGEST}}}(?:\.\d{{1,8}})?"
CHINESE = "[一二两三四五六七八九十](?:[一二两三四五六七八九十百千万亿零〇]{0,12}[一二两三四五六七八九十百千万亿])?"
SCALE = "(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|千|百)"
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def level(text: str) -> str:
    """The same text with full-width figures and marks made plain, character for character."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=4096)
def scale(word: str) -> Decimal:
    """What 万, 亿, 千万 … multiply by; 1 for nothing."""
    product = 1
    for character in word:
        product *= _SCALES[character]
    return Decimal(product)


@lru_cache(maxsize=4096)
def value(word: str) -> Decimal:
    """The number a numeral stands for, Arabic or Chinese; 两 is two."""
    if word[0].isdigit():
        return Decimal(word.translate(_GROUPING))
    import cn2an  # noqa: PLC0415 -- takes a third of a second to load, and most numbers are written in figures

    try:
        return Decimal(cn2an.cn2an(word.replace("两", "二").replace("〇", "零"), "smart"))
    except ValueError:
        return _digit_by_digit(word)


def _digit_by_digit(word: str) -> Decimal:
    """Strings of figures that are no spoken number (一二三); read one after the other."""
    places = ("零一二三四五六七八九".find(character) for character in word.replace("两", "二").replace("〇", "零"))
    return Decimal("".join(str(place) for place in places if place >= 0) or "0")
