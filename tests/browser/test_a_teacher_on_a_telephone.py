"""A teacher on a telephone: sees what is owed, chooses and ranks, signs in by the code in the room, gets hours and a certificate."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, ROOT, WIDE, House, _running

SCHOOLS = """
import django; django.setup()
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.board.opening import INSTALLER
from luoshi.bureau.board.trainings_of_demo import hold_all
city = City.objects.get()
for at in range(12):
    county = ("990121", "990102")[at % 2]
    Institution.objects.create(city=city, code=f"21410{at:05d}", name=f"演示学校{at}", kind=("211", "365")[at % 6 == 5], county=county)
hold_all(INSTALLER, city)
"""
AMISS = """() => {
    const told = [], all = selector => Array.from(document.querySelectorAll(selector));
    all("main input:not([type=hidden]), main select, main textarea").forEach(one => {
        if (!one.labels.length && !one.getAttribute("aria-label")) { told.push("no label " + one.name); }
    });
    if (all("h1").length !== 1) { told.push("not one h1"); }
    if (document.documentElement.scrollWidth > innerWidth) { told.push("wider than the screen"); }
    return told;
}"""


@pytest.fixture
def supermarket(tmp_path: Path) -> Iterator[House]:
    """The made-up city without its rows, a dozen schools and a year of trainings."""
    for house in _running(tmp_path, "--city", "cities/xingzhou"):
        surroundings = {
            **os.environ,
            "LUOSHI_HOME": str(tmp_path / "var"),
            "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings",
        }
        surroundings.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-c", SCHOOLS], cwd=ROOT, env=surroundings, check=True)
        yield house


def _as(browser: Browser, house: House, login: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
    page.goto(house.address + "/enter/")
    page.locator(f"button[value='{login}']").click()
    return page


def test_a_teacher_chooses_signs_in_by_the_code_and_gets_the_hours(
    browser: Browser, supermarket: House, picture: Path
) -> None:
    page = _as(browser, supermarket, "jiaoshi2", NARROW)
    expect(page).to_have_url(supermarket.address + "/hours/")
    expect(page.locator(".hours svg").first).to_be_visible()
    owed = page.locator(".hours td[data-l='已计']").first.inner_text()
    page.screenshot(path=picture / "hours-390.png")
    page.get_by_role("link", name="选课", exact=True).first.click()
    page.get_by_label("第几志愿 心理健康辅导技能").fill("1")
    page.get_by_label("第几志愿 师德专题").fill("2")
    page.get_by_role("button", name="保存志愿").click()
    expect(page.get_by_text("志愿已保存，截止前可以改。")).to_be_visible()
    expect(page.get_by_label("第几志愿 心理健康辅导技能")).to_have_value("1")
    page.screenshot(path=picture / "choices-390.png")

    desk = _as(browser, supermarket, "renshi", WIDE)
    desk.goto(supermarket.address + "/sessions/")
    desk.get_by_role("link", name="班主任沟通与家校合作").first.click()
    desk.get_by_role("button", name="显示签到码").click()
    code = desk.locator("p.roomcode").inner_text()
    desk.screenshot(path=picture / "session-1440.png")

    page.goto(supermarket.address + "/attend/")
    page.get_by_label("教室里显示的六位数字").fill("000000" if code != "000000" else "111111")
    page.get_by_role("button", name="签到").click()
    expect(page.get_by_text("签到码不对、已过期，或您不在这个班")).to_be_visible()
    page.get_by_label("教室里显示的六位数字").fill(code)
    page.get_by_role("button", name="签到").click()
    expect(page.get_by_text("已签到。")).to_be_visible()
    page.screenshot(path=picture / "attend-390.png")
    page.goto(supermarket.address + "/hours/")
    assert float(page.locator(".hours td[data-l='已计']").first.inner_text()) == float(owed) + 16
    page.get_by_role("link", name="证书 班主任沟通与家校合作").click()
    check = page.locator(".diploma b").inner_text()
    page.screenshot(path=picture / "certificate-390.png")

    anybody = browser.new_context(viewport=NARROW, locale="zh-CN").new_page()
    anybody.goto(supermarket.address + "/certificates/")
    anybody.get_by_label("查询码").fill(check)
    anybody.get_by_role("button", name="核验").click()
    expect(anybody.get_by_role("heading", name="证书有效")).to_be_visible()

    first = _as(browser, supermarket, "jiaoshi1", NARROW)
    for one, addresses in (
        (first, ("/hours/", "/choices/", "/attend/", "/courses/", "/courses/1/")),
        (desk, ("/trainings/", "/trainings/national/", "/hours/owed/", "/teachers/", "/terms/", "/terms/1/", "/rotation/", "/rolls/", "/courses/new/")),
    ):  # fmt: skip
        for address in addresses:
            one.goto(supermarket.address + address)
            assert one.evaluate(AMISS) == [], address
    for name, address in (
        ("supermarket", "/courses/"),
        ("hours-owed", "/hours/owed/"),
        ("rotation", "/rotation/"),
        ("term", "/terms/1/"),
    ):
        desk.goto(supermarket.address + address)
        desk.screenshot(path=picture / f"{name}-1440.png")
