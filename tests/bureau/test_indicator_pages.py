"""指标、县区、学校和领导参阅: one figure on every page, its rows in four clicks, and nothing for who may not see it."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.indicated import questions
from luoshi.bureau.indicators.actions import keep_measuring
from luoshi.bureau.indicators.models import Behind, Measuring, PublishedDefinition
from luoshi.bureau.indicators.packing import Moment
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.people.models import City
from luoshi.declared.checklists import QUALITY_BALANCE
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
KEY = "compulsory_super_large_classes"
ROLL = f"{KEY}_roll"
RATE = "compulsory_large_class_rate"
COUNTY, OTHER, SCHOOL = "990121", "990102", "3199000102"


def _moment(
    measure: str, level: str, division: str, part: str, whole: str, *told: str, county: str = "", name: str = ""
) -> Moment:
    value, shown = told
    return Moment(measure, level, division, county, name, part, whole, value, shown, 20, 20)


def _year(year: int, large: int, huge: int) -> list[Moment]:
    return [
        _moment(RATE, "city", "990100", str(large), "400", str(large / 4), f"{large / 4:.2f} %"),
        _moment(RATE, "county", COUNTY, str(large), "200", str(large / 2), f"{large / 2:.2f} %", county=COUNTY),
        _moment(RATE, "county", OTHER, "0", "200", "0", "0.00 %", county=OTHER),
        _moment(
            RATE,
            "school",
            SCHOOL,
            str(large),
            "20",
            str(large * 5),
            f"{large * 5:.2f} %",
            county=COUNTY,
            name="角阳县第一初级中学（虚构）",
        ),
        *(
            one
            for key in (KEY, ROLL)
            for one in (
                _moment(key, "city", "990100", str(huge), "", str(huge), f"{huge} 个"),
                _moment(key, "county", COUNTY, str(huge), "", str(huge), f"{huge} 个", county=COUNTY),
                _moment(key, "county", OTHER, "0", "", "0", "0 个", county=OTHER),
            )
        ),
    ]


def _behind(huge: int) -> list[Behind]:
    bands = [["name", "学校"], ["school", "学校标识码"], ["county", "区划代码"], ["from_66", "66人及以上"]]
    classes = [
        ["name", "学校"],
        ["school", "学校标识码"],
        ["county", "区划代码"],
        ["grade", "年级"],
        ["number", "班号"],
        ["size", "在籍学生数"],
    ]
    name = "角阳县第一初级中学（虚构）"
    return [
        Behind(measure=KEY, county=COUNTY, columns=bands, rows=[[name, SCHOOL, COUNTY, str(huge)]], total=1),
        Behind(
            measure=ROLL,
            county=COUNTY,
            columns=classes,
            rows=[[name, SCHOOL, COUNTY, "7", str(at + 1), str(68 - at)] for at in range(huge)],
            total=huge,
        ),
    ]


@pytest.fixture
def measured(city: City) -> City:
    """Three years of two class-size measures, as runs keep them."""
    for year, large, huge in ((2018, 16, 5), (2019, 12, 3), (2020, 10, 2)):
        at = datetime(year, 10, 20, tzinfo=UTC)
        run = Measuring(
            city=city, year=year, at=at, entry=9, head="0" * 64, state=str(year), values={"large_class": "56"}
        )
        keep_measuring(actor("jijiao"), run, _year(year, large, huge), _behind(huge))
    return city


def _links(page: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+)"', page)]


def _get(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.fixture
def issued(measured: City, proposals) -> None:
    """Every proposal of the plan in an issued ledger."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, 1)
    xingzhou.issued(next(iter(proposals.values())).edition_id)


def test_from_an_indicator_to_the_classes_over_66_in_three_clicks(issued: None, enter: Enter) -> None:
    client, url = enter("jijiao"), f"/indicators/{KEY}/"
    for wanted in (f"/counties/{COUNTY}/", f"/indicators/{KEY}/rows/{COUNTY}/", f"/indicators/{ROLL}/rows/{COUNTY}/"):
        url = next(one for one in _links(_get(client, url)) if one.startswith(wanted))
    page = _get(client, url)
    assert re.findall(r'<td class=right data-l="在籍学生数">(\d+)</td>', page) == ["68", "67"]
    assert "教育部令第44号" in page


def test_the_board_leads_from_a_figure_to_its_indicator(issued: None, enter: Enter) -> None:
    assert f"/indicators/{RATE}/" in _links(_get(enter("ducha"), "/"))


def test_an_indicator_says_which_checklists_are_held_against_it_and_they_lead_back(issued: None, enter: Enter) -> None:
    item = next(one for one in QUALITY_BALANCE.items if one.bounds)
    key = item.bounds[0].measures[0]
    page = _get(enter("jijiao"), f"/indicators/{key}/")
    assert f"/checklists/{QUALITY_BALANCE.key}/" in _links(page)
    assert f"{item.key} {item.label}" in page
    assert f"/checklists/{QUALITY_BALANCE.key}/" not in _links(_get(enter("jijiao"), "/indicators/roll_suspended/"))


@pytest.mark.parametrize(("login", "url", "status"), [
    ("ducha", f"/indicators/{KEY}/rows/{COUNTY}/", 403), ("xianqu", f"/indicators/{KEY}/rows/{COUNTY}/", 200),
    ("xianqu", f"/indicators/{KEY}/rows/{OTHER}/", 403), ("xianqu", f"/counties/{OTHER}/", 403), ("chayue", f"/counties/{COUNTY}/", 403),
    ("ducha", f"/schools/{SCHOOL}/", 403), ("jijiao", f"/schools/{SCHOOL}/", 200), ("jijiao", "/leader/", 403), ("fenguan", "/leader/", 200),
])  # fmt: skip
def test_schools_and_the_leaders_sheet_are_for_whom_they_are(issued: None, enter: Enter, login, url, status) -> None:
    assert enter(login).get(url).status_code == status


def test_counties_stand_in_protocol_order_until_a_ranking_is_approved(issued: None, enter: Enter) -> None:
    page = _get(enter("ducha"), f"/indicators/{RATE}/?order=value")
    assert "不排名" in page
    assert [one for one in _links(page) if "order=value" in one] == []


def test_each_page_takes_at_most_twelve_queries(issued: None, enter: Enter) -> None:
    asked = [
        ("jijiao", "/indicators/"),
        ("jijiao", f"/indicators/{RATE}/"),
        ("jijiao", f"/counties/{COUNTY}/"),
        ("jijiao", f"/schools/{SCHOOL}/"),
        ("fenguan", "/leader/"),
    ]
    counts = {}
    for login, url in asked:
        client = enter(login)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts[url] = len(queries)
    assert {url: many for url, many in counts.items() if many > 12} == {}


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.prove)])
def test_every_indicator_has_a_page_before_anything_was_measured(city: City, edition, enter: Enter, step: int) -> None:
    client = enter("jijiao")
    wrong = {
        key: code for key in list(questions())[::step] if (code := client.get(f"/indicators/{key}/").status_code) != 200
    }
    assert wrong == {}


@pytest.mark.parametrize("year", ["0", "99999", "-1", "去年", ""])
def test_a_year_that_is_none_chooses_nothing(issued: None, enter: Enter, year: str) -> None:
    sent = {"year": year, "definition": "年报", "words": "以年报为准", "seen": "0"}
    answer = enter("jijiao").post(f"/indicators/{RATE}/definition/", sent)
    assert answer.status_code in {403, 404, 409}
    assert not PublishedDefinition.objects.exists()
