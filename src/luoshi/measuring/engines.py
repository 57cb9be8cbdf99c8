"""What sums: DuckDB over the lake's files or over frames, Polars over frames, or Spark over the lake's files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
import polars as pl

from luoshi.keeping.vaults import on_disk
from luoshi.measuring.dialects import sql_of
from luoshi.measuring.tables import Tables, view_of
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.keeping.reading import Files

Needs = Mapping[str, tuple[type[Return], int]]
"""Return and year by the name of a table in a question."""


_AT_ONCE = 256_000_000
"""Bytes of files that are counted together before the next: some 15 million pupils, whose lines fit into little memory."""


class Engine(StrEnum):
    """Engines of this computer."""

    DUCKDB = "duckdb"
    POLARS = "polars"


@dataclass(frozen=True, slots=True)
class Spark:
    """A Spark cluster, whose workers read the lake's folder under the same path."""

    master: str
    """spark://host:port, or local[2] for one inside this process."""


Sums = Engine | Spark
"""What may sum."""


class Opened(Protocol):
    """A connection of an engine."""

    dialect: str
    """Of the SQL it takes; empty where it takes Ibis expressions."""
    troubles: tuple[type[Exception], ...]
    """What it raises when numbers cannot be reckoned."""

    def open(self, name: str, of: type[Return], year: int) -> None:
        """Give the rows of a return's year a name."""

    def ask(self, asked: Any) -> pl.DataFrame:
        """The answer to an Ibis expression, or to SQL in its dialect."""

    def parts(self, name: str, of: type[Return], year: int) -> Iterator[None]:
        """Let the name stand for one part of the rows after another; one part where the engine sees to its memory itself."""

    def close(self) -> None:
        """Let go."""


class Duck:
    """DuckDB inside this process."""

    dialect = "duckdb"
    troubles: tuple[type[Exception], ...] = (duckdb.Error,)

    def __init__(self, tables: Tables) -> None:
        """Over these tables. Rows come in any order and files are read once: whoever keeps either keeps it in memory."""
        self._tables, self._ibis = tables, ibis.duckdb.connect()
        self.con = self._ibis.con
        self.con.execute("SET preserve_insertion_order = false; SET enable_external_file_cache = false")
        tables.attach(self.con)

    def open(self, name: str, of: type[Return], year: int) -> None:
        """As a view of the lake's files, or the frame itself."""
        sql = self._tables.sql(of, year)
        if sql is None:
            self.con.register(name, self._tables.frame(of, year).to_arrow(compat_level=pl.CompatLevel.newest()))
            return
        self._view(name, of, sql)

    def _view(self, name: str, of: type[Return], sql: str) -> None:
        columns = [str(one[0]) for one in self.con.sql(f"DESCRIBE {sql}").fetchall()]
        self.con.execute(f'CREATE OR REPLACE VIEW "{name}" AS {view_of(of, sql, columns)}')

    def parts(self, name: str, of: type[Return], year: int) -> Iterator[None]:
        """By files of the lake, some at a time; afterwards the name stands for all again."""
        some = [part for one in self._tables.files(of, year) or () for part in _parts_of(one)]
        if len(some) <= 1:
            yield
            return
        for sql in some:
            self._view(name, of, sql)
            yield
        self.open(name, of, year)

    def ask(self, asked: Any) -> pl.DataFrame:
        """By Arrow."""
        sql = asked if isinstance(asked, str) else sql_of(asked, self.dialect)
        return pl.DataFrame(self.con.sql(sql).to_arrow_table())

    def close(self) -> None:
        """Let go of the connection."""
        self._ibis.disconnect()


class Frame:
    """Polars inside this process."""

    dialect = ""
    troubles: tuple[type[Exception], ...] = (pl.exceptions.PolarsError,)

    def __init__(self, tables: Tables) -> None:
        """Over these tables."""
        self._tables, self._frames = tables, dict[str, pl.DataFrame]()

    def open(self, name: str, of: type[Return], year: int) -> None:
        """The frame."""
        self._frames[name] = self._tables.frame(of, year)

    def ask(self, asked: Any) -> pl.DataFrame:
        """Lazily."""
        return ibis.polars.connect(dict(self._frames)).compile(asked).collect()  # type: ignore[no-any-return]

    def parts(self, name: str, of: type[Return], year: int) -> Iterator[None]:  # noqa: ARG002  # as the protocol says
        """All at once: they are in memory anyway."""
        yield

    def close(self) -> None:
        """Let go of the frames."""
        self._frames.clear()


def opened(tables: Tables, engine: Sums) -> Opened:
    """A connection over these tables."""
    if isinstance(engine, Spark):
        from luoshi.measuring.spark import Sparks  # noqa: PLC0415 -- an extra that few have

        return Sparks(tables, engine.master)
    return Duck(tables) if engine is Engine.DUCKDB else Frame(tables)


def _parts_of(files: "Files") -> Iterator[str]:
    """A SELECT of each part of these files."""
    where = f" WHERE edition IN ({', '.join(map(str, files.editions))})" if files.editions else ""
    together, size = list[str](), 0
    for path in files.paths:
        together.append("'" + path.replace("'", "''") + "'")
        size += on_disk(path).stat().st_size
        if size >= _AT_ONCE:
            yield f"SELECT * FROM read_parquet([{', '.join(together)}]){where}"  # noqa: S608  # paths are quoted
            together, size = [], 0
    if together:
        yield f"SELECT * FROM read_parquet([{', '.join(together)}]){where}"  # noqa: S608


def cannot_be_reckoned(needs: Needs) -> RefusedError:
    """Numbers beyond what an engine can sum."""
    told = "、".join(dict.fromkeys(of.label for of, _ in needs.values()))
    rule, remedy = "个数不超过10位，金额不超过16位整数，各列的类型与报表声明的一致", "请核对各列的数值和单位"
    return RefusedError(Finding(told, "有数值无法计算", rule, remedy))
