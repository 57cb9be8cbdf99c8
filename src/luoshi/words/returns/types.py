"""The columns of a return in the types of the engines; with `joining` the only module of this room that loads them."""

from collections.abc import Mapping

import ibis
import polars as pl
import pyarrow as pa

from luoshi.words.returns.columns import ReturnColumn


def ibis_table(columns: Mapping[str, ReturnColumn], name: str) -> ibis.Table:
    """A table without rows."""
    return ibis.table({key: one.kind for key, one in columns.items()}, name=name)


def polars_schema(columns: Mapping[str, ReturnColumn]) -> pl.Schema:
    """Types by name, in the order of the columns."""
    return pl.Schema({key: ibis.dtype(one.kind).to_polars() for key, one in columns.items()})


def arrow_schema(columns: Mapping[str, ReturnColumn]) -> pa.Schema:
    """Types by name; a key is never null."""
    return pa.schema([pa.field(key, ibis.dtype(one.kind).to_pyarrow(), not one.key) for key, one in columns.items()])
