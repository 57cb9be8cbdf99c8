"""Numbers of official texts: 发文字号, days, the numbers of levels. GB/T 9704—2012, 7.2.5, 7.3.3, 7.3.5."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_NUMBER = re.compile(r"([^\W\d_]{1,12})[\[〔【(〈<{]((?:19|20)\d\d)年?[\])〕】〉>}]第?0*([1-9]\d{0,4})号?")
_DIGITS = "零一二三四五六七八九"


def normal_number(words: str) -> str:
    """A 发文字号 in its normal form: 洛教督[2020]007 号 is 洛教督〔2020〕7号.

    Raises:
        RefusedError: no such number can be read in it.
    """
    found = _NUMBER.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", words)))
    if found is None:
        raise RefusedError(
            Finding(
                "发文字号",
                f"“{words.strip()}”不能识别",
                "发文字号由机关代字、年份、发文顺序号组成，年份用六角括号（GB/T 9704—2012 第7.2.5条）",
                "请按“星教督〔2021〕7号”的样式填写",
            )
        )
    code, year, number = found.groups()
    return f"{code}〔{year}〕{number}号"


def official_day(day: date) -> str:
    """2020年1月31日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def level_marks(levels: Iterable[int]) -> list[str]:
    """What stands before each paragraph: 一、 （一） 1. （1）, and nothing before plain words. A higher level starts anew."""
    counts = [0] * 5
    marks = []
    for level in levels:
        if not level:
            marks.append("")
            continue
        counts[level] += 1
        counts[level + 1 :] = [0] * (4 - level)
        at = counts[level]
        marks.append(("", f"{chinese_number(at)}、", f"（{chinese_number(at)}）", f"{at}.", f"（{at}）")[level])
    return marks
