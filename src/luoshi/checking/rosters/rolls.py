"""学籍: class lists as they are, and rosters of pupils, whose classes are counted."""

from collections.abc import Iterator, Mapping

import polars as pl

from luoshi.checking.cells import Taken
from luoshi.checking.rosters.coding import Numbers, lines_of, numbers
from luoshi.checking.rosters.placing import stood
from luoshi.checking.rosters.rows import LINE, Given, Rows, taken, tells, worded
from luoshi.spine import Return
from luoshi.words.findings import Finding, Severity

LEFT = "left"
"""Status of those who are no longer on the roll."""
_MADE_OF = {
    "class_id": "class",
    "county": "school",
    "operator": "school",
    "urban": "school",
    "entry": "grade",
    "stage": "grade",
    "number": "class",
    "pupil": "identity",
}
_SHARED = ("class_id", "school", "county", "stage", "grade", "number", "kind", "operator", "urban", "entry")
_ID_RULE = "证件号按GB 11643-1999，学籍号按教基一〔2013〕7号；号码本身不保存，也不印出"


def classes_of(rows: Rows, of: type[Return], given: Given) -> tuple[Taken, list[Finding]]:
    """A class list: one row a class."""
    filled, told = _filled_down(rows)
    own_kind = filled.cells.get_column("kind", default=None)
    found = stood(Rows(filled.met, filled.cells.drop("kind", strict=False), filled.told), given)
    cells = found.cells
    if own_kind is not None:
        kinds = filled.cells.select(LINE, worded(filled.cells.select("kind"), given.words)["kind"].alias("_kind"))
        cells = cells.join(kinds, on=LINE, how="left", maintain_order="left")
        cells = cells.with_columns(pl.coalesce("_kind", "kind").alias("kind"))
    else:
        told.append(_ordinary(rows))
    return taken(of, cells, rows, _made_of(rows), given), [*told, *found.told]


def _ordinary(rows: Rows) -> Finding:
    rule = "没有班级类型的，特教学校的班是特教班，其余是普通班"
    return tells(rows.where(), "文件里没有班级类型", rule, "有复式班、民族班的请加这一列")


def _filled_down(rows: Rows) -> tuple[Rows, list[Finding]]:
    """A merged cell says its words once: school and grade go on until the next."""
    cells = rows.cells
    schools = [one for one in ("school", "school_name") if one in cells.columns]
    if not schools:
        return rows, []
    empty = cells.select(pl.all_horizontal(pl.col(schools).is_null())).to_series()
    many = int(empty.sum())
    if not many:
        return rows, []
    block = (~empty).cum_sum()
    cells = cells.with_columns(pl.col(schools).first().over(block))
    below = [one for one in ("stage", "grade") if one in cells.columns]
    cells = cells.with_columns(pl.col(below).forward_fill().over(block)) if below else cells
    rule = "合并的单元格只在第一格有字"
    told = tells(rows.where(), f"{many}行没有学校，按上一行的学校读入", rule, "请核对这些行")
    return Rows(rows.met, cells, rows.told), [told]


def _made_of(rows: Rows) -> Mapping[str, str]:
    """Of which field the made columns are, in this file."""
    there = rows.met.places
    school = "school" if "school" in there else "school_name"
    klass = next((one for one in ("class", "number", "class_code") if one in there), "class")
    grade = "grade" if "grade" in there else klass if "entered" not in there else "entered"
    told = {"class": klass, "school": school, "grade": grade}
    return {**{name: told.get(field, field) for name, field in _MADE_OF.items()}, "school": school, "grade": grade}


