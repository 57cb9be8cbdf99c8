"""Compaction: the many small files of a closed window become few. No row is dropped; every edition keeps its number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from luoshi.keeping import disk
from luoshi.keeping.entries import Edition, Merged, merged_path
from luoshi.keeping.manifest import Manifest
from luoshi.keeping.partitions import EDITION, packing, total_of
from luoshi.keeping.refusing import refused
from luoshi.keeping.staging import Staging
from luoshi.keeping.vaults import Opener
from luoshi.words.provenance import digest_of

FULL = 2_000_000
"""Rows from which a merged file is left as it is."""
GROUP = 100_000
"""Rows that are held in memory and written together, at least; an edition is never divided between two groups."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a merge made, under temporary names still, and which files it stands for."""

    merged: tuple[Merged, ...]
    replaced: tuple[str, ...]


def merge(
    folder: Path, manifest: Manifest, staging: Staging, kind: str, period: str, opener: Opener, *, seal: bool = False
) -> Done | None:
    """Write the merged files of a return and period; None where there is nothing to merge.

    Destroyed editions are left where they are. A file they share with others is written anew without them, and with `seal`
    so is one that is not sealed yet.
    """
    seal = seal or any(one.seal for series in manifest.series(kind, period) for one in series)
    stale = _stale(manifest, kind, period, seal=seal)
    counting = {one.number for one in manifest.known(kind, period)}
    files: dict[tuple[str, bool], dict[str, list[Edition]]] = defaultdict(lambda: defaultdict(list))
    for edition in sorted((one for told in manifest.series(kind, period) for one in told), key=lambda one: one.number):
        before = manifest.merged(edition.number)
        if manifest.destroyed(edition.number):
            continue
        if before is None or before.rows < FULL or manifest.place(edition) in stale:
            files[edition.schema, edition.number in counting][manifest.place(edition)].append(edition)
    merged, replaced = list[Merged](), set[str]()
    for schema in dict.fromkeys(told for told, _ in files):
        parts = [files[schema, counts] for counts in (True, False) if (schema, counts) in files]
        places = {place for part in parts for place in part}
        if len(places) <= len(parts) and not places & stale:
            continue
        replaced |= places
        for part in parts:
            merged += _written(folder, staging, (kind, period, schema), part, _Sealing(opener, seal=seal))
    return Done(tuple(merged), tuple(sorted(replaced))) if merged else None


def _stale(manifest: Manifest, kind: str, period: str, *, seal: bool) -> set[str]:
    """Files that have to be written anew though there is nothing to merge."""
    told = set[str]()
    for edition in (one for series in manifest.series(kind, period) for one in series):
        merged = manifest.merged(edition.number)
        gone = merged is not None and any(manifest.destroyed(one) for one in merged.editions)
        if gone or (seal and not (merged.seal if merged else edition.seal)):
            told.add(manifest.place(edition))
    return told


@dataclass(frozen=True, slots=True)
class _Sealing:
    """Who opens what is merged, and whether the new file is sealed."""

    opener: Opener
    seal: bool


def _written(
    folder: Path, staging: Staging, told: tuple[str, str, str], part: dict[str, list[Edition]], sealing: _Sealing
) -> Iterator[Merged]:
    """These editions of one schema, in files of at least FULL rows but for the last."""
    writing = _Writing(staging.underway, sealing)
    for place, editions in part.items():
        for edition, rows in _checked(folder, place, editions, sealing.opener):
            writing.add(edition, rows)
            if writing.rows >= FULL:
                yield writing.close(told)
                writing = _Writing(staging.underway, sealing)
    if writing.editions:
        yield writing.close(told)


