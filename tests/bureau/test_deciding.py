"""确认立项, 更正, 不立项, 归并, 撤回: what each promises."""

import json
from datetime import date
from decimal import Decimal

import pytest

from luoshi.bureau.journal.actions import act
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger.actions import Correction
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.xingzhou import actor

Proposals = dict[str, Proposal]
DUCHA = actor("ducha")


def test_a_confirmed_proposal_stands_in_the_ledger_with_its_quote_and_targets(proposals: Proposals) -> None:
    one = proposals["2.1"]
    with witness.done("ledger.confirm"):
        row = actions.confirm(DUCHA, one.pk, one.version)
    one.refresh_from_db()
    assert (row.number, row.title, row.lead, row.leader) == ("2.1", one.clause, "JJ", "乙副局长")
    assert [quote.text for quote in row.quotes.all()] == ["义务教育大班额比例降至2.5%以内"]
    assert [(target.comparator, target.value, target.indicator) for target in row.targets.all()] == [
        ("le", Decimal("2.5"), "compulsory_large_class_rate")
    ]
    assert (one.decision, one.decided_by, one.version) == ("confirmed", "督查甲", 2)
    entry = Entry.objects.latest("number")
    assert (entry.actor, entry.actor_name, entry.role, entry.address) == ("ducha", "督查甲", "supervisor", "10.0.0.8")
    assert entry.subject == f"2.1 {one.clause}"


def test_a_correction_keeps_what_was_read_beside_it(proposals: Proposals) -> None:
    one = proposals["2.1"]
    read = one.targets.get()
    changed = Correction("大班额降到2%", "XQ", date(2021, 6, 30), {read.pk: ("le", Decimal(2))})
    with witness.done("ledger.correct"):
        row = actions.confirm(DUCHA, one.pk, one.version, changed)
    target = row.targets.get()
    assert (row.title, row.lead, row.due, target.value, target.due) == (
        "大班额降到2%", "XQ", date(2021, 6, 30), Decimal(2), date(2021, 6, 30),
    )  # fmt: skip
    assert target.read_as["value"] == str(read.value)
    assert row.quotes.get().text == one.clause


def test_a_form_sent_back_unchanged_corrects_nothing(proposals: Proposals) -> None:
    one = proposals["1.1"]
    early = one.targets.get()
    later = early.due
    early.due = date(2021, 6, 30)
    early.save()
    twin = one.targets.create(place=1, comparator="ge", value=3, due=later, strength="binding", start=0, end=1)
    unchanged = Correction(one.clause, one.lead, later, {early.pk: ("eq", early.value), twin.pk: ("ge", Decimal(3))})
    row = actions.confirm(DUCHA, one.pk, one.version, unchanged)
    assert [target.due for target in row.targets.all()] == [date(2021, 6, 30), later]
    assert [target.read_as for target in row.targets.all()] == [{}, {}]


@pytest.mark.parametrize(
    ("correction", "saying"),
    [
        (Correction(lead="ZZ"), "没有“ZZ”这个科室"),
        (Correction(targets={999_999: ("ge", Decimal(1))}), "没有编号为 999999 的目标值"),
        ("no value", "目标值是空的"),
        ("no upper bound", "没有可用的上限"),
    ],
)
def test_a_correction_that_says_nothing_sensible_is_refused(
    proposals: Proposals, correction: Correction | str, saying: str
) -> None:
    one = proposals["2.1"]
    if isinstance(correction, str):
        told = ("ge", None) if correction == "no value" else ("between", Decimal(3))
        correction = Correction(targets={one.targets.get().pk: told})
    with witness.refused("ledger.correct", saying):
        actions.confirm(DUCHA, one.pk, one.version, correction)


def test_a_comparison_without_a_typed_value_carries_its_own(proposals: Proposals) -> None:
    one = proposals["2.1"]
    row = actions.confirm(DUCHA, one.pk, one.version, Correction(targets={one.targets.get().pk: ("none", Decimal(7))}))
    assert row.targets.get().value == 0


def test_a_dismissal_needs_a_reason_and_keeps_it(proposals: Proposals) -> None:
    one = proposals["3.3"]
    with witness.refused("ledger.dismiss", "没有写理由"):
        actions.dismiss(DUCHA, one.pk, one.version, " \n")
    with witness.done("ledger.dismiss"):
        actions.dismiss(DUCHA, one.pk, one.version, "常态化工作")
    one.refresh_from_db()
    assert (one.decision, one.reason) == ("dismissed", "常态化工作")
    assert Entry.objects.latest("number").reason == "常态化工作"
    assert not Commitment.objects.exists()


def test_a_merged_clause_joins_with_its_targets_and_leaves_again(proposals: Proposals) -> None:
    first, second = proposals["1.1"], proposals["1.2"]
    row = actions.confirm(DUCHA, first.pk, 1)
    with witness.done("ledger.merge"):
        actions.merge(DUCHA, second.pk, 1, row.pk)
    row.refresh_from_db()
    assert [quote.text for quote in row.quotes.all()] == [first.clause, second.clause]
    assert [(target.place, target.value) for target in row.targets.all()] == [(0, 26), (1, 5200)]
    assert " 学位 " in row.words
    assert row.version == 2
    with witness.refused("ledger.undo", "归并了其他原文"):
        actions.undo(DUCHA, first.pk, 2)
    with witness.done("ledger.undo"):
        actions.undo(DUCHA, second.pk, 2)
    row.refresh_from_db()
    assert [target.value for target in row.targets.all()] == [26]
    assert " 学位 " not in row.words
    assert row.version == 3


