"""办件 in the house: opened, done to step by step, followed, counted; nobody sees what is not theirs."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, Opened, Shown, lapse_due, open_case, open_timed, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Counts, Setting, bring_counts
from luoshi.bureau.cases.models import Case, Conduct, Happening, Tally
from luoshi.bureau.cases.parts import citizen, clear, unseen
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution, Office
from luoshi.handling.permitting import SIGN
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

LETTER = {
    "channel": "letter", "received_on": "2020-09-16", "who": "演示家长", "contact": "13900000000", "reachable": "yes",
    "persons": "3", "topic": "fees", "matter": "退费（演示数据，虚构）", "urgent": "usual",
}  # fmt: skip
OPENED, ACCEPTED, REPLIED = date(2020, 9, 16), date(2020, 9, 25), date(2020, 11, 20)
PAPER = {"accept_notice": [("告知书.txt", "受理告知书（演示）".encode())]}
REPLY = {"reply": [("答复.txt", "答复意见书（演示）".encode())]}


@pytest.fixture
def native(city: City) -> City:
    """The city handles petitions itself, in the office JJ."""
    set_conduct(actor("ducha"), city, "petition", Setting("native", "局长办公会2020年第3次", "JJ"))
    return city


def brought(city: City, by: str = "jijiao", on: date = OPENED, **told: str) -> Opened:
    return open_case(actor(by), city, "petition", Bringing({**LETTER, **told}, county=told.get("county", "")), on)


def step(row: Case, act: str, by: str, on: date, files: Mapping[str, object] | None = None, **answers: str) -> Case:
    return take(actor(by), Shown(row.pk, row.version), act, Bringing(answers, files or {}), on)  # type: ignore[arg-type]


def accepted(city: City, handler: str = "RS", **told: str) -> Case:
    return step(brought(city, **told).row, "accept", "jijiao", ACCEPTED, PAPER, handler_unit=handler)


def replied(city: City) -> Case:
    row = step(accepted(city), "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    return step(row, SIGN, "fenguan", REPLIED)


def test_a_procedure_of_an_outside_platform_is_not_handled_here_until_the_bureau_says_so(city: City) -> None:
    with pytest.raises(RefusedError, match="国家信访信息系统"):
        brought(city)
    set_conduct(actor("ducha"), city, "petition", Setting("native", "局长办公会2020年第3次"))
    with pytest.raises(RefusedError, match="主办科室"):
        brought(city, "xueqian")
    assert brought(city, "ducha").row.number == "教育信访-2020-0001", "no office's duties name it: 督查室 hosts it"


def test_a_case_has_a_number_a_last_day_a_turn_and_a_code_that_is_shown_once(native: City) -> None:
    opened = brought(native)
    row = opened.row
    assert (row.number, row.title, row.weight) == ("教育信访-2020-0001", "收费", 3)
    assert (row.due, row.warned, row.turn, row.office) == (date(2020, 10, 9), date(2020, 9, 28), "host", "JJ")
    assert row.code == sha256(opened.code.encode()).hexdigest()
    assert brought(native).row.number == "教育信访-2020-0002"


def test_what_is_private_lies_sealed_and_nowhere_else(native: City) -> None:
    opened = brought(native)
    first = Happening.objects.get(case=opened.row)
    assert queries.private(first)["who"] == "演示家长"
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, private FROM cases_happening")
        ((answers, private),) = cursor.fetchall()
    assert "演示家长" not in f"{answers}{private}"
    assert "13900000000" not in f"{answers}{private}"
    told = "".join(f"{one.subject}{one.detail}{one.reason}" for one in Entry.objects.all())
    assert "演示家长" not in told
    assert opened.code not in told


def test_a_petition_runs_from_letter_to_reply_and_is_closed_by_the_clock(native: City) -> None:
    row = replied(native)
    assert (row.state, row.turn, row.due) == ("answered", "", date(2020, 12, 21))
    assert lapse_due(actor("ducha"), native, date(2020, 12, 21)) == 0
    assert lapse_due(actor("ducha"), native, date(2021, 1, 4)) == 1
    row.refresh_from_db()
    assert (row.state, row.ended_on, row.decided, row.late) == ("settled", date(2020, 12, 22), True, False)
    told = [(one.did, one.step, one.part) for one in queries.happened(row)]
    assert told == [
        ("opened", "", "host"), ("took", "accept", "host"), ("asked", "answer", "host"), ("signed", "answer", "leader"),
        ("lapsed", "close", ""),
    ]  # fmt: skip
    entries = Entry.objects.filter(subject_kind="case", outcome="done").values_list("action", flat=True)
    assert list(entries) == ["cases.open", "cases.take", "cases.take", "cases.take", "cases.lapse"]


def test_the_row_says_what_its_happenings_say(native: City) -> None:
    row = replied(native)
    stands = queries.followed(row, national())
    assert (row.state, row.since, row.last_on, row.handler) == (
        stands.state,
        stands.since,
        stands.on,
        stands.held["handler_unit"],
    )


def test_two_hands_at_one_case_the_second_is_told(native: City) -> None:
    row = brought(native).row
    step(row, "pass_on", "jijiaolian", ACCEPTED, passed_to="市住建局")
    with pytest.raises(RefusedError, match="现在已到第 2 步"):
        take(actor("jijiao"), Shown(row.pk, 1), "accept", Bringing({"handler_unit": "RS"}, PAPER), ACCEPTED)


def test_a_refused_step_leaves_nothing_but_its_entry(native: City) -> None:
    row = brought(native).row
    with pytest.raises(RefusedError) as refused:
        step(row, "accept", "jijiao", ACCEPTED)
    assert [one.where for one in refused.value.findings] == ["承办单位", "受理告知书"]
    row.refresh_from_db()
    assert (row.version, row.happenings.count()) == (1, 1)
    assert Entry.objects.filter(action="cases.take", outcome="refused").count() == 1


def test_the_queue_of_each_is_what_waits_for_them_by_its_last_day(native: City) -> None:
    first, second = brought(native).row, brought(native, received_on="2020-09-10").row
    assert [one.pk for one in queries.queue(actor("jijiao"), native.pk)] == [second.pk, first.pk]
    row = step(first, "accept", "jijiao", ACCEPTED, PAPER, handler_unit="990121")
    assert [one.pk for one in queries.queue(actor("xianqu"), native.pk)] == [row.pk]
    row = step(row, "answer", "xianqu", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    assert [one.pk for one in queries.queue(actor("fenguan"), native.pk)] == [row.pk]
    assert queries.queue(actor("xueqian"), native.pk) == []


def test_the_queue_costs_as_many_queries_with_forty_cases_as_with_one(native: City) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.queue(actor("jijiao"), native.pk)
        return len(seen)

    brought(native)
    few = asked()
    for _ in range(39):
        brought(native)
    assert asked() == few


def test_whom_a_complaint_is_about_neither_sees_it_nor_finds_it(native: City) -> None:
    row = accepted(native, against="990121")
    why = unseen(actor("xianqu"), row, queries.course_of(row))
    assert why is not None
    assert why.what == "涉及本单位"
    assert queries.search(actor("xianqu"), native.pk, queries.Asked()).rows == []
    with pytest.raises(RefusedError, match="涉及本单位"):
        step(row, "answer", "xianqu", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    with pytest.raises(RefusedError, match="不交该单位办理"):
        accepted(native, "990121", against="990121")


def test_who_does_not_act_in_a_guarded_case_does_not_see_it(native: City) -> None:
    row = accepted(native)
    seen = {
        login: unseen(actor(login), row, queries.course_of(row)) is None
        for login in ("jijiao", "ducha", "fenguan", "xueqian", "xianqu", "chayue", "guanli")
    }
    assert seen == {
        "jijiao": True,
        "ducha": True,
        "fenguan": True,
        "xueqian": False,
        "xianqu": False,
        "chayue": False,
        "guanli": False,
    }
    assert clear(actor("jijiao"), row, queries.course_of(row))
    assert not clear(actor("ducha"), row, queries.course_of(row))


def test_a_citizen_asks_for_review_by_number_and_code(native: City) -> None:
    row = replied(native)
    anybody = Actor("", "群众", "")
    asked = take(
        anybody,
        Shown(row.pk, row.version),
        "ask_review",
        Bringing({"asked_on": "2020-12-10"}),
        date(2020, 12, 10),
        citizen(row),
    )
    assert (asked.state, asked.due) == ("in_review", date(2021, 1, 11))


def test_the_same_matter_by_two_ways_is_offered_and_put_into_one(native: City) -> None:
    first, second = brought(native).row, brought(native, channel="phone").row
    other = brought(native, who="另一位家长（演示）").row
    assert [one.pk for one in queries.likely(second)] == [first.pk]
    assert queries.likely(other) == []
    row = step(second, "merge", "jijiao", ACCEPTED, into=first.number)
    assert (row.into_id, row.state, row.decided) == (first.pk, "merged", False)
    with pytest.raises(RefusedError, match="照抄那一件的编号"):
        step(other, "merge", "jijiao", ACCEPTED, into="教育信访-2020-0999")


def test_the_tallies_are_what_a_count_of_all_cases_gives(native: City) -> None:
    replied(native)
    brought(native, channel="phone")
    step(brought(native, topic="ethics").row, "pass_on", "jijiao", date(2020, 10, 12), passed_to="市住建局")
    lapse_due(actor("ducha"), native, date(2021, 1, 4))
    told = {
        (one.theme, one.month): (one.opened, one.persons, one.repeated, one.ended, one.late)
        for one in Tally.objects.all()
    }
    assert told == {
        ("fees", date(2020, 9, 1)): (2, 6, 1, 0, 0),
        ("ethics", date(2020, 9, 1)): (1, 3, 0, 0, 0),
        ("ethics", date(2020, 10, 1)): (0, 0, 0, 1, 1),
        ("fees", date(2020, 12, 1)): (0, 0, 0, 1, 0),
    }


def test_a_bureaus_own_term_counts_for_new_cases_and_a_running_one_keeps_its_own(native: City) -> None:
    running = brought(native).row
    set_conduct(actor("ducha"), native, "petition", Setting("native", "局规〔2020〕9号", "JJ", {"handling": "45"}))
    row = step(running, "accept", "jijiao", ACCEPTED, PAPER, handler_unit="RS")
    assert row.due == date(2020, 11, 24)
    assert accepted(native).due == date(2020, 11, 9)
    with pytest.raises(RefusedError, match="期限为 1 至"):
        set_conduct(actor("ducha"), native, "petition", Setting("native", "x", "JJ", {"handling": "0"}))


def test_only_the_supervision_office_says_how_a_procedure_runs_and_says_why(city: City) -> None:
    with pytest.raises(RefusedError):
        set_conduct(actor("jijiao"), city, "petition", Setting("native", "我想"))
    with pytest.raises(RefusedError, match="没有写依据"):
        set_conduct(actor("ducha"), city, "petition", Setting("native", " "))
    with pytest.raises(RefusedError, match="这个科室"):
        set_conduct(actor("ducha"), city, "petition", Setting("native", "依据", "??"))
    assert Conduct.objects.count() == 0
    assert Office.objects.filter(city=city).exists()


def test_counts_of_an_outside_platform_are_kept_or_refused_with_their_line(city: City) -> None:
    good = Counts("990121", date(2020, 9, 1), 12, 10, 1, 5)
    assert bring_counts(actor("jijiao"), city, "petition", [good], "国家信访信息系统 2020-10-09 导出（演示）") == 1
    with pytest.raises(RefusedError) as refused:
        bring_counts(
            actor("jijiao"),
            city,
            "petition",
            [Counts("990121", date(2020, 9, 1), 12, 1, 2, 5), Counts("1", date(2020, 9, 1), 1, 1, 1, 1)],
            "x",
        )
    assert [one.where for one in refused.value.findings] == ["990121 2020-09", "1 2020-09"]


def test_a_matter_of_many_persons_is_told_as_a_groups_and_counted(native: City, enter: Enter) -> None:
    """集体访: five persons by the usual way of counting, a doubtful number that a bureau may set."""
    many, few = brought(native, persons="12").row, brought(native, persons="4").row
    browser = enter("jijiao")
    assert "集体（12人）" in browser.get(f"/cases/{many.pk}/").content.decode()
    assert "集体（" not in browser.get(f"/cases/{few.pk}/").content.decode()
    page = browser.get("/procedures/petition/?on=2020-12-31").content.decode()
    assert "集体（5人以上） <b>1</b>" in page


def test_a_periods_cases_begin_once_for_each_school_and_only_where_the_bureau_said_so(city: City) -> None:
    for code in ("3199012101", "3199012102"):
        Institution.objects.create(city=city, code=code, name=f"演示{code[-1]}小", kind="211", county="990121")
    assert open_timed(actor("ducha"), city, date(2020, 9, 1)) == 0
    set_conduct(actor("ducha"), city, "school_check", Setting("native", "安委办〔2020〕1号（演示）", "JJ"))
    assert [open_timed(actor("ducha"), city, date(2020, 9, day)) for day in (1, 1, 20)] == [2, 0, 0]
    assert open_timed(actor("ducha"), city, date(2020, 10, 1)) == 2
    told = Case.objects.order_by("pk").values_list("number", "title", "school", "county", "period", "version")
    assert told[0] == ("学校月排查-2020-0001", "演示1小 2020-09", "3199012101", "990121", "2020-09-01", 1)
    assert len(told) == 4
    assert Happening.objects.count() == 4
    assert sum(Tally.objects.values_list("opened", flat=True)) == 4
