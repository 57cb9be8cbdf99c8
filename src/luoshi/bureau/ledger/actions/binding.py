"""绑定指标: which declared indicator a target of the ledger is measured by."""

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.indicators import refuse_undeclared
from luoshi.bureau.ledger.models import Target
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_REASON = 300


def bind(actor: Actor, commitment_id: int, version: int, target_id: int, indicator: str, reason: str) -> Target:
    """Measure a target by another indicator, or by none. The promise stays as it is, so no 变更 is needed; the reason is kept.

    Args:
        actor: who decides.
        commitment_id: the row of the ledger.
        version: of the row as it was shown.
        target_id: the target.
        indicator: its key; empty for none.
        reason: why.

    Raises:
        RefusedError: no right, changed meanwhile, no such target or indicator, or no reason.
    """
    with act(actor, "ledger.bind", "commitment", commitment_id) as note:
        row = held(actor, "bind", commitment_id, version, note)
        target = row.targets.filter(pk=target_id).first()
        if target is None:
            what = f"这一项没有编号为 {target_id} 的目标值"
            raise RefusedError(Finding(row.number, what, "只能绑定这一项的目标值", "请刷新页面"))
        refuse_undeclared(row.number, indicator)
        if not reason.strip():
            raise RefusedError(Finding(row.number, "没有写理由", "改绑指标须写理由", "请写明理由，如：口径以年报为准"))
        note.reason = reason.strip()[:_REASON]
        note.detail = {"目标": target.subject}
        note.changed("指标", target.indicator, indicator)
        target.indicator = indicator
        target.save(update_fields=["indicator"])
        row.version += 1
        row.save(update_fields=["version"])
    return target
