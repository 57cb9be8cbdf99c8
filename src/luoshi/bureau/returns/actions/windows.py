"""Opening a window, its days, and its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import City, Division, Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.returns.actions.holding import said, window_of
from luoshi.bureau.returns.besides import register
from luoshi.bureau.returns.compacting import ask_for_compaction
from luoshi.bureau.returns.models import Merge, Unit, Window
from luoshi.bureau.returns.words import check_period
from luoshi.declared.returns import RETURNS, Institutions
from luoshi.declared.returns.codes import KINDS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_GOING_ON = (Unit.State.HANDED, Unit.State.COUNTY, Unit.State.DEPOSITING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a window is to be."""

    title: str
    returns: tuple[str, ...]
    period: str
    basis: str
    """依据."""
    dues: tuple[date, date, date]
    """Of schools, counties, the city."""
    office: str
    """Code of the section whose statistics they are."""
    readers: tuple[str, ...] = ()
    owers: str = Window.Owers.SCHOOLS
    kinds: tuple[str, ...] = ()
    """办学类型; all without."""
    layout_year: int | None = None


def open_window(actor: Actor, city: City, wanted: Wanted) -> Window:
    """开期次: the returns, the days, and a list of who owes, taken from the register in the lake.

    Raises:
        RefusedError: no right, what is wanted does not fit together, or nobody owes it.
    """
    with act(actor, "returns.open", "return_window", "", wanted.title) as note:
        require(actor, "return_window", lead=wanted.office)
        _refuse_wrong(city, wanted)
        made = Window.objects.create(
            city=city,
            title=said(actor, "期次", wanted.title, "标题")[:200],
            returns=list(wanted.returns),
            period=wanted.period,
            definition=RETURNS[wanted.returns[0]].basis.label,
            basis=said(actor, "期次", wanted.basis, "依据")[:300],
            layout_year=wanted.layout_year,
            owers=wanted.owers,
            kinds=list(wanted.kinds),
            due_school=wanted.dues[0],
            due_county=wanted.dues[1],
            due_city=wanted.dues[2],
            office=wanted.office,
            readers=list(wanted.readers),
            opened=timezone.localdate(),
            by=actor.name,
        )
        units = _owing(made)
        Unit.objects.bulk_create(units, batch_size=500)
        note.id = str(made.pk)
        note.detail = {
            "报表": [RETURNS[key].label for key in wanted.returns],
            "报告期": wanted.period,
            "应报": len(units),
        }
    return made


def _refuse_wrong(city: City, wanted: Wanted) -> None:
    unknown = [key for key in wanted.returns if key not in RETURNS]
    if not wanted.returns or unknown:
        what = f"没有报表 {'、'.join(unknown)}" if unknown else "没有选报表"
        raise RefusedError(Finding("期次", what, "须为已声明的报表", "请从列表里选报表"))
    grains = {RETURNS[key].grain for key in wanted.returns}
    if len(grains) > 1:
        labels = "、".join(RETURNS[key].label for key in wanted.returns)
        raise RefusedError(Finding("期次", f"{labels}的报告期不同", "一个期次里的报表报告期相同", "请分别开期次"))
    check_period(grains.pop(), wanted.period)
    by_county = [RETURNS[key].label for key in wanted.returns if "school" not in RETURNS[key].columns]
    if by_county and wanted.owers == Window.Owers.SCHOOLS:
        rule = "没有学校标识码的报表由县(市、区)报"
        raise RefusedError(Finding("期次", f"{'、'.join(by_county)}不按学校报", rule, "请把“谁报”改为县(市、区)"))
    if not wanted.dues[0] <= wanted.dues[1] <= wanted.dues[2]:
        raise RefusedError(
            Finding("期次", "截止日的先后不对", "学校、县(市、区)、市的截止日依次不早于前一级", "请改正截止日")
        )
    if unknown_kinds := sorted(set(wanted.kinds) - KINDS.keys()):
        raise RefusedError(Finding("期次", f"没有办学类型 {'、'.join(unknown_kinds)}", "GB/T 33782-2017 表4", "请重选"))
    offices = {wanted.office, *wanted.readers}
    if Office.objects.filter(city=city, code__in=offices).count() != len(offices):
        raise RefusedError(Finding("期次", "没有写对主管科室", "主管科室和用数科室须为本局科室", "请从列表里选"))
    _refuse_twice(city, wanted)


def _refuse_twice(city: City, wanted: Wanted) -> None:
    """What is collected already is not asked again."""
    for other in Window.objects.filter(city=city, period=wanted.period):
        both = [RETURNS[key].label for key in wanted.returns if key in other.returns]
        if both:
            what = f"{wanted.period} 的{'、'.join(both)}已在“{other.title}”里"
            raise RefusedError(Finding("期次", what, "同一报表同一报告期只收一次", "请在已有的期次里办理，或改报告期"))


