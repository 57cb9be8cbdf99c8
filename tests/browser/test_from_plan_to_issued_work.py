"""Scenario: an unread plan becomes an issued breakdown, comments and approvals on the way, with the keyboard alone."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import House

MOST_TABS = 400


def _tab_to(page: Page, wanted: str) -> None:
    """Tab until an element of this selector has the focus: whatever cannot be reached so, a keyboard cannot use."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    message = f"{wanted} is not reached by Tab on {page.url}"
    raise AssertionError(message)


def _press(page: Page, wanted: str) -> None:
    """Reach a link or a button by Tab and press it; the next page is there afterwards."""
    _tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _type_day(page: Page, wanted: str, year: str, month: str, day: str) -> None:
    _tab_to(page, wanted)
    page.keyboard.type(year)
    page.keyboard.press("ArrowRight")
    page.keyboard.type(month + day)


def _divide(page: Page, house: House, wanted: int) -> int:
    """Confirm what has a lead, put aside what has none; how many items are confirmed."""
    page.goto(f"{house.address}/plans/1/points/15/")
    confirmed = 0
    while confirmed < wanted + 2:
        here = page.locator(".prop[aria-current]")
        if here.get_attribute("data-decision") != "open":
            with page.expect_navigation():
                page.keyboard.press("]")
            continue
        headless = "牵头 待定" in here.locator("p.small").first.inner_text()
        with page.expect_navigation():
            if headless:
                page.keyboard.press("n")
                page.keyboard.press("Enter")
            else:
                page.keyboard.press("y")
        confirmed += not headless
    return confirmed


def _ask_and_answer(page: Page, house: House, tmp_path: Path, wanted: int) -> None:
    """The Word table goes out, two comments come back in it, each is answered."""
    page.goto(f"{house.address}/plans/1/handouts/")
    _tab_to(page, "form[action*=send] button")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert re.fullmatch(r"洛阳市教育局2020年工作要点-征求意见-LS-[0-9A-F]{10}\.docx", waiting.value.suggested_filename)
    document = Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    lines = [row for row in document.tables[0].rows if row.cells[0].text.startswith("2020-")]
    assert len(lines) >= wanted
    lines[0].cells[-1].text = "（演示）建议明确责任单位"
    lines[1].cells[6].text = "2020-11-30"
    returned = tmp_path / "返回.docx"
    document.save(str(returned))
    page.goto(f"{house.address}/plans/1/handouts/")
    page.locator("#file").set_input_files(returned)  # the system's own dialog
    _press(page, "form[action*=take] button")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("2020-11-30")
    _tab_to(page, "input[name=words]")
    page.keyboard.type("（演示）另行研究")
    _press(page, "button[value=declined]")
    _tab_to(page, "input[name=words]")
    _press(page, "button[value=adopted]")
    expect(page.locator("main")).to_contain_text("采纳")
    page.goto(f"{house.address}/breakdowns/1/remarks/")
    expect(page.locator("main")).to_contain_text("（演示）另行研究")


def _approve_all(page: Page, house: House) -> None:
    page.goto(f"{house.address}/plans/1/breakdown/")
    while page.locator("details summary", has_text="审定").count():
        _tab_to(page, "td details summary")
        page.keyboard.press("Enter")
        _press(page, "button[value=approve]")
    expect(page.locator(".way [aria-current]")).to_have_text("审定")


def _make_public(page: Page, house: House) -> None:
    """15.2 is in the newspapers: it may be told."""
    page.goto(house.address + "/?stage=draft")
    page.goto(house.address + str(page.get_by_role("link", name="新增50所公办幼儿园").first.get_attribute("href")))
    _press(page, "a[href$='/edit/']")
    _tab_to(page, "[name=cell-audience]")
    page.keyboard.press("ArrowUp")
    _press(page, "form[action*=save] button")


@pytest.mark.parametrize("wanted", [15, pytest.param(60, marks=pytest.mark.prove)])
def test_a_plan_becomes_issued_work_with_the_keyboard_alone(
    fresh: Page, undivided: House, stranger: Page, tmp_path: Path, wanted: int
) -> None:
    page, house = fresh, undivided
    confirmed = _divide(page, house, wanted)
    _make_public(page, house)
    page.goto(f"{house.address}/plans/1/breakdown/")
    expect(page.locator(".way [aria-current]")).to_have_text("草拟")
    _tab_to(page, "section details summary")
    page.keyboard.press("Enter")
    _type_day(page, "[name=reply_by]", "2020", "04", "20")
    _press(page, "button[value=consult]")
    expect(page.locator(".way [aria-current]")).to_have_text("征求意见")
    _ask_and_answer(page, house, tmp_path, wanted)
    _approve_all(page, house)
    _tab_to(page, "#number")
    page.keyboard.type("（演示）1号")
    _type_day(page, "#issued", "2020", "04", "30")
    _press(page, "button[value=issue]")
    expect(page.locator(".way [aria-current]")).to_have_text("印发")
    page.goto(house.address + "/")
    expect(page.locator("main")).to_contain_text(f"{confirmed} 个督查事项")
    stranger.goto(house.address + "/public/")
    expect(stranger.locator("main")).to_contain_text("还没有发布的公开稿")
    page.goto(f"{house.address}/plans/1/notices/")
    _press(page, "button[value=draft]")
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("还没有发布的公开稿")
    _press(page, "button[value=approve]")
    _press(page, "button[value=publish]")
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("新增50所公办幼儿园")
    expect(stranger.locator("article tbody tr")).to_have_count(1)
    assert "督查室经办" not in stranger.content()
    stranger.goto(house.address + "/")
    assert "/enter/" in stranger.url
