"""The daily round on the ledger: who is told, once; the habits; one's own calendar and address."""

import sys
import time
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from luoshi.bureau.board import working
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.bureau.people.actions import keep_days
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reminders import actions, queries
from luoshi.bureau.reminders.models import Digest, HabitsVersion, Preference, Reminder, Round
from luoshi.tracking.dues import DEFAULT_HABITS, Due, DueKind, Habits
from luoshi.words.calendars import SpecialDay
from tests.bureau import many, owing, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.witness import done, refused
from tests.unit import reminded_year as year

DUCHA, COUNTY = xingzhou.actor("ducha"), xingzhou.actor("xianqu")
ON = date(2021, 6, 30)


@pytest.fixture
def issued(edition: Edition) -> Edition:
    """The plan with all it proposes issued, due at the end of June."""
    many.enter_all(edition)
    Commitment.objects.filter(edition=edition).update(due=ON)
    return edition


def test_the_round_tells_contacts_and_heads_and_posts_each_digest_once(city: City, issued: Edition) -> None:
    with done("reminders.round"):
        ran = actions.run_round(DUCHA, city, ON)
    assert (ran.made, ran.total) == (3, 3)
    assert set(Digest.objects.values_list("person", flat=True)) == {"xueqian", "jijiaolian", "fenguan"}
    assert set(Message.objects.values_list("key", "to")) == {
        (f"digest/2021-06-30/{login}/inbox", login) for login in ("xueqian", "jijiaolian", "fenguan")
    }
    before = Entry.objects.count(), list(Reminder.objects.values())
    assert actions.run_round(DUCHA, city, ON).made == 0
    assert (Entry.objects.count(), list(Reminder.objects.values())) == before


def test_the_worker_runs_the_round_of_the_house_and_an_empty_house_says_nothing(db: None) -> None:
    assert working.remind(xingzhou.INSTALLER, ON) == "还没有建立本市"
    assert (Round.objects.count(), Entry.objects.count()) == (0, 0)
    owing.fill(1, 10, 1)
    working.remind(xingzhou.INSTALLER, date(2020, 1, 2))
    assert list(Round.objects.values_list("day", flat=True)) == [date(2020, 1, 2)]


def test_what_is_done_paused_standing_or_only_drafted_is_not_reminded_of(city: City, issued: Edition) -> None:
    rows = list(Commitment.objects.filter(edition=issued))
    for row, state in zip(rows, ("done", "paused", "standing"), strict=False):
        Commitment.objects.filter(pk=row.pk).update(judged=state)
    Milestone.objects.create(commitment=rows[0], name="开工", due=ON)
    reached = Milestone.objects.create(commitment=rows[3], name="立项", due=ON, done=ON)
    leaders = queries.leaders_of(city)
    keys = {due.key for due in queries.open_dues(city, leaders, ON)}
    assert keys.isdisjoint({f"item/{row.pk}" for row in rows[:3]} | {f"milestone/{reached.pk}"})
    assert f"item/{rows[3].pk}" in keys
    issued.breakdowns.update(stage="consulting")
    assert queries.open_dues(city, leaders, ON) == []


def test_what_only_leaders_may_know_is_told_to_leaders(city: City, issued: Edition) -> None:
    Commitment.objects.filter(edition=issued).update(audience="leaders", leader="乙副局长", lead="JJ")
    actions.run_round(DUCHA, city, ON)
    assert set(Digest.objects.values_list("person", flat=True)) == {"fenguan"}


def test_a_unit_is_told_of_what_names_it_and_what_other_rooms_bring_is_told_too(city: City, issued: Edition) -> None:
    report = Due("agreement/7", DueKind.AGREEMENT, "对数：大班额比例", ON, divisions=("990121",), link="/x/7/")
    actions.run_round(DUCHA, city, ON, [report])
    line = Reminder.objects.get(person="xianqu")
    assert (line.words, line.link, line.step) == ("今天到期：对数：大班额比例", "/x/7/", 0)


def test_a_day_off_of_the_citys_own_is_quiet(city: City, issued: Edition) -> None:
    with done("people.days"):
        keep_days(xingzhou.INSTALLER, city, [SpecialDay(ON, works=False, name="建市纪念日")])
    assert keep_days(xingzhou.INSTALLER, city, [SpecialDay(ON, works=False, name="建市纪念日")]) == 0
    ran = actions.run_round(DUCHA, city, ON)
    assert (ran.worked, Round.objects.count(), Message.objects.count()) == (False, 0, 0)


def test_no_round_for_a_day_to_come_before_one_that_was_told_or_without_the_right(city: City, issued: Edition) -> None:
    actions.run_round(DUCHA, city, ON)
    with refused("reminders.round", "已经发到 2021-06-30"):
        actions.run_round(DUCHA, city, ON - timedelta(days=1))
    with refused("reminders.round", "还没有到"):
        actions.run_round(DUCHA, city, date(2100, 1, 4))
    with refused("reminders.round", "没有这项权限"):
        actions.run_round(COUNTY, city, ON)


