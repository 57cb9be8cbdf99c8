"""Which year or years a plan speaks of, and which passages tell of the past."""

import re
from datetime import date

from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.numerals import level

_FIVE_YEARS = re.compile(
    r"第?([十一二三四五]{1,3})个五年|“?(十[一二三四五]?五?)五”?(?=规划|时期|期间|教育|事业|发展|”)"
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–~至到]{1,2}\s*((?:19|20)\d\d)")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_DATED = re.compile(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日")
_FIFTH = {"十": 2005, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "九": 2000}
_HEAD = 400
"""Characters at the head of a text in which its year is looked for."""

_REVIEW = re.compile(
    r"回顾|过去(?:的)?[一五]年|[去上]年|工作总结|主要成绩|主要成就|取得的成(?:绩|就|效)|发展成就|工作情况|基本情况|完成情况|发展基础"
)
_AHEAD = re.compile(r"安排|目标|任务|计划|要点|打算|部署|展望|建议|下一步|今年")


def _years(begun: int, until: int) -> Context:
    return Context(year=until, begun=date(begun, 1, 1), until=date(until, 12, 31))


def _five(text: str) -> Context | None:
    found = _FIVE_YEARS.search(text)
    if found is None:
        return None
    until = _FIFTH.get(found[1] or found[2])
    return _years(until - 4, until) if until else None


def _from_title(title: str) -> Context | None:
    span = _SPAN.search(title)
    if span and int(span[1]) < int(span[2]):
        return _years(int(span[1]), int(span[2]))
    five = _five(title)
    if five:
        return five
    year = _YEAR.search(title)
    return _years(int(year[1]), int(year[1])) if year else None


def period(title: str, text: str) -> Context:
    """The plan's period, from its title, else from the day it was given, else from the years it speaks of most."""
    found = _from_title(level(title))
    if found:
        return found
    head = level(text[:_HEAD])
    dated = _DATED.search(head)
    if dated:
        return _years(int(dated[1]), int(dated[1]))
    five = _five(head)
    if five:
        return five
    years = [int(year) for year in re.findall(r"((?:19|20)\d\d)年", level(text[: 20 * _HEAD]))]
    if not years:
        return Context()
    often = max(sorted(set(years), reverse=True), key=years.count)
    return _years(often, often)


def is_review(heading: str) -> bool:
    """Whether a heading announces the past: 过去一年, 工作回顾; not 今年工作安排."""
    return bool(_REVIEW.search(heading)) and not _AHEAD.search(heading)
