"""A figure leads to its measurement, query, rows, editions and signatures, and no page opens the lake's rows for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.indicators import series
from luoshi.bureau.indicators.models import Behind, Measuring
from luoshi.bureau.indicators.rows import rows_behind
from luoshi.bureau.jobs.actions.running import run_next
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.keeping import Lake
from tests.bureau import measured_years, witness
from tests.bureau.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("measured years")]  # measured once, looked at by all
COUNTY, MINE = "990106", "990121"
RATE, TOTAL = "primary_over_standard_rate", "compulsory_classes"


@pytest.fixture
def runs(city: City, settings) -> dict[int, Measuring]:
    return measured_years.keep(city, settings)


def _url(run: Measuring, measure: str, division: str) -> str:
    return f"/figures/measured/{run.pk}/{measure}/{division}/"


def test_the_chain_of_a_county_figure_is_told_to_its_end(city: City, runs, enter: Enter) -> None:
    page = enter("jijiao").get(_url(runs[2020], RATE, COUNTY)).content.decode()
    (cell,) = series.cells(city.pk, [RATE], level="county", years=[2020], divisions=[COUNTY])
    assert f"{cell.above} ÷ {cell.below} × 100 = {cell.value:f}" in page
    assert "SELECT" in page
    assert "class_bands__0" in page
    assert runs[2020].queries[RATE] in page
    assert runs[2020].rows["class_bands"] in page
    edition = next(
        one for one in lake().counting() if (one.kind, one.period, one.division) == ("class_bands", "2020", COUNTY)
    )
    assert edition.total[:12] in page
    assert "统计员" in page
    assert "签字在原报表上" in page
    kept = rows_behind(city.pk, runs[2020].pk, RATE, COUNTY)
    assert kept is not None
    assert kept.rows[0][0] in page


def test_the_page_never_reads_a_row_of_the_lake(runs, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_told: object, **_named: object) -> None:
        raise AssertionError("a page read rows")

    for name in ("rows", "select", "rows_of"):
        monkeypatch.setattr(Lake, name, read)
    for division in (COUNTY, "city"):
        assert enter("jijiao").get(_url(runs[2020], RATE, division)).status_code == 200


def test_rows_that_were_not_kept_are_fetched_by_a_job(city: City, runs, enter: Enter) -> None:
    browser, url = enter("jijiao"), _url(runs[2020], TOTAL, COUNTY)
    assert "取明细" in browser.get(url).content.decode()
    with witness.done("jobs.ask"):
        assert browser.post(f"{url}rows/").url == "/jobs/"
    with witness.done("indicators.rows"):
        assert run_next(WORKER, "w", OUTFIT.handlers, lambda: False)
    assert Job.objects.get(kind="indicators.rows").state == Job.State.DONE
    kept = Behind.objects.get(measuring=runs[2020], measure=TOTAL, county=COUNTY)
    (cell,) = series.cells(city.pk, [TOTAL], level="county", years=[2020], divisions=[COUNTY])
    names = [name for name, _heading in kept.columns]
    assert sum(int(row[names.index("classes")]) for row in kept.rows) == cell.value
    page = browser.get(url).content.decode()
    assert "取明细" not in page
    assert kept.rows[0][0] in page


@pytest.mark.parametrize(("login", "division", "status"), [
    ("jijiao", COUNTY, 200), ("ducha", COUNTY, 200), ("xianqu", COUNTY, 200), ("chayue", COUNTY, 403),
])  # fmt: skip
def test_who_may_see_the_overview_sees_the_chain(runs, enter: Enter, login: str, division: str, status: int) -> None:
    assert enter(login).get(_url(runs[2020], RATE, division)).status_code == status


def test_schools_are_named_only_to_the_section_and_to_their_own_county(city: City, runs, enter: Enter) -> None:
    told = rows_behind(city.pk, runs[2020].pk, RATE, COUNTY)
    assert told is not None
    school = told.rows[0][0]
    for login in ("ducha", "fenguan", "xianqu"):
        assert school not in enter(login).get(_url(runs[2020], RATE, COUNTY)).content.decode()
    (one, *_others) = series.cells(city.pk, [TOTAL], level="school", years=[2020], county=COUNTY)
    assert enter("jijiao").get(_url(runs[2020], TOTAL, one.division)).status_code == 200
    assert enter("ducha").get(_url(runs[2020], TOTAL, one.division)).status_code == 403
    assert enter("xianqu").get(_url(runs[2020], TOTAL, one.division)).status_code == 403
    assert enter("xianqu").post(f"{_url(runs[2020], TOTAL, COUNTY)}rows/").status_code == 403
    assert not Job.objects.exists()


def test_what_is_not_there_is_not_found(runs, enter: Enter) -> None:
    browser = enter("jijiao")
    for url in (
        _url(runs[2020], "no_such", COUNTY),
        _url(runs[2020], RATE, "990199"),
        f"/figures/measured/999999/{RATE}/city/",
    ):
        assert browser.get(url).status_code == 404


def test_the_chain_takes_at_most_twelve_queries(runs, enter: Enter) -> None:
    browser = enter("jijiao")
    for division in (COUNTY, "city"):
        browser.get(_url(runs[2020], RATE, division))
        with CaptureQueriesContext(connection) as asked:
            browser.get(_url(runs[2020], RATE, division))
        assert len(asked) <= 12


def test_another_value_of_a_parameter_or_another_formula_breaks_the_series(city: City, runs) -> None:
    assert series.breaks(city.pk, RATE) == {}
    Measuring.objects.filter(pk=runs[2020].pk).update(queries={**runs[2020].queries, RATE: "another"})
    assert series.breaks(city.pk, RATE) == {2020: "口径（计算式）有变"}
    assert series.breaks(city.pk, TOTAL) == {}
