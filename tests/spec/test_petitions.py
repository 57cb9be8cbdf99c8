"""教育信访: domain.md §13, its worked examples by number, and its edge cases."""

from collections.abc import Mapping
from datetime import date

import pytest

from luoshi.declared.procedures.petitions import Petition
from luoshi.handling.cases import Case, Happening, due, follow
from luoshi.handling.courses import course
from luoshi.handling.parts import CITIZEN, HANDLER, HOST, LEADER, Hand
from luoshi.handling.permitting import EXTEND, PAUSE, RESUME, SIGN, lapsing, opened, permits, taken
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError

COURSE, CALENDAR = course(Petition), national()
CLERK = Hand("clerk", "信访干部", frozenset({HOST.key}))
SECTION = Hand("section", "承办科室", frozenset({HANDLER.key}))
HEAD = Hand("head", "分管局长", frozenset({LEADER.key}))
REVIEWER = Hand("reviewer", "复查人员", frozenset({HOST.key}))
PARENT = Hand("parent", "家长", frozenset({CITIZEN.key}))
LETTER = {
    "channel": "letter", "received_on": "2020-09-16", "who": "演示家长", "reachable": "yes", "persons": "1", "topic": "fees",
    "matter": "退费（演示数据，虚构）", "urgent": "usual",
}  # fmt: skip
ANSWER = {"result": "explain", "reply": "答复书"}


class File:
    """One petition, done to step by step."""

    def __init__(self, told: Mapping[str, str] | None = None, on: date = date(2020, 9, 16)) -> None:
        self.happened: list[Happening] = [opened(COURSE, CLERK, {**LETTER, **(told or {})}, on)]

    @property
    def case(self) -> Case:
        return follow(COURSE, self.happened, CALENDAR)

    def do(self, act: str, hand: Hand, on: date, **answers: str) -> "File":
        self.happened.append(taken(COURSE, self.case, act, hand, answers, on, CALENDAR))
        return self

    @property
    def last(self) -> date | None:
        until = due(COURSE, self.case, CALENDAR)
        return until.last if until else None


def accepted(on: date = date(2020, 9, 25)) -> File:
    return File().do("accept", CLERK, on, handler_unit="JJ", accept_notice="告知书")


def answered(served: str = "2020-11-20") -> File:
    file = accepted().do("answer", SECTION, date(2020, 11, 20), **ANSWER, served_on=served)
    return file.do(SIGN, HEAD, date(2020, 11, 20))


def test_tv_13a_the_fifteenth_day_on_a_holiday_moves_behind_it_and_is_told_three_working_days_before() -> None:
    until = due(COURSE, File().case, CALENDAR)
    assert until is not None
    assert (until.last, until.warned) == (date(2020, 10, 9), date(2020, 9, 28))


def test_tv_13b_sixty_days_from_acceptance_and_one_extension_of_thirty() -> None:
    file = accepted()
    assert file.last == date(2020, 11, 24)
    assert file.do(EXTEND, HEAD, date(2020, 11, 20), reason="案情复杂，已告知来信人").last == date(2020, 12, 24)
    with pytest.raises(RefusedError, match="只可延期1次"):
        file.do(EXTEND, HEAD, date(2020, 12, 1), reason="再延")


def test_an_extension_after_the_last_day_and_one_by_who_may_not_are_refused() -> None:
    with pytest.raises(RefusedError, match="期限2020-11-24已过"):
        accepted().do(EXTEND, HEAD, date(2020, 11, 25), reason="来不及")
    with pytest.raises(RefusedError, match="分管局领导"):
        accepted().do(EXTEND, CLERK, date(2020, 11, 20), reason="来不及")


def test_tv_13c_review_is_asked_within_thirty_days_of_the_reply_and_given_within_thirty() -> None:
    file = answered()
    assert file.last == date(2020, 12, 21)
    assert file.do("ask_review", PARENT, date(2020, 12, 10), asked_on="2020-12-10").last == date(2021, 1, 11)


def test_tv_13d_six_representatives_of_twelve_visitors_are_refused_by_the_rule() -> None:
    told = {"channel": "visit", "persons": "12", "representatives": "6"}
    with pytest.raises(RefusedError) as refused:
        File(told)
    assert [(one.where, one.rule) for one in refused.value.findings] == [
        ("代表人数", "多人走访的，代表不超过5人（信访条例第十八条）")
    ]
    assert File({**told, "representatives": "5"}).case.state == "received"


