"""Spark sums: the same questions, said in Spark's SQL by Ibis, to a cluster whose workers read the lake's folder.

pyspark is not among what Luoshi needs; whoever outgrows one machine installs it (docs/howto/province.md).
"""

from collections.abc import Iterator
from functools import reduce
from typing import Any

import polars as pl

from luoshi.keeping.vaults import SCHEME
from luoshi.measuring.dialects import SPARK, sql_of
from luoshi.measuring.tables import Tables
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import ReturnColumn

_TYPES = {"int64": "bigint"}
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.shuffle.partitions": "32",
}
"""No page of its own; a number that does not fit is an error, never an empty cell."""


class Sparks:
    """One session on a cluster."""

    dialect = SPARK

    def __init__(self, tables: Tables, master: str) -> None:
        """Begin a session.

        Raises:
            RefusedError: pyspark or Java is not there, or nobody answers at the address.
        """
        self._tables = tables
        try:
            from pyspark.errors import ArithmeticException, NumberFormatException  # noqa: PLC0415 -- an extra
            from pyspark.sql import SparkSession  # noqa: PLC0415
        except ImportError as error:
            rule, remedy = "用 Spark 计算须另装 pyspark 和 Java", "请按 docs/howto/province.md 安装，或改用 duckdb"
            raise RefusedError(Finding("--engine", "没有安装 pyspark", rule, remedy)) from error
        self.troubles: tuple[type[Exception], ...] = (ArithmeticException, NumberFormatException)
        try:
            asked = SparkSession.builder.master(master).appName("luoshi")
            self._session = reduce(lambda some, one: some.config(*one), _QUIET.items(), asked).getOrCreate()
        except Exception as error:  # whatever Java says is no text for an officer
            rule, remedy = "Spark 主节点须已启动，本机须有 Java", "请核对地址，或先启动主节点和工作节点"
            raise RefusedError(Finding("--engine", f"{master} 连接不上", rule, remedy)) from error
        self._session.sparkContext.setLogLevel("ERROR")

    def open(self, name: str, of: type[Return], year: int) -> None:
        """As a view of the lake's files.

        Raises:
            RefusedError: the rows are in memory and in no file.
        """
        files = self._tables.files(of, year)
        if files is None:
            raise RefusedError(Finding(of.label, "行不在数据湖里", "Spark 只读数据湖的文件", "请先入库，或改用 duckdb"))
        if any(path.startswith(SCHEME) for one in files for path in one.paths):
            rule = "Spark 的工作节点没有密钥，读不了加密的分区"
            raise RefusedError(Finding(of.label, "逐人的行是加密的", rule, "请改用 duckdb；它边读边解密，不落盘"))
        parts = []
        for one in files:
            read = self._session.read.parquet(*one.paths)
            if one.editions:
                read = read.where(f"edition IN ({', '.join(map(str, one.editions))})")
            parts.append(read.selectExpr(*(_cast(column, set(one.columns)) for column in of.columns.values())))
        reduce(lambda some, part: some.unionAll(part), parts).createOrReplaceTempView(f"`{name}`")

    def ask(self, asked: Any) -> pl.DataFrame:
        """Row by row: answers are sums, so they are few."""
        sql = asked if isinstance(asked, str) else sql_of(asked, self.dialect)
        found = self._session.sql(sql)
        rows = [tuple(one) for one in found.collect()]
        return pl.DataFrame(rows, schema=_schema(found.dtypes), orient="row")

    def parts(self, name: str, of: type[Return], year: int) -> Iterator[None]:  # noqa: ARG002  # as the protocol says
        """All at once: the cluster divides them."""
        yield

    def close(self) -> None:
        """End the session."""
        self._session.stop()


def _cast(column: ReturnColumn, there: set[str]) -> str:
    value = f"`{column.name}`" if column.name in there else "NULL"
    kind = str(column.kind)
    return f"CAST({value} AS {_TYPES.get(kind, kind)}) AS `{column.name}`"


def _schema(told: list[tuple[str, str]]) -> dict[str, Any]:
    """Polars types of Spark's, by column."""
    return {name: _polars(kind) for name, kind in told}


def _polars(kind: str) -> Any:
    if kind.startswith("decimal"):
        precision, _, scale = kind.removeprefix("decimal(").removesuffix(")").partition(",")
        return pl.Decimal(int(precision), int(scale))
    return {"string": pl.String, "boolean": pl.Boolean, "date": pl.Date}.get(kind, pl.Int64)
