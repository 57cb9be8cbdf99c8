"""比较: any indicators × units × years, rows and columns at will; the same figures on the page, in CSV and in xlsx."""

import csv
import io
import json
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from luoshi.bureau.board import pivot
from luoshi.bureau.indicators import series
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.declared.measures import MEASURES
from tests.bureau import measured_years
from tests.bureau.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("measured years")]  # measured once, looked at by all
MINE = "990121"
RATE, TOTAL = "primary_over_standard_rate", "compulsory_classes"
BOTH = f"m={RATE}&m={TOTAL}&y=2019&y=2020"


@pytest.fixture
def runs(city: City, settings) -> dict[int, Measuring]:
    return measured_years.keep(city, settings)


def _shown(page: str) -> list[str]:
    return re.findall(r'class="nobr" href="/figures/measured/[^"]+" title="[^"]+">([^<]+)</a>', page)


def test_the_table_holds_every_figure_of_the_city_and_its_counties(city: City, runs, enter: Enter) -> None:
    page = enter("jijiao").get(f"/compare/?{BOTH}").content.decode()
    kept = [one for level in ("city", "county") for one in series.cells(city.pk, [RATE, TOTAL], level=level)]
    assert sorted(_shown(page)) == sorted(one.shown for one in kept)
    assert "2019年9月1日、2020年9月1日" in page
    assert "年报" in page
    assert "<svg" in page
    assert "分子 " in page


@pytest.mark.parametrize(
    ("rows", "cols"), [("units", "years"), ("measures", "units"), ("years", "measures"), ("measures", "years")]
)
def test_rows_and_columns_may_be_switched_and_nothing_is_lost(runs, enter: Enter, rows: str, cols: str) -> None:
    browser = enter("jijiao")
    straight = _shown(browser.get(f"/compare/?{BOTH}").content.decode())
    turned = browser.get(f"/compare/?{BOTH}&rows={rows}&cols={cols}").content.decode()
    assert sorted(_shown(turned)) == sorted(straight)


def test_a_column_sorts_by_its_unrounded_values_and_the_city_stays_on_top(city: City, runs, enter: Enter) -> None:
    page = enter("jijiao").get(f"/compare/?{BOTH}&sort=-{RATE}.2020").content.decode()
    values = {one.division: one.value for one in series.cells(city.pk, [RATE], level="county", years=[2020])}
    codes = re.findall(rf"/{runs[2020].pk}/{RATE}/([^/]+)/", page)
    assert codes[0] == "city"
    assert [values[code] for code in codes[1:]] == sorted(values.values(), reverse=True)
    assert 'aria-sort="descending"' in page


def test_without_a_choice_something_sensible_is_shown(runs, enter: Enter) -> None:
    page = enter("fenguan").get("/compare/").content.decode()
    assert "全市" in page
    assert _shown(page)


def test_before_anything_was_measured_the_page_says_what_to_do(city: City, enter: Enter) -> None:
    assert "还没有算过" in enter("jijiao").get("/compare/").content.decode()


def test_schools_are_compared_only_by_who_may_see_them(city: City, runs, enter: Enter) -> None:
    for login, of, status in (("ducha", MINE, 403), ("xianqu", MINE, 200), ("fenguan", MINE, 403), ("chayue", "", 403)):
        assert enter(login).get(f"/compare/?{BOTH}&of={of}").status_code == status
        assert enter(login).get(f"/compare/table.csv?{BOTH}&of={of}").status_code == status
    kept = series.cells(city.pk, [RATE, TOTAL], level="school", county=MINE)
    assert kept
    page = enter("jijiao").get(f"/compare/?{BOTH}&of={MINE}").content.decode()
    assert "教育部令第44号" in page
    shown = _shown(page)
    assert sorted(shown) == sorted(one.shown for one in kept)