def test_nobody_asks_for_review_and_the_case_is_closed_the_day_after() -> None:
    file = answered()
    assert lapsing(COURSE, file.case, date(2020, 12, 21), CALENDAR) is None
    closing = lapsing(COURSE, file.case, date(2021, 2, 1), CALENDAR)
    assert closing is not None
    assert closing.on == date(2020, 12, 22)
    assert follow(COURSE, [*file.happened, closing], CALENDAR).state == "settled"


def test_a_reply_takes_effect_by_the_leaders_signature_and_nothing_else_is_done_meanwhile() -> None:
    file = accepted().do("answer", SECTION, date(2020, 11, 20), **ANSWER, served_on="2020-11-20")
    assert file.case.state == "accepted"
    with pytest.raises(RefusedError, match="等签字时不办别的步骤"):
        file.do("assign", CLERK, date(2020, 11, 20), handler_unit="RS")
    assert file.do(SIGN, HEAD, date(2020, 11, 20)).case.state == "answered"


def test_given_to_another_office_the_case_keeps_its_clock() -> None:
    assert accepted().do("assign", CLERK, date(2020, 10, 30), handler_unit="RS").last == date(2020, 11, 24)


def test_a_complaint_is_not_given_to_the_unit_it_is_about_which_sees_nothing_of_it() -> None:
    with pytest.raises(RefusedError, match="不交该单位办理"):
        File({"against": "JJ"}).do("accept", CLERK, date(2020, 9, 25), handler_unit="JJ", accept_notice="告知书")
    accused = Hand("jj", "基教科", frozenset({HANDLER.key}), accused=True)
    refusals = [one.why for one in permits(COURSE, accepted().case, accused, date(2020, 10, 1), CALENDAR)]
    assert all(why and why.what == "涉及本单位" for why in refusals)


def test_who_answered_does_not_review_the_answer() -> None:
    file = accepted().do("answer", CLERK, date(2020, 11, 20), **ANSWER, served_on="2020-11-20")
    file.do(SIGN, HEAD, date(2020, 11, 20)).do("ask_review", PARENT, date(2020, 12, 1), asked_on="2020-12-01")
    opinion = {"review_opinion": "复查意见", "review_served_on": "2020-12-20"}
    with pytest.raises(RefusedError, match="办过“答复”的人不办"):
        file.do("review", CLERK, date(2020, 12, 20), **opinion)
    assert (
        file.do("review", REVIEWER, date(2020, 12, 20), **opinion).do(SIGN, HEAD, date(2020, 12, 21)).case.state
        == "reviewed"
    )


def test_an_anonymous_letter_is_registered_and_nobody_is_told() -> None:
    file = File({"reachable": "no", "who": "匿名"}).do("accept", CLERK, date(2020, 9, 25), handler_unit="JJ")
    assert file.case.state == "accepted"
    with pytest.raises(RefusedError, match="受理告知书"):
        File().do("accept", CLERK, date(2020, 9, 25), handler_unit="JJ")


def test_nothing_is_done_before_what_was_done_and_no_day_lies_ahead() -> None:
    with pytest.raises(RefusedError, match="后一步不早于前一步"):
        accepted().do("assign", CLERK, date(2020, 9, 24), handler_unit="RS")
    with pytest.raises(RefusedError, match="不晚于今天"):
        File({"received_on": "2020-09-17"})


def test_a_hearing_stands_the_clock_still_and_its_days_are_not_counted() -> None:
    file = answered().do("ask_review", PARENT, date(2020, 12, 10), asked_on="2020-12-10")
    opinion = {"review_opinion": "意见", "review_served_on": "2020-12-20"}
    file.do("review", REVIEWER, date(2020, 12, 20), **opinion).do(SIGN, HEAD, date(2020, 12, 20))
    file.do("ask_recheck", PARENT, date(2021, 1, 4), asked_on="2021-01-04")
    assert file.last == date(2021, 2, 3)
    file.do(PAUSE, HEAD, date(2021, 1, 11), reason="听证")
    assert file.last is None
    assert file.do(RESUME, HEAD, date(2021, 1, 18), reason="听证结束").last == date(2021, 2, 10)
