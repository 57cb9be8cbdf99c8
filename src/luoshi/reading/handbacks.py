"""Papers that come back: what a workbook or a Word table says now, cell by cell, whatever was done to it meanwhile."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from luoshi.reading.documents import LARGEST, Converter, refuse_marked
from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.old_word import converted, kind_of, starred
from luoshi.reading.documents.recognition import OLE, ZIP
from luoshi.reading.documents.refusals import FILE, refuse
from luoshi.reading.grids import Grid, is_old_workbook, word_grids, words_of, workbook_grids
from luoshi.words.columns import Column
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_CODE = re.compile(r"LS-[0-9A-F]{10}")
_KEY = re.compile(r"(?:\d{4}|-)?-?\d[\w.补-]*")
_DASH = re.compile("[‐-―−]")
_REMARKS = ("修改意见", "意见", "修改建议", "意见建议", "反馈意见")
_NONE = frozenset({"", "无", "无意见", "无修改意见", "没有意见", "同意", "无异议", "/", "—", "——", "-"})
_HEADINGS = 2
"""Headings that make a row the heading row."""
_SAID = 40


@dataclass(frozen=True, slots=True)
class Handback:
    """What a returned file says."""

    code: str
    """校验码 of the paper it answers; empty when it was not found."""
    form: str
    """xlsx or docx."""
    rows: Mapping[str, Mapping[str, str]]
    """By the row's lasting number: its cells by column."""
    comments: Mapping[str, str]
    """By the row's number: what stands under 修改意见."""
    doubts: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Told:
    """What was gathered so far."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    doubts: list[Finding] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    tables: int = 0


def same(one: str, other: str) -> bool:
    """Whether two cells say the same: blanks at the ends, line ends and full-width signs are no change."""
    return _level(one) == _level(other)


def _level(words: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words.replace("\r\n", "\n"))).strip()


def read_handback(content: bytes, name: str, columns: Sequence[Column], *, office: Converter | None = None) -> Handback:
    """What a returned workbook or Word table says.

    Rows may be sorted, left out or doubled, columns moved, hidden or left out, the file saved as xls or doc: a row is
    known by its number only. What is not known for sure becomes a doubt, never a guess.

    Args:
        content: the file.
        name: as the person knows it.
        columns: the columns a paper can have.
        office: turns doc and wps into docx; None where no office program is installed.

    Raises:
        RefusedError: empty, too large, broken, locked, marked secret, or no table of ours in it.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    try:
        form, grids, margins = _grids(content, office)
    except RefusedError as refusal:
        told = (replace(one, where=name) if name and one.where == FILE else one for one in refusal.findings)
        raise RefusedError(*told) from refusal.__cause__
    refuse_marked(["\n".join(cell for row in grid.rows for cell in row) for grid in grids])
    gathered = _Told()
    for grid in grids:
        _gather(gathered, grid, columns)
    if not gathered.tables:
        rule = "须有“序号”和“督查事项”等栏目的表头"
        raise RefusedError(Finding(name or FILE, "找不到外发的那张表", rule, "请返回从系统导出的那一份，不要另做表格"))
    codes = dict.fromkeys(_CODE.findall("\n".join([margins, *(" ".join(row) for grid in grids for row in grid.rows)])))
    if len(codes) > 1:
        what = f"有 {len(codes)} 个校验码：{'、'.join(list(codes)[:3])}"
        raise RefusedError(Finding(name or FILE, what, "一个文件只返回一份外发表", "请分开保存后逐份返回"))
    return Handback(next(iter(codes), ""), form, gathered.rows, gathered.comments, tuple(gathered.doubts))


def _grids(content: bytes, office: Converter | None) -> tuple[str, list[Grid], str]:
    """Its kind, its tables, and the words around them."""
    if len(content) > LARGEST:
        raise refuse(f"文件有 {len(content) >> 20} MB", f"不超过 {LARGEST >> 20} MB", "请删去图片后另存")
    if content.startswith(OLE):
        refuse_marked([starred(content)])
        if is_old_workbook(content):
            return "xlsx", workbook_grids(content), ""
        content = converted(content, kind_of(content), office)
    if not content.startswith(ZIP):
        raise refuse("不是 Excel 或 Word 文件", "返回表为 xlsx、xls、et 或 docx、doc、wps", "请返回从系统导出的那一份")
    archive = Archive(content)
    archive.check()
    if "xl/workbook.xml" in archive.names:
        return "xlsx", workbook_grids(content), words_of(archive, "docProps/")
    if "word/document.xml" in archive.names:
        return "docx", word_grids(archive), words_of(archive, "word/footer", "word/header", "docProps/")
    raise refuse("不是 Excel 或 Word 文件", "返回表为 xlsx、xls、et 或 docx、doc、wps", "请返回从系统导出的那一份")


def _gather(told: _Told, grid: Grid, columns: Sequence[Column]) -> None:
    """Rows below each heading row of a table."""
    labels = {_level(column.label): column.key for column in columns}
    others = {
        _level(alias): column.key for column in columns for alias in column.aliases if _level(alias) not in labels
    }
    heads: dict[int, str] = {}
    for at, row in enumerate(grid.rows, 1):
        found = _headings(row, labels)
        if found:
            heads = _retyped(row, found, others)
            told.tables += 1
            told.doubts += _twice(grid, at, row, labels)
            told.doubts += _unknown(f"{grid.name} 第{at}行", row, {*heads, *_places(row, labels)})
        elif heads and any(cell.strip() for cell in row):
            seen = {place: key for place, key in heads.items() if (at - 1, place) not in grid.covered}
            where = f"{grid.name} 第{at}行"
            told.doubts += _merged(where, row, heads, seen, columns)
            _row(told, where, row, seen, grid.notes.get(at - 1, ""))