def test_too_many_figures_are_refused_in_four_parts(runs, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    every = "&".join(f"m={key}" for key in list(MEASURES)[:100])
    assert enter("jijiao").get(f"/compare/?{every}&y=2019&y=2020").status_code == 200
    monkeypatch.setattr(pivot, "MOST", 599)
    answer = enter("jijiao").get(f"/compare/?{every}&y=2019&y=2020")
    assert answer.status_code == 409
    page = answer.content.decode()
    for part in (
        "比较的范围",
        "100 项指标 × 3 个单位 × 2 年，共 600 个数",
        "一次最多比较 599 个数",
        "请少选几项指标、几个单位或几年",
    ):
        assert part in page
    assert enter("jijiao").get(f"/compare/table.xlsx?{every}&y=2019&y=2020").status_code == 409


def test_csv_and_workbook_hold_the_same_figures_with_both_counts(city: City, runs, enter: Enter) -> None:
    browser = enter("jijiao")
    told = browser.get(f"/compare/table.csv?{BOTH}").content.decode().removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(told)))
    kept = [one for level in ("city", "county") for one in series.cells(city.pk, [RATE, TOTAL], level=level)]
    assert sorted((one["指标代号"], one["年份"], one["分子"], one["分母"]) for one in lines) == sorted(
        (one.measure, str(one.year), one.above, one.below) for one in kept
    )
    assert {one["口径"] for one in lines} == {"年报"}
    book = load_workbook(io.BytesIO(browser.get(f"/compare/table.xlsx?{BOTH}").content))
    assert book.sheetnames == ["比较", "逐项"]
    numbers = [
        cell
        for row in book["比较"].iter_rows(min_row=4, min_col=2, values_only=True)
        for cell in row
        if cell is not None
    ]
    assert len(numbers) == len([one for one in kept if one.value is not None])
    assert all(isinstance(one, int | float) for one in numbers)
    assert "演示数据" in book["比较"]["A1"].value


def test_a_break_is_marked_and_told(city: City, runs, enter: Enter) -> None:
    Measuring.objects.filter(pk=runs[2020].pk).update(queries={**runs[2020].queries, RATE: "another"})
    page = enter("jijiao").get(f"/compare/?{BOTH}").content.decode()
    counties = series.cells(city.pk, [RATE], level="county", years=[2020])
    assert page.count('class="broke"') == len(counties) + 1
    assert "2020：口径（计算式）有变" in page


def test_what_is_typed_into_the_address_does_no_harm(runs, enter: Enter) -> None:
    browser = enter("jijiao")
    for asked in (
        "m=x&y=二〇&u=1",
        "rows=x&cols=units&sort=%22%3E",
        "of=city&y=99999999",
        "rows=units&cols=units",
        "y=1990",
    ):
        answer = browser.get(f"/compare/?{asked}")
        assert answer.status_code == 200
        assert '">"' not in answer.content.decode()
    assert browser.get("/compare/table.pdf").status_code == 404


def test_the_page_takes_at_most_twelve_queries(runs, enter: Enter) -> None:
    browser = enter("jijiao")
    for asked in (BOTH, f"{BOTH}&of={MINE}"):
        browser.get(f"/compare/?{asked}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/compare/?{asked}")
        assert len(queries) <= 12


def test_tv_21c_a_table_leaves_with_who_took_it_and_how_many_lines_and_nobody_else_takes_it(
    city: City, runs, enter: Enter
) -> None:
    before = Entry.objects.count()
    book = load_workbook(io.BytesIO(enter("ducha").get(f"/compare/table.xlsx?{BOTH}").content))
    mark = book.properties.description
    assert re.fullmatch(r"导出：督查甲（ducha） \d{4}-\d{2}-\d{2} \d{2}:\d{2} 共\d+行", mark)
    assert {page.oddFooter.left.text for page in book} == {mark}
    kept = Entry.objects.get(number=before + 1)
    assert (kept.action, kept.outcome) == ("people.take_out", "done")
    assert f"共{json.loads(kept.detail)['行数']}行" in mark
    told = enter("ducha").get(f"/compare/table.csv?{BOTH}")
    assert "督查甲" in unquote(told["Content-Disposition"])
    assert enter("jijiaolian").get(f"/compare/table.csv?{BOTH}").status_code == 403
    assert Entry.objects.latest("number").outcome == "refused"
