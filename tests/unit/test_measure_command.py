"""`luoshi measure`: from a lake to figures, with last year beside them."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from luoshi.cli import app
from luoshi.keeping import Lake
from tests.bureau.measured_lake import hand_in

pytestmark = pytest.mark.xdist_group("measure command")  # handed in once

WANTED = ("class_bands", "classes", "institutions", "kindergartens")


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    """Two years of a small made-up city, county by county, each year known in its October."""
    folder = tmp_path_factory.mktemp("lake")
    hand_in(Lake(folder), kinds=WANTED)
    return folder


def _run(*arguments: str):
    return CliRunner().invoke(app, ["measure", *arguments])


def test_last_year_stands_beside_each_county(lake) -> None:
    ran = _run(
        "义务教育大班额比例",
        "affordable_share",
        "--lake",
        str(lake),
        "--period",
        "2020",
        "--last-year",
        "--format",
        "json",
    )
    assert ran.exit_code == 0, ran.output
    rows = json.loads(ran.stdout)["measured"]
    assert {row["indicator"] for row in rows} == {"compulsory_large_class_rate", "affordable_share"}
    assert all(row["shown_before"].endswith(" %") and row["change"].endswith(("百分点", "持平")) for row in rows)
    assert {row["definition"] for row in rows} == {"年报"}


def test_both_engines_print_the_same_csv(lake) -> None:
    told = [
        _run(
            "all", "--lake", str(lake), "--by", "township", "--on", "2020-12-31", "--format", "csv", "--engine", engine
        ).stdout
        for engine in ("duckdb", "polars")
    ]
    rows = list(csv.reader(io.StringIO(told[0])))
    assert told[0] == told[1]
    assert rows[0] == ["指标", "单位", "年", "分子", "分母", "指标值", "口径", "缺数"]
    assert len(rows) > 20


def test_what_was_not_known_on_a_day_is_not_measured(lake) -> None:
    ran = _run("compulsory_classes", "--lake", str(lake), "--period", "2020", "--known", "2020-09-30")
    assert ran.exit_code == 0
    assert "没有算：compulsory_classes　没有2020年的“班数、班额和分年级学生数”" in ran.stdout


def test_a_bureau_s_own_threshold_counts_by_the_roll_and_is_refused_for_bands(lake) -> None:
    own = ("--lake", str(lake), "--by", "city", "--period", "2020", "--set", "large_class=46", "--format", "json")
    rows = json.loads(_run("primary_large_class_rate_roll", *own).stdout)["measured"]
    usual = json.loads(_run("primary_large_class_rate_roll", *own[:6], "--format", "json").stdout)["measured"]
    assert int(rows[0]["part"]) > int(usual[0]["part"])
    refused = _run("primary_large_class_rate", *own)
    assert refused.exit_code == 2
    assert "请改用学籍口径" in refused.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["大班额", "--period", "2020"], "没有指标“大班额”"),
        (["compulsory_classes"], "没有给出年份"),
        (["compulsory_classes", "--period", "2020", "--set", "large_class"], "读不懂"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_four_parts(lake, arguments, said) -> None:
    ran = _run(*arguments, "--lake", str(lake))
    assert ran.exit_code == 2
    assert said in ran.output


def test_the_rows_behind_a_figure_are_listed(lake) -> None:
    behind = ("--lake", str(lake), "--period", "2020", "--rows")
    told = json.loads(
        _run("primary_large_class_rate_roll", *behind, "--set", "large_class=46", "--format", "json").stdout
    )
    assert told["total"] == len(told["rows"]) > 0
    assert all(int(row["size"]) >= 46 for row in told["rows"])
    table = _run("public_share", *behind).stdout
    assert table.startswith("公办园在园幼儿占比：")
    assert "学校标识码" in table
