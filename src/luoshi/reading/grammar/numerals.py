"""Numbers as Chinese documents write them: 8000, 1 302, １２, 1.2万, 两, 十五, 三百二十, 百分之五, 三分之二."""

import re
from decimal import Decimal
from functools import cache

import cn2an

_PLAIN = {
    ord(full): half for full, half in zip("０１２３４５６７８９．％，（）：；～", "0123456789.%,():;~", strict=True)
}

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = r"[一二两三四五六七八九十](?:[一二两三四五六七八九十百千零〇]*[一二两三四五六七八九十百千])?"
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000), "百": Decimal(100)}
SCALE = r"(?:百万|千万|百亿|千亿|万亿|万|亿)"


def level(text: str) -> str:
    """The same text with full-width figures and marks made plain, character for character."""
    return text.translate(_PLAIN)


@cache
def scale(word: str) -> Decimal:
    """What 万, 亿, 千万 … multiply by; 1 for nothing."""
    product = Decimal(1)
    for character in word:
        product *= SCALES[character]
    return product


@cache
def value(word: str) -> Decimal:
    """The number a numeral stands for, Arabic or Chinese; 两 is two."""
    if word[0].isdigit():
        return Decimal(word.replace(",", ""))
    try:
        return Decimal(cn2an.cn2an(word.replace("两", "二"), "smart"))
    except ValueError:
        return _digit_by_digit(word)


def _digit_by_digit(word: str) -> Decimal:
    """二〇二〇 and other strings cn2an does not take for a number."""
    digits = "".join(str("零一二三四五六七八九".find(character)) for character in re.sub("[十百千]", "", word))
    digits = digits.replace("-1", "0")
    return Decimal(digits or "0")
