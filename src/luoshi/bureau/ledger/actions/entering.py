"""Entering the ledger: the one place where a proposal becomes a row, corrected or not, alone or with others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.bureau.journal.actions import Actor, Note
from luoshi.bureau.ledger.days import own_day
from luoshi.bureau.ledger.indicators import refuse_undeclared
from luoshi.bureau.ledger.models import Breakdown, Commitment, Quote, Target
from luoshi.bureau.ledger.scopes import answering
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.models import Office
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
    cells: Mapping[str, str] = field(default_factory=dict)
    """By declared column: what else was filled before it enters."""
    bound: Mapping[int, str] = field(default_factory=dict)
    """By id of the proposed target: key of the indicator it is measured by; empty for none."""


def verify_quote(actor: Actor, proposal: Proposal) -> None:  # noqa: ARG001 (whoever writes is named in every action)
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


def _by_itself(proposal: Proposal) -> date | None:
    """Without a target the day stands in the clause, or it is the year's end."""
    plan = proposal.edition
    return own_day(proposal.clause, plan.year, plan.begun, plan.until) or plan.until


def enter(actor: Actor, proposal: Proposal, correction: Correction, office: Office | None, note: Note) -> Commitment:
    """The proposal as a row of the ledger, inside the act that decides it."""
    proposed = list(proposal.targets.all())
    read_due = max((target.due for target in proposed if target.due), default=None) or _by_itself(proposal)
    correction = _changed(proposal, read_due, proposed, correction)
    title = (correction.title or proposal.clause)[:_TITLE]
    lead = proposal.lead if correction.lead is None else correction.lead
    if lead and office is None:
        raise RefusedError(Finding(proposal.number, f"没有“{lead}”这个科室", "牵头科室须从列表中选", "请重新选择"))
    commitment = Commitment.objects.create(
        edition_id=proposal.edition_id,
        breakdown=drafting(actor, proposal.edition_id),
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
        continues_id=proposal.earlier.get("commitment"),
        words=indexed(f"{title} {proposal.clause}"),
    )
    _quote(commitment, proposal)
    Target.objects.bulk_create(_corrected(commitment, target, correction) for target in proposed)
    changed = {name: value for name in ("title", "lead", "due") if (value := getattr(correction, name)) is not None}
    note.detail = {
        "台账": commitment.pk,
        "更正": changed,
        "目标": {str(k): list(v) for k, v in correction.targets.items()},
        **({"指标": {str(k): v for k, v in correction.bound.items()}} if correction.bound else {}),
    }
    return commitment


def drafting(actor: Actor, edition_id: int) -> Breakdown:  # noqa: ARG001
    """The plan's breakdown that items may still enter: the one being drafted, else a new one after what was issued."""
    newest = Breakdown.objects.filter(edition_id=edition_id).order_by("-place").first()
    if newest is None or newest.stage == Breakdown.Stage.ISSUED:
        place = newest.place + 1 if newest else 1
        newest, _ = Breakdown.objects.get_or_create(edition_id=edition_id, place=place)
    if newest.stage == Breakdown.Stage.APPROVED:
        raise RefusedError(
            Finding(
                "任务分解表",
                "已审定、待印发，不能再增减事项",
                "审定的须与印发的一字不差",
                "请先退回草拟，或等印发后另立一批",
            )
        )
    return newest


def _changed(
    proposal: Proposal, read_due: date | None, proposed: Sequence[ProposedTarget], sent: Correction
) -> Correction:
    """Of what was sent only what differs from what was read: a form sends every field, changed or not.

    The day in the form is the latest of all targets. Sent back as it was, it must not become the day of the others.
    """
    read = {target.pk: target for target in proposed}
    unknown = [pk for pk in (*sent.targets, *sent.bound) if pk not in read]
    if unknown:
        what = f"没有编号为 {unknown[0]} 的目标值"
        raise RefusedError(Finding(proposal.number, what, "只能更正这一条里读出的目标值", "请刷新页面"))
    told = {pk: (code, _value(proposal, read[pk], code, value)) for pk, (code, value) in sent.targets.items()}
    return Correction(
        title=sent.title if sent.title != proposal.clause else None,
        lead=sent.lead if sent.lead != proposal.lead else None,
        due=sent.due if sent.due != read_due else None,
        targets={pk: both for pk, both in told.items() if both != (read[pk].comparator, read[pk].value)},
        cells=sent.cells,
        bound={pk: _declared(proposal.number, key) for pk, key in sent.bound.items() if key != read[pk].indicator},
    )


def _declared(where: str, key: str) -> str:
    refuse_undeclared(where, key)
    return key


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
    kept["indicator"] = correction.bound.get(read.pk, read.indicator)
    read_as = {"comparator": read.comparator, "value": str(read.value), "due": str(read.due)} if changed else {}
    return Target(commitment=commitment, read_as=read_as, **kept)


def join(actor: Actor, commitment: Commitment, proposal: Proposal, note: Note) -> None:  # noqa: ARG001
    """The clause and its targets join a row that is there, inside the act that merges them."""
    _quote(commitment, proposal)
    place = commitment.targets.count()
    targets = [_corrected(commitment, target, Correction()) for target in proposal.targets.all()]
    for at, target in enumerate(targets, place):
        target.place = at
    Target.objects.bulk_create(targets)
    dues = [target.due for target in targets if target.due]
    commitment.due = max([*dues, *([commitment.due] if commitment.due else [])], default=None)
    commitment.words = indexed(f"{commitment.words} {proposal.clause}")
    commitment.version += 1
    commitment.save(update_fields=["words", "version", "due"])
    note.detail = {"台账": commitment.pk}
