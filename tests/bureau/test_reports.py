"""月底收数: who is asked, 填报 → 审核 → 审签 → 核定, 退回, 代录, 本期无新进展, and replies that land on items."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.bureau.reports import actions, queries
from luoshi.bureau.reports.actions import Filled, Incoming, Landing, Paper, Piece, Sum, Verified
from luoshi.bureau.reports.calling import Before, calls, reply_by
from luoshi.bureau.reports.models import Amount, Call, Found, Period, Report
from luoshi.spine import State
from luoshi.words.calendars import national
from luoshi.words.findings import Finding
from tests.bureau import witness
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import actor, issued

ON = date(2021, 9, 30)
SCAN = PDF
WORDS = Filled("已建成投用18所，其余8所主体完工。", State.ON_COURSE)


@pytest.fixture
def period(proposals: dict[str, Proposal]) -> Period:
    """Every proposal confirmed and issued, each with a step in October, and September's period open."""
    for proposal in proposals.values():
        row = confirm(actor("ducha"), proposal.pk, 1)
        Milestone.objects.create(commitment=row, name="十月小结", due=date(2021, 10, 20))
    edition = next(iter(proposals.values())).edition
    issued(edition.pk)
    return _opened(edition)


def _opened(edition: Edition, on: date = ON) -> Period:
    items = ledger.items(edition.city, edition, on)
    return actions.open_period(actor("ducha"), edition, on, items, national())


def _call(period: Period, number: str) -> Call:
    return Call.objects.get(period=period, commitment__number=number, division="")


def _target(call: Call) -> int:
    target = call.commitment.targets.first()
    assert target is not None
    return target.pk


def _filed(period: Period, number: str = "2.1", who: str = "jijiaolian", filled: Filled = WORDS) -> Report:
    return actions.file(actor(who), _call(period, number).pk, filled)


def test_a_period_asks_each_item_that_has_a_reason_once(period: Period) -> None:
    asked = queries.asked(period)
    assert {one.call.commitment_id for one in asked} == set(Commitment.objects.values_list("pk", flat=True))
    assert {one.call.why for one in asked} == {"milestone", "overdue"}  # 6月底前出台 is past
    assert queries.counts(period) == queries.Counts(len(asked), 0, len(asked), 0, 0)


def test_without_a_reason_nothing_is_asked_and_a_years_end_is_not_near_in_november(
    proposals: dict[str, Proposal],
) -> None:
    for proposal in proposals.values():
        confirm(actor("ducha"), proposal.pk, 1)
    edition = next(iter(proposals.values())).edition
    issued(edition.pk)
    on = date(2021, 9, 30)
    items = {item.row.pk: item for item in ledger.items(edition.city, edition, on)}
    asked = calls(items.values(), on, queries.before(edition, on))
    assert set(asked.values()) == {Call.Why.OVERDUE, Call.Why.FIRST}  # 6月底前出台 is past, the rest waits for numbers
    assert all(items[pk].stood for pk, why in asked.items() if why is Call.Why.FIRST)
    november = calls(items.values(), date(2021, 11, 30), queries.before(edition, on))
    assert set(november.values()) == {Call.Why.OVERDUE}  # a number nobody told is asked for when a quarter ends
    later = calls(items.values(), on, Before(reported=set(items), until=edition.until))
    assert {items[pk].row.due for pk in later} == {date(2021, 6, 30)}


def test_tv_22f_the_september_report_is_due_behind_the_october_holiday() -> None:
    assert reply_by(date(2020, 9, 30), national()) == date(2020, 10, 9)
    assert reply_by(date(2021, 8, 31), national()) == date(2021, 9, 6)  # the 5th is a Sunday


