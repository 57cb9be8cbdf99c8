"""Worked examples of the domain handbook about measures, sections 5 to 9, 16 and 17, each by its number."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from luoshi.checking import check
from luoshi.declared.returns import Vision
from luoshi.measuring import Engine, judging
from tests.measured import YEAR, frames_of, kindergartens, school, shown, value_of

# §5, §6, §7 -------------------------------------------------------------------------------------------------------------


def test_tv_05a_gross_enrolment_of_the_senior_stage() -> None:
    bands = [
        {"school": school(1), "stage": "senior", "pupils": 150_000},
        {"school": school(2), "stage": "vocational", "pupils": 98_600},
        {"school": school(3), "stage": "junior", "pupils": 12_345},
    ]
    people = [
        {"counted": "resident", "age": age, "people": many}
        for age, many in ((14, 9), (15, 90_000), (16, 90_900), (17, 91_000))
    ]
    value = value_of("senior_gross_enrolment", frames_of(class_bands=bands, population=people))
    assert (shown(value), shown(93 - value)) == ("91.43", "1.57")
    assert judging.short_of(248_600, 271_900, 93) == 4_267


def test_tv_05b_entrants_of_the_two_kinds_of_schools() -> None:
    bands = [
        {"school": school(1), "stage": "vocational", "entrants": 18_500},
        {"school": school(2), "stage": "senior", "entrants": 21_500},
    ]
    value = value_of("vocational_entrants_share", frames_of(class_bands=bands))
    assert value == Fraction("46.25")
    assert shown(100 - value) == "53.75"
    assert shown(value / (100 - value), 3) == "0.860"


def test_tv_05c_three_years_of_junior_school() -> None:
    value = judging.three_year_retention(985, 30, 20, 1000, 1)
    assert shown(value) == "97.60"
    assert value >= 95


def test_tv_05c_a_cohort_is_the_ninth_grade_over_the_first_eight_years_before() -> None:
    now = frames_of(class_bands=[{"school": school(1), "stage": "junior", "grade_1": 7, "grade_3": 960}])
    then = frames_of(2012, class_bands=[{"school": school(2), "stage": "primary", "grade_1": 1000, "grade_3": 5}])
    assert value_of("nine_year_retention", {**now, **then}) == 96


def test_tv_05d_gross_and_net_differ_by_the_age_of_pupils() -> None:
    assert [shown(Fraction(part, 49_900) * 100) for part in (51_200, 49_870)] == ["102.61", "99.94"]


@pytest.mark.parametrize(
    ("counts", "told", "kept"),
    [((1046, 79), "92.978", False), ((1047, 78), "93.067", True), ((1046, 79, 3), "92.711", False)],
)
def test_tv_06abc_children_of_three_kinds_of_disability(counts, told, kept) -> None:
    value = judging.disabled_placed(*counts)
    assert shown(value, 3) == told
    assert (value >= 93) is kept


def test_tv_07a_lists_are_held_against_one_another() -> None:
    ids = [str(one) for one in range(1, 11)]
    told = judging.dropouts(ids, ids[:8], ids[:6], {"8", "10"}, elsewhere={"9"}, excused={"7"})
    assert told == judging.Dropouts(frozenset({"10"}), frozenset({"8"}), frozenset({"8", "10"}))


def test_tv_07b_one_case_is_open_of_nine() -> None:
    assert shown(Fraction(9, 812_300) * 100, 4) == "0.0011"
    assert 9 - 8 == 1


@pytest.mark.parametrize("engine", list(Engine))
def test_tv_07c_pupils_that_are_missed_within_a_year(engine) -> None:
    who = {"school": school(1), "stage": "primary"}
    now = {**who, "pupils": 10_060, "entrants": 3_300, "graduates": 3_200, "moved_in": 150, "moved_out": 180 + 1}
    frames = {**frames_of(class_bands=[now]), **frames_of(YEAR - 1, class_bands=[{**who, "pupils": 10_000}])}
    assert value_of("pupils_missed", frames, engine) == Fraction("0.09")


# §8 ---------------------------------------------------------------------------------------------------------------------


def _pay(teachers: int, civil: int, heads: int = 4215) -> dict:
    group = {"group": "established", "place": "town", "stage": "primary", "post_grade": "middle", "service": "from_6"}
    totals = [{**group, "person_months": heads * 12, "total": teachers * heads}]
    return frames_of(pay_totals=totals, civil_servant_pay=[{"person_months": 1200, "total": civil * 100}])


@pytest.mark.parametrize("engine", list(Engine))
def test_tv_08a_teachers_below_civil_servants(engine) -> None:
    frames = _pay(68_300, 70_150)
    assert value_of("teacher_average_pay", frames, engine) == 68_300
    ratio = value_of("teacher_pay_ratio", frames, engine) / 100
    gap = judging.pay_gap(68_300, 70_150, 4_215)
    assert (shown(ratio, 4), ratio == gap.ratio, gap.passes) == ("0.9736", True, False)
    assert (gap.per_head, gap.total) == (1_850, 7_797_750)


def test_tv_08b_teachers_above_civil_servants() -> None:
    ratio = value_of("teacher_pay_ratio", _pay(72_280, 71_050)) / 100
    assert (shown(ratio, 4), judging.pay_gap(72_280, 71_050, 1).passes) == ("1.0173", True)


def test_tv_08c_rural_pay_is_compared_cell_by_cell() -> None:
    cells = [judging.PayCell(120, 6900, 80, 7050), judging.PayCell(200, 6100, 150, 6080)]
    told = judging.rural_pay(cells)
    assert told.rural == 6400
    assert shown(told.town) == "6417.39"
    assert (told.town_in_rural_mix, told.passing) == (Fraction("6443.75"), 1)


# §9 ---------------------------------------------------------------------------------------------------------------------


def _budgets() -> dict:
    final = {"account": "final"}
    before = {**final, "education": 8_120_000_000, "pupils": 1_180_000, "total": 52_000_000_000}
    now = {**final, "education": 8_350_000_000, "pupils": 1_220_000, "total": 54_800_000_000}
    return {**frames_of(2018, budgets=[before]), **frames_of(2019, budgets=[now, {**now, "account": "budget"}])}


@pytest.mark.parametrize("engine", list(Engine))
def test_tv_09a_spending_grows_and_spending_per_pupil_falls(engine) -> None:
    frames = _budgets()
    told = {
        key: value_of(key, frames, engine, year=2019)
        for key in ("education_spending_to_last_year", "education_spending_per_pupil", "education_budget_share")
    }
    assert shown(told["education_spending_to_last_year"] - 100) == "2.83"
    assert shown(told["education_spending_per_pupil"]) == "6844.26"
    assert shown(value_of("education_spending_per_pupil", frames, engine, year=2018)) == "6881.36"
    assert value_of("spending_per_pupil_to_last_year", frames, engine, year=2019) < 100
    assert (shown(told["education_budget_share"]), shown(value_of("education_budget_share", frames, year=2018))) == (
        "15.24",
        "15.62",
    )


def test_tv_09a_the_basis_of_the_pupils_decides() -> None:
    pupils = judging.pupils_over_year(1_180_000, 1_220_000)
    assert shown(pupils, 0) == "1193333"
    assert shown(Fraction(8_350_000_000) / pupils) == "6997.21"


def test_tv_09b_a_small_village_school_is_paid_for_a_hundred() -> None:
    assert judging.running_costs(judging.Quota(650, 6000, 200), 86, boarders=20, small=True) == 69_000


def test_tv_09c_disabled_pupils_have_their_own_quota() -> None:
    due = judging.running_costs(judging.Quota(850, 6000, 200), 420, boarders=150, disabled=4)
    assert (due, due * 60 // 100) == (407_600, 244_560)


def test_tv_09d_growth_is_in_percent_of_the_year_before() -> None:
    assert shown((Fraction("42908.15") / Fraction("40046.55") - 1) * 100) == "7.15"


# §16, §17 ---------------------------------------------------------------------------------------------------------------


def test_tv_16a_posts_are_rounded_up_by_stage() -> None:
    told = judging.posts({"P": 12_540, "J": 5_400, "S": 3_000}, {"P": 19, "J": Decimal("13.5"), "S": Decimal("12.5")})
    assert (told, sum(told.values())) == ({"P": 660, "J": 400, "S": 240}, 1300)


@pytest.mark.parametrize(("hours", "done"), [(60 + 84 + 72 + 90 + 50, 0), (360, 100)])
def test_tv_16b_hours_of_five_years(hours, done) -> None:
    rows = [{"person": "a1b2c3d4", "school": school(1), "post": "teacher", "hours": hours}]
    assert value_of("training_completed", frames_of(staff=rows)) == done
    assert hours in {356, 360}


def test_tv_16c_children_for_each_of_the_staff() -> None:
    rows = [{**kindergartens(("public", 170))[0], "classes": 6, "staff": 27, "teachers": 12, "carers": 6}]
    frames = frames_of(kindergartens=rows)
    staff, carers = value_of("children_per_staff", frames), value_of("children_per_carer", frames)
    assert (shown(staff), 5 <= staff <= 7) == ("6.30", True)
    assert (shown(carers), carers <= 9) == ("9.44", False)
    assert Fraction(18, 6) == 3


def test_tv_16d_a_sanction_ends_on_its_day() -> None:
    assert judging.sanction_ends(date(2020, 3, 10), 12) == date(2021, 3, 10)
    assert judging.sanction_ends(date(2020, 8, 31), 6) == date(2021, 2, 28)


def test_tv_16e_exchanged_teachers_and_backbone_among_them() -> None:
    rows = [
        {"person": f"p{at:07d}", "school": school(1), "post": "teacher", "exchanged": at < 85, "backbone": at < 15}
        for at in range(820)
    ]
    value = value_of("backbone_among_exchanged", frames_of(staff=rows))
    assert (shown(value), value >= 20) == ("17.65", False)
    assert shown(Fraction(85, 820) * 100) == "10.37"


def test_tv_17a_the_rate_is_held_against_a_falling_target() -> None:
    rows = [
        {"pupil": f"v{at:07d}", "school": school(1), "stage": "junior", "myopic": at < 20_219} for at in range(38_512)
    ]
    value = value_of("junior_myopia_rate", frames_of(vision=rows))
    assert shown(value) == "52.50"
    targets = [judging.myopia_target(Decimal("53.60"), 2018, 2020, falls) for falls in (Decimal("0.5"), 1)]
    assert [shown(one) for one in targets] == ["52.60", "51.60"]
    assert [value <= one for one in targets] == [True, False]


@pytest.mark.parametrize(("sight", "sphere", "cylinder"), [("4.9", "-0.25", "-0.50"), ("5.0", "-0.75", "0")])
def test_tv_17bc_myopia_needs_both_the_sight_and_the_refraction(sight, sphere, cylinder) -> None:
    equivalent = Decimal(sphere) + Decimal(cylinder) / 2
    eye = {
        "right_sight": Decimal(sight),
        "right_sphere": Decimal(sphere),
        "right_cylinder": Decimal(cylinder),
        "right_equivalent": equivalent,
    }
    row = {**dict.fromkeys(Vision.columns), "pupil": "v0000001", "stage": "junior", **eye}
    told = {
        myopic: check(Vision, pl.DataFrame([{**row, "myopic": myopic}], Vision.schema())).counts["judged"]
        for myopic in (False, True)
    }
    assert told == {False: 0, True: 1}
