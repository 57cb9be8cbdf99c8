"""Worked examples of the domain handbook, sections 8, 9, 16 and 17, on the engines: by cells, by counties, by posts, by quota."""

from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.declared.guarantees import CENTRE_SHARE, MYOPIA_2018, MYOPIA_FALL, SCREENED_LEAST
from luoshi.declared.measures import MEASURES, SENSITIVE
from luoshi.declared.parameters import SMALL_CELL
from luoshi.declared.standards import TRAINING_HOURS
from luoshi.measuring import By, Engine, Frames, explain, guaranteeing, judging, measure, rollup
from luoshi.measuring.guaranteeing import Step
from tests.measured import COUNTY, VALUES, YEAR, frames_of, kindergartens, school, shown, value_of

OTHER = "990103"
ENGINES = pytest.mark.parametrize("engine", list(Engine))


def _of(key: str, frames: dict, by: By = By.COUNTY, year: int = YEAR) -> dict:
    told = measure([MEASURES[key]], Frames(frames), year=year, by=by, values=VALUES, engine=Engine.POLARS)
    assert not told.unmeasured
    return told.of(key)


# §8 ---------------------------------------------------------------------------------------------------------------------


def _cell(place: str, grade: str, heads: int, pay: int, **more) -> dict:
    group = {"group": "established", "stage": "primary", "service": "from_6", "post_grade": grade, "place": place}
    return {**group, "person_months": heads, "total": pay * heads, **more}


def _cells_of_tv_08c(**more) -> list[dict]:
    rows = [("village", "senior", 120, 6900), ("town", "senior", 80, 7050)]
    rows += [("village", "middle", 200, 6100), ("county_town", "middle", 150, 6080)]
    return [_cell(*row, **more) for row in rows]


@ENGINES
def test_tv_08c_towns_are_put_into_the_mix_of_the_country(engine) -> None:
    alone = _cell("village", "junior", 9, 9999)
    frames = frames_of(pay_totals=[*_cells_of_tv_08c(), alone, _cell("urban", "middle", 50, 9000)])
    told = measure([MEASURES["rural_pay_ratio"]], Frames(frames), year=YEAR, values=VALUES, engine=engine)
    (row,) = told.rows
    assert (row.moment.part / 320, row.moment.whole / 320) == (6400, Decimal("6443.75"))
    assert row.value == Fraction(6400) / Fraction("6443.75") * 100
    assert (row.moment.rows, row.moment.used) == (3, 2)
    assert value_of("rural_pay_cells_passing", frames, engine) == 50


def test_tv_08c_the_engine_and_the_pure_function_say_the_same() -> None:
    cells = [judging.PayCell(120, 6900, 80, 7050), judging.PayCell(200, 6100, 150, 6080)]
    told = judging.rural_pay(cells)
    value = value_of("rural_pay_ratio", frames_of(pay_totals=_cells_of_tv_08c()))
    assert value == told.rural / told.town_in_rural_mix * 100


def test_tv_08c_cells_of_two_counties_are_never_mixed_and_add_up() -> None:
    dear = [
        _cell("village", "senior", 10, 9000, county=OTHER),
        _cell("town", "senior", 10, 8000, county=OTHER),
    ]
    frames = frames_of(pay_totals=[*_cells_of_tv_08c(), *dear])
    counties, city = (_of("rural_pay_ratio", frames, by) for by in (By.COUNTY, By.CITY))
    assert counties[OTHER].value == Fraction(9000, 8000) * 100
    assert city["990100"].value == Fraction(320 * 6400 + 90_000) / Fraction(320 * Decimal("6443.75") + 80_000) * 100
    (summed,) = rollup(counties.values())
    assert summed.moment == city["990100"].moment


def test_tv_08c_the_cells_that_fall_short_stand_behind_the_figure() -> None:
    frames = Frames(frames_of(pay_totals=_cells_of_tv_08c()))
    told = explain(MEASURES["rural_pay_ratio"], frames, year=YEAR, division=COUNTY, engine=Engine.POLARS)
    assert told.rows["post_grade"].to_list() == ["senior", "middle"]
    assert told.headings["post_grade"] == "岗位等级"


