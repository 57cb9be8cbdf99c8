"""Which table of which system a sheet is, told by its headings; titles may stand above them. All sheets or none."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts_rosters import RosterColumn, RosterLayout
from luoshi.words.sheets import Sheet, letters

SEARCHED = 30
"""Lines from the top in which the headings are looked for."""
_NUMBERS = re.compile(r"[0-9]{6,}[xX]?")
_SCHOOL_GROUPS = frozenset({"学校", "机构"})
_NOTE_COLUMNS, _SHOWN = 2, 40


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """A sheet that was recognised."""

    sheet: Sheet
    layout: RosterLayout
    head: int
    """Where its headings stand, from 0."""
    columns: Mapping[int, RosterColumn]
    """What stands in which column, by its place from 0."""
    unknown: tuple[int, ...]
    """Columns with a heading that the layout does not know."""

    @property
    def places(self) -> dict[str, int]:
        """The column of each field that is read."""
        return {column.field: place for place, column in self.columns.items() if column.field}

    def letter(self, field: str) -> str:
        """The column of a field, as a spreadsheet names it; "" where the file has none."""
        return letters(self.places[field]) if field in self.places else ""

    @property
    def headings(self) -> list[str]:
        """The words of its headings."""
        return _row(self.sheet, self.head)


@lru_cache(maxsize=4096)
def bare(words: str) -> str:
    """A heading without spaces, stars, brackets that only explain, in half-width letters."""
    told = re.sub(r"[\s*_#]", "", unicodedata.normalize("NFKC", words)).lower()
    return re.sub(r"\((必填|选填|人|可选|必选|代码|岁)\)$", "", told)


def recognise(sheets: Sequence[Sheet], layouts: Sequence[RosterLayout], school: str) -> tuple[list[Met], list[Finding]]:
    """What the sheets are, and what is said of those that are not taken.

    Args:
        sheets: all of one delivery.
        layouts: all that may be met.
        school: the school whose file it is, where no column says it.

    Raises:
        RefusedError: a visible sheet with a table is none of the layouts, or none is there at all; the nearest is named.
    """
    met, told, refused = list[Met](), list[Finding](), list[Finding]()
    for sheet in sheets:
        if sheet.cells.is_empty():
            continue
        if sheet.hidden:
            told.append(_tells(said(sheet.name), "是隐藏的工作表，没有读入", "只读看得见的工作表"))
            continue
        one = _recognised(sheet, layouts, school)
        if one:
            met.append(one)
        elif sheet.cells.width <= _NOTE_COLUMNS:
            told.append(_tells(said(sheet.name), "是说明，不是表格，没有读入", "表格有三列以上"))
        else:
            refused.append(_unlike(sheet, layouts, school))
    if refused or not met:
        nothing = Finding(
            "文件", "没有认得的表格", "须是已声明的版式", "请选对文件；luoshi import-roster --layouts 可加版式"
        )
        raise RefusedError(*(refused or [nothing]))
    return met, told


def said(name: str) -> str:
    """A sheet's name or a heading fit to be repeated: long numbers are covered."""
    return _NUMBERS.sub("……", name.strip()[:_SHOWN]) or "工作表"


def _tells(where: str, what: str, rule: str) -> Finding:
    return Finding(where, what, rule, "不必处理", Severity.TELLS)


def _row(sheet: Sheet, place: int) -> list[str]:
    return [words or "" for words in sheet.cells.row(place)]


def _recognised(sheet: Sheet, layouts: Sequence[RosterLayout], school: str) -> Met | None:
    """The layout with most of the columns; the later one where two know as many."""
    found = [
        one for layout in layouts for one in _tries(sheet, layout) if not missed(layout, one.columns.values(), school)
    ]
    return max(found, key=_likeness, default=None)


def _likeness(one: Met) -> tuple[int, int, int, int, int]:
    return len(one.columns), len(one.places), one.layout.since, -len(one.layout.columns), -one.head


def _tries(sheet: Sheet, layout: RosterLayout) -> Iterator[Met]:
    """Each line near the top, read as the headings of a layout."""
    names = {bare(one): column for column in layout.columns for one in column.headings}
    for head in range(min(SEARCHED, sheet.cells.height)):
        words = [bare(one) for one in _row(sheet, head)]
        columns = dict[int, RosterColumn]()
        for place, one in enumerate(words):
            column = names.get(one)
            if column and not (column.field and column.field in {had.field for had in columns.values()}):
                columns[place] = column
        if columns:
            unknown = tuple(place for place, one in enumerate(words) if one and place not in columns)
            yield Met(sheet, layout, head, columns, unknown)


def missed(layout: RosterLayout, columns: Iterable[RosterColumn], school: str) -> list[str]:
    """Groups of which no column is there: 学校（学校标识码、学校名称）."""
    there = {group for column in columns for group in column.groups}
    return [
        f"{group}（{'、'.join(some)}）" if some != (group,) else group
        for group, some in layout.groups.items()
        if group not in there and not (school and group in _SCHOOL_GROUPS)
    ]


def _unlike(sheet: Sheet, layouts: Sequence[RosterLayout], school: str) -> Finding:
    """Which layout is nearest, and what is not there of it. The words of the sheet are not repeated: they may be names."""
    tries = [one for layout in layouts for one in _tries(sheet, layout)]
    where, remedy = said(sheet.name), "请选对文件；列名改过的，请改回，或在版式文件里加上这种写法"
    if not tries:
        rule = "须是已声明的版式：" + "、".join(dict.fromkeys(one.system for one in layouts))
        return Finding(where, f"前{SEARCHED}行里没有一个认得的列名", rule, remedy)
    near = max(tries, key=lambda one: (len(one.columns), -len(missed(one.layout, one.columns.values(), school))))
    absent = missed(near.layout, near.columns.values(), school)
    what = f"最像“{near.layout.label}”（第{near.head + 1}行认出{len(near.columns)}列），缺少 {'、'.join(absent)}"
    return Finding(where, what, f"“{near.layout.label}”每组必有的列至少有一列；认不全的整个文件都不读入", remedy)
