"""Worked examples of the domain handbook, sections 1 to 7 and 14, from rows of the returns or as verdicts on several figures."""

from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.declared.checklists import BASIC_BALANCE, CHECKLISTS, QUALITY_BALANCE
from luoshi.declared.measures import MEASURES
from luoshi.measuring import Engine, Frames, explain, measure
from luoshi.measuring.holding import figures_of, hold
from luoshi.words.checklists import Holds
from tests.measured import COUNTY, VALUES, YEAR, frames_of, school, shown, value_of


def _class(size: int, grade: int = 7, **more) -> dict:
    who = {"class_id": f"c{size}{grade}", "school": school(1), "stage": "junior" if grade > 6 else "primary"}
    return {**who, "grade": grade, "size": size, "kind": "ordinary", "entry": grade in {1, 7}, **more}


# §1 ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "large", "huge", "bulletin"), [(55, 0, 0, 0), (56, 1, 0, 1), (65, 1, 0, 1), (66, 1, 1, 0)]
)
def test_tv_01d_the_plan_s_sense_and_the_bulletin_s_sense_of_one_class(size, large, huge, bulletin) -> None:
    roll = frames_of(classes=[_class(size)])
    keys = ("compulsory_large_class_rate_roll", "compulsory_super_large_classes_roll")
    assert [value_of(key, roll) for key in keys] == [100 * large, huge]
    assert value_of("compulsory_bulletin_large_rate_roll", roll) == 100 * bulletin
    band = {55: "from_51", 56: "from_56", 65: "from_61", 66: "from_66"}[size]
    bands = dict.fromkeys(("from_51", "from_56", "from_61", "from_66"), 0) | {band: 1}
    frames = frames_of(class_bands=[{"school": school(1), "stage": "junior", "classes": 1, **bands}])
    told = [value_of(f"junior_{key}", frames) for key in ("large_class_rate", "super_large_class_rate")]
    assert told == [100 * large, 100 * huge]
    assert value_of("junior_bulletin_large_rate", frames) == 100 * bulletin


def test_tv_01b_pupils_beyond_fifty_five_and_who_is_there() -> None:
    sizes = [58, 57, 61, 49, 52, 55]
    rows = [_class(size, 1, present=size - 4 * (size == 57)) for size in sizes]
    frames = frames_of(classes=rows)
    assert value_of("compulsory_pupils_over_large", frames) == 3 + 2 + 6
    assert value_of("classes_apart", frames) == 1
    assert shown(value_of("compulsory_large_class_rate_present", frames)) == "33.33"
    assert value_of("primary_entry_large_class_rate", frames) == 50
    assert value_of("primary_over_standard_rate_roll", frames) == 100


# §2 ---------------------------------------------------------------------------------------------------------------------


def _eight(stage: str, figures: str) -> dict[str, Decimal]:
    (item,) = (one for one in BASIC_BALANCE.items if one.key == f"CV-{stage}")
    return dict(zip(item.bounds[0].measures, map(Decimal, figures.split()), strict=True))


def test_tv_02b_the_mean_of_the_eight_holds_though_one_of_them_is_over_it() -> None:
    figures = _eight("primary", ".412 .655 .581 .498 .5153 .233 .307 .441")
    told = hold(BASIC_BALANCE, figures, VALUES)
    primary, junior = told.items[:2]
    assert (primary.holds, shown(primary.held[0].value, 4)) == (Holds.YES, "0.4553")
    assert (junior.holds, told.holds) == (Holds.UNKNOWN, Holds.UNKNOWN)


# §3 ---------------------------------------------------------------------------------------------------------------------


def _resources(*schools: dict) -> dict:
    """Primary schools of 600 pupils with their seven resources, as TV-03a has them unless said otherwise."""
    rows = {key: [] for key in ("class_bands", "staff_counts", "premises", "equipment")}
    for at, changed in enumerate(schools):
        has = {"r1": 27, "r2": 6, "r3": 6, "r4": 2640, "r5": 4560, "r6": 1_260_000, "r7": 14, **changed}
        who = {"school": school(at)}
        rows["class_bands"].append({**who, "stage": "primary", "pupils": 600})
        degrees = {"bachelors": 0, "masters": 0, "college": has["r1"]}
        arts = {"backbone": has["r2"], "sports": 0, "arts": has["r3"]}
        rows["staff_counts"].append({**who, "stage": "primary", **degrees, **arts})
        rooms = {"teaching": has["r4"], "indoor_sports": 0, "sports_ground": has["r5"], "media_rooms": has["r7"]}
        rows["premises"].append({**who, **rooms})
        rows["equipment"].append({**who, "equipment": has["r6"]})
    return frames_of(**rows)


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize(
    ("changed", "share", "used"),
    [
        pytest.param({}, 100, 1, id="TV-03a"),
        pytest.param({"r4": 2280}, 0, 1, id="TV-03b"),
        pytest.param({"r7": 13}, 0, 1, id="TV-03c"),
        pytest.param({"r5": None}, None, 0, id="one-unknown"),
        pytest.param({"r5": None, "r4": 2280}, 0, 1, id="fails-whatever-the-unknown-is"),
    ],
)
def test_a_school_passes_six_of_seven_with_the_rest_over_85_percent(changed, share, used, engine) -> None:
    asked = [MEASURES["primary_schools_of_quality"]]
    told = measure(asked, Frames(_resources(changed)), year=YEAR, values=VALUES, engine=engine)
    (row,) = told.rows
    assert (row.value, row.moment.rows, row.moment.used) == (share, 1, used)


