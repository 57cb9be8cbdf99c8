"""办件 in the daily round: who is told of what comes near, what goes on by itself, what a leader hears of, at which cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.owing import owed
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.cases.actions import Bringing, open_case, raise_overdue, set_conduct
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case
from luoshi.bureau.cases.owing import cases_owed, patience
from luoshi.bureau.indicators.models import OwnParameter
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.reminders.actions import run_round
from luoshi.bureau.reminders.models import Digest
from luoshi.tracking.dues import Due, DueKind
from luoshi.words.errors import RefusedError
from tests.bureau.test_cases import OPENED, PAPER, REPLIED, REPLY, accepted, brought, native, step
from tests.bureau.xingzhou import actor

__all__ = ["native"]
NEAR = date(2020, 9, 28)


def owes(city: City, on: date) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.office, tuple(one.divisions), tuple(one.people)) for one in cases_owed(city, on)]


def test_nothing_is_owed_before_the_day_comes_near(native: City) -> None:
    brought(native)
    assert list(cases_owed(native, date(2020, 9, 25))) == []
    (due,) = cases_owed(native, NEAR)
    row = Case.objects.get()
    expected = ("case", date(2020, 10, 9), "JJ", f"/cases/{row.pk}/", f"case/{row.pk}")
    assert (due.kind, due.on, due.office, due.link, due.key) == expected
    assert due in owed(native, NEAR)


def test_a_digest_goes_by_mail_and_names_no_theme_of_whoever_complained(native: City) -> None:
    brought(native)
    (due,) = cases_owed(native, NEAR)
    assert due.what == "办件：教育信访-2020-0001（已登记）"
    assert due.kind == DueKind.CASE


def test_whoever_has_the_turn_is_told_office_county_leader_or_supervision(native: City) -> None:
    row = accepted(native)
    late = date(2020, 11, 24)
    assert owes(native, late) == [("RS", (), ())]
    row = step(row, "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    assert owes(native, late) == [("", (), ("fenguan",))]
    Case.objects.update(turn="county", county="990121")
    assert owes(native, late) == [("", ("990121",), ())]
    Case.objects.update(turn="handler", handler="990102", county="990102")
    assert owes(native, late) == [("", ("990102",), ())]
    Case.objects.update(turn="host", office="")
    assert owes(native, late) == [("", (), ("ducha", "ducha2"))]


def test_what_a_county_mended_waits_with_another_to_be_checked(native: City) -> None:
    set_conduct(actor("ducha"), native, "hazard", Setting("native", "局长办公会2020年第3次", "JJ"))
    told = {
        "found": "sampled",
        "found_on": "2020-09-16",
        "level": "general",
        "category": "fire",
        "place": "操场",
        "matter": "灯",
    }
    for handler, waits in (("990121", "host"), ("990102", "county")):
        row = open_case(actor("jijiao"), native, "hazard", Bringing(told, county="990121"), OPENED).row
        row = step(row, "assign", "jijiao", OPENED, handler_unit=handler)
        assert row.turn == "handler"
        row = step(row, "start", "xianqu", OPENED, measures="换灯", duty="演示")
        row = step(row, "done", "xianqu", OPENED, mended_on="2020-09-16", mended="已换")
        assert row.turn == waits
        with pytest.raises(RefusedError, match="办过“报请验收”"):
            step(row, "close_found", "xianqu", OPENED, checked_on="2020-09-16", checkers="演示")


def test_the_unit_complained_of_is_never_the_one_that_is_told(native: City) -> None:
    accepted(native, against="990121")
    late = date(2020, 11, 24)
    Case.objects.update(turn="unit", county="990121")
    assert owes(native, late) == [("JJ", (), ())]
    Case.objects.update(turn="host", accused="JJ")
    assert owes(native, late) == [("", (), ("ducha", "ducha2"))]


def test_what_is_owed_costs_as_many_queries_with_forty_cases_as_with_one(native: City) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            found: list[Due] = list(cases_owed(native, NEAR))
        assert found
        return len(seen)

    brought(native)
    few = asked()
    for _ in range(39):
        brought(native)
    assert asked() == few


def test_the_round_tells_the_office_of_its_case(native: City) -> None:
    brought(native)
    run_round(WORKER, native, NEAR, owed(native, NEAR))
    told = Digest.objects.get(person="jijiaolian")
    assert [one.link for one in told.reminders.all()] == [f"/cases/{Case.objects.get().pk}/"]
    assert not Digest.objects.filter(person="xueqian").exists()


def test_a_leader_hears_in_the_inbox_alone_once_of_what_is_long_over(native: City) -> None:
    Office.objects.filter(code="JJ").update(leader="乙副局长")
    brought(native)
    assert raise_overdue(WORKER, native, date(2020, 10, 14)) == 0, "four working days over"
    assert raise_overdue(WORKER, native, date(2020, 10, 15)) == 1
    assert raise_overdue(WORKER, native, date(2020, 10, 19)) == 0, "told once of one last day"
    (letter,) = Message.objects.all()
    assert (letter.channel, letter.to, letter.link) == ("inbox", "fenguan", "/cases/find/?how=overdue")
    assert letter.body == "教育信访-2020-0001（时限 2020-10-09）"
    assert Entry.objects.filter(action="cases.raise", outcome="done").count() == 1


def test_a_new_last_day_that_is_long_over_is_told_anew(native: City) -> None:
    row = brought(native).row
    raise_overdue(WORKER, native, date(2020, 10, 30))
    row.refresh_from_db()
    step(row, "accept", "jijiao", date(2020, 10, 30), PAPER, handler_unit="RS")
    assert raise_overdue(WORKER, native, date(2020, 10, 30)) == 0
    assert raise_overdue(WORKER, native, date(2021, 1, 30)) == 1


def test_a_bureau_says_itself_after_how_many_working_days(native: City) -> None:
    assert patience(native, NEAR) == 5
    OwnParameter.objects.create(
        city=native, key="case_overdue_workdays", value=Decimal(2), begun=date(2020, 1, 1), source="局规（演示）",
        by="督查甲",
    )  # fmt: skip
    assert patience(native, NEAR) == 2


def test_the_daily_round_has_its_parts_for_cases_before_it_reminds(native: City) -> None:
    names = [one.name for one in OUTFIT.parts]
    at = [names.index(one) for one in ("lapse_cases", "open_cases", "raise_cases", "remind")]
    assert at == sorted(at)
    parts = {one.name: one for one in OUTFIT.parts}
    row = accepted(native)
    row = step(row, "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    step(row, "签字", "fenguan", REPLIED)
    assert parts["lapse_cases"].make(WORKER, date(2021, 1, 4)) == "到期自动办理 1 件"
    assert parts["lapse_cases"].make(WORKER, date(2021, 1, 4)) == ""
    brought(native)
    assert parts["raise_cases"].make(WORKER, date(2020, 10, 30)) == "告知逾期办件 1 件"


@pytest.mark.parametrize("login", ["ducha", "fenguan"])
def test_who_is_told_may_open_what_they_are_told_of(native: City, login: str) -> None:
    from luoshi.bureau.cases import queries
    from luoshi.bureau.cases.parts import unseen

    row = brought(native).row
    assert unseen(actor(login), row, queries.course_of(row)) is None
