"""Bar 4: open the board, filter, open the large-class item of point 16, see sentence, arithmetic, source, day, 口径."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import House
from tests.yardstick import usual


def test_the_demo_answers_within_thirty_seconds(house: House) -> None:
    assert usual(house.seconds, time.perf_counter) < 30
    assert "32" in house.printed.read_text("utf-8"), "the plan is read before their eyes"


def test_a_visitor_filters_to_point_16_and_reads_the_large_class_item(page: Page, picture: Path) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("督查台账")
    page.screenshot(path=picture / "board-1440.png")
    page.locator("nav.points a", has_text=re.compile(r"^16\D*")).click()
    row = page.locator("table.ledger tr.row", has_text="大班额比例控制在3%以内")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("≤ 3 %")
    expect(row).to_contain_text("2.14 %")
    expect(row).to_contain_text("已完成")
    row.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.locator("mark")).to_have_text("确保到2020年大班额比例控制在3%以内")
    expect(page.locator("p.quote")).to_contain_text("督促指导各地认真落实消除义务教育大班额专项规划")
    main = page.locator("main")
    for said in ("2.14 % ≤ 3 %", "公开报道数", "口径未核", "2021-02-25", "新闻发布会", "与存档原文逐字一致"):
        expect(main).to_contain_text(said)
    expect(page.locator("figure.timeline svg")).to_be_visible()
    expect(page.locator("ol.steps").first).to_contain_text("完成时限")
    expect(main).to_contain_text("口径待核")
    page.screenshot(path=picture / "item-1440.png", full_page=True)


def test_on_the_last_day_of_september_nothing_was_known(page: Page, house: House) -> None:
    page.goto(house.address + "/?on=2020-09-30")
    row = page.locator("table.ledger tr.row", has_text="大班额比例控制在3%以内")
    expect(row).to_contain_text("待核实")
    expect(row).not_to_contain_text("2.14")
    expect(page.locator("main")).to_contain_text("没有任何公开的数")


def test_the_search_finds_two_characters(page: Page) -> None:
    page.get_by_role("searchbox").fill("宿舍")
    page.get_by_role("button", name="查询").click()
    rows = page.locator("table.ledger tr.row")
    assert rows.count() >= 1
    assert [text for text in rows.all_inner_texts() if "宿舍" not in text] == []


def test_the_narrow_board_and_item_have_no_sideways_scroll(narrow: Page, picture: Path) -> None:
    narrow.screenshot(path=picture / "board-390.png")
    width = narrow.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    narrow.goto(narrow.url + "?q=大班额比例")
    narrow.locator("table.ledger tr.row").first.get_by_role("rowheader").get_by_role("link").first.click()
    narrow.screenshot(path=picture / "item-390.png", full_page=True)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/plans/", "/plans/1/", "/plans/1/weak/", "/mechanisms/", "/figures/", "/journal/"])
def test_no_page_scrolls_sideways_on_a_telephone(narrow: Page, house: House, path: str) -> None:
    narrow.goto(house.address + path)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("paper", "width", "most"), [("A4", 842, 12), ("A3", 1191, 8)])
def test_the_ledger_prints_across(page: Page, house: House, tmp_path: Path, paper: str, width: int, most: int) -> None:
    page.add_init_script("window.print = function () {};")  # the window a person would close
    page.goto(f"{house.address}/?paper={paper}")
    made = tmp_path / "ledger.pdf"
    page.pdf(path=made, prefer_css_page_size=True)
    printed = PdfReader(made)
    assert round(float(printed.pages[0].mediabox.width)) in {width, width - 1, width + 1}
    assert 1 < len(printed.pages) <= most
    for sheet in printed.pages:
        assert "督查事项" in "".join(sheet.extract_text().split()), "the head stands on every sheet"


def test_a_promise_to_raise_a_rate_shows_the_rate_and_is_judged_by_nobody(page: Page, house: House) -> None:
    page.goto(house.address + "/?q=普惠率")
    row = page.locator("table.ledger tr.row", has_text="提高普惠率")
    expect(row).to_contain_text("90.98 %")
    expect(row).to_contain_text("非量化")
