"""What a drafted paper says: restrained, the facts first, nobody blamed. A person edits it before it goes out."""

from dataclasses import dataclass
from datetime import date

from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.ledger.queries import Item
from luoshi.spine import State
from luoshi.tracking import showing
from luoshi.tracking.escalating import Draft
from luoshi.tracking.ladder import Step


@dataclass(frozen=True, slots=True)
class Worded:
    """Title, addressee and text of a draft."""

    title: str
    to: str
    words: str


_ASKS = {
    Step.REMINDER: "请及时报送进展情况和相应的指标值。",
    Step.URGING: "请抓紧推进，并书面反馈进展情况、存在的问题和下步措施。",
    Step.NOTICE: "请分析原因，提出整改措施、完成时限和责任人，并书面反馈；需要协调解决的，请一并写明。",
    Step.TALK: "拟与牵头科室负责人面谈，了解原因，商定措施和时限。请准备情况说明，并书面反馈。",
    Step.BULLETIN: "拟在年度督查通报中列明进展。列入前请核对所用的数和口径，有异议的请附依据提出。",
}


def worded(draft: Draft, row: Commitment, office: str, data: str) -> Worded:
    """A draft in words.

    Args:
        draft: the paper that is due.
        row: the item.
        office: name of the lead section; empty when none is set.
        data: target and figure at the last month's end, one sentence; empty for what no number judges.
    """
    of_the_day = draft.because.startswith("完成时限")
    due = f"，完成时限{plain_day(row.due)}" if row.due and not of_the_day else ""
    answer = f"请于{plain_day(draft.answer_by)}前反馈。" if draft.answer_by else ""
    lines = [
        f"督查事项“{row.number} {row.title}”由{office or '你单位'}牵头{due}。",
        f"{draft.because}。" + (f"数据情况：{data}。" if data else ""),
        _ASKS[draft.step] + answer,
    ]
    return Worded(f"{draft.name}：{row.number} {row.title}"[:200], office, "\n".join(lines))


def data_said(item: Item) -> str:
    """What is known of the target that decides, as a paper says it; empty for what no number judges."""
    data = item.data
    if data is None or data.state is State.UNKNOWN or data.measurement is None:
        return ""
    figure = data.measurement
    target = next((one.target for one in item.stood if one.status.measurement == figure), None)
    aim = f"目标为{showing.in_words(target)}，" if target else ""
    value = showing.figure(figure).replace(" ", "")
    return f"{aim}{plain_day(figure.on)}为{value}（口径：{figure.definition}）"


def plain_day(day: date) -> str:
    """2021年10月8日, without zeros before it."""
    return f"{day.year}年{day.month}月{day.day}日"
