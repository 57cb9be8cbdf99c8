"""A school's own account, where a school needs one: from the first code to what it handed in and got back. 演示数据（虚构）."""

from dataclasses import replace
from datetime import timedelta

import openpyxl
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.board import open_data
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.board.returns_owed import returns_owed
from luoshi.bureau.forms.actions import Brought, fill, send, set_baseline
from luoshi.bureau.forms.models import Filing as FormFiling
from luoshi.bureau.forms.models import Sheet
from luoshi.bureau.indicators.open_series import Asked, catalogue
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.people.actions import make_key
from luoshi.bureau.people.models import City, Institution, Person, Succession
from luoshi.bureau.people.rights import MAY, answers, foreign, own_school, own_units, refused, sees
from luoshi.bureau.people.units.queries import school_stood_for
from luoshi.bureau.posts.accounts import compare, read_accounts
from luoshi.bureau.posts.actions import Term, Wanted, appoint, ask_delegation, decide_delegation, issue_codes
from luoshi.bureau.posts.importing import carry_out
from luoshi.bureau.posts.models import Post
from luoshi.bureau.posts.queries import holders, person_of
from luoshi.bureau.returns import actions, seeing
from luoshi.bureau.returns.models import Breach, Filing, Unit, Window
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from luoshi.words.provenance import digest
from tests.bureau import collected, witness
from tests.bureau.asking_forms import approved, asked, filled_lake
from tests.bureau.collected import COUNTIES, NAMES, ON, rows, seen, sheet, table
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor
from tests.filled import changed

pytestmark = pytest.mark.django_db
HERE, THERE = COUNTIES[1], COUNTIES[0]
HEAD = "账号,姓名,角色,科室,单位,股室,职务,电话,起,止,主要任职,学校标识码\n"
PASSWORD = "Xingzhou-2021-演示"
"""What somebody thought up who came in by a first code."""


@pytest.fixture
def window(city: City) -> Window:
    """A window for the bands of this year, and the register of schools."""
    collected.fill_lake()
    register = collected.frames()["institutions"]
    Institution.objects.bulk_create(
        Institution(city=city, code=row["school"], name=row["name"], kind=row["kind"], county=row["county"])
        for row in register.iter_rows(named=True)
    )
    return collected.opened(city)


@pytest.fixture
def schools(window: Window) -> tuple[Unit, Unit, Unit]:
    """A school, its neighbour in the same county, and one of another county."""
    here = list(Unit.objects.filter(window=window, county=HERE).order_by("code")[:2])
    other = Unit.objects.filter(window=window, county=THERE).first()
    assert other
    return here[0], here[1], other


def _accounts(*lines: str) -> None:
    told = read_accounts("账号.csv", (HEAD + "".join(f"{line}\n" for line in lines)).encode())
    assert told.findings == (), [str(one) for one in told.findings]
    carry_out(actor("guanli"), "账号.csv", digest(b"x"), told.rows, lambda _: None)


def _account(unit: Unit | Institution, login: str = "xiao") -> Actor:
    """An account of a school out of a workbook, and the actor it is."""
    _accounts(f"{login},校务子,学校,,,,教务主任,,2020-09-01,,,{unit.code}")
    return Actor(login, "校务子", "school", division=unit.county, school=unit.code)


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
    window: Window, schools: tuple[Unit, Unit, Unit], enter: Enter
) -> None:
    unit = schools[0]
    _account(unit)
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


def test_a_school_brings_its_own_rows_and_of_a_file_of_many_no_others(
    window: Window, schools: tuple[Unit, Unit, Unit]
) -> None:
    unit, neighbour, _ = schools
    own = _account(unit)
    both = table(rows("class_bands", unit.code, neighbour.code))
    told = actions.bring(own, window.pk, both, "班额.csv", unit.code)
    assert list(told.units) == [unit.code]
    assert [code for code, _ in told.left] == [neighbour.code]
    for wanted in (neighbour.code, ""):
        with pytest.raises(RefusedError, match="学校只办理本校的报表"):
            actions.bring(own, window.pk, both, "班额.csv", wanted)
    assert not Filing.objects.filter(unit=neighbour).exists()


def test_nothing_is_done_with_another_schools_return_by_any_action(
    window: Window, schools: tuple[Unit, Unit, Unit]
) -> None:
    unit, neighbour, other = schools
    own = _account(unit)
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
    window: Window, schools: tuple[Unit, Unit, Unit], enter: Enter
) -> None:
    unit, neighbour, _ = schools
    _account(unit)
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
    who = _account(Institution.objects.get(code=own.unit))
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
    window: Window, schools: tuple[Unit, Unit, Unit], enter: Enter
) -> None:
    unit, neighbour, other = schools
    on = timezone.localdate() - timedelta(days=30)
    Institution.objects.filter(code=unit.code).update(until=on - timedelta(days=1))
    heir = Institution.objects.create(
        city=window.city, code="2199009999", name="新代码小学（演示）", kind="211", county=HERE, begun=on
    )
    told = {"city": window.city, "of_schools": True, "level": 2, "on": on}
    Succession.objects.create(**told, before=unit.code, after=heir.code, how="recoded")
    who = _account(heir)
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


