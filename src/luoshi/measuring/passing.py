"""Rules a school has to pass: several per-pupil amounts of it at once, each against its standard, exactly."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import polars as pl

from luoshi.measuring.asking import COUNTY, SCHOOL
from luoshi.measuring.judging import SchoolVerdict, school_of_quality
from luoshi.words.measures import Passing


def passed(measure: Passing, frames: Sequence[pl.DataFrame], values: Mapping[str, Decimal]) -> pl.DataFrame:
    """One row a school: part is 1 where it passes, whole is 1 where what is known decides; others were only asked.

    Args:
        measure: the rule.
        frames: what schools add to each of its standards, in their order: school, county, part and whole.
        values: of parameters.
    """
    units = list(verdicts(measure, frames, values).items())
    flags = [(int(one.passes), int(one.decided)) if one.decided else (None, None) for _, one in units]
    return pl.DataFrame(
        {
            SCHOOL: pl.Series([school for (school, _), _ in units], dtype=pl.String),
            COUNTY: pl.Series([county for (_, county), _ in units], dtype=pl.String),
            "part": pl.Series([part for part, _ in flags], dtype=pl.Int64),
            "whole": pl.Series([whole for _, whole in flags], dtype=pl.Int64),
            "rows": pl.Series([1] * len(units), dtype=pl.Int64),
            "used": pl.Series([whole or 0 for _, whole in flags], dtype=pl.Int64),
            "known": pl.Series([whole or 0 for _, whole in flags], dtype=pl.Int64),
        }
    )


def verdicts(
    measure: Passing, frames: Sequence[pl.DataFrame], values: Mapping[str, Decimal]
) -> dict[tuple[str, str], SchoolVerdict]:
    """How each school stands, by its code and its county's; arguments as of `passed`."""
    figures = dict[tuple[str, str], dict[str, Fraction | None]]()
    for one, frame in zip(measure.standards, frames, strict=True):
        for school, county, part, whole in frame.select(SCHOOL, COUNTY, "part", "whole").iter_rows():
            told = Fraction(part) / Fraction(whole) * one.of.scale if part is not None and whole else None
            figures.setdefault((school, county), {})[one.of.key] = told
    least = {one.of.key: values[one.least.key] for one in measure.standards}
    may_miss = values[measure.may_miss.key] if measure.may_miss is not None else 0
    rest = Fraction(values[measure.rest.key]) / 100 if measure.rest is not None else Fraction(1)
    return {
        unit: school_of_quality(told, least, may_miss=may_miss, rest=rest) for unit, told in sorted(figures.items())
    }