def pupils_of(
    rows: Rows, classes: type[Return], pupils: type[Return], given: Given, *, count: bool
) -> tuple[list[Taken], list[Finding]]:
    """A roster: pupils under their codes where there is a key, and their classes counted.

    Args:
        rows: one row a pupil.
        classes: the return that classes are counted into.
        pupils: the return of pupils.
        given: what the import goes by.
        count: whether classes are counted; not where a class list came along.
    """
    cells, told = _coded(rows, given)
    cells = worded(cells, {name: some for name, some in given.words.items() if name not in {"stage", "kind"}})
    found = stood(Rows(rows.met, cells, ()), given)
    cells, gone = _on_the_roll(found.cells, rows)
    told = [*told, *found.told, *gone]
    parts = list[Taken]()
    if count:
        graded = cells["grade"].is_not_null()
        if not graded.all():
            what = f"{int((~graded).sum())}名学生的年级不明，没有计入班"
            told.append(Finding(rows.where(), what, "班按年级和班号分", "请写明年级", Severity.ASKS))
        parts.append(taken(classes, _counted(cells.filter(graded)), rows, _made_of(rows), given))
        told.append(_ordinary(rows))
    if "pupil" in cells.columns:
        if "household" in cells.columns:
            cells = cells.with_columns(
                pl.col("household").str.normalize("NFKC").str.replace(r"^([0-9]{6})[0-9]{0,6}$", "$1")
            )
        wanted = [one for one in cells.columns if one in pupils.columns or one == LINE]
        parts.append(taken(pupils, cells.select(wanted), rows, _made_of(rows), given))
    elif not count:
        told.append(_without_key(rows, "学生名册"))
    return parts, told


def _coded(rows: Rows, given: Given) -> tuple[pl.DataFrame, list[Finding]]:
    """Identity columns become the code and are gone, except those that a purpose keeps."""
    cells = rows.cells
    there = [one for one in ("roll_number", "identity") if one in cells.columns]
    told = list[Finding]()
    if there and given.coder:
        read = numbers(
            cells.get_column("roll_number", default=None), cells.get_column("identity", default=None), cells.height
        )
        told += said_of_numbers(read, cells[LINE], rows)
        cells = cells.with_columns(given.coder.coded(read.of).alias("pupil"))
    elif there:
        told.append(_without_key(rows, "学生名册"))
    else:
        rule = "代号由学籍号或身份证件号生成；姓名不能代替"
        told.append(tells(rows.where(), "没有学籍号和证件号，只按班计数，不逐人读入", rule))
    kept = given.purpose.columns if given.purpose else frozenset[str]()
    identity = {column.field for column in rows.met.columns.values() if column.identity and column.field} - kept
    return cells.drop([one for one in identity if one in cells.columns and one != "pupil"]), told


def _without_key(rows: Rows, label: str) -> Finding:
    rule = "逐人的行只以代号保存，代号须有本单位的密钥"
    return tells(rows.where(), f"没有给出密钥，没有逐人读入“{label}”", rule, "需要逐人数据时给出密钥文件；班额不需要")


def said_of_numbers(read: Numbers, lines: pl.Series, rows: Rows) -> Iterator[Finding]:
    """What is to be looked at in the numbers, by line; never the numbers."""
    kinds = (
        (read.of.is_null() & ~read.lost, "没有学籍号和证件号，没有代号", Severity.ASKS),
        (read.wrong, "号码的校验码不符", Severity.ASKS),
        (read.old, "是15位旧证件号，已按18位读", Severity.TELLS),
        (read.lost, "证件号被表格程序改成了科学计数，末几位已丢失，没有代号", Severity.ASKS),
        (read.unlike, "学籍号与现在的证件号不同，按学籍号", Severity.TELLS),
    )
    for flags, what, weight in kinds:
        many, where = lines_of(flags, lines)
        if many:
            yield Finding(rows.where(where), f"{many}人{what}", _ID_RULE, "请在原系统里核对", weight)
    twice = read.of.is_duplicated() & read.of.is_not_null()
    many, where = lines_of(twice, lines)
    if many:
        yield Finding(rows.where(where), f"{many}行与别的行是同一号码", "一人一号", "请核对是否问题学籍", Severity.ASKS)


def _on_the_roll(cells: pl.DataFrame, rows: Rows) -> tuple[pl.DataFrame, list[Finding]]:
    if "status" not in cells.columns:
        return cells, []
    gone = (cells["status"] == LEFT).fill_null(value=False)
    many = int(gone.sum())
    if not many:
        return cells, []
    rule = "毕业、转出、退学等不在籍的不计"
    return cells.filter(~gone), [tells(rows.where(), f"{many}行已不在籍，没有读入", rule)]


def _counted(cells: pl.DataFrame) -> pl.DataFrame:
    """Classes with their head counts, in the order they come in."""
    others = [pl.col(one).first() for one in _SHARED if one != "class_id"]
    counted = cells.group_by("class_id", maintain_order=True).agg(
        *others, pl.len().cast(pl.String).alias("size"), pl.col(LINE).first()
    )
    return counted.select(*_SHARED, "size", LINE)
