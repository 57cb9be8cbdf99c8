"""督导意见书, 行政审批, 校外培训: domain.md §14, M13.6, M12.4, M31.2, M8.4, and their edge cases."""

from datetime import date

import pytest

from luoshi.declared.procedures.approvals import Approval
from luoshi.declared.procedures.opinion_letters import OpinionLetter, SupervisionReports
from luoshi.declared.procedures.training_institutions import (
    TrainingBlacklist,
    TrainingComplaint,
    TrainingInspection,
    TrainingLicence,
    TrainingLicences,
)
from luoshi.handling.permitting import EXTEND, PAUSE, RESUME
from luoshi.handling.registers import Span, Standing, renewed, standing_on
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.case_files import File

VISIT = {
    "topic": "教师工资专项督导", "kind": "special", "supervised": "314102", "visited_on": "2020-09-01", "inspectors": "3", "recused": "无",
}  # fmt: skip
LETTER = {
    "answer_to_defence": "采纳一条", "letter": "意见书", "letter_no": "星教督〔2020〕3号", "items": "4", "due_on": "2020-11-30",
}  # fmt: skip
APPLIED = {
    "item": "school", "applicant": "演示申请人", "contact": "13800000000", "way": "window", "applied_on": "2020-09-01", "materials": "材料",
}  # fmt: skip
DECIDED = {"verdict": "yes", "document": "许可证", "document_no": "1"}
DELIVERED = {"delivered_on": "2020-09-25", "delivered_by": "window", "visits": "1"}
COMPLAINT = {
    "who": "演示家长", "institution": "演示培训机构（虚构）", "topic": "refund", "matter": "关门不退费", "claimed": "5400", "prepaid_months": "12",
}  # fmt: skip
INSPECTED = {
    "institution": "演示培训机构（虚构）", "address": "演示路2号", "visited_on": "2020-09-01", "officers": "4", "partners": "市场监管、消防、民政",
    "licensed": "yes", "problem": "prepaid", "facts": "一次收12个月", "prepaid_months": "12",
}  # fmt: skip


def correcting() -> File:
    file = File(OpinionLetter, "host", "2020-09-01", VISIT)
    file.do("feed_back", "host", "2020-09-10", preliminary="初步意见", told_on="2020-09-10")
    return file.do("defend", "handler", "2020-09-18", defence="津贴已补发").do("issue", "host", "2020-09-28", **LETTER)


def failed(file: File, on: str) -> File:
    return file.do("correct", "handler", on, corrected="报告").do("fail", "host", on, verified_on=on, verified="仍欠")


def test_a_letter_goes_from_the_visit_over_the_defence_to_the_verified_and_published_report() -> None:
    file = correcting()
    assert (file.state, file.last) == ("整改中", "2020-11-30")
    file.do("correct", "handler", "2020-11-20", corrected="报告")
    told = {"verified_on": "2020-12-01", "verified": "属实", "report": "督导报告", "published": "局网站"}
    file.do("verify", "host", "2020-12-01", **told)
    assert (file.state, file.course.ways["verify"].enters) == ("已核查、已公布", SupervisionReports.key)


def test_two_inspectors_are_too_few_and_who_stays_silent_is_taken_as_not_defending() -> None:
    with pytest.raises(RefusedError, match="3名以上督学"):
        File(OpinionLetter, "host", "2020-09-01", {**VISIT, "inspectors": "2"})
    file = File(OpinionLetter, "host", "2020-09-01", VISIT)
    file.do("feed_back", "host", "2020-09-10", preliminary="初步意见", told_on="2020-09-10")
    assert file.last == "2020-09-24"
    assert file.wait("2020-09-25").state == "待发意见书"


def test_each_failure_goes_one_step_harder_talk_then_circular_then_referral() -> None:
    file = failed(correcting(), "2020-11-20")
    for act in ("circulate", "refer"):
        with pytest.raises(RefusedError):
            file.do(
                act,
                "host",
                "2020-11-25",
                circulated="1",
                circular_no="1",
                due_on="2021-01-31",
                referred_to="监委",
                referral="函",
            )
    file.do("talk", "host", "2020-11-25", talked="1", talk_record="记录", due_on="2020-12-31")
    failed(file, "2020-12-30").do(
        "circulate", "host", "2021-01-05", circulated="1", circular_no="1", due_on="2021-02-26"
    )
    assert file.wait("2021-03-01").state == "整改不到位"
    assert file.do("refer", "host", "2021-03-02", referred_to="市监委", referral="函").state == "已移送问责"


def test_what_is_not_said_to_be_missing_within_five_working_days_is_accepted_as_of_its_receipt() -> None:
    file = File(Approval, "citizen", "2020-09-01", APPLIED)
    assert file.last == "2020-09-08"
    assert (file.wait("2020-09-09").state, file.last) == ("视为受理，审查中", "2020-09-28")
    file.do("assign_presumed", "host", "2020-09-10", section="MB").do("decide", "handler", "2020-09-25", **DECIDED)
    assert file.state == "待送达"


def test_materials_are_asked_for_once_only() -> None:
    file = File(Approval, "citizen", "2020-09-01", APPLIED).do("notify", "host", "2020-09-03", notice="告知书")
    file.do("supply", "citizen", "2020-09-15", materials="补正材料", applied_on="2020-09-15")
    assert (file.state, file.last) == ("已补正", "2020-09-22")
    with pytest.raises(RefusedError, match="“一次性告知补正”从已收件办起"):
        file.do("notify", "host", "2020-09-16", notice="再告知")
    assert file.do("accept", "host", "2020-09-16", receipt="1", section="MB").state == "审查中"


