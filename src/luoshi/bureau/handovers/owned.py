"""What a person can have in hand, kind by kind: the one list a handover is made from.

Every column that says whose something is stands either here, in `KINDS`, or in `records`, where it says who did something then and
is never changed. A test fails when a model has such a column that is in neither.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.cases.models import Extract
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.forms.models import Request
from luoshi.bureau.jobs.models import Job, Message
from luoshi.bureau.ledger.models import Change, Commitment, Pause
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.models import ApiKey, Office, Person
from luoshi.bureau.posts.models import CountyOffice, Delegation, FirstCode, Post
from luoshi.bureau.posts.queries import words_of
from luoshi.bureau.publications.models import Publication
from luoshi.bureau.reminders.models import Preference
from luoshi.bureau.reports.models import Period, Report
from luoshi.bureau.returns.models import Reopening

NAME, LOGIN, ENDS, NAMED = "name", "login", "ends", "named"
"""How a kind changes hands: the column then says the successor's name, or login; it ends; or only the 交接单 names the successor."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing a person can have in hand."""

    key: str
    label: Any
    model: Any
    columns: tuple[str, ...]
    """Columns that say whose it is; the first is the one that changes hands."""
    how: str
    found: Callable[[Person], QuerySet[Any]]
    office: str = ""
    """The column with the code of the office it belongs to; empty where it goes with the person, not with a post."""
    extra: tuple[str, ...] = ()
    """Columns that say the same otherwise and change with it."""


def _mine(model: Any, column: str, **told: object) -> Callable[[Person], QuerySet[Any]]:
    return lambda person: model.objects.filter(**{column: person.name}, **told)


def _jobs(person: Person) -> QuerySet[Any]:
    states = (Job.State.WAITING, Job.State.RUNNING, Job.State.STOPPED)
    return Job.objects.filter(asked_by=person.username, state__in=states)


def _reports(person: Person) -> QuerySet[Any]:
    """Returned ones wait to be filed anew; the others that are under way are with whoever is next."""
    mine = Q(by_login=person.username) | Q(contact=person.name)
    return Report.objects.filter(mine, stage=Report.Stage.RETURNED).select_related("call__commitment")


def _delegations(person: Person) -> QuerySet[Any]:
    states = (Delegation.State.ASKED, Delegation.State.APPROVED)
    return Delegation.objects.filter(Q(taker=person) | Q(post__person=person), state__in=states)


KINDS = (
    Kind("item_contact", _("督查事项的联络员"), Commitment, ("contact",), NAME, _mine(Commitment, "contact", closed_on=None), "lead"),
    Kind("item_person", _("督查事项的责任人"), Commitment, ("person",), NAME, _mine(Commitment, "person", closed_on=None), "lead"),
    Kind("item_leader", _("督查事项的分管局领导"), Commitment, ("leader",), NAME, _mine(Commitment, "leader", closed_on=None), "lead"),
    Kind("office_leader", _("科室的分管局领导"), Office, ("leader",), NAME, _mine(Office, "leader"), "code"),
    Kind("county_office", _("股室负责人"), CountyOffice, ("head",), NAME, _mine(CountyOffice, "head", until=None), "division"),
    Kind("report", _("退回待重报的进展反馈"), Report, ("by_login", "contact", "by"), NAMED, _reports, "call__office"),
    Kind("period", _("还没有结束的期次"), Period, ("opened_by",), NAMED, _mine(Period, "opened_by", closed_at=None)),
    Kind("change", _("待审批的变更"), Change, ("asked_by",), NAMED, _mine(Change, "asked_by", state=Change.State.OPEN), "commitment__lead"),
    Kind("pause", _("待审批的暂缓"), Pause, ("asked_by",), NAMED, _mine(Pause, "asked_by", state=Pause.State.OPEN), "commitment__lead"),
    Kind("form", _("待审批的报表备案"), Request, ("by",), NAMED, _mine(Request, "by", state=Request.State.ASKED), "office"),
    Kind("reopening", _("待审批的重新打开"), Reopening, ("asked_login", "asked_by"), NAMED,
         lambda person: Reopening.objects.filter(asked_login=person.username, approved=None)),
    Kind("extract", _("待批准的办件导出"), Extract, ("asked_login", "asked_by"), NAMED,
         lambda person: Extract.objects.filter(asked_login=person.username, state=Extract.State.ASKED)),
    Kind("paper", _("督办单草稿"), Paper, ("drafted_by",), NAMED, _mine(Paper, "drafted_by", stage=Paper.Stage.DRAFT)),
    Kind("bulletin", _("官文草稿"), Bulletin, ("drafted_by",), NAMED, _mine(Bulletin, "drafted_by", stage=Bulletin.Stage.DRAFT)),
    Kind("notice", _("公开稿草稿"), Notice, ("drafted_by",), NAMED, _mine(Notice, "drafted_by", stage=Notice.Stage.DRAFT)),
    Kind("publication", _("公布件草稿"), Publication, ("drafted_by", "drafted_login"), NAMED,
         lambda person: Publication.objects.filter(drafted_login=person.username, stage=Publication.Stage.DRAFT)),
    Kind("job", _("没有办完的后台任务"), Job, ("asked_by", "asker"), LOGIN, _jobs),
    Kind("message", _("未读的消息"), Message, ("to",), LOGIN,
         lambda person: Message.objects.filter(to=person.username, channel="inbox", state=Message.State.SENT)),
    Kind("key", _("接口密钥"), ApiKey, ("person",), ENDS, lambda person: ApiKey.objects.filter(person=person, revoked_at=None)),
    Kind("delegation", _("委托代办"), Delegation, ("taker",), ENDS, _delegations),
    Kind("calendar", _("日历订阅和提醒邮箱"), Preference, ("person",), ENDS,
         lambda person: Preference.objects.filter(person=person).exclude(token=None, email="")),
    Kind("code", _("首次进入码"), FirstCode, ("person",), ENDS, lambda person: FirstCode.objects.filter(person=person)),
    Kind("post", _("任职"), Post, ("person",), ENDS, lambda person: Post.objects.filter(person=person, ended_on=None, stands_for=None)),
)  # fmt: skip
"""In the order of the 交接单."""

