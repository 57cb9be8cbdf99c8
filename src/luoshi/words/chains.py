"""Chains: records of which each covers the one before it, so that none can be changed, left out or put in unseen.

A record is a mapping of plain values; its digest is SHA-256 over canonical JSON (keys sorted, no blanks, UTF-8) of
everything in it but the digest itself.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luoshi.words.provenance import digest

Record = Mapping[str, object]
GENESIS = "0" * 64
"""What the first record follows."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain is broken."""

    number: int
    """Of the record, counted from 1."""
    what: str
    """What was met there, in Chinese."""


def canonical(value: object) -> bytes:
    """The one way a value is written down to be digested."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(record: Record) -> str:
    """The digest of a record, whatever digest it carries left out."""
    return digest(canonical({key: value for key, value in record.items() if key != "digest"}))


def first_break(records: Iterable[Record], head: tuple[int, str] | None = None) -> Break | None:
    """The first place where a chain is broken; None when it is whole.

    Args:
        records: in their order, each with "number", "previous" and "digest".
        head: number and digest of the last, where they are kept apart from the records.
    """
    previous, number = GENESIS, 0
    for record in records:
        expected = number + 1
        if record.get("number") != expected:
            return Break(expected, f"缺这一条（下一条是第 {record.get('number')} 条）")
        if record.get("previous") != previous:
            return Break(expected, "所记的上一条摘要与上一条不符")
        if link(record) != record.get("digest"):
            return Break(expected, "内容与摘要不符，内容被改过")
        previous, number = str(record["digest"]), expected
    if head is not None and head != (number, previous):
        return Break(min(head[0], number) + 1, f"链尾应为第 {head[0]} 条，实有 {number} 条")
    return None
