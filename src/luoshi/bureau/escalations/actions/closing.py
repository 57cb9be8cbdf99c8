"""销号: three signatures in order, and only with the evidence there; opened again when a figure falls back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi import spine
from luoshi.bureau.escalations.actions.holding import refuse_future
from luoshi.bureau.escalations.actions.sending import refuse_other_leader
from luoshi.bureau.escalations.models import Closing, Signature
from luoshi.bureau.evidence.queries import gap
from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions.closing import set_closed
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.signing import refuse_twice
from luoshi.bureau.plans.models import Edition
from luoshi.tracking import Day, showing
from luoshi.tracking.falling import fallen
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STEP = Signature.Step
_NEXT = {None: _STEP.SECTION, _STEP.SECTION: _STEP.LEADER, _STEP.LEADER: _STEP.OFFICE}
_ORDER = "顺序为牵头科室申请、分管局领导审签、督查室销号"


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature, or a sending back."""

    step: str
    """section, leader, office or back."""
    on: date
    words: str
    name: str = ""
    """Who signed on paper, where somebody enters it for the leader (代录)."""
    shown: str = ""
    """佐证, with the section's request."""
    scan: tuple[str, bytes] | None = None


def sign(actor: Actor, commitment_id: int, version: int, signing: Signing) -> Closing:
    """One of the three signatures; the third closes the item (已销号).

    Raises:
        RefusedError: no right, out of order, not judged 已完成, evidence missing, the same person twice, no words, no scan
            for 代录, a day that cannot be, closed already, or changed meanwhile.
    """
    step = signing.step if signing.step in set(_STEP) else _STEP.SECTION
    action = "escalations.close" if step == _STEP.OFFICE else "escalations.sign"
    with act(actor, action, "commitment", commitment_id) as note:
        if signing.step not in set(_STEP):
            what = f"没有“{signing.step[:20]}”这一步"
            raise RefusedError(Finding("销号", what, _ORDER, "请从页面上办理"))
        row = held(actor, f"close_{step}", commitment_id, version, note)
        closing = Closing.objects.filter(commitment=row, ended=False).first()
        taken = list(closing.signatures.all()) if closing else []
        name = _signer(actor, row, signing)
        _refuse_words(actor, row, signing, taken)
        _refuse_order(row, closing, taken, step)
        note.reason, note.detail = (
            signing.words.strip(),
            {"步骤": _STEP(step).label, "签字人": name, "日期": signing.on},
        )
        if step != _STEP.BACK:
            _refuse_unready(row)
            _refuse_same(actor, row, name, taken)
        if closing is None:
            closing = Closing.objects.create(commitment=row, shown=signing.shown.strip())
        _signed(actor, closing, signing, name)
        _carry(actor, row, closing, signing)
    return closing


def _signed(actor: Actor, closing: Closing, signing: Signing, name: str) -> None:
    Signature.objects.create(
        closing=closing,
        step=signing.step,
        name=name,
        on=signing.on,
        words=signing.words.strip(),
        scan=keep_scan(actor, signing.scan[1], signing.scan[0]) if signing.scan else None,
        by=actor.name,
        by_login=actor.login,
    )


def _carry(actor: Actor, row: Commitment, closing: Closing, signing: Signing) -> None:
    """What the signature does to the round and to the row."""
    if signing.step == _STEP.OFFICE:
        closing.closed_on = signing.on
        closing.figures = _figures(row, signing.on)
    elif signing.step == _STEP.BACK:
        closing.ended, closing.declined_because = True, signing.words.strip()
    closing.save()
    set_closed(actor, row, closing.closed_on)


def _figures(row: Commitment, on: date) -> list[dict[str, str]]:
    """Every figure as it stood when the item was closed."""
    item, _ = ledger.judged(row.edition.city, row.edition, on, row)
    return [_figure(one.target, one.status.measurement) for one in item.stood if one.status.measurement is not None]


def _figure(target: spine.Target, one: spine.Measurement) -> dict[str, str]:
    return {
        "indicator": one.indicator,
        "target": showing.amount(target),
        "value": showing.figure(one),
        "on": one.on.isoformat(),
        "definition": one.definition,
        "standing": one.standing.value,
    }