def test_new_habits_are_a_new_version_and_old_digests_keep_theirs(city: City, issued: Edition) -> None:
    actions.run_round(DUCHA, city, ON)
    with done("reminders.habits"):
        actions.set_habits(DUCHA, city, Habits(1, (3, 7), on_day=False, every=2, most=1), "科室反映太多")
    assert queries.habits_of(city) == Habits(2, (7, 3), on_day=False, every=2, most=1)
    assert HabitsVersion.objects.count() == 1
    assert set(Digest.objects.values_list("habits", flat=True)) == {1}
    with refused("reminders.habits", "别人刚刚改过"):
        actions.set_habits(DUCHA, city, DEFAULT_HABITS, "再改")
    with refused("reminders.habits", "须为 1 至 60"):
        actions.set_habits(DUCHA, city, Habits(2, every=0), "再改")
    with refused("reminders.habits", "没有写理由"):
        actions.set_habits(DUCHA, city, Habits(2), " ")
    with refused("reminders.habits", "没有这项权限"):
        actions.set_habits(COUNTY, city, Habits(2), "改")


def test_whoever_gives_an_address_has_his_digest_by_mail_with_its_days(city: City, issued: Edition) -> None:
    with done("reminders.address"):
        actions.set_address(xingzhou.actor("xueqian"), "xueqian@xingzhou.invalid")
    with refused("reminders.address", "不是邮箱地址"):
        actions.set_address(xingzhou.actor("xueqian"), "学前科")
    actions.run_round(DUCHA, city, ON)
    letter = Message.objects.get(channel="mail")
    assert (letter.key, letter.to) == ("digest/2021-06-30/xueqian/mail", "xueqian@xingzhou.invalid")
    events = Calendar.from_ical(letter.ics).walk("VEVENT")
    assert len(events) == Reminder.objects.filter(person="xueqian").count()
    assert {event.decoded("dtstart") for event in events} == {ON}


def test_the_secret_of_a_calendar_is_kept_nowhere_and_a_new_one_shuts_the_old(city: City, enter: Enter) -> None:
    actor, browser = xingzhou.actor("xueqian"), enter()
    with done("reminders.token"):
        first = actions.make_token(actor)
    assert first not in str(list(Preference.objects.values())) + str(list(Entry.objects.values()))
    assert browser.get(f"/calendar/{first}.ics").status_code == 200
    second = actions.make_token(actor)
    assert [browser.get(f"/calendar/{one}.ics").status_code for one in (first, second)] == [404, 200]
    with done("reminders.token"):
        actions.drop_token(actor)
    assert browser.get(f"/calendar/{second}.ics").status_code == 404


def test_a_calendar_holds_what_the_office_owes_and_its_owner_may_see(city: City, issued: Edition, enter: Enter) -> None:
    hidden = Commitment.objects.filter(edition=issued, lead="XQ").first()
    assert hidden
    Commitment.objects.filter(pk=hidden.pk).update(audience="leaders")
    secret = actions.make_token(xingzhou.actor("xueqian"))
    answer = enter().get(f"/calendar/{secret}.ics")
    uids = {str(one["uid"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    mine = Commitment.objects.filter(edition=issued, lead="XQ").exclude(pk=hidden.pk)
    assert uids == {f"item-{row.pk}@xingzhou.luoshi" for row in mine}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    Person.objects.filter(username="xueqian").update(is_active=False)
    assert enter().get(f"/calendar/{secret}.ics").status_code == 404


def lived(plans: int, items: int, units: int, until: date) -> tuple[list[tuple[object, ...]], list[object], float]:
    """Days of rounds on the database: what was said, what should have been, and the slowest round in seconds."""
    city, told = owing.fill(plans, items, units)
    slowest = 0.0
    for day in (one for one in year.YEAR if one <= until):
        closed = [int(key.partition("/")[2]) for key, one in told.items() if one.closed == day]
        early = [int(key.partition("/")[2]) for key, one in told.items() if one.closed and one.closed < year.FIRST]
        Commitment.objects.filter(pk__in=closed + early).update(judged="done")
        begun = time.perf_counter()
        actions.run_round(owing.ACTOR, city, day)
        slowest = max(slowest, time.perf_counter() - begun)
    marks = {f"{key}@{one.due.on}": one.due.mark for key, one in told.items()}
    rows = Reminder.objects.values_list("day", "person", "due", "step", "copy")
    said = sorted((day, person, marks[due], step, copy) for day, person, due, step, copy in rows)
    return said, sorted(one for one in year.reminders(list(told.values()), DEFAULT_HABITS) if one[0] <= until), slowest


def test_weeks_of_rounds_over_the_spring_festival_say_what_the_habits_say(db: None) -> None:
    said, wanted, _ = lived(3, 20, 3, date(2020, 2, 14))
    assert len(said) > 40
    assert said == wanted


@pytest.mark.prove
def test_a_year_of_rounds_at_full_size_says_what_the_habits_say(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    said, wanted, slowest = lived(3, 300, 16, year.LAST)
    with capsys.disabled():
        sys.stdout.write(f"\n{len(said)} reminders, slowest round {slowest:.2f} s\n")
    assert said == wanted
    assert slowest < 10
