"""Titles compared: width, blanks, punctuation, #其中 and units in brackets are looked through."""

import re
import unicodedata
from functools import lru_cache

_UNIT = r"万元|亿元|元|平方米|千米|公里|人|个|所|班|册|台|间|座|片|米|名|床|张|处|人次|mbps|Mbps|MB"
_BRACKETED = re.compile(rf"\((?:计量)?(?:单位:?)?({_UNIT})\)")
_PLAIN = re.compile(rf"(?:计量)?(?:单位:?)?\(?({_UNIT})\)?")
_LEAD = re.compile(r"^(?:#|其中:?|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、](?!\d))+")
_TABLE = re.compile(r"^((?:教基|基础基)\d{3,4}(?:续\d?)?)[:_\-—]?(.*)$")
_ALL = {"合计": "计", "总计": "计", "小计": "计", "共计": "计"}
_SCALES = {"万": 4, "亿": 8}


@lru_cache(maxsize=65536)
def bare(words: str) -> str:
    """A title without what differs from paper to paper: “#其中： 运动场地 面积（平方米）” is 运动场地面积."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).lower()
    plain = _LEAD.sub("", _BRACKETED.sub("", plain))
    plain = re.sub(r"[^\w]|_", "", plain)
    return _ALL.get(plain, plain)


@lru_cache(maxsize=65536)
def names(words: str) -> frozenset[str]:
    """All a title goes by: whole, by its table number, and by what follows the number."""
    whole = bare(words)
    found = _TABLE.match(re.sub(r"\s", "", unicodedata.normalize("NFKC", words)))
    told = {whole, *((bare(found[1]), bare(found[2])) if found else ())}
    return frozenset(told - {""})


@lru_cache(maxsize=65536)
def unit(words: str) -> str:
    """The unit a title prints in brackets, or that it is; empty without one."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    found = _BRACKETED.search(plain) or _PLAIN.fullmatch(plain)
    return found[1] if found else ""


def shift(words: str) -> int:
    """Digits a unit stands for: 万元 is 4."""
    return _SCALES.get(words[:1], 0)


@lru_cache(maxsize=65536)
def path(words: str) -> tuple[str, ...]:
    """A path as it is written in a layout, 上级>下级, for comparing."""
    return tuple(part for part in (bare(one) for one in re.split("[>＞]", words)) if part)
