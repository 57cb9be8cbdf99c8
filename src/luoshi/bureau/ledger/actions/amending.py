"""更正与变更: rows of the ledger filled and corrected cell by cell, from a page, a workbook or an answered comment.

Until a breakdown is issued its items are drafts and are corrected. Afterwards a target and a day are a promise: whoever
wants them otherwise asks for a 变更, the leader in charge decides, and the original stays on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger import cells
from luoshi.bureau.ledger.cells import COLUMNS, Known, known_of
from luoshi.bureau.ledger.models import Breakdown, Change, Commitment, Milestone, Target
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.rights import require, why_not
from luoshi.bureau.people.signing import refuse_twice
from luoshi.words.columns import Column
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_phone

_STAGE = Breakdown.Stage


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell is to say, and what it said to whoever typed it; None for “whatever it says”."""

    becomes: str
    was: str | None = None


def barred(actor: Actor, column: Column, row: Commitment) -> Finding | None:
    """Why this person may not fill this cell now; None when they may."""
    where = f"{row.number} {column.label}"
    if not column.by:
        return Finding(where, "这一栏由系统给出", "编号、来源、测算值、核定状态和记录不能填写", "请在相应页面办理")
    finding = why_not(actor, column.by, "填写" + column.label, lead=row.lead)
    if finding:
        return finding
    stage = row.breakdown.stage
    if stage == _STAGE.ISSUED and column.approved:
        return Finding(
            where, "这一项已印发", f"印发后变更{column.label}须经分管局领导批准，原值留存", "请在事项页面申请变更"
        )
    if stage == _STAGE.APPROVED and "section" not in column.by:
        return Finding(where, "任务分解表已审定、待印发", "审定后不再改动", "请先退回草拟")
    return None


def amend(actor: Actor, commitment_id: int, told: Mapping[str, Cell], version: int | None = None) -> Commitment:
    """Fill cells of one row; all of them or none.

    Args:
        actor: who fills.
        commitment_id: the row.
        told: by column key. A cell that says already what it is to say is passed over.
        version: of the row as it was shown; None where each cell brings what it was.

    Raises:
        RefusedError: with every cell that is barred, was changed by somebody else, or cannot mean what it says.
    """
    with act(actor, "ledger.amend", "commitment", commitment_id) as note:
        row = _held(commitment_id, version, note)
        known = known_of(row.edition.city)
        now = cells.cells(row, known)
        wanted = {key: cell for key, cell in told.items() if key in COLUMNS and cell.becomes.strip() != now[key]}
        findings = [*_conflicts(row, now, wanted)]
        findings += [why for key in wanted if (why := barred(actor, COLUMNS[key], row))]
        if findings:
            raise RefusedError(*findings)
        fill(actor, row, {key: cell.becomes for key, cell in wanted.items()}, known)
        for key, cell in wanted.items():
            note.changed(COLUMNS[key].label, *_entered(key, now[key], cell.becomes.strip()))
    return row


def _held(commitment_id: int, version: int | None, note: Note) -> Commitment:
    row = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
    if row is None:
        raise RefusedError(Finding("督查台账", "没有这一项", "只能办理台账里的事项", "请刷新页面"))
    note.title = f"{row.number} {row.title}"
    if version is not None and row.version != version:
        raise RefusedError(Finding(row.number, "别人刚刚办理过这一项", "以先办的为准", "请刷新页面，看过后再办"))
    return row


def _conflicts(row: Commitment, now: Mapping[str, str], wanted: Mapping[str, Cell]) -> list[Finding]:
    return [
        Finding(
            f"{row.number} {COLUMNS[key].label}",
            f"发出时为“{cell.was[:40]}”，现在是“{now[key][:40]}”，返回的是“{cell.becomes[:40]}”",
            "同一格两人先后改动时，由人决定",
            "请看过两个值后选定",
        )
        for key, cell in wanted.items()
        if cell.was is not None and cell.was != now[key]
    ]


