"""What the house holds already: asked of the lake, so that nobody asks a school for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from django.db import models

from luoshi.bureau.forms.models import RequestColumn
from luoshi.bureau.lakes import lake
from luoshi.bureau.returns.models import Unit, Window
from luoshi.checking.tables import Rows
from luoshi.checking.workbooks import Held
from luoshi.declared.returns import RETURNS
from luoshi.declared.returns.institutions import Institutions
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Amount, Count

_BY_SCHOOL = {"school", "stage", "grade"}
"""Keys under which the rows of a school may be summed; rows of persons are not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest period of a return that is held."""

    kind: str
    period: str
    definition: str

    @property
    def source(self) -> str:
        """As people are told: which return, which period, which 口径."""
        return f"{RETURNS[self.kind].label} {self.period}（{self.definition}）"


@dataclass(frozen=True, slots=True)
class School:
    """One institution of the register that may be asked."""

    code: str
    name: str
    county: str
    kind: str


def kept() -> dict[str, Kept]:
    """What is held, by key of the return: of several 口径 the one that was handed in last."""
    told = dict[str, Kept]()
    if not lake().exists:
        return told
    for one in lake().counting():
        newest = told.get(one.kind)
        if one.kind in RETURNS and (newest is None or one.period >= newest.period):
            told[one.kind] = Kept(one.kind, one.period, one.definition)
    return told


def frame(of: Kept) -> pl.DataFrame:
    """Its rows."""
    return lake().rows(of.kind, period=of.period, definition=of.definition).collect()


def held_source(kind: str, column: str, told: Mapping[str, Kept]) -> str:
    """Where a column is held; empty when it is not."""
    return told[kind].source if kind in told and column in RETURNS[kind].columns else ""


def schools(kinds: Sequence[str], counties: Sequence[str]) -> list[School]:
    """Who a form reaches, by the register; parts of schools are not asked by themselves.

    Raises:
        RefusedError: no register is held.
    """
    register = kept().get(Institutions.key)
    if register is None:
        remedy = "请先导入学校（机构）名录（年报平面导出表即可）"
        raise RefusedError(Finding("学校名录", "系统里还没有学校名录", "发给谁以名录为准", remedy))
    rows = frame(register).filter(pl.col("counted").fill_null(True) & ~pl.col("closed").fill_null(False))
    if kinds:
        rows = rows.filter(pl.col("kind").is_in(list(kinds)))
    if counties:
        rows = rows.filter(pl.col("county").is_in(list(counties)))
    told = rows.sort("county", "school").select("school", "name", "county", "kind").iter_rows()
    return [School(*map(str, one)) for one in told]


def values(columns: Sequence[RequestColumn], reached: Sequence[School]) -> dict[str, dict[str, Held]]:
    """What is held of each school, by its code and the column's name in the form.

    A cell its source has empty is held too: it is mended there, not asked here.
    """
    told, codes = kept(), [one.code for one in reached]
    found: dict[str, dict[str, Held]] = {code: {} for code in codes}
    for kind in dict.fromkeys(one.kind for one in columns if one.blocked and one.kind in told):
        asked = [one for one in columns if one.blocked and one.kind == kind]
        given = _by_school(kind, told[kind], [one.column for one in asked], codes)
        for code in codes:
            for one in asked:
                value, source = given.get(code, {}).get(one.column), told[kind].source
                empty = "" if value is not None else "（来源里没有填，请到来源更正）"
                found[code][f"c{one.place}"] = Held(value, source + empty, told[kind].definition)
    return found


def _by_school(kind: str, of: Kept, columns: Iterable[str], codes: Sequence[str]) -> dict[str, dict[str, object]]:
    """Values by school and column; numbers of several rows of a school are summed, words only given where there is one row."""
    declared, rows = RETURNS[kind], frame(of)
    wanted = [name for name in dict.fromkeys(columns) if name in rows.columns and name != "school"]
    if "school" not in rows.columns or not wanted or not set(declared.keys) <= _BY_SCHOOL:
        return {}
    asked = [
        pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)
        if isinstance(declared.columns[name], Count | Amount)
        else pl.when(pl.len() == 1).then(pl.col(name).first()).alias(name)
        for name in wanted
    ]
    told = rows.filter(pl.col("school").is_in(list(codes))).group_by("school").agg(asked)
    return {str(one.pop("school")): one for one in told.to_dicts()}


def for_tables(kinds: Iterable[str]) -> dict[str, Rows]:
    """What is held of these returns, to fill other people's tables from; those that tell no county are left out."""
    told = kept()
    wanted = [told[kind] for kind in dict.fromkeys(kinds) if kind in told]
    return {one.kind: _rows(one) for one in wanted if "county" in RETURNS[one.kind].columns}


def _rows(of: Kept) -> Rows:
    """The rows, with who has reported: a county without rows has none only where it said so.

    A county has reported that handed in an edition, or of which nobody in the window is missing: then it has no such institution. Where
    one edition holds the rows of several counties it was handed in for the whole city, and all have.
    """
    rows = frame(of)
    if not rows.filter(pl.col("county") != pl.col("division")).is_empty():
        return Rows(rows, "county", of.source)
    there = {one.division for one in lake().editions(of.kind, of.period) if one.definition == of.definition}
    lacking: dict[str, int] = {}
    for window in Window.objects.filter(period=of.period, definition=of.definition):
        if of.kind in window.returns:
            owing = Unit.objects.filter(window=window, merged_into="").order_by().values_list("county")
            lacking |= dict(owing.annotate(lacking=models.Count("pk", filter=models.Q(accepted=None))))
    there |= {county for county, many in lacking.items() if not many}
    short = {county: many for county, many in lacking.items() if many and county in there}
    return Rows(rows, "county", of.source, frozenset(there), short)
