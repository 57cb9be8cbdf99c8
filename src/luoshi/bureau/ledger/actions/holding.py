"""A proposal or a commitment held until the transaction ends, for somebody who may work on it and has seen it as it is."""

from datetime import UTC, datetime

from luoshi.bureau.journal.actions import Actor, Note
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Proposal
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def held(actor: Actor, right: str, commitment_id: int, version: int, note: Note) -> Commitment:
    """The commitment, locked; its name goes into the note.

    Raises:
        RefusedError: there is none, the person may not, or somebody changed it since the page was shown.
    """
    commitment = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
    if commitment is None:
        raise RefusedError(Finding("督查台账", "没有这一项", "只能办理台账里的事项", "请刷新页面"))
    note.title = f"{commitment.number} {commitment.title}"
    require(actor, right, lead=commitment.lead)
    if commitment.version != version:
        raise RefusedError(Finding(commitment.number, "别人刚刚办理过这一项", "以先办的为准", "请刷新页面，看过后再办"))
    return commitment


def read_proposal(actor: Actor, proposal_id: int) -> Proposal | None:  # noqa: ARG001 (whoever writes is named in every action)
    """The proposal with its edition and targets, none of which ever changes: read before anybody has to wait for it."""
    found = Proposal.objects.select_related("edition").prefetch_related("targets")
    return found.filter(pk=proposal_id).first()


def held_proposal(actor: Actor, read: Proposal | None, version: int) -> Proposal:  # noqa: ARG001
    """The proposal as it stands now, held until the transaction ends, if nobody decided about it meanwhile."""
    if read is None:
        raise RefusedError(Finding("任务分解", "没有这条建议", "只能办理读出的建议", "请刷新页面"))
    now = Proposal.objects.select_for_update().filter(pk=read.pk)
    read.version, read.decision, read.reason, read.decided_by = now.values_list(
        "version", "decision", "reason", "decided_by"
    ).get()
    if read.version != version:
        who = f"{read.decided_by or '别人'} 已将这一条改为“{read.get_decision_display()}”"
        raise RefusedError(
            Finding(f"{read.number}", who, "同一条两人同时办理时，以先办的为准", "请刷新页面，看过后再办")
        )
    return read


def refuse_decided(actor: Actor, proposal: Proposal) -> None:  # noqa: ARG001
    """One proposal is decided once."""
    if proposal.decision != Proposal.Decision.OPEN:
        what = f"这一条已“{proposal.get_decision_display()}”"
        raise RefusedError(Finding(proposal.number, what, "一条建议只办一次", "要改先撤回"))


def decide(actor: Actor, proposal: Proposal, decision: str, reason: str = "") -> None:
    """Write down what was decided, by whom and why."""
    proposal.decision, proposal.reason = decision, reason
    proposal.decided_by, proposal.decided_at = actor.name, datetime.now(UTC)
    proposal.version += 1
    proposal.save(update_fields=["decision", "reason", "decided_by", "decided_at", "version"])
