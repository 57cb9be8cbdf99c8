"""绑定指标 on the pages: what the reader proposes and why, what a person chooses instead, and what is refused."""

import json

import pytest

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import bind, confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Proposal
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(proposals: dict[str, Proposal]) -> Commitment:
    """义务教育大班额比例, in the ledger as it was read."""
    return confirm(actor("ducha"), proposals["2.1"].pk, 1)


def test_the_desk_says_what_a_target_is_measured_by_and_why(proposals: dict[str, Proposal], enter: Enter) -> None:
    proposal = proposals["2.1"]
    page = enter("ducha").get(f"/plans/{proposal.edition_id}/points/2/").content.decode()
    assert "义务教育大班额比例<br><small>指标所指的对象写有“" in page
    assert f'<select id="indicator-{proposal.targets.get().pk}"' in page


def test_a_person_may_bind_another_indicator_while_correcting(proposals: dict[str, Proposal], enter: Enter) -> None:
    proposal, client = proposals["2.1"], enter("ducha")
    target = proposal.targets.get()
    sent = {"act": "correct", "version": 1, f"indicator-{target.pk}": "primary_large_class_rate"}
    with witness.done("ledger.correct"):
        assert client.post(f"/proposals/{proposal.pk}/decide/", sent).status_code == 302
    assert Commitment.objects.get(number="2.1").targets.get().indicator == "primary_large_class_rate"
    detail = json.loads(Entry.objects.filter(action="ledger.correct").latest("pk").detail)
    assert detail["指标"] == {str(target.pk): "primary_large_class_rate"}


def test_an_indicator_nobody_declared_is_refused_while_correcting(proposals: dict[str, Proposal], enter: Enter) -> None:
    proposal, client = proposals["2.1"], enter("ducha")
    sent = {"act": "correct", "version": 1, f"indicator-{proposal.targets.get().pk}": "weather"}
    with witness.entered_as_refused("ledger.correct", "没有“weather”这个指标"):
        answer = client.post(f"/proposals/{proposal.pk}/decide/", sent)
    assert answer.status_code == 409
    assert "没有“weather”这个指标" in answer.content.decode()


def test_a_target_of_the_ledger_is_bound_anew_with_a_reason(row: Commitment, enter: Enter) -> None:
    client, target = enter("ducha"), row.targets.get()
    page = client.get(f"/items/{row.pk}/edit/").content.decode()
    assert "改绑不改承诺，须写理由" in page
    sent = {"version": row.version, "target": target.pk, "indicator": "", "reason": "口径未定，先不测算"}
    with witness.done("ledger.bind"):
        assert client.post(f"/items/{row.pk}/bind/", sent).status_code == 302
    assert row.targets.get().indicator == ""
    entry = Entry.objects.filter(action="ledger.bind").latest("pk")
    assert entry.reason == "口径未定，先不测算"
    assert json.loads(entry.detail)["指标"] == {"前": "compulsory_large_class_rate", "后": ""}


@pytest.mark.parametrize(
    ("changed", "saying"),
    [
        ({"reason": " "}, "没有写理由"),
        ({"indicator": "weather"}, "没有“weather”这个指标"),
        ({"target": 424242}, "这一项没有编号为 424242 的目标值"),
        ({"version": 7}, "别人刚刚办理过这一项"),
    ],
)
def test_what_cannot_be_bound_is_refused(
    row: Commitment, changed: dict[str, object], saying: str, enter: Enter
) -> None:
    sent = {"version": row.version, "target": row.targets.get().pk, "indicator": "", "reason": "口径未定", **changed}
    with witness.entered_as_refused("ledger.bind", saying):
        answer = enter("ducha").post(f"/items/{row.pk}/bind/", sent)
    assert answer.status_code == 409
    assert saying in answer.content.decode()


def test_a_section_may_not_bind_and_sees_why(row: Commitment, enter: Enter) -> None:
    page = enter("jijiao").get(f"/items/{row.pk}/edit/").content.decode()
    assert "改绑</button> <small>由督查室办理" in page
    with witness.refused("ledger.bind"):
        bind(actor("jijiao"), row.pk, row.version, row.targets.get().pk, "", "口径")
