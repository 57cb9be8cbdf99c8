"""认定: a leader established that a section gave false evidence or changed without approval; withdrawn by the same way."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi.bureau.escalations.actions.holding import refuse_future
from luoshi.bureau.escalations.actions.ruling import refuse_approver
from luoshi.bureau.escalations.models import Established, Switch
from luoshi.bureau.escalations.queries import switched
from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_WHERE = "认定"


@dataclass(frozen=True, slots=True)
class Found:
    """What a leader established about a section."""

    office: str
    """Code of the section."""
    what: str
    """false or change."""
    on: date
    approver: str
    reason: str
    number: str = ""
    """Of the item it is about; empty when it is about none in particular."""
    scan: tuple[str, bytes] | None = None
    """The decision on paper, where somebody enters it for the leader."""


def establish(actor: Actor, edition: Edition, found: Found) -> Established:
    """Enter what a leader established; only then does the score take it off.

    Raises:
        RefusedError: no right, scores are off, no such section or item, no leader, no reason, no scan for 代录, a day to come.
    """
    with act(actor, "escalations.establish", "plan", edition.pk, edition.title) as note:
        require(actor, "establish")
        if switched(edition.city, Switch.What.SCORES, timezone.localdate()) is None:
            raise RefusedError(Finding(_WHERE, "计分没有开启", "开启计分后才登记认定", "请先由局领导批准开启计分"))
        row = _refuse_found(edition, found)
        refuse_approver(actor, edition.city, found.approver, found.scan is not None, _WHERE)
        refuse_future(actor, _WHERE, found.on)
        note.reason = found.reason.strip()
        what = Established.What(found.what).label
        note.detail = {"科室": found.office, "认定": what, "局领导": found.approver, "事项": row.number if row else ""}
        return Established.objects.create(
            edition=edition,
            office=found.office,
            what=found.what,
            commitment=row,
            on=found.on,
            approver=found.approver.strip(),
            reason=note.reason,
            scan=keep_scan(actor, found.scan[1], found.scan[0]) if found.scan else None,
            by=actor.name,
        )


def _refuse_found(edition: Edition, found: Found) -> Commitment | None:
    """The item it is about."""
    if found.what not in set(Established.What):
        raise RefusedError(
            Finding(_WHERE, f"没有“{found.what[:20]}”这一项", "弄虚作假、未经批准变更两项", "请从页面上办理")
        )
    if not Office.objects.filter(city=edition.city, code=found.office).exists():
        raise RefusedError(Finding(_WHERE, f"没有“{found.office[:20]}”这个科室", "认定须写明科室", "请从列表中选"))
    if not found.reason.strip():
        raise RefusedError(Finding(_WHERE, "没有写事实和依据", "认定须写明事实和依据", "请写明"))
    number = found.number.strip()
    row = Commitment.objects.filter(edition=edition, number=number).first() if number else None
    if number and row is None:
        raise RefusedError(Finding(_WHERE, f"没有编号“{number[:30]}”的事项", "编号照台账写，也可不写", "请检查编号"))
    return row


def take_away(actor: Actor, number: int, reason: str) -> Established:
    """撤销认定: it is counted no more; what was established stays to be read.

    Raises:
        RefusedError: no right, none or withdrawn already, no reason.
    """
    with act(actor, "escalations.take_away", "plan") as note:
        require(actor, "establish")
        found = Established.objects.select_for_update().filter(pk=number).first()
        if found is None or found.withdrawn_on is not None:
            raise RefusedError(Finding(_WHERE, "没有这条认定，或已经撤销", "只撤销有效的认定", "请刷新页面"))
        note.id, note.title, note.reason = str(found.edition_id), found.edition.title, reason.strip()
        note.detail = {"科室": found.office, "认定": found.get_what_display(), "日期": found.on}
        if not note.reason:
            raise RefusedError(Finding(_WHERE, "没有写理由", "撤销认定须写明理由", "请写明理由"))
        found.withdrawn_on, found.withdrawn_by = timezone.localdate(), actor.name
        found.withdrawn_because = note.reason
        found.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    return found
