"""Which rows make a figure: the classes that are too large, the schools that fall short, the townships that are blank."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from luoshi.measuring.answers import Answerer, Answers
from luoshi.measuring.asking import COUNTY, SCHOOL, Ask, asides_of, condition, joined_rows
from luoshi.measuring.contributing import PLACE
from luoshi.measuring.engines import Engine, Sums
from luoshi.measuring.grouping import contributions, explained, pairs
from luoshi.measuring.tables import Tables, table_named
from luoshi.spine import Return
from luoshi.words.measures import Blank, Covered, Measure, Passing, PerPupil, Rate, Term, Total, Variation
from luoshi.words.returns import Beside, ReturnColumn, told
from luoshi.words.returns.expressions import parts
from luoshi.words.units import Celled, CountiesPassing

AMOUNT = "_amount"
PERSONS = frozenset({"person", "pupil"})
"""Keys that stand for a person: such rows are told by school, never one by one."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Rows behind a figure."""

    rows: pl.DataFrame
    """Those that count most, first."""
    headings: Mapping[str, str]
    """Chinese headings of its columns, in their order."""
    total: int
    """How many there are, though fewer are given."""


def explain(  # noqa: PLR0913  # which figure, from what, how much of it: each by its name
    measure: Measure,
    tables: Tables,
    *,
    year: int,
    division: str = "",
    values: Mapping[str, Decimal] | None = None,
    most: int = 200,
    also: Collection[str] = (),
    engine: Sums = Engine.DUCKDB,
) -> Explained:
    """The rows that make a figure, or that break it.

    Args:
        measure: which.
        tables: where the rows are.
        year: of the figure.
        division: code of a county or of a school; all without.
        values: of parameters.
        most: rows at most.
        also: names of columns that are shown too, where the return has them.
        engine: what looks.
    """
    answers = Answers(year)
    with closing(Answerer(tables, engine)) as answerer:
        if isinstance(measure, Total | Rate) and not PERSONS & set(measure.of.keys):
            columns = _looked_at(measure.terms()[0], also)
            found, headings = _rows(measure, year, columns, values or {}, answerer)
            found = found.filter(_inside(tuple(headings.keys() & {SCHOOL, COUNTY}), division)) if division else found
        elif isinstance(measure, Celled):
            found, headings = explained(measure, answers, answerer, division, values or {})
        else:
            for term, known in pairs(measure):
                answers.want(term, known)
            answers.put(answerer, values or {})
            found, headings = _units(measure, contributions(measure, answers, answerer, values or {}), division)
    return Explained(found.head(most), headings, found.height)


def _units(measure: Measure, frame: pl.DataFrame, division: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """Schools, or townships, with part and whole."""
    name = PLACE if isinstance(measure, Blank) else SCHOOL
    chosen = frame.filter(_inside((name, COUNTY), division)) if division else frame
    if isinstance(measure, Blank):
        blank = 0 if isinstance(measure, Covered) else 1
        return chosen.filter(pl.col("part") == blank).select(PLACE, COUNTY).sort(PLACE), {
            PLACE: "乡镇代码",
            COUNTY: "区划代码",
        }
    if isinstance(measure, CountiesPassing):
        chosen = chosen.filter(pl.col("part") < pl.col("whole"))
    there = [one for one in ("part", "whole") if one in chosen.columns]
    summed = (
        chosen.group_by(SCHOOL, COUNTY)
        .agg(*(pl.col(one).sum() for one in there), pl.col("used").sum())
        .filter(pl.col("used") > 0)
    )
    if isinstance(measure, Passing):
        summed = summed.filter(pl.col("part") == 0)
    falling = measure.better == "lower"
    if isinstance(measure, PerPupil | Variation | Rate) and "whole" in there:
        quotient = pl.col("part").cast(pl.Float64) / pl.col("whole").cast(pl.Float64)
        summed = summed.filter(pl.col("whole") != 0).sort(quotient, SCHOOL, descending=[falling, False])
    else:
        summed = summed.sort(pl.col("part").cast(pl.Float64), SCHOOL, descending=[True, False])
    headings = {SCHOOL: "学校标识码", COUNTY: "区划代码", "part": "分子", "whole": "分母"}
    return summed.select(SCHOOL, COUNTY, *there), {one: headings[one] for one in (SCHOOL, COUNTY, *there)}


def _rows(
    measure: Measure,
    year: int,
    columns: Sequence[ReturnColumn],
    values: Mapping[str, Decimal],
    answerer: Answerer,
) -> tuple[pl.DataFrame, dict[str, str]]:
    """Rows of the return that the part is made of; where more is better and a row holds or not, those that do not hold."""
    term = measure.terms()[0]
    ask = Ask(term)
    joined = joined_rows(term.of, year - term.years_back, list(asides_of(ask)), values)
    amount = told(term.amount, joined.column)
    holds = bool(amount.type().is_boolean())
    wanted = ~amount if holds and measure.better == "higher" else amount if holds else amount != 0
    asked = joined.table.select(
        **{one.name: joined.table[one.name] for one in columns}, **{AMOUNT: amount.cast("int64") if holds else amount}
    ).filter(condition(joined, term.where) & wanted)
    needs = {table_named(of, at): (of, at) for of, at in _tables(term, year, ask)}
    found = answerer.ask(asked, needs)
    headings = {one.name: one.label for one in columns}
    if not holds:
        headings[AMOUNT] = measure.label
    ordered = found.sort(
        pl.col(AMOUNT).cast(pl.Float64), *term.of.keys, descending=[True, *(False for _ in term.of.keys)]
    )
    return ordered.select(list(headings)), headings


def _tables(term: Term, year: int, ask: Ask) -> list[tuple[type[Return], int]]:
    answers = Answers(year)
    answers.want(ask.term)
    return list(answers.needs(term).values())


def _inside(names: tuple[str, ...], division: str) -> pl.Expr:
    return pl.any_horizontal([pl.col(name) == division for name in names]).fill_null(False)


def _looked_at(term: Term, also: Collection[str]) -> list[ReturnColumn]:
    """Keys, school and county, what is wanted too, then the columns the term is made of."""
    met = [one for value in (term.amount, term.where) for one in parts(value)]
    mine = [one for one in met if isinstance(one, ReturnColumn)]
    beside = [column for one in met if isinstance(one, Beside) for column in one.on if isinstance(column, ReturnColumn)]
    first = [*term.of.keys, *(name for name in (SCHOOL, COUNTY) if name in term.of.columns)]
    wanted = [name for name in also if name in term.of.columns]
    named = dict.fromkeys([*first, *wanted, *(one.name for one in (*mine, *beside))])
    return [term.of.columns[name] for name in named]
