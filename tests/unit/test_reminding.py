"""The round of reminders: when, to whom, how often, in which words; and a whole year held against the obvious way."""

import sys
import time
from datetime import date

import chinese_calendar
import pytest

from luoshi.tracking.dues import (
    DEFAULT_HABITS,
    Due,
    DueKind,
    Habits,
    Member,
    Sent,
    monthly_report,
    report_day,
    silent_from,
    steps,
)
from luoshi.tracking.reminding import Digest, body, round_of, said, subject
from luoshi.words.calendars import month_end, national
from tests.unit import reminded_year as year

CALENDAR = national()
ITEM = Due("item/1", DueKind.ITEM, "1.1 新建幼儿园", date(2020, 10, 16), "JJ", leader="丙副局长")
CONTACT = Member("lian", "联络员", "contact", "JJ")
HEAD = Member("ke", "科长", "section", "JJ")
LEADER = Member("ju", "丙副局长", "leader", "JJ", charge="丙副局长")
OFFICE = Member("du", "督查", "supervisor", "BGS")
COUNTY = Member("qu", "斗城区", "county", division="990102")
ALL = (CONTACT, HEAD, LEADER, OFFICE, COUNTY)


def told(day: date, due: Due = ITEM, members: tuple[Member, ...] = ALL, sent: tuple[Sent, ...] = ()) -> list[str]:
    """Who is told on a day."""
    return [one.person for one in round_of(day, [due], members, sent, DEFAULT_HABITS, CALENDAR)]


def test_a_notice_before_a_day_off_moves_to_the_working_day_before() -> None:
    days = {one.number: one.day for one in steps(date(2020, 10, 5), DEFAULT_HABITS, CALENDAR)}
    assert days[0] == date(2020, 9, 30)
    assert days[-1] == date(2020, 9, 29)
    assert days[-5] == date(2020, 9, 24)  # Sunday the 27th is worked


def test_a_notice_after_a_day_comes_on_the_next_working_day_then_every_fifth() -> None:
    days = {one.number: one.day for one in steps(date(2020, 9, 30), DEFAULT_HABITS, CALENDAR)}
    assert [days[1], days[2]] == [date(2020, 10, 9), date(2020, 10, 15)]  # Saturday the 10th is worked
    assert max(days) == DEFAULT_HABITS.most
    assert silent_from(date(2020, 9, 30), DEFAULT_HABITS, CALENDAR) > days[6]


def test_the_monthly_report_is_on_the_fifth_or_the_first_working_day_after() -> None:
    assert monthly_report(2020, 10, CALENDAR) == date(2020, 10, 9)
    assert monthly_report(2020, 8, CALENDAR) == date(2020, 8, 5)
    assert monthly_report(2020, 9, CALENDAR) == date(2020, 9, 7)


def test_the_end_of_a_month_is_its_last_day_and_the_report_the_last_working_day_up_to_it() -> None:
    assert month_end(2020, 2) == date(2020, 2, 29)
    assert month_end(2020, 12) == date(2020, 12, 31)
    assert report_day(month_end(2020, 10), CALENDAR) == date(2020, 10, 30)
    assert report_day(month_end(2020, 5), CALENDAR) == date(2020, 5, 29)


def test_the_contact_is_told_and_without_one_it_goes_up_the_chain() -> None:
    day = date(2020, 10, 15)
    assert told(day) == ["lian"]
    assert told(day, members=(HEAD, LEADER, OFFICE)) == ["ke"]
    assert told(day, members=(LEADER, OFFICE)) == ["ju"]
    assert told(day, members=(OFFICE,)) == ["du"]
    assert told(day, members=(Member("other", "别科", "contact", "XQ"),)) == []


