"""申报 → 审批 → 备案: a form is asked for, what is held of it is blocked, a named approver lets the rest through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi.bureau.forms import queries
from luoshi.bureau.forms.counting import to_baseline
from luoshi.bureau.forms.holding import held_source, kept, schools
from luoshi.bureau.forms.models import Baseline, Request, RequestColumn
from luoshi.bureau.forms.returns import FORMS
from luoshi.bureau.indicators.actions import keep_figures
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.signing import refuse_twice
from luoshi.checking.burdens import cap
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STATE = Request.State
_MOST_TIMES, _MOST_COLUMNS = 52, 60
_GUIDE = "《关于减轻中小学教师负担进一步营造教育良好环境的若干意见》"


@dataclass(frozen=True, slots=True)
class Field:
    """One column that is wanted."""

    label: str
    kind: str = ""
    """Key of the declared return; empty for a free one."""
    column: str = ""
    form: str = "words"
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a section says of the form it wants."""

    title: str
    office: str
    basis: str
    kinds: tuple[str, ...]
    counties: tuple[str, ...]
    times: int
    month: int
    fields: tuple[Field, ...]
    outside: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the approver says."""

    agree: bool
    reason: str
    released: frozenset[int] = frozenset()
    """Ids of held columns that may be asked all the same."""


def request(actor: Actor, city: City, year: int, terms: Terms) -> Request:
    """申报 a form. Columns that are held elsewhere are blocked at once, each with its source.

    Raises:
        RefusedError: no right, another section's form, something is missing, no consent with another department.
    """
    with act(actor, "forms.request", "form", title=terms.title) as note:
        require(actor, "ask_form", lead=terms.office)
        findings = [*_missing(terms), *_wrong_fields(terms.fields)]
        if findings:
            raise RefusedError(*findings)
        reached = schools(terms.kinds, terms.counties)
        if not reached:
            raise _refused(terms.title, "名录里没有这样的学校", "报表须有填报对象", "请核对机构类型和县(市、区)")
        row = Request.objects.create(
            city=city,
            year=year,
            title=terms.title.strip(),
            office=terms.office,
            outside=terms.outside.strip(),
            consent=terms.consent.strip(),
            basis=terms.basis.strip(),
            kinds=list(terms.kinds),
            counties=list(terms.counties),
            times=terms.times,
            month=terms.month,
            schools=len(reached),
            by=actor.name,
        )
        columns = _columns(row, terms.fields)
        note.id = str(row.pk)
        note.detail = {"栏目": len(columns), "已有": sum(one.blocked for one in columns), "学校": len(reached)}
    return row


def _columns(row: Request, fields: Sequence[Field]) -> list[RequestColumn]:
    told = kept()
    return RequestColumn.objects.bulk_create(
        RequestColumn(
            request=row,
            place=place,
            label=one.label.strip(),
            kind=one.kind,
            column=one.column,
            form="" if one.kind else one.form,
            unit=one.unit,
            choices=list(one.choices),
            source=held_source(one.kind, one.column, told),
        )
        for place, one in enumerate(fields, 1)
    )


def _missing(terms: Terms) -> Iterator[Finding]:
    where = terms.title.strip() or "报表申请"
    said = (("标题", terms.title), ("依据文件", terms.basis), ("申报科室", terms.office))
    for label, words in said:
        if not words.strip():
            yield Finding(where, f"没有写{label}", "报表申请须写明标题、依据和申报科室", f"请填写{label}")
    if terms.outside.strip() and not terms.consent.strip():
        what = f"{terms.outside.strip()}的报表没有商教育部门"
        yield Finding(where, what, f"其他部门不得自行向学校布置报表（{_GUIDE}）", "请写明与教育部门商定的文件")
    if not 1 <= terms.times <= _MOST_TIMES or not 1 <= terms.month <= 12:  # noqa: PLR2004 -- months
        what = f"每年 {terms.times} 次，{terms.month} 月起"
        yield Finding(where, what, f"每年1至{_MOST_TIMES}次，月份1至12", "请改正次数和月份")
    if not 1 <= len(terms.fields) <= _MOST_COLUMNS:
        yield Finding(where, f"有 {len(terms.fields)} 栏", f"报表须有1至{_MOST_COLUMNS}栏", "请写明要填的栏目")


def _wrong_fields(fields: Sequence[Field]) -> Iterator[Finding]:
    labels = [one.label.strip() for one in fields]
    for one in fields:
        where = one.label.strip() or "栏目"
        if not one.label.strip() or labels.count(one.label.strip()) > 1:
            yield Finding(where, "栏目没有名称，或出现两次", "每栏有名称，各不相同", "请改正栏目名称")
        declared = RETURNS[one.kind].columns.get(one.column) if one.kind in RETURNS else None
        if one.kind and declared is None:
            yield Finding(where, f"没有 {one.kind}.{one.column} 这一列", "只引用声明的报表的列", "请从列表中选择")
        if declared is not None and declared.identifies:
            yield Finding(where, "这一栏能认出个人", "用不着的身份信息不收集", "请去掉这一栏")
        if not one.kind and one.form not in FORMS:
            yield Finding(where, f"没有“{one.form}”这种栏目", f"栏目为{'、'.join(FORMS.values())}", "请重新选择")


def withdraw(actor: Actor, request_id: int, version: int, reason: str) -> Request:
    """撤销: it is not asked any more; what came in stays.

    Raises:
        RefusedError: no right, no reason, or changed meanwhile.
    """
    with act(actor, "forms.withdraw", "form", request_id) as note:
        row = held(actor, request_id, version, note)
        require(actor, "ask_form", lead=row.office)
        if row.state not in {_STATE.ASKED, _STATE.APPROVED}:
            raise _refused(row.title, f"这张报表“{row.get_state_display()}”", "在办的和已备案的才能撤销", "不必再办")
        _with_reason(row, reason)
        note.reason = reason.strip()
        counted, row.state, row.reason = row.state == _STATE.APPROVED, _STATE.WITHDRAWN, reason.strip()
        _stepped(row)
        if counted:
            keep_figures(actor, row.city, to_baseline(row.city_id, row.year, timezone.localdate()))
    return row


def decide(actor: Actor, request_id: int, version: int, decision: Decision, on: date) -> Request:
    """审批: let through under a 备案号, or not. The cap is counted when it is let through.

    Raises:
        RefusedError: no right, no reason, nothing is left to ask, the cap is reached, or changed meanwhile.
    """
    with act(actor, "forms.decide", "form", request_id) as note:
        row = held(actor, request_id, version, note)
        require(actor, "approve_form")
        refuse_twice(actor, row.title, [("", row.by)])
        if row.state != _STATE.ASKED:
            raise _refused(row.title, f"这张报表“{row.get_state_display()}”", "只审批待审批的报表", "请刷新页面")
        _with_reason(row, decision.reason)
        if decision.agree:
            columns = list(row.columns.all())
            _release(row, columns, decision)
            _refuse_over_cap(row)
            row.number = f"表备〔{row.year}〕{_next(row)}号"
        row.state = _STATE.APPROVED if decision.agree else _STATE.DECLINED
        row.decided_by, row.decided_on, row.reason = actor.name, on, decision.reason.strip()
        note.reason = row.reason
        note.detail = {"备案号": row.number, "放行": len(decision.released), "批准人": actor.name}
        _stepped(row)
        if decision.agree:
            keep_figures(actor, row.city, to_baseline(row.city_id, row.year, on))
    return row


def _release(row: Request, columns: Sequence[RequestColumn], decision: Decision) -> None:
    for one in columns:
        if one.source and one.pk in decision.released:
            one.released = True
            one.save(update_fields=["released"])
    if all(one.blocked for one in columns):
        what = f"{len(columns)} 栏系统都已有，没有要填的格"
        raise _refused(
            row.title, what, "已有的数据不再向学校要", "请直接从系统取数；确需再填的，在审批时逐栏放行并写明理由"
        )


def _refuse_over_cap(row: Request) -> None:
    # Under the city's lock two approvals follow one another, so they do not both take the last place or one number.
    City.objects.select_for_update().get(pk=row.city_id)
    baseline = queries.baseline(row.city_id, row.year)
    if baseline is None:
        raise _refused(
            f"{row.year}年报表",
            "还没有定报表基数",
            "备案项数不超过基数的一半，没有基数不能审批",
            "请先在报表清单页填写基数",
        )
    share = queries.terms_of(row.city_id, row.year).share.value
    most = cap(baseline.items, share)
    filed = Request.objects.filter(city_id=row.city_id, year=row.year, state=_STATE.APPROVED).count()
    if filed >= most:
        rule = (
            f"基数 {baseline.items} 项（{baseline.source}），上限 {most} 项＝基数×{share.normalize():f}取整（{_GUIDE}）"
        )
        what = f"已备案 {filed} 项，再加一项就超过上限"
        raise _refused(row.title, what, rule, "请归并或撤销别的报表，或不同意这一项")


def _next(row: Request) -> int:
    """Numbers of a year follow one another; one that was withdrawn keeps its own."""
    return Request.objects.filter(city_id=row.city_id, year=row.year).exclude(number="").count() + 1


def set_baseline(actor: Actor, city: City, year: int, items: int, source: str) -> Baseline:
    """How many forms there were in the year that is counted from.

    Raises:
        RefusedError: no right, no source, or no number.
    """
    with act(actor, "forms.baseline", "city", city.pk, f"{year}年报表基数") as note:
        require(actor, "form_baseline")
        if not 0 <= items <= 10000 or not source.strip():  # noqa: PLR2004 -- no bureau has more
            raise _refused(
                f"{year}年报表基数", f"{items} 项，来源“{source}”", "基数为项数，须有来源", "请写明依据哪份清单"
            )
        note.detail = {"项数": items, "来源": source.strip()}
        return Baseline.objects.create(city=city, year=year, items=items, source=source.strip(), by=actor.name)


def held(actor: Actor, request_id: int, version: int, note: Note) -> Request:
    """The request, locked, as the page showed it."""
    del actor  # named in every action
    row = Request.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise _refused("报表", "没有这张报表", "只能办理已有的报表", "请刷新页面")
    note.title = row.title
    if row.version != version:
        raise _refused(row.title, "别人刚刚办理过", "以先办的为准", "请刷新页面，看过后再办")
    return row


def _stepped(row: Request) -> None:
    row.version += 1
    row.save()


def _with_reason(row: Request, reason: str) -> None:
    if not reason.strip():
        raise _refused(row.title, "没有写理由", "审批和撤销都要写明理由", "请写明理由")


def _refused(where: str, what: str, rule: str, remedy: str) -> RefusedError:
    return RefusedError(Finding(where, what, rule, remedy))
