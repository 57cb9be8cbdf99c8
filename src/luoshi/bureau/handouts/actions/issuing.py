"""草拟 → 征求意见 → 审定 → 印发: how a breakdown becomes work that offices owe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.handouts.queries import by_leader, rows_of, unanswered
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.amending import refuse_other_leader
from luoshi.bureau.ledger.cells import cells, known_of
from luoshi.bureau.ledger.models import Approval, Breakdown, Commitment
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

_STAGE = Breakdown.Stage
_MOST_TOLD = 20
_APPROVED = (
    "number",
    "title",
    "kind",
    "strength",
    "target",
    "leader",
    "lead",
    "partners",
    "units",
    "milestones",
    "due",
    "audience",
)
"""Columns a leader approves: what is reported later does not undo an approval."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A scanned paper that came with an act."""

    name: str
    content: bytes


def digest_of(actor: Actor, breakdown: Breakdown, rows: Sequence[Commitment]) -> str:
    """SHA-256 of what a leader approves of these items."""
    del actor  # named in every action
    known = known_of(breakdown.edition.city)
    told = (cells(row, known) for row in rows)
    lines = ["\t".join(one[key] for key in _APPROVED) for one in told]
    return digest("\n".join(lines).encode())


def _held(breakdown_id: int, version: int) -> Breakdown:
    found = Breakdown.objects.select_for_update().filter(pk=breakdown_id).first()
    if found is None:
        raise RefusedError(Finding("任务分解表", "没有这份任务分解表", "只能办理已有的分解表", "请刷新页面"))
    if found.version != version:
        raise RefusedError(Finding("任务分解表", "别人刚刚办理过", "以先办的为准", "请刷新页面，看过后再办"))
    return found


def _moved(breakdown: Breakdown, stage: str) -> None:
    breakdown.stage = stage
    breakdown.version += 1
    breakdown.save()


def _refuse_stage(breakdown: Breakdown, allowed: Sequence[str], said: str) -> None:
    if breakdown.stage not in allowed:
        order = "顺序为草拟、征求意见、审定、印发"
        what = f"任务分解表现在是“{breakdown.get_stage_display()}”，不能{said}"
        raise RefusedError(Finding("任务分解表", what, order, "请先看清现在到了哪一步"))


def _refuse_incomplete(rows: Sequence[Commitment]) -> None:
    """Exactly one lead, and a leader, on every row; all rows that lack them at once."""
    if not rows:
        raise RefusedError(Finding("任务分解表", "还没有一项", "分解表须有督查事项", "请先在任务分解页确认立项"))
    found = [
        Finding(
            f"{row.number} {row.title[:30]}",
            "没有牵头科室",
            "每一项须有且只有一个牵头科室",
            "请在事项页或任务分解页填写牵头科室",
        )
        for row in rows
        if not row.lead
    ]
    found += [
        Finding(
            f"{row.number} {row.title[:30]}",
            "没有分管局领导",
            "分解须报分管局领导审定",
            "请在科室表或事项页填写分管局领导",
        )
        for row in rows
        if row.lead and not row.leader
    ]
    if len(found) > _MOST_TOLD:
        rest = Finding(
            "任务分解表", f"另有 {len(found) - _MOST_TOLD} 处同样的缺项", found[0].rule, "请先在台账质量页逐条补齐"
        )
        found = [*found[:_MOST_TOLD], rest]
    if found:
        raise RefusedError(*found)


def consult(actor: Actor, breakdown_id: int, version: int, reply_by: date | None) -> Breakdown:
    """送出征求意见: comments are asked for until a day.

    Raises:
        RefusedError: no right, not a draft, items without a lead, no day, or changed meanwhile.
    """
    with act(actor, "ledger.consult", "breakdown", breakdown_id) as note:
        require(actor, "breakdown")
        breakdown = _held(breakdown_id, version)
        note.title = breakdown.edition.title
        _refuse_stage(breakdown, [_STAGE.DRAFTING], "征求意见")
        rows = rows_of(breakdown)
        _refuse_incomplete(rows)
        if reply_by is None:
            raise RefusedError(Finding("征求意见", "没有写反馈截止日", "征求意见须有截止日", "请填写哪一天前反馈"))
        breakdown.reply_by = reply_by
        note.detail = {"事项": len(rows), "反馈截止": reply_by}
        _moved(breakdown, _STAGE.CONSULTING)
    return breakdown


