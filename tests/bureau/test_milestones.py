"""节点: set by the lead office or 督查室, reached once and with something that shows it; each is an act of the journal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm, reach_milestone, set_milestone, undo
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
DUE, DONE = date(2021, 6, 30), date(2021, 6, 20)


@pytest.fixture
def row(edition: Edition) -> Commitment:
    first = Proposal.objects.filter(edition=edition).first()
    assert first is not None
    return confirm(actor("ducha"), first.pk, first.version)


def _set(row: Commitment, name: str = "印发方案", due: date | None = DUE, who: str = "ducha") -> Milestone:
    row.refresh_from_db()
    return set_milestone(actor(who), row.pk, row.version, name, due)


def _reach(step: Milestone, done: date | None = DONE, shown: str = "星教〔2021〕5号", who: str = "ducha") -> Milestone:
    step.commitment.refresh_from_db()
    return reach_milestone(actor(who), step.pk, step.commitment.version, done, shown)


def test_a_milestone_is_set_and_reached_and_both_are_entered(row: Commitment) -> None:
    before = Entry.objects.count()
    step = _set(row)
    assert (step.name, step.due, step.done) == ("印发方案", DUE, None)
    assert _reach(step).done == DONE
    entries = Entry.objects.order_by("number")[before:]
    assert [(one.action, one.outcome) for one in entries] == [("ledger.milestone", "done"), ("ledger.reach", "done")]
    assert entries[1].reason == "星教〔2021〕5号"


@pytest.mark.parametrize(("name", "due"), [("", DUE), ("  ", DUE), ("印发方案", None)])
def test_a_milestone_without_name_or_day_is_refused(row: Commitment, name: str, due: date | None) -> None:
    with pytest.raises(RefusedError, match="节点没有写全"):
        _set(row, name, due)
    assert not Milestone.objects.exists()
    assert Entry.objects.latest("number").outcome == "refused"


def test_a_name_stands_once_in_a_commitment(row: Commitment) -> None:
    _set(row)
    with pytest.raises(RefusedError, match="已有节点"):
        _set(row)


@pytest.mark.parametrize(("done", "shown"), [(None, "星教〔2021〕5号"), (DONE, " ")])
def test_nothing_is_reached_without_a_day_and_evidence(row: Commitment, done: date | None, shown: str) -> None:
    step = _set(row)
    with pytest.raises(RefusedError, match="没有写完成日期或佐证材料"):
        _reach(step, done, shown)
    step.refresh_from_db()
    assert step.done is None


def test_a_milestone_is_reached_once(row: Commitment) -> None:
    step = _reach(_set(row))
    with pytest.raises(RefusedError, match="已于 2021-06-20 完成"):
        _reach(step)


@pytest.mark.parametrize("who", ["fenguan", "xianqu", "chayue"])
def test_others_may_not(row: Commitment, who: str) -> None:
    with pytest.raises(RefusedError, match="没有这项权限"):
        _set(row, who=who)


def test_whoever_saw_an_older_page_is_told(row: Commitment) -> None:
    _set(row)
    with pytest.raises(RefusedError, match="别人刚刚办理过"):
        set_milestone(actor("ducha"), row.pk, row.version, "另一节点", DUE)


def test_a_refusal_leaves_nothing_but_its_entry(row: Commitment) -> None:
    rest = witness.everything_else()
    with pytest.raises(RefusedError):
        reach_milestone(actor("ducha"), 10**9, 1, DONE, "x")
    assert witness.everything_else() == rest


def test_the_page_sets_and_reaches(row: Commitment, enter: Enter) -> None:
    browser = enter("ducha")
    row.refresh_from_db()
    sent = browser.post(f"/items/{row.pk}/milestone/", {"version": row.version, "name": "开工", "day": "2021-05-01"})
    assert sent.status_code == 302
    shown = browser.get(f"/items/{row.pk}/").content.decode()
    assert "开工" in shown
    step = Milestone.objects.get(name="开工")
    row.refresh_from_db()
    reached = {"version": row.version, "reached": step.pk, "day": "2021-04-28", "shown": "开工令"}
    assert browser.post(f"/items/{row.pk}/milestone/", reached).status_code == 302
    assert "开工 已完成" in browser.get(f"/items/{row.pk}/").content.decode()


@pytest.mark.parametrize("day", ["", "昨天", "2021-13-01"])
def test_a_wrong_day_is_said_on_the_page(row: Commitment, enter: Enter, day: str) -> None:
    sent = enter("ducha").post(f"/items/{row.pk}/milestone/", {"version": "1", "name": "开工", "day": day})
    assert sent.status_code == 409
    assert "处理" in sent.content.decode()


def test_days_out_of_range_are_refused(row: Commitment) -> None:
    with pytest.raises(RefusedError, match="检查年份"):
        set_milestone(actor("ducha"), row.pk, row.version, "开工", date(210, 5, 1))
    step = _set(row)
    row.refresh_from_db()
    with pytest.raises(RefusedError, match="还没有到"):
        reach_milestone(actor("ducha"), step.pk, row.version, timezone.localdate() + timedelta(days=1), "开工令")


def test_an_item_with_milestones_does_not_leave_the_ledger(row: Commitment) -> None:
    _set(row)
    row.refresh_from_db()
    quote = row.quotes.get()
    with pytest.raises(RefusedError, match="已设时间节点"):
        undo(actor("ducha"), quote.proposal_id, Proposal.objects.get(pk=quote.proposal_id).version)
