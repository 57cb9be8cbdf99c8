"""Compaction: the many small files of a closed window become few. No row is dropped; every edition keeps its number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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


def merge(folder: Path, manifest: Manifest, staging: Staging, kind: str, period: str) -> Done | None:
    """Write the merged files of a return and period; None where there is nothing to merge."""
    counting = {one.number for one in manifest.known(kind, period)}
    files: dict[tuple[str, bool], dict[str, list[Edition]]] = defaultdict(lambda: defaultdict(list))
    for edition in sorted((one for told in manifest.series(kind, period) for one in told), key=lambda one: one.number):
        before = manifest.merged(edition.number)
        if before is None or before.rows < FULL:
            files[edition.schema, edition.number in counting][manifest.place(edition)].append(edition)
    merged, replaced = list[Merged](), set[str]()
    for schema in dict.fromkeys(told for told, _ in files):
        parts = [files[schema, counts] for counts in (True, False) if (schema, counts) in files]
        places = {place for part in parts for place in part}
        if len(places) <= len(parts):
            continue
        replaced |= places
        for part in parts:
            merged += _written(folder, staging, (kind, period, schema), part)
    return Done(tuple(merged), tuple(sorted(replaced))) if merged else None


def _written(
    folder: Path, staging: Staging, told: tuple[str, str, str], part: dict[str, list[Edition]]
) -> Iterator[Merged]:
    """These editions of one schema, in files of at least FULL rows but for the last."""
    writing = _Writing(staging.underway)
    for place, editions in part.items():
        for edition, rows in _checked(folder, place, editions):
            writing.add(edition, rows)
            if writing.rows >= FULL:
                yield writing.close(told)
                writing = _Writing(staging.underway)
    if writing.editions:
        yield writing.close(told)


@dataclass(slots=True)
class _Writing:
    """One merged file while it is written."""

    underway: Path
    rows: int = 0
    editions: list[Edition] = field(default_factory=list)
    held: list[pa.Table] = field(default_factory=list)
    waiting: int = 0
    file: pq.ParquetWriter | None = None

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
            self.file = pq.ParquetWriter(self.path, table.schema, **packing(table.column_names, self.editions[0].key))
        self.file.write_table(table, row_group_size=max(len(table), 1))
        self.held, self.waiting = [], 0

    def close(self, told: tuple[str, str, str]) -> Merged:
        """Force the file to the disk, read it back, and give it the name it is renamed from."""
        kind, period, schema = told
        if self.held:
            self._flush()
        if self.file is not None:
            self.file.close()
        disk.sync(self.path)
        for _ in checked(self.path, self.editions):
            pass
        content = digest_of(self.path)
        size = self.path.stat().st_size
        disk.rename(self.path, self.underway / f"{content}.parquet")
        numbers = tuple(one.number for one in self.editions)
        return Merged(merged_path(kind, period, content), content, size, self.rows, schema, numbers)


def _checked(folder: Path, place: str, editions: list[Edition]) -> Iterator[tuple[Edition, pa.Table]]:
    if place != editions[0].path:
        yield from checked(folder / place, editions)
        return
    with pq.ParquetFile(folder / place) as file:
        rows = file.read(use_threads=False)
    for edition in editions:
        _check(folder / place, edition, rows)
        yield edition, rows


def checked(path: Path, editions: Iterable[Edition]) -> Iterator[tuple[Edition, pa.Table]]:
    """These editions out of a merged file, each with its rows, which are what was handed in.

    Raises:
        RefusedError: the rows of one are others, or it is missing.
    """
    wanted = {one.number: one for one in editions}
    for number, rows in runs(path):
        if number in wanted:
            edition = wanted.pop(number)
            _check(path, edition, rows)
            yield edition, rows
    for edition in wanted.values():
        _check(path, edition, None)
        yield edition, pq.read_schema(path).empty_table().drop_columns([EDITION])


def runs(path: Path) -> Iterator[tuple[int, pa.Table]]:
    """The editions of a merged file that have rows, each with its rows, one group in memory at a time."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group).combine_chunks()
            if not len(table):
                continue
            ends = pc.run_end_encode(table[EDITION].combine_chunks(), run_end_type=pa.int32())
            begun = 0
            for end, number in zip(ends.run_ends.to_pylist(), ends.values.to_pylist(), strict=True):
                yield number, table.slice(begun, end - begun).drop_columns([EDITION])
                begun = end


def _check(path: Path, edition: Edition, rows: pa.Table | None) -> None:
    if (edition.rows == 0) if rows is None else (total_of(rows) == edition.total):
        return
    raise refused(
        path.name,
        f"第 {edition.number} 条入库的行与入库时不符",
        "合并只改文件的数目，不改一行",
        "请停止合并，用 luoshi lake verify 核验，并从备份恢复这个文件",
    )


def as_record(merged: Merged) -> dict[str, object]:
    """A merged file as the manifest tells of it."""
    return {
        "content": merged.content,
        "size": merged.size,
        "rows": merged.rows,
        "schema": merged.schema,
        "editions": list(merged.editions),
    }
