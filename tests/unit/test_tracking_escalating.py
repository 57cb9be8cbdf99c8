"""督办: which paper is due, held against a slow and obvious version of the same rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.spine import State
from luoshi.tracking.escalating import Course, MonthState, Past, due_papers
from luoshi.tracking.ladder import DEFAULT_LADDER, Grade, Ladder, Rung, Step, as_plain, read_ladder
from luoshi.tracking.marking import Asked, Card, Counted, Score, Shown, card, ranked, score
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.examples import some

CALENDAR = national()
ON = date(2021, 10, 8)
GOOD, LATE, FAR, GONE = (
    (State.ON_COURSE, False),
    (State.BEHIND, False),
    (State.BEHIND, True),
    (State.OVERDUE, False),
)
UNKNOWN, PAUSED = (State.UNKNOWN, False), (State.PAUSED, False)
EVERY = (GOOD, LATE, FAR, GONE, UNKNOWN, PAUSED)


def months(*states: tuple[State, bool], first: date = date(2021, 8, 1)) -> tuple[MonthState, ...]:
    told = []
    for place, (state, far) in enumerate(states):
        year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
        told.append(MonthState(date(year, month + 1, 1), state, far))
    return tuple(told)


def steps(course: Course, *past: Past, ladder: Ladder = DEFAULT_LADDER, on: date = ON) -> list[Step]:
    return [one.step for one in due_papers(ladder, course, past, on, CALENDAR)]


def slow(  # noqa: C901, PLR0912, PLR0915 (slow and obvious on purpose)
    ladder: Ladder, course: Course, past: tuple[Past, ...], on: date
) -> list[tuple[Step, date]]:
    """The same, looked up month by month without any cleverness."""
    by = {one.step: one for one in ladder.rungs if one.used}
    bad: dict[tuple[int, int], Grade] = {}
    for one in course.months:
        if one.state is State.OVERDUE:
            bad[one.month.year, one.month.month] = Grade.OVERDUE
        elif one.state is State.BEHIND:
            bad[one.month.year, one.month.month] = Grade.FAR if one.far else Grade.BEHIND
    if not course.months:
        last_state, here = None, None
    else:
        last_state, here = course.months[-1].state, course.months[-1].month
    if last_state is State.PAUSED:
        return []
    run: list[date] = []
    if here is not None:
        year, month = here.year, here.month
        while (year, month) in bad:
            run.append(date(year, month, 1))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    mine = [one for one in past if run and one.month >= run[-1] and not one.withdrawn]
    sent = {one.step for one in mine if one.sent}

    def holds(rung: Rung) -> bool:
        if not rung.grades:
            return False
        before = [one.month for one in mine if one.step is rung.step] if rung.again else []
        counted = [day for day in run if not before or day > max(before)]
        wanted = counted[: rung.months]
        return len(wanted) == rung.months and all(bad[day.year, day.month] in rung.grades for day in wanted)

    order = [step for step in (Step.REMINDER, Step.URGING, Step.NOTICE, Step.TALK) if step in by]
    held = [step for step in order if holds(by[step])]
    open_drafts = {one.step for one in past if not one.sent and not one.withdrawn}
    gentle, found = course.soft or course.others, []
    if held and gentle:
        already = [one for one in past if one.step is Step.REMINDER and one.month == here]
        if Step.REMINDER in by and not already and Step.REMINDER not in open_drafts:
            found.append((Step.REMINDER, here))
    elif held:
        step = held[-1]
        while not by[step].jumps and order.index(step) > 0 and order[order.index(step) - 1] not in sent:
            step = order[order.index(step) - 1]
        papers = (Step.URGING, Step.NOTICE, Step.TALK)
        blocking = papers if step is not Step.REMINDER else (*papers, Step.REMINDER)
        of_month = [one for one in past if one.month == here and one.step in blocking]
        higher = [
            one
            for one in mine
            if one.step in order[order.index(step) + 1 :]
            or (
                one.step in papers
                and one.step not in by
                and papers.index(one.step) >= (papers.index(step) if step in papers else -1)
            )
        ]
        twice = [one for one in mine if one.step is step and not by[step].again]
        if not of_month and not higher and not twice and step not in open_drafts:
            found.append((step, here))
    elif Step.REMINDER in by and course.due and (course.due - on).days <= by[Step.REMINDER].days_ahead:
        month = date(on.year, on.month, 1)
        already = [one for one in past if one.step is Step.REMINDER and one.month == month]
        if (
            last_state not in {State.DONE, State.STANDING}
            and not already
            and Step.REMINDER not in open_drafts
            and not [one for one in mine if one.step is not Step.REMINDER]
        ):
            found.append((Step.REMINDER, month))
    if Step.BULLETIN in by and not gentle and run and here.month == 12 and holds(by[Step.BULLETIN]):
        told = [one for one in past if one.step is Step.BULLETIN and one.month == here]
        if not told and (by[Step.BULLETIN].jumps or not order or order[-1] in sent):
            found.append((Step.BULLETIN, here))
    return found


PASTS = st.lists(
    st.builds(
        Past,
        st.sampled_from(list(Step)),
        st.sampled_from([date(2021, month, 1) for month in range(6, 13)]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=4,
).map(tuple)
COURSES = st.builds(
    Course,
    st.lists(st.sampled_from(EVERY), max_size=7).map(lambda told: months(*told, first=date(2021, 6, 1))),
    st.none() | st.dates(date(2021, 6, 1), date(2022, 2, 1)),
    st.booleans(),
    st.booleans(),
)
RUNGS = st.tuples(
    st.integers(1, 3), st.booleans(), st.booleans(), st.lists(st.sampled_from(list(Grade)), min_size=1, unique=True)
)
LADDERS = st.lists(RUNGS, min_size=5, max_size=5).map(
    lambda told: Ladder(
        1,
        ON,
        tuple(
            Rung(step, step.value, () if step is Step.REMINDER else tuple(grades), count, 7, 3, jumps, again)
            for step, (count, jumps, again, grades) in zip(Step, told, strict=True)
        ),
    )
)


@settings(max_examples=some(1500), deadline=None)
@given(LADDERS | st.just(DEFAULT_LADDER), COURSES, PASTS, st.dates(date(2021, 6, 1), date(2022, 2, 1)))
def test_any_item_gets_what_the_slow_rules_give(
    ladder: Ladder, course: Course, past: tuple[Past, ...], on: date
) -> None:
    told = due_papers(ladder, course, past, on, CALENDAR)
    assert [(one.step, one.month) for one in told] == slow(ladder, course, past, on)
    assert all(one.because and one.rule and one.name for one in told)
    assert all(one.answer_by is None or one.answer_by > on for one in told)


def test_every_row_of_four_months_gets_what_the_slow_rules_give() -> None:
    for told in product(EVERY, repeat=4):
        for sent in ((), (Past(Step.URGING, date(2021, 10, 1), True),), (Past(Step.NOTICE, date(2021, 11, 1), True),)):
            course = Course(months(*told, first=date(2021, 9, 1)), date(2021, 12, 31))
            on = date(2022, 1, 4)
            met = [(one.step, one.month) for one in due_papers(DEFAULT_LADDER, course, sent, on, CALENDAR)]
            assert met == slow(DEFAULT_LADDER, course, sent, on), told


@settings(max_examples=some(500), deadline=None)
@given(COURSES, PASTS, st.dates(date(2021, 6, 1), date(2022, 2, 1)))
def test_drafting_twice_drafts_once(course: Course, past: tuple[Past, ...], on: date) -> None:
    first = due_papers(DEFAULT_LADDER, course, past, on, CALENDAR)
    drafted = tuple(Past(one.step, one.month) for one in first)
    assert due_papers(DEFAULT_LADDER, course, past + drafted, on, CALENDAR) == ()


@settings(max_examples=some(500), deadline=None)
@given(COURSES, PASTS, st.dates(date(2021, 6, 1), date(2022, 2, 1)))
def test_soft_others_unknown_and_paused_are_reminded_of_at_most(
    course: Course, past: tuple[Past, ...], on: date
) -> None:
    unsure = bool(course.months) and course.months[-1].state in {State.UNKNOWN, State.PAUSED}
    if course.soft or course.others or unsure:
        assert {one.step for one in due_papers(DEFAULT_LADDER, course, past, on, CALENDAR)} <= {Step.REMINDER}


def test_two_months_behind_are_urged_about_with_the_reason() -> None:
    (paper,) = due_papers(DEFAULT_LADDER, Course(months(LATE, LATE)), (), ON, CALENDAR)
    assert (paper.step, paper.name, paper.month) == (Step.URGING, "催办单", date(2021, 9, 1))
    assert paper.because == "2021年8月、9月连续2个月欠进度"
    assert paper.rule == "欠进度或明显滞后或逾期未完成连续2个月"
    assert paper.answer_by == date(2021, 10, 14)
    """Five working days after 8 October 2021, the make-up Saturday 9 October among them."""


def test_one_month_behind_is_not_urged_about() -> None:
    assert steps(Course(months(GOOD, LATE))) == []
    assert steps(Course(months(LATE, UNKNOWN))) == []
    assert steps(Course(months(LATE, PAUSED, LATE))) == []


def test_far_behind_and_overdue_are_noticed_at_once_and_talked_about_after_two_months() -> None:
    assert steps(Course(months(GOOD, FAR))) == [Step.NOTICE]
    assert steps(Course(months(GOOD, GONE))) == [Step.NOTICE]
    sent = Past(Step.NOTICE, date(2021, 8, 1), sent=True)
    assert steps(Course(months(FAR, GONE)), sent) == [Step.TALK]


def test_nobody_is_asked_to_a_talk_before_the_notice_went_out() -> None:
    (paper,) = due_papers(DEFAULT_LADDER, Course(months(FAR, FAR)), (), ON, CALENDAR)
    assert paper.step is Step.NOTICE
    assert paper.because == "2021年8月、9月连续2个月明显滞后；尚未发督办通知单，先发督办通知单"
    assert steps(Course(months(FAR, FAR)), Past(Step.NOTICE, date(2021, 8, 1))) == []
    """It lies there as a draft: a person decides about that first."""


def test_a_withdrawn_paper_does_not_come_again_for_its_month() -> None:
    course = Course(months(LATE, LATE))
    assert steps(course, Past(Step.URGING, date(2021, 9, 1), withdrawn=True)) == []
    longer = Course(months(LATE, LATE, LATE))
    assert steps(longer, Past(Step.URGING, date(2021, 9, 1), withdrawn=True)) == [Step.URGING]


def test_a_red_december_is_told_at_the_end_of_the_year() -> None:
    course = Course(months(FAR, GONE, first=date(2021, 11, 1)))
    sent = (Past(Step.NOTICE, date(2021, 11, 1), True), Past(Step.TALK, date(2021, 12, 1), True))
    assert steps(course, *sent, on=date(2022, 1, 4)) == [Step.BULLETIN]
    assert steps(replace(course, soft=True), *sent, on=date(2022, 1, 4)) == [Step.REMINDER]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2021, 12, 23), None),
        (date(2021, 12, 24), "还有7天"),
        (date(2021, 12, 31), "今天到期"),
        (date(2022, 1, 4), "已过4天，完成情况待核实"),
    ],
)
def test_a_reminder_comes_a_week_before_the_day(on: date, said: str | None) -> None:
    told = due_papers(DEFAULT_LADDER, Course(months(GOOD), date(2021, 12, 31)), (), on, CALENDAR)
    assert [one.because for one in told] == ([f"完成时限2021-12-31，{said}"] if said else [])


def test_what_was_verified_as_done_in_another_month_is_not_reminded_of() -> None:
    later = months((State.DONE, False), (State.UNKNOWN, False))
    assert steps(Course(later, date(2021, 8, 31)), on=date(2021, 10, 10)) == [Step.REMINDER]
    assert steps(Course(later, date(2021, 8, 31), settled=True), on=date(2021, 10, 10)) == []


def test_an_edited_ladder_is_read_back_as_it_was_written() -> None:
    assert read_ladder(0, DEFAULT_LADDER.begun, as_plain(DEFAULT_LADDER), 10, DEFAULT_LADDER.doubt) == DEFAULT_LADDER


@pytest.mark.parametrize(
    ("change", "saying"),
    [
        ({"name": " "}, "不能作名称"),
        ({"months": 13}, "连续月数为“13”"),
        ({"answer_days": -1}, "答复工作日为“-1”"),
        ({"grades": []}, "没有选定情形"),
        ({"grades": ["red"]}, "没有选定情形"),
        ({"step": "talk"}, "不全或重复"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused(change: dict[str, object], saying: str) -> None:
    rungs = as_plain(DEFAULT_LADDER)
    rungs[1] |= change
    with pytest.raises(RefusedError) as refusal:
        read_ladder(1, ON, rungs, 10)
    assert saying in str(refusal.value)


def test_cards_follow_what_was_not_answered_in_five_working_days() -> None:
    sent, answered = date(2021, 9, 27), date(2021, 10, 9)
    assert card([Asked(sent)], date(2021, 10, 9), CALENDAR) is Card.NONE
    """27 September and five: 28, 29, 30 September, 8 and 9 October."""
    assert card([Asked(sent)], date(2021, 10, 11), CALENDAR) is Card.YELLOW
    assert card([Asked(sent, answered)], date(2021, 12, 1), CALENDAR) is Card.NONE
    assert card([Asked(sent), Asked(sent)], date(2021, 10, 11), CALENDAR) is Card.RED
    assert card([], sent, CALENDAR, false_report=True) is Card.RED


def test_a_score_is_a_hundred_less_the_deductions() -> None:
    assert score(Counted(overdue=3, late_reports=1, unapproved_changes=1)) == Score(Decimal("90.5"), False)
    assert score(Counted(false_evidence=1)) == Score(Decimal(90), True)
    assert score(Counted(overdue=60)) == Score(Decimal(0), False)


def test_a_ranking_tells_all_the_ends_or_nothing() -> None:
    scores = {
        name: Score(Decimal(value), name == "丁")
        for name, value in zip("甲乙丙丁戊己庚", (90, 95, 90, 99, 80, 70, 60), strict=True)
    }
    assert [(one.unit, one.place) for one in ranked(scores, Shown.ALL)] == [
        ("乙", 1), ("甲", 2), ("丙", 2), ("戊", 4), ("己", 5), ("庚", 6), ("丁", 7),
    ]  # fmt: skip
    assert [one.unit for one in ranked(scores, Shown.ENDS)] == ["乙", "甲", "丙", "己", "庚", "丁"]
    assert [(one.unit, one.place) for one in ranked(scores, Shown.NONE)] == [(name, None) for name in "甲乙丙丁戊己庚"]
