"""Lists of persons held against one another on exact numbers: who is missing where, and what a person has to decide."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any

import polars as pl

from luoshi.matching.deciding import Decision, by_pair, refuse_short
from luoshi.matching.given import Listed, refuse_unfit
from luoshi.matching.rows import Desk
from luoshi.matching.settling import Asked, Outcome, Settled, cross, referred, settle
from luoshi.matching.telling import doubts_told, findings_told, remarks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.lists import Comparison, ListPlan


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it."""

    plan: ListPlan
    findings: pl.DataFrame
    """One row a child and comparison: comparison, label, list, line, county, school, name, number, code, reason, and of each crossing
    yes, no or doubtful. Names and numbers are masked unless the whole was asked for; code is null without a key."""
    doubts: pl.DataFrame
    """One row a pair, or a row alone, that a person decides: comparison, doubt, list, line, county, name, number, other, other_line,
    other_county, other_name, other_number, pair (its lasting code), reason."""
    tally: pl.DataFrame
    """Every row of every list once: list, county, outcome, by (the list that cleared it), rows."""
    told: tuple[Finding, ...]
    """Lists that were not there and what that means; decisions that met no pair."""
    trace: pl.DataFrame | None = None
    """Row by row, where it was asked for: list, line, county, outcome, by."""

    def of(self, county: str) -> "Compared":
        """What a county is given: its own rows alone."""
        mine = pl.col("county") == county
        trace = None if self.trace is None else self.trace.filter(mine)
        return Compared(
            self.plan, self.findings.filter(mine), self.doubts.filter(mine), self.tally.filter(mine), self.told, trace
        )

    def counts(self) -> pl.DataFrame:
        """By county: found by each comparison and crossing, and rows that are doubtful (of lists that are asked about)."""
        told = [
            self.findings.filter(pl.col("comparison") == one.key).group_by("county").agg(pl.len().alias(one.key))
            for one in self.plan.comparisons
        ]
        told += [
            self.findings.filter(pl.col(one.key) == "yes").group_by("county").agg(pl.len().alias(one.key))
            for one in self.plan.crossings
        ]
        doubtful = self.tally.filter(pl.col("outcome") == Outcome.DOUBTFUL).group_by("county")
        told.append(doubtful.agg(pl.col("rows").sum().alias("doubtful")))
        counties = self.tally.select("county").unique()
        joined = reduce(lambda one, other: one.join(other, on="county", how="left"), told, counties)
        return joined.with_columns(pl.exclude("county").fill_null(0).cast(pl.Int64)).sort("county")

    def share(self, comparison: str, county: str | None = None) -> Fraction | None:
        """Fulfilled ÷ (fulfilled + found), unrounded: of disabled children those placed; None where there are none.

        Rows that are excused or doubtful are in neither.

        Args:
            comparison: key, as not_placed.
            county: one county alone.
        """
        one = next(each for each in self.plan.comparisons if each.key == comparison)
        rows = self.tally.filter(pl.col("list") == one.of)
        if county is not None:
            rows = rows.filter(pl.col("county") == county)
        placed = int(rows.filter((pl.col("outcome") == Outcome.MET) & pl.col("by").is_in(one.fulfils))["rows"].sum())
        left = int(rows.filter(pl.col("outcome") == Outcome.FOUND)["rows"].sum())
        return Fraction(placed, placed + left) if placed + left else None


