"""本年日程 and 提醒 on the pages: what each person may see, few questions asked, quick with three plans of three hundred."""

import re
import sys
import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board.year_picture import LEFT, MONTH, across, picture
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reminders import actions
from luoshi.bureau.reminders.models import Digest, HabitsVersion
from luoshi.bureau.reminders.queries import Dated
from luoshi.bureau.wsgi import settle
from luoshi.tracking.dues import Due, DueKind
from luoshi.words.calendars import national
from tests.bureau import many, owing
from tests.bureau.conftest import Enter
from tests.bureau.witness import entered_as_refused

ON = date(2021, 6, 30)
MOST_QUERIES = 12


@pytest.fixture
def issued(edition: Edition) -> Edition:
    """The plan with all it proposes issued, due at the end of June."""
    many.enter_all(edition)
    Commitment.objects.filter(edition=edition).update(due=ON)
    return edition


def dated(on: date, state: str = "open", kind: DueKind = DueKind.ITEM, office: str = "JJ") -> Dated:
    """One thing with a day."""
    return Dated(Due(f"{kind}/{on}{state}", kind, "x", on, office), state, 1, 1)


def test_a_mark_lies_on_its_day_and_near_ones_are_one_with_their_number() -> None:
    told = [dated(date(2020, 3, 2)), dated(date(2020, 3, 4)), dated(date(2020, 9, 30)), dated(date(2019, 9, 30))]
    drawn = picture(told, [("JJ", "基础教育科"), ("XQ", "学前教育科")], 2020, date(2020, 6, 1), national())
    (lane,) = drawn.lanes
    assert [one.number for one in lane.marks] == [2, 1]
    assert LEFT + 8 * MONTH < lane.marks[1].x < LEFT + 9 * MONTH
    assert drawn.today == across(date(2020, 6, 1))
    assert [one.report for one in drawn.months][9] == date(2020, 10, 9)
    assert any(one.said == "2020-01-24 — 2020-02-02" for one in drawn.holidays)


def test_done_and_open_and_step_and_item_have_shapes_of_their_own() -> None:
    day = date(2020, 5, 20)
    told = [dated(day), dated(day, "done"), dated(day, kind=DueKind.MILESTONE), dated(day, "paused")]
    drawn = picture(told, [("JJ", "基础教育科")], 2020, date(2021, 1, 1), national())
    marks = {(one.shape, one.done) for one in drawn.lanes[0].marks}
    assert marks == {("square", False), ("square", True), ("diamond", False)}
    assert drawn.today is None


def test_the_year_shows_every_due_day_and_its_filters_narrow_it(issued: Edition, enter: Enter) -> None:
    row = Commitment.objects.filter(edition=issued, lead="XQ")[0]
    Milestone.objects.create(commitment=row, name="开工建设", due=date(2021, 5, 28))
    client, page = enter("ducha"), f"/plans/{issued.pk}/year/"
    text = client.get(page + "?on=2021-06-30").content.decode()
    titles = re.findall(r'<th scope="row"><a href="/items/(\d+)/">', text)
    assert len(titles) == Commitment.objects.filter(edition=issued).count() + 1
    assert "<svg" in text
    assert "开工建设" in text
    assert "已过时限" in text
    assert "已过时限</span>" not in client.get(page + "?on=2021-04-30").content.decode()
    narrowed = client.get(page + "?office=XQ").content.decode()
    kept = set(re.findall(r'<th scope="row"><a href="/items/(\d+)/">', narrowed))
    assert kept == {str(one.pk) for one in Commitment.objects.filter(edition=issued, lead="XQ")}


def test_next_month_counts_what_each_section_faces_and_what_is_left_from_before(issued: Edition, enter: Enter) -> None:
    late = Commitment.objects.filter(edition=issued, lead="XQ")[0]
    Commitment.objects.filter(pk=late.pk).update(due=date(2021, 3, 31))
    text = enter("jijiao").get(f"/plans/{issued.pk}/next/?on=2021-05-31").content.decode()
    assert "2021-06" in text
    number = Commitment.objects.filter(edition=issued, lead="XQ", due=ON).count()
    assert f"本月到期 {number} 项，以前未办结 1 项" in text
    assert "不是月份" not in enter("jijiao").get(f"/plans/{issued.pk}/next/?month=13").content.decode()


