"""A partition: the rows of one return, period and division under one 口径, as one Parquet file whose name is its digest.

Single values are not made in Arrow on the way: it would load pandas for them, which takes longer than a county's rows.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.keeping.refusing import refused
from luoshi.words.provenance import digest

OWN = ("period", "division", "definition")
"""Columns every partition has, whatever the table brings: which period, whose rows, by which 口径."""
EDITION = "edition"
"""The column that reading adds: the number of the manifest's entry a row came with."""

_FIRST = 8
"""Bytes that are one number."""
_LONG = 10_000
"""Rows from which it pays to look at codes as numbers."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows as they are kept."""

    rows: int
    content: bytes
    """The Parquet file: flat columns, rows sorted by the key."""
    digest: str
    """Of the file; its name."""
    schema: str
    """The columns with their types, as JSON."""
    total: str
    """Digest of the rows, whatever file they stand in."""


def made(brought: pa.Table | pl.DataFrame, own: dict[str, str], key: Sequence[str]) -> Partition:
    """The rows as a partition.

    Args:
        brought: rows × columns.
        own: what stands in each of OWN.
        key: columns that together name a row once.

    Raises:
        RefusedError: a column is nested, belongs to the lake, or contradicts `own`; the key is missing, empty or not unique.
    """
    ordered = isinstance(brought, pl.DataFrame) and _can_be_ordered(brought, key)
    if isinstance(brought, pl.DataFrame):
        brought = (brought[_order(brought.select(key))] if ordered else brought).to_arrow()
    table = _sorted(_with_own(_plain(brought), own), key, ordered=ordered)
    content = as_parquet(table, key)
    return Partition(len(table), content, digest(content), described(table.schema), total_of(table))


def as_parquet(table: pa.Table, key: Sequence[str]) -> bytes:
    """The table as a Parquet file; a key alone says each word once, so a dictionary of it would be a second copy."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **packing(table.column_names, key))
    return bytes(sink.getvalue())


def packing(columns: Sequence[str], key: Sequence[str]) -> dict[str, Any]:
    """How a Parquet file is written: words that come again by a dictionary and LZ4, which is quick to read and as small then.

    Args:
        columns: of the table.
        key: of its rows; the words of a key alone come once, and only a thorough compression makes these smaller.
    """
    again = [name for name in columns if [name] != list(key)]
    return {
        "compression": {name: "lz4" if name in again else "zstd" for name in columns},
        "use_dictionary": again,
        "write_statistics": again,
    }


def described(schema: pa.Schema) -> str:
    """Columns and types as JSON: [["school", "string"], …]."""
    return json.dumps([[one.name, str(one.type)] for one in schema], ensure_ascii=False)


def columns_of(schema: str) -> dict[str, str]:
    """Type by column, from its description."""
    return dict(json.loads(schema))


def total_of(table: pa.Table) -> str:
    """The digest of rows in their order: of names, types, which cells are empty, and values.

    It is taken from Arrow's memory layout, which is a standard; so it holds whoever wrote the Parquet file, and when.
    """
    told = hashlib.sha256()
    for name in table.column_names:
        column = _one_piece(table[name])
        told.update(f"{name}\0{column.type}\0{len(column)}\0{column.null_count}\0".encode())
        if column.null_count:
            told.update(_empty(column).tobytes())
        for piece in _values(column):
            told.update(piece)
    return told.hexdigest()


def _one_piece(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, column.type)


def _empty(column: pa.Array) -> np.ndarray:
    """Which cells are, by the bits Arrow keeps of that."""
    bits = column.buffers()[0]
    if bits is None:
        return np.full(len(column), fill_value=pa.types.is_null(column.type))
    told = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")
    empty: np.ndarray = told[column.offset : column.offset + len(column)] == 0
    return empty


def _values(column: pa.Array) -> Iterator[bytes]:
    """The values, a zero under every empty cell: what lies in memory there is nobody's business."""
    if pa.types.is_null(column.type) or not len(column):
        return
    if pa.types.is_string(column.type):
        yield from _words(_filled(column))
        return
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.uint8())
    width = column.type.byte_width
    values = np.frombuffer(column.buffers()[1], np.uint8, len(column) * width, column.offset * width)
    if column.null_count:
        values = values.reshape(len(column), width).copy()
        values[_empty(column)] = 0
    yield values.tobytes()


def _filled(column: pa.Array) -> pa.Array:
    """Words with nothing in every empty cell; mostly nothing is there anyway."""
    if not column.null_count or not np.diff(_ends(column))[_empty(column)].any():
        return column
    return _as_words(pl.Series(column).fill_null(""))


def _as_words(series: pl.Series) -> pa.Array:
    return series.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(pa.string())


def _words(column: pa.Array) -> Iterator[bytes]:
    """How long each is, then all of them."""
    ends, letters = _ends(column), column.buffers()[2]
    yield np.diff(ends).tobytes()
    if letters is not None:
        yield letters.slice(int(ends[0]), int(ends[-1] - ends[0])).to_pybytes()


def _ends(column: pa.Array) -> np.ndarray:
    """Where each word ends in the letters of all, and before them where the first begins."""
    return np.frombuffer(column.buffers()[1], np.int32, len(column) + 1, column.offset * 4)


def _plain(table: pa.Table) -> pa.Table:
    """Every text column of one type, no dictionaries, no notes of other libraries; nothing nested."""
    fields = [pa.field(one.name, _plain_type(one.name, one.type)) for one in table.schema]
    return table.cast(pa.schema(fields))