def test_who_is_named_takes_the_place_of_the_contact_and_a_stranger_does_not() -> None:
    day = date(2020, 10, 15)
    named = Due("report/1", DueKind.REPORT, "9月进展", ITEM.on, "JJ", people=("ke",), leader="丙副局长")
    gone = Due("report/1", DueKind.REPORT, "9月进展", ITEM.on, "JJ", people=("nobody",), leader="丙副局长")
    assert told(day, named) == ["ke"]
    assert told(day, gone) == ["lian"]


def test_a_unit_is_told_of_its_share_beside_the_section() -> None:
    shared = Due("item/2", DueKind.ITEM, "化解大班额", ITEM.on, "JJ", ("990102", "990199"), leader="丙副局长")
    assert told(date(2020, 10, 15), shared) == ["lian", "qu"]
    alone = Due("agreement/2", DueKind.AGREEMENT, "对数", ITEM.on, divisions=("990102",))
    assert told(date(2020, 10, 15), alone) == ["qu"]


def test_what_a_person_may_not_see_goes_to_the_next_who_may() -> None:
    secret = Due("item/3", DueKind.ITEM, "领导参阅事项", ITEM.on, "JJ", leader="丙副局长", audience="leaders")
    seeing = Member("ju", "丙副局长", "leader", "JJ", charge="丙副局长", sees=("public", "leaders"))
    assert told(date(2020, 10, 15), secret, (CONTACT, HEAD, seeing)) == ["ju"]


@pytest.mark.parametrize("day", [date(2020, 10, 1), date(2020, 10, 11), date(2020, 1, 31)])
def test_nothing_is_said_on_a_day_that_is_not_worked(day: date) -> None:
    late = Due("item/1", DueKind.ITEM, "x", day, "JJ")
    assert told(day, late) == []


def test_the_same_round_again_says_nothing_and_a_second_digest_waits_for_tomorrow() -> None:
    day = date(2020, 10, 15)
    sent = (Sent(day, "lian", ITEM.mark, -1),)
    later = Due("item/9", DueKind.ITEM, "刚立项", date(2020, 10, 19), "JJ")
    assert told(day, sent=sent) == []
    assert round_of(day, [ITEM, later], ALL, sent, DEFAULT_HABITS, CALENDAR) == ()
    (tomorrow,) = round_of(date(2020, 10, 16), [ITEM, later], ALL, sent, DEFAULT_HABITS, CALENDAR)
    assert [line.due for line in tomorrow.lines] == [ITEM.mark, later.mark]


def test_a_day_the_computer_was_off_is_caught_up_with_once() -> None:
    assert told(date(2020, 10, 13)) == ["lian"]  # the notice of the 9th, five working days before
    assert told(date(2020, 10, 14), sent=(Sent(date(2020, 10, 13), "lian", ITEM.mark, -5),)) == []


def test_a_day_that_was_moved_begins_anew() -> None:
    moved = Due("item/1", DueKind.ITEM, ITEM.what, date(2020, 12, 31), "JJ")
    sent = (Sent(date(2020, 10, 19), "lian", ITEM.mark, 1),)
    assert told(date(2020, 10, 23), moved, sent=sent) == []
    assert told(date(2020, 12, 30), moved, sent=sent) == ["lian"]


def test_after_three_reminders_the_head_has_a_copy_and_nobody_outside() -> None:
    days = [date(2020, 9, 28), date(2020, 10, 9), date(2020, 10, 15)]
    sent = tuple(Sent(day, "lian", ITEM.mark, step) for day, step in zip(days, (-10, -5, -1), strict=True))
    today = round_of(date(2020, 10, 16), [ITEM], ALL, sent, DEFAULT_HABITS, CALENDAR)
    assert [(one.person, one.lines[0].copy) for one in today] == [("ke", True), ("lian", False)]
    assert "已提醒3次，供知悉" in today[0].lines[0].words
    patient = Habits(patience=0)
    assert [one.person for one in round_of(date(2020, 10, 16), [ITEM], ALL, sent, patient, CALENDAR)] == ["lian"]


