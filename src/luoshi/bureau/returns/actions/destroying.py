"""销毁: what is due is proposed, two people approve, then keys, copies and rows are no more. Figures stay.

    approved by two                       ── commit: from here on it is carried out, by whoever comes next
    the lake: an entry, then the keys     ── forced to the disk
    the filings' own copies of the rows   ── their keys and bytes
    done, with the numbers of editions    ── commit

Each step may be done twice, so a crash in between is mended by doing them again.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO

import polars as pl
from django.utils import timezone

from luoshi.bureau.files.actions import destroy
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.rights import require
from luoshi.bureau.returns.models import Destroying, Filing
from luoshi.bureau.returns.packing import ASIDE
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.keeping.destroying import Act, erase
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

WAITS = timedelta(days=30)
"""After so long rows that were put aside for the worker are nobody's any more."""
_State = Destroying.State


def due(actor: Actor, on: date) -> list[tuple[str, str]]:  # noqa: ARG001 (as all of this module)
    """Returns and periods whose term is over on a day and some rows of which can still be read."""
    told = lake()
    there = {
        (one.kind, one.period)
        for one in (told.all_editions() if told.exists else [])
        if one.kind in RETENTIONS and not told.destroyed(one.number)
    }
    return sorted((kind, period) for kind, period in there if RETENTIONS[kind].until(period) < on.year)


def propose_due(actor: Actor, on: date) -> list[Destroying]:
    """Propose what is due and not proposed yet. Nothing is destroyed by it."""
    open_ones = set(Destroying.objects.filter(state__in=[_State.PROPOSED, _State.APPROVED]).values_list("of", "period"))
    return [_proposed(actor, kind, period, on) for kind, period in due(actor, on) if (kind, period) not in open_ones]


def _proposed(actor: Actor, kind: str, period: str, on: date) -> Destroying:
    until = RETENTIONS[kind].until(period)
    why = f"保存期限已满：保存到 {until} 年底"
    title = f"{RETURNS[kind].label} {period}"
    with act(actor, "returns.propose_destroying", "destroying", "", title) as note:
        made = Destroying.objects.create(of=kind, period=period, why=why, at=timezone.now(), by=actor.name)
        note.id, note.detail = str(made.pk), {"理由": why, "截至": on}
    return made


def propose_erasing(actor: Actor, kind: str, person: str, why: str) -> Destroying:
    """Propose that one person's rows of a return are taken out of every period.

    Raises:
        RefusedError: no right, no such return or code, or no reason.
    """
    with act(actor, "returns.propose_destroying", "destroying", "", "删除一人的行") as note:
        require(actor, "destroy_propose")
        if kind not in RETENTIONS:
            raise RefusedError(Finding("报表", "没有逐人的行", "只有逐人的报表可以删除一人", "请从列出的报表里选"))
        if not person.strip() or not why.strip():
            rule = "删除须有这人的代号和依据（个人信息保护法第47条）"
            raise RefusedError(Finding("删除", "没有写代号或依据", rule, "请写明代号，依据写申请的日期和编号"))
        made = Destroying(of=kind, person=person.strip(), why=why.strip()[:300], at=timezone.now(), by=actor.name)
        made.save()
        note.id, note.detail = str(made.pk), {"报表": RETURNS[kind].label, "依据": made.why}
    return made


def approve(actor: Actor, number: int) -> Destroying:
    """One of the two approvals; with the second it is carried out.

    Raises:
        RefusedError: no right, not waiting any more, or the same person once more.
    """
    with act(actor, "returns.approve_destroying", "destroying", number) as note:
        require(actor, "destroy")
        held = _waiting(actor, number)
        note.title = str(held)
        if not held.first:
            held.first, held.first_login = actor.name, actor.login
        elif held.first_login == actor.login:
            rule = "销毁须两人批准"
            raise RefusedError(Finding(str(held), f"{actor.name}已经批准过", rule, "请另一位有权限的人批准"))
        else:
            held.second, held.state = actor.name, _State.APPROVED
        held.save(update_fields=["first", "first_login", "second", "state"])
        note.detail = {"第几人": 2 if held.second else 1, "理由": held.why}
    return carry_out(actor, number) if held.second else held