def _plain_type(name: str, told: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(told):
        return _plain_type(name, told.value_type)
    if pa.types.is_string(told) or pa.types.is_large_string(told) or pa.types.is_string_view(told):
        return pa.string()
    if pa.types.is_nested(told) or pa.types.is_binary(told) or pa.types.is_large_binary(told):
        raise refused(
            f"列“{name}”", f"类型是 {told}", "入库的列须是文字、数、日期或是否，一格一个值", "请拆成几列，或改用编号"
        )
    return told


def _with_own(table: pa.Table, own: dict[str, str]) -> pa.Table:
    if EDITION in table.column_names:
        raise refused(f"列“{EDITION}”", "表里已有这一列", "版次由数据湖记，不由报表带来", "请改用别的列名")
    twice = {name for name in table.column_names if table.column_names.count(name) > 1}
    if twice:
        raise refused(f"列“{min(twice)}”", "有不止一列叫这个名字", "一张表里列名不重复", "请改名后再入库")
    for name, said in own.items():
        if name not in table.column_names:
            table = table.append_column(name, _repeated(said, len(table)))
            continue
        other = table[name].cast(pa.string())
        strange = pl.Series(other).ne_missing(said).arg_true()
        if len(strange):
            rule = "一个分区只放一个报告期、一个单位、一种口径的行"
            what = f"写的是“{other[strange[0]].as_py()}”，入库时说是“{said}”"
            raise refused(f"列“{name}”第 {strange[0] + 1} 行", what, rule, "请先按单位、报告期和口径分开，再逐份入库")
        table = table.set_column(table.column_names.index(name), name, other)
    return table


def _repeated(said: str, rows: int) -> pa.Array:
    """The same words in every row; laid out as they lie in memory, which takes a hundredth of the time of asking for them."""
    letters = said.encode()
    ends = np.arange(rows + 1, dtype=np.int32) * np.int32(len(letters))
    return pa.StringArray.from_buffers(rows, pa.py_buffer(ends), pa.py_buffer(letters * rows))


def _sorted(table: pa.Table, key: Sequence[str], *, ordered: bool) -> pa.Table:
    """The rows by their key, which must be there, filled in, and name a row once; `ordered` where they stand so already."""
    rule = "主键列须都在表里，每行都填，合起来不重复"
    missing = [name for name in key if name not in table.column_names]
    if missing or not key:
        what = f"缺{'、'.join(missing)}" if missing else "没有给出主键"
        raise refused("主键", what, rule, "请核对报表的主键列，再入库一次")
    for name in key:
        if table[name].null_count:
            empty = int(np.argmax(_empty(_one_piece(table[name]))))
            raise refused(f"主键列“{name}”第 {empty + 1} 行", "空着", rule, "请补上这一格，再入库一次")
    keys = pl.DataFrame(table.select(list(key)))
    if not ordered:
        places = _order(keys)
        table, keys = table.combine_chunks().take(places.to_arrow()), keys[places]
    table = table.combine_chunks()
    twice = _neighbours_alike(keys)
    if twice is not None:
        said = "、".join(str(table[name][twice].as_py()) for name in key)
        many = 1 + sum(1 for _ in takewhile(lambda at: _alike(table, key, twice, at), range(twice + 1, len(table))))
        raise refused(f"主键“{said}”", f"有 {many} 行", rule, "请删去重复的行或补上主键，再入库一次")
    return table


def _can_be_ordered(frame: pl.DataFrame, key: Sequence[str]) -> bool:
    """Whether Polars may sort the rows, for a third of what it costs Arrow: not where something may have to be said of one by its place."""
    names = set(frame.columns)
    return (
        bool(key)
        and names.issuperset(key)
        and names.isdisjoint(OWN)
        and not any(frame[name].null_count() for name in key)
    )


def _order(keys: pl.DataFrame) -> pl.Series:
    """Places of the rows by all of these columns, ascending; words by their bytes, as Arrow sorts them, but quickly."""
    told = _by_first_letters(keys.to_series()) if keys.schema.dtypes() == [pl.String] and keys.height >= _LONG else None
    return told if told is not None else keys.select(pl.arg_sort_by(keys.columns, maintain_order=True)).to_series()


def _by_first_letters(words: pl.Series) -> pl.Series | None:
    """Places of codes of one length by their first eight bytes, read as numbers: a tenth of the work; None where these tell too little."""
    width = words.str.len_bytes().unique()
    if len(width) != 1 or width[0] < _FIRST:
        return None
    _, _, letters = words.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    cells = np.frombuffer(letters, np.uint8, len(words) * width[0]).reshape(len(words), width[0])
    first = np.ascontiguousarray(cells[:, :_FIRST]).view(">u8").ravel().astype(np.uint64)
    places = np.argsort(first)
    ordered = first[places]
    return None if bool((ordered[1:] == ordered[:-1]).any()) else pl.Series(places.astype(np.uint32))


def _neighbours_alike(keys: pl.DataFrame) -> int | None:
    """The first row that has the same key as the one behind it."""
    same = [pl.col(name) == pl.col(name).shift(-1) for name in keys.columns]
    found = keys.select(pl.all_horizontal(same).fill_null(value=False)).to_series().arg_true()
    return int(found[0]) if len(found) else None


def _alike(table: pa.Table, key: Sequence[str], one: int, other: int) -> bool:
    return all(table[name][one].as_py() == table[name][other].as_py() for name in key)
