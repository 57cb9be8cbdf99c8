"""办件 as people meet them: a petition from letter to review at the desk, a hazard in the yard on a bad line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import NARROW, ROOT, WIDE, House

NEW = "/cases/new/hazard/"
HELD = """() => new Promise(done => {
    const asked = indexedDB.open("luoshi", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("files");
    asked.onsuccess = () => {
        const all = asked.result.transaction("files").objectStore("files").getAllKeys();
        all.onsuccess = () => { asked.result.close(); done([Object.keys(localStorage), all.result]); };
    };
})"""
AMISS = """() => {
    const told = [], seen = new Set(), all = selector => Array.from(document.querySelectorAll(selector));
    all("[id]").forEach(one => { if (seen.has(one.id)) { told.push("twice " + one.id); } seen.add(one.id); });
    all("main input:not([type=hidden]), main select, main textarea").forEach(one => {
        if (!one.labels.length && !one.getAttribute("aria-label")) { told.push("no label " + one.name); }
    });
    all("[aria-describedby], [aria-labelledby]").forEach(one => {
        const names = (one.getAttribute("aria-describedby") || one.getAttribute("aria-labelledby")).split(" ");
        names.forEach(name => { if (!document.getElementById(name)) { told.push("nothing called " + name); } });
    });
    all("main fieldset").forEach(one => { if (!one.querySelector("legend")) { told.push("no legend " + one.id); } });
    all("img").forEach(one => { if (!one.hasAttribute("alt")) { told.push("no words for " + one.src); } });
    if (all("h1").length !== 1) { told.push("not one h1"); }
    if (document.documentElement.scrollWidth > innerWidth) { told.push("wider than the screen"); }
    all(".casework button, .casework select, .casework .tick, .casework .source span, .stepsnow a").forEach(one => {
        const box = one.getBoundingClientRect();
        if (innerWidth < 640 && box.height && box.height < 44) { told.push("small " + one.textContent + box.height); }
    });
    return told;
}"""


@pytest.fixture(scope="module")
def yard(browser: Browser, house: House) -> House:
    """The demo, whose 督查室 lets petitions and hazards run here."""
    with _as(browser, house, "ducha") as page:
        for key in ("petition", "hazard"):
            page.goto(f"{house.address}/procedures/{key}/")
            page.locator("#way").select_option("native")
            page.locator("#office").select_option("JJ")
            page.locator("#reason").fill("演示：局长办公会")
            page.get_by_role("button", name="设定").click()
    return house


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As a telephone takes it: large, on its side, with the place where it was taken."""
    made, told = tmp_path_factory.mktemp("photo") / "走廊.jpg", Image.Exif()
    told[0x0112] = 6
    told.get_ifd(0x8825).update({1: "N", 2: (34.0, 37.0, 0.0)})
    Image.linear_gradient("L").resize((2400, 1600)).save(made, exif=told)
    return made


def _enter(context: BrowserContext, house: House, login: str) -> Page:
    page = context.new_page()
    page.goto(house.address + "/enter/")
    page.locator(f"button[value='{login}']").click()
    return page


@contextmanager
def _as(browser: Browser, house: House, login: str, size: dict[str, int] = WIDE, **kept: object) -> Iterator[Page]:
    """A browser somebody is signed in with."""
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **kept)
    page, faults = _enter(context, house, login), list[str]()
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield page
    assert faults == []
    context.close()


def _told(page: Page, state: str) -> None:
    expect(page.locator(".onecase .line").first).to_contain_text(state)


def _danger(page: Page, place: str, level: str = "重大隐患") -> None:
    page.get_by_role("radio", name="本校自查").check()
    page.get_by_label("发现日期").fill(page.get_by_label("发现日期").get_attribute("max") or "")
    page.get_by_role("radio", name=level).check()
    page.get_by_label("类别").select_option(index=1)
    page.get_by_label("地点、部位").fill(place)
    page.get_by_label("隐患情况").fill("吊顶开裂（演示）")
    if level == "重大隐患":
        page.get_by_label("停用日期").fill(page.get_by_label("停用日期").get_attribute("max") or "")


PAPER = {"name": "演示文书.txt", "mimeType": "text/plain", "buffer": "演示（虚构）".encode()}


