"""控辍保学: domain.md §7, its states by name, its clocks and edge cases. TV-07a to c are measures and stand with them."""

from datetime import date

import pytest

from luoshi.declared.procedures.dropout_reviews import DropoutReview
from luoshi.declared.procedures.dropouts import Dropout
from luoshi.handling.courses import course
from luoshi.handling.permitting import SIGN
from luoshi.handling.rhythms import opens
from luoshi.words.errors import RefusedError
from tests.spec.filed import CITY, COUNTY_CLERK, COUNTY_SECOND, SCHOOL, Filed

COURSE = course(Dropout)
DAY = date(2020, 9, 14)
PUPIL = {
    "pupil": "演示学生（虚构）", "roll_no": "G0000", "home": "星州市", "grade": "八年级", "found_by": "absent", "poverty": "yes",
    "cause": "weary", "absent_since": "2020-09-14",
}  # fmt: skip
SEEN = {"visited_on": "2020-09-17", "visitors": "班主任", "visit": "已见家长"}
LINES = {"town_line": "副县长、乡长、村主任", "school_line": "副局长、校长、班主任"}
BACK = {"placement": "class", "returned_to": "S1"}
PROOF = {"checked_on": "2021-02-01", "checked": "在校记录"}


def absent(**told: str) -> Filed:
    return Filed(COURSE, {**PUPIL, **told}, DAY, SCHOOL)


def suspected() -> Filed:
    file = absent().do("warn", SCHOOL, date(2020, 9, 16), contacted_on="2020-09-14", contact="无人接听")
    return file.do("tell", SCHOOL, date(2020, 9, 18), **SEEN, report="报告")


def persuading() -> Filed:
    return suspected().do("persuade", COUNTY_CLERK, date(2020, 9, 21), **LINES)


def returned(on: str = "2020-10-12") -> Filed:
    return persuading().do("come_back", SCHOOL, date.fromisoformat(on), returned_on=on, **BACK)


def test_from_the_first_day_missed_to_the_countys_check() -> None:
    file = absent()
    assert (file.state, file.last) == ("absent", DAY)
    file.do("warn", SCHOOL, date(2020, 9, 16), contacted_on="2020-09-14", contact="无人接听")
    assert (file.state, file.last) == ("warned", date(2020, 9, 21))
    file.do("tell", SCHOOL, date(2020, 9, 18), **SEEN, report="报告")
    assert (file.state, file.last) == ("suspected", date(2020, 9, 25))
    file.do("persuade", COUNTY_CLERK, date(2020, 9, 21), **LINES)
    assert (file.state, file.last) == ("persuading", date(2020, 10, 21))
    file.do(
        "order_it", COUNTY_CLERK, date(2020, 10, 20), order_no="星教责〔2020〕1号", order="文书", served_on="2020-10-20"
    )
    assert (file.state, file.last) == ("ordered", date(2020, 11, 4))
    file.do("go_to_law", COUNTY_CLERK, date(2020, 11, 5), law_way="labour", law_on="2020-11-05", law_paper="移送书")
    assert (file.state, file.last) == ("at_law", None)
    file.do("come_back", SCHOOL, date(2020, 11, 16), returned_on="2020-11-16", **BACK)
    assert (file.state, file.last) == ("returned", date(2021, 2, 18))
    assert file.pass_to(date(2021, 2, 19)).state == "watched"
    assert (
        file.do("close", COUNTY_CLERK, date(2021, 2, 22), checked_on="2021-02-22", checked="在校记录").state == "closed"
    )


def test_both_lines_of_duty_have_names_before_anybody_is_persuaded() -> None:
    with pytest.raises(RefusedError) as refused:
        suspected().do("persuade", COUNTY_CLERK, date(2020, 9, 21))
    assert [one.where for one in refused.value.findings] == ["县、乡、村责任人", "局、校、班责任人"]


def test_every_visit_is_kept_without_a_photograph_and_sets_no_clock_anew() -> None:
    file = persuading()
    for on in (date(2020, 9, 25), date(2020, 10, 9)):
        file.do("call", SCHOOL, on, **{**SEEN, "visited_on": on.isoformat()})
    assert [one.answers["visited_on"] for one in file.happened if one.step == "call"] == ["2020-09-25", "2020-10-09"]
    assert file.last == date(2020, 10, 21)


def test_a_returned_pupil_is_watched_three_months_and_closed_by_another_hand_of_the_county() -> None:
    file = persuading().do("come_back", COUNTY_CLERK, date(2020, 10, 12), returned_on="2020-10-12", **BACK)
    file.do("watch", SCHOOL, date(2020, 11, 12), seen_on="2020-11-12", seen="there")
    assert file.last == date(2021, 1, 12)
    assert "close" not in file.may(COUNTY_SECOND, date(2021, 1, 12))
    file.pass_to(date(2021, 1, 13))
    with pytest.raises(RefusedError, match="办过“复学”的人不办"):
        file.do("close", COUNTY_CLERK, date(2021, 2, 1), **PROOF)
    with pytest.raises(RefusedError, match="县\\(市、区\\)教育局"):
        file.do("close", SCHOOL, date(2021, 2, 1), **PROOF)
    assert file.do("close", COUNTY_SECOND, date(2021, 2, 1), **PROOF).state == "closed"