def test_wrong_codes_of_a_workbook_are_told_in_four_parts_each(
    window: Window, schools: tuple[Unit, Unit, Unit]
) -> None:
    unit, neighbour, _ = schools
    gone = timezone.localdate() - timedelta(days=1)
    Institution.objects.filter(code=neighbour.code).update(until=gone)
    Succession.objects.create(
        city=window.city, of_schools=True, level=2, before=neighbour.code, after=unit.code, on=gone, how="merged"
    )
    lines = (
        "a,甲,学校,,,,,,2020-09-01,,,2199999999",
        "b,乙,学校,,,,,,2020-09-01,,,",
        f"c,丙,学校,,,,,,2020-09-01,,,{neighbour.code}",
        f"d,丁,学校,,斗城区,,,,2020-09-01,,,{unit.code}",
        f"e,戊,查阅,,,,,,2020-09-01,,,{unit.code}",
        f"f,己,学校,基础教育科,,,,,2020-09-01,,,{unit.code}",
    )
    told = read_accounts("账号.csv", (HEAD + "\n".join(lines)).encode())
    said = {one.where: one for one in told.findings}
    assert told.rows == ()
    assert "学校名录里今天没有“2199999999”" in said["账号表.csv 第2行 学校标识码"].what
    assert said["账号表.csv 第3行 学校标识码"].what == "是空的"
    assert f"已合并，现为 {unit.code}" in said["账号表.csv 第4行 学校标识码"].what
    assert said["账号表.csv 第4行 学校标识码"].remedy == f"请改填 {unit.code}"
    assert "不是" in said["账号表.csv 第5行 单位"].what
    assert "角色不是学校" in said["账号表.csv 第6行 学校标识码"].what
    assert "学校人员填了“基础教育科”" in said["账号表.csv 第7行 科室"].what
    assert all(one.where and one.what and one.rule and one.remedy for one in told.findings)


def test_a_workbook_brought_again_knows_the_post_by_its_school(
    window: Window, schools: tuple[Unit, Unit, Unit]
) -> None:
    unit, neighbour, _ = schools
    line = "xiao,校务子,学校,,,,教务主任,,2020-09-01,,,"
    _accounts(f"{line}{unit.code}")
    person = Person.objects.get(username="xiao")
    assert (person.role, person.school, person.division) == ("school", unit.code, HERE)
    told = read_accounts("账号.csv", f"{HEAD}{line}{unit.code}\n{line}{neighbour.code}\n".encode())
    assert [one.kind for one in compare(told.rows, timezone.localdate()).differences] == ["same", "post"]


