"""Tidy CSV after RFC 4180: one line a figure, UTF-8. For Excel and WPS with a mark in front and headings in Chinese."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from luoshi.publishing.opening.figures import LEVELS, STANDINGS, Collection, OpenFigure

_MARK = "\ufeff"
"""Without it Excel and WPS read UTF-8 as GBK."""


@dataclass(frozen=True, slots=True)
class OpenHeading:
    """A column of a table that goes out."""

    name: str
    title: str
    type: str
    """As a Table Schema names it."""
    description: str = ""
    required: bool = False


FIGURES: tuple[OpenHeading, ...] = (
    OpenHeading("indicator", "指标代号", "string", required=True),
    OpenHeading("label", "指标", "string", required=True),
    OpenHeading("label_en", "指标（英文）", "string"),
    OpenHeading("level", "层级", "string", "city 为全市，county 为县(市、区)", required=True),
    OpenHeading("division", "单位代码", "string", required=True),
    OpenHeading("division_name", "单位", "string", required=True),
    OpenHeading("period", "年份", "year", "学年的起始年，或年份", required=True),
    OpenHeading("on", "时点", "string", required=True),
    OpenHeading("known", "得知日期", "date", "在这一天以前没有这个数", required=True),
    OpenHeading("definition", "口径", "string"),
    OpenHeading("value", "指标值", "number", "未修约"),
    OpenHeading("shown", "指标值（修约）", "string", "四舍五入，带单位，与页面一致", required=True),
    OpenHeading("unit", "计量单位", "string"),
    OpenHeading("numerator", "分子", "number"),
    OpenHeading("denominator", "分母", "number"),
    OpenHeading("standing", "性质代号", "string", "、".join(f"{key} 为{words}" for key, words in STANDINGS.items()), required=True),
    OpenHeading("standing_label", "性质", "string", required=True),
    OpenHeading("source", "来源", "string"),
    OpenHeading("doubt", "存疑", "string"),
    OpenHeading("about", "约数", "boolean", required=True),
    OpenHeading("withheld", "因人数过少不公布", "boolean", required=True),
    OpenHeading("version", "版本", "string", "同样的行、参数和文字，版本相同", required=True),
    OpenHeading("note", "说明", "string"),
)  # fmt: skip
KEY: tuple[str, ...] = ("indicator", "division", "on", "standing", "version")
"""What tells one line from every other."""
INDICATORS: tuple[OpenHeading, ...] = (
    OpenHeading("key", "指标代号", "string", required=True),
    OpenHeading("label", "指标", "string", required=True),
    OpenHeading("label_en", "指标（英文）", "string"),
    OpenHeading("unit", "计量单位", "string"),
    OpenHeading("better", "方向", "string", "higher 越高越好，lower 越低越好"),
    OpenHeading("part", "分子含义", "string"),
    OpenHeading("whole", "分母含义", "string"),
    OpenHeading("source", "依据", "string"),
    OpenHeading("answers", "对应机制", "string"),
    OpenHeading("note", "说明", "string"),
)
DIVISIONS: tuple[OpenHeading, ...] = (
    OpenHeading("code", "单位代码", "string", required=True),
    OpenHeading("name", "单位", "string", required=True),
    OpenHeading("kind", "类别", "string"),
    OpenHeading("note", "说明", "string"),
)


def figures_csv(told: Collection, *, excel: bool = False) -> bytes:
    """All figures.

    Args:
        told: what goes out.
        excel: with the mark that makes Excel and WPS read UTF-8, and with Chinese headings.
    """
    labels = {one.key: (one.label, one.label_en) for one in told.indicators}
    return _written(FIGURES, (_line(one, labels.get(one.indicator, (one.indicator, "")), told.note) for one in told.figures), excel=excel)  # fmt: skip


def indicators_csv(told: Collection) -> bytes:
    """What the indicators are."""
    rows = (
        (one.key, one.label, one.label_en, one.unit, one.better, one.part, one.whole, one.source, one.answers, told.note)
        for one in told.indicators
    )  # fmt: skip
    return _written(INDICATORS, rows)


def divisions_csv(told: Collection) -> bytes:
    """What the divisions are."""
    return _written(DIVISIONS, ((one.code, one.name, one.kind, told.note) for one in told.divisions))


def _line(one: OpenFigure, labels: tuple[str, str], note: str) -> Sequence[object]:
    return (
        *(one.indicator, *labels, one.level, one.division, one.name or LEVELS[one.level]),
        *(one.period, one.on, one.known, one.definition, one.value, one.shown, one.unit),
        *(one.numerator, one.denominator, one.standing, STANDINGS[one.standing], one.source, one.doubt),
        *(_truth(told=one.about), _truth(told=one.withheld), one.version, note),
    )


def _truth(*, told: bool) -> str:
    return "true" if told else "false"


def _written(heads: Sequence[OpenHeading], rows: Iterable[Sequence[object]], *, excel: bool = False) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.title if excel else one.name for one in heads])
    writer.writerows(rows)
    return ((_MARK if excel else "") + out.getvalue()).encode()