@dataclass(slots=True)
class _Writing:
    """One merged file while it is written."""

    underway: Path
    sealing: _Sealing
    rows: int = 0
    editions: list[Edition] = field(default_factory=list)
    held: list[pa.Table] = field(default_factory=list)
    waiting: int = 0
    file: pq.ParquetWriter | None = None
    plain: BytesIO = field(default_factory=BytesIO)
    """What will be sealed: it is held in memory, so that no plain copy lies on the disk."""

    @property
    def path(self) -> Path:
        return self.underway / "merging.parquet"

    def add(self, edition: Edition, rows: pa.Table) -> None:
        number = pa.repeat(pa.scalar(edition.number, pa.int64()), len(rows))
        self.held.append(rows.append_column(EDITION, number))
        self.editions.append(edition)
        self.rows += len(rows)
        self.waiting += len(rows)
        if self.waiting >= GROUP:
            self._flush()

    def _flush(self) -> None:
        table = pa.concat_tables(self.held)
        if self.file is None:
            sink = self.plain if self.sealing.seal else self.path
            self.file = pq.ParquetWriter(sink, table.schema, **packing(table.column_names, self.editions[0].key))
        self.file.write_table(table, row_group_size=max(len(table), 1))
        self.held, self.waiting = [], 0

    def close(self, told: tuple[str, str, str]) -> Merged:
        """Force the file to the disk, read it back, and give it the name it is renamed from."""
        kind, period, schema = told
        if self.held:
            self._flush()
        if self.file is not None:
            self.file.close()
        name = self._sealed() if self.sealing.seal else ""
        disk.sync(self.path)
        for _ in checked(self.path, self.editions, self.sealing.opener):
            pass
        content = digest_of(self.path)
        size = self.path.stat().st_size
        disk.rename(self.path, self.underway / f"{content}.parquet")
        numbers = tuple(one.number for one in self.editions)
        path = merged_path(kind, period, content, sealed=bool(name))
        return Merged(path, content, size, self.rows, schema, numbers, name)

    def _sealed(self) -> str:
        """Put what was written sealed into its file; the name of the key."""
        name, content = self.sealing.opener.seal(self.plain.getvalue())
        self.path.write_bytes(content)
        return name


def _checked(folder: Path, place: str, editions: list[Edition], opener: Opener) -> Iterator[tuple[Edition, pa.Table]]:
    if place != editions[0].path:
        yield from checked(folder / place, editions, opener)
        return
    with opener.opened(folder / place) as opened, pq.ParquetFile(opened) as file:
        rows = file.read(use_threads=False)
    for edition in editions:
        _check(folder / place, edition, rows, opener)
        yield edition, rows


def checked(path: Path, editions: Iterable[Edition], opener: Opener) -> Iterator[tuple[Edition, pa.Table]]:
    """These editions out of a merged file, each with its rows, which are what was handed in.

    Raises:
        RefusedError: the rows of one are others, or it is missing.
    """
    wanted = {one.number: one for one in editions}
    for number, rows in runs(path, opener):
        if number in wanted:
            edition = wanted.pop(number)
            _check(path, edition, rows, opener)
            yield edition, rows
    for edition in wanted.values():
        _check(path, edition, None, opener)
        with opener.opened(path) as opened:
            yield edition, pq.read_schema(opened).empty_table().drop_columns([EDITION])


def runs(path: Path, opener: Opener) -> Iterator[tuple[int, pa.Table]]:
    """The editions of a merged file that have rows, each with its rows, one group in memory at a time."""
    with opener.opened(path) as opened, pq.ParquetFile(opened) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group).combine_chunks()
            if not len(table):
                continue
            ends = pc.run_end_encode(table[EDITION].combine_chunks(), run_end_type=pa.int32())
            begun = 0
            for end, number in zip(ends.run_ends.to_pylist(), ends.values.to_pylist(), strict=True):
                yield number, table.slice(begun, end - begun).drop_columns([EDITION])
                begun = end


def _check(path: Path, edition: Edition, rows: pa.Table | None, opener: Opener) -> None:
    if (edition.rows == 0) if rows is None else (opener.total(edition, total_of(rows)) == edition.total):
        return
    raise refused(
        path.name,
        f"第 {edition.number} 条入库的行与入库时不符",
        "合并只改文件的数目，不改一行",
        "请停止合并，用 luoshi lake verify 核验，并从备份恢复这个文件",
    )


def as_record(merged: Merged) -> dict[str, object]:
    """A merged file as the manifest tells of it."""
    seal: dict[str, object] = {"seal": merged.seal} if merged.seal else {}
    return seal | {
        "content": merged.content,
        "size": merged.size,
        "rows": merged.rows,
        "schema": merged.schema,
        "editions": list(merged.editions),
    }
