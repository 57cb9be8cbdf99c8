"""教师系统: 基本信息 joined with the other sets on the person. Which of several rows counts, the layout says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from luoshi.checking.cells import Taken
from luoshi.checking.cells import day as day_of
from luoshi.checking.rosters.coding import cleaned, numbers
from luoshi.checking.rosters.grades import school_year
from luoshi.checking.rosters.rolls import said_of_numbers
from luoshi.checking.rosters.rows import LINE, Given, Rows, taken, tells, worded
from luoshi.spine import Return
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts_rosters import Pick, RosterColumn
from luoshi.words.returns import Choice

BASICS = "staff_basics"
_PERSON, _KEY = "_person", "_employee"
_GONE = r"^(?:退休|离职|调出|死亡|辞职|开除|离休|除名).*$"
_NOTHING = {Pick.ANY: "否", Pick.SOME: "否", Pick.SUM: "0"}
"""What a set says of those it does not name."""
_TRAINED = 5
"""Years whose training counts. 教师〔2011〕1号."""


def staff_of(rows: Sequence[Rows], of: type[Return], given: Given) -> tuple[Taken | None, list[Finding]]:
    """教职工名册 of the sets of one delivery: the basics, and what the other sets say of the same people."""
    basics = [one for one in rows if one.met.layout.key == BASICS]
    if not basics:
        return None, [_stops(rows[0], "没有“基本信息”，别的集没有读入", "学历、职称、任教等集与基本信息一起给")]
    if not given.coder:
        return None, [
            _stops(basics[0], "没有给出密钥，没有读入教职工名册", "逐人的行只以代号保存，代号须有本单位的密钥")
        ]
    told = list[Finding]()
    cells = pl.concat([_person(one, told) for one in basics], how="diagonal")
    for one in rows:
        if one.met.layout.key != BASICS:
            cells = _joined(cells, one, of, given, told)
    cells = worded(cells, given.words)
    if "status" in cells.columns:
        gone = cells["status"].str.contains(_GONE).fill_null(value=False)
        told += _gone(basics[0], int(gone.sum()))
        cells = cells.filter(~gone)
    cells = _at_schools(cells, basics[0], given, told)
    person = pl.coalesce(pl.col(_PERSON), "E" + pl.col("school") + "-" + pl.col(_KEY))
    cells = cells.with_columns(given.coder.coded(cells.select(person).to_series()).alias("person"))
    cells = cells.with_columns(_aged(cells, given.on))
    kept = given.purpose.columns if given.purpose else frozenset[str]()
    identity = {one.field for one in basics[0].met.columns.values() if one.identity and one.field} - kept
    cells = cells.select(one for one in cells.columns if (one in of.columns or one == LINE) and one not in identity)
    made_of = {"person": "identity", "age": "born", "county": "school"}
    return taken(of, cells, basics[0], made_of, given), told


def _stops(rows: Rows, what: str, rule: str) -> Finding:
    return Finding(rows.where(), what, rule, "请补上，再读入一次", Severity.STOPS)


def _gone(rows: Rows, many: int) -> Iterator[Finding]:
    if many:
        yield tells(rows.where(), f"{many}人已不在岗，没有读入", "退休、调出、离职等不计")


def _person(rows: Rows, told: list[Finding]) -> pl.DataFrame:
    """The rows with the number of each person; it stays in this module."""
    cells = rows.cells
    nothing = pl.lit(None, pl.String)
    identity = cells.get_column("identity", default=None)
    read = numbers(None, identity, cells.height)
    if rows.met.layout.key == BASICS and identity is not None:
        told += said_of_numbers(read, cells[LINE], rows)
    employee = cleaned(cells["employee"]) if "employee" in cells.columns else nothing
    return cells.with_columns(read.of.alias(_PERSON), employee.alias(_KEY))


def _joined(cells: pl.DataFrame, rows: Rows, of: type[Return], given: Given, told: list[Finding]) -> pl.DataFrame:
    """What one set says, beside the people it says it of."""
    more = worded(_person(rows, told), given.words)
    more = _within(more, given.on)
    by = _PERSON if more[_PERSON].is_not_null().any() else _KEY
    columns = [
        one for one in rows.met.columns.values() if (one.groups and not one.identity) or one.pick is not Pick.FIRST
    ]
    columns = [one for one in columns if one.field in of.columns and one.field in more.columns]
    picked = more.filter(pl.col(by).is_not_null())
    for column in columns:
        cells = cells.drop(column.field, strict=False)
        chosen = _chosen(picked, column, by, of)
        cells = cells.join(chosen, on=by, how="left", maintain_order="left")
        if column.pick in _NOTHING:
            cells = cells.with_columns(pl.col(column.field).fill_null(_NOTHING[column.pick]))
    strangers = picked.select(by).unique().join(cells.select(by).drop_nulls().unique(), on=by, how="anti").height
    if strangers:
        told.append(tells(rows.where(), f"{strangers}人不在基本信息里，没有读入", "各集按证件号或教职工号对上"))
    return cells


def _within(cells: pl.DataFrame, on: date) -> pl.DataFrame:
    """Training of the last five years; exchange of this school year."""
    year = school_year(on)
    for field, first in (("training_year", year - _TRAINED + 1), ("exchange_from", year)):
        if field in cells.columns:
            said = pl.col(field).str.normalize("NFKC").str.extract(r"^([0-9]{4})").cast(pl.Int64)
            month = pl.col(field).str.normalize("NFKC").str.extract(r"^[0-9]{4}[-/.年]?([0-9]{1,2})").cast(pl.Int64)
            started = pl.when(month < 9).then(said - 1).otherwise(said) if field == "exchange_from" else said  # noqa: PLR2004  # September
            cells = cells.filter(started.is_between(first, year))
    return cells


def _chosen(cells: pl.DataFrame, column: RosterColumn, by: str, of: type[Return]) -> pl.DataFrame:
    """One value a person, as the layout says."""
    value = pl.col(column.field)
    told = cells.filter(value.is_not_null())
    if column.pick is Pick.SOME:
        none = value.str.contains(r"^(?:否|无|没有|未.*)$")
        return told.group_by(by).agg(
            pl.when(none.all()).then(pl.lit("否")).otherwise(pl.lit("是")).first().alias(column.field)
        )
    if column.pick is Pick.ANY:
        return told.group_by(by).agg(
            pl.when((value == "是").any()).then(pl.lit("是")).otherwise(pl.lit("否")).alias(column.field)
        )
    if column.pick is Pick.SUM:
        number = value.str.normalize("NFKC").cast(pl.Float64, strict=False)
        return told.group_by(by).agg(number.sum().round(0).cast(pl.Int64).cast(pl.String).alias(column.field))
    rank = _rank(column, of).alias("_rank")
    best = told.with_columns(rank).sort("_rank", descending=True, nulls_last=True, maintain_order=True)
    return best.group_by(by, maintain_order=True).agg(value.first())


def _rank(column: RosterColumn, of: type[Return]) -> pl.Expr:
    """What the best row is largest in."""
    if column.pick is Pick.HIGHEST:
        declared = of.columns[column.field]
        choices: Mapping[str, str] = declared.choices if isinstance(declared, Choice) else {}
        order = {word: -place for place, (code, label) in enumerate(choices.items()) for word in (code, label)}
        return pl.col(column.field).replace_strict(order, default=-len(choices), return_dtype=pl.Int64)
    if column.pick is Pick.MOST:
        return pl.col(column.by).str.normalize("NFKC").cast(pl.Float64, strict=False)
    if column.pick is Pick.LATEST:
        return pl.col(column.by).map_elements(day_of, return_dtype=pl.Date)
    return pl.lit(0)


def _at_schools(cells: pl.DataFrame, rows: Rows, given: Given, told: list[Finding]) -> pl.DataFrame:
    """The school of each, from the register."""
    keys = [one for one in ("school", "school_name") if one in cells.columns]
    if not keys:
        cells = cells.with_columns(pl.lit(given.school, pl.String).alias("school"))
        keys = ["school"]
    lost = dict[str, int]()
    made = list[dict[str, str | None]]()
    shared = cells.group_by(keys, maintain_order=True).len()
    for row in shared.iter_rows(named=True):
        found = given.register.find(row.get("school") or "", row.get("school_name") or "")
        if not found.code:
            lost[found.doubt] = lost.get(found.doubt, 0) + row["len"]
        if found.told:
            told.append(tells(rows.where(), found.told, "学校与名录核对", "请核对"))
        county = given.register.of(found.code or "", "county") or None
        made.append({"_school": found.code, "_county": county})
    rule = "学校按标识码，或按名录中唯一的名称；两所之间不猜"
    told += [
        Finding(rows.where(), f"{doubt}，{many}行没有读入", rule, "请在文件里加学校标识码", Severity.STOPS)
        for doubt, many in lost.items()
    ]
    beside = pl.concat(
        [shared.select(keys), pl.DataFrame(made, schema={"_school": pl.String, "_county": pl.String})], how="horizontal"
    )
    joined = cells.join(beside, on=keys, how="left", nulls_equal=True, maintain_order="left")
    joined = joined.filter(pl.col("_school").is_not_null())
    return joined.with_columns(pl.col("_school").alias("school"), pl.col("_county").alias("county"))


def _aged(cells: pl.DataFrame, on: date) -> list[pl.Series]:
    """Full years on 1 September of the school year."""
    if "born" not in cells.columns:
        return []
    year = school_year(on)
    days = {raw: day_of(raw) for raw in cells["born"].unique().drop_nulls().to_list()}
    ages = {
        raw: str(year - born.year - ((born.month, born.day) > (9, 1))) for raw, born in days.items() if born is not None
    }
    return [cells["born"].replace_strict(ages, default=None, return_dtype=pl.String).alias("age")]
