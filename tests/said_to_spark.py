"""An engine that is told every question in Spark's SQL, and answers it with DuckDB after reading that back."""

from typing import Any

import polars as pl
import sqlglot
from sqlglot import expressions as said

from luoshi.measuring.dialects import SPARK, sql_of
from luoshi.measuring.engines import Duck
from luoshi.measuring.tables import Tables


class SaidToSpark(Duck):
    """DuckDB that understands Spark."""

    dialect = SPARK

    def __init__(self, tables: Tables, told: list[str]) -> None:
        """Over these tables.

        Args:
            told: takes every question as Spark would get it.
        """
        super().__init__(tables)
        self._told = told

    def ask(self, asked: Any) -> pl.DataFrame:
        """What Spark would be asked."""
        sql = asked if isinstance(asked, str) else sql_of(asked, SPARK)
        self._told.append(sql)
        (tree,) = sqlglot.parse(sql, read="spark")
        assert tree is not None
        unknown = {one.name for one in tree.find_all(said.Anonymous)}
        assert not unknown, f"no function of Spark's that can be read: {unknown}"
        return pl.DataFrame(self.con.sql(tree.sql(dialect="duckdb")).to_arrow_table())
