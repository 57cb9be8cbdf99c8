"""Every row with its exact number or its flaw, and numbers that stand in one list twice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import ibis
import polars as pl

from luoshi.matching.deciding import CONTENT, Doubt, Judged, coded
from luoshi.matching.desk import Desk
from luoshi.matching.numbers import cleaned_name, cleaned_number, day_of, read_numbers

GIVEN = ("number", "name", "born", "guardian", "county", "school")
"""Columns of a list that are read."""
BLANK: Any = ibis.null(str)
SHOWN = (*CONTENT, "school")
_TEXT = "string"
_ROWS = {"line": "int64", **dict.fromkeys((*SHOWN, "key", "flaw"), _TEXT)}


def rows_in(table: str) -> Any:
    """A table of rows."""
    return ibis.table(_ROWS, name=table)


def rows_of(name: str) -> Any:
    """All rows of a list."""
    return rows_in(f"rows_{name}")


def prepared(on: date) -> Any:
    """The rows of what was given."""
    given = ibis.table({"line": "int64", **dict.fromkeys(GIVEN, _TEXT)}, name="given")
    rows = given.select(
        "line",
        "county",
        written=cleaned_number(given.number),
        name=cleaned_name(given.name),
        said_born=day_of(given.born),
        guardian=cleaned_name(given.guardian),
        school=given.school.strip().nullif(""),
    )
    # Read in a step of its own: a condition that holds a long expression would have it worked out again and again.
    read = read_numbers(rows, on)
    return read.select(
        "line",
        *[one for one in SHOWN if one not in {"written", "born"}],
        "key",
        "flaw",
        written=ibis.coalesce(read.key, read.written),
        born=ibis.coalesce(read.said_born, read.digits_born),
    )


def standing(name: str) -> Any:
    """Rows of a list with `standing`: bad, clean, crowded, or merged with the row of the same person."""
    rows = rows_of(name)
    crowd = ibis.table({"crowd_key": _TEXT, "head": "int64", "open": "boolean"}, name=f"crowd_{name}")
    joined = rows.left_join(crowd, rows.key == crowd.crowd_key)
    told = ibis.cases(
        (joined.key.isnull(), "bad"),
        (joined.crowd_key.isnull(), "clean"),
        (joined.open, "crowded"),
        (joined.line == joined["head"], "clean"),
        else_="merged",
    )
    return joined.select(*_ROWS, standing=told)


def people(name: str) -> Any:
    """The clean rows of a list, one a number."""
    rows = standing(name)
    return rows.filter(rows.standing == "clean").drop("standing")


def settle_doubles(desk: Desk, name: str, key: bytes | None, decided: Mapping[str, str]) -> pl.DataFrame:
    """Numbers that stand in a list twice: the doubtful pairs, row by row; those a person called one become one.

    Returns:
        As `coded` gives them, decided ones among them.
    """
    desk.keep(f"twice_{name}", _twice, name)
    pairs = coded(desk.ask(_doubles, name), key, decided)
    behind = pairs.filter(pl.col("line") != pl.col("head"))
    crowds = behind.group_by(pl.col("key").alias("crowd_key"), "head").agg(
        (pl.col("judged") != Judged.SAME).any().alias("open")
    )
    desk.put(f"crowd_{name}", crowds)
    return pairs.drop("key", "head")


def _twice(name: str) -> Any:
    rows = rows_of(name)
    told = rows.filter(rows.key.notnull()).group_by("key").agg(many=rows.key.count(), first=rows.line.min())
    return told.filter(told.many > 1).select(twice_key=told.key, head=told.first)


def _doubles(name: str) -> Any:
    """Each row of a doubled number beside the first of them, the first beside the second."""
    twice = ibis.table({"twice_key": _TEXT, "head": "int64"}, name=f"twice_{name}")
    rows = rows_of(name)
    held = rows.inner_join(twice, rows.key == twice.twice_key)
    held = held.mutate(place=ibis.row_number().over(group_by=held.key, order_by=held.line))
    other = held.filter(held.place <= 1)
    other = other.select(
        other_key=other.key,
        other_place=other.place,
        other_line=other.line,
        **{f"other_{one}": other[one] for one in SHOWN},
    )
    held = held.mutate(looks=ibis.ifelse(held.place == 0, 1, 0))
    both = held.inner_join(other, [held.key == other.other_key, held.looks == other.other_place])
    return both.select("key", "head", **laid(both, "", Doubt.TWICE.value, name, name))


def laid(rows: Any, comparison: str, doubt: Any, of: str, other: str) -> dict[str, Any]:
    """Columns of a doubtful pair: comparison, doubt, list, line, what the row says, the same of the other with `other_`, flaw."""
    return {
        "comparison": ibis.literal(comparison),
        "doubt": ibis.literal(doubt) if isinstance(doubt, str) else doubt,
        "list": ibis.literal(of),
        "line": rows.line,
        **{one: rows[one] for one in SHOWN},
        "other": ibis.literal(other),
        "other_line": rows.other_line,
        **{f"other_{one}": rows[f"other_{one}"] for one in SHOWN},
        "flaw": rows.flaw,
    }
