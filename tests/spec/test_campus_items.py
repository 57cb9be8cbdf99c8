"""进校园事项: domain.md §15, TV-15a to d by number, and its edge cases."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.checking.burdens import Reach, beyond, cap, loaded, loads, overlap
from luoshi.declared.procedures.burden_list import BurdenBreach, BurdenEntry
from luoshi.declared.procedures.campus_items import CampusItem, CampusItems
from luoshi.handling.registers import Span, entered
from luoshi.words.errors import RefusedError
from tests.case_files import File

HALF = Decimal("0.5")
ITEM = {
    "item": "校园食堂安全检查", "kind": "inspection", "route": "annual", "sponsor_unit": "安全科", "sponsor_kind": "bureau",
    "basis": "星教〔2020〕1号（虚构）", "objects": "市直20所学校", "begins_on": "2021-03-01", "ends_on": "2021-03-31", "site_days": "1",
    "materials": "无", "whole": "no",
}  # fmt: skip
TWENTY = frozenset(f"3141{at:06d}" for at in range(20))


def filed(**told: str) -> File:
    return File(CampusItem, "sponsor", "2020-11-20", {**ITEM, **told})


def test_tv_15a_of_24_items_at_a_baseline_of_46_one_is_rejected() -> None:
    assert (cap(46, HALF), beyond(24, 46, HALF), beyond(23, 46, HALF)) == (23, 1, 0)


def test_tv_15b_an_odd_baseline_rounds_down() -> None:
    assert (cap(45, HALF), beyond(22, 45, HALF), beyond(23, 45, HALF)) == (22, 0, 1)


def test_tv_15c_a_contest_of_another_department_without_the_consent_of_education_is_rejected() -> None:
    contest = {"item": "环保知识竞赛", "kind": "campus", "sponsor_unit": "生态环境局", "sponsor_kind": "other"}
    with pytest.raises(RefusedError) as refused:
        filed(**contest)
    (finding,) = refused.value.findings
    assert (finding.where, finding.rule) == ("商教育部门的意见", "“申报单位类型”为其他部门时必填")
    assert filed(**contest, consent="复函").state == "已申报"


def test_tv_15d_two_items_on_canteens_at_the_same_schools_in_one_month_are_to_be_merged() -> None:
    one = Reach("校园食堂安全检查", frozenset(), frozenset(), frozenset({3}), TWENTY)
    other = Reach("学校食堂专项督查", frozenset(), frozenset(), frozenset({3}), TWENTY)
    assert overlap(one, other) == "食堂"
    assert overlap(one, Reach("学校食堂专项督查", frozenset(), frozenset(), frozenset({4}), TWENTY)) == ""
    assert overlap(one, Reach("学校食堂专项督查", frozenset(), frozenset(), frozenset({3}), frozenset({"x"}))) == ""
    assert overlap(one, Reach("校车检查", frozenset(), frozenset(), frozenset({3}), TWENTY)) == ""
    assert filed().do("merge", "host", "2020-12-01", into="2021-食堂-1").state == "已归并"


def test_a_school_that_is_visited_more_than_four_times_a_term_is_told() -> None:
    visits = [("A", date(2021, 3, at)) for at in range(1, 6)] + [("B", date(2021, 3, 1)), ("A", date(2021, 9, 1))]
    term = date(2021, 2, 15), date(2021, 7, 10)
    assert loads(visits, *term) == {"A": 5, "B": 1}
    assert loaded(visits, *term, 4) == {"A": 5}


def test_the_second_comprehensive_check_of_a_department_in_one_year_is_told() -> None:
    checks = [("AQ", date(2021, 3, 1)), ("AQ", date(2021, 10, 8)), ("DD", date(2021, 4, 1)), ("DD", date(2020, 4, 1))]
    assert loaded(checks, date(2021, 1, 1), date(2021, 12, 31), 1) == {"AQ": 2}
    with pytest.raises(RefusedError, match="是否综合性督查检查"):
        filed(whole="")


def test_an_annual_item_goes_over_council_and_approval_to_the_list_with_its_number_and_lapses_on_its_last_day() -> None:
    file = (
        filed()
        .do("check", "host", "2020-12-01", opinion="列入")
        .do("council", "host", "2020-12-20", minutes="星教党组纪〔2020〕12号", met_on="2020-12-18")
    )
    file.do("publish", "host", "2021-01-15", approval="批复", filing_no="校备〔2021〕7号")
    assert (file.state, file.last) == ("已公布，执行中", "2021-04-30")
    assert entered(CampusItems, file.case.held, date(2021, 1, 15)) == Span(date(2021, 1, 15), date(2021, 3, 31))
    assert file.do("sum_up", "sponsor", "2021-04-20", summary="检查20所", visited="20").state == "已总结"


def test_without_a_filing_number_nothing_is_published() -> None:
    file = (
        filed(route="single").do("check", "host", "2021-05-06", opinion="一事一批").do("single", "host", "2021-05-07")
    )
    with pytest.raises(RefusedError, match="备案号"):
        file.do("publish", "host", "2021-05-10", approval="批复")
    with pytest.raises(RefusedError, match="列入年度计划"):
        filed(route="single").do("check", "host", "2021-05-06", opinion="同意").do(
            "council", "host", "2021-05-07", minutes="1", met_on="2021-05-06"
        )


def test_an_emergency_starts_first_and_is_filed_within_three_working_days() -> None:
    file = filed(route="emergency").do(
        "begin_at_once", "sponsor", "2020-11-20", acted_on="2020-11-19", urgency="学校聚集性疫情（演示数据，虚构）"
    )
    assert (file.state, file.last) == ("先行开展，待补备案", "2020-11-24")
    assert file.do("file_after", "sponsor", "2020-11-24", opinion="补报").state == "待报批"
    with pytest.raises(RefusedError, match="应急先行"):
        filed().do("begin_at_once", "sponsor", "2020-11-20", acted_on="2020-11-19", urgency="无")


def test_what_a_higher_office_filed_is_passed_on_once_with_its_number() -> None:
    file = filed(route="upper").do("pass_on", "host", "2021-01-10", filing_no="豫校备〔2021〕3号（虚构）")
    assert (file.state, file.case.held["filing_no"]) == ("已公布，执行中", "豫校备〔2021〕3号（虚构）")


def test_borrowed_teachers_are_told_by_number_and_days() -> None:
    with pytest.raises(RefusedError, match=r"抽调教师人数(.|\n)*每人抽调天数"):
        filed(kind="borrowing")
    assert filed(kind="borrowing", teachers="3", teacher_days="10").state == "已申报"


def test_an_entry_of_the_burden_list_is_published_after_opinions_and_a_breach_is_answered_and_checked() -> None:
    entry = File(
        BurdenEntry,
        "host",
        "2020-06-01",
        {"entry": "不得要求教师扫码打卡留痕", "owner_unit": "BGS", "basis": "中办国办 2019"},
    )
    entry.do("consult", "host", "2020-06-02", asked_of="各县(市、区)和教师代表").do(
        "gather", "host", "2020-06-16", opinions="采纳12条"
    ).do("publish", "host", "2020-06-30", document="星教办〔2020〕20号")
    assert entry.state == "已公布"
    breach = File(
        BurdenBreach, "citizen", "2020-10-12", {"asked_by": "AQ", "met_on": "2020-10-11", "what": "每天在群里晒照片"}
    ).do("give", "host", "2020-10-13", given_to="BGS")
    assert breach.last == "2020-11-03"
    breach.do("answer", "handler", "2020-10-20", held="yes", handling="已撤销要求")
    assert breach.do("check", "oversight", "2020-12-30").state == "已核查"
    with pytest.raises(RefusedError, match="不交该单位办理"):
        File(BurdenBreach, "citizen", "2020-10-12", {"asked_by": "AQ", "met_on": "2020-10-11", "what": "打卡"}).do(
            "give", "host", "2020-10-13", given_to="AQ"
        )
