"""A measure is declared once; what no engine can sum is refused where it is written, and figures lead back to their rows."""

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.declared.measures import MEASURES, OF_SCHOOLS, OVERVIEW
from luoshi.declared.returns import ClassBands, Classes, Institutions
from luoshi.measuring import Engine, Frames, LakeTables, Moment, explain, in_force, measure
from luoshi.spine import Better, Parameter
from luoshi.words.errors import RefusedError
from luoshi.words.measures import Rate, Total, by_key
from luoshi.words.returns import beside
from luoshi.words.showing import LEVEL, NOTHING, change_shown, shown
from tests.measured import COUNTY, VALUES, YEAR, frames_of, kindergartens, school

SAID = {"key": "trial", "label": "试", "label_en": "Trial", "unit": "", "better": "", "source": "试"}


def test_a_sum_inside_a_measure_is_refused() -> None:
    with pytest.raises(TypeError, match="only the engine sums"):
        Total(**SAID, part=Classes.size.sum())


def test_an_amount_of_two_returns_is_refused() -> None:
    with pytest.raises(TypeError, match="of one return"):
        Total(**SAID, part=Classes.size + ClassBands.pupils)


def test_a_condition_on_another_return_is_said_beside() -> None:
    with pytest.raises(TypeError, match="of one return"):
        Total(**SAID, part=ClassBands.pupils, where=Institutions.operator == "private")
    private = Total(
        **SAID,
        part=ClassBands.pupils,
        where=beside(Institutions.operator, on=[ClassBands.school]) == "private",
    )
    bands = [{"school": school(at), "stage": "primary", "pupils": many} for at, many in enumerate((100, 70, 5))]
    register = [{"school": school(at), "operator": kind} for at, kind in enumerate(("public", "private"))]
    frames = Frames(frames_of(class_bands=bands, institutions=register))
    for engine in Engine:
        assert measure([private], frames, year=YEAR, engine=engine).rows[0].value == 70


def test_a_key_stands_for_one_measure() -> None:
    with pytest.raises(TypeError, match="trial stands twice"):
        by_key(Total(**SAID, part=Classes.size), Total(**SAID, part=Classes.size))


def test_keys_that_are_indicators_ask_the_same_question() -> None:
    indicators = {one.key: one for one in INDICATORS}
    shared = [one for key, one in MEASURES.items() if key in indicators]
    assert len(shared) > 12
    for one in shared:
        assert (one.label, one.unit, one.better) == (
            indicators[one.key].label,
            indicators[one.key].unit,
            indicators[one.key].better,
        )
        assert one.answers == indicators[one.key].answers
    assert {one.indicator for one in MEASURES.values()} - {""} <= indicators.keys() | MEASURES.keys()


def test_every_measure_says_which_way_it_should_move_and_by_which_document() -> None:
    for one in MEASURES.values():
        assert one.better in {"", *(way.value for way in Better)}
        assert one.source
        assert one.label_en
        assert one.thresholds() <= {parameter.key for parameter in PARAMETERS}


def test_every_parameter_a_measure_reads_has_a_value_since_2017() -> None:
    from datetime import date

    read = {key for one in MEASURES.values() for key in one.thresholds()}
    for year in range(2017, 2026):
        assert read <= in_force(PARAMETERS, date(year, 9, 1)).keys(), year


def test_the_overview_shows_declared_measures_only() -> None:
    shown_keys = [key for one in OVERVIEW.values() for key in one.measures]
    assert set(shown_keys) <= MEASURES.keys()
    assert len(set(shown_keys)) == len(shown_keys)
    assert OVERVIEW.keys() >= OF_SCHOOLS


def test_the_youngest_value_counts_and_a_bureau_s_own_goes_before_it() -> None:
    from datetime import date

    told = [
        Parameter("limit", "门槛", Decimal(value), "人", date(begun, 1, 1), "试", region=region)
        for value, begun, region in ((50, 2010, ""), (48, 2015, ""), (45, 2012, "41"), (40, 2022, ""))
    ]
    assert in_force(told[:2], date(2020, 9, 1)) == {"limit": 48}
    assert in_force(told, date(2020, 9, 1)) == {"limit": 45}
    assert in_force(told[:1] + told[3:], date(2020, 9, 1), {"limit": Decimal(44)}) == {"limit": 44}
    with pytest.raises(RefusedError, match="参数large_class没有值"):
        measure([MEASURES["primary_large_class_rate_roll"]], Frames({}), year=YEAR)


def test_nothing_to_divide_by_is_no_figure() -> None:
    rate = MEASURES["primary_large_class_rate"]
    assert Moment(0, 0, 3, 0).value(rate) is None
    assert shown(rate, None) == NOTHING
    frames = Frames(frames_of(class_bands=[{"school": school(1), "stage": "primary", "classes": None, "from_56": 1}]))
    (row,) = measure([rate], frames, year=YEAR, values=VALUES, engine=Engine.POLARS).rows
    assert (row.value, row.moment.rows, row.moment.used) == (None, 1, 0)


def test_a_change_of_a_rate_is_in_percentage_points() -> None:
    rate, count = MEASURES["public_share"], MEASURES["teachers"]
    assert change_shown(rate, Decimal("-0.345")) == "-0.35 百分点"
    assert change_shown(count, Decimal(12)) == "+12 人"
    assert change_shown(rate, Decimal("0.004")) == LEVEL
    assert shown(rate, Fraction(2, 3)) == "0.67 %"


