"""Papers out and back: what went out is kept, what comes back lands cell by cell or waits for a person."""

from datetime import date

import pytest

from luoshi.bureau.handouts.actions import Terms, answer, approve, consult, hand_out, land, take_back
from luoshi.bureau.handouts.models import Handback, Handout, Remark
from luoshi.bureau.handouts.printing import printed
from luoshi.bureau.handouts.queries import returned
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.cells import cells, known_of
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.plans.models import Proposal
from luoshi.reading import handbacks
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor, issued

DUCHA = actor("ducha")
COLUMNS = ("title", "target", "lead", "due", "progress", "trouble", "evidence_wanted")


@pytest.fixture
def rows(proposals: dict[str, Proposal]) -> dict[str, Commitment]:
    """Three items, drafted."""
    for number in ("1.1", "2.1", "3.1"):
        confirm(DUCHA, proposals[number].pk, 1)
    return {row.number: row for row in Commitment.objects.all()}


def _out(rows: dict[str, Commitment], purpose: str, role: str = "section", office: str = "JJ") -> Handout:
    edition = next(iter(rows.values())).edition
    terms = Terms("xlsx", purpose, COLUMNS, "基础教育科", role, office)
    return hand_out(DUCHA, edition, list(rows.values()), known_of(edition.city), terms, Breakdown.objects.get())


def _back(paper: Handout, typed: dict[str, dict[str, str]], *, who: Actor = DUCHA, **comments: str) -> Handback:
    told = handbacks.Handback(
        paper.code, "xlsx", typed, {one.replace("_", "-"): said for one, said in comments.items()}
    )
    content = repr((typed, comments)).encode()
    return take_back(who, paper, "返回.xlsx", content, told, "基础教育科 王")


def _number(rows: dict[str, Commitment], which: str) -> str:
    return cells(rows[which], known_of(rows[which].edition.city))["number"]


def test_what_went_out_is_kept_under_its_code(rows: dict[str, Commitment]) -> None:
    with witness.done("handouts.send"):
        paper = _out(rows, "edit")
    assert paper.code.startswith("LS-")
    assert set(paper.rows) == {str(row.pk) for row in rows.values()}
    assert paper.rows[str(rows["2.1"].pk)]["title"] == rows["2.1"].title


def test_permitted_cells_land_and_forbidden_ones_do_not(rows: dict[str, Commitment]) -> None:
    issued(rows["1.1"].edition_id)
    paper = _out(rows, "edit")
    mine, other = _number(rows, "2.1"), _number(rows, "1.1")
    with witness.done("handouts.take_back"):
        back = _back(
            paper,
            {
                mine: {"progress": "已开工3所", "title": "改了标题", "target": "≤5%"},
                other: {"progress": "不是我的"},
            },
        )
    assert Commitment.objects.get(number="2.1").progress == ""
    landed = land(DUCHA, back)
    assert (landed.landed, landed.conflicts, landed.unread) == (1, 0, 0)
    row = Commitment.objects.get(number="2.1")
    assert (row.progress, row.title) == ("已开工3所", rows["2.1"].title)
    assert Commitment.objects.get(number="1.1").progress == ""
    barred = back.remarks.filter(decision=Remark.Decision.BARRED)
    assert sorted(remark.column for remark in barred) == ["progress", "target", "title"]
    assert all(remark.answer for remark in barred)


def test_a_cell_changed_meanwhile_waits_for_a_person(rows: dict[str, Commitment]) -> None:
    paper = _out(rows, "edit")
    amend(actor("jijiao"), rows["2.1"].pk, {"progress": Cell("网页上写的")})
    back = _back(paper, {_number(rows, "2.1"): {"progress": "表里写的", "trouble": "缺地"}})
    landed = land(DUCHA, back)
    assert (landed.landed, landed.conflicts) == (1, 1)
    (conflict,) = [one for one in returned(back, known_of(rows["2.1"].edition.city)) if one.conflict]
    assert (conflict.remark.was, conflict.remark.told, conflict.now) == ("", "表里写的", "网页上写的")
    with witness.done("handouts.answer"):
        answer(DUCHA, conflict.remark.pk, "declined", "以网页为准")
    assert Commitment.objects.get(number="2.1").progress == "网页上写的"


def test_an_unchanged_paper_changes_nothing_and_is_taken_once(rows: dict[str, Commitment]) -> None:
    paper = _out(rows, "edit")
    same = {row["number"]: {key: f" {value}" for key, value in row.items()} for row in paper.rows.values()}
    back = _back(paper, same)
    assert back.remarks.count() == 0
    with witness.refused("handouts.take_back", "已经收过"):
        _back(paper, same)


