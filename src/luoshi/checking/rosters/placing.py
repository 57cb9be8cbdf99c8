"""Each row gets its school and its class. What several rows share is worked out once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from luoshi.checking.rosters.grades import BEFORE, STAGES_OF, Placed, place
from luoshi.checking.rosters.rows import LINE, Given, Rows, tells
from luoshi.words.findings import Finding, Severity

_KEYS = ("school", "school_name", "stage", "grade", "class", "number", "class_code", "entered")
_MADE = ("school", "county", "stage", "grade", "number", "class_id", "operator", "urban", "entry", "kind")
_AGED = "aged"
"""The stage that the age at entry belongs to."""
_OWN = 5
"""Digits of our own class codes behind the school: two of the grade, three of the class."""
_LONGEST = 40
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Stood:
    """Rows with their classes."""

    cells: pl.DataFrame
    """The fields as they were, those that are worked out in their stead: school, county, stage, grade, number, class_id, …"""
    told: tuple[Finding, ...]


def stood(rows: Rows, given: Given) -> Stood:
    """Work out school and class of each row; rows whose school is doubtful are left out and told."""
    cells = _keyed(rows.cells, given)
    keys = [one for one in _KEYS if f"_{one}" in cells.columns]
    keys += [_AGED] if f"_{_AGED}" in cells.columns else []
    shared = cells.group_by([f"_{one}" for one in keys], maintain_order=True).agg(
        pl.len().alias("_many"), pl.col(LINE).first().alias("_first")
    )
    made, told = _worked_out(shared, rows, given)
    told_of = pl.concat([shared.select(f"_{one}" for one in keys), made], how="horizontal")
    joined = cells.join(told_of, on=[f"_{one}" for one in keys], how="left", nulls_equal=True, maintain_order="left")
    joined = joined.filter(pl.col("school").is_not_null())
    return Stood(joined.drop([f"_{one}" for one in keys]), tuple(told))


def _keyed(cells: pl.DataFrame, given: Given) -> pl.DataFrame:
    """Words that place a row set apart under _names; the month of entry only where no grade is written."""
    stages = dict(given.words.get("stage", {}))
    there, there_too = [one for one in _KEYS if one in cells.columns], cells.columns
    apart = [pl.col(one).alias(f"_{one}") for one in there if one not in {"entered", "stage"}]
    if "stage" in there:
        codes = {"学前": "preschool", "小学": "primary", "初中": "junior", "普通高中": "senior", "中等职业": "vocational",
                 "特殊教育": "special"}  # fmt: skip
        apart.append(pl.col("stage").replace({**codes, **stages}).alias("_stage"))
    if "entered" in there:
        month = pl.col("entered").str.normalize("NFKC").str.extract(r"^((?:19|20)[0-9]{2})")
        known = pl.col("grade").is_not_null() if "grade" in there else pl.lit(value=False)
        apart.append(pl.when(~known).then(month).alias("_entered"))
        if "born" in there_too:
            apart.append(pl.when(~known).then(_aged(month)).alias(f"_{_AGED}"))
    if not {"school", "school_name"} & set(there):
        apart.append(pl.lit(given.school or None, pl.String).alias("_school"))
    return cells.with_columns(apart).drop([one for one in there if one != "entered"])


def _aged(month: pl.Expr) -> pl.Expr:
    """Nobody enters a primary school at ten or a junior school before; at fourteen it is not told."""
    born = pl.col("born").str.normalize("NFKC").str.extract(r"^((?:19|20)[0-9]{2})").cast(pl.Int64)
    age = month.cast(pl.Int64) - born
    young = pl.when(age.is_between(4, 9)).then(pl.lit("primary")).when(age.is_between(10, 13)).then(pl.lit("junior"))
    return young.when(age.is_between(15, 20)).then(pl.lit("senior"))


def _worked_out(shared: pl.DataFrame, rows: Rows, given: Given) -> tuple[pl.DataFrame, list[Finding]]:
    made = {name: list[str | None]() for name in _MADE}
    lost, looked, doubts = Counter[str](), dict[str, int](), dict[tuple[str, str], int]()
    for row in shared.iter_rows(named=True):
        words = {key: row.get(f"_{key}") or "" for key in (*_KEYS, _AGED)}
        found = given.register.find(words["school"], words["school_name"])
        if found.told:
            looked.setdefault(found.told, row["_first"])
        if not found.code:
            lost[found.doubt] += row["_many"]
        told, named = _placed(words, found.code or "", given)
        if found.code and told.doubt:
            doubts.setdefault((told.doubt, named), row["_first"])
        for name, value in _cells(found.code, told, named, given).items():
            made[name].append(value)
    frame = pl.DataFrame(made, schema=dict.fromkeys(_MADE, pl.String))
    return frame, [*_lost(lost, rows), *_looked(looked, rows), *_doubtful(doubts, rows)]


def _placed(words: dict[str, str], school: str, given: Given) -> tuple[Placed, str]:
    """Where a class stands, and what it is called in the file."""
    kind = given.register.of(school, "kind")
    grade, klass, code = words["grade"], words["class"] or words["number"], words["class_code"]
    own = code.removeprefix(school) if school and code.startswith(school) else ""
    if len(own) == _OWN and own.isdecimal():
        grade, klass = grade or own[:2], klass or str(int(own[2:]))
    told = place(grade, klass or code, words["stage"], words["entered"], kind, given.on)
    if told.doubt and words["entered"] and words[_AGED] in STAGES_OF.get(kind, ()):
        told = place(grade, klass or code, words[_AGED], words["entered"], kind, given.on)
    number = words["number"].removesuffix("班")
    if told.number is None and number.isdecimal():
        told = Placed(told.stage, told.grade, int(number), "", told.doubt)
    return told, f"{grade}{klass or code}"


def _cells(school: str | None, told: Placed, named: str, given: Given) -> dict[str, str | None]:
    if not school:
        return dict.fromkeys(_MADE)
    grade = f"{told.grade:02d}" if told.grade else ""
    if told.number is not None and grade:
        class_id = f"{school}{grade}{told.number:03d}"
    else:
        name = "".join(one for one in (told.name or named) if one.isalnum() or one in "-_")
        class_id = f"{school}{grade}-{name}"[:_LONGEST]
    special = STAGES_OF.get(given.register.of(school, "kind")) == ("special",)
    entry = told.grade in {BEFORE[one] + 1 for one in ("primary", "junior", "senior")} if told.grade else None
    return {
        "school": school,
        "county": given.register.of(school, "county") or None,
        "stage": told.stage,
        "grade": str(told.grade) if told.grade else None,
        "number": None if told.number is None else str(told.number),
        "class_id": class_id,
        "operator": given.register.of(school, "operator") or None,
        "urban": given.register.of(school, "urban") or None,
        "entry": None if entry is None else "是" if entry else "否",
        "kind": "special" if special else "ordinary",
    }


def _lost(lost: Counter[str], rows: Rows) -> Iterator[Finding]:
    for doubt, many in lost.most_common(_SHOWN):
        rule = "学校按标识码，或按名录中唯一的名称；两所之间不猜"
        remedy = "请在文件里加学校标识码，或改正名称"
        yield Finding(rows.where(), f"{doubt}，{many}行没有读入", rule, remedy, Severity.STOPS)


def _looked(looked: dict[str, int], rows: Rows) -> Iterator[Finding]:
    for told, line in list(looked.items())[:_SHOWN]:
        yield tells(rows.where(f"第{line}行"), told, "学校与名录核对", "请核对")


def _doubtful(doubts: dict[tuple[str, str], int], rows: Rows) -> Iterator[Finding]:
    for (doubt, named), line in list(doubts.items())[:_SHOWN]:
        rule = "年级由年级、班级名称、学段或入学年份确定，能有两种读法的不猜"
        remedy = "请写明年级，如七年级、高一"
        yield Finding(rows.where(f"第{line}行"), f"“{named[:20]}”：{doubt}", rule, remedy, Severity.ASKS)