def _owing(window: Window) -> list[Unit]:
    """Who owes, as the register and the list of divisions say."""
    divisions = {one.code: one for one in Division.objects.filter(city=window.city)}
    if window.owers == Window.Owers.COUNTIES:
        return [Unit(window=window, code=one.code, label=one.name, county=one.code) for one in divisions.values()]
    known = register(window.period)
    if known is None and Institutions.key in window.returns:
        return []  # the first register makes its units when it comes
    if known is None:
        rule, remedy = "应报单位取自学校（机构）名录", "请先开“学校（机构）名录”的期次，核定入库后再开这一期"
        raise RefusedError(Finding(window.title, "还没有入库的名录", rule, remedy))
    chosen = known.filter(~pl.col("closed").fill_null(value=False))
    if window.kinds:
        chosen = chosen.filter(pl.col("kind").is_in(window.kinds))
    points = dict(Merge.objects.filter(city=window.city, ended=None).values_list("point", "parent"))
    rows = chosen.unique("school", keep="last", maintain_order=True).select("school", "name", "county", "kind")
    units = [_unit(window, row, points) for row in rows.iter_rows(named=True)]
    if not units:
        raise RefusedError(Finding(window.title, "没有应报单位", "至少一个单位应报", "请核对办学类型和名录"))
    return units


def _unit(window: Window, row: Mapping[str, str], points: Mapping[str, str]) -> Unit:
    code = row["school"]
    told = {"label": row["name"][:200], "county": row["county"], "kind": row["kind"] or ""}
    return Unit(window=window, code=code, merged_into=points.get(code, ""), **told)


def extend(actor: Actor, window_id: int, version: int, dues: tuple[date, date, date], reason: str) -> Window:
    """延期, with the reason; a closed window is open again. Days late are reckoned anew from the new day."""
    with act(actor, "returns.extend", "return_window", window_id) as note:
        window = _held(actor, window_id, version, note)
        note.reason = said(actor, window.title, reason, "延期的理由")
        if window.stage == Window.Stage.LOCKED:
            raise _astray(window, "锁定的期次不再延期")
        before = (window.due_school, window.due_county, window.due_city)
        if not dues[0] <= dues[1] <= dues[2] or any(new < old for new, old in zip(dues, before, strict=True)):
            raise RefusedError(
                Finding(window.title, "延期不能提前", "新截止日不早于原来的，且依次不早于前一级", "请改正")
            )
        for label, old, new in zip(("学校截止", "县级截止", "市级截止"), before, dues, strict=True):
            note.changed(label, old, new)
        window.due_school, window.due_county, window.due_city = dues
        window.stage, window.closed = Window.Stage.OPEN, None
        _kept(window, "due_school", "due_county", "due_city", "stage", "closed")
        _reckon(window)
    return window


def _reckon(window: Window) -> None:
    """Days late of those that handed in, by the day that holds now."""
    handed = list(Unit.objects.filter(window=window, late__gt=0))
    for one in handed:
        assert one.handed_on is not None  # noqa: S101  # late units handed in
        one.late = max((one.handed_on - window.due_school).days, 0)
    Unit.objects.bulk_update(handed, ["late"], batch_size=400)


def close_window(actor: Actor, window_id: int, version: int) -> Window:
    """截止: nothing new is taken; what was handed in goes on. Files of the lake are merged in the background."""
    with act(actor, "returns.close", "return_window", window_id) as note:
        window = _held(actor, window_id, version, note)
        if window.stage != Window.Stage.OPEN:
            raise _astray(window, "只截止填报中的期次")
        note.detail = {"未报": Unit.objects.filter(window=window, merged_into="", handed_on=None).count()}
        window.stage, window.closed = Window.Stage.CLOSED, timezone.localdate()
        _kept(window, "stage", "closed")
    ask_for_compaction(actor, window)
    return window


def lock_window(actor: Actor, window_id: int, version: int) -> Window:
    """锁定: from now on a return is opened again only when somebody approves it by name."""
    with act(actor, "returns.lock", "return_window", window_id) as note:
        window = _held(actor, window_id, version, note)
        if window.stage != Window.Stage.CLOSED:
            raise _astray(window, "先截止，后锁定")
        going = Unit.objects.filter(window=window, state__in=_GOING_ON).count()
        if going:
            rule = "已报的都核定入库或退回以后才锁定"
            raise RefusedError(Finding(window.title, f"还有 {going} 个单位在审核", rule, "请先核定入库或退回"))
        window.stage, window.locked = Window.Stage.LOCKED, timezone.localdate()
        _kept(window, "stage", "locked")
    ask_for_compaction(actor, window)
    return window


def _held(actor: Actor, window_id: int, version: int, note: Note) -> Window:
    window = window_of(actor, window_id, note, version)
    require(actor, "return_window", lead=window.office)
    return window


def _kept(window: Window, *fields: str) -> None:
    window.version += 1
    window.save(update_fields=[*fields, "version"])


def _astray(window: Window, rule: str) -> RefusedError:
    return RefusedError(Finding(window.title, f"现在是“{window.get_stage_display()}”", rule, "请刷新页面后再办"))
