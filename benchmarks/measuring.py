"""Measures from rows, beside the same sums written by hand in Polars for these tables alone."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from benchmarks.checking import rows
from benchmarks.comparing import Result, median, versus
from luoshi.declared import PARAMETERS
from luoshi.declared.measures import CLASS_SIZES
from luoshi.measuring import By, Frames, in_force, measure
from luoshi.measuring.moments import Number
from luoshi.words.measures import Measure

SCHOOLS, YEARS, MANY = 3_000, (2018, 2019, 2020), 1_000_000
SECONDS = 3.0
BANDS = ("up_to_25", "from_26", "from_31", "from_36", "from_41", "from_46", "from_51", "from_56", "from_61", "from_66")
LARGE, SUPER_LARGE = 56, 66
VALUES = in_force(PARAMETERS, date(2020, 9, 1))
OF_BANDS = [one for one in CLASS_SIZES if one.of.key == "class_bands"]
OF_CLASSES = [one for one in CLASS_SIZES if one.of.key == "classes"]


Sums = dict[tuple[str, str], tuple[Number | None, Number | None]]
"""Part and whole by measure and county."""
Asked = dict[str, tuple[pl.Expr, pl.Expr | None]]


def bands(classes: pl.DataFrame) -> pl.DataFrame:
    """The annual return that belongs to a class list."""
    band = pl.col("size").cut([25, 30, 35, 40, 45, 50, 55, 60, 65], labels=list(BANDS)).cast(pl.String)
    counted = classes.with_columns(band=band).group_by("school", "stage", "county", "operator", "urban")
    return counted.agg(
        *((pl.col("band") == name).sum().cast(pl.Int64).alias(name) for name in BANDS),
        classes=pl.len().cast(pl.Int64),
        pupils=pl.col("size").sum(),
    )


def _by_hand(classes: pl.DataFrame, banded: pl.DataFrame | None) -> Sums:
    """Part and whole of the same measures by county: one group_by a table."""
    size, kind, stage = pl.col("size"), pl.col("kind") != "special", pl.col("stage")
    stages = {
        "compulsory": stage.is_in(["primary", "junior"]),
        "primary": stage == "primary",
        "junior": stage == "junior",
        "senior": stage == "senior",
    }
    asked: Asked = {
        f"{name}_large_class_rate_roll": ((size >= LARGE) & is_in & kind, is_in & kind)
        for name, is_in in stages.items()
    }
    asked |= {
        f"{name}_super_large_classes_roll": ((size >= SUPER_LARGE) & is_in & kind, None)
        for name, is_in in stages.items()
    }
    entry = pl.col("entry") & kind
    asked["entry_grade_large_class_rate"] = ((size >= LARGE) & entry, entry)
    told = _summed(classes, asked)
    return told if banded is None else told | _summed(banded, _banded(stages))


def _banded(stages: dict[str, pl.Expr]) -> Asked:
    col = pl.col
    large = col("from_56") + col("from_61") + col("from_66")
    over_50 = col("from_51") + large
    told: Asked = {}
    for name, is_in in stages.items():
        told[f"{name}_large_class_rate"] = large * is_in, col("classes") * is_in
        told[f"{name}_super_large_classes"] = col("from_66") * is_in, None
    both = stages["compulsory"]
    told["compulsory_bulletin_large_rate"] = (col("from_56") + col("from_61")) * both, col("classes") * both
    told["compulsory_classes"] = col("classes") * both, None
    told["primary_over_standard_rate"] = (
        (col("from_46") + over_50) * stages["primary"],
        col("classes") * stages["primary"],
    )
    told["junior_over_standard_rate"] = over_50 * stages["junior"], col("classes") * stages["junior"]
    return told


def _summed(frame: pl.DataFrame, asked: Asked) -> Sums:
    sums = {f"{key}.part": part.sum() for key, (part, _) in asked.items()}
    sums |= {f"{key}.whole": whole.sum() for key, (_, whole) in asked.items() if whole is not None}
    found = frame.group_by("county").agg(**sums)
    return {
        (key, row["county"]): (row[f"{key}.part"], row.get(f"{key}.whole"))
        for row in found.iter_rows(named=True)
        for key in asked
    }


def _ours(frames: Frames, year: int, asked: Sequence[Measure], values: dict[str, Decimal] = VALUES) -> Sums:
    told = measure(asked, frames, year=year, by=By.COUNTY, values=values)
    return {(row.measure.key, row.division): (row.moment.part, row.moment.whole) for row in told.rows}


def sums_by_hand() -> Result:
    """A city of three years, and a million classes at once."""
    few = rows(SCHOOLS * 10)
    city = Frames(
        {(key, year): frame for year in YEARS for key, frame in (("classes", few), ("class_bands", bands(few)))}
    )
    asked = [*OF_BANDS, *OF_CLASSES]
    same = _ours(city, YEARS[0], asked) == _by_hand(few, bands(few))
    ours = median(lambda: [_ours(city, year, asked) for year in YEARS])
    banded = bands(few)
    peer = median(lambda: [_by_hand(few, banded) for _ in YEARS])
    many = rows(MANY)
    large = Frames({("classes", YEARS[0]): many})
    same = same and _ours(large, YEARS[0], OF_CLASSES) == _by_hand(many, None)
    ours_many, peer_many = median(lambda: _ours(large, YEARS[0], OF_CLASSES)), median(lambda: _by_hand(many, None))
    return Result(
        f"{len(asked)} measures of {SCHOOLS:,} schools in three years by county take under {SECONDS:.0f} s, and so do"
        f" {len(OF_CLASSES)} measures of a million rows.",
        "the same sums in Polars, written for these tables alone: no declaration, no empty cells, counties only, no second engine",
        (
            versus(f"{len(asked)} measures, {SCHOOLS:,} schools, 3 years", ours, peer, "s", digits=3),
            versus(f"{len(OF_CLASSES)} measures, {MANY:,} rows", ours_many, peer_many, "s", digits=3),
        ),
        same and ours < SECONDS and ours_many < SECONDS,
        ("Ours sums school by school first, so the same scan gives schools, townships, counties and the city.",),
    )
