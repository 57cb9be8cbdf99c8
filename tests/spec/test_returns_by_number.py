"""The worked examples of the domain handbook about identifiers and the statistics return, each by its number."""

from datetime import date

import polars as pl
import pytest

from luoshi.checking import Aside, Checked, Engine, check
from luoshi.checking.windows import days_late, remind_on
from luoshi.declared.returns import ClassBands, Institutions, Pupils
from luoshi.words.calendars import national
from luoshi.words.identifiers import (
    RollNumber,
    SchoolCode,
    credit_check,
    is_person,
    organisation_check,
    person_check,
    roll_number,
    school_code,
)

BANDS = [name for name in ClassBands.columns if name.startswith(("up_to_25", "from_"))]
ON = date(2020, 9, 1)


def _bands(counts: list[int], classes: int, pupils: int, engine: Engine = Engine.POLARS) -> Checked:
    row = {"school": "2141000123", "stage": "primary", **dict(zip(BANDS, counts, strict=True))}
    return check(ClassBands, pl.DataFrame([{**row, "classes": classes, "pupils": pupils}]), engine=engine)


def _broken(checked: Checked) -> list[str]:
    return [name for name, many in checked.counts.items() if many]


@pytest.mark.parametrize(
    ("seventeen", "check_character"),
    [("11010519491231002", "X"), ("44052418800101001", "4"), ("41030020120401001", "0")],
)
def test_tv_19abc_the_check_of_an_identity_number(seventeen, check_character) -> None:
    number = seventeen + check_character
    assert person_check(seventeen) == check_character
    assert is_person(number, ON) is (seventeen[6:10] != "1880"), "somebody born in 1880 is not alive"
    rows = pl.DataFrame({"pupil": ["a" * 8, "b" * 8], "identity": [number, seventeen + "7"]})
    assert check(Pupils, rows).broken().rows() == [(1, "identity_checked", "stops")]


def test_tv_19d_the_check_of_an_organisation_and_of_a_credit_code() -> None:
    assert organisation_check("MB100001") == "0"
    assert credit_check("12410300MB1000010") == "K"
    rows = pl.DataFrame(
        {"school": ["2141000123", "2141000124"], "credit": ["12410300MB1000010K", "12410300MB1000010A"]}
    )
    for engine in Engine:
        assert check(Institutions, rows, engine=engine).broken().rows() == [(1, "credit_checked", "stops")]


def test_tv_19e_the_letter_of_a_roll_number() -> None:
    assert roll_number("G410300201204010010") is RollNumber.IDENTITY
    assert roll_number("L410300201204011234") is RollNumber.TEMPORARY
    assert roll_number("X410300201204010010") is None
    assert roll_number("G410300201204010011") is None, "its check digit is wrong"
    numbers = ["G410300201204010010", "L410300201204011234", "X410300201204010010", "G410300201204010011"]
    rows = pl.DataFrame({"pupil": [f"pupil00{place}" for place in range(4)], "roll_number": numbers})
    told = check(Pupils, rows).broken()
    assert told.filter(pl.col("rule") == "roll_number.form")["row"].to_list() == [2]
    assert told.filter(pl.col("rule") == "roll_number_checked")["row"].to_list() == [3]


def test_tv_19f_a_school_code_says_its_class_and_its_province() -> None:
    assert school_code("2141000123") == SchoolCode("小学", "41")
    assert school_code("2241000123") == SchoolCode("成人小学", "41")
    assert school_code("2199000123") == SchoolCode("小学", ""), "no province"
    rows = pl.DataFrame({"school": ["2141000123", "2199000123"], "county": ["410302", "410302"]})
    assert check(Institutions, rows).broken().rows() == [(1, "province", "stops")]


@pytest.mark.parametrize("engine", Engine)
def test_tv_20a_bands_that_add_up_to_thirty_are_not_thirty_one(engine) -> None:
    checked = _bands([0, 2, 5, 9, 8, 4, 2, 0, 0, 0], 31, 1150, engine)
    assert _broken(checked) == ["bands_add_up"]
    (found,) = checked.findings()
    assert "30≠31" in found.finding.what
    assert "各段班数之和等于班数总计" in found.finding.rule
    assert not found.asks
    assert _broken(_bands([0, 2, 5, 9, 8, 4, 2, 0, 0, 0], 30, 1150)) == []


@pytest.mark.parametrize("engine", Engine)
def test_tv_20b_three_classes_of_at_most_fifty_hold_150_pupils(engine) -> None:
    three = [0, 0, 0, 0, 0, 3, 0, 0, 0, 0]
    checked = _bands(three, 3, 152, engine)
    assert _broken(checked) == ["not_over_bands"]
    assert "152＞150" in checked.findings()[0].finding.what
    assert _broken(_bands(three, 3, 150, engine)) == []
    assert _broken(_bands(three, 3, 137, engine)) == ["not_under_bands"]


def test_tv_20c_a_return_of_the_22nd_is_two_days_late_and_friday_the_18th_reminds() -> None:
    due = date(2020, 9, 20)
    assert days_late(due, date(2020, 9, 22)) == 2
    assert days_late(due, date(2020, 9, 20)) == days_late(due, date(2020, 9, 1)) == 0
    assert remind_on(due, national()) == date(2020, 9, 18)


def test_a_flow_that_leaves_more_than_thirty_pupils_unsaid_asks_for_an_explanation() -> None:
    key = {"school": ["2141000123"], "stage": ["primary"]}
    now = pl.DataFrame(
        {**key, "pupils": [940], "entrants": [160], "graduates": [150], "moved_in": [5], "moved_out": [6]}
    )
    before = pl.DataFrame({**key, "pupils": [900]})
    checked = check(ClassBands, now, Aside(last_year=before))
    assert _broken(checked) == ["flow"]
    (found,) = checked.findings()
    assert found.asks
    assert "上年在校学生数为900" in found.finding.what
    assert checked.unexplained([]) != []
    assert checked.unexplained([(("2141000123", "primary"), "flow")]) == []
    assert _broken(check(ClassBands, now, Aside(last_year=before.with_columns(pupils=pl.lit(931))))) == []


@pytest.mark.parametrize(
    ("last_year", "graduates", "broken"),
    [
        ({"grade_5": 40, "grade_6": 45}, 47, []),
        ({"grade_5": 60, "grade_6": 45}, 48, ["graduates_of_primary"]),
        (
            {"grade_5": 40, "grade_6": 0},
            42,
            [],
        ),  # an export prints a zero under the grade a school of five years has not
        ({"grade_5": 40, "grade_6": None}, 42, []),
        ({"grade_5": 40, "grade_6": None}, 43, ["graduates_of_five"]),
    ],
)
@pytest.mark.parametrize("engine", Engine)
def test_graduates_of_a_school_of_five_years_are_held_against_the_fifth(engine, last_year, graduates, broken) -> None:
    key = {"school": ["2141000123"], "stage": ["primary"]}
    now = pl.DataFrame({**key, "graduates": [graduates], "moved_in": [2]})
    types = {"grade_5": pl.Int64, "grade_6": pl.Int64}
    before = pl.DataFrame({**key, **{name: [value] for name, value in last_year.items()}}, schema_overrides=types)
    checked = check(ClassBands, now, Aside(last_year=before), engine=engine)
    assert _broken(checked) == broken
    if broken:
        assert f"{graduates}＞" in checked.findings()[0].finding.what
