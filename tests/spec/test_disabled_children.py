"""残疾儿童少年: domain.md §6, its steps and edge cases. TV-06a to c are measures and stand with them."""

from datetime import date

import pytest

from luoshi.declared.procedures.disabled_children import (
    ChildPlacing,
    CountyVisit,
    DisabledChild,
    PlacementChange,
    SchoolVisit,
)
from luoshi.handling.courses import course
from luoshi.handling.rhythms import opens
from luoshi.words.errors import RefusedError
from tests.spec.filed import COUNTY_CLERK, PARENT, SCHOOL, Filed

PLACING, CHANGE = course(ChildPlacing), course(PlacementChange)
DAY = date(2020, 6, 8)
CHILD = {
    "child": "演示儿童（虚构）", "born": "2013-05-01", "id_number": "X", "kind": "mind", "degree": "2", "guardian": "家长",
    "phone": "1", "found_by": "federation",
}  # fmt: skip
PLACED = {"placement": "near", "on_roll": "yes", "placed_in": "S1"}
ENTRY = {**{key: value for key, value in CHILD.items() if key != "found_by"}, **PLACED, "counts": "yes"}
OPINION = {"assessed_on": "2020-07-01", "opinion": "评估意见"}


def assessed() -> Filed:
    file = Filed(PLACING, CHILD, DAY, COUNTY_CLERK).do(
        "verify", COUNTY_CLERK, date(2020, 6, 15), verified_on="2020-06-15"
    )
    return file.do("assess", COUNTY_CLERK, date(2020, 7, 1), **OPINION)


def refused_by_parents() -> Filed:
    return assessed().do("refuse", COUNTY_CLERK, date(2020, 7, 6), refused_on="2020-07-06", refusal="不同意")


def test_a_child_is_compared_assessed_and_placed_before_september() -> None:
    file = Filed(PLACING, CHILD, DAY, COUNTY_CLERK)
    assert file.last == date(2020, 6, 22)
    file.do("verify", COUNTY_CLERK, date(2020, 6, 15), verified_on="2020-06-15")
    assert (file.held["place_by"], file.last) == ("2020-08-31", date(2020, 8, 31))
    file.do("assess", COUNTY_CLERK, date(2020, 7, 1), **OPINION)
    assert file.do("place", COUNTY_CLERK, date(2020, 7, 20), **PLACED).state == "placed"
    assert PLACING.ways["place"].enters == DisabledChild.key


def test_two_types_count_once_by_the_main_one() -> None:
    file = Filed(PLACING, {**CHILD, "other_kind": "言语"}, DAY, COUNTY_CLERK)
    assert (file.held["kind"], [one.key for one in DisabledChild.same]) == ("mind", ["id_number"])
    assert PLACING.theme == "kind"


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ({"placement": "home", "on_roll": "no", "placed_in": "S1"}, "no"),
        ({"placement": "home", "on_roll": "yes", "placed_in": "S1"}, "yes"),
        ({"placement": "distance", "on_roll": "no", "placed_in": "S1"}, "no"),
        ({"placement": "special", "on_roll": "yes", "placed_in": "S1"}, "yes"),
        ({"placement": "elsewhere", "on_roll": "no", "elsewhere_proof": "证明"}, "yes"),
    ],
)
def test_home_teaching_without_a_roll_does_not_count(told: dict[str, str], counts: str) -> None:
    file = assessed().do("place", COUNTY_CLERK, date(2020, 7, 20), **told, counts="yes")
    assert (file.state, file.held["counts"]) == ("placed", counts)


def test_a_place_in_another_city_counts_with_proof_only() -> None:
    with pytest.raises(RefusedError, match="外地就读证明"):
        assessed().do("place", COUNTY_CLERK, date(2020, 7, 20), placement="elsewhere", on_roll="no")


def test_refused_by_parents_a_child_is_not_enrolled_until_a_deferral_is_signed() -> None:
    file = refused_by_parents()
    assert PLACING.places[file.state].label == "监护人不同意，未入学"
    assert file.last == date(2020, 8, 31)
    told = {"deferred_by": "town", "deferred_until": "2021-08-31"}
    with pytest.raises(RefusedError, match="延缓入学批准书"):
        file.do("defer", COUNTY_CLERK, date(2020, 8, 3), **told)
    file.do("defer", COUNTY_CLERK, date(2020, 8, 3), **told, deferral="批准书")
    assert (file.state, file.last) == ("deferred", date(2021, 8, 31))
    assert file.pass_to(date(2021, 9, 1)).state == "listed"
    assert refused_by_parents().do("place", COUNTY_CLERK, date(2020, 8, 3), **PLACED).state == "placed"


def test_a_child_that_died_or_moved_is_removed_with_proof() -> None:
    with pytest.raises(RefusedError, match="移出证明"):
        assessed().do("remove", COUNTY_CLERK, date(2020, 7, 6), gone_why="moved")
    assert assessed().do("remove", COUNTY_CLERK, date(2020, 7, 6), gone_why="moved", gone_proof="证明").state == "gone"


