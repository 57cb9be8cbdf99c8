"""Days a sentence names: 2020年, 2020年底, 10月, 9月底前, 上半年, 年内, 学期末, 到2022年, “十四五”末, 三年内."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.numerals import level, value
from luoshi.words.calendars import month_end

_YEAR = r"(?P<year>(?:19|20)\d\d) ?年度?"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]) ?月"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]) ?[日号]"
_TAIL = "(?P<tail>底|末|初|上旬|中旬|下旬|份|春季学期|秋季学期|上半年|下半年)?"
_FULL = f"{_YEAR}(?:{_MONTH}(?:{_DAY})?)?{_TAIL}"
_SPAN = r"(?:19|20)\d\d ?年? ?(?:[-—–~]{1,2}|至|到) ?(?P<to>(?:19|20)\d\d) ?年?"
_BARE = r"(?<![\d个第])(?P<bare_month>1[0-2]|0?[1-9]) ?月(?:(?P<bare_day>3[01]|[12]\d|0?[1-9]) ?[日号])?(?P<bare_tail>底|末|初|上旬|中旬|下旬|份)?"
_PERIOD = '[“"]?(?P<period>十[一二三四五]?五|九五)[”"]?(?:规划期(?:内|末)?|时期|期间|期末|末|期)'
_FIFTH = "第(?P<fifth>十[一二三四五]?|九)个五年(?:规划|计划)?(?:时期|期间|期末|末|期)"
_YEARS = "(?:(?:今后|未来|力争用|利用|用|力争|通过) ?(?P<years>[1-9两二三四五]) ?年(?:左右)?(?:的?时间|内)?|(?P<years_in>[1-9两二三四五]) ?年(?:之|以)?内(?=[，,、实完建达全新基培将使对把力争再]|$))"
_WORD = (
    "今明两年|今年底|今年末|今年(?:上|下)半年|今年|本年度|本年|全年|年内|(?<![每历常多中])年底|年末|年终|(?:前|头)三季度|上半年|下半年|第?[一二三四]季度(?:末|底)?|"
    "春季学期(?:末|结束|开学)?|秋季学期(?:末|结束|开学)?|本?学期(?:末|内)|学年末|学年内|暑假|寒假|(?:国庆|五一|中秋|元旦)节?前|本届政府任期内"
)
_PAST = "去年|前年|(?<!以)上一?年度?(?![龄均])|过去(?:的)?[一两二三四五几这]?年|(?:一|两|三|四|五|几|多)年来|近年来|近几年|近[两二三四五1-9] ?年|以来(?=[，,])|目前|截至[^，,。；;]{0,12}|截止[^，,。；;]{0,12}"
_DATES = re.compile(
    f"(?P<past>{_PAST})|(?P<span>{_SPAN})|(?P<full>{_FULL})|(?P<bare>{_BARE})|{_PERIOD}|{_FIFTH}|{_YEARS}|(?P<word>{_WORD})"
)

_COMPARED_BEFORE = re.compile(
    r"(?:比|较|与|同|相比于|相对于|不低于|不少于|高于|低于|超过|好于|大于|多于|少于|快于|优于)$"
)
_COMPARED_AFTER = re.compile(r"^(?:[^，,。；;]{0,6}(?:同期|相比|基础上|为基数|基数|水平|的基础)|底相比|有所|相应)")
_BEGINNING, _ITS_FIGURE = re.compile("[由从]$"), re.compile("[底末]?的")
"""由去年的1076亿元 names where a figure comes from."""
_BASE_YEAR = re.compile("[^，,。；;]{0,30}为(?:基数|基准|基期|基础)")
_NO_DEADLINE = re.compile(
    r"^(?:以?来|起|开始|(?:春季|秋季)?学?期?(?:起|开始)|(?:以前|之前|底前|前|以后|后|内|期间)?(?:出台|印发|入学|出生|毕业|建成的|建设的|参加|发布|颁布|实施的|完成的)|级|届|版|年报|冬季|夏季|亚运|奥运|青奥|全运)"
)
_SEASONS = {"春季": (7, 15), "秋季": (12, 31), "暑假": (8, 31), "寒假": (2, 28), "学期": (7, 15), "学年": (8, 31)}
_FEASTS = {"国庆": (9, 30), "五一": (4, 30), "中秋": (9, 30), "元旦": (12, 31)}
_FIVE = {"九": 2000, "十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}
_TENS = {"上旬": 10, "初": 10, "中旬": 20}
_BORROWING = frozenset("全年 年内 年底 年末 上半年 下半年".split())
_TERM = 4
"""A term of government lasts five years, the first of them included."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and where."""

    start: int
    end: int
    day: date | None
    """The last day of what is named; None for a word of the past such as 去年."""
    past: bool
    """It lies before the plan's period, so what stands under it is a result."""
    compared: bool
    """It is only a yardstick: 比2019年, 在2015年基础上."""
    borrowed: bool = False
    """It takes its year from what is spoken of: 全年, 年末 behind 2007年 are of 2007."""


