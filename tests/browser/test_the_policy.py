"""The browser finds nothing on our pages that the policy forbids, and holds whatever else to it."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import WIDE, House

PAGES = (
    "/", "/?paper=A3", "/plans/", "/mechanisms/", "/mine/", "/agreeing/", "/escalations/", "/bulletins/", "/leader/",
    "/reminders/", "/year/", "/returns/", "/lake/", "/forms/", "/tables/", "/indicators/", "/overview/", "/compare/",
    "/figures/", "/doubts/", "/parameters/", "/checklists/", "/divisions/", "/offices/", "/jobs/", "/messages/",
    "/own/devices/", "/own/password/", "/own/second/", "/private/", "/journal/", "/import/", "/nowhere/",
)  # fmt: skip
_TOLD = """document.addEventListener("securitypolicyviolation",
    e => console.error("violated " + e.violatedDirective + " " + e.blockedURI + " " + e.sourceFile));"""


def _watched(page: Page) -> list[str]:
    """Whatever the page's console says of the policy from now on."""
    told = list[str]()
    page.add_init_script(_TOLD)
    page.on("console", lambda one: told.append(f"{page.url} {one.text}") if _of_policy(one.text) else None)
    return told


def _of_policy(text: str) -> bool:
    return text.startswith("violated ") or "Content Security Policy" in text


def test_nothing_on_the_main_pages_is_against_the_policy(page: Page, house: House) -> None:
    told, headings = _watched(page), 0
    for address in PAGES:
        answer = page.goto(house.address + address)
        assert answer is not None
        assert "script-src 'self'" in answer.headers["content-security-policy"], address
        headings += page.locator("h1").count()
    item = page.goto(house.address + "/")
    assert item is not None
    for link in ("a[href^='/items/']", "a[href^='/plans/']"):
        page.goto(house.address + ("/" if "items" in link else "/plans/"))
        page.goto(house.address + str(page.locator(link).first.get_attribute("href")))
    assert told == []
    assert headings >= len(PAGES) - 2


@pytest.mark.parametrize("entrance", ["/enter/", "/api/", "/public/"])
def test_nothing_before_the_entrance_is_against_the_policy(stranger: Page, house: House, entrance: str) -> None:
    told = _watched(stranger)
    stranger.goto(house.address + entrance)
    assert told == []


def test_a_script_and_a_stylesheet_that_somebody_puts_into_a_page_do_nothing(browser: Browser, house: House) -> None:
    page = browser.new_context(viewport=WIDE, locale="zh-CN").new_page()
    told = _watched(page)
    page.goto(house.address + "/enter/")
    done = page.evaluate("""() => {
        const script = document.createElement("script"); script.textContent = "window.did = 1";
        const style = document.createElement("style"); style.textContent = "h1 { color: rgb(1, 2, 3) !important }";
        const far = document.createElement("img"); far.src = "http://127.0.0.2:9/x.png";
        document.body.append(script, style, far);
        return [window.did === undefined, getComputedStyle(document.querySelector("h1")).color]; }""")
    page.wait_for_timeout(300)
    assert done[0]
    assert done[1] != "rgb(1, 2, 3)"
    assert {"script-src-elem", "style-src-elem", "img-src"} <= {
        found[1] for one in told if (found := re.search(r"violated (\S+)", one))
    }
    page.context.close()
