"""The rules of 督办 are the bureau's own, kept version by version; cards, scores and ranking are off until approved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luoshi.bureau.escalations import actions, queries
from luoshi.bureau.escalations.actions import Switching, Wanted
from luoshi.bureau.people.models import City
from luoshi.tracking.ladder import DEFAULT_LADDER, as_plain
from tests.bureau import witness
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import actor

DUCHA, SCAN = actor("ducha"), ("批准件.pdf", PDF)
BEGUN = date(2021, 6, 1)


def edited(**changes: object) -> list[dict[str, object]]:
    rungs = as_plain(DEFAULT_LADDER)
    rungs[1] |= changes
    return rungs


def test_a_new_version_is_in_force_from_its_day_and_the_old_one_before(city: City) -> None:
    assert queries.ladder_on(city, BEGUN) == DEFAULT_LADDER
    assert DEFAULT_LADDER.doubt == "产品默认值，未核"
    with witness.done("escalations.rules"):
        kept = actions.set_rules(DUCHA, city, 0, Wanted(edited(name="蓝色督查单", months=3), 8, BEGUN, "局督查办法"))
    now = queries.ladder_on(city, BEGUN)
    assert (kept.version, now.version, now.report_day, now.doubt) == (1, 1, 8, "")
    assert (now.rungs[1].name, now.rungs[1].months) == ("蓝色督查单", 3)
    assert queries.ladder_on(city, BEGUN - timedelta(days=1)) == DEFAULT_LADDER
    assert [one.version for one in queries.ladders(city)] == [0, 1]


@pytest.mark.parametrize(
    ("shown", "wanted", "saying"),
    [
        (0, Wanted(edited(months=0), 10, BEGUN, "办法"), "连续月数为“0”"),
        (0, Wanted(edited(), 31, BEGUN, "办法"), "月报到齐日为“31”"),
        (0, Wanted(edited(), 10, BEGUN, " "), "没有写依据"),
        (1, Wanted(edited(), 10, BEGUN, "办法"), "别人刚刚改过规则"),
    ],
)
def test_rules_that_cannot_be_are_refused(city: City, shown: int, wanted: Wanted, saying: str) -> None:
    with witness.refused("escalations.rules", saying):
        actions.set_rules(DUCHA, city, shown, wanted)


def test_sections_do_not_set_the_rules(city: City) -> None:
    with witness.refused("escalations.rules", "没有这项权限"):
        actions.set_rules(actor("jijiao"), city, 0, Wanted(edited(), 10, BEGUN, "办法"))


TODAY = timezone.localdate()
GOOD = Switching("ranking", True, "甲副局长", "局长办公会议定", TODAY, TODAY + timedelta(days=90), "ends", SCAN)


def test_nothing_of_it_is_shown_before_a_leader_approved_it_or_after_its_last_day(city: City) -> None:
    assert queries.switched(city, "ranking", TODAY) is None
    with witness.done("escalations.switch"):
        actions.switch(DUCHA, city, GOOD)
    shown = queries.switched(city, "ranking", TODAY)
    assert shown is not None
    assert (shown.approver, shown.shown) == ("甲副局长", "ends")
    assert queries.switched(city, "ranking", TODAY - timedelta(days=1)) is None
    assert queries.switched(city, "ranking", TODAY + timedelta(days=91)) is None
    assert queries.switched(city, "cards", TODAY) is None
    with witness.done("escalations.switch"):
        actions.switch(DUCHA, city, Switching("ranking", False, "甲副局长", "年终不再排名", TODAY))
    assert queries.switched(city, "ranking", TODAY) is None


@pytest.mark.parametrize(
    ("asked", "saying"),
    [
        (replace(GOOD, approver="某人"), "不是局领导"),
        (replace(GOOD, scan=None), "没有附批准件"),
        (replace(GOOD, reason=""), "没有写理由"),
        (replace(GOOD, until=None), "没有写截止日"),
        (replace(GOOD, until=TODAY), "没有写截止日，或截止日已过"),
        (replace(GOOD, shown=""), "没有选排名方式"),
        (replace(GOOD, what="stars"), "没有“stars”这一项"),
        (replace(GOOD, begun=TODAY + timedelta(days=1)), "还没有到"),
    ],
)
def test_what_is_off_stays_off_without_a_named_approver_and_an_end(city: City, asked: Switching, saying: str) -> None:
    with witness.refused("escalations.switch", saying):
        actions.switch(DUCHA, city, asked)
