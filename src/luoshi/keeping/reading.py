"""Rows out of the lake's files: as a Polars frame that reads when it is collected, or as SQL for DuckDB and Ibis."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

import polars as pl

from luoshi.keeping.entries import Edition, Merged
from luoshi.keeping.manifest import Manifest
from luoshi.keeping.partitions import EDITION, OWN
from luoshi.keeping.vaults import Opener, address

_NAMED = r"([0-9a-f]{64})\.(?:parquet|sealed)$"
_DIGEST = 64
_FILE = "lake_file"
_NUMBERS = ("int", "uint", "float", "double", "halffloat", "decimal")
Schemas = Mapping[str, Mapping[str, str]]
"""Type by column, by the schema's digest."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read of one file."""

    path: str
    """Below the lake's folder."""
    schema: str
    """Digest of its columns."""
    editions: tuple[int, ...]
    """Numbers of the editions that are wanted."""
    merged: bool
    """A merged file names the edition in every row."""
    whole: bool
    """Every row is wanted."""
    sealed: bool = False
    """It has to be opened by its key."""


def pieces(manifest: Manifest, editions: Iterable[Edition]) -> list[Piece]:
    """What has to be read for these editions; a merged file once."""
    told, files, wanted = list[Piece](), dict[str, Merged](), defaultdict[str, list[int]](list)
    for edition in editions:
        merged = manifest.merged(edition.number)
        if merged is None:
            sealed = bool(edition.seal)
            told.append(Piece(edition.path, edition.schema, (edition.number,), merged=False, whole=True, sealed=sealed))
        else:
            files[merged.path] = merged
            wanted[merged.path].append(edition.number)
    for path, numbers in wanted.items():
        whole = len(numbers) == len(files[path].editions)
        sealed = bool(files[path].seal)
        told.append(Piece(path, files[path].schema, tuple(numbers), merged=True, whole=whole, sealed=sealed))
    return told


def frame(folder: Path, read: Sequence[Piece], schemas: Schemas, opener: Opener) -> pl.LazyFrame:
    """The rows of the pieces with the number of their edition; a column that one lacks is empty there.

    What is sealed is opened now, in memory; everything else is read when the frame is collected.
    A column that holds numbers in one and words in another is read as words.
    """
    mixed = _mixed({one.schema for one in read}, schemas)
    frames = [_words(_group(folder, group, opener), mixed) for group in _groups(read)]
    return pl.concat(frames, how="diagonal_relaxed") if frames else _empty(schemas)


def _groups(read: Sequence[Piece]) -> Iterable[list[Piece]]:
    """Pieces that can be scanned together: of the same columns, all merged or none, sealed or none, all whole or each alone."""
    groups = defaultdict(list)
    for one in read:
        groups[one.schema, one.merged, one.sealed, "" if one.whole else one.path].append(one)
    return groups.values()


def _group(folder: Path, group: list[Piece], opener: Opener) -> pl.LazyFrame:
    first = group[0]
    paths = [folder / one.path for one in group]
    if first.sealed and not first.merged:
        each = zip(_opened(paths, opener), group, strict=True)
        numbered = [pl.scan_parquet(held).with_columns(_number(one)) for held, one in each]
        return pl.concat(numbered, how="vertical")
    if first.merged:
        scanned = pl.scan_parquet(_opened(paths, opener)) if first.sealed else pl.scan_parquet(paths)
        chosen = scanned if first.whole else scanned.filter(pl.col(EDITION).is_in(list(first.editions)))
    elif len(group) == 1:
        chosen = pl.scan_parquet(paths).with_columns(_number(first))
    else:
        numbers = {_content(one): one.editions[0] for one in group}
        named = pl.col(_FILE).str.extract(_NAMED).replace_strict(numbers, return_dtype=pl.Int64).alias(EDITION)
        chosen = pl.scan_parquet(paths, include_file_paths=_FILE).with_columns(named).drop(_FILE)
    return chosen


def _opened(paths: Sequence[Path], opener: Opener) -> list[IO[bytes]]:
    """Sealed files, opened in memory."""
    told = list[IO[bytes]]()
    for path in paths:
        with opener.opened(path) as plain:
            told.append(BytesIO(plain.read()))
    return told


def _number(one: Piece) -> pl.Expr:
    return pl.lit(one.editions[0], pl.Int64).alias(EDITION)


