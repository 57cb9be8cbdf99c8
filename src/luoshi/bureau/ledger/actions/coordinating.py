"""协调事项 and 配合科室任务: what others decide is marked by a person, and what each partner owes is written down."""

from collections.abc import Mapping

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Commitment
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONGEST = 300


def coordinate(actor: Actor, commitment_id: int, version: int, reason: str, *, marked: bool) -> Commitment:
    """Mark an item as 协调事项, or take the mark away; both with the reason.

    Raises:
        RefusedError: no right, no reason, marked so already, or changed meanwhile.
    """
    with act(actor, "ledger.coordinate", "commitment", commitment_id) as note:
        row = held(actor, "coordinate", commitment_id, version, note)
        reason = reason.strip()[:_LONGEST]
        if not reason:
            rule = "定为协调事项后不作欠进度、逾期，须写明由谁决定"
            raise RefusedError(Finding(row.number, "没有写理由", rule, "请写明理由"))
        if marked is bool(row.coordination):
            now = "已定为协调事项" if marked else "不是协调事项"
            raise RefusedError(Finding(row.number, now, "同一件事只办一次", "请刷新页面"))
        note.reason = reason
        note.changed("协调事项", row.coordination, reason if marked else "")
        row.coordination = reason if marked else ""
        row.version += 1
        row.save(update_fields=["coordination", "version"])
    return row


def owe(actor: Actor, commitment_id: int, version: int, duties: Mapping[str, str]) -> Commitment:
    """Write down what each partner owes; one lead stays accountable.

    Args:
        actor: who writes.
        commitment_id: the item.
        version: as it was shown.
        duties: words by code of the partner; empty takes a duty away.

    Raises:
        RefusedError: no right, an office that is no partner of the item, too long, or changed meanwhile.
    """
    with act(actor, "ledger.owe", "commitment", commitment_id) as note:
        row = held(actor, "owe", commitment_id, version, note)
        told = {code: words.strip() for code, words in duties.items()}
        for code, words in told.items():
            if code not in row.partners:
                rule = "只给配合科室写配合任务，牵头科室只有一个"
                raise RefusedError(Finding(row.number, f"“{code[:20]}”不是配合科室", rule, "请先更正配合科室"))
            if len(words) > _LONGEST:
                what = f"配合任务有 {len(words)} 个字"
                raise RefusedError(Finding(row.number, what, f"至多 {_LONGEST} 个字", "请写短些"))
        for code, words in told.items():
            note.changed(f"配合任务 {code}", row.duties.get(code, ""), words)
        row.duties = {code: words for code, words in {**row.duties, **told}.items() if words}
        row.version += 1
        row.save(update_fields=["duties", "version"])
    return row
