"""A made-up city: the same from the same seed, whole in itself from year to year, and nobody's."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from luoshi.checking import Aside, check
from luoshi.declared.returns import RETURNS
from luoshi.imagining import MADE_UP, City
from luoshi.imagining.chance import Chance, spread, spread_count
from luoshi.imagining.enrolment import BAND_EDGES
from luoshi.imagining.possessions import BANDS
from luoshi.imagining.shape import COUNTIES
from luoshi.imagining.writing import LISTING, content, write
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from tests.house.house import ROOT

CITY = City(80, seed=7)
PINNED_DRAWS = [544, 48, 477, 285]
PINNED_CODES = ["NPC1JGULDKX8", "2MQWG8H278GA", "G6WX0XR9CUDF", "FAR943KC1Y2D"]


@pytest.fixture(scope="module")
def years() -> dict[int, dict[str, pl.DataFrame]]:
    return {year: CITY.whole(year) for year in (2020, 2021)}


def _must_and_should(of: str, now: dict[str, pl.DataFrame], before: dict[str, pl.DataFrame] | None) -> tuple[int, int]:
    told = check(RETURNS[of], now[of], Aside(before[of] if before else None, now))
    return told.weighing(Severity.STOPS), told.weighing(Severity.ASKS)


def test_a_clean_city_breaks_no_must_rule_and_asks_seldom(years) -> None:
    found = {key: _must_and_should(key, years[2021], years[2020]) for key in RETURNS}
    assert {key: must for key, (must, _) in found.items() if must} == {}
    rows = sum(frame.height for frame in years[2021].values())
    assert sum(should for _, should in found.values()) < rows / 1000


@pytest.mark.prove
def test_three_clean_years_of_three_thousand_schools_break_no_must_rule() -> None:
    city, before = City(3000, seed=20), None
    for year in (2020, 2021, 2022):
        now = city.whole(year)
        assert {key: _must_and_should(key, now, before)[0] for key in RETURNS} == dict.fromkeys(RETURNS, 0)
        before = now


def test_the_frames_have_the_declared_columns_and_every_return_has_rows(years) -> None:
    for key, of in RETURNS.items():
        assert years[2021][key].schema == of.schema(), key
        assert years[2021][key].height, key


def test_the_same_seed_makes_the_same_rows_and_another_seed_others() -> None:
    one, again, other = (City(6, seed).whole(2020) for seed in (3, 3, 4))
    for key in RETURNS:
        assert content(one[key]) == content(again[key]), key
    assert content(one["pupils"]) != content(other["pupils"])


def test_draws_are_the_same_on_every_machine() -> None:
    chance = Chance(2020)
    counters = np.arange(4, dtype=np.int64)
    assert chance.below(1000, "size", counters).tolist() == PINNED_DRAWS
    assert [bytes(row).decode() for row in chance.codes(counters)] == PINNED_CODES


def test_a_slice_made_alone_is_the_slice_of_the_whole(years) -> None:
    alone = dict(CITY.frames(range(40, 60), 2021))
    schools = alone["institutions"]["school"]
    for key, frame in alone.items():
        whole = years[2021][key].filter(pl.col("school").is_in(schools.implode()))
        assert content(frame) == content(whole), key


def test_the_digest_is_of_the_rows_and_not_of_where_they_lie(years) -> None:
    whole = years[2021]["staff"]
    lain_otherwise = pl.concat([whole[:100], whole[100:]], rechunk=False)
    assert content(whole[50:90]) == content(pl.DataFrame(whole[50:90].to_dicts(), schema=whole.schema))
    assert content(lain_otherwise) == content(whole)
    assert content(whole[50:90]) != content(whole[51:91])


def test_cohorts_move_up_and_a_person_stays_the_same_person(years) -> None:
    before, now = (years[year]["pupils"] for year in (2020, 2021))
    met = before.join(now, on="pupil", suffix="_now")
    lower = before.filter(~pl.col("grade").is_in([6, 9, 12]) & pl.col("stage").is_in(["primary", "junior", "senior"]))
    assert met.filter(pl.col("stage") == "primary").height > lower.filter(pl.col("stage") == "primary").height * 0.95
    for same in ("born", "sex", "boarding", "poor", "disability", "school"):
        assert met.filter(pl.col(same).ne_missing(pl.col(f"{same}_now"))).is_empty(), same
    assert (met["grade_now"] - met["grade"]).unique().to_list() == [1]


def test_flows_add_up_to_the_stock(years) -> None:
    keys = ["school", "stage"]
    both = years[2020]["class_bands"].join(years[2021]["class_bands"], on=keys, suffix="_now")
    flow = pl.col("pupils") - pl.col("graduates_now") + pl.col("entrants_now") + pl.col("moved_in_now")
    assert both.filter(flow - pl.col("moved_out_now") != pl.col("pupils_now")).is_empty()
    assert both["moved_out_now"].sum() > 0


def test_pupils_of_a_teaching_point_that_closes_go_to_its_school() -> None:
    city = City(20, seed=1)
    closing = city.whole(2022)["institutions"].filter("closed").row(0, named=True)
    point, parent = closing["school"], closing["parent"]
    before, now = (city.whole(year)["class_bands"] for year in (2021, 2022))
    gone = before.filter(pl.col("school") == point).row(0, named=True)
    assert now.filter(pl.col("school") == point).is_empty()
    host = now.filter(pl.col("school") == parent).row(0, named=True)
    assert host["moved_in"] >= gone["pupils"] - gone["grade_6"] > 0


def test_the_bands_of_the_annual_return_are_those_of_the_class_list(years) -> None:
    classes = years[2021]["classes"].with_columns(
        pl.Series("band", np.searchsorted(BAND_EDGES, years[2021]["classes"]["size"].to_numpy(), side="right") - 1)
    )
    counted = classes.group_by("school", "stage").agg(
        *[(pl.col("band") == place).sum().cast(pl.Int64).alias(name) for place, name in enumerate(BANDS)],
        pl.col("size").sum().alias("pupils"),
    )
    returned = years[2021]["class_bands"].select(counted.columns)
    assert returned.sort("school", "stage").equals(counted.sort("school", "stage"))


def test_people_counted_by_number_are_those_who_are_made() -> None:
    serial = np.arange(17, 140, dtype=np.int64)
    counted = spread_count(np.array([140]), 130, 7) - spread_count(np.array([17]), 130, 7)
    assert spread(serial, 130, 7).sum() == counted[0] == 16


def test_counties_are_those_of_the_made_up_city_and_codes_belong_to_no_province(years) -> None:
    divisions = pl.read_csv(ROOT / "cities/xingzhou/divisions.csv", infer_schema=False)
    today = divisions.filter(pl.col("code").ne("ZZ01") & pl.col("until").fill_null("").eq(""))
    named = dict(today.select("code", "name").iter_rows())
    assert {f"9901{one.code[2:]}": one.name for one in COUNTIES} == named
    register = years[2021]["institutions"]
    assert register["county"].is_in(list(named)).all()
    assert (register["school"].str.slice(2, 2) == "99").all()
    assert register["name"].str.contains("^(?:" + "|".join(named.values()) + ")").all()


def test_shares_of_ages_are_shares() -> None:
    for county in COUNTIES:
        assert abs(sum(county.ages) - 10_000) <= 10, county.name
        assert all(300 < share < 700 for share in county.women), county.name
    assert abs(sum(county.weight for county in COUNTIES) - 9_400) < 100


def test_a_city_is_written_with_its_digests_and_says_in_every_file_that_it_is_made_up(tmp_path: Path) -> None:
    parts = list(write(City(5, seed=2), [2020, 2021], tmp_path / "out"))
    lines = [json.loads(line) for line in (tmp_path / "out" / LISTING).read_text("utf-8").splitlines()]
    assert lines[0]["note"] == MADE_UP
    assert [line["path"] for line in lines[1:-1]] == [part.path for part in parts]
    assert len(lines[-1]["digest"]) == 64
    for part in parts:
        file = tmp_path / "out" / part.path
        assert pl.read_parquet_metadata(file)["note"] == MADE_UP
        assert content(pl.read_parquet(file)) == part.digest
    assert (tmp_path / "out/pupils/2020-1/part-00000.parquet").exists()


def test_writing_that_is_stopped_leaves_only_whole_files(tmp_path: Path) -> None:
    writing = write(City(60, seed=2), [2020], tmp_path / "out", size=20)
    written = [next(writing).path for _ in range(7)]
    writing.close()
    files = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    assert files == {LISTING, *written}


def test_a_folder_that_holds_something_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(RefusedError, match="已有东西"):
        next(write(City(5, seed=2), [2020], tmp_path))


@pytest.mark.parametrize(("schools", "pupils"), [(0, None), (600_000, None), (10, 100), (10, 10_000_000)])
def test_a_size_that_cannot_be_is_refused(schools: int, pupils: int | None) -> None:
    with pytest.raises(RefusedError, match="之间"):
        City(schools, seed=1, pupils=pupils)


def test_a_larger_city_has_as_many_pupils_as_it_was_asked_for() -> None:
    city = City(2000, seed=3, pupils=1_500_000)
    made = int(city.totals(2021).pupils.sum())
    assert 0.85 < made / 1_500_000 < 1.15


@pytest.mark.prove
def test_a_command_that_is_stopped_says_so_and_every_listed_part_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "luoshi", "city", "--schools", "20000", "--faults", "0", "--out", str(out)]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
    )
    assert "学校 1000/20000" in running.stdout.readline()
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=60)[0]
    assert running.returncode == 130
    assert "已停止" in said
    listed = [json.loads(line) for line in (out / LISTING).read_text("utf-8").splitlines()[1:]]
    assert len(listed) >= 11
    assert all(content(pl.read_parquet(out / part["path"])) == part["digest"] for part in listed)
    assert list(out.rglob("*.begun")) == []


@pytest.mark.prove
def test_three_thousand_schools_and_three_years_are_written_in_twenty_seconds(tmp_path: Path) -> None:
    begun = time.monotonic()
    parts = list(write(City(3000, seed=1), [2020, 2021, 2022], tmp_path / "out"))
    assert time.monotonic() - begun < 20
    assert sum(part.rows for part in parts if part.path.startswith("pupils/")) > 2_500_000
