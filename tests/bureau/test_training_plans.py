"""培训: places of projects, the roster of five years, person-times, and every declared project. 演示数据（虚构）."""

from datetime import date

import pytest

from luoshi.bureau.people.models import City
from luoshi.bureau.training import actions
from luoshi.bureau.training.actions.rolls import Came, Filed
from luoshi.bureau.training.known import known
from luoshi.bureau.training.models import (
    Credit,
    Roll,
)
from luoshi.words.errors import RefusedError
from tests.bureau import taught
from tests.bureau.conftest import Enter
from tests.bureau.taught import ON, OTHER, OWN
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db


def refused(call, *told, **named) -> str:
    with pytest.raises(RefusedError) as caught:
        call(*told, **named)
    return "\n".join(str(one) for one in caught.value.findings)


def test_places_of_a_project_are_divided_named_within_the_share_and_seen_when_sent_again(
    city: City, enter: Enter
) -> None:
    people = taught.teachers(city)
    actions.keep_records(actor("ducha"), city, [taught.learnt(0, 80, 2020, "national", "国培A")], ON)
    Credit.objects.get().event.__class__.objects.update(project="national")
    assert "不多于总名额" in refused(
        actions.divide, actor("ducha"), city, "national", 2021, 2, "星教〔2021〕1号", {OWN: 2, OTHER: 1}
    )
    actions.divide(actor("ducha"), city, "national", 2021, 3, "星教〔2021〕1号", {OWN: 2, OTHER: 1})
    one = actions.name(actor("xianqu"), people[0], "national", 2021)
    assert "2020 年参加过同一项目" in one.doubt
    assert "推荐过" in refused(actions.name, actor("xianqu"), people[0], "national", 2021)
    assert "本县" in refused(actions.name, actor("xianqu"), people[2], "national", 2021)
    actions.name(actor("xianqu"), people[1], "national", 2021)
    assert "已推荐 2" in refused(actions.name, actor("xianqu"), people[3], "national", 2021)
    actions.decide_named(actor("ducha"), one.pk, confirm=True)
    page = enter("ducha").get("/trainings/national/?year=2021").content.decode()
    assert "星教〔2021〕1号" in page
    assert "2020 年参加过同一项目" in page


def test_the_roster_of_five_years_sends_who_has_fewest_months_first_and_says_who_is_left(
    city: City, enter: Enter
) -> None:
    taught.teachers(city, 6, trade="数控")
    actions.keep_records(actor("ducha"), city, [taught.learnt(0, 90, 2020, "enterprise", "企业实践")], ON)
    row = actions.make_rotation(actor("ducha"), city, 2021, {2021: 1, 2022: 1, 2023: 1, 2024: 1, 2025: 1}, ON)
    turns = {one.teacher.login: one for one in row.turns.select_related("teacher")}
    assert (turns["t0"].months, turns["t0"].year, turns["t0"].left) == (3, None, "years")
    assert sorted(one.year for one in turns.values() if one.year) == [2021, 2022, 2023, 2024, 2025]
    page = enter("xianqu").get("/rotation/?school=S1").content.decode()
    assert "能去的各年名额已用完" in page
    assert "斗城一小" not in page


def test_one_person_twice_in_one_class_counts_once_and_two_classes_at_once_are_told(city: City, enter: Enter) -> None:
    lines = [
        Came("a" * 24, "甲乙", "农民工"),
        Came("a" * 24, "甲乙", "农民工"),
        Came("b" * 24, "丙丁", "企业职工", poor=True),
    ]
    filed = Filed("skills", "焊工班", "星州技校", date(2021, 5, 1), date(2021, 5, 10), trade="焊工", funding="财政")
    row = actions.file_roll(actor("ducha"), city, filed, lines, "1" * 64, ON)
    assert (row.persons, row.lines) == (2, 3)
    again = Filed("skills", "电工班", "星州技校", date(2021, 5, 8), date(2021, 5, 12), trade="焊工", funding="财政")
    actions.file_roll(actor("ducha"), city, again, lines[:1], "2" * 64, ON)
    assert "交过" in refused(actions.file_roll, actor("ducha"), city, filed, lines, "1" * 64, ON)
    page = enter("ducha").get("/rolls/?project=skills&year=2021").content.decode()
    for said in ("同一时间在两个班", "同一年、同一资金、同一工种两次", "疑似重复"):
        assert said in page
    assert "甲乙" not in page
    assert Roll.objects.count() == 2


def test_every_declared_project_has_its_page_with_its_figures(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    listed = browser.get("/trainings/").content.decode()
    for key, of in known().items():
        assert of.label in listed
        page = browser.get(f"/trainings/{key}/")
        assert page.status_code == 200, key
        assert of.source in page.content.decode(), key