def test_twenty_working_days_stand_still_for_an_expert_review_and_ten_more_need_the_leader() -> None:
    file = File(Approval, "host", "2020-09-01", APPLIED).do("accept", "host", "2020-09-02", receipt="1", section="MB")
    assert file.last == "2020-09-29"
    file.do(PAUSE, "leader", "2020-09-07", reason="专家评审").do(RESUME, "leader", "2020-09-14", reason="评审结束")
    assert file.last == "2020-10-13"
    assert file.do(EXTEND, "leader", "2020-10-09", reason="复杂").last == "2020-10-27"


def test_a_poor_rating_opens_its_own_five_days_and_another_hand_answers_it() -> None:
    file = File(Approval, "host", "2020-09-01", APPLIED).do("accept", "host", "2020-09-02", receipt="1", section="MB")
    file.do("decide", "handler", "2020-09-22", **DECIDED).do("deliver", "host", "2020-09-25", **DELIVERED)
    with pytest.raises(RefusedError, match="只在“评价”为"):
        file.do("rate", "citizen", "2020-09-27", stars="1")
    file.do("rate_poor", "citizen", "2020-09-27", stars="2", complaint="跑了三次")
    assert (file.state, file.last) == ("差评处理中", "2020-10-10")
    told = {"called_on": "2020-09-28", "true": "yes", "settled": "已道歉并改表"}
    with pytest.raises(RefusedError, match="办过“送达”的人不办"):
        file.do("settle", "host", "2020-09-28", **told)
    assert file.do("settle", "host", "2020-09-28", "另一人", **told).state == "差评已办结"


def test_a_refusal_says_why_and_an_unrated_delivery_is_closed_by_itself() -> None:
    file = File(Approval, "host", "2020-09-01", APPLIED).do("accept", "host", "2020-09-02", receipt="1", section="MB")
    with pytest.raises(RefusedError, match="不予受理、不予许可的理由"):
        file.do("decide", "handler", "2020-09-22", **{**DECIDED, "verdict": "no"})
    file.do("decide", "handler", "2020-09-22", **{**DECIDED, "verdict": "no"}, why_not="场地不足；可申请行政复议")
    file.do("deliver", "host", "2020-09-25", **DELIVERED)
    assert file.wait("2020-12-01").state == "已办结"


def test_a_licence_ends_on_the_day_it_says_and_its_end_is_told_three_months_before() -> None:
    told = {
        "institution": "演示培训机构（虚构）",
        "address": "演示路2号",
        "kind": "first",
        "area": "3.2",
        "teachers": "8",
        "application": "材料",
    }
    checked = {"checked_on": "2020-09-05", "fire": "ok", "market": "ok", "finding": "合格"}
    file = File(TrainingLicence, "county", "2020-09-01", told).do("check", "county", "2020-09-07", **checked)
    file.do("grant", "county", "2020-09-10", licence_no="1", until="2023-09-09")
    span = Span(date(2020, 9, 10), date(2023, 9, 9))
    assert standing_on(TrainingLicences, span, date(2023, 6, 8), national()) is Standing.VALID
    assert standing_on(TrainingLicences, span, date(2023, 6, 9), national()) is Standing.NEAR
    assert standing_on(TrainingLicences, span, date(2023, 9, 10), national()) is Standing.LAPSED
    again = renewed(TrainingLicences, {"until": "2026-09-09"}, date(2023, 8, 1), span)
    assert again == Span(date(2023, 9, 10), date(2026, 9, 9))


def test_a_refund_is_told_in_yuan_and_who_is_not_content_is_heard_again() -> None:
    with pytest.raises(RefusedError, match="要求退还金额"):
        File(TrainingComplaint, "citizen", "2020-09-01", {**COMPLAINT, "claimed": ""})
    file = File(TrainingComplaint, "citizen", "2020-09-01", COMPLAINT).do("give", "host", "2020-09-02", county="314102")
    with pytest.raises(RefusedError, match="退还金额"):
        file.do("reply", "handler", "2020-09-10", result="repaid", answer="已退")
    file.do("reply", "handler", "2020-09-10", result="repaid", answer="已退", repaid="2000")
    file.do("again", "citizen", "2020-09-11", satisfied="no", matter="还差3400元")
    file.do("reply", "handler", "2020-09-18", result="court", answer="调解不成，可诉讼")
    assert file.do("rate", "citizen", "2020-09-20", satisfied="fair").state == "已办结"


def test_more_than_three_months_ahead_is_ordered_back_and_not_mending_is_put_on_the_black_list() -> None:
    with pytest.raises(RefusedError, match="一次收费超过3个月"):
        File(TrainingInspection, "county", "2020-09-01", {**INSPECTED, "prepaid_months": "3"})
    file = File(TrainingInspection, "county", "2020-09-01", INSPECTED)
    with pytest.raises(RefusedError, match="只在“问题”为未发现"):
        file.do("pass_it", "county", "2020-09-02")
    file.do("order", "county", "2020-09-02", order_no="1", due_on="2020-09-30").wait("2020-10-09")
    assert file.state == "整改不到位"
    file.do("blacklist", "county", "2020-10-12", reason="拒不整改", decision_no="1")
    assert (file.state, file.course.ways["blacklist"].enters) == ("已列入黑名单", TrainingBlacklist.key)
    assert {one.label for one in TrainingBlacklist.public} == {"机构名称", "地址", "列入原因"}
