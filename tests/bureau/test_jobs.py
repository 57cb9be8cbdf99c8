"""Long work: asked for, done step by step, stopped and gone on with; the daily round; and who may see it."""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.jobs.actions import enqueue, post, resume, stop
from luoshi.bureau.jobs.actions.posting import Letter
from luoshi.bureau.jobs.actions.rounding import make, make_due
from luoshi.bureau.jobs.actions.running import LEASE, MOST_ATTEMPTS, Handler, LostError, Step, release, run_next
from luoshi.bureau.jobs.daily import Part, newest_due, round_at
from luoshi.bureau.jobs.models import Job, Message, Round
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.queries import head
from luoshi.bureau.people.models import City
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
WORKER = Actor("worker", "后台办理", "system")


def _asked(login: str = "ducha", kind: str = "count", **arguments: object) -> Job:
    return enqueue(actor(login), kind, arguments, "数到十")


def _count(step: Step) -> Mapping[str, object]:
    for number in range(step.checkpoint or 0, 10):
        step.reached(number + 1, 10, f"数到 {number + 1}", number + 1)
    return {"words": "数完了"}


def _run(handler: Handler = _count, worker: str = "w1", *, ending: bool = False) -> bool:
    return run_next(WORKER, worker, {"count": handler}, lambda: ending)


