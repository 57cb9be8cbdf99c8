"""How many classes, children, places lie between a figure and its target: exact, and beside a count one by one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.spine import Better, Comparator
from luoshi.tracking.distance import distance, in_words
from luoshi.tracking.holding import is_met
from tests.examples import some
from tests.xingzhou import DUE, counts, figure, target


@pytest.mark.parametrize(
    ("part", "whole", "bound", "missing"),
    [
        (163_600, 213_400, 80, 7_120),  # TV-04a
        (96_800, 213_400, 50, 9_900),  # TV-04a
        (248_600, 271_900, 93, 4_267),  # TV-05a
        (1_046, 1_125, 93, 1),  # TV-06a
    ],
)
def test_worked_examples_say_how_many_children_are_missing(part: int, whole: int, bound: int, missing: int) -> None:
    found = distance(target(Comparator.AT_LEAST, bound, "%"), counts(part, whole))
    assert found is not None
    assert (found.met, found.upper, found.things) == (False, False, missing)


def test_what_is_met_tells_what_could_be_lost() -> None:
    found = distance(target(Comparator.AT_MOST, 3, "%"), counts(368, 12_500))
    assert found is not None
    assert (found.met, found.things) == (True, 7), "375 of 12 500 are 3 % (TV-01a)"
    assert in_words(found, "个班") == "余 7 个班（0.06 个百分点）"


def test_the_one_class_too_many_is_told() -> None:
    found = distance(target(Comparator.AT_MOST, 3, "%"), counts(376, 12_500), on=date(2021, 12, 1))
    assert found is not None
    assert (found.met, found.things, found.days) == (False, 1, 30)
    assert in_words(found, "个班") == "超出 1 个班（0.01 个百分点）"


def test_a_rate_without_counts_is_told_in_points_only() -> None:
    found = distance(target(Comparator.AT_LEAST, 80, "%"), figure("76.66", "%"))
    assert found is not None
    assert found.things is None
    assert in_words(found, "名幼儿") == "还差 3.34 个百分点"


def test_a_count_is_its_own_distance() -> None:
    found = distance(target(Comparator.EXACTLY, 50, "所"), figure(46))
    assert found is not None
    assert (found.things, found.unit, in_words(found)) == (4, "所", "还差 4 所")


def test_another_unit_has_no_distance() -> None:
    assert distance(target(Comparator.AT_LEAST, 80, "%"), figure(46, "所")) is None
    assert distance(target(Comparator.NEVER_LESS, None, "所"), figure(46)) is None


def test_never_less_counts_from_the_year_before() -> None:
    found = distance(target(Comparator.NEVER_LESS, None, "人"), figure(980, "人"), before=figure(1000, "人"))
    assert found is not None
    assert (found.met, found.things) == (False, 20)


@given(
    st.integers(0, 60),
    st.integers(1, 60),
    st.decimals(0, 100, places=2),
    st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EXACTLY]),
    st.sampled_from(Better),
)
@settings(max_examples=some(400), deadline=None)
def test_so_many_and_not_one_fewer_meet_the_target(part, whole, bound, held, better) -> None:
    found = distance(target(held, str(bound), "%"), counts(part, whole), better=better)
    assert found is not None
    upper = held is Comparator.AT_MOST or (held is Comparator.EXACTLY and better is Better.LOWER)
    step = -1 if upper else 1

    def met(things: int) -> bool:
        return is_met(Fraction(part + step * things, whole) * 100, Fraction(bound), upper=upper)

    assert found.met is met(0)
    if found.met:
        slack = next(things for things in count() if not met(-things - 1))
        assert found.things == slack
    else:
        assert found.things == next(things for things in count() if met(things))
    assert found.gap == abs(Decimal(part * 100) / whole - bound) or abs(
        found.gap - abs(Decimal(part * 100) / whole - bound)
    ) < Decimal("1e-20")


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST]))
@settings(max_examples=some(100), deadline=None)
def test_a_count_lies_as_many_things_off_as_its_difference(value, bound, held) -> None:
    found = distance(target(held, bound), figure(value, on=DUE))
    assert found is not None
    assert found.things == abs(value - bound) == found.gap
