"""What the worker can do: the rooms' handlers by kind of job, and the parts of the daily round. Rooms add a line here.

The order of the parts matters: what fell back is open again before papers are drafted, and both before anybody is reminded.
Nothing of it leaves the house by itself but the notices of the outbox: papers are drafts until a person sends them.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils import timezone

from luoshi.bureau.backups import working as backups
from luoshi.bureau.board.owing import owed, running
from luoshi.bureau.board.resealing import reseal_all
from luoshi.bureau.board.units_import import KIND as UNITS
from luoshi.bureau.board.units_import import import_list
from luoshi.bureau.cases import actions as cases
from luoshi.bureau.comparisons import actions as comparisons
from luoshi.bureau.comparisons.comparing import KIND as COMPARE
from luoshi.bureau.comparisons.comparing import compare_run
from luoshi.bureau.escalations import actions as escalations
from luoshi.bureau.evidence.exporting import KIND as EXPORT
from luoshi.bureau.evidence.exporting import export_evidence
from luoshi.bureau.forms import actions as forms
from luoshi.bureau.forms.bundling import KIND as BUNDLE
from luoshi.bureau.forms.bundling import bundle_sheets
from luoshi.bureau.handovers import actions as handovers
from luoshi.bureau.indicators.actions import EXPLAIN, ask_for_measuring
from luoshi.bureau.indicators.explaining import explain_figure
from luoshi.bureau.indicators.measuring import KIND as MEASURE
from luoshi.bureau.indicators.measuring import measure_year, outdated
from luoshi.bureau.jobs.actions.resealing import KIND as RESEAL
from luoshi.bureau.jobs.actions.rounding import clear_sessions
from luoshi.bureau.jobs.daily import Part
from luoshi.bureau.jobs.verifying import KIND, verify_journal
from luoshi.bureau.jobs.worker import Outfit
from luoshi.bureau.journal.actions import Actor, keep_end
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.plans.queries import the_city
from luoshi.bureau.posts import actions as posts
from luoshi.bureau.posts.importing import KIND as ACCOUNTS
from luoshi.bureau.posts.importing import import_accounts
from luoshi.bureau.reminders.actions import run_round
from luoshi.bureau.returns import actions as returns
from luoshi.bureau.returns.actions import settle
from luoshi.bureau.returns.compacting import KIND as COMPACT
from luoshi.bureau.returns.compacting import compact_window
from luoshi.bureau.returns.importing import KIND as IMPORT
from luoshi.bureau.returns.importing import import_returns
from luoshi.bureau.training import actions as training
from luoshi.bureau.training.actions.register import KIND as TEACHERS
from luoshi.bureau.training.actions.terms import ALLOT
from luoshi.bureau.training.bringing import bring
from luoshi.bureau.training.placing import allot_term

_MOST = 5


def reopen_fallen(actor: Actor, on: date) -> str:
    """Closed items whose figure no longer meets the target are open again."""
    city = the_city()
    opened = [one for plan in running(city, on) for one in escalations.reopen_fallen(actor, plan, on)] if city else []
    return _said("重新打开", [str(one.commitment.number) for one in opened], "项")


def settle_deposits(actor: Actor, _: date) -> str:
    """What was accepted and did not reach the lake, because the machine went down between the two."""
    done = len(settle(actor)) + len(forms.settle(actor))
    return f"入库 {done} 份" if done else ""


def settle_posts(actor: Actor, on: date) -> str:
    """Lists and reminders know people by the posts of today, also where an earlier day is caught up; both hear of what was over."""
    today = max(on, timezone.localdate())
    changed, over = posts.settle_day(actor, today), posts.tell_over(actor, today)
    return f"任职变动 {changed} 人，委托到期 {over} 份" if changed or over else ""


def warn_leaving(actor: Actor, on: date) -> str:
    """Administrators hear of posts that end soon or have ended while their holders have things in hand."""
    told = handovers.warn_leaving(actor, max(on, timezone.localdate()))
    return f"有 {told} 人将离任、名下还有事项" if told else ""


def draft_due(actor: Actor, on: date) -> str:
    """The papers that the rules ask for, as drafts."""
    city = the_city()
    drafted = [one for plan in running(city, on) for one in escalations.draft_due(actor, plan, on)] if city else []
    return _said("拟稿", [one.title for one in drafted], "份") + ("，待人工发出" if drafted else "")


def lapse_cases(actor: Actor, on: date) -> str:
    """Cases whose clock ran out go on by themselves where their procedure says so."""
    city = the_city()
    done = cases.lapse_due(actor, city, on) if city else 0
    return f"到期自动办理 {done} 件" if done else ""


def open_cases(actor: Actor, on: date) -> str:
    """Cases that begin anew each period are there for every unit that has to do them."""
    city = the_city()
    opened = cases.open_timed(actor, city, on) if city else 0
    return f"按周期登记 {opened} 件" if opened else ""


def raise_cases(actor: Actor, on: date) -> str:
    """Leaders in charge read in their inbox of cases that are long over."""
    city = the_city()
    told = cases.raise_overdue(actor, city, on) if city else 0
    return f"告知逾期办件 {told} 件" if told else ""


def count_cases(actor: Actor, on: date) -> str:
    """On-time rates of procedures are figures of their indicators once a month is over."""
    city = the_city()
    kept = cases.file_figures(actor, city, on) if city else 0
    return f"登记办件指标值 {kept} 个" if kept else ""


def remind(actor: Actor, on: date) -> str:
    """Everybody's digest of what is due, in the ledger and besides."""
    city = the_city()
    if city is None:
        return "还没有建立本市"
    ran = run_round(actor, city, on, owed(city, on))
    return f"提醒 {ran.total} 人" if ran.worked else "不是工作日，不提醒"