def _two_counties() -> dict:
    here, there = {"county": COUNTY}, {"county": OTHER}
    pay = [_cell("town", "middle", 4215 * 12, 0, **here), _cell("town", "middle", 785 * 12, 0, **there)]
    totals = [
        {**row, "total": heads * each} for row, heads, each in zip(pay, (4215, 785), (68_300, 72_280), strict=True)
    ]
    civil = [{**where, "person_months": 120, "total": 10 * each} for where, each in ((here, 70_150), (there, 71_050))]
    return frames_of(pay_totals=totals, civil_servant_pay=civil)


@ENGINES
def test_tv_08a_and_tv_08b_one_county_of_two_is_at_parity(engine) -> None:
    frames = _two_counties()
    assert value_of("counties_at_pay_parity", frames, engine) == 0
    assert value_of("counties_at_pay_parity", frames, engine, OTHER) == 100
    asked = [MEASURES["counties_at_pay_parity"], MEASURES["teachers_at_pay_parity"]]
    told = measure(asked, Frames(frames), year=YEAR, by=By.CITY, values=VALUES, engine=engine)
    assert [row.value for row in told.rows] == [50, Fraction(785, 5000) * 100]


def test_tv_08a_the_county_that_falls_short_is_named() -> None:
    told = explain(MEASURES["counties_at_pay_parity"], Frames(_two_counties()), year=YEAR, engine=Engine.POLARS)
    assert told.rows["county"].to_list() == [COUNTY]


def test_a_new_bonus_of_civil_servants_is_followed_in_the_same_month() -> None:
    assert [guaranteeing.lag(6, 6), guaranteeing.lag(6, 9), guaranteeing.lag(6, 4)] == [0, 3, 0]
    assert guaranteeing.lag(None, 3) is guaranteeing.lag(6, None) is None


# §9 ---------------------------------------------------------------------------------------------------------------------


def _budgets() -> dict:
    final = {"account": "final"}
    before = {**final, "education": 8_120_000_000, "pupils": 1_180_000, "pupils_before": 1_180_000}
    now = {**final, "education": 8_350_000_000, "pupils": 1_220_000, "pupils_before": 1_180_000}
    planned = {"account": "budget", "education": 8_000_000_000, "pupils": 1_220_000, "pupils_before": 1_180_000}
    totals = {"2018": 52_000_000_000, "2019": 54_800_000_000}
    return {
        **frames_of(2018, budgets=[{**before, "total": totals["2018"]}, {**planned, "total": 1, "pupils": 1_180_000}]),
        **frames_of(2019, budgets=[{**now, "total": totals["2019"]}, {**planned, "total": 1}]),
    }


@ENGINES
def test_tv_09a_the_basis_of_the_pupils_decides_on_the_engine(engine) -> None:
    frames = _budgets()
    assert shown(value_of("education_spending_per_pupil_of_year", frames, engine, year=2019)) == "6997.21"
    by_year = value_of("spending_per_pupil_of_year_to_last_year", frames, engine, year=2019)
    by_autumn = value_of("spending_per_pupil_to_last_year", frames, engine, year=2019)
    assert (shown(by_year), shown(by_autumn)) == ("101.68", "99.46")
    assert by_year >= 100 > by_autumn


def test_tv_09a_a_county_passes_the_first_and_fails_the_second_and_third() -> None:
    frames = _budgets()
    keys = ("counties_spending_not_falling", "counties_per_pupil_not_falling", "counties_share_not_falling")
    assert [value_of(key, frames, year=2019) for key in keys] == [100, 0, 0]
    share = value_of("education_budget_share_to_last_year", frames, year=2019)
    assert share == Fraction(8350, 54_800) / Fraction(8120, 52_000) * 100


def test_tv_09a_an_equal_budget_is_no_fall_and_is_not_the_final_account() -> None:
    frames = _budgets()
    assert value_of("education_budget_to_last_year", frames, year=2019) == 100
    assert value_of("education_budget_per_pupil_to_last_year", frames, year=2019) < 100


@pytest.mark.parametrize(
    ("foreseen", "fell", "before", "step"),
    [
        (False, None, False, Step.NOTHING),
        (True, None, True, Step.REMIND),
        (True, True, False, Step.TALK),
        (False, True, True, Step.REPORT),
        (True, False, True, Step.NOTHING),
    ],
)
def test_a_fall_leads_to_a_reminder_a_talk_a_report(foreseen, fell, before, step) -> None:
    assert guaranteeing.step_of(foreseen_to_fall=foreseen, fell=fell, fell_before=before) is step


