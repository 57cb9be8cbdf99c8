"""A nation's classes and pupils, county by county from a seed, straight into a lake. 演示数据（虚构）.

The city generator makes whole schools with their rooms, staff and money, which a nation's roll does not need; this makes the two
returns of the roll only, in the declared columns, some million pupils a second. Counties differ in size and in every share.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from luoshi.declared.returns import Classes, Pupils
from luoshi.imagining.columns import choices, days, first_of_september, framed
from luoshi.keeping import Deposit, Lake
from luoshi.spine import Return

YEAR = 2020
COUNTIES = 2_900
"""Of the nation."""
CLASSES = 2_070
"""Of a county in the middle: 2 900 counties have 6 million."""
TOGETHER = 16
"""Counties handed in at once."""
BY = "bench　演示数据（虚构）"
AT = datetime(2021, 1, 5, 1, 0, tzinfo=UTC)
_STAGES = ("primary", "junior", "senior")
_GRADES = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
_WEIGHTS = np.array([19, 19, 18, 18, 17, 17, 16, 16, 15, 10, 10, 10]) / 185
_STATES = ("present", "leave", "suspended", "moving", "absent")
_DISABILITIES = ("none", "sight", "hearing", "speech", "mind", "body", "mental", "several")
_PLACEMENTS = ("school", "class", "integrated", "at_home")
_HEX = 16


def county_of(number: int) -> str:
    """Its code: 99 belongs to no province."""
    return f"99{1 + number // 97:02d}{1 + number % 97:02d}"


def fill(lake: Lake, pupils: int, seed: int = 7) -> Iterator[tuple[int, int]]:
    """Hand counties in until there are so many pupils; yields pupils so far and the lake's last entry, some counties at a time."""
    made = number = 0
    while made < pupils:
        deposits = []
        for _ in range(TOGETHER):
            if made < pupils:
                frames = _county(number, np.random.default_rng([seed, number]), pupils - made)
                deposits += [_deposit(of, frame, county_of(number)) for of, frame in frames.items()]
                made, number = made + frames[Pupils].height, number + 1
        lake.deposit_all(deposits, at=AT + timedelta(seconds=number), by=BY)
        yield made, lake.head[0]


def _deposit(of: type[Return], frame: pl.DataFrame, county: str) -> Deposit:
    return Deposit(frame, of.key, f"{YEAR}-1", county, of.basis.label, BY, of.keys)


def _county(number: int, rng: np.random.Generator, most: int) -> Mapping[type[Return], pl.DataFrame]:
    """The classes of a county, and their pupils; at most so many pupils."""
    county = county_of(number)
    many = max(40, round(CLASSES * float(rng.lognormal(-0.1, 0.45))))
    grade = np.sort(rng.choice(_GRADES, many, p=_WEIGHTS))
    typical = np.where(grade < 7, 38, np.where(grade < 10, 43, 48)) * rng.normal(1, 0.08)
    size = np.clip(rng.normal(typical, 7).round().astype(np.int64), 4, 90)
    kept = max(1, int(np.searchsorted(np.cumsum(size), most)) + 1)
    return dict(_rows(county, number, grade[:kept], size[:kept], rng))


def _rows(
    county: str, number: int, grade: np.ndarray, size: np.ndarray, rng: np.random.Generator
) -> Iterator[tuple[type[Return], pl.DataFrame]]:
    stage = (grade > 6).astype(int) + (grade > 9)
    at = np.arange(len(grade))
    schools = np.array([f"{2 + which}{1}99{number:04d}{school:02d}" for which in range(3) for school in range(100)])
    school = pl.Series(schools).gather(pl.Series(stage * 100 + at % np.array([60, 24, 6])[stage]))
    classes = school + pl.Series(grade).cast(pl.String).str.zfill(2) + pl.Series(at).cast(pl.String).str.zfill(4)
    yield Classes, framed(Classes, _classes(county, school, classes, stage, grade, size, rng))
    whose = np.repeat(at, size)
    places = pl.Series(whose)
    told = {"school": school.gather(places), "class_id": classes.gather(places)}
    yield Pupils, framed(Pupils, told | _pupils(county, stage[whose], grade[whose], rng))


