"""数据存疑 and 口径对照: what asks to be asked about, and what is clean and asks nothing."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from luoshi.declared import POOLS
from luoshi.declared.doubting import COUNTED
from luoshi.declared.measures import MEASURES
from luoshi.declared.returns import ClassBands
from luoshi.measuring import Frames, last_digits
from luoshi.spine import Comparator, Standing
from luoshi.tracking.choosing import choose
from luoshi.tracking.contradictions import (
    Digits,
    Jumping,
    Pair,
    chi_square,
    jumped,
    jumps,
    preference,
    preferred,
    summed,
)
from luoshi.tracking.doubts import added
from luoshi.tracking.sides import Side, Tolerance, apart, marked, prompt
from luoshi.tracking.totals import total
from luoshi.words.findings import Finding, Severity
from luoshi.words.measures import basis_of
from tests.xingzhou import counts, figure, matter, target

RATE = "compulsory_large_class_rate"
SIDES = {RATE: ("年报", "学籍", "学籍·实际在班")}
AIM = matter(target(Comparator.AT_MOST, 3, "%", due=date(2020, 12, 31), indicator=RATE), date(2020, 10, 20))
NEAR = Tolerance(Decimal("0.5"), Decimal(5))
JUMPING = Jumping(Decimal(3), Decimal(30), Decimal(6), 6, Decimal(10))
DIGITS = Digits(100, Decimal("33.72"))
ACCUSING = ("错误", "造假", "虚报", "矛盾", "失实", "瞒报")


def _said(definition: str, value: str, **told):
    one = figure(value, "%", on=told.pop("on", date(2020, 9, 1)))
    said = {"indicator": RATE, "definition": definition, "standing": Standing.REPORTED, **told}
    return replace(one, **said)


def _polite(finding: Finding) -> None:
    assert finding.severity is Severity.ASKS
    assert not any(word in f"{finding.what}{finding.rule}{finding.remedy}" for word in ACCUSING)


def test_a_measure_of_the_same_question_says_in_its_definition_what_sets_it_apart() -> None:
    keys = (RATE, f"{RATE}_roll", f"{RATE}_present", "preschool_gross_enrolment_household")
    assert [basis_of(MEASURES[key]) for key in keys] == ["年报", "学籍", "学籍·实际在班", "年报·户籍人口"]


def test_without_a_choice_the_own_measure_speaks_and_the_less_favourable_roll_stands_beside() -> None:
    told = marked([_said("年报", "2.4"), _said("学籍", "3.4"), _said("学籍·实际在班", "3.1")], SIDES, {})
    assert [one.reference for one in told] == [False, True, True]
    spoken = choose(AIM, told)
    assert spoken.figure == told[0]
    assert {one.definition for one in spoken.beside} == {"学籍", "学籍·实际在班"}


def test_the_chosen_definition_speaks_for_its_year_alone() -> None:
    figures = [_said(name, value, on=date(year, 9, 1)) for year in (2019, 2020) for name, value in (("年报", "2.4"), ("学籍", "3.4"))]  # fmt: skip
    told = marked(figures, SIDES, {(RATE, 2020): "学籍"})
    assert [one.reference for one in told] == [False, True, True, False]
    spoken = choose(AIM, told)
    assert spoken.figure is not None
    assert spoken.figure.value == Decimal("3.4")
    assert spoken.before is not None
    assert (spoken.before.definition, spoken.before.on.year) == ("学籍", 2019)


def test_a_chosen_definition_without_a_figure_lets_none_speak() -> None:
    told = marked([_said("年报", "2.4")], SIDES, {(RATE, 2020): "学籍"})
    spoken = choose(AIM, told)
    assert spoken.figure is None
    assert "没有发布口径的数" in spoken.why
    assert "年报" in spoken.why


def test_thresholds_of_the_bureaus_own_do_not_make_another_definition() -> None:
    told = marked([_said("年报（大班额下限50人）", "2.4"), _said("学籍", "3.4")], SIDES, {})
    assert [one.reference for one in told] == [False, True]


def test_what_was_verified_competes_as_before_and_other_indicators_are_left_alone() -> None:
    filed = _said("学籍", "3.4", standing=Standing.VERIFIED)
    other = replace(_said("学籍", "1"), indicator="books")
    assert not any(one.reference for one in marked([_said("年报", "2.4"), filed, other], SIDES, {}))


def test_counties_are_summed_in_the_chosen_definition_only() -> None:
    names = {"990101": "甲区", "990102": "乙县"}
    figures = [
        counts(large, 100, on=date(2020, 9, 1), indicator=RATE, definition=name, division=code, standing=Standing.REPORTED)
        for code in names
        for name, large in (("年报", 2), ("学籍", 4))
    ]  # fmt: skip
    chosen = total(marked(figures, SIDES, {(RATE, 2020): "学籍"}), names, date(2021, 1, 1)).figure
    assert chosen is not None
    assert (chosen.definition, chosen.numerator) == ("学籍", 8)
    default = total(marked(figures, SIDES, {}), names, date(2021, 1, 1)).figure
    assert default is not None
    assert default.definition == "年报"


def test_shares_are_held_in_points_from_their_counts_and_exactly_the_tolerance_is_near() -> None:
    annual = Side("年报", Decimal("1.04"), Decimal(22), Decimal(2124))
    roll = Side("学籍", Decimal("1.65"), Decimal(35), Decimal(2121))
    found = apart("%", annual, roll, NEAR)
    assert found is not None
    assert found.by == Fraction(3500, 2121) - Fraction(2200, 2124)
    assert apart("%", Side("年报", Decimal(1)), Side("学籍", Decimal("1.5")), NEAR) is None
    assert apart("%", Side("年报", Decimal(1)), Side("学籍", Decimal("1.500001")), NEAR) is not None


def test_counts_are_held_by_the_share_of_the_larger_one() -> None:
    assert apart("个", Side("年报", Decimal(95)), Side("学籍", Decimal(100)), NEAR) is None
    assert apart("个", Side("年报", Decimal(94)), Side("学籍", Decimal(100)), NEAR) is not None
    assert apart("个", Side("年报", Decimal(0)), Side("学籍", Decimal(0)), NEAR) is None


def test_a_prompt_tells_what_by_how_much_where_most_and_what_to_ask() -> None:
    told = {"甲区": ("1", "2.5"), "乙县": ("1", "4"), "丙县": ("1", "1.8"), "丁县": ("2", "2.6")}
    units = [
        (name, found)
        for name, (one, other) in told.items()
        if (found := apart("%", Side("年报", Decimal(one)), Side("学籍", Decimal(other)), NEAR))
    ]
    whole = apart("%", Side("年报", Decimal(1)), Side("学籍", Decimal("2.2")), NEAR)
    finding = prompt("义务教育大班额比例", whole, units, "0.5个百分点")
    assert finding is not None
    _polite(finding)
    assert "相差 1.2 百分点" in finding.what
    assert "4 个县(市、区)相差较大：乙县 3 百分点、甲区 1.5 百分点、丙县 0.8 百分点" in finding.what
    assert finding.remedy.startswith("请问")
    assert "先问乙县" in finding.remedy


def test_definitions_that_agree_prompt_nothing() -> None:
    assert prompt("义务教育大班额比例", None, [], "0.5个百分点") is None


def _classes(whole: tuple[int, int], first: tuple[int, int], second: tuple[int, int]) -> dict:
    (pool,) = POOLS
    return {key: counts(*told) for key, told in zip((pool.whole, pool.first, pool.second), (whole, first, second), strict=True)}  # fmt: skip


def test_counts_of_parts_that_do_not_make_the_whole_are_asked_about_to_the_unit() -> None:
    (pool,) = POOLS
    finding = added(pool, _classes((22, 2124), (10, 1500), (11, 624)))
    assert finding is not None
    _polite(finding)
    assert "22 ÷ 2124" in finding.what
    assert "21 ÷ 2124" in finding.what
    assert added(pool, _classes((21, 2124), (10, 1500), (11, 624))) is None


def test_counts_of_two_definitions_are_not_added() -> None:
    (pool,) = POOLS
    figures = _classes((22, 2124), (10, 1500), (11, 624))
    figures[pool.first] = replace(figures[pool.first], definition="学籍")
    assert added(pool, figures) is None


def _county(number: int, before: str, now: str, whole: int = 1000) -> Pair:
    return Pair(f"{number:02}县", Decimal(before), Decimal(now), Decimal(whole))


LIKE_OTHERS = [_county(at, f"{10 + at}", f"{9 + at}.{at}") for at in range(8)]


def test_a_county_that_falls_unlike_the_others_is_asked_about() -> None:
    (found,) = jumps("%", [*LIKE_OTHERS, _county(9, "18", "2")], JUMPING)
    assert (found.pair.unit, found.change) == ("09县", -16)
    finding = jumped("%", ("2019年9月1日", "2020年9月1日"), found, JUMPING)
    _polite(finding)
    assert "18 %" in finding.what
    assert "-16 百分点" in finding.what
    assert "撤并" in finding.remedy


def test_a_year_in_which_all_counties_fall_alike_asks_nothing() -> None:
    fallen = [_county(at, f"{20 + at}", f"{5 + at}.{at}") for at in range(9)]
    assert jumps("%", fallen, JUMPING) == []
    assert jumps("%", LIKE_OTHERS, JUMPING) == []


def test_a_class_or_two_of_a_small_county_is_no_jump() -> None:
    assert jumps("%", [*LIKE_OTHERS, _county(9, "18", "2", whole=50)], JUMPING) == []


def test_few_units_have_no_median_and_equal_changes_leave_the_floor_to_decide() -> None:
    assert jumps("%", [*LIKE_OTHERS[:4], _county(9, "18", "2")], JUMPING) == []
    still = [_county(at, "5", "5") for at in range(8)]
    assert jumps("%", [*still, _county(9, "5", "7.9")], JUMPING) == []
    assert [one.pair.unit for one in jumps("%", [*still, _county(9, "5", "8.1")], JUMPING)] == ["09县"]


@given(st.integers(-50, 50), st.permutations(range(9)))
def test_the_same_shift_of_all_and_their_order_change_nothing(shift: int, order) -> None:
    pairs = [*LIKE_OTHERS, _county(9, "18", "2")]
    shifted = [replace(pairs[at], now=pairs[at].now + shift) for at in order]
    assert [one.pair.unit for one in jumps("%", shifted, JUMPING)] == ["09县"]


def test_chi_square_is_exact_and_equal_counts_have_none() -> None:
    told = [12, 8, 9, 11, 10, 10, 10, 10, 10, 10]
    assert chi_square(told) == sum(Fraction((one - 10) ** 2, 10) for one in told) == 1
    assert chi_square([10] * 10) == 0
    assert chi_square([0] * 10) == 0


def test_figures_rounded_to_tens_are_asked_about() -> None:
    found = preference([60, 10, 10, 10, 10, 30, 10, 10, 10, 10], DIGITS)
    assert found is not None
    assert found.round_share == Fraction(9000, 170)
    finding = preferred("在校学生数", found, DIGITS)
    _polite(finding)
    assert "170 个值，末位是 0 或 5 的占 52.9 %" in finding.what
    assert "取整" in finding.remedy


def test_figures_reckoned_from_a_norm_are_asked_about_in_other_words() -> None:
    found = preference([10, 10, 10, 10, 10, 10, 60, 10, 10, 10], DIGITS)
    assert found is not None
    assert "末位 6 最多，60 个" in preferred("图书册数", found, DIGITS).what
    assert "定额" in preferred("图书册数", found, DIGITS).remedy


def test_few_values_say_nothing_whatever_their_digits() -> None:
    assert preference([99, 0, 0, 0, 0, 0, 0, 0, 0, 0], DIGITS) is None


def test_counted_numbers_seldom_ask() -> None:
    asked = 0
    for seed in range(300):
        chance = random.Random(seed)
        told = [0] * 10
        for _ in range(400):
            told[chance.randint(100, 2400) % 10] += 1
        asked += preference(told, DIGITS) is not None
    assert asked <= 1


@given(st.lists(st.integers(0, 60), min_size=10, max_size=10))
def test_the_limit_itself_is_still_clean(told: list[int]) -> None:
    found = chi_square(told)
    rule = Digits(1, Decimal(found.numerator) / Decimal(found.denominator))
    if Fraction(rule.limit) == found:
        assert preference(told, rule) is None


def test_digits_of_counties_add_up() -> None:
    assert summed({"a": [1] * 10, "b": [2] * 10}) == (3,) * 10
    assert summed({}) == (0,) * 10


def test_last_digits_are_counted_of_large_values_and_by_county_only() -> None:
    rows = pl.DataFrame(
        {
            "school": [f"31990001{at:02}" for at in range(4)],
            "county": ["990101", "990101", "990102", None],
            "pupils": [120, 1047, 99, 250],
            "classes": [3, 24, 3, 6],
        }
    )
    told = list(last_digits({ClassBands: ("pupils",)}, Frames({(ClassBands.key, 2020): rows}), 2020, Decimal(100)))
    assert told == [("class_bands", "pupils", "990101", (1, 0, 0, 0, 0, 0, 0, 1, 0, 0))]


def test_only_columns_that_are_there_are_looked_at() -> None:
    assert all(column in of.columns for of, columns in COUNTED.items() for column in columns)
