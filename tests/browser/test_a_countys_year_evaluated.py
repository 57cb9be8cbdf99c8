"""A county's year evaluated: nine areas, thirty clauses; one goes through the pages from its own marks to the letter.

The round is opened for all sixteen units of 星州; two others go on beside it, and under `make prove` all.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from luoshi.declared.procedures.county_duties import CountyDuties
from luoshi.scoring.nouns import Item, Marking
from tests.browser.conftest import NARROW, WIDE, House, beside

OTHERS = """
import django; django.setup()
from datetime import date
from luoshi.bureau.board import evaluations_of_demo as played
from luoshi.bureau.board.year_of_demo import scan
from luoshi.bureau.cases.actions import Bringing, Shown, open_timed, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.rubrics.actions import Judging, name_judge
from luoshi.handling.permitting import SIGN
city, on = City.objects.get(), City.objects.get().opens
who = lambda login: acting(Person.objects.get(username=login))
set_conduct(who("ducha"), city, "county_duty", Setting("native", "演示：市政府教育督导委员会会议", "JJ"))
open_timed(WORKER, city, on)
of = Judging(city, "county_duty", "县级政府履行教育职责评价", on.year, "JJ")
for login in ("renshi", "anquan"):
    name_judge(who("ducha"), of, login)
def do(login, row, act, files=None, **answers):
    row.refresh_from_db()
    take(who(login), Shown(row.pk, row.version), act, Bringing(answers, files or {}), on)
for row in Case.objects.filter(procedure="county_duty").exclude(county="990121").order_by("pk")[:{others}]:
    login = f"xian{row.county}".lower()
    Person.objects.create(username=login, name=f"{row.county}联络员（演示）", role="county", division=row.county, demo=True)
    sheet = played._sheet(played.Decimal("0.9"))
    do(login, row, "hand_in", own_sheet=sheet)
    for judge in ("renshi", "anquan"):
        do(judge, row, "mark", found_sheet=sheet)
    do("jijiao", row, "conclude", final_sheet=sheet)
    do(login, row, "answer", reply="agreed", reply_words="无")
    do("jijiao", row, "issue", {"letter": [("意见书（演示）.pdf", scan("意见书"))]}, letter_no="演示", mend_by="2022-06-30")
    do("bing", row, SIGN)