def test_a_clause_merges_only_into_its_own_plan(proposals: Proposals) -> None:
    with witness.refused("ledger.merge", "没有可归并的督查事项"):
        actions.merge(DUCHA, proposals["1.2"].pk, 1, 424242)


def test_undoing_takes_the_row_out_again_and_remembers_what_was(proposals: Proposals) -> None:
    one = proposals["2.1"]
    actions.confirm(DUCHA, one.pk, 1)
    with witness.done("ledger.undo"):
        actions.undo(DUCHA, one.pk, 2)
    one.refresh_from_db()
    assert (one.decision, one.version) == ("open", 3)
    assert not Commitment.objects.exists()
    assert not Target.objects.exists()
    assert json.loads(Entry.objects.latest("number").detail)["办理"] == {"前": "confirmed", "后": "open"}
    with witness.refused("ledger.undo", "还没有办理"):
        actions.undo(DUCHA, one.pk, 3)
    actions.confirm(DUCHA, one.pk, 3)
    assert Commitment.objects.get().number == "2.1"


def test_of_two_people_the_second_is_told_who_was_first(proposals: Proposals) -> None:
    one = proposals["2.1"]
    actions.dismiss(DUCHA, one.pk, 1, "重复")
    with witness.refused("ledger.confirm", "督查甲 已将这一条改为“不立项”"):
        actions.confirm(actor("ducha2"), one.pk, 1)
    with witness.refused("ledger.confirm", "一条建议只办一次"):
        actions.confirm(actor("ducha2"), one.pk, 2)


@pytest.mark.parametrize("login", ["xueqian", "fenguan", "xianqu", "chayue"])
def test_only_the_supervision_office_and_the_administrator_decide(proposals: Proposals, login: str) -> None:
    one, other = proposals["2.1"], proposals["1.1"]
    row, who = actions.confirm(DUCHA, other.pk, 1), actor(login)
    with witness.refused("ledger.confirm", "没有这项权限"):
        actions.confirm(who, one.pk, 1)
    with witness.refused("ledger.correct", "没有这项权限"):
        actions.confirm(who, one.pk, 1, Correction(title="x"))
    with witness.refused("ledger.dismiss", "没有这项权限"):
        actions.dismiss(who, one.pk, 1, "x")
    with witness.refused("ledger.merge", "没有这项权限"):
        actions.merge(who, one.pk, 1, row.pk)
    with witness.refused("ledger.undo", "没有这项权限"):
        actions.undo(who, other.pk, 2)


@pytest.mark.parametrize("login", ["guanli", "anbao", "shenji"])
def test_administrators_take_no_part_in_the_bureaus_own_work(proposals: Proposals, login: str) -> None:
    with witness.refused("ledger.confirm", "没有这项权限"):
        actions.confirm(actor(login), proposals["1.1"].pk, 1)


@pytest.mark.parametrize("act", ["confirm", "merge"])
@pytest.mark.parametrize("what", ["text", "text and digest", "clause", "place"])
def test_no_quote_enters_that_does_not_stand_in_the_stored_text(
    edition: Edition, proposals: Proposals, what: str, act: str
) -> None:
    one, other = proposals["2.1"], proposals["1.1"]
    row = actions.confirm(DUCHA, other.pk, 1)
    if what == "clause":
        Proposal.objects.filter(pk=one.pk).update(clause=one.clause.replace("2.5", "9.5"))
    elif what == "place":
        Proposal.objects.filter(pk=one.pk).update(start=one.start + 1, end=one.end + 1)
    else:
        changed = edition.text.replace("2.5%", "9.5%")
        from luoshi.words.provenance import digest

        kept = digest(changed.encode()) if what == "text and digest" else edition.digest
        Edition.objects.filter(pk=edition.pk).update(text=changed, digest=kept)
    with witness.refused(f"ledger.{act}", "与存档的要点原文不一致"):
        if act == "confirm":
            actions.confirm(DUCHA, one.pk, 1)
        else:
            actions.merge(DUCHA, one.pk, 1, row.pk)


def test_what_is_not_there_cannot_be_decided(edition: Edition) -> None:
    with witness.refused("ledger.confirm", "没有这条建议"):
        actions.confirm(DUCHA, 424242, 1)


def test_a_failure_in_the_middle_leaves_nothing(proposals: Proposals) -> None:
    one = proposals["1.1"]
    rest, entries = witness.everything_else(), Entry.objects.count()

    def fails_halfway() -> None:
        with act(DUCHA, "ledger.confirm", "proposal", one.pk):
            Proposal.objects.filter(pk=one.pk).update(decision="confirmed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_halfway()
    assert witness.everything_else() == rest
    assert Entry.objects.count() == entries


def test_what_the_database_refuses_is_a_refusal_like_any_other(proposals: Proposals) -> None:
    one = proposals["1.1"]
    row = actions.confirm(DUCHA, one.pk, 1)
    Commitment.objects.filter(pk=row.pk).update(number="1.2")
    with witness.refused("ledger.confirm", "与已有的记录冲突"):
        actions.confirm(DUCHA, proposals["1.2"].pk, 1)


def test_a_refusal_is_a_finding_in_four_parts(proposals: Proposals) -> None:
    with pytest.raises(RefusedError) as refusal:
        actions.confirm(actor("chayue"), proposals["1.1"].pk, 1)
    (finding,) = refusal.value.findings
    assert all((finding.where, finding.what, finding.rule, finding.remedy))
