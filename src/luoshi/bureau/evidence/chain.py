"""The chain of one item's evidence: every piece, withdrawal and verdict covers the one before it. Pure functions.

Records are digested as every chain of the house (words/chains.py); the stand-alone script in an archive counts the same way.
"""

from collections.abc import Sequence

from luoshi.words.chains import Record, canonical, first_break, link
from luoshi.words.findings import Finding

__all__ = ["Record", "canonical", "link", "verify"]


def verify(item: str, records: Sequence[Record], number: int, digest: str) -> Finding | None:
    """The first place where the chain of an item is broken; None when it is whole.

    Args:
        item: what the item is called.
        records: links in their order, each with "number", "previous" and "digest".
        number: how many links there are, as kept apart from them.
        digest: the end of the chain, as kept apart from it.
    """
    broken = first_break(records, (number, digest))
    if broken is None:
        return None
    return Finding(
        f"{item} 佐证材料第 {broken.number} 条",
        broken.what,
        "每条佐证、撤回和核验意见的摘要须由本条内容和上一条摘要算出，序号逐一相连",
        "请立即备份数据库，由系统管理员会同审计人员核查这一项的佐证材料",
    )
