"""A window of 3 000 small files: read as they came in, compacted, and read again, by DuckDB."""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import duckdb
import polars as pl

from benchmarks.comparing import Result, Row, median, versus
from luoshi.keeping import Deposit, Lake
from luoshi.words.chains import GENESIS, canonical, link

SCHOOLS = 3_000
GRADES = 9
AT = datetime(2020, 10, 12, 1, 0, tzinfo=UTC)
ENTRIES = 20_000
TOGETHER = 300
BOUND = 0.05
"""Seconds a compacted window may take to be counted and summed by county."""


def _classes(number: int) -> pl.DataFrame:
    """One school's classes by grade. 演示数据（虚构）."""
    return pl.DataFrame(
        {
            "school": [f"S{number:05d}"] * GRADES,
            "grade": list(range(1, GRADES + 1)),
            "county": [f"9999{number % 17:02d}"] * GRADES,
            "classes": [1 + (number + grade) % 8 for grade in range(GRADES)],
            "pupils": [40 + (number * 7 + grade * 3) % 30 for grade in range(GRADES)],
        }
    )


def _fill(lake: Lake) -> None:
    for number in range(SCHOOLS):
        lake.deposit(
            _classes(number),
            kind="classes",
            period="2020",
            division=f"S{number:05d}",
            definition="年报",
            source="演示数据（虚构）",
            key=["school", "grade"],
            at=AT,
            by="bench",
        )


def _summed(source: str) -> list[tuple[object, ...]]:
    asked = f"SELECT county, count(*), sum(classes), sum(pupils) FROM ({source}) GROUP BY county ORDER BY county"
    return duckdb.execute(asked).fetchall()


def compaction() -> Result:
    """Scans before and after, beside DuckDB on one file written by hand with the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "lake")
        begun = perf_counter()
        _fill(lake)
        filled = perf_counter() - begun
        before = _summed(lake.select("classes", period="2020"))
        many = median(lambda: _summed(lake.select("classes", period="2020")), 3)
        begun = perf_counter()
        lake.compact("classes", "2020", at=AT + timedelta(days=1), by="bench")
        compacted = perf_counter() - begun
        few = median(lambda: _summed(lake.select("classes", period="2020")), 9)
        same = _summed(lake.select("classes", period="2020")) == before and not lake.verify()
        by_hand = Path(folder) / "by-hand.parquet"
        pl.concat(_classes(number) for number in range(SCHOOLS)).write_parquet(by_hand)
        peer = median(lambda: _summed(f"SELECT * FROM '{by_hand}'"), 9)
    return Result(
        "A window of 3 000 small files compacts to few, says the same, and is then summed by county in under 50 ms.",
        "DuckDB on one Parquet file of the same rows: no editions, no origin, no digests",
        (
            Row(f"{SCHOOLS:,} deposits, each forced to the disk", f"{SCHOOLS / filled:,.0f} a second"),
            Row("summing the files as they came in", f"{many * 1000:,.1f} ms"),
            Row("compacting them, every row checked twice", f"{compacted:,.2f} s"),
            versus("summing the compacted window", few * 1000, peer * 1000, "ms"),
        ),
        same and few < BOUND,
    )


def together() -> Result:
    """The same partitions one by one and at once, beside plain files that nobody forced to the disk."""
    some = {f"S{number:05d}": _classes(number) for number in range(TOGETHER)}

    def deposits() -> list[Deposit]:
        said = ("2020", "年报", "演示数据（虚构）", ["school", "grade"])
        return [Deposit(rows, "classes", said[0], division, *said[1:]) for division, rows in some.items()]

    with tempfile.TemporaryDirectory() as folder:
        slow, fast, plain = (Path(folder) / name for name in ("one", "many", "plain"))
        begun = perf_counter()
        for one in deposits():
            Lake(slow).deposit_all([one], at=AT, by="bench")
        single = perf_counter() - begun
        begun = perf_counter()
        Lake(fast).deposit_all(deposits(), at=AT, by="bench")
        many = perf_counter() - begun
        plain.mkdir()
        begun = perf_counter()
        for division, rows in some.items():
            rows.write_parquet(plain / f"{division}.parquet")
        peer = perf_counter() - begun
        same = _summed(Lake(slow).select("classes")) == _summed(Lake(fast).select("classes"))
        whole = not Lake(fast).verify()
    return Result(
        "Many partitions handed in at once are there together or not at all, and come in several times as fast as one by one.",
        "Polars writing the same files: nothing forced, no digests, no manifest",
        (
            Row(f"{TOGETHER} partitions one by one", f"{TOGETHER / single:,.0f} a second"),
            versus("at once", many * 1000, peer * 1000, "ms"),
            Row("at once, how many times as fast", f"{single / many:,.1f} ×"),
        ),
        same and whole and many < single / 2,
    )


def _long(folder: Path) -> bytes:
    """A lake of one edition that counts and the manifest of a big one, chained as it should be."""
    lake = Lake(folder)
    lake.deposit(
        _classes(1),
        kind="classes",
        period="2021",
        division="S00001",
        definition="年报",
        source="演示数据（虚构）",
        key=["school", "grade"],
        at=AT,
        by="bench",
    )
    path, previous, lines = folder / "manifest.jsonl", GENESIS, []
    told = json.loads(path.read_bytes())
    for number in range(1, ENTRIES + 1):
        record = {**told, "number": number, "previous": previous}
        if number < ENTRIES:
            record |= {"kind": f"k{number % 40}", "period": str(2015 + number % 6), "division": f"S{number % 3000:05d}"}
        record["digest"] = previous = link(record)
        lines.append(canonical(record))
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path.read_bytes()


def opening() -> Result:
    """A new process asks a big lake for one return of one period."""
    with tempfile.TemporaryDirectory() as folder:
        content = _long(Path(folder) / "lake")

        def asked() -> int:
            return len(Lake(Path(folder) / "lake").rows("classes", period="2021").collect())

        counted = asked()
        ours = median(asked)
        opened = Lake(Path(folder) / "lake")
        opened.rows("classes", period="2021").collect()
        again = median(lambda: opened.rows("classes", period="2021").collect())
    peer = median(lambda: [json.loads(line) for line in content.splitlines()])
    return Result(
        "A lake of 20 000 entries is opened and asked for one return of one period in well under a second.",
        "reading the manifest's lines as JSON: no index, no rows",
        (
            versus("opening and asking", ours, peer, "s", digits=3),
            Row("asking again", f"{again * 1000:,.1f} ms"),
        ),
        counted == GRADES and ours < 1,
    )
