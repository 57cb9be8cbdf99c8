"""Parameters: which values may be set, how they are said, and what a list makes of a bound that does not count yet."""

from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.declared import PARAMETERS
from luoshi.declared.checklists import PRESCHOOL_UNIVERSAL, QUALITY_BALANCE
from luoshi.measuring.holding import hold
from luoshi.words.checklists import Holds
from luoshi.words.parameters import in_force, out_of_range, shown


def test_every_declared_value_lies_in_the_range_of_its_unit() -> None:
    assert [one.key for one in PARAMETERS if out_of_range(one.value, one.unit)] == []


@pytest.mark.parametrize(
    ("value", "unit", "fits"),
    [
        ("0", "%", True),
        ("120", "%", True),
        ("1000.01", "%", False),
        ("-0.1", "%", False),
        ("1", "比", True),
        ("1.01", "比", False),
        ("100000", "元", True),
        ("NaN", "元", False),
        ("Infinity", "人", False),
        ("0.0000001", "人", False),
    ],
)
def test_a_value_fits_its_unit_or_is_told_why_not(value: str, unit: str, *, fits: bool) -> None:
    assert (out_of_range(Decimal(value), unit) == "") is fits


def test_a_unit_does_not_run_into_its_value() -> None:
    told = (("56", "人"), ("95.0", "%"), ("5.0", "5分记录"), ("6.00", "D"), ("0.5", ""))
    assert [shown(Decimal(value), unit) for value, unit in told] == ["56人", "95%", "5 5分记录", "6 D", "0.5"]


def test_a_figure_without_its_bound_is_unknown_and_never_held() -> None:
    figures = {"preschool_gross_enrolment": Fraction(99)}
    values = dict(in_force(PARAMETERS, None))
    assert hold(PRESCHOOL_UNIVERSAL, figures, values).items[0].holds is Holds.YES
    del values["preschool_gross_least"]
    first = hold(PRESCHOOL_UNIVERSAL, figures, values).items[0]
    assert (first.holds, first.held[0].holds) == (Holds.UNKNOWN, None)


def test_six_items_of_quality_balance_are_vetoes_and_people_judge_them() -> None:
    vetoes = [item for item in QUALITY_BALANCE.items if item.veto]
    assert [item.key for item in vetoes] == ["V1", "V2", "V3", "V4", "V5", "V6"]
    assert all(item.people and not item.bounds for item in vetoes)
