"""Lists as they are given: a frame or a Parquet file under declared column names."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.lists import ListPlan

if TYPE_CHECKING:
    from luoshi.words.lists import ListColumn


@dataclass(frozen=True, slots=True)
class Listed:
    """One list."""

    key: str
    """Of the declared list."""
    rows: pl.DataFrame | Path
    """Columns under their declared names, or a Parquet file; `columns` says otherwise."""
    columns: Mapping[str, str] | None = None
    """Declared name → the column's own name; None when they are the same."""
    county: str = ""
    """Whose list it is, for rows that do not say."""
    first: int = 1
    """The line its first row stands in: 2 below a line of headings."""

    def headings(self) -> list[str]:
        """Its own column names."""
        if isinstance(self.rows, pl.DataFrame):
            return self.rows.columns
        try:
            return list(pl.read_parquet_schema(self.rows))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise RefusedError(
                Finding(self.rows.name, "不是完好的 Parquet 文件", "须为可读的 Parquet", "请重新导出这个文件")
            ) from error


def fit(plan: ListPlan, headings: Sequence[str]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Which heading is which declared column, and what is told of the others.

    Args:
        plan: declares the columns and what else they are called.
        headings: the file's own.

    Returns:
        Declared name → heading, and findings that only tell.

    Raises:
        RefusedError: a needed column is not there, or one is there twice.
    """
    met = dict[str, list[str]]()
    names = {_bare(word): one for one in plan.columns for word in (one.name, one.label, *one.aliases)}
    unknown = list[str]()
    for heading in headings:
        column = names.get(_bare(heading))
        if column is not None:
            met.setdefault(column.name, []).append(heading)
        elif heading.strip():
            unknown.append(heading.strip()[:_SHOWN])
    wrong = [*_missing(plan.columns, met, headings), *_twice(plan.columns, met)]
    if wrong:
        raise RefusedError(*wrong)
    what = f"没有读入的列：{'、'.join(unknown)}"
    rule = "只读比对用得着的列，其余不读、不存"
    told = (Finding("列名", what, rule, "不必处理；列名写错的请改正", Severity.TELLS),) if unknown else ()
    return {name: one[0] for name, one in met.items()}, told


def refuse_unfit(plan: ListPlan, lists: Sequence[Listed]) -> None:
    """Refuse lists nobody declared, two of a kind, lists without their needed columns, and none that can be compared.

    Raises:
        RefusedError: with all that is wrong.
    """
    known, wrong = {one.key: one.label for one in plan.lists}, list[Finding]()
    keys = [one.key for one in lists]
    for key in dict.fromkeys(keys):
        if key not in known:
            wrong.append(
                Finding(
                    f"名单“{key}”",
                    "没有这种名单",
                    f"须为 {'、'.join(known.values())} 之一",
                    "请改正名单的名称",
                )
            )
        elif keys.count(key) > 1:
            what = f"给出了 {keys.count(key)} 份"
            wrong.append(Finding(known[key], what, "一种名单给一份", "请先合成一份，再比对"))
    for one in lists:
        own = one.columns or {name: name for name in one.headings()}
        there = set(one.headings())
        lost = [column.label for column in plan.columns if column.needed and own.get(column.name) not in there]
        if lost and one.key in known:
            wrong.append(
                Finding(known[one.key], f"没有“{'、'.join(lost)}”一列", "名单按身份证件号比对", "请补上这一列")
            )
    if not wrong and not any({one.of, one.against} <= set(keys) for one in plan.comparisons):
        needs = "；".join(f"{known[one.of]}和{known[one.against]}" for one in plan.comparisons)
        wrong.append(Finding("名单", "给出的名单比对不成", f"至少要有其中一对：{needs}", "请补上缺的名单"))
    if wrong:
        raise RefusedError(*wrong)


_SHOWN = 20


def _bare(heading: str) -> str:
    """Without blanks, stars and what stands in brackets behind."""
    told = "".join(unicodedata.normalize("NFKC", heading).split()).strip("*")
    return told.replace("(", "").replace(")", "").replace("、", "").upper()


def _missing(columns: "Sequence[ListColumn]", met: Mapping[str, list[str]], headings: Sequence[str]) -> list[Finding]:
    shown = "、".join(one.strip()[:_SHOWN] for one in headings if one.strip()) or "空"
    return [
        Finding(
            "列名",
            f"没有“{one.label}”一列，只有：{shown}",
            f"须有一列叫 {'、'.join((one.label, *one.aliases))}",
            "请补上或改正列名，列名放在第一行",
        )
        for one in columns
        if one.needed and one.name not in met
    ]


def _twice(columns: "Sequence[ListColumn]", met: Mapping[str, list[str]]) -> list[Finding]:
    return [
        Finding(
            "列名",
            f"“{'”和“'.join(met[one.name])}”都是“{one.label}”",
            "一种内容一列",
            "请删去或改名，只留比对用的一列",
        )
        for one in columns
        if len(met.get(one.name, ())) > 1
    ]