def test_the_next_period_asks_only_what_is_due_changed_behind_or_was_sent_back(period: Period) -> None:
    for one in queries.asked(period):
        who = {"JJ": "jijiao", "XQ": "xueqian"}.get(one.call.office, "ducha")
        actions.file(actor(who), one.call.pk, WORDS)
    edition, on = period.edition, date(2021, 10, 31)
    Milestone.objects.update(done=date(2021, 10, 20))
    Commitment.objects.filter(due__lt=on).update(judged="done")
    items = ledger.items(edition.city, edition, on)
    assert calls(items, on, queries.before(edition, on)) == {}
    row = Commitment.objects.get(number="2.1")
    Milestone.objects.create(commitment=row, name="完成分班", due=date(2021, 11, 15))
    late = Commitment.objects.get(number="1.1")
    Commitment.objects.filter(pk=late.pk).update(judged="behind")
    asked = calls(ledger.items(edition.city, edition, on), on, queries.before(edition, on))
    assert {pk: why.value for pk, why in asked.items()} == {row.pk: "milestone", late.pk: "behind"}


def test_standing_items_are_asked_twice_a_year_and_closed_ones_never(period: Period) -> None:
    row = next(one for one in Commitment.objects.all() if one.kind == "standing")
    item = ledger.Item(row, (), None)
    known = Before()
    assert calls([item], date(2021, 12, 31), known) == {row.pk: Call.Why.HALF_YEAR}
    assert calls([item], date(2021, 11, 30), known) == {}
    row.judged = "done"
    assert calls([item], date(2021, 12, 31), known) == {}


@pytest.mark.parametrize(
    ("on", "until", "said"),
    [
        (ON, None, "已经开过"),
        (date(2020, 12, 31), None, "要点开始之前"),
        (date(2021, 8, 31), date(2021, 9, 4), "不是工作日"),
        (date(2021, 8, 31), date(2021, 8, 30), "早于截至日"),
        (date(2999, 1, 31), None, "还没有到"),
    ],
)
def test_a_period_that_cannot_be_is_refused(period: Period, on: date, until: date | None, said: str) -> None:
    with witness.refused("reports.open", said):
        actions.open_period(
            actor("ducha"),
            period.edition,
            on,
            ledger.items(period.edition.city, period.edition, on),
            national(),
            until=until,
        )


def test_an_answer_goes_from_contact_to_head_to_leader_to_office(period: Period, city: City) -> None:
    call = _call(period, "2.1")
    told = Sum(Decimal("2.3"), ON, "学籍（当日）", numerator=Decimal(23), denominator=Decimal(1000))
    report = _filed(period, filled=replace(WORDS, sums={_target(call): told}, next_step="再分两个班"))
    assert report.stage == "filed"
    assert Commitment.objects.get(number="2.1").claimed == ""  # a contact claims nothing for his section
    report = actions.review(actor("jijiao"), report.pk, 1, "情况属实")
    report = actions.sign(actor("fenguan"), report.pk, report.version, "同意")
    before = Figure.objects.count()
    report = actions.verify(actor("ducha"), report.pk, report.version, Verified("现场核过"))
    row = Commitment.objects.get(number="2.1")
    assert (row.judged, row.judged_on, row.progress, row.next_step) == ("on_course", ON, WORDS.words, "再分两个班")
    assert [(one.step, one.by) for one in row.judgements.all()] == [
        ("self", "基教丁"), ("leader", "分管戊"), ("office", "督查甲"),
    ]  # fmt: skip
    amount = Amount.objects.get(report=report)
    assert (amount.reported, amount.verified, amount.published, amount.definition) == (
        Decimal("2.3"), Decimal("2.3"), None, "学籍（当日）",
    )  # fmt: skip
    figure = Figure.objects.latest("id")
    assert Figure.objects.count() == before + 1
    assert (figure.standing, figure.on, figure.value, figure.numerator) == ("verified", ON, Decimal("2.3"), Decimal(23))
    item, _ = ledger.judged(city, period.edition, date.today(), row)  # noqa: DTZ011 (the house keeps one zone)
    assert item.stood[0].status.measurement is not None
    assert item.stood[0].status.measurement.standing.value == "verified"


