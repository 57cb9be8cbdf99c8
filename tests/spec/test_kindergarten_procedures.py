"""小区配套园、无证园、普惠性民办园: domain.md §4, M15.4, M15.6, M15.7, and their edge cases."""

from datetime import date

import pytest

from luoshi.declared.procedures.estate_gardens import EstateGarden, EstateGardens
from luoshi.declared.procedures.inclusive_gardens import InclusiveFees, InclusiveGarden, InclusiveGardens
from luoshi.declared.procedures.unlicensed_gardens import UnlicensedGarden
from luoshi.handling.registers import Span, Standing, entered, renewed, standing_on
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.case_files import File

ESTATE = {
    "estate": "演示小区（虚构）", "garden": "演示小区配套园（虚构）", "gap": "handover", "developer": "演示开发公司（虚构）", "households": "2100",
}  # fmt: skip
MEASURE = {"measure": "签移交协议，办成公办园", "housing": "agreed", "land": "agreed", "due_on": "2020-09-30"}
CLOSED = {"done_on": "2020-09-20", "final_use": "public", "places": "270"}
UNLICENSED = {
    "garden": "演示看护点（虚构）", "address": "演示路1号", "found_on": "2020-04-01", "children": "43", "staff": "5", "hazard": "some",
    "hazards": "无消防通道",
}  # fmt: skip
APPLIED = {
    "garden": "演示民办园（虚构）", "kind": "first", "licence_no": "教民1", "profit": "non_profit", "fee": "600", "children": "180",
    "grade": "二级", "application": "申请表",
}  # fmt: skip
CHECKED = {"checked_on": "2020-03-10", "checkers": "2", "findings": "合格"}
AGREED = {"agreement": "协议", "agreement_no": "普惠1号", "fee_limit": "650"}


def estate(**told: str) -> File:
    return File(EstateGarden, "county", "2020-04-01", {**ESTATE, **told}).do("agree", "county", "2020-04-10", **MEASURE)


def applied(**told: str) -> File:
    file = File(InclusiveGarden, "unit", "2020-03-02", {**APPLIED, **told})
    return file.do("check", "county", "2020-03-10", **CHECKED).do("post", "county", "2020-03-16", posted="县政府网站")


def test_a_handover_gap_is_closed_by_the_transfer_paper_and_two_signatures() -> None:
    with pytest.raises(RefusedError, match="移交协议或产权文件"):
        estate().do("close", "county", "2020-09-20", **CLOSED)
    file = (
        estate()
        .do("report", "county", "2020-06-01", progress="已签意向书")
        .do("close", "county", "2020-09-20", **CLOSED, transfer="协议")
    )
    assert file.state == "已销号"
    assert file.course.ways["close"].enters == EstateGardens.key


def test_a_planning_gap_asks_for_the_planning_paper_instead() -> None:
    with pytest.raises(RefusedError, match="规划或建设补正材料"):
        estate(gap="planning").do("close", "county", "2020-09-20", **CLOSED, transfer="协议")
    assert estate(gap="planning").do("close", "county", "2020-09-20", **CLOSED, plan_paper="批文").state == "已销号"


def test_an_estate_that_slips_back_is_taken_up_again_and_leaves_the_list() -> None:
    file = estate().do("close", "county", "2020-09-20", **CLOSED, transfer="协议")
    file.do("look", "oversight", "2020-12-01", looked_on="2020-12-01", reason="年底复核")
    file.do("again", "oversight", "2020-12-01", looked="改作商铺", due_on="2021-03-31")
    assert (file.state, file.last) == ("治理中", "2021-03-31")
    assert file.course.ways["again"].withdraws == EstateGardens.key


@pytest.mark.parametrize(
    ("route", "act", "told", "ended"),
    [
        ("license", "license_it", {"licence_no": "教民9", "licence": "许可证"}, "已发证"),
        ("merge", "merge_it", {"into_garden": "演示公办园（虚构）", "placed": "43", "placement": "名册"}, "已并入"),
        ("close", "close_it", {"notice": "决定书", "placed": "43", "placement": "名册"}, "已取缔"),
    ],
)
def test_an_unlicensed_garden_is_licensed_merged_or_closed_by_its_route_alone(
    route: str, act: str, told: dict[str, str], ended: str
) -> None:
    file = File(UnlicensedGarden, "county", "2020-04-01", UNLICENSED)
    file.do("decide", "county", "2020-04-08", route=route, measure="一园一案", due_on="2020-08-31")
    for other in {"license_it", "merge_it", "close_it"} - {act}:
        with pytest.raises(RefusedError, match="只在“治理方式”为"):
            file.do(other, "county", "2020-08-01", **told)
    assert file.do(act, "county", "2020-08-01", **told).state == ended


