"""The attachments of a bulletin: 进展情况一览表, 欠进度事项清单, 县区数据表."""

from collections.abc import Sequence
from decimal import Decimal

from luoshi.reporting.composing.facts import Item, Progress, UnitFigure, computed_word, judged_word, lagging
from luoshi.reporting.composing.wording import (
    UNVERIFIED,
    amount_of,
    distinct,
    due_of,
    footing_of,
    gap_of,
    joined,
    missing_of,
    number,
    points,
    restrained,
    unit_name,
    with_unit,
)
from luoshi.reporting.official.document import Attachment, Block, Figure, Grid, GridColumn, GridRow, Text
from luoshi.reporting.official.numbers import official_day

NOTHING: Text = ("——",)
_MIDDLE = "center"


def attachments_of(progress: Progress) -> tuple[Attachment, ...]:
    """All three, in their order; the last only when there are figures of units."""
    overview = Attachment("进展情况一览表", (overview_grid(progress.items, progress.on.year),), across=True)
    behind = lagging(progress.items)
    listing = Attachment(
        "欠进度事项清单",
        (lag_grid(behind, progress.on.year),) if behind else (_none("lag", "本期无欠进度事项。"),),
        across=True,
    )
    if not progress.figures:
        return (overview, listing)
    return (overview, listing, Attachment("县区数据表", (unit_grid(progress),)))


def overview_grid(items: Sequence[Item], year: int) -> Grid:
    """Every item with both its states, by 板块."""
    columns = (
        GridColumn("序号", _MIDDLE),
        GridColumn("督查事项"),
        GridColumn("目标任务"),
        GridColumn("当前值（时点、口径）"),
        GridColumn("数据状态", _MIDDLE),
        GridColumn("核定状态", _MIDDLE),
        GridColumn("牵头科室", _MIDDLE),
        GridColumn("完成时限", _MIDDLE),
    )
    rows, at = [], 0
    for section in distinct(item.section for item in items):
        rows.append(GridRow(((section,),), band=True))
        for item in (one for one in items if one.section == section):
            at += 1
            rows.append(_overview_row(at, item, year))
    note = "注：数据状态由核定数据计算，核定状态由督查室核定；“——”表示不由数据判断。"
    return Grid("overview", columns, tuple(rows), note)


def _overview_row(at: int, item: Item, year: int) -> GridRow:
    value = amount_of(item)
    footing = footing_of(item.amount, year) if item.amount and item.amount.verified else ""
    return GridRow(
        (
            (str(at),),
            (restrained(item.title),),
            (restrained(item.target) or "——",),
            joined(value, footing) or NOTHING,
            (computed_word(item),),
            (judged_word(item),),
            (item.office,),
            (due_of(item, year),),
        )
    )


def lag_grid(items: Sequence[Item], year: int) -> Grid:
    """What lags, with what is missing, why, and what follows."""
    columns = (
        GridColumn("序号", _MIDDLE),
        GridColumn("督查事项"),
        GridColumn("牵头科室", _MIDDLE),
        GridColumn("目标任务"),
        GridColumn("当前值"),
        GridColumn("差距"),
        GridColumn("原因"),
        GridColumn("下步措施"),
        GridColumn("完成时限", _MIDDLE),
    )
    rows = tuple(
        GridRow(
            (
                (str(at),),
                (restrained(item.title),),
                (item.office,),
                (restrained(item.target) or "——",),
                amount_of(item) or NOTHING,
                gap_of(item) or NOTHING,
                (restrained(item.cause) or "待牵头科室说明",),
                (restrained(item.next_step) or "待牵头科室提出",),
                (due_of(item, year),),
            )
        )
        for at, item in enumerate(items, 1)
    )
    return Grid("lag", columns, rows)


def unit_grid(progress: Progress) -> Grid:
    """分子, 分母, 率, 较上月, 较年度目标 of every unit, an indicator after the other."""
    columns = (
        GridColumn("单位"),
        GridColumn("分子", "right"),
        GridColumn("分母", "right"),
        GridColumn("数值", "right"),
        GridColumn("较上季" if "季度" in progress.period else "较上月", "right"),
        GridColumn("较年度目标", "right"),
    )
    rows = []
    for indicator in distinct(figure.indicator for figure in progress.figures):
        figures = [figure for figure in progress.figures if figure.indicator == indicator]
        first = figures[0]
        definition = f"，{restrained(first.definition)}" if first.definition else ""
        rows.append(GridRow(((f"{indicator}（时点{official_day(first.on)}{definition}）",),), band=True))
        rows.extend(_unit_row(figure, progress) for figure in in_order(figures, progress))
    order = "按距年度目标差距排列" if progress.ranked_by else "按单位固定顺序排列，不作排名"
    return Grid("units", columns, tuple(rows), f"注：{order}；“——”表示无此项数据，未经核定的数据不列。")


def in_order(figures: Sequence[UnitFigure], progress: Progress) -> list[UnitFigure]:
    """Protocol order; by what is missing only when somebody approved it, what is not 核定 last."""
    if not progress.ranked_by:
        return list(figures)
    return sorted(
        figures, key=lambda one: (not one.verified, -(one.missing if one.missing is not None else Decimal(-999999)))
    )


def _unit_row(figure: UnitFigure, progress: Progress) -> GridRow:
    name: Text = (unit_name(figure.unit, school=figure.school, named_by=progress.named_by),)
    if not figure.verified:
        return GridRow((name, NOTHING, NOTHING, (UNVERIFIED,), NOTHING, NOTHING))
    return GridRow(
        (
            name,
            _count(figure.numerator, f"{figure.key}:numerator"),
            _count(figure.denominator, f"{figure.key}:denominator"),
            (Figure(with_unit(figure.rate, figure.measure), figure.key),) if figure.rate is not None else NOTHING,
            _change(figure),
            missing_of(figure),
        )
    )


def _count(value: Decimal | None, key: str) -> Text:
    return NOTHING if value is None else (Figure(number(value), key),)


def _change(figure: UnitFigure) -> Text:
    if figure.change is None:
        return NOTHING
    if number(figure.change) == "0":
        return (Figure("持平", f"{figure.key}:change"),)
    word = "升" if figure.change > 0 else "降"
    return (Figure(f"{word}{points(figure.change, figure.measure)}", f"{figure.key}:change"),)


def _none(name: str, words: str) -> Block:
    return Block(f"{name}.none", (words,))
