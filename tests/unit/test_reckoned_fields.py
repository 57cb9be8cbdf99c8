"""Fields that nobody types, what a step sets, what ends with a day, and cases that the clock opens."""

from datetime import date

import pytest

from luoshi.handling.cases import after
from luoshi.handling.courses import INTO, REASON, course, read_back, written
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Kind, choice, count, day, line, number, reckoned
from luoshi.handling.nouns import Begin, End, Every, State
from luoshi.handling.parts import CLOCK, HOST, Hand
from luoshi.handling.permitting import begun, opened, permits, taken
from luoshi.handling.proving import DeclarationError
from luoshi.handling.registers import Register
from luoshi.handling.rhythms import Period, opens, period
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

CLERK, CALENDAR, DAY = Hand("clerk", "经办人", frozenset({HOST.key})), national(), date(2020, 9, 14)
LATER = number("数")


class Room(Register, key="rooms", label="教室", subject="school"):
    """One room."""

    name = line("名称")
    places = number("座位", least=1, most=999)
    title = name


class Lack(Procedure, key="lack", label="缺座"):
    """How many places a room lacks."""

    pupils = number("人数", least=0, most=999)
    lacking = reckoned("缺座数", Kind.NUMBER, "shortfall", pupils, Room.places)
    urgent = choice("紧急", options={"yes": "是", "no": "否"})
    until = day("办至", future=True)

    begun = Begin("已登记", by=HOST, asks=[pupils, until], of=Room)
    waiting = State("等待")
    closed = End("已办结")

    wait = begun.to(waiting, "等待", by=HOST, sets=[(urgent, "yes")])
    count = begun.to(begun, "重新点人", by=HOST, needs=[pupils])
    full = begun.to(closed, "不缺座", by=HOST, when=lacking.is_("0"), needs=[pupils])
    close = waiting.to(closed, "办结", by=HOST)
    again = closed.reopens(begun, "再办", by=HOST, needs=(), until=until)


COURSE = course(Lack)
TOLD = {"pupils": "40", "until": "2020-10-01"}
ENTRY = {"name": "一班", "places": "36", "secret": "不在名单里的"}


def test_a_field_that_is_reckoned_is_typed_by_nobody_and_follows_what_it_comes_of() -> None:
    first = opened(COURSE, CLERK, {**TOLD, "lacking": "99"}, DAY, ENTRY)
    assert first.answers == {"name": "一班", "places": "36", "pupils": "40", "until": "2020-10-01", "lacking": "4"}
    case = after(COURSE, None, first, CALENDAR)
    second = taken(COURSE, case, "count", CLERK, {"pupils": "45", "lacking": "0"}, DAY, CALENDAR)
    assert second.answers == {"pupils": "45", "lacking": "9"}
    assert not any(asked.key == "lacking" for one in permits(COURSE, case, CLERK, DAY, CALENDAR) for asked in one.asks)


def test_a_step_waits_for_what_is_reckoned_of_its_own_answers() -> None:
    case = after(COURSE, None, opened(COURSE, CLERK, TOLD, DAY, ENTRY), CALENDAR)
    assert "full" in {one.act for one in permits(COURSE, case, CLERK, DAY, CALENDAR)}
    with pytest.raises(RefusedError, match="只在“缺座数”为0时"):
        taken(COURSE, case, "full", CLERK, {"pupils": "37"}, DAY, CALENDAR)
    assert taken(COURSE, case, "full", CLERK, {"pupils": "36"}, DAY, CALENDAR).answers["lacking"] == "0"


def test_what_a_step_sets_is_answered_by_nobody() -> None:
    case = after(COURSE, None, opened(COURSE, CLERK, TOLD, DAY, ENTRY), CALENDAR)
    happened = taken(COURSE, case, "wait", CLERK, {"urgent": "no"}, DAY, CALENDAR)
    assert after(COURSE, case, happened, CALENDAR).held["urgent"] == "yes"


def test_a_step_that_ends_with_a_day_is_refused_the_day_after() -> None:
    case = after(COURSE, None, opened(COURSE, CLERK, TOLD, DAY, ENTRY), CALENDAR)
    case = after(COURSE, case, taken(COURSE, case, "full", CLERK, {"pupils": "1"}, DAY, CALENDAR), CALENDAR)
    assert taken(COURSE, case, "again", CLERK, {"reason": "又缺"}, date(2020, 10, 1), CALENDAR).step == "again"
    with pytest.raises(RefusedError, match="“办至”是2020-10-01"):
        taken(COURSE, case, "again", CLERK, {"reason": "又缺"}, date(2020, 10, 2), CALENDAR)


def test_a_course_keeps_how_it_reckons_in_its_text() -> None:
    kept = COURSE.fields["lacking"].reckoned
    assert kept is not None
    assert (kept.by, kept.of, kept.fields) == ("shortfall", ("pupils", "places"), ())
    assert read_back(written(COURSE)) == COURSE


