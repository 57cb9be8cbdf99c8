"""Entries of the manifest: a deposit makes an edition, a compaction says where editions lie from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from luoshi.words.chains import canonical
from luoshi.words.provenance import Source, digest

OFFICE_TIME = timezone(timedelta(hours=8))
"""Days are days in UTC+8."""
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """The rows of one return, period and division under one 口径, as they were handed in once (版次)."""

    number: int
    """Of its entry in the manifest; grows by time, so it names what was known."""
    kind: str
    """Key of the return."""
    period: str
    """2020 or 2020-09."""
    division: str
    """Whose rows."""
    definition: str
    """口径: 年报, 学籍, 月报, 督导."""
    key: tuple[str, ...]
    """Columns that together name a row once."""
    source: str
    """Digest of what the rows were taken from."""
    told: str
    """The source in words; empty where only its digest was given."""
    rows: int
    content: str
    """Digest of its Parquet file as it was written."""
    size: int
    """Bytes of that file."""
    schema: str
    """Digest of the columns with their types."""
    total: str
    """Digest of the rows, whatever file they stand in."""
    at: datetime
    """When it was handed in."""
    by: str
    """Name of who did it."""
    supersedes: int
    """Number of the edition before it; 0 for the first."""
    seal: str
    """Name of the key it was sealed by; empty where its rows are nobody's."""
    since: datetime
    """From when it is known: `at`, or that of the entry before it where a clock ran behind. Entries never go back in time."""

    @property
    def known(self) -> date:
        """The first day in UTC+8 on which it is known."""
        return self.since.astimezone(OFFICE_TIME).date()

    @property
    def series(self) -> tuple[str, str, str, str]:
        """What it is an edition of."""
        return (self.kind, self.period, self.division, self.definition)

    @property
    def path(self) -> str:
        """Its file as it was written, below the lake's folder."""
        return part_path(self.kind, self.period, self.division, self.content, sealed=bool(self.seal))


@dataclass(frozen=True, slots=True)
class Merged:
    """One file that a compaction made of many."""

    path: str
    """Below the lake's folder."""
    content: str
    """Digest of the file; its name."""
    size: int
    rows: int
    schema: str
    """Digest of the columns with their types, without that of the edition."""
    editions: tuple[int, ...]
    """Numbers of the editions that lie in it."""
    seal: str = ""
    """Name of the key it is sealed by."""


@dataclass(frozen=True, slots=True)
class Compaction:
    """The files of one return and period, merged into few."""

    number: int
    kind: str
    period: str
    merged: tuple[Merged, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Destruction:
    """销毁: editions whose keys are no more; their entries, digests and counts stay."""

    number: int
    editions: tuple[int, ...]
    why: str
    """Which approval it follows, in words."""
    at: datetime
    by: str


def source_said(source: Source | str) -> tuple[str, str]:
    """Digest and words of a source: a published place, the digest of a kept file, or words."""
    if isinstance(source, Source):
        published = source.published.isoformat() if source.published else None
        return digest(canonical([source.title, source.url, published])), source.title
    if len(source) == _DIGEST and set(source) <= set("0123456789abcdef"):
        return source, ""
    return digest(source.encode()), source


def moment(at: datetime) -> str:
    """A moment as it is written into an entry: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def schema_path(schema: str) -> str:
    """Where the columns of that digest are written down below the lake's folder."""
    return f"schemas/{schema}.json"


def part_path(kind: str, period: str, division: str, content: str, *, sealed: bool = False) -> str:
    """Where a partition lies as it was handed in: one folder a window, so that one folder is forced to the disk."""
    return f"parts/{kind}/{period}/{division}-{content}.{'sealed' if sealed else 'parquet'}"


def merged_path(kind: str, period: str, content: str, *, sealed: bool = False) -> str:
    """Where a merged file lies below the lake's folder."""
    return f"parts/{kind}/{period}/{content}.{'sealed' if sealed else 'parquet'}"


def edition_of(record: Mapping[str, object], since: datetime) -> Edition:
    """The edition a deposit's entry tells of, known since a moment.

    Raises:
        KeyError, TypeError, ValueError: the record is no deposit's entry.
    """
    key = record["key"]
    if not isinstance(key, list):
        raise TypeError(key)
    return Edition(
        number=_number(record["number"]),
        kind=str(record["kind"]),
        period=str(record["period"]),
        division=str(record["division"]),
        definition=str(record["definition"]),
        key=tuple(map(str, key)),
        source=str(record["source"]),
        told=str(record["told"]),
        rows=_number(record["rows"]),
        content=str(record["content"]),
        size=_number(record["size"]),
        schema=str(record["schema"]),
        total=str(record["total"]),
        at=datetime.fromisoformat(str(record["at"])),
        by=str(record["by"]),
        supersedes=_number(record["supersedes"]),
        seal=str(record.get("seal", "")),
        since=since,
    )


def compaction_of(record: Mapping[str, object]) -> Compaction:
    """The compaction an entry tells of.

    Raises:
        KeyError, TypeError, ValueError: the record is no compaction's entry.
    """
    kind, period, merged = str(record["kind"]), str(record["period"]), record["merged"]
    if not isinstance(merged, list):
        raise TypeError(merged)
    at = datetime.fromisoformat(str(record["at"]))
    told = tuple(_merged(kind, period, one) for one in merged)
    return Compaction(_number(record["number"]), kind, period, told, at, str(record["by"]))


def _merged(kind: str, period: str, record: Mapping[str, object]) -> Merged:
    editions = record["editions"]
    if not isinstance(editions, list):
        raise TypeError(editions)
    content, seal = str(record["content"]), str(record.get("seal", ""))
    return Merged(
        merged_path(kind, period, content, sealed=bool(seal)),
        content,
        _number(record["size"]),
        _number(record["rows"]),
        str(record["schema"]),
        tuple(map(_number, editions)),
        seal,
    )


def destruction_of(record: Mapping[str, object]) -> Destruction:
    """The destruction an entry tells of.

    Raises:
        KeyError, TypeError, ValueError: the record is no destruction's entry.
    """
    editions = record["editions"]
    if not isinstance(editions, list):
        raise TypeError(editions)
    at = datetime.fromisoformat(str(record["at"]))
    return Destruction(
        _number(record["number"]), tuple(map(_number, editions)), str(record["why"]), at, str(record["by"])
    )


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
