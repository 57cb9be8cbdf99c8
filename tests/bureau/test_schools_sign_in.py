"""A school's own account, where a school needs one: from the first code to what it handed in and got back. 演示数据（虚构）."""

from dataclasses import replace
from datetime import timedelta

import openpyxl
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.board.returns_owed import returns_owed
from luoshi.bureau.forms.actions import Brought, fill, send, set_baseline
from luoshi.bureau.forms.models import Filing as FormFiling
from luoshi.bureau.forms.models import Sheet
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.people.models import City, Institution, Person, Succession
from luoshi.bureau.people.rights import own_school
from luoshi.bureau.people.units.queries import school_stood_for
from luoshi.bureau.posts.actions import issue_codes
from luoshi.bureau.returns import actions, seeing
from luoshi.bureau.returns.models import Breach, Filing, Unit, Window
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from tests.bureau import collected, schooled, witness
from tests.bureau.asking_forms import approved, asked, filled_lake
from tests.bureau.collected import NAMES, ON, rows, seen, sheet, table
from tests.bureau.conftest import Enter
from tests.bureau.schooled import HERE, account
from tests.bureau.xingzhou import actor
from tests.filled import changed

pytestmark = pytest.mark.django_db
PASSWORD = "Xingzhou-2021-演示"
"""What somebody thought up who came in by a first code."""
Schools = tuple[Unit, Unit, Unit]


@pytest.fixture
def window(city: City) -> Window:
    """A window of returns, and the register."""
    return schooled.opened(city)


@pytest.fixture
def schools(window: Window) -> Schools:
    """A school, its neighbour, one of another county."""
    return schooled.three(window)


def _faulty(unit: Unit) -> pl.DataFrame:
    return rows("class_bands", unit.code).with_columns(pl.col("classes") + 1)


def _twice(unit: Unit) -> pl.DataFrame:
    """Twice the classes and pupils of last year: a should does not hold."""
    frame = rows("class_bands", unit.code)
    some = [name for name in frame.columns if name.startswith(("up_to_", "from_", "grade_"))]
    return frame.with_columns(pl.col([*some, "classes", "pupils", "girls"]) * 2)


def _sent(frame: pl.DataFrame) -> SimpleUploadedFile:
    return SimpleUploadedFile("班额.csv", table(frame))


def _version(unit: Unit) -> int:
    unit.refresh_from_db()
    return unit.version


def _signed(unit: Unit) -> dict[str, object]:
    return {
        "act": "hand", "version": _version(unit), "filler": "填表子", "statistician": "统计丑", "head": "校长寅",
        "phone": "0000-0000000", "reported": "2020-09-18",
    }  # fmt: skip


def _in_by_first_code(enter: Enter, login: str, county: str) -> Client:
    slip = next(
        one for one in issue_codes(actor("guanli"), timezone.localdate(), division=county) if one.login == login
    )
    browser = enter()
    assert browser.post("/enter/", {"username": login, "password": slip.code}).status_code == 302
    assert browser.get("/")["Location"] == "/own/password/"
    assert browser.post("/own/password/", {"old": "", "new": PASSWORD, "again": PASSWORD}).status_code == 302
    return browser


