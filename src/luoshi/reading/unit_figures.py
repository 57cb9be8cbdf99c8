"""Figures of units as people keep them: pasted cells or a sheet, one row a figure or one row a unit.

Long: 单位 | 指标 | 分子 | 分母 | 上报数 | 填报人. Wide: 单位 | 普惠率 | 普惠率分子 | 普惠率分母 | … Rows of sums are left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from luoshi.words.findings import Finding

_UNIT = {"单位", "县区", "县(市、区)", "县市区", "区县", "上报单位", "填报单位", "地区"}
_INDICATOR = {"指标", "指标名称"}
_VALUE = {"上报数", "数值", "指标值", "本期数", "完成数"}
_TOP, _BOTTOM, _WHO = {"分子"}, {"分母"}, {"填报人", "谁报", "上报人", "填表人"}
_SUMS = re.compile(r"合计|总计|小计|全市|全市合计")
_SAID = 40


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One figure as it stands there: words, not yet numbers."""

    where: str
    """第几行."""
    unit: str
    """Name of the unit."""
    indicator: str
    """Key of the indicator."""
    value: str
    numerator: str
    denominator: str
    reporter: str


def pasted(text: str) -> list[list[str]]:
    """Cells of what was copied from a sheet: lines and tabs; commas with a blank are none."""
    return [[cell.strip() for cell in line.split("\t")] for line in text.replace("\r", "").split("\n")]


def read_unit_figures(
    rows: Iterable[Sequence[str]], indicators: Mapping[str, str]
) -> tuple[list[UnitFigure], list[Finding]]:
    """Every figure below the headings, and what could not be placed.

    Args:
        rows: cells as shown.
        indicators: keys by what they are called.
    """
    known = {_level(name): key for name, key in indicators.items()}
    heads: dict[str, int] = {}
    wide: dict[tuple[str, str], int] = {}
    told, doubts = list[UnitFigure](), list[Finding]()
    for at, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue
        if not heads:
            heads, wide = _headings(row, known)
            continue
        found, doubt = _row(f"第{at}行", row, heads, wide, known)
        told += found
        doubts += doubt
    if not heads:
        rule = "第一行须有“单位”，以及“指标、上报数”或各指标的名称"
        doubts.append(Finding("粘贴的表", "找不到表头", rule, "请连表头一起复制；列名：单位、指标、分子、分母、上报数"))
    return told, doubts


def _level(words: str) -> str:
    told = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    return re.sub(r"\((?:[%‰]|个|所|人次?)\)$", "", told)


def _headings(row: Sequence[str], known: Mapping[str, str]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Places of the columns; both empty when this is no heading row."""
    heads: dict[str, int] = {}
    wide: dict[tuple[str, str], int] = {}
    names = {"unit": _UNIT, "indicator": _INDICATOR, "value": _VALUE, "top": _TOP, "bottom": _BOTTOM, "who": _WHO}
    for place, cell in enumerate(row):
        said = _level(cell)
        for name, words in names.items():
            if said in words:
                heads.setdefault(name, place)
        for ending, part in (("分子", "top"), ("分母", "bottom"), ("", "value")):
            key = known.get(said.removesuffix(ending).rstrip("-_—:"), "") if said.endswith(ending) else ""
            if key:
                wide.setdefault((key, part), place)
                break
    long = {"unit", "indicator"} <= set(heads) and bool({"value", "top"} & set(heads))
    return (heads, wide) if "unit" in heads and (long or wide) else ({}, {})


def _row(
    where: str,
    row: Sequence[str],
    heads: Mapping[str, int],
    wide: Mapping[tuple[str, str], int],
    known: Mapping[str, str],
) -> tuple[list[UnitFigure], list[Finding]]:
    def at(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    unit, who = at(heads.get("unit")), at(heads.get("who"))
    if not unit or _SUMS.fullmatch(unit):
        return [], []
    if "indicator" in heads:
        said = at(heads["indicator"])
        key = known.get(_level(said), "")
        if not key:
            rule = "指标须是本轮的指标"
            return [], [Finding(where, f"不认识指标“{said[:_SAID]}”", rule, "请照本轮指标的名称写")]
        value, top, bottom = (at(heads.get(name)) for name in ("value", "top", "bottom"))
        return [UnitFigure(where, unit, key, value, top, bottom, who)], []
    return [
        UnitFigure(
            where,
            unit,
            key,
            at(wide.get((key, "value"))),
            at(wide.get((key, "top"))),
            at(wide.get((key, "bottom"))),
            who,
        )
        for key in dict.fromkeys(key for key, _ in wide)
    ], []