def test_no_step_is_skipped_and_each_belongs_to_its_own(period: Period) -> None:
    report = _filed(period)
    with witness.refused("reports.sign", "现在该科室负责人审核"):
        actions.sign(actor("fenguan"), report.pk, report.version, "同意")
    with witness.refused("reports.review", "没有这项权限"):
        actions.review(actor("jijiaolian"), report.pk, report.version, "属实")
    with witness.refused("reports.review", "不是这一项的牵头科室"):
        actions.review(actor("xueqian"), report.pk, report.version, "属实")
    with witness.refused("reports.review", "刚刚办理过"):
        actions.review(actor("jijiao"), report.pk, report.version + 1, "属实")
    with witness.refused("reports.review", "没有写意见"):
        actions.review(actor("jijiao"), report.pk, report.version, " ")
    with witness.refused("reports.file", "不是这一项的牵头科室"):
        actions.file(actor("xueqian"), report.call_id, WORDS, replaces=report.pk)


def test_another_verified_figure_owes_a_reason_and_both_stay(period: Period) -> None:
    call = _call(period, "2.1")
    report = _filed(period, who="jijiao", filled=replace(WORDS, sums={_target(call): Sum(Decimal("2.1"), ON)}))
    report = actions.sign(actor("fenguan"), report.pk, report.version, "同意")
    amount = report.amounts.get()
    with witness.refused("reports.verify", "没有写理由"):
        actions.verify(
            actor("ducha"), report.pk, report.version, Verified("核", None, {amount.pk: (Decimal("2.4"), "")})
        )
    actions.verify(
        actor("ducha"),
        report.pk,
        report.version,
        Verified("核", State.BEHIND, {amount.pk: (Decimal("2.4"), "漏报两个班")}),
    )
    amount.refresh_from_db()
    assert (amount.reported, amount.verified, amount.verified_why) == (Decimal("2.1"), Decimal("2.4"), "漏报两个班")
    assert Commitment.objects.get(number="2.1").judged == "behind"


