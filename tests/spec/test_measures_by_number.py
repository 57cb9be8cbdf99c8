"""Worked examples of the domain handbook about measures, each by its number, from rows of the declared returns.

Where an example is a verdict on several figures, its rows are measured first where there are rows, and the verdict is the small
pure function of `measuring.judging`. Counties here are 星州's (99), which does not exist; figures are the handbook's exercises.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.declared.measures import JUNIOR_SEVEN, MEASURES, PRIMARY_SEVEN
from luoshi.declared.standards import JUNIOR_QUALITY, PRIMARY_QUALITY, VARIATIONS
from luoshi.measuring import Engine, Frames, judging, measure
from luoshi.words.rounding import rounded
from tests.measured import COUNTY, VALUES, YEAR, frames_of, kindergartens, school, shown, value_of

STANDARDS = {one.key: one.value for one in PRIMARY_QUALITY}
LIMITS = {one.key: one.value for one in VARIATIONS}


def _classes(sizes: list[int], stage: str = "primary", grade: int = 1) -> list[dict]:
    return [
        {
            "class_id": f"c{place}",
            "school": school(1),
            "stage": stage,
            "grade": grade,
            "size": size,
            "kind": "ordinary",
            "entry": grade in {1, 7, 10},
        }
        for place, size in enumerate(sizes)
    ]


# §1 ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize(("large", "told", "kept"), [(368, "2.944", True), (375, "3.000", True), (376, "3.008", False)])
def test_tv_01a_a_rate_from_bands_is_held_unrounded(large, told, kept, engine) -> None:
    rows = [
        {"school": school(1), "stage": "primary", "from_56": large - 8, "from_61": 5, "from_66": 3, "classes": 8000},
        {"school": school(2), "stage": "junior", "from_56": 0, "from_61": 0, "from_66": 0, "classes": 4500},
        {"school": school(3), "stage": "senior", "from_56": 90, "from_61": 0, "from_66": 0, "classes": 100},
    ]
    value = value_of("compulsory_large_class_rate", frames_of(class_bands=rows), engine)
    assert shown(value, 3) == told
    assert (value <= 3) is kept


def test_tv_01b_the_classes_of_one_grade_and_how_many_are_needed() -> None:
    sizes = [58, 57, 61, 49, 52, 55]
    frames = frames_of(classes=_classes(sizes))
    assert value_of("primary_large_class_rate_roll", frames) == 50
    assert value_of("entry_grade_large_class_rate", frames) == 50
    assert value_of("primary_super_large_classes_roll", frames) == 0
    assert sum(sizes) == 332
    assert judging.classes_needed(sizes, 55) == (7, 1)
    assert judging.classes_needed(sizes, 45) == (8, 2)


def test_tv_01c_the_bulletin_s_sense_and_the_plan_s_sense_of_published_counts() -> None:
    rows = [
        {"school": school(1), "stage": "primary", "from_56": 16_400, "from_61": 0, "from_66": 5_100, "classes": 38_300}
    ]
    frames = frames_of(class_bands=rows)
    assert shown(value_of("compulsory_bulletin_large_rate", frames), 1) == "42.8"
    assert shown(value_of("primary_large_class_rate", frames), 1) == "56.1"
    assert shown(value_of("primary_super_large_classes", frames) * 100 / 38_300, 1) == "13.3"


@pytest.mark.parametrize(("size", "large", "huge"), [(55, 0, 0), (56, 1, 0), (65, 1, 0), (66, 1, 1)])
def test_tv_01d_fifty_six_is_large_and_sixty_six_is_super_large(size, large, huge) -> None:
    frames = frames_of(classes=_classes([size], "junior", 7))
    assert value_of("junior_large_class_rate_roll", frames) == 100 * large
    assert value_of("junior_super_large_classes_roll", frames) == huge


# §2 ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", list(Engine))
def test_tv_02a_schools_are_compared_in_the_population_form_weighted_by_pupils(engine) -> None:
    pupils, books = [45, 37, 89, 76, 55], [279, 137, 935, 160, 402]
    own = {**VALUES, "balance_least_pupils": Decimal(0)}
    bands = [{"school": school(at), "stage": "primary", "pupils": many} for at, many in enumerate(pupils)]
    things = [{"school": school(at), "books": many} for at, many in enumerate(books)]
    asked = [MEASURES["primary_books"], MEASURES["primary_books_cv"]]
    told = measure(asked, Frames(frames_of(class_bands=bands, equipment=things)), year=YEAR, values=own, engine=engine)
    mean, apart = (told.of(one.key)[COUNTY] for one in asked)
    assert mean.moment.whole == 302
    assert rounded(Decimal(mean.value.numerator) / mean.value.denominator, 4) == Decimal("6.3344")
    assert rounded(apart.value, 4) == Decimal("0.5153")
    assert rounded(apart.value * Decimal(mean.value.numerator) / mean.value.denominator, 4) == Decimal("3.2639")


def test_tv_02b_the_mean_of_the_eight_is_held_and_not_each() -> None:
    eight = [Decimal(one) for one in ".412 .655 .581 .498 .5153 .233 .307 .441".split()]
    mean = judging.mean_variation(eight)
    assert shown(mean, 4) == "0.4553"
    assert mean <= Fraction(LIMITS["primary_mean_variation"]) < Fraction(max(eight))


# §3 ---------------------------------------------------------------------------------------------------------------------


def _seven(**changed: int) -> dict[str, Fraction | None]:
    """The school of TV-03a, measured from its rows of the annual return."""
    has = {
        "teachers": 27,
        "backbone": 6,
        "arts": 6,
        "rooms": 2640,
        "grounds": 4560,
        "equipment": 1_260_000,
        "media": 14,
    } | changed
    who = {"school": school(1)}
    staff = {
        **who,
        "stage": "primary",
        "bachelors": has["teachers"] - 7,
        "masters": 0,
        "college": 7,
        "backbone": has["backbone"],
        "sports": 3,
        "arts": has["arts"] - 3,
    }
    rooms = {
        "teaching": has["rooms"] + 300,
        "indoor_sports": 300,
        "sports_ground": has["grounds"] - 300,
        "media_rooms": has["media"],
    }
    frames = frames_of(
        class_bands=[{**who, "stage": "primary", "pupils": 600}],
        staff_counts=[staff],
        premises=[{**who, **rooms}],
        equipment=[{**who, "equipment": has["equipment"]}],
    )
    told = measure(PRIMARY_SEVEN, Frames(frames), year=YEAR, values=VALUES, engine=Engine.POLARS)
    assert not told.unmeasured
    return {row.measure.key: row.value for row in told.rows}


def test_tv_03a_six_of_seven_and_the_rest_over_85_percent_pass() -> None:
    figures = _seven()
    assert [
        shown(figures[one.key], 3) for one in PRIMARY_SEVEN
    ] == "4.500 1.000 1.000 4.400 7.600 2100.000 2.333".split()
    verdict = judging.school_of_quality(figures, STANDARDS)
    assert (verdict.passes, verdict.reached) == (True, 6)
    assert shown(verdict.short["primary_teaching_rooms"] * 100, 1) == "97.8"


def test_tv_03b_the_rest_under_85_percent_fails() -> None:
    verdict = judging.school_of_quality(_seven(rooms=2280), STANDARDS)
    assert (verdict.passes, verdict.reached) == (False, 6)


def test_tv_03c_five_of_seven_fail_though_both_others_are_over_85_percent() -> None:
    verdict = judging.school_of_quality(_seven(media=13), STANDARDS)
    assert (verdict.passes, verdict.reached) == (False, 5)
    assert all(one >= judging.SHARE_OF_REST for one in verdict.short.values())


def _three_schools(key: str, **rows: list[dict]):
    bands = [{"school": school(at), "stage": "primary", "pupils": many} for at, many in enumerate((600, 1200, 200))]
    asked = [MEASURES[key], MEASURES[f"{key}_cv"]]
    told = measure(asked, Frames(frames_of(class_bands=bands, **rows)), year=YEAR, values=VALUES, engine=Engine.POLARS)
    return (told.of(one.key)[COUNTY].value for one in asked)


def test_tv_03d_the_county_fails_for_one_school_though_its_variation_is_within_the_limit() -> None:
    # Teachers are counted in tenths here (7.2 of them are 72), because a return holds heads and the example full-time shares.
    staff = [
        {"school": school(at), "stage": "primary", "sports": tenths, "arts": 0}
        for at, tenths in enumerate((72, 114, 6))
    ]
    mean, apart = _three_schools("primary_arts_sports_teachers", staff_counts=staff)
    assert mean / 10 == Fraction("0.96")
    assert rounded(apart, 4) == Decimal("0.2571")
    least = STANDARDS["primary_arts_sports_teachers"]
    schools = [judging.school_of_quality({"r3": Fraction(one)}, {"r3": least}) for one in ("1.2", "0.95", "0.3")]
    assert [one.passes for one in schools] == [True, True, False]
    limit = LIMITS["primary_variation"]
    assert not judging.county_of_quality(schools, [(apart, limit)])
    assert judging.county_of_quality(schools[:2], [(apart, limit)])


def test_tv_03e_rooms_of_three_schools() -> None:
    rooms = [{"school": school(at), "teaching": Decimal(area)} for at, area in enumerate((3000, 5400, 1300))]
    mean, apart = _three_schools("primary_teaching_rooms", premises=rooms)
    assert (mean, rounded(apart, 4)) == (Fraction("4.85"), Decimal("0.1224"))


def test_the_junior_part_of_a_school_is_judged_by_junior_standards_with_its_share() -> None:
    who = {"school": school(1)}
    bands = [{**who, "stage": "primary", "pupils": 600}, {**who, "stage": "junior", "pupils": 300}]
    rooms = [{**who, "teaching": 4500, "indoor_sports": 0, "sports_ground": 9000, "media_rooms": 20}]
    told = measure(
        [*PRIMARY_SEVEN, *JUNIOR_SEVEN],
        Frames(frames_of(class_bands=bands, premises=rooms)),
        year=YEAR,
        values=VALUES,
        engine=Engine.POLARS,
    )
    assert told.of("primary_teaching_rooms")[COUNTY].moment.part == 3000
    assert told.of("junior_teaching_rooms")[COUNTY].moment.part == 1500
    assert {one.key for one in JUNIOR_QUALITY} == {one.key for one in JUNIOR_SEVEN}


# §4 ---------------------------------------------------------------------------------------------------------------------


def test_tv_04a_shares_of_children_and_how_many_are_missing() -> None:
    rows = kindergartens(("public", 90_000), ("quasi_public", 6_800), ("inclusive", 66_800), ("private", 49_800))
    people = [
        {"counted": "resident", "age": age, "people": many}
        for age, many in ((2, 70_000), (3, 80_000), (4, 79_000), (5, 77_000))
    ]
    frames = frames_of(kindergartens=rows, population=people)
    gross, affordable, public = (
        value_of(key, frames) for key in ("preschool_gross_enrolment", "affordable_share", "public_share")
    )
    assert [shown(one) for one in (gross, affordable, public)] == ["90.42", "76.66", "45.36"]
    assert (gross >= 85, affordable >= 80, public >= 50) == (True, False, False)
    assert judging.short_of(163_600, 213_400, 80) == 7_120
    assert judging.short_of(96_800, 213_400, 50) == 9_900


def test_tv_04b_children_are_counted_and_not_kindergartens() -> None:
    rows = kindergartens(("public", 4_000), ("inclusive", 4_259), ("private", 871), ("private", 870))
    frames = frames_of(kindergartens=rows)
    assert shown(value_of("affordable_share", frames)) == "82.59"
    assert sum(row["nature"] != "private" for row in rows) * 100 / len(rows) == 50


def test_tv_04c_classes_within_the_norm() -> None:
    norms = {"junior": 25, "middle": 30, "senior": 35, "mixed": 30}
    sizes = {"junior": 25, "middle": 31, "senior": 35, "mixed": 30}
    within = sum(judging.within_norm(kind, size, norms) for kind, size in sizes.items())
    assert not judging.within_norm("middle", 31, norms)
    rows = [{**kindergartens(("public", 121))[0], "classes": len(sizes), "within_norm": within}]
    assert value_of("kindergarten_classes_within_norm", frames_of(kindergartens=rows)) == 75


@pytest.mark.parametrize("engine", list(Engine))
def test_a_township_is_blank_without_a_public_central_kindergarten_and_streets_do_not_count(engine) -> None:
    towns = {"990102001000": "street", "990102100000": "town", "990102200000": "township"}
    register = [{"school": school(at), "township": code} for at, code in enumerate(towns)]
    rows = [
        {**one, "township": "990102100000", "central": central}
        for one, central in zip(kindergartens(("public", 100), ("private", 100)), (True, False), strict=True)
    ]
    rows.append({**rows[1], "school": "1199000009", "township": "990102200000", "central": True, "nature": "private"})
    frames = frames_of(institutions=register, kindergartens=rows)
    told = measure([MEASURES["blank_townships"]], Frames(frames), year=YEAR, values=VALUES, engine=engine)
    assert (told.rows[0].moment.part, told.rows[0].moment.whole) == (1, 2)