def _state(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.done


def test_a_job_is_asked_for_once_and_done() -> None:
    with witness.done("jobs.ask"):
        job = enqueue(actor("ducha"), "count", {}, "数到十", key="k")
    assert enqueue(actor("ducha"), "count", {}, "数到十", key="k") == job
    assert _run()
    assert _state(job) == ("done", 10)
    assert job.result == {"words": "数完了"}
    assert not _run()


def test_a_handler_acts_as_the_person_who_asked() -> None:
    seen: list[Actor] = []
    _asked("jijiao")
    _run(lambda step: seen.append(step.actor) or {})
    assert seen == [actor("jijiao")]


def test_a_stopped_job_keeps_what_it_has_done_and_goes_on_from_there() -> None:
    job = _asked()

    def stopped_at_four(step: Step) -> Mapping[str, object]:
        if step.checkpoint is None:
            Job.objects.filter(pk=job.pk).update(stop_asked=False)
        for number in range(step.checkpoint or 0, 10):
            if number == 3:
                stop(actor("ducha"), job.pk)
            step.reached(number + 1, 10, "", number + 1)
        return {}

    _run(stopped_at_four)
    assert _state(job) == ("stopped", 4)
    assert not _run()
    with witness.done("jobs.resume"):
        resume(actor("ducha"), job.pk)
    begun_at: list[object] = []
    _run(lambda step: begun_at.append(step.checkpoint) or _count(step))
    assert begun_at == [4]
    assert _state(job) == ("done", 10)


def test_a_waiting_job_is_stopped_at_once_and_never_taken() -> None:
    job = _asked()
    with witness.done("jobs.stop"):
        stop(actor("ducha"), job.pk)
    assert _state(job) == ("stopped", 0)
    assert not _run()


def test_a_refusal_is_told_in_four_parts_and_a_defect_by_its_place() -> None:
    def refused(_: Step) -> Mapping[str, object]:
        raise RefusedError(Finding("第3行", "没有序号", "每行有序号", "补上序号"))

    def broken(_: Step) -> Mapping[str, object]:
        return {"words": str(1 // 0)}

    for handler, said in ((refused, "没有序号"), (broken, "test_jobs.py")):
        job = _asked()
        _run(handler)
        assert _state(job)[0] == "failed"
        assert [len(one) for one in job.findings] == [4]
        assert said in str(job.findings)
        resume(actor("ducha"), job.pk)
        assert _run()
        assert _state(job)[0] == "done"


def test_a_worker_that_ends_gives_its_job_back() -> None:
    job = _asked()
    _run(ending=True)
    assert _state(job) == ("waiting", 1)
    assert _run(worker="w2")
    assert _state(job) == ("done", 10)


def test_nobody_takes_a_job_whose_lease_runs_and_the_first_loses_it_when_it_ran_out() -> None:
    job = _asked()

    def overtaken(step: Step) -> Mapping[str, object]:
        step.reached(1, 10, "", 1)
        assert not _run(worker="w2")
        Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
        assert _run(worker="w2")
        with pytest.raises(LostError):
            step.reached(2, 10, "迟到的一步", 2)
        raise LostError

    assert _run(overtaken)
    assert _state(job) == ("done", 10)
    assert job.words == "数到 10"
    assert timedelta(seconds=30) < LEASE


def test_what_a_dead_worker_held_is_free_at_once_or_unsure() -> None:
    job = _asked()
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(state="running", worker="dead", leased_until=now + LEASE, checkpoint=7)
    assert not _run(worker="w2")
    release(WORKER, ["dead"])
    assert _run(worker="w2")
    assert _state(job) == ("done", 10)


def test_a_job_that_kills_its_worker_each_time_is_given_up_with_a_reason() -> None:
    job = _asked()
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(state="running", worker="dead", leased_until=past, attempts=MOST_ATTEMPTS)
    assert not _run()
    assert _state(job)[0] == "failed"
    assert "中断" in str(job.findings)


def test_a_job_that_was_to_stop_when_its_worker_died_is_stopped() -> None:
    job = _asked()
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(state="running", worker="dead", leased_until=past, stop_asked=True)
    assert not _run()
    assert _state(job)[0] == "stopped"


def test_only_the_asker_and_those_who_mind_all_stop_a_job() -> None:
    job = _asked("jijiao")
    with witness.refused("jobs.stop", "没有这项权限"):
        stop(actor("xueqian"), job.pk)
    stop(actor("jijiao"), job.pk)
    with witness.refused("jobs.stop", "已停止"):
        stop(actor("ducha"), job.pk)
    resume(actor("guanli"), job.pk)
    with witness.refused("jobs.stop", "没有这项任务"):
        stop(actor("ducha"), 424242)


def test_the_journal_is_verified_in_pieces_and_from_where_it_was(monkeypatch: pytest.MonkeyPatch, city: City) -> None:
    from luoshi.bureau.jobs import verifying

    monkeypatch.setattr(verifying, "PIECE", 5)
    end = head()
    job = enqueue(actor("ducha"), "journal.verify", {"anchors": [str(end)]}, "核验操作日志")
    run_next(WORKER, "w1", OUTFIT.handlers, lambda: True)
    assert _state(job) == ("waiting", 5)
    run_next(WORKER, "w1", OUTFIT.handlers, lambda: False)
    assert _state(job) == ("done", head().number)
    assert str(head()) in job.result["words"]


@pytest.mark.parametrize("number", [2, 9])
def test_a_broken_journal_is_named_at_its_place(monkeypatch: pytest.MonkeyPatch, city: City, number: int) -> None:
    from luoshi.bureau.jobs import verifying

    monkeypatch.setattr(verifying, "PIECE", 4)
    job = enqueue(actor("ducha"), "journal.verify", {}, "核验操作日志")
    Entry.objects.filter(number=number).update(subject="改过")
    run_next(WORKER, "w1", OUTFIT.handlers, lambda: False)
    assert _state(job)[0] == "failed"
    assert f"第 {number} 条" in str(job.findings)


def test_an_end_kept_on_paper_beyond_the_chain_is_missed(city: City) -> None:
    job = enqueue(actor("ducha"), "journal.verify", {"anchors": [f"9000:{'a' * 64}"]}, "核验操作日志")
    run_next(WORKER, "w1", OUTFIT.handlers, lambda: False)
    assert _state(job)[0] == "failed"
    assert "9000" in str(job.findings)


# The daily round -----------------------------------------------------------------------------------------------


def _told(actor: Actor, on: date) -> None:
    post(actor, Letter(f"一览/{on}", "inbox", "ducha", f"{on} 一览", "……"))


PART = Part("digest", "一览", _told)


def _shanghai(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (_shanghai("2021-09-28T07:29"), date(2021, 9, 27)),
        (_shanghai("2021-09-28T07:30"), date(2021, 9, 28)),
        (_shanghai("2021-09-28T23:59"), date(2021, 9, 28)),
        (datetime(2021, 9, 27, 23, 29, tzinfo=UTC), date(2021, 9, 27)),
        (datetime(2021, 9, 27, 23, 30, tzinfo=UTC), date(2021, 9, 28)),
        (datetime(2021, 9, 28, 15, 59, tzinfo=UTC), date(2021, 9, 28)),
    ],
)
def test_the_day_of_a_round_is_shanghais_whatever_the_clock_speaks(now: datetime, day: date) -> None:
    assert newest_due(PART, now, time(7, 30)) == day


def test_a_part_for_working_days_rests_on_the_national_holiday() -> None:
    working = Part("working", "工作日", _told, national().is_workday)
    assert newest_due(working, _shanghai("2021-10-05T09:00"), time(7, 30)) == date(2021, 9, 30)
    assert newest_due(working, _shanghai("2021-10-09T09:00"), time(7, 30)) == date(2021, 10, 9)


def test_a_round_is_made_once_a_day_and_of_missed_days_only_the_newest() -> None:
    for words in ("2021-09-28T07:30", "2021-09-28T08:00", "2021-09-28T23:00", "2021-10-03T06:00", "2021-10-03T06:10"):
        make_due(WORKER, (PART,), _shanghai(words))
    assert [str(one.day) for one in Round.objects.order_by("day")] == ["2021-09-28", "2021-10-02"]
    assert Message.objects.count() == 2


@pytest.fixture
def no_new_day() -> Iterator[None]:
    """The round of the day is due twelve hours from now, so that half an hour later is the same day."""
    with override_settings(ROUND_AT=f"{(timezone.now() + timedelta(hours=8 + 12)):%H:%M}"):
        yield


@pytest.mark.usefixtures("no_new_day")
def test_a_part_that_fails_leaves_nothing_keeps_no_other_back_and_is_tried_again() -> None:
    def fails(actor: Actor, on: date) -> None:
        _told(actor, on)
        raise RefusedError(Finding("一览", "没有接收人", "须有接收人", "请设置"))

    now = timezone.now()
    failing, other = Part("failing", "", fails), Part("other", "", lambda *_: None)
    assert [one.state for one in make_due(WORKER, (failing, other), now)] == ["failed", "done"]
    assert Message.objects.count() == 0
    assert "没有接收人" in str(Round.objects.get(name="failing").findings)
    assert make_due(WORKER, (failing, other), now) == []
    mended = Part("failing", "", _told)
    assert [one.state for one in make_due(WORKER, (mended, other), now + timedelta(minutes=31))] == ["done"]
    assert Message.objects.count() == 1
    assert Round.objects.get(name="failing").attempts == 2


def test_a_day_made_by_hand_is_not_made_again() -> None:
    assert make(WORKER, PART, date(2021, 9, 28)) is not None
    assert make(WORKER, PART, date(2021, 9, 28)) is None
    assert make_due(WORKER, (PART,), _shanghai("2021-09-28T09:00")) == []


@override_settings(ROUND_AT="半夜")
def test_a_time_that_is_none_is_told() -> None:
    with pytest.raises(RefusedError, match="LUOSHI_ROUND_AT"):
        round_at()


def test_the_round_clears_sessions_that_are_over() -> None:
    now = timezone.now()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    for part in OUTFIT.parts:
        make(WORKER, part, date(2021, 9, 28))
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


# The page ---------------------------------------------------------------------------------------------------------


def _button(page: str, value: str) -> bool:
    return f'value="{value}"' in page


def test_the_page_shows_progress_refreshes_while_something_runs_and_stops_it(city: City, enter: Enter) -> None:
    job = _asked("jijiao")
    Job.objects.filter(pk=job.pk).update(state="running", worker="w", done=3, total=10, words="数到 3")
    browser = enter("jijiao")
    page = browser.get("/jobs/").content.decode()
    assert '<progress value="3" max="10"' in page
    assert 'http-equiv="refresh"' in page
    browser.post(f"/jobs/{job.pk}/act/", {"act": "stop"})
    assert "正在停下" in browser.get("/jobs/").content.decode()
    Job.objects.filter(pk=job.pk).update(state="stopped")
    page = browser.get("/jobs/").content.decode()
    assert 'http-equiv="refresh"' not in page
    assert _button(page, "resume")
    assert "数到十" in enter("ducha").get("/jobs/").content.decode()
    assert "数到十" not in enter("xueqian").get("/jobs/").content.decode()
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with witness.entered_as_refused("jobs.resume", "没有这项权限"):
        assert enter("xueqian").post(f"/jobs/{job.pk}/act/", {"act": "resume"}).status_code == 409


def test_the_journal_is_verified_from_the_page_once_however_often_the_button_is_pressed(
    city: City, enter: Enter
) -> None:
    browser = enter("ducha")
    (once,) = re.findall(r'name="once" value="([^"]+)"', browser.get("/jobs/").content.decode())
    for _ in range(2):
        assert browser.post("/jobs/verify/", {"once": once, "anchors": str(head())}).status_code == 302
    run_next(WORKER, "w1", OUTFIT.handlers, lambda: False)
    assert "操作日志完整" in browser.get("/jobs/").content.decode()
    assert Job.objects.count() == 1
    assert browser.post("/jobs/verify/", {"once": "2", "anchors": "胡写"}).status_code == 409
    assert enter("jijiao").post("/jobs/verify/", {"once": "3"}).status_code == 403
    assert Job.objects.count() == 1


def test_a_result_is_for_those_who_see_the_job(city: City, enter: Enter) -> None:
    from luoshi.bureau.files.actions import keep

    with act(actor("jijiao"), "ledger.amend", "commitment", 1, "试"):
        kept = keep(actor("jijiao"), b"abc", "报告.docx")
    job = _asked("jijiao")
    _run(lambda _: {"file": kept.digest, "name": "月报.docx"})
    answer = enter("jijiao").get(f"/jobs/{job.pk}/result/")
    assert b"".join(answer.streaming_content) == b"abc"
    assert "attachment" in answer["Content-Disposition"]
    assert enter("xueqian").get(f"/jobs/{job.pk}/result/").status_code == 404
    assert enter("ducha").get("/jobs/9999/result/").status_code == 404


def test_both_pages_ask_at_most_twelve_questions_however_full_they_are(city: City, enter: Enter) -> None:
    for number in range(60):
        enqueue(actor("ducha"), "count", {}, f"任务{number}")
        post(WORKER, Letter(f"m{number}", "mail", "j@xingzhou.invalid", "催办", "……"))
        post(WORKER, Letter(f"i{number}", "inbox", "ducha", "到期", "……"))
    browser = enter("ducha")
    for page in ("/jobs/", "/messages/"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page).status_code == 200
        assert len(asked) <= 12, page