RECORDS = """
journal Entry.actor Entry.digested_by DayEnd.by Head.by
entering Password.person Password.by
people ApiKey.revoked_by
jobs Message.claimed_by Message.posted_by
posts Intake.by Post.by Delegation.asked_by Delegation.asked_login Delegation.decided_by FirstCode.by OfficeChange.by
plans Proposal.decided_by Proposal.added_by
indicators OwnParameter.by PublishedDefinition.by Confirmation.by Judgement.by Measuring.head
ledger Approval.leader Approval.by Approval.by_login Judgement.by Judgement.by_login Change.decided_by Share.by
ledger Pause.decided_by Pause.resumed_by Layout.by
evidence Piece.by Piece.by_login Withdrawal.by Withdrawal.by_login Verdict.by Verdict.by_login
returns Window.by Filing.head Filing.scan_by Filing.by Filing.by_login Explanation.by Explanation.by_login Opinion.by Step.by
returns Reopening.decided_by Merge.by Merge.ended_by Deposit.by Destroying.by Destroying.first_login
reports Amount.verified_by Passing.by Passing.by_login Reply.by Found.decided_by
handouts Handout.to Handout.by Handback.by Remark.decided_by
notices Notice.approved_by
forms Baseline.by Request.decided_by Sheet.by Filing.by Deposit.by TableMapping.by
agreements Round.by Line.reported_by Line.verified_by Reply.by Answer.by Revision.by
escalations RuleSet.by RuleSet.by_login Paper.to Paper.signer Paper.sent_by Paper.answered_by Paper.withdrawn_by
escalations Rectification.by LookBack.by Closing.reopened_by Signature.by Signature.by_login Switch.by Established.by
escalations Established.withdrawn_by
rubrics Weighing.by Weighing.by_login Panel.drawn_by Judge.login Judge.by Recusal.by
cases Conduct.by Conduct.by_login Happening.login Unsent.login Imported.by Extract.decided_by Extract.decided_login
bulletins Bulletin.settled_by
publications Publication.approved_by Publication.approved_login Publication.published_by Publication.withdrawn_by
reminders HabitsVersion.by Round.by Digest.person Reminder.person
exchanges Peer.by Package.by
comparisons Run.by Run.by_login Decision.by Decision.by_login
training Course.by Course.by_login Review.by Review.by_login Term.by Term.by_login Attendance.by Quota.by Rotation.by
training Correction.asked_by Correction.asked_login Correction.decided_by Correction.decided_login
training Nomination.by Nomination.by_login Nomination.decided_by Roll.by Roll.by_login Teacher.login
handovers Handover.person Handover.by Line.to
"""
"""Columns that say who did something then, or what a paper says: they stay as they are whoever leaves."""


def records() -> set[str]:
    """Those columns as room.Model.column."""
    return {f"{line.split()[0]}.{column}" for line in RECORDS.strip().splitlines() for column in line.split()[1:]}


def listed() -> set[str]:
    """The columns of all kinds, as room.Model.column."""
    return {
        f"{one.model._meta.label}.{column}"  # noqa: SLF001 (Django documents it under this name)
        for one in KINDS
        for column in (*one.columns, *one.extra)
    }


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing a person has in hand."""

    kind: str
    pk: int
    title: str


def in_hand(person: Person, place: str = "") -> list[Thing]:
    """Everything a person has in hand, in the order of the list.

    Args:
        person: who.
        place: code of the office or division of the one post that is given up; empty is everything.
    """
    told = list[Thing]()
    for kind in KINDS:
        if place and not kind.office:
            continue
        rows = kind.found(person)
        rows = rows.filter(**{kind.office: place}) if place else rows
        found = list(rows.order_by("pk"))
        told += [Thing(kind.key, one.pk, title[:300]) for one, title in zip(found, _titles(kind, found), strict=True)]
    return told


_TITLES: Mapping[str, Callable[[Any], str]] = {
    "report": lambda one: f"{one.call.commitment.number} {one.call.commitment.title}",
    "period": lambda one: f"{one.edition.title} 截至{one.on}",
    "change": lambda one: f"{one.commitment.number} {one.commitment.title}",
    "pause": lambda one: f"{one.commitment.number} {one.commitment.title}，自 {one.begun}",
    "reopening": lambda one: one.unit.label,
    "message": lambda one: one.subject,
    "delegation": lambda one: f"{one.taker.name} 代 {one.post.person.name}，{one.begun} 至 {one.until}",
    "calendar": lambda one: one.email or "日历订阅地址",
    "code": lambda one: f"{one.until} 前有效",
}
"""How a kind is named on the 交接单, where its own name is not for people."""


def _titles(kind: Kind, rows: Sequence[Any]) -> list[str]:
    if kind.key == "post":
        told = words_of(rows)
        return [told[one.pk] for one in rows]
    return [_TITLES.get(kind.key, str)(one) for one in rows]


def needing(things: Iterable[Thing]) -> list[Thing]:
    """Those that somebody must take over; the others end with the person."""
    ends = {one.key for one in KINDS if one.how == ENDS}
    return [one for one in things if one.kind not in ends]
