"""The class list against the annual return, school by school and stage: both figures side by side, each with its 口径.

The return counts classes on 1 September by band, the roll lists each class of a day. 56 and 66 are edges of bands, so large
classes compare exactly; which class it is, and whether it is of a first grade, only the roll knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from luoshi.spine import Parameter
from luoshi.words.findings import Finding, Severity

BANDS = (
    "up_to_25", "from_26", "from_31", "from_36", "from_41", "from_46", "from_51", "from_56", "from_61", "from_66",
)  # fmt: skip
EDGES = (0, 26, 31, 36, 41, 46, 51, 56, 61, 66)
"""The fewest pupils of each band."""
ANNUAL, ROLL = "年报", "学籍"
"""口径 of the two sides."""
_LABELS = ("25人及以下", *(f"{low}-{high - 1}人" for low, high in pairwise(EDGES[1:])), "66人及以上")
_STAGES = {"primary": "小学", "junior": "初中", "senior": "普通高中", "vocational": "中等职业", "special": "特殊教育"}
_COMPARED = ("classes", "pupils", *BANDS)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both sides, and what only the roll knows."""

    rows: pl.DataFrame
    """One row a school and stage: school, name, county, stage; of classes, pupils, each band, large, super_large and over
    the figure of each side (classes_annual, classes_roll) and the difference, roll less return (classes_more)."""
    large: pl.DataFrame
    """Classes at or above the limit: school, name, county, stage, grade, number, class_id, size, entry, super_large, over."""
    totals: pl.DataFrame
    """By county and stage, and 全市 by stage: how many classes, large and super_large (of first grades apart: entry_…), pupils over the
    limit, and what the return says (…_annual)."""
    told: tuple[Finding, ...]
    """核对提示, one a school and stage that differs."""


def reconcile(
    classes: pl.DataFrame,
    class_bands: pl.DataFrame,
    institutions: pl.DataFrame,
    large: Parameter,
    super_large: Parameter,
) -> Reconciled:
    """Put the class list beside the return.

    Args:
        classes: rows of `classes`: class_id, school, county, stage, grade, size, and kind where it is known.
        class_bands: rows of `class_bands`: school, stage, the bands, classes, pupils.
        institutions: the register, for names and counties.
        large: the fewest pupils of a large class.
        super_large: the fewest of a very large one.
    """
    least, most = int(large.value), int(super_large.value)
    listed = _listed(classes, institutions, least, most)
    roll = _counted(listed)
    annual = _annual(class_bands, least, most)
    both = annual.join(roll, on=["school", "stage"], how="full", coalesce=True, suffix="_roll")
    names = institutions.select("school", "name", "county")
    both = both.join(names, on="school", how="left").sort("county", "school", "stage", nulls_last=True)
    rows = _side_by_side(both)
    columns = (
        "school",
        "name",
        "county",
        "stage",
        "grade",
        "number",
        "class_id",
        "size",
        "entry",
        "super_large",
        "over",
    )
    found = listed.filter("large").select(columns).sort("size", "class_id", descending=[True, False])
    return Reconciled(rows, found, _totals(listed, annual, names), tuple(_told(rows)))


def _listed(classes: pl.DataFrame, institutions: pl.DataFrame, least: int, most: int) -> pl.DataFrame:
    """Ordinary classes with what is asked of each: 特教班 of an ordinary school are left out (domain §1). Pupils over the limit are those beyond one less than a large class has."""
    number = pl.col("number") if "number" in classes.columns else pl.lit(None, pl.Int64)
    if "kind" in classes.columns:
        aside = (pl.col("kind") == "special") & (pl.col("stage") != "special")
        classes = classes.filter(~aside.fill_null(value=False))
    told = classes.select("class_id", "school", "stage", "grade", number.alias("number"), "size")
    first = {"primary": 1, "junior": 7, "senior": 10, "vocational": 10}
    named = told.join(institutions.select("school", "name", "county"), on="school", how="left", maintain_order="left")
    return named.with_columns(
        (pl.col("grade") == pl.col("stage").replace_strict(first, default=None, return_dtype=pl.Int64)).alias("entry"),
        (pl.col("size") >= least).alias("large"),
        (pl.col("size") >= most).alias("super_large"),
        (pl.col("size") - (least - 1)).clip(0).alias("over"),
    )


