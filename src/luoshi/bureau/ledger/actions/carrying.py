"""Rollover: clauses of a new plan recognised as last year's, and unfinished items carried over with their history."""

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.entering import drafting
from luoshi.bureau.ledger.comparing import clauses, earlier_of
from luoshi.bureau.ledger.models import Commitment, Quote, Target
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.tracking import Earlier
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LATEST = 3
"""So many earlier plans are looked at."""
_KEPT = (
    "title", "kind", "strength", "scope", "divisions", "lead", "partners", "leader", "begun", "due", "audience", "missing",
    "source_number", "person", "due_words", "units_words", "lead_words", "partners_words", "evidence_wanted", "contact",
    "phone", "words", "coordination", "duties", "partner_weight",
)  # fmt: skip
"""What an item brings along; what was reported and judged stays with the old one."""


def recall(actor: Actor, edition: Edition) -> int:
    """Give every open clause that is surely a promise of an earlier plan the lead it had, and say why; how many were.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "ledger.recall", "plan", edition.pk, edition.title) as note:
        require(actor, "read")
        older = earlier_of(edition)[:_LATEST]
        read = [(one, clause) for one in older for clause in clauses(one)]
        origin = {(one.year, clause.key): one for one, clause in read}
        known = Earlier([clause for _, clause in read])
        items = {
            (quote.commitment.edition_id, quote.proposal.number): quote.commitment_id
            for quote in Quote.objects.filter(commitment__edition__in=older).select_related("commitment", "proposal")
        }
        open_still = {
            one.number: one for one in Proposal.objects.filter(edition=edition, decision=Proposal.Decision.OPEN)
        }
        changed = []
        for clause in clauses(edition) if older else ():
            proposal, match = open_still.get(clause.key), known.recognised(clause)
            if proposal is None or match is None:
                continue
            plan = origin[match.clause.year, match.clause.key]
            proposal.earlier = {
                "number": match.clause.key,
                "plan": plan.pk,
                "lead": match.clause.lead,
                "because": match.because,
                "commitment": items.get((plan.pk, match.clause.key)),
            }
            if match.clause.lead and proposal.lead_because != "原文注明":
                proposal.lead, proposal.lead_because = match.clause.lead, match.because[:300]
                proposal.partners = [code for code in proposal.partners if code != match.clause.lead]
            changed.append(proposal)
        Proposal.objects.bulk_update(changed, ["earlier", "lead", "lead_because", "partners"])
        note.detail = {"认出": len(changed), "往年要点": [one.title for one in older]}
    return len(changed)


def carry(actor: Actor, edition_id: int, commitment_id: int) -> Commitment:
    """结转: an unfinished item that the new plan does not name again goes on under it, and points back to its history.

    Raises:
        RefusedError: no right, of the same or a later plan, verified as done, or carried over already.
    """
    with act(actor, "ledger.carry", "commitment", commitment_id) as note:
        require(actor, "carry")
        old = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
        edition = Edition.objects.filter(pk=edition_id).first()
        if old is None or edition is None:
            raise RefusedError(Finding("结转", "没有这一项", "只能结转台账里的事项", "请刷新页面"))
        note.title = f"{old.number} {old.title}"
        _refuse_carrying(old, edition)
        number = f"转{old.edition.year or ''}-{old.number}"[:30]
        last = Commitment.objects.filter(edition=edition).order_by("-place").first()
        row = Commitment.objects.create(
            edition=edition,
            breakdown=drafting(actor, edition.pk),
            number=number,
            place=last.place + 1 if last else 0,
            continues=old,
            source_words=f"结转自{old.edition.title} {old.number}"[:300],
            **{name: getattr(old, name) for name in _KEPT},
        )
        Target.objects.bulk_create(
            Target(commitment=row, read_as=target.read_as, **target.columns()) for target in old.targets.all()
        )
        note.detail = {"结转到": edition.title, "台账": row.pk, "编号": number}
    return row


def _refuse_carrying(old: Commitment, edition: Edition) -> None:
    where = f"{old.number} {old.title[:30]}"
    if old.edition_id == edition.pk or (old.edition.year or 0) >= (edition.year or 0):
        raise RefusedError(Finding(where, "不是以前年度的事项", "只向以后年度的要点结转", "请在新一年要点的对照页办理"))
    if old.judged == "done":
        raise RefusedError(Finding(where, "已核定为已完成", "办结的不结转", "不用办理"))
    if Commitment.objects.filter(edition=edition, continues=old).exists():
        raise RefusedError(Finding(where, "已经结转", "一项在一份要点里只接续一次", "请打开接续的那一项"))