def test_reminders_of_one_thing_keep_their_distance_but_the_day_itself_is_always_told() -> None:
    slow = Habits(before=(2, 1), apart=3)
    sent = (Sent(date(2020, 10, 14), "lian", ITEM.mark, -2),)
    assert round_of(date(2020, 10, 15), [ITEM], ALL, sent, slow, CALENDAR) == ()
    assert len(round_of(date(2020, 10, 16), [ITEM], ALL, sent, slow, CALENDAR)) == 1


def test_the_most_urgent_stands_first_and_the_words_reproach_nobody() -> None:
    day = date(2020, 10, 15)
    dues = [
        Due(f"item/{at}", DueKind.ITEM, name, on, "JJ")
        for at, (name, on) in enumerate(
            [("甲", date(2020, 10, 16)), ("乙", date(2020, 10, 14)), ("丙", day), ("丁", date(2020, 10, 22))]
        )
    ]
    (digest,) = round_of(day, dues, [CONTACT], (), DEFAULT_HABITS, CALENDAR)
    assert [line.words for line in digest.lines] == [
        "已过时限1个工作日：乙（时限 2020-10-14）",
        "今天到期：丙",
        "还有1个工作日：甲（时限 2020-10-16）",
        "还有5个工作日：丁（时限 2020-10-22）",
    ]
    assert subject(digest, day) == "2020-10-15 提醒：已过时限1项，今天到期1项，即将到期2项"
    assert "另有1项" in body(digest, most=3)
    assert "休息日" in said(Due("i", DueKind.ITEM, "戊", date(2020, 10, 3)), date(2020, 9, 30), CALENDAR)


def lived(
    plans: int, items: int, units: int, habits: Habits = DEFAULT_HABITS
) -> tuple[list[year.Owed], list[tuple[date, Digest]], float]:
    """A year of daily rounds: what was owed, what was said, and the slowest round in seconds."""
    owed, members = year.owed(plans, items, units), year.members()
    sent: list[Sent] = []
    said_of: list[tuple[date, Digest]] = []
    slowest = 0.0
    for day in year.YEAR:
        dues = [one.due for one in owed if one.closed is None or day < one.closed]
        begun = time.process_time()
        digests = round_of(day, dues, members, sent, habits, CALENDAR)
        slowest = max(slowest, time.process_time() - begun)
        said_of += [(day, one) for one in digests]
        sent += [Sent(day, one.person, line.due, line.step) for one in digests for line in one.lines]
        if day.day == 15:
            assert round_of(day, dues, members, sent, habits, CALENDAR) == ()
    return owed, said_of, slowest


def judged(plans: int, items: int, units: int, habits: Habits = DEFAULT_HABITS) -> tuple[int, float]:
    """The year held against the obvious way; how many reminders and the slowest round."""
    owed, digests, slowest = lived(plans, items, units, habits)
    told = [(day, one.person, line.due, line.step, line.copy) for day, one in digests for line in one.lines]
    assert len(told) == len({row[1:4] for row in told}), "none twice"
    assert {day for day, _ in digests if not chinese_calendar.is_workday(day)} == set(), "none on a holiday"
    assert len(digests) == len({(day, one.person) for day, one in digests}), "one digest a day"
    assert sorted(told) == sorted(year.reminders(owed, habits))
    return len(told), slowest


@pytest.mark.parametrize(
    "habits", [DEFAULT_HABITS, Habits(before=(3,), every=2, most=4, patience=2), Habits(before=(), on_day=False)]
)
def test_a_year_of_rounds_says_what_the_habits_say_and_nothing_else(habits: Habits) -> None:
    number, slowest = judged(3, 20, 3, habits)
    assert number > 300
    assert slowest < 1


@pytest.mark.prove
def test_the_whole_year_at_full_size(capsys: pytest.CaptureFixture[str]) -> None:
    number, slowest = judged(3, 300, 16)
    with capsys.disabled():
        sys.stdout.write(f"\n{number} reminders, slowest round {slowest:.2f} s\n")
    assert slowest < 10