def approve(
    actor: Actor, breakdown_id: int, version: int, leader: str, on: date, words: str, paper: Paper | None = None
) -> Approval:
    """分管局领导审定 of the items in his charge; with the last of them the breakdown is approved.

    督查室 may enter it for a leader who signed on paper: then with what was signed (代录).

    Raises:
        RefusedError: no right, another leader's items, open comments, no words, or changed meanwhile.
    """
    with act(actor, "ledger.approve", "breakdown", breakdown_id) as note:
        require(actor, "approve")
        breakdown = _held(breakdown_id, version)
        note.title = f"{breakdown.edition.title} {leader}"
        _refuse_stage(breakdown, [_STAGE.DRAFTING, _STAGE.CONSULTING], "审定")
        refuse_other_leader(actor, breakdown.edition.city_id, leader, "审定")
        rows = rows_of(breakdown)
        _refuse_incomplete(rows)
        charged = by_leader(rows)
        if leader not in charged:
            raise RefusedError(Finding("审定", f"没有{leader}分管的事项", "审定按分管局领导办理", "请从列表中选择"))
        _refuse_unready(charged[leader], on, words)
        scan = keep_scan(actor, paper.content, paper.name) if paper else None
        _void(breakdown, leader)
        approval = Approval.objects.create(
            breakdown=breakdown,
            leader=leader,
            on=on,
            words=words.strip(),
            by=actor.name,
            by_login=actor.login,
            scan=scan,
            digest=digest_of(actor, breakdown, charged[leader]),
        )
        note.reason = words.strip()
        note.detail = {
            "分管局领导": leader,
            "事项": len(charged[leader]),
            "摘要": approval.digest,
            "代录": actor.role != "leader",
        }
        done = not missing(actor, breakdown, charged)
        _moved(breakdown, _STAGE.APPROVED if done else breakdown.stage)
    return approval


def _refuse_unready(rows: Sequence[Commitment], on: date, words: str) -> None:
    if not words.strip():
        raise RefusedError(Finding("审定", "没有写审定意见", "审定须写明意见", "例如：同意；代录的写明纸质件在何处"))
    if on > timezone.localdate():
        raise RefusedError(Finding("审定", f"日期 {on} 还没有到", "须为已经审定的日期", "请改日期"))
    waiting = unanswered(rows)
    if waiting:
        raise RefusedError(
            *(
                Finding(
                    f"{row.number} {row.title[:30]}", "还有意见没有答复", "意见逐条答复后才审定", "请在征求意见页答复"
                )
                for row in list(waiting.values())[:_MOST_TOLD]
            )
        )


def missing(actor: Actor, breakdown: Breakdown, charged: Mapping[str, Sequence[Commitment]]) -> list[str]:
    """Leaders whose items are not approved as they stand now."""
    given = {one.leader: one.digest for one in breakdown.approvals.all() if not one.void}
    return [leader for leader, rows in charged.items() if given.get(leader) != digest_of(actor, breakdown, rows)]


def _void(breakdown: Breakdown, leader: str = "") -> None:
    given = Approval.objects.filter(breakdown=breakdown, void=False)
    (given.filter(leader=leader) if leader else given).update(void=True)


def reopen(actor: Actor, breakdown_id: int, version: int, reason: str) -> Breakdown:
    """退回草拟: approvals given so far no longer count.

    Raises:
        RefusedError: no right, issued already, no reason, or changed meanwhile.
    """
    with act(actor, "ledger.reopen", "breakdown", breakdown_id) as note:
        require(actor, "breakdown")
        breakdown = _held(breakdown_id, version)
        note.title, note.reason = breakdown.edition.title, reason.strip()
        _refuse_stage(breakdown, [_STAGE.CONSULTING, _STAGE.APPROVED], "退回草拟")
        if not reason.strip():
            raise RefusedError(Finding("退回草拟", "没有写理由", "退回须写明理由", "请写明为什么退回"))
        _void(breakdown)
        _moved(breakdown, _STAGE.DRAFTING)
    return breakdown


def issue(
    actor: Actor, breakdown_id: int, version: int, number: str, on: date | None, paper: Paper | None = None
) -> Breakdown:
    """印发: with its 文号 and scan; from now on its items are 立项.

    Raises:
        RefusedError: no right, not approved as it stands, no number or day, or changed meanwhile.
    """
    with act(actor, "ledger.issue", "breakdown", breakdown_id) as note:
        require(actor, "breakdown")
        breakdown = _held(breakdown_id, version)
        note.title = breakdown.edition.title
        _refuse_stage(breakdown, [_STAGE.APPROVED], "印发")
        rows = rows_of(breakdown)
        open_still = missing(actor, breakdown, by_leader(rows))
        if open_still:
            raise RefusedError(
                Finding(
                    "印发",
                    f"审定后又有改动：{'、'.join(open_still)}分管的事项",
                    "印发的须与审定的一字不差",
                    "请退回草拟，重新送审",
                )
            )
        if not number.strip() or on is None:
            raise RefusedError(Finding("印发", "没有写文号或印发日期", "印发须有文号和日期", "请照印发的文件填写"))
        if on > timezone.localdate():
            raise RefusedError(Finding("印发", f"日期 {on} 还没有到", "须为已经印发的日期", "请改日期"))
        breakdown.document_number, breakdown.issued_on = number.strip()[:100], on
        scan = keep_scan(actor, paper.content, paper.name) if paper else None
        breakdown.scan = scan
        note.detail = {"文号": number.strip(), "印发日期": on, "立项": len(rows), "扫描件": scan.digest if scan else ""}
        _moved(breakdown, _STAGE.ISSUED)
    return breakdown