def _classes(
    county: str,
    school: pl.Series,
    class_id: pl.Series,
    stage: np.ndarray,
    grade: np.ndarray,
    size: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, Any]:
    many = len(grade)
    return {
        "class_id": class_id,
        "school": school,
        "county": pl.repeat(county, many, dtype=pl.String, eager=True),
        "stage": choices(_STAGES, stage),
        "grade": grade,
        "number": np.arange(1, many + 1),
        "size": size,
        "present": np.maximum(1, size - rng.poisson(0.8, many)),
        "kind": choices(
            ("ordinary", "multigrade", "special", "ethnic"), rng.choice(4, many, p=[0.97, 0.01, 0.01, 0.01])
        ),
        "operator": choices(("public", "private"), (rng.random(many) < 0.12).astype(int)),
        "urban": choices(("111", "121", "122", "210", "220"), rng.choice(5, many, p=[0.35, 0.3, 0.1, 0.15, 0.1])),
        "entry": np.isin(grade, (1, 7, 10)),
    }


def _pupils(county: str, stage: np.ndarray, grade: np.ndarray, rng: np.random.Generator) -> dict[str, Any]:
    """Pupils of these stages and grades; every share is the county's own, and some cells are empty."""
    many = len(grade)
    share = {
        name: float(rng.beta(2, rest)) for name, rest in (("migrant", 18), ("left", 20), ("poor", 50), ("away", 30))
    }

    def chance(p: Any) -> np.ndarray:
        return np.asarray(rng.random(many, np.float32) < p)

    migrant, poor = chance(share["migrant"]), chance(share["poor"])
    left = chance(share["left"]) & ~migrant
    boarding = chance(np.array([0.06, 0.4, 0.55], np.float32)[stage] + 0.2 * left)
    began = YEAR - grade + np.array([1, 7, 10])[stage]
    born = YEAR - grade - 5 - chance(0.04) - (grade > 9) * chance(0.03)
    disability = np.where(chance(0.005), rng.integers(1, 8, many), 0)
    away = chance(np.where(migrant, 0.95, share["away"]))
    elsewhere = [county, *(county_of(int(one)) for one in rng.integers(0, COUNTIES, 40))]
    return {
        "pupil": _codes(many, rng),
        "county": pl.repeat(county, many, dtype=pl.String, eager=True),
        "stage": choices(_STAGES, stage),
        "grade": grade,
        "sex": choices(("1", "2", "9"), np.where(chance(0.0002), 2, chance(0.465))),
        "born": days(first_of_september(born) + rng.integers(0, 365, many)),
        "household": choices(elsewhere, away * rng.integers(1, 41, many), ~chance(0.002)),
        "status": choices(_STATES, np.where(chance(0.985), 0, rng.integers(1, 5, many))),
        "entered": days(first_of_september(began), ~chance(0.001)),
        "boarding": boarding,
        "migrant": migrant,
        "left_behind": left,
        "poor": poor,
        "disability": choices(_DISABILITIES, disability),
        "placement": choices(_PLACEMENTS, rng.choice(4, many, p=[0.3, 0.02, 0.55, 0.13]), disability > 0),
        "aided": (poor & chance(0.97)) | chance(0.03),
    }


def _codes(many: int, rng: np.random.Generator) -> pl.Series:
    """Codes of persons that cannot be turned back: 16 letters and digits by chance."""
    letters = pa.py_buffer(rng.bytes(many * _HEX // 2).hex().encode())
    ends = pa.py_buffer(np.arange(0, (many + 1) * _HEX, _HEX, dtype=np.int64))
    return pl.Series(pa.LargeStringArray.from_buffers(many, ends, letters))


def written(folder: Path) -> int:
    """Bytes below a folder."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
