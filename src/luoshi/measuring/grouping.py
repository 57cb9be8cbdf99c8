"""What counties add to measures that look at groups first: cells of like people, counties that pass, posts rounded up.

Cells are asked of the engine in a question of their own, by county and cell; what is left to do is small and done here.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from luoshi.measuring import contributing
from luoshi.measuring.answers import Answerer, Answers
from luoshi.measuring.asking import COUNTY, SCHOOL, Ask, asides_of, condition, joined_rows
from luoshi.measuring.contributing import PLACE, share
from luoshi.measuring.summing import DIVISION, moments, squares_of, summed
from luoshi.measuring.tables import table_named
from luoshi.spine import Return
from luoshi.words.measures import Comparison, Measure, Rate, Term, Total, Variation
from luoshi.words.returns import Threshold, told
from luoshi.words.units import Celled, CellsPassing, CountiesPassing, Posts, Weighted

Values = Mapping[str, Decimal]
_SUMS = pl.Schema({COUNTY: pl.String(), "part": pl.Decimal(38, 12), "whole": pl.Decimal(38, 12)})


def pairs(measure: Measure) -> Iterator[tuple[Term, Term | None]]:
    """Every term that is summed by school, with the one that has to be known in its row; cells ask for themselves."""
    if isinstance(measure, CountiesPassing):
        yield from pairs(measure.judged)
    elif not isinstance(measure, Celled):
        yield from contributing.pairs(measure)


def of_rows(measure: Measure) -> bool:
    """Whether it is a sum of rows, or one sum over another, so that no school has to be known by itself."""
    return isinstance(measure, Total | Rate | Comparison)


def contributions(measure: Measure, answers: Answers, answerer: Answerer, values: Values) -> pl.DataFrame:
    """What each unit adds to a measure of any kind."""
    if isinstance(measure, Celled):
        return _of_cells(measure, cells(measure, answers.year, answerer, values))
    if isinstance(measure, CountiesPassing):
        return _passing(measure, contributions(measure.judged, answers, answerer, values), values)
    if isinstance(measure, Posts):
        return _posts(measure, answers, values)
    return contributing.contributions(measure, answers, answerer, values)


def needs(measure: Celled, year: int) -> dict[str, tuple[type[Return], int]]:
    """Tables that cells are asked of."""
    named = dict[str, tuple[type[Return], int]]()
    for term in measure.terms():
        named |= _tables(Ask(term), year)
    return named


def why_not(measure: Measure, *, by_school: bool, by_township: bool) -> str:
    """Why a kind of measure has no figure of schools or townships; empty when it has."""
    if isinstance(measure, Celled):
        return "按县(市、区)内各组比较，不分学校、乡镇" if by_school or by_township else ""
    if isinstance(measure, CountiesPassing):
        return "按县(市、区)判定，不分学校、乡镇" if by_school or by_township else ""
    if isinstance(measure, Posts) and not measure.by_school:
        return "编制按县(市、区)总数核定，不分学校、乡镇" if by_school or by_township else ""
    return ""


def explained(
    measure: Celled, answers: Answers, answerer: Answerer, division: str, values: Values
) -> tuple[pl.DataFrame, dict[str, str]]:
    """The cells behind a figure with both sides' sums, and headings: those that fall short first, then those nobody stands against."""
    shape = measure.between if isinstance(measure, CellsPassing) else measure
    frame = cells(measure, answers.year, answerer, values)
    chosen = frame.filter(pl.col(COUNTY) == division) if division else frame
    names = [one.name for one in shape.cells]
    quotient = {name: pl.col(f"part{name}").cast(pl.Float64) / pl.col(f"whole{name}") for name in ("", "_other")}
    ordered = chosen.sort(quotient[""] / quotient["_other"], COUNTY, *names, nulls_last=True)
    one, other = (side.label for side in measure.sides())
    headings = {COUNTY: "区划代码", **{column.name: column.label for column in shape.cells}}
    headings |= {"part": f"{one}：分子", "whole": f"{one}：分母"}
    headings |= {"part_other": f"{other}：分子", "whole_other": f"{other}：分母"}
    return ordered.select(list(headings)), headings


def cells(measure: Celled, year: int, answerer: Answerer, values: Values) -> pl.DataFrame:
    """County, the columns of the cells, and of both sides part, whole and rows: cells that either has."""
    names = [one.name for one in (measure.between if isinstance(measure, CellsPassing) else measure).cells]
    one, other = (_side(rate, names, year, answerer, values) for rate in measure.sides())
    on = [COUNTY, *names]
    joined = one.join(other, on=on, how="full", suffix="_other", coalesce=True)
    return joined.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in on)).sort(on)


def cell_questions(measure: Celled, year: int, values: Values) -> list[Any]:
    """What is asked for the cells of both sides, as Ibis expressions."""
    shape = measure.between if isinstance(measure, CellsPassing) else measure
    return [_asked(side, [one.name for one in shape.cells], year, values) for side in measure.sides()]


def _side(one: Rate | Total, names: list[str], year: int, answerer: Answerer, values: Values) -> pl.DataFrame:
    """Part, whole and rows by county and cell; cells without a row are left out."""
    part, whole = one.terms()[0], one.terms()[-1]
    tables = _tables(Ask(part), year) | _tables(Ask(whole), year)
    return answerer.ask(_asked(one, names, year, values), tables).filter(pl.col("rows") > 0)


