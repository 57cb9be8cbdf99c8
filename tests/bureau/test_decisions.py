"""议定事项写回: a meeting's decisions become days and owners in one act, or nothing does; the original stays on record."""

from datetime import date

import pytest

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm, write_back
from luoshi.bureau.ledger.agreed import decided
from luoshi.bureau.ledger.models import Change, Commitment
from luoshi.bureau.ledger.resolutions import Decision, pasted
from luoshi.bureau.plans.actions import Origin, store_plan
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.words.provenance import digest
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
MINUTES = """演示数据（虚构）

星州市教育局局长办公会议纪要（摘要）

一、6月底前完成幼儿园选址。
"""


@pytest.fixture
def rows(edition: Edition, proposals: dict[str, Proposal]) -> dict[str, Commitment]:
    """Every item of the plan, issued, by its number."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    xingzhou.issued(edition.pk)
    return {row.number: row for row in Commitment.objects.filter(edition=edition)}


@pytest.fixture
def meeting(edition: Edition) -> Edition:
    """Registered minutes: number, day, abstract."""
    origin = Origin("minutes", "星教纪要〔2021〕3号（虚构）", date(2021, 3, 22), "bureau")
    read = xingzhou.plan(MINUTES)
    return store_plan(
        actor("ducha"), edition.city, read, file_name="纪要.txt", file_digest=digest(b"m"), form="txt", origin=origin
    )


def _of(row: Commitment, **told: str) -> Decision:
    row.refresh_from_db()
    return Decision(row.number, told.pop("words", "会议同意"), version=row.version, **told)


def test_days_and_owners_are_written_in_one_act_and_what_was_stays_on_record(edition, rows, meeting) -> None:
    first, second = rows["1.1"], rows["2.1"]
    told = [
        _of(first, due="2021-11-30", words="提前一个月"),
        _of(second, lead="人事科", words="改由人事科牵头"),
        Decision("新", "开展幼儿园选址回头看", "6月底前", "学前教育科"),
    ]
    with witness.done("ledger.decisions"):
        written = write_back(actor("ducha"), edition.pk, meeting.pk, told)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.due, second.lead) == (date(2021, 11, 30), "RS")
    assert {target.due for target in first.targets.all()} == {date(2021, 11, 30)}
    changes = list(Change.objects.order_by("id").values_list("column", "was", "becomes", "state", "decided_on"))
    assert changes[0] == ("due", "2021-12-31", "2021-11-30", "approved", date(2021, 3, 22))
    assert changes[1][:3] == ("lead", "基础教育科", "人事科")
    new = written[2]
    assert (new.due, new.lead, new.leader, new.source_number) == (
        date(2021, 6, 30),
        "XQ",
        "甲副局长",
        "星教纪要〔2021〕3号（虚构）",
    )
    assert new.breakdown.stage == "drafting"
    assert "提前一个月" in Entry.objects.latest("number").detail


def test_the_history_of_the_item_says_what_the_meeting_decided_to_section_and_county(
    edition, rows, meeting, enter: Enter
) -> None:
    write_back(actor("ducha"), edition.pk, meeting.pk, [_of(rows["1.1"], due="2021-11-30", words="内部讨论后提前")])
    rows["1.1"].refresh_from_db()
    (told,) = decided(rows["1.1"])
    assert told["what"] == "完成时限：2021-12-31 → 2021-11-30"
    page = f"/items/{rows['1.1'].pk}/"
    section, county = (enter(login).get(page).content.decode() for login in ("xueqian", "xianqu"))
    assert "完成时限：2021-12-31 → 2021-11-30" in section
    assert "完成时限：2021-12-31 → 2021-11-30" in county
    assert "内部讨论后提前" in section
    assert "内部讨论后提前" not in county  # the minutes are for the bureau only


@pytest.mark.parametrize(
    ("bad", "saying"),
    [
        (Decision("99.9", "会议同意", "2021-11-30"), "台账里没有"),
        (Decision("1.2", "会议同意", "2021-13-40", version=1), "不是日期"),
        (Decision("1.2", "会议同意", "", "没有的科", version=1), "没有“没有的科”这个科室"),
        (Decision("1.2", "会议同意", version=1), "没有变动"),
        (Decision("1.2", " ", "2021-11-30", version=1), "没有写议定内容"),
        (Decision("1.2", "会议同意", "2021-11-30", version=7), "别人刚刚办理过"),
        (Decision("1.2", "会议同意", "2021-11-30"), "别人刚刚办理过"),
        (Decision("1.1", "再议", "2021-10-30", version=1), "重复"),
        (Decision("新", "开展回头看", "2021-11-30"), "新任务没有牵头科室"),
        (Decision("新", "开展回头看", "", "学前教育科"), "新任务没有完成时限"),
        (Decision("", "看", "2021-11-30", "学前教育科"), "太短"),
    ],
)
def test_one_row_that_cannot_be_keeps_all_from_being_written(edition, rows, meeting, bad, saying) -> None:
    with witness.refused("ledger.decisions", saying):
        write_back(actor("ducha"), edition.pk, meeting.pk, [_of(rows["1.1"], due="2021-11-30"), bad])


def test_a_decision_needs_registered_minutes_and_the_supervision_office(edition, rows, meeting) -> None:
    told = [_of(rows["1.1"], due="2021-11-30")]
    with witness.refused("ledger.decisions", "没有选会议纪要"):
        write_back(actor("ducha"), edition.pk, edition.pk, told)
    with witness.refused("ledger.decisions", "没有这项权限"):
        write_back(actor("xueqian"), edition.pk, meeting.pk, told)
    with witness.refused("ledger.decisions", "没有写一行"):
        write_back(actor("ducha"), edition.pk, meeting.pk, [])


def test_pasted_rows_are_read_by_tab_or_bar() -> None:
    assert pasted("1.1\t提前完成\t6月底前\t\n\n新 | 开展回头看 | 2021-06-30 | 人事科\n") == [
        Decision("1.1", "提前完成", "6月底前", ""),
        Decision("新", "开展回头看", "2021-06-30", "人事科"),
    ]


def test_the_page_shows_before_and_after_and_then_writes_all(edition, rows, meeting, enter: Enter) -> None:
    browser, page = enter("ducha"), f"/plans/{edition.pk}/decisions/"
    assert "星教纪要〔2021〕3号" in browser.get(page).content.decode()
    sent = {"meeting": meeting.pk, "act": "check", "rows": "1.1\t提前完成\t2021-11-30\t人事科"}
    checked = browser.post(page, sent)
    shown = checked.content.decode()
    assert checked.status_code == 200
    assert "<del>2021-12-31</del> → <ins>2021-11-30</ins>" in shown
    assert "<del>学前教育科</del> → <ins>人事科</ins>" in shown
    rows["1.1"].refresh_from_db()
    row = {
        "row-number": "1.1",
        "row-words": "提前完成",
        "row-due": "2021-11-30",
        "row-lead": "人事科",
        "row-version": rows["1.1"].version,
    }
    with witness.done("ledger.decisions"):
        assert browser.post(page, {"meeting": meeting.pk, "act": "write", **row}).status_code == 302
    again = browser.post(page, {"meeting": meeting.pk, "act": "write", **row})
    assert again.status_code == 409
    assert "别人刚刚办理过这一项" in again.content.decode()


def test_a_person_without_the_right_is_told_so_on_the_page(edition, rows, meeting, enter: Enter) -> None:
    page = f"/plans/{edition.pk}/decisions/"
    assert "disabled" in enter("xueqian").get(page).content.decode()
    refused = enter("xueqian").post(page, {"meeting": meeting.pk, "act": "write", "rows": "1.1\t提前\t2021-11-30\t"})
    assert refused.status_code == 403
    assert Change.objects.count() == 0
