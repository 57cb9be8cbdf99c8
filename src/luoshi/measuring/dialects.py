"""A question as SQL of an engine."""

from typing import Any

import ibis
import sqlglot
from sqlglot import expressions as said

SPARK = "pyspark"
"""What Ibis calls Spark's SQL; sqlglot calls it spark."""


def sql_of(asked: Any, dialect: str) -> str:
    """An Ibis expression as SQL.

    Args:
        asked: the expression.
        dialect: duckdb or pyspark.
    """
    sql = str(ibis.to_sql(asked, dialect=dialect))
    return _bracketed(sql) if dialect == SPARK else sql


def _bracketed(sql: str) -> str:
    """Conditions in brackets where another word follows: Spark does not read `a IN (1, 7) IS NOT NULL`."""
    tree = sqlglot.parse_one(sql, read="spark")
    for one in tree.find_all(said.Is):
        if isinstance(one.this, said.Predicate | said.Not | said.Connector):
            one.set("this", said.Paren(this=one.this))
    return tree.sql(dialect="spark", pretty=True)
