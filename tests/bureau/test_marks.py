"""计分和排名: off until a leader approves, counted from the ledger, each number with what it counts."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi import spine
from luoshi.bureau.board.pages.marking import in_runs
from luoshi.bureau.escalations import actions
from luoshi.bureau.escalations.actions import Found, Switching
from luoshi.bureau.escalations.marks import accounts
from luoshi.bureau.escalations.models import Closing, Established
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.models import Breakdown, Commitment, Judgement
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.models import Call, Period, Report
from tests.bureau import many, witness
from tests.bureau.conftest import Enter
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import actor

DUCHA = actor("ducha")
OFFICES = ("XQ", "JJ", "RS")
ON = date(2022, 3, 31)
TODAY = timezone.localdate()
SCORES = Switching("scores", True, "甲副局长", "局长办公会议定", TODAY, TODAY + timedelta(days=90), "", ("批.pdf", PDF))
PAGE = "/escalations/marks/?on=2022-03-31"


@pytest.fixture
def plan(edition: Edition) -> Edition:
    """Every item issued, led by one of three sections and due in 2021."""
    many.enter_all(edition)
    Breakdown.objects.filter(edition=edition).update(stage="issued")
    for at, row in enumerate(Commitment.objects.filter(edition=edition).order_by("place")):
        due = date(2021, 1 + at % 12, 10)
        Commitment.objects.filter(pk=row.pk).update(lead=OFFICES[at % 3], due=due, strength="binding")
    return edition


def _lived(edition: Edition, seed: int) -> None:
    """Verifications, closings and pauses at random."""
    chance, first = random.Random(seed), date(2021, 1, 1)

    def day() -> date:
        return first + timedelta(days=chance.randrange(450))

    for row in Commitment.objects.filter(edition=edition):
        for told in sorted(day() for _ in range(chance.randrange(3))):
            state = chance.choice(["done", "behind"])
            Judgement.objects.create(commitment=row, step="office", state=state, on=told, reason="演示", by="督查甲")
            row.judged, row.judged_on = state, told
        if chance.random() < 0.4:
            closed = day()
            again = closed + timedelta(days=chance.randrange(1, 200)) if chance.random() < 0.5 else None
            Closing.objects.create(
                commitment=row, shown="演示", closed_on=closed, reopened_on=again, ended=again is not None
            )
            row.closed_on = None if again else closed
        if chance.random() < 0.3:
            begun, until = day(), chance.choice([None, 20, 90])
            row.agreed = {**row.agreed, "pauses": [{
                "id": row.pk, "begun": begun.isoformat(), "extends": chance.random() < 0.5, "reason": "汛期（演示）",
                "until": (begun + timedelta(days=until)).isoformat() if until else None, "state": "approved",
                "asked_by": "学前丙", "asked_on": begun.isoformat(), "decided_by": "甲副局长",
                "decided_on": (begun + timedelta(days=chance.randrange(-5, 40))).isoformat(),
            }]}  # fmt: skip
        row.coordination = "由市里定（演示）" if chance.random() < 0.1 else ""
        row.save()


def _slowly(edition: Edition) -> Counter[str]:
    """The whole ledger judged again for every month end, as a person would leaf through it."""
    told: Counter[str] = Counter()
    ends = [date(2021, month + 1, 1) - timedelta(days=1) for month in range(1, 12)]
    for end in [*ends, date(2021, 12, 31), date(2022, 1, 31), date(2022, 2, 28), ON]:
        for item in ledger.items(edition.city, edition, end):
            row = item.row
            rounds = Closing.objects.filter(commitment=row, closed_on__lte=end)
            is_closed = any(one.reopened_on is None or one.reopened_on > end for one in rounds)
            opened = max(
                (one.reopened_on for one in rounds if one.reopened_on and one.reopened_on <= end), default=None
            )
            done = row.judged == spine.State.DONE and not (opened and row.judged_on and row.judged_on < opened)
            spared = row.coordination or row.kind == spine.Kind.RECOGNITION
            if item.due and item.due < end and not (is_closed or done or item.paused or spared):
                told[row.lead] += 1
    return told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_item_months_are_those_of_the_ledger_judged_month_by_month(plan: Edition, seed: int) -> None:
    _lived(plan, seed)
    counted = {office: account.counted.overdue for office, account in accounts(plan, ON).items()}
    slow = _slowly(plan)
    assert sum(slow.values()) > 20, "there is something to count"
    assert counted == {office: slow[office] for office in OFFICES}


def _asked(plan: Edition) -> Period:
    """A period with an answer in time, one late, one that never came, and two that nobody counts."""
    period = Period.objects.create(edition=plan, on=date(2021, 8, 31), reply_by=date(2021, 9, 6), opened_by="督查甲")
    rows = list(Commitment.objects.filter(edition=plan, lead="JJ"))
    days = {0: (2021, 9, 6, 23), 1: (2021, 9, 7, 0), 3: (2021, 9, 8, 9), 4: (2021, 9, 9, 9)}
    for at, row in enumerate([*rows, *rows][:5]):
        owed = {"division": "990121"} if at == 4 else {"office": "JJ" if at != 3 else "XQ"}
        why = "offered" if at == 3 else "due"
        call = Call.objects.create(period=period, commitment=row, why=why, **owed)
        if at in days:
            Report.objects.create(call=call, stage="returned", by="基教壬", by_login="jijiaolian")
            Report.objects.filter(call=call).update(at=datetime(*days[at], tzinfo=ZoneInfo("Asia/Shanghai")))
            Report.objects.create(call=call, by="基教壬", by_login="jijiaolian")  # the correction, much later
    return period


def test_the_first_answer_is_late_or_not_and_a_correction_never_is(plan: Edition) -> None:
    _asked(plan)
    told = accounts(plan, ON)
    assert [one.answered for one in told["JJ"].late] == [date(2021, 9, 7), None]
    assert told["XQ"].late == [], "nobody asked for it"
    assert accounts(plan, date(2021, 9, 6))["JJ"].late == []


def test_while_it_is_off_nothing_is_counted_and_the_page_says_who_switches_it_on(plan: Edition, enter: Enter) -> None:
    page = enter("ducha").get(PAGE).content.decode()
    assert "计分没有开启" in page
    assert "须由局领导批准" in page
    assert "/escalations/rules/" in page
    assert "<table" not in page
    with witness.refused("escalations.establish", "计分没有开启"):
        actions.establish(
            DUCHA, plan, Found("JJ", "false", TODAY, "甲副局长", "伪造数据（演示）", scan=("认.pdf", PDF))
        )


@pytest.mark.parametrize("login", ["jijiao", "jijiaolian", "xianqu", "chayue"])
def test_sections_and_counties_do_not_see_it(plan: Edition, enter: Enter, login: str) -> None:
    actions.switch(DUCHA, plan.city, SCORES)
    answer = enter(login).get(PAGE)
    assert (answer.status_code, "由督查室、分管局领导办理" in answer.content.decode()) == (403, True)
    assert "/escalations/marks/" not in enter(login).get("/escalations/").content.decode()


def test_each_number_leads_to_what_it_counts_and_no_place_is_told_unless_approved(plan: Edition, enter: Enter) -> None:
    _lived(plan, 1)
    _asked(plan)
    actions.switch(DUCHA, plan.city, SCORES)
    found = Found("JJ", "false", date(2021, 10, 8), "甲副局长", "班额表与学籍不符（演示）", "2.1", ("认.pdf", PDF))
    with witness.done("escalations.establish"):
        made = actions.establish(DUCHA, plan, found)
    client = enter("ducha")
    assert "/escalations/marks/" in client.get("/escalations/").content.decode()
    counted = accounts(plan, ON)["JJ"]
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"{PAGE}&office=JJ").content.decode()
    assert len(asked) <= 12, len(asked)
    assert f">{counted.counted.overdue}</a>" in page
    for one in counted.overdue:
        assert f"/items/{one.id}/" in page
        assert in_runs(one.ends) in page
    assert all(f"/calls/{one.call}/" in page for one in counted.late)
    assert "班额表与学籍不符（演示）" in page
    assert "一票否决" in page
    assert "产品默认值，未核" in page
    assert "排名没有开启" in page
    order = [page.index(f">{name}</a></th>") for name in ("学前教育科", "基础教育科", "人事科")]
    assert order == sorted(order), "protocol order"
    sent = {"act": "take_away", "established": made.pk, "words": "复查相符"}
    assert client.post("/escalations/marks/act/?on=2022-03-31", sent).status_code == 302
    assert "一票否决</small>" not in client.get(PAGE).content.decode()
    assert Established.objects.get().reason == "班额表与学籍不符（演示）", "what was established stays to be read"


def test_months_that_follow_one_another_are_one_run() -> None:
    ends = [
        date(2021, 7, 31),
        date(2021, 8, 31),
        date(2021, 9, 30),
        date(2021, 12, 31),
        date(2022, 2, 28),
        date(2022, 3, 31),
    ]
    assert in_runs(ends) == "2021-07 至 2021-09、2021-12、2022-02 至 2022-03"
    assert in_runs([]) == ""


@pytest.mark.parametrize(("shown", "places"), [("all", 3), ("ends", 3), ("none", 0)])
def test_the_ranking_is_told_as_the_approval_says(plan: Edition, enter: Enter, shown: str, places: int) -> None:
    actions.switch(DUCHA, plan.city, SCORES)
    actions.switch(DUCHA, plan.city, replace(SCORES, what="ranking", shown=shown))
    page = enter("fenguan").get(PAGE).content.decode()
    assert page.count('data-l="名次"') == places
    assert ("批准的方式是不排名" in page) == (shown == "none")


@pytest.mark.parametrize(
    ("changed", "saying"),
    [
        ({"what": "late"}, "没有“late”这一项"),
        ({"office": "ZZ"}, "没有“ZZ”这个科室"),
        ({"approver": "基教丁"}, "不是局领导"),
        ({"scan": None}, "没有附批准件"),
        ({"reason": " "}, "没有写事实和依据"),
        ({"number": "99.9"}, "没有编号“99.9”的事项"),
        ({"on": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_a_finding_that_cannot_be_is_refused(plan: Edition, changed: dict[str, object], saying: str) -> None:
    actions.switch(DUCHA, plan.city, SCORES)
    good = Found("JJ", "false", TODAY, "甲副局长", "伪造数据（演示）", "2.1", ("认.pdf", PDF))
    with witness.refused("escalations.establish", saying):
        actions.establish(DUCHA, plan, replace(good, **changed))


def test_only_a_leader_s_finding_counts_and_only_with_a_reason_it_is_taken_away(plan: Edition) -> None:
    actions.switch(DUCHA, plan.city, SCORES)
    good = Found("JJ", "change", TODAY, "甲副局长", "改了时限（演示）", scan=("认.pdf", PDF))
    with witness.refused("escalations.establish", "没有这项权限"):
        actions.establish(actor("jijiao"), plan, good)
    made = actions.establish(DUCHA, plan, good)
    with witness.refused("escalations.take_away", "没有写理由"):
        actions.take_away(DUCHA, made.pk, " ")
    with witness.done("escalations.take_away"):
        actions.take_away(DUCHA, made.pk, "复查")
    with witness.refused("escalations.take_away", "已经撤销"):
        actions.take_away(DUCHA, made.pk, "再撤")


def test_wrong_input_is_refused_calmly(plan: Edition, enter: Enter) -> None:
    actions.switch(DUCHA, plan.city, SCORES)
    client = enter("ducha")
    assert client.get("/escalations/marks/act/").status_code == 302
    assert client.post("/escalations/marks/act/", {"act": "establish", "on": "x"}).status_code == 409
    assert client.post("/escalations/marks/act/", {"act": "take_away", "established": "x"}).status_code == 409
    assert client.get("/escalations/marks/?office=nobody&plan=x&on=y").status_code == 200