def _content(one: Piece) -> str:
    """The digest in the file's name."""
    return Path(one.path).stem[-_DIGEST:]


def _words(read: pl.LazyFrame, mixed: set[str]) -> pl.LazyFrame:
    if not mixed:
        return read
    there = mixed & set(read.collect_schema())
    return read.with_columns(pl.col(sorted(there)).cast(pl.String))


def _empty(schemas: Schemas) -> pl.LazyFrame:
    """No rows, with every column the return ever had."""
    names = dict.fromkeys(name for schema in schemas.values() for name in schema)
    own = dict.fromkeys(OWN, pl.String())
    return pl.LazyFrame(schema={**dict.fromkeys(names, pl.Null()), **own, EDITION: pl.Int64()})


def _mixed(digests: set[str], schemas: Schemas) -> set[str]:
    """Columns whose types do not go together."""
    families = defaultdict(set)
    for schema in digests:
        for name, told in schemas[schema].items():
            families[name].add("number" if told.startswith(_NUMBERS) else told.partition("[")[0])
    return {name for name, told in families.items() if len(told - {"null"}) > 1}


@dataclass(frozen=True, slots=True)
class Files:
    """Files of the same columns."""

    paths: tuple[str, ...]
    """Where they lie, from the root; addresses that begin with sealed:// where they have to be opened."""
    columns: tuple[str, ...]
    editions: tuple[int, ...] = ()
    """Which rows count, by their column `edition`; empty where all do."""


def files(folder: Path, read: Sequence[Piece], schemas: Schemas) -> tuple[Files, ...]:
    """The files the rows are read from, for whoever reads Parquet in a way of its own."""
    return tuple(
        Files(
            tuple(address(folder / one.path, sealed=one.sealed) for one in group),
            tuple(schemas[group[0].schema]),
            () if group[0].whole else group[0].editions,
        )
        for group in _groups(read)
    )


def select(folder: Path, read: Sequence[Piece], schemas: Schemas, *, origin: bool = True) -> str:
    """The same rows as one SELECT that DuckDB and Ibis on DuckDB run.

    Args:
        folder: of the lake.
        read: what is read.
        schemas: of the pieces.
        origin: whether each row says the number of its edition, which costs a join where files do not hold it.
    """
    mixed = _mixed({one.schema for one in read}, schemas)
    parts = [_select(folder, group, mixed & schemas[group[0].schema].keys(), origin=origin) for group in _groups(read)]
    if parts:
        return "\nUNION ALL BY NAME\n".join(parts)
    names = dict.fromkeys(name for schema in schemas.values() for name in (*schema, *OWN))
    columns = ", ".join(f"NULL AS {_name(name)}" for name in names or OWN)
    return f"SELECT {columns}, 0::BIGINT AS {EDITION} WHERE false"


def _select(folder: Path, group: list[Piece], mixed: set[str], *, origin: bool) -> str:
    first = group[0]
    there = ", ".join(_text(address(folder / one.path, sealed=one.sealed)) for one in group)
    casts = ", ".join(f"{_name(name)}::VARCHAR AS {_name(name)}" for name in sorted(mixed))
    star = f"* REPLACE ({casts})" if casts else "*"
    if first.merged:
        chosen = "" if first.whole else f" WHERE {EDITION} IN ({', '.join(map(str, first.editions))})"
        return f"SELECT {star} FROM read_parquet([{there}]){chosen}"  # noqa: S608 -- texts are quoted
    if not origin:
        return f"SELECT {star} FROM read_parquet([{there}])"  # noqa: S608
    if len(group) == 1:
        return f"SELECT {star}, {first.editions[0]}::BIGINT AS {EDITION} FROM read_parquet([{there}])"  # noqa: S608
    numbers = ", ".join(f"({_text(_content(one))}, {one.editions[0]}::BIGINT)" for one in group)
    inner = f"SELECT * FROM read_parquet([{there}], filename = '{_FILE}')"  # noqa: S608
    told = f"(VALUES {numbers}) AS lake_told(lake_content, {EDITION})"
    return (
        f"SELECT {star.replace('*', f'* EXCLUDE ({_FILE}, lake_content)', 1)} FROM ({inner}) "  # noqa: S608
        f"JOIN {told} ON lake_content = regexp_extract({_FILE}, {_text(_NAMED)}, 1)"
    )


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _name(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
