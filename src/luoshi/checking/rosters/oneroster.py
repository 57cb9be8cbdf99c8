"""OneRoster 1.2 CSV: orgs, classes and enrolments put together into one roster, with users and demographics where they are.

1EdTech OneRoster 1.2 CSV Binding. A deleted row (status tobedeleted) does not count; homerooms are the classes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from luoshi.checking.rosters.rows import LINE, Rows, tells
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts_rosters import RosterColumn

_DELETED = "tobedeleted"
_NEEDED = {"oneroster_orgs": "orgs.csv", "oneroster_classes": "classes.csv", "oneroster_enrollments": "enrollments.csv"}
_IDENTITY = ("roll_number", "identity", "name")


def assembled(rows: Sequence[Rows]) -> tuple[list[Rows], list[Finding]]:
    """One roster of pupils of all files of a set; none where no OneRoster file came."""
    if not rows:
        return [], []
    tables = {one.met.layout.key: one for one in rows}
    missing = [file for key, file in _NEEDED.items() if key not in tables]
    if missing:
        rule = "班级和人数由 orgs、classes、enrollments 三个文件合起来得出"
        what = f"缺少 {'、'.join(missing)}"
        return [], [Finding("OneRoster", what, rule, "请把一套文件一起给出，或给 zip", Severity.STOPS)]
    enrolled = tables["oneroster_enrollments"]
    told = list[Finding]()
    pupils = _active(enrolled.cells).filter(pl.col("role").str.to_lowercase() == "student")
    pupils = pupils.join(_classes(tables, told), on="class_sourced", how="inner", maintain_order="left")
    pupils = pupils.drop("class_sourced", "role", "state", strict=False)
    for key in ("oneroster_users", "oneroster_demographics"):
        if key in tables:
            pupils = pupils.join(_people(tables[key]), on="user", how="left", maintain_order="left")
    cells = pupils.drop("user", "org", strict=False)
    columns = {**enrolled.met.columns, **_after(tables)}
    met = replace(enrolled.met, columns=columns, layout=replace(enrolled.met.layout, of="pupils"))
    return [Rows(met, cells, ())], told


def _after(tables: Mapping[str, Rows]) -> dict[int, RosterColumn]:
    """Identity columns of the users, so that they are dropped as in any roster; they stand in no column of this file."""
    users = tables.get("oneroster_users")
    some = users.met.columns.values() if users else ()
    return {10_000 + place: one for place, one in enumerate(some) if one.field in _IDENTITY}


def _active(cells: pl.DataFrame) -> pl.DataFrame:
    if "state" not in cells.columns:
        return cells
    return cells.filter((pl.col("state").str.to_lowercase() != _DELETED) | pl.col("state").is_null())


def _classes(tables: Mapping[str, Rows], told: list[Finding]) -> pl.DataFrame:
    """Classes by their id, with what places them."""
    orgs = _active(tables["oneroster_orgs"].cells)
    schools = orgs.filter(pl.col("type").str.to_lowercase() == "school")
    schools = schools.select(
        pl.col("sourced").alias("org"), *[one for one in ("school", "school_name") if one in orgs.columns]
    )
    classes = _active(tables["oneroster_classes"].cells)
    homerooms = classes.filter(pl.col("type").str.to_lowercase() == "homeroom")
    if homerooms.is_empty() and not classes.is_empty():
        rule = "行政班的 classType 是 homeroom"
        told.append(tells("classes.csv", "没有 homeroom，所有班都按行政班读入", rule, "有走班的请标明"))
        homerooms = classes
    elif homerooms.height < classes.height:
        told.append(tells("classes.csv", f"{classes.height - homerooms.height}个走班的班没有读入", "班额按行政班"))
    placed = homerooms.join(schools, on="org", how="left", maintain_order="left")
    return placed.rename({"sourced": "class_sourced"}).drop("type", "state", "org", LINE, strict=False)


def _people(rows: Rows) -> pl.DataFrame:
    """Users or demographics by their id."""
    wanted = [
        "sourced",
        *[one for one in ("identity", "roll_number", "name", "born", "sex") if one in rows.cells.columns],
    ]
    return _active(rows.cells).select(wanted).unique("sourced", keep="first").rename({"sourced": "user"})
