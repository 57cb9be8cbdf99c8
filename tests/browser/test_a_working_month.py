"""Bar 6: a contact, a section head, a leader and 督查室 take one item from report to 销号; the bulletin carries it."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.browser.conftest import NARROW, ROOT, WIDE, House, _running

ITEM = "高中阶段毛入学率达到92.5%"
FIGURE = "93.1"
DAY = "2021-12-31"


@pytest.fixture
def star(tmp_path: Path) -> Iterator[House]:
    """The made-up city's demo."""
    yield from _running(tmp_path, "--city", "cities/xingzhou")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper of one page that tells it is done."""
    made = tmp_path / "毛入学率核算说明（演示）.pdf"
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    canvas.drawString(72, 720, "Demonstration: gross enrolment of upper secondary schools, 93.1 %")
    canvas.save()
    made.write_bytes(drawn.getvalue())
    return made


@contextmanager
def _as(browser: Browser, house: House, login: str, size: dict[str, int] = WIDE) -> Iterator[Page]:
    """A browser one of the demo people is signed in with."""
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(house.address + "/enter/")
    page.locator(f"button[value='{login}']").click()
    yield page
    assert faults == []
    context.close()


def _answer(page: Page, house: House) -> None:
    """To the page where the item of this test is answered."""
    page.goto(house.address + "/mine/")
    page.get_by_role("link", name=ITEM).first.click()


@pytest.mark.prove
def test_four_people_take_an_item_from_report_to_closing(
    browser: Browser, star: House, paper: Path, picture: Path
) -> None:
    _open_the_month(browser, star)
    _contact_reports_on_a_telephone(browser, star, paper, picture)
    _head_returns_it(browser, star)
    _contact_corrects_it(browser, star)
    for login, button, words in (("jijiao", "科室负责人审核", "属实"), ("bing", "分管局领导审签", "同意")):
        with _as(browser, star, login) as page:
            _pass(page, star, button, words)
    item = _office_verifies(browser, star)
    _close(browser, star, item)
    _bulletin_carries_it(browser, star, picture)
    _journal_is_whole(star)


def _open_the_month(browser: Browser, house: House) -> None:
    with _as(browser, house, "ducha") as page:
        page.goto(house.address + "/plans/1/month/")
        page.locator("#open-on").fill(DAY)
        page.get_by_role("button", name="开一期").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("2021年12月")


def _contact_reports_on_a_telephone(browser: Browser, house: House, paper: Path, picture: Path) -> None:
    with _as(browser, house, "jijiaolian", NARROW) as page:
        _answer(page, house)
        page.get_by_label("上报数").fill(FIGURE)
        page.get_by_label("进展（200字以内）").fill("全市高中阶段毛入学率已达到目标。")
        page.get_by_label("自评").select_option("done")
        page.locator("#evidence").set_input_files(paper)
        page.get_by_label("佐证内容（证明什么）").fill("毛入学率的分子、分母和核算办法")
        page.locator("#evidence-kind").select_option("summary")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        page.screenshot(path=picture / "report-390.png", full_page=True)
        page.get_by_role("button", name="报送").click()
        expect(page.locator("main")).to_contain_text("待审核")
        expect(page.locator("main")).to_contain_text(f"{FIGURE}%")


def _head_returns_it(browser: Browser, house: House) -> None:
    with _as(browser, house, "jijiao") as page:
        _answer(page, house)
        page.get_by_label("退回理由").fill("没有写口径，请补")
        page.get_by_role("button", name="退回修改").click()
        expect(page.locator("main")).to_contain_text("没有写口径，请补")


def _contact_corrects_it(browser: Browser, house: House) -> None:
    with _as(browser, house, "jijiaolian", NARROW) as page:
        page.goto(house.address + "/mine/")
        expect(page.locator("#back")).to_contain_text("1")
        _answer(page, house)
        expect(page.locator(".told.bad")).to_contain_text("没有写口径")
        expect(page.get_by_label("上报数")).to_have_value(FIGURE)
        page.get_by_label("口径").fill("高中阶段在校生 ÷ 15—17岁人口")
        page.get_by_role("button", name="报送").click()
        expect(page.locator("main")).to_contain_text("高中阶段在校生 ÷ 15—17岁人口")


def _pass(page: Page, house: House, button: str, words: str) -> None:
    _answer(page, house)
    page.locator("form.step").first.get_by_label("意见").fill(words)
    page.get_by_role("button", name=button).click()
    expect(page.locator("main")).to_contain_text(words)


def _office_verifies(browser: Browser, house: House) -> str:
    """核定 of the figure, and of the paper that came with it; the item's address."""
    with _as(browser, house, "ducha") as page:
        _pass(page, house, "督查室核定", "与学籍系统核对一致")
        expect(page.locator("main")).to_contain_text("已核定")
        page.locator(".crumb a").last.click()
        item = f"{page.url}?on={DAY}"
        page.goto(item)
        row = page.locator("table.vault tr", has_text="毛入学率核算说明")
        row.locator("summary", has_text="核验").click()
        row.get_by_role("button", name=re.compile("采信")).click()
        page.goto(item)
        expect(page.locator("#closing")).to_contain_text("牵头科室")
        return item


def _close(browser: Browser, house: House, item: str) -> None:
    for login, button in (("jijiao", "申请销号"), ("bing", "审签"), ("ducha", "销号")):
        with _as(browser, house, login) as page:
            page.goto(item)
            section = page.locator("#closing")
            if login == "jijiao":
                section.get_by_label("佐证材料（名称、文号、页码）").fill("毛入学率核算说明")
            section.get_by_role("button", name=button, exact=True).first.click()
            page.goto(item)
            expect(page.locator("#closing")).not_to_contain_text("缺口")
    with _as(browser, house, "jijiaolian") as page:
        page.goto(item)
        expect(page.locator("aside .told.good")).to_contain_text("已销号")


def _bulletin_carries_it(browser: Browser, house: House, picture: Path) -> None:
    with _as(browser, house, "ducha") as page:
        page.goto(house.address + "/bulletins/")
        page.locator("#on").fill(DAY)
        page.locator("#issued").fill("2022-01-07")
        page.get_by_role("button", name="拟送审稿").click()
        source = page.locator("aside tr", has_text="12.1")
        expect(source).to_contain_text(f"{FIGURE}%")
        expect(source).to_contain_text("基础教育科联络员（演示） / 督查室经办（演示）")
        expect(page.locator("table.official-grid").first).to_contain_text(ITEM)
        page.screenshot(path=picture / "bulletin-1440.png")
        with page.expect_download() as waited:
            page.get_by_role("link", name="下载 Word").click()
        assert waited.value.suggested_filename.endswith("（送审稿）.docx")


def _journal_is_whole(house: House) -> None:
    home = house.printed.parent / "var"
    surroundings = {**os.environ, "LUOSHI_HOME": str(home)}
    surroundings.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "luoshi", "journal", "verify"]
    told = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
