"""Which figure speaks for a promise, which is only shown, and which must not judge."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.spine import Better, Comparator, Standing, State
from luoshi.tracking import Matter, combine, judge
from luoshi.tracking.units import factor
from tests.xingzhou import BEGUN, DUE, figure, matter, target

FIFTY = target(Comparator.EXACTLY, 50, "所")
RATE = target(Comparator.AT_MOST, 3, "%")
LOWER = Better.LOWER


def test_a_countys_figure_does_not_judge_the_citys_promise() -> None:
    status = judge(matter(FIFTY), [figure(60, division="990102")])
    assert (status.state, status.measurement) == (State.UNKNOWN, None)
    assert "其他区划" in status.because
    assert judge(matter(FIFTY, division="990102"), [figure(60, division="990102")]).state is State.DONE


def test_last_years_count_does_not_keep_this_years_promise() -> None:
    status = judge(matter(FIFTY, on=date(2021, 3, 1)), [figure(60, on=date(2020, 12, 31))])
    assert status.state is State.UNKNOWN
    assert "计划期开始" in status.because


def test_next_years_count_neither_undoes_nor_keeps_this_years_promise() -> None:
    kept, missed, next_year = figure(50), figure(40), figure(10, on=date(2022, 3, 31))
    on = date(2022, 6, 1)
    status = judge(matter(FIFTY, on=on), [kept, next_year])
    assert status.state is State.DONE
    assert "10 所（时点 2022-03-31）" in status.because
    assert judge(matter(FIFTY, on=on), [missed, next_year]).state is State.OVERDUE
    late = judge(matter(FIFTY, on=on), [missed, figure(55, on=date(2022, 3, 31))])
    assert late.state is State.UNKNOWN, "finished late, or another year's? a person says"
    assert judge(matter(FIFTY, on=on), [next_year]).state is State.UNKNOWN


def test_a_count_reached_long_ago_stays_reached_but_a_rate_must_be_told_again() -> None:
    spring = date(2021, 2, 1)
    assert judge(matter(FIFTY, on=date(2021, 11, 1)), [figure(50, on=spring)]).state is State.DONE
    rate = judge(matter(RATE, on=date(2021, 11, 1), better=LOWER), [figure("2.5", "%", on=spring)])
    assert rate.state is State.UNKNOWN
    assert "超过120天" in rate.because


def test_a_ceiling_kept_early_is_on_course_and_a_clearance_is_done() -> None:
    on, june = date(2021, 7, 1), date(2021, 6, 30)
    assert judge(matter(RATE, on=on, better=LOWER), [figure("2.5", "%", on=june)]).state is State.ON_COURSE
    cleared = judge(matter(target(Comparator.NONE, 0, "个", implicit=True), on=on), [figure(0, "个", on=june)])
    assert cleared.state is State.DONE
    assert "重新打开" in cleared.next_step
    rectified = target(Comparator.NONE, 0, "个", implicit=True)
    all_done, half_done = (figure(value, "%", on=june) for value in (100, 50))
    assert judge(matter(rectified, on=on), [all_done]).state is State.DONE, "治理完成率 100 % leaves none"
    assert judge(matter(rectified, on=on), [half_done]).state is not State.DONE
    assert judge(matter(rectified, on=on, better=LOWER), [figure(0, "%", on=june)]).state is State.DONE
    forbidden = target(Comparator.NONE, 0, "起", implicit=True)
    assert judge(matter(forbidden, on=on), [figure(0, "起", on=june)]).state is State.ON_COURSE


def test_an_incident_cannot_be_undone_by_a_later_nought() -> None:
    forbidden = target(Comparator.NONE, 0, "起", implicit=True)
    told = [figure(1, "起", on=date(2021, 5, 31)), figure(0, "起", on=date(2021, 6, 30))]
    status = judge(matter(forbidden, on=date(2021, 7, 1)), told)
    assert status.state is State.BEHIND
    assert "已经发生" in status.because
    corrected = [told[0], figure(0, "起", on=date(2021, 5, 31), known=date(2021, 6, 5)), told[1]]
    assert judge(matter(forbidden, on=date(2021, 7, 1)), corrected).state is State.ON_COURSE


def test_no_day_is_called_missed_by_a_count_from_before_it() -> None:
    status = judge(matter(FIFTY), [figure(40, on=date(2021, 12, 25))])
    assert status.state is State.UNKNOWN
    assert judge(matter(FIFTY), [figure(40)]).state is State.OVERDUE


def test_the_years_return_of_september_speaks_for_its_december_and_another_rate_does_not() -> None:
    september = figure("3.5", "%", on=date(2021, 9, 1))
    assert judge(matter(RATE, better=LOWER, yearly=True), [september]).state is State.OVERDUE
    assert judge(matter(RATE, better=LOWER), [september]).state is State.UNKNOWN
    due_day = judge(matter(RATE, on=DUE, better=LOWER, yearly=True), [figure("2.5", "%", on=date(2021, 9, 1))])
    assert due_day.state is State.DONE, "121 days old on the day itself, and still the year's figure"


def test_of_two_definitions_on_one_day_the_furthest_come_judges_and_the_other_is_shown() -> None:
    press = figure("2.5", "%", standing=Standing.PRESS, definition="公开报道")
    agreed = figure("3.5", "%", standing=Standing.VERIFIED, definition="年报口径")
    status = judge(matter(RATE, better=LOWER), [press, agreed])
    assert (status.state, status.measurement) == (State.OVERDUE, agreed)
    assert "同日另有2.5 %（口径：公开报道）" in status.because
    (doubt,) = status.doubts
    assert "两个口径" in doubt.what


def test_of_two_equal_definitions_the_less_favourable_judges() -> None:
    told = [figure("2.5", "%", definition="甲"), figure("3.5", "%", definition="乙")]
    assert judge(matter(RATE, better=LOWER), told).state is State.OVERDUE
    agree = [figure("2.5", "%", definition="甲"), figure("2.6", "%", definition="乙")]
    assert judge(matter(RATE, better=LOWER), agree).doubts == ()


def test_a_correction_of_the_same_day_replaces_what_it_corrects() -> None:
    told = [figure("2.5", "%"), figure("3.5", "%", known=date(2022, 1, 10))]
    status = judge(matter(RATE, better=LOWER), told)
    assert status.state is State.OVERDUE
    assert "同日另有" not in status.because


RISES = target(Comparator.NEVER_LESS, None, "")


def _budget(value: int, on: date, definition: str = "决算") -> object:
    return figure(value, "万元", on=on, definition=definition)


def test_never_less_holds_the_same_time_of_the_year_before() -> None:
    half = [_budget(100, date(2020, 12, 31)), _budget(48, date(2020, 6, 30)), _budget(50, date(2021, 6, 30))]
    early = judge(matter(RISES, on=date(2021, 7, 15)), half)
    assert early.state is State.ON_COURSE, "half a year is held against half a year"
    assert judge(matter(RISES, on=date(2021, 7, 15)), [half[0], half[2]]).state is State.UNKNOWN
    assert judge(matter(RISES), [half[0], _budget(99, DUE)]).state is State.OVERDUE
    level = judge(matter(RISES), [half[0], _budget(100, DUE)])
    assert level.state is State.DONE
    assert "持平" in level.because


def test_never_less_needs_the_year_before_by_the_same_definition() -> None:
    old = judge(matter(RISES), [_budget(90, date(2018, 12, 31)), _budget(99, DUE)])
    assert old.state is State.UNKNOWN, "three years ago is not the year before"
    broken = judge(matter(RISES), [_budget(90, date(2020, 12, 31), "公报"), _budget(99, DUE)])
    assert broken.state is State.UNKNOWN
    assert "口径不同" in broken.because


def test_units_are_converted_or_refused_and_never_just_compared() -> None:
    money = target(Comparator.AT_LEAST, 50_000_000, "元")
    assert judge(matter(money), [figure(5000, "万元")]).state is State.DONE
    assert judge(matter(money), [figure(4999, "万元")]).state is State.OVERDUE
    assert judge(matter(RATE, better=LOWER), [figure(31, "‰")]).state is State.OVERDUE
    assert judge(matter(RATE, better=LOWER), [figure(30, "‰")]).state is State.DONE
    for aim, told in ((FIFTY, figure(60, "%")), (RATE, figure(2, "个")), (FIFTY, figure(60, "套"))):
        refused = judge(matter(aim), [told])
        assert refused.state is State.UNKNOWN
        assert "不能相比" in refused.because


@pytest.mark.parametrize(
    ("given", "wanted", "by"),
    [
        ("万元", "元", 10_000),
        ("亿元", "万元", 10_000),
        ("万人次", "人次", 10_000),
        ("个", "所", 1),
        ("名", "人", 1),
        ("小时", "分钟", 60),
    ],
)
def test_units_of_one_kind_stand_in_each_other(given, wanted, by) -> None:
    assert factor(given, wanted) == by
    assert factor(wanted, given) == 1 / factor(given, wanted)


@pytest.mark.parametrize(
    ("given", "wanted"), [("人次", "人"), ("元/生", "元"), ("%", "个百分点"), ("套", "间"), ("%", "所"), ("", "所")]
)
def test_units_of_different_things_do_not(given, wanted) -> None:
    assert factor(given, wanted) is None


def test_a_rate_over_nothing_is_no_rate() -> None:
    nothing = figure(100, "%", numerator=Decimal(0), denominator=Decimal(0))
    for aim in (RATE, target(Comparator.ALL, 100, "%", implicit=True), target(Comparator.NONE, 0, "个", implicit=True)):
        status = judge(matter(aim), [nothing])
        assert (status.state, status.because) == (State.UNKNOWN, "分母为零，没有比率")


def test_a_whole_list_is_judged_by_both_its_counts_and_not_by_one() -> None:
    everything = target(Comparator.ALL, 100, "%", implicit=True)
    assert judge(matter(everything), [figure(142, "个")]).state is State.UNKNOWN
    both = figure(142, "个", numerator=Decimal(142), denominator=Decimal(142))
    assert judge(matter(everything), [both]).state is State.DONE
    short = figure(142, "个", numerator=Decimal(142), denominator=Decimal(143))
    assert judge(matter(everything), [short]).state is State.OVERDUE


def test_three_thousandths_short_is_not_met_and_the_sentence_does_not_say_three_below_three() -> None:
    status = judge(matter(target(Comparator.AT_LEAST, 3, "%")), [figure("2.996", "%")])
    assert status.state is State.OVERDUE
    assert status.because.startswith("2.996 % ＜ 3 %，相差 0.004 个百分点")


def test_points_are_counted_from_the_same_time_of_the_year_before() -> None:
    falls = target(Comparator.EXACTLY, "0.6", "个百分点")
    year_before = figure("52.7", "%", on=date(2020, 12, 31))
    assert judge(matter(falls, better=LOWER), [year_before, figure("52.1", "%")]).state is State.DONE
    assert judge(matter(falls, better=LOWER), [year_before, figure("52.11", "%")]).state is State.OVERDUE
    unknown = judge(matter(falls, better=LOWER), [figure("52.1", "%")])
    assert (unknown.state, "上年同期值" in unknown.because) == (State.UNKNOWN, True)
    no_more = target(Comparator.AT_MOST, "0.5", "个百分点")
    assert judge(matter(no_more, better=LOWER), [year_before, figure("53.2", "%")]).state is State.DONE
    assert judge(matter(no_more, better=LOWER), [year_before, figure("53.21", "%")]).state is State.OVERDUE


def test_a_baseline_not_yet_known_does_not_exist() -> None:
    base = figure("9.1", "%", on=date(2020, 9, 1), known=date(2021, 8, 1))
    told = [figure("4.2", "%", on=date(2021, 6, 30))]
    before = judge(Matter(RATE, date(2021, 7, 15), BEGUN, better=LOWER, baseline=base), told)
    assert "没有基期值" in before.because
    after = judge(Matter(RATE, date(2021, 8, 2), BEGUN, better=LOWER, baseline=base), told)
    assert after.state is State.AHEAD


def test_keep_at_95_that_fell_back_is_behind_and_worse_than_the_base_is_still_counted() -> None:
    keep = target(Comparator.AT_LEAST, 95, "%")
    july = {"on": date(2021, 7, 1)}
    june = date(2021, 6, 30)
    status = judge(matter(keep, baseline=figure(95, "%", on=date(2020, 9, 1)), **july), [figure(94, "%", on=june)])
    assert status.state is State.BEHIND
    assert "回落" in status.because
    worse = judge(matter(keep, baseline=figure(90, "%", on=date(2020, 9, 1)), **july), [figure(88, "%", on=june)])
    assert (worse.state, worse.completion) == (State.BEHIND, 0)
    assert "比基期还差" in worse.because
    at_base = judge(matter(keep, baseline=figure(90, "%", on=date(2020, 9, 1)), **july), [figure(90, "%", on=june)])
    assert (at_base.state, at_base.completion) == (State.BEHIND, 0)


def test_a_plan_that_does_not_say_when_it_begins_has_no_pace() -> None:
    status = judge(matter(FIFTY, on=date(2021, 7, 1), begun=None), [figure(20, on=date(2021, 6, 30))])
    assert status.state is State.UNKNOWN
    assert "没有起算日" in status.because


def test_over_fulfilment_is_told_up_to_120_percent() -> None:
    assert judge(matter(FIFTY), [figure(55)]).completion == Decimal("1.1")
    assert judge(matter(FIFTY), [figure(500)]).completion == Decimal("1.2")


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("48.8", State.OVERDUE),
        ("49.2", State.UNKNOWN),
        ("50", State.UNKNOWN),
        ("51", State.UNKNOWN),
        ("51.2", State.DONE),
    ],
)
def test_a_figure_told_as_about_within_two_percent_of_the_bound_decides_nothing(value, state) -> None:
    status = judge(matter(target(Comparator.AT_LEAST, 50, "%")), [figure(value, "%", about=True)])
    assert status.state is state


def test_a_figure_told_as_about_near_the_bound_is_not_called_behind_either() -> None:
    base = figure("3.05", "%", on=date(2020, 12, 31))
    told = {"on": date(2021, 6, 30)}
    asked = matter(RATE, on=date(2021, 7, 15), better=LOWER, baseline=base)
    assert judge(asked, [figure("3.04", "%", about=True, **told)]).state is State.UNKNOWN
    assert judge(asked, [figure("3.04", "%", **told)]).state is State.BEHIND


def test_two_targets_with_one_question_ask_it_once() -> None:
    told = figure("95", "%", numerator=Decimal(1046), denominator=Decimal(1125))
    status = judge(matter(target(Comparator.AT_LEAST, 93, "%")), [told])
    together = combine([status, status])
    assert together is not None
    assert together.doubts == status.doubts
    assert together.because == "2 个目标：逾期未完成 2"
    assert combine([]) is None
