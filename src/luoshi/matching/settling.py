"""One comparison: rows that other lists clear, pairs that are doubtful, and who is left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

import ibis
import polars as pl

from luoshi.matching.deciding import Doubt, Judged, coded
from luoshi.matching.desk import Desk
from luoshi.matching.pairing import alone, differs, pairs_of
from luoshi.matching.rows import BLANK, people, rows_in, rows_of, standing
from luoshi.words.lists import Comparison, Crossing


class Outcome(StrEnum):
    """What became of a row."""

    FOUND = "found"
    """查出."""
    MET = "met"
    """已对上."""
    UNMET = "unmet"
    """未对上（只供查对的名单）."""
    DOUBTFUL = "doubtful"
    """待认定."""
    MERGED = "merged"
    """已认定与前一行为同一人."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How pairs are coded, and what people decided."""

    key: bytes | None
    decided: Mapping[str, str]

    def coded(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Pairs with their codes and decisions; that a row alone is the same as nothing is no decision."""
        told = coded(pairs, self.key, self.decided)
        empty = (pl.col("doubt") == Doubt.NUMBER) & (pl.col("judged") == Judged.SAME)
        return told.with_columns(pl.when(empty).then(pl.lit("")).otherwise("judged").alias("judged"))


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one comparison."""

    pairs: pl.DataFrame
    """Doubtful pairs with codes and decisions."""
    open: pl.DataFrame
    """Those of them that are still to be decided."""


def settle(desk: Desk, one: Comparison, given: tuple[str, ...], asked: Asked) -> Settled:
    """Compare; leaves tables `accounts_OF` and `found_KEY` on the desk.

    Args:
        desk: the lists, doubled numbers settled.
        one: the comparison.
        given: of the lists that clear a row those that are there.
        asked: codes and decisions.
    """
    desk.keep(f"settled_{one.key}", _settled, one.of, given)
    desk.keep(f"loose_{one.key}", _loose, one.key, one.of)
    loose = f"loose_{one.key}"
    told = [desk.ask(pairs_of, one.key, one.of, loose, other) for other in given]
    pairs = asked.coded(pl.concat([*told, desk.ask(alone, one.key, one.of, loose)]))
    ends = _ends(desk.ask(_lines_in, loose), pairs, given)
    desk.put(f"ends_{one.key}", ends)
    desk.keep(f"found_{one.key}", _found, one.key)
    desk.keep(f"accounts_{one.of}", _accounts, one.key, one.of)
    doubtful = ends.filter(pl.col("outcome") == Outcome.DOUBTFUL)["line"]
    return Settled(pairs, pairs.filter((pl.col("judged") == "") & pl.col("line").is_in(doubtful.implode())))


def cross(desk: Desk, one: Crossing, of: Comparison, asked: Asked) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Which of those a comparison found stand in a further list.

    Returns:
        line and standing (yes, doubtful, no) of each; and all pairs of them that were looked at, with codes and decisions.
    """
    at = f"crossed_{one.key}_{of.key}"
    desk.keep(at, _crossed, of.key, one.within)
    desk.keep(f"loose_{at}", _uncrossed, of.key, at)
    pairs = asked.coded(desk.ask(pairs_of, one.key, of.of, f"loose_{at}", one.within))
    by_line = pairs.group_by("line").agg(
        (pl.col("judged") == Judged.SAME).any().alias("same"), (pl.col("judged") == "").any().alias("open")
    )
    rows = desk.ask(_all_in, at).join(by_line, on="line", how="left")
    yes = pl.col("met").is_not_null() | pl.col("same").fill_null(value=False)
    doubtful = pl.col("open").fill_null(value=False)
    told = pl.when(yes).then(pl.lit("yes")).when(doubtful).then(pl.lit("doubtful")).otherwise(pl.lit("no"))
    return rows.select("line", told.alias("standing")), pairs


def refer(
    desk: Desk, name: str, lookers: tuple[str, ...], pairs: pl.DataFrame, still: pl.DataFrame, asked: Asked
) -> pl.DataFrame:
    """What became of the rows of a list that is only looked into; leaves a table `accounts_NAME` on the desk.

    Args:
        desk: the lists.
        name: the list.
        lookers: lists that look into it.
        pairs: all doubtful pairs.
        still: those that are not decided.
        asked: codes and decisions.

    Returns:
        Its rows without a number, each a question, with codes and decisions.
    """
    questions = asked.coded(desk.ask(alone, "", name, f"rows_{name}"))
    same = _lines(pairs.filter((pl.col("other") == name) & (pl.col("judged") == Judged.SAME)), "other_line")
    questions = questions.filter(~pl.col("line").is_in(same["line"].implode()))
    waiting = [
        _lines(still.filter(pl.col("other") == name), "other_line"),
        _lines(questions.filter(pl.col("judged") == ""), "line"),
    ]
    desk.put(f"same_{name}", same)
    desk.put(f"waiting_{name}", pl.concat(waiting).unique())
    desk.keep(f"accounts_{name}", _referred, name, lookers)
    return questions


def accounts_in(names: tuple[str, ...]) -> Any:
    """What became of every row of these lists: list, line, county, outcome, by."""
    columns = {"line": "int64", **dict.fromkeys(("list", "county", "outcome", "by"), "string")}
    tables: list[Any] = [ibis.table(columns, name=f"accounts_{one}") for one in names]
    return reduce(lambda one, other: one.union(other), tables).select("list", "line", "county", "outcome", "by")


def tally_of(names: tuple[str, ...]) -> Any:
    """How many rows came to what."""
    every = accounts_in(names)
    return every.group_by("list", "county", "outcome", "by").agg(rows=every.count())


def _met(rows: Any, others: Sequence[str]) -> Any:
    """Rows with `met`: the first list that has the same number and says nothing else of name and birth; null for none."""
    for place, other in enumerate(others):
        told = people(other)
        theirs = told.select(**{f"{one}_{place}": told[one] for one in ("key", "name", "born")})
        rows = rows.left_join(theirs, rows.key == theirs[f"key_{place}"])
    clear = list[tuple[Any, str]]()
    for place, other in enumerate(others):
        unlike = differs(rows.name, rows[f"name_{place}"]) | differs(rows.born, rows[f"born_{place}"])
        clear.append((rows[f"key_{place}"].notnull() & ~unlike, other))
    return rows.mutate(met=ibis.cases(*clear, else_=BLANK))


def _settled(of: str, given: tuple[str, ...]) -> Any:
    return _met(standing(of), given).select("line", "county", "standing", "met")


def _settled_table(key: str) -> Any:
    columns = {"line": "int64", **dict.fromkeys(("county", "standing", "met"), "string")}
    return ibis.table(columns, name=f"settled_{key}")


def _ends_table(key: str) -> Any:
    return ibis.table({"line": "int64", "outcome": "string", "by": "string"}, name=f"ends_{key}")


def _crossed_table(table: str) -> Any:
    return ibis.table({"line": "int64", "met": "string"}, name=table)


def _loose(key: str, of: str) -> Any:
    settled = _settled_table(key)
    left = settled.filter(settled.met.isnull() & settled.standing.isin(["clean", "bad"]))
    return rows_of(of).semi_join(left, "line")


def _lines_in(table: str) -> Any:
    return rows_in(table).select("line")


def _found(key: str) -> Any:
    ends = _ends_table(key)
    return rows_in(f"loose_{key}").semi_join(ends.filter(ends.outcome == Outcome.FOUND.value), "line")


def _accounts(key: str, of: str) -> Any:
    settled, ends = _settled_table(key), _ends_table(key)
    ended = ends.select(end_line=ends.line, end=ends.outcome, end_by=ends.by)
    joined = settled.left_join(ended, settled.line == ended.end_line)
    outcome = ibis.cases(
        (joined.standing == "crowded", Outcome.DOUBTFUL.value),
        (joined.standing == "merged", Outcome.MERGED.value),
        (joined.met.notnull(), Outcome.MET.value),
        else_=joined.end,
    )
    by = ibis.ifelse(joined.standing == "clean", ibis.coalesce(joined.met, joined.end_by), joined.end_by)
    return joined.select(list=ibis.literal(of), line=joined.line, county=joined.county, outcome=outcome, by=by)


def _crossed(key: str, within: str) -> Any:
    return _met(rows_in(f"found_{key}"), [within]).select("line", "met")


def _uncrossed(key: str, table: str) -> Any:
    told = _crossed_table(table)
    return rows_in(f"found_{key}").semi_join(told.filter(told.met.isnull()), "line")


def _all_in(table: str) -> Any:
    return _crossed_table(table)


def _referred(name: str, lookers: tuple[str, ...]) -> Any:
    rows = standing(name)
    if lookers:
        seen = [rows_of(one).select(seen_key="key") for one in lookers]
        keys = reduce(lambda one, other: one.union(other), seen).distinct()
        rows = rows.left_join(keys, rows.key == keys.seen_key)
    else:
        rows = rows.mutate(seen_key=BLANK)
    for word in ("same", "waiting"):
        lines = ibis.table({"line": "int64"}, name=f"{word}_{name}").select(**{word: "line"})
        rows = rows.left_join(lines, rows.line == lines[word])
    outcome = ibis.cases(
        (rows.standing == "crowded", Outcome.DOUBTFUL.value),
        (rows.standing == "merged", Outcome.MERGED.value),
        (rows.seen_key.notnull() | rows.same.notnull(), Outcome.MET.value),
        (rows.waiting.notnull(), Outcome.DOUBTFUL.value),
        else_=Outcome.UNMET.value,
    )
    return rows.select(list=ibis.literal(name), line=rows.line, county=rows.county, outcome=outcome, by=BLANK)


def _lines(pairs: pl.DataFrame, column: str) -> pl.DataFrame:
    return pairs.select(pl.col(column).cast(pl.Int64).alias("line")).drop_nulls().unique()


def _ends(loose: pl.DataFrame, pairs: pl.DataFrame, given: Sequence[str]) -> pl.DataFrame:
    """What becomes of rows that no number cleared: line, outcome, by."""
    order = pl.col("other").replace_strict(
        {one: place for place, one in enumerate(given)}, default=None, return_dtype=pl.Int64
    )
    same = pl.col("judged") == Judged.SAME
    by_line = pairs.group_by("line").agg(
        order.filter(same).min().alias("place"), (pl.col("judged") == "").any().alias("open")
    )
    told = loose.join(by_line, on="line", how="left")
    by = pl.col("place").replace_strict(dict(enumerate(given)), default=None, return_dtype=pl.String)
    outcome = (
        pl.when(pl.col("place").is_not_null())
        .then(pl.lit(Outcome.MET.value))
        .when(pl.col("open").fill_null(value=False))
        .then(pl.lit(Outcome.DOUBTFUL.value))
        .otherwise(pl.lit(Outcome.FOUND.value))
    )
    return told.select("line", outcome.alias("outcome"), by.alias("by"))
