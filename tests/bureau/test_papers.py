"""Papers out and back: what went out is kept, what comes back lands cell by cell or waits for a person."""

from datetime import date

import pytest

from luoshi.bureau.handouts.actions import Terms, answer, approve, consult, hand_out, land, take_back
from luoshi.bureau.handouts.models import Handback, Handout, Remark
from luoshi.bureau.handouts.queries import returned
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.cells import cells, known_of
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.plans.models import Proposal
from luoshi.reading import handbacks
from luoshi.words.errors import RefusedError
from tests.bureau import witness
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