def fill(actor: Actor, row: Commitment, told: Mapping[str, str], known: Known) -> None:  # noqa: ARG001 (named in every action)
    """Set what the cells mean, inside the act that fills them; every refusal at once."""
    findings: list[Finding] = []
    fields: dict[str, Any] = {}
    for key, words in told.items():
        try:
            if key == "milestones":
                _set_steps(row, words)
            elif key == "target":
                _set_amount(row, words)
            else:
                fields.update(cells.meant(key, words, row, known))
        except RefusedError as refusal:
            findings += refusal.findings
    if findings:
        raise RefusedError(*findings)
    if "leader" in told:
        fields["leader"] = told["leader"].strip()
    for name, value in fields.items():
        setattr(row, name, value)
    if "due" in fields:
        _carry_due(row)
    if "title" in fields:
        row.words = indexed(" ".join([row.title, *row.quotes.values_list("text", flat=True)]))
        fields["words"] = row.words
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _carry_due(row: Commitment) -> None:
    """A row's new day is the day of its targets too; what was read stays beside each."""
    for target in row.targets.all():
        if target.due != row.due:
            target.read_as = {**_as_read(target), **target.read_as}
            target.due = row.due
            target.save(update_fields=["due", "read_as"])


def _as_read(target: Target) -> dict[str, str]:
    return {"comparator": target.comparator, "value": str(target.value), "due": str(target.due)}


def _set_amount(row: Commitment, words: str) -> None:
    targets = list(row.targets.all())
    column = COLUMNS["target"]
    if len(targets) != 1:
        what = f"这一项有 {len(targets)} 个目标值" if targets else "这一项没有读出的目标值"
        raise cells.refused(row, column, what, "一格只更正一个目标值", "请在任务分解页拆分后更正")
    (target,) = targets
    target.read_as = {**_as_read(target), **target.read_as}
    for name, value in cells.amount_of(row, target, words).items():
        setattr(target, name, value)
    target.save()


def _set_steps(row: Commitment, words: str) -> None:
    """The milestones as typed; one that is reached stays whatever is typed."""
    wanted = cells.steps(row, words)
    reached = {(one.due, one.name) for one in row.milestones.all() if one.done}
    lost = reached - set(wanted)
    if lost:
        day, name = min(lost, key=str)
        rule = "已完成的节点留存"
        raise cells.refused(row, COLUMNS["milestones"], f"少了已完成的节点“{name}”（{day}）", rule, "请保留这一节点")
    if len({name for _, name in wanted}) < len(wanted):
        raise cells.refused(row, COLUMNS["milestones"], "有重名的节点", "一项之内节点不重名", "请换一个名称")
    rungs = {one.name: one.percent for one in row.milestones.all()}
    row.milestones.filter(done=None).delete()
    Milestone.objects.bulk_create(
        Milestone(commitment=row, name=name, due=day, place=place, percent=rungs.get(name))
        for place, (day, name) in enumerate(wanted)
        if (day, name) not in reached
    )


def ask_change(actor: Actor, commitment_id: int, version: int, column: str, becomes: str, reason: str) -> Change:
    """申请变更: what was issued is to read otherwise.

    Raises:
        RefusedError: no right, not issued yet, nothing that changes, no reason, the same asked already, or it cannot be read.
    """
    with act(actor, "ledger.ask_change", "commitment", commitment_id) as note:
        row = _held(commitment_id, version, note)
        require(actor, "ask_change", lead=row.lead)
        known = known_of(row.edition.city)
        was = _changeable(row, column, becomes, reason, known)
        if row.changes.filter(column=column, state=Change.State.OPEN).exists():
            raise cells.refused(row, COLUMNS[column], "已有一份变更待审批", "一栏一次只办一份变更", "请等批准后再申请")
        change = Change.objects.create(
            commitment=row,
            column=column,
            was=was[:300],
            becomes=becomes.strip()[:300],
            reason=reason.strip(),
            asked_by=actor.name,
        )
        note.reason = reason.strip()
        note.changed(f"{COLUMNS[column].label}（申请）", *_entered(column, was, change.becomes))
        row.version += 1
        row.save(update_fields=["version"])
    return change


