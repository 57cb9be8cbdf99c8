"""Where the table of a sheet begins, what its columns are called, and which columns of a ledger they are."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from luoshi.reading.sheets.book import Sheet
from luoshi.words.columns import Column, Fill
from luoshi.words.provenance import digest

_DEEPEST = 40
"""Rows looked through for the headings."""
_MOST_LEVELS = 4
_JOINT = "·"
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}([-/.月]|$)|\d{1,2}月|年底|长期|全年|每(?:月|季|年|周)|时限|学期|立即|即时")
_MANY = 0.6
"""Share of a column's cells that tells what it holds."""
_FEWEST = 3
_OTHERS = 3
"""Known names that make a line below a table the headings of another."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a sheet."""

    place: int
    """Counted from 0."""
    path: str
    """Its headings from above, joined by ·."""
    column: str
    """Key of the ledger's column; empty keeps it as it is."""
    because: str
    """How it was known, in Chinese; empty when its name says so."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet."""

    top: int
    """First row of the headings, counted from 0."""
    bottom: int
    """Last row of the headings."""
    headings: tuple[Heading, ...]

    @property
    def signature(self) -> str:
        """The same for every ledger with these headings: what a mapping is remembered by."""
        return digest("\n".join(heading.path for heading in self.headings).encode())


def level(words: str) -> str:
    """A heading without blanks, line ends and the difference of full and half width."""
    return re.sub(r"[\s:：*]", "", unicodedata.normalize("NFKC", words))


def named(columns: Sequence[Column]) -> dict[str, str]:
    """Every name of every column → its key; a label goes before an alias."""
    told = {level(alias): column.key for column in reversed(columns) for alias in column.aliases}
    return {**told, **{level(column.label): column.key for column in columns}}


def find_table(sheet: Sheet, columns: Sequence[Column], begin: int = 0) -> Table | None:
    """The headings of a sheet: the row with most known names near its top, with the rows merged into it or below it.

    Args:
        sheet: where to look.
        columns: what headings can be called.
        begin: the row to look from, counted from 0.
    """
    names, rows = named(columns), sheet.filled()
    counted = [(len(_known(row, names)), -at) for at, row in enumerate(rows[begin : begin + _DEEPEST], begin)]
    best, at = max(counted, default=(0, 0))
    if best < 2:  # noqa: PLR2004 (one known word is a title that speaks of it)
        return None
    top, bottom = _levels(sheet, rows, -at, names, begin)
    paths = _paths(rows, top, bottom)
    return Table(top, bottom, tuple(_named(paths, names)))


def next_table(sheet: Sheet, before: Table, columns: Sequence[Column]) -> int | None:
    """The row where another table with other headings begins below; None when there is none."""
    names, rows = named(columns), sheet.filled()
    heads = {level(cell) for row in rows[before.top : before.bottom + 1] for cell in row if cell.strip()}
    for at in range(before.bottom + 1, len(rows)):
        words = [cell for cell in rows[at] if cell.strip()]
        fresh = {level(cell) for cell in words} - heads
        short = all(len(cell) <= 12 for cell in words)  # noqa: PLR2004 (headings are short)
        if short and len(_known(words, names)) >= _OTHERS and fresh and not _serial(rows[at]):
            return at
    return None


def _known(row: Sequence[str], names: Mapping[str, str]) -> set[str]:
    return {names[said] for cell in row if (said := _stripped(level(cell))) in names or (said := level(cell)) in names}


def _stripped(said: str) -> str:
    """Without what stands in brackets behind: 完成时限(年月日)."""
    return re.sub(r"[(〔\[].*?[)〕\]]$", "", said) if not said.startswith(("(", "[")) else said


def _levels(sheet: Sheet, rows: list[list[str]], at: int, names: Mapping[str, str], begin: int) -> tuple[int, int]:
    """First and last row of the headings around a row of them."""
    top = bottom = at
    for merge in sheet.merges:
        if merge.top <= at <= merge.bottom and merge.bottom - merge.top < _MOST_LEVELS:
            top, bottom = min(top, merge.top), max(bottom, merge.bottom)
    wide = any(merge.top == bottom == merge.bottom and merge.right > merge.left for merge in sheet.merges)
    while bottom + 1 < len(rows) and bottom - top < _MOST_LEVELS - 1:
        below = rows[bottom + 1]
        known = _known(below, names)
        short = all(len(cell) <= 12 for cell in below)  # noqa: PLR2004 (headings are short)
        if not (short and known and (len(known) > 1 or wide) and not _serial(below)):
            break
        bottom, wide = bottom + 1, False
    while top > begin and _heads(sheet, top - 1, names):
        top -= 1
    return top, bottom


