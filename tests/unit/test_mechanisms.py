"""What is said to run for a mechanism really judges; what is a line only, or not yet, is not said to run."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.declared import INDICATORS, ROOMS
from luoshi.reading import read_text
from luoshi.reading.answering import Carried, Line, answer, lines_of
from luoshi.reading.city import Mechanism, load
from luoshi.spine import Comparator, Indicator, Kind, Measurement, Standing, State, Target
from luoshi.tracking import Day, Matter, stand
from luoshi.words.provenance import Source

CITY = load(Path(__file__).resolve().parents[2] / "cities" / "luoyang")
PLAN = read_text(CITY.plan.read_text("utf-8"), indicators=INDICATORS)
SPANS = {point.number: (point.start, point.end) for point in PLAN.points}
KEYED = {one.key: one for one in INDICATORS}
TOLD = {
    one.key: answer(one, PLAN.text, SPANS, lines_of(PLAN, INDICATORS), INDICATORS, ROOMS) for one in CITY.mechanisms
}
RUNNING = [key for key, told in TOLD.items() if told.indicators]
DUE = date(2020, 12, 31)


def _kept(target: Target, indicator: Indicator) -> list[Measurement]:
    """Figures of this year and the last with which the target would be kept beyond doubt."""
    unit = "%" if target.comparator is Comparator.ALL else target.unit
    value = Decimal(0) if Matter(target, DUE, None, better=indicator.better).upper else Decimal(10**6)
    return [
        Measurement(indicator.key, on, on, amount, unit, "口径", Standing.VERIFIED, Source("演示数据（虚构）"))
        for on, amount in ((date(2019, 12, 31), Decimal(1)), (DUE, value))
    ]


def _state(target: Target, kind: Kind, figures: list[Measurement]) -> State:
    return stand(Day(DUE, date(2020, 4, 1), KEYED, {target.indicator or "": figures}), target, kind).state


@pytest.mark.parametrize("key", RUNNING)
def test_a_figure_decides_what_runs(key: str) -> None:
    numbers = {line.number for line in TOLD[key].lines}
    answering = {one.key for one in TOLD[key].indicators}
    judged = [
        (target, one.kind)
        for one in PLAN.commitments
        if one.id in numbers
        for target in one.targets
        if target.indicator in answering
    ]
    assert judged
    for target, kind in judged:
        assert _state(target, kind, []) is State.UNKNOWN
        assert _state(target, kind, _kept(target, KEYED[target.indicator or ""])) is State.DONE


def test_the_mechanisms_with_an_indicator_are_those_the_plan_sets_a_target_for() -> None:
    bound = {target.indicator for one in PLAN.commitments for target in one.targets if target.indicator}
    assert len(bound) > 30
    assert set(RUNNING) == {KEYED[key].answers for key in bound} - {""}
    assert set(RUNNING) < {one.answers for one in INDICATORS}


TEXT = "1.标题\n新建学校3所，加强管理。\n2.标题\n新建学校3所。"
MECHANISM = Mechanism("M1.1", "1", "建校", "Building", ("新建学校3所",), "LEDGER", "")
BUILT = Indicator("built", "新建学校", "所", KEYED["urban_schools_built"].better, ("学校",), answers="M1.1")


def _asked(*lines: Line, indicators: tuple[Indicator, ...] = (BUILT,)) -> Carried:
    return answer(MECHANISM, TEXT, {"1": (0, 18), "2": (18, len(TEXT))}, lines, indicators).carried


def test_a_declared_indicator_alone_does_not_run() -> None:
    assert _asked() is Carried.NOT_YET


def test_a_confirmed_line_without_its_indicator_is_a_line_only() -> None:
    assert _asked(Line(1, "1.1", "", 5, 11, frozenset())) is Carried.LINE
    assert _asked(Line(1, "1.1", "", 5, 11, frozenset({"built"})), indicators=()) is Carried.LINE


def test_a_confirmed_line_judged_by_its_indicator_runs() -> None:
    assert _asked(Line(1, "1.1", "", 5, 11, frozenset({"built"}))) is Carried.RUNS


@pytest.mark.parametrize(("start", "end"), [(12, 17), (23, 29), (0, 5), (11, 17)])
def test_a_line_beside_the_phrase_or_in_another_point_says_nothing(start: int, end: int) -> None:
    assert _asked(Line(1, "x", "", start, end, frozenset({"built"}))) is Carried.NOT_YET
