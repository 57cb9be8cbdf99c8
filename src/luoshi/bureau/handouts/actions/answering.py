"""What becomes of a returned cell or a comment: it lands, or a person answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from luoshi.bureau.handouts.models import Handback, Handout, Remark
from luoshi.bureau.handouts.queries import masked, recipient, unchanged
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.amending import barred, fill
from luoshi.bureau.ledger.cells import COLUMNS, cells, known_of
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_OPEN = Remark.Decision.OPEN


@dataclass(frozen=True, slots=True)
class Landed:
    """How many returned cells of a file went into the ledger, and how many wait for a person."""

    landed: int
    conflicts: int
    unread: int
    """Cells that cannot mean what they say."""


def land(actor: Actor, back: Handback) -> Landed:
    """Everything of a file that is permitted and that nobody changed meanwhile goes into the ledger, row by row.

    Raises:
        RefusedError: no right, or the file holds comments, which are answered one by one.
    """
    if back.handout.purpose == Handout.Purpose.CONSULT:
        with act(actor, "handouts.land", "handback", back.pk, back.handout.code):
            raise RefusedError(Finding(back.handout.code, "这是征求意见稿", "意见逐条答复", "请逐条采纳或不采纳"))
    waiting = list(back.remarks.filter(decision=_OPEN).exclude(column="").order_by("commitment_id", "id"))
    told = [0, 0, 0]
    for pk in dict.fromkeys(remark.commitment_id for remark in waiting):
        mine = [remark.pk for remark in waiting if remark.commitment_id == pk]
        for at, number in enumerate(_land_row(actor, back, pk, mine)):
            told[at] += number
    return Landed(*told)


def _land_row(actor: Actor, back: Handback, commitment_id: int, remarks: Sequence[int]) -> tuple[int, int, int]:
    with act(actor, "handouts.land", "commitment", commitment_id) as note:
        require(actor, "handback")
        row = Commitment.objects.select_for_update().get(pk=commitment_id)
        known, whose = known_of(row.edition.city), recipient(back.handout)
        note.title = f"{row.number} {row.title}"
        landed, conflicts, unread = 0, 0, 0
        note.detail = {"外发表": back.handout.code}
        for remark in Remark.objects.select_for_update().filter(pk__in=remarks, decision=_OPEN).order_by("id"):
            now, column = cells(row, known)[remark.column], COLUMNS[remark.column]
            why = barred(whose, column, row)
            if why is not None:
                _close(actor, remark, Remark.Decision.BARRED, f"{why.what}：{why.rule}。{why.remedy}")
            elif not unchanged(remark, now):
                conflicts += 1
            else:
                try:
                    fill(actor, row, {remark.column: remark.told}, known)
                except RefusedError as refusal:
                    _told(remark, refusal)
                    unread += 1
                    continue
                landed += 1
                note.changed(column.label, masked(column.key, now), masked(column.key, remark.told))
                _close(actor, remark, Remark.Decision.ADOPTED, "")
                row = Commitment.objects.get(pk=commitment_id)
    return landed, conflicts, unread


def _told(remark: Remark, refusal: RefusedError) -> None:
    one = refusal.findings[0]
    remark.answer = f"{one.what}：{one.rule}。{one.remedy}"
    remark.save(update_fields=["answer"])


def _close(actor: Actor, remark: Remark, decision: str, answer: str) -> None:
    remark.decision, remark.answer = decision, answer
    remark.decided_by, remark.decided_at = actor.name, datetime.now(UTC)
    remark.save()


def answer(actor: Actor, remark_id: int, decision: str, words: str, value: str = "") -> Remark:
    """采纳, 部分采纳, 不采纳: what is adopted goes into the ledger as told; partly, as the person writes it.

    Raises:
        RefusedError: no right, answered already, no reason where one is owed, or the cell cannot be filled so.
    """
    found = Remark.objects.filter(pk=remark_id).first()
    with act(actor, "handouts.answer", "commitment", found.commitment_id if found else 0) as note:
        if found is None:
            raise RefusedError(Finding("意见", "没有这条意见", "只能答复收回的意见", "请刷新页面"))
        require(actor, "answer")
        row = Commitment.objects.select_for_update().get(pk=found.commitment_id)
        remark = Remark.objects.select_for_update().get(pk=remark_id)
        note.title, note.reason = f"{row.number} {row.title}", words.strip()
        _refuse_answer(row, remark, decision, words)
        becomes = remark.told if decision == Remark.Decision.ADOPTED else value
        if remark.column and decision != Remark.Decision.DECLINED:
            known = known_of(row.edition.city)
            was = cells(row, known)[remark.column]
            why = barred(actor, COLUMNS[remark.column], row)
            if why:
                raise RefusedError(why)
            fill(actor, row, {remark.column: becomes}, known)
            told = [masked(remark.column, one) for one in (was, becomes)]
            note.changed(COLUMNS[remark.column].label, *told)
        _close(actor, remark, decision, words.strip())
        note.detail = {**note.detail, "意见": masked(remark.column, remark.told), "答复": remark.get_decision_display()}
    return remark


def _refuse_answer(row: Commitment, remark: Remark, decision: str, words: str) -> None:
    choices = Remark.Decision
    if decision not in {choices.ADOPTED, choices.PARTLY, choices.DECLINED}:
        raise RefusedError(Finding(row.number, "没有选答复", "采纳、部分采纳或不采纳", "请选一种"))
    if remark.decision != _OPEN:
        what = f"已由{remark.decided_by or '系统'}答复“{remark.get_decision_display()}”"
        raise RefusedError(Finding(row.number, what, "一条意见只答复一次", "请刷新页面"))
    if decision != choices.ADOPTED and not words.strip():
        raise RefusedError(
            Finding(row.number, "没有写理由", "不采纳和部分采纳须写理由", "请写明理由，告知提出意见的单位")
        )
