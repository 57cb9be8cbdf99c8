"""What makes a promise uncheckable as it is written, and what would mend it.

Nobody could check a promise (`unchecked`) that has no number, no day of its own and no end anyone could look at. The
other lacks are told beside it: an owner not printed, somebody else's decision, a soft word.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from luoshi.spine import Commitment, Kind, Strength


class Lack(StrEnum):
    """What a promise lacks as written."""

    NUMBER = "number"
    DATE = "date"
    END = "end"
    OWNER = "owner"
    DECISION = "decision"
    SOFT = "soft"

    @property
    def label(self) -> str:
        """The word on screen."""
        return _LABELS[self][0]

    @property
    def meaning(self) -> str:
        """One sentence of definition."""
        return _LABELS[self][1]


_LABELS = {
    Lack.NUMBER: ("缺数量", "没有数字，也没有“全部”“消除”一类可逐一核对的范围。"),
    Lack.DATE: ("缺时限", "句中没有自己的日期，只能按年度推算。"),
    Lack.END: ("缺终点", "没有文件、会议、建成或移交一类可以验收的终点。"),
    Lack.OWNER: ("缺责任", "原文没有写明牵头单位。"),
    Lack.DECISION: ("靠别人定", "结果由上级或其他单位评定，本局只能协调和申报。"),
    Lack.SOFT: ("软性用语", "力争、努力、逐步、探索一类，完成与否没有界线。"),
}

ADVICE = {
    Kind.STANDING: "补一个数（办几次、覆盖几所、提高到多少）或一个可验收的成果，并写明截止月份。",
    Kind.MILESTONE: "写明完成的标志（验收、挂牌、移交）和截止月份，分县的附清单。",
    Kind.DOCUMENT: "写明印发月份和文号出处。",
    Kind.EVENT: "写明场次、月份和参加范围。",
    Kind.RECOGNITION: "写本局自己能做到的一步：何时前申报几个、材料达到什么条件。",
    Kind.QUANTITY: "写明统计口径、统计时点和数据来源。",
}


def lacks(commitment: Commitment, *, owner_known: bool = False) -> tuple[Lack, ...]:
    """Everything the promise lacks as written, in a fixed order."""
    dated = any(target.deadline for target in commitment.targets)
    found = {
        Lack.NUMBER: not commitment.targets,
        Lack.DATE: not dated,
        Lack.END: commitment.kind is Kind.STANDING and not commitment.targets,
        Lack.OWNER: not (owner_known or commitment.offices),
        Lack.DECISION: commitment.kind is Kind.RECOGNITION,
        Lack.SOFT: commitment.strength is Strength.ASPIRATIONAL,
    }
    return tuple(lack for lack, missing in found.items() if missing)


def unchecked(missing: Iterable[Lack]) -> bool:
    """Whether nobody could check it: no number, no day, no end."""
    return {Lack.NUMBER, Lack.DATE, Lack.END} <= set(missing)


def advice(commitment: Commitment) -> str:
    """What the drafting office could add; one neutral sentence by kind."""
    return ADVICE[commitment.kind]


def count(commitments: Iterable[Commitment]) -> dict[str, Counter[str]]:
    """By section: how many promises there are ("total"), how many nobody could check ("unchecked"), and each lack."""
    counted: dict[str, Counter[str]] = {}
    for commitment in commitments:
        missing = lacks(commitment)
        here = counted.setdefault(commitment.sentence.section, Counter())
        here.update(["total", *(["unchecked"] if unchecked(missing) else []), *missing])
    return counted
