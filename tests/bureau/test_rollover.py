"""Next year's plan beside this year's: what was dropped in silence is seen, and what is unfinished goes on with its history."""

from datetime import date

import pytest

from luoshi.bureau.ledger import comparing
from luoshi.bureau.ledger.actions import Correction, confirm
from luoshi.bureau.ledger.actions.carrying import carry, recall
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.actions import Origin, store_plan
from luoshi.bureau.plans.models import Edition, Mechanism, Point, Proposal
from luoshi.spine import State
from luoshi.tracking import Fate
from luoshi.words.errors import RefusedError
from luoshi.words.provenance import digest
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor, issued

DUCHA = actor("ducha")
NEXT = """演示数据（虚构）

星州市教育局2022年工作要点

一、补足学位

1．扩大学前教育资源。全年新建公办幼儿园30所，新增学位5200个。

2．化解义务教育大班额。义务教育大班额比例降至2.5%以内，全面消除超大班额。

二、建强队伍

3．培养教师。培训教师3.5万人次。加强师德师风建设。建设名师工作室18个。

4．办好特殊教育。适龄残疾儿童少年义务教育入学率达到96%。
"""


@pytest.fixture
def later(city: City, edition: Edition, proposals: dict[str, Proposal]) -> Edition:
    """This year's plan confirmed with another lead than was read, issued, one item done; next year's plan stored."""
    for number in ("1.1", "2.1", "3.1"):
        confirm(DUCHA, proposals[number].pk, 1, Correction(lead="XQ") if number == "2.1" else None)
    issued(edition.pk)
    return store_plan(DUCHA, city, xingzhou.plan(NEXT), file_name="2022.txt", file_digest=digest(b"n"), form="txt")


def test_what_became_of_each_clause_is_told(edition: Edition, later: Edition) -> None:
    told = comparing.compare(edition, later)
    fates = {(one.before or one.after).text: one.kind for one in told.changes}
    changed = next(one for one in told.changes if one.kind is Fate.CHANGED)
    assert changed.before is not None
    assert "26所" in changed.before.text
    assert "26" in str(changed.differences[0])
    assert "30" in str(changed.differences[0])
    assert fates["遴选市级骨干教师200名"] is Fate.DROPPED
    assert fates["建设名师工作室18个"] is Fate.NEW
    assert fates["义务教育大班额比例降至2.5%以内"] is Fate.CONTINUED


def test_the_lead_that_people_gave_is_proposed_again_with_why(edition: Edition, later: Edition) -> None:
    with witness.done("ledger.recall"):
        assert recall(DUCHA, later) >= 3
    one = Proposal.objects.get(edition=later, clause="义务教育大班额比例降至2.5%以内")
    assert one.lead == "XQ"
    assert "2021年要点 2.1" in one.lead_because
    row = confirm(DUCHA, one.pk, one.version)
    assert row.continues == Commitment.objects.get(edition=edition, number="2.1")
    fresh = Proposal.objects.get(edition=later, clause="建设名师工作室18个")
    assert fresh.earlier == {}


def test_a_mechanism_is_known_again_under_next_years_plan(edition: Edition, later: Edition, enter: Enter) -> None:
    phrase = "义务教育大班额比例降至2.5%以内"
    Mechanism.objects.create(
        city=edition.city,
        key="M9.9",
        point="2",
        name="大班额月报",
        name_en="Monthly",
        phrases=[phrase],
        pattern="REGISTER",
    )
    recall(DUCHA, later)
    one = Proposal.objects.get(edition=later, clause=phrase)
    Point.objects.filter(edition=later, number="2").update(number="7")
    row = confirm(DUCHA, one.pk, one.version)
    assert "大班额月报" in enter("ducha").get(f"/items/{row.pk}/").content.decode()


def test_an_unfinished_item_is_carried_over_once_with_its_targets(edition: Edition, later: Edition) -> None:
    old = Commitment.objects.get(edition=edition, number="3.1")
    with witness.done("ledger.carry"):
        row = carry(DUCHA, later.pk, old.pk)
    assert (row.continues, row.title, row.lead) == (old, old.title, old.lead)
    assert [target.value for target in row.targets.all()] == [target.value for target in old.targets.all()]
    with witness.refused("ledger.carry", "已经结转"):
        carry(DUCHA, later.pk, old.pk)
    with witness.refused("ledger.carry", "只向以后年度"):
        carry(DUCHA, edition.pk, row.pk)


def test_what_was_verified_as_done_is_not_carried(edition: Edition, later: Edition) -> None:
    old = Commitment.objects.get(edition=edition, number="3.1")
    Commitment.objects.filter(pk=old.pk).update(judged=State.DONE)
    with witness.refused("ledger.carry", "办结的不结转"):
        carry(DUCHA, later.pk, old.pk)


@pytest.mark.parametrize("login", ["jijiao", "fenguan", "chayue"])
def test_who_has_no_right_carries_nothing(edition: Edition, later: Edition, login: str) -> None:
    with pytest.raises(RefusedError):
        carry(actor(login), later.pk, Commitment.objects.get(edition=edition, number="3.1").pk)


def test_the_page_shows_both_plans_and_carries(edition: Edition, later: Edition, enter: Enter) -> None:
    browser = enter("ducha")
    page = browser.get(f"/plans/{later.pk}/compare/").content.decode()
    assert "遴选市级骨干教师200名" in page
    assert "未核定完成" in page
    old = Commitment.objects.get(edition=edition, number="3.1")
    there = browser.post(f"/plans/{later.pk}/carry/", {"item": old.pk})["Location"]
    assert "上年事项" in browser.get(there).content.decode()
    assert "没有可对照的" in browser.get(f"/plans/{edition.pk}/compare/").content.decode()


def test_minutes_are_kept_by_number_day_and_abstract(city: City, enter: Enter) -> None:
    browser = enter("ducha")
    sent = {
        "kind": "minutes",
        "number": "星教纪要〔2021〕3号",
        "dated": "2021-03-15",
        "audience": "bureau",
        "title": "第三次局长办公会纪要",
        "abstract": "演示数据（虚构）\n一、会议议定\n1．9月底前完成校舍排查12所。\n2．年底前培训校长200人。",
    }
    there = browser.post("/plans/", sent)["Location"]
    kept = Edition.objects.get()
    assert (kept.kind, kept.document_number, kept.dated, kept.audience) == (
        "minutes", "星教纪要〔2021〕3号", date(2021, 3, 15), "bureau",
    )  # fmt: skip
    assert browser.get(there, follow=True).status_code == 200
    assert (
        browser.post("/plans/", {**sent, "number": "", "abstract": sent["abstract"] + "3．新建学校2所。"}).status_code
        == 422
    )
    marked = {**sent, "abstract": "机密★1年\n1．新建学校2所。"}
    assert "涉密" in browser.post("/plans/", marked).content.decode()
    assert Edition.objects.count() == 1


def test_a_source_is_of_a_known_kind(city: City) -> None:
    read = xingzhou.plan(NEXT)
    with witness.refused("plans.store", "没有这种来源"):
        store_plan(DUCHA, city, read, file_name="a", file_digest="a" * 64, form="txt", origin=Origin("rumour"))
