"""A made-up city handed into a lake, beside the same rows as plain files."""

import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.comparing import Result, Row, versus
from luoshi.imagining import City
from luoshi.imagining.depositing import deposit
from luoshi.imagining.writing import write
from luoshi.keeping import Lake

SCHOOLS = 3_000
YEARS = range(2020, 2023)
BOUND = 20
"""Seconds the city may take."""


def made() -> Result:
    """Three thousand schools, three years."""
    city = City(SCHOOLS, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "lake")
        begun = perf_counter()
        told = [one for many in deposit(city, YEARS, lake) for one in many]
        ours = perf_counter() - begun
        begun = perf_counter()
        again = [one for many in deposit(city, YEARS, lake) for one in many]
        asked = perf_counter() - begun
        whole = not lake.verify()
        begun = perf_counter()
        plain = sum(part.rows for part in write(city, YEARS, Path(folder) / "plain"))
        peer = perf_counter() - begun
    pupils, rows = sum(one.rows for one in told if one.kind == "pupils"), sum(one.rows for one in told)
    return Result(
        "A city of 3 000 schools and three years is in a lake within 20 seconds, every edition forced, digested and chained.",
        "the same rows as plain Parquet files: by slices, not by county; nothing forced, no keys looked at, no manifest",
        (
            versus(f"{rows:,} rows, {len(told)} editions", ours, peer, "s"),
            Row("pupils a second", f"{pupils / ours:,.0f}"),
            Row("asking again", f"{asked * 1000:,.0f} ms"),
        ),
        whole and not again and plain == rows and ours < BOUND,
    )