def _signer(actor: Actor, row: Commitment, signing: Signing) -> str:
    """Whose signature it is. Only a leader's may be entered for him, from the paper he signed."""
    if signing.step != _STEP.LEADER:
        return actor.name
    if actor.role == "leader":
        refuse_other_leader(actor, row)
        return actor.name
    name = signing.name.strip()[:100]
    if not name or signing.scan is None:
        rule = "代录须写明签字的局领导，并附签字件扫描件"
        raise RefusedError(Finding(row.number, "没有写签字人，或没有附扫描件", rule, "请填写姓名并上传扫描件"))
    if row.leader and name != row.leader:
        what = f"这一项由{row.leader}分管，不是{name}"
        raise RefusedError(Finding(row.number, what, "分管局领导只签分管的事项", f"请送{row.leader}签字"))
    return name


def _refuse_words(actor: Actor, row: Commitment, signing: Signing, taken: Sequence[Signature]) -> None:
    refuse_future(actor, row.number, signing.on)
    if not signing.words.strip():
        raise RefusedError(Finding(row.number, "没有写意见", "申请、审签、销号、退回都须写意见", "请写明意见"))
    if taken and signing.on < taken[-1].on:
        what = f"日期 {signing.on} 早于上一步的 {taken[-1].on}"
        raise RefusedError(Finding(row.number, what, _ORDER, "请检查日期"))
    if signing.step == _STEP.SECTION and not signing.shown.strip():
        raise RefusedError(
            Finding(row.number, "没有写佐证材料", "申请销号须列明佐证材料", "请写明材料名称、文号、页码")
        )


def _refuse_order(row: Commitment, closing: Closing | None, taken: Sequence[Signature], step: str) -> None:
    if row.closed_on is not None:
        what = f"这一项已于 {row.closed_on} 销号"
        raise RefusedError(Finding(row.number, what, "一项只销号一次", "如须再办，请先重新打开"))
    if step == _STEP.BACK:
        if closing is None:
            raise RefusedError(Finding(row.number, "没有可退回的申请", "只能退回已提出的销号申请", "无须退回"))
        return
    wanted = _NEXT[_STEP(taken[-1].step) if taken else None]
    if step != wanted:
        said = f"现在应由{wanted.label}签字，不是{_STEP(step).label}"
        raise RefusedError(Finding(row.number, said, _ORDER, f"请先办理{wanted.label}的一步"))


def _refuse_unready(row: Commitment) -> None:
    """Issued, judged 已完成 since it was last reopened, and nothing wanting in the evidence."""
    if row.breakdown.stage != Breakdown.Stage.ISSUED:
        raise RefusedError(
            Finding(row.number, "这一项还没有印发", "印发后才算立项，立项后才能销号", "请先印发任务分解表")
        )
    if row.judged != spine.State.DONE:
        what = f"核定状态是“{spine.State(row.judged).label if row.judged else '待核定'}”"
        raise RefusedError(Finding(row.number, what, "督查室核定为已完成的才能销号", "请先办理自评、审签、核定"))
    last = Closing.objects.filter(commitment=row).exclude(reopened_on=None).last()
    if last and last.reopened_on and (row.judged_on is None or row.judged_on < last.reopened_on):
        what = f"{last.reopened_on} 重新打开后还没有再核定"
        raise RefusedError(Finding(row.number, what, "重新打开的须再核定为已完成", "请先重新办理自评、审签、核定"))
    missing = gap(row)
    if missing:
        raise RefusedError(
            *(Finding(row.number, f"佐证有缺口：{one}", "佐证齐全才能销号", "请补齐佐证材料") for one in missing)
        )


def _refuse_same(actor: Actor, row: Commitment, name: str, taken: Sequence[Signature]) -> None:
    """Three signatures are three people; only entering the leader's paper does not count as signing."""
    refuse_twice(actor, row.number, [(one.by_login if one.name == one.by else "", one.name) for one in taken])
    signed = {one.name for one in taken}
    logins = {one.by_login for one in taken if one.name == one.by}
    if name in signed or (actor.name == name and actor.login in logins):
        what = f"{name}已经签过这一轮"
        raise RefusedError(Finding(row.number, what, "三个签字须是三个人", "请由另一人签字"))


