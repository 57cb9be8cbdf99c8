"""Numbers as people type them, figures side by side, tables as people paste them."""

from decimal import Decimal

import pytest

from luoshi.reading.amounts import amount_of
from luoshi.reading.unit_figures import pasted, read_unit_figures
from luoshi.tracking.agreeing import Amount, difference, fits, together
from luoshi.words.errors import RefusedError


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("2.14％", "%", "2.14"),
        ("1,234", "个", "1234"),
        ("１２", "所", "12"),
        (" 1 234 567 ", "人次", "1234567"),
        ("1，234.5", "", "1234.5"),
        ("3.5万人次", "人次", "35000"),
        ("3所", "所", "3"),
        ("0", "个", "0"),
        ("2.5万元", "万元", "2.5"),
    ],
)
def test_what_is_typed_means_one_number(words: str, unit: str, value: str) -> None:
    assert amount_of(words, unit, "格") == Decimal(value)


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "约3",
        "-1",
        "1,23",
        "12,34,567",
        "3个百分点",
        "1e5",
        "９" * 20,
        "0.1234567",
        "十二",
        "NaN",
        "",
    ],
)
def test_what_could_mean_two_things_is_refused(words: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        amount_of(words, "%", "角阳县 普惠率")
    assert refusal.value.findings[0].where == "角阳县 普惠率"


def test_a_rate_fits_its_counts_to_the_places_it_is_printed_with() -> None:
    assert fits(Decimal("2.14"), Decimal(27), Decimal(1262), "%")
    assert fits(Decimal("2.1"), Decimal(27), Decimal(1262), "%")
    assert not fits(Decimal("2.15"), Decimal(27), Decimal(1262), "%")
    assert fits(Decimal("21.39"), Decimal(27), Decimal(1262), "‰")


def test_rates_are_summed_by_their_counts_and_never_averaged() -> None:
    large, small = Amount(Decimal(5), Decimal(50), Decimal(1000)), Amount(Decimal(1), Decimal(1), Decimal(100))
    whole = together([large, small], "%", rated=True)
    assert whole == Amount(Decimal("4.636364"), Decimal(51), Decimal(1100))
    assert together([large, Amount(Decimal(1))], "%", rated=True) is None
    assert together([Amount(Decimal(3)), Amount(Decimal(4))], "所", rated=False) == Amount(Decimal(7))
    assert difference(small, large, "%") == -4


def test_long_and_wide_tables_say_the_same() -> None:
    names = {"普惠率": "share", "新增公办幼儿园": "new"}
    long = "县（市、区）\t指标名称\t分子\t分母\t上报数\n角阳县\t普惠率\t8\t10\t\n角阳县\t新增公办幼儿园\t\t\t3\n合计\t普惠率\t8\t10\t"
    wide = "8月数据\n单位\t普惠率（%）\t普惠率分子\t普惠率分母\t新增公办幼儿园（所）\n\n角阳县\t\t8\t10\t3\n全市\t\t8\t10\t3"
    cells = [
        [
            (one.unit, one.indicator, one.value, one.numerator, one.denominator)
            for one in read_unit_figures(pasted(text), names)[0]
        ]
        for text in (long, wide)
    ]
    assert cells[0] == cells[1] == [("角阳县", "share", "", "8", "10"), ("角阳县", "new", "3", "", "")]


def test_what_cannot_be_placed_in_a_pasted_table_is_told() -> None:
    told, doubts = read_unit_figures(pasted("角阳县\t3"), {"普惠率": "share"})
    assert (told, doubts[0].what) == ([], "找不到表头")
    _, doubts = read_unit_figures(pasted("单位\t指标\t上报数\n角阳县\t普及率\t3"), {"普惠率": "share"})
    assert doubts[0].where == "第2行"
    assert "普及率" in doubts[0].what
