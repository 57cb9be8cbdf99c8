"""The manifest: entries, each covering the one before it, and the index that is built from them once.

A line is an entry, or a list of the entries that were made together. It is written after everything it speaks of is on
the disk; half a line at the end is what a power cut left and counts for nothing: so what was handed in together is there
together or not at all. Reading again takes up only what was added.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

from luoshi.keeping.entries import (
    OFFICE_TIME,
    Compaction,
    Destruction,
    Edition,
    Merged,
    compaction_of,
    destruction_of,
    edition_of,
    moment,
    part_path,
    schema_path,
)
from luoshi.keeping.refusing import refused
from luoshi.words.chains import GENESIS, Record, canonical, link
from luoshi.words.errors import RefusedError

DEPOSIT, COMPACTION, DESTRUCTION = "deposit", "compaction", "destruction"
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
        self.compactions: list[Compaction] = []
        self._records: list[Record] = []
        self._since: list[str] = []
        """By entry the latest moment up to it: moments in UTC, written alike, are ordered as words are."""
        self._told: dict[int, Edition] = {}
        self._series: dict[tuple[str, str], dict[tuple[str, str], list[int]]] = defaultdict(dict)
        self._periods: dict[str, set[str]] = defaultdict(set)
        self._schemas: dict[str, set[str]] = defaultdict(set)
        self._merged: dict[int, Merged] = {}
        self._destroyed: dict[int, Destruction] = {}
        self._seals: set[str] = set()
        """Names of all keys that anything was ever sealed by."""
        self._needed: set[str] | None = None
        """Every file that is needed; only writers ask, so it is counted when one does."""

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
        lines = whole_lines(content)
        try:
            records = json.loads(b"[" + b",".join(lines) + b"]") if lines else []
        except ValueError:
            records = []
        if len(records) != len(lines):
            records = _readable(lines)  # all at once is three times as fast, one by one shows where it stops
        for line, told in zip(lines, records, strict=False):
            try:
                for record in told if isinstance(told, list) else [told]:
                    self._enter(record)
            except (KeyError, TypeError, ValueError, IndexError) as error:
                raise self._unreadable() from error
            self.length += len(line) + 1
        if len(records) < len(lines):
            raise self._unreadable()

    def _unreadable(self) -> RefusedError:
        return refused(
            f"入库清单第 {self.number + 1} 条",
            "读不懂",
            "入库清单一行一条，只能由本软件追加",
            "请停止入库，用 luoshi lake verify 核验，并从备份恢复入库清单",
        )

    def _enter(self, record: Record) -> None:
        """Take up one entry; what an edition says beyond its names is read when somebody asks for it."""
        number, at = self.number + 1, str(record["at"])
        if record["number"] != number:
            raise ValueError(number)
        if record["act"] == DEPOSIT:
            kind, period, division = str(record["kind"]), str(record["period"]), str(record["division"])
            self._periods[kind].add(period)
            series = self._series[kind, period]
            series.setdefault((division, str(record["definition"])), []).append(number)
            schema = str(record["schema"])
            self._schemas[kind].add(schema)
            self._seals |= {str(record.get("seal", ""))}
            if self._needed is not None:
                self._needed |= {self._place(number, record), schema_path(schema)}
        elif record["act"] == DESTRUCTION:
            destruction = destruction_of(record)
            self._destroyed |= dict.fromkeys(destruction.editions, destruction)
        else:
            compaction = compaction_of(record)
            for merged in compaction.merged:
                self._move(merged)
            self.compactions.append(compaction)
            self._needed = None
        self._records.append(record)
        self._since.append(max(at, self._since[-1]) if self._since else at)
        self.number, self.head = number, str(record["digest"])

    def _move(self, merged: Merged) -> None:
        """From here on these editions lie in the merged file."""
        self._seals.add(merged.seal)
        for number in merged.editions:
            if not self.is_deposit(number):
                raise ValueError(number)
            self._merged[number] = merged

    @property
    def since(self) -> datetime | None:
        """The latest moment any entry tells of."""
        return datetime.fromisoformat(self._since[-1]) if self._since else None

    def edition(self, number: int) -> Edition:
        """The edition that came with this entry.

        Raises:
            RefusedError: the entry is none of a deposit.
        """
        told = self._told.get(number)
        if told is None:
            try:
                told = edition_of(self._records[number - 1], datetime.fromisoformat(self._since[number - 1]))
            except (KeyError, TypeError, ValueError, IndexError) as error:
                raise self._unreadable() from error
            self._told[number] = told
        return told

    def is_deposit(self, number: int) -> bool:
        """Whether there is an entry of this number and it is a deposit's."""
        return 0 < number <= self.number and self._records[number - 1]["act"] == DEPOSIT

    def editions(self) -> Iterator[Edition]:
        """Every edition, oldest first."""
        for number, record in enumerate(self._records, start=1):
            if record["act"] == DEPOSIT:
                yield self.edition(number)

    def append(self, records: Sequence[Record], write: Callable[[bytes, int], None]) -> range:
        """Enter records behind the last in one line; their numbers. Only who holds the lake's lock may.

        Args:
            records: what each entry says, without number and digests; at least one.
            write: puts a line durably into the manifest behind so many bytes.
        """
        first, previous, entries = self.number + 1, self.head, list[Record]()
        for number, record in enumerate(records, start=first):
            entry = {**record, "number": number, "previous": previous}
            entry["digest"] = previous = link(entry)
            entries.append(entry)
        write(canonical(entries[0] if len(entries) == 1 else entries) + b"\n", self.length)
        self.refresh()
        return range(first, self.number + 1)

    def periods(self, kind: str) -> list[str]:
        """Every period something was handed in for."""
        return sorted(self._periods.get(kind, ()))

    def kinds(self) -> list[str]:
        """Every return something was handed in for."""
        return sorted(self._periods)

    def series(self, kind: str, period: str) -> Iterator[list[Edition]]:
        """Editions of each division and 口径, oldest first."""
        for numbers in list(self._series.get((kind, period), {}).values()):  # another thread may add one meanwhile
            yield [self.edition(number) for number in numbers]

    def latest(self, series: tuple[str, str, str, str]) -> Edition | None:
        """The edition that counts now."""
        kind, period, division, definition = series
        numbers = self._series.get((kind, period), {}).get((division, definition))
        return self.edition(numbers[-1]) if numbers else None

    def known(self, kind: str, period: str | None, known: Known = None) -> Iterator[Edition]:
        """Of each series the edition that counted then."""
        until = self._until(known)
        for one in self.periods(kind) if period is None else [period]:
            for numbers in list(self._series.get((kind, one), {}).values()):
                counted = bisect_right(numbers, until)
                if counted:
                    yield self.edition(numbers[counted - 1])

    def _until(self, known: Known) -> int:
        """The last entry that was known then; entries never go back in time."""
        if known is None:
            return self.number
        if isinstance(known, int):
            return known
        at = known if isinstance(known, datetime) else datetime.combine(known, time.max, OFFICE_TIME)
        return bisect_right(self._since, moment(at))

    def merged(self, number: int) -> Merged | None:
        """The merged file an edition lies in; None while it has a file of its own."""
        return self._merged.get(number)

    def destroyed(self, number: int) -> Destruction | None:
        """How an edition came to be destroyed; None while it can be read."""
        return self._destroyed.get(number)

    @property
    def deaths(self) -> tuple[int, int]:
        """Grows whenever a key may have died: destroyed editions, compactions."""
        return len(self._destroyed), len(self.compactions)

    def dead_seals(self) -> set[str]:
        """Keys that nothing readable needs any more: those of destroyed editions, and of files that were merged anew."""
        living = {""}
        for one in self.editions():
            if one.number not in self._destroyed:
                merged = self._merged.get(one.number)
                living |= {one.seal, merged.seal if merged else ""}
        return self._seals - living

    def half_destroyed(self) -> set[tuple[str, str]]:
        """Returns and periods with a merged file in which destroyed editions lie beside others."""
        told = set[tuple[str, str]]()
        for number in self._destroyed:
            merged = self._merged.get(number)
            if merged is not None and any(
                self._merged[one] is merged for one in merged.editions if one not in self._destroyed
            ):
                edition = self.edition(number)
                told.add((edition.kind, edition.period))
        return told

    def place(self, edition: Edition) -> str:
        """Where its rows lie, below the lake's folder."""
        merged = self._merged.get(edition.number)
        return merged.path if merged else edition.path

    def needs(self, path: str) -> bool:
        """Whether any entry needs the file, a path below the lake's folder."""
        return path in self.needed()

    def needed(self) -> set[str]:
        """Every file that is needed."""
        if self._needed is None:
            places = {self._place(number, one) for number, one in enumerate(self._records, 1) if one["act"] == DEPOSIT}
            self._needed = places | {schema_path(schema) for told in self._schemas.values() for schema in told}
        return self._needed

    def _place(self, number: int, record: Record) -> str:
        merged = self._merged.get(number)
        if merged is not None:
            return merged.path
        names = (str(record[name]) for name in ("kind", "period", "division", "content"))
        return part_path(*names, sealed=bool(record.get("seal")))

    def schemas(self, kind: str) -> set[str]:
        """Digests of the columns the return ever had."""
        return set(self._schemas.get(kind, ()))


def whole_lines(content: bytes) -> list[bytes]:
    """The lines that were written to their end; a last one with a zero byte in it was not, though its end may be there."""
    *lines, _ = content.split(b"\n")
    return lines[:-1] if lines and b"\0" in lines[-1] else lines


def _readable(lines: list[bytes]) -> list[Record]:
    """The records up to the first line that is none."""
    told: list[Record] = []
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            break
        told.append(record)
    return told
