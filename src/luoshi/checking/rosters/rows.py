"""The rows of a recognised sheet as clean text by field. Columns that tell who a person is end here, or in the code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from luoshi.checking.cells import Taken, take
from luoshi.checking.cells import day as day_of
from luoshi.checking.rosters.coding import Coder
from luoshi.checking.rosters.recognising import Met, bare, said
from luoshi.checking.rosters.schools import Register
from luoshi.checking.rosters.scrubbing import JOINING, scrub
from luoshi.checking.rosters.straying import RARE, strangers
from luoshi.checking.wording import Places
from luoshi.spine import Return
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts_rosters import Purpose
from luoshi.words.returns import Day
from luoshi.words.sheets import letters

LINE = "_line"
"""The line of the file a row stands in, from 1."""
_BLANKS = " \t\r\n\u3000\ufeff'‘’`"
_TOTALS = r"^(?:总?合计|小计|总计|全校合计|填表人.*|制表.*|审核人.*|注[:：].*)$"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Given:
    """What an import goes by."""

    register: Register
    words: Mapping[str, Mapping[str, str]]
    on: date
    coder: Coder | None = None
    purpose: Purpose | None = None
    school: str = ""
    """The school whose files they are, where no column says it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one sheet."""

    met: Met
    cells: pl.DataFrame
    """Text by field, with LINE; identity fields among them, which nothing but the code may look at."""
    told: tuple[Finding, ...]

    def where(self, line: str = "") -> str:
        """The sheet, and lines of it."""
        return f"{said(self.met.sheet.name)} {line}".strip()


def rows_of(met: Met, of: type[Return], given: Given) -> Rows:
    """The rows below the headings: without blanks, totals and headings said again; stray numbers of persons blanked."""
    columns = {column.field: place for place, column in met.columns.items() if column.field}
    below = met.sheet.cells.slice(met.head + 1)
    texts = below.select(
        pl.nth(place).cast(pl.String).str.strip_chars(_BLANKS).replace("", None).alias(field)
        for field, place in columns.items()
    )
    texts = texts.with_columns(pl.int_range(met.head + 2, met.head + 2 + pl.len(), dtype=pl.Int64).alias(LINE))
    texts = texts.filter(pl.any_horizontal(pl.exclude(LINE).is_not_null()))
    texts, extra = _without_extras(met, texts)
    identity = {column.field for column in met.columns.values() if column.identity}
    texts, found = scrub(texts, [field for field in columns if field not in identity | JOINING])
    texts, strayed = strangers(texts, met, of, given.words, given.register)
    told = [*_told(met), *extra, *_scrubbed(met, texts, found), *_strayed(met, texts, strayed)]
    return Rows(met, texts, tuple(told))


def _without_extras(met: Met, texts: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """Totals, signatures and headings that a print repeats on each page."""
    looked = [one for one in ("school", "school_name", "grade", "class") if one in texts.columns]
    if not looked:
        return texts, []
    first = looked[0]
    names = {bare(one) for one in met.headings if one}
    values = texts[first].unique().drop_nulls()
    again = [one for one in values.to_list() if bare(one) in names]
    spaceless = pl.col(*looked).str.replace_all(r"\s", "").str.contains(_TOTALS).fill_null(value=False)
    extra = texts.select(pl.any_horizontal(spaceless) | pl.col(first).is_in(again).fill_null(value=False)).to_series()
    many = int(extra.sum())
    if not many:
        return texts, []
    rule = "合计行、重复的表头和落款不是数据"
    return texts.filter(~extra), [tells(said(met.sheet.name), f"有{many}行没有读入", rule)]


def tells(where: str, what: str, rule: str, remedy: str = "不必处理") -> Finding:
    """Something that is only told."""
    return Finding(where, what, rule, remedy, Severity.TELLS)


def _told(met: Met) -> Iterator[Finding]:
    where = said(met.sheet.name)
    yield tells(where, f"按“{met.layout.label}”读入，列名在第{met.head + 1}行", met.layout.system)
    if met.head:
        yield tells(where, f"列名之上有{met.head}行标题，没有读入", "只读列名以下的行")
    dropped = [column.headings[0] for column in met.columns.values() if column.identity]
    if dropped:
        rule = "用不着的身份信息读入时即丢弃，不保存"
        yield tells(where, f"没有保存能认出个人的列：{'、'.join(dropped)}", rule)
    if met.unknown:
        words = met.headings
        shown = "、".join(f"{letters(place)}列“{said(words[place])}”" for place in met.unknown[:_SHOWN])
        yield tells(
            where, f"没有认出、没有读入：{shown}", f"只读“{met.layout.label}”的列", "不需要的不必管；写错的请改正列名"
        )


def _scrubbed(met: Met, texts: pl.DataFrame, found: Mapping[str, pl.Series]) -> Iterator[Finding]:
    """Where cells were blanked; what stood there is not repeated."""
    for field, held in found.items():
        lines = texts.filter(held)[LINE]
        shown = "、".join(f"{met.letter(field)}{line}" for line in lines.head(5).to_list())
        what = f"{len(lines)}格里有证件号或电话号码样的数字，已清空"
        rule = "身份信息只在它自己的列里，读入时即丢弃"
        yield tells(f"{said(met.sheet.name)} {shown}", what, rule, "请核对这些格是否填错了列")


def _strayed(met: Met, texts: pl.DataFrame, found: Mapping[str, pl.Series]) -> Iterator[Finding]:
    """Where words were blanked that may be names; they are not repeated."""
    for field, held in found.items():
        lines = texts.filter(held)[LINE]
        shown = "、".join(f"{met.letter(field)}{line}" for line in lines.head(5).to_list())
        what = f"{len(lines)}格不是这一列认得的词，可能是错了列的姓名，已清空"
        rule = f"逐人的文件里，不认得的词不到{RARE}格的不保存，也不印出"
        yield Finding(f"{said(met.sheet.name)} {shown}", what, rule, "请看这些行是否错了列", Severity.ASKS)


def worded(cells: pl.DataFrame, words: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Words of files replaced by what is kept for them."""
    return cells.with_columns(
        pl.col(field).replace(dict(words[field])) for field in cells.columns if field in words and field != LINE
    )


