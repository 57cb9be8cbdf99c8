"""Arrays of numbers become columns of the declared types, without a loop over rows."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from luoshi.imagining.chance import Flags, Ints
from luoshi.spine import Return


def framed(of: type[Return], columns: Mapping[str, object]) -> pl.DataFrame:
    """A frame of the declared columns in their order and types; those that are not given are empty.

    Args:
        of: the return.
        columns: arrays or Polars series by name; one that is not declared is refused.
    """
    schema = of.schema()
    unknown = columns.keys() - schema.keys()
    if unknown:
        raise KeyError(f"{of.key} has no column {sorted(unknown)}")
    given = pl.DataFrame({name: column for name, column in columns.items() if column is not None})
    told = [
        pl.col(name).cast(kind) if name in given.columns else pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
    ]
    return given.select(told)


def decimals(units: Ints, places: int = 2) -> pl.Series:
    """Decimals from whole hundredths (or thousandths, …): exact, never by way of a float."""
    wide = np.empty((len(units), 2), np.int64)
    wide[:, 0], wide[:, 1] = units, units >> 63
    buffers = [None, pa.py_buffer(wide)]
    return pl.Series(pa.Array.from_buffers(pa.decimal128(18, places), len(units), buffers))


def whole(units: Ints) -> pl.Series:
    """Whole 元 or 平方米 as decimals of two places."""
    return decimals(units * 100)


def first_of_january(year: Ints) -> Ints:
    """Days since 1970-01-01; the Gregorian calendar's leap years."""
    before = year - 1
    passed: Ints = before * 365 + before // 4 - before // 100 + before // 400 - 719_162
    return passed


def first_of_september(year: Ints) -> Ints:
    """Days since 1970-01-01 of 1 September."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    first: Ints = first_of_january(year) + 243 + leap
    return first


def days(numbers: Ints, known: Flags | None = None) -> pl.Series:
    """Days from their numbers since 1970-01-01; empty where not known."""
    told = pl.Series(numbers.astype(np.int32)).cast(pl.Date)
    return told if known is None else where(known, told)


def where(known: Flags, told: pl.Series) -> pl.Series:
    """The column, empty where it is not known."""
    return pl.select(pl.when(pl.Series(known)).then(told)).to_series()


def choices(codes: Sequence[str], places: Ints, known: Flags | None = None) -> pl.Series:
    """Codes of a choice by their place in a list."""
    told = pl.Series(codes, dtype=pl.String).gather(pl.Series(places))
    return told if known is None else where(known, told)


def texts(letters: npt.NDArray[np.uint8]) -> pl.Series:
    """Text of one width, from rows × letters."""
    many, width = letters.shape
    offsets = np.arange(0, (many + 1) * width, width, dtype=np.int64)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters))]
    return pl.Series(pa.Array.from_buffers(pa.large_string(), many, buffers))


def digits(numbers: Ints, width: int) -> pl.Series:
    """Numbers with leading zeros."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return texts(((numbers[:, None] // powers) % 10 + ord("0")).astype(np.uint8))
