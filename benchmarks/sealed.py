"""Ten million rows of persons, sealed by a key a partition, beside the same rows in the clear; and 3 000 keys in one scan."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np
import polars as pl

from benchmarks.comparing import Result, Row, median, versus
from luoshi.bureau.keys.keyring import Keyring, PartKeys
from luoshi.keeping import Deposit, Lake

COUNTIES, EACH = 20, 500_000
SMALL, FEW = 3_000, 300
AT = datetime(2020, 10, 12, 1, 0, tzinfo=UTC)
BOUND = 1.5
"""How many times as long as in the clear reading may take."""


def _pupils(county: int, many: int) -> pl.DataFrame:
    """Pupils by code. 演示数据（虚构）."""
    chance = np.random.default_rng(county)
    return pl.DataFrame(
        {
            "pupil": pl.Series(np.arange(many, dtype=np.int64) + county * 1_000_000_007).cast(pl.String).str.zfill(24),
            "school": (pl.Series(chance.integers(0, 40, many)) + county * 100).cast(pl.String),
            "county": [f"9999{county:04d}"] * many,
            "stage": pl.Series(chance.integers(0, 3, many)).replace_strict({0: "primary", 1: "junior", 2: "senior"}),
            "grade": chance.integers(1, 13, many),
            "born": pl.Series(chance.integers(13_000, 16_000, many).astype(np.int32)).cast(pl.Date),
            "poor": chance.integers(0, 20, many) == 0,
            "myopic": chance.integers(0, 2, many) == 0,
        }
    )


def _fill(lake: Lake, counties: int, each: int) -> float:
    begun = perf_counter()
    source, key = "演示数据（虚构）", ["pupil"]
    for at in range(0, counties, 500):
        some = range(at, min(at + 500, counties))
        lake.deposit_all(
            (Deposit(_pupils(one, each), "pupils", "2020-1", f"D{one:04d}", "学籍", source, key) for one in some),
            at=AT,
            by="bench",
        )
    return perf_counter() - begun


def _summed(lake: Lake) -> list[tuple[object, ...]]:
    connection = duckdb.connect()
    lake.attach(connection)
    connection.execute("SET preserve_insertion_order = false; SET enable_external_file_cache = false")
    source = lake.select("pupils", period="2020-1", origin=False)
    sums = "count(*), sum(grade), count(*) FILTER (poor), count(*) FILTER (myopic)"
    return connection.execute(f"SELECT county, stage, {sums} FROM ({source}) GROUP BY ALL ORDER BY ALL").fetchall()


def _pair(folder: str) -> tuple[Lake, Lake]:
    keys = Keyring(Path(folder) / "keys")
    return Lake(Path(folder) / "sealed", PartKeys(keys), {"pupils"}), Lake(Path(folder) / "plain")


def millions() -> Result:
    """Reading, and what sealing costs when rows are handed in."""
    with tempfile.TemporaryDirectory() as folder:
        sealed, plain = _pair(folder)
        into_plain, into_sealed = _fill(plain, COUNTIES, EACH), _fill(sealed, COUNTIES, EACH)
        same = _summed(sealed) == _summed(plain)
        ours, peer = median(lambda: _summed(sealed), 7), median(lambda: _summed(plain), 7)
        begun = perf_counter()
        sealed.destroy(
            [one.number for one in sealed.all_editions()], why="bench", at=AT + timedelta(days=1), by="bench"
        )
        destroyed = perf_counter() - begun
    return Result(
        "Ten million rows of persons, each partition under its own key, are summed in at most 1.5 times the time of plain ones.",
        "the same lake in the clear",
        (
            versus("handing in", into_sealed, into_plain, "s"),
            versus("summing by county and stage", ours * 1000, peer * 1000, "ms"),
            Row(f"destroying {COUNTIES} partitions", f"{destroyed * 1000:,.0f} ms"),
        ),
        same and ours <= BOUND * peer,
    )


def many_keys() -> Result:
    """A window nobody compacted: as many keys as files."""
    with tempfile.TemporaryDirectory() as folder:
        sealed, plain = _pair(folder)
        into_plain, into_sealed = _fill(plain, SMALL, FEW), _fill(sealed, SMALL, FEW)
        same = _summed(sealed) == _summed(plain)
        ours, peer = median(lambda: _summed(sealed), 3), median(lambda: _summed(plain), 3)
        begun = perf_counter()
        sealed.compact("pupils", "2020-1", at=AT + timedelta(days=1), by="bench")
        compacted = perf_counter() - begun
        few = median(lambda: _summed(sealed), 5)
        same = same and _summed(sealed) == _summed(plain)
    return Result(
        "A window of 3 000 sealed files, a key each, is read in one scan; compacted it has one key and is read at once.",
        "the same files in the clear",
        (
            versus(f"handing in {SMALL:,} partitions", into_sealed, into_plain, "s"),
            versus("summing them as they came in", ours * 1000, peer * 1000, "ms"),
            Row("compacting them under a new key", f"{compacted:,.2f} s"),
            Row("summing the compacted window", f"{few * 1000:,.1f} ms"),
        ),
        same,
    )
