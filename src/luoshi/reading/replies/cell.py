"""A number that stands alone in a cell of a reply's table."""

import re
from decimal import Decimal

from luoshi.reading.grammar.numerals import level

_LEADING = re.compile(
    r"[约近]?(?P<number>\d[\d,]{0,14}(?:\.\d{1,6})?)(?P<scale>[万亿]?)(?P<more>[余多]?)(?P<unit>[%‰\u4e00-\u9fff/]{0,6})"
)
_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
_UNIT_OF_HEADING = re.compile(r"[(](?P<scale>[万亿]?)(?P<unit>[%‰\u4e00-\u9fff]{1,4})[)]")


def read_cell(words: str, heading: str, unit: str) -> tuple[Decimal, str, bool, str] | None:
    """A number that stands alone in a cell, with the unit beside it, in its heading, or in a column of its own."""
    plain = level(words).strip()
    found = _LEADING.fullmatch(plain)
    if found is None:
        return None
    named = _UNIT_OF_HEADING.search(level(heading).replace("（", "(").replace("）", ")"))
    scale = _SCALE[found["scale"]]
    own = found["unit"]
    if not own and not found["scale"]:
        column = re.fullmatch(r"(?P<scale>[万亿]?)(?P<unit>[%‰\u4e00-\u9fff]{0,4})", unit.strip())
        beside = named or column
        if beside:
            scale, own = _SCALE[beside["scale"]], beside["unit"]
    value = Decimal(found["number"].replace(",", "")) * scale
    about = bool(found["more"]) or plain[0] in "约近"
    return value, own, about, words.strip()