def test_a_post_of_a_school_names_a_school_that_stands_and_gets_its_county(
    window: Window, schools: tuple[Unit, Unit, Unit]
) -> None:
    unit, today = schools[0], timezone.localdate()
    Person.objects.create(username="lao", name="老师卯")
    for term, said in (
        (Term("school", today), "没有填学校标识码"),
        (Term("school", today, school="2199999999"), "今天没有学校 2199999999"),
        (Term("school", today, school=unit.code, division=THERE), "不属于"),
        (Term("viewer", today, school=unit.code), "只有学校人员填学校标识码"),
        (Term("school", today, school=unit.code, office="JJ"), "学校人员不属于科室和股室"),
    ):
        with pytest.raises(RefusedError, match=said):
            appoint(actor("guanli"), "lao", term, today, "任免文件（演示）")
    post = appoint(
        actor("guanli"), "lao", Term("school", today, school=unit.code, title="校长", main=True), today, "文件（演示）"
    )
    assert (post.division, post.school) == (HERE, unit.code)
    person = person_of("lao", today)
    assert person
    assert (person.role, person.school, person.hat.words) == ("school", unit.code, f"{unit.label} 校长")
    assert post not in holders(today, division=HERE), "the page of a county lists its own people"
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(school="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(role="viewer")


def test_a_school_is_stood_in_for_by_its_own_people_and_the_administrator_approves(
    window: Window, schools: tuple[Unit, Unit, Unit], enter: Enter
) -> None:
    unit, neighbour, _ = schools
    today = timezone.localdate()
    own = _account(unit)
    _account(unit, "fu")
    _account(neighbour, "lin")
    wanted = Wanted(0, "lin", today, today + timedelta(days=3), "外出学习")
    for taker in ("lin", "xianqu"):
        with pytest.raises(RefusedError, match="学校的事项委托给本校的同志"):
            ask_delegation(own, replace(wanted, taker=taker), today)
    with pytest.raises(RefusedError, match="委托给本单位的同志"):
        ask_delegation(actor("xianqu"), replace(wanted, taker="xiao"), today)
    page = enter("xiao").get("/delegations/").content.decode()
    assert 'value="fu"' in page
    assert 'value="lin"' not in page
    assert 'value="xianqu"' not in page
    asked_for = ask_delegation(own, replace(wanted, taker="fu"), today)
    with pytest.raises(RefusedError, match="系统管理员"):
        decide_delegation(actor("fenguan"), asked_for.pk, today, "", approved=True)
    made = decide_delegation(actor("guanli"), asked_for.pk, today, "", approved=True)
    assert made.stand_in
    assert (made.stand_in.school, made.stand_in.division) == (unit.code, HERE)


def test_a_school_has_no_right_and_no_audience_that_is_not_named() -> None:
    own = Actor("xiao", "校务子", "school", division=HERE, school="2199000000")
    assert {key for key in MAY if refused(own, key) is None} == {
        "return_bring", "return_explain", "return_hand", "school_own", "fill_form", "delegate",
    }  # fmt: skip
    assert sees(own) == ("public",)
    assert not answers(own, HERE)
    assert foreign(own, HERE)
    assert own_units(own, [HERE, THERE]) == []
    assert not own_school(replace(own, school=""), "")
    assert own_school(own, "2199000000")


def test_a_key_of_an_earlier_post_opens_nothing_at_a_school(window: Window, schools: tuple[Unit, Unit, Unit]) -> None:
    secret = make_key(actor("xianqu"), "取数（演示）", timezone.localdate() + timedelta(days=9))
    browser = Client(headers={"Authorization": f"Bearer {secret}"})
    assert browser.get("/api/v1/divisions").status_code == 200
    Person.objects.filter(username="xianqu").update(role="school", school=schools[0].code)
    for address in ("divisions", "indicators", "commitments", "indicators/compulsory_large_class_rate/series"):
        assert browser.get(f"/api/v1/{address}").status_code == 401, address
    own = replace(actor("xianqu"), role="school", school=schools[0].code)
    for key in catalogue():
        told = open_data.figures(window.city, Reader(own), Asked((key,)))
        assert told == open_data.figures(window.city, Reader(), Asked((key,))), key


def test_a_school_of_the_city_itself_signs_in_like_any_other(city: City, enter: Enter) -> None:
    collected.fill_lake()
    direct = Institution.objects.create(
        city=city, code="3499000500", name="星州市第一中学（演示）", kind="342", county="ZZ01"
    )
    window = collected.opened(city)
    unit = Unit.objects.create(window=window, code=direct.code, label=direct.name, county="ZZ01", kind="342")
    _account(direct)
    browser = enter("xiao")
    assert browser.get("/")["Location"] == f"/returns/schools/{direct.code}/"
    assert browser.get(f"/returns/schools/{direct.code}/").status_code == 200
    assert browser.get(f"/returns/{window.pk}/units/{unit.code}/").status_code == 200


def test_a_school_that_never_owed_anything_reads_that_nothing_is_asked(city: City, enter: Enter) -> None:
    school = Institution.objects.create(city=city, code="2199000777", name="新建小学（演示）", kind="211", county=HERE)
    _account(school)
    page = enter("xiao").get(f"/returns/schools/{school.code}/").content.decode()
    assert "新建小学（演示）" in page
    assert "本月需填报 <b>0</b> 项" in page
    assert "现在没有报表要填。" in page


def test_the_round_tells_a_school_of_its_own_and_its_county_as_before(
    window: Window, schools: tuple[Unit, Unit, Unit]
) -> None:
    unit, on = schools[0], timezone.localdate()
    before = list(returns_owed(window.city, on))
    own = _account(unit)
    told = [one for one in returns_owed(window.city, on) if one not in before]
    assert [(one.people, one.link) for one in told] == [(("xiao",), f"/returns/{window.pk}/units/{unit.code}/")]
    assert unit.label not in told[0].what, "a digest goes by mail"
    actions.bring(own, window.pk, table(rows("class_bands", unit.code)), "班额.csv", unit.code)
    assert [one for one in returns_owed(window.city, on) if one.people] == told, (
        "once, not twice, where it brought the file"
    )


def test_its_pages_ask_as_many_queries_however_many_schools_have_accounts(
    window: Window, schools: tuple[Unit, Unit, Unit], enter: Enter
) -> None:
    unit, _, _ = schools
    own = _account(unit)
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