def test_from_the_first_code_to_what_was_handed_in_sent_back_and_handed_in_again(
    window: Window, schools: Schools, enter: Enter
) -> None:
    unit = schools[0]
    account(unit)
    browser = _in_by_first_code(enter, "xiao", HERE)
    home = f"/returns/schools/{unit.code}/"
    assert browser.get("/")["Location"] == home
    page = browser.get(home).content.decode()
    assert unit.label in page
    assert "已由系统代填 <b>2</b> 项" in page
    assert window.title in page
    at = f"/returns/{window.pk}/units/{unit.code}/"

    assert browser.post(f"{at}act/", {"act": "bring", "file": _sent(_faulty(unit))}).status_code == 302
    told = browser.get(at).content.decode()
    assert "逻辑校验" in told
    assert browser.post(f"{at}act/", _signed(unit)).status_code == 409, "a must that does not hold stops it"
    browser.post(f"{at}act/", {"act": "bring", "file": _sent(_twice(unit))})
    asks = Breach.objects.filter(filing__holder=unit, severity="asks", gone=None)
    assert asks, "twice as many as last year is asked about"
    words = {f"why-{one['mark']}": "生源变化，情况属实（演示）" for row in asks for one in row.told}
    assert browser.post(f"{at}act/", _signed(unit)).status_code == 409, "it wants an explanation"
    browser.post(f"{at}act/", {"act": "explain", "version": _version(unit), **words})
    assert browser.post(f"{at}act/", _signed(unit)).status_code == 302
    assert _version(unit)
    assert unit.state == "handed"

    actions.send_back(actor("xianqu"), window.pk, seen(window, unit.code), "班数与学籍不一致", ON)
    message = Message.objects.get(to="xiao", subject__contains="被退回修改")
    assert message.body == "县区己退回修改：班数与学籍不一致"
    assert "班数与学籍不一致" in browser.get(home).content.decode()
    assert "被退回 <b>1</b> 项" in browser.get(home).content.decode()
    assert browser.post(f"/messages/{message.pk}/read/")["Location"] == at
    assert "班数与学籍不一致" in browser.get(at).content.decode()
    browser.post(f"{at}act/", {"act": "bring", "file": _sent(rows("class_bands", unit.code))})
    assert browser.post(f"{at}act/", _signed(unit)).status_code == 302
    assert _version(unit)
    assert (unit.state, unit.sent_back) == ("handed", 1)
    assert "已报出的和以前的报表" in browser.get(home).content.decode()
    assert broken() is None


def test_a_school_brings_its_own_rows_and_of_a_file_of_many_no_others(window: Window, schools: Schools) -> None:
    unit, neighbour, _ = schools
    own = account(unit)
    both = table(rows("class_bands", unit.code, neighbour.code))
    told = actions.bring(own, window.pk, both, "班额.csv", unit.code)
    assert list(told.units) == [unit.code]
    assert [code for code, _ in told.left] == [neighbour.code]
    for wanted in (neighbour.code, ""):
        with pytest.raises(RefusedError, match="学校只办理本校的报表"):
            actions.bring(own, window.pk, both, "班额.csv", wanted)
    assert not Filing.objects.filter(unit=neighbour).exists()


def test_nothing_is_done_with_another_schools_return_by_any_action(window: Window, schools: Schools) -> None:
    unit, neighbour, other = schools
    own = account(unit)
    for one in (neighbour, other):
        actions.bring(actor("jijiao"), window.pk, table(rows("class_bands", one.code)), "班额.csv", one.code)
        at = seen(window, one.code)
        version = at[one.code]
        with witness.refused("returns.hand", "只看本校的报表"):
            actions.hand_in(own, window.pk, at, NAMES, ON)
        with witness.refused("returns.explain", "只看本校的报表"):
            actions.explain(own, window.pk, one.code, version, {"x": "说明"})
        with witness.refused("returns.sign", "只看本校的报表"):
            actions.sign(own, window.pk, one.code, version, ("a.pdf", b"%PDF"), "x", ON)
        assert seeing.barred(own, window, one.county, one.code)
    assert seeing.barred(own, window, HERE), "a county's rows are not a school's, also of its own county"
    mine = seen(window, unit.code)
    for step, said in (
        (lambda: actions.check_county(own, window.pk, mine, ON), "县级审核"),
        (lambda: actions.send_back(own, window.pk, mine, "理由", ON), "退回报表"),
        (lambda: actions.ask_reopening(own, window.pk, unit.code, mine[unit.code], "漏报", ON), "申请重新打开"),
    ):
        with pytest.raises(RefusedError, match=said):
            step()


def test_a_school_takes_the_file_it_sent_and_never_the_countys_file_of_many(
    window: Window, schools: Schools, enter: Enter
) -> None:
    unit, neighbour, _ = schools
    account(unit)
    many = table(rows("class_bands", unit.code, neighbour.code))
    actions.bring(actor("xianqu"), window.pk, many, "全县班额.csv")
    browser, at = enter("xiao"), f"/returns/{window.pk}/units/{unit.code}/"
    theirs = Filing.objects.get(unit=unit)
    assert browser.get(f"/returns/filings/{theirs.pk}/file/").status_code == 404
    assert f"/returns/filings/{theirs.pk}/file/" not in browser.get(at).content.decode()
    assert "由别的账号导入" in browser.get(at).content.decode()
    browser.post(f"{at}act/", {"act": "bring", "file": _sent(rows("class_bands", unit.code))})
    mine = Filing.objects.filter(unit=unit).latest("pk")
    answer = browser.get(f"/returns/filings/{mine.pk}/file/")
    assert (answer.status_code, neighbour.code in answer.content.decode()) == (200, False)
    of_neighbour = Filing.objects.get(unit=neighbour)
    assert browser.get(f"/returns/filings/{of_neighbour.pk}/file/").status_code == 403


