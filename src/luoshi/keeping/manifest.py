"""The manifest: one line an entry, each covering the one before it, and the index that is built from it once.

A line is written after everything it speaks of is on the disk; half a line at the end is what a power cut left and
counts for nothing. Reading again takes up only what was added.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

from luoshi.keeping.entries import OFFICE_TIME, Compaction, Edition, Merged, compaction_of, edition_of, schema_path
from luoshi.keeping.refusing import refused
from luoshi.words.chains import GENESIS, canonical, link

DEPOSIT, COMPACTION = "deposit", "compaction"
Known = date | int | None
"""What was known when: a day's end in UTC+8, a moment, the number of an entry, or now."""


class Manifest:
    """The entries of a lake, as far as they were read."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self.path = path
        self._forget()

    def _forget(self) -> None:
        self.length = 0
        """Bytes of the whole lines that were read."""
        self.number, self.head = 0, GENESIS
        self.since: datetime | None = None
        """The latest moment any entry tells of."""
        self.editions: dict[int, Edition] = {}
        self.compactions: list[Compaction] = []
        self._series: dict[tuple[str, str], dict[tuple[str, str], list[Edition]]] = defaultdict(dict)
        self._periods: dict[str, set[str]] = defaultdict(set)
        self._schemas: dict[str, set[str]] = defaultdict(set)
        self._merged: dict[int, Merged] = {}
        self._needed: Counter[str] = Counter()

    def refresh(self) -> "Manifest":
        """Take up what was added since.

        Raises:
            RefusedError: a line is no entry.
        """
        size = self.path.stat().st_size if self.path.exists() else 0
        if size < self.length:
            self._forget()  # somebody put another in its place
        if size > self.length:
            with self.path.open("rb") as opened:
                opened.seek(self.length)
                self._take(opened.read())
        return self

    def _take(self, content: bytes) -> None:
        for line in whole_lines(content):
            try:
                self._enter(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise refused(
                    f"入库清单第 {self.number + 1} 条",
                    "读不懂",
                    "入库清单一行一条，只能由本软件追加",
                    "请停止入库，用 luoshi lake verify 核验，并从备份恢复入库清单",
                ) from error
            self.length += len(line) + 1

    def _enter(self, record: Mapping[str, object]) -> None:
        if record["act"] == DEPOSIT:
            edition = edition_of(record, self.since)
            self.editions[edition.number] = edition
            self._periods[edition.kind].add(edition.period)
            series = self._series[edition.kind, edition.period]
            series.setdefault((edition.division, edition.definition), []).append(edition)
            self._schemas[edition.kind].add(edition.schema)
            self._needed.update((edition.path, schema_path(edition.schema)))
            self.since = edition.since
        else:
            compaction = compaction_of(record)
            self.compactions.append(compaction)
            for merged in compaction.merged:
                self._move(merged)
            self.since = max(compaction.at, self.since or compaction.at)
        self.number, self.head = int(str(record["number"])), str(record["digest"])

    def _move(self, merged: Merged) -> None:
        """From here on these editions lie in the merged file."""
        for number in merged.editions:
            self._needed[self.place(self.editions[number])] -= 1
            self._merged[number] = merged
        self._needed[merged.path] += len(merged.editions)

    def append(self, record: Mapping[str, object], write: Callable[[Path, bytes, int], None]) -> int:
        """Enter a record behind the last; its number. Only who holds the lake's lock may.

        Args:
            record: what the entry says, without number and digests.
            write: puts a line durably into the manifest, behind so many bytes.
        """
        entry = {**record, "number": self.number + 1, "previous": self.head}
        entry["digest"] = link(entry)
        write(self.path, canonical(entry) + b"\n", self.length)
        self.refresh()
        return self.number

    def periods(self, kind: str) -> list[str]:
        """Every period something was handed in for."""
        return sorted(self._periods.get(kind, ()))

    def kinds(self) -> list[str]:
        """Every return something was handed in for."""
        return sorted(self._periods)

    def series(self, kind: str, period: str) -> Iterator[list[Edition]]:
        """Editions of each division and 口径, oldest first."""
        yield from self._series.get((kind, period), {}).values()

    def latest(self, series: tuple[str, str, str, str]) -> Edition | None:
        """The edition that counts now."""
        kind, period, *rest = series
        told = self._series.get((kind, period), {}).get((rest[0], rest[1]))
        return told[-1] if told else None

    def known(self, kind: str, period: str | None, known: Known = None) -> Iterator[Edition]:
        """Of each series the edition that counted then."""
        for one in self.periods(kind) if period is None else [period]:
            for editions in self.series(kind, one):
                counted = next((edition for edition in reversed(editions) if _was_known(edition, known)), None)
                if counted is not None:
                    yield counted

    def merged(self, number: int) -> Merged | None:
        """The merged file an edition lies in; None while it has a file of its own."""
        return self._merged.get(number)

    def place(self, edition: Edition) -> str:
        """Where its rows lie, below the lake's folder."""
        merged = self._merged.get(edition.number)
        return merged.path if merged else edition.path

    def needs(self, path: str) -> bool:
        """Whether any entry needs the file, a path below the lake's folder."""
        return self._needed[path] > 0

    def needed(self) -> set[str]:
        """Every file that is needed."""
        return {path for path, count in self._needed.items() if count > 0}

    def schemas(self, kind: str) -> set[str]:
        """Digests of the columns the return ever had."""
        return set(self._schemas.get(kind, ()))


def whole_lines(content: bytes) -> list[bytes]:
    """The lines that were written to their end; a last one with a zero byte in it was not, though its end may be there."""
    *lines, _ = content.split(b"\n")
    return lines[:-1] if lines and b"\0" in lines[-1] else lines


def _was_known(edition: Edition, known: Known) -> bool:
    if known is None:
        return True
    if isinstance(known, int):
        return edition.number <= known
    if isinstance(known, datetime):
        return edition.since <= known
    return edition.since <= datetime.combine(known, time.max, OFFICE_TIME)
