"""口径待核: the questions figures ask of each other, and the ones they must not ask."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.declared import FOOTINGS, INDICATORS, POOLS
from luoshi.reading import read_text
from luoshi.reading.city import load
from luoshi.spine import Comparator, State
from luoshi.tracking import Day, ask, by_indicator, judge, stand
from luoshi.tracking.doubts import Pool, implied_share, other_footing, own_counts, pooled
from luoshi.words.findings import Severity
from tests.xingzhou import counts, figure, matter, target

LUOYANG = load(Path(__file__).resolve().parents[2] / "cities" / "luoyang")
(CLASSES,) = POOLS
ACCUSING = ("错误", "造假", "虚报", "矛盾", "失实", "瞒报")


def _rates(whole: str, primary: str, junior: str) -> dict:
    keys = (CLASSES.whole, CLASSES.first, CLASSES.second)
    return {key: figure(value, "%") for key, value in zip(keys, (whole, primary, junior), strict=True)}


def test_the_published_rates_of_primary_and_junior_classes_ask_whether_their_names_are_swapped() -> None:
    figures = {key: one[0] for key, one in by_indicator(LUOYANG.figures).items()}
    finding = pooled(CLASSES, figures)
    assert finding is not None
    assert "25.9 %" in finding.what
    assert "名称可能对调" in finding.what
    assert finding.severity is Severity.ASKS
    assert not any(word in str(finding) for word in ACCUSING)


def test_the_same_rates_the_other_way_round_ask_nothing() -> None:
    assert pooled(CLASSES, _rates("2.14", "1.72", "3.34")) is not None or pooled(
        CLASSES, _rates("2.14", "3.34", "1.72")
    )
    assert pooled(CLASSES, _rates("2.14", "1.72", "3.34")) is None


def test_a_swap_is_only_supposed_where_a_swap_would_help() -> None:
    middle = pooled(CLASSES, _rates("2.61", "1.01", "3.01"))
    assert middle is not None
    assert "对调" in middle.what
    edge = pooled(CLASSES, _rates("2.91", "1.01", "3.01"))
    assert edge is not None
    assert "统计范围可能不同" in edge.what
    assert "对调" not in edge.what
    outside = pooled(CLASSES, _rates("9.00", "1.72", "3.34"))
    assert outside is not None
    assert "不在两个分项之间" in outside.what
    assert "对调" not in outside.what
    equal = pooled(CLASSES, _rates("2.14", "2.50", "2.50"))
    assert equal is not None
    assert "分项相同而合计不同" in equal.what


def test_rates_of_different_days_are_not_held_against_each_other() -> None:
    figures = _rates("2.14", "3.34", "1.72")
    figures[CLASSES.whole] = figure("2.14", "%", on=date(2020, 9, 1))
    assert pooled(CLASSES, figures) is None


@given(st.integers(1, 400), st.integers(0, 400), st.integers(1, 400), st.integers(0, 400))
def test_rates_made_from_real_counts_with_a_plausible_share_never_ask(first, large, second, huge) -> None:
    share = Fraction(first, first + second)
    large, huge = min(large, first), min(huge, second)
    pool = Pool("w", "a", "b", Decimal("0.5"), Decimal("0.85"), "甲")
    figures = {"a": counts(large, first), "b": counts(huge, second), "w": counts(large + huge, first + second)}
    told = {key: figure(str(one.value), "%") for key, one in figures.items()}
    if Fraction("0.5") <= share <= Fraction("0.85"):
        assert pooled(pool, told) is None, "rounding alone is no reason to ask"


def test_the_share_that_makes_a_pooled_rate() -> None:
    assert implied_share(Decimal(7), Decimal(4), Decimal(8)) == Fraction(1, 4)
    assert implied_share(Decimal(7), Decimal(4), Decimal(4)) is None


DORMITORIES = [target(Comparator.EXACTLY, 1302, "套"), target(Comparator.EXACTLY, 870, "套")]


def test_five_hundred_against_2172_asks_whether_both_count_the_same() -> None:
    finding = other_footing(figure(500, "套", about=True), DORMITORIES)
    assert finding is not None
    assert "约 500 套" in finding.what
    assert "2172 套" in finding.what
    assert not any(word in str(finding) for word in ACCUSING)


@pytest.mark.parametrize(
    ("total", "on"), [(1100, date(2021, 12, 31)), (500, date(2021, 3, 31)), (0, date(2021, 12, 31))]
)
def test_a_total_that_is_near_or_unfinished_or_nought_asks_nothing(total, on) -> None:
    assert other_footing(figure(total, "套", on=on), DORMITORIES) is None


def test_more_than_twice_the_plan_is_asked_at_any_time() -> None:
    assert other_footing(figure(5000, "套", on=date(2021, 3, 31)), DORMITORIES) is not None


def test_luoyangs_dormitories_are_doubted_and_its_large_class_rate_is_not() -> None:
    plan = read_text(LUOYANG.plan.read_text("utf-8"), indicators=INDICATORS)
    keyed = {one.key: one for one in INDICATORS}
    day = Day(date(2021, 3, 1), LUOYANG.begun, keyed, by_indicator(LUOYANG.figures), POOLS, FOOTINGS)
    promised = [(one, aim) for one in plan.commitments for aim in one.targets]
    day = ask(day, [aim for _, aim in promised])
    stood = {aim.indicator: stand(day, aim, one.kind) for one, aim in promised if aim.indicator}
    built = stood["dormitories_built"]
    assert built.state is State.UNKNOWN
    assert built.doubts
    assert "未分项公布" in built.because
    assert stood["compulsory_large_class_rate"].doubts == ()


def test_a_rate_beside_counts_that_make_another_is_asked() -> None:
    told = figure("95", "%", numerator=Decimal(1046), denominator=Decimal(1125))
    finding = own_counts(told)
    assert finding is not None
    assert "92.98 %" in finding.what
    assert own_counts(figure("93", "%", numerator=Decimal(1046), denominator=Decimal(1125))) is None, "only rounded"
    assert own_counts(figure("92.980000", "%", numerator=Decimal(1046), denominator=Decimal(1125))) is None
    status = judge(matter(target(Comparator.AT_LEAST, 93, "%")), [told])
    assert (status.state, len(status.doubts)) == (State.OVERDUE, 1)
