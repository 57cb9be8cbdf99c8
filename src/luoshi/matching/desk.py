"""A connection of DuckDB with the lists on it. Questions are Ibis, made by pure functions of names and spelled once."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import polars as pl

from luoshi.matching.given import Listed

Question = Callable[..., Any]
"""Makes an Ibis expression over tables of the desk from names and days."""
_CACHED = 512


@lru_cache(_CACHED)
def _spelled(question: Question, *about: Hashable) -> str:
    """Spelling takes longer than asking, where lists are small."""
    return str(ibis.to_sql(question(*about), dialect="duckdb"))


class Desk:
    """Tables by name."""

    def __init__(self) -> None:
        """Empty. Rows come in any order: whoever keeps it keeps them in memory twice."""
        self._con = duckdb.connect()
        self._con.execute("SET preserve_insertion_order = false")

    def keep(self, name: str, question: Question, *about: Hashable) -> None:
        """The answer as a table."""
        self._con.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {_spelled(question, *about)}')

    def ask(self, question: Question, *about: Hashable) -> pl.DataFrame:
        """The answer."""
        return pl.DataFrame(self._con.sql(_spelled(question, *about)).to_arrow_table())

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """A table of a frame."""
        self.give("put_down", frame)
        self._con.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM put_down')  # noqa: S608  # our names
        self.take_back("put_down")

    def give(self, name: str, frame: pl.DataFrame) -> None:
        """A frame under a name, without a copy of it."""
        self._con.register(name, frame.to_arrow(compat_level=pl.CompatLevel.newest()))

    def take_back(self, name: str) -> None:
        """Let go of what was given."""
        self._con.unregister(name)

    def close(self) -> None:
        """Let go of all of it."""
        self._con.close()


def texts(one: Listed, columns: Sequence[str]) -> pl.DataFrame:
    """A list as text: `line` and the declared columns, null where it has none; other columns are never read.

    A row with nothing in any of them is none; the lines of those below it stay what they are.
    """
    own = dict(one.columns or {name: name for name in one.headings()})
    frame = one.rows.lazy() if isinstance(one.rows, pl.DataFrame) else pl.scan_parquet(one.rows)
    there = set(one.headings())
    wanted = [
        pl.col(own[name]).cast(pl.String).alias(name) if own.get(name) in there else pl.lit(None, pl.String).alias(name)
        for name in columns
    ]
    told = frame.select(wanted).with_row_index("line", offset=one.first)
    blank = pl.all_horizontal(pl.col(columns).str.strip_chars().fill_null("") == "")
    county = pl.col("county").str.strip_chars()
    placed = pl.when(county == "").then(None).otherwise(county).fill_null(one.county)
    return told.filter(~blank).with_columns(pl.col("line").cast(pl.Int64), placed.alias("county")).collect()
