"""县区分解测算: sums exact, larger weights never less, the better not asked, and what cannot be refused in four parts."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.spine import Better, Comparator, Target
from luoshi.tracking.apportioning import apportion
from luoshi.tracking.quotas import Basis, Split, Standing, can_be_split, split
from luoshi.words.errors import RefusedError
from tests.examples import some
from tests.xingzhou import target

BUILD = target(Comparator.EXACTLY, 26, "所")
LARGE = target(Comparator.AT_MOST, "2.9", "%")
CHILDREN = target(Comparator.AT_LEAST, 85, "%")


def _counties(*told: tuple[int, int], weights: tuple[int, ...] = ()) -> list[Standing]:
    """Units above and below by county, A, B, C…"""
    weighed = weights or (1,) * len(told)
    return [
        Standing(chr(65 + at), f"{chr(65 + at)}县", Fraction(weighed[at]), Fraction(above), Fraction(below))
        for at, (above, below) in enumerate(told)
    ]


def _weighed(*weights: int | None) -> list[Standing]:
    return [
        Standing(chr(65 + at), f"{chr(65 + at)}县", None if one is None else Fraction(one))
        for at, one in enumerate(weights)
    ]


def _values(told: Split) -> list[Decimal | int | None]:
    return [one.value for one in told.quotas]


def _owes(told: Split) -> list[int | None]:
    return [None if one.owes is None else int(one.owes) for one in told.quotas]


def test_26_kindergartens_by_pupils_go_to_the_largest_remainders() -> None:
    told = split(BUILD, _weighed(12_540, 5_400, 3_000), Basis.PUPILS)
    # 26 × 12540/20940 = 15.570, 26 × 5400/20940 = 6.705, 26 × 3000/20940 = 3.725
    assert _values(told) == [15, 7, 4]
    assert told.goal == 26
    assert not told.rated
    assert told.owed is None


def test_what_is_left_over_of_equal_shares_goes_to_the_smaller_code() -> None:
    assert _values(split(BUILD, _weighed(None, None, None, None), Basis.EVEN)) == [7, 7, 6, 6]
    turned = split(BUILD, _weighed(None, None, None, None)[::-1], Basis.EVEN)
    assert {one.division: one.value for one in turned.quotas} == {"A": 7, "B": 7, "C": 6, "D": 6}


def test_a_count_with_a_fraction_is_split_to_its_own_place() -> None:
    told = split(target(Comparator.EXACTLY, "3.5", "万人次"), _weighed(2, 1), Basis.SCHOOLS)
    assert _values(told) == [Decimal("2.3"), Decimal("1.2")]


def test_a_value_set_by_hand_stands_and_the_rest_is_split_anew() -> None:
    told = split(BUILD, _weighed(2, 1, 1), Basis.SCHOOLS, fixed={"A": Decimal(6)})
    assert _values(told) == [6, 10, 10]
    assert [one.by_hand for one in told.quotas] == [True, False, False]


def test_by_gap_who_has_more_than_its_fair_share_owes_nothing() -> None:
    told = split(BUILD, _counties((20, 0), (2, 0), (0, 0), weights=(1, 1, 1)), Basis.GAP)
    # fair 8⅔ each; lacking 0, 6⅔, 8⅔; 4 still to be built: 1.739 and 2.261
    assert (_values(told), _owes(told)) == ([20, 4, 2], [0, 2, 2])
    assert told.now == 22
    assert told.owed == 4


def test_too_many_are_taken_away_where_they_are() -> None:
    most = target(Comparator.AT_MOST, 20, "个")
    told = split(most, _counties((50, 0), (5, 0), (0, 0), weights=(1, 1, 1)), Basis.GAP, better=Better.LOWER)
    assert (_values(told), _owes(told), told.upper) == ([15, 5, 0], [35, 0, 0], True)


def test_29_in_a_thousand_classes_are_owed_by_those_above_them_only() -> None:
    # 376 + 20 + 40 of 12 500 + 1 000 + 1 500 classes: at most 2.9 % of 15 000 are 435
    told = split(LARGE, _counties((376, 12_500), (20, 1_000), (40, 1_500)), Basis.GAP, better=Better.LOWER)
    assert told.goal == 435
    assert told.now == 436
    assert told.owed == 1
    assert told.upper
    assert _owes(told) == [1, 0, 0]
    assert _values(told) == [Decimal("3.00"), Decimal("2.00"), Decimal("2.67")]


def test_85_in_a_hundred_children_are_found_where_they_are_missing() -> None:
    told = split(CHILDREN, _counties((700, 1_000), (810, 1_000), (930, 1_000)), Basis.GAP)
    # the city has 2 440 of 2 550: 110 missing; by gap 150 : 40 → 86.84, 23.16
    assert told.goal == 2_550
    assert _owes(told) == [87, 23, 0]
    assert _values(told) == [Decimal("78.70"), Decimal("83.30"), Decimal("93.00")]


def test_evenly_nobody_is_asked_to_be_better_than_the_target() -> None:
    told = split(CHILDREN, _counties((700, 1_000), (840, 1_000), (850, 1_000)), Basis.EVEN)
    assert _owes(told) == [150, 10, 0], "B lacks 10 only, so A owes the rest"


def test_who_was_set_by_hand_owes_what_comes_to_that_rate() -> None:
    told = split(CHILDREN, _counties((700, 1_000), (810, 1_000), (930, 1_000)), Basis.GAP, fixed={"A": Decimal(80)})
    assert _owes(told) == [100, 10, 0]
    assert told.quotas[0].value == 80
    assert told.quotas[0].by_hand


def test_where_the_city_is_there_already_nobody_owes_anything_or_gets_worse() -> None:
    told = split(CHILDREN, _counties((840, 1_000), (930, 1_000)), Basis.PUPILS)
    assert (_owes(told), _values(told)) == ([0, 0], [84, 93])
    assert told.goal == 1_770


def test_a_county_without_anybody_owes_nothing() -> None:
    told = split(CHILDREN, _counties((0, 0), (80, 100)), Basis.EVEN)
    assert (_owes(told), _values(told)) == ([0, 5], [None, 85])


@pytest.mark.parametrize(
    ("aim", "standings", "basis", "fixed", "said"),
    [
        (target(Comparator.ALL, None, "%"), _weighed(1), Basis.EVEN, {}, "不是可以分的数"),
        (target(Comparator.NEVER_LESS, None, "万元"), _weighed(1), Basis.EVEN, {}, "不是可以分的数"),
        (target(Comparator.AT_MOST, "0.6", "个百分点"), _weighed(1), Basis.EVEN, {}, "不是可以分的数"),
        (BUILD, [], Basis.EVEN, {}, "没有责任单位"),
        (BUILD, _weighed(3, None), Basis.PUPILS, {}, "B县 没有学生数"),
        (BUILD, _weighed(3, None), Basis.SCHOOLS, {}, "B县 没有学校数"),
        (BUILD, _weighed(0, 0), Basis.PUPILS, {}, "权数全为零"),
        (BUILD, _weighed(1, 1), Basis.GAP, {}, "没有现数"),
        (BUILD, _counties((30, 0), (3, 0)), Basis.GAP, {}, "没有缺口"),
        (BUILD, _weighed(1, 1), Basis.EVEN, {"A": Decimal(27)}, "多 1 所"),
        (BUILD, _weighed(1), Basis.EVEN, {"A": Decimal(25)}, "少 1 所"),
        (BUILD, _weighed(1, 1), Basis.EVEN, {"A": Decimal("2.5")}, "固定为 2.5"),
        (BUILD, _weighed(1, 1), Basis.EVEN, {"A": Decimal(-1)}, "固定为 -1"),
        (BUILD, _weighed(1, 1), Basis.EVEN, {"A": Decimal("NaN")}, "固定为 NaN"),
        (BUILD, _weighed(1, 1), Basis.EVEN, {"Z": Decimal(1)}, "“Z”不在责任单位之列"),
        (CHILDREN, _weighed(1, 1), Basis.EVEN, {}, "没有分子和分母"),
        (CHILDREN, _counties((0, 0)), Basis.EVEN, {}, "分母都是零"),
        (CHILDREN, _counties((93, 100), (40, 100)), Basis.EVEN, {"A": Decimal(90)}, "等于允许变差"),
        (CHILDREN, _counties((80, 100), (80, 100)), Basis.EVEN, {"A": Decimal(-3)}, "固定为 -3"),
        (CHILDREN, _counties((80, 100), (80, 100)), Basis.EVEN, {"A": Decimal(81)}, "还差 4 个单位数"),
    ],
)
def test_what_cannot_be_split_is_refused_in_four_parts(
    aim: Target, standings: list[Standing], basis: Basis, fixed: dict[str, Decimal], said: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        split(aim, standings, basis, fixed=fixed, where="3.1 县区分解")
    (finding,) = refusal.value.findings
    assert said in finding.what
    assert all((finding.where == "3.1 县区分解", finding.rule, finding.remedy))


def test_only_numbers_that_have_parts_can_be_split() -> None:
    assert can_be_split(BUILD)
    assert can_be_split(LARGE)
    assert not can_be_split(target(Comparator.NONE, None, "个"))
    assert not can_be_split(target(Comparator.EXACTLY, 2, "小时/天"))


def test_more_than_there_is_room_for_is_never_given_out() -> None:
    with pytest.raises(ValueError, match="5"):
        apportion(5, {"A": Fraction(1), "B": Fraction(0)}, {"A": 4})


_WEIGHTS = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 9), min_size=1, max_size=8)


@settings(max_examples=some(60), deadline=None)
@given(_WEIGHTS, st.integers(0, 60))
def test_whole_things_add_up_and_a_larger_weight_never_gets_less(weights: dict[str, int], number: int) -> None:
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    told = apportion(number, {code: Fraction(one) for code, one in weights.items()})
    assert sum(told.values()) == number
    whole = sum(weights.values())
    for code, one in told.items():
        assert abs(one - Fraction(number * weights[code], whole)) < 1
        assert all(one >= told[other] for other in told if weights[code] > weights[other])
        assert all(one >= told[other] for other in told if weights[code] == weights[other] and code < other)
    assert told == apportion(number, {code: Fraction(weights[code]) for code in sorted(weights, reverse=True)})


_COUNTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6)


@settings(max_examples=some(60), deadline=None)
@given(_COUNTS, st.integers(1, 999), st.sampled_from(Basis), st.sampled_from((Comparator.AT_MOST, Comparator.AT_LEAST)))
def test_any_rate_comes_to_the_target_to_the_last_unit(
    told: list[tuple[int, int]], promille: int, basis: Basis, held: Comparator
) -> None:
    counts = [(min(above, below), below) for above, below in told]
    if not any(below for _, below in counts):
        counts = [(0, 1)]
    bound = Fraction(promille, 1000)
    aim = target(held, str(Decimal(promille) / 10), "%")
    found = split(aim, _counties(*counts, weights=tuple(below + 1 for _, below in counts)), basis)
    sign = -1 if held is Comparator.AT_MOST else 1
    missing = ceil(sum((sign * (bound * below - above) for above, below in counts), Fraction(0)))
    assert found.owed == max(missing, 0), "no unit more and no unit less"
    for one, (above, below) in zip(found.quotas, counts, strict=True):
        assert one.owes is not None
        assert one.owes >= 0
        lacks = sign * (bound * below - above)
        assert one.owes <= max(ceil(lacks), 0), "nobody is asked to be better than the target, nobody better is asked"
        if one.value is not None:
            reached, stated = above + sign * one.owes, Fraction(one.value) / 100 * below
            assert sign * (Fraction(reached) - stated) >= 0, "what is owed reaches what is stated"
            assert sign * (Fraction(reached) - sign - stated) < 0, "and one unit less does not"
