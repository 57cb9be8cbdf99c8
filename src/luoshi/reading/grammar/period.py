"""Which year or years a plan speaks of, and which passages tell of the past."""

import re
from dataclasses import replace
from datetime import date

from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.deadlines import find_days
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

_NUMBERED = re.compile(r"^(?:第?[（(]?[一二三四五六七八九十百\d]{1,4}[）)]?[、.．章节篇]?[\s　]*)(?![\d年])")
_ABOUT_A_TIME = re.compile(
    r"^(?:时期|期间|的|主要|总体|重点|具体|发展|工作|年度|经济|社会|教育|事业|奋斗|阶段|预期|目标|任务|安排|要求|计划|建议|指标|要点|和|与|及|及其)*[。：:]?$"
)
_REVIEW = re.compile(
    r"回顾|过去(?:的)?[一五]年|[去上]年|工作总结|主要成绩|主要成就|取得的成(?:绩|就|效)|发展成就|工作情况|基本情况|完成情况|发展基础|"
    r"(?:发展|工作|现实)?(?:现状|背景)$|^(?:面临的?|发展)?形势(?:$|[与和])|^基础[与和]|存在的?(?:主要|突出)?(?:问题|困难|不足)|问题[与和](?:不足|困难)"
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


def headed(context: Context, *headings: str) -> Context:
    """The context below headings that speak of a time of their own: （一）2021年, 二、“十四五”时期主要目标; the innermost last."""
    for heading in headings:
        words = _NUMBERED.sub("", heading.strip())
        day = next(find_days(words, context), None)
        if day and day.day and not day.past and day.start <= 1 and _ABOUT_A_TIME.match(words[day.end :]):
            context = replace(context, heading=day.day, year=day.day.year)
    return context


def is_review(heading: str) -> bool:
    """Whether a heading announces the past: 过去一年, 工作回顾; not 今年工作安排."""
    return bool(_REVIEW.search(heading)) and not _AHEAD.search(heading)
