"""重点领域: domain.md §12 and mechanism M32.5: lists with the day an entry runs out, buses, bullying, problems closed one by one."""

from datetime import date

import pytest

from luoshi.declared.procedures.bullying import Bullying, BullyingCase
from luoshi.declared.procedures.key_areas import (
    BuildingItem,
    ChemicalItem,
    FireEquipment,
    FireItem,
    KeyProblem,
    SpecialEquipment,
    SpecialItem,
    WaterItem,
    WaterSite,
)
from luoshi.declared.procedures.school_buses import BusInspecting, BusInspection, BusLicensing
from luoshi.handling.courses import course
from luoshi.handling.permitting import SIGN
from luoshi.handling.registers import last_day, stands
from luoshi.words.errors import RefusedError
from tests.spec.filed import COUNTY_CLERK, COUNTY_SECOND, PARENT, SCHOOL, Filed

DAY = date(2020, 9, 14)
ITEM = {"serial": "1", "place": "教学楼", "owner": "安全员", "tested_on": "2020-09-01", "runs_out": "2021-09-01"}
BUS = {
    "matter": "new", "plate": "演A00000", "route": "线路", "seats": "30", "driver": "演示驾驶人", "driver_age": "25", "driver_years": "3",
    "driver_clean": "clean", "papers": "材料",
}  # fmt: skip


def test_an_appliance_is_entered_renewed_and_taken_off_by_decided_cases() -> None:
    told = {**ITEM, "what": "extinguisher", "amount": "12"}
    fire = course(FireItem)
    assert fire.ways["enter"].enters == fire.ways["renew"].renews == fire.ways["remove"].withdraws == FireEquipment.key
    for act, more, end in [
        ("enter", {}, "entered"),
        ("renew", {}, "renewed"),
        ("remove", {"gone": "报废"}, "removed"),
        ("refuse", {"no": "不在本校"}, "refused"),
    ]:
        assert Filed(fire, told, DAY, SCHOOL).do(act, COUNTY_CLERK, DAY, **more).state == end
    with pytest.raises(RefusedError, match="县\\(市、区\\)教育局"):
        Filed(fire, told, DAY, SCHOOL).do("enter", SCHOOL, DAY)


def test_an_entry_runs_out_on_its_own_day() -> None:
    assert FireEquipment.until is SpecialEquipment.until is not None
    until = date(2021, 9, 1)
    assert [stands(on, DAY, until, date(2021, 8, 1), withdrawn=False).value for on in (DAY, date(2021, 8, 1), until, date(2021, 9, 2))] == [
        "valid", "near", "near", "lapsed"
    ]  # fmt: skip
    assert WaterSite.valid is not None
    assert last_day(WaterSite.valid, DAY) == date(2021, 9, 14)


def test_a_building_of_grade_d_is_entered_only_out_of_use() -> None:
    told = {
        "serial": "1",
        "place": "旧楼",
        "tested_on": "2020-09-01",
        "area": "800",
        "hazard_grade": "d",
        "used": "yes",
        "proof": "报告",
    }
    file = Filed(course(BuildingItem), told, DAY, SCHOOL)
    assert file.may(COUNTY_CLERK, DAY) == {"enter_d", "renew_d", "remove", "refuse"}
    with pytest.raises(RefusedError, match="停用日期"):
        file.do("enter_d", COUNTY_CLERK, DAY)
    assert file.do("enter_d", COUNTY_CLERK, DAY, stopped_on="2020-09-14").held["used"] == "no"


def test_special_equipment_chemicals_and_water_sites_are_entered() -> None:
    lift = {**ITEM, "what": "lift", "proof": "报告"}
    acid = {
        "serial": "2",
        "place": "药品室",
        "owner": "教师",
        "runs_out": "2021-01-01",
        "substance": "硫酸",
        "amount": "2升",
        "locked": "yes",
    }
    pond = {"serial": "3", "place": "村东坑塘", "owner": "村委", "water": "pond", "sign": "no", "rescue": "no"}
    for one, told, by in [(SpecialItem, lift, SCHOOL), (ChemicalItem, acid, SCHOOL), (WaterItem, pond, COUNTY_CLERK)]:
        assert Filed(course(one), told, DAY, by).do("enter", COUNTY_CLERK, DAY).state == "entered"


