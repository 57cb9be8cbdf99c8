"""拆分, 归并, 照原文添加: the plan's words are never changed, and every number finds its part."""

import pytest

from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger.actions.dividing import add, gather, split
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.xingzhou import actor

Proposals = dict[str, Proposal]
DUCHA = actor("ducha")


def _two(proposals: Proposals) -> tuple[Proposal, list[str]]:
    """A clause with a number, cut before what is counted."""
    one = proposals["3.1"]
    assert one.clause == "遴选市级骨干教师200名"
    return one, ["遴选市级", "骨干教师200名"]


def test_a_split_clause_becomes_its_stretches_and_each_number_goes_along(proposals: Proposals) -> None:
    one, pieces = _two(proposals)
    targets = one.targets.count()
    with witness.done("ledger.split"):
        parts = split(DUCHA, one.pk, one.version, pieces)
    one.refresh_from_db()
    assert one.decision == Proposal.Decision.SPLIT
    assert [part.clause for part in parts] == pieces
    assert [one.edition.text[part.start : part.end] for part in parts] == pieces
    assert sum(part.targets.count() for part in parts) == targets
    for part in parts:
        row = actions.confirm(DUCHA, part.pk, part.version)
        assert row.quotes.get().text == part.clause


def test_a_split_is_undone_while_nothing_of_it_is_decided(proposals: Proposals) -> None:
    one, pieces = _two(proposals)
    parts = split(DUCHA, one.pk, one.version, pieces)
    one.refresh_from_db()
    actions.undo(DUCHA, one.pk, one.version)
    one.refresh_from_db()
    assert one.decision == Proposal.Decision.OPEN
    assert not Proposal.objects.filter(pk__in=[part.pk for part in parts]).exists()


@pytest.mark.parametrize(
    ("pieces", "saying"),
    [([], "没有断开"), (["整句"], "没有断开"), (["别的字", "又一句"], "原文里没有“别的字”")],
)
def test_a_split_changes_no_word(proposals: Proposals, pieces: list[str], saying: str) -> None:
    one, _ = _two(proposals)
    with witness.refused("ledger.split", saying):
        split(DUCHA, one.pk, one.version, pieces)
    one.refresh_from_db()
    assert one.decision == Proposal.Decision.OPEN


def test_a_split_that_leaves_words_out_is_refused(proposals: Proposals) -> None:
    one, (head, tail) = _two(proposals)
    with pytest.raises(RefusedError):
        split(DUCHA, one.pk, one.version, [head[:-2], tail])


def test_clauses_are_gathered_into_one_item_resting_on_all_of_them(proposals: Proposals) -> None:
    first, second = proposals["2.1"], proposals["3.1"]
    with witness.done("ledger.gather"):
        row = gather(DUCHA, [(first.pk, first.version), (second.pk, second.version)], "")
    assert row.number == "2.1"
    assert [quote.text for quote in row.quotes.all()] == [first.clause, second.clause]
    assert row.partners == ["RS"]
    assert {one.decision for one in Proposal.objects.filter(pk__in=[first.pk, second.pk])} == {"confirmed"}
    assert Commitment.objects.count() == 1


def test_of_two_people_who_gather_the_same_clause_the_second_is_told(proposals: Proposals) -> None:
    picks = [(proposals[number].pk, proposals[number].version) for number in ("1.1", "2.1")]
    gather(DUCHA, picks, "")
    with pytest.raises(RefusedError) as refusal:
        gather(actor("ducha2"), picks, "")
    assert "督查甲" in str(refusal.value)
    assert Commitment.objects.count() == 1


def test_one_clause_is_no_gathering(proposals: Proposals) -> None:
    with witness.refused("ledger.gather"):
        gather(DUCHA, [(proposals["1.1"].pk, 1)], "")


def test_words_the_reader_passed_over_are_added_from_the_text(edition: Edition) -> None:
    words = "一、补足学位"
    with witness.done("ledger.add"):
        added = add(DUCHA, edition.pk, words)
    assert edition.text[added.start : added.end] == added.clause == words
    assert added.added_by == "督查甲"


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        ("原文没有这一句", "原文里没有"),
        ("年", "至少"),
        ("新建公办幼儿园26所", "已在"),
        ("星州市教育局2021年工作要", ""),
    ],
)
def test_what_is_not_in_the_text_or_already_proposed_is_not_added(edition: Edition, words: str, saying: str) -> None:
    before = Proposal.objects.count()
    if saying:
        with witness.refused("ledger.add", saying):
            add(DUCHA, edition.pk, words)
        assert Proposal.objects.count() == before
    else:
        add(DUCHA, edition.pk, words)
        assert Proposal.objects.count() == before + 1


@pytest.mark.parametrize("login", ["jijiao", "fenguan", "xianqu", "chayue"])
def test_who_has_no_right_divides_nothing(proposals: Proposals, login: str) -> None:
    one, pieces = _two(proposals)
    with pytest.raises(RefusedError):
        split(actor(login), one.pk, one.version, pieces)
    with pytest.raises(RefusedError):
        add(actor(login), one.edition_id, "一、补足学位")
    assert Proposal.objects.filter(decision=Proposal.Decision.OPEN).count() == len(proposals)