def _headings(row: Sequence[str], labels: Mapping[str, str]) -> dict[int, str]:
    """Column keys by place; empty when this is no heading row. "#" is the number kept beside, "!" comments."""
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        level = re.sub(r"\s", "", _level(cell))
        if _CODE.fullmatch(level):
            found[place] = "#"
        elif level in _REMARKS:
            found[place] = "!"
        elif level in labels and labels[level] not in found.values():
            found[place] = labels[level]
    named = [key for key in found.values() if key not in "#!"]
    return found if len(named) >= _HEADINGS and ({"number", "#"} & set(found.values())) else {}


def _retyped(row: Sequence[str], found: Mapping[int, str], others: Mapping[str, str]) -> dict[int, str]:
    """The headings, with those that somebody typed anew by another name the column goes by."""
    heads = dict(found)
    for place, cell in enumerate(row):
        key = others.get(re.sub(r"\s", "", _level(cell)), "")
        if key and place not in heads and key not in heads.values():
            heads[place] = key
    return heads


def _places(row: Sequence[str], labels: Mapping[str, str]) -> set[int]:
    return {place for place, cell in enumerate(row) if re.sub(r"\s", "", _level(cell)) in labels}


def _unknown(where: str, row: Sequence[str], known: set[int]) -> Iterator[Finding]:
    """Headings nobody can place: a column that was added, or one of ours under a new name."""
    for place, cell in enumerate(row):
        if place not in known and cell.strip():
            what = f"不认识“{cell.strip()[:_SAID]}”这一栏"
            yield Finding(where, what, "只读外发表原有的栏目", "如改过栏目名，请改回原名再返回；这一栏没有读入")


def _merged(
    where: str, row: Sequence[str], heads: Mapping[int, str], seen: Mapping[int, str], columns: Sequence[Column]
) -> Iterator[Finding]:
    """Cells a merge hides: what stood there is gone, so they are neither empty nor like their neighbour."""
    first = _first(heads)
    shown = [key for place, key in seen.items() if place > first and place < len(row) and row[place].strip()]
    hidden = {key for place, key in heads.items() if place not in seen}
    named = "、".join(column.label for column in columns if column.key in hidden)
    if shown and named:
        what = f"“{named}”被合并单元格盖住"
        yield Finding(where, what, "每一项各填一格", "请取消合并、逐项填写后再返回；这一格没有读入")


def _twice(grid: Grid, at: int, row: Sequence[str], labels: Mapping[str, str]) -> Iterator[Finding]:
    levels = [re.sub(r"\s", "", _level(cell)) for cell in row]
    for level in sorted({one for one in levels if one in labels and levels.count(one) > 1}):
        yield Finding(f"{grid.name} 第{at}行", f"有两栏“{level}”", "只读左边的一栏", "请核对右边一栏里有没有改动")


def _first(heads: Mapping[int, str]) -> int:
    """Where the leftmost column stands that is shown: bands begin there."""
    return min((place for place, key in heads.items() if key != "#"), default=0)


def _number(words: str) -> str:
    """A lasting number with the digits and dashes it went out with."""
    return _DASH.sub("-", unicodedata.normalize("NFKC", words).strip())


def _row(told: _Told, where: str, row: Sequence[str], heads: Mapping[int, str], note: str) -> None:
    cells = {key: row[place].strip() if place < len(row) else "" for place, key in heads.items()}
    kept, shown = _number(cells.pop("#", "")), _number(cells.get("number", ""))
    if "number" in cells:
        cells["number"] = shown
    remark = cells.pop("!", "")
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    lone = heads.get(filled[0], "number")
    if len(filled) == 1 and not kept and (lone == "number" or filled[0] == _first(heads)):
        return  # a band, a note, a footer
    if kept and shown and kept != shown and _KEY.fullmatch(shown):
        what = f"序号是“{shown[:_SAID]}”，第一列是“{kept[:_SAID]}”"
        told.doubts.append(Finding(where, what, "两处须一致才知道是哪一项", "请核对后在事项页填写；这一行没有读入"))
        return
    key = kept or shown
    if not _KEY.fullmatch(key):
        said = next((cell for cell in row if cell.strip()), "")[:_SAID]
        told.doubts.append(
            Finding(
                where, f"没有编号：“{said}”", "按编号对照，不按文字猜", "新增的事项请在任务分解页添加；这一行没有读入"
            )
        )
        return
    if key in told.places:
        if any(not same(words, told.rows[key].get(name, "")) for name, words in cells.items()):
            what = f"{key} 出现两次，内容不同"
            told.doubts.append(
                Finding(where, what, f"读入了前一行（{told.places[key]}）", "请核对这一行，再在事项页填写")
            )
        return
    told.places[key] = where
    told.rows[key] = cells
    lines = [remark] if re.sub(r"[\s。.，,！!]", "", remark) not in _NONE else []
    if lines or note:
        told.comments[key] = "\n".join([*lines, *([note] if note else [])])
