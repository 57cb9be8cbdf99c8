"""Cases with what tells of a person leave the house for a stated purpose, once a leader agreed, for a week, taken by who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.bureau.cases.known import conducted, known
from luoshi.bureau.cases.models import Case, Extract, Happening
from luoshi.bureau.cases.parts import hand, unseen
from luoshi.bureau.cases.queries import course_of, private
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.handling.fields import FILES, Field
from luoshi.handling.parts import HOST
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

STANDS = timedelta(days=7)
"""So long an approval stands."""
MOST = 5000
"""Cases of one table."""
_WHERE = "导出含个人信息的办件"
_STATE = Extract.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases, and what for."""

    procedure: str
    since: date
    until: date
    purpose: str


def ask_extract(actor: Actor, city: City, wanted: Wanted) -> Extract:
    """Ask for it.

    Raises:
        RefusedError: no right, not the office that hosts the procedure, no purpose, or days the wrong way round.
    """
    with act(actor, "cases.extract_ask", "extract", "", wanted.procedure) as note:
        require(actor, "unmask")
        how = conducted(city).get(wanted.procedure)
        if how is None:
            raise RefusedError(Finding(_WHERE, "没有这一流程", "流程见流程目录", "请从页面上选"))
        if HOST.key not in hand(actor, Case(city=city, office=how.office)).parts:
            rule = "含个人信息的办件只由主办科室申请导出"
            raise RefusedError(Finding(how.course.label, f"{actor.name}不是主办科室", rule, "请主办科室申请"))
        if not wanted.purpose.strip():
            raise RefusedError(Finding(_WHERE, "没有写用途", "导出个人信息须写明用途", "请写明给谁、做什么用"))
        if wanted.until < wanted.since:
            what = f"{wanted.until} 早于 {wanted.since}"
            raise RefusedError(Finding(_WHERE, what, "登记日的起不晚于止", "请改正日期"))
        kept = Extract.objects.create(
            city=city, procedure=wanted.procedure, since=wanted.since, until=wanted.until,
            purpose=wanted.purpose.strip()[:300], asked_by=actor.name, asked_login=actor.login,
        )  # fmt: skip
        note.id, note.title, note.reason = str(kept.pk), f"{how.course.label} {kept.since}—{kept.until}", kept.purpose
    return kept


def decide_extract(actor: Actor, number: int, on: date, said: str, *, agree: bool) -> Extract:
    """Agree or not; never by who asked.

    Raises:
        RefusedError: no right, one's own, decided already, or a refusal without a reason.
    """
    with act(actor, "cases.extract_decide", "extract", number) as note:
        require(actor, "case_extract")
        row = _held(number)
        note.title, note.reason = str(row), said.strip()[:300]
        if row.state != _STATE.ASKED:
            raise RefusedError(Finding(_WHERE, f"已是“{row.get_state_display()}”", "一份申请只批一次", "请刷新页面"))
        if row.asked_login == actor.login:
            raise RefusedError(Finding(_WHERE, "是本人的申请", "申请的人不批准自己的申请", "请另一名领导批准"))
        if not agree and not said.strip():
            raise RefusedError(Finding(_WHERE, "没有写理由", "不同意须写明理由", "请写明理由"))
        row.state = _STATE.APPROVED if agree else _STATE.DECLINED
        row.decided_by, row.decided_login, row.decided_on, row.said = actor.name, actor.login, on, note.reason
        row.save(update_fields=["state", "decided_by", "decided_login", "decided_on", "said"])
        note.detail = {"结果": str(row.get_state_display())}
    return row


def take_extract(actor: Actor, number: int, on: date) -> list[list[object]]:
    """The table: the headings, then a line a case that whoever takes it may see; entered with how many.

    Raises:
        RefusedError: not approved, not one's own, the week is over, or more cases than a table holds.
    """
    with act(actor, "cases.extract_take", "extract", number) as note:
        require(actor, "unmask")
        row = _held(number)
        note.title, note.reason = str(row), row.purpose
        if row.state != _STATE.APPROVED or row.decided_on is None:
            rule = "含个人信息的办件经分管局领导批准才导出"
            raise RefusedError(Finding(_WHERE, f"申请“{row.get_state_display()}”", rule, "请先申请，批准后再导出"))
        if row.asked_login != actor.login:
            raise RefusedError(Finding(_WHERE, "不是本人的申请", "谁申请、谁导出", "请申请人导出，或另行申请"))
        if on > row.decided_on + STANDS:
            what = f"批准于 {row.decided_on}，已过{STANDS.days}天"
            raise RefusedError(Finding(_WHERE, what, f"批准{STANDS.days}天内有效", "请重新申请"))
        told = _table(actor, row)
        row.taken, row.lines = row.taken + 1, len(told) - 1
        row.save(update_fields=["taken", "lines"])
        note.detail = {"行数": row.lines, "第几次": row.taken}
    return told


def _held(number: int) -> Extract:
    row = Extract.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise RefusedError(Finding(_WHERE, f"没有编号 {number} 的申请", "申请见页面", "请从列表中打开"))
    return row


def _table(actor: Actor, of: Extract) -> list[list[object]]:
    found = Case.objects.filter(
        city_id=of.city_id, procedure=of.procedure, opened_on__gte=of.since, opened_on__lte=of.until
    )
    rows = list(found.select_related("course").order_by("pk")[: MOST + 1])
    if len(rows) > MOST:
        rule = f"一张表至多{MOST}件"
        raise RefusedError(Finding(_WHERE, f"多于{MOST}件", rule, "请缩短起止日期，分次申请"))
    seen = [one for one in rows if unseen(actor, one, course_of(one)) is None]
    fields = [one for one in known()[of.procedure].declaration.fields.values() if one.kind not in FILES]
    held = _held_by(seen)
    told: list[list[object]] = [["编号", "登记", *(one.label for one in fields)]]
    told += [[one.number, one.opened_on, *_values(fields, held.get(one.pk, {}))] for one in seen]
    return told


def _held_by(rows: Iterable[Case]) -> dict[int, dict[str, str]]:
    """By case the last answer to each field: one query."""
    told = dict[int, dict[str, str]]()
    for one in Happening.objects.filter(case__in=[row.pk for row in rows]).order_by("case_id", "number"):
        told.setdefault(one.case_id, {}).update(one.answers | private(one))
    return told


def _values(fields: Iterable[Field], held: dict[str, str]) -> list[object]:
    return [one.options.get(value := held.get(one.key, ""), value) for one in fields]