def test_the_clock_opens_a_case_with_what_the_entry_says() -> None:
    class Visit(Procedure, key="visit_a_room", label="看教室"):
        every = Every(1, "entry")
        due = Begin("待看", timed=True, of=Room)
        seen = End("已看")
        see = due.to(seen, "看过", by=HOST)

    first = begun(course(Visit), DAY, ENTRY)
    assert (first.login, first.answers) == (CLOCK.login, {"name": "一班", "places": "36"})


def test_periods_begin_on_their_months_and_rest_in_holidays_but_where_pupils_board() -> None:
    term, month = Every(6, "county", month=3), Every(1, "school", begins=5, rests=(8,))
    assert [on for on in range(1, 13) if opens(term, date(2020, on, 1))] == [3, 9]
    assert period(term, date(2020, 2, 29)) == Period(date(2019, 9, 1), date(2020, 2, 29))
    assert period(month, date(2020, 1, 4)) == Period(date(2019, 12, 5), date(2020, 1, 4))
    assert (opens(month, date(2020, 8, 5)), opens(month, date(2020, 8, 5), boards=True)) == (False, True)


def test_what_is_reckoned_wrongly_is_refused_where_it_is_written() -> None:
    with pytest.raises(DeclarationError) as refused:

        class Wrong(Procedure, key="wrong", label="错"):
            few = number("数")
            none = reckoned("没有这种算法", Kind.NUMBER, "guess", few)
            less = reckoned("少一个", Kind.NUMBER, "shortfall", few)
            asked = reckoned("又问", Kind.NUMBER, "shortfall", few, few)
            later = number("后来的")
            stop = line("停")
            reason = choice("原因", options={"a": "甲"})
            begun = Begin("已登记", by=HOST, asks=[few, asked, later, stop, reason], timed=True)
            closed = End("已办结")
            close = begun.to(closed, "办结", by=HOST, sets=[(none, "1")])
            again = closed.reopens(begun, "再办", by=HOST, needs=(), until=stop)

    told = str(refused.value)
    for wrong in (
        "nothing called guess reckons with 1",
        "nothing called shortfall reckons with 1",
        "又问 is reckoned, and asked all the same",
        "sets 没有这种算法 to what it cannot be",
        "停 is no day of it",
        "the clock opens cases where it is said how often",
        "the clock answers nothing",
        "reason is what is asked beside a step, and asked as words",
    ):
        assert wrong in told


def test_what_stands_later_or_has_an_entrys_name_is_refused() -> None:
    with pytest.raises(DeclarationError, match="is reckoned of what does not stand before it"):

        class Before(Procedure, key="before", label="先后"):
            less = reckoned("差", Kind.NUMBER, "shortfall", LATER, LATER)
            few = LATER
            begun = Begin("已登记", by=HOST, asks=[few])
            closed = End("已办结")
            close = begun.to(closed, "办结", by=HOST)

    with pytest.raises(DeclarationError, match="is what the entry says, and something else has its name"):

        class Twice(Procedure, key="same_name", label="同名"):
            places = number("别的座位")
            begun = Begin("已登记", by=HOST, asks=[places], of=Room)
            closed = End("已办结")
            close = begun.to(closed, "办结", by=HOST)


def test_what_comes_again_never_is_refused() -> None:
    for every, of in [(Every(5, "school"), None), (Every(1, "planet"), None), (Every(1, "entry"), None)]:
        with pytest.raises(DeclarationError, match=r"nothing comes so|opened for each entry, and about none"):
            type(
                "Never",
                (Procedure,),
                {"begun": (begins := Begin("待办", timed=True, of=of, key="begun")), "ended": (ends := End("完", key="ended")), "every": every,
                 "close": begins.to(ends, "办", by=HOST)},
                key="never",
                label="从不",
            )  # fmt: skip


def test_the_words_asked_beside_a_step_are_words() -> None:
    assert (REASON.kind, INTO.kind) == (Kind.WORDS, Kind.LINE)


@pytest.mark.parametrize("told", ["1e999999999", "0e-999999999", "1" * 41, "NaN", "Infinity", "1e16", "七"])
def test_a_number_nobody_can_mean_is_refused_before_it_is_written_out(told: str) -> None:
    assert isinstance(number("数").read(told, DAY), Finding)
    assert isinstance(count("数").read(told, DAY), Finding)


def test_a_count_is_whole_and_kept_without_a_point() -> None:
    heads = count("人数", least=0)
    assert (heads.read("2.0", DAY), heads.read("1e3", DAY), number("数").read("0.5", DAY)) == ("2", "1000", "0.5")
    refused = heads.read("2.5", DAY)
    assert isinstance(refused, Finding)
    assert refused.rule == "须为整数"
