"""The chain of one item's evidence: every piece, withdrawal and verdict covers the one before it. Pure functions.

A record is a mapping of plain values; its digest is SHA-256 over canonical JSON (keys sorted, no blanks, UTF-8) of
everything in it but the digest itself. The stand-alone script in an archive counts the same way.
"""

import json
from collections.abc import Mapping, Sequence

from luoshi.bureau.journal.chain import GENESIS, sha256
from luoshi.words.findings import Finding

Record = Mapping[str, object]


def canonical(value: object) -> bytes:
    """The one way a value is written down to be digested."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(record: Record) -> str:
    """The digest of a record, whatever digest it carries left out."""
    return sha256(canonical({key: value for key, value in record.items() if key != "digest"}))


def verify(item: str, records: Sequence[Record], number: int, digest: str) -> Finding | None:
    """The first place where the chain of an item is broken; None when it is whole.

    Args:
        item: what the item is called.
        records: links in their order, each with "number", "previous" and "digest".
        number: how many links there are, as kept apart from them.
        digest: the end of the chain, as kept apart from it.
    """
    previous = GENESIS
    for expected, record in enumerate(records, start=1):
        if record["number"] != expected:
            return _broken(item, expected, f"缺这一条（下一条是第 {record['number']} 条）")
        if record["previous"] != previous:
            return _broken(item, expected, "所记的上一条摘要与上一条不符")
        if link(record) != record["digest"]:
            return _broken(item, expected, "内容与摘要不符，内容被改过")
        previous = str(record["digest"])
    if (number, digest) != (len(records), previous):
        return _broken(item, min(number, len(records)) + 1, f"链尾应为第 {number} 条，实有 {len(records)} 条")
    return None


def _broken(item: str, number: int, what: str) -> Finding:
    return Finding(
        f"{item} 佐证材料第 {number} 条",
        what,
        "每条佐证、撤回和核验意见的摘要须由本条内容和上一条摘要算出，序号逐一相连",
        "请立即备份数据库，由系统管理员会同审计人员核查这一项的佐证材料",
    )
