"""A–Z for Chinese names: the letter their reading begins with, from the order of GB 2312, whose first level is sorted by reading."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TypeVar

_BEGINS = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"), (0xB9FE, "H"),
    (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"), (0xC5BE, "P"), (0xC6DA, "Q"),
    (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"), (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
"""The first character of GB 2312's first level whose reading begins with each letter; no reading begins with I, U or V."""
_ENDS = 0xD7F9
_RARE = {
    "嵩": "S", "栾": "L", "偃": "Y", "瀍": "C", "郏": "J", "漯": "L", "濮": "P", "荥": "X", "睢": "S", "柘": "Z", "淅": "X",
    "渑": "M", "鄢": "Y", "邙": "M",
}  # fmt: skip
"""Characters of the second level, sorted by strokes, that places' names begin with."""
OTHER = "其他"
"""Where names go that begin with a figure or a character that GB 2312 sorts by strokes."""
_FIRSTS = [code for code, _ in _BEGINS]
_Thing = TypeVar("_Thing")


def letter(name: str) -> str:
    """The letter a name stands under."""
    first = name.strip()[:1].upper()
    if first in _RARE or (first.isascii() and first.isalpha()):
        return _RARE.get(first, first)
    try:
        high, low = first.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return OTHER
    code = high * 256 + low
    if not _FIRSTS[0] <= code <= _ENDS:
        return OTHER
    return _BEGINS[bisect_right(_FIRSTS, code) - 1][1]


def by_letter(things: Iterable[_Thing], name: Callable[[_Thing], str]) -> dict[str, list[_Thing]]:
    """Things by the letter of their name, A to Z and then the others, in the order of GB 18030 within a letter."""
    told = dict[str, list[_Thing]]()
    for one in sorted(things, key=lambda each: name(each).encode("gb18030")):
        told.setdefault(letter(name(one)), []).append(one)
    return dict(sorted(told.items(), key=lambda pair: (pair[0] == OTHER, pair[0])))