def _changeable(row: Commitment, key: str, becomes: str, reason: str, known: Known) -> str:
    """What the cell says now, when it may be changed to that."""
    column = COLUMNS.get(key)
    if column is None or not column.approved:
        raise RefusedError(Finding(row.number, "这一栏不走变更", "只有目标值和完成时限变更须经批准", "请直接更正"))
    if row.breakdown.stage != _STAGE.ISSUED:
        raise cells.refused(row, column, "这一项还没有印发", "印发后才有变更", "请直接更正")
    if not reason.strip():
        raise cells.refused(row, column, "没有写理由", "变更须写明理由", "请写明为什么变更")
    was = cells.cells(row, known)[key]
    if not becomes.strip() or becomes.strip() == was:
        raise cells.refused(row, column, "与原来相同或是空的", "变更须有不同的值", "请填写变更后的值")
    if key == "target":
        targets = list(row.targets.all())
        if len(targets) != 1:
            raise cells.refused(row, column, f"这一项有 {len(targets)} 个目标值", "一次变更一个目标值", "请先拆分")
        cells.amount_of(row, targets[0], becomes)
    return was


def decide_change(actor: Actor, change_id: int, *, approved: bool, on: date, words: str) -> Change:
    """批准或不批准变更; approved, the row reads as asked, and what it read before stays in the change.

    Raises:
        RefusedError: no right, another leader's item, decided already, no words, or the row reads otherwise by now.
    """
    found = Change.objects.filter(pk=change_id).first()
    with act(actor, "ledger.decide_change", "commitment", found.commitment_id if found else 0) as note:
        if found is None:
            raise RefusedError(Finding("变更", "没有这份变更", "只能办理已申请的变更", "请刷新页面"))
        row = _held(found.commitment_id, None, note)
        change = Change.objects.select_for_update().get(pk=change_id)
        column, known = COLUMNS[change.column], known_of(row.edition.city)
        require(actor, "decide_change")
        refuse_twice(actor, row.number, [("", change.asked_by)])
        refuse_other_leader(actor, row.edition.city_id, row.leader, row.number)
        if change.state != Change.State.OPEN:
            raise cells.refused(
                row, column, f"已由{change.decided_by}{change.get_state_display()}", "一份变更只办一次", "请刷新页面"
            )
        if not words.strip():
            raise cells.refused(row, column, "没有写意见", "批准和不批准都须写明意见", "请写明意见")
        if on > timezone.localdate():
            raise cells.refused(row, column, f"日期 {on} 还没有到", "须为已经发生的日期", "请改日期")
        if approved:
            _apply(actor, row, change, known)
        change.state = Change.State.APPROVED if approved else Change.State.DECLINED
        change.decided_by, change.decided_on, change.words = actor.name, on, words.strip()
        change.save()
        note.reason, note.detail = words.strip(), {"结果": change.get_state_display()}
        note.changed(column.label if approved else f"{column.label}（申请）", change.was, change.becomes)
    return change


def _apply(actor: Actor, row: Commitment, change: Change, known: Known) -> None:
    now = cells.cells(row, known)[change.column]
    if now != change.was:
        what = f"申请时为“{change.was[:40]}”，现在是“{now[:40]}”"
        raise cells.refused(row, COLUMNS[change.column], what, "变更以申请时的原值为准", "请退回，重新申请")
    fill(actor, row, {change.column: change.becomes}, known)


def refuse_other_leader(actor: Actor, city_id: int, leader: str, where: str) -> None:
    """A leader decides about what the offices in his charge lead."""
    if actor.role != "leader" or not leader or not actor.office:
        return
    own = Office.objects.filter(city_id=city_id, code=actor.office).values_list("leader", flat=True).first()
    if own and own != leader:
        rule, remedy = "分管局领导只办理分管的事项", f"请送{leader}办理"
        raise RefusedError(Finding(where, f"这一项由{leader}分管", rule, remedy))


def _entered(column: str, before: str, after: str) -> list[str]:
    """What the journal says of a changed cell; a telephone number is masked there, because an entry stays for ever."""
    return [masked_phone(one) for one in (before, after)] if column == "phone" else [before, after]
