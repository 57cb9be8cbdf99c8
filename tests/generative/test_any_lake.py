"""Whatever is handed in, corrected and compacted: the lake says for every day what a slow walk through it all says."""

import os
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.keeping import Lake
from tests.lakes import BEGUN, KIND, day, handed_in

Rows = dict[str, tuple[int | None, str | None]]


@dataclass(frozen=True, slots=True)
class Deposit:
    """Rows of a series, so many days after the one before; some bring a column of their own."""

    later: int
    period: str
    division: str
    definition: str
    rows: Rows
    with_note: bool

    @property
    def table(self) -> pl.DataFrame:
        schema = {"school": pl.String, "pupils": pl.Int64, "note": pl.String}
        told = pl.DataFrame([(school, *cells) for school, cells in self.rows.items()], schema=schema, orient="row")
        return told if self.with_note else told.drop("note")

    @property
    def plain(self) -> set[tuple[object, ...]]:
        own = (self.period, self.division, self.definition)
        return {(*own, school, n, note if self.with_note else None) for school, (n, note) in self.rows.items()}


@dataclass(frozen=True, slots=True)
class Compact:
    """A window is closed."""

    later: int
    period: str


LATER = st.integers(0, 2)
PERIODS = st.sampled_from(["2019", "2020"])
CELLS = st.tuples(st.none() | st.integers(-3, 3), st.none() | st.sampled_from(["", "说明"]))
DEPOSITS = st.builds(
    Deposit,
    LATER,
    PERIODS,
    st.sampled_from(["999901", "999902"]),
    st.sampled_from(["年报", "学籍"]),
    st.dictionaries(st.sampled_from("abc"), CELLS, max_size=3),
    st.booleans(),
)
STEPS = st.lists(st.one_of(DEPOSITS, DEPOSITS, st.builds(Compact, LATER, PERIODS)), min_size=1, max_size=9)


def _asked(lake: Lake, known: date | int) -> set[tuple[object, ...]]:
    counted = lake.rows(KIND, known=known).collect()
    names = ["period", "division", "definition", "school", "pupils", "note"]
    there = counted.with_columns(pl.lit(None).alias(name) for name in names if name not in counted.columns)
    return set(there.select(names).iter_rows())


def _slow(handed: list[tuple[int, Deposit]], last_day: int) -> set[tuple[object, ...]]:
    counting: dict[tuple[str, str, str], Deposit] = {}
    for on, one in handed:
        if on <= last_day:
            counting[one.period, one.division, one.definition] = one
    return set().union(*(one.plain for one in counting.values()))


@settings(max_examples=300 if os.environ.get("LUOSHI_PROVE") else 15, deadline=None)
@given(STEPS)
def test_every_day_is_known_as_a_slow_walk_knows_it(steps: list[Deposit | Compact]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake, on, handed = Lake(Path(folder)), 0, list[tuple[int, Deposit]]()
        for number, step in enumerate(steps):
            on += step.later
            if isinstance(step, Compact):
                lake.compact(KIND, step.period, at=day(on), by="统计员")
            else:
                handed_in(
                    lake,
                    step.table,
                    on=on,
                    period=step.period,
                    division=step.division,
                    definition=step.definition,
                    source=f"第{number}份",
                )
                handed.append((on, step))
        assert lake.verify() == []
        for known in range(-1, on + 1):
            assert _asked(lake, BEGUN.date() + timedelta(days=known)) == _slow(handed, known)
        for edition, (_, one) in zip(
            sorted((e for period in ("2019", "2020") for e in lake.editions(KIND, period)), key=lambda e: e.number),
            handed,
            strict=True,
        ):
            assert edition.rows == len(one.rows)
            assert set(lake.rows_of(edition).select("school", "pupils").collect().iter_rows()) == {
                (school, n) for school, (n, _) in one.rows.items()
            }
