"""定期排查、安防核查、专职保安、疏散演练: domain.md §12, TV-12e, and a story of each procedure."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.declared.procedures.checks import SchoolCheck, SecurityCheck, TermCheck
from luoshi.declared.safety import GUARDS
from luoshi.handling.courses import course
from luoshi.handling.guarding import drills_short, guards_needed
from luoshi.handling.rhythms import Period, opens, period
from tests.spec.filed import CITY, COUNTY_CLERK, SCHOOL, Filed

GUARDED = {one.key: one.value for one in GUARDS}
DAY = date(2020, 9, 14)


def test_tv_12e_a_boarding_school_needs_five_guards_and_four_where_a_part_does_not_count() -> None:
    assert guards_needed(2150, 920, GUARDED) == 5
    assert guards_needed(2150, 0, GUARDED) == 5
    assert guards_needed(0, 920, GUARDED | {"guards_small_below": Decimal(0)}) == 5
    assert guards_needed(2150, 920, GUARDED | {"guards_round_up": Decimal(0)}) == 4


@pytest.mark.parametrize(
    ("people", "boarders", "needed"),
    [
        (99, 0, 1),
        (100, 0, 2),
        (1000, 0, 2),
        (1001, 0, 3),
        (1500, 0, 3),
        (1501, 0, 4),
        (80, 40, 2),
        (900, 300, 2),
        (900, 301, 3),
    ],
)
def test_guards_at_the_edges(people: int, boarders: int, needed: int) -> None:
    assert guards_needed(people, boarders, GUARDED) == needed


def test_a_school_drills_each_month_and_a_kindergarten_each_quarter() -> None:
    told = {"drills_school": Decimal(1), "drills_kindergarten": Decimal(1)}
    assert (drills_short("school", 0, told), drills_short("kindergarten", 1, told)) == (1, 0)


def test_the_monthly_check_opens_itself_and_rests_in_holidays_but_not_where_pupils_board() -> None:
    every = SchoolCheck.every
    assert every is not None
    assert opens(every, date(2020, 9, 1))
    assert not opens(every, date(2020, 9, 2))
    assert not opens(every, date(2020, 8, 1))
    assert opens(every, date(2020, 8, 1), boards=True)
    assert period(every, date(2020, 2, 29)) == Period(date(2020, 2, 1), date(2020, 2, 29))


def test_a_month_without_a_hazard_is_four_cells_and_one_that_nobody_told_is_missed() -> None:
    told = {"checked_on": "2020-09-14", "checkers": "安全员", "kind": "school", "drills": "0"}
    file = Filed(course(SchoolCheck), {}, date(2020, 9, 1))
    assert file.last == date(2020, 10, 9)
    assert file.do("nothing", SCHOOL, DAY, **told).state == "clean"
    assert file.held["short"] == "1"
    found = Filed(course(SchoolCheck), {}, date(2020, 9, 1))
    assert found.do("something", SCHOOL, DAY, **told, hazards="2", majors="0").state == "found"
    missed = Filed(course(SchoolCheck), {}, date(2020, 9, 1)).pass_to(date(2020, 10, 9))
    assert missed.state == "due"
    assert missed.pass_to(date(2020, 10, 10)).state == "missed"


def test_a_county_samples_its_schools_each_term_and_the_bureau_accepts_what_it_tells() -> None:
    every = TermCheck.every
    assert every is not None
    assert [opens(every, date(2020, month, 1)) for month in (3, 8, 9)] == [True, False, True]
    assert period(every, date(2021, 1, 15)) == Period(date(2020, 9, 1), date(2021, 2, 28))
    file = Filed(course(TermCheck), {}, date(2020, 9, 1))
    file.do("plan", COUNTY_CLERK, DAY, began_on="2020-09-14", schools="60")
    file.do("tell", COUNTY_CLERK, date(2020, 11, 2), checked="45", hazards="12", majors="1", report="报告")
    assert file.held["left"] == "15"
    file.do("send_back", CITY, date(2020, 11, 3), back_why="15所未查")
    file.do("tell", COUNTY_CLERK, date(2020, 11, 20), checked="60", hazards="15", majors="1", report="报告")
    assert (file.held["left"], file.do("accept", CITY, date(2020, 11, 23)).state) == ("0", "accepted")


def test_a_school_that_lacks_guards_has_a_day_to_mend_it() -> None:
    told = {
        "checked_on": "2020-09-14",
        "people": "2150",
        "boarders": "920",
        "guards": "4",
        "closed": "yes",
        "linked": "yes",
    }
    file = Filed(course(SecurityCheck), told, DAY, COUNTY_CLERK)
    assert (file.held["needed"], file.held["short"], file.held["secure"]) == ("5", "1", "no")
    assert file.may(COUNTY_CLERK, DAY) == {"order"}
    file.do("order", COUNTY_CLERK, DAY, mend_by="2020-12-31")
    assert file.last == date(2020, 12, 31)
    again = {"checked_on": "2020-12-01", "guards": "5", "closed": "yes", "linked": "yes"}
    file.do("recheck", COUNTY_CLERK, date(2020, 12, 1), **again)
    assert file.do("pass_", COUNTY_CLERK, date(2020, 12, 1)).state == "met"


def test_guards_are_those_that_are_found_by_counting_one_by_one() -> None:
    def slow(people: int, boarders: int) -> int:
        by_people, above = (1, 0) if people < 100 else (2, 1000)
        while above and people > above:
            by_people, above = by_people + 1, above + 500
        by_boarders, above = (2, 300) if boarders else (0, 0)
        while above and boarders > above:
            by_boarders, above = by_boarders + 1, above + 300
        return max(by_people, by_boarders)

    for people in range(1, 5000, 7):
        for boarders in (0, 1, people // 3, people // 2, people):
            assert guards_needed(people, boarders, GUARDED) == slow(people, boarders), (people, boarders)