def _asked(one: Rate | Total, names: list[str], year: int, values: Values) -> Any:
    """Part, whole and rows by county and cell, for a total both the same; rows that do not say both are left out."""
    part, whole = one.terms()[0], one.terms()[-1]
    asides = [*asides_of(Ask(part)), *asides_of(Ask(whole))]
    joined = joined_rows(part.of, year, asides, values)
    above, below = (told(term.amount, joined.column) for term in (part, whole))
    known = condition(joined, part.where) & above.notnull() & below.notnull()
    sums = {name: _number(amount).sum(where=known) for name, amount in (("part", above), ("whole", below))}
    return joined.table.group_by([COUNTY, *names]).aggregate(**sums, rows=joined.table.count(where=known))


def _number(amount: Any) -> Any:
    return amount.cast("int64") if amount.type().is_boolean() else amount


def _tables(ask: Ask, year: int) -> dict[str, tuple[type[Return], int]]:
    answers = Answers(year)
    answers.want(ask.term)
    return {table_named(of, at): (of, at) for of, at in answers.needs(ask.term).values()}


def _of_cells(measure: Celled, frame: pl.DataFrame) -> pl.DataFrame:
    """By county: what cells that both sides have add up to; the others are asked and add nothing."""
    rows = [
        {COUNTY: row[COUNTY], **dict(zip(("part", "whole"), _cell(measure, row), strict=True))}
        for row in frame.iter_rows(named=True)
    ]
    told = pl.DataFrame(rows, schema=_SUMS)
    known = pl.col("whole").is_not_null().cast(pl.Int64)
    return _of_county(told.with_columns(rows=pl.lit(1, pl.Int64), used=known, known=known))


def _cell(measure: Celled, row: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """What one cell adds above and below."""
    part, whole, part_other, whole_other = (row[name] for name in ("part", "whole", "part_other", "whole_other"))
    if isinstance(measure, Weighted):
        known = whole and part_other is not None
        return (share(part, part_other, whole), Decimal(part_other)) if known else (None, None)
    if not whole or not whole_other:
        return None, None
    if isinstance(measure, CellsPassing):
        passes = Fraction(part) / Fraction(whole) >= Fraction(part_other) / Fraction(whole_other)
        return Decimal(passes), Decimal(1)
    return Decimal(part), share(part_other, whole, whole_other)


def _passing(measure: CountiesPassing, frame: pl.DataFrame, values: Values) -> pl.DataFrame:
    """By county: whether its own figure, unrounded, is at least what is asked."""
    told = frame.filter(pl.col(COUNTY).is_not_null()).with_columns(pl.col(COUNTY).alias(DIVISION))
    squares = squares_of(told) if isinstance(measure.judged, Variation) else {}
    least = Fraction(values[measure.least.key] if isinstance(measure.least, Threshold) else measure.least)
    rows = []
    sums = summed(told)
    for county, moment in zip(sums[COUNTY].to_list(), moments(sums, squares), strict=True):
        value = moment.value(measure.judged)
        weight = Decimal(moment.whole or 0) if measure.by_heads else Decimal(1)
        part = None if value is None else weight if Fraction(value) >= least else Decimal(0)
        rows.append({COUNTY: county, "part": part, "whole": None if value is None else weight})
    known = pl.col("whole").is_not_null().cast(pl.Int64)
    return _of_county(pl.DataFrame(rows, schema=_SUMS).with_columns(rows=pl.lit(1, pl.Int64), used=known, known=known))


def _posts(measure: Posts, answers: Answers, values: Values) -> pl.DataFrame:
    """By school or by county: posts of the standard, and how many of them are missing, where both sides are known."""
    on = [SCHOOL, COUNTY] if measure.by_school else [COUNTY]
    pupils, held, *classes = (_known(answers, term, on) for term in measure.terms())
    joined = pupils.rename({"sum": "pupils", "used": "said"}).join(
        held.rename({"sum": "held", "used": "told"}), on=on, how="left"
    )
    for one in classes:
        joined = joined.join(one.select(*on, classes="sum"), on=on, how="left")
    needed = pl.Series("needed", [_needed(measure, row, values) for row in joined.iter_rows(named=True)], pl.Int64)
    known = (pl.col("said") > 0) & (pl.col("told").fill_null(0) > 0)
    flags = known.cast(pl.Int64)
    frame = joined.with_columns(needed).with_columns(
        part=pl.when(known).then(pl.col("needed") - pl.col("held")),
        whole=pl.when(known).then("needed"),
        rows=pl.lit(1, pl.Int64),
        used=flags,
        known=flags,
    )
    return _laid_out(frame) if measure.by_school else _of_county(frame)


def _known(answers: Answers, term: Term, on: list[str]) -> pl.DataFrame:
    return answers.sums(term).group_by(on).agg(pl.col("sum").sum(), pl.col("used").sum())


def _needed(measure: Posts, row: Mapping[str, Any], values: Values) -> int:
    """Posts the standard gives to a school or a county."""
    pupils = row["pupils"]
    by_pupils = _up(Fraction(pupils) / Fraction(values[measure.ratio.key]))
    if measure.a_class is None or measure.small is None or pupils >= values[measure.small.key]:
        return by_pupils
    return max(by_pupils, _up(Fraction(row["classes"] or 0) * Fraction(values[measure.a_class.key])))


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _of_county(frame: pl.DataFrame) -> pl.DataFrame:
    return _laid_out(frame.with_columns(pl.lit(None, pl.String).alias(SCHOOL)))


def _laid_out(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(SCHOOL, COUNTY, pl.lit(None, pl.String).alias(PLACE), "part", "whole", "rows", "used", "known")