@pytest.mark.parametrize("engine", list(Engine))
def test_the_classes_that_are_too_large_stand_behind_the_rate(engine) -> None:
    sizes = [58, 45, 66]
    rows = [
        {"class_id": f"c{at}", "school": school(at), "stage": "primary", "grade": 1, "size": size, "kind": "ordinary"}
        for at, size in enumerate(sizes)
    ]
    rate = MEASURES["primary_large_class_rate_roll"]
    told = explain(rate, Frames(frames_of(classes=rows)), year=YEAR, values=VALUES, engine=engine)
    assert told.rows["size"].to_list() in ([58, 66], [66, 58])
    assert told.headings["size"] == "在籍学生数"
    one = explain(rate, Frames(frames_of(classes=rows)), year=YEAR, division=school(2), values=VALUES, engine=engine)
    assert one.rows["class_id"].to_list() == ["c2"]


def test_schools_that_fall_short_stand_behind_a_per_pupil_amount() -> None:
    bands = [{"school": school(at), "stage": "primary", "pupils": 100} for at in range(3)]
    rooms = [{"school": school(at), "teaching": area} for at, area in enumerate((500, 300, 400))]
    told = explain(
        MEASURES["primary_teaching_rooms"],
        Frames(frames_of(class_bands=bands, premises=rooms)),
        year=YEAR,
        values=VALUES,
        engine=Engine.POLARS,
    )
    assert told.rows["school"].to_list() == [school(1), school(2), school(0)]


def test_rows_of_persons_are_told_by_school_only() -> None:
    rows = [{"person": f"p{at:07d}", "school": school(at % 2), "post": "teacher", "hours": 100 * at} for at in range(6)]
    told = explain(
        MEASURES["training_completed"], Frames(frames_of(staff=rows)), year=YEAR, values=VALUES, engine=Engine.POLARS
    )
    assert list(told.rows.columns) == ["school", "county", "part", "whole"]


def test_blank_townships_are_named() -> None:
    register = [{"school": school(at), "township": f"99010210000{at}"} for at in range(2)]
    rows = [{**kindergartens(("public", 9))[0], "township": "990102100000", "central": True}]
    told = explain(
        MEASURES["blank_townships"],
        Frames(frames_of(institutions=register, kindergartens=rows)),
        year=YEAR,
        division=COUNTY,
        engine=Engine.POLARS,
    )
    assert told.rows["place"].to_list() == ["990102100001"]


def test_two_definitions_of_one_return_are_never_mixed(tmp_path) -> None:
    from datetime import UTC, datetime

    from luoshi.keeping import Lake

    lake = Lake(tmp_path / "lake")
    for definition, many in (("年报", 100), ("督导", 90)):
        rows = pl.DataFrame([{"school": school(1), "stage": "primary", "county": COUNTY, "pupils": many}])
        lake.deposit(
            rows,
            kind="class_bands",
            period="2020",
            division=COUNTY,
            definition=definition,
            source="演示数据（虚构）",
            key=ClassBands.keys,
            at=datetime(2020, 10, 1, tzinfo=UTC),
            by="统计员",
        )
    asked = [MEASURES["compulsory_pupils"]]
    assert measure(asked, LakeTables(lake), year=YEAR).rows[0].value == 100
    other = LakeTables(lake, definitions={"class_bands": "督导"})
    assert measure(asked, other, year=YEAR).rows[0].value == 90
    with pytest.raises(RefusedError, match="一次计算只用一个口径"):
        measure(asked, LakeTables(lake, definitions={"class_bands": "月报"}), year=YEAR)


def test_a_rate_of_two_conditions_counts_rows_that_say_both() -> None:
    rate = Rate(**{**SAID, "unit": "%"}, part=Classes.size > 50, whole=Classes.present > 0)
    rows = [
        {"class_id": f"c{at}", "size": size, "present": here}
        for at, (size, here) in enumerate(((60, 1), (60, None), (40, 1)))
    ]
    told = measure([rate], Frames(frames_of(classes=rows)), year=YEAR, engine=Engine.POLARS)
    assert told.rows[0].value == 50


def test_a_comparison_shows_both_rates_and_a_variation_its_deviation_over_its_mean() -> None:
    months = {"group": "established", "stage": "primary", "place": "town", "post_grade": "middle", "service": "from_6"}
    pay = [{**months, "person_months": 120, "total": 720_000}]
    civil = [{"person_months": 12, "total": 80_000}]
    bands = [{"school": school(at), "stage": "primary", "pupils": many} for at, many in enumerate((100, 300))]
    rooms = [{"school": school(at), "teaching": area} for at, area in enumerate((600, 900))]
    frames = frames_of(pay_totals=pay, civil_servant_pay=civil, class_bands=bands, premises=rooms)
    asked = [MEASURES["teacher_pay_ratio"], MEASURES["primary_teaching_rooms_cv"]]
    ratio, apart = measure(asked, Frames(frames), year=YEAR, values=VALUES, engine=Engine.POLARS).rows
    assert ratio.sides == (72_000, 80_000)
    assert ratio.value == 90
    deviation, mean = apart.sides
    assert mean == Decimal("3.75")
    assert round(deviation / mean, 10) == round(apart.value, 10)