def measure_new(actor: Actor, on: date) -> str:  # noqa: ARG001  # a part is given both
    """Years whose returns have come since they were last measured are measured in the background."""
    city = the_city()
    if city is None:
        return "还没有建立本市"
    years = outdated(city)
    for year in years:
        ask_for_measuring(actor, city, year, lake().head[1])
    return _said("计算", [str(year) for year in years], "年")


def expire_rows(actor: Actor, on: date) -> str:
    """Rows of persons whose term is over are proposed for destruction; what two people approved is carried out."""
    proposed, ended = returns.expire(actor, on)
    told = [f"提出销毁 {proposed} 件，待两人批准"] * bool(proposed) + [f"办完销毁 {ended} 件"] * bool(ended)
    return "；".join(told)


def drop_unsent(actor: Actor, on: date) -> str:
    """Files of forms that were refused and never sent again."""
    dropped = cases.drop_unsent(actor, on)
    return f"清理 {dropped} 件" if dropped else ""


def close_comparisons(actor: Actor, on: date) -> str:
    """Lists that were brought for a comparison and not closed in time are erased."""
    done = comparisons.expire(actor, on)
    return f"到期结束比对 {done} 次，名单已销毁" if done else ""


def recount_hours(actor: Actor, on: date) -> str:
    """Hours of teachers whose span is over, or moves with the days."""
    city = the_city()
    many = training.recount_due(actor, city, on) if city else 0
    return f"重算学时 {many} 人" if many else ""


def worked(day: date) -> bool:
    """Whether the city of this house works on a day; without one every day."""
    city = the_city()
    return city is None or calendar_of(city).is_workday(day)


def _said(done: str, names: Sequence[str], unit: str) -> str:
    if not names:
        return f"没有要{done}的"
    more = "等" if len(names) > _MOST else ""
    return f"{done} {len(names)} {unit}（{'、'.join(names[:_MOST])}{more}）"


_WHERE_ASKED = (Part("back_up", "每日备份", backups.ask_daily),) if settings.BACKUP_DAILY else ()
"""Parts that are made only where the settings ask for them."""
OUTFIT = Outfit(
    handlers={
        KIND: verify_journal,
        EXPORT: export_evidence,
        IMPORT: import_returns,
        MEASURE: measure_year,
        BUNDLE: bundle_sheets,
        COMPACT: compact_window,
        EXPLAIN: explain_figure,
        backups.TAKE: backups.back_up,
        backups.DRILL: backups.drill,
        backups.REHEARSE: backups.rehearse,
        UNITS: import_list,
        COMPARE: compare_run,
        ACCOUNTS: import_accounts,
        RESEAL: reseal_all,
        TEACHERS: bring,
        ALLOT: allot_term,
    },
    parts=(
        Part("reopen_fallen", "复查已销号事项", reopen_fallen),
        Part("settle_deposits", "补办报表入库", settle_deposits),
        Part("settle_posts", "任职到期和委托到期", settle_posts),
        Part("warn_leaving", "提醒办理交接", warn_leaving),
        Part("lapse_cases", "办件到期自动办理", lapse_cases),
        Part("open_cases", "按周期登记办件", open_cases),
        Part("raise_cases", "办件逾期告知分管局领导", raise_cases, worked),
        Part("draft_due", "拟制督办单", draft_due),
        Part("remind", "发当天提醒", remind, worked),
        Part("count_cases", "办件统计登记为指标值", count_cases),
        Part("measure_new", "计算新入库的报表", measure_new),
        Part("keep_end", "留存操作日志每日链尾", keep_end),
        Part("expire_rows", "提出到期数据的销毁", expire_rows),
        Part("drop_unsent", "清理未提交的办件材料", drop_unsent),
        Part("close_comparisons", "销毁到期的比对名单", close_comparisons),
        Part("recount_hours", "重算教师学时", recount_hours),
        Part("clear_sessions", "清理过期的登录", clear_sessions),
        *_WHERE_ASKED,
    ),
)