def test_every_comment_is_answered_before_a_leader_approves(rows: dict[str, Commitment]) -> None:
    breakdown = Breakdown.objects.get()
    consult(DUCHA, breakdown.pk, breakdown.version, date(2021, 3, 20))
    breakdown.refresh_from_db()
    paper = _out(rows, "consult")
    number = _number(rows, "2.1")
    back = _back(paper, {number: {"due": "2021-10-31"}}, **{number.replace("-", "_"): "请改为10月底前"})
    assert back.remarks.count() == 2
    with pytest.raises(RefusedError, match="没有答复"):
        approve(DUCHA, breakdown.pk, breakdown.version, "乙副局长", date(2021, 3, 1), "同意")
    due, words = back.remarks.get(column="due"), back.remarks.get(column="")
    answer(DUCHA, due.pk, "adopted", "")
    answer(DUCHA, words.pk, "declined", "另行研究")
    assert Commitment.objects.get(number="2.1").due == date(2021, 10, 31)
    approve(DUCHA, breakdown.pk, breakdown.version, "乙副局长", date(2021, 3, 1), "同意")


def test_comments_do_not_land_by_themselves(rows: dict[str, Commitment]) -> None:
    back = _back(_out(rows, "consult"), {_number(rows, "2.1"): {"due": "2021-10-31"}})
    with witness.refused("handouts.land", "逐条答复"):
        land(DUCHA, back)


@pytest.mark.parametrize("login", ["fenguan", "xianqu", "chayue"])
def test_who_has_no_right_sends_and_takes_nothing(rows: dict[str, Commitment], login: str) -> None:
    edition = rows["1.1"].edition
    with pytest.raises(RefusedError):
        hand_out(
            actor(login), edition, list(rows.values()), known_of(edition.city), Terms("xlsx", "edit", COLUMNS), None
        )
    paper = _out(rows, "edit")
    with pytest.raises(RefusedError):
        _back(paper, {}, who=actor(login))


PHONE = "13800001234"


def _with_phone(rows: dict[str, Commitment], **more: str) -> Handout:
    row = rows["2.1"]
    row.phone = PHONE
    row.save(update_fields=["phone"])
    terms = Terms("xlsx", "edit", ("title", "contact", "phone"), "基础教育科", "section", "JJ", **more)
    return hand_out(DUCHA, row.edition, [row], known_of(row.edition.city), terms, None)


def test_telephone_numbers_go_out_masked(rows: dict[str, Commitment]) -> None:
    with witness.done("handouts.send"):
        paper = _with_phone(rows)
    (told,) = paper.rows.values()
    assert told["phone"] == "138****1234"
    assert PHONE.encode() not in printed(paper)


def test_whoever_writes_what_for_hands_them_out_whole_and_that_is_entered(rows: dict[str, Commitment]) -> None:
    paper = _with_phone(rows, whole="发给承办科室联络催办")
    (told,) = paper.rows.values()
    assert told["phone"] == PHONE
    entry = Entry.objects.get(action="people.unmask")
    assert (entry.actor, entry.reason) == ("ducha", "发给承办科室联络催办")
    assert PHONE not in entry.detail
    with pytest.raises(RefusedError, match="用途"):
        _with_phone(rows, whole="x")
    assert Handout.objects.count() == 1


def test_a_mask_that_comes_back_is_no_change_and_another_number_lands_masked_in_the_journal(
    rows: dict[str, Commitment],
) -> None:
    issued(rows["2.1"].edition_id)
    paper, number = _with_phone(rows), _number(rows, "2.1")
    assert not _back(paper, {number: {"phone": "138****1234"}}).remarks.exists()
    back = _back(paper, {number: {"phone": "13900005678"}})
    (one,) = returned(back, known_of(paper.edition.city))
    assert (one.now, one.conflict) == ("138****1234", False)
    assert land(DUCHA, back).landed == 1
    assert Commitment.objects.get(number="2.1").phone == "13900005678"
    entered = list(Entry.objects.filter(action="handouts.land").values_list("detail", flat=True))
    assert "139****5678" in "".join(entered)
    assert not any("13900005678" in one or PHONE in one for one in entered)


def test_a_number_that_somebody_changed_meanwhile_is_still_a_conflict(rows: dict[str, Commitment]) -> None:
    issued(rows["2.1"].edition_id)
    paper, number = _with_phone(rows), _number(rows, "2.1")
    row = Commitment.objects.get(number="2.1")
    row.phone = "13700009999"
    row.save(update_fields=["phone"])
    back = _back(paper, {number: {"phone": "13900005678"}})
    assert land(DUCHA, back).conflicts == 1
    assert Commitment.objects.get(number="2.1").phone == "13700009999"


def test_the_page_asks_what_numbers_are_needed_whole_for(rows: dict[str, Commitment], enter: Enter) -> None:
    _with_phone(rows)
    edition, sent = rows["2.1"].edition_id, {"purpose": "edit", "form": "xlsx", "office": "", "column": ["phone"]}
    assert "写明用途" in enter("ducha").get(f"/plans/{edition}/handouts/").content.decode()
    for whole, told in (("", "138****1234"), ("发给承办科室联络", PHONE)):
        assert enter("ducha").post(f"/plans/{edition}/handouts/send/", {**sent, "whole": whole}).status_code == 200
        assert told in {row["phone"] for row in Handout.objects.latest("pk").rows.values()}