def test_no_garden_is_closed_before_its_children_have_a_place_and_a_grave_hazard_halts_it_at_once() -> None:
    file = File(UnlicensedGarden, "county", "2020-04-01", {**UNLICENSED, "hazard": "grave"})
    told = {"route": "close", "measure": "取缔", "due_on": "2020-05-31"}
    with pytest.raises(RefusedError, match="只在“安全隐患”为"):
        file.do("decide", "county", "2020-04-02", **told)
    file.do("halt", "county", "2020-04-02", stopped_on="2020-04-02", **told)
    assert file.state == "停办整改中"
    with pytest.raises(RefusedError, match=r"已安置幼儿数(.|\n)*幼儿安置名册"):
        file.do("close_it", "county", "2020-05-20", notice="决定书")
    file.do("close_it", "county", "2020-05-20", notice="决定书", placed="43", placement="名册")
    file.do("look", "oversight", "2020-10-12", looked_on="2020-10-12", reason="回头看")
    file.do("again", "oversight", "2020-10-12", looked="又在开班", children="12", **{**told, "due_on": "2020-10-31"})
    assert (file.state, file.case.held["children"]) == ("治理中", "12")


def test_five_working_days_of_posting_without_an_objection_and_it_is_recognised_for_three_years() -> None:
    file = applied()
    with pytest.raises(RefusedError, match="从公示无异议，待签协议办起"):
        file.do("recognise", "county", "2020-03-18", **AGREED)
    assert file.last == "2020-03-23"
    file.wait("2020-03-24")
    assert file.state == "公示无异议，待签协议"
    file.do("recognise", "county", "2020-03-30", **AGREED)
    span = entered(InclusiveGardens, file.case.held, date(2020, 3, 30))
    assert span == Span(date(2020, 3, 30), date(2023, 3, 30))
    assert standing_on(InclusiveGardens, span, date(2022, 12, 30), national()) is Standing.NEAR
    assert standing_on(InclusiveGardens, span, date(2023, 3, 31), national()) is Standing.LAPSED


def test_a_renewal_in_time_follows_the_day_after_and_a_late_one_begins_on_its_own_day() -> None:
    first = Span(date(2020, 3, 30), date(2023, 3, 30))
    assert renewed(InclusiveGardens, {}, date(2023, 2, 1), first) == Span(date(2023, 3, 31), date(2026, 3, 30))
    assert renewed(InclusiveGardens, {}, date(2023, 5, 8), first) == Span(date(2023, 5, 8), date(2026, 5, 8))
    file = applied(kind="renewal").wait("2020-03-24")
    with pytest.raises(RefusedError, match="只在“申请类别”为首次认定"):
        file.do("recognise", "county", "2020-03-30", **AGREED)
    assert file.do("renew", "county", "2020-03-30", **AGREED).state == "已续期"


def test_an_objection_stops_the_posting_and_once_cleared_up_it_is_posted_anew() -> None:
    file = applied().do("object_to", "county", "2020-03-20", objection="收费高于公示")
    assert file.state == "异议核实中"
    file.do("clear_up", "county", "2020-04-01", "另一人", looked_into="不属实")
    assert (file.state, file.last) == ("公示中", "2020-04-09")


def test_a_garden_for_profit_is_not_recognised_and_one_checker_is_too_few() -> None:
    file = File(InclusiveGarden, "unit", "2020-03-02", {**APPLIED, "profit": "profit"})
    with pytest.raises(RefusedError, match="只在“法人性质”为非营利性"):
        file.do("check", "county", "2020-03-10", **CHECKED)
    assert file.do("refuse", "county", "2020-03-10", why_not="营利性").state == "不予认定"
    with pytest.raises(RefusedError, match="不少于2人"):
        File(InclusiveGarden, "unit", "2020-03-02", APPLIED).do(
            "check", "county", "2020-03-10", **{**CHECKED, "checkers": "1"}
        )


def test_overcharging_is_paid_back_within_its_days_or_recognition_ends_after_a_hearing() -> None:
    told = {"checked_on": "2021-03-01", "fee": "800", "others": "无", "verdict": "over", "proof": "票据"}
    file = File(InclusiveFees, "county", "2021-01-04", {}).do("find", "county", "2021-03-01", **told)
    assert (file.state, file.last) == ("超收，限期退还", "2021-03-22")
    with pytest.raises(RefusedError, match="陈述申辩"):
        file.do("withdraw", "county", "2021-04-01", why_withdrawn="拒不退还", decision_no="1")
    file.do("hear", "unit", "2021-03-20", statement="愿退")
    file.do("withdraw", "county", "2021-04-01", statement="愿退，未退", why_withdrawn="拒不退还", decision_no="1")
    assert (file.state, file.course.ways["withdraw"].withdraws) == ("已撤销认定", InclusiveGardens.key)
    kept = File(InclusiveFees, "county", "2021-01-04", {})
    assert kept.do("pass_it", "county", "2021-03-01", **{**told, "fee": "600", "verdict": "kept"}).state == "检查合格"
