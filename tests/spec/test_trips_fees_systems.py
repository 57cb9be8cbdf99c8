"""研学旅行, 教育乱收费, 等级保护: M5.4, M29.6, M32.7: three procedures more, at the cost of a file each."""

from datetime import date

import pytest

from luoshi.declared.procedures.fee_cases import FeeCase
from luoshi.declared.procedures.network_systems import GradedSystem, GradedSystems, Vulnerability
from luoshi.declared.procedures.study_trips import StudyBase, StudyBases, StudyTrip
from luoshi.handling.registers import Span, entered
from luoshi.words.errors import RefusedError
from tests.case_files import File

TRIP = {
    "name": "走进演示博物馆（虚构）", "base": "演示博物馆（虚构）", "grade": "七年级", "pupils": "240", "teachers": "16", "leaves_on": "2020-10-20",
    "back_on": "2020-10-21", "agency": "自行组织", "transport": "bus", "licence": "豫运1", "insurance": "保单", "fee": "120", "waived": "9",
    "emergency": "预案", "consent": "告家长书",
}  # fmt: skip
BASE = {
    "base": "演示基地（虚构）", "address": "演示镇", "level": "city", "kind": "first", "application": "材料", "courses": "6",
}  # fmt: skip
FEE = {
    "source_of": "complaint", "found_on": "2020-09-07", "school_unit": "3141000001", "charge": "lesson", "matter": "周末补课收费", "who": "匿名",
}  # fmt: skip
PROVED = {
    "verdict": "true", "checkers": "2", "facts": "属实", "pupils": "48", "amount": "28800", "order_no": "1", "due_on": "2020-10-15",
}  # fmt: skip
SYSTEM = {
    "system": "演示学籍库（虚构）", "grade": "three", "kind": "first", "owner_unit": "DJ", "contact": "演示人", "phone": "13800000000",
    "report": "定级报告",
}  # fmt: skip
NOTICE = {
    "notice_no": "网通1", "told_on": "2020-09-07", "system": "演示门户（虚构）", "weight_of": "grave", "what": "弱口令", "owner_unit": "DJ",
}  # fmt: skip


def test_a_trip_is_approved_by_two_of_the_county_and_closed_ten_working_days_after_its_return() -> None:
    with pytest.raises(RefusedError, match="车辆营运资质编号"):
        File(StudyTrip, "unit", "2020-10-09", {**TRIP, "licence": ""})
    file = File(StudyTrip, "unit", "2020-10-09", TRIP)
    assert file.last == "2020-10-19"
    file.do("approve", "county", "2020-10-13", opinion="同意")
    assert (file.state, file.last) == ("已批准", "2020-11-04")
    with pytest.raises(RefusedError, match="事件经过和处理"):
        file.do("close", "unit", "2020-10-26", went="236", incident="yes", summary="完成")
    assert file.do("close", "unit", "2020-10-26", went="236", incident="no", summary="完成").state == "已总结"


def test_a_base_is_visited_by_three_and_listed_for_three_years() -> None:
    file = File(StudyBase, "county", "2020-09-01", BASE)
    told = {"visited_on": "2020-09-15", "finding": "合格"}
    with pytest.raises(RefusedError, match="不少于3人"):
        file.do("visit", "host", "2020-09-16", experts="2", **told)
    file.do("visit", "host", "2020-09-16", experts="3", **told).do("list_it", "host", "2020-09-30", document="1")
    assert entered(StudyBases, file.case.held, date(2020, 9, 30)) == Span(date(2020, 9, 30), date(2023, 9, 30))


def test_what_was_taken_is_paid_back_and_proved_before_another_hand_closes_it_and_repetition_is_known() -> None:
    file = File(FeeCase, "host", "2020-09-07", FEE).do("give", "host", "2020-09-08", handler_unit="CW")
    assert file.last == "2020-09-27"
    with pytest.raises(RefusedError, match="只在“核查结论”为违规"):
        file.do("order", "handler", "2020-09-20", **{**PROVED, "verdict": "untrue"})
    file.do("order", "handler", "2020-09-20", **PROVED)
    assert (file.state, file.last) == ("退还中", "2020-10-15")
    file.do("pay", "handler", "2020-10-10", refunded="20000", refund="凭证", why_short="6人未联系上")
    file.do("back", "host", "2020-10-12", facts="继续联系", due_on="2020-10-30")
    file.do("pay", "handler", "2020-10-28", refunded="28800", refund="凭证", why_short="无")
    file.do("close", "host", "2020-10-30", punished="批评教育", answer="已答复")
    assert file.state == "已退还，已处理"
    file.do("reopen", "oversight", "2021-03-10", found_on="2021-03-09", matter="又收费", reason="再次投诉")
    assert (file.state, file.last) == ("核查中", "2021-03-30")


def test_the_school_complained_of_does_not_look_into_itself() -> None:
    with pytest.raises(RefusedError, match="不交该单位办理"):
        File(FeeCase, "host", "2020-09-07", FEE).do("give", "host", "2020-09-08", handler_unit="3141000001")


@pytest.mark.parametrize(("grade", "until"), [("three", date(2021, 11, 2)), ("two", date(2022, 11, 2))])
def test_a_test_of_grade_three_holds_a_year_and_one_of_grade_two_two(grade: str, until: date) -> None:
    file = File(GradedSystem, "host", "2020-09-01", {**SYSTEM, "grade": grade})
    assert file.last == "2020-10-09"
    file.do("register", "handler", "2020-09-20", filing_no="公1")
    file.do("list_it", "handler", "2020-11-05", tested_on="2020-11-02", test_report="报告", verdict="pass")
    assert entered(GradedSystems, file.case.held, date(2020, 11, 5)) == Span(date(2020, 11, 2), until)


def test_a_grave_hole_is_mended_the_next_working_day_and_tested_by_another() -> None:
    file = File(Vulnerability, "host", "2020-09-07", NOTICE).do("hurry", "host", "2020-09-07", cut_off="yes")
    assert file.last == "2020-09-08"
    file.do("mend", "handler", "2020-09-08", measure="改口令", report="报告")
    file.do("fail", "host", "2020-09-08", tested_on="2020-09-08", finding="仍可登录")
    file.do("mend", "handler", "2020-09-09", measure="停用账号", report="报告")
    assert file.do("close", "host", "2020-09-09", tested_on="2020-09-09", finding="已消除").state == "已消除"
