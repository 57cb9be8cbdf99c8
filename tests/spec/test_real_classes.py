"""Large classes among the real classes of New York, against a count that knows nothing of the engine.

The file is not part of the project; it is looked for in the folder of shared data, or where LUOSHI_SHARED says.
"""

import csv
import gzip
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from luoshi.declared.measures import MEASURES
from luoshi.measuring import By, Engine, Frames, measure
from tests.house.house import ROOT
from tests.measured import VALUES, YEAR

SHARED = Path(os.environ.get("LUOSHI_SHARED") or ROOT.parent / "shared")
FILE = SHARED / "data" / "classes" / "nyc_classes_exact_k8_2010_2011.csv.gz"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"the real classes are not here: {FILE.name}")
BANDS = [0, 26, 31, 36, 41, 46, 51, 56, 61, 66]
NAMES = ["up_to_25", *(f"from_{one}" for one in BANDS[1:])]
COUNTIES = {"M": "990181", "X": "990182", "K": "990183", "Q": "990184", "R": "990185"}
ENTRY = {1, 7}


def _read() -> list[dict[str, str]]:
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _stage(grade: str) -> str:
    return (
        "primary" if grade in {"01", "02", "03", "04", "05"} else "junior" if grade in {"06", "07", "08", "09"} else ""
    )


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return _read()


@pytest.fixture(scope="module")
def frames(rows) -> Frames:
    classes = [
        {
            "class_id": f"n{at}",
            "school": row["school_code"],
            "county": COUNTIES[row["borough"]],
            "stage": _stage(row["grade"]) or "preschool",
            "grade": int(row["grade"]) if row["grade"].isdigit() else 1,
            "size": int(row["class_size"]),
            "kind": "special" if row["program_type"] == "SPEC ED" else "ordinary",
            "entry": row["grade"].isdigit() and int(row["grade"]) in ENTRY,
        }
        for at, row in enumerate(rows)
    ]
    roll = pl.DataFrame(classes)
    ordinary = roll.filter((pl.col("kind") != "special") & pl.col("stage").is_in(["primary", "junior"]))
    banded = [
        pl.col("size").is_between(low, high - 1).sum().alias(name)
        for name, low, high in zip(NAMES, BANDS, [*BANDS[1:], 10_000], strict=True)
    ]
    bands = ordinary.group_by("school", "county", "stage").agg(*banded, pl.len().alias("classes"))
    return Frames({("classes", YEAR): roll, ("class_bands", YEAR): bands})


def _counted(rows, county, stages, at_least, below=10_000, grades=None) -> tuple[int, int]:
    """Part and whole, row by row from the file."""
    large = every = 0
    for row in rows:
        if COUNTIES[row["borough"]] != county or row["program_type"] == "SPEC ED" or _stage(row["grade"]) not in stages:
            continue
        if grades and int(row["grade"]) not in grades:
            continue
        every += 1
        large += at_least <= int(row["class_size"]) < below
    return large, every


BOTH, PRIMARY, JUNIOR = ("primary", "junior"), ("primary",), ("junior",)
ROLL = {
    "compulsory_large_class_rate_roll": (BOTH, 0, 1, None),
    "primary_large_class_rate_roll": (PRIMARY, 0, 1, None),
    "junior_large_class_rate_roll": (JUNIOR, 0, 1, None),
    "compulsory_super_large_classes_roll": (BOTH, 1, 1, None),
    "primary_super_large_classes_roll": (PRIMARY, 1, 1, None),
    "junior_super_large_classes_roll": (JUNIOR, 1, 1, None),
    "compulsory_bulletin_large_rate_roll": (BOTH, 0, 0, None),
    "primary_entry_large_class_rate": (PRIMARY, 0, 1, ENTRY),
    "junior_entry_large_class_rate": (JUNIOR, 0, 1, ENTRY),
}
"""Which stages; at least the large (0) or the super-large (1) bound; open above (1) or below the super-large (0); which grades."""
BANDED = {
    "compulsory_large_class_rate": (BOTH, 56, 10_000),
    "primary_large_class_rate": (PRIMARY, 56, 10_000),
    "junior_large_class_rate": (JUNIOR, 56, 10_000),
    "compulsory_super_large_classes": (BOTH, 66, 10_000),
    "compulsory_super_large_class_rate": (BOTH, 66, 10_000),
    "compulsory_bulletin_large_rate": (BOTH, 56, 66),
    "primary_over_standard_rate": (PRIMARY, 46, 10_000),
    "junior_over_standard_rate": (JUNIOR, 51, 10_000),
}


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize("bounds", [(56, 66), (30, 35), (25, 29)], ids=["56-66", "30-35", "25-29"])
def test_large_classes_of_new_york_are_as_many_as_one_counts_by_hand(rows, frames, bounds, engine) -> None:
    own = {**VALUES, "large_class": Decimal(bounds[0]), "super_large_class": Decimal(bounds[1])}
    told = measure([MEASURES[key] for key in ROLL], frames, year=YEAR, by=By.COUNTY, values=own, engine=engine)
    for key, (stages, low, opened, grades) in ROLL.items():
        for county in COUNTIES.values():
            part, whole = _counted(rows, county, stages, bounds[low], 10_000 if opened else bounds[1], grades)
            _same(MEASURES[key], told.of(key)[county], part, whole)


@pytest.mark.parametrize("engine", list(Engine))
def test_bands_of_the_same_classes_say_the_same_because_56_and_66_are_edges(rows, frames, engine) -> None:
    told = measure([MEASURES[key] for key in BANDED], frames, year=YEAR, by=By.COUNTY, values=VALUES, engine=engine)
    seen = 0
    for key, (stages, low, high) in BANDED.items():
        for county in COUNTIES.values():
            part, whole = _counted(rows, county, stages, low, high)
            _same(MEASURES[key], told.of(key)[county], part, whole)
            seen += part
    assert seen > 0


def _same(measure_of, row, part: int, whole: int) -> None:
    assert row.moment.part == part, measure_of.key
    if not measure_of.counted:
        assert row.moment.whole == whole
        assert row.value == Fraction(part * 100, whole)
