"""委托代办: 乙 代 甲, for some days and perhaps some acts, never so that one person signs twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luoshi.bureau.evidence import actions as evidence
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import Verdict, confirm, judge
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.people.rights import given_to_stand_ins, refused
from luoshi.bureau.people.signing import same_person
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.posts.actions import (
    Term,
    Wanted,
    appoint,
    ask_delegation,
    decide_delegation,
    end_delegation,
    enter_delegation,
    tell_over,
)
from luoshi.bureau.posts.models import Delegation, Post
from luoshi.bureau.posts.queries import with_posts, worn
from luoshi.bureau.reports import actions as reports
from luoshi.bureau.reports.actions import Filled
from luoshi.bureau.reports.models import Call
from luoshi.spine import State
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor, issued

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 1)
DAY = timedelta(days=1)
ON = date(2021, 10, 31)
SELF = Verdict("self", ON, "班额已核", State.DONE, "学籍班级表", "缺教室两间")
LEADER = Verdict("leader", ON, "同意", State.DONE)


def _wanted(taker: str = "ducha2", *acts: str, days: int = 9, post: int = 0) -> Wanted:
    return Wanted(post, taker, TODAY, TODAY + days * DAY, "赴省厅学习", acts)


def _stands_in(giver: str, taker: str, *acts: str, on: date = TODAY) -> Actor:
    """Somebody as a stand-in, as the page head lets them act on a day."""
    found = enter_delegation(actor("guanli"), giver, _wanted(taker, *acts), TODAY)
    found.refresh_from_db()
    person = worn(with_posts(Person.objects.filter(username=taker), on), found.stand_in_id)
    assert person is not None
    return acting(person, "10.0.0.8")


@pytest.fixture
def row(proposals: dict[str, Proposal]) -> Commitment:
    """The large-class item, led by 基础教育科."""
    row = confirm(actor("ducha"), proposals["2.1"].pk, 1)
    issued(row.edition_id)
    row.refresh_from_db()
    return row


def test_it_holds_from_its_first_day_to_its_last_and_ends_by_itself(city: City) -> None:
    enter_delegation(actor("guanli"), "fenguan", replace(_wanted(), begun=TODAY + DAY), TODAY)
    for day, stands in ((TODAY, False), (TODAY + DAY, True), (TODAY + 9 * DAY, True), (TODAY + 10 * DAY, False)):
        person = worn(with_posts(Person.objects.filter(username="ducha2"), day), Post.objects.latest("pk").pk)
        assert person is not None
        told = acting(person)
        assert (told.role, told.name) == (("leader", "督查乙 代 分管戊") if stands else ("supervisor", "督查乙"))


def test_it_is_asked_for_approved_by_the_leader_in_charge_and_told_to_both(city: City) -> None:
    with witness.done("posts.delegate"):
        asked = ask_delegation(actor("jijiao"), _wanted("xueqian"), TODAY)
    assert not Post.objects.exclude(stands_for=None).exists()
    with witness.done("posts.decide_delegation"):
        decide_delegation(actor("fenguan"), asked.pk, TODAY, "同意", approved=True)
    assert Post.objects.get(person__username="xueqian", stands_for__person__username="jijiao").office == "JJ"
    told = Message.objects.filter(key__startswith=f"delegation/{asked.pk}/")
    assert sorted(told.values_list("to", flat=True)) == ["jijiao", "jijiao", "xueqian", "xueqian"]


def test_neither_of_the_two_nor_another_leader_approves_it(city: City) -> None:
    asked = ask_delegation(actor("xueqian"), _wanted("fenguan"), TODAY)
    with witness.refused("posts.decide_delegation", "是本人的委托"):
        decide_delegation(actor("fenguan"), asked.pk, TODAY, "", approved=True)
    other = ask_delegation(actor("xueqian"), _wanted("jijiao"), TODAY)
    with witness.refused("posts.decide_delegation", "由甲副局长审批"):
        decide_delegation(actor("fenguan"), other.pk, TODAY, "", approved=True)
    with witness.refused("posts.decide_delegation", "没有写理由"):
        decide_delegation(actor("guanli"), other.pk, TODAY, "", approved=False)
    with witness.refused("posts.decide_delegation", "没有这项权限"):
        decide_delegation(actor("ducha"), other.pk, TODAY, "", approved=True)
    with witness.done("posts.decide_delegation"):
        decide_delegation(actor("guanli"), other.pk, TODAY, "人手不够", approved=False)
    with witness.refused("posts.decide_delegation", "一份委托只办一次"):
        decide_delegation(actor("guanli"), other.pk, TODAY, "", approved=True)
    assert Delegation.objects.filter(state="approved").count() == 0


def test_a_stand_in_signs_in_both_names_on_paper_and_in_the_journal(row: Commitment) -> None:
    judge(actor("jijiao"), row.pk, row.version, SELF)
    row.refresh_from_db()
    stand_in = _stands_in("fenguan", "ducha2", "leader")
    signed = judge(stand_in, row.pk, row.version, LEADER)
    assert (signed.by, signed.by_login) == ("督查乙 代 分管戊", "ducha2")
    entry = Entry.objects.latest("number")
    assert (entry.actor, entry.actor_name, entry.role, entry.office) == ("ducha2", "督查乙 代 分管戊", "leader", "JJ")
    assert '"身份": "代分管戊（' in entry.detail


def test_only_the_acts_that_were_given_may_be_done(row: Commitment) -> None:
    judge(actor("jijiao"), row.pk, row.version, SELF)
    row.refresh_from_db()
    stand_in = _stands_in("fenguan", "ducha2", "pause_decide")
    with witness.refused("ledger.leader", "委托给督查乙的不包括这一项"):
        judge(stand_in, row.pk, row.version, LEADER)


def test_looking_comes_with_the_post_whatever_acts_were_given(city: City) -> None:
    stand_in = _stands_in("fenguan", "ducha2", "leader")
    assert [refused(stand_in, key) is None for key in ("leader_sheet", "agree_see", "leader", "pause_decide")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert "leader_sheet" not in given_to_stand_ins("leader")


def test_whoever_reported_does_not_sign_for_the_leader(row: Commitment) -> None:
    judge(actor("jijiao"), row.pk, row.version, SELF)
    row.refresh_from_db()
    stand_in = _stands_in("fenguan", "jijiao", "leader")
    with witness.refused("ledger.leader", "等于一个人办两步"):
        judge(stand_in, row.pk, row.version, LEADER)


def test_nobody_signs_after_a_stand_in_who_reported_in_his_name(row: Commitment) -> None:
    stand_in = _stands_in("jijiao", "ducha2")
    judge(stand_in, row.pk, row.version, SELF)
    row.refresh_from_db()
    other = replace(actor("fenguan"), login="jijiao", name="基教丁")
    with witness.refused("ledger.leader", "等于一个人办两步"):
        judge(other, row.pk, row.version, LEADER)
    row.refresh_from_db()
    judge(actor("fenguan"), row.pk, row.version, LEADER)
    row.refresh_from_db()
    with witness.refused("ledger.office", "等于一个人办两步"):
        judge(actor("ducha2"), row.pk, row.version, Verdict("office", ON, "核过", State.DONE))
    judge(actor("ducha"), row.pk, row.version, Verdict("office", ON, "核过", State.DONE))


def test_nobody_verifies_evidence_that_a_stand_in_brought_in_his_name(row: Commitment) -> None:
    told = evidence.Told("办法.txt", "办法已印发", "issued", "星教〔2021〕8号（虚构）")
    piece = evidence.bring(_stands_in("ducha2", "fenguan"), row.pk, "星州市办法（虚构）".encode(), told)
    assert piece.by == "分管戊 代 督查乙"
    with witness.refused("evidence.judge", "报送人不核验自己的材料"):
        evidence.judge(actor("ducha2"), piece.pk, "accepted", "", 0)
    evidence.judge(actor("ducha"), piece.pk, "accepted", "", 0)


def test_whoever_filed_a_report_does_not_sign_it_for_the_leader(row: Commitment) -> None:
    Milestone.objects.create(commitment=row, name="十一月小结", due=date(2021, 11, 20))
    items = ledger.items(row.edition.city, row.edition, ON)
    period = reports.open_period(actor("ducha"), row.edition, ON, items, national())
    call = Call.objects.get(period=period, commitment=row, division="")
    report = reports.file(actor("jijiaolian"), call.pk, Filled("班额已核", State.ON_COURSE))
    report = reports.review(actor("jijiao"), report.pk, 1, "属实")
    stand_in = _stands_in("fenguan", "jijiaolian")
    with witness.refused("reports.sign", "等于一个人办两步"):
        reports.sign(stand_in, report.pk, report.version, "同意")


def test_whoever_holds_two_posts_does_not_sign_for_both(row: Commitment) -> None:
    post = appoint(actor("guanli"), "jijiao", Term("leader", TODAY, "JJ"), TODAY, "任命")
    judge(actor("jijiao"), row.pk, row.version, SELF)
    row.refresh_from_db()
    person = worn(with_posts(Person.objects.filter(username="jijiao"), timezone.localdate()), post.pk)
    assert person is not None
    with witness.refused("ledger.leader", "兼任几职的"):
        judge(acting(person, "10.0.0.8"), row.pk, row.version, LEADER)


def test_the_last_check_and_one_s_own_person_are_never_given(city: City) -> None:
    stand_in = _stands_in("ducha", "ducha2")
    assert refused(stand_in, "bulletin") is None
    for key in ("office", "verify_evidence", "close_office", "api_key", "delegate"):
        finding = refused(stand_in, key)
        assert finding is not None, key
        assert "不能委托代办" in finding.rule
        assert key not in given_to_stand_ins("supervisor")


@pytest.mark.parametrize(
    ("giver", "wanted", "said"),
    [
        ("jijiao", _wanted("jijiao"), "委托给了本人"), ("jijiao", _wanted("nobody"), "没有账号"),
        ("jijiao", _wanted("xianqu"), "不在局机关"), ("xianqu", _wanted("jijiao"), "不是本单位的"),
        ("guanli", _wanted("ducha"), "管理员不委托代办"), ("jijiao", _wanted("xueqian", "leader"), "不能委托"),
        ("jijiao", _wanted("xueqian", days=-1), "止日不早于起日"), ("jijiao", _wanted("xueqian", days=200), "一次不超过"),
        ("jijiao", replace(_wanted("xueqian"), reason=" "), "没有写事由"), ("jijiao", _wanted("xueqian", post=999999), "没有这一任职"),
    ],
)  # fmt: skip
def test_a_delegation_that_cannot_be_is_refused(city: City, giver: str, wanted: Wanted, said: str) -> None:
    with witness.refused("posts.delegate", said):
        ask_delegation(actor(giver), wanted, TODAY)


def test_what_one_stands_in_for_is_not_given_on(city: City) -> None:
    _stands_in("fenguan", "ducha2")
    post = Post.objects.get(person__username="ducha2", stands_for__isnull=False)
    with witness.refused("posts.delegate", "代办的不能再委托"):
        ask_delegation(actor("ducha2"), _wanted("ducha", post=post.pk), TODAY)
    _stands_in("jijiao", "xueqian")
    with witness.refused("posts.delegate", "那几天已委托给"):
        ask_delegation(actor("jijiao"), _wanted("xueqian"), TODAY)


def test_it_ends_early_by_either_of_the_two_and_nobody_else(city: City) -> None:
    stand_in = _stands_in("fenguan", "ducha2")
    found = Delegation.objects.get()
    with witness.refused("posts.end_delegation", "是别人的委托"):
        end_delegation(actor("jijiao"), found.pk, TODAY, "已返岗")
    with witness.refused("posts.end_delegation", "不能委托代办"):
        end_delegation(stand_in, found.pk, TODAY, "已返岗")
    with witness.done("posts.end_delegation"):
        end_delegation(actor("fenguan"), found.pk, TODAY, "已返岗")
    person = worn(with_posts(Person.objects.filter(username="ducha2"), TODAY), found.stand_in_id)
    assert person is not None
    assert acting(person).role == "supervisor"


def test_both_are_told_once_when_its_day_was_over(city: City) -> None:
    _stands_in("fenguan", "ducha2")
    for day in (TODAY + 9 * DAY, TODAY + 10 * DAY, TODAY + 11 * DAY):
        tell_over(actor("guanli"), day)
    assert Message.objects.filter(key__contains="/over/").count() == 2


def test_the_page_shows_and_does_it(city: City, enter: Enter) -> None:
    today = timezone.localdate()
    client = enter("jijiao")
    sent = {"taker": "xueqian", "begun": str(today), "until": str(today + 3 * DAY), "reason": "出差", "acts": ["self"]}
    assert client.post("/delegations/act/", sent).status_code == 302
    assert "待批准" in client.get("/delegations/").content.decode()
    number = Delegation.objects.get().pk
    leader = enter("fenguan")
    assert "学前丙 代 基教丁" in leader.get("/delegations/").content.decode()
    leader.post("/delegations/act/", {"act": "approve", "number": number})
    taker = enter("xueqian")
    assert "代基教丁（基础教育科 科室）" in taker.get("/figures/").content.decode()
    taker.post("/as/", {"post": Delegation.objects.get().stand_in_id})
    page = taker.get("/delegations/").content.decode()
    assert "<b> 代 基教丁</b>" in page
    bad = client.post("/delegations/act/", {**sent, "until": "明天"})
    assert (bad.status_code, "不是日期" in bad.content.decode()) == (409, True)
    with pytest.raises(RefusedError):
        enter_delegation(actor("jijiao"), "xueqian", _wanted("jijiao"), TODAY)


@pytest.mark.parametrize(
    ("who", "login", "name", "same"),
    [
        (Actor("b", "乙", "section"), "b", "乙", True), (Actor("b", "乙", "section"), "c", "丙", False),
        (Actor("b", "乙", "section"), "c", "丙 代 乙", True), (Actor("b", "乙 代 甲", "leader", stands_for="a"), "a", "甲", True),
        (Actor("b", "乙 代 甲", "leader", stands_for="a"), "", "甲", True), (Actor("b", "乙 代 甲", "leader", stands_for="a"), "c", "丙", False),
        (Actor("b", "乙", "section"), "c", "乙", False),
    ],
)  # fmt: skip
def test_who_is_the_same_person(who: Actor, login: str, name: str, *, same: bool) -> None:
    assert same_person(who, login, name) is same