def _bring_a_letter(page: Page, house: House) -> str:
    """A petition as it is entered; the day it came."""
    page.goto(house.address + "/cases/new/petition/")
    day = page.get_by_label("收到日期").get_attribute("max") or ""
    expect(page.get_by_label("代表人数")).to_be_hidden()
    page.get_by_role("radio", name="群众走访").check()
    page.get_by_label("代表人数").fill("2")
    page.get_by_label("收到日期").fill(day)
    page.get_by_role("radio", name="姓名、地址清楚").check()
    page.locator("[name=persons]").fill("3")
    page.get_by_label("类别").select_option("fees")
    page.get_by_role("radio", name="一般").check()
    page.get_by_label("来信来访人").fill("演示家长")
    page.get_by_label("信访事项").fill("退费（演示数据，虚构）")
    assert page.evaluate(AMISS) == []
    page.get_by_role("button", name="登记信访事项").click()
    expect(page.locator(".told.good")).to_contain_text(re.compile(r"查询码 \w{8}"))
    return day


def _send(page: Page, label: str, *, waits: bool = False, **filled: str) -> None:
    """A step with a paper, or a day, and what it comes to: it is done, or waits for a signature."""
    page.locator(".stepsnow").get_by_role("link", name=label, exact=True).click()
    for name, value in filled.items():
        field = page.locator(f"[name={name}]").first
        match field.evaluate("one => one.type"):
            case "select-one":
                field.select_option(value)
            case "radio":
                page.locator(f"[name={name}][value={value}]").check()
            case "file":
                field.set_input_files(value)
            case _:
                field.fill(value)
    for file in page.locator("[data-files=paper] input[type=file]").all():
        file.set_input_files(PAPER)
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    expect(page.locator(".told", has_text="等签字")).to_have_count(int(waits))


def _is_clean_on_paper(page: Page) -> None:
    """What the case holds and what happened, and nothing to press."""
    page.emulate_media(media="print")
    for seen in (".onecase h1", ".casefacts", ".casepath"):
        expect(page.locator(seen)).to_be_visible()
    gone = page.locator(".top, .within, .stepsnow, .diagram, .crumb, .foot, button, .btn").all()
    assert [one.inner_text() for one in gone if one.is_visible()] == []


def test_a_petition_goes_from_letter_to_review_and_both_diagrams_say_the_same(browser: Browser, yard: House) -> None:
    with _as(browser, yard, "jijiao") as host, _as(browser, yard, "fenguan") as leader:
        day = _bring_a_letter(host, yard)
        case = host.url
        _send(host, "受理", handler_unit="XQ")
        with _as(browser, yard, "xueqian") as handler:
            handler.goto(case)
            handler.locator(".stepsnow").get_by_role("link", name="答复", exact=True).click()
            handler.get_by_role("radio", name="解释").check()
            handler.get_by_label("送达日期").fill(day)
            handler.locator("input[type=file]").set_input_files(PAPER)
            handler.get_by_role("button", name="答复", exact=True).click()
            expect(handler.locator(".told", has_text="等签字")).to_be_visible()
        leader.goto(case)
        _send(leader, "签字：答复")
        _told(leader, "已答复")
        host.goto(case)
        _send(host, "请求复查", asked_on=day)
        _send(host, "作出复查意见", review_served_on=day, waits=True)
        leader.goto(case)
        _send(leader, "签字：作出复查意见")
        _told(leader, "已复查")
        expect(leader.locator(".casepath tbody tr")).to_have_count(7)
        _is_drawn_as_in_the_manual(leader, "登记信访事项")
        _is_clean_on_paper(leader)


def test_a_major_hazard_goes_from_photograph_to_re_check_by_another_hand_on_a_telephone(
    browser: Browser, yard: House, photo: Path, picture: Path
) -> None:
    with _as(browser, yard, "county", NARROW) as mender, _as(browser, yard, "jijiao", NARROW) as host:
        mender.goto(yard.address + NEW)
        _danger(mender, "实验楼二层（演示）")
        mender.locator("input[capture]").set_input_files(photo)
        day = mender.get_by_label("发现日期").input_value()
        mender.get_by_role("button", name="登记隐患").click()
        expect(mender.get_by_role("heading", level=1)).to_have_text("实验楼二层（演示）")
        case = mender.url
        host.goto(case)
        _send(host, "派单并挂牌督办", handler_unit="410323", board="county")
        mender.goto(case)
        _send(mender, "五落实并开始整改", duty="演示校长", measures="加固吊顶（演示）", money="1200", plan_due=day)
        _send(mender, "报请现场复查", mended_on=day, mended="已加固（演示）", photo_after=str(photo))
        _told(mender, "重大隐患待复查")
        _is_refused_to(mender, "现场复查销号", "办过“报请现场复查”的人不办“现场复查销号”")
        mender.screenshot(path=picture / "hazard-refused-390.png", full_page=True)
        host.goto(yard.address + "/cases/")
        host.get_by_role("link", name="实验楼二层（演示）").click()
        _send(host, "现场复查销号", checked_on=day, checkers="演示复查人")
        _told(host, "已销号")
        expect(host.locator(".casefacts .shots img")).to_have_count(2)
        expect(host.locator(".casepath tbody tr")).to_have_count(5)
        assert host.evaluate(AMISS) == []
        host.screenshot(path=picture / "hazard-closed-390.png", full_page=True)
        _is_drawn_as_in_the_manual(host, "登记隐患")
        _is_clean_on_paper(host)


