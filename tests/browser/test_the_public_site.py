"""公开网站 of 星州, opened from a disk: found by search, walked without scripts, and nothing a screen reader stumbles over."""

import subprocess
import sys
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.bureau.private_values import looked_for
from tests.bureau.whole_house import PLANTED, ROOT, surroundings

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
BULLETIN = "星州市2020年教育经费执行情况统计公告"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command writes of a small 星州 that has published."""
    home = tmp_path_factory.mktemp("public")
    build = [sys.executable, "-m", "tests.bureau.whole_house", str(home), "60"]
    export = [sys.executable, "-m", "luoshi", "publish", "--out", str(home / "site"), "--on", "2021-12-31"]
    for command in (build, export):
        subprocess.run(command, cwd=ROOT, env=surroundings(home), check=True, capture_output=True)
    return home / "site"


def _opened(browser: Browser, size: dict[str, int], **more: object) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport=size, locale="zh-CN", bypass_csp=True, **more)  # type: ignore[arg-type]
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    return page, wrong


def test_a_visitor_finds_the_bulletin_and_a_school_on_a_folder_without_a_server(browser: Browser, site: Path) -> None:
    page, wrong = _opened(browser, WIDE)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("searchbox").fill("经费执行")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=BULLETIN).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(BULLETIN)
    expect(page.get_by_role("img").first).to_be_visible()
    page.get_by_role("searchbox").fill("娄")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#found")).to_contain_text("娄湖区")
    page.get_by_role("searchbox").fill("没有这种学校名")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("status")).to_have_text("没有找到。")
    assert wrong == []

    plain, _ = _opened(browser, NARROW, java_script_enabled=False)
    plain.goto((site / "search.html").as_uri())
    expect(plain.get_by_role("status")).to_contain_text("查找要用脚本")
    plain.get_by_role("navigation").get_by_role("link", name="学校").click()
    plain.get_by_role("link", name="娄湖区").click()
    plain.get_by_role("row").nth(1).get_by_role("link").click()
    expect(plain.get_by_text("学校（机构）标识码")).to_be_visible()

    for size in (WIDE, NARROW):
        _stumbles(browser, site, size)


def test_no_value_about_a_person_stands_in_any_file(site: Path) -> None:
    found = looked_for(site.parent, site)
    assert set(found["known"]) >= PLANTED
    assert found["lake"] > 1000
    assert found["met"] == []


def _stumbles(browser: Browser, site: Path, size: dict[str, int]) -> None:
    page, _ = _opened(browser, size)  # axe asks for stylesheets in a way that pages of a folder may not
    kinds = ("publications", "indicators", "lists", "schools", "mechanisms", "about", "items")
    pages = [site / "index.html", site / "search.html", *(site / one / "index.html" for one in kinds)]
    pages += [
        *sorted(site.glob("publications/*/index.html")),
        site / "schools" / "county-1.html",
        next(site.glob("schools/letter-*.html")),
    ]
    pages += [
        next(site.glob("schools/[0-9]*.html")),
        next(site.glob("items/[0-9]*.html")),
        next(site.glob("indicators/[a-z]*_*.html")),
    ]
    found = dict[str, list[str]]()
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        page.evaluate(AXE)
        told = page.evaluate("axe.run()")["violations"]
        found |= {path.relative_to(site).as_posix(): [f"{one['id']} {one['impact']}" for one in told]} if told else {}
    assert found == {}
