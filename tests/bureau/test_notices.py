"""公开稿: the public reads what was approved, word for word, and nothing else."""

from datetime import date

import pytest

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.actions import Verdict, confirm, judge
from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.notices.actions import approve, draft, publish, switch, withdraw
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import FOLDER, actor, issued

FENGUAN = Actor("fenguan1", "分管甲", "leader", "XQ")
DUCHA, DAY = actor("ducha"), date(2021, 12, 31)


@pytest.fixture
def told(proposals: dict[str, Proposal]) -> Edition:
    """One public item verified with an inner note, one verified that is not public, one public that nobody verified."""
    for number in ("1.1", "2.1", "3.1"):
        confirm(DUCHA, proposals[number].pk, 1)
    rows = {row.number: row for row in Commitment.objects.all()}
    for number in ("2.1", "3.1"):
        amend(DUCHA, rows[number].pk, {"audience": Cell("公开")})
    amend(DUCHA, rows["2.1"].pk, {"contact": Cell("王某"), "note": Cell("内部说明甲")})
    issued(rows["1.1"].edition_id)
    amend(actor("jijiao"), rows["2.1"].pk, {"progress": Cell("第三小学缺地")})
    for number, login, leader in (("1.1", "xueqian", FENGUAN), ("2.1", "jijiao", actor("fenguan"))):
        for step, who in (("self", actor(login)), ("leader", leader), ("office", DUCHA)):
            row = Commitment.objects.get(number=number)
            judge(
                who,
                row.pk,
                row.version,
                Verdict(step, FOLDER.opens, "内部理由乙", State.DONE, "第五小学台账", "内部问题丙"),
            )
    return rows["1.1"].edition


def _published(edition: Edition) -> Notice:
    kept = draft(DUCHA, edition, DAY, "进展情况")
    kept = approve(DUCHA, kept.pk, kept.version, "同意公开（纸质件存卷）", DAY)
    return publish(DUCHA, kept.pk, kept.version)


def test_only_what_is_issued_public_and_verified_is_told(told: Edition) -> None:
    with witness.done("notices.draft"):
        kept = draft(DUCHA, told, DAY, "进展情况")
    lines = [line for section in kept.sections for line in section["lines"]]
    assert [line["number"] for line in lines] == ["2.1"]
    assert {number: why for number, _, why in kept.left_out} == {
        "1.1": "知悉范围不是公开",
        "3.1": "没有核定意见，也没有公开发布的数",
    }
    assert not [word for word in ("内部", "王某", "小学") if word in str(kept.sections)]


def test_without_sign_in_nothing_but_the_approved_text_is_seen(told: Edition, enter: Enter) -> None:
    stranger, city = enter(""), City.objects.get()
    assert stranger.get("/public/").status_code == 404
    kept = draft(DUCHA, told, DAY, "进展情况")
    with witness.done("notices.switch"):
        switch(actor("ducha"), city, public=True)
    assert "进展情况" not in stranger.get("/public/").content.decode()
    kept = approve(DUCHA, kept.pk, kept.version, "同意", DAY)
    assert "进展情况" not in stranger.get("/public/").content.decode()
    kept = publish(DUCHA, kept.pk, kept.version)
    page = stranger.get("/public/").content.decode()
    assert "进展情况" in page
    assert "义务教育大班额比例降至2.5%以内" in page
    assert not [word for word in ("内部", "王某", "小学", "督查甲", "新建公办幼儿园") if word in page]
    with witness.done("notices.withdraw"):
        withdraw(DUCHA, kept.pk, kept.version, "数有误")
    assert "进展情况" not in stranger.get("/public/").content.decode()


def test_a_text_changed_under_the_table_is_neither_approved_nor_shown(told: Edition, enter: Enter) -> None:
    city = City.objects.get()
    switch(actor("ducha"), city, public=True)
    kept = _published(told)
    Notice.objects.filter(pk=kept.pk).update(title="别的标题")
    assert "别的标题" not in enter("").get("/public/").content.decode()
    other = draft(DUCHA, told, DAY, "进展情况")
    Notice.objects.filter(pk=other.pk).update(sections=[])
    with witness.refused("notices.approve", "不一致"):
        approve(DUCHA, other.pk, other.version, "同意", DAY)


def test_what_the_ledger_says_later_does_not_change_the_text(told: Edition, enter: Enter) -> None:
    switch(actor("ducha"), City.objects.get(), public=True)
    _published(told)
    Commitment.objects.filter(number="2.1").update(title="改过的标题")
    assert "改过的标题" not in enter("").get("/public/").content.decode()


def test_the_order_is_kept_and_an_old_page_is_told(told: Edition) -> None:
    kept = draft(DUCHA, told, DAY, "进展情况")
    with witness.refused("notices.publish", "不能发布"):
        publish(DUCHA, kept.pk, kept.version)
    approve(DUCHA, kept.pk, kept.version, "同意", DAY)
    with pytest.raises(RefusedError, match="别人刚刚办理过"):
        approve(actor("ducha2"), kept.pk, kept.version, "同意", DAY)


@pytest.mark.parametrize("login", ["jijiao", "xianqu", "chayue"])
def test_who_has_no_right_tells_the_public_nothing(told: Edition, login: str) -> None:
    with pytest.raises(RefusedError):
        draft(actor(login), told, DAY, "进展情况")
    with pytest.raises(RefusedError):
        switch(actor(login), City.objects.get(), public=True)


def test_on_the_pages_it_goes_from_draft_to_published(told: Edition, enter: Enter) -> None:
    browser = enter("ducha")
    here = f"/plans/{told.pk}/notices/"
    browser.post(f"{here}draft/", {"act": "open"})
    answer = browser.post(f"{here}draft/", {"act": "draft", "on": "2021-12-31", "title": "网页上拟的"})
    page = answer["Location"]
    kept = Notice.objects.get()
    assert "审批单" in browser.get(page).content.decode()
    assert browser.post(f"{page}act/", {"act": "publish", "version": kept.version}).status_code == 409
    browser.post(f"{page}act/", {"act": "approve", "version": 1, "words": "同意", "on": "2021-12-31"})
    browser.post(f"{page}act/", {"act": "publish", "version": 2})
    assert "网页上拟的" in enter("").get("/public/").content.decode()
    assert "没有收入的 2 项" in browser.get(page).content.decode()
    assert "没有收入的" not in enter("chayue").get(page).content.decode()
