"""What each school, county or township adds to a measure; divisions are then only sums of these.

A frame of contributions: school, county, place (each empty where it is not told), part, whole, rows, used, known (rows of the whole
that are in its sum), and part_against, whole_against of a comparison.
"""

from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from typing import Any

import polars as pl

from luoshi.measuring.answers import Answerer, Answers
from luoshi.measuring.asking import COUNTY, SCHOOL
from luoshi.measuring.moments import Number
from luoshi.measuring.passing import passed
from luoshi.measuring.tables import ibis_named, table_named
from luoshi.spine import Return
from luoshi.words.measures import Blank, Comparison, Covered, Measure, Passing, PerPupil, Rate, Term, Total, Variation
from luoshi.words.returns import told
from luoshi.words.returns.joining import name_of

PLACE = "place"
_SHARE = Context(prec=34)
_SHARES = Decimal("1e-12")
"""Shares of what stages share are reckoned to 12 places."""


def pairs(measure: Measure) -> Iterator[tuple[Term, Term | None]]:
    """Every term with the one that has to be known in its row."""
    if isinstance(measure, Rate) and measure.together:
        part, whole = measure.terms()
        yield part, whole
        yield whole, part
    elif isinstance(measure, Comparison):
        yield from pairs(measure.one)
        yield from pairs(measure.other)
    elif not isinstance(measure, Blank):
        yield from ((term, None) for term in measure.terms())


def contributions(
    measure: Measure, answers: Answers, answerer: Answerer, values: Mapping[str, Decimal] | None = None
) -> pl.DataFrame:
    """What each unit adds to a measure; values of parameters are for what is judged school by school."""
    if isinstance(measure, Blank):
        return _blank(measure, answers, answerer)
    if isinstance(measure, Passing):
        return _placed(passed(measure, [_per_pupil(one.of, answers) for one in measure.standards], values or {}))
    if isinstance(measure, Variation):
        return _per_pupil(measure.between, answers)
    if isinstance(measure, PerPupil):
        return _per_pupil(measure, answers)
    if isinstance(measure, Total):
        return _placed(answers.sums(*measure.terms()).rename({"sum": "part"}))
    if isinstance(measure, Comparison):
        one, other = (contributions(rate, answers, answerer) for rate in (measure.one, measure.other))
        renamed = {"part": "part_against", "whole": "whole_against", "used": "used_against", "known": "known_against"}
        return pl.concat([one, other.rename(renamed).drop("rows")], how="diagonal_relaxed")
    assert isinstance(measure, Rate)  # noqa: S101  # nothing else is left
    return _rate(measure, answers)


def _rate(measure: Rate, answers: Answers) -> pl.DataFrame:
    part, whole = measure.terms()
    also = (whole, part) if measure.together else (None, None)
    above = answers.sums(part, also[0]).rename({"sum": "part"})
    below = answers.sums(whole, also[1]).rename({"sum": "whole", "used": "known"}).drop("rows")
    return _placed(pl.concat([above, below], how="diagonal_relaxed"))


def _per_pupil(measure: PerPupil, answers: Answers) -> pl.DataFrame:
    """School by school: where both are known and there are heads; the others are asked rows that add nothing."""
    terms = measure.terms()
    below = answers.sums(terms[1]).select(SCHOOL, COUNTY, whole="sum", known="used").filter(pl.col("whole") > 0)
    above = answers.sums(terms[0]).select(SCHOOL, part="sum", used="used")
    joined = below.join(above, on=SCHOOL, how="left").with_columns(pl.col("used").fill_null(0))
    if measure.shared:
        every = answers.sums(terms[2]).select(SCHOOL, every="sum")
        joined = joined.join(every, on=SCHOOL, how="left")
        joined = joined.with_columns(_shared(joined)).drop("every")
    known = (pl.col("used") > 0) & (pl.col("known") > 0)
    flags = known.cast(pl.Int64)
    return _placed(
        joined.with_columns(
            part=pl.when(known).then("part"),
            whole=pl.when(known).then("whole"),
            rows=pl.lit(1, pl.Int64),
            used=flags,
            known=flags,
        )
    )


def _shared(joined: pl.DataFrame) -> pl.Series:
    told = joined.select("part", "whole", "every").iter_rows()
    return pl.Series("part", [share(*row) for row in told], pl.Decimal(38, 12))


def share(part: Number | None, whole: Number, every: Number | None) -> Decimal | None:
    """What a stage gets of what a school has: the share of its heads."""
    if part is None or every is None:
        return None
    if whole == every:
        return Decimal(part)
    return _SHARE.divide(_SHARE.multiply(Decimal(part), Decimal(whole)), Decimal(every)).quantize(
        _SHARES, context=_SHARE
    )


def _blank(measure: Blank, answers: Answers, answerer: Answerer) -> pl.DataFrame:
    """One row for each place of the register: 1 where nothing in it holds, or of what is covered where something does."""
    there, found = (
        answerer.ask(asked, {table_named(of, answers.year): (of, answers.year)})
        for of, asked in blank_questions(measure, answers.year)
    )
    named = there.filter(pl.col("_in") & pl.col(PLACE).is_not_null()).group_by(PLACE).agg(pl.col(COUNTY).min())
    filled = found.filter(pl.col("_holds")).select(PLACE).unique()
    there_is = pl.col(PLACE).is_in(filled[PLACE].implode())
    blank = (there_is if isinstance(measure, Covered) else ~there_is).cast(pl.Int64)
    one = pl.lit(1, pl.Int64)
    none = pl.lit(None, pl.String)
    return named.select(none.alias(SCHOOL), COUNTY, PLACE, part=blank, whole=one, rows=one, used=one, known=one)


def blank_questions(measure: Blank, year: int) -> tuple[tuple[type[Return], Any], tuple[type[Return], Any]]:
    """What is asked of the register, and of the return whose rows must hold: each with its Ibis expression."""
    holds, places = measure.terms()
    register = places.of
    wanted = {PLACE: measure.place, COUNTY: register.columns[COUNTY], "_in": measure.within}
    return (
        (register, _chosen(register, year, wanted)),
        (holds.of, _chosen(holds.of, year, {PLACE: measure.at, "_holds": measure.holds})),
    )


def _chosen(of: type[Return], year: int, wanted: dict[str, Any]) -> Any:
    rows = ibis_named(of, year)
    return rows.select(
        **{name: told(one, lambda column: rows[name_of(column)]) for name, one in wanted.items()}
    ).distinct()


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, pl.String).alias(PLACE))
