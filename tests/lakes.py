"""Small lakes for tests: classes of schools, with the moments and names an entry wants. 演示数据（虚构）."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from luoshi.keeping import Deposit, Edition, Lake

BEGUN = datetime(2020, 10, 12, 1, 0, tzinfo=UTC)
"""Nine o'clock in Xingzhou."""
KIND = "class_bands"


def day(number: int) -> datetime:
    """Nine o'clock, so many days after the first."""
    return BEGUN + timedelta(days=number)


def classes(**pupils: int) -> pl.DataFrame:
    """A class with so many pupils, by the school's code."""
    return pl.DataFrame(
        {"school": list(pupils), "pupils": list(pupils.values())}, schema={"school": pl.String, "pupils": pl.Int64}
    )


def handed_in(
    lake: Lake,
    rows: pl.DataFrame,
    *,
    on: int = 0,
    period: str = "2020",
    division: str = "999901",
    definition: str = "年报",
    source: str = "演示数据（虚构）",
) -> Edition:
    """One deposit; only what a test is about has to be said."""
    return lake.deposit(
        rows,
        kind=KIND,
        period=period,
        division=division,
        definition=definition,
        source=source,
        key=["school"],
        at=day(on),
        by="统计员",
    )


def handed_in_together(
    lake: Lake, rows: dict[str, pl.DataFrame], *, on: int = 0, period: str = "2020"
) -> list[Edition]:
    """Deposits of several divisions at once."""
    source = "演示数据（虚构）"
    many = [Deposit(one, KIND, period, division, "年报", source, ["school"]) for division, one in rows.items()]
    return lake.deposit_all(many, at=day(on), by="统计员")


def told(lake: Lake, **asked: object) -> set[tuple[object, ...]]:
    """The rows that count, as plain values."""
    names = ["period", "division", "definition", "edition", "school", "pupils"]
    counted = lake.rows(KIND, **asked).collect()  # type: ignore[arg-type]
    return set(counted.select(names).iter_rows()) if len(counted) else set()


def files(folder: Path) -> set[str]:
    """Every file of rows, below the lake's folder."""
    return {path.relative_to(folder).as_posix() for path in (folder / "parts").rglob("*.parquet")}
