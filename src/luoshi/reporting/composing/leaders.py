"""领导参阅 on one page, and the material of a meeting: both sorted by days late × weight, and they say so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.reporting.composing.facts import LAGGING, Item, Progress, Situation, counts, lagging, situation, urgency
from luoshi.reporting.composing.sections import due_next
from luoshi.reporting.composing.wording import (
    amount_of,
    count,
    due_of,
    gap_of,
    joined,
    listed,
    month_day,
    number,
    restrained,
)
from luoshi.reporting.official.document import (
    Attachment,
    Block,
    Grid,
    GridColumn,
    GridRow,
    OfficialDocument,
    Part,
    Text,
)
from luoshi.reporting.official.numbers import official_day

ROWS = 8
"""So many lagging items stand on the page for leaders."""
_FEW = 4
"""With so many rows or fewer there is room for longer words."""
_CELL = (36, 18)
"""Characters of a cell of words with few rows and with many; the whole stands in 附件2 of the bulletin."""
_NORMAL = (Situation.AHEAD, Situation.ON_COURSE, Situation.STANDING, Situation.ADVANCING, Situation.COORDINATED)
_REST = (Situation.PAUSED, Situation.UNKNOWN)


def leaders_page(progress: Progress) -> OfficialDocument:
    """领导参阅: six numbers, at most eight lagging items, what was finished, what is due."""
    behind = sorted(lagging(progress.items), key=lambda item: (-urgency(item), item.key))
    few = len(behind) <= _FEW
    closed = [
        _short(restrained(x.title), 24 if few else 16)
        for x in progress.items
        if x.closed and situation(x) is Situation.DONE
    ]
    due = [
        f"{_short(restrained(x.title), 20 if few else 12)}（{x.office}，{month_day(x.due)}）"
        for x in due_next(progress)
        if x.due
    ]
    rest = f"（共{len(behind)}项，列前{ROWS}项）" if len(behind) > ROWS else ""
    blocks: list[Part] = [
        Block("overall", _six(progress)),
        Block("lag.title", (f"进展滞后事项{rest}",), level=1),
        _lag(behind[:ROWS]) if behind else Block("lag.none", ("本期无进展滞后事项。",)),
        Block("closed", (f"本月新完成{len(closed)}项：{listed(closed, 2)}。" if closed else "本期无新完成事项。",)),
        Block("due", (f"下月到期{len(due)}项：{_few(due)}" if due else "下月无到期事项。",)),
    ]
    return OfficialDocument(
        title=f"{progress.on.year}年{progress.period}重点工作领导参阅",
        dated=progress.issued,
        blocks=tuple(blocks),
        made_up=progress.made_up,
    )


def meeting_pack(progress: Progress) -> OfficialDocument:
    """会议材料: what lags by days late × weight, what the meeting is asked to coordinate, what is due."""
    behind = sorted(lagging(progress.items), key=lambda item: (-urgency(item), item.key))
    asked = [item for item in progress.items if item.request and situation(item) not in LAGGING]
    due = due_next(progress)
    blocks: list[Part] = [
        Block("overall", _six(progress)),
        Block("lag.title", ("进展滞后事项",), level=1),
        *(_spoken(behind) or [Block("lag.none", ("本期无进展滞后事项。",))]),
        Block("asked.title", ("提请会议协调的其他事项",), level=1),
        *(_asked(asked) or [Block("asked.none", ("本期无提请协调的其他事项。",))]),
        Block("due.title", ("下月到期事项",), level=1),
        *(_due(due, progress.on.year) or [Block("due.none", ("下月无到期事项。",))]),
    ]
    table = Attachment("进展滞后事项排序表", (_agenda(behind, progress.on.year),), across=True)
    return OfficialDocument(
        title=f"{progress.on.year}年{progress.period}重点工作调度会议材料",
        dated=progress.issued,
        blocks=tuple(blocks),
        attachments=(table,) if behind else (),
        made_up=progress.made_up,
    )


def _spoken(items: Sequence[Item]) -> list[Part]:
    return [
        Block(f"lag.{at}", joined(f"{restrained(x.title)}（{x.office}），", _distance(x), f"；{_why(x)}"), level=3)
        for at, x in enumerate(items, 1)
    ]


@dataclass(frozen=True, slots=True)
class Six:
    """总体: six numbers, of which the last five make the first."""

    total: int
    done: int
    normal: int
    behind: int
    overdue: int
    rest: int


def six(told: Mapping[Situation, int]) -> Six:
    """The six of so many items in each situation."""
    normal, rest = (sum(told.get(one, 0) for one in some) for some in (_NORMAL, _REST))
    apart = (told.get(one, 0) for one in (Situation.DONE, Situation.BEHIND, Situation.OVERDUE))
    done, behind, overdue = apart
    return Six(sum(told.values()), done, normal, behind, overdue, rest)


def _six(progress: Progress) -> Text:
    told = six(counts(progress.items))
    return joined(
        (f"截至{official_day(progress.on)}，立项", count("total", told.total), "项：已完成"),
        (count("done", told.done), "项，正常推进", count("normal", told.normal), "项，欠进度"),
        (count("behind", told.behind), "项，逾期未完成", count("overdue", told.overdue)),
        ("项，待核实及暂缓", count("rest", told.rest), "项。"),
    )


def _lag(items: Sequence[Item]) -> Grid:
    most = _CELL[len(items) > _FEW]
    columns = (
        GridColumn("序号", "center"),
        GridColumn("督查事项"),
        GridColumn("差多少"),
        GridColumn("牵头科室和领导", "center", width=5),
        GridColumn("卡在哪"),
        GridColumn("请领导协调"),
    )
    rows = tuple(
        GridRow(
            (
                (str(at),),
                (_short(restrained(item.title), most),),
                _distance(item),
                (f"{item.office}\n{item.leader}".strip(),),
                (_short(restrained(item.cause), most) or "待牵头科室说明",),
                (_short(restrained(item.request), most) or "——",),
            )
        )
        for at, item in enumerate(items, 1)
    )
    return Grid("lag", columns, rows, small=True)


def _agenda(items: Sequence[Item], year: int) -> Grid:
    columns = (
        GridColumn("序号", "center"),
        GridColumn("督查事项"),
        GridColumn("牵头科室", "center"),
        GridColumn("完成时限", "center"),
        GridColumn("滞后天数", "center"),
        GridColumn("权重", "center"),
        GridColumn("排序值", "center"),
        GridColumn("差距"),
        GridColumn("原因和需协调事项"),
    )
    rows = tuple(
        GridRow(
            (
                (str(at),),
                (restrained(item.title),),
                (item.office,),
                (due_of(item, year),),
                (str(item.days_late),),
                (number(item.weight),),
                (number(urgency(item)),),
                _distance(item),
                (_why(item),),
            )
        )
        for at, item in enumerate(items, 1)
    )
    return Grid("lag", columns, rows, "注：排序值＝滞后天数×权重；权重由局长办公会确定，未确定的为1。")


def _distance(item: Item) -> Text:
    """What is missing; without it the value, without that the plain word."""
    return gap_of(item) or amount_of(item) or (situation(item).value,)


def _why(item: Item) -> str:
    cause = restrained(item.cause) or "原因待牵头科室说明"
    asked = restrained(item.request)
    return f"{cause}；{asked if asked.startswith('请') else f'请协调{asked}'}。" if asked else f"{cause}。"


def _asked(items: Sequence[Item]) -> list[Part]:
    return [
        Block(f"asked.{at}", (f"{restrained(x.title)}（{x.office}）：{restrained(x.request)}。",), level=3)
        for at, x in enumerate(items, 1)
    ]


def _due(items: Sequence[Item], year: int) -> list[Part]:
    return [
        Block(f"due.{at}", (f"{restrained(x.title)}（{x.office}，{due_of(x, year)}）。",), level=3)
        for at, x in enumerate(items, 1)
    ]


def _few(said: Sequence[str], most: int = 2) -> str:
    return "；".join(said[:most]) + (f"；等{len(said)}项。" if len(said) > most else "。")


def _short(words: str, most: int) -> str:
    """So many characters at most, never cut within a number: 92.5% must not become 9."""
    return words if len(words) <= most else re.sub(r"[\d.．%‰]+$", "", words[: most - 1]) + "…"