def _is_refused_to(page: Page, label: str, rule: str) -> None:
    """The same sentence beside the button on the case and on the page of the step, and nothing to press."""
    case = page.url
    expect(page.locator(".stepsnow li.not", has_text=label)).to_contain_text(rule)
    expect(page.get_by_role("link", name=label)).to_have_count(0)
    assert page.evaluate(AMISS) == []
    page.goto(case + "do/close_major/")
    pressed = page.get_by_role("button", name=label)
    expect(pressed).to_be_disabled()
    expect(pressed).to_have_accessible_description(re.compile(rule))
    assert page.evaluate(AMISS) == []
    page.goto(case)


def _is_drawn_as_in_the_manual(page: Page, opens: str) -> None:
    """States and steps of the diagram on the page are those of the manual's."""
    drawn = [one.strip() for one in page.locator("svg.course text").all_text_contents() if one.strip()]
    manual = (ROOT / "docs" / "reference" / "procedures.md").read_text("utf-8")
    block = next(one for one in re.findall(r"```mermaid\n(.*?)```", manual, re.DOTALL) if opens in one)
    steps = re.findall(r"^ +s\d+ --> s\d+: (.+)$", block, re.MULTILINE)
    states = [one.partition(" ")[0] for one in re.findall(r'state "(.+)" as', block)]
    assert sorted(one for one in drawn if one in steps) == sorted(steps)
    assert sorted(one for one in drawn if one in states) == sorted(states)


def test_a_case_from_the_yard_on_a_lost_line_is_one_case_with_one_photograph(
    browser: Browser, yard: House, photo: Path, picture: Path
) -> None:
    with _as(browser, yard, "county", NARROW) as page:
        page.goto(yard.address + NEW)
        send = page.get_by_role("button", name="登记隐患")
        assert page.viewport_size
        assert (send.bounding_box() or {"y": 0})["y"] > page.viewport_size["height"] / 2, "within the thumb's reach"
        _danger(page, "三层走廊（演示）")
        send.click()
        expect(page.locator("[data-fault]")).to_contain_text("隐患照片")
        page.locator("input[capture]").set_input_files(photo)
        expect(page.locator(".shots img")).to_have_count(1)
        page.context.set_offline(True)
        send.click()
        expect(page.locator("[data-fault]")).to_contain_text("现在连不上")
        page.screenshot(path=picture / "case-offline-390.png")
        page.close()
        page.context.set_offline(False)
        sent = _send_the_draft(page.context.new_page(), yard)
    assert len(sent) == 1
    assert b"\xff\xd8" in sent[0]
    assert len(sent[0]) < 400_000
    assert b"Exif" not in sent[0], "made small, and without the place"


def _send_the_draft(page: Page, house: House) -> list[bytes]:
    """What was not sent is there again, arrives, is thought lost, and is sent once more; the bodies that arrived before."""
    page.goto(house.address + NEW)
    expect(page.get_by_text("已恢复上次没有提交的内容")).to_be_visible()
    expect(page.get_by_label("地点、部位")).to_have_value("三层走廊（演示）")
    expect(page.locator(".shots img")).to_have_count(1)
    assert page.evaluate(AMISS) == []
    sent = list[bytes]()
    page.route("**" + NEW, lambda route: _lose_the_answer(route, sent))
    page.get_by_role("button", name="登记隐患").click()
    expect(page.locator("[data-fault]")).to_contain_text("现在连不上")
    page.unroute("**" + NEW)
    page.get_by_role("button", name="登记隐患").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("三层走廊（演示）")
    expect(page.locator(".told").first).to_contain_text("没有重复办理")
    expect(page.locator(".casefacts .shots img")).to_have_count(1)
    assert page.evaluate(AMISS) == []
    assert page.evaluate(HELD) == [[], []]
    page.goto(house.address + "/cases/find/?words=三层走廊")
    expect(page.get_by_role("link", name="三层走廊（演示）")).to_have_count(1)
    return sent


def _lose_the_answer(route: Route, sent: list[bytes]) -> None:
    """The form arrives, what comes back does not."""
    sent.append(route.request.post_data_buffer or b"")
    route.fetch()
    route.abort("connectionreset")


