"""重新打开: an accepted return is corrected only after somebody asked with a reason and another approved by name."""

from datetime import date

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.signing import same_person
from luoshi.bureau.returns.actions.holding import moved, refuse_others, said, units_of, window_of
from luoshi.bureau.returns.models import Reopening, Unit
from luoshi.bureau.returns.seeing import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def ask_reopening(actor: Actor, window_id: int, code: str, version: int, reason: str, on: date) -> Reopening:
    """Ask that an accepted return may be corrected. What was accepted counts until the correction is.

    Raises:
        RefusedError: no right, no reason, not accepted, or asked already.
    """
    with act(actor, "returns.ask", "return_unit", f"{window_id}/{code}") as note:
        window = window_of(actor, window_id, note)
        (unit,) = units_of(actor, window, {code: version})
        note.title = f"{window.title} {unit.label}"
        require(actor, "return_ask", window, [unit])
        refuse_others(actor, [unit], (Unit.State.ACCEPTED,), "已入库的才要重新打开；没有入库的请退回修改")
        note.reason = said(actor, unit.label, reason, "重新打开的理由")
        if Reopening.objects.filter(unit=unit, approved=None).exists():
            raise RefusedError(Finding(unit.label, "已经申请过", "一次申请审批后再申请下一次", "请等待审批"))
        made = Reopening.objects.create(
            unit=unit, reason=note.reason, asked_by=actor.name, asked_login=actor.login, asked_on=on
        )
        moved(actor, [unit], "ask", on, note.reason)
    return made


def decide_reopening(actor: Actor, number: int, words: str, on: date, *, approved: bool) -> Reopening:
    """同意 or 不同意, by name. Whoever asked does not decide.

    Raises:
        RefusedError: no right, decided already, his own asking, or declined without a reason.
    """
    with act(actor, "returns.reopen", "reopening", number) as note:
        held = Reopening.objects.select_for_update(of=("self",)).select_related("unit__window")
        found = held.filter(pk=number).first()
        if found is None or found.approved is not None:
            raise RefusedError(Finding("重新打开", "没有待审批的申请", "每项申请审批一次", "请刷新页面"))
        unit = Unit.objects.select_for_update().get(pk=found.unit_id)
        window = found.unit.window
        note.title = f"{window.title} {unit.label}"
        require(actor, "return_reopen", window, [unit])
        if same_person(actor, found.asked_login, found.asked_by):
            raise RefusedError(Finding(unit.label, "这是您自己的申请", "申请人不审批自己的申请", "请另一位同志审批"))
        note.reason = (
            words.replace("\0", "").strip()[:500] if approved else said(actor, unit.label, words, "不同意的理由")
        )
        found.approved, found.decided_by, found.decided_on = approved, actor.name, on
        found.words = note.reason
        found.save(update_fields=["approved", "decided_by", "decided_on", "words"])
        if approved:
            unit.state = Unit.State.REOPENED
        moved(actor, [unit], "reopen" if approved else "decline", on, note.reason)
        note.detail = {"申请": found.reason, "申请人": found.asked_by, "同意": approved}
    return found