def test_a_bus_is_licensed_through_police_and_transport_each_within_its_working_days() -> None:
    file = Filed(course(BusLicensing), BUS, DAY, SCHOOL)
    assert file.last == date(2020, 9, 17)
    file.do("consult", COUNTY_CLERK, date(2020, 9, 17), asked_on="2020-09-17")
    assert file.last == date(2020, 9, 22)
    file.do("reply", COUNTY_CLERK, date(2020, 9, 21), police="yes", transport="yes", replied_on="2020-09-21")
    assert file.last == date(2020, 9, 27)
    file.do("report", COUNTY_CLERK, date(2020, 9, 25), opinion="意见")
    assert file.may(COUNTY_CLERK, date(2020, 9, 28)) == {"grant", "refuse"}
    assert (
        file.do("grant", COUNTY_CLERK, date(2020, 9, 28), decision="决定", licensed_until="2021-09-27").state
        == "licensed"
    )


@pytest.mark.parametrize(
    ("told", "rule"),
    [({"driver_age": "24"}, "年满25周岁"), ({"driver_age": "61"}, "不超过60周岁"), ({"driver_years": "2"}, "3年以上")],
)
def test_a_driver_too_young_too_old_or_too_new_is_refused_by_the_rule(told: dict[str, str], rule: str) -> None:
    with pytest.raises(RefusedError, match=rule):
        Filed(course(BusLicensing), {**BUS, **told}, DAY, SCHOOL)
    assert Filed(course(BusLicensing), {**BUS, "driver_age": "60"}, DAY, SCHOOL).state == "applied"


def test_an_inspection_holds_six_months_and_a_bus_that_fails_stands_still() -> None:
    assert BusInspection.valid is not None
    assert last_day(BusInspection.valid, DAY) == date(2021, 3, 14)
    told = {"plate": "演A00000", "inspected_on": "2020-09-14", "proof": "证明"}
    passed = Filed(course(BusInspecting), {**told, "result": "pass"}, DAY, SCHOOL)
    assert passed.may(COUNTY_CLERK, DAY) == {"enter", "renew"}
    failed = Filed(course(BusInspecting), {**told, "result": "fail"}, DAY, SCHOOL)
    assert failed.may(COUNTY_CLERK, DAY) == {"halt"}
    failed.do("halt", COUNTY_CLERK, DAY)
    failed.do(
        "again", SCHOOL, date(2020, 9, 21), **{**told, "inspected_on": "2020-09-21"}, result="pass", mended="已修"
    )
    assert failed.do("renew", COUNTY_CLERK, date(2020, 9, 21)).state == "renewed"


def test_a_bus_out_of_use_loses_its_licence() -> None:
    file = Filed(course(BusLicensing), {"matter": "stop", "plate": "演A00000"}, DAY, SCHOOL)
    assert file.do("stop", COUNTY_CLERK, DAY, stop_why="报废").state == "stopped"


def test_a_bullying_case_is_found_within_ten_days_reviewed_and_listed_without_a_name() -> None:
    told = {
        "told_by": "parent",
        "told_on": "2020-09-14",
        "persons": "3",
        "matter": "经过（演示数据，虚构）",
        "happened_on": "2020-09-11",
    }
    file = Filed(course(Bullying), told, DAY, SCHOOL)
    assert file.last == date(2020, 9, 24)
    with pytest.raises(RefusedError, match="程度"):
        file.do("decide", SCHOOL, date(2020, 9, 22), found="yes", found_on="2020-09-22", inquiry="材料")
    file.do("decide", SCHOOL, date(2020, 9, 22), found="no", found_on="2020-09-22", inquiry="材料")
    assert file.may(SCHOOL, date(2020, 9, 23)) == {"ask", "clear"}
    file.do("ask", PARENT, date(2020, 9, 28), asked_on="2020-09-28")
    assert file.last == date(2020, 10, 13)
    file.do("judge", COUNTY_CLERK, date(2020, 10, 9), review="结论", found="yes", severity="light")
    file.do("close", SCHOOL, date(2020, 10, 12), handling="teach", care="心理疏导").do(
        SIGN, COUNTY_CLERK, date(2020, 10, 12)
    )
    assert file.state == "closed"
    assert {one.key for one in BullyingCase.fields.values()} == {"happened_on", "severity", "handling"}


def test_a_problem_of_a_campaign_is_closed_by_itself_and_by_another_hand() -> None:
    told = {"area": "fire", "found_on": "2020-09-14", "place": "宿舍楼", "matter": "通道堵塞（演示数据，虚构）"}
    file = Filed(course(KeyProblem), told, DAY, COUNTY_CLERK)
    assert file.last == date(2020, 9, 29)
    file.do("mend", COUNTY_CLERK, date(2020, 9, 16), remedied_on="2020-09-16", remedy="已清")
    with pytest.raises(RefusedError, match="办过“报整改情况”的人不办"):
        file.do("close", COUNTY_CLERK, date(2020, 9, 17), checked_on="2020-09-17")
    assert file.do("close", COUNTY_SECOND, date(2020, 9, 17), checked_on="2020-09-17").state == "closed"