print(Case.objects.filter(procedure="county_duty").count())
"""
BESIDE = 15 if os.environ.get("LUOSHI_PROVE") else 2
PAPER = {"name": "意见书（演示）.txt", "mimeType": "text/plain", "buffer": "意见书（演示数据，虚构）".encode()}


@pytest.fixture(scope="module")
def counties(star: House) -> House:
    """The round of the year, in which others have their letter."""
    beside(star, OTHERS.replace("{others}", str(BESIDE)))
    return star


@contextmanager
def _as(browser: Browser, house: House, login: str, size: dict[str, int] = WIDE) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page, faults = context.new_page(), list[str]()
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page.goto(house.address + "/enter/")
    page.locator(f"button[value='{login}']").click()
    yield page
    assert faults == []
    context.close()


def _fill(page: Page, sheet: str, one: Item) -> None:
    """One criterion as well as can be."""
    field = page.locator(f"[name='{sheet}.{one.key}.v']")
    if not one.counted or not field.count():
        return
    match one.marking:
        case Marking.LEVELS:
            field.select_option(next(iter(one.levels)))
        case Marking.YES:
            field.check()
        case Marking.BANDS:
            field.fill(str(one.bands[-1].least))
        case _:
            field.fill(str(one.target))


def _send(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))


def _step(page: Page, case: str, label: str) -> None:
    page.goto(case)
    page.locator(".stepsnow").get_by_role("link", name=label, exact=True).click()


def test_a_county_is_evaluated_from_its_own_marks_to_the_letter(
    browser: Browser, counties: House, picture: Path
) -> None:
    case = _hands_in(browser, counties, picture)
    for judge in ("renshi", "anquan"):
        with _as(browser, counties, judge) as page:
            _step(page, case, "核查评分")
            page.locator("[name='found_sheet.meetings.v']").fill("2")
            page.locator("[name='found_sheet.meetings.why']").fill("会议纪要只见2次（演示）")
            _send(page, "核查评分")
    with _as(browser, counties, "jijiao") as host:
        _settles(host, case, picture)
        with _as(browser, counties, "jiaoyang") as county:
            _step(county, case, "反馈意见")
            county.get_by_role("radio", name="无异议").check()
            county.get_by_label("异议及依据").fill("无")
            _send(county, "反馈意见")
            expect(county.locator("main")).not_to_contain_text("人事科")
        _writes(browser, counties, host, case)
        host.goto(counties.address + "/rubrics/county_duty/")
        host.get_by_role("link", name=re.compile("年批次")).first.click()
        expect(host.get_by_text("已发意见书")).to_have_count(BESIDE + 1)
        expect(host.locator(".scoredots circle")).to_have_count(BESIDE + 1)
        expect(host.locator("main")).to_contain_text("参评单位　16")
        drawn = host.locator(".scoredots svg").bounding_box()
        assert drawn
        assert drawn["width"] > 600, "wide enough to be read"
        host.screenshot(path=picture / "round-1440.png", full_page=True)


def _hands_in(browser: Browser, house: House, picture: Path) -> str:
    """The county fills in its thirty clauses on a telephone's width, leaves one out, is told so, and hands in."""
    with _as(browser, house, "jiaoyang", NARROW) as page:
        page.goto(house.address + "/cases/")
        page.locator("main").get_by_role("link", name=re.compile(r"角阳县 \d{4}")).first.click()
        page.wait_for_url(re.compile(r"/cases/\d+/$"))
        case = page.url
        page.locator(".stepsnow").get_by_role("link", name="提交自评", exact=True).click()
        counted = [one for one in CountyDuties.scheme.items.values() if one.counted]
        assert len(counted) == 30
        for one in counted:
            _fill(page, "own_sheet", one)
        page.locator("[name='own_sheet.meetings.v']").fill("")
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
        page.get_by_role("button", name="提交自评", exact=True).click()
        expect(page.locator(".wrongs")).to_contain_text("党委、政府专题研究教育")
        page.locator(".wrongs").get_by_role("link", name="党委、政府专题研究教育").click()
        expect(page.locator("[name='own_sheet.contact.v']")).to_be_checked()
        page.locator("[name='own_sheet.meetings.v']").fill("4")
        page.screenshot(path=picture / "sheet-390.png")
        _send(page, "提交自评")
    return case


def _settles(host: Page, case: str, picture: Path) -> None:
    _step(host, case, "终评并征求意见")
    expect(host.locator("[name='final_sheet.meetings.v']")).to_have_value("2")
    host.locator("[name='final_sheet.contact.v']").uncheck()
    host.get_by_role("button", name="终评并征求意见", exact=True).click()
    expect(host.locator(".wrongs")).to_contain_text("逐项写明理由")
    host.locator("[name='final_sheet.contact.v']").check()
    _send(host, "终评并征求意见")
    expect(host.locator(".scores")).to_contain_text("自评可信度")
    expect(host.locator(".lanes circle")).to_have_count(27)
    host.screenshot(path=picture / "scores-1440.png", full_page=True)


def _writes(browser: Browser, house: House, host: Page, case: str) -> None:
    host.goto(case)
    with host.expect_download() as sent:
        host.get_by_role("link", name="意见书草稿（Word）").click()
    assert sent.value.suggested_filename.endswith(".docx")
    _step(host, case, "发出意见书")
    host.locator("input[type=file]").first.set_input_files(PAPER)
    host.get_by_label("意见书文号").fill("星教督（演示）6号")
    host.get_by_label("整改期限").fill("2022-06-30")
    _send(host, "发出意见书")
    with _as(browser, house, "bing") as leader:
        _step(leader, case, "签字：发出意见书")
        _send(leader, "签字：发出意见书")
    host.goto(case)
    expect(host.locator(".onecase .line").first).to_contain_text("已发意见书")
