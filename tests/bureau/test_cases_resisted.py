"""办件 against whoever tries: two hands that are one, forms of another case, units there are not, days nobody lived, cases put out of sight."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, Shown, open_case, set_conduct, switch_public, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case, Happening
from luoshi.bureau.cases.parts import unseen
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.queries import acting
from luoshi.handling.permitting import SIGN
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import ACCEPTED, LETTER, OPENED, PAPER, REPLIED, REPLY, accepted, brought, native, step
from tests.bureau.xingzhou import actor

__all__ = ["native"]
DANGER = {
    "found": "sampled",
    "found_on": "2020-09-16",
    "level": "general",
    "category": "fire",
    "place": "操场",
    "matter": "灯",
}
MENDED = {"mended_on": "2020-09-16", "mended": "已换"}


@pytest.fixture
def house(native: City) -> City:
    """Petitions and hazards run here; a second county has an account."""
    set_conduct(actor("ducha"), native, "hazard", Setting("native", "局长办公会2020年第3次", "JJ"))
    Person.objects.create(username="doucheng", name="斗城丑", role="county", division="990102")
    return native


def danger(city: City, county: str = "990121") -> Case:
    return open_case(actor("jijiao"), city, "hazard", Bringing(DANGER, county=county), OPENED).row


def stands_in(login: str, giver: str) -> Actor:
    """Somebody who stands in for somebody else, with that one's post."""
    me, other = actor(login), actor(giver)
    return replace(other, login=me.login, name=f"{me.name} 代 {other.name}", stands_for=other.login)


def does(who: Actor, row: Case, act: str, on: date = OPENED, **told: str) -> Case:
    return take(who, Shown(row.pk, row.version), act, Bringing(told), on)


def test_who_was_stood_in_for_does_not_check_what_was_mended_in_his_name(house: City, enter: Enter) -> None:
    row = does(actor("jijiao"), danger(house), "assign", handler_unit="JJ")
    row = does(stands_in("jijiaolian", "jijiao"), row, "start", measures="换灯", duty="演示")
    row = does(stands_in("jijiaolian", "jijiao"), row, "done", **MENDED)
    with pytest.raises(RefusedError, match="不因委托变成一个人"):
        does(actor("jijiao"), row, "close_found", checked_on="2020-09-16", checkers="演示")
    page = enter("jijiao").get(f"/cases/{row.pk}/").content.decode()
    assert "等于一个人办两步" in page, "the button says it before it is pressed"
    assert f"/cases/{row.pk}/do/close_found/" not in page