def test_what_is_sent_back_is_corrected_in_a_new_row_and_the_old_one_stays(period: Period) -> None:
    report = _filed(period)
    sent = actions.send_back(actor("jijiao"), report.pk, report.version, "数据没有口径")
    assert queries.counts(period).answered == 0
    with witness.refused("reports.file", "刚刚有人报过"):
        actions.file(actor("jijiaolian"), report.call_id, WORDS)
    again = actions.file(actor("jijiaolian"), report.call_id, replace(WORDS, words="补充口径"), replaces=sent.pk)
    assert [(one.stage, one.words) for one in Report.objects.order_by("id")] == [
        ("replaced", WORDS.words), ("filed", "补充口径"),
    ]  # fmt: skip
    assert sent.passings.get().words == "数据没有口径"
    again = actions.review(actor("jijiao"), again.pk, again.version, "同意")
    again = actions.send_back(actor("fenguan"), again.pk, again.version, "请补佐证")
    assert Commitment.objects.get(number="2.1").judgements.latest("id").step == "back"
    with witness.refused("reports.back", "不能退回修改"):
        actions.send_back(actor("fenguan"), again.pk, again.version, "再退")


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (Filled("", State.DONE), "没有写进展"),
        (Filled("好", None), "没有选自评状态"),
        (Filled("好", State.BEHIND), "没有写存在问题"),
        (Filled("好", State.OVERDUE, "缺地"), "没有写下步措施"),
        (Filled("好" * 2001, State.DONE), "2001 字"),
    ],
)
def test_an_answer_that_lacks_something_says_what(period: Period, filled: Filled, said: str) -> None:
    with witness.refused("reports.file", said):
        _filed(period, filled=filled)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Sum(Decimal(-1), ON), "小于零"),
        (Sum(Decimal(1), date(2021, 10, 1)), "晚于截至日"),
        (Sum(Decimal(1), ON, numerator=Decimal(1)), "只填了一个"),
        (Sum(Decimal(1), ON, numerator=Decimal(1), denominator=Decimal(0)), "不大于零"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(period: Period, told: Sum, said: str) -> None:
    call = _call(period, "2.1")
    with witness.refused("reports.file", said):
        _filed(period, filled=replace(WORDS, sums={_target(call): told}))
    with witness.refused("reports.file", "别的事项的目标"):
        _filed(period, "1.1", "xueqian", replace(WORDS, sums={_target(call): Sum(Decimal(1), ON)}))


def test_a_signed_paper_is_entered_with_its_scan_and_the_names_on_it(period: Period) -> None:
    call = _call(period, "2.1")
    paper = Paper(SCAN, "反馈.pdf", "王科长", "李局长")
    report = actions.file(actor("ducha"), call.pk, WORDS, paper=paper)
    assert (report.stage, report.proxy) == ("signed", True)
    assert [(one.by, one.by_login, one.proxy) for one in report.passings.all()] == [
        ("王科长", "ducha", True), ("李局长", "ducha", True),
    ]  # fmt: skip
    assert [(one.step, one.by) for one in call.commitment.judgements.all()] == [
        ("self", "王科长"),
        ("leader", "李局长"),
    ]
    other = _call(period, "1.1")
    with witness.refused("reports.file", "不是扫描件"):
        actions.file(actor("ducha"), other.pk, WORDS, paper=Paper(b"MZ not a scan", "a.exe", "王", "李"))
    filed = actions.file(actor("ducha"), other.pk, WORDS)
    with witness.refused("reports.enter_signatures", "没有写清谁审核"):
        actions.enter_signatures(actor("ducha"), filed.pk, filed.version, Paper(SCAN, "反馈.pdf", "王科长", ""))
    entered = actions.enter_signatures(actor("ducha"), filed.pk, filed.version, paper)
    assert entered.stage == "signed"
    assert entered.signed_paper is not None


def test_nothing_new_is_one_click_for_many_and_keeps_what_was_said(period: Period) -> None:
    mine = [one.call.pk for one in queries.mine(actor("jijiao"), period)]
    assert len(mine) > 1
    assert actions.nothing_new(actor("jijiao"), period.pk, mine) == len(mine)
    assert set(Report.objects.values_list("stage", flat=True)) == {"noted"}
    with witness.refused("reports.nothing_new", "刚刚有人报过"):
        actions.nothing_new(actor("jijiao"), period.pk, mine)
    other = [one.call.pk for one in queries.asked(period) if one.call.office == "XQ"]
    with witness.refused("reports.nothing_new", "不是这一项的牵头科室"):
        actions.nothing_new(actor("jijiao"), period.pk, other)


def test_each_sees_only_what_is_his(period: Period) -> None:
    offices = {"jijiaolian": {"JJ"}, "xueqian": {"XQ"}}
    for login, own in offices.items():
        assert {one.call.office for one in queries.mine(actor(login), period)} == own
    assert queries.mine(actor("chayue"), period) == []
    assert queries.mine(actor("xianqu"), period) == []
    assert {one.call.commitment.leader for one in queries.mine(actor("fenguan"), period)} == {"乙副局长"}


def test_who_has_not_answered_is_named_in_protocol_order_with_what_is_owed(period: Period) -> None:
    before = queries.unanswered(period)
    assert [unit.name for unit in before] == ["学前教育科", "基础教育科", "人事科"]
    _filed(period)
    after = {unit.name: len(unit.owed) for unit in queries.unanswered(period)}
    assert after["基础教育科"] == len(before[1].owed) - 1


def test_a_county_answers_for_itself_and_the_section_adopts_it(proposals: dict[str, Proposal]) -> None:
    row = confirm(actor("ducha"), proposals["2.1"].pk, 1)
    row.divisions = ["990102", "990121"]
    row.due = date(2021, 9, 1)
    row.save()
    issued(row.edition_id)
    edition = row.edition
    items = ledger.items(edition.city, edition, ON)
    period = actions.open_period(actor("ducha"), edition, ON, items, national(), counties=True)
    own = queries.mine(actor("xianqu"), period)
    assert [one.call.division for one in own] == ["990121"]
    told = Filled("我县已全部消除", sums={row.targets.get().pk: Sum(Decimal("1.8"), ON)})
    report = actions.file(actor("xianqu"), own[0].call.pk, told)
    other = Call.objects.get(period=period, division="990102")
    with witness.refused("reports.file", "只报本单位的"):
        actions.file(actor("xianqu"), other.pk, Filled("替别人报"))
    with witness.refused("reports.adopt", "没有这项权限"):
        actions.adopt(actor("xianqu"), report.pk, report.version, "采用")
    report = actions.adopt(actor("jijiao"), report.pk, report.version, "采用")
    assert report.stage == "adopted"
    figure = Figure.objects.latest("id")
    assert (figure.division, figure.standing, figure.value) == ("990121", "reported", Decimal("1.8"))
    assert Commitment.objects.get(pk=row.pk).judged == ""


def _piece(call: Call, words: str, *, sure: bool = True, value: str = "2.2") -> Piece:
    doubts = () if sure else (Finding("第1段", "像两项", "一段只说一项", "请选定"),)
    sums = {_target(call): Sum(Decimal(value), ON)} if value else {}
    return Piece(
        "第1段",
        words,
        call.commitment_id,
        sure,
        words,
        (call.commitment_id,),
        State.ON_COURSE,
        sums=sums,
        doubts=doubts,
    )


def _brought(period: Period, *pieces: Piece, content: bytes = b"reply") -> list[Found]:
    reply = actions.bring(actor("ducha"), period.pk, Incoming(content, "基教科.txt", "基础教育科", "JJ", pieces))
    return list(reply.found.all())


def test_what_was_read_waits_lands_once_and_is_dropped_only_with_a_reason(period: Period) -> None:
    call = _call(period, "2.1")
    sure, unsure = _brought(period, _piece(call, "班额比例2.2%"), _piece(call, "另一段", sure=False))
    assert (sure.sure, unsure.sure) == (True, False)
    assert queries.counts(period).unread == 2
    (report,) = actions.land(
        actor("ducha"),
        [(sure.pk, Landing(call.commitment_id, replace(WORDS, sums={_target(call): Sum(Decimal("2.2"), ON)})))],
    )
    assert (report.stage, report.proxy, report.source_id) == ("filed", True, sure.reply.file_id)
    with witness.refused("reports.land", "一条只办一次"):
        actions.land(actor("ducha"), [(sure.pk, Landing(call.commitment_id, WORDS))])
    with witness.refused("reports.drop", "没有写理由"):
        actions.drop(actor("ducha"), unsure.pk, "")
    actions.drop(actor("ducha"), unsure.pk, "重复")
    assert queries.counts(period).unread == 0
    with witness.refused("reports.bring", "已经收过"):
        _brought(period, _piece(call, "班额比例2.2%"))
    with witness.refused("reports.bring", "没有读到"):
        _brought(period, content=b"empty")


def test_landing_is_all_or_nothing_and_never_takes_another_items_figure(period: Period) -> None:
    one, other = _call(period, "2.1"), _call(period, "1.1")
    first, second = _brought(period, _piece(one, "甲"), _piece(other, "乙"))
    stray = replace(WORDS, sums={_target(one): Sum(Decimal(1), ON)})
    with witness.refused("reports.land", "别的事项"):
        actions.land(
            actor("ducha"),
            [(first.pk, Landing(one.commitment_id, WORDS)), (second.pk, Landing(other.commitment_id, stray))],
        )
    actions.file(actor("jijiao"), one.pk, WORDS)
    with witness.refused("reports.land", "须先退回"):
        actions.land(actor("ducha"), [(first.pk, Landing(one.commitment_id, WORDS))])
    (noted,) = actions.land(actor("ducha"), [(second.pk, Landing(other.commitment_id, None))])
    assert noted.stage == "noted"


def test_a_closed_period_takes_no_more_and_keeps_who_owed(period: Period) -> None:
    with witness.refused("reports.close", "刚刚办理过"):
        actions.close_period(actor("ducha"), period.pk, 9)
    actions.close_period(actor("ducha"), period.pk, period.version)
    with witness.refused("reports.file", "已经结束"):
        _filed(period)
    with witness.refused("reports.close", "已经结束"):
        actions.close_period(actor("ducha"), period.pk, period.version + 1)
