"""Reading the journal."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext, gettext_noop

from luoshi.bureau.journal.chain import BEGINNING, CHANGE, FIELDS, Anchor, Break, Harm, Record, renewed, verify
from luoshi.bureau.journal.diagnosis import diagnose
from luoshi.bureau.journal.kinds import PUBLISHING
from luoshi.bureau.journal.models import DayEnd, Entry, Head
from luoshi.words.findings import Finding

SAID = {
    **PUBLISHING,
    "cases.open": gettext_noop("登记办件"),
    "cases.take": gettext_noop("办理一步"),
    "cases.hold": gettext_noop("留存待交材料"),
    "cases.drop": gettext_noop("清理未提交的材料"),
    "cases.lapse": gettext_noop("到期自动办结"),
    "cases.extract_ask": gettext_noop("申请导出含个人信息的办件"),
    "cases.extract_decide": gettext_noop("批准导出含个人信息的办件"),
    "cases.extract_take": gettext_noop("导出含个人信息的办件"),
    "cases.follow": gettext_noop("凭查询码查进度"),
    "cases.wait": gettext_noop("暂停查询和提交"),
    "cases.switch": gettext_noop("开关办件的公开页"),
    "cases.raise": gettext_noop("告知逾期办件"),
    "cases.conduct": gettext_noop("设定流程的办理办法"),
    "cases.bars": gettext_noop("查能否评优"),
    "rubrics.weigh": gettext_noop("修改评价标准"),
    "rubrics.judge": gettext_noop("聘评委"),
    "rubrics.release": gettext_noop("解聘评委"),
    "rubrics.recuse": gettext_noop("登记回避"),
    "rubrics.draw": gettext_noop("抽取核查单位"),
    "cases.import": gettext_noop("导入办件数"),
    "comparisons.bring": gettext_noop("交来比对的名单"),
    "comparisons.ask": gettext_noop("比对名单"),
    "comparisons.compare": gettext_noop("写入比对结果"),
    "comparisons.judge": gettext_noop("认定疑似同一人"),
    "comparisons.open": gettext_noop("由比对结果立案"),
    "comparisons.close": gettext_noop("结束比对、销毁名单"),
    "people.take_out": gettext_noop("导出数据表"),
    "people.turn_away": gettext_noop("打开不归本人的页面"),
    "exchanges.pack": gettext_noop("生成下发包"),
    "exchanges.found": gettext_noop("建立县级版"),
    "exchanges.take": gettext_noop("收下发包或回执包"),
    "exchanges.send": gettext_noop("生成上报包"),
    "exchanges.register": gettext_noop("登记县级版公钥"),
    "exchanges.receive": gettext_noop("收上报包"),
    "exchanges.part": gettext_noop("收上报包里的一件"),
    "exchanges.part_refused": gettext_noop("没有收上报包里的一件"),
    "exchanges.receipt": gettext_noop("生成回执包"),
    "people.enter": gettext_noop("进入"),
    "people.wait": gettext_noop("锁定期间尝试进入"),
    "people.unlock": gettext_noop("解锁"),
    "people.add": gettext_noop("增加人员"),
    "people.password": gettext_noop("设置密码"),
    "entering.leave": gettext_noop("退出"),
    "entering.lapse": gettext_noop("登录到期"),
    "entering.portal": gettext_noop("单点登录"),
    "entering.second": gettext_noop("验证第二因子"),
    "entering.wait": gettext_noop("锁定期间再次尝试"),
    "entering.add_factor": gettext_noop("添加第二因子"),
    "entering.remove_factor": gettext_noop("移除第二因子"),
    "entering.lift_factors": gettext_noop("解除别人的第二因子"),
    "entering.codes": gettext_noop("换新恢复码"),
    "entering.prove": gettext_noop("再次输入本人密码"),
    "entering.change": gettext_noop("修改密码"),
    "entering.issue": gettext_noop("发一次性密码"),
    "entering.end": gettext_noop("结束一次登录"),
    "entering.end_all": gettext_noop("结束全部登录"),
    "people.units_import": gettext_noop("导入区划或学校名册"),
    "people.units_succeed": gettext_noop("登记区划或学校变更"),
    "people.boundaries": gettext_noop("载入本局的边界"),
    "files.units": gettext_noop("交来区划或学校名册"),
    "plans.open_city": gettext_noop("建立本市"),
    "plans.store": gettext_noop("读入工作要点"),
    "indicators.add": gettext_noop("登记指标值"),
    "indicators.measure": gettext_noop("计算各项指标"),
    "indicators.measured": gettext_noop("计算的数用于判断"),
    "indicators.rows": gettext_noop("取指标值的明细"),
    "indicators.parameters": gettext_noop("登记本局的参数值"),
    "ledger.confirm": gettext_noop("确认立项"),
    "ledger.correct": gettext_noop("更正并确认立项"),
    "ledger.merge": gettext_noop("归并"),
    "ledger.dismiss": gettext_noop("不立项"),
    "ledger.undo": gettext_noop("撤回"),
    "ledger.split": gettext_noop("拆分"),
    "ledger.gather": gettext_noop("归并"),
    "ledger.add": gettext_noop("照原文添加"),
    "ledger.amend": gettext_noop("更正"),
    "ledger.bind": gettext_noop("绑定指标"),
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
    "bulletins.draft": gettext_noop("拟官文"),
    "bulletins.edit": gettext_noop("改官文"),
    "bulletins.settle": gettext_noop("定稿"),
    "bulletins.drop": gettext_noop("作废官文"),
    "reports.open": gettext_noop("开期次"),
    "reports.close": gettext_noop("结束期次"),
    "reports.file": gettext_noop("填报进展"),
    "reports.nothing_new": gettext_noop("报本期无新进展"),
    "reports.review": gettext_noop("科室负责人审核"),
    "reports.sign": gettext_noop("分管局领导审签"),
    "reports.verify": gettext_noop("核定进展反馈"),
    "reports.enter_signatures": gettext_noop("代录签字"),
    "reports.adopt": gettext_noop("牵头科室采用"),
    "reports.back": gettext_noop("退回进展反馈"),
    "reports.correct": gettext_noop("退回更正进展反馈"),
    "escalations.establish": gettext_noop("登记认定"),
    "escalations.take_away": gettext_noop("撤销认定"),
    "reports.bring": gettext_noop("收进来件"),
    "reports.land": gettext_noop("来件落到事项"),
    "reports.drop": gettext_noop("来件不采用"),
    "ledger.share": gettext_noop("分解到县区"),
    "ledger.pause_ask": gettext_noop("申请暂缓"),
    "ledger.pause_decide": gettext_noop("审批暂缓"),
    "ledger.resume": gettext_noop("恢复"),
    "ledger.coordinate": gettext_noop("定为或取消协调事项"),
    "ledger.owe": gettext_noop("写明配合任务"),
    "ledger.ladder": gettext_noop("按阶梯设节点"),
    "ledger.decisions": gettext_noop("议定事项写回"),
    "agreements.open": gettext_noop("发起对数"),
    "agreements.amend": gettext_noop("修改对数通知"),
    "agreements.enter": gettext_noop("填入上报数"),
    "agreements.send": gettext_noop("发出对数"),
    "agreements.take_back": gettext_noop("收回核对表"),
    "agreements.answer": gettext_noop("反馈对数"),
    "agreements.close": gettext_noop("对数截止"),
    "agreements.verify": gettext_noop("核定对数"),
    "agreements.publish": gettext_noop("登记发布数"),
    "agreements.revise": gettext_noop("修订核定数"),
    "jobs.ask": gettext_noop("交后台办理"),
    "jobs.stop": gettext_noop("停止办理"),
    "jobs.resume": gettext_noop("继续办理"),
    "jobs.resend": gettext_noop("重发通知"),
    "jobs.settle": gettext_noop("视为已发"),
    "evidence.attach": gettext_noop("报送佐证材料"),
    "evidence.withdraw": gettext_noop("撤回佐证材料"),
    "evidence.judge": gettext_noop("核验佐证材料"),
    "evidence.export": gettext_noop("导出佐证材料"),
    "escalations.rules": gettext_noop("修改督办规则"),
    "escalations.draft": gettext_noop("拟制督办单"),
    "escalations.edit": gettext_noop("修改督办单"),
    "escalations.send": gettext_noop("发出督办单"),
    "escalations.answer": gettext_noop("答复督办单"),
    "escalations.withdraw": gettext_noop("撤回督办单"),
    "escalations.rectify": gettext_noop("填报整改"),
    "escalations.look_back": gettext_noop("回头看"),
    "escalations.sign": gettext_noop("签字"),
    "escalations.close": gettext_noop("销号"),
    "escalations.reopen": gettext_noop("重新打开"),
    "escalations.switch": gettext_noop("开关黄红牌、计分和排名"),
    "reminders.round": gettext_noop("发出当天提醒"),
    "reminders.habits": gettext_noop("改提醒规则"),
    "reminders.token": gettext_noop("日历订阅地址"),
    "reminders.address": gettext_noop("提醒邮箱"),
    "people.days": gettext_noop("登记本市放假和上班日"),
    "returns.open": gettext_noop("开报表期次"),
    "returns.extend": gettext_noop("报表延期"),
    "returns.close": gettext_noop("报表截止"),
    "returns.lock": gettext_noop("锁定报表期次"),
    "returns.bring": gettext_noop("导入报表"),
    "returns.explain": gettext_noop("写填写说明"),
    "returns.judge": gettext_noop("审核填写说明"),
    "returns.hand": gettext_noop("报出报表"),
    "returns.check": gettext_noop("县级审核报表"),
    "returns.back": gettext_noop("退回报表"),
    "returns.accept": gettext_noop("市级核定报表"),
    "keys.rotate": gettext_noop("轮换密钥"),
    "people.unmask": gettext_noop("查看完整的个人信息"),
    "returns.propose_destroying": gettext_noop("提出销毁数据"),
    "returns.approve_destroying": gettext_noop("批准销毁数据"),
    "returns.decline_destroying": gettext_noop("不同意销毁数据"),
    "returns.destroyed": gettext_noop("销毁数据"),
    "returns.deposit": gettext_noop("报表入库"),
    "returns.again": gettext_noop("再核对已报的报表"),
    "returns.sign": gettext_noop("上传报表签章件"),
    "returns.ask": gettext_noop("申请重新打开报表"),
    "returns.reopen": gettext_noop("审批重新打开报表"),
    "returns.merge": gettext_noop("归并教学点"),
    "returns.unmerge": gettext_noop("取消教学点归并"),
    "forms.request": gettext_noop("申报报表"),
    "forms.withdraw": gettext_noop("撤销报表"),
    "forms.decide": gettext_noop("审批报表"),
    "forms.baseline": gettext_noop("定报表基数"),
    "forms.send": gettext_noop("发出填报表"),
    "forms.gather": gettext_noop("收回填报表"),
    "forms.fill": gettext_noop("交回填报表"),
    "forms.deposit": gettext_noop("填报表入库"),
    "forms.deposited": gettext_noop("填报表已入库"),
    "forms.blank": gettext_noop("上传套表空表"),
    "forms.map": gettext_noop("确认套表对应"),
    "posts.appoint": gettext_noop("登记任职"),
    "posts.main": gettext_noop("改主要任职"),
    "posts.act_as": gettext_noop("换身份"),
    "posts.delegate": gettext_noop("委托代办"),
    "posts.decide_delegation": gettext_noop("审批委托代办"),
    "posts.end_delegation": gettext_noop("结束委托代办"),
    "posts.accounts": gettext_noop("开始办理账号表"),
    "posts.accounts_piece": gettext_noop("登记账号表"),
    "posts.accounts_done": gettext_noop("办完账号表"),
    "posts.account_changed": gettext_noop("照账号表更改人员"),
    "posts.codes": gettext_noop("发首次进入码"),
    "posts.office": gettext_noop("修改科室"),
    "posts.county_office": gettext_noop("设置股室"),
    "handovers.hand_over": gettext_noop("办理交接"),
    "handovers.take": gettext_noop("交接接手"),
    "people.key_make": gettext_noop("生成接口密钥"),
    "people.key_revoke": gettext_noop("停用接口密钥"),
    "indicators.export": gettext_noop("导出指标数据"),
    "indicators.definition": gettext_noop("选定发布口径"),
    "indicators.parameter": gettext_noop("设定本局的参数值"),
    "indicators.confirm": gettext_noop("核实参数的存疑"),
    "indicators.judge_item": gettext_noop("核定清单条目"),
    "journal.digest": gettext_noop("更换摘要算法"),
    "journal.anchor": gettext_noop("留存每日链尾"),
    "journal.export": gettext_noop("导出操作日志"),
    "backups.take": gettext_noop("备份"),
    "backups.drill": gettext_noop("恢复演练"),
    "backups.rehearse": gettext_noop("升级演练"),
    "backups.upgrade": gettext_noop("升级"),
    "backups.restore": gettext_noop("从备份恢复"),
}
"""What each action is called."""


def opened() -> bool:
    """Whether there is a journal here at all; an empty folder is not a whole journal."""
    return "journal_entry" in connection.introspection.table_names()


def said(action: str) -> str:
    """What an action is called, in the language of the page."""
    return gettext(SAID[action]) if action in SAID else action


def changed() -> datetime | None:
    """When anything was done last: nothing the house tells has changed since. None before anything was done."""
    return Entry.objects.order_by("-number").values_list("at", flat=True).first()


def head() -> Anchor | None:
    """The end of the chain; None before the first entry."""
    found = Head.objects.filter(pk=1).first()
    return Anchor(found.number, found.digest, found.by) if found else None


_DAYS = 400


def day_ends() -> list[DayEnd]:
    """每日链尾, the newest first, of about a year."""
    return list(DayEnd.objects.all()[:_DAYS])


def day_end(on: date) -> DayEnd | None:
    """That of a day; None when none was taken."""
    return DayEnd.objects.filter(day=on).first()


def anchor_of(kept: DayEnd) -> Anchor:
    """As it is printed and verified."""
    return Anchor(kept.number, kept.digest, kept.by)


_CHUNK = 2000
RENEWED = "此前各条重算"
"""Under what the entry that changes to another digest says what `chain.renewed` makes of all before it."""


def _records() -> Iterator[Record]:
    """Every entry by number. One that cannot even be read comes as its number alone, so that it can be named."""
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    for at in range(0, len(numbers), _CHUNK):
        yield from _read(numbers[at : at + _CHUNK])


def records_until(last: int) -> Iterator[Record]:
    """The entries up to a number."""
    return takewhile(lambda record: int(str(record["number"])) <= last, _records())


def records(after: int, most: int) -> list[Record]:
    """The next entries after a number, at most so many, as the chain is verified on them."""
    numbers = list(Entry.objects.filter(number__gt=after).order_by("number").values_list("number", flat=True)[:most])
    return _read(numbers) if numbers else []


def _read(numbers: Sequence[int]) -> list[Record]:
    wanted = Entry.objects.filter(number__gte=numbers[0], number__lte=numbers[-1]).order_by("number")
    try:
        return list(wanted.values(*FIELDS, "digest"))
    except (ValueError, TypeError, OverflowError, DatabaseError):
        # Somebody wrote a date that is none, or bytes that are no text, under the tables: look which entry it is.
        if len(numbers) == 1:
            return [{"number": numbers[0]}]
        half = len(numbers) // 2
        return [*_read(numbers[:half]), *_read(numbers[half:])]


class _Kept:
    """The entries of this house, looked up one by one."""

    def at(self, number: int) -> Record | None:
        found = records(number - 1, 1)
        return found[0] if found and found[0]["number"] == number else None

    def after(self, number: int, most: int) -> list[Record]:
        return records(number, most)

    def digested(self, digest: str) -> Record | None:
        return Entry.objects.filter(digest=digest).values("number").first()

    def end(self) -> str:
        kept = head()
        return kept.digest if kept else ""


def named(found: Break | None) -> Break | None:
    """A break, with what was done there as exactly as the entries around it tell."""
    return diagnose(found, _Kept()) if found else None


def first_break(*anchors: Anchor) -> Break | None:
    """The first broken place of the whole chain; None when it is whole. Entries without a kept end are not."""
    end = head()
    if end is None and Entry.objects.exists():
        return Break(1, Harm.UNENDED, "有日志而没有所记的链尾，链尾被删")
    return named(verify(_records(), end or BEGINNING, anchors)) or _unrenewed()


def _unrenewed() -> Break | None:
    """Where a change of digest covers other entries than those that stand before it."""
    for change in Entry.objects.filter(action=CHANGE, outcome="done").order_by("number"):
        told = json.loads(change.detail).get(RENEWED)
        if told != renewed(records_until(change.number - 1), change.digested_by):
            said = f"与第 {change.number} 条更换算法时的重算摘要不符，此前各条在更换算法以后被整体换过"
            return Break(change.number, Harm.FORGED, said)
    return None


def broken(*anchors: Anchor) -> Finding | None:
    """The same as a finding."""
    found = first_break(*anchors)
    return found.finding if found else None


def of(things: Mapping[str, Iterable[object]]) -> list[Entry]:
    """Everything that was done to these things, by their kind and ids, newest first: one query."""
    return list(about(things))


def about(
    things: Mapping[str, Iterable[object]], *found: tuple[str, QuerySet[Any, Any]], refused: bool = False
) -> QuerySet[Entry]:
    """The same, not asked yet.

    Args:
        things: kinds with ids.
        found: kinds with queries of one column of ids.
        refused: also what was tried and refused.
    """
    any_of = Q(pk__in=())
    for kind, ids in things.items():
        any_of |= Q(subject_kind=kind, subject_id__in=[str(one) for one in ids])
    for kind, ids_of in found:
        column = next(iter(ids_of.query.values_select))
        words = ids_of.order_by().annotate(as_words=Cast(column, CharField())).values("as_words")
        any_of |= Q(subject_kind=kind, subject_id__in=words)
    entries = Entry.objects.filter(any_of).order_by("-number")
    return entries if refused else entries.filter(outcome="done")
