"""What is told of a comparison: only what somebody needs who has to look for the child, masked unless the whole is asked for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl

from luoshi.matching.deciding import FLAWS, Doubt, digest
from luoshi.matching.desk import Desk
from luoshi.matching.rows import rows_in, rows_of
from luoshi.words.findings import Finding, Severity
from luoshi.words.lists import Comparison, ListPlan
from luoshi.words.masking import masked_identity, masked_name

_SAID = {
    Doubt.TWICE: "同一名单里此号有两行",
    Doubt.CROWDED: "对方名单里此号不止一行",
    Doubt.UNLIKE: "号码相同，{what}不同",
    Doubt.ALIKE: "姓名、出生日期和{what}相同，号码{numbers}",
}
_SIDE = ("line", "county", "name", "number")


def findings_told(  # all that is told of a row
    desk: Desk,
    one: Comparison,
    given: Collection[str],
    plan: ListPlan,
    crossings: Mapping[tuple[str, str], pl.DataFrame],
    key: bytes | None,
    *,
    whole: bool,
) -> pl.DataFrame:
    """The rows a comparison found, laid out."""
    rows = desk.ask(_found, one.key)
    rows = rows.with_columns(pl.lit(one.reason).alias("reason"))
    for other, words in one.beside.items():
        there = desk.ask(_beside, one.key, other)["line"] if other in given else pl.Series([], dtype=pl.Int64)
        also = pl.when(pl.col("line").is_in(there.implode())).then(pl.lit(f"；{words}")).otherwise(pl.lit(""))
        rows = rows.with_columns(pl.col("reason") + also)
    for each in plan.crossings:
        standing = crossings.get((each.key, one.key))
        if standing is None:
            rows = rows.with_columns(pl.lit(None, pl.String).alias(each.key))
        else:
            rows = rows.join(standing.rename({"standing": each.key}), on="line", how="left")
    codes = [None if key is None or number is None else digest(key, number) for number in rows["key"].to_list()]
    return rows.select(
        pl.lit(one.key).alias("comparison"),
        pl.lit(one.label).alias("label"),
        pl.lit(one.of).alias("list"),
        "line",
        "county",
        "school",
        _shown(rows["name"], "name", whole=whole),
        _shown(rows["written"], "number", whole=whole),
        pl.Series("code", codes, pl.String),
        "reason",
        *[each.key for each in plan.crossings],
    )


def _found(key: str) -> Any:
    return rows_in(f"found_{key}").select("line", "county", "school", "name", "written", "key")


def _beside(key: str, other: str) -> Any:
    """Lines of those found whose number stands in another list."""
    return rows_in(f"found_{key}").semi_join(rows_of(other), "key").select("line")


def doubts_told(pairs: pl.DataFrame, plan: ListPlan, *, whole: bool) -> pl.DataFrame:
    """The pairs that are to be decided, laid out."""
    labels = {one.key: one.label for one in plan.lists}
    reasons = [_reason(row, labels) for row in pairs.iter_rows(named=True)]
    sides = [
        column
        for side in ("", "other_")
        for column in (
            _shown(pairs[f"{side}name"], f"{side}name", whole=whole),
            _shown(pairs[f"{side}written"], f"{side}number", whole=whole),
        )
    ]
    told = pairs.with_columns(*sides, pl.Series("reason", reasons, pl.String))
    theirs = [f"other_{one}" for one in _SIDE]
    wanted = ["comparison", "doubt", "list", *_SIDE, "other", *theirs, "pair", "reason"]
    return told.select(wanted).sort("county", "list", "line", "other", "other_line", "comparison", nulls_last=True)


def _shown(cells: pl.Series, name: str, *, whole: bool) -> pl.Series:
    mask = masked_name if name.endswith("name") else masked_identity
    told = cells.to_list() if whole else [None if one is None else mask(one) for one in cells.to_list()]
    return pl.Series(name, told, pl.String)


def _reason(row: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    doubt = Doubt(row["doubt"])
    if doubt is Doubt.NUMBER:
        return f"{labels[row['list']]}：{FLAWS[row['flaw']]}"
    if doubt is Doubt.UNLIKE:
        unlike = [word for word, one in (("姓名", "name"), ("出生日期", "born")) if _both(row, one, equal=False)]
        return _SAID[doubt].format(what="、".join(unlike))
    if doubt is Doubt.ALIKE:
        same = [word for word, one in (("监护人", "guardian"), ("县", "county")) if _both(row, one, equal=True)]
        wanting = not row["written"] or not row["other_written"]
        return _SAID[doubt].format(what="、".join(same), numbers="缺失" if wanting else "不同")
    return _SAID[doubt]


def _both(row: Mapping[str, Any], column: str, *, equal: bool) -> bool:
    mine, theirs = row[column], row[f"other_{column}"]
    return bool(mine) and bool(theirs) and (mine == theirs) is equal


def remarks(
    plan: ListPlan, given: Collection[str], active: Sequence[Comparison], unused: Collection[str]
) -> tuple[Finding, ...]:
    """Lists that were not there, and decisions that met nothing."""
    told, labels = list[Finding](), {one.key: one.label for one in plan.lists}
    for one in active:
        absent = [labels[other] for other in one.less if other not in given]
        if absent:
            what = f"没有给出{'、'.join(absent)}"
            rule = f"{one.label}要减去这些名单里的人"
            told.append(_tells(one.label, what, rule, "查出的人里可能有他们；请补上名单再比，或逐人核实"))
    for each in plan.crossings:
        if each.within not in given and any(one.key in each.of for one in active):
            what = f"没有给出{labels[each.within]}"
            told.append(_tells(each.label, what, each.rule, "请补上名单再比"))
    if unused:
        what = f"有 {len(unused)} 个认定没有对上"
        rule = "两行内容都没有改动的，认定才继续有效"
        told.append(_tells("认定", what, rule, "行已改正或已不在名单里的不必处理"))
    return tuple(told)


def _tells(where: str, what: str, rule: str, remedy: str) -> Finding:
    return Finding(where, what, rule, remedy, Severity.TELLS)
