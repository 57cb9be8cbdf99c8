"""交接: who leaves hands over everything, and every column that says whose something is is in the declared list."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from luoshi.bureau.handovers.actions import Leaving, hand_over, warn_leaving
from luoshi.bureau.handovers.models import Handover, Line
from luoshi.bureau.handovers.owned import KINDS, in_hand, listed, records
from luoshi.bureau.handovers.queries import seal
from luoshi.bureau.jobs.actions import Letter, enqueue
from luoshi.bureau.jobs.actions import post as post_letter
from luoshi.bureau.jobs.models import Job, Message
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.actions import make_key
from luoshi.bureau.people.models import ApiKey, City, Office, Person
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.posts.actions import Term, Wanted, appoint, enter_delegation
from luoshi.bureau.posts.models import Delegation, Post
from luoshi.bureau.posts.queries import bearer
from luoshi.bureau.reminders.actions import make_token
from luoshi.bureau.reminders.queries import subscriber
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
OWNERLIKE = re.compile(
    r"(^|_)(by|login|contact|person|leader|head|owner|to|signer|actor|asker|taker|reviewer|giver|minder)$"
)


def _today() -> date:
    return timezone.localdate()


def _leaving(**more: object) -> Leaving:
    told = {"on": _today(), "reason": "调离，星教干〔2021〕3号（虚构）", "to": "xueqian", **more}
    return Leaving(**told)  # type: ignore[arg-type]


@pytest.fixture
def busy(proposals: dict[str, Proposal]) -> Person:
    """基教丁, contact of two items, with a key, a calendar, a job, a message, somebody standing in for them."""
    for number in ("2.1", "1.1"):
        row = confirm(actor("ducha"), proposals[number].pk, 1)
        Commitment.objects.filter(pk=row.pk).update(contact="基教丁", lead="JJ" if number == "2.1" else "XQ")
    make_key(actor("jijiao"), "取数", _today() + timedelta(days=9))
    make_token(actor("jijiao"))
    enqueue(actor("jijiao"), "count", {}, "数到十")
    post_letter(actor("ducha"), Letter("k/1", "inbox", "jijiao", "有一件事", "请看"))
    wanted = Wanted(0, "ducha2", _today(), _today() + timedelta(days=3), "学习")
    enter_delegation(actor("guanli"), "jijiao", wanted, _today())
    Message.objects.filter(key__startswith="delegation/").update(state="read")
    return Person.objects.get(username="jijiao")


def _owner_columns() -> set[str]:
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("luoshi."):
            continue
        for one in model._meta.concrete_fields:
            of_person = bool(one.remote_field) and one.related_model is Person
            named = OWNERLIKE.search(one.name) and isinstance(one, models.CharField | models.JSONField)
            if of_person or named:
                found.add(f"{model._meta.label}.{one.name}")
    return found


def test_every_column_that_says_whose_something_is_is_in_the_declared_list() -> None:
    assert _owner_columns() - listed() - records() == set(), "add it to KINDS, or to RECORDS if it never changes hands"
    assert (listed() | records()) - _owner_columns() == set(), "the list names columns that are gone"
    assert listed() & records() == set()


def test_a_column_that_is_nowhere_listed_would_be_seen() -> None:
    assert OWNERLIKE.search("minded_by")
    assert OWNERLIKE.search("owner")
    assert not OWNERLIKE.search("basis")
    assert "ledger.Commitment.contact" in _owner_columns()


def test_everything_in_hand_is_found(busy: Person) -> None:
    assert sorted({one.kind for one in in_hand(busy)}) == [
        "calendar", "delegation", "item_contact", "job", "key", "message", "post",
    ]  # fmt: skip


def test_whoever_still_has_things_is_not_let_go_and_every_thing_is_told(busy: Person) -> None:
    with witness.refused("handovers.hand_over", "没有人接手"):
        hand_over(actor("guanli"), "jijiao", _leaving(to=""))
    reason = Entry.objects.latest("number").reason
    assert reason.count("没有人接手") == 4
    assert Person.objects.get(username="jijiao").is_active


def test_handed_over_in_one_act_nothing_is_left_without_an_owner(busy: Person, enter: Enter) -> None:
    secret, address = make_key(actor("jijiao"), "再取", _today() + timedelta(days=9)), make_token(actor("jijiao"))
    client = enter("jijiao")
    assert client.get("/figures/").status_code == 200
    made = hand_over(actor("guanli"), "jijiao", _leaving(apart={"job": "ducha"}))
    assert set(Commitment.objects.exclude(contact="").values_list("contact", flat=True)) == {"学前丙"}
    job, message = Job.objects.get(kind="count"), Message.objects.get(key="k/1")
    assert (job.asked_by, job.asker["login"], message.to) == ("ducha", "ducha", "xueqian")
    assert not ApiKey.objects.filter(person=busy, revoked_at=None).exists()
    assert (bearer(secret, _today()), subscriber(address)) == (None, None)
    assert client.get("/figures/").status_code == 302, "the session is over"
    assert (
        not Post.objects.filter(ended_on=None)
        .filter(models.Q(person=busy) | models.Q(stands_for__person=busy))
        .exists()
    )
    assert Delegation.objects.get().state == "ended"
    busy.refresh_from_db()
    assert (busy.is_active, busy.has_usable_password()) == (False, False)
    assert in_hand(busy) == []
    assert sorted(Line.objects.values_list("kind", "to__username")) == [
        ("item_contact", "xueqian"), ("item_contact", "xueqian"), ("job", "ducha"), ("message", "xueqian"),
    ]  # fmt: skip
    assert (made.whole, made.ended["接口密钥"]) == (True, 2)
    assert sorted(Message.objects.filter(key__startswith="handover/").values_list("to", flat=True)) == [
        "ducha",
        "xueqian",
    ]
    assert Entry.objects.filter(action="handovers.take", subject_kind="commitment").count() == 2


def test_one_post_is_given_up_with_what_belongs_to_it_alone(busy: Person) -> None:
    second = appoint(actor("guanli"), "jijiao", Term("section", _today(), "XQ"), _today(), "兼任")
    hand_over(actor("guanli"), "jijiao", _leaving(post=second.pk))
    assert sorted(Commitment.objects.values_list("lead", "contact")) == [("JJ", "基教丁"), ("XQ", "学前丙")]
    busy.refresh_from_db()
    assert (busy.is_active, busy.office) == (True, "JJ")
    assert ApiKey.objects.filter(person=busy, revoked_at=None).exists()
    assert not Handover.objects.get().whole


def test_a_leader_s_offices_and_items_go_to_the_next_leader(city: City) -> None:
    Office.objects.filter(code="JJ").update(leader="分管戊")
    hand_over(actor("guanli"), "fenguan", _leaving(to="jijiao"))
    assert Office.objects.get(code="JJ").leader == "基教丁"


@pytest.mark.parametrize(
    ("login", "more", "said"),
    [
        ("nobody", {}, "没有账号"), ("jijiao", {"reason": " "}, "没有写依据"), ("jijiao", {"to": "jijiao"}, "不能接手"),
        ("jijiao", {"to": "gone"}, "不能接手"), ("jijiao", {"seen": "other"}, "清单在您看过以后变了"),
        ("jijiao", {"post": 999999}, "没有这一现任职务"), ("guanli", {}, "本人的交接由另一名管理员办理"),
    ],
)  # fmt: skip
def test_a_handover_that_cannot_be_is_refused(busy: Person, login: str, more: dict[str, object], said: str) -> None:
    with witness.refused("handovers.hand_over", said):
        hand_over(actor("guanli"), login, _leaving(**more))


def test_the_last_administrator_does_not_go(city: City) -> None:
    other = replace(actor("guanli"), login="another", name="另一名")
    with witness.refused("handovers.hand_over", "最后一名此类管理员"):
        hand_over(other, "guanli", _leaving())


@pytest.mark.parametrize("login", ["ducha", "jijiao", "fenguan", "xianqu", "chayue"])
def test_only_the_administrator_hands_over(city: City, enter: Enter, login: str) -> None:
    with witness.refused("handovers.hand_over", "没有这项权限"):
        hand_over(actor(login), "xueqian", _leaving(to="ducha2"))
    assert enter(login).get("/people/xueqian/handover/").status_code == 403


def test_the_pages_show_choose_preview_and_carry_out(busy: Person, enter: Enter) -> None:
    client = enter("guanli")
    page = client.get("/people/jijiao/handover/").content.decode()
    assert "督查事项的联络员" in page
    sent = {"to": "xueqian", "reason": "调离", "seen": seal(in_hand(busy)), "to/job": "ducha"}
    preview = client.post("/people/jijiao/handover/act/", {**sent, "act": "preview"}).content.decode()
    assert "办理后不能撤回" in preview
    assert Handover.objects.count() == 0
    answer = client.post("/people/jijiao/handover/act/", {**sent, "act": "carry"})
    number = Handover.objects.get().pk
    assert answer["Location"] == f"/handovers/{number}/"
    paper = client.get(answer["Location"]).content.decode()
    for words in ("交接单", "基教丁", "学前丙", "监交人", "调离"):
        assert words in paper
    assert enter("xueqian").get(f"/handovers/{number}/").status_code == 200
    assert enter("fenguan").get(f"/handovers/{number}/").status_code == 404
    assert "已离任" in client.get("/people/jijiao/").content.decode()
    assert "基教丁" in client.get("/people/?gone=1").content.decode()
    assert len(KINDS) == len({one.key for one in KINDS})


def test_the_administrator_hears_in_time_of_a_post_that_ends_while_things_are_in_hand(busy: Person) -> None:
    Post.objects.filter(person=busy, stands_for=None).update(until=_today() + timedelta(days=5))
    assert warn_leaving(actor("guanli"), _today() - timedelta(days=9)) == 0
    for _ in range(2):
        assert warn_leaving(actor("guanli"), _today()) == 1
    told = Message.objects.get(key__startswith="leaving/")
    assert (told.to, "名下还有 1 件" in told.subject) == ("guanli", True)