def test_absent_again_it_is_the_same_case_within_the_school_year_and_another_after_it() -> None:
    file = returned().pass_to(date(2021, 1, 13)).do("close", COUNTY_SECOND, date(2021, 2, 1), **PROOF)
    assert file.held["year_end"] == "2021-08-31"
    assert "lost_after" in file.may(SCHOOL, date(2021, 8, 31))
    with pytest.raises(RefusedError, match="“所在学年最后一日”是2021-08-31"):
        file.do("lost_after", SCHOOL, date(2021, 9, 1), gone_since="2021-09-01", reason="又未到校")
    file.do("lost_after", SCHOOL, date(2021, 3, 8), gone_since="2021-03-08", reason="又未到校")
    assert (file.state, file.last) == ("persuading", date(2021, 4, 7))
    assert [one.key for one in Dropout.same] == ["roll_no", "year_end"]


def test_lost_again_while_watched_it_goes_back_to_persuading() -> None:
    file = returned().do("lost_again", SCHOOL, date(2020, 11, 9), gone_since="2020-11-06")
    assert file.state == "persuading"


@pytest.mark.parametrize(
    ("since", "ends"), [("2020-08-31", "2020-08-31"), ("2020-09-01", "2021-08-31"), ("2020-02-29", "2020-08-31")]
)
def test_a_school_year_ends_with_august(since: str, ends: str) -> None:
    assert Filed(COURSE, {**PUPIL, "absent_since": since}, date(2020, 9, 14), SCHOOL).held["year_end"] == ends


def test_whoever_came_back_before_a_report_was_no_dropout() -> None:
    file = absent().do("come", SCHOOL, date(2020, 9, 15), contacted_on="2020-09-14", back_on="2020-09-15")
    assert file.state == "back"
    assert (
        file.do("absent_after", SCHOOL, date(2020, 9, 28), gone_since="2020-09-28", reason="又缺勤").state == "warned"
    )


def test_a_child_found_by_comparing_lists_is_suspected_at_once_and_one_that_is_absent_is_not() -> None:
    file = absent(found_by="compared").do("from_lists", COUNTY_CLERK, DAY, visited_on="2020-09-14", visit="村委核实")
    assert file.state == "suspected"
    assert "from_lists" not in absent().may(COUNTY_CLERK, DAY)


def test_a_pupil_on_another_provinces_roll_and_a_mistaken_identity_are_no_dropouts() -> None:
    for why in ("elsewhere", "identity"):
        file = suspected().do("clear", COUNTY_CLERK, date(2020, 9, 22), clear_why=why, clear_proof="学籍截图")
        assert file.state == "cleared"


def test_rest_from_school_needs_a_hospitals_proof_an_end_and_the_countys_signature() -> None:
    with pytest.raises(RefusedError, match="县级医院证明"):
        absent().do("excuse_it", SCHOOL, DAY, excused_until="2020-12-31")
    file = absent().do("excuse_it", SCHOOL, DAY, excuse="证明", excused_until="2020-12-31")
    assert file.state == "absent"
    file.do(SIGN, COUNTY_CLERK, DAY)
    assert (file.state, file.last) == ("excused", date(2020, 12, 31))
    assert file.pass_to(date(2021, 1, 1)).state == "warned"


@pytest.mark.parametrize("why", ["dead", "abroad", "graduated", "home"])
def test_a_case_is_struck_with_proof_and_by_the_county(why: str) -> None:
    with pytest.raises(RefusedError, match="核减证明"):
        suspected().do("strike", COUNTY_CLERK, date(2020, 9, 22), strike_why=why)
    assert (
        suspected().do("strike", COUNTY_CLERK, date(2020, 9, 22), strike_why=why, strike_proof="证明").state == "struck"
    )


def test_no_step_takes_a_pupil_off_the_roll() -> None:
    assert not [way.label for way in COURSE.ways.values() if "学籍" in way.label]
    assert COURSE.guarded
    assert {key for key in ("pupil", "roll_no", "home", "visit", "report") if not COURSE.fields[key].private} == set()


# 季度复核 ----------------------------------------------------------------------------------------------------------------


def quarter() -> Filed:
    return Filed(course(DropoutReview), {}, date(2021, 4, 1))


def test_a_county_goes_over_its_cases_once_a_quarter_and_a_quarter_nobody_went_over_is_known() -> None:
    every = DropoutReview.every
    assert every is not None
    days = [date(2021, month, 1) for month in range(1, 13)]
    assert [one.month for one in days if opens(every, one)] == [1, 4, 7, 10]
    told = quarter()
    assert told.last == date(2021, 5, 6), "a month, and the holidays of May behind it"
    seen = {"reviewed_on": "2021-04-20", "schools": "12", "pupils": "300", "agree": "yes"}
    assert told.do("agreed", COUNTY_CLERK, date(2021, 4, 20), **seen).state == "reviewed"
    assert quarter().pass_to(date(2021, 5, 7)).state == "missed"


def test_what_differs_is_corrected_by_the_county_and_checked_by_the_city() -> None:
    seen = {"reviewed_on": "2021-04-20", "schools": "12", "pupils": "300", "agree": "no", "what": "1所学校漏登"}
    with pytest.raises(RefusedError, match="“不一致的学生数”不大于“抽查学生数”"):
        quarter().do("differs", COUNTY_CLERK, date(2021, 4, 20), **seen, apart="301")
    told = quarter().do("differs", COUNTY_CLERK, date(2021, 4, 20), **seen, apart="2")
    told.do("mend", COUNTY_CLERK, date(2021, 4, 26), mended_on="2021-04-25", mended="已立案2件")
    with pytest.raises(RefusedError, match="由主办科室办理"):
        told.do("accept", COUNTY_SECOND, date(2021, 4, 27))
    assert told.do("accept", CITY, date(2021, 4, 27)).state == "settled"


def test_the_review_asks_nothing_that_the_cases_tell() -> None:
    asked = {one.label for one in DropoutReview.declaration.fields.values()}
    assert not [label for label in asked if "辍" in label or "复学" in label or "姓名" in label]