def test_nobody_sees_what_his_audience_may_not(issued: Edition, enter: Enter) -> None:
    secret = Commitment.objects.filter(edition=issued)[0]
    Commitment.objects.filter(pk=secret.pk).update(audience="leaders", title="只给领导看的事项")
    for login, seen in (("fenguan", True), ("jijiao", False), ("xianqu", False), ("chayue", False)):
        for page in ("year", "next"):
            text = enter(login).get(f"/plans/{issued.pk}/{page}/?month=2021-06").content.decode()
            assert ("只给领导看的事项" in text) is seen, (login, page)


def test_the_supervisor_runs_the_round_and_copies_the_texts_and_a_section_does_not(
    issued: Edition, enter: Enter
) -> None:
    client = enter("ducha")
    client.post("/reminders/round/run/", {"on": "2021-06-30"})
    text = client.get("/reminders/round/?on=2021-06-30").content.decode()
    assert "今天到期" in text
    assert "请于7月2日下班前反馈" in text
    assert "尚未反馈的共3个单位" in text
    mine = enter("jijiaolian").get("/reminders/?on=2021-06-30").content.decode()
    assert "今天到期：" in mine
    theirs = enter("jijiao").get("/reminders/round/?on=2021-06-30").content.decode()
    assert "<textarea" not in theirs
    with entered_as_refused("people.turn_away", "没有这项权限"):
        assert enter("jijiao").post("/reminders/round/run/", {"on": "2021-06-30"}).status_code == 403
    # 人事科 has no account here: what it owes goes to the leader in charge, and what waits for sending to 督查室.
    told = set(Digest.objects.values_list("person", flat=True))
    assert told == {"ducha", "ducha2", "xueqian", "jijiaolian", "fenguan"}


def test_the_rules_are_changed_on_their_page_and_wrong_numbers_are_told_all_at_once(city: City, enter: Enter) -> None:
    client = enter("ducha")
    sent = {"version": "1", "before": "7、3", "every": "4", "most": "2", "patience": "0", "apart": "1"}
    assert "产品默认值" in client.get("/reminders/habits/").content.decode()
    wrong = client.post("/reminders/habits/set/", {**sent, "before": "七", "every": "", "reason": "试"})
    assert wrong.status_code == 409
    assert "“七”不是整数" in wrong.content.decode()
    assert "到期后每几个工作日" in wrong.content.decode()
    assert client.post("/reminders/habits/set/", {**sent, "reason": "科室反映太密"}).status_code == 302
    kept = HabitsVersion.objects.get()
    assert (kept.number, kept.before, kept.on_day, kept.every) == (2, [7, 3], False, 4)
    assert "现行第 2 版" in client.get("/reminders/habits/").content.decode()


def test_the_address_of_a_calendar_is_shown_once_and_works_without_signing_in(issued: Edition, enter: Enter) -> None:
    client = enter("xueqian")
    answer = client.post("/reminders/reach/", {"act": "subscribe"})
    address = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", answer.content.decode())
    assert address
    assert answer["Cache-Control"] == "no-store"
    assert address[1] not in client.get("/reminders/").content.decode()
    assert enter().get(address[1]).status_code == 200
    assert client.get("/reminders/luoshi.ics").content.startswith(b"BEGIN:VCALENDAR")
    client.post("/reminders/reach/", {"act": "stop"})
    assert enter().get(address[1]).status_code == 404
    assert client.post("/reminders/reach/", {"act": "mail", "email": "x"}).status_code == 409


def test_pages_ask_little_and_are_quick_with_three_plans_of_three_hundred(
    db: None, enter: Enter, capsys: pytest.CaptureFixture[str]
) -> None:
    owing.fill(3, 300, 16)
    number = Edition.objects.order_by("id")[0].pk
    actions.run_round(owing.ACTOR, City.objects.get(), date(2020, 9, 30))
    client, told = enter("ducha"), []
    settle()
    pages = (
        "/reminders/",
        "/reminders/round/",
        "/reminders/habits/",
        f"/plans/{number}/year/",
        f"/plans/{number}/next/",
    )
    for page in (*pages, "/reminders/luoshi.ics"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page + "?on=2020-09-30&month=2020-12").status_code == 200
        queries = len(asked)  # counted now: the next request empties the list
        costs = []
        for _ in range(5):
            begun = time.process_time()
            client.get(page + "?on=2020-09-30&month=2020-12")
            costs.append(time.process_time() - begun)
        told.append(f"{page:28}{queries:3} queries {min(costs) * 1000:6.0f} ms")
        assert 0 < queries <= MOST_QUERIES, page
        assert min(costs) < (1.0 if page.endswith("ics") else 0.25), page
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(told) + "\n")