def _counted(listed: pl.DataFrame) -> pl.DataFrame:
    size = pl.col("size")
    tops = [*EDGES[1:], None]
    bands = [
        ((size >= low) & (size < top) if top else size >= low).sum().cast(pl.Int64).alias(name)
        for name, low, top in zip(BANDS, EDGES, tops, strict=True)
    ]
    return listed.group_by("school", "stage").agg(
        pl.len().cast(pl.Int64).alias("classes"),
        size.sum().alias("pupils"),
        *bands,
        *[pl.col(one).sum().cast(pl.Int64) for one in ("large", "super_large", "over")],
    )


def _annual(class_bands: pl.DataFrame, least: int, most: int) -> pl.DataFrame:
    """The return; how many are large is only known where the limit is the edge of a band."""
    there = [one for one in _COMPARED if one in class_bands.columns]
    blank = [pl.lit(None, pl.Int64).alias(one) for one in _COMPARED if one not in there]
    told = class_bands.select("school", "stage", *there, *blank)
    return told.with_columns(_above(least).alias("large"), _above(most).alias("super_large"))


def _above(limit: int) -> pl.Expr:
    if limit not in EDGES:
        return pl.lit(None, pl.Int64)
    return pl.sum_horizontal(BANDS[EDGES.index(limit) :], ignore_nulls=False)


def _side_by_side(both: pl.DataFrame) -> pl.DataFrame:
    compared = (*_COMPARED, "large", "super_large")
    columns = list[pl.Expr]()
    for one in compared:
        annual, roll = pl.col(one), pl.col(f"{one}_roll")
        columns += [annual.alias(f"{one}_annual"), roll.alias(f"{one}_roll"), (roll - annual).alias(f"{one}_more")]
    return both.select("school", "name", "county", "stage", *columns, pl.col("over").alias("over_roll"))


def _totals(listed: pl.DataFrame, annual: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Counts only: whoever wants a rate divides sums, and never averages the rates of counties."""
    counts = [pl.col(one).sum().cast(pl.Int64) for one in ("large", "super_large", "over")]
    entry = pl.col("entry").fill_null(value=False)
    own = [
        pl.len().cast(pl.Int64).alias("classes"),
        *counts,
        entry.sum().cast(pl.Int64).alias("entry_classes"),
        (entry & pl.col("large")).sum().cast(pl.Int64).alias("entry_large"),
        (entry & pl.col("super_large")).sum().cast(pl.Int64).alias("entry_super_large"),
    ]
    reported = annual.join(names, on="school", how="left")
    sums = [pl.col(one).sum().alias(f"{one}_annual") for one in ("classes", "large", "super_large")]
    parts = list[pl.DataFrame]()
    for by in (["county", "stage"], ["stage"]):
        told = listed.group_by(by).agg(own).join(reported.group_by(by).agg(sums), on=by, how="full", coalesce=True)
        parts.append(told if "county" in by else told.with_columns(pl.lit("全市").alias("county")))
    return pl.concat(parts, how="diagonal").sort("county", "stage", nulls_last=True)


def _told(rows: pl.DataFrame) -> Sequence[Finding]:
    return [finding for row in rows.iter_rows(named=True) if (finding := _finding(row))]


def _finding(row: dict[str, object]) -> Finding | None:
    """What differs, as a prompt to look: neither side is said to be wrong."""
    where = f"{row['name'] or row['school']} {_STAGES.get(str(row['stage']), row['stage'])}"
    rule = "核对提示：年报是9月1日的时点，学籍是导出当日，口径不同，有差异不等于有错"
    remedy = "请看这一年里有没有分班、并班、转学，在对数时说明；两个数都保留"
    if row["classes_annual"] is None or row["classes_roll"] is None:
        only, other = (ROLL, ANNUAL) if row["classes_annual"] is None else (ANNUAL, ROLL)
        many = row["classes_roll"] if row["classes_annual"] is None else row["classes_annual"]
        return Finding(where, f"{only}有{many}个班，{other}没有这一行", rule, remedy, Severity.TELLS)
    labels = {
        "classes": "班数",
        "pupils": "学生数",
        **{one: f"{label}的班" for one, label in zip(BANDS, _LABELS, strict=True)},
    }
    differing = [one for one in _COMPARED if row[f"{one}_more"]]
    if not differing:
        return None
    what = "；".join(f"{labels[one]} {ANNUAL}{row[f'{one}_annual']}、{ROLL}{row[f'{one}_roll']}" for one in differing)
    return Finding(where, what, rule, remedy, Severity.TELLS)
