"""Days a clause names: 2020年, 2020年底, 10月, 9月底前, 上半年, 年内, 学期末, 到2022年, “十四五”末."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.numerals import level

_YEAR = r"(?P<year>(?:19|20)\d\d)年"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])月"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])[日号]"
_TAIL = r"(?P<tail>底|末|初|上旬|中旬|下旬|份)?"
_SPAN = r"(?P<from>(?:19|20)\d\d)(?:年)?\s*[-—–~至到]{1,2}\s*(?P<to>(?:19|20)\d\d)年?"
_RELATIVE = (
    "今年底|今年|本年度|本年|全年|年内|年底|年末|年终|上半年|下半年|第?[一二三四]季度(?:末|底)?|"
    "春季学期(?:末|结束)?|秋季学期(?:末|结束)?|学期末|学年末|暑假|寒假|“?十[一二三四五]五”?(?:规划)?(?:期)?(?:末|期间|时期)"
)
_DATES = re.compile(
    f"(?P<span>{_SPAN})|(?P<full>{_YEAR}(?:{_MONTH}(?:{_DAY})?)?{_TAIL})|"
    f"(?P<part>(?<!\\d){_MONTH.replace('month', 'bare_month')}(?:{_DAY.replace('day', 'bare_day')})?"
    f"{_TAIL.replace('tail', 'bare_tail')})|(?P<word>{_RELATIVE})"
)

_COMPARED = re.compile(r"(?:比|较|与|同|以|在|相比于)\s*$")
_AFTER_COMPARED = re.compile(r"^(?:度)?(?:同期|相比|基础上|为基数|基数|水平|的基础|相应|底相比)")
_CLOCK = re.compile(r"^(?:\s*(?:个月|以来|起|开始|出台|印发|入学|出生|毕业|级|届|版|年报|学年|秋季学年))")
_SEASONS = {"春季": (7, 15), "秋季": (12, 31), "暑假": (8, 31), "寒假": (2, 28), "学期": (7, 15), "学年": (8, 31)}
_PERIODS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十五": 2005}


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and where."""

    start: int
    end: int
    day: date
    """The last day of what is named."""
    past: bool
    """It lies before the plan's period, so what stands under it is a result."""
    compared: bool
    """It is only a yardstick: 比2019年, 在2015年基础上."""


def last_of_month(year: int, month: int) -> date:
    """The month's last day."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int | None, day: int | None, tail: str) -> date:
    """The last day that the words still allow; a day the month lacks is its last."""
    if month is None:
        return date(year, 12, 31)
    last = last_of_month(year, month)
    if day is not None:
        return last.replace(day=min(day, last.day))
    return last.replace(day={"上旬": 10, "中旬": 20, "初": 10}.get(tail, last.day))


def _by_word(word: str, year: int) -> date | None:
    """年底, 上半年, 秋季学期 and “十四五”末 in the plan's year."""
    for name, until in _PERIODS.items():
        if name in word and "季度" not in word:
            return date(until, 12, 31)
    if "季度" in word:
        return last_of_month(year, 3 * (1 + "一二三四".index(next(char for char in word if char in "一二三四"))))
    if word == "上半年":
        return date(year, 6, 30)
    for name, (month, day) in _SEASONS.items():
        if name in word:
            return date(year, month, day)
    return date(year, 12, 31)


def _resolve(found: re.Match[str], context: Context) -> date | None:
    """The day a match names; None when it needs a year that nobody gave."""
    if found["span"]:
        return date(int(found["to"]), 12, 31)
    if found["full"]:
        month, day = found["month"], found["day"]
        return _day(int(found["year"]), int(month) if month else None, int(day) if day else None, found["tail"] or "")
    if context.year is None:
        return None
    if found["part"]:
        day = found["bare_day"]
        return _day(context.year, int(found["bare_month"]), int(day) if day else None, found["bare_tail"] or "")
    return _by_word(found["word"], context.year)


def find_days(sentence: str, context: Context) -> Iterator[Day]:
    """Every day the sentence names, in order; offsets are into the sentence."""
    flat = level(sentence)
    for found in _DATES.finditer(flat):
        after = flat[found.end() : found.end() + 8]
        if _CLOCK.match(after) and not found["span"]:
            continue
        day = _resolve(found, context)
        if day is None:
            continue
        compared = bool(_COMPARED.search(flat[: found.start()][-6:]) and _AFTER_COMPARED.match(after)) or bool(
            re.search(r"[比较]\s*$", flat[: found.start()])
        )
        first = context.begun.year if context.begun else context.year
        past = first is not None and day.year < first
        yield Day(found.start(), found.end(), day, past, compared)