def decline(actor: Actor, number: int, reason: str) -> Destroying:
    """It is not destroyed; what is due is proposed again by the next round.

    Raises:
        RefusedError: no right, not waiting any more, or no reason.
    """
    with act(actor, "returns.decline_destroying", "destroying", number) as note:
        require(actor, "destroy")
        held = _waiting(actor, number)
        if not reason.strip():
            raise RefusedError(Finding(str(held), "没有写理由", "不同意须写理由", "请写明为什么还要保存"))
        held.state = _State.DECLINED
        held.save(update_fields=["state"])
        note.title, note.reason = str(held), reason.strip()
    return held


def _waiting(actor: Actor, number: int) -> Destroying:  # noqa: ARG001
    held = Destroying.objects.select_for_update().filter(pk=number).first()
    if held is None or held.state != _State.PROPOSED:
        what = held.get_state_display() if held else "没有这一件"
        raise RefusedError(Finding("销毁", what, "只批准待批准的", "请刷新页面"))
    return held


def carry_out(actor: Actor, number: int) -> Destroying:
    """Destroy what two people approved; asked again it goes on where it was."""
    held = Destroying.objects.get(pk=number)
    if held.state != _State.APPROVED:
        return held
    now, why = timezone.now(), f"{held.first}、{held.second}批准（销毁 {held.pk}）：{held.why}"
    gone = _rows_destroyed(held, why, now, actor.name)
    with act(actor, "returns.destroyed", "destroying", number, str(held)) as note:
        held = Destroying.objects.select_for_update().get(pk=number)
        for file in _copies(held):
            destroy(actor, file)
        held.editions, held.rows = sorted({*held.editions, *gone}), sum(lake().edition(one).rows for one in gone)
        held.state, held.done_at, held.person = _State.DONE, now, ""
        held.save(update_fields=["editions", "rows", "state", "done_at", "person"])
        note.detail = {"版次": held.editions, "行数": held.rows, "理由": why}
    return held


def _rows_destroyed(held: Destroying, why: str, now: datetime, by: str) -> list[int]:
    """In the lake; the numbers of all editions that are destroyed by it, now or before a crash."""
    told = lake()
    if not told.exists:
        return []
    if held.person:
        key = RETURNS[held.of].keys[0]
        erase(told, held.of, key, [held.person], Act(why, now, by))
    else:
        mine = [one.number for one in told.editions(held.of, held.period)]
        _seal_first(mine, held, now, by)
        told.destroy(mine, why=why, at=now, by=by)
    return [one.number for one in told.all_editions() if (gone := told.destroyed(one.number)) and gone.why == why]


def _seal_first(numbers: Iterable[int], held: Destroying, now: datetime, by: str) -> None:
    """What was handed in before partitions were sealed is sealed by a compaction, so that there is a key to be taken away."""
    if any(not lake().edition(one).seal for one in numbers):
        lake().compact(held.of, held.period, at=now, by=by)


def _copies(held: Destroying) -> list[File]:
    """The filings' own copies of the rows: typed rows and the file they came in."""
    filings = Filing.objects.filter(parts__has_key=held.of).select_related("file")
    if held.period:
        filings = filings.filter(unit__window__period=held.period)
    told = dict[str, File]()
    for filing in filings:
        rows = File.objects.filter(digest=filing.parts[held.of]["file"], destroyed=None).first()
        if rows is not None and (not held.person or _names(held, rows)):
            told |= {one.digest: one for one in (rows, filing.file) if one is not None}
    return list(told.values())


def _names(held: Destroying, rows: File) -> bool:
    frame = pl.read_parquet(BytesIO(content(rows)))
    return held.person in set(frame[RETURNS[held.of].keys[0]])


def clear_aside(actor: Actor, now: datetime) -> int:
    """Destroy rows of persons that were put aside for the worker long ago; how many files."""
    names = [f"{kind}{ASIDE}" for kind in RETENTIONS]
    old = list(File.objects.filter(name__in=names, destroyed=None, kept__lt=now - WAITS))
    if old:
        with act(actor, "returns.destroyed", "destroying", "", "后台导入的中间文件") as note:
            for one in old:
                destroy(actor, one)
            note.detail = {"文件": len(old)}
    return len(old)


def expire(actor: Actor, on: date) -> tuple[int, int]:
    """A part of the daily round: end what was approved, clear what was put aside, propose what is due: proposed, ended."""
    waiting = list(Destroying.objects.filter(state=_State.APPROVED).values_list("pk", flat=True))
    for number in waiting:
        carry_out(actor, number)
    if lake().exists:
        lake().finish(at=timezone.now(), by=actor.name)
    clear_aside(actor, timezone.now())
    return len(propose_due(actor, on)), len(waiting)
