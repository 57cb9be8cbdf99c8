"""Contributions are summed to divisions, and their sums become moments."""

from collections.abc import Mapping
from decimal import Decimal
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


def moment_of(told: Mapping[str, Any], squares: Decimal | None = None) -> Moment:
    """The moment of a summed row."""
    against = None
    if told.get("used_against"):
        against = Moment(told["part_against"], told["whole_against"] if told["known_against"] else None)
    part = _plain(told["part"]) if told["used"] else None
    whole = _plain(told["whole"]) if told.get("known") else None
    return Moment(part, whole, told["rows"] or 0, told["used"], squares, against)


def _plain(value: Number) -> Number:
    """A decimal that is whole as a whole number."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
