"""学校和县区概览: measured by a job, read from what was kept; school rows only for who needs them."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.working import OUTFIT, measure_new
from luoshi.bureau.indicators import measuring, series
from luoshi.bureau.indicators.actions import ask_for_measuring, keep_measuring
from luoshi.bureau.indicators.measuring import State
from luoshi.bureau.indicators.models import Measuring, Sheaf
from luoshi.bureau.indicators.packing import Moment
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.keeping import Lake
from luoshi.measuring import By, Engine, LakeTables, in_force, measure
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.measured_lake import hand_in
from tests.bureau.xingzhou import actor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("measured lake"),
]  # its lake is handed in and measured once
COUNTY = "990106"
MINE = "990121"


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measured") / "lake"
    hand_in(Lake(folder))
    return folder


KEPT: dict[int, tuple[dict, list[dict]]] = {}
"""What the engine came to, once for all tests of this module: by year the run and its moments."""


@pytest.fixture
def measured(city: City, rows, settings) -> City:
    settings.LAKE = rows
    entry, head = lake().head
    for year in (2019, 2020):
        if year not in KEPT:
            run = Measuring(year=year, entry=entry, head=head)
            told = measuring.measured(run, State(year, entry, head, in_force(PARAMETERS, date(year, 9, 1))), {"9901"})
            KEPT[year] = _fields(run), [_fields(one) for one in told]
        fields, moments = KEPT[year]
        run = Measuring(**fields, city=city, state=str(year))
        keep_measuring(actor("jijiao"), run, [Moment(**one) for one in moments])
    return city


def _fields(row) -> dict:
    return {
        key: value
        for key, value in vars(row).items()
        if not key.startswith("_") and key not in {"id", "city_id", "measuring_id", "state"}
    }


@pytest.fixture
def worked(city: City, rows, settings) -> City:
    """One year, by the worker."""
    settings.LAKE = rows
    job = ask_for_measuring(actor("jijiao"), city, 2020)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.findings
    return city


def test_a_job_keeps_what_the_engine_measures_and_does_it_once(worked: City) -> None:
    run = Measuring.objects.get(city=worked, year=2020)
    asked = [MEASURES["primary_large_class_rate"]]
    told = measure(asked, LakeTables(lake()), year=2020, by=By.COUNTY, engine=Engine.POLARS)
    kept = series.cells(worked.pk, ["primary_large_class_rate"], level="county")
    assert {one.division: (one.part, one.whole) for one in kept} == {
        one.division: (str(one.moment.part), str(one.moment.whole)) for one in told.rows
    }
    assert run.unmeasured["nine_year_retention"].startswith("没有2012年的")
    assert run.editions["class_bands"]
    before = Sheaf.objects.count()
    job = ask_for_measuring(actor("jijiao"), worked, 2020)
    assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    job.refresh_from_db()
    assert job.result["words"] == "2020 年的数没有变，不必重算"
    assert Sheaf.objects.count() == before


def test_the_daily_round_has_years_measured_that_got_new_rows(measured: City, rows, settings) -> None:
    assert measure_new(WORKER, date(2020, 12, 1)) == "没有要计算的"
    Measuring.objects.filter(year=2020).update(entry=1)
    assert measure_new(WORKER, date(2020, 12, 1)) == "计算 1 年（2020）"
    assert measure_new(WORKER, date(2020, 12, 2)) == "计算 1 年（2020）"
    assert Job.objects.filter(kind="indicators.measure").count() == 1


def test_who_may_not_have_it_measured_is_refused(city: City) -> None:
    with pytest.raises(RefusedError, match="计算各项指标"):
        ask_for_measuring(actor("xianqu"), city, 2020)


def test_counties_stand_beside_last_year_with_both_counts(measured: City, enter: Enter) -> None:
    page = enter("jijiao").get("/overview/?year=2020&table=classes").content.decode()
    assert "2020年学校和县区概览" in page
    assert "2020年9月1日" in page
    assert "角阳县" in page
    assert "上年" in page
    assert "百分点" in page
    assert "<svg" in page
    assert f"/overview/{COUNTY}/?year=2020&amp;table=classes" in page


@pytest.mark.parametrize("table", ["preschool", "primary", "primary_apart", "junior_apart", "staff", "stock", "money"])
def test_every_table_has_its_counties(measured: City, enter: Enter, table: str) -> None:
    answer = enter("fenguan").get("/overview/", {"year": 2020, "table": table})
    assert answer.status_code == 200
    assert "全市" in answer.content.decode()


def test_schools_are_one_click_away_for_a_section(measured: City, enter: Enter) -> None:
    page = enter("jijiao").get(f"/overview/{COUNTY}/?year=2020&table=primary").content.decode()
    assert "教育部令第44号" in page
    assert "虚构" in page
    one = enter("jijiao").get(f"/overview/{COUNTY}/?year=2020&table=classes&measure=compulsory_large_class_rate")
    assert one.status_code == 200


@pytest.mark.parametrize(("login", "county", "status"), [
    ("jijiao", COUNTY, 200), ("xianqu", MINE, 200), ("xianqu", COUNTY, 403), ("ducha", COUNTY, 403), ("fenguan", COUNTY, 403),
])  # fmt: skip
def test_school_rows_are_for_the_section_and_for_their_own_county(measured, enter, login, county, status) -> None:
    assert enter(login).get(f"/overview/{county}/?year=2020&table=classes").status_code == status


def test_a_viewer_does_not_see_the_overview(measured: City, enter: Enter) -> None:
    assert enter("chayue").get("/overview/").status_code == 403
    assert enter("chayue").get("/overview/table.csv").status_code == 403


def test_the_table_goes_out_as_csv_with_definition_and_day(measured: City, enter: Enter) -> None:
    answer = enter("ducha").get("/overview/table.csv?year=2020&table=preschool")
    lines = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert lines[0][:4] == ["单位代码", "单位", "指标", "指标值"]
    assert {line[7] for line in lines[1:]} == {"年报"}
    assert {line[8] for line in lines[1:]} == {"2020年9月1日"}


def test_before_anything_was_measured_the_page_says_what_to_do(city: City, enter: Enter) -> None:
    page = enter("jijiao").get("/overview/").content.decode()
    assert "还没有算过" in page


def test_a_wrong_year_is_refused_and_a_right_one_is_asked_for(city: City, enter: Enter) -> None:
    wrong = enter("jijiao").post("/overview/measure/", {"year": "二〇"})
    assert wrong.status_code == 409
    with witness.done("jobs.ask"):
        assert enter("jijiao").post("/overview/measure/", {"year": "2020"}).url == "/jobs/"
    assert enter("xianqu").post("/overview/measure/", {"year": "2020"}).status_code == 403


def test_the_pages_take_at_most_twelve_queries(measured: City, enter: Enter) -> None:
    for login, page in (("jijiao", "/overview/?table=primary"), ("jijiao", f"/overview/{COUNTY}/?table=primary")):
        client = enter(login)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        assert len(asked) <= 12
