"""科室自评 → 分管领导审签 → 督查室核定, and 退回修改."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import Verdict, confirm, judge, undo
from luoshi.bureau.ledger.models import Commitment, Judgement
from luoshi.bureau.people.models import Office
from luoshi.bureau.plans.models import Proposal
from luoshi.spine import State
from tests.bureau import witness
from tests.bureau.xingzhou import actor, issued

ON = date(2021, 10, 31)
SELF = Verdict("self", ON, "班额已核", State.DONE, "学籍班级表", "缺教室两间")
LEADER = Verdict("leader", ON, "同意", State.DONE)
OFFICE = Verdict("office", ON, "现场核过", State.ON_COURSE, "现场照片")
BACK = Verdict("back", ON, "缺佐证")
ORDER = {"self": ("jijiao", SELF), "leader": ("fenguan", LEADER), "office": ("ducha", OFFICE)}


@pytest.fixture
def row(proposals: dict[str, Proposal]) -> Commitment:
    """The large-class item, led by 基础教育科."""
    row = confirm(actor("ducha"), proposals["2.1"].pk, 1)
    issued(row.edition_id)
    row.refresh_from_db()
    return row


def _judged(row: Commitment, *steps: str) -> Commitment:
    for step in steps:
        login, verdict = ORDER[step]
        row.refresh_from_db()
        judge(actor(login), row.pk, row.version, verdict)
    row.refresh_from_db()
    return row


def test_three_steps_in_order_end_in_a_verified_state(row: Commitment) -> None:
    for step, (login, verdict) in ORDER.items():
        row.refresh_from_db()
        assert row.judged == ""
        with witness.done(f"ledger.{step}"):
            judge(actor(login), row.pk, row.version, verdict)
    row.refresh_from_db()
    assert (row.claimed, row.judged, row.judged_on, row.trouble) == ("done", "on_course", ON, "缺教室两间")
    assert [(one.step, one.by, one.reason) for one in row.judgements.all()] == [
        ("self", "基教丁", "班额已核"), ("leader", "分管戊", "同意"), ("office", "督查甲", "现场核过"),
    ]  # fmt: skip
    assert Entry.objects.latest("number").reason == "现场核过"


def test_no_step_is_skipped(row: Commitment) -> None:
    with witness.refused("ledger.leader", "还没有科室自评"):
        judge(actor("fenguan"), row.pk, row.version, LEADER)
    with witness.refused("ledger.office", "还没有分管领导审签"):
        judge(actor("ducha"), row.pk, row.version, OFFICE)
    row = _judged(row, "self")
    with witness.refused("ledger.office", "还没有分管领导审签"):
        judge(actor("ducha"), row.pk, row.version, OFFICE)


def test_after_a_verification_the_next_month_begins_with_the_section(row: Commitment) -> None:
    row = _judged(row, "self", "leader", "office")
    with witness.refused("ledger.leader", "还没有科室自评"):
        judge(actor("fenguan"), row.pk, row.version, LEADER)
    assert _judged(row, "self", "leader", "office").judgements.count() == 6


def test_a_new_claim_needs_a_new_signature(row: Commitment) -> None:
    row = _judged(row, "self", "leader", "self")
    with witness.refused("ledger.office", "还没有分管领导审签"):
        judge(actor("ducha"), row.pk, row.version, OFFICE)


def test_a_leader_signs_what_is_in_his_charge(row: Commitment) -> None:
    row = _judged(row, "self")
    Office.objects.filter(code=actor("fenguan").office).update(leader="副局长另一位")
    with witness.refused("ledger.leader", "分管局领导只审签分管的事项"):
        judge(actor("fenguan"), row.pk, row.version, LEADER)


def test_no_day_to_come_is_judged(row: Commitment) -> None:
    with witness.refused("ledger.self", "还没有到"):
        judge(actor("jijiao"), row.pk, row.version, replace(SELF, on=timezone.localdate() + timedelta(days=1)))


def test_what_is_sent_back_begins_again(row: Commitment) -> None:
    with witness.refused("ledger.back", "没有可退回的"):
        judge(actor("fenguan"), row.pk, row.version, BACK)
    row = _judged(row, "self", "leader")
    with witness.done("ledger.back"):
        judge(actor("ducha"), row.pk, row.version, BACK)
    row.refresh_from_db()
    assert row.claimed == ""
    with witness.refused("ledger.office", "还没有分管领导审签"):
        judge(actor("ducha"), row.pk, row.version, OFFICE)


@pytest.mark.parametrize("step", ["self", "leader", "office", "back"])
def test_every_step_needs_a_reason(row: Commitment, step: str) -> None:
    login, verdict = ORDER.get(step, ("ducha", BACK))
    with witness.refused(f"ledger.{step}", "没有写理由"):
        judge(actor(login), row.pk, row.version, replace(verdict, reason=" "))


def test_a_step_names_a_state(row: Commitment) -> None:
    with witness.refused("ledger.self", "没有选状态"):
        judge(actor("jijiao"), row.pk, row.version, replace(SELF, state=None))


MAY = {"self": {"jijiao", "ducha"}, "leader": {"fenguan"}, "office": {"ducha"}, "back": {"fenguan", "ducha"}}
PEOPLE = ("ducha", "xueqian", "jijiao", "fenguan", "xianqu", "chayue", "guanli")


@pytest.mark.parametrize("login", PEOPLE)
@pytest.mark.parametrize("step", MAY)
def test_who_may_take_which_step(row: Commitment, step: str, login: str) -> None:
    before = {"self": (), "leader": ("self",), "office": ("self", "leader"), "back": ("self",)}[step]
    row = _judged(row, *before)
    verdict = BACK if step == "back" else ORDER[step][1]
    if login in MAY[step]:
        with witness.done(f"ledger.{step}"):
            judge(actor(login), row.pk, row.version, verdict)
    else:
        saying = "不是这一项的牵头科室" if (step, login) == ("self", "xueqian") else "没有这项权限"
        with witness.refused(f"ledger.{step}", saying):
            judge(actor(login), row.pk, row.version, verdict)


def test_of_two_people_the_second_is_told(row: Commitment) -> None:
    judge(actor("jijiao"), row.pk, 1, SELF)
    with witness.refused("ledger.self", "别人刚刚办理过这一项"):
        judge(actor("ducha"), row.pk, 1, SELF)


def test_what_was_judged_is_not_undone(row: Commitment) -> None:
    _judged(row, "self")
    with witness.refused("ledger.undo", "审定、印发后不撤回立项"):
        undo(actor("ducha"), row.quotes.get().proposal_id, 2)
    assert Judgement.objects.count() == 1


def test_what_is_not_in_the_ledger_is_not_judged(row: Commitment) -> None:
    with witness.refused("ledger.self", "没有这一项"):
        judge(actor("jijiao"), 424242, 1, SELF)
