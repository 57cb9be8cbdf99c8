"""The baseline reader: one sensible regular expression that finds numbers with units, as a careful person writes it in a day.

It knows Arabic and Chinese numerals, ranges, 万 and 亿, rates, the common measure words, years and dates (which it leaves
out), ordinals (left out), and the words just before and behind a number that say at least or at most. It knows no
sentences, clauses, baselines, conditions, last year's results, acts, offices or days.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import cn2an

_NUMERAL = r"\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百千]+"
_UNIT = "人次|万人次|公里|平方米|亩|个|所|名|人|套|项|家|次|场|批|户|位|门|册|台|间|处|条|元|吨|千瓦|节|篇|支|期|类|种|岁|年|天|%|％|‰"
_TARGET = re.compile(
    rf"(?P<low>{_NUMERAL})(?:(?:[-—–～~至到])(?P<high>{_NUMERAL}))?(?P<scale>万亿|亿|万)?余?(?:多)?(?P<unit>{_UNIT})"
    rf"|百分之(?P<share>{_NUMERAL})"
)
_NO_AMOUNT = re.compile(r"(?:第|[A-Za-z+“])$")
_AT_LEAST = re.compile(r"(?:不低于|不少于|至少|达到|达|超过|以上|突破)[^，。；]{0,6}$")
_AT_MOST = re.compile(r"(?:不超过|不高于|控制在|低于|降到|降至)[^，。；]{0,6}$")
_SCALES = {"万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_NO_TARGET = {"年", "天", "岁", "期", "类"}


def _value(numeral: str) -> Decimal:
    if numeral[0].isdigit():
        return Decimal(numeral.replace(",", ""))
    try:
        return Decimal(cn2an.cn2an(numeral.replace("两", "二"), "smart"))
    except ValueError:
        return Decimal(0)


def _comparator(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 12) : start], text[end : end + 2]
    if after.startswith(("以上", "及以")) or _AT_LEAST.search(before):
        return "ge"
    return "le" if after.startswith(("以内", "以下")) or _AT_MOST.search(before) else "eq"


def read_plainly(text: str) -> Iterator[dict[str, Any]]:
    """Targets as `luoshi read --format json` says them, with their offsets."""
    for found in _TARGET.finditer(text):
        unit = "%" if found["share"] else found["unit"].replace("％", "%")
        if unit in _NO_TARGET or _NO_AMOUNT.search(text[max(0, found.start() - 1) : found.start()]):
            continue
        times = _SCALES.get(found["scale"] or "", 1)
        low = _value(found["share"] or found["low"]) * times
        high = _value(found["high"]) * times if found["high"] else None
        yield {
            "start": found.start(),
            "end": found.end(),
            "value": float(low),
            "value_max": float(high) if high is not None else None,
            "unit": unit,
            "comparator": "between" if high is not None else _comparator(text, *found.span()),
            "deadline": None,
            "due": None,
            "implicit": False,
        }
