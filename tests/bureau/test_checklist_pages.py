"""评估清单: items held against what was measured and judged; nothing unknown is counted as held; judgements overwrite nothing."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.indicators.checklists import actions, queries
from luoshi.bureau.indicators.checklists.actions import Place
from luoshi.bureau.indicators.models import Judgement, Measuring
from luoshi.bureau.indicators.parameters.queries import own_rows
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.declared.checklists import CHECKLISTS, FIVE_YEAR_PLAN, PRESCHOOL_UNIVERSAL, QUALITY_BALANCE
from luoshi.keeping import Lake
from luoshi.words.checklists import Holds
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.judged_lists import MINE, OTHER, YEAR, keep
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
SEEN = "查招生方案和录取名单，没有入学考试（虚构）"


@pytest.fixture
def run(city: City) -> Measuring:
    return keep(city)


def _held(city: City, run: Measuring, key: str, county: str) -> dict[str, Holds]:
    of = queries.asked(run, [CHECKLISTS[key]], own_rows(city.pk), [county])
    return {one.item.key: one.holds for one in queries.assessed(CHECKLISTS[key], county, of).verdict.items}


def _send(item: str, verdict: str, words: str = SEEN, county: str = MINE, seen: int = 0) -> dict[str, object]:
    return {"item": item, "verdict": verdict, "words": words, "county": county, "year": YEAR, "seen": seen}


def test_items_are_held_by_their_figures_and_the_rest_stays_open(city: City, run: Measuring) -> None:
    held = _held(city, run, "preschool_universal", MINE)
    assert held == {
        "P1": Holds.YES, "P2": Holds.YES, "P3": Holds.NO, "P4": Holds.UNKNOWN, "P5": Holds.UNKNOWN,
        "P6": Holds.YES, "P7": Holds.UNKNOWN, "P8": Holds.PEOPLE,
    }  # fmt: skip
    assert _held(city, run, "preschool_universal", OTHER)["P1"] is Holds.NO
    assert _held(city, run, "quality_balance", OTHER)["Q1"] is Holds.YES


def test_nothing_unknown_is_ever_counted_as_held(city: City, run: Measuring) -> None:
    for key, one in CHECKLISTS.items():
        held = _held(city, run, key, OTHER)
        known = set(queries.asked(run, [one], (), [OTHER]).cells.get(OTHER, {}))
        for item in one.items:
            if item.people or not set().union(*(bound.measures for bound in item.bounds)) <= known:
                assert held[item.key] is not Holds.YES


def test_the_page_of_a_county_tells_figure_bound_parameter_and_verdict(run: Measuring, enter: Enter) -> None:
    page = enter("jijiao").get(f"/checklists/preschool_universal/?county={MINE}&year={YEAR}").content.decode()
    line = page[page.index('id="P3"') : page.index('id="P4"')]
    for words in (
        "49.9",
        "499/1000",
        "不低于 50%",
        'href="/parameters/public_least/',
        "未达标",
        f"/{MINE}/",
        "原文为原则上",
    ):
        assert words in line
    unknown = page[page.index('id="P4"') : page.index('id="P5"')]
    assert "无数据" in unknown
    assert 'class="st done"' not in unknown
    assert page.count('<tr class="row"') == len(PRESCHOOL_UNIVERSAL.items)


def test_the_picture_says_every_verdict_in_words_and_the_counts_agree_with_it(run: Measuring, enter: Enter) -> None:
    page = enter("ducha").get(f"/checklists/preschool_universal/?year={YEAR}").content.decode()
    told = re.findall(r"<title>(\S+) (P\d) .*?：(\S+?)</title>", page)
    assert len(told) == 2 * len(PRESCHOOL_UNIVERSAL.items)
    assert ("角阳县", "P3", "未达标") in told
    row = page[page.index(f'<a href="?county={MINE}') :].split("</tr>")[0]
    counts = [int(one) for one in re.findall(r'data-l="(?:达标|未达标|须由人核定|无数据)">(\d+)', row)]
    words = ("达标", "未达标", "须由人核定", "无数据")
    assert counts == [sum(one[0] == "角阳县" and one[2] == word for one in told) for word in words] == [3, 1, 1, 3]


def test_the_first_page_counts_counties_by_list(run: Measuring, enter: Enter) -> None:
    page = enter("ducha").get("/checklists/").content.decode()
    for one in CHECKLISTS.values():
        assert f"/checklists/{one.key}/" in page
    assert "2 个单位" in page


def test_a_list_of_a_city_is_held_against_the_city_too(city: City, run: Measuring, enter: Enter) -> None:
    page = enter("ducha").get(f"/checklists/{FIVE_YEAR_PLAN.key}/?county=city&year={YEAR}").content.decode()
    assert "87.45" in page
    assert "不低于 85%" in page
    assert enter("ducha").get(f"/checklists/{QUALITY_BALANCE.key}/?county=city").status_code == 403


def test_people_judge_an_item_with_its_evidence(city: City, run: Measuring, enter: Enter) -> None:
    browser = enter("ducha")
    with witness.done("indicators.judge_item"):
        answer = browser.post("/checklists/quality_balance/judge/", _send("V1", "yes"))
    assert answer.url.endswith(f"?county={MINE}&year={YEAR}#V1")
    assert json.loads(Entry.objects.latest("number").detail)["依据"] == SEEN
    assert _held(city, run, "quality_balance", MINE)["V1"] is Holds.YES
    assert _held(city, run, "quality_balance", OTHER)["V1"] is Holds.PEOPLE
    page = browser.get(answer.url).content.decode()
    assert SEEN in page
    assert "督查甲" in page


def test_a_later_judgement_follows_and_the_former_stays_in_sight(city: City, run: Measuring, enter: Enter) -> None:
    browser = enter("ducha")
    browser.post("/checklists/quality_balance/judge/", _send("V1", "yes"))
    first = Judgement.objects.get()
    with witness.entered_as_refused("indicators.judge_item", "督查甲已核定为达标"):
        assert (
            browser.post("/checklists/quality_balance/judge/", _send("V1", "no", "新材料（虚构）")).status_code == 409
        )
    with witness.done("indicators.judge_item"):
        browser.post("/checklists/quality_balance/judge/", _send("V1", "no", "新材料（虚构）", seen=first.pk))
    assert [one.verdict for one in Judgement.objects.all()] == ["yes", "no"]
    page = browser.get(f"/checklists/quality_balance/?county={MINE}").content.decode()
    assert SEEN in page
    assert "新材料（虚构）" in page
    last = Judgement.objects.latest("pk").pk
    browser.post("/checklists/quality_balance/judge/", _send("V1", "people", "须补充材料（虚构）", seen=last))
    assert _held(city, run, "quality_balance", MINE)["V1"] is Holds.PEOPLE


def test_a_veto_says_that_nothing_makes_up_for_it(run: Measuring, enter: Enter) -> None:
    browser = enter("ducha")
    assert sum(item.veto for item in QUALITY_BALANCE.items) == 6
    browser.post("/checklists/quality_balance/judge/", _send("V2", "no"))
    page = browser.get(f"/checklists/quality_balance/?county={MINE}").content.decode()
    assert "其他各条再好也不予认定" in page
    row = browser.get("/checklists/quality_balance/").content.decode().split(f'<a href="?county={MINE}')[1]
    assert "一票否决</b>" in row.split("</tr>")[0].replace(" V2 ", "")


@pytest.mark.parametrize(
    ("sent", "saying"),
    [
        (_send("Q1", "yes"), "这一条只看数据"),
        (_send("ZZ", "yes"), "没有这一条"),
        (_send("V1", "yes", county="990199"), "这个单位"),
        (_send("V1", "unknown"), "没有选结论"),
        (_send("V1", ""), "没有选结论"),
        (_send("V1", "yes", "  "), "没有写依据"),
        (_send("V1", "yes", "长" * 601), "至多600字"),
    ],
)
def test_a_judgement_that_cannot_be_meant_is_refused_in_four_parts(run, enter: Enter, sent: dict, saying: str) -> None:
    browser = enter("ducha")
    with witness.entered_as_refused("indicators.judge_item", saying):
        answer = browser.post("/checklists/quality_balance/judge/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    for part in ("位置", "情况", "规则", "处理"):
        assert f"<dt>{part}</dt>" in page


@pytest.mark.parametrize("login", ["fenguan", "xianqu", "chayue", "guanli", "jijiaolian"])
def test_only_the_office_and_sections_judge(city: City, run: Measuring, login: str) -> None:
    with witness.refused("indicators.judge_item", "没有这项权限"):
        actions.judge_item(actor(login), city, Place("quality_balance", "V1", MINE, YEAR), Holds.YES, SEEN)


def test_a_county_sees_its_own_list_only(run: Measuring, enter: Enter) -> None:
    browser = enter("xianqu")
    page = browser.get("/checklists/quality_balance/").content.decode()
    assert "角阳县" in page
    assert "斗城区" not in page
    assert browser.get(f"/checklists/quality_balance/?county={MINE}").status_code == 200
    assert browser.get(f"/checklists/quality_balance/?county={OTHER}").status_code == 403
    assert enter("chayue").get("/checklists/").status_code == 403


def test_a_city_without_measurements_says_so(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    for page in ("/checklists/", "/checklists/quality_balance/", f"/checklists/quality_balance/?county={MINE}"):
        assert "无数据：" in browser.get(page).content.decode()
    answer = browser.post("/checklists/quality_balance/judge/", _send("V1", "yes"))
    assert answer.status_code == 409
    assert not Judgement.objects.exists()


def test_pages_never_open_the_lake_and_take_at_most_twelve_queries(run, enter: Enter, monkeypatch) -> None:
    def read(*_told: object, **_named: object) -> None:
        raise AssertionError("a page read rows")

    for name in ("rows", "select", "rows_of"):
        monkeypatch.setattr(Lake, name, read)
    browser = enter("ducha")
    for page in ("/checklists/", "/checklists/quality_balance/", f"/checklists/quality_balance/?county={MINE}"):
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page).status_code == 200
        assert len(asked) <= 12, page


def test_what_is_not_there_is_not_found(run: Measuring, enter: Enter) -> None:
    browser = enter("ducha")
    for page in ("/checklists/none/", "/checklists/quality_balance/?county=990199", "/checklists/none/judge/"):
        assert browser.get(page).status_code == 404
    assert browser.get("/checklists/quality_balance/?year=99999999&county=").status_code == 200


def test_a_bound_of_its_own_moves_the_verdict_and_is_shown(city: City, run: Measuring, enter: Enter) -> None:
    sent = {"value": "49.9", "begun": "2020-09-01", "source": "虚构的文件", "reason": "虚构的理由", "act": "own"}
    browser = enter("ducha")
    browser.post("/parameters/public_least/act/", sent)
    assert _held(city, run, "preschool_universal", MINE)["P3"] is Holds.YES
    page = browser.get(f"/checklists/preschool_universal/?county={MINE}").content.decode()
    assert "不低于 49.9%" in page
