"""Reading the journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from luoshi.bureau.journal.chain import FIELDS, GENESIS, Anchor, verify
from luoshi.bureau.journal.models import Entry, Head
from luoshi.words.findings import Finding

SAID = {
    "people.enter": gettext_noop("进入"),
    "people.wait": gettext_noop("锁定期间尝试进入"),
    "people.unlock": gettext_noop("解锁"),
    "people.add": gettext_noop("增加人员"),
    "people.password": gettext_noop("设置密码"),
    "plans.open_city": gettext_noop("建立本市"),
    "plans.store": gettext_noop("读入工作要点"),
    "indicators.add": gettext_noop("登记指标值"),
    "ledger.confirm": gettext_noop("确认立项"),
    "ledger.correct": gettext_noop("更正并确认立项"),
    "ledger.merge": gettext_noop("归并"),
    "ledger.dismiss": gettext_noop("不立项"),
    "ledger.undo": gettext_noop("撤回"),
    "ledger.split": gettext_noop("拆分"),
    "ledger.gather": gettext_noop("归并"),
    "ledger.add": gettext_noop("照原文添加"),
    "ledger.amend": gettext_noop("更正"),
    "ledger.ask_change": gettext_noop("申请变更"),
    "ledger.decide_change": gettext_noop("审批变更"),
    "ledger.bring": gettext_noop("交来旧台账"),
    "ledger.import": gettext_noop("导入旧台账"),
    "ledger.recall": gettext_noop("认出往年同一任务"),
    "ledger.carry": gettext_noop("结转"),
    "ledger.consult": gettext_noop("征求意见"),
    "ledger.approve": gettext_noop("审定"),
    "ledger.reopen": gettext_noop("退回草拟"),
    "ledger.issue": gettext_noop("印发"),
    "handouts.send": gettext_noop("导出外发表"),
    "handouts.take_back": gettext_noop("收回外发表"),
    "handouts.land": gettext_noop("返回表入账"),
    "handouts.answer": gettext_noop("答复意见"),
    "notices.draft": gettext_noop("拟公开稿"),
    "notices.approve": gettext_noop("审批公开稿"),
    "notices.publish": gettext_noop("发布公开稿"),
    "notices.withdraw": gettext_noop("撤下公开稿"),
    "notices.switch": gettext_noop("开关公开页"),
    "plans.source": gettext_noop("登记任务来源"),
    "ledger.milestone": gettext_noop("增设节点"),
    "ledger.reach": gettext_noop("节点完成"),
    "ledger.self": gettext_noop("科室自评"),
    "ledger.leader": gettext_noop("分管领导审签"),
    "ledger.office": gettext_noop("督查室核定"),
    "ledger.back": gettext_noop("退回修改"),
    "reminders.round": gettext_noop("发出当天提醒"),
    "reminders.habits": gettext_noop("改提醒规则"),
    "reminders.token": gettext_noop("日历订阅地址"),
    "reminders.address": gettext_noop("提醒邮箱"),
    "reminders.days": gettext_noop("登记本市放假和上班日"),
}
"""What each action is called."""


def opened() -> bool:
    """Whether there is a journal here at all; an empty folder is not a whole journal."""
    return "journal_entry" in connection.introspection.table_names()


def said(action: str) -> str:
    """What an action is called, in the language of the page."""
    return gettext(SAID[action]) if action in SAID else action


def head() -> Anchor | None:
    """The end of the chain; None before the first entry."""
    found = Head.objects.filter(pk=1).first()
    return Anchor(found.number, found.digest) if found else None


_CHUNK = 2000


def _records() -> Iterator[Mapping[str, object]]:
    """Every entry by number. One that cannot even be read comes as its number alone, so that it can be named."""
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    for at in range(0, len(numbers), _CHUNK):
        yield from _read(numbers[at : at + _CHUNK])


def _read(numbers: Sequence[int]) -> list[Mapping[str, object]]:
    wanted = Entry.objects.filter(number__gte=numbers[0], number__lte=numbers[-1]).order_by("number")
    try:
        return list(wanted.values(*FIELDS, "digest"))
    except (ValueError, TypeError, OverflowError, DatabaseError):
        # Somebody wrote a date that is none, or bytes that are no text, under the tables: look which entry it is.
        if len(numbers) == 1:
            return [{"number": numbers[0]}]
        half = len(numbers) // 2
        return [*_read(numbers[:half]), *_read(numbers[half:])]


def broken(*anchors: Anchor) -> Finding | None:
    """The first broken place of the whole chain; None when it is whole. Entries without a kept end are not."""
    return verify(_records(), head() or Anchor(0, GENESIS), anchors)


def page(wanted: str = "", before: int | None = None, size: int = 50) -> list[Entry]:
    """The newest entries, older than a number, whose subject, actor or reason holds the words."""
    found = Entry.objects.order_by("-number")
    if wanted:
        found = found.filter(Q(subject__contains=wanted) | Q(actor_name__contains=wanted) | Q(reason__contains=wanted))
    if before is not None:
        found = found.filter(number__lt=before)
    return list(found[:size])


def of(things: Mapping[str, Iterable[object]]) -> list[Entry]:
    """Everything that was done to these things, by their kind and ids, newest first: one query."""
    any_of = Q(pk__in=())
    for kind, ids in things.items():
        any_of |= Q(subject_kind=kind, subject_id__in=[str(one) for one in ids])
    return list(Entry.objects.filter(any_of, outcome="done").order_by("-number"))