def test_a_photograph_that_a_slow_telephone_is_still_making_smaller_is_not_missed(
    browser: Browser, yard: House, photo: Path
) -> None:
    with _as(browser, yard, "county", NARROW) as page:
        page.add_init_script(
            "const made = createImageBitmap;"
            "window.createImageBitmap = (...of) => new Promise(done => setTimeout(done, 1500)).then(() => made(...of));"
        )
        page.goto(yard.address + NEW)
        _danger(page, "慢手机（演示）")
        page.locator("input[capture]").set_input_files(photo)
        page.get_by_role("button", name="登记隐患").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("慢手机（演示）")
        expect(page.locator(".casefacts .shots img")).to_have_count(1)


def test_a_draft_outlives_a_sign_in_shows_itself_to_nobody_else_and_goes_with_signing_out(
    browser: Browser, yard: House
) -> None:
    with _as(browser, yard, "county", NARROW) as page:
        context = page.context
        page.goto(yard.address + NEW)
        page.get_by_label("地点、部位").fill("只有我看得到（演示）")
        expect(page.locator("[data-kept]")).to_contain_text("只有本账号能看到")
        kept = page.evaluate(HELD)[0]
        assert len(kept) == 1
        assert "看得到" not in page.evaluate("name => atob(JSON.parse(localStorage[name]).held)", kept[0])
        _danger(page, "只有我看得到（演示）", "一般隐患")
        context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="登记隐患").click()
        expect(page.locator("[data-fault]")).to_be_visible()
        page.close()
        other = _enter(context, yard, "jijiao")
        other.goto(yard.address + NEW)
        expect(other.get_by_label("地点、部位")).to_have_value("")
        other.get_by_label("地点、部位").fill("别人的（演示）")
        expect(other.locator("[data-kept]")).to_contain_text("只有本账号能看到")
        assert len(other.evaluate(HELD)[0]) == 2
        other.get_by_role("button", name="退出").click()
        other.wait_for_url("**/enter/**")
        assert other.evaluate(HELD)[0] == kept
        other.close()
        again = _enter(context, yard, "county")
        again.goto(yard.address + NEW)
        expect(again.get_by_label("地点、部位")).to_have_value("只有我看得到（演示）")
        again.get_by_role("button", name="丢弃草稿").click()
        expect(again.get_by_label("地点、部位")).to_have_value("")
        assert again.evaluate(HELD) == [[], []]


def test_a_hazard_is_entered_with_the_keyboard_alone(browser: Browser, yard: House) -> None:
    with _as(browser, yard, "county") as page:
        page.goto(yard.address + NEW)
        page.get_by_role("button", name="登记隐患").evaluate("one => one.closest('form').noValidate = true")
        page.locator("input[name=found]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("#wrongs")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("发现日期")
        page.keyboard.press("Enter")
        assert page.url.endswith("#f-found_on")
        expect(page.get_by_role("radio", name="本校自查")).to_be_checked()
        page.get_by_label("发现日期").fill(page.get_by_label("发现日期").get_attribute("max") or "")
        page.get_by_role("radio", name="一般隐患").focus()
        page.keyboard.press("Space")
        expect(page.get_by_label("停用日期")).to_be_hidden()
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("by keys")
        page.keyboard.press("Tab")
        page.keyboard.type("loose tile")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("by keys")


def test_without_scripts_a_refused_form_keeps_its_photograph_and_is_then_taken(
    browser: Browser, yard: House, photo: Path
) -> None:
    with _as(browser, yard, "jijiao", NARROW, java_script_enabled=False) as page:
        page.goto(yard.address + NEW)
        _danger(page, " ")
        page.locator("input[type=file]").first.set_input_files(photo)
        page.get_by_role("button", name="登记隐患").click()
        page.locator(".wrongs").get_by_role("link", name="地点、部位").click()
        expect(page.get_by_label("走廊.jpg")).to_be_checked()
        page.get_by_label("地点、部位").fill("没有脚本（演示）")
        page.get_by_role("button", name="登记隐患").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("没有脚本（演示）")
        expect(page.locator(".casefacts .shots img")).to_have_count(1)


def test_where_the_browser_seals_nothing_a_draft_tells_of_nobody(browser: Browser, yard: House) -> None:
    with _as(browser, yard, "jijiao", NARROW) as page:
        page.add_init_script("Object.defineProperty(window.crypto, 'subtle', { value: undefined })")
        page.goto(yard.address + "/cases/new/petition/")
        page.get_by_label("来信来访人").fill("演示家长")
        page.locator("[name=persons]").fill("37")
        expect(page.locator("[data-kept]")).to_contain_text("个人信息和照片在这种连接下不留")
        kept = page.evaluate(HELD)[0]
        plain = page.evaluate("name => decodeURIComponent(escape(atob(JSON.parse(localStorage[name]).held)))", kept[0])
    assert '["persons","37","text"]' in plain
    assert "演示家长" not in plain
