"""草拟 → 征求意见 → 审定 → 印发, and 变更 afterwards: what was approved is what is issued, and the original stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from luoshi.bureau.files.models import File
from luoshi.bureau.handouts.actions import Paper, approve, consult, issue, reopen
from luoshi.bureau.ledger.actions import Verdict, confirm, judge
from luoshi.bureau.ledger.actions.amending import Cell, amend, ask_change, decide_change
from luoshi.bureau.ledger.cells import cells, known_of
from luoshi.bureau.ledger.models import Breakdown, Change, Commitment
from luoshi.bureau.plans.models import Proposal
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import FOLDER, actor, issued

DUCHA, SOON = actor("ducha"), date(2021, 3, 20)
DAY = date(2021, 3, 1)


@pytest.fixture
def drafted(proposals: dict[str, Proposal]) -> Breakdown:
    """Three items of two leaders."""
    for number in ("1.1", "2.1", "3.1"):
        confirm(DUCHA, proposals[number].pk, 1)
    return Breakdown.objects.get()


def _now(breakdown: Breakdown) -> int:
    breakdown.refresh_from_db()
    return breakdown.version


def _approved(breakdown: Breakdown) -> None:
    for leader in ("甲副局长", "乙副局长"):
        approve(DUCHA, breakdown.pk, _now(breakdown), leader, DAY, "同意（纸质件存卷）")


def test_the_way_leads_from_a_draft_to_the_board(drafted: Breakdown) -> None:
    with witness.done("ledger.consult"):
        consult(DUCHA, drafted.pk, drafted.version, SOON)
    with witness.done("ledger.approve"):
        approve(DUCHA, drafted.pk, _now(drafted), "甲副局长", DAY, "同意")
    assert drafted.stage == "consulting"
    approve(actor("fenguan"), drafted.pk, _now(drafted), "乙副局长", DAY, "同意")
    assert (_now(drafted), drafted.stage) == (4, "approved")
    with witness.done("ledger.issue"):
        issue(DUCHA, drafted.pk, drafted.version, "星教〔2021〕8号", DAY)
    drafted.refresh_from_db()
    assert (drafted.stage, drafted.document_number, drafted.reply_by) == ("issued", "星教〔2021〕8号", SOON)


def test_a_leader_approves_only_what_is_in_his_charge(drafted: Breakdown) -> None:
    with witness.refused("ledger.approve", "甲副局长分管"):
        approve(actor("fenguan"), drafted.pk, drafted.version, "甲副局长", DAY, "同意")


def test_what_changed_after_the_approval_is_approved_again(drafted: Breakdown) -> None:
    approve(DUCHA, drafted.pk, drafted.version, "乙副局长", DAY, "同意")
    row = Commitment.objects.get(number="2.1")
    amend(DUCHA, row.pk, {"due": Cell("2021-10-31")})
    approve(DUCHA, drafted.pk, _now(drafted), "甲副局长", DAY, "同意")
    assert (_now(drafted), drafted.stage) == (3, "drafting")
    approve(DUCHA, drafted.pk, drafted.version, "乙副局长", DAY, "同意")
    assert (_now(drafted), drafted.stage) == (4, "approved")


def test_an_approved_breakdown_is_not_touched_until_it_is_sent_back(drafted: Breakdown) -> None:
    _approved(drafted)
    row = Commitment.objects.get(number="2.1")
    with witness.refused("ledger.amend", "已审定"):
        amend(DUCHA, row.pk, {"due": Cell("2021-10-31")})
    with witness.done("ledger.reopen"):
        reopen(DUCHA, drafted.pk, _now(drafted), "改时限")
    amend(DUCHA, row.pk, {"due": Cell("2021-10-31")})
    assert not drafted.approvals.filter(void=False).exists()


@pytest.mark.parametrize(
    ("number", "on", "saying"),
    [
        ("", DAY, "没有写文号"),
        ("星教〔2021〕8号", None, "没有写文号或印发日期"),
        ("星教〔2021〕8号", timezone.localdate() + timedelta(1), "还没有到"),
    ],
)
def test_nothing_is_issued_without_number_and_day(
    drafted: Breakdown, number: str, on: date | None, saying: str
) -> None:
    _approved(drafted)
    with witness.refused("ledger.issue", saying):
        issue(DUCHA, drafted.pk, _now(drafted), number, on)


def test_a_draft_is_not_issued_and_an_old_page_is_told(drafted: Breakdown) -> None:
    with pytest.raises(RefusedError, match="不能印发"):
        issue(DUCHA, drafted.pk, drafted.version, "8号", DAY)
    consult(DUCHA, drafted.pk, drafted.version, SOON)
    with pytest.raises(RefusedError, match="别人刚刚办理过"):
        consult(actor("ducha2"), drafted.pk, drafted.version, SOON)


def test_an_item_without_leader_is_told_before_comments_are_asked(drafted: Breakdown) -> None:
    row = Commitment.objects.get(number="2.1")
    amend(DUCHA, row.pk, {"leader": Cell("")})
    with pytest.raises(RefusedError) as refusal:
        consult(DUCHA, drafted.pk, drafted.version, SOON)
    assert [finding.where[:3] for finding in refusal.value.findings] == ["2.1"]


def test_only_what_is_issued_is_judged(drafted: Breakdown) -> None:
    row = Commitment.objects.get(number="2.1")
    verdict = Verdict("self", FOLDER.opens, "已核", State.DONE, "表", "")
    with witness.refused("ledger.self"):
        judge(actor("jijiao"), row.pk, row.version, verdict)
    issued(drafted.edition_id)
    judge(actor("jijiao"), row.pk, row.version, verdict)


def test_a_target_changes_by_consent_and_the_original_stays(drafted: Breakdown) -> None:
    issued(drafted.edition_id)
    row = Commitment.objects.get(number="2.1")
    was = cells(row, known_of(row.edition.city))["target"]
    with witness.refused("ledger.amend", "已印发"):
        amend(DUCHA, row.pk, {"target": Cell("≤3%")})
    with witness.done("ledger.ask_change"):
        change = ask_change(actor("jijiao"), row.pk, row.version, "target", "≤3%", "学位缓建")
    row.refresh_from_db()
    assert row.targets.get().value == Decimal("2.5")
    with witness.done("ledger.decide_change"):
        decide_change(actor("fenguan"), change.pk, approved=True, on=DAY, words="同意变更")
    target = row.targets.get()
    assert (target.value, target.read_as["value"]) == (Decimal(3), "2.500000")
    change.refresh_from_db()
    assert (change.was, change.becomes, change.state) == (was, "≤3%", "approved")


def test_a_declined_change_changes_nothing(drafted: Breakdown) -> None:
    issued(drafted.edition_id)
    row = Commitment.objects.get(number="2.1")
    change = ask_change(actor("jijiao"), row.pk, row.version, "due", "2022-06-30", "缓建")
    decide_change(actor("fenguan"), change.pk, approved=False, on=DAY, words="不同意")
    due = row.due
    row.refresh_from_db()
    assert row.due == due
    with pytest.raises(RefusedError):
        decide_change(actor("fenguan"), change.pk, approved=True, on=DAY, words="改主意")
    assert Change.objects.get().state == "declined"


def test_a_second_confirmation_after_the_issue_is_a_new_batch(
    drafted: Breakdown, proposals: dict[str, Proposal]
) -> None:
    issued(drafted.edition_id)
    confirm(DUCHA, proposals["2.2"].pk, 1)
    assert list(Breakdown.objects.values_list("place", "stage")) == [(1, "issued"), (2, "drafting")]
    assert Commitment.objects.get(number="2.2").breakdown.place == 2


def test_a_scan_is_shown_to_the_bureau_and_to_nobody_else(drafted: Breakdown, enter: Enter) -> None:
    paper = Paper("审签单.pdf", PDF)
    approve(DUCHA, drafted.pk, drafted.version, "甲副局长", DAY, "同意（附扫描件）", paper)
    kept = File.objects.get()
    answer = enter("ducha").get(f"/scans/{kept.digest}/")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert "审签单.pdf" in enter("ducha").get(f"/plans/{drafted.edition_id}/breakdown/").content.decode()
    assert enter("xianqu").get(f"/scans/{kept.digest}/").status_code == 403
    assert enter("ducha").get("/scans/0000/").status_code == 404


def test_what_is_no_scan_is_not_kept_as_one(drafted: Breakdown) -> None:
    with witness.refused("ledger.approve", "这不是扫描件"):
        approve(DUCHA, drafted.pk, drafted.version, "甲副局长", DAY, "同意", Paper("甲.exe", b"MZ"))