def _serial(row: Sequence[str]) -> bool:
    return bool(row) and bool(re.fullmatch(r"\d+(\.\d+)?", row[0].strip()))


def _heads(sheet: Sheet, row: int, names: Mapping[str, str]) -> bool:
    """Whether a row above is a level of headings: several blocks side by side, one of them known, and no title."""
    here = [merge for merge in sheet.merges if merge.top <= row <= merge.bottom]
    width = max((len(one) for one in sheet.rows), default=0)
    if any(merge.right - merge.left + 1 >= max(width - 1, 2) for merge in here):
        return False
    words = [cell for cell in sheet.filled()[row] if cell.strip()] if row < len(sheet.rows) else []
    return len(set(words)) > 1 and len(_known(words, names)) > 1


def _paths(rows: list[list[str]], top: int, bottom: int) -> list[str]:
    width = max((len(row) for row in rows[top : bottom + 1]), default=0)
    told = []
    for place in range(width):
        parts = [level(row[place]) for row in rows[top : bottom + 1] if place < len(row) and row[place].strip()]
        told.append(_JOINT.join(dict.fromkeys(parts)))
    return told


def _named(paths: Sequence[str], names: Mapping[str, str]) -> list[Heading]:
    """Columns by what they are called; each key once, the first of two twins has it."""
    told, taken = list[Heading](), set[str]()
    for place, path in enumerate(paths):
        if not path:
            continue
        key, because = _by_name(path, names)
        if key in taken:
            earlier = next(at for at, one in enumerate(told) if one.column == key)
            if because and told[earlier].because == because:  # 截至11月底 | 截至12月底: the later one is how it stands
                told[earlier] = replace(told[earlier], column="", because="同一层里取最后一栏")
            else:
                key, because = "", "与前面的一栏同名"
        taken |= {key} - {""}
        told.append(Heading(place, path, key, because))
    return _with_tasks(told, names)


def _with_tasks(headings: list[Heading], names: Mapping[str, str]) -> list[Heading]:
    """Where no column is called the task, the second of two that could be its source is: 重点工作 | 重点任务."""
    if any(one.column == "title" for one in headings):
        return headings
    twins = [one for one in headings if not one.column and _by_name(one.path, names)[0] == "source"]
    if not twins:
        return headings
    chosen = replace(twins[0], column="title", because="没有别的任务栏，按任务读，请核对")
    return [chosen if one is twins[0] else one for one in headings]


def _by_name(path: str, names: Mapping[str, str]) -> tuple[str, str]:
    parts = path.split(_JOINT)
    for said in (path, *reversed(parts)):
        for one in (said, _stripped(said)):
            if one in names:
                return names[one], "" if said in {path, parts[-1]} else f"按上一层的“{one}”认出"
    inside = sorted((name for name in names if len(name) > 2 and name in parts[-1]), key=len)  # noqa: PLR2004
    if inside:
        return names[inside[-1]], f"标题里有“{inside[-1]}”"
    return "", "台账没有这一栏"


def by_contents(
    table: Table, rows: Sequence[Sequence[str]], columns: Sequence[Column], offices: set[str], units: set[str]
) -> Table:
    """The table with columns of unknown name known by what they hold: days, sections, divisions."""
    taken = {heading.column for heading in table.headings}
    fills = {column.fill: column.key for column in reversed(columns) if column.key in {"due", "lead", "units"}}
    told = []
    for heading in table.headings:
        if heading.column or heading.because.endswith("同名"):
            told.append(heading)
            continue
        cells = [row[heading.place].strip() for row in rows if heading.place < len(row) and row[heading.place].strip()]
        key, said = _held(cells, fills, offices, units)
        if key and key not in taken:
            taken.add(key)
            heading = replace(heading, column=key, because=f"多数格是{said}，请核对")  # noqa: PLW2901
        told.append(heading)
    return replace(table, headings=tuple(told))


def _held(cells: Sequence[str], fills: Mapping[Fill, str], offices: set[str], units: set[str]) -> tuple[str, str]:
    if len(cells) < _FEWEST:
        return "", ""
    share = {
        (fills.get(Fill.DAY, ""), "时间"): sum(len(cell) <= 20 and bool(_DAY.search(cell)) for cell in cells),  # noqa: PLR2004
        (fills.get(Fill.OFFICE, ""), "科室"): sum(cell in offices for cell in cells),
        (fills.get(Fill.UNITS, ""), "单位"): sum(any(unit in cell for unit in units) for cell in cells),
    }
    best = max(share, key=lambda one: share[one])
    return best if share[best] >= _MANY * len(cells) else ("", "")
