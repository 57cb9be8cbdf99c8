"""The chain: every entry's digest covers its fields and the digest before it. Pure functions, checked on plain records."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from luoshi.words.findings import Finding

FIELDS = (
    "number at actor actor_name role office address action subject_kind subject_id subject detail outcome reason previous"
).split()
GENESIS = "0" * 64
"""What the first entry follows."""

Hash = Callable[[bytes], str]


def sha256(content: bytes) -> str:
    """The house's digest. SM3 takes its place where an assessment asks for it."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Anchor:
    """An end of the chain, written down outside the system: on paper, in another log."""

    number: int
    digest: str

    def __str__(self) -> str:
        """As it is printed: 1024:9f2c…"""
        return f"{self.number}:{self.digest}"

    @classmethod
    def parse(cls, words: str) -> "Anchor":
        """From its printed form; ValueError when it is none."""
        number, _, digest = words.strip().partition(":")
        if len(digest) != len(GENESIS):
            message = "an anchor is NUMBER:DIGEST"
            raise ValueError(message)
        return cls(int(number), digest)


BEGINNING = Anchor(0, GENESIS)
"""Before the first entry."""


def moment(at: datetime) -> str:
    """A moment as it is digested: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link(record: Mapping[str, object], digest: Hash = sha256) -> str:
    """The digest of a record: its fields in order as canonical JSON."""
    told = [moment(value) if isinstance(value := record[name], datetime) else value for name in FIELDS]
    return digest(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _broken(number: int, what: str) -> Finding:
    return Finding(
        f"操作日志第 {number} 条",
        what,
        "每条日志的摘要须由本条内容和上一条摘要算出，序号逐一相连",
        "请立即停用并备份数据库，由系统管理员会同审计人员核查此条及以后各条",
    )


def _holds(record: Mapping[str, object]) -> bool:
    """Whether the digest covers the record; a field that is missing or of no known type is a change too."""
    try:
        return link(record) == record["digest"]
    except (KeyError, TypeError, ValueError, OverflowError):
        return False


def verify(
    records: Iterable[Mapping[str, object]],
    head: Anchor | None = None,
    anchors: Iterable[Anchor] = (),
    since: Anchor = BEGINNING,
) -> Finding | None:
    """The first place where the chain is broken, or None when it is whole.

    Args:
        records: entries by number, each with FIELDS and "digest".
        head: the end of the chain as the system keeps it.
        anchors: ends kept outside; they alone show a chain that was cut or computed anew throughout.
        since: what the first of the records follows, verified before.
    """
    previous, number = since.digest, since.number
    kept = {anchor.number: anchor.digest for anchor in anchors}
    for record in records:
        expected = number + 1
        if record["number"] != expected:
            return _broken(expected, f"缺这一条（下一条是第 {record['number']} 条）")
        if record.get("previous") != previous:
            return _broken(expected, "所记的上一条摘要与上一条不符")
        if not _holds(record):
            return _broken(expected, "内容与摘要不符，内容被改过")
        previous, number = str(record["digest"]), expected
        if number in kept and kept[number] != previous:
            return _broken(number, "与另存的链尾不符，日志被整体重写过")
    if head is not None and (head.number, head.digest) != (number, previous):
        return _broken(min(head.number, number) + 1, f"链尾应为第 {head.number} 条，实有 {number} 条")
    lost = sorted(at for at in kept if at > number)
    return _broken(number + 1, f"另存的链尾为第 {lost[0]} 条，实有 {number} 条，尾部被删") if lost else None
