"""公开网站 of a whole city: 3 000 schools in under a minute, all of it valid, and no value about a person anywhere in it."""

import csv
import io
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from luoshi.publishing.nouns import WITHHELD
from tests.bureau.private_values import looked_for
from tests.bureau.reading_sites import dead_links, faults, files_of, read_sdmx, wrong_sums
from tests.bureau.whole_house import PLANTED, ROOT, surroundings

SECONDS = 60
pytestmark = pytest.mark.prove
SIZES = [300, 3000]
"""Of the first some counties have few disabled pupils; the bar is the second. A smaller one is walked in every run of tests/browser."""


@dataclass(frozen=True)
class Exported:
    """A site that the command wrote."""

    home: Path
    files: dict[str, bytes]
    printed: str
    schools: int = 0


@pytest.fixture(scope="module", params=SIZES)
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The made-up city of a size, published by the command."""
    home = tmp_path_factory.mktemp("whole")
    build = [sys.executable, "-m", "tests.bureau.whole_house", str(home), str(request.param)]
    subprocess.run(build, cwd=ROOT, env=surroundings(home), check=True, capture_output=True)
    return replace(publish(home, home / "site"), schools=request.param)


def publish(home: Path, out: Path) -> Exported:
    command = [sys.executable, "-m", "luoshi", "publish", "--out", str(out), "--on", "2021-12-31"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(home), check=True, capture_output=True, text=True)
    return Exported(home, files_of(out), done.stdout)


def test_it_is_out_in_under_a_minute_and_says_how_far_it_has_come(exported: Exported) -> None:
    seconds = re.search(r"用时 ([\d.]+) 秒", exported.printed)
    assert seconds
    assert float(seconds[1]) < SECONDS
    assert "学校：" in exported.printed
    assert "演示数据（虚构）" in exported.printed


def test_two_exports_are_the_same_bytes_and_the_old_one_is_replaced_whole(exported: Exported) -> None:
    again = publish(exported.home, exported.home / "site")
    assert again.files == exported.files
    assert sorted(one.name for one in exported.home.iterdir() if one.name.startswith(".site")) == []


def test_every_page_is_valid_every_link_leads_somewhere_every_digest_is_right(exported: Exported) -> None:
    pages = {name: content for name, content in exported.files.items() if name.endswith(".html")}
    assert {name: wrong for name, content in pages.items() if (wrong := faults(content))} == {}
    assert list(dead_links(exported.files)) == []
    assert wrong_sums(exported.files) == []
    for name, content in exported.files.items():
        if name.endswith(".sdmx.csv"):
            structure = name.replace(".sdmx.csv", ".structure.json") if "/1/" in name else "indicators/structure.json"
            read_sdmx(content, exported.files[structure])


def test_frictionless_itself_finds_nothing_wrong(exported: Exported) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is what benchmarks are measured beside")
    packages = [name for name in exported.files if name.endswith("datapackage.json")]
    assert packages
    for name in packages:
        told = frictionless.validate(str(exported.home / "site" / name))
        assert told.valid, (name, told.flatten(["rowNumber", "fieldName", "message"]))


def test_no_value_about_a_person_stands_in_any_file(exported: Exported) -> None:
    found = looked_for(exported.home, exported.home / "site")
    assert set(found["known"]) >= PLANTED
    assert found["lake"] > 1000
    assert found["met"] == []


def test_no_withheld_cell_is_told_and_no_small_count_is_shown(exported: Exported) -> None:
    name = next(one for one in exported.files if one.endswith("/1/placements.csv"))
    rows = list(csv.DictReader(io.StringIO(exported.files[name].decode())))
    counts = ("integrated", "at_home", "others", "placed")
    shown = [int(row[key]) for row in rows for key in counts if row[key] and row[key] != WITHHELD]
    assert [one for one in shown if 0 < one < 5] == []
    withheld = any(row[key] == WITHHELD for row in rows for key in counts)
    assert withheld is (exported.schools == 300)
    page = exported.files[name.replace("1/placements.csv", "index.html")].decode()
    assert ("人数过少" in page) is withheld
    for row in rows:
        hidden = [key for key in counts if row[key] == WITHHELD]
        assert len(hidden) != 1, "one alone is what the others leave of the whole"
        assert not hidden or row["share"] == WITHHELD or not {"integrated", "placed"} & set(hidden)
    figures = list(csv.DictReader(io.StringIO(exported.files["indicators/figures.csv"].decode())))
    assert all(row["value"] == row["numerator"] == "" for row in figures if row["withheld"] == "true")
