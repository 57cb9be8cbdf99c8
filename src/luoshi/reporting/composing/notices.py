"""提醒, 催办单, 督办通知单: to one section, about one item or several, with the slip it answers on. A person signs and sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.reporting.composing.facts import Item
from luoshi.reporting.composing.wording import amount_of, count, due_of, gap_of, joined, restrained
from luoshi.reporting.official.document import (
    Attachment,
    Block,
    Grid,
    GridColumn,
    GridRow,
    LetterHead,
    OfficialDocument,
    Part,
    Text,
)
from luoshi.reporting.official.numbers import official_day

_DEMANDS = {
    "提醒": "请对照时限抓紧推进，并按期报送进展。",
    "催办单": "请查明原因，提出措施和完成时限，按期书面回复。",
    "督办通知单": "请科室负责人牵头研究整改，明确措施、责任人和完成时限，经分管局领导审签后按期书面回复；整改情况列入下期“回头看”。",
}


@dataclass(frozen=True, slots=True)
class Urging:
    """What a slip urges, and of whom."""

    kind: str
    """提醒, 催办单, 督办通知单; another name is printed as it is."""
    bureau: str
    code: str
    """机关代字."""
    to: str
    """The section or unit."""
    items: Sequence[Item]
    issued: date
    answer_by: date
    """限期."""
    demand: str = ""
    """要求 in a person's words; empty takes the usual ones of the kind."""
    doc_no: str = ""
    made_up: bool = False


def urging_slip(urging: Urging) -> OfficialDocument:
    """The slip, with 回执 on a page of its own."""
    usual = _DEMANDS.get(urging.kind, _DEMANDS["催办单"])
    opening: Text = ("经核对，下列", count("urged", len(urging.items)), "项督查事项需抓紧推进：")
    parts: list[Part] = [Block("opening", joined(opening)), _listing(urging.items)]
    demand = f"{restrained(urging.demand)}。" if urging.demand else usual
    parts.append(Block("demand", (demand,)))
    parts.append(Block("until", (f"请于{official_day(urging.answer_by)}前将回执报督查室。",)))
    return OfficialDocument(
        title=f"{urging.bureau}{urging.kind}" if urging.kind in _DEMANDS else urging.kind,
        dated=urging.issued,
        head=LetterHead(urging.bureau, urging.code),
        doc_no=urging.doc_no,
        to=urging.to,
        blocks=tuple(parts),
        attachments=(Attachment(f"{urging.kind}回执", (_answer(urging.items), _signing())),),
        signer=urging.bureau,
        seal=True,
        made_up=urging.made_up,
    )


def _listing(items: Sequence[Item]) -> Grid:
    columns = (
        GridColumn("编号", "center"),
        GridColumn("督查事项"),
        GridColumn("目标任务"),
        GridColumn("当前值"),
        GridColumn("差距"),
        GridColumn("完成时限", "center"),
    )
    nothing: Text = ("——",)
    rows = tuple(
        GridRow(
            (
                (item.key,),
                (restrained(item.title),),
                (restrained(item.target) or "——",),
                amount_of(item) or nothing,
                gap_of(item) or nothing,
                (due_of(item),),
            )
        )
        for item in items
    )
    return Grid("items", columns, rows)


def _answer(items: Sequence[Item]) -> Grid:
    columns = (
        GridColumn("编号", "center"),
        GridColumn("督查事项", width=14),
        GridColumn("原因", width=16),
        GridColumn("整改措施", width=20),
        GridColumn("完成时限", width=4),
        GridColumn("责任人", width=4),
    )
    rows = tuple(GridRow(((x.key,), (restrained(x.title),), (), (), (), ())) for x in items)
    return Grid("answer", columns, rows, to_fill=True)


def _signing() -> Block:
    return Block("signing", ("科室负责人（签字）：　　　　　分管局领导（签字）：",))