def compare(  # noqa: PLR0913  # what is compared, and how it may be told: each by its name
    lists: Sequence[Listed],
    plan: ListPlan,
    *,
    on: date,
    key: bytes | None = None,
    decisions: Collection[Decision] = (),
    whole: bool = False,
    county: str | None = None,
    trace: bool = False,
) -> Compared:
    """Compare the lists that are given, as far as they reach.

    Args:
        lists: at most one of each kind.
        plan: what lists there are and what is compared.
        on: the day the lists are of; nobody is born after it.
        key: of the bureau, at least 16 bytes; makes lasting codes of children and pairs. Without it no decision can be kept.
        decisions: what people decided of doubtful pairs of an earlier run.
        whole: names and numbers as they stand in the lists, not masked.
        county: give that county's rows alone; the others are compared all the same, so it is the county's part of the whole.
        trace: tell what became of each row.

    Raises:
        RefusedError: lists that cannot be compared, a key too short, decisions without a key or against one another.
    """
    refuse_unfit(plan, lists)
    if key is not None:
        refuse_short(key)
    elif decisions:
        what, rule = "给出了认定，没有给出密钥", "一对的代码由密钥算出，没有密钥对不上"
        raise RefusedError(Finding("认定", what, rule, "请给出上次比对所用的密钥"))
    asked = Asked(key, by_pair(decisions))
    with closing(Desk(lists, on)) as desk:
        told = _compared(desk, plan, asked, whole=whole, trace=trace)
    return told if county is None else told.of(county)


def _compared(desk: Desk, plan: ListPlan, asked: Asked, *, whole: bool, trace: bool) -> Compared:
    doubles = desk.settle_doubles(asked.key, asked.decided)
    active = [one for one in plan.comparisons if {one.of, one.against} <= desk.rows.keys()]
    settled = {one.key: _settled(desk, one, asked) for one in active}
    crossings, crossed = _crossings(desk, plan, active, settled, asked)
    pairs = pl.concat([one.pairs for one in settled.values()] + [told for told in crossed if told is not None])
    still = pl.concat([*(one.open for one in settled.values()), *_open_crossed(crossings, crossed)])
    accounts, questions = [one.accounts for one in settled.values()], list[pl.DataFrame]()
    for name in desk.rows.keys() - {one.of for one in active}:
        lookers = [of for of, other in plan.pairs() if other == name and of in desk.rows]
        account, open_ = referred(desk, name, list(dict.fromkeys(lookers)), pairs, still, asked)
        accounts.append(account)
        questions.append(open_)
    every: Any = reduce(lambda one, other: one.union(other), accounts)
    tally = desk.ask(every.group_by("list", "county", "outcome", "by").agg(rows=every.count()))
    open_ = pl.concat([doubles.filter(pl.col("judged") == ""), still, *questions])
    used = {*doubles["pair"].to_list(), *pairs["pair"].to_list(), *(code for one in questions for code in one["pair"])}
    frames = [findings_told(desk, one, settled[one.key].found, plan, crossings, asked.key, whole=whole) for one in active]
    return Compared(
        plan,
        pl.concat(frames).sort("comparison", "county", "line"),
        doubts_told(open_, plan, whole=whole),
        tally.sort("list", "county", "outcome", "by"),
        remarks(plan, desk.rows.keys(), active, set(asked.decided) - used),
        desk.ask(every).sort("list", "line") if trace else None,
    )


def _settled(desk: Desk, one: Comparison, asked: Asked) -> Settled:
    return settle(desk, one, [each for each in one.clearing if each in desk.rows], asked)


def _crossings(
    desk: Desk, plan: ListPlan, active: Sequence[Comparison], settled: Mapping[str, Settled], asked: Asked
) -> tuple[dict[tuple[str, str], pl.DataFrame], list[pl.DataFrame]]:
    """Standings by crossing and comparison, and the pairs each of them looked at."""
    told, pairs = dict[tuple[str, str], pl.DataFrame](), list[pl.DataFrame]()
    for one in plan.crossings:
        for of in active:
            if of.key in one.of and one.within in desk.rows:
                standing, looked = cross(desk, one, of, settled[of.key].found, asked)
                told[one.key, of.key] = standing
                pairs.append(looked)
    return told, pairs


def _open_crossed(standings: Mapping[tuple[str, str], pl.DataFrame], pairs: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    """Pairs of rows that are found and of which it is not known whether they stand in the further list."""
    told = list[pl.DataFrame]()
    for standing, looked in zip(standings.values(), pairs, strict=True):
        doubtful = standing.filter(pl.col("standing") == "doubtful")["line"]
        told.append(looked.filter((pl.col("judged") == "") & pl.col("line").is_in(doubtful.implode())))
    return told