def _funds(stage: str, **more) -> dict:
    return {"school": school(1), "stage": stage, "due": 0, "paid": 0, "small": False, **more}


@ENGINES
def test_tv_09b_a_small_village_school_is_paid_for_a_hundred_on_the_engine(engine) -> None:
    rows = [_funds("primary", pupils=86, boarders=20, small=True)]
    assert value_of("primary_running_costs_by_quota", frames_of(school_funds=rows), engine) == 69_000
    large = [_funds("primary", pupils=86, boarders=20)]
    assert value_of("primary_running_costs_by_quota", frames_of(school_funds=large), engine) == 86 * 650 + 4_000


@ENGINES
def test_tv_09c_disabled_pupils_have_their_own_quota_on_the_engine(engine) -> None:
    rows = [_funds("junior", pupils=420, disabled=4, boarders=150, paid=407_600)]
    frames = frames_of(school_funds=rows)
    due = value_of("junior_running_costs_by_quota", frames, engine)
    assert due == 407_600
    assert guaranteeing.parted(due, CENTRE_SHARE.value) == (244_560, 163_040)
    assert value_of("junior_running_costs_to_quota", frames, engine) == 100


# §16 --------------------------------------------------------------------------------------------------------------------


def _stages(**pupils: int) -> list[dict]:
    return [
        {"school": school(at), "stage": stage, "operator": "public", "pupils": many, "classes": 1}
        for at, (stage, many) in enumerate(pupils.items())
    ]


@ENGINES
def test_tv_16a_posts_of_a_county_are_rounded_up_on_its_total(engine) -> None:
    bands = _stages(primary=12_540, junior=5_400, senior=3_000)
    held = [
        {"school": row["school"], "stage": row["stage"], "established": many}
        for row, many in zip(bands, (650, 400, 250), strict=True)
    ]
    frames = frames_of(class_bands=bands, staff_counts=held)
    keys = [f"{stage}_posts_missing" for stage in ("primary", "junior", "senior")]
    told = measure([MEASURES[key] for key in keys], Frames(frames), year=YEAR, values=VALUES, engine=engine)
    assert [row.value for row in told.rows] == [10, 0, -10]
    assert sum(row.moment.whole for row in told.rows) == 1300


