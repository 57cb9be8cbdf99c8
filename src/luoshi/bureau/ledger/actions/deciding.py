"""立项: the only way into the ledger, and out of it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger.models import Commitment, Judgement, Quote, Target
from luoshi.bureau.ledger.scopes import answering
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Proposal, ProposedTarget
from luoshi.spine import Comparator
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

_TITLE = 300
_FIXED: Mapping[str, Decimal | None] = {
    Comparator.ALL: Decimal(100),
    Comparator.NONE: Decimal(0),
    Comparator.NEVER_LESS: None,
}
"""Comparisons whose value is not typed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person changed before confirming; None leaves it as it was read."""

    title: str | None = None
    lead: str | None = None
    due: date | None = None
    targets: Mapping[int, tuple[str, Decimal | None]] = field(default_factory=dict)
    """By id of the proposed target: comparator and value."""


def _read(proposal_id: int) -> Proposal | None:
    """The proposal with its edition and targets, none of which ever changes: read before anybody has to wait for it."""
    found = Proposal.objects.select_related("edition").prefetch_related("targets")
    return found.filter(pk=proposal_id).first()


def _held(read: Proposal | None, version: int) -> Proposal:
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


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.decision != Proposal.Decision.OPEN:
        what = f"这一条已“{proposal.get_decision_display()}”"
        raise RefusedError(Finding(proposal.number, what, "一条建议只办一次", "要改先撤回"))


def _decide(actor: Actor, proposal: Proposal, decision: str, reason: str = "") -> None:
    proposal.decision, proposal.reason = decision, reason
    proposal.decided_by, proposal.decided_at = actor.name, datetime.now(UTC)
    proposal.version += 1
    proposal.save(update_fields=["decision", "reason", "decided_by", "decided_at", "version"])


def _verify_quote(proposal: Proposal) -> None:
    """The clause must stand in the stored edition, to the character, and the edition must be what was stored."""
    edition = proposal.edition
    intact = digest(edition.text.encode()) == edition.digest
    if not intact or edition.text[proposal.start : proposal.end] != proposal.clause:
        raise RefusedError(
            Finding(
                f"{proposal.number} 原文",
                "与存档的要点原文不一致",
                "进台账的每一句须与存档原文逐字一致",
                "请勿继续办理，由系统管理员核对数据库与操作日志",
            )
        )


def confirm(actor: Actor, proposal_id: int, version: int, correction: Correction | None = None) -> Commitment:
    """确认立项: the proposal becomes a commitment of the ledger.

    Raises:
        RefusedError: no right, changed meanwhile, decided already, or the quote does not stand in the stored edition.
    """
    action = "ledger.correct" if correction else "ledger.confirm"
    read, sent = _read(proposal_id), correction or Correction()
    office = _lead(read, sent)
    with act(actor, action, "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = _held(read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        _refuse_decided(proposal)
        _verify_quote(proposal)
        commitment = _entered(proposal, sent, office, note)
        _decide(actor, proposal, Proposal.Decision.CONFIRMED)
    return commitment


def _lead(read: Proposal | None, sent: Correction) -> Office | None:
    """The lead office as corrected, else as proposed; None for none."""
    if read is None:
        return None
    code = read.lead if sent.lead is None else sent.lead
    return Office.objects.filter(city_id=read.edition.city_id, code=code).first()


def _entered(proposal: Proposal, correction: Correction, office: Office | None, note: Note) -> Commitment:
    proposed = list(proposal.targets.all())
    read_due = max((target.due for target in proposed if target.due), default=proposal.edition.until)
    correction = _changed(proposal, read_due, proposed, correction)
    title = (correction.title or proposal.clause)[:_TITLE]
    lead = proposal.lead if correction.lead is None else correction.lead
    if lead and office is None:
        raise RefusedError(Finding(proposal.number, f"没有“{lead}”这个科室", "牵头科室须从列表中选", "请重新选择"))
    commitment = Commitment.objects.create(
        edition_id=proposal.edition_id,
        point_id=proposal.point_id,
        number=proposal.number,
        place=proposal.place,
        title=title,
        kind=proposal.kind,
        strength=proposal.strength,
        scope=proposal.scope,
        divisions=[*answering(proposal.scope, proposal.edition.city.divisions.values_list("code", "kind"))],
        lead=lead,
        partners=proposal.partners,
        leader=office.leader if office else "",
        begun=proposal.edition.begun,
        due=correction.due or read_due,
        missing=proposal.missing,
        words=indexed(f"{title} {proposal.clause}"),
    )
    _quote(commitment, proposal)
    Target.objects.bulk_create(_corrected(commitment, target, correction) for target in proposed)
    changed = {name: value for name in ("title", "lead", "due") if (value := getattr(correction, name)) is not None}
    note.detail = {
        "台账": commitment.pk,
        "更正": changed,
        "目标": {str(k): list(v) for k, v in correction.targets.items()},
    }
    return commitment


def _changed(
    proposal: Proposal, read_due: date | None, proposed: Sequence[ProposedTarget], sent: Correction
) -> Correction:
    """Of what was sent only what differs from what was read: a form sends every field, changed or not.

    The day in the form is the latest of all targets. Sent back as it was, it must not become the day of the others.
    """
    read = {target.pk: target for target in proposed}
    unknown = [pk for pk in sent.targets if pk not in read]
    if unknown:
        what = f"没有编号为 {unknown[0]} 的目标值"
        raise RefusedError(Finding(proposal.number, what, "只能更正这一条里读出的目标值", "请刷新页面"))
    told = {pk: (code, _value(proposal, read[pk], code, value)) for pk, (code, value) in sent.targets.items()}
    return Correction(
        title=sent.title if sent.title != proposal.clause else None,
        lead=sent.lead if sent.lead != proposal.lead else None,
        due=sent.due if sent.due != read_due else None,
        targets={pk: both for pk, both in told.items() if both != (read[pk].comparator, read[pk].value)},
    )


def _value(proposal: Proposal, read: ProposedTarget, code: str, value: Decimal | None) -> Decimal | None:
    """The value that belongs to a comparison, or a refusal of what cannot be compared so."""
    if code in _FIXED:
        return _FIXED[code] if code != read.comparator else read.value
    if value is None:
        raise RefusedError(
            Finding(proposal.number, "目标值是空的", "这种比较须有目标值", "请填写目标值，或改选“全部”“无”“只增不减”")
        )
    if code == Comparator.BETWEEN and (read.value_max is None or value > read.value_max):
        raise RefusedError(
            Finding(
                proposal.number, "没有可用的上限", "范围须有下限和上限，下限不大于上限", "请改选“≥”或“≤”并填写目标值"
            )
        )
    return value


def _quote(commitment: Commitment, proposal: Proposal) -> None:
    Quote.objects.create(
        commitment=commitment,
        proposal=proposal,
        sentence_start=proposal.sentence_start,
        sentence_end=proposal.sentence_end,
        start=proposal.start,
        end=proposal.end,
        text=proposal.clause,
    )


def _corrected(commitment: Commitment, read: ProposedTarget, correction: Correction) -> Target:
    """The target as confirmed; what was read stays beside it where a person changed it."""
    comparator, value = correction.targets.get(read.pk, (read.comparator, read.value))
    due = correction.due or read.due
    value_max = read.value_max if comparator in {Comparator.BETWEEN, read.comparator} else None
    changed = (comparator, value, due) != (read.comparator, read.value, read.due)
    kept = {**read.columns(), "comparator": comparator, "value": value, "value_max": value_max, "due": due}
    read_as = {"comparator": read.comparator, "value": str(read.value), "due": str(read.due)} if changed else {}
    return Target(commitment=commitment, read_as=read_as, **kept)


def dismiss(actor: Actor, proposal_id: int, version: int, reason: str) -> None:
    """不立项, with a reason."""
    read = _read(proposal_id)
    with act(actor, "ledger.dismiss", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = _held(read, version)
        note.title, note.reason = f"{proposal.number} {proposal.clause}", reason.strip()
        _refuse_decided(proposal)
        if not reason.strip():
            raise RefusedError(Finding(proposal.number, "没有写理由", "不立项须写理由", "请写明理由，如：常态化工作"))
        _decide(actor, proposal, Proposal.Decision.DISMISSED, reason.strip()[:_TITLE])


def merge(actor: Actor, proposal_id: int, version: int, commitment_id: int) -> Commitment:
    """归并: the clause joins a commitment that is in the ledger already, with its targets."""
    read = _read(proposal_id)
    with act(actor, "ledger.merge", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = _held(read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        _refuse_decided(proposal)
        _verify_quote(proposal)
        commitment = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
        if commitment is None or commitment.edition_id != proposal.edition_id:
            raise RefusedError(
                Finding(proposal.number, "没有可归并的督查事项", "只能归并到同一份要点的事项", "请另选事项")
            )
        _quote(commitment, proposal)
        place = commitment.targets.count()
        targets = [_corrected(commitment, target, Correction()) for target in proposal.targets.all()]
        for at, target in enumerate(targets, place):
            target.place = at
        Target.objects.bulk_create(targets)
        commitment.words = indexed(f"{commitment.words} {proposal.clause}")
        commitment.version += 1
        commitment.save(update_fields=["words", "version"])
        _decide(actor, proposal, Proposal.Decision.CONFIRMED, f"归并入 {commitment.number}")
        note.detail = {"台账": commitment.pk}
    return commitment


def undo(actor: Actor, proposal_id: int, version: int) -> None:
    """撤回: the proposal is open again, as long as nobody judged what came of it."""
    read = _read(proposal_id)
    with act(actor, "ledger.undo", "proposal", proposal_id) as note:
        require(actor, "decide")
        proposal = _held(read, version)
        note.title = f"{proposal.number} {proposal.clause}"
        if proposal.decision == Proposal.Decision.OPEN:
            raise RefusedError(Finding(proposal.number, "这一条还没有办理", "只能撤回已办理的", "无须撤回"))
        note.detail = {"原": proposal.decision, "原理由": proposal.reason}
        quote = Quote.objects.filter(proposal=proposal).first()
        if quote is not None:
            row = Commitment.objects.select_for_update().get(pk=quote.commitment_id)
            _leave_ledger(row, quote, own=row.number == proposal.number)
        _decide(actor, proposal, Proposal.Decision.OPEN)


def _leave_ledger(commitment: Commitment, quote: Quote, *, own: bool) -> None:
    """The quote and its targets leave; the commitment too when it rests on nothing else.

    Args:
        commitment: held by the caller until the transaction ends.
        quote: of the proposal that is open again.
        own: whether the commitment was made of that proposal; it leaves last.
    """
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
