"""The chain: every entry's digest covers its fields and the digest before it. Pure functions, checked on plain records."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from luoshi.words.findings import Finding
from luoshi.words.sm3 import sm3

FIELDS = (
    "number at actor actor_name role office address action subject_kind subject_id subject detail outcome reason"
    " digested_by previous"
).split()
GENESIS = "0" * 64
"""What the first entry follows."""
CHANGE = "journal.digest"
"""The act that changes to another digest: the first entry made by it."""

Record = Mapping[str, object]
Hash = Callable[[bytes], str]


def sha256(content: bytes) -> str:
    """The digest of a house that set none."""
    return hashlib.sha256(content).hexdigest()


DIGESTS: dict[str, Hash] = {"sha256": sha256, "sm3": sm3}
"""What an entry may be digested by. Nothing else is taken for a digest, whatever an entry says of itself."""
USUAL = "sha256"


@dataclass(frozen=True, slots=True)
class Anchor:
    """An end of the chain, written down outside the system: on paper, in another log."""

    number: int
    digest: str
    by: str = USUAL
    """A key of DIGESTS."""

    def __str__(self) -> str:
        """As it is printed: 1024:9f2c…, or 1024:sm3:66c7…"""
        return f"{self.number}:{self.digest}" if self.by == USUAL else f"{self.number}:{self.by}:{self.digest}"

    @classmethod
    def parse(cls, words: str) -> "Anchor":
        """From its printed form; ValueError when it is none."""
        number, *by, digest = words.strip().split(":")
        if len(digest) != len(GENESIS) or len(by) > 1 or any(one not in DIGESTS for one in by):
            message = "an anchor is NUMBER:DIGEST"
            raise ValueError(message)
        return cls(int(number), digest, *by)


BEGINNING = Anchor(0, GENESIS, "")
"""Before the first entry."""


class Harm(StrEnum):
    """What was done to the chain."""

    EDITED = "edited"
    REWRITTEN = "rewritten"
    """Changed and given a digest that fits."""
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    CUT = "cut"
    """The last entries are gone."""
    ADDED = "added"
    """Entries stand behind the kept end."""
    UNMARKED = "unmarked"
    """Made by another digest than the one before, and no act changed to it."""
    UNENDED = "unended"
    """The kept end itself is gone or was changed."""
    FORGED = "forged"
    """Computed anew as a whole."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain is broken, and how."""

    number: int
    """Of the entry that was harmed, or the first of them."""
    harm: Harm
    what: str
    """In Chinese, for people."""
    last: int = 0
    """The last of the entries that were deleted or inserted, the other one of two that were swapped; else 0."""

    @property
    def finding(self) -> Finding:
        """For people, in four parts."""
        return Finding(
            f"操作日志第 {self.number} 条",
            self.what,
            "每条日志的摘要须由本条内容和上一条摘要算出，序号逐一相连",
            "请立即停用并备份数据库，由系统管理员会同审计人员核查此条及以后各条",
        )


def moment(at: datetime) -> str:
    """A moment as it is digested: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _told(record: Record) -> bytes:
    """A record's fields in order as canonical JSON."""
    told = [moment(value) if isinstance(value := record[name], datetime) else value for name in FIELDS]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def link(record: Record) -> str:
    """The digest of a record, by the digest it names; KeyError when that is none."""
    return DIGESTS[str(record["digested_by"])](_told(record))


def holds(record: Record) -> bool:
    """Whether the digest covers the record; a field that is missing or of no known type is a change too."""
    try:
        return link(record) == record["digest"]
    except (KeyError, TypeError, ValueError, OverflowError):
        return False


def renewed(records: Iterable[Record], by: str) -> str:
    """One digest over whole records, each with the result before it: what a change of digest says of all that went before.

    The old digests alone would carry the older part for ever: when the old one is broken some day, that part could be
    replaced behind the first new entry. This covers it by the new one.

    Args:
        records: entries by number, each with FIELDS and "digest".
        by: a key of DIGESTS.
    """
    result = GENESIS
    for record in records:
        result = DIGESTS[by](result.encode() + _told(record) + str(record["digest"]).encode())
    return result


def _follows(record: Record, previous: str, by: str) -> Break | None:
    """What is wrong with an entry that should follow this digest."""
    number = int(str(record["number"]))
    if record.get("previous") != previous:
        return Break(number, Harm.EDITED, "所记的上一条摘要与上一条不符")
    if not holds(record):
        return Break(number, Harm.EDITED, "内容与摘要不符，内容被改过")
    if by and record["digested_by"] != by and record["action"] != CHANGE:
        return Break(number, Harm.UNMARKED, f"摘要算法由 {by} 换成 {record['digested_by']}，没有更换记录")
    return None


def verify(
    records: Iterable[Record],
    head: Anchor | None = None,
    anchors: Iterable[Anchor] = (),
    since: Anchor = BEGINNING,
) -> Break | None:
    """The first place where the chain is broken, or None when it is whole.

    Args:
        records: entries by number, each with FIELDS and "digest".
        head: the end of the chain as the system keeps it.
        anchors: ends kept outside; they alone show a chain that was cut or computed anew throughout.
        since: what the first of the records follows, verified before.
    """
    previous, number, by = since.digest, since.number, since.by
    kept: dict[int, set[tuple[str, str]]] = {}
    for anchor in anchors:
        kept.setdefault(anchor.number, set()).add((anchor.by, anchor.digest))
    for record in records:
        expected = number + 1
        if record["number"] != expected:
            return _missing(expected, int(str(record["number"])))
        wrong = _follows(record, previous, by)
        if wrong:
            return wrong
        previous, number, by = str(record["digest"]), expected, str(record["digested_by"])
        if number in kept and kept[number] != {(by, previous)}:
            return Break(number, Harm.FORGED, "与另存的链尾不符，日志被整体重写过")
    return _ended(Anchor(number, previous, by), head, [at for at in kept if at > number])


def _missing(number: int, following: int) -> Break:
    said = f"缺这一条（下一条是第 {following} 条），被删"
    return Break(number, Harm.DELETED, said, following - 1)


def _ended(reached: Anchor, head: Anchor | None, beyond: list[int]) -> Break | None:
    """What is wrong with the end that was reached."""
    if head is not None and head.number < reached.number:
        said = f"链尾应为第 {head.number} 条，实有 {reached.number} 条，此条起是添上去的"
        return Break(head.number + 1, Harm.ADDED, said, reached.number)
    if head is not None and head.number > reached.number:
        said = f"链尾应为第 {head.number} 条，实有 {reached.number} 条，尾部被删"
        return Break(reached.number + 1, Harm.CUT, said, head.number)
    if head is not None and reached.number and head != reached:
        said = "末条的摘要与所记的链尾不符，末条被改写并重算了摘要，或链尾被改"
        return Break(reached.number, Harm.REWRITTEN, said)
    if beyond:
        said = f"另存的链尾为第 {min(beyond)} 条，实有 {reached.number} 条，尾部被删"
        return Break(reached.number + 1, Harm.CUT, said, max(beyond))
    return None
