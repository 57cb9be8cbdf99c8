"""立项: the only way into the ledger, and out of it again."""

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.amending import fill
from luoshi.bureau.ledger.actions.entering import Correction, enter, join, verify_quote
from luoshi.bureau.ledger.actions.holding import decide, held_proposal, read_proposal, refuse_decided
from luoshi.bureau.ledger.cells import known_of
from luoshi.bureau.ledger.models import Breakdown, Commitment, Judgement, Quote, Target
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Proposal
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_REASON = 300


def confirm(actor: Actor, proposal_id: int, version: int, correction: Correction | None = None) -> Commitment:
    """确认立项: the proposal becomes a commitment of the ledger.

    Raises:
        RefusedError: no right, changed meanwhile, decided already, or the quote does not stand in the stored edition.
    """
    action = "ledger.correct" if correction else "ledger.confirm"
    read, sent = read_proposal(actor, proposal_id), correction or Correction()
    office = _lead(read, sent)
    with act(actor, action, "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = held_proposal(actor, read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        refuse_decided(actor, proposal)
        verify_quote(actor, proposal)
        commitment = enter(actor, proposal, sent, office, note)
        if sent.cells:
            fill(actor, commitment, sent.cells, known_of(proposal.edition.city))
        decide(actor, proposal, Proposal.Decision.CONFIRMED)
    return commitment


def _lead(read: Proposal | None, sent: Correction) -> Office | None:
    """The lead office as corrected, else as proposed; None for none."""
    if read is None:
        return None
    code = read.lead if sent.lead is None else sent.lead
    return Office.objects.filter(city_id=read.edition.city_id, code=code).first()


def dismiss(actor: Actor, proposal_id: int, version: int, reason: str) -> None:
    """不立项, with a reason."""
    read = read_proposal(actor, proposal_id)
    with act(actor, "ledger.dismiss", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = held_proposal(actor, read, version)
        note.title, note.reason = f"{proposal.number} {proposal.clause}", reason.strip()
        refuse_decided(actor, proposal)
        if not reason.strip():
            raise RefusedError(Finding(proposal.number, "没有写理由", "不立项须写理由", "请写明理由，如：常态化工作"))
        decide(actor, proposal, Proposal.Decision.DISMISSED, reason.strip()[:_REASON])


def merge(actor: Actor, proposal_id: int, version: int, commitment_id: int) -> Commitment:
    """归并: the clause joins a commitment that is in the ledger already, with its targets."""
    read = read_proposal(actor, proposal_id)
    with act(actor, "ledger.merge", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = held_proposal(actor, read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        refuse_decided(actor, proposal)
        verify_quote(actor, proposal)
        commitment = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
        if commitment is None or commitment.edition_id != proposal.edition_id:
            raise RefusedError(
                Finding(proposal.number, "没有可归并的督查事项", "只能归并到同一份要点的事项", "请另选事项")
            )
        if commitment.breakdown.stage in {Breakdown.Stage.APPROVED, Breakdown.Stage.ISSUED}:
            stage = commitment.breakdown.get_stage_display()
            raise RefusedError(
                Finding(commitment.number, f"这一项已{stage}", "审定、印发后不再归并", "请另立一项，或先退回草拟")
            )
        join(actor, commitment, proposal, note)
        decide(actor, proposal, Proposal.Decision.CONFIRMED, f"归并入 {commitment.number}")
    return commitment


def undo(actor: Actor, proposal_id: int, version: int) -> None:
    """撤回: the proposal is open again, as long as nobody judged what came of it."""
    read = read_proposal(actor, proposal_id)
    with act(actor, "ledger.undo", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = held_proposal(actor, read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        if proposal.decision == Proposal.Decision.OPEN:
            raise RefusedError(Finding(proposal.number, "这一条还没有办理", "只能撤回已办理的", "无须撤回"))
        if proposal.decision == Proposal.Decision.SPLIT:
            _put_together(proposal)
        note.changed("办理", proposal.decision, Proposal.Decision.OPEN.value)
        note.changed("理由", proposal.reason, "")
        quote = Quote.objects.filter(proposal=proposal).first()
        if quote is not None:
            row = Commitment.objects.select_for_update().get(pk=quote.commitment_id)
            _leave_ledger(row, quote, own=row.number == proposal.number)
        decide(actor, proposal, Proposal.Decision.OPEN)


def _put_together(proposal: Proposal) -> None:
    """The parts of a split proposal go, as long as none of them is decided."""
    parts = list(Proposal.objects.select_for_update().filter(parent=proposal))
    decided = [part for part in parts if part.decision != Proposal.Decision.OPEN]
    if decided:
        what = f"拆出的 {decided[0].number} 已“{decided[0].get_decision_display()}”"
        raise RefusedError(Finding(proposal.number, what, "拆出的各条都未办理时才能撤回拆分", "请先撤回拆出的各条"))
    Proposal.objects.filter(parent=proposal).delete()


def _leave_ledger(commitment: Commitment, quote: Quote, *, own: bool) -> None:
    """The quote and its targets leave; the commitment too when it rests on nothing else.

    Args:
        commitment: held by the caller until the transaction ends.
        quote: of the proposal that is open again.
        own: whether the commitment was made of that proposal; it leaves last.
    """
    if commitment.breakdown.stage in {Breakdown.Stage.APPROVED, Breakdown.Stage.ISSUED}:
        raise RefusedError(
            Finding(
                commitment.number,
                f"这一项所在的任务分解表已{commitment.breakdown.get_stage_display()}",
                "审定、印发后不撤回立项",
                "审定未印发的请先退回草拟；已印发的请申请变更或暂缓",
            )
        )
    if Judgement.objects.filter(commitment=commitment).exists():
        raise RefusedError(
            Finding(
                commitment.number, "这一项已有自评或核定", "有核定记录的事项不能撤回", "如须变更，请在台账中办理变更"
            )
        )
    if commitment.milestones.exists():
        raise RefusedError(
            Finding(commitment.number, "这一项已设时间节点", "设了节点的事项不能撤回", "如须变更，请在台账中办理变更")
        )
    if commitment.agreed:
        rule = "已分解到县区的事项不能撤回"
        raise RefusedError(Finding(commitment.number, "这一项已分解到县区", rule, "如须变更，请在台账中办理变更"))
    alone = commitment.quotes.count() == 1
    if own and not alone:
        raise RefusedError(Finding(commitment.number, "这一项归并了其他原文", "须先撤回归并进来的原文", "请先逐条撤回"))
    Target.objects.filter(commitment=commitment, start__gte=quote.start, end__lte=quote.end).delete()
    Quote.objects.filter(pk=quote.pk).delete()
    if alone:
        Commitment.objects.filter(pk=commitment.pk).delete()
        return
    rests_on = commitment.quotes.values_list("text", flat=True)
    commitment.words = indexed(" ".join([commitment.title, *rests_on]))
    commitment.version += 1
    commitment.save(update_fields=["words", "version"])