def taken(of: type[Return], cells: pl.DataFrame, rows: Rows, made_of: Mapping[str, str], given: Given) -> Taken:
    """Text by declared names, typed; findings bear the addresses of the file.

    Args:
        of: the return.
        cells: columns of the return as text, with LINE.
        rows: where they come from.
        made_of: for a column that was made, the field it was made of.
        given: says which identity columns are kept.
    """
    lines = cells[LINE].to_list()
    names = [one for one in cells.columns if one in of.columns]
    kept = given.purpose.columns if given.purpose else frozenset[str]()
    names = [one for one in names if not of.columns[one].identifies or one in kept]
    texts = cells.select(_dated(of, cells[name]) for name in names)
    told = take(of, names, texts, identities=bool(kept), first=0)
    where = [lines[place] for place in told.places.lines]
    letter = {name: rows.met.letter(made_of.get(name, name)) for name in names}
    letter = {name: said_there for name, said_there in letter.items() if said_there}
    odd = tuple(replace(one, address=f"{letter.get(one.column.name, '')}{where[one.row]}") for one in told.odd)
    return Taken(of, told.rows, Places(where, letter), odd, absent(of, names, rows, kept))


def _dated(of: type[Return], texts: pl.Series) -> pl.Series:
    """Days written as 20150414 or 201809, as these systems write them, in the form that is read a column at a time."""
    if not isinstance(of.columns[texts.name], Day):
        return texts
    read = {raw: day_of(raw) for raw in texts.unique().drop_nulls().to_list()}
    return texts.replace({raw: one.isoformat() for raw, one in read.items() if one})


def absent(of: type[Return], names: Sequence[str], rows: Rows, kept: frozenset[str]) -> tuple[Finding, ...]:
    """Which needed columns the file does not have, and which identity columns a purpose kept."""
    missing = [one.label for one in of.columns.values() if one.needed and one.name not in names]
    told = list[Finding]()
    if missing:
        rule = "有什么列读什么列；没有的列，有关的规则不核对"
        told.append(tells(rows.where(), f"文件里没有“{of.label}”的 {'、'.join(missing)}", rule))
    labels = [of.columns[one].label for one in sorted(kept & set(names))]
    if labels:
        told.append(tells(rows.where(), f"按所说的用途保留了 {'、'.join(labels)}", "用途须记入操作日志"))
    return tuple(told)
