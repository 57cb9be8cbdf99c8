"""The lake (数据湖): what was accepted, kept for ever; a correction is a new edition beside the old."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from luoshi.keeping import compacting, differing, disk, reading, verifying
from luoshi.keeping.deposits import Deposit, Ready, check_key, check_once, ready_all
from luoshi.keeping.destroying import refuse_destroyed, refuse_unsealed
from luoshi.keeping.entries import Compaction, Destruction, Edition, moment, schema_path
from luoshi.keeping.manifest import COMPACTION, DEPOSIT, DESTRUCTION, Known, Manifest
from luoshi.keeping.refusing import check_moment, lost, refused
from luoshi.keeping.staging import Staging
from luoshi.keeping.vaults import Opener, SealedFiles, Vault
from luoshi.words.chains import Record
from luoshi.words.findings import Finding
from luoshi.words.provenance import Source

if TYPE_CHECKING:
    import duckdb

Series = tuple[str, str, str, str]


class Lake:
    """A folder of write-once partitions with the manifest that says what each of them is.

    Any number of processes may hold it; whoever writes waits for the one before. Moments and names are arguments.
    """

    def __init__(self, folder: Path, vault: Vault | None = None, sealing: Collection[str] = ()) -> None:
        """The lake in this folder; the first deposit makes what is missing.

        Args:
            folder: where it lies.
            vault: where the keys of sealed partitions lie.
            sealing: keys of the returns that hold rows of persons: what comes of them is sealed.
        """
        self.folder = Path(folder)
        self._opener, self._sealing = Opener(vault), frozenset(sealing) if vault else frozenset()
        self._swept = (0, 0)
        """After how many deaths dead keys were destroyed."""
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
        told = Deposit(table, kind, period, division, definition, source, key)
        return self.deposit_all([told], at=at, by=by)[0]

    def deposit_all(self, deposits: Iterable[Deposit], *, at: datetime, by: str) -> list[Edition]:
        """Keep many at once: all of them are in the lake when this returns, and after a crash all or none.

        Files are forced together and entries stand in one line, so this costs the disk hardly more than one deposit. What
        of them is there already stays the edition it is. Rows are held packed, so the whole has to fit into memory.

        Args:
            deposits: no two with the same four names; taken up one after another.
            at: when, with its zone; never earlier than the last entry.
            by: name of who hands in.

        Returns:
            The edition of each, in the order of the deposits.

        Raises:
            RefusedError: as for `deposit`; then none of them is kept.
        """
        told = ready_all(deposits)
        check_once(told)
        with self._writing(at) as pending:
            there = {one.series: kept for one in told if (kept := self._kept(one))}
            fresh = [one for one in told if one.series not in there]
            if fresh:
                there |= self._enter(fresh, {"act": DEPOSIT, "at": moment(at), "by": by}, pending)
            else:
                self._staging.confirm()
            return [there[one.series] for one in told]

    def _kept(self, one: Ready) -> Edition | None:
        """The edition that is the same rows from the same source, where it is the last of its series."""
        before = self._manifest.latest(one.series)
        if before is None:
            return None
        same = before.source == one.record["source"] and not self._manifest.destroyed(before.number)
        if same and before.total == self._opener.total(before, one.part.total):
            return before
        check_key(one, before.key)
        return None

    def _enter(self, told: list[Ready], act: dict[str, object], pending: list[str]) -> dict[Series, Edition]:
        """With the lock held: keys first, then files, then the entries that speak of them."""
        hidden = iter(self._opener.hidden([one for one in told if one.series[0] in self._sealing]))
        told = [next(hidden) if one.series[0] in self._sealing else one for one in told]
        records = []
        for one in told:
            before = self._manifest.latest(one.series)
            records.append({**one.record, **act, "supersedes": before.number if before else 0})
        self._place({path: content for one in told for path, content in one.files.items()}, pending)
        numbers = self._append(records)
        return {one.series: self._manifest.edition(number) for one, number in zip(told, numbers, strict=True)}

    def _append(self, records: Sequence[Record]) -> range:
        with self._reading:
            return self._manifest.append(records, self._staging.append)

    def _place(self, asked: dict[str, bytes], pending: list[str]) -> None:
        """Write files to their names, having said so before; what stands there already is left alone."""
        wanted = {name: content for name, content in asked.items() if not disk.holds(self.folder / name, content)}
        if wanted:
            made = self._staging.write(wanted)
            self._staging.intend([*pending, *wanted])
            self._staging.settle(made)

    @contextmanager
    def _writing(self, at: datetime) -> Iterator[list[str]]:
        """Hold the lock with the manifest fresh and leftovers cleared; gives those that could not be."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with disk.locked(self.folder / "lock"):
            told = self._refreshed()
            check_moment(at, told.since)
            self._staging.begin()
            self._sweep()
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
        return reading.frame(self.folder, chosen, self._columns(kind, chosen), self._opener)

    def select(
        self,
        kind: str,
        *,
        period: str | None = None,
        divisions: Iterable[str] | None = None,
        definition: str | None = None,
        known: Known = None,
        origin: bool = True,
    ) -> str:
        """The same rows as one SELECT: for `duckdb.sql(…)`, and as a view for `connection.table(…)` of Ibis on DuckDB.

        Args:
            kind: of the return.
            period: as of `rows`, and so the others.
            divisions: whose.
            definition: 口径.
            known: when.
            origin: whether each row says the number of its edition; a scan of many files is faster without.
        """
        chosen = self._chosen(kind, period, divisions, definition, known)
        return reading.select(self.folder.resolve(), chosen, self._columns(kind, chosen), origin=origin)

    def files(
        self, kind: str, *, period: str | None = None, definition: str | None = None, known: Known = None
    ) -> tuple[reading.Files, ...]:
        """The files these rows are read from, for an engine that reads Parquet itself."""
        chosen = self._chosen(kind, period, None, definition, known)
        return reading.files(self.folder.resolve(), chosen, self._columns(kind, chosen))

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
        refuse_destroyed(told, editions)
        for _ in range(2):
            chosen = reading.pieces(told, editions)
            gone = [one.path for one in chosen if not (self.folder / one.path).is_file()]
            if not gone:
                return chosen
            told = self._refreshed()
        raise lost(gone[0])

    def _columns(self, kind: str, chosen: list[reading.Piece]) -> dict[str, dict[str, str]]:
        """The columns of what is read; where nothing is, those the return ever had."""
        digests = {one.schema for one in chosen} or self._manifest.schemas(kind)
        for missing in digests - self._schemas.keys():
            path = self.folder / schema_path(missing)
            if not path.is_file():
                raise lost(schema_path(missing))
            self._schemas[missing] = dict(json.loads(path.read_bytes()))
        return {one: self._schemas[one] for one in digests}

    def editions(self, kind: str, period: str, division: str | None = None) -> list[Edition]:
        """Every edition that was handed in, oldest first."""
        told = [one for series in self._refreshed().series(kind, period) for one in series]
        return sorted((one for one in told if division in {None, one.division}), key=lambda one: one.number)

    def periods(self, kind: str) -> list[str]:
        """Periods something was ever handed in for, the earliest first."""
        return sorted(self._refreshed().periods(kind))

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
        return reading.frame(self.folder, chosen, self._columns(edition.kind, chosen), self._opener)

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
            return self._compact(kind, period, {"at": moment(at), "by": by}, pending)

    def _compact(self, kind: str, period: str, told: dict[str, object], pending: list[str]) -> Compaction | None:
        """With the lock held."""
        seal = kind in self._sealing
        done = compacting.merge(self.folder, self._manifest, self._staging, kind, period, self._opener, seal=seal)
        if not done:
            self._staging.confirm()
            return None
        new, old = [one.path for one in done.merged], done.replaced
        self._staging.intend([*pending, *new, *old])
        self._staging.settle({self._staging.underway / f"{one.content}.parquet": one.path for one in done.merged})
        merged = [compacting.as_record(one) for one in done.merged]
        self._append([{"act": COMPACTION, "kind": kind, "period": period, "merged": merged, **told}])
        self._staging.clear(self._manifest.needs)
        self._sweep()
        return self._manifest.compactions[-1]

    def destroy(self, numbers: Iterable[int], *, why: str, at: datetime, by: str) -> Destruction | None:
        """Make the rows of these editions unreadable for ever; entries, digests and counts stay. None where all are so already.

        First the entry, then the keys: a crash in between leaves rows that nobody is given, and the next who writes ends it.

        Args:
            numbers: of the editions.
            why: which approval it follows, in words.
            at: when.
            by: name of who carries it out.

        Raises:
            RefusedError: one is not sealed.
        """
        with self._writing(at) as pending:
            left = [one for one in sorted(set(numbers)) if not self._manifest.destroyed(one)]
            refuse_unsealed(self._manifest, left)
            if left:
                self._append([{"act": DESTRUCTION, "editions": left, "why": why, "at": moment(at), "by": by}])
            self._finish({"at": moment(at), "by": by}, pending)
            return self._manifest.destroyed(left[0]) if left else None

    def finish(self, *, at: datetime, by: str) -> None:
        """End what a crash left of a destruction."""
        with self._writing(at) as pending:
            self._finish({"at": moment(at), "by": by}, pending)

    def _finish(self, told: dict[str, object], pending: list[str]) -> None:
        """What destroyed editions share with others is written anew without them; then keys nothing needs are no more."""
        for kind, period in sorted(self._manifest.half_destroyed()):
            self._compact(kind, period, told, pending)
        self._sweep()

    def _sweep(self) -> None:
        """Destroy the keys that nothing readable needs any more, once they are known to be dead durably."""
        vault, deaths = self._opener.vault, self._manifest.deaths
        if vault is None or self._swept == deaths:
            return
        dead = [one for one in sorted(self._manifest.dead_seals()) if vault.holds(one)]
        if dead:
            self._staging.confirm()
            vault.destroy(dead)
        self._swept = deaths

    def destroyed(self, number: int) -> Destruction | None:
        """How an edition came to be destroyed; None while it can be read."""
        return self._refreshed().destroyed(number)

    def attach(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Let a connection of DuckDB read sealed partitions, which `select` names by sealed:// addresses."""
        if self._opener.vault is not None:
            connection.register_filesystem(SealedFiles(self._opener))

    def verify(self, anchors: Iterable[tuple[int, str]] = ()) -> list[Finding]:
        """Everything that is wrong; empty when the lake is whole. Leftovers of a crash are told, and harm nothing.

        Args:
            anchors: ends of the chain kept elsewhere; they alone show a chain that was cut or written anew.
        """
        return verifying.verify(self.folder, anchors, self._opener)

    def _refreshed(self) -> Manifest:
        with self._reading:
            return self._manifest.refresh()
