"""Units: which can be held against which, and by what factor. What cannot is never compared, only said."""

from fractions import Fraction
from functools import lru_cache

from luoshi.words.counting import MEASURE_WORDS

SHARES = frozenset({"%", "‰"})
POINTS = frozenset({"个百分点", "百分点"})
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ALIKE = (("个", "所", "家", "处", "座", "项"), ("人", "名", "位"), ("场", "次"), ("小时", "个小时"))
"""Measure words that count the same things: 8所 and 8个 schools. 人次 is not 人, and 套 is not 所."""
THINGS = MEASURE_WORDS | {"起", "人次"}
"""Units of what is there whole or not at all: measure words, incidents and attendances."""
_KINDS = {word: alike[0] for alike in _ALIKE for word in alike}
_SIZES = {"%": ("share", Fraction(1, 100)), "‰": ("share", Fraction(1, 1000)), "分钟": ("小时", Fraction(1, 60))}


@lru_cache(maxsize=512)
def _parsed(unit: str) -> tuple[str, str, Fraction]:
    """What is counted, per what, and how much of it one unit is: 万元 is 元, 10 000 of them."""
    head, _, per = unit.strip().partition("/")
    size = Fraction(1)
    while len(head) > 1 and head[0] in _SCALES and head not in POINTS:
        size, head = size * _SCALES[head[0]], head[1:]
    kind, of_kind = _SIZES.get(head, (_KINDS.get(head, head), Fraction(1)))
    return kind, per, size * of_kind


def factor(given: str, wanted: str) -> Fraction | None:
    """By what a number in one unit is multiplied to stand in another; None when they measure different things."""
    kind, per, size = _parsed(given)
    other, other_per, other_size = _parsed(wanted)
    return size / other_size if (kind, per) == (other, other_per) else None
