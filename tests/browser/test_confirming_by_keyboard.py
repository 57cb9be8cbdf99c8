"""A second plan is read, then confirmed, corrected and dismissed without touching the mouse."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, House

XINGZHOU = ROOT / "cities" / "xingzhou" / "plan.txt"


def _read_second_plan(page: Page, house: House) -> None:
    page.goto(house.address + "/plans/")
    known = page.get_by_role("link", name="星州市教育局2021年工作要点")
    if known.count() == 0:
        page.locator("input[type=file]").set_input_files(XINGZHOU)
        page.locator("main form button").click()
    else:
        known.first.click()
    page.wait_for_url("**/plans/*/**")


def test_proposals_are_confirmed_dismissed_corrected_and_undone_by_keyboard(
    page: Page, house: House, picture: Path
) -> None:
    _read_second_plan(page, house)
    expect(page.get_by_role("heading", level=1)).to_contain_text("星州市教育局2021年工作要点")
    expect(page.locator("p.notice")).to_contain_text("演示数据（虚构）")
    page.screenshot(path=picture / "desk-1440.png")
    first = page.locator(".prop").nth(0)
    name = first.get_attribute("id")

    page.keyboard.press("y")
    expect(page.locator(f"#{name}")).to_contain_text("确认立项")
    expect(page.locator(f"#{name}").get_by_role("link", name="台账")).to_have_count(1)

    page.keyboard.press("k")
    second = page.locator(".prop").nth(1).get_attribute("id")
    while page.locator(".prop[aria-current]").get_attribute("id") != second:
        page.keyboard.press("j")
    page.keyboard.press("n")
    page.keyboard.type("（演示）常态化")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{second}")).to_contain_text("不立项")
    expect(page.locator(f"#{second}")).to_contain_text("（演示）常态化")

    while page.locator(".prop[aria-current]").get_attribute("id") != second:
        page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator(f"#{second}")).to_have_attribute("data-decision", "open")

    while page.locator(".prop[aria-current]").get_attribute("id") != second:
        page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("更正后的事项名称")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{second}")).to_contain_text("确认立项")
    page.locator(f"#{second}").get_by_role("link", name="台账").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("更正后的事项名称")


def test_the_desk_works_without_scripts(plain: Page, house: House) -> None:
    _read_second_plan(plain, house)
    plain.locator(".toc a").nth(3).click()
    proposal = plain.locator(".prop[data-decision=open]").first
    name = proposal.get_attribute("id")
    proposal.get_by_role("button", name="确认立项").first.click()
    expect(plain.locator(f"#{name}")).to_contain_text("确认立项")
    expect(plain.locator(f"#{name}")).to_have_attribute("data-decision", "confirmed")


def test_a_marked_file_is_refused_in_four_parts_and_not_kept(page: Page, house: House, tmp_path: Path) -> None:
    marked = tmp_path / "要点.txt"
    marked.write_text("秘密★1年\n某市教育局2021年工作要点\n1.新建学校3所。\n", encoding="utf-8")
    page.goto(house.address + "/plans/")
    page.locator("input[type=file]").set_input_files(marked)
    page.locator("main form button").click()
    told = page.locator(".told.bad")
    for part in ("位置", "情况", "规则", "处理"):
        expect(told).to_contain_text(part)
    expect(told).to_contain_text("秘密★")
    expect(page.locator("main")).not_to_contain_text("新建学校3所")
    page.goto(house.address + "/plans/")
    expect(page.locator("main")).not_to_contain_text("某市教育局")


def test_the_first_thing_the_keyboard_reaches_is_the_way_to_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
