"""教学点归并: whose rows a parent school brings along. It is told once and remembered."""

from datetime import date

import polars as pl

from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import answers, require
from luoshi.bureau.returns.actions.holding import moved
from luoshi.bureau.returns.besides import register
from luoshi.bureau.returns.models import Merge, Unit, Window
from luoshi.declared.returns.codes import PARTS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def merge(actor: Actor, city: City, point: str, parent: str, on: date) -> Merge:
    """Let a teaching point file with a school from now on, in every open window where it has filed nothing yet.

    Its rows keep their own code; in the register they name the parent.

    Raises:
        RefusedError: no right, no such point or school, another county, or merged already.
    """
    with act(actor, "returns.merge", "institution", point) as note:
        require(actor, "return_merge")
        one, other = _known(str(on.year), point), _known(str(on.year), parent)
        note.title = f"{one['name']} → {other['name']}"
        _refuse_unfit(actor, one, other)
        if Merge.objects.filter(city=city, point=point, ended=None).exists():
            raise RefusedError(Finding(one["name"], "已经归并过", "一个教学点只有一个主校", "请先取消原来的归并"))
        made = Merge.objects.create(
            city=city,
            point=point,
            point_label=one["name"][:200],
            parent=parent,
            parent_label=other["name"][:200],
            county=one["county"],
            since=on,
            by=actor.name,
        )
        _apply(actor, city, point, parent, on)
    return made


def _known(year: str, code: str) -> dict[str, str]:
    known = register(year)
    found = None if known is None else known.filter(pl.col("school") == code)
    if found is None or not found.height:
        rule = "教学点和主校须在学校（机构）名录里"
        raise RefusedError(Finding("教学点归并", f"名录里没有 {code[:20]}", rule, "请核对标识码"))
    return found.row(-1, named=True)


def _refuse_unfit(actor: Actor, point: dict[str, str], parent: dict[str, str]) -> None:
    if point["kind"] not in PARTS:
        rule = "只归并教学点和附设班"
        raise RefusedError(Finding(point["name"], f"办学类型是 {point['kind']}", rule, "请核对标识码"))
    if parent["kind"] in PARTS or parent["county"] != point["county"]:
        rule = "主校是本县(市、区)计校数的学校"
        raise RefusedError(Finding(parent["name"], "不能作主校", rule, "请选本县(市、区)的学校"))
    if actor.role == "county" and not answers(actor, point["county"]):
        rule = "县(市、区)只归并本地的教学点"
        raise RefusedError(Finding(point["name"], "不是本县(市、区)的教学点", rule, "请选本县(市、区)的教学点"))


def _apply(actor: Actor, city: City, point: str, parent: str, on: date) -> None:
    rows = Unit.objects.select_for_update(of=("self",)).filter(window__city=city, window__stage=Window.Stage.OPEN)
    units = [one for one in rows.filter(code=point).order_by("pk") if one.filing_id is None]
    for unit in units:
        unit.merged_into = parent
    if units:
        moved(actor, units, "merge", on)


def unmerge(actor: Actor, number: int, on: date) -> Merge:
    """The point files for itself again; what was filed stays as it was."""
    with act(actor, "returns.unmerge", "institution", number) as note:
        require(actor, "return_merge")
        found = _held(actor, number, note)
        found.ended, found.ended_by = on, actor.name
        found.save(update_fields=["ended", "ended_by"])
        rows = Unit.objects.select_for_update(of=("self",)).filter(window__city=found.city_id, code=found.point)
        units = list(rows.filter(window__stage=Window.Stage.OPEN, merged_into=found.parent).order_by("pk"))
        for unit in units:
            unit.merged_into = ""
        if units:
            moved(actor, units, "merge", on)
    return found


def _held(actor: Actor, number: int, note: Note) -> Merge:
    found = Merge.objects.select_for_update().filter(pk=number, ended=None).first()
    if found is None:
        raise RefusedError(Finding("教学点归并", "没有这项归并", "只取消现有的归并", "请刷新页面"))
    note.id, note.title = found.point, f"{found.point_label} → {found.parent_label}"
    if actor.role == "county" and not answers(actor, found.county):
        raise RefusedError(Finding(found.point_label, "不是本县(市、区)的教学点", "县(市、区)只办本地的", "请核对"))
    return found
