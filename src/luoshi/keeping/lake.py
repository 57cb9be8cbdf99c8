"""The lake (数据湖): what was accepted, kept for ever; a correction is a new edition beside the old."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

import polars as pl
import pyarrow as pa

from luoshi.keeping import compacting, differing, disk, reading, verifying
from luoshi.keeping.entries import Compaction, Edition, moment, part_path, schema_path, source_said
from luoshi.keeping.manifest import COMPACTION, DEPOSIT, Known, Manifest
from luoshi.keeping.partitions import Partition, made
from luoshi.keeping.refusing import refused
from luoshi.keeping.staging import Staging
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import Source, digest

_FORMS = {
    "kind": (re.compile(r"[a-z][a-z0-9_.-]{0,79}"), "报表", "小写字母、数字、下划线、点和连字符，以字母开头"),
    "period": (re.compile(r"\d{4}(-[A-Za-z0-9]{1,12})?"), "报告期", "写成 2020 或 2020-09"),
    "division": (re.compile(r"\w[\w-]{0,39}"), "单位代码", "字母、数字、汉字和连字符，至多 40 个字"),
    "definition": (re.compile(r"\S(.{0,38}\S)?"), "口径", "至多 40 个字，如 年报、学籍、月报、督导"),
}
SLACK = timedelta(hours=1)
"""How far the clocks of two processes may lie apart."""


class Lake:
    """A folder of write-once partitions with the manifest that says what each of them is.

    Any number of processes may hold it; whoever writes waits for the one before. Moments and names are arguments.
    """

    def __init__(self, folder: Path) -> None:
        """The lake in this folder; the first deposit makes what is missing."""
        self.folder = Path(folder)
        self._manifest = Manifest(self.folder / "manifest.jsonl")
        self._staging = Staging(self.folder, self._manifest.path)
        self._schemas: dict[str, dict[str, str]] = {}
        self._reading = Lock()
        """Held while the index grows; threads that read wait for no longer than that."""

    @property
    def exists(self) -> bool:
        """Whether anything was ever handed in here."""
        return self._manifest.path.is_file()

    @property
    def head(self) -> tuple[int, str]:
        """Number and digest of the last entry, to be written down elsewhere."""
        told = self._refreshed()
        return told.number, told.head

    def deposit(  # noqa: PLR0913 -- what an entry says, each by its name
        self,
        table: pa.Table | pl.DataFrame,
        *,
        kind: str,
        period: str,
        division: str,
        definition: str,
        source: Source | str,
        key: Sequence[str],
        at: datetime,
        by: str,
    ) -> Edition:
        """Keep accepted rows for ever; what was handed in before under the same four names is superseded, not overwritten.

        The same rows from the same source once more are the edition that is there already, so asking again after a
        crash does no harm.

        Args:
            table: rows × columns, flat. Columns named as OWN must say what the arguments say; they are added where missing.
            kind: key of the return.
            period: 2020 or 2020-09.
            division: code of the division whose rows they are.
            definition: 口径.
            source: what they were taken from: a published place, the digest of a kept file, or words.
            key: columns that together name a row once.
            at: when, with its zone; never earlier than the last entry.
            by: name of who hands in.

        Raises:
            RefusedError: a name, a column, the key or the moment is none that can be kept.
        """
        names = {"kind": kind, "period": period, "division": division, "definition": definition}
        _check_names(names)
        part = made(table, {name: said for name, said in names.items() if name != "kind"}, key)
        record = {**names, **_of_rows(part, key, source), "act": DEPOSIT, "at": moment(at), "by": by}
        with self._writing(at) as pending:
            return self._enter(record, part, pending)

    def _enter(self, record: dict[str, object], part: Partition, pending: list[str]) -> Edition:
        """With the lock held: files first, then the entry that speaks of them."""
        names = (str(record["kind"]), str(record["period"]), str(record["division"]), str(record["definition"]))
        before = self._manifest.latest(names)
        if before is not None:
            if (before.total, before.source) == (part.total, record["source"]):
                self._staging.confirm()
                return before
            if list(before.key) != record["key"]:
                raise refused(
                    f"{record['kind']} {record['period']} {record['division']} {record['definition']}",
                    f"主键是“{'、'.join(map(str, record['key']))}”，前一版是“{'、'.join(before.key)}”",  # type: ignore[call-overload]
                    "同一份报表各版的主键相同，才能逐行比较",
                    "请按前一版的主键入库",
                )
        path = part_path(names[0], names[1], names[2], part.digest)
        self._place({path: part.content, schema_path(str(record["schema"])): part.schema.encode()}, pending)
        return self._manifest.edition(self._append({**record, "supersedes": before.number if before else 0}))

    def _append(self, record: dict[str, object]) -> int:
        with self._reading:
            return self._manifest.append(record, self._staging.append)

    def _place(self, asked: dict[str, bytes], pending: list[str]) -> None:
        """Write files to their names, having said so before; what stands there already is left alone."""
        wanted = {name: content for name, content in asked.items() if not disk.holds(self.folder / name, content)}
        if not wanted:
            return
        made = [(self._staging.write(Path(name).name, content), name) for name, content in wanted.items()]
        self._staging.intend([*pending, *wanted])
        for temporary, name in made:
            self._staging.settle(temporary, name)

    @contextmanager
    def _writing(self, at: datetime) -> Iterator[list[str]]:
        """Hold the lock with the manifest fresh and leftovers cleared; gives those that could not be."""
        if at.tzinfo is None:
            message = "a moment needs its zone"
            raise ValueError(message)
        self.folder.mkdir(parents=True, exist_ok=True)
        with disk.locked(self.folder / "lock"):
            told = self._refreshed()
            if told.since is not None and at < told.since - SLACK:
                raise refused(
                    f"入库时间 {at:%Y-%m-%d %H:%M}",
                    f"早于最近一次入库的 {told.since.astimezone(at.tzinfo):%Y-%m-%d %H:%M}",
                    "入库按时间先后，过去某日所知的数不得事后改变",
                    "请核对本机日期和时间，再入库一次",
                )
            self._staging.begin()
            yield self._staging.clear(told.needs)

    def rows(
        self,
        kind: str,
        *,
        period: str | None = None,
        divisions: Iterable[str] | None = None,
        definition: str | None = None,
        known: Known = None,
    ) -> pl.LazyFrame:
        """The rows that count, or counted then, with columns for period, division, 口径 and number of the edition.

        Args:
            kind: key of the return.
            period: one period; all without.
            divisions: codes; all without.
            definition: one 口径; all without, side by side.
            known: as known at the end of a day in UTC+8, at a moment, or with the entry of a number; now without.

        Raises:
            RefusedError: a file is gone.
        """
        chosen = self._chosen(kind, period, divisions, definition, known)
        return reading.frame(self.folder, chosen, self._columns(kind, chosen))

    def select(
        self,
        kind: str,
        *,
        period: str | None = None,
        divisions: Iterable[str] | None = None,
        definition: str | None = None,
        known: Known = None,
    ) -> str:
        """The same rows as one SELECT: for `duckdb.sql(…)`, and as a view for `connection.table(…)` of Ibis on DuckDB."""
        chosen = self._chosen(kind, period, divisions, definition, known)
        return reading.select(self.folder.resolve(), chosen, self._columns(kind, chosen))

    def _chosen(
        self, kind: str, period: str | None, divisions: Iterable[str] | None, definition: str | None, known: Known
    ) -> list[reading.Piece]:
        wanted = None if divisions is None else set(divisions)
        return self._pieces(
            [
                one
                for one in self._refreshed().known(kind, period, known)
                if (wanted is None or one.division in wanted) and definition in {None, one.definition}
            ]
        )

    def _pieces(self, editions: list[Edition]) -> list[reading.Piece]:
        """Where these editions lie, each file there; a compaction that ends just now may have moved them."""
        told = self._manifest
        for _ in range(2):
            chosen = reading.pieces(told, editions)
            lost = [one.path for one in chosen if not (self.folder / one.path).is_file()]
            if not lost:
                return chosen
            told = self._refreshed()
        raise _lost(lost[0])

    def _columns(self, kind: str, chosen: list[reading.Piece]) -> dict[str, dict[str, str]]:
        """The columns of what is read; where nothing is, those the return ever had."""
        digests = {one.schema for one in chosen} or self._manifest.schemas(kind)
        for missing in digests - self._schemas.keys():
            path = self.folder / schema_path(missing)
            if not path.is_file():
                raise _lost(schema_path(missing))
            self._schemas[missing] = dict(json.loads(path.read_bytes()))
        return {one: self._schemas[one] for one in digests}

    def editions(self, kind: str, period: str, division: str | None = None) -> list[Edition]:
        """Every edition that was handed in, oldest first."""
        told = [one for series in self._refreshed().series(kind, period) for one in series]
        return sorted((one for one in told if division in {None, one.division}), key=lambda one: one.number)

    def edition(self, number: int) -> Edition:
        """The edition of this number, as a row or a page names it.

        Raises:
            RefusedError: no deposit has this number.
        """
        told = self._refreshed()
        if not told.is_deposit(number):
            rule = "版次就是入库清单的序号，合并所占的序号除外"
            raise refused(f"第 {number} 版", "没有这一版", rule, "请核对版次；luoshi lake list --all 列出全部")
        return told.edition(number)

    def counting(self, known: Known = None) -> list[Edition]:
        """Of everything that was ever handed in, the edition that counts now, or counted then; by entry."""
        told = self._refreshed()
        found = [edition for kind in told.kinds() for edition in told.known(kind, None, known)]
        return sorted(found, key=lambda one: one.number)

    def all_editions(self) -> list[Edition]:
        """Everything that was ever handed in, superseded or not; by entry."""
        return list(self._refreshed().editions())

    def rows_of(self, edition: Edition) -> pl.LazyFrame:
        """The rows of one edition, superseded or not."""
        self._refreshed()
        chosen = self._pieces([edition])
        return reading.frame(self.folder, chosen, self._columns(edition.kind, chosen))

    def diff(self, older: Edition, newer: Edition) -> differing.Difference:
        """What the newer says otherwise, by key and cell by cell."""
        return differing.difference(self.rows_of(older).collect(), self.rows_of(newer).collect(), newer.key)

    def compact(self, kind: str, period: str, *, at: datetime, by: str) -> Compaction | None:
        """Merge the many files of a closed window into few; every edition stays readable. None where nothing is to merge.

        Others who write wait meanwhile. A frame of `rows` that is not collected yet has to be asked for again.

        Raises:
            RefusedError: a file is damaged; then nothing is merged.
        """
        with self._writing(at) as pending:
            done = compacting.merge(self.folder, self._manifest, self._staging, kind, period)
            if not done:
                self._staging.confirm()
                return None
            new, old = [one.path for one in done.merged], done.replaced
            self._staging.intend([*pending, *new, *old])
            for one in done.merged:
                self._staging.settle(self._staging.underway / f"{one.content}.parquet", one.path)
            told: dict[str, object] = {"act": COMPACTION, "kind": kind, "period": period, "at": moment(at), "by": by}
            told["merged"] = [compacting.as_record(one) for one in done.merged]
            self._append(told)
            self._staging.clear(self._manifest.needs)
            return self._manifest.compactions[-1]

    def verify(self, anchors: Iterable[tuple[int, str]] = ()) -> list[Finding]:
        """Everything that is wrong; empty when the lake is whole. Leftovers of a crash are told, and harm nothing.

        Args:
            anchors: ends of the chain kept elsewhere; they alone show a chain that was cut or written anew.
        """
        return verifying.verify(self.folder, anchors)

    def _refreshed(self) -> Manifest:
        with self._reading:
            return self._manifest.refresh()


def _lost(path: str) -> RefusedError:
    """A file that an entry tells of is not there."""
    return refused(path, "文件没有了", "入库的文件一个也不能少", "请用 luoshi lake verify 核验，并从备份恢复这个文件")


def _of_rows(part: Partition, key: Sequence[str], source: Source | str) -> dict[str, object]:
    """What an entry says of its rows."""
    told, words = source_said(source)
    return {
        "key": list(key),
        "source": told,
        "told": words,
        "rows": part.table.num_rows,
        "content": part.digest,
        "size": len(part.content),
        "schema": digest(part.schema.encode()),
        "total": part.total,
    }


def _check_names(names: dict[str, str]) -> None:
    for name, (form, label, rule) in _FORMS.items():
        if not form.fullmatch(names[name]):
            raise refused(label, f"“{names[name]}”", f"{label}须为{rule}", f"请改正{label}，再入库一次")
