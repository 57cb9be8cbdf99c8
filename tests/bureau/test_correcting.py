"""退回更正: a verified answer goes back while its period is open, and what was verified stays known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.reports import actions, queries
from luoshi.bureau.reports.actions import Filled, Sum, Verified
from luoshi.bureau.reports.models import Amount, Call, Period, Report
from luoshi.spine import State
from luoshi.words.calendars import national
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor, issued

ON = date(2021, 9, 30)
DUCHA, JIJIAO = actor("ducha"), actor("jijiao")
WORDS = Filled("已建成投用18所。", State.ON_COURSE)


@pytest.fixture
def verified(proposals: dict[str, Proposal]) -> Report:
    """September's answer about large classes, verified at 2.3 %."""
    row = confirm(DUCHA, proposals["2.1"].pk, 1)
    Commitment.objects.filter(pk=row.pk).update(due=date(2021, 10, 20))
    issued(row.edition_id)
    items = ledger.items(row.edition.city, row.edition, ON)
    period = actions.open_period(DUCHA, row.edition, ON, items, national())
    call = Call.objects.get(period=period, commitment=row)
    return _through(call, "2.3")


def _through(call: Call, value: str, replaces: int = 0, state: State = State.ON_COURSE) -> Report:
    """Filled in by the head of the section, signed, verified."""
    target = call.commitment.targets.get()
    filled = replace(WORDS, words=f"现为{value}%。", sums={target.pk: Sum(Decimal(value), ON, "学籍（当日）")})
    report = actions.file(JIJIAO, call.pk, filled, replaces=replaces)
    report = actions.sign(actor("fenguan"), report.pk, report.version, "同意")
    return actions.verify(DUCHA, report.pk, report.version, Verified("现场核过", state))


def _read(city: City, row_id: int, on: date) -> tuple[Decimal, str]:
    row = Commitment.objects.get(pk=row_id)
    item, _ = ledger.judged(city, row.edition, on, row)
    measurement = item.stood[0].status.measurement
    assert measurement is not None
    return measurement.value, measurement.standing.value


def test_what_was_verified_stays_known_until_the_corrected_one_is_verified(verified: Report, city: City) -> None:
    row, today = verified.call.commitment_id, timezone.localdate()
    before = Commitment.objects.filter(pk=row).values("judged", "judged_on", "progress", "claimed", "version").get()
    with witness.done("reports.correct"):
        back = actions.correct(DUCHA, verified.pk, verified.version, "漏报两个班")
    entry = Entry.objects.latest("number")
    assert entry.reason == "漏报两个班"
    assert "2.3%" in entry.detail
    assert (back.stage, queries.sent_back(back), queries.being_corrected(back)) == ("returned", "漏报两个班", True)
    assert Commitment.objects.filter(pk=row).values(*before).get() == before, "the ledger shows what was verified"
    assert _read(city, row, today) == (Decimal("2.3"), "verified")
    assert [unit.owed[0].call.pk for unit in queries.unanswered(verified.call.period)] == [verified.call_id]
    again = _through(verified.call, "2.6", back.pk, State.BEHIND)
    assert again.stage == "verified"
    assert _read(city, row, today) == (Decimal("2.6"), "verified")
    assert _read(city, row, date(2021, 10, 31)) == (Decimal("2.3"), "verified"), "as it was known then"
    assert Commitment.objects.get(pk=row).judged == "behind"
    assert list(Amount.objects.order_by("id").values_list("verified", flat=True)) == [Decimal("2.3"), Decimal("2.6")]
    assert list(Figure.objects.order_by("-id").values_list("known", flat=True)[:2]) == [today, ON]
    with witness.refused("reports.correct", "同一天只有一个核定数"):
        actions.correct(DUCHA, again.pk, again.version, "再更正")


def test_only_the_supervision_office_corrects_and_only_with_a_reason_in_the_open_period(verified: Report) -> None:
    pk, version = verified.pk, verified.version
    for who in ("jijiao", "fenguan", "jijiaolian", "xianqu", "chayue"):
        with witness.refused("reports.correct", "没有这项权限"):
            actions.correct(actor(who), pk, version, "有差错")
    with witness.refused("reports.correct", "没有写意见"):
        actions.correct(DUCHA, pk, version, " ")
    with witness.refused("reports.correct", "刚刚办理过"):
        actions.correct(DUCHA, pk, version - 1, "有差错")
    with witness.refused("reports.back", "不能退回修改"):
        actions.send_back(DUCHA, pk, version, "有差错")
    Period.objects.update(closed_at=timezone.now())
    with witness.refused("reports.correct", "已经结束"):
        actions.correct(DUCHA, pk, version, "有差错")


def test_what_is_not_verified_is_not_corrected(verified: Report) -> None:
    back = actions.correct(DUCHA, verified.pk, verified.version, "漏报两个班")
    with witness.refused("reports.correct", "不能退回更正"):
        actions.correct(DUCHA, back.pk, back.version, "再退一次")
    filed = actions.file(actor("jijiaolian"), verified.call_id, WORDS, replaces=back.pk)
    with witness.refused("reports.correct", "现在该科室负责人审核"):
        actions.correct(DUCHA, filed.pk, filed.version, "不经审核")


def test_the_page_has_the_button_and_says_why_another_may_not(verified: Report, enter: Enter) -> None:
    page = f"/calls/{verified.call_id}/"
    assert "由督查室办理" in enter("jijiao").get(page).content.decode()
    client = enter("ducha")
    told = client.get(page).content.decode()
    assert "<button>退回更正</button>" in told
    sent = {"step": "correct", "report": verified.pk, "version": verified.version, "words": "漏报两个班"}
    assert client.post(f"{page}step/", sent).status_code == 302
    told = enter("jijiao").get(page).content.decode()
    assert "漏报两个班" in told
    assert "更正核定以前，已核定的状态和数仍然有效。" in told
    assert 'id="words"' in told, "the form is open again"


def test_in_a_closed_period_the_button_says_so(verified: Report, enter: Enter) -> None:
    Period.objects.update(closed_at=timezone.now())
    told = enter("ducha").get(f"/calls/{verified.call_id}/").content.decode()
    assert "这一期已经结束，请在下一期更正。" in told
    assert '<button disabled aria-describedby="correct-why">退回更正</button>' in told
