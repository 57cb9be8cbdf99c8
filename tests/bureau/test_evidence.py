"""佐证材料: brought, judged, withdrawn; what is lacking is said, and nothing can be changed unseen."""

import pytest

from luoshi.bureau.evidence import actions, queries
from luoshi.bureau.evidence.models import Piece, Verdict
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Proposal
from tests.bureau.witness import done, refused
from tests.bureau.xingzhou import actor

TEXT = "星州市公办幼儿园管理办法（虚构）".encode()


@pytest.fixture
def rows(proposals: dict[str, Proposal]) -> dict[str, Commitment]:
    """Every item of the plan by its kind; the first of each."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    found: dict[str, Commitment] = {}
    for row in Commitment.objects.select_related("edition__city").order_by("place"):
        found.setdefault(row.kind, row)
    return found


@pytest.fixture
def row(rows: dict[str, Commitment]) -> Commitment:
    """The rule that is to be issued by June."""
    return rows["document"]


def brought(
    row: Commitment, *, number: str = "星教〔2021〕8号（虚构）", kind: str = "issued", login: str = "xueqian"
) -> Piece:
    told = actions.Told("办法.txt", "办法已印发", kind, number)
    return actions.bring(actor(login), row.pk, TEXT, told)


def test_an_issued_paper_with_its_number_is_enough_once_it_is_accepted(row: Commitment) -> None:
    assert queries.gap(row) == ("缺印发的文件，写明文号",)
    with done("evidence.attach"):
        piece = brought(row)
    assert queries.gap(row) == ("缺印发的文件，写明文号（“办法.txt”待核验）",)
    with done("evidence.judge"):
        actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    assert queries.gap(row) == ()
    with done("evidence.withdraw"):
        actions.withdraw(actor("ducha"), piece.pk, "传错了文件")
    assert queries.gap(row) == ("缺印发的文件，写明文号",)
    assert queries.broken(row) is None


def test_the_person_who_brought_it_does_not_judge_it(row: Commitment) -> None:
    piece = brought(row, login="ducha")
    with refused("evidence.judge", "报送人不核验自己的材料"):
        actions.judge(actor("ducha"), piece.pk, "accepted", "", 0)
    actions.judge(actor("ducha2"), piece.pk, "accepted", "", 0)
    with refused("evidence.judge", "别人刚刚核验过这份材料"):
        actions.judge(actor("ducha2"), piece.pk, "returned", "没有盖章", 0)
    actions.judge(actor("ducha2"), piece.pk, "returned", "没有盖章", 1)
    assert Verdict.objects.count() == 2
    assert queries.gap(row) == ("缺印发的文件，写明文号（“办法.txt”已退回）",)
