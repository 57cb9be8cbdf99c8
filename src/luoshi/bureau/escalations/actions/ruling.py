"""The rules of 督办, and the switches of what is off by default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from luoshi.bureau.escalations.actions.holding import refuse_future
from luoshi.bureau.escalations.models import RuleSet, Switch
from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.rights import require
from luoshi.tracking.ladder import as_plain, read_ladder
from luoshi.tracking.marking import Shown
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rules as they are to read."""

    rungs: Sequence[Mapping[str, Any]]
    """As tracking.ladder reads them."""
    report_day: int
    begun: date
    """In force from this day on."""
    reason: str
    """Why, for example the bureau's own document."""


def set_rules(actor: Actor, city: City, shown: int, wanted: Wanted) -> RuleSet:
    """A new version of the rules; the old ones stay.

    Args:
        actor: who sets them.
        city: whose rules.
        shown: the version the page showed, 0 for the defaults.
        wanted: the new rules.

    Raises:
        RefusedError: no right, no reason, rules that cannot be, a first day before the last version's, or a newer version.
    """
    with act(actor, "escalations.rules", "city", city.pk, city.bureau) as note:
        require(actor, "escalation_rules")
        City.objects.select_for_update().get(pk=city.pk)
        latest = RuleSet.objects.filter(city=city).last()
        if shown != (latest.version if latest else 0):
            raise RefusedError(Finding("督办规则", "别人刚刚改过规则", "以先改的为准", "请刷新页面，看过后再改"))
        if not wanted.reason.strip():
            raise RefusedError(Finding("督办规则", "没有写依据", "改规则须写明依据", "请写明文件、会议或领导意见"))
        if latest and wanted.begun < latest.begun:
            what = f"起用日 {wanted.begun} 早于上一版的 {latest.begun}"
            raise RefusedError(Finding("督办规则", what, "新的一版不早于上一版起用", "请改起用日"))
        ladder = read_ladder(shown + 1, wanted.begun, wanted.rungs, wanted.report_day)
        note.reason = wanted.reason.strip()
        note.detail = {"版本": shown + 1, "起用": wanted.begun}
        note.changed("月报到齐日", latest.report_day if latest else None, ladder.report_day)
        note.changed("规则", latest.rungs if latest else None, as_plain(ladder))
        return RuleSet.objects.create(
            city=city,
            version=shown + 1,
            begun=wanted.begun,
            rungs=as_plain(ladder),
            report_day=ladder.report_day,
            reason=note.reason,
            by=actor.name,
            by_login=actor.login,
        )


@dataclass(frozen=True, slots=True)
class Switching:
    """What is switched, by whose approval, until when."""

    what: str
    """cards, scores or ranking."""
    on: bool
    approver: str
    reason: str
    begun: date
    until: date | None = None
    shown: str = ""
    """For a ranking: all, ends or none."""
    scan: tuple[str, bytes] | None = None
    """The approval on paper, where somebody enters it for the leader."""


def switch(actor: Actor, city: City, asked: Switching) -> Switch:
    """Cards, scores or ranking on until a day, or off; nothing of them is shown before.

    Raises:
        RefusedError: no right, unknown, no approver among the leaders, no reason, no last day, or no scan for 代录.
    """
    with act(actor, "escalations.switch", "city", city.pk, city.bureau) as note:
        require(actor, "switch_marks")
        _refuse_switch(actor, city, asked)
        note.reason = asked.reason.strip()
        note.detail = {
            "项目": asked.what,
            "开": asked.on,
            "批准": asked.approver,
            "至": asked.until,
            "方式": asked.shown,
        }
        return Switch.objects.create(
            city=city,
            what=asked.what,
            on=asked.on,
            shown=asked.shown if asked.what == Switch.What.RANKING else "",
            approver=asked.approver.strip(),
            reason=note.reason,
            begun=asked.begun,
            until=asked.until if asked.on else None,
            scan=keep_scan(actor, asked.scan[1], asked.scan[0]) if asked.scan else None,
            by=actor.name,
        )


def _refuse_switch(actor: Actor, city: City, asked: Switching) -> None:
    where = "黄红牌、计分和排名"
    if asked.what not in set(Switch.What):
        raise RefusedError(Finding(where, f"没有“{asked.what[:20]}”这一项", "黄红牌、计分、排名三项", "请从页面上办理"))
    if not asked.reason.strip():
        raise RefusedError(Finding(where, "没有写理由", "开启或关闭须写明理由", "请写明理由"))
    if not asked.on:
        return
    refuse_approver(actor, city, asked.approver, asked.scan is not None, where)
    refuse_future(actor, where, asked.begun)
    if asked.until is None or asked.until <= max(asked.begun, timezone.localdate()):
        raise RefusedError(Finding(where, "没有写截止日，或截止日已过", "开启须有截止日", "请填写以后的截止日"))
    if asked.what == Switch.What.RANKING and asked.shown not in set(Shown):
        raise RefusedError(Finding(where, "没有选排名方式", "全部、前三后三或不排名", "请选定方式"))


def refuse_approver(actor: Actor, city: City, approver: str, scanned: bool, where: str) -> None:  # noqa: FBT001
    """Only a leader approves: himself, or on a paper whose scan comes along.

    Raises:
        RefusedError: nobody of that name leads, or there is no scan for 代录.
    """
    offices = dict(Office.objects.filter(city=city).exclude(leader="").values_list("code", "leader"))
    name = approver.strip()
    if actor.role == "leader" and name in {actor.name, offices.get(actor.office)}:
        return
    if name not in set(offices.values()):
        what = f"“{approver[:30]}”不是局领导"
        raise RefusedError(Finding(where, what, "须由局领导批准", "请填写批准的局领导姓名"))
    if not scanned:
        raise RefusedError(Finding(where, "没有附批准件", "代录须附批准件扫描件", "请上传批准件扫描件"))