def test_nobody_signs_by_a_stand_in_what_he_asked_for_himself(house: City) -> None:
    row = step(accepted(house, "JJ"), "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    with pytest.raises(RefusedError, match="不签字"):
        does(stands_in("jijiao", "fenguan"), row, SIGN, REPLIED)
    asked = stands_in("jijiaolian", "fenguan")
    Happening.objects.filter(case=row, did="asked").update(login="x", name=f"基教癸 代 {actor('fenguan').name}")
    with pytest.raises(RefusedError, match="不因委托变成一个人"):
        does(asked, row, SIGN, REPLIED)


@pytest.mark.parametrize(("key", "code"), [("handler_unit", "NOPE"), ("handler_unit", "3199999999")])
def test_a_case_is_given_to_no_unit_that_there_is_not(house: City, key: str, code: str) -> None:
    row = brought(house).row
    with pytest.raises(RefusedError, match=f"没有“{code}”"):
        step(row, "accept", "jijiao", ACCEPTED, PAPER, **{key: code})
    with pytest.raises(RefusedError, match=f"没有“{code}”"):
        brought(house, against=code)
    assert Case.objects.count() == 1


def test_a_school_on_the_register_may_be_given_a_case_and_one_that_was_closed_may_not(house: City) -> None:
    Institution.objects.create(city=house, code="2199000001", name="演示一小", kind="211", county="990121")
    gone = Institution.objects.create(city=house, code="2199000002", name="演示二小", kind="211", county="990121")
    Institution.objects.filter(pk=gone.pk).update(until=date(2020, 8, 31))
    with pytest.raises(RefusedError, match="没有“2199000002”"):
        does(actor("jijiao"), danger(house), "assign", handler_unit="2199000002")
    assert does(actor("jijiao"), danger(house), "assign", handler_unit="2199000001").handler == "2199000001"


def test_a_school_is_named_beside_the_list_of_units_given_a_case_and_told_by_its_name(
    house: City, enter: Enter
) -> None:
    for code, name, county in (("2199000001", "演示一小", "990121"), ("2199000003", "演示三小", "990102")):
        Institution.objects.create(city=house, code=code, name=name, kind="211", county=county)
    row, browser = danger(house), enter("xianqu")
    page = f"/cases/{row.pk}/do/assign/"
    form = browser.get(page).content.decode()
    assert 'name="handler_unit-school"' in form
    assert "演示一小（2199000001）" in form
    assert "演示三小" not in form, "of another county"
    refused = browser.post(page, {"version": "1", "handler_unit-school": "没有小学", "once": "a"})
    assert (refused.status_code, 'value="没有小学"' in refused.content.decode()) == (409, True)
    browser.post(page, {"version": "1", "handler_unit": "JJ", "handler_unit-school": "演示一小", "once": "b"})
    row.refresh_from_db()
    assert (row.handler, row.turn) == ("2199000001", "handler")
    for where in (f"/cases/{row.pk}/", "/cases/find/?procedure=hazard"):
        assert "演示一小" in enter("jijiao").get(where).content.decode()


def test_a_citizen_names_the_school_complained_of_and_the_school_sees_nothing(house: City, enter: Enter) -> None:
    switch_public(actor("ducha"), house, following=True, bringing=True)
    Institution.objects.create(city=house, code="2199000001", name="演示一小", kind="211", county="990121")
    Person.objects.create(username="xiao", name="演示一小", role="school", division="990121", school="2199000001")
    path = "/matters/new/petition/?on=2020-09-16"
    told = {**LETTER, "county": "990121", "against-school": "演示一小（2199000001）"}
    assert "演示一小（2199000001）" in Client().get(path).content.decode()
    assert Client().post(path, told).status_code == 200
    row = Case.objects.get()
    assert (row.accused, row.county) == ("2199000001", "990121")
    assert enter("xiao").get(f"/cases/{row.pk}/").status_code == 403
    assert row.number not in enter("xiao").get("/cases/find/").content.decode()
    assert "演示一小" in enter("jijiao").get(f"/cases/{row.pk}/").content.decode()


def test_spaces_around_the_unit_complained_of_hide_nothing_from_the_rule(house: City) -> None:
    row = brought(house, against=" RS ", matter="x").row
    assert row.accused == "RS"
    Person.objects.create(username="renshi", name="人事丑", role="section", office="RS")
    accused = acting(Person.objects.get(username="renshi"))
    assert unseen(accused, row, queries.course_of(row)) is not None
    with pytest.raises(RefusedError, match="正是被反映的单位"):
        step(row, "accept", "jijiao", ACCEPTED, PAPER, handler_unit=" RS ")


def test_a_danger_is_not_put_out_of_sight_by_merging_it(house: City) -> None:
    mine, other = danger(house), danger(house, "990102")
    closed = does(actor("jijiao"), danger(house), "dismiss", not_why="演示")
    with pytest.raises(RefusedError, match=f"没有“{other.number}”"):
        does(actor("xianqu"), mine, "merge", into=other.number)
    with pytest.raises(RefusedError, match="已办结"):
        does(actor("xianqu"), mine, "merge", into=closed.number)
    with pytest.raises(RefusedError, match=f"没有“{mine.number}”"):
        does(actor("xianqu"), mine, "merge", into=mine.number)
    same = danger(house)
    assert does(actor("xianqu"), mine, "merge", into=same.number).into == same
    with pytest.raises(RefusedError, match="已并入别的办件"):
        does(actor("xianqu"), same, "merge", into=mine.number)


@pytest.mark.parametrize("day", ["0202-09-16", "1020-09-16", "9999-12-31", "0000-00-00", "2020-02-30", "明天"])
def test_a_day_nobody_can_have_meant_is_refused_and_breaks_no_clock(house: City, day: str) -> None:
    with pytest.raises(RefusedError, match="收到日期"):
        brought(house, received_on=day)
    row = does(actor("jijiao"), danger(house), "assign", handler_unit="990121")
    row = does(actor("xianqu"), row, "start", measures="换灯", duty="演示")
    with pytest.raises(RefusedError, match="整改完成日期"):
        does(actor("xianqu"), row, "done", **{**MENDED, "mended_on": day})


def test_a_ticket_of_one_case_does_nothing_to_another(house: City) -> None:
    one, other = accepted(house), accepted(house)
    told = Bringing({"handler_unit": "XQ"}, once="t")
    take(actor("jijiao"), Shown(one.pk, one.version), "assign", told, ACCEPTED)
    with pytest.raises(RefusedError, match="同一件事只记一次"):
        take(actor("jijiao"), Shown(other.pk, other.version), "assign", told, ACCEPTED)
    with pytest.raises(RefusedError, match="同一件事只记一次"):
        open_case(actor("jijiao"), house, "petition", Bringing(LETTER, once="t"), ACCEPTED)
    other.refresh_from_db()
    assert (other.handler, other.version) == ("RS", 2)


@pytest.mark.only_on("postgresql")  # where two write at the same moment; the other database lets one wait
@pytest.mark.django_db(transaction=True)
def test_a_form_that_comes_eight_times_at_the_same_moment_opens_one_case_and_takes_one_step(house: City) -> None:
    def sent(work: Callable[[], Case]) -> list[int]:
        together = Barrier(8)

        def one(_: int) -> int:
            together.wait()
            try:
                return work().pk
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(one, range(8)))

    host = actor("jijiao")
    assert len(set(sent(lambda: open_case(host, house, "petition", Bringing(LETTER, once="a"), OPENED).row))) == 1
    row = step(Case.objects.get(), "accept", "jijiao", ACCEPTED, PAPER, handler_unit="RS")
    told = Bringing({"handler_unit": "XQ"}, once="b")
    assert len(sent(lambda: take(host, Shown(row.pk, 2), "assign", told, ACCEPTED))) == 8
    assert Case.objects.get().version == 3


