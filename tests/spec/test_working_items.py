"""Working items by the handbook: a stopped clock, coordination, shares of counties and their sum, staircases of steps."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.declared import STAIRCASES
from luoshi.spine import Better, Comparator, Indicator, Kind, Measurement, Standing, State, Strength, Target
from luoshi.tracking import (
    Day,
    Matter,
    Pause,
    Share,
    Terms,
    beside_time,
    by_indicator,
    completion,
    even,
    judge,
    spread,
    stand,
    stand_of,
    total,
    weigh,
)
from luoshi.words.calendars import national
from tests.xingzhou import counts, figure, matter, target

EQ, GE, LE = Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.AT_MOST
START, DUE = date(2020, 4, 1), date(2020, 12, 31)
BUILD = target(EQ, 50, "所", due=DUE, indicator="演示")
UNITS = {"990102": "斗城区", "990121": "角阳县", "990181": "轸台市"}
KEPT = Indicator("演示", "演示", "所", Better.HIGHER, ())


def _paused(first: date, last: date | None, *, extends: bool = False) -> Pause:
    return Pause(first, last, extends, "甲副局长批准", "汛期停工")


def _stands(on: date, built: int, told: date, *pauses: Pause, aim: Target = BUILD) -> State:
    return judge(Matter(aim, on, START, pauses=pauses), [figure(built, "所", on=told)]).state


# TV-24, suspended clock: by written approval, with reason and both dates ------------------------------------------------
JULY = (date(2020, 7, 1), date(2020, 7, 31))


@pytest.mark.parametrize(
    ("on", "built", "told", "pauses", "state"),
    [
        # 19 of 50 on 31 August is behind (TV-22b) when the clock ran through.
        (date(2020, 9, 7), 19, date(2020, 8, 31), (), State.BEHIND),
        # Four months without a clock: 30 of 152 countable days are gone, 38 % of the way is ahead.
        (date(2020, 9, 7), 19, date(2020, 8, 31), (_paused(date(2020, 5, 1), date(2020, 8, 30)),), State.AHEAD),
        # On every day from the first to the last the state is 暂缓, whatever the figure says.
        (JULY[0], 0, date(2020, 6, 30), (_paused(*JULY),), State.PAUSED),
        (JULY[1], 0, date(2020, 6, 30), (_paused(*JULY),), State.PAUSED),
        # The day before and the day after the clock runs.
        (JULY[0] - timedelta(1), 0, date(2020, 6, 30), (_paused(*JULY),), State.BEHIND),
        (JULY[1] + timedelta(1), 0, date(2020, 6, 30), (_paused(*JULY),), State.BEHIND),
        # An open pause holds until somebody says it goes on.
        (date(2020, 12, 1), 0, date(2020, 11, 30), (_paused(JULY[0], None),), State.PAUSED),
        (date(2021, 1, 5), 0, date(2021, 1, 5), (_paused(JULY[0], None),), State.PAUSED),
        # What is reached stays reached, paused or not.
        (date(2020, 7, 15), 50, date(2020, 6, 30), (_paused(*JULY),), State.DONE),
        # The due day stays unless the approval moves it: 31 days in July move it to 31 January.
        (date(2021, 1, 15), 49, date(2021, 1, 15), (_paused(*JULY),), State.UNKNOWN),
        (date(2021, 1, 15), 40, date(2020, 12, 31), (_paused(*JULY),), State.OVERDUE),
        (date(2021, 1, 15), 48, date(2020, 12, 31), (_paused(*JULY, extends=True),), State.ON_COURSE),
        (date(2021, 1, 31), 48, date(2020, 12, 31), (_paused(*JULY, extends=True),), State.ON_COURSE),
        (date(2021, 2, 1), 48, date(2021, 2, 1), (_paused(*JULY, extends=True),), State.OVERDUE),
        # A pause that was approved after the due day moves nothing.
        (date(2021, 3, 1), 40, date(2020, 12, 31), (_paused(date(2021, 1, 10), date(2021, 1, 20), extends=True),), State.OVERDUE),
        # A day that two approvals name stops the clock once.
        (date(2021, 2, 1), 48, date(2021, 2, 1), (_paused(*JULY, extends=True), _paused(*JULY, extends=True)), State.OVERDUE),
    ],
)  # fmt: skip
def test_tv_24_a_clock_that_stands_by_approval(on, built, told, pauses, state) -> None:
    assert _stands(on, built, told, *pauses) is state


def test_tv_24_time_gone_counts_without_the_paused_days_and_the_sentence_says_so() -> None:
    told = figure(27, "所", on=date(2020, 8, 31))
    status = judge(Matter(BUILD, date(2020, 9, 7), START, pauses=(_paused(*JULY),)), [told])
    assert status.pace == Decimal(152 - 31) / Decimal(274 - 31)
    assert "已扣除暂缓 31 天" in status.because
    moved = judge(Matter(BUILD, date(2020, 9, 7), START, pauses=(_paused(*JULY, extends=True),)), [told])
    assert moved.pace == Decimal(152 - 31) / Decimal(274)
    assert "时限经批准顺延至2021-01-31" in moved.because


def test_tv_24_while_it_is_paused_the_page_says_from_when_to_when_by_whom_and_why() -> None:
    status = judge(Matter(BUILD, JULY[0], START, pauses=(_paused(*JULY),)), [figure(3, on=date(2020, 6, 30))])
    assert status.because == "经批准暂缓（2020-07-01至2020-07-31，甲副局长批准）：汛期停工"
    assert status.measurement is not None


# 协调事项: never red for us ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [Kind.RECOGNITION, Kind.QUANTITY])
@pytest.mark.parametrize("comparator", [EQ, GE, LE, Comparator.NONE])
@pytest.mark.parametrize("on", [date(2021, 6, 1), date(2022, 1, 15)])
@pytest.mark.parametrize("unit", ["所", "起"])
def test_what_others_decide_is_never_behind_and_never_overdue(kind, comparator, on, unit) -> None:
    aim = target(comparator, 2 if comparator is not Comparator.NONE else 0, unit)
    upper = comparator in {LE, Comparator.NONE}
    told = figure(9 if upper else 0, unit, on=min(on, date(2021, 12, 31)))
    marked = "" if kind is Kind.RECOGNITION else "由省教育厅评定"
    status = judge(matter(aim, on, kind=kind, coordination=marked), [told])
    assert status.state is State.UNKNOWN
    plain = judge(matter(aim, on, kind=Kind.QUANTITY), [told])
    assert plain.state is not State.DONE
    if plain.state is not State.UNKNOWN:  # what would have been bad is handed to a person
        assert "由人核定" in status.next_step
        assert ("需协调解决的问题" in status.next_step) is bool(marked)


def test_what_others_decide_is_done_when_it_is_reached() -> None:
    assert judge(matter(target(EQ, 2), coordination="由省厅评定"), [figure(2)]).state is State.DONE


# 几个县区一个目标 ---------------------------------------------------------------------------------------------------------
def _day(*figures: Measurement, on: date = date(2020, 9, 7)) -> Day:
    return Day(on, START, {"演示": KEPT}, by_indicator(figures))


def _of(code: str, built: int, on: date = date(2020, 8, 31), **told) -> Measurement:
    return figure(built, "所", on=on, division=code, **told)


def test_a_count_is_divided_evenly_in_whole_things_and_adds_up() -> None:
    shares = even(BUILD, list(UNITS))
    assert shares == {"990102": Decimal(17), "990121": Decimal(17), "990181": Decimal(16)}
    assert weigh(BUILD, shares, "1.1") is None


@pytest.mark.parametrize(
    ("comparator", "value", "unit"),
    [(LE, 3, "%"), (Comparator.ALL, 100, ""), (Comparator.NONE, 0, "个"), (Comparator.NEVER_LESS, None, "元")],
)
def test_a_rate_and_a_whole_are_handed_down_as_they_are(comparator, value, unit) -> None:
    aim = target(comparator, value, unit, implicit=comparator is not LE)
    shares = even(aim, list(UNITS))
    assert set(shares.values()) == {aim.value}
    assert weigh(aim, shares, "1.1") is None


@pytest.mark.parametrize(
    ("values", "said"), [((20, 20, 10), ""), ((20, 20, 12), "多 2 所"), ((20, 20, 7), "少 3 所"), ((50, 0, 0), "")]
)
def test_the_sum_of_the_shares_is_held_against_the_target(values, said) -> None:
    found = weigh(BUILD, dict(zip(UNITS, map(Decimal, values), strict=True)), "1.1")
    assert (said in found.what) if found else not said


@pytest.mark.parametrize(
    ("values", "fits"), [((1, 1, 1), True), ((2, 2, 1), True), ((1, 1, 0), False), ((2, 2, 2), False)]
)
def test_shares_of_a_range_fit_between_its_bounds(values, fits) -> None:
    aim = target(Comparator.BETWEEN, 3, "个", value_max=Decimal(5))
    assert (weigh(aim, dict(zip(UNITS, map(Decimal, values), strict=True)), "1.1") is None) is fits


def test_the_whole_is_the_sum_of_its_counties_figures() -> None:
    figures = [_of("990102", 10), _of("990121", 9), _of("990181", 8)]
    status = stand(_day(*figures), BUILD, Kind.QUANTITY, divisions=UNITS)
    assert status.measurement is not None
    assert (status.measurement.value, status.measurement.division) == (Decimal(27), "")
    assert status.state is State.ON_COURSE
    assert status.doubts == ()


def test_a_part_is_never_a_total_and_who_is_missing_is_named() -> None:
    status = stand(_day(_of("990102", 50)), BUILD, Kind.QUANTITY, divisions=UNITS)
    assert status.state is State.UNKNOWN
    assert "缺 2 个县区（角阳县、轸台市）" in status.because


@pytest.mark.parametrize("odd", [{"definition": "另一口径"}, {"on": date(2020, 7, 31)}])
def test_figures_of_another_definition_or_day_are_not_summed(odd) -> None:
    figures = [_of("990102", 10), _of("990121", 9), _of("990181", 8, **odd)]
    assert total(figures, UNITS, date(2020, 9, 7)).figure is None
    assert total(figures, UNITS, date(2020, 9, 7)).missing == ("990181",)


def test_a_newer_part_does_not_push_out_an_older_whole_but_is_said() -> None:
    whole = [_of(code, 9) for code in UNITS]
    found = total([*whole, _of("990102", 20, date(2020, 9, 5))], UNITS, date(2020, 9, 7))
    assert found.figure is not None
    assert (found.figure.value, found.figure.on) == (Decimal(27), date(2020, 8, 31))
    assert "缺 2 个县区" in found.because


def test_rates_of_counties_are_summed_by_both_counts_and_never_averaged() -> None:
    parts = [counts(10, 100, division="990102"), counts(0, 900, division="990121"), counts(5, 100, division="990181")]
    found = total(parts, UNITS, date(2022, 1, 15)).figure
    assert found is not None
    assert (found.numerator, found.denominator) == (15, 1100)
    assert found.value == Decimal("1.363636")
    bare = [figure(5, "%", division=code) for code in UNITS]
    lacking = total(bare, UNITS, date(2022, 1, 15))
    assert lacking.figure is None
    assert "分子和分母" in lacking.because


def test_the_sum_comes_only_as_far_as_the_least_of_its_figures() -> None:
    figures = [
        _of("990102", 1),
        _of("990121", 1, standing=Standing.PUBLISHED),
        _of("990181", 1, standing=Standing.REPORTED),
    ]
    found = total(figures, UNITS, date(2020, 9, 7)).figure
    assert found is not None
    assert found.standing is Standing.REPORTED


def test_a_city_figure_that_differs_from_the_sum_is_asked_about_and_both_are_said() -> None:
    figures = [_of("990102", 10), _of("990121", 9), _of("990181", 8), figure(30, "所", on=date(2020, 8, 31))]
    status = stand(_day(*figures), BUILD, Kind.QUANTITY, divisions=UNITS)
    (asked,) = status.doubts
    assert "全市数 30 所" in asked.what
    assert "各单位数加总 27 所" in asked.what
    assert "核对提示" in asked.remedy
    agreed = stand(_day(*figures[:3], figure(27, "所", on=date(2020, 8, 31))), BUILD, Kind.QUANTITY, divisions=UNITS)
    assert agreed.doubts == ()


def test_a_county_stands_by_its_own_share_its_own_figure_and_its_own_day() -> None:
    day = _day(_of("990102", 17), _of("990121", 2))
    shares = [Share(code, Decimal(17), date(2020, 10, 31)) for code in UNITS]
    states = [stand_of(day, BUILD, Kind.QUANTITY, share).state for share in shares]
    assert states == [State.DONE, State.BEHIND, State.UNKNOWN]
    paused = Terms((_paused(date(2020, 9, 1), None),))
    assert stand_of(day, BUILD, Kind.QUANTITY, shares[1], paused).state is State.PAUSED
    assert stand_of(day, BUILD, Kind.QUANTITY, shares[1], Terms(coordination="由省厅定")).state is State.UNKNOWN


# TV-22e and the staircase --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("actual", "state"), [(3, State.DONE), (6, State.DONE), (5, State.DONE), (2, State.OVERDUE)])
def test_tv_22e_a_range_of_3_to_5_is_done_from_3_on_and_6_is_no_more_than_done(actual, state) -> None:
    status = judge(matter(target(Comparator.BETWEEN, 3, "个", value_max=Decimal(5))), [figure(actual, "个")])
    assert status.state is state
    assert status.completion == (Decimal(1) if actual >= 3 else Decimal(2) / 3)


def test_the_steps_of_a_document_are_quarters() -> None:
    staircase = next(one for one in STAIRCASES if Kind.DOCUMENT in one.kinds)
    assert [(step.name, step.percent) for step in staircase.stairs] == [
        ("起草", 25),
        ("征求意见", 50),
        ("审议", 75),
        ("印发", 100),
    ]


@pytest.mark.parametrize("staircase", STAIRCASES, ids=lambda one: one.key)
def test_steps_lie_on_working_days_in_order_and_none_after_the_due_day(staircase) -> None:
    days = spread(staircase, date(2020, 1, 1), date(2020, 10, 5), national())
    assert [one.due for one in days] == sorted(one.due for one in days)
    assert days[-1].due == date(2020, 9, 30)
    assert all(national().is_workday(one.due) for one in days)
    assert [step.percent for step in staircase.stairs] == sorted({step.percent for step in staircase.stairs})
    assert staircase.stairs[-1].percent == 100


@pytest.mark.parametrize(
    ("steps", "share"),
    [
        ([], None),
        ([(25, True), (50, True), (75, False), (100, False)], Fraction(1, 2)),
        ([(25, False), (50, True), (75, False), (100, False)], Fraction(1, 2)),
        ([(25, False), (100, False)], Fraction(0)),
        ([(None, True), (None, False), (None, False)], Fraction(1, 3)),
        ([(None, True), (25, True), (100, False)], Fraction(1, 4)),
    ],
)
def test_completion_by_milestones_is_the_highest_rung_or_the_number_reached(steps, share) -> None:
    assert completion(steps) == share


@pytest.mark.parametrize(
    ("reached", "gone", "said"),
    [
        (2, 80, "节点慢于时间"),
        (2, 62, "节点与时间相当"),  # between 50 and 75 % of the time nothing is late
        (0, 23, "节点与时间相当"),
        (0, 31, "节点慢于时间"),
        (3, 40, "节点快于时间"),
        (4, 99, "节点都已完成"),
        (2, None, ""),
    ],
)
def test_milestones_beside_time_are_a_hint_in_words(reached, gone, said) -> None:
    time = None if gone is None else Fraction(gone, 100)
    assert beside_time([(25 * at, at <= reached) for at in range(1, 5)], time) == said
    assert beside_time([(None, at <= reached) for at in range(1, 5)], time) == said
    assert beside_time([], time) == ""


def test_tv_22f_a_report_due_in_the_national_holiday_moves_to_the_first_working_day_after_it() -> None:
    assert national().next_workday(date(2020, 10, 5)) == date(2020, 10, 9)


def test_a_soft_word_stays_soft_when_nothing_is_marked() -> None:
    assert judge(matter(target(EQ, 2, strength=Strength.ASPIRATIONAL)), [figure(0)]).next_step == "由人核定"
