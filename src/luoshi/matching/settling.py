"""One comparison: rows that other lists clear, pairs that are doubtful, and who is left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

import ibis
import polars as pl

from luoshi.matching.deciding import Doubt, Judged, coded
from luoshi.matching.pairing import alone, differs, pairs_of
from luoshi.matching.rows import BLANK, FALSE, Desk
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

    accounts: Any
    """Ibis: list, line, county, outcome, by."""
    found: Any
    """Ibis: rows that nothing clears."""
    pairs: pl.DataFrame
    """Doubtful pairs with codes and decisions."""
    open: pl.DataFrame
    """Those of them that are still to be decided."""


def settle(desk: Desk, one: Comparison, given: Sequence[str], asked: Asked) -> Settled:
    """Compare.

    Args:
        desk: the lists, doubled numbers settled.
        one: the comparison.
        given: of the lists that clear a row those that are there.
        asked: codes and decisions.
    """
    rows = desk.standing(one.of)
    met = _met(desk, rows, given)
    settled = desk.keep(f"settled_{one.key}", met.select("line", "county", "standing", "met"))
    left = settled.filter(settled.met.isnull() & settled.standing.isin(["clean", "bad"])).select("line")
    loose = desk.keep(f"loose_{one.key}", desk.rows[one.of].semi_join(left, "line"))
    told = [pairs_of(desk, one.key, one.of, loose, other) for other in given]
    pairs = asked.coded(pl.concat([*told, desk.ask(alone(loose, one.key, one.of))]))
    ends = desk.put(f"ends_{one.key}", _ends(desk.ask(loose.select("line", "flaw")), pairs, given))
    found = desk.keep(f"found_{one.key}", loose.semi_join(ends.filter(ends.outcome == Outcome.FOUND.value), "line"))
    ended = ends.rename(end_line="line", end="outcome")
    joined = settled.left_join(ended, settled.line == ended.end_line)
    accounts = joined.select(
        list=ibis.literal(one.of),
        line=joined.line,
        county=joined.county,
        outcome=ibis.cases(
            (joined.standing == "crowded", Outcome.DOUBTFUL.value),
            (joined.standing == "merged", Outcome.MERGED.value),
            (joined.met.notnull(), Outcome.MET.value),
            else_=joined.end,
        ),
        by=ibis.ifelse(joined.standing == "clean", ibis.coalesce(joined.met, joined.by), joined.by),
    )
    doubtful = desk.ask(ends.filter(ends.outcome == Outcome.DOUBTFUL.value).select("line"))
    still = pairs.filter((pl.col("judged") == "") & pl.col("line").is_in(doubtful["line"].implode()))
    return Settled(accounts, found, pairs, still)


def cross(desk: Desk, one: Crossing, of: Comparison, found: Any, asked: Asked) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Which of those found stand in a further list.

    Returns:
        line and standing (yes, doubtful, no) of each; and all pairs of them that were looked at, with codes and decisions.
    """
    cleared = _met(desk, found, [one.within])
    told = desk.keep(f"crossed_{one.key}_{of.key}", cleared.select("line", "met"))
    loose = found.semi_join(told.filter(told.met.isnull()).select("line"), "line")
    pairs = asked.coded(pairs_of(desk, one.key, of.of, loose, one.within))
    by_line = pairs.group_by("line").agg(
        (pl.col("judged") == Judged.SAME).any().alias("same"), (pl.col("judged") == "").any().alias("open")
    )
    rows = desk.ask(told).join(by_line, on="line", how="left")
    yes = pl.col("met").is_not_null() | pl.col("same").fill_null(value=False)
    doubtful = pl.col("open").fill_null(value=False)
    standing = pl.when(yes).then(pl.lit("yes")).when(doubtful).then(pl.lit("doubtful")).otherwise(pl.lit("no"))
    return rows.select("line", standing.alias("standing")), pairs