def test_tv_03d_one_failing_school_fails_the_county_and_is_listed() -> None:
    key = "primary_schools_of_quality"
    frames = Frames(_resources({}, {}, {"r3": 2}))
    told = measure([MEASURES[key]], frames, year=YEAR, values=VALUES, engine=Engine.POLARS)
    assert shown(told.rows[0].value) == "66.67"
    behind = explain(MEASURES[key], frames, year=YEAR, values=VALUES, engine=Engine.POLARS)
    assert behind.rows["school"].to_list() == [school(2)]
    verdict = hold(QUALITY_BALANCE, {key: told.rows[0].value, "primary_arts_sports_teachers_cv": "0.2571"}, VALUES)
    assert verdict.items[0].holds is Holds.NO
    assert verdict.holds is Holds.NO


def test_a_county_holds_only_when_nothing_is_unknown_and_people_have_judged() -> None:
    figures = dict.fromkeys(QUALITY_BALANCE.measures, Fraction(100)) | {
        key: Fraction(0) for key in QUALITY_BALANCE.measures if key.endswith(("_cv", "_rate_roll"))
    }
    assert hold(QUALITY_BALANCE, figures, VALUES).holds is Holds.PEOPLE
    judged = {one.key: True for one in QUALITY_BALANCE.items if one.people}
    assert hold(QUALITY_BALANCE, figures, VALUES, judged=judged).holds is Holds.YES
    some = hold(QUALITY_BALANCE, figures, VALUES, judged=judged, incomplete=["primary_schools_of_quality"])
    assert (some.holds, some.items[0].holds) == (Holds.UNKNOWN, Holds.UNKNOWN)
    assert hold(QUALITY_BALANCE, figures, VALUES, judged={**judged, "V6": False}).holds is Holds.NO
    assert hold(QUALITY_BALANCE, {**figures, "allocated_share": None}, VALUES, judged=judged).holds is Holds.UNKNOWN


def test_the_list_of_quality_balance_has_the_document_s_items() -> None:
    keys = [one.key for one in QUALITY_BALANCE.items]
    told = [sum(key[0] == letter and key[1:].isdigit() for key in keys) for letter in "GQ"]
    assert (told, keys.count("S")) == ([15, 9], 1)
    for one in CHECKLISTS.values():
        assert set(one.measures) <= MEASURES.keys()
        assert {key for item in one.items for key in item.parameters} <= VALUES.keys()
        assert all(item.bounds or item.people for item in one.items)
        assert len({item.key for item in one.items}) == len(one.items)


def test_a_school_of_2001_is_too_large_and_a_nine_year_school_may_have_2500() -> None:
    heads = {"211": (2000, 2001), "312": (2500, 2501)}
    rows = [(kind, many) for kind, some in heads.items() for many in some]
    register = [{"school": school(at), "kind": kind} for at, (kind, _) in enumerate(rows)]
    bands = [{"school": school(at), "stage": "primary", "pupils": many - 700} for at, (_, many) in enumerate(rows)]
    bands += [{"school": school(at), "stage": "junior", "pupils": 700} for at in range(len(rows))]
    bands.append({"school": school(2), "stage": "senior", "pupils": 900})
    assert value_of("schools_within_size", frames_of(institutions=register, class_bands=bands)) == 50


@pytest.mark.parametrize(
    ("classes", "rooms", "passes"), [(12, 1, 100), (13, 1, 0), (24, 2, 100), (25, 2, 0), (1, 0, 0)]
)
def test_twelve_classes_need_a_room_each_for_music_and_art_and_a_part_of_twelve_too(classes, rooms, passes) -> None:
    frames = frames_of(
        class_bands=[{"school": school(1), "stage": "primary", "classes": classes}],
        premises=[{"school": school(1), "music_rooms": rooms, "art_rooms": rooms}],
    )
    assert value_of("schools_with_special_rooms", frames) == passes


def test_figures_of_a_county_say_which_rules_some_schools_cannot_be_held_against() -> None:
    asked = [MEASURES["primary_schools_of_quality"], MEASURES["primary_teaching_rooms"]]
    told = measure(asked, Frames(_resources({}, {"r5": None})), year=YEAR, values=VALUES, engine=Engine.POLARS)
    figures, incomplete = figures_of(told.rows, COUNTY)
    assert figures == {"primary_schools_of_quality": 100, "primary_teaching_rooms": Fraction("4.4")}
    assert incomplete == {"primary_schools_of_quality"}


