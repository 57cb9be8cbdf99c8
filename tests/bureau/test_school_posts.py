"""任职 of a school: its code checked in workbook and page, who stands in, what a school may and what it never may. 演示数据（虚构）."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from luoshi.bureau.board import open_data
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.indicators.open_series import Asked, catalogue
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.actions import make_key
from luoshi.bureau.people.models import City, Institution, Person, Succession
from luoshi.bureau.people.rights import MAY, answers, foreign, own_school, own_units, refused, sees
from luoshi.bureau.posts.accounts import compare, read_accounts
from luoshi.bureau.posts.actions import Term, Wanted, appoint, ask_delegation, decide_delegation
from luoshi.bureau.posts.models import Post
from luoshi.bureau.posts.queries import holders, person_of
from luoshi.bureau.returns.models import Unit, Window
from luoshi.words.errors import RefusedError
from tests.bureau import schooled
from tests.bureau.conftest import Enter
from tests.bureau.schooled import HEAD, HERE, THERE, account, accounts
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
Schools = tuple[Unit, Unit, Unit]


@pytest.fixture
def window(city: City) -> Window:
    """A window of returns, and the register."""
    return schooled.opened(city)


@pytest.fixture
def schools(window: Window) -> Schools:
    """A school, its neighbour, one of another county."""
    return schooled.three(window)


def test_wrong_codes_of_a_workbook_are_told_in_four_parts_each(window: Window, schools: Schools) -> None:
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


def test_a_workbook_brought_again_knows_the_post_by_its_school(window: Window, schools: Schools) -> None:
    unit, neighbour, _ = schools
    line = "xiao,校务子,学校,,,,教务主任,,2020-09-01,,,"
    accounts(f"{line}{unit.code}")
    person = Person.objects.get(username="xiao")
    assert (person.role, person.school, person.division) == ("school", unit.code, HERE)
    told = read_accounts("账号.csv", f"{HEAD}{line}{unit.code}\n{line}{neighbour.code}\n".encode())
    assert [one.kind for one in compare(told.rows, timezone.localdate()).differences] == ["same", "post"]


def test_a_post_of_a_school_names_a_school_that_stands_and_gets_its_county(window: Window, schools: Schools) -> None:
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
    window: Window, schools: Schools, enter: Enter
) -> None:
    unit, neighbour, _ = schools
    today = timezone.localdate()
    own = account(unit)
    account(unit, "fu")
    account(neighbour, "lin")
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
        "return_bring", "return_explain", "return_hand", "school_own", "fill_form", "delegate", "cases", "risk_sheet",
        "courses", "trainings", "training_send", "training_choose_for", "training_give_up", "training_ask_correction", "training_roll",
    }  # fmt: skip
    assert sees(own) == ("public",)
    assert not answers(own, HERE)
    assert foreign(own, HERE)
    assert own_units(own, [HERE, THERE]) == []
    assert not own_school(replace(own, school=""), "")
    assert own_school(own, "2199000000")


def test_a_teacher_has_no_right_and_no_audience_that_is_not_named() -> None:
    own = Actor("jiaoshi", "教师子", "teacher")
    assert {key for key in MAY if refused(own, key) is None} == {
        "own_training",
        "courses",
        "training_give_up",
        "training_ask_correction",
    }
    assert sees(own) == ("public",)
    assert not answers(own, HERE)
    assert foreign(own, HERE)
    assert own_units(own, [HERE, THERE]) == []
    assert not own_school(own, "2199000000")


def test_a_key_of_an_earlier_post_opens_nothing_at_a_school(window: Window, schools: Schools) -> None:
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