def reopen(actor: Actor, commitment_id: int, version: int, on: date, reason: str) -> Closing:
    """Open a closed item again, by hand.

    Raises:
        RefusedError: no right, not closed, no reason, a day that cannot be, or changed meanwhile.
    """
    with act(actor, "escalations.reopen", "commitment", commitment_id) as note:
        row = held(actor, "reopen_closed", commitment_id, version, note)
        note.reason = reason.strip()
        closing = Closing.objects.filter(commitment=row, ended=False).exclude(closed_on=None).first()
        if closing is None or closing.closed_on is None or row.closed_on is None:
            raise RefusedError(Finding(row.number, "这一项没有销号", "只能重新打开已销号的事项", "无须办理"))
        if not note.reason:
            raise RefusedError(Finding(row.number, "没有写理由", "重新打开须写明理由", "请写明理由"))
        refuse_future(actor, row.number, on)
        if on < closing.closed_on:
            what = f"日期 {on} 早于销号日 {closing.closed_on}"
            raise RefusedError(Finding(row.number, what, "销号后才能重新打开", "请检查日期"))
        note.detail = {"销号": closing.closed_on, "重新打开": on}
        _reopened(actor, row, closing, on, note.reason, [])
    return closing


def _reopened(
    actor: Actor, row: Commitment, closing: Closing, on: date, reason: str, after: list[dict[str, str]]
) -> None:
    closing.ended, closing.reopened_on, closing.reopened_by = True, on, actor.name
    closing.reopened_because, closing.figures_after = reason, after
    closing.save()
    set_closed(actor, row, None)


def reopen_fallen(actor: Actor, edition: Edition, on: date) -> list[Closing]:
    """Open every closed item whose figure, reported or verified after the closing, no longer meets the target.

    For the daily round. A figure by another 口径 than the one the item was closed on is left to a person.

    Args:
        actor: who asks.
        edition: the plan.
        on: the day.

    Raises:
        RefusedError: no right.
    """
    rounds = Closing.objects.filter(commitment__edition=edition, ended=False, closed_on__lte=on)
    listed = list(rounds.select_related("commitment").prefetch_related("commitment__targets"))
    if not listed:
        return []
    targets = {one.pk: [ledger.as_target(row) for row in one.commitment.targets.all()] for one in listed}
    today = ledger.day(edition.city, edition, on, [target for told in targets.values() for target in told])
    found = [(one, _fallen(one, targets[one.pk], today)) for one in listed]
    return [_opened(actor, one, on, after) for one, after in found if after]


def _fallen(closing: Closing, targets: Sequence[spine.Target], today: Day) -> list[dict[str, str]]:
    told = []
    kind, since = spine.Kind(closing.commitment.kind), closing.closed_on or today.on
    for target in targets:
        figure = fallen(today, target, kind, since)
        if figure is None:
            continue
        before = [one for one in closing.figures if one["indicator"] == figure.indicator]
        if not before or before[0]["definition"] == figure.definition:
            told.append(_figure(target, figure))
    return told


def _opened(actor: Actor, closing: Closing, on: date, after: list[dict[str, str]]) -> Closing:
    row_id = closing.commitment_id
    with act(actor, "escalations.reopen", "commitment", row_id) as note:
        row = Commitment.objects.select_for_update().get(pk=row_id)
        held(actor, "reopen_closed", row_id, row.version, note)
        now = Closing.objects.select_for_update().get(pk=closing.pk)
        if now.ended:  # somebody opened it meanwhile
            return now
        before = "；".join(f"{one['value']}（时点{one['on']}）" for one in now.figures) or "无数"
        after_words = "；".join(f"{one['value']}（时点{one['on']}），目标{one['target']}" for one in after)
        note.reason = f"销号时{before}，其后{after_words}，未再达到目标"
        note.detail = {"销号": now.closed_on, "销号时": now.figures, "现在": after}
        _reopened(actor, row, now, on, note.reason, after)
    return now
