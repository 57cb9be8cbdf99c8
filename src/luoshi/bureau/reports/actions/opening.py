"""A period opens with its calls, and closes."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports import queries
from luoshi.bureau.reports.calling import calls, reply_by
from luoshi.bureau.reports.models import Call, Period
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def open_period(
    actor: Actor,
    edition: Edition,
    on: date,
    items: Sequence[Item],
    calendar: Calendar,
    *,
    until: date | None = None,
    counties: bool = False,
) -> Period:
    """A period with one call a section for each item that has a reason to be asked about.

    Args:
        actor: who opens it.
        edition: the plan.
        on: 截至日.
        items: the ledger judged on that day.
        calendar: days worked, for the last day of answering.
        until: another last day than the fifth of the month after.
        counties: also ask each division that answers for an item which is due or behind.

    Raises:
        RefusedError: no right, opened already, a day outside the plan, nothing issued, or a last day that is not worked.
    """
    with act(actor, "reports.open", "plan", edition.pk, edition.title) as note:
        require(actor, "period")
        last = until or reply_by(on, calendar)
        _refuse_period(edition, on, last, calendar)
        before = queries.before(edition, on)
        wanted = calls(items, on, before)
        if not wanted:
            raise RefusedError(
                Finding(
                    edition.title,
                    f"截至 {on} 没有要报的事项",
                    "只收到期、节点、变更、滞后和未报过的",
                    "请换截至日，或先印发任务分解表",
                )
            )
        period = Period.objects.create(edition=edition, on=on, reply_by=last, opened_by=actor.name)
        rows = {item.row.pk: item for item in items}
        made = [one for pk, why in wanted.items() for one in _calls(period, rows[pk], why, counties=counties)]
        Call.objects.bulk_create(made)
        note.detail = {"截至": on, "报送截止": last, "应报": len(made)}
    return period


def _calls(period: Period, item: Item, why: Call.Why, *, counties: bool) -> list[Call]:
    row = item.row
    units = [(row.lead, "")] if row.lead else []
    if counties and why in {Call.Why.OVERDUE, Call.Why.DUE, Call.Why.BEHIND}:
        units += [("", code) for code in row.divisions]
    return [Call(period=period, commitment=row, office=office, division=code, why=why) for office, code in units]


def _refuse_period(edition: Edition, on: date, last: date, calendar: Calendar) -> None:
    if Period.objects.filter(edition=edition, on=on).exists():
        raise RefusedError(
            Finding(edition.title, f"截至 {on} 的一期已经开过", "一个截至日只开一期", "请进入这一期办理")
        )
    if on > timezone.localdate():
        raise RefusedError(Finding("截至日", f"{on} 还没有到", "截至日不能晚于今天", "请改截至日"))
    if edition.begun and on < edition.begun:
        raise RefusedError(Finding("截至日", f"{on} 在要点开始之前", f"要点自 {edition.begun} 起", "请改截至日"))
    if last < on:
        raise RefusedError(Finding("报送截止日", f"{last} 早于截至日 {on}", "先截至，后报送", "请改报送截止日"))
    if not calendar.is_workday(last):
        moved = calendar.next_workday(last)
        raise RefusedError(Finding("报送截止日", f"{last} 不是工作日", "截止日遇休息日顺延", f"请改为 {moved}"))


def close_period(actor: Actor, period_id: int, version: int) -> Period:
    """No more answers; who owed one is kept as the calls and answers show.

    Raises:
        RefusedError: no right, no such period, closed already, or changed meanwhile.
    """
    with act(actor, "reports.close", "period", period_id) as note:
        require(actor, "period")
        period = _held(period_id, version)
        note.title = f"{period.edition.title} 截至{period.on}"
        told = queries.counts(period)
        period.closed_at, period.version = timezone.now(), period.version + 1
        period.save(update_fields=["closed_at", "version"])
        note.detail = dict[str, object]({"应报": told.asked, "已报": told.answered, "未报": _owed(period)})
    return period


def _held(period_id: int, version: int) -> Period:
    period = (
        Period.objects.select_for_update(of=("self",))
        .select_related("edition", "edition__city")
        .filter(pk=period_id)
        .first()
    )
    if period is None:
        raise RefusedError(Finding("月底收数", "没有这一期", "只能办理开过的期次", "请刷新页面"))
    if period.closed_at is not None:
        raise RefusedError(Finding(f"截至 {period.on}", "这一期已经结束", "一期只结束一次", "无须再办"))
    if period.version != version:
        raise RefusedError(
            Finding(f"截至 {period.on}", "别人刚刚办理过这一期", "以先办的为准", "请刷新页面，看过后再办")
        )
    return period


def _owed(period: Period) -> Mapping[str, int]:
    return {unit.name: len(unit.owed) for unit in queries.unanswered(period)}
