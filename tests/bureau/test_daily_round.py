"""The daily round of a small year: what fell back, drafts, reminders; forty days of it, run twice, interrupted."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luoshi.bureau.board.owing import owed, running
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.escalations import actions as escalations
from luoshi.bureau.escalations.actions import Problem, Sent
from luoshi.bureau.escalations.models import Closing, Paper
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.jobs.actions.rounding import make, make_due
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.jobs.models import Round as Made
from luoshi.bureau.jobs.worker import WORKER, make_now
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import PauseVerdict, PauseWanted, ask_pause, confirm, coordinate, decide_pause
from luoshi.bureau.ledger.models import Commitment, Judgement
from luoshi.bureau.people.actions import keep_days
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.bureau.reminders.models import Digest, Reminder
from luoshi.bureau.reports import actions as reports
from luoshi.bureau.reports.actions import Filled
from luoshi.spine import State
from luoshi.words.calendars import SpecialDay
from tests.bureau import agreed, xingzhou
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import INSTALLER, actor

DUCHA = actor("ducha")
FIRST, DAYS = date(2021, 10, 8), 40
OWN = date(2021, 10, 13)
"""A working Wednesday everywhere but in 星州."""
SCAN = ("批件.pdf", PDF)


def _figure(edition: Edition, indicator: str, value: str, unit: str, on: date, known: date) -> None:
    add_figures(INSTALLER, edition.city, [replace(xingzhou.figure(indicator, value, unit, known), on=on)])


@pytest.fixture
def rows(proposals: dict[str, Proposal], edition: Edition) -> dict[str, Commitment]:
    """Everything confirmed and issued; by number."""
    for proposal in proposals.values():
        confirm(DUCHA, proposal.pk, 1)
    xingzhou.issued(edition.pk)
    return {row.number: row for row in Commitment.objects.filter(edition=edition)}


@pytest.fixture
def year(rows: dict[str, Commitment], edition: Edition) -> Edition:
    """What a year has in October: behind, closed, paused, left to others, asked, agreed, urged, to be mended."""
    keep_days(INSTALLER, edition.city, [SpecialDay(OWN, works=False, name="建市纪念日（演示）")])
    for on, value in ((date(2021, 8, 31), "2500"), (date(2021, 9, 30), "3400")):
        _figure(edition, "kindergarten_places_added", value, "个", on, on + timedelta(days=3))
    _close(rows["2.1"])
    _figure(edition, "compulsory_large_class_rate", "3.10", "%", date(2021, 10, 31), date(2021, 11, 3))
    _pause(rows["4.1"])
    coordinate(DUCHA, rows["1.1"].pk, 1, "由省厅决定", marked=True)
    _behind(rows["1.1"])
    _ask(edition)
    return edition


def _behind(row: Commitment) -> None:
    """Verified as 欠进度 for August and for September."""
    for on in (date(2021, 8, 31), date(2021, 9, 30)):
        Judgement.objects.create(
            commitment=row, step="office", state="behind", on=on, reason="核过", by="督查甲", by_login="ducha"
        )


def _close(row: Commitment) -> None:
    on = date(2021, 10, 9)
    told = {"indicator": "compulsory_large_class_rate", "value": "2.14 %", "on": "2021-09-30", "target": "2.5 %以内"}
    Closing.objects.create(
        commitment=row,
        shown="名单",
        closed_on=on,
        figures=[{**told, "definition": "演示口径（虚构）", "standing": "reported"}],
    )
    Commitment.objects.filter(pk=row.pk).update(closed_on=on, due=date(2021, 10, 20), judged="done", judged_on=on)


def _pause(row: Commitment) -> None:
    Commitment.objects.filter(pk=row.pk).update(due=date(2021, 10, 20))
    row.refresh_from_db()
    wanted = PauseWanted(begun=date(2021, 10, 11), until=date(2021, 10, 24), extends=True, reason="等待省里定标准")
    pause = ask_pause(actor("jijiao"), row.pk, row.version, wanted)
    decide_pause(DUCHA, pause.pk, PauseVerdict(approved=True, on=date(2021, 10, 9), words="同意", scan=SCAN))


def _ask(edition: Edition) -> None:
    """An open period, a round of figures, a paper that was sent, a problem to mend."""
    on = date(2021, 9, 30)
    items = ledger.items(edition.city, edition, on)
    reports.open_period(DUCHA, edition, on, items, calendar_of(edition.city))
    row = Commitment.objects.get(edition=edition, number="3.1")
    paper = Paper.objects.create(
        commitment=row, step="reminder", name="提醒", month=date(2021, 9, 1), because="欠进度", rule="演示", title="提醒",
        to="人事科", words="请反馈。", answer_days=5, drafted_on=FIRST, drafted_by="督查甲",
    )  # fmt: skip
    escalations.send(DUCHA, paper.pk, paper.version, Sent(FIRST))
    escalations.add(DUCHA, edition, Problem("台账不全", "ledger", date(2021, 10, 29), lead="RS"))


def _run(days: range) -> list[str]:
    said: list[str] = []
    for number in days:
        assert make_now(OUTFIT, FIRST + timedelta(days=number), said.append)
    return said


def _left() -> dict[str, list[tuple[object, ...]]]:
    """What the rounds left behind, moments and row numbers left out."""
    return {
        "papers": list(
            Paper.objects.order_by("pk").values_list("commitment__number", "step", "month", "stage", "drafted_on")
        ),
        "closings": list(Closing.objects.values_list("commitment__number", "reopened_on", "ended")),
        "digests": list(Digest.objects.order_by("day", "person").values_list("day", "person", "subject")),
        "reminders": list(
            Reminder.objects.order_by("day", "person", "place").values_list("day", "person", "due", "step", "words")
        ),
        "letters": list(Message.objects.order_by("key").values_list("key", "channel", "to", "subject", "body")),
        "journal": list(Entry.objects.order_by("number").values_list("action", "subject_id", "outcome", "detail")),
        "rounds": list(Made.objects.order_by("day", "name").values_list("day", "name", "state", "words")),
    }


def test_forty_days_reopen_draft_and_remind_and_a_second_run_adds_nothing(
    year: Edition, rows: dict[str, Commitment]
) -> None:
    said = _run(range(DAYS))
    left = _left()
    # 1. what fell back is open again on the day its figure was known, not before
    assert left["closings"] == [("2.1", date(2021, 11, 3), True)]
    assert "2021-11-03 复查已销号事项：重新打开 1 项（2.1）。" in said
    # 2. drafts only: nobody was written to
    drafted = Paper.objects.exclude(stage=Paper.Stage.SENT)
    assert set(drafted.values_list("stage", flat=True)) == {Paper.Stage.DRAFT}
    assert ("1.2", "urging", date(2021, 9, 1)) in set(drafted.values_list("commitment__number", "step", "month"))
    steps = Counter(drafted.filter(commitment=rows["1.1"]).values_list("step", flat=True))
    assert set(steps) == {"reminder"}, "协调事项 is reminded of, never urged"
    assert not drafted.filter(
        commitment=rows["4.1"], drafted_on__gte=date(2021, 10, 11), drafted_on__lte=date(2021, 10, 24)
    ).exists()
    assert set(Message.objects.values_list("channel", flat=True)) == {"inbox"}, "nothing left the house"
    # 3. reminders: of every room, by the moved day, on working days of 星州 only
    marks = {re.sub(r"\d+", "N", due.partition("@")[0]) for due in Reminder.objects.values_list("due", flat=True)}
    assert marks >= {"item/N", "call/N", "paper/N", "rectification/N", "month_report/N-N"}
    assert set(Reminder.objects.filter(due__startswith="month_report").values_list("person", flat=True)) == {
        "ducha",
        "ducha2",
    }
    told = Reminder.objects.filter(due__startswith=f"item/{rows['4.1'].pk}@")
    assert {
        due.partition("@")[2] for due in told.filter(day__gte=date(2021, 10, 11)).values_list("due", flat=True)
    } == {"2021-11-03"}
    assert not told.filter(day__gte=date(2021, 10, 11), day__lte=date(2021, 10, 24)).exists()
    closed = Reminder.objects.filter(due__startswith=f"item/{rows['2.1'].pk}@")
    assert not closed.filter(day__gt=FIRST, day__lt=date(2021, 11, 3)).exists(), "已销号 is not reminded of"
    days = set(Digest.objects.values_list("day", flat=True))
    assert days
    assert {day for day in days if not calendar_of(year.city).is_workday(day)} == set()
    assert OWN not in days
    assert f"{OWN} 发当天提醒：这一天不做。" in said
    # once more: nothing new
    again = _run(range(DAYS))
    assert _left() == left
    assert sum("已做过，不重做" in line for line in again) == Made.objects.count()
    for part in OUTFIT.parts:
        part.make(WORKER, FIRST + timedelta(days=DAYS - 1))
    assert {**_left(), "rounds": []} == {**left, "rounds": []}


def test_interrupted_between_and_within_parts_it_ends_the_same(year: Edition) -> None:
    """A part is one transaction with its mark: what was not ended leaves nothing and is made again."""
    month = [FIRST + timedelta(days=number) for number in range(0, DAYS, 9)]
    for day in month:
        for number in range(1, len(OUTFIT.parts)):
            for part in OUTFIT.parts[:number]:
                make(WORKER, part, day)
            dying = replace(OUTFIT.parts[number], make=_dies_after(OUTFIT.parts[number].make))
            before = _left()
            if dying.falls_on(day):
                with pytest.raises(SystemExit):
                    make(WORKER, dying, day)
                assert _left() == before
        assert make_now(OUTFIT, day, lambda _: None)
        ended = _left()
        assert make_now(OUTFIT, day, lambda _: None)
        assert _left() == ended
    names = {part.name for part in OUTFIT.parts}
    assert {name for _, name, state, _ in ended["rounds"] if state == "done"} == names


def _dies_after(whole):  # type: ignore[no-untyped-def]
    def made(worker, on):  # type: ignore[no-untyped-def]
        whole(worker, on)
        raise SystemExit

    return made


def test_missed_days_are_caught_up_once_and_on_a_day_that_is_worked(year: Edition) -> None:
    now = timezone.make_aware(timezone.datetime(2021, 10, 17, 9))
    make_due(WORKER, OUTFIT.parts, now)
    made = dict(Made.objects.values_list("name", "day"))
    assert made["draft_due"] == date(2021, 10, 17)
    assert made["remind"] == date(2021, 10, 15), "the Sunday is quiet; Friday's reminders were missed"
    assert make_due(WORKER, OUTFIT.parts, now + timedelta(minutes=10)) == []


def test_what_was_answered_agreed_or_mended_is_owed_no_more(year: Edition) -> None:
    on = date(2021, 10, 15)
    kinds = Counter(one.key.partition("/")[0] for one in owed(year.city, on))
    assert kinds["paper"] == kinds["rectification"] == 1
    assert kinds["month_report"] == 2
    first = next(one for one in owed(year.city, on) if one.key.startswith("call/") and one.office == "RS")
    assert first.link == f"/{first.key.replace('call', 'calls')}/"
    reports.file(DUCHA, int(first.key.partition("/")[2]), Filled("已完成培训。", State.ON_COURSE))
    assert first.key not in {one.key for one in owed(year.city, on)}
    assert Counter(one.key.partition("/")[0] for one in owed(year.city, on))["call"] == kinds["call"] - 1


def test_figures_to_agree_are_owed_by_unit_until_it_answers(edition: Edition, rows: dict[str, Commitment]) -> None:
    agreed.grown(edition.city)
    of = agreed.sent(edition)
    dues = [one for one in owed(edition.city, agreed.SENT) if one.key.startswith("agreement/")]
    assert [one.divisions for one in dues] == [(code,) for code in sorted(agreed.CODES)]
    assert {(one.on, one.what) for one in dues} == {(of.reply_by, f"对数：{of.title}，3个数待反馈")}
    cells = {number: {"核对结果": "无异议"} for number in (1, 2, 3)}
    agreed.brought(of, agreed.filled(of, agreed.CODES[3], cells))
    left = [one.divisions[0] for one in owed(edition.city, agreed.SENT) if one.key.startswith("agreement/")]
    assert set(agreed.CODES) - set(left) == {agreed.CODES[3]}


def test_a_plan_that_is_long_over_is_left_alone(year: Edition) -> None:
    assert running(year.city, date(2022, 3, 1)) == [year]
    assert running(year.city, date(2022, 6, 1)) == []
    assert owed(year.city, date(2022, 6, 1))  # what was asked stays asked
    assert not [one for one in owed(year.city, date(2022, 6, 1)) if one.key.startswith("month_report")]


def test_an_item_left_to_others_is_reminded_of_and_never_urged(rows: dict[str, Commitment], edition: Edition) -> None:
    row = rows["1.2"]
    _behind(row)
    coordinate(DUCHA, row.pk, row.version, "由省厅决定", marked=True)
    drafted = [one for one in escalations.draft_due(DUCHA, edition, date(2021, 10, 12)) if one.commitment_id == row.pk]
    assert [one.step for one in drafted] == ["reminder"]
    assert "协调事项由其他单位决定" in drafted[0].because