def five_years_end(name: str) -> int | None:
    """The last year of a five-year period by its short name (十二五 → 2015, 十五 → 2005); None for any other word."""
    return _FIVE.get(name.removesuffix("五"))


def find_days(sentence: str, context: Context) -> Iterator[Day]:
    """Every day the sentence names, in order; offsets are into the sentence."""
    flat = level(sentence)
    for found in _DATES.finditer(flat):
        before, after = flat[max(0, found.start() - 4) : found.start()], flat[found.end() : found.end() + 14]
        compared = bool(_COMPARED_BEFORE.search(before) or _COMPARED_AFTER.match(after))
        compared = compared or bool(_BEGINNING.search(before) and _ITS_FIGURE.match(after))
        if found["past"]:
            yield Day(found.start(), found.end(), None, past=not compared, compared=compared)
            continue
        if _NO_DEADLINE.match(after) and not found["span"]:
            compared = True
        if before.endswith("以") and _BASE_YEAR.match(flat, found.end()):
            compared = True
        day = _resolve(found, context)
        if day is not None:
            past, borrowed = _before(day, context), (found["word"] or "") in _BORROWING
            yield Day(found.start(), found.end(), day, past=past, compared=compared, borrowed=borrowed)


def _before(day: date, context: Context) -> bool:
    """Whether a day lies before the plan begins."""
    if context.begun is not None:
        return day < context.begun
    return context.year is not None and day.year < context.year


def _resolve(found: re.Match[str], context: Context) -> date | None:
    """The day a match names; None when it needs a year that nobody gave."""
    if found["span"]:
        return date(int(found["to"]), 12, 31)
    if found["full"]:
        month, day = found["month"], found["day"]
        return _day(int(found["year"]), int(month) if month else None, int(day) if day else None, found["tail"] or "")
    if found["period"] or found["fifth"]:
        year = _FIVE.get(found["fifth"]) if found["fifth"] else five_years_end(found["period"])
        return date(year, 12, 31) if year else None
    if context.year is None:
        return None
    return _in_the_plan(found, context, context.year)


def _in_the_plan(found: re.Match[str], context: Context, year: int) -> date | None:
    """A day that takes its year from the plan."""
    if found["bare"]:
        day, month = found["bare_day"], int(found["bare_month"])
        return _day(_year_of(month, context, year), month, int(day) if day else None, found["bare_tail"] or "")
    span = found["years"] or found["years_in"]
    if span:
        first = context.begun.year if context.begun else year
        return date(min(first + int(value(span)) - 1, 9999), 12, 31)
    return _by_word(found["word"], year)


def _year_of(month: int, context: Context, year: int) -> int:
    """The year a bare month falls in: in a school year's plan 10月 comes before 5月."""
    if context.begun and context.until and context.until.year == context.begun.year + 1 and context.begun.month > 1:
        return context.begun.year if month >= context.begun.month else context.until.year
    return year


def _day(year: int, month: int | None, day: int | None, tail: str) -> date:
    """The last day that the words still allow; a day the month lacks is its last."""
    if month is None:
        return {"春季学期": date(year, 7, 15), "上半年": date(year, 6, 30)}.get(tail, date(year, 12, 31))
    last = month_end(year, month)
    return last.replace(day=min(day or _TENS.get(tail, last.day), last.day))


def _by_word(word: str, year: int) -> date:
    """年底, 上半年, 秋季学期 and their kin in the plan's year."""
    if "三季度" in word and word[0] in "前头":
        return date(year, 9, 30)
    if word == "今明两年":
        return date(min(year + 1, 9999), 12, 31)
    if "季度" in word:
        return month_end(year, 3 * (1 + "一二三四".index(next(char for char in word if char in "一二三四"))))
    if "上半年" in word:
        return date(year, 6, 30)
    if word == "本届政府任期内":
        return date(min(year + _TERM, 9999), 12, 31)
    for name, (month, day) in {**_SEASONS, **_FEASTS}.items():
        if name in word:
            return date(year, month, day)
    return date(year, 12, 31)
