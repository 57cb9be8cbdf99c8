"""参数: every threshold in the open, the bureau's own values and verified doubts as acts that overwrite nothing."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.indicators.models import Confirmation, Measuring, OwnParameter
from luoshi.bureau.indicators.parameters import actions, queries
from luoshi.bureau.indicators.parameters.readers import readers
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.indicators.series import breaks, latest_runs
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.declared import PARAMETERS
from luoshi.declared.measures import MEASURES
from luoshi.declared.parameters import LARGE_CLASS
from tests.bureau import measured_years, witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("measured years")]  # measured once, looked at by all
KEY = "school_most"
"""小学、初中规模上限: a measure of the small lake reads it."""
SENT = {
    "act": "own",
    "value": "1800",
    "begun": "2020-09-01",
    "source": "星教〔2020〕1号（虚构）",
    "reason": "本市标准（虚构）",
}


def _parameter(key: str):
    return next(one for one in PARAMETERS if one.key == key)


@pytest.fixture
def runs(city: City, settings) -> dict[int, Measuring]:
    return measured_years.keep(city, settings)


def test_every_declared_parameter_is_listed_with_its_doubt(city: City, enter: Enter) -> None:
    page = enter("chayue").get("/parameters/?on=2024-09-01").content.decode()
    for one in PARAMETERS:
        assert f'href="/parameters/{one.key}/' in page
    assert page.count('class="row"') == len({one.key for one in PARAMETERS})
    assert LARGE_CLASS.doubt in page
    assert "56人" in page


def test_only_what_is_doubtful_is_listed_when_asked_for(city: City, enter: Enter) -> None:
    browser = enter("chayue")
    page = browser.get("/parameters/?on=2024-09-01&doubt=1").content.decode()
    told = queries.on_day(date(2024, 9, 1), [], {})
    doubtful = [one for one in told.values() if one.doubtful]
    assert 0 < len(doubtful) < len(told)
    assert page.count('class="row"') == len(doubtful)
    assert 'href="/parameters/super_large_class/' not in page
    assert "没有这样的参数" in browser.get("/parameters/?q=没有的词").content.decode()


def test_a_day_before_a_document_shows_that_nothing_counts_yet(city: City, enter: Enter) -> None:
    page = enter("chayue").get("/parameters/large_class/?on=2010-01-01").content.decode()
    assert "未起用" in page


def test_the_value_of_a_day_is_the_one_of_that_day(city: City) -> None:
    dated = [one for one in PARAMETERS if one.key == "disabled_quota"]
    assert len(dated) == 2
    for one in dated:
        assert queries.on_day(one.begun, [], {})[one.key].value == one.value


def test_what_reads_a_parameter_is_computed_from_what_is_declared() -> None:
    for key, one in readers().items():
        assert all(key in {*MEASURES[name].thresholds(), *MEASURES[name].assumes} for name in one.measures)
    assert "large_class" in MEASURES["primary_large_class_rate_roll"].thresholds()
    assert "primary_large_class_rate_roll" in readers()["large_class"].measures
    assert ("quality_balance", "Q1") in readers()["junior_retention_least"].items
    assert any(of == "class_bands" for of, _rule in readers()["class_most"].rules)
    assert "kindergartens_added" in readers()["built_by_march"].paths
    assert readers()["small_cell"].room == "public"


def test_an_own_value_is_set_with_document_and_reason_and_shown_with_who(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    with witness.done("indicators.parameter"):
        assert browser.post(f"/parameters/{KEY}/act/", SENT).status_code == 302
    row = OwnParameter.objects.get()
    assert (row.value, row.begun, row.by) == (Decimal(1800), date(2020, 9, 1), "督查甲")
    assert json.loads(Entry.objects.latest("number").detail)["依据"] == SENT["source"]
    page = browser.get(f"/parameters/{KEY}/?on=2020-09-01").content.decode()
    for words in (SENT["source"], SENT["reason"], "督查甲", "1800人"):
        assert words in page
    assert "2000人" in browser.get(f"/parameters/{KEY}/?on=2020-08-31").content.decode()


def test_a_value_that_was_set_stays_and_a_later_day_follows_it(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    browser.post(f"/parameters/{KEY}/act/", SENT)
    with witness.entered_as_refused("indicators.parameter", "登记过的值不改"):
        answer = browser.post(f"/parameters/{KEY}/act/", {**SENT, "value": "1700"})
    assert answer.status_code == 409
    assert 'value="1700"' in answer.content.decode()
    with witness.done("indicators.parameter"):
        browser.post(f"/parameters/{KEY}/act/", {**SENT, "value": "1700", "begun": "2021-09-01"})
    assert [one.value for one in own_parameters(city.pk)] == [1800, 1700]


@pytest.mark.parametrize(
    ("key", "sent", "saying"),
    [
        (KEY, {"value": "四十五"}, "不是数"),
        (KEY, {"value": ""}, "没有写值"),
        (KEY, {"value": "1e5"}, "不是数"),
        (KEY, {"value": "nan"}, "不是数"),
        (KEY, {"value": "-1"}, "须为0至1万亿之间的数"),
        (KEY, {"value": "9" * 20}, "须为0至1万亿之间的数"),
        (KEY, {"value": "45.1234567"}, "至多6位小数"),
        ("junior_retention_least", {"value": "-5"}, "须为0至1万亿之间的数"),
        ("junior_retention_least", {"value": "1001%"}, "单位是%的值须在0至1000之间"),
        ("form_share", {"value": "1.5"}, "单位是比的值须在0至1之间"),
        (KEY, {"begun": "2020-13-45"}, "不是日期"),
        (KEY, {"begun": ""}, "没有写起用日"),
        (KEY, {"begun": "1492-01-01"}, "起用日为1990-01-01至2100-12-31"),
        (KEY, {"source": "  "}, "没有写依据"),
        (KEY, {"reason": ""}, "没有写理由"),
        (KEY, {"source": "长" * 301}, "至多300字"),
        (KEY, {"act": "confirm", "begun": "2000-01-01"}, "没有这个值"),
        ("super_large_class", {"act": "confirm", "begun": "2016-07-02"}, "没有存疑"),
        ("large_class", {"act": "confirm", "begun": "2016-07-02", "source": ""}, "没有写核实依据"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_in_four_parts(
    city, enter: Enter, key: str, sent: dict, saying: str
) -> None:
    answer = enter("ducha").post(f"/parameters/{key}/act/", {**SENT, **sent})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert saying in page
    for part in ("位置", "情况", "规则", "处理"):
        assert f"<dt>{part}</dt>" in page
    assert not OwnParameter.objects.exists()
    assert not Confirmation.objects.exists()


def test_digits_of_another_width_and_the_unit_itself_are_understood(city: City, enter: Enter) -> None:
    enter("ducha").post(f"/parameters/{KEY}/act/", {**SENT, "value": "４７．５ 人"})
    assert OwnParameter.objects.get().value == Decimal("47.5")


@pytest.mark.parametrize("login", ["jijiao", "fenguan", "xianqu", "chayue", "jijiaolian"])
def test_only_who_has_the_right_sets_and_verifies(city: City, enter: Enter, login: str) -> None:
    page = enter(login).get("/parameters/large_class/").content.decode()
    assert 'value="own" class="first" disabled' in page
    with witness.refused("indicators.parameter", "没有这项权限"):
        actions.set_own(actor(login), city, replace(LARGE_CLASS, source="虚构"), "虚构")
    with witness.refused("indicators.confirm", "没有这项权限"):
        actions.confirm(actor(login), city, LARGE_CLASS, "虚构")


def test_a_verified_doubt_is_told_with_its_document_and_asked_no_more(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    sent = {
        "act": "confirm",
        "begun": "2016-07-02",
        "region": "",
        "source": "星政〔2020〕3号（虚构）",
        "words": "含66人",
    }
    before = queries.on_day(date(2020, 9, 1), [], {})["large_class"]
    assert before.doubtful
    with witness.done("indicators.confirm"):
        assert browser.post("/parameters/large_class/act/", sent).status_code == 302
    after = queries.on_day(date(2020, 9, 1), [], queries.confirmations(city.pk))["large_class"]
    assert not after.doubtful
    page = browser.get("/parameters/large_class/").content.decode()
    assert sent["source"] in page
    assert "已核实" in page
    assert "/parameters/large_class/" not in browser.get("/parameters/?doubt=1").content.decode()


def test_a_doubt_that_is_worded_anew_is_open_again(city: City) -> None:
    actions.confirm(actor("ducha"), city, LARGE_CLASS, "虚构的文件")
    known = queries.confirmations(city.pk)
    assert queries.confirmed(LARGE_CLASS, known) is not None
    assert queries.confirmed(replace(LARGE_CLASS, doubt="另一个疑问"), known) is None


def test_after_a_change_the_page_names_the_years_and_offers_to_measure_again(city, runs, enter: Enter) -> None:
    browser = enter("ducha")
    assert "下列年份" not in browser.get(f"/parameters/{KEY}/").content.decode()
    browser.post(f"/parameters/{KEY}/act/", SENT)
    (apart,) = queries.measured_apart(latest_runs(city.pk), queries.own_rows(city.pk), [KEY])
    assert (apart.year, apart.used, apart.now) == (2020, 2000, 1800)
    assert "schools_within_size" in apart.measures
    for page in (f"/parameters/{KEY}/", "/parameters/"):
        told = browser.get(page).content.decode()
        assert "算时 2000人，现为 1800人" in told
        assert "重算 2020 年" in told
        assert "重算 2019 年" not in told
    with witness.done("jobs.ask"):
        assert browser.post("/overview/measure/", {"year": "2020"}).url == "/jobs/"
    assert Job.objects.get().arguments["year"] == 2020


def test_what_was_measured_with_another_value_breaks_the_series_and_the_page_says_so(city, runs, enter: Enter) -> None:
    run = runs[2020]
    run.values[KEY] = "1800"
    run.save()
    assert queries.breaks_by(latest_runs(city.pk), KEY) == [2020]
    assert "由2000改为1800" in breaks(city.pk, "schools_within_size")[2020]
    assert "2020 年起值不同" in enter("ducha").get(f"/parameters/{KEY}/").content.decode()


def test_pages_of_parameters_take_at_most_twelve_queries(city: City, runs, enter: Enter) -> None:
    browser = enter("ducha")
    browser.post(f"/parameters/{KEY}/act/", SENT)
    for page in ("/parameters/", f"/parameters/{KEY}/"):
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        assert len(asked) <= 12, page


@pytest.mark.parametrize("page", ["/parameters/no_such/", "/parameters/no_such/act/"])
def test_a_parameter_nobody_declared_is_not_found(city: City, enter: Enter, page: str) -> None:
    assert enter("ducha").get(page).status_code == 404


def test_nonsense_in_the_address_shows_the_page_of_today(city: City, enter: Enter) -> None:
    for query in ("on=abc", "on=2020-99-99", "q=%25%27", "doubt=zz&own=zz"):
        assert enter("ducha").get(f"/parameters/?{query}").status_code == 200
