"""What was found in the journal, taken out of the house: itself an act on the journal, with how much it was."""

from dataclasses import asdict

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.searching import Asked, matching, through
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST = 50_000
"""Entries in one file."""
_LABELS = {
    "words": "词语",
    "people": "人员",
    "action": "办理",
    "kind": "对象",
    "key": "对象编号",
    "outcome": "结果",
    "since": "起",
    "until": "止",
    "address": "地址",
}


def export_journal(actor: Actor, asked: Asked) -> list[Entry]:
    """Every entry that is asked for, the newest first, as it was before this act.

    Raises:
        RefusedError: no right, nothing found, or more than one file takes.
    """
    with act(actor, "journal.export", "journal", "", "操作日志") as note:
        require(actor, "journal_audit")
        told = {label: value for name, label in _LABELS.items() if (value := asdict(asked)[name])}
        note.detail = told
        many = matching(asked).count()
        if not many:
            raise RefusedError(Finding("导出操作日志", "没有符合条件的记录", "导出的是查到的记录", "请放宽条件"))
        if many > MOST:
            rule = f"一次最多导出 {MOST} 条"
            raise RefusedError(Finding("导出操作日志", f"符合条件的有 {many} 条", rule, "请缩小日期或条件，分几次导出"))
        found = [one for piece in through(asked, MOST) for one in piece]
        note.detail = {**told, "条数": len(found)}
    return found
