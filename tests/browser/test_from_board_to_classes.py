"""Bar 6: from the board to the classes over 66 in a 星州 county in four clicks."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import WIDE, House, _running

PATIENCE = 240
"""Seconds three years of rows may take to be handed in and measured beside the website."""
COUNTY = "箕水县"


@pytest.fixture
def star(tmp_path: Path) -> Iterator[House]:
    """The made-up city's demo, with its rows."""
    yield from _running(tmp_path, "--city", "cities/xingzhou", rows=True)


@pytest.mark.prove
def test_four_clicks_lead_from_the_board_to_the_classes_over_66(browser: Browser, star: House, picture: Path) -> None:
    page = browser.new_context(viewport=WIDE, locale="zh-CN").new_page()
    page.goto(star.address + "/enter/")
    page.locator("button[value='jijiao']").click()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.goto(star.address + "/indicators/compulsory_super_large_classes/?year=2020")
        if page.locator("table.counties-of a", has_text="是哪些").count():
            break
        page.wait_for_timeout(3000)
    page.goto(star.address + "/?q=超大班")
    page.locator("table.ledger a[href='/indicators/compulsory_super_large_classes/']").first.click()
    page.screenshot(path=picture / "indicator-1440.png", full_page=True)
    page.locator("a.tile", has_text=COUNTY).click()
    page.screenshot(path=picture / "county-1440.png")
    row = page.locator("tr#compulsory_super_large_classes")
    told = row.locator("td b").first.inner_text()
    row.get_by_role("link", name="是哪些").click()
    page.get_by_role("link", name="义务教育超大班数（学籍）").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(COUNTY)
    sizes = [int(one) for one in page.locator("td[data-l='在籍学生数']").all_inner_texts()]
    assert sizes
    assert min(sizes) >= 66
    assert f"{len(sizes)} 个" == told
