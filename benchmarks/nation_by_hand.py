"""The figures of a nation's rolls as somebody writes them who knows these two tables: twice in DuckDB's SQL, and in pandas.

Where the rows never have an empty cell, none is looked for; ours looks in every column.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd  # type: ignore[import-untyped]

Figures = dict[tuple[str, str, str], tuple[int, int | None]]
"""Part and whole by measure, county and stage; a rate of nothing is not there."""

PUPILS: Mapping[str, tuple[str, str | None]] = {
    "roll_pupils": ("true", None),
    "roll_entry_grade_pupils": ("entering", None),
    "roll_girls_share": ("sex = '2'", "sex IN ('1', '2')"),
    "roll_present_share": ("status = 'present'", "true"),
    "roll_suspended": ("status = 'suspended'", None),
    "roll_apart": ("status = 'absent'", None),
    "roll_boarding_rate": ("boarding", "true"),
    "roll_migrant_share": ("migrant", "true"),
    "roll_migrant_boarding_rate": ("migrant AND boarding", "migrant"),
    "roll_left_behind_share": ("left_behind", "true"),
    "roll_left_behind_boarding_rate": ("left_behind AND boarding", "left_behind"),
    "roll_elsewhere_share": ("elsewhere", "elsewhere IS NOT NULL"),
    "roll_poor_share": ("poor", "true"),
    "roll_aided_share": ("aided", "true"),
    "roll_poor_aided_rate": ("poor AND aided", "poor"),
    "roll_poor_boarding_rate": ("poor AND boarding", "poor"),
    "roll_disabled_share": ("disabled", "true"),
    "roll_late_entry_share": ("stage = 'primary' AND late", "stage = 'primary' AND late IS NOT NULL"),
}
"""Conditions of part and whole."""
CLASSES: Mapping[str, tuple[str, str | None]] = {
    "roll_classes": ("count(*)", None),
    "roll_average_class": ("sum(size)", "count(*)"),
    "roll_large_class_rate": ("count(*) FILTER (size >= 56)", "count(*)"),
    "roll_super_large_class_rate": ("count(*) FILTER (size >= 66)", "count(*)"),
    "roll_small_class_share": ("count(*) FILTER (size <= 25)", "count(*)"),
    "roll_in_class_share": ("sum(present)", "sum(size)"),
    "roll_classes_apart": ("count(*) FILTER (abs(size - present) > 2)", None),
    "roll_private_class_share": ("count(*) FILTER (operator = 'private')", "count(*)"),
}
"""Sums of part and whole."""
_KINDS = """county, stage, grade IN (1, 7, 10) AS entering, sex, status, boarding, migrant, left_behind, poor, aided,
    disability <> 'none' AS disabled, household <> county AS elsewhere, year(entered) - year(born) > 7 AS late"""
_COLUMNS = (
    "county stage grade sex status boarding migrant left_behind poor aided disability household entered born".split()
)


def _read(paths: Sequence[str]) -> str:
    return "read_parquet([" + ", ".join(f"'{one}'" for one in paths) + "])"


def filtered(pupils: Sequence[str], classes: Sequence[str]) -> Figures:
    """One GROUP BY, every figure a FILTER."""
    asked = [f"count(*) FILTER ({one or 'false'})" for both in PUPILS.values() for one in both]
    return _asked(
        f"SELECT county, stage, {', '.join(asked)} FROM (SELECT {_KINDS} FROM {_read(pupils)}) GROUP BY 1, 2", classes
    )


def aggregated(pupils: Sequence[str], classes: Sequence[str]) -> Figures:
    """Pupils of the same kind are counted first, and the figures asked of the kinds."""
    asked = [f"coalesce(sum(many) FILTER ({one or 'false'}), 0)" for both in PUPILS.values() for one in both]
    kinds = f"SELECT {_KINDS}, count(*) AS many FROM {_read(pupils)} GROUP BY ALL"
    return _asked(f"SELECT county, stage, {', '.join(asked)} FROM ({kinds}) GROUP BY 1, 2", classes)


def _asked(of_pupils: str, classes: Sequence[str]) -> Figures:
    sums = [one or "0" for both in CLASSES.values() for one in both]
    of_classes = f"SELECT county, stage, {', '.join(sums)} FROM {_read(classes)} GROUP BY 1, 2"
    with duckdb.connect() as asked:
        asked.execute("SET preserve_insertion_order = false; SET enable_external_file_cache = false")
        return _told(PUPILS, asked.sql(of_pupils).fetchall()) | _told(CLASSES, asked.sql(of_classes).fetchall())


def _told(figures: Mapping[str, tuple[str, str | None]], rows: Iterable[Sequence[Any]]) -> Figures:
    told: Figures = {}
    for county, stage, *sums in rows:
        for place, (key, (_, whole)) in enumerate(figures.items()):
            part, below = int(sums[2 * place]), int(sums[2 * place + 1])
            if whole is None or below:
                told[key, county, stage] = part, None if whole is None else below
    return told


def in_pandas(pupils: Sequence[str], classes: Sequence[str]) -> Figures:
    """Whole columns in memory, one boolean column for every condition, one groupby."""
    rows = pd.read_parquet(list(pupils), columns=_COLUMNS)
    of_pupils = _summed(rows, _conditions(rows))
    rows = pd.read_parquet(list(classes), columns=["county", "stage", "size", "present", "operator"])
    return of_pupils | _summed(rows, _of_classes(rows))


Columns = dict[str, tuple[Any, Any]]


def _conditions(rows: pd.DataFrame) -> Columns:
    every = pd.Series(data=True, index=rows.index)
    girls, known = rows.sex == "2", rows.sex.isin(["1", "2"])
    home, away = rows.household.notna(), rows.household != rows.county
    primary = (rows.stage == "primary") & rows.entered.notna()
    years = pd.to_datetime(rows.entered).dt.year - pd.to_datetime(rows.born).dt.year
    return {
        "roll_pupils": (every, None),
        "roll_entry_grade_pupils": (rows.grade.isin([1, 7, 10]), None),
        "roll_girls_share": (girls, known),
        "roll_present_share": (rows.status == "present", every),
        "roll_suspended": (rows.status == "suspended", None),
        "roll_apart": (rows.status == "absent", None),
        "roll_boarding_rate": (rows.boarding, every),
        "roll_migrant_share": (rows.migrant, every),
        "roll_migrant_boarding_rate": (rows.migrant & rows.boarding, rows.migrant),
        "roll_left_behind_share": (rows.left_behind, every),
        "roll_left_behind_boarding_rate": (rows.left_behind & rows.boarding, rows.left_behind),
        "roll_elsewhere_share": (away & home, home),
        "roll_poor_share": (rows.poor, every),
        "roll_aided_share": (rows.aided, every),
        "roll_poor_aided_rate": (rows.poor & rows.aided, rows.poor),
        "roll_poor_boarding_rate": (rows.poor & rows.boarding, rows.poor),
        "roll_disabled_share": (rows.disability != "none", every),
        "roll_late_entry_share": (primary & (years > 7), primary),
    }


def _of_classes(rows: pd.DataFrame) -> Columns:
    every = pd.Series(data=True, index=rows.index)
    return {
        "roll_classes": (every, None),
        "roll_average_class": (rows["size"], every),
        "roll_large_class_rate": (rows["size"] >= 56, every),
        "roll_super_large_class_rate": (rows["size"] >= 66, every),
        "roll_small_class_share": (rows["size"] <= 25, every),
        "roll_in_class_share": (rows.present, rows["size"]),
        "roll_classes_apart": ((rows["size"] - rows.present).abs() > 2, None),
        "roll_private_class_share": (rows.operator == "private", every),
    }


def _summed(rows: pd.DataFrame, figures: Columns) -> Figures:
    different = {id(one): one for both in figures.values() for one in both if one is not None}
    columns = pd.DataFrame({str(name): one for name, one in different.items()})
    sums = columns.groupby([rows.county, rows.stage]).sum()
    told: Figures = {}
    for (county, stage), row in sums.iterrows():
        for key, (part, whole) in figures.items():
            below = None if whole is None else int(row[str(id(whole))])
            if below is None or below:
                told[key, county, stage] = int(row[str(id(part))]), below
    return told
