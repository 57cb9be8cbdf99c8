"""Lists of persons held against one another on exact numbers: who is missing where, and what a person has to decide."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce

import polars as pl

from luoshi.matching.deciding import Decision, by_pair, refuse_short
from luoshi.matching.desk import Desk, texts
from luoshi.matching.given import Listed, refuse_unfit
from luoshi.matching.rows import GIVEN, prepared, settle_doubles
from luoshi.matching.settling import Asked, Outcome, accounts_in, cross, refer, settle, tally_of
from luoshi.matching.telling import doubts_told, findings_told, remarks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.lists import ListPlan


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it."""

    plan: ListPlan
    findings: pl.DataFrame
    """One row a child and comparison: comparison, label, list, line, county, school, name, number, code, reason, and of each crossing
    yes, no or doubtful. Names and numbers are masked unless the whole was asked for; code is null without a key."""
    doubts: pl.DataFrame
    """One row a doubtful row and what it is doubtful beside; `questions` has each pair once. Columns: comparison, doubt, list, line, county, name, number, other, other_line,
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

    def questions(self) -> pl.DataFrame:
        """The doubts with every pair once: two rows that are doubtful because of one another are one question."""
        left, right = (
            pl.format("{} {}", "list", "line"),
            pl.format("{} {}", "other", pl.col("other_line").fill_null(-1)),
        )
        sides = self.doubts.with_columns(
            pl.min_horizontal(left, right).alias("_low"), pl.max_horizontal(left, right).alias("_high")
        )
        return sides.unique(["_low", "_high"], keep="first", maintain_order=True).drop("_low", "_high")

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
    with closing(Desk()) as desk:
        for one in lists:
            desk.give("given", texts(one, GIVEN))
            desk.keep(f"rows_{one.key}", prepared, on)
            desk.take_back("given")
        told = _compared(desk, frozenset(one.key for one in lists), plan, asked, whole=whole, trace=trace)
    return told if county is None else told.of(county)


def _compared(desk: Desk, given: frozenset[str], plan: ListPlan, asked: Asked, *, whole: bool, trace: bool) -> Compared:
    doubles = [settle_doubles(desk, name, asked.key, asked.decided) for name in sorted(given)]
    active = [one for one in plan.comparisons if {one.of, one.against} <= given]
    settled = {
        one.key: settle(desk, one, tuple(each for each in one.clearing if each in given), asked) for one in active
    }
    crossed = {
        (one.key, of.key): cross(desk, one, of, asked)
        for one in plan.crossings
        for of in active
        if of.key in one.of and one.within in given
    }
    pairs = pl.concat([*(one.pairs for one in settled.values()), *(looked for _, looked in crossed.values())])
    still = pl.concat([*(one.open for one in settled.values()), *(_open(*one) for one in crossed.values())])
    questions = [
        refer(desk, name, _lookers(plan, name, given), pairs, still, asked)
        for name in sorted(given - {one.of for one in active})
    ]
    met = pl.concat([*doubles, pairs, *questions]).select("pair", "judged")
    undecided = pl.concat([one.filter(pl.col("judged") == "") for one in (*doubles, still, *questions)])
    standings = {at: standing for at, (standing, _) in crossed.items()}
    frames = [findings_told(desk, one, given, plan, standings, asked.key, whole=whole) for one in active]
    names = tuple(sorted(given))
    return Compared(
        plan,
        pl.concat(frames).sort("comparison", "county", "line"),
        doubts_told(undecided, plan, whole=whole),
        desk.ask(tally_of, names).sort("list", "county", "outcome", "by"),
        remarks(plan, given, active, asked.decided.keys() - set(met["pair"].to_list())),
        desk.ask(accounts_in, names).sort("list", "line") if trace else None,
    )


def _lookers(plan: ListPlan, name: str, given: frozenset[str]) -> tuple[str, ...]:
    """Lists that look into this one."""
    return tuple(dict.fromkeys(of for of, other in plan.pairs() if other == name and of in given))


def _open(standing: pl.DataFrame, looked: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows that are found and of which it is not known whether they stand in the further list."""
    doubtful = standing.filter(pl.col("standing") == "doubtful")["line"]
    return looked.filter((pl.col("judged") == "") & pl.col("line").is_in(doubtful.implode()))