@ENGINES
def test_tv_16a_two_schools_are_rounded_up_once_by_the_county_and_twice_by_school(engine) -> None:
    bands = [
        {"school": school(at), "stage": "primary", "operator": kind, "pupils": many, "classes": 6}
        for at, (kind, many) in enumerate((("public", 60), ("public", 200), ("private", 900)))
    ]
    held = [{"school": school(at), "stage": "primary", "established": 5} for at in range(3)]
    frames = frames_of(class_bands=bands, staff_counts=held)
    told = measure(
        [MEASURES["primary_posts_missing"], MEASURES["primary_posts_missing_by_school"]],
        Frames(frames),
        year=YEAR,
        values=VALUES,
        engine=engine,
    )
    by_county, by_school = told.rows
    assert by_county.moment.whole == -(-260 // 19)
    assert by_school.moment.whole == 6 * 1.5 + -(-200 // 19)
    schools = measure(
        [MEASURES["primary_posts_missing_by_school"]], Frames(frames), year=YEAR, by=By.SCHOOL, values=VALUES
    )
    assert {code: row.value for code, row in schools.of("primary_posts_missing_by_school").items()} == {
        school(0): 4,
        school(1): 6,
    }


def test_posts_of_a_county_are_not_told_by_school() -> None:
    frames = frames_of(class_bands=_stages(primary=9), staff_counts=[{"school": school(0), "stage": "primary"}])
    told = measure([MEASURES["primary_posts_missing"]], Frames(frames), year=YEAR, by=By.SCHOOL, values=VALUES)
    assert told.unmeasured == {"primary_posts_missing": "编制按县(市、区)总数核定，不分学校、乡镇"}


def test_tv_16b_four_hours_are_short() -> None:
    assert guaranteeing.trained(60 + 84 + 72 + 90 + 50, TRAINING_HOURS.value) == (False, 4)


@ENGINES
def test_tv_16c_a_kindergarten_has_staff_enough_and_carers_too_few(engine) -> None:
    rows = [{**kindergartens(("public", 170))[0], "classes": 6, "staff": 27, "teachers": 12, "carers": 6}]
    frames = frames_of(kindergartens=rows)
    assert value_of("kindergartens_with_staff", frames, engine) == 100
    assert value_of("kindergartens_with_carers", frames, engine) == 0
    enough = frames_of(kindergartens=[{**rows[0], "carers": 7}])
    assert value_of("kindergartens_with_carers", enough, engine) == 100


# §17 --------------------------------------------------------------------------------------------------------------------


def _sight(number: int, stage: str, *, myopic: bool, **more) -> dict:
    return {"pupil": f"v{number:07d}", "school": school(1), "stage": stage, "myopic": myopic, **more}


@ENGINES
def test_tv_17a_the_overall_rate_is_weighted_by_pupils_and_not_the_mean_of_stages(engine) -> None:
    rows = [_sight(at, "primary", myopic=at < 2) for at in range(10)] + [
        _sight(at, "junior", myopic=at < 17) for at in range(10, 20)
    ]
    bands = _stages(primary=3000, junior=1000, senior=500)
    frames = frames_of(vision=rows, class_bands=bands)
    value = value_of("myopia_rate", frames, engine)
    assert value == Fraction(3000 * Fraction(2, 10) + 1000 * Fraction(7, 10)) / 4000 * 100
    assert value != Fraction(20 + 70, 2)
    assert value_of("myopia_rate_as_screened", frames, engine) == 45


def test_tv_17a_the_target_comes_from_dated_parameters_that_say_their_doubt() -> None:
    target = judging.myopia_target(MYOPIA_2018.value, 2018, 2020, MYOPIA_FALL.value)
    assert shown(target) == "52.60"
    assert Fraction(20_219, 38_512) * 100 <= target
    assert MYOPIA_2018.doubt
    assert MYOPIA_FALL.doubt


@ENGINES
def test_new_myopia_is_asked_of_those_who_were_not_myopic_before(engine) -> None:
    before = [_sight(at, "primary", myopic=at == 0) for at in range(4)]
    now = [_sight(at, "primary", myopic=at < 2) for at in range(6)]
    frames = {**frames_of(YEAR - 1, vision=before), **frames_of(vision=now)}
    assert value_of("myopia_new_onset", frames, engine) == Fraction(1, 3) * 100


@ENGINES
def test_either_eye_decides_and_an_eye_that_was_not_looked_at_does_not(engine) -> None:
    eyes = [
        {"left_sight": Decimal("4.9"), "left_equivalent": Decimal("-6.000")},
        {"right_sight": Decimal("5.0"), "right_equivalent": Decimal("-5.875")},
        {"right_sight": None, "left_sight": None, "right_equivalent": None, "left_equivalent": None},
    ]
    frames = frames_of(vision=[_sight(at, "junior", myopic=False, **one) for at, one in enumerate(eyes)])
    assert value_of("poor_sight_rate", frames, engine) == 50
    assert value_of("high_myopia_rate", frames, engine) == 50


def test_few_pupils_are_withheld_and_a_thin_screening_is_not_compared() -> None:
    least = SMALL_CELL.value
    told = [(4, 900), (0, 900), (5, 900), (897, 900), (2, 4), (None, 9), (900, 900)]
    assert [guaranteeing.withheld(*one, least) for one in told] == [True, False, False, True, True, False, False]
    assert guaranteeing.comparable(95, 100, SCREENED_LEAST.value)
    assert not guaranteeing.comparable(949, 1000, SCREENED_LEAST.value)
    assert not guaranteeing.comparable(0, 0, SCREENED_LEAST.value)


def test_what_may_be_withheld_is_declared_and_is_about_pupils() -> None:
    assert MEASURES.keys() >= SENSITIVE
    assert {"myopia_rate", "disabled_pupils"} <= SENSITIVE


@pytest.mark.parametrize("key", ["counties_at_rural_parity", "rural_pay_cells_passing", "counties_at_pay_parity"])
def test_groups_whose_rows_are_not_there_are_not_measured_and_say_why(key) -> None:
    told = measure([MEASURES[key]], Frames({}), year=YEAR, values=VALUES)
    assert "教师工资汇总" in told.unmeasured[key]
