"""督办到销号: from two months behind to three signatures, and open again when a figure falls back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from luoshi.bureau.escalations import actions, queries
from luoshi.bureau.escalations.actions import Answer, Edited, Looked, Mending, Problem, Sent, Signing
from luoshi.bureau.escalations.models import Closing, Paper, Rectification
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import Verdict, confirm, judge
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.spine import Standing, State
from tests.bureau import witness
from tests.bureau.proofs import prove
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import INSTALLER, actor, figure, issued

DUCHA, DUCHA2, XUEQIAN, JIJIAO = (actor(login) for login in ("ducha", "ducha2", "xueqian", "jijiao"))
LEADER = Actor("fenguan1", "甲副局长", "leader", "XQ")
SCAN = ("签发件.pdf", PDF)
OCTOBER, NOVEMBER = date(2021, 10, 12), date(2021, 11, 12)


def reported(edition: Edition, value: int, on: date, standing: Standing = Standing.REPORTED) -> None:
    """A figure of the new places, known three days after its day."""
    told = figure("kindergarten_places_added", str(value), "个", on + timedelta(days=3))
    add_figures(INSTALLER, edition.city, [replace(told, on=on, standing=standing)])


@pytest.fixture
def row(proposals: dict[str, Proposal], edition: Edition) -> Commitment:
    """新增学位5200个, led by 学前教育科, behind at the end of August and of September."""
    row = confirm(DUCHA, proposals["1.2"].pk, 1)
    issued(edition.pk)
    reported(edition, 2500, date(2021, 8, 31))
    reported(edition, 3400, date(2021, 9, 30))
    row.refresh_from_db()
    return row


@pytest.fixture
def paper(row: Commitment, edition: Edition) -> Paper:
    """The 催办单 that is due in October."""
    (drafted,) = actions.draft_due(DUCHA, edition, OCTOBER)
    return drafted


def judged_done(row: Commitment, on: date = date(2021, 11, 10)) -> Commitment:
    for who, step in ((XUEQIAN, "self"), (LEADER, "leader"), (DUCHA, "office")):
        row.refresh_from_db()
        judge(who, row.pk, row.version, Verdict(step, on, "已核", State.DONE, "名单"))
    row.refresh_from_db()
    return row


def signed(row: Commitment, who: Actor, step: str, on: date = NOVEMBER, **more: object) -> Closing:
    row.refresh_from_db()
    return actions.sign_closing(who, row.pk, row.version, Signing(step, on, "同意", **more))


def closed(row: Commitment, edition: Edition) -> Commitment:
    """All 5200 places there, judged, proven, signed three times."""
    reported(edition, 5210, date(2021, 10, 31), Standing.VERIFIED)
    judged_done(row)
    prove(row, "xueqian")
    signed(row, XUEQIAN, "section", shown="验收单12份")
    signed(row, LEADER, "leader")
    signed(row, DUCHA, "office")
    row.refresh_from_db()
    return row


def test_scenario_nine_from_two_months_behind_to_reopened(row: Commitment, edition: Edition) -> None:
    with witness.done("escalations.draft"):
        (paper,) = actions.draft_due(DUCHA, edition, OCTOBER)
    assert (paper.step, paper.name, paper.stage) == ("urging", "催办单", "draft")
    assert paper.because == "2021年8月、9月连续2个月欠进度"
    assert queries.papers(XUEQIAN, edition.pk) == []
    """Nothing is said to the section before a person has sent it."""
    with witness.done("escalations.send"):
        paper = actions.send(
            DUCHA, paper.pk, paper.version, Sent(date(2021, 10, 13), "甲副局长", "星教督〔2021〕3号", SCAN)
        )
    assert (paper.stage, paper.answer_by) == ("sent", date(2021, 10, 20))
    assert [one.pk for one in queries.papers(XUEQIAN, edition.pk)] == [paper.pk]
    with witness.done("escalations.rectify"):
        mended = actions.add(DUCHA, edition, Problem("学位进度滞后", "ledger", date(2021, 11, 5), paper=paper.pk))
    assert (mended.lead, mended.commitment_id) == ("XQ", row.pk)
    with witness.done("escalations.answer"):
        actions.answer(XUEQIAN, paper.pk, paper.version, Answer("三所园月底交付", date(2021, 10, 18)))
    mended = actions.mend(XUEQIAN, mended.pk, mended.version, Mending("倒排工期", "验收单", claimed=True))
    with witness.done("escalations.look_back"):
        actions.look_back(DUCHA, mended.pk, mended.version, Looked(NOVEMBER, "督查甲", "三所园已开园", kept=True))
    mended.refresh_from_db()
    assert (mended.state, mended.mended_on) == ("mended", NOVEMBER)

    reported(edition, 5210, date(2021, 10, 31), Standing.VERIFIED)
    judged_done(row)
    with witness.refused("escalations.sign", "佐证有缺口"):
        actions.sign_closing(XUEQIAN, row.pk, row.version, Signing("section", NOVEMBER, "申请销号", shown="验收单"))
    prove(row, "xueqian")
    row.refresh_from_db()
    with witness.done("escalations.sign"):
        signed(row, XUEQIAN, "section", shown="验收单12份")
    with witness.done("escalations.sign"):
        signed(row, LEADER, "leader")
    with witness.done("escalations.close"):
        done = signed(row, DUCHA, "office")
    row.refresh_from_db()
    assert row.closed_on == done.closed_on == NOVEMBER
    assert [(one.step, one.name) for one in done.signatures.all()] == [
        ("section", "学前丙"), ("leader", "甲副局长"), ("office", "督查甲"),
    ]  # fmt: skip
    assert [("".join(one["value"].split()), one["on"]) for one in done.figures] == [("5210个", "2021-10-31")]
    assert actions.draft_due(DUCHA, edition, NOVEMBER) == []

    assert actions.reopen_fallen(DUCHA, edition, date(2021, 12, 4)) == []
    reported(edition, 4900, date(2021, 11, 30))
    with witness.done("escalations.reopen"):
        (again,) = actions.reopen_fallen(DUCHA, edition, date(2021, 12, 4))
    row.refresh_from_db()
    assert row.closed_on is None
    assert (again.closed_on, again.reopened_on, again.ended) == (NOVEMBER, date(2021, 12, 4), True)
    said = "".join(again.reopened_because.split())
    assert "5210个（时点2021-10-31）" in said
    assert "4900个（时点2021-11-30）" in said
    assert [one["on"] for one in again.figures_after] == ["2021-11-30"]
    assert Entry.objects.latest("number").reason == again.reopened_because
    assert actions.reopen_fallen(DUCHA, edition, date(2021, 12, 5)) == []


def test_drafting_is_done_once_however_often_it_is_asked(row: Commitment, edition: Edition, paper: Paper) -> None:
    before = Entry.objects.count()
    for on in (OCTOBER, OCTOBER + timedelta(days=1), date(2021, 11, 9)):
        assert actions.draft_due(DUCHA, edition, on) == []
    assert (Paper.objects.count(), Entry.objects.count()) == (1, before)


def test_a_month_is_looked_at_when_its_figures_are_in(row: Commitment, edition: Edition) -> None:
    assert actions.draft_due(DUCHA, edition, date(2021, 10, 9)) == []
    assert len(actions.draft_due(DUCHA, edition, date(2021, 10, 10))) == 1


def test_a_verification_of_the_month_goes_before_its_figure(row: Commitment, edition: Edition) -> None:
    for who, step in ((XUEQIAN, "self"), (LEADER, "leader"), (DUCHA, "office")):
        row.refresh_from_db()
        judge(who, row.pk, row.version, Verdict(step, date(2021, 9, 28), "暂缓", State.PAUSED))
    assert actions.draft_due(DUCHA, edition, OCTOBER) == []


def test_nobody_drafts_for_a_day_to_come_or_without_the_right(row: Commitment, edition: Edition) -> None:
    with witness.refused("escalations.draft", "还没有到"):
        actions.draft_due(DUCHA, edition, timezone.localdate() + timedelta(days=1))
    for who in (XUEQIAN, LEADER, actor("xianqu"), actor("chayue")):
        with witness.refused("escalations.draft", "没有这项权限"):
            actions.draft_due(who, edition, OCTOBER)


def test_the_words_are_edited_and_then_signed_again(paper: Paper) -> None:
    signed_draft = actions.sign_paper(LEADER, paper.pk, paper.version, date(2021, 10, 12))
    assert signed_draft.signer == "甲副局长"
    with witness.done("escalations.edit"):
        edited = actions.edit(DUCHA, paper.pk, signed_draft.version, Edited("催办", "学前教育科", "请反馈。", 3))
    assert (edited.signer, edited.signed_on, edited.answer_by) == ("", None, date(2021, 10, 15))
    with witness.refused("escalations.send", "没有签发人或没有扫描件"):
        actions.send(DUCHA, paper.pk, edited.version, Sent(date(2021, 10, 13), number="3号"))
    with witness.refused("escalations.edit", "没有写，或过长"):
        actions.edit(DUCHA, paper.pk, edited.version, Edited("催办", "学前教育科", " ", 3))


def test_signed_in_the_house_it_goes_out_without_a_scan(paper: Paper) -> None:
    paper = actions.sign_paper(LEADER, paper.pk, paper.version, date(2021, 10, 12))
    with witness.refused("escalations.send", "早于签发日期"):
        actions.send(DUCHA, paper.pk, paper.version, Sent(date(2021, 10, 11), number="星教督〔2021〕3号"))
    paper = actions.send(DUCHA, paper.pk, paper.version, Sent(date(2021, 10, 13), number="星教督〔2021〕3号"))
    assert (paper.stage, paper.signer) == ("sent", "甲副局长")


def test_another_leader_does_not_sign_it(paper: Paper) -> None:
    with witness.refused("escalations.sign", "由甲副局长分管"):
        actions.sign_paper(actor("fenguan"), paper.pk, paper.version, OCTOBER)


GOOD = Sent(date(2021, 10, 13), "甲副局长", "星教督〔2021〕3号", SCAN)


@pytest.mark.parametrize(
    ("sent", "saying"),
    [
        (replace(GOOD, scan=None), "没有扫描件"),
        (replace(GOOD, signer=" "), "没有签发人"),
        (replace(GOOD, number=""), "没有文号"),
        (replace(GOOD, scan=("签发件.txt", b"text")), "这不是扫描件"),
        (replace(GOOD, on=date(2021, 8, 1)), "早于所督办的月份"),
        (replace(GOOD, on=date(2999, 1, 1)), "还没有到"),
    ],
)
def test_what_cannot_go_out_is_refused(paper: Paper, sent: Sent, saying: str) -> None:
    with witness.refused("escalations.send", saying):
        actions.send(DUCHA, paper.pk, paper.version, sent)


def test_nothing_goes_out_twice_or_from_an_old_page(paper: Paper) -> None:
    with witness.refused("escalations.send", "没有这项权限"):
        actions.send(LEADER, paper.pk, paper.version, GOOD)
    gone = actions.send(DUCHA, paper.pk, paper.version, GOOD)
    with witness.refused("escalations.send", "别人刚刚办理过"):
        actions.send(DUCHA2, paper.pk, paper.version, GOOD)
    with witness.refused("escalations.send", "现在是“已发出”"):
        actions.send(DUCHA2, paper.pk, gone.version, GOOD)


def test_only_whom_it_concerns_answers(paper: Paper) -> None:
    told = Answer("已落实", date(2021, 10, 18))
    with witness.refused("escalations.answer", "不能答复"):
        actions.answer(XUEQIAN, paper.pk, paper.version, told)
    paper = actions.send(DUCHA, paper.pk, paper.version, GOOD)
    for who, saying in ((JIJIAO, "不是这一项的牵头科室"), (actor("xianqu"), "不在这一项的责任单位内")):
        with witness.refused("escalations.answer", saying):
            actions.answer(who, paper.pk, paper.version, told)
    for wrong, saying in (
        (replace(told, words=" "), "没有写答复"),
        (replace(told, on=date(2021, 10, 12)), "早于发出日期"),
        (replace(told, on=date(2999, 1, 1)), "还没有到"),
    ):
        with witness.refused("escalations.answer", saying):
            actions.answer(XUEQIAN, paper.pk, paper.version, wrong)
    late = actions.answer(XUEQIAN, paper.pk, paper.version, replace(told, on=date(2021, 10, 21), file=("复.doc", b"x")))
    assert (late.stage, late.answer_file.name) == ("answered", "复.doc")
    with witness.refused("escalations.withdraw", "不能撤回"):
        actions.withdraw(DUCHA, paper.pk, late.version, "误发")


def test_what_was_withdrawn_stays_with_its_reason(paper: Paper, edition: Edition) -> None:
    with witness.refused("escalations.withdraw", "没有写理由"):
        actions.withdraw(DUCHA, paper.pk, paper.version, " ")
    with witness.done("escalations.withdraw"):
        gone = actions.withdraw(DUCHA, paper.pk, paper.version, "已口头督促")
    assert (gone.stage, gone.withdrawn_because) == ("withdrawn", "已口头督促")
    assert actions.draft_due(DUCHA, edition, OCTOBER) == []


def test_a_problem_is_mended_only_when_somebody_went_to_look(edition: Edition, row: Commitment) -> None:
    for wrong, saying in (
        (Problem(" ", "audit", OCTOBER), "没有写问题"),
        (Problem("台账不全", "rumour", OCTOBER), "没有“rumour”这一来源"),
        (Problem("台账不全", "audit", None), "没有写整改时限"),
        (Problem("台账不全", "audit", OCTOBER, lead="ZZ"), "没有“ZZ”这个科室"),
        (Problem("台账不全", "audit", OCTOBER, commitment=999999), "没有这一督查事项"),
    ):
        with witness.refused("escalations.rectify", saying):
            actions.add(DUCHA, edition, wrong)
    kept = actions.add(DUCHA, edition, Problem("台账不全", "audit", OCTOBER, lead="JJ"))
    with witness.refused("escalations.rectify", "不是这一项的牵头科室"):
        actions.mend(XUEQIAN, kept.pk, kept.version, Mending("补齐"))
    with witness.refused("escalations.rectify", "没有佐证材料"):
        actions.mend(JIJIAO, kept.pk, kept.version, Mending("补齐", claimed=True))
    kept = actions.mend(JIJIAO, kept.pk, kept.version, Mending("补齐", "台账复印件", claimed=True))
    assert kept.state == Rectification.State.CLAIMED
    with witness.refused("escalations.look_back", "别人刚刚办理过"):
        actions.look_back(DUCHA, kept.pk, kept.version - 1, Looked(OCTOBER, "督查甲", "已补齐", kept=True))
    actions.look_back(DUCHA, kept.pk, kept.version, Looked(OCTOBER, "督查甲", "仍缺两所", kept=False))
    kept.refresh_from_db()
    assert (kept.state, kept.mended_on) == ("open", None)


def ready(row: Commitment, edition: Edition) -> Commitment:
    reported(edition, 5210, date(2021, 10, 31), Standing.VERIFIED)
    judged_done(row)
    prove(row, "xueqian")
    row.refresh_from_db()
    return row


def test_signatures_come_in_their_order_and_from_three_people(row: Commitment, edition: Edition) -> None:
    ready(row, edition)
    for who, step in ((LEADER, "leader"), (DUCHA, "office")):
        with witness.refused("escalations.close" if step == "office" else "escalations.sign", "现在应由牵头科室签字"):
            signed(row, who, step)
    with witness.refused("escalations.sign", "没有写佐证材料"):
        signed(row, XUEQIAN, "section")
    with witness.refused("escalations.sign", "不是这一项的牵头科室"):
        signed(row, JIJIAO, "section", shown="x")
    signed(row, XUEQIAN, "section", shown="验收单")
    with witness.refused("escalations.sign", "现在应由分管局领导签字"):
        signed(row, XUEQIAN, "section", shown="验收单")
    with witness.refused("escalations.sign", "由甲副局长分管"):
        signed(row, actor("fenguan"), "leader")
    with witness.refused("escalations.sign", "没有附扫描件"):
        signed(row, DUCHA, "leader", name="甲副局长")
    with witness.refused("escalations.sign", "不是乙副局长"):
        signed(row, DUCHA, "leader", name="乙副局长", scan=SCAN)
    with witness.refused("escalations.sign", "早于上一步"):
        signed(row, LEADER, "leader", date(2021, 11, 11))
    entered = signed(row, DUCHA, "leader", name="甲副局长", scan=SCAN)
    assert [(one.name, one.by) for one in entered.signatures.all()][-1] == ("甲副局长", "督查甲")
    moved = Actor("xueqian", "学前丙", "supervisor", "BGS")
    with witness.refused("escalations.close", "三个签字须是三个人"):
        signed(row, moved, "office")
    with witness.refused("escalations.close", "还没有到"):
        signed(row, DUCHA, "office", timezone.localdate() + timedelta(days=1))
    signed(row, DUCHA, "office")
    with witness.refused("escalations.sign", "已于 2021-11-12 销号"):
        signed(row, XUEQIAN, "section", shown="验收单")


def test_only_what_was_judged_done_is_closed(row: Commitment) -> None:
    prove(row, "xueqian")
    with witness.refused("escalations.sign", "核定状态是“待核定”"):
        signed(row, XUEQIAN, "section", shown="验收单")


def test_what_the_leader_sends_back_begins_with_the_section(row: Commitment, edition: Edition) -> None:
    ready(row, edition)
    with witness.refused("escalations.sign", "没有可退回的申请"):
        signed(row, LEADER, "back")
    signed(row, XUEQIAN, "section", shown="验收单")
    back = signed(row, LEADER, "back")
    assert (back.ended, back.closed_on) == (True, None)
    with witness.refused("escalations.sign", "现在应由牵头科室签字"):
        signed(row, LEADER, "leader")
    assert signed(row, XUEQIAN, "section", shown="验收单").pk != back.pk


def test_a_closed_item_is_opened_by_hand_with_a_reason_and_judged_anew(row: Commitment, edition: Edition) -> None:
    row = closed(row, edition)
    with witness.refused("escalations.reopen", "没有写理由"):
        actions.reopen(DUCHA, row.pk, row.version, date(2021, 11, 20), "")
    with witness.refused("escalations.reopen", "没有这项权限"):
        actions.reopen(XUEQIAN, row.pk, row.version, date(2021, 11, 20), "两所未开园")
    with witness.refused("escalations.reopen", "早于销号日"):
        actions.reopen(DUCHA, row.pk, row.version, date(2021, 11, 1), "两所未开园")
    with witness.done("escalations.reopen"):
        actions.reopen(DUCHA, row.pk, row.version, date(2021, 11, 20), "两所未开园")
    with witness.refused("escalations.sign", "重新打开后还没有再核定"):
        signed(row, XUEQIAN, "section", date(2021, 11, 22), shown="验收单")
    judged_done(row, date(2021, 11, 22))
    assert signed(row, XUEQIAN, "section", date(2021, 11, 22), shown="验收单").closed_on is None


@pytest.mark.parametrize("change", [{"standing": Standing.PRESS}, {"definition": "另一口径"}, {"value": Decimal(5300)}])
def test_what_does_not_speak_against_the_closing_leaves_it_closed(
    row: Commitment, edition: Edition, change: dict[str, object]
) -> None:
    row = closed(row, edition)
    told = replace(figure("kindergarten_places_added", "4900", "个", date(2021, 12, 2)), on=date(2021, 11, 30))
    add_figures(INSTALLER, edition.city, [replace(told, **change)])
    assert actions.reopen_fallen(DUCHA, edition, date(2021, 12, 4)) == []
    row.refresh_from_db()
    assert row.closed_on == NOVEMBER
