"""Numbers as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.spine import Comparator
from luoshi.tracking import showing
from luoshi.words.rounding import rounded
from tests.xingzhou import figure, target


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("8000", 2, "8000"),
        ("10000", 2, "10\u202f000"),
        ("1234567.891", 2, "1\u202f234\u202f567.89"),
        ("-12345", 2, "-12\u202f345"),
        ("2.1400", 2, "2.14"),
        ("3.0", 2, "3"),
        ("100", 2, "100"),
        ("0", 2, "0"),
        ("0.85", 1, "0.9"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-0.001", 2, "0"),
        ("-0.01", 2, "-0.01"),
        ("-10", 2, "-10"),
    ],
)
def test_a_number_is_shown_half_up_with_thin_spaces_and_its_sign(value, places, shown) -> None:
    assert showing.number(Decimal(value), places) == shown


def test_half_goes_up_where_binary_floats_and_bankers_go_down() -> None:
    assert rounded(Decimal("0.85") * Decimal("2.3")) == Decimal("1.96")
    assert rounded(Decimal("0.125")) == Decimal("0.13")
    assert round(0.85 * 2.3, 2) == 1.95, "the trap this avoids"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**40), max_value=10**40))
def test_a_shown_number_reads_back_to_the_rounded_one_however_large(value) -> None:
    cents = abs(Fraction(value)) * 100
    half_up = int(cents) + (cents - int(cents) >= Fraction(1, 2))
    assert Fraction(showing.number(value).replace("\u202f", "")) * 100 == (-half_up if value < 0 else half_up)


@pytest.mark.parametrize(
    ("value", "other", "places"),
    [("92.978", "93", 2), ("2.996", "3", 3), ("2.99996", "3", 5), ("3", "3", 2), ("0.004", "0", 3)],
)
def test_so_many_places_are_shown_that_two_numbers_look_different(value, other, places) -> None:
    assert showing.apart(Decimal(value), Decimal(other)) == places


@pytest.mark.parametrize(
    ("aim", "shown"),
    [
        (target(Comparator.AT_MOST, 3, "%"), "≤ 3 %"),
        (target(Comparator.AT_LEAST, "0.125", "小时/天"), "≥ 0.125 小时/天"),
        (target(Comparator.EXACTLY, 10_000, "人次"), "10\u202f000 人次"),
        (target(Comparator.BETWEEN, 3, "个", value_max=Decimal(5)), "3—5 个"),
        (target(Comparator.ALL, 100, "%"), "全部（100 %）"),
        (target(Comparator.NONE, 0, "个"), "0 个"),
        (target(Comparator.NEVER_LESS, None, ""), "不低于上年"),
        (target(Comparator.EXACTLY, None, "所"), "——"),
    ],
)
def test_a_target_is_shown_as_it_was_written(aim, shown) -> None:
    assert showing.amount(aim) == shown


def test_a_figure_told_as_about_says_so() -> None:
    assert showing.figure(figure(500, "套", about=True)) == "约 500 套"
    assert showing.figure(figure(-3, "%")) == "-3 %"
