"""暂缓: asked for with a reason and both days, decided by the leader in charge, ended when the work goes on."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger.actions.amending import refuse_other_leader
from luoshi.bureau.ledger.actions.carried import carry_agreed
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Breakdown, Commitment, Pause
from luoshi.bureau.people.signing import refuse_twice
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class PauseWanted:
    """What is asked for."""

    begun: date | None
    until: date | None
    """The last day; None asks for a pause until it is resumed."""
    reason: str
    extends: bool = False
    """Whether the due day is to move by as many days."""


@dataclass(frozen=True, slots=True)
class PauseVerdict:
    """What the leader in charge says, himself or on a paper that is entered for him."""

    approved: bool
    on: date
    words: str
    scan: tuple[str, bytes] | None = None
    """Name and bytes of the scanned approval."""


def ask_pause(actor: Actor, commitment_id: int, version: int, wanted: PauseWanted) -> Pause:
    """申请暂缓.

    Raises:
        RefusedError: no right, not issued, no reason, no first day, days that cannot be, one that is open or holds already,
            or changed meanwhile.
    """
    with act(actor, "ledger.pause_ask", "commitment", commitment_id) as note:
        row = held(actor, "pause_ask", commitment_id, version, note)
        begun = _begun(row, wanted)
        pause = Pause.objects.create(
            commitment=row,
            begun=begun,
            until=wanted.until,
            extends=wanted.extends,
            reason=wanted.reason.strip(),
            asked_by=actor.name,
        )
        carry_agreed(actor, row)
        note.reason = wanted.reason.strip()
        note.detail = {"起": begun, "止": wanted.until or "恢复为止", "时限顺延": "是" if wanted.extends else "否"}
    return pause


def _begun(row: Commitment, wanted: PauseWanted) -> date:
    if row.breakdown.stage != Breakdown.Stage.ISSUED:
        raise _refused(row, "这一项还没有印发", "印发后才有暂缓", "请直接更正")
    if not wanted.reason.strip():
        raise _refused(row, "没有写理由", "暂缓须书面批准，写明理由和起止日期", "请写明为什么暂缓")
    if wanted.begun is None:
        raise _refused(row, "没有写起始日期", "暂缓须写明起止日期，止日未定的写“恢复为止”", "请填写起始日期")
    if not (wanted.begun >= _EARLIEST and (wanted.until or wanted.begun) <= _LATEST):
        raise _refused(row, f"日期 {wanted.begun} 不合理", f"须在 {_EARLIEST} 至 {_LATEST} 之间", "请检查年份")
    if wanted.until and wanted.until < wanted.begun:
        raise _refused(row, f"止日 {wanted.until} 早于起日 {wanted.begun}", "止日不早于起日", "请改日期")
    others = list(row.pauses.all())
    if any(one.state == Pause.State.OPEN for one in others):
        raise _refused(row, "已有一份暂缓待审批", "一次只办一份暂缓", "请等审批后再申请")
    for one in others:
        last = _last(one)
        if one.state == Pause.State.APPROVED and (last is None or last >= wanted.begun):
            until = f"至 {last}" if last else "还没有恢复"
            raise _refused(row, f"已批准自 {one.begun} 起暂缓，{until}", "同一天只暂缓一次", "请先恢复，或改起始日期")
    return wanted.begun


def _last(pause: Pause) -> date | None:
    """The last day the clock stands; None while it is open."""
    resumed = pause.resumed_on - timedelta(days=1) if pause.resumed_on else None
    return min((day for day in (pause.until, resumed) if day), default=None)


def decide_pause(actor: Actor, pause_id: int, verdict: PauseVerdict) -> Pause:
    """批准或不批准暂缓. The supervision office enters it for the leader only with the scanned paper.

    Raises:
        RefusedError: no right, another leader's item, decided already, no words, a day that has not come, or no scan.
    """
    found = Pause.objects.filter(pk=pause_id).first()
    with act(actor, "ledger.pause_decide", "commitment", found.commitment_id if found else 0) as note:
        row, pause = _held(actor, "pause_decide", found, note)
        refuse_other_leader(actor, row.edition.city_id, row.leader, row.number)
        if pause.state != Pause.State.OPEN:
            what = f"已由{pause.decided_by}{pause.get_state_display()}"
            raise _refused(row, what, "一份暂缓只办一次", "请刷新页面")
        refuse_twice(actor, row.number, [("", pause.asked_by)])
        if not verdict.words.strip():
            raise _refused(row, "没有写意见", "批准和不批准都须写明意见", "请写明意见")
        if verdict.on > timezone.localdate():
            raise _refused(row, f"日期 {verdict.on} 还没有到", "须为已经发生的日期", "请改日期")
        if actor.role != "leader" and verdict.scan is None:
            rule = "督查室代录分管局领导的批准，须附纸质批件扫描件"
            raise _refused(row, "没有附扫描件", rule, "请上传扫描件，或由分管局领导办理")
        leader = actor.name if actor.role == "leader" else f"{row.leader or '分管局领导'}（{actor.name}代录）"
        pause.state = Pause.State.APPROVED if verdict.approved else Pause.State.DECLINED
        pause.decided_by, pause.decided_on, pause.words = leader, verdict.on, verdict.words.strip()
        pause.scan = keep_scan(actor, verdict.scan[1], verdict.scan[0]) if verdict.scan else None
        pause.save()
        carry_agreed(actor, row)
        note.reason = verdict.words.strip()
        note.detail = {"起": pause.begun, "止": pause.until or "恢复为止", "结果": pause.get_state_display()}
    return pause


def resume(actor: Actor, pause_id: int, on: date | None, words: str) -> Pause:
    """恢复: the clock runs again from a day on.

    Raises:
        RefusedError: no right, not approved, ended already, no day or one before the pause, or nothing said.
    """
    found = Pause.objects.filter(pk=pause_id).first()
    with act(actor, "ledger.resume", "commitment", found.commitment_id if found else 0) as note:
        row, pause = _held(actor, "resume", found, note)
        if pause.state != Pause.State.APPROVED or pause.resumed_on is not None:
            raise _refused(row, "这份暂缓没有在执行", "只能恢复已批准、未恢复的暂缓", "请刷新页面")
        if on is None or not words.strip():
            raise _refused(row, "没有写恢复日期或说明", "恢复须写明日期和说明", "请填写")
        if on < pause.begun or (pause.until and on > pause.until):
            until = pause.until or "恢复为止"
            raise _refused(row, f"恢复日期 {on} 不在暂缓期内", f"暂缓自 {pause.begun} 至 {until}", "请改日期")
        if on > timezone.localdate():
            raise _refused(row, f"恢复日期 {on} 还没有到", "恢复的当天或以后办理", "请改日期")
        pause.resumed_on, pause.resumed_by, pause.resumed_words = on, actor.name, words.strip()
        pause.save(update_fields=["resumed_on", "resumed_by", "resumed_words"])
        carry_agreed(actor, row)
        note.reason, note.detail = words.strip(), {"恢复": on}
    return pause


def _held(actor: Actor, right: str, found: Pause | None, note: Note) -> tuple[Commitment, Pause]:
    """The item and its pause, both held until the act ends."""
    if found is None:
        raise RefusedError(Finding("暂缓", "没有这份暂缓", "只能办理已申请的暂缓", "请刷新页面"))
    version = Commitment.objects.select_for_update().values_list("version", flat=True).get(pk=found.commitment_id)
    row = held(actor, right, found.commitment_id, version, note)
    return row, Pause.objects.select_for_update().get(pk=found.pk)


def _refused(row: Commitment, what: str, rule: str, remedy: str) -> RefusedError:
    return RefusedError(Finding(f"{row.number} 暂缓", what, rule, remedy))
