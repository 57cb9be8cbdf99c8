"""A made-up city is handed in: whole counties at once, the same on every run, taken up again after a kill."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.cli import app
from luoshi.declared.returns import RETURNS
from luoshi.imagining import MADE_UP, City, period_of
from luoshi.imagining.depositing import deposit, moment_of
from luoshi.keeping import Lake
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from tests.house.house import ROOT

pytestmark = pytest.mark.xdist_group("city in the lake")  # made once

SMALL = City(70, seed=5)
YEARS = [2020, 2021]


@pytest.fixture(scope="module")
def lake(tmp_path_factory) -> Lake:
    made = Lake(tmp_path_factory.mktemp("city") / "lake")
    for _ in deposit(SMALL, YEARS, made):
        pass
    return made


def test_pieces_are_whole_counties_and_every_school_is_in_one() -> None:
    city = City(9000, seed=2)
    pieces = city.counties()
    assert sorted(np.concatenate(pieces)) == list(range(9000))
    units = [set(city.townships.unit[piece // 20]) for piece in pieces]
    assert sum(map(len, units)) == len(set().union(*units))
    assert all(len(piece) <= 1000 or len(unit) == 1 for piece, unit in zip(pieces, units, strict=True))


def test_the_rows_in_the_lake_are_the_rows_of_the_city(lake: Lake) -> None:
    whole = SMALL.whole(2021)
    for key, of in RETURNS.items():
        kept = lake.rows(key, period=period_of(key, 2021)).collect()
        assert kept["definition"].unique().to_list() == [of.basis.label]
        assert kept.filter(pl.col("division") != pl.col("county")).is_empty()
        ordered = kept.select(whole[key].columns).sort(*of.keys)
        assert ordered.equals(whole[key].sort(*of.keys)), key


def test_a_year_is_known_from_its_moment_and_every_edition_says_that_it_is_made_up(lake: Lake) -> None:
    assert moment_of(2020).isoformat() == "2021-01-05T09:00:00+08:00"
    known = {one.period[:4] for one in lake.counting(datetime(2021, 6, 1, tzinfo=UTC))}
    assert known == {"2020"}
    assert all(one.told.startswith(MADE_UP) and MADE_UP in one.by for one in lake.all_editions())
    assert lake.verify() == []


def test_the_same_seed_makes_the_same_lake_to_the_last_entry(lake: Lake, tmp_path: Path) -> None:
    again, other = Lake(tmp_path / "again"), Lake(tmp_path / "other")
    for _ in deposit(SMALL, YEARS, again):
        pass
    assert again.head == lake.head
    for _ in deposit(City(70, seed=6), [2020], other):
        pass
    assert {one.total for one in other.editions("pupils", "2020-1")}.isdisjoint(
        one.total for one in lake.editions("pupils", "2020-1")
    )


def test_writing_that_was_stopped_goes_on_where_it_stopped(lake: Lake, tmp_path: Path) -> None:
    stopped = Lake(tmp_path / "lake")
    writing = deposit(SMALL, YEARS, stopped)
    next(writing)
    writing.close()
    assert 0 < stopped.head[0] < lake.head[0]
    assert stopped.verify() == []
    told = list(deposit(SMALL, YEARS, Lake(tmp_path / "lake")))
    assert Lake(tmp_path / "lake").head == lake.head
    assert sum(map(len, told)) < lake.head[0]
    assert list(deposit(SMALL, YEARS, Lake(tmp_path / "lake"))) == []


def test_another_city_is_not_mixed_into_it(lake: Lake) -> None:
    before = lake.head
    with pytest.raises(RefusedError, match="造数只写到新的数据湖"):
        next(deposit(City(70, seed=6), YEARS, lake))
    assert lake.head == before


def test_the_command_writes_a_lake_that_verify_finds_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["city", "--schools", "5", "--years", "1", "--out", str(out)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert f"链尾 {Lake(out).head[0]}:{Lake(out).head[1]}　{MADE_UP}" in done.output
    assert "数据湖完整" in CliRunner().invoke(app, ["lake", "verify", str(out)]).output
    assert "共0份" in CliRunner().invoke(app, asked).output
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("x")
    assert CliRunner().invoke(app, [*asked[:-1], str(tmp_path / "mine")]).exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="kills by signals")
@pytest.mark.prove
def test_a_command_that_is_killed_leaves_a_whole_lake_and_the_next_one_finishes_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "luoshi", "city", "--schools", "300", "--years", "2", "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for wait in (0.0, 0.7, 1.4):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
        until = time.monotonic() + 60
        while not (out / "lock").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert [one for one in Lake(out).verify() if one.severity is not Severity.TELLS] == []
    assert subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False).returncode == 0
    whole = Lake(tmp_path / "whole")
    for _ in deposit(City(300, seed=1), [2020, 2021], whole):
        pass
    assert Lake(out).head == whole.head
    assert Lake(out).verify() == []


@pytest.mark.prove
def test_three_thousand_schools_and_three_years_are_handed_in_in_twenty_seconds(tmp_path: Path) -> None:
    begun = time.monotonic()
    pupils = sum(
        one.rows
        for many in deposit(City(3000, seed=1), [2020, 2021, 2022], Lake(tmp_path / "lake"))
        for one in many
        if one.kind == "pupils"
    )
    assert time.monotonic() - begun < 20
    assert pupils > 2_500_000
