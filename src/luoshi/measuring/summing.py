"""Contributions are summed to divisions, and their sums become moments."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import repeat
from typing import Any

import polars as pl

from luoshi.measuring.asking import COUNTY, SCHOOL
from luoshi.measuring.moments import Moment, Number, square_over

DIVISION = "_division"
_SUMMED = ("part", "whole", "rows", "used", "known", "part_against", "whole_against", "used_against", "known_against")


def summed(frame: pl.DataFrame, split: str = "") -> pl.DataFrame:
    """One row for each division, and for each value of a column it is split by."""
    there = [name for name in _SUMMED if name in frame.columns]
    units = [DIVISION, split] if split else [DIVISION]
    return frame.group_by(units).agg(pl.col(COUNTY).min(), *(pl.col(name).sum() for name in there)).sort(units)


def squares_of(frame: pl.DataFrame) -> dict[str, Any]:
    """Σ x²/P of each division."""
    told = dict[str, Moment]()
    ordered = frame.sort(SCHOOL)  # so that the sixtieth digit does not depend on the engine
    for division, part, whole in ordered.select(DIVISION, "part", "whole").drop_nulls().iter_rows():
        one = Moment(None, squares=square_over(part, whole))
        told[division] = told[division] + one if division in told else one
    return {division: one.squares for division, one in told.items()}


def moments(frame: pl.DataFrame, squares: Mapping[str, Decimal]) -> Iterator[Moment]:
    """The moment of each row that was summed, in their order; column by column, for a nation has a quarter of a million.

    Args:
        frame: as `summed` gives it.
        squares: of the divisions of a 差异系数.
    """
    columns = (frame[name].to_list() if name in frame.columns else repeat(None) for name in (DIVISION, *_SUMMED))
    for division, part, whole, rows, used, known, *other in zip(*columns, strict=False):
        above, below, used_other, known_other = other
        against = Moment(above, below if known_other else None) if used_other else None
        yield Moment(
            _plain(part) if used else None,
            _plain(whole) if known else None,
            rows or 0,
            used,
            squares.get(division),
            against,
        )


def _plain(value: Number) -> Number:
    """A decimal that is whole as a whole number."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
