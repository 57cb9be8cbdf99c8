"""Working items on their pages: counties divided, a pause that goes its way, a staircase climbed, and no more queries than before."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.ledger.actions import (
    Cell,
    PauseVerdict,
    PauseWanted,
    amend,
    ask_pause,
    confirm,
    decide_pause,
    share,
)
from luoshi.bureau.ledger.agreed import pauses
from luoshi.bureau.ledger.models import Commitment, Milestone, Pause
from luoshi.bureau.ledger.models import Share as Row
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.tracking import Share
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.scans import PNG
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
DOUCHENG, JIAOYANG = "990102", "990121"


@pytest.fixture
def rows(edition: Edition, proposals: dict[str, Proposal]) -> dict[str, Commitment]:
    """Every item of the plan, issued, by its number."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    xingzhou.issued(edition.pk)
    return {row.number: row for row in Commitment.objects.filter(edition=edition)}


@pytest.fixture
def built(rows: dict[str, Commitment]) -> Commitment:
    """新建公办幼儿园26所, led by 学前教育科."""
    return next(row for row in rows.values() if "幼儿园26所" in row.title)


def _rule(rows: dict[str, Commitment]) -> Commitment:
    return next(row for row in rows.values() if row.kind == "document")


def _target(row: Commitment) -> int:
    return row.targets.get(value=26).pk


def _now(row: Commitment) -> Commitment:
    row.refresh_from_db()
    return row


def _share(row: Commitment) -> None:
    told = [Share(DOUCHENG, Decimal(16)), Share(JIAOYANG, Decimal(10))]
    share(actor("xueqian"), _target(row), _now(row).version, told)


def _paused(row: Commitment) -> None:
    wanted = PauseWanted(date(2021, 6, 1), date(2021, 8, 31), "汛期停工", extends=True)
    pause = ask_pause(actor("xueqian"), row.pk, _now(row).version, wanted)
    verdict = PauseVerdict(approved=True, on=date(2021, 5, 28), words="同意", scan=("批件.png", PNG))
    decide_pause(actor("ducha"), pause.pk, verdict)


def test_a_worked_item_and_its_board_ask_no_more_than_twelve_queries(built: Commitment, enter: Enter) -> None:
    _share(built)
    _paused(built)
    browser = enter("ducha")
    for page in ("/?on=2021-07-01", f"/items/{built.pk}/?on=2021-07-01"):
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(page).content.decode()
        assert len(asked.captured_queries) <= 12, page
        assert "暂缓（经批准）" in shown


def test_counties_are_divided_on_a_page_evenly_by_column_and_by_hand(built: Commitment, enter: Enter) -> None:
    browser, page = enter("xueqian"), f"/items/{built.pk}/shares/"
    sent = {"version": built.version, "target": _target(built)}
    even = browser.post(page, {**sent, "act": "even"}).content.decode()
    assert even.count('value="13"') == 2
    pasted = browser.post(page, {**sent, "act": "column", "column": "斗城区\t16\n角阳县\t10\n"}).content.decode()
    assert 'value="16"' in pasted
    short = browser.post(page, {**sent, "act": "column", "column": "16\n"})
    assert (short.status_code, "粘贴了 1 行，共 2 个单位" in short.content.decode()) == (409, True)
    assert not Row.objects.exists()
    typed = {f"value-{DOUCHENG}": "16", f"value-{JIAOYANG}": "9", f"words-{DOUCHENG}": "斗城区教育局"}
    less = browser.post(page, {**sent, **typed, "act": "share"})
    assert (less.status_code, "少 1 所" in less.content.decode()) == (409, True)
    kept = browser.post(page, {**sent, **typed, "act": "share", "why": "市直承担一所"})
    assert kept.status_code == 302
    shown = browser.get(f"/items/{built.pk}/").content.decode()
    assert "市直承担一所" in shown
    assert "斗城区教育局" in shown
    wrong = browser.post(page, {**sent, f"value-{DOUCHENG}": "十六", "act": "share"})
    assert (wrong.status_code, "不是数字" in wrong.content.decode()) == (409, True)


def test_a_pause_goes_its_way_on_the_page_of_the_item(built: Commitment, enter: Enter) -> None:
    page, section, office = f"/items/{built.pk}/working/", enter("xueqian"), enter("ducha")
    asked = {"act": "pause_ask", "begun": "2021-06-01", "until": "2021-08-31", "extends": "yes", "reason": "汛期停工"}
    assert section.post(page, {**asked, "version": built.version}).status_code == 302
    pause = Pause.objects.get()
    decision = {"act": "pause_decide", "pause": pause.pk, "approved": "yes", "on": "2021-05-28", "reason": "同意"}
    decision_refused = office.post(page, decision)
    assert (decision_refused.status_code, "没有附扫描件" in decision_refused.content.decode()) == (409, True)
    with io.BytesIO(PNG) as scan:
        scan.name = "批件.png"
        assert office.post(page, {**decision, "scan": scan}).status_code == 302
    shown = office.get(f"/items/{built.pk}/?on=2021-07-01").content.decode()
    assert "经批准顺延至 2022-04-02" in shown
    digest = pauses(_now(built))[0].scan
    assert office.get(f"/scans/{digest}/").content == PNG
    assert (
        section.post(page, {"act": "resume", "pause": pause.pk, "on": "2021-08-01", "reason": "复工"}).status_code
        == 302
    )
    assert section.post(page, {"act": "nothing", "version": 1}).status_code == 409
    assert section.get(page).status_code == 302


def test_a_staircase_is_climbed_with_one_click_and_told_beside_the_time(
    rows: dict[str, Commitment], enter: Enter
) -> None:
    row, browser = _now(_rule(rows)), enter("xueqian")
    shown = browser.get(f"/items/{row.pk}/?on=2021-03-01").content.decode()
    assert "按阶梯设节点：制发文件" in shown
    sent = {"act": "staircase", "staircase": "document", "start": "2021-03-01", "version": row.version}
    assert browser.post(f"/items/{row.pk}/working/", sent).status_code == 302
    first = Milestone.objects.filter(commitment=row).first()
    assert first is not None
    Milestone.objects.filter(name__in=["起草", "征求意见"]).update(done=date(2021, 4, 1))
    told = browser.get(f"/items/{row.pk}/?on=2021-12-01").content.decode()
    assert "节点完成 50 %" in told
    assert "节点慢于时间" in told
    assert "只作提示，不是数据状态" in told


def test_a_mark_and_a_partner_s_duty_stand_on_the_page(built: Commitment, enter: Enter) -> None:
    browser, page = enter("ducha"), f"/items/{built.pk}/working/"
    marked = {"act": "coordinate", "marked": "yes", "reason": "用地由自然资源部门审批", "version": built.version}
    assert browser.post(page, marked).status_code == 302
    amend(actor("ducha"), built.pk, {"partners": Cell("人事科")}, _now(built).version)
    duty = {"act": "owe", "duty-RS": "8月底前配齐教师", "version": _now(built).version}
    assert browser.post(page, duty).status_code == 302
    shown = browser.get(f"/items/{built.pk}/").content.decode()
    for words in ("用地由自然资源部门审批", "请写明需协调解决的问题", "8月底前配齐教师", "配合科室按 50 % 计"):
        assert words in shown
    assert "协调事项" in browser.get("/").content.decode()