def test_a_change_of_place_is_assessed_decided_and_renews_the_list() -> None:
    told = {"matter": "change", "asked_on": "2020-06-08", "asked_why": "转入特校"}
    file = Filed(CHANGE, told, DAY, SCHOOL, ENTRY).do("assess", COUNTY_CLERK, date(2020, 7, 1), **OPINION)
    new = {"placement": "special", "on_roll": "yes", "placed_in": "S9", "decision": "决定书"}
    file.do("change", COUNTY_CLERK, date(2020, 7, 10), **new)
    assert (file.state, file.held["child"], file.held["placed_in"]) == ("changed", "演示儿童（虚构）", "S9")
    assert CHANGE.ways["change"].renews == DisabledChild.key


def test_a_parent_disputes_a_place_and_the_county_decides_after_the_committee() -> None:
    told = {"matter": "dispute", "asked_on": "2020-06-08", "asked_why": "不同意送教"}
    file = Filed(CHANGE, told, DAY, COUNTY_CLERK, ENTRY)
    assert file.may(PARENT, DAY) == {"take_back"}
    assert file.may(COUNTY_CLERK, DAY) == {"assess", "take_back"}
    file.do("assess", COUNTY_CLERK, date(2020, 7, 1), **OPINION)
    with pytest.raises(RefusedError, match="决定书"):
        file.do("uphold", COUNTY_CLERK, date(2020, 7, 6))
    assert file.do("uphold", COUNTY_CLERK, date(2020, 7, 6), decision="决定书").state == "upheld"


def test_a_child_leaves_the_list_with_proof() -> None:
    told = {"matter": "leave", "asked_on": "2020-06-08", "asked_why": "毕业"}
    file = Filed(CHANGE, told, DAY, SCHOOL, ENTRY)
    assert file.may(COUNTY_CLERK, DAY) == {"leave", "take_back"}
    assert file.do("leave", COUNTY_CLERK, DAY, leave_why="graduated", leave_proof="毕业证").state == "left"
    assert CHANGE.ways["leave"].withdraws == DisabledChild.key


def test_a_school_visits_each_month_and_home_lessons_are_counted() -> None:
    month = course(SchoolVisit)
    assert SchoolVisit.every is not None
    assert SchoolVisit.every.unit == "entry"
    assert opens(SchoolVisit.every, date(2020, 10, 1))
    file = Filed(month, {}, date(2020, 10, 1), entry=ENTRY)
    assert (file.held["child"], file.held["counts"]) == ("演示儿童（虚构）", "yes")
    assert file.do("visit", SCHOOL, date(2020, 10, 12), visited_on="2020-10-12", seen="well").state == "visited"
    home = Filed(month, {}, date(2020, 10, 1), entry={**ENTRY, "placement": "home"})
    with pytest.raises(RefusedError, match="本月送教次数"):
        home.do("visit", SCHOOL, date(2020, 10, 12), visited_on="2020-10-12", seen="well")


def test_a_child_that_stopped_is_helped_by_the_county_and_a_month_without_a_visit_is_missed() -> None:
    month = course(SchoolVisit)
    file = Filed(month, {}, date(2020, 10, 1), entry=ENTRY)
    with pytest.raises(RefusedError, match="只在“就学情况”为正常就学、时有缺课时"):
        file.do("visit", SCHOOL, date(2020, 10, 12), visited_on="2020-10-12", seen="stopped")
    file.do("alarm", SCHOOL, date(2020, 10, 12), visited_on="2020-10-12", seen="stopped", next_step="家访")
    assert (file.state, file.last) == ("trouble", date(2020, 10, 26))
    assert file.do("solve", COUNTY_CLERK, date(2020, 10, 20), solved="已复课").state == "helped"
    assert Filed(month, {}, date(2020, 10, 1), entry=ENTRY).pass_to(date(2020, 11, 3)).state == "missed"


def test_the_county_sees_each_child_once_a_term() -> None:
    term = course(CountyVisit)
    file = Filed(term, {}, date(2020, 9, 1), entry=ENTRY)
    assert file.last == date(2021, 1, 4)
    told = {"visited_on": "2020-11-02", "seen": "well", "plan_reviewed": "yes"}
    assert file.do("visit", COUNTY_CLERK, date(2020, 11, 2), **told).state == "visited"


def test_all_that_tells_who_a_child_is_is_private_and_nothing_is_public() -> None:
    shown = {one.key for one in DisabledChild.fields.values() if not one.private}
    assert shown == {"kind", "degree", "placement", "on_roll", "counts", "placed_in"}
    assert DisabledChild.public == ()
    assert all(course(one).guarded for one in (ChildPlacing, PlacementChange, SchoolVisit, CountyVisit))
