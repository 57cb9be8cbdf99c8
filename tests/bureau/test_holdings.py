"""明细数据: returns by year, counties by return, editions with who and when, as known on a day."""

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board import collected_of_demo, kept, lake_of_demo, schools_of_demo
from luoshi.bureau.board.opening import INSTALLER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City as House
from luoshi.bureau.people.models import Institution, Person
from luoshi.bureau.returns.models import Explanation, Unit
from luoshi.imagining import MADE_UP, City, county_names
from luoshi.imagining.depositing import deposit, moment_of
from luoshi.keeping import Lake
from tests.bureau.conftest import Enter
from tests.house.house import ROOT
from tests.lakes import classes

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("holdings")]  # the city is made once
SMALL = City(40, seed=3, first=2019)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of two townships, handed in once."""
    folder = tmp_path_factory.mktemp("holdings") / "lake"
    for _ in deposit(SMALL, [2019, 2020], Lake(folder)):
        pass
    return folder


@pytest.fixture
def filled(city, settings, made: Path) -> Lake:
    """A lake of the test's own with the same rows."""
    shutil.copytree(made, settings.LAKE)
    return lake()


def _words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.decode()).split())


def test_an_empty_lake_says_so_and_nothing_is_made(enter: Enter, city) -> None:
    assert "还没有入库的报表。" in _words(enter("ducha").get("/lake/").content)
    assert not lake().exists


def test_every_return_stands_with_its_rows_editions_and_last_deposit(enter: Enter, filled: Lake) -> None:
    words = _words(enter("ducha").get("/lake/").content)
    assert MADE_UP in words
    for one in filled.counting():
        assert kept.label_of(one.kind) in words
    rows = sum(one.rows for one in filled.counting() if (one.kind, one.period) == ("pupils", "2020-1"))
    assert re.search(rf"学生名册.* 学籍 \d+ {rows} ", words)
    assert f"链尾 {filled.head[1][:12]}…" in words
    assert "2021-01-05" in words


def test_counties_add_up_and_a_year_may_be_chosen(enter: Enter, filled: Lake) -> None:
    names = {"990101": "某区"}
    told = kept.holdings(None, "2019", names)
    assert told.year == "2019"
    assert told.years == ("2019", "2020")
    line = next(one for one in told.lines if one.key == "staff")
    cells = next(one for one in told.cells if one.key == "staff")
    assert cells.total == line.rows[0][1] == sum(one or 0 for one in cells.rows)
    assert set(told.divisions) <= {*county_names().values(), "某区"}
    assert "各县(市、区)行数，2019年" in _words(enter("ducha").get("/lake/?year=2019").content)


def test_what_was_known_on_a_day_is_what_the_page_shows(enter: Enter, filled: Lake) -> None:
    words = _words(enter("ducha").get("/lake/?known=2020-12-31").content)
    assert "2019年行数" in words
    assert "2020年行数" not in words
    assert "到这一天为止还没有入库的报表。" in _words(enter("ducha").get("/lake/?known=2019-12-31").content)
    assert enter("ducha").get("/lake/?known=x").status_code == 200


def test_a_correction_shows_as_a_newer_edition(enter: Enter, filled: Lake) -> None:
    at = moment_of(2020) + timedelta(days=1)
    told = [
        filled.deposit(
            classes(a=number),
            kind="of_a_bureau",
            period="2020",
            division="990102",
            definition="月报",
            source="某文件",
            key=["school"],
            at=at,
            by="统计员",
        )
        for number in (1, 2)
    ]
    words = _words(enter("ducha").get("/lake/of_a_bureau/").content)
    assert f"{told[1].number} 取代 {told[0].number}" in words
    assert told[1].total[:12] in words
    assert MADE_UP not in words.partition("of_a_bureau")[2].partition("各版")[2]
    assert "另有旧版 1" in _words(enter("ducha").get("/lake/").content)


def test_a_return_shows_its_columns_and_one_that_is_none_is_missing(enter: Enter, filled: Lake) -> None:
    words = _words(enter("ducha").get("/lake/classes/?year=2019").content)
    assert "班级代号" in words
    assert "2019-1" in words
    assert "2020-1" not in words
    assert enter("ducha").get("/lake/nothing/").status_code == 404
    assert enter().get("/lake/").status_code == 302


def test_the_page_asks_the_database_little(enter: Enter, filled: Lake) -> None:
    client = enter("ducha")
    for url in ("/lake/", "/lake/classes/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) <= 12


def test_the_demo_fills_the_lake_of_its_own_house(settings) -> None:
    assert moment_of(lake_of_demo.YEARS[-1]) < datetime(2021, 12, 20, tzinfo=moment_of(2020).tzinfo)
    assert set(lake_of_demo.made().townships.unit) == set(range(15))
    told = {**os.environ, "LUOSHI_HOME": str(settings.HOME), "PYTHONPATH": str(ROOT / "src")}
    ask = "from luoshi.bureau.board import lake_of_demo as told; told.YEARS = range(2018, 2019); told.main()"
    subprocess.run([sys.executable, "-c", ask], env=told, check=True)
    assert {one.division for one in lake().editions("institutions", "2018")} == set(county_names())
    assert not (settings.HOME / "luoshi.sqlite3").exists()


def test_a_window_of_the_demo_meets_its_counties_at_every_stage(city) -> None:
    made = lake_of_demo.made()
    for _ in deposit(made, [2020], lake()):
        pass
    assert collected_of_demo.when_read(0) is None
    assert collected_of_demo.fits(city)
    before = lake().head[0]
    window = collected_of_demo.collect(city, made)
    states: dict[str, set[str]] = defaultdict(set)
    for county, state in Unit.objects.filter(window=window).values_list("county", "state"):
        states[county].add(state)
    assert all(states[county] == {"accepted"} for county in collected_of_demo.ACCEPTED)
    assert all(states[county] == {"county"} for county in collected_of_demo.CHECKED)
    assert all(states[county] == {"handed"} for county in collected_of_demo.HANDED)
    assert states[collected_of_demo.RETURNED] == {"handed", "returned"}
    assert [county for county, told in states.items() if told == {"owing"}] == list(collected_of_demo.SILENT)
    waiting = Explanation.objects.filter(unit__state="handed").values_list("unit__county", flat=True)
    assert set(waiting) & set(collected_of_demo.HANDED)
    kept_now = lake().editions("class_bands", "2021")
    assert {one.division for one in kept_now} == set(collected_of_demo.ACCEPTED)
    assert lake().head[0] == before + len(kept_now)
    assert Entry.objects.exclude(outcome="done").count() == 0
    assert not collected_of_demo.fits(city)


def test_three_schools_of_the_demo_sign_in_by_what_stands_in_the_register(city: House) -> None:
    made = lake_of_demo.made()
    for _ in deposit(made, [2020], lake()):
        pass
    assert not schools_of_demo.fits(city)
    window = collected_of_demo.collect(city, made)
    assert schools_of_demo.fits(city)
    codes = schools_of_demo.admit(INSTALLER, city)
    assert not schools_of_demo.fits(city)
    people = list(Person.objects.filter(role="school").order_by("username"))
    assert [one.school for one in people] == codes
    assert all("演示" in one.name and one.demo and one.division for one in people)
    states = [Unit.objects.get(window=window, code=code).state for code in codes]
    assert states == ["returned", "accepted"], "of the three those whose county this small city has"
    known = set(Institution.objects.filter(city=city, until=None).values_list("code", flat=True))
    assert set(codes) <= known
    assert len(known) > 30