def referred(desk: Desk, name: str, lookers: Sequence[str], pairs: pl.DataFrame, still: pl.DataFrame, asked: Asked) -> tuple[Any, pl.DataFrame]:
    """What became of the rows of a list that is only looked into.

    Args:
        desk: the lists.
        name: the list.
        lookers: lists that look into it.
        pairs: all doubtful pairs.
        still: those that are not decided.
        asked: codes and decisions.

    Returns:
        As `Settled.accounts`; and its rows without a number that are to be decided by themselves.
    """
    rows = desk.standing(name)
    questions = asked.coded(desk.ask(alone(rows, "", name)))
    same = _lines(pairs.filter((pl.col("other") == name) & (pl.col("judged") == Judged.SAME)), "other_line")
    waiting = _lines(still.filter(pl.col("other") == name), "other_line")
    undecided = questions.filter((pl.col("judged") == "") & ~pl.col("line").is_in(same["line"].implode()))
    tables = {
        "same": desk.put(f"same_{name}", same),
        "waiting": desk.put(f"waiting_{name}", pl.concat([waiting, _lines(undecided, "line")]).unique()),
    }
    seen = [desk.rows[one].select(seen_key=desk.rows[one].key) for one in lookers]
    if seen:
        keys = reduce(lambda one, other: one.union(other), seen).distinct()
        rows = rows.left_join(keys, rows.key == keys.seen_key)
    else:
        rows = rows.mutate(seen_key=BLANK)
    for word, table in tables.items():
        lines = table.select(**{word: table.line})
        rows = rows.left_join(lines, rows.line == lines[word])
    outcome = ibis.cases(
        (rows.standing == "crowded", Outcome.DOUBTFUL.value),
        (rows.standing == "merged", Outcome.MERGED.value),
        (rows.seen_key.notnull() | rows.same.notnull(), Outcome.MET.value),
        (rows.waiting.notnull(), Outcome.DOUBTFUL.value),
        else_=Outcome.UNMET.value,
    )
    accounts = rows.select(list=ibis.literal(name), line=rows.line, county=rows.county, outcome=outcome, by=BLANK)
    return accounts, undecided


def _lines(pairs: pl.DataFrame, column: str) -> pl.DataFrame:
    return pairs.select(pl.col(column).cast(pl.Int64).alias("line")).drop_nulls().unique()


def _met(desk: Desk, rows: Any, others: Sequence[str]) -> Any:
    """Rows with `met`: the first list that has the same number and says nothing else of name and birth; null for none."""
    clear = list[tuple[Any, str]]()
    for place, other in enumerate(others):
        people = desk.people(other)
        theirs = people.select(**{f"{one}_{place}": people[one] for one in ("key", "name", "born")})
        rows = rows.left_join(theirs, rows.key == theirs[f"key_{place}"])
    for place, other in enumerate(others):
        unlike = differs(rows.name, rows[f"name_{place}"]) | differs(rows.born, rows[f"born_{place}"])
        clear.append((rows[f"key_{place}"].notnull() & ~unlike, other))
    return rows.mutate(met=ibis.cases(*clear, else_=BLANK) if clear else BLANK)


def _ends(loose: pl.DataFrame, pairs: pl.DataFrame, given: Sequence[str]) -> pl.DataFrame:
    """What becomes of rows that no number cleared: line, outcome, by."""
    order = pl.col("other").replace_strict(
        {one: place for place, one in enumerate(given)}, default=None, return_dtype=pl.Int64
    )
    same = pl.col("judged") == Judged.SAME
    by_line = pairs.group_by("line").agg(
        order.filter(same).min().alias("place"), (pl.col("judged") == "").any().alias("open")
    )
    told = loose.select("line").join(by_line, on="line", how="left")
    by = pl.col("place").replace_strict(dict(enumerate(given)), default=None, return_dtype=pl.String)
    outcome = (
        pl.when(pl.col("place").is_not_null())
        .then(pl.lit(Outcome.MET.value))
        .when(pl.col("open").fill_null(value=False))
        .then(pl.lit(Outcome.DOUBTFUL.value))
        .otherwise(pl.lit(Outcome.FOUND.value))
    )
    return told.select("line", outcome.alias("outcome"), by.alias("by"))


__all__ = ["FALSE", "Asked", "Outcome", "Settled", "cross", "referred", "settle"]
