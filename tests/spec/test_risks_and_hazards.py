"""双重预防: domain.md §12 by number, its edge cases, and a story of each procedure."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.declared.procedures.hazards import Hazard
from luoshi.declared.procedures.risks import RiskListing, RiskPoint, RiskReview
from luoshi.declared.safety import RISK_EDGES
from luoshi.handling.courses import course, read_back, written
from luoshi.handling.grading import (
    COLOURS,
    CONTROLS,
    Grade,
    Point,
    control,
    danger,
    four_colours,
    graded,
    lec,
    ls,
    point_of,
)
from luoshi.handling.permitting import EXTEND, SIGN
from luoshi.handling.registers import last_day
from luoshi.words.errors import RefusedError
from tests.spec.filed import BUILDER, CITY, COUNTY_CLERK, COUNTY_SECOND, HEAD, SCHOOL, SECOND, Filed

LISTING, REVIEW, HAZARD = course(RiskListing), course(RiskReview), course(Hazard)
EDGES = {one.key: one.value for one in RISK_EDGES}
DAY = date(2020, 9, 14)
FOUND = {
    "code": "星-01", "place": "实验楼201", "activity": "化学实验", "category": "chemicals", "danger": "酸碱灼伤（演示数据，虚构）",
    "method": "lec", "direct": "no", "likelihood": "3", "exposure": "6", "consequence": "15",
}  # fmt: skip
PLAN = {"managing": "双人双锁", "owner": "化学教师"}
LEFT = {"left_likelihood": "1", "left_exposure": "6", "left_consequence": "7"}
CRACK = {
    "found": "self",
    "found_on": "2020-09-14",
    "category": "building",
    "place": "二号楼梯",
    "matter": "扶手松动（演示数据，虚构）",
}
MAJOR = {"level": "major", "stopped_on": "2020-09-14", "photo_before": "照片"}
FIVE = {"duty": "王校长", "measures": "加固", "money": "50000", "plan_due": "2020-10-30", "emergency": "预案"}
MENDED = {"mended_on": "2020-09-16", "mended": "已加固"}
CHECKED = {"checked_on": "2020-09-17", "checkers": "验收人"}


def listing(**told: str) -> Filed:
    return Filed(LISTING, {**FOUND, **told}, DAY, SCHOOL)


def hazard(**told: str) -> Filed:
    return Filed(HAZARD, {**CRACK, "level": "general", **told}, DAY, SCHOOL)


def fixing(**told: str) -> Filed:
    file = hazard(**told).do("assign", COUNTY_CLERK, DAY, handler_unit="S1")
    return file.do("start", SCHOOL, DAY, measures="加固", duty="总务主任")


def major() -> Filed:
    return hazard(**MAJOR).do("assign_major", COUNTY_CLERK, DAY, handler_unit="S1", board="county")


# 分级 --------------------------------------------------------------------------------------------------------------------


def test_tv_12a_an_lec_of_270_is_a_high_danger_and_orange() -> None:
    value = lec("3", "6", "15")
    grade = graded(value, EDGES, "lec")
    assert (value, danger(value, EDGES), COLOURS[grade]) == (270, "高度危险", "橙")


@pytest.mark.parametrize(
    ("told", "value", "colour"),
    [(("6", "6", "7"), 252, "橙"), (("3", "10", "15"), 450, "红"), (("1", "6", "7"), 42, "蓝")],
)
def test_tv_12b_three_grades_by_lec(told: tuple[str, str, str], value: int, colour: str) -> None:
    assert (lec(*told), COLOURS[graded(lec(*told), EDGES, "lec")]) == (value, colour)


@pytest.mark.parametrize(
    ("told", "value", "colour"),
    [(("4", "4"), 16, "橙"), (("5", "2"), 10, "黄"), (("3", "3"), 9, "黄"), (("2", "4"), 8, "蓝")],
)
def test_tv_12c_four_grades_by_ls(told: tuple[str, str], value: int, colour: str) -> None:
    assert (ls(*told), COLOURS[graded(ls(*told), EDGES, "ls")]) == (value, colour)


@pytest.mark.parametrize(
    ("value", "grade", "word"),
    [
        (320, Grade.MAJOR, "极其危险"), (319, Grade.LARGER, "高度危险"), (160, Grade.LARGER, "高度危险"), (159, Grade.GENERAL, "显著危险"),
        (70, Grade.GENERAL, "显著危险"), (69, Grade.LOW, "一般危险"), (20, Grade.LOW, "一般危险"), (19, Grade.LOW, "稍有危险"),
    ],
)  # fmt: skip
def test_an_edge_belongs_to_the_grade_above_it(value: int, grade: Grade, word: str) -> None:
    assert (graded(Decimal(value), EDGES, "lec"), danger(Decimal(value), EDGES)) == (grade, word)


@pytest.mark.parametrize("told", ["4", "0.3", "", "很可能", "NaN", "-3", "1e400"])
def test_a_likelihood_outside_the_table_is_refused_and_nothing_is_interpolated(told: str) -> None:
    with pytest.raises(RefusedError, match="不取中间值"):
        lec(told, "6", "15")
    with pytest.raises(RefusedError, match="只取表中的值1、2、3、4、5"):
        ls("6", "1")
    with pytest.raises(RefusedError, match="可能性L"):
        listing(likelihood=told)


def test_a_higher_level_of_control_includes_the_lower_ones() -> None:
    assert [CONTROLS[control(one)] for one in Grade] == [
        "学校主要负责人（含部门、岗位）", "学校主要负责人（含部门、岗位）", "部门（含岗位、班级）", "岗位、班级"
    ]  # fmt: skip


def test_a_low_point_with_an_open_major_hazard_shows_red_and_the_reddest_stand_first() -> None:
    low, orange = Point("1", "甲楼", "用电", Grade.LOW), Point("2", "乙楼", "实验", Grade.LARGER, Grade.GENERAL)
    assert [(one.point.code, one.shown, one.hazard) for one in four_colours([low, orange], {"1"})] == [
        ("1", Grade.MAJOR, True), ("2", Grade.GENERAL, False)
    ]  # fmt: skip
    assert [one.shown for one in four_colours([low, orange], ())] == [Grade.GENERAL, Grade.LOW]


# 风险点 ------------------------------------------------------------------------------------------------------------------


def test_the_sheet_is_drawn_from_what_the_list_holds() -> None:
    file = listing().do("plan", SCHOOL, DAY, **PLAN, **LEFT, leader="李校长", emergency="冲洗、送医")
    point = point_of(file.held)
    assert point == Point("星-01", "实验楼201", "化学实验", Grade.LARGER, Grade.LOW)
    assert [one.shown for one in four_colours([point, point_of(listing().held)], {"星-02"})] == [
        Grade.LARGER,
        Grade.LOW,
    ]


def test_graded_anew_by_the_other_method_what_was_left_is_no_longer_known() -> None:
    file = listing().do("plan", SCHOOL, DAY, **PLAN, **LEFT, leader="李校长", emergency="冲洗、送医")
    file.do("regrade", SCHOOL, DAY, method="ls", direct="no", likelihood_five="2", severity_five="4")
    assert (file.held["inherent"], "left_score" in file.held, "residual" in file.held) == ("low", False, False)
    file.do("plan", SCHOOL, DAY, **PLAN, left_likelihood_five="1", left_severity_five="4")
    assert (file.held["left_score"], file.held["residual"]) == ("4", "low")


def test_a_point_is_graded_by_nobody_listed_and_keeps_both_grades() -> None:
    file = listing(inherent="low", score="1", level="post")
    assert (file.held["score"], file.held["inherent"], file.held["level"]) == ("270", "larger", "school")
    with pytest.raises(RefusedError) as refused:
        file.do("plan", SCHOOL, DAY, **PLAN, **LEFT)
    assert [one.where for one in refused.value.findings] == ["学校主要负责人", "应急措施"]
    file.do("plan", SCHOOL, DAY, **PLAN, **LEFT, leader="李校长", emergency="冲洗、送医")
    assert (file.held["inherent"], file.held["left_score"], file.held["residual"]) == ("larger", "42", "low")
    assert file.may(SCHOOL, DAY) == {"regrade", "enter"}
    assert file.do("enter", SCHOOL, DAY).state == "listed"


def test_a_point_judged_major_outright_is_listed_with_the_countys_signature() -> None:
    file = listing(direct="banned").do("plan", SCHOOL, DAY, **PLAN, **LEFT, leader="李校长", emergency="停用")
    assert (file.held["inherent"], file.held["residual"], file.held["score"]) == ("major", "major", "270")
    assert file.may(SCHOOL, DAY) == {"regrade", "enter_major"}
    file.do("enter_major", SCHOOL, DAY)
    assert file.state == "controlled"
    assert file.do(SIGN, COUNTY_CLERK, DAY).state == "listed"


def test_by_ls_the_five_are_asked_and_the_other_table_is_not() -> None:
    file = Filed(LISTING, {**FOUND, "method": "ls", "likelihood_five": "4", "severity_five": "4"}, DAY, SCHOOL)
    assert (file.held["score"], file.held["inherent"]) == ("16", "larger")
    with pytest.raises(RefusedError, match="可能性L（1至5）"):
        listing(method="ls")


def test_a_case_is_graded_by_the_edges_it_began_with_and_a_bureau_sets_its_own() -> None:
    strict = course(RiskListing, values={"lec_major": Decimal(250)})
    kept = read_back(written(strict))
    assert kept == strict
    assert Filed(kept, FOUND, DAY, SCHOOL).held["inherent"] == "major"
    assert listing().held["inherent"] == "larger"


def test_a_listed_point_is_reviewed_within_a_year_and_keeps_what_the_list_says() -> None:
    assert RiskPoint.valid is not None
    assert last_day(RiskPoint.valid, DAY) == date(2021, 9, 14)
    entry = {**FOUND, **PLAN, **LEFT, "inherent": "larger", "score": "270", "level": "school"}
    told = {"cause": "changed", "method": "lec", "direct": "no", "likelihood": "1", "exposure": "6", "consequence": "7"}
    file = Filed(REVIEW, told, DAY, SCHOOL, entry)
    assert (file.held["place"], file.held["inherent"], file.held["level"]) == ("实验楼201", "low", "post")
    assert file.do("renew", SCHOOL, DAY, **PLAN, **LEFT).state == "renewed"


def test_a_point_leaves_the_list_with_the_countys_signature() -> None:
    told = {"cause": "changed", "method": "lec", "direct": "no", "likelihood": "1", "exposure": "6", "consequence": "7"}
    file = Filed(REVIEW, told, DAY, SCHOOL, FOUND).do("remove", SCHOOL, DAY, gone_why="实验室已撤销")
    assert file.do(SIGN, COUNTY_CLERK, DAY).state == "gone"


# 隐患 --------------------------------------------------------------------------------------------------------------------


def test_tv_12d_a_major_hazard_without_its_plan_is_not_being_mended() -> None:
    for missing, label in [
        ("emergency", "应急预案"),
        ("money", "整改资金"),
        ("plan_due", "整改时限"),
        ("duty", "责任人"),
        ("measures", "整改措施"),
    ]:
        file = major()
        with pytest.raises(RefusedError, match=label):
            file.do("start_major", SCHOOL, DAY, **{key: value for key, value in FIVE.items() if key != missing})
        assert file.state == "assigned_major"
    assert major().do("start_major", SCHOOL, DAY, **FIVE).state == "fixing_major"


def test_a_usual_hazard_is_mended_within_seven_days_and_checked_by_another_hand() -> None:
    file = fixing()
    assert file.last == date(2020, 9, 21)
    file.do("done", SCHOOL, date(2020, 9, 16), **MENDED)
    with pytest.raises(RefusedError, match="办过“报请验收”的人不办"):
        file.do("close_own", SCHOOL, date(2020, 9, 17), **CHECKED)
    assert file.do("close_own", SECOND, date(2020, 9, 17), **CHECKED).state == "closed"


def test_what_is_mended_on_the_spot_is_checked_by_another_hand_too() -> None:
    file = hazard().do("at_once", SCHOOL, date(2020, 9, 16), **MENDED)
    assert file.state == "checking"
    assert "close_own" not in file.may(SCHOOL, date(2020, 9, 17))
    assert "close_own" in file.may(SECOND, date(2020, 9, 17))


def test_it_is_extended_once_to_fifteen_days_and_never_after_its_last_day() -> None:
    file = fixing().do(EXTEND, COUNTY_CLERK, date(2020, 9, 18), reason="等配件")
    assert file.last == date(2020, 9, 29)
    with pytest.raises(RefusedError, match="只可延期1次"):
        file.do(EXTEND, COUNTY_CLERK, date(2020, 9, 25), reason="再等")
    with pytest.raises(RefusedError, match="期限2020-09-21已过"):
        fixing().do(EXTEND, COUNTY_CLERK, date(2020, 9, 22), reason="等配件")


def test_sent_back_it_keeps_its_last_day_and_its_one_extension() -> None:
    file = fixing().do(EXTEND, COUNTY_CLERK, date(2020, 9, 18), reason="等配件")
    file.do("done", SCHOOL, date(2020, 9, 21), **MENDED).do("send_back", SECOND, date(2020, 9, 22), back_why="仍松动")
    assert (file.state, file.last) == ("fixing", date(2020, 9, 29))
    with pytest.raises(RefusedError, match="只可延期1次"):
        file.do(EXTEND, COUNTY_CLERK, date(2020, 9, 23), reason="再等")


@pytest.mark.parametrize("found", ["sampled", "reported", "joint"])
def test_what_a_superior_found_is_not_closed_by_the_school_alone(found: str) -> None:
    file = fixing(found=found).do("done", SCHOOL, date(2020, 9, 16), **MENDED)
    assert "close_found" not in file.may(SECOND, date(2020, 9, 17))
    with pytest.raises(RefusedError, match="只在“来源”为本校自查时"):
        file.do("close_own", SECOND, date(2020, 9, 17), **CHECKED)
    assert file.do("close_found", COUNTY_CLERK, date(2020, 9, 17), **CHECKED).state == "closed"


def test_a_major_hazard_is_out_of_use_at_once_and_closed_on_the_spot_by_another_than_mended_it() -> None:
    with pytest.raises(RefusedError) as refused:
        hazard(level="major")
    assert {one.where for one in refused.value.findings} == {"停用日期", "隐患照片"}
    file = major().do("start_major", SCHOOL, DAY, **FIVE)
    assert file.last == date(2020, 10, 30)
    with pytest.raises(RefusedError, match="整改后照片"):
        file.do("done_major", SCHOOL, date(2020, 10, 20), mended_on="2020-10-20", mended="已加固")
    file.do("done_major", BUILDER, date(2020, 10, 20), mended_on="2020-10-20", mended="已加固", photo_after="照片")
    assert file.may(SCHOOL, date(2020, 10, 21)) == set()
    file.do("send_back_major", COUNTY_CLERK, date(2020, 10, 21), back_why="护栏未装")
    file.do("done_major", BUILDER, date(2020, 10, 28), mended_on="2020-10-28", mended="已装", photo_after="照片")
    told = {"checked_on": "2020-10-29", "checkers": "两人", "check_paper": "记录"}
    assert file.do("close_major", COUNTY_SECOND, date(2020, 10, 29), **told).state == "closed"


def test_a_major_hazard_is_given_out_by_the_county_which_puts_it_on_its_board() -> None:
    file = hazard(**MAJOR)
    assert file.last == date(2020, 9, 15)
    assert "assign" not in file.may(COUNTY_CLERK, DAY)
    with pytest.raises(RefusedError, match="县\\(市、区\\)教育局、主办科室"):
        file.do("assign_major", SCHOOL, DAY, handler_unit="S1", board="county")


def test_an_extension_of_a_major_hazard_moves_the_day_of_its_plan_once() -> None:
    file = major().do("start_major", SCHOOL, DAY, **FIVE).do(EXTEND, HEAD, date(2020, 10, 20), reason="雨季")
    assert file.last == date(2020, 11, 30)
    with pytest.raises(RefusedError, match="只可延期1次"):
        file.do(EXTEND, HEAD, date(2020, 11, 20), reason="再延")


def test_raised_to_major_it_is_one_and_owes_all_five_duties() -> None:
    told = {"upgrade_why": "裂缝扩大", "stopped_on": "2020-09-15", "photo_before": "照片", "board": "city"}
    file = fixing().do("upgrade", CITY, date(2020, 9, 15), **told)
    assert (file.state, file.held["level"], file.last) == ("assigned_major", "major", date(2020, 9, 18))
    with pytest.raises(RefusedError, match="应急预案"):
        file.do(
            "start_major", SCHOOL, date(2020, 9, 15), duty="王校长", measures="加固", money="1", plan_due="2020-10-30"
        )


def test_a_hazard_that_comes_again_is_the_same_case() -> None:
    file = (
        fixing().do("done", SCHOOL, date(2020, 9, 16), **MENDED).do("close_own", SECOND, date(2020, 9, 17), **CHECKED)
    )
    file.do("again", CITY, date(2020, 11, 2), found="sampled", found_on="2020-11-02", reason="又松动")
    assert (file.state, file.held["found"], file.last) == ("registered", "sampled", date(2020, 11, 3))