def test_a_form_is_taken_filled_and_brought_back_by_its_school_alone(
    city: City, enter: Enter, settings, tmp_path
) -> None:
    settings.LAKE = tmp_path / "lake"
    filled_lake()
    set_baseline(actor("ducha"), city, 2021, 46, "2020年报表清单（虚构）")
    row = approved(asked(city, counties=()))
    send(actor("jijiao"), row.pk, "2021")
    own, other = Sheet.objects.order_by("unit")[:2]
    for one in (own, other):
        Institution.objects.create(city=city, code=one.unit, name=one.name, kind="211", county=HERE)
    who = account(Institution.objects.get(code=own.unit))
    browser, home = enter("xiao"), f"/returns/schools/{own.unit}/"
    page = browser.get(home).content.decode()
    assert "本月需填报 <b>1</b> 项" in page
    assert row.title in page
    answer = browser.get(f"/forms/sheets/{own.pk}/")
    assert answer.status_code == 200
    assert browser.get(f"/forms/sheets/{other.pk}/").status_code == 403

    def answers_in(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        line = next(at for at in range(1, 12) if str(page.cell(at, 1).value) == "1")
        for place, value in enumerate((120, 300, "自营", "是"), 18):
            page.cell(line, place).value = value

    filled = changed(answer.content, answers_in)
    sent = SimpleUploadedFile("食堂.xlsx", filled)
    assert browser.post(f"/forms/sheets/{own.pk}/", {"file": sent})["Location"] == home
    made = FormFiling.objects.get()
    assert (made.sheet_id, made.by, made.stops) == (own.pk, "校务子", 0)
    assert "本月需填报 <b>0</b> 项" in browser.get(home).content.decode()
    assert browser.get(f"/forms/filings/{made.pk}/").status_code == 200
    brought = Brought("x.xlsx", filled, read_sheets(filled, "x.xlsx"))
    with witness.refused("forms.fill", "学校只交回本校的填报表"):
        fill(who, other.pk, brought)
    with witness.refused("forms.fill", "没有这项权限"):
        fill(actor("xianqu"), own.pk, brought)
    strange = SimpleUploadedFile("x.xlsx", sheet(collected.frames()["class_bands"].head(1)))
    assert browser.post(f"/forms/sheets/{own.pk}/", {"file": strange}).status_code == 409
    assert FormFiling.objects.count() == 1


def test_a_school_that_was_given_another_code_answers_for_what_its_old_code_reported(
    window: Window, schools: Schools, enter: Enter
) -> None:
    unit, neighbour, other = schools
    on = timezone.localdate() - timedelta(days=30)
    Institution.objects.filter(code=unit.code).update(until=on - timedelta(days=1))
    heir = Institution.objects.create(
        city=window.city, code="2199009999", name="新代码小学（演示）", kind="211", county=HERE, begun=on
    )
    told = {"city": window.city, "of_schools": True, "level": 2, "on": on}
    Succession.objects.create(**told, before=unit.code, after=heir.code, how="recoded")
    who = account(heir)
    assert school_stood_for(heir.code) == {heir.code, unit.code}
    assert own_school(who, unit.code)
    old = replace(who, school=unit.code)
    assert own_school(old, heir.code), (
        "a new code alone: the account that still names the old one stands for the same school"
    )
    browser = enter("xiao")
    assert browser.get(f"/returns/{window.pk}/units/{unit.code}/").status_code == 200
    assert unit.code in browser.get(f"/returns/schools/{heir.code}/").content.decode()
    assert actions.bring(who, window.pk, table(rows("class_bands", unit.code)), "班额.csv", unit.code).clean >= 0
    dues = [one for one in returns_owed(window.city, timezone.localdate()) if one.people == ("xiao",)]
    assert [one.link for one in dues] == [f"/returns/{window.pk}/units/{unit.code}/"]

    Succession.objects.create(**told, before=neighbour.code, after=heir.code, how="merged")
    assert own_school(who, neighbour.code), "it took the neighbour in whole"
    moved = replace(who, login="lin", school=neighbour.code)
    assert school_stood_for(neighbour.code) == {neighbour.code}, (
        "whoever was merged away reads its own past and no more"
    )
    assert not own_school(moved, heir.code)
    assert not own_school(moved, unit.code)
    Succession.objects.create(**told, before=other.code, after=heir.code, how="split")
    assert not own_school(who, other.code), "the past of a school that was split is nobody's alone"


def test_a_school_of_the_city_itself_signs_in_like_any_other(city: City, enter: Enter) -> None:
    collected.fill_lake()
    direct = Institution.objects.create(
        city=city, code="3499000500", name="星州市第一中学（演示）", kind="342", county="ZZ01"
    )
    window = collected.opened(city)
    unit = Unit.objects.create(window=window, code=direct.code, label=direct.name, county="ZZ01", kind="342")
    account(direct)
    browser = enter("xiao")
    assert browser.get("/")["Location"] == f"/returns/schools/{direct.code}/"
    assert browser.get(f"/returns/schools/{direct.code}/").status_code == 200
    assert browser.get(f"/returns/{window.pk}/units/{unit.code}/").status_code == 200


def test_a_school_that_never_owed_anything_reads_that_nothing_is_asked(city: City, enter: Enter) -> None:
    school = Institution.objects.create(city=city, code="2199000777", name="新建小学（演示）", kind="211", county=HERE)
    account(school)
    page = enter("xiao").get(f"/returns/schools/{school.code}/").content.decode()
    assert "新建小学（演示）" in page
    assert "本月需填报 <b>0</b> 项" in page
    assert "现在没有报表要填。" in page


def test_the_round_tells_a_school_of_its_own_and_its_county_as_before(window: Window, schools: Schools) -> None:
    unit, on = schools[0], timezone.localdate()
    before = list(returns_owed(window.city, on))
    own = account(unit)
    told = [one for one in returns_owed(window.city, on) if one not in before]
    assert [(one.people, one.link) for one in told] == [(("xiao",), f"/returns/{window.pk}/units/{unit.code}/")]
    assert unit.label not in told[0].what, "a digest goes by mail"
    actions.bring(own, window.pk, table(rows("class_bands", unit.code)), "班额.csv", unit.code)
    assert [one for one in returns_owed(window.city, on) if one.people] == told, (
        "once, not twice, where it brought the file"
    )


def test_its_pages_ask_as_many_queries_however_many_schools_have_accounts(
    window: Window, schools: Schools, enter: Enter
) -> None:
    unit, _, _ = schools
    own = account(unit)
    actions.bring(own, window.pk, table(rows("class_bands", unit.code)), "班额.csv", unit.code)
    pages = (
        f"/returns/schools/{unit.code}/",
        f"/returns/{window.pk}/units/{unit.code}/",
        "/messages/",
        "/own/devices/",
    )
    first = _asked(enter("xiao"), pages)
    others = Unit.objects.filter(window=window).exclude(pk=unit.pk)
    Person.objects.bulk_create(
        Person(username=f"s{one.code}", name="校务", role="school", division=one.county, school=one.code)
        for one in others
    )
    Succession.objects.bulk_create(
        Succession(
            city=window.city, of_schools=True, level=2, before=f"99{at:08}", after=f"98{at:08}", on=ON, how="recoded"
        )
        for at in range(300)
    )
    assert _asked(enter("xiao"), pages) == first
    assert max(first) <= 16
    with CaptureQueriesContext(connection) as asked_for:
        list(returns_owed(window.city, timezone.localdate()))
    assert len(asked_for) <= 8


def _asked(browser: Client, pages: tuple[str, ...]) -> list[int]:
    told = list[int]()
    for page in pages:
        browser.get(page)
        with CaptureQueriesContext(connection) as asked_for:
            assert browser.get(page).status_code == 200, page
        told.append(len(asked_for))
    return told