# §4 ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", list(Engine))
def test_what_is_not_blank_is_covered(engine) -> None:
    register = [{"school": school(at), "township": f"99010210{at}000"} for at in range(4)]
    rows = [{"school": "1199000001", "nature": "public", "township": "990102101000", "central": True}]
    frames = frames_of(institutions=register, kindergartens=rows)
    assert value_of("township_coverage", frames, engine) == 25
    assert value_of("blank_townships", frames, engine) == 3
    behind = explain(MEASURES["township_coverage"], Frames(frames), year=YEAR, values=VALUES, engine=engine)
    assert behind.rows["place"].to_list() == ["990102100000", "990102102000", "990102103000"]


# §5, §6, §7 -------------------------------------------------------------------------------------------------------------


def test_tv_05b_vocational_to_general_entrants_as_a_ratio() -> None:
    rows = [("vocational", 18_500), ("senior", 21_500)]
    bands = [{"school": school(at), "stage": one, "entrants": many} for at, (one, many) in enumerate(rows)]
    assert shown(value_of("vocational_to_general", frames_of(class_bands=bands)), 3) == "0.860"


def test_tv_05a_technical_schools_count_as_the_parameter_says() -> None:
    rows = [("senior", 150_000, "342"), ("vocational", 90_000, "361"), ("vocational", 8_600, "366")]
    bands = [{"school": school(at), "stage": one, "pupils": many} for at, (one, many, _) in enumerate(rows)]
    register = [{"school": school(at), "kind": kind} for at, (_, _, kind) in enumerate(rows)]
    people = [{"counted": "resident", "age": 16, "people": 271_900}]
    frames = frames_of(class_bands=bands, institutions=register, population=people)
    key = "senior_gross_enrolment_counted"
    assert shown(value_of(key, frames)) == "91.43"
    own = {**VALUES, "technical_counted": Decimal(0)}
    (row,) = measure([MEASURES[key]], Frames(frames), year=YEAR, values=own, engine=Engine.POLARS).rows
    assert shown(row.value) == "88.27"


def test_tv_05c_a_cohort_of_three_years_from_the_county_s_counts() -> None:
    cohort = {"cohort_graduates": 985, "cohort_in": 30, "cohort_out": 20, "cohort_begun": 1000, "cohort_died": 1}
    value = value_of("junior_three_year_retention", frames_of(county_counts=[cohort]))
    assert (shown(value), value >= VALUES["junior_retention_least"]) == ("97.60", True)


def test_tv_05d_gross_and_net_enrolment_of_primary_schools() -> None:
    people = [
        {"counted": "resident", "age": age, "people": 49_900 // 6 + (age == 6) * (49_900 % 6)} for age in range(6, 12)
    ]
    people += [{"counted": "resident", "age": 12, "people": 9}, {"counted": "household", "age": 6, "people": 9}]
    frames = frames_of(
        class_bands=[{"school": school(1), "stage": "primary", "pupils": 51_200}],
        county_counts=[{"primary_of_age": 49_870}],
        population=people,
    )
    told = [value_of(key, frames) for key in ("primary_gross_enrolment", "primary_net_enrolment")]
    assert [shown(one) for one in told] == ["102.61", "99.94"]


@pytest.mark.parametrize(
    ("placed", "off_roll", "told", "kept"),
    [
        pytest.param(1046, 0, "92.978", False, id="TV-06a"),
        pytest.param(1047, 0, "93.067", True, id="TV-06b"),
        pytest.param(1046, 3, "92.711", False, id="TV-06c"),
    ],
)
def test_disabled_children_are_counted_by_the_county(placed, off_roll, told, kept) -> None:
    counts = {"three_of_age": 1125, "three_placed": placed, "three_off_roll": off_roll}
    frames = frames_of(county_counts=[counts])
    value = value_of("disabled_enrolment", frames)
    assert (shown(value, 3), value >= 93) == (told, kept)
    assert value_of("disabled_enrolment_with_off_roll", frames) == Fraction(placed * 100, 1125)


def test_tv_07b_dropouts_of_the_year_and_who_has_not_returned() -> None:
    counts = {"roll_begun": 812_300, "dropouts": 9, "returned": 8, "poor_open": 0}
    frames = frames_of(county_counts=[counts])
    assert shown(value_of("dropout_rate_all", frames), 4) == "0.0011"
    assert shown(value_of("dropout_rate", frames), 4) == "0.0001"
    assert value_of("dropouts_open", frames) == 1


def test_tv_07c_pupils_missed_by_stage() -> None:
    who = {"school": school(1), "stage": "junior"}
    now = {**who, "pupils": 10_060, "entrants": 3_300, "graduates": 3_200, "moved_in": 150, "moved_out": 181}
    frames = {**frames_of(class_bands=[now]), **frames_of(YEAR - 1, class_bands=[{**who, "pupils": 10_000}])}
    assert value_of("junior_pupils_missed", frames) == Fraction("0.09")
