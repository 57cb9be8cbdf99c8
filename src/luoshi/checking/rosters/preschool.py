"""学前系统: tables of institutions joined on the kindergarten; children are counted and never kept one by one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

from luoshi.checking.cells import Taken
from luoshi.checking.cells import day as day_of
from luoshi.checking.rosters.grades import school_year, young
from luoshi.checking.rosters.rows import LINE, Given, Rows, taken, tells, worded
from luoshi.spine import Return
from luoshi.words.findings import Finding, Severity

CHILDREN, CLASSES, UNLICENSED = "preschool_children", "preschool_classes", "preschool_unlicensed"
_KINDS = ("junior", "middle", "senior", "mixed")
_NORMS = {"junior": 25, "middle": 30, "senior": 35, "mixed": 30}
"""Children in a class at most. 幼儿园工作规程 (教育部令第39号)."""
_AGES = (2, 3, 4, 5, 6)
_OFFICIAL = {
    "托班": "nursery",
    "小班": "junior",
    "中班": "middle",
    "大班": "senior",
    "混合班": "mixed",
    "混龄班": "mixed",
}


def kindergartens_of(rows: Sequence[Rows], of: type[Return], given: Given) -> tuple[Taken | None, list[Finding]]:
    """幼儿园 of the tables of one delivery, joined on the kindergarten."""
    told, joined = list[Finding](), pl.DataFrame()
    order = sorted(rows, key=lambda one: one.met.layout.key in {CHILDREN, CLASSES})
    has_children = any(one.met.layout.key == CHILDREN for one in rows)
    for one in order:
        if one.met.layout.key == UNLICENSED:
            rule = "无证机构没有标识码，不入“幼儿园”报表；处置情况由县(市、区)填报"
            told.append(tells(one.where(), f"有{one.cells.height}个无证机构，没有读入", rule))
            continue
        if one.met.layout.key == CLASSES and has_children:
            told.append(tells(one.where(), "有幼儿名册，班级表没有读入", "同一时点只按一处计数"))
            continue
        cells = _at_kindergartens(worded(one.cells, given.words), one, given, told)
        counting = _COUNTED.get(one.met.layout.key)
        cells = counting(cells, one, given.on, told) if counting else _derived(cells)
        joined = _beside(joined, cells)
    if joined.is_empty():
        return None, told
    county = {code: given.register.of(code, "county") or None for code in joined["school"].unique().to_list()}
    joined = joined.with_columns(pl.col("school").replace_strict(county, return_dtype=pl.String).alias("county"))
    first = next(one for one in order if one.met.layout.key != UNLICENSED)
    wanted = [one for one in joined.columns if one in of.columns or one == LINE]
    return taken(of, joined.select(wanted), first, {"county": "school"}, given), told


def _beside(joined: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    if joined.is_empty():
        return cells
    new = cells.select("school", *[one for one in cells.columns if one not in joined.columns], LINE)
    told = joined.join(new, on="school", how="full", coalesce=True, maintain_order="left_right")
    return told.with_columns(pl.coalesce(LINE, f"{LINE}_right").alias(LINE)).drop(f"{LINE}_right")


def _at_kindergartens(cells: pl.DataFrame, rows: Rows, given: Given, told: list[Finding]) -> pl.DataFrame:
    keys = [one for one in ("school", "school_name") if one in cells.columns]
    if not keys:
        return cells.with_columns(pl.lit(given.school, pl.String).alias("school"))
    shared, codes = cells.select(keys).unique(maintain_order=True), list[str | None]()
    for row in shared.iter_rows(named=True):
        found = given.register.find(row.get("school") or "", row.get("school_name") or "")
        codes.append(found.code)
        if not found.code:
            rule = "机构按标识码，或按名录中唯一的名称；两所之间不猜"
            what = f"{found.doubt}，没有读入"
            told.append(Finding(rows.where(), what, rule, "请在文件里加机构标识码", Severity.STOPS))
        elif found.told:
            told.append(tells(rows.where(), found.told, "机构与名录核对", "请核对"))
    beside = shared.with_columns(pl.Series("_school", codes, dtype=pl.String))
    found_all = cells.join(beside, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return found_all.filter(pl.col("_school").is_not_null()).with_columns(pl.col("_school").alias("school"))


def _derived(cells: pl.DataFrame) -> pl.DataFrame:
    """园所性质 of 举办者 and 是否普惠, where it is not a column of its own."""
    if "nature" not in cells.columns and "operator" in cells.columns:
        inclusive = (
            pl.col("inclusive").is_in(["是", "有", "1"]) if "inclusive" in cells.columns else pl.lit(value=False)
        )
        private = pl.col("operator").str.contains("民办|private")
        nature = pl.when(~private).then(pl.lit("public")).when(inclusive).then(pl.lit("inclusive"))
        cells = cells.with_columns(nature.otherwise(pl.lit("private")).alias("nature"))
    return cells.drop("operator", "inclusive", "_school", strict=False).unique(
        "school", keep="first", maintain_order=True
    )


def _children(cells: pl.DataFrame, rows: Rows, on: date, told: list[Finding]) -> pl.DataFrame:
    """Children by age and class. Ages are full years on 31 August."""
    year = school_year(on)
    days = {raw: day_of(raw) for raw in cells["born"].unique().drop_nulls().to_list()}
    ages = {raw: min(max(year - one.year - ((one.month, one.day) > (8, 31)), 2), 6) for raw, one in days.items() if one}
    unread = cells["born"].is_null() | ~cells["born"].is_in(list(ages))
    if unread.any():
        rule = "年龄按8月31日的周岁，由出生日期推算"
        what = f"{int(unread.sum())}名幼儿的出生日期读不出，没有计入各年龄"
        told.append(Finding(rows.where(), what, rule, "请在原系统里核对", Severity.ASKS))
    if "status" in cells.columns:
        cells = cells.filter(~pl.col("status").is_in(["left", "离园", "退园"]).fill_null(value=False))
    aged = cells.with_columns(pl.col("born").replace_strict(ages, default=None, return_dtype=pl.Int64).alias("_age"))
    counted = aged.group_by("school", maintain_order=True).agg(
        pl.len().alias("children"),
        *[(pl.col("_age") == age).sum().alias(f"age_{age}") for age in _AGES],
        pl.col(LINE).first(),
    )
    sizes = _kinds(aged).group_by("school", "class", "_kind", maintain_order=True).agg(pl.len().alias("_size"))
    return _text(counted.join(_classes(sizes, rows, told), on="school", how="left", maintain_order="left"))


def _class_list(cells: pl.DataFrame, rows: Rows, _: date, told: list[Finding]) -> pl.DataFrame:
    """Classes as they are listed."""
    size = pl.col("size").str.normalize("NFKC").cast(pl.Int64, strict=False).alias("_size")
    sizes = _kinds(cells).with_columns(size)
    counted = sizes.group_by("school", maintain_order=True).agg(
        pl.col("_size").sum().alias("children"), pl.col(LINE).first()
    )
    return _text(counted.join(_classes(sizes, rows, told), on="school", how="left", maintain_order="left"))


def _kinds(cells: pl.DataFrame) -> pl.DataFrame:
    """小, 中, 大 by their own column, or by the name of the class."""
    names = {one: young(one) for one in cells["class"].unique().drop_nulls().to_list()}
    kind = pl.col("class").replace_strict(names, default="", return_dtype=pl.String)
    if "class_kind" in cells.columns:
        kind = pl.coalesce(pl.col("class_kind").replace_strict(_OFFICIAL, default=None, return_dtype=pl.String), kind)
    return cells.with_columns(kind.alias("_kind"))


def _classes(sizes: pl.DataFrame, rows: Rows, told: list[Finding]) -> pl.DataFrame:
    """Classes by kind, and those within the norm; of a kindergarten with a class of no known kind only their number."""
    unknown = ~sizes["_kind"].is_in(_KINDS)
    if unknown.any():
        rule = "小班、中班、大班、混合班由班级类型或班级名称确定"
        what = f"{int(unknown.sum())}个班看不出是哪一种，所在园的分类班数没有读入"
        told.append(Finding(rows.where(), what, rule, "请加“班级类型”一列", Severity.ASKS))
    within = pl.col("_size") <= pl.col("_kind").replace_strict(_NORMS, default=0, return_dtype=pl.Int64)
    known = pl.col("_kind").is_in(_KINDS).all()
    kinds = [pl.when(known).then((pl.col("_kind") == one).sum()).alias(f"{one}_classes") for one in _KINDS]
    return sizes.group_by("school", maintain_order=True).agg(
        pl.len().alias("classes"), *kinds, pl.when(known).then(within.sum()).alias("within_norm")
    )


def _text(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.with_columns(pl.exclude(LINE).cast(pl.String))


_COUNTED: Mapping[str, Callable[[pl.DataFrame, Rows, date, list[Finding]], pl.DataFrame]] = {
    CHILDREN: _children,
    CLASSES: _class_list,
}