def test_what_a_citizen_cannot_finish_on_the_web_is_not_offered_there(house: City) -> None:
    switch_public(actor("ducha"), house, following=True, bringing=True)
    for key in ("approval", "training_licence", "burden_breach", "ethics_case", "fee_case"):
        set_conduct(actor("ducha"), house, key, Setting("native", "演示", "JJ"))
    page = Client().get("/matters/").content.decode()
    for key, there in {
        "approval": 0,
        "training_licence": 0,
        "burden_breach": 0,
        "ethics_case": 1,
        "fee_case": 1,
    }.items():
        assert (f"/matters/new/{key}/" in page) == bool(there), key
        assert Client().get(f"/matters/new/{key}/").status_code == (200 if there else 404), key


def test_a_line_is_one_line_and_nothing_in_it_turns_what_is_read_around(house: City) -> None:
    told = {**DANGER, "place": "操场\n\u202e东\u2066侧\x07　三楼", "matter": "灯\x1b[2J\n坏了"}
    row = open_case(actor("jijiao"), house, "hazard", Bringing(told, county="990121"), OPENED).row
    assert row.title == "操场 东侧 三楼"
    assert row.happenings.get().answers["matter"] == "灯[2J\n坏了"


def test_a_school_reads_no_statistics_of_others(house: City, enter: Enter) -> None:
    Person.objects.create(username="xiao", name="演示一小", role="school", division="990121", school="2199000001")
    danger(house, "990102")
    for login, there in (("jijiao", True), ("doucheng", True), ("xiao", False)):
        page = enter(login).get("/procedures/hazard/").content.decode()
        assert "流程图" in page
        assert ("年统计" in page) == there, login


def test_the_leader_in_charge_signs_and_another_one_does_not(house: City, enter: Enter) -> None:
    row = step(accepted(house), "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    Person.objects.create(username="jia", name="分管甲", role="leader", office="XQ")
    other = acting(Person.objects.get(username="jia"))
    with pytest.raises(RefusedError, match="不是分管局领导"):
        does(other, row, SIGN, REPLIED)
    assert [one.pk for one in queries.queue(other, house.pk)] == []
    assert [one.pk for one in queries.queue(actor("fenguan"), house.pk)] == [row.pk]
    assert f"/cases/{row.pk}/do/签字/" not in enter("jia").get(f"/cases/{row.pk}/").content.decode()
    Person.objects.filter(username="fenguan").update(is_active=False)
    assert does(other, row, SIGN, REPLIED).state == "answered", "whose leader has no account waits for nobody"
