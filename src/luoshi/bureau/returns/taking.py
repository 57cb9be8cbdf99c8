"""A file that was brought becomes parts of returns: the one door through which every format comes in.

A table whose first row holds the columns' headings is read as it stands. What is not one is held against the layouts of the annual
return (平面导出, 一校一册), then of the national systems' rolls and rosters, of which only counts are taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings

from luoshi.bureau.returns.besides import register
from luoshi.bureau.returns.models import Window
from luoshi.bureau.returns.words import day_of
from luoshi.checking import Taken, take
from luoshi.checking.headings import match
from luoshi.declared.returns import RETURNS
from luoshi.reading.deliveries import is_archive_of_files, read_files, refused_number, tables_of
from luoshi.reading.documents import refuse_marked
from luoshi.reading.frames import Frame, read_frame
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.returns import Basis, Grain
from luoshi.words.sheets import Sheet

if TYPE_CHECKING:
    from luoshi.words.layouts import Layout

_PERSONS = ("姓名", "证件号", "身份证", "学籍号", "监护人", "出生日期", "家庭住址", "现住址")
"""A heading with one of these names persons: such a file is not kept, only its rows without them."""
_LOOKED_AT = 8
"""So many rows at either end are looked through for a mark of secrecy; that is where papers bear it."""
_TITLED = 200
"""Rows of a sheet that are looked through for such a heading: a workbook of one institution has them down its side."""
_SOME = 2
"""With so many known headings in its first row a file was meant to be a plain table."""
_SCHOOLS = 1000
"""Workbooks of one delivery that are read in one go, at most."""
_BOOKS = 4000
"""Workbooks of one archive at most."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file held."""

    parts: tuple[Taken, ...]
    told: tuple[Finding, ...] = ()
    """What is said of the whole file."""
    persons: bool = False
    """Whether it names persons; then the file itself is not kept."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(part.rows.height for part in self.parts)


def opened(content: bytes, name: str, window: Window) -> Opened:
    """The parts of a file that belong to a window.

    Args:
        content: the file, or a zip of files.
        name: as the person knows it; looked at for a mark of secrecy.
        window: its returns, and the year of its layouts.

    Raises:
        RefusedError: it cannot be read, bears a mark of secrecy, or holds none of the window's returns.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    plain = None if is_archive_of_files(content) else _plain(content, name, window)
    if isinstance(plain, Opened):
        return plain
    files = read_files([(name, content)], _SCHOOLS)
    if plain is not None and _known(files[name], window) >= _SOME:
        raise plain
    return _of_layouts(files, name, window)


def many(content: bytes, name: str) -> int:
    """How many workbooks an archive holds; 0 for anything else.

    Raises:
        RefusedError: the name bears a mark, the archive cannot be opened, or holds too many.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    tables = len(tables_of(content)) if is_archive_of_files(content) else 0
    if tables > _BOOKS:
        raise refused_number(tables, _BOOKS)
    return tables


def _plain(content: bytes, name: str, window: Window) -> Opened | RefusedError:
    """The table, or why it is none whose first row holds the headings."""
    try:
        frame = read_frame(content)
    except RefusedError as refusal:
        return refusal
    refuse_marked([_words_of(frame)])
    try:
        return _of_headings(frame, name, window)
    except RefusedError as refusal:
        return refusal


def _of_headings(frame: Frame, name: str, window: Window) -> Opened:
    of = _which([RETURNS[key] for key in window.returns], frame.headings, name)
    part = take(of, frame.headings, frame.cells)
    if not part.rows.height:
        raise _empty(name or of.label, of.label)
    return Opened((part,), persons=_persons(of, frame.headings))


def _of_layouts(files: Mapping[str, Sequence[Sheet]], name: str, window: Window) -> Opened:
    parts, told = read_layouts(files if len(files) > 1 else {"": next(iter(files.values()))}, window)
    return chosen(parts, told, name, window, persons=name_persons(files))


def read_layouts(files: Mapping[str, Sequence[Sheet]], window: Window) -> tuple[tuple[Taken, ...], tuple[Finding, ...]]:
    """What files of the annual return or of a national system hold, with what is said of them as a whole.

    Args:
        files: the sheets of each, by its name.
        window: says of which year the layouts are.

    Raises:
        RefusedError: the nearest layout's, where they are of none.
    """
    from luoshi.checking import import_books  # noqa: PLC0415 -- layouts are read when a file asks for them

    year = window.layout_year or int(window.period[:4])
    roll = all(RETURNS[key].basis is Basis.ROLL for key in window.returns)
    try:
        annual = import_books(files, _layouts(), year=year)
    except RefusedError as refusal:
        try:
            return _of_rosters(files, window)
        except RefusedError as other:
            raise (other if roll else refusal) from None
    return annual.parts, annual.told


def _of_rosters(files: Mapping[str, Sequence[Sheet]], window: Window) -> tuple[tuple[Taken, ...], tuple[Finding, ...]]:
    from luoshi.checking.rosters import import_roster  # noqa: PLC0415
    from luoshi.declared.rosters import ROSTERS  # noqa: PLC0415

    known = register(window.period)
    if known is None:
        remedy = "请先收齐并核定学校（机构）名录，再导入学籍、教师、学前系统的文件"
        raise RefusedError(Finding("名录", "还没有核定的名录", "学籍等文件里的学校要在名录中找到", remedy))
    sheets = [one for some in files.values() for one in some]
    told = import_roster(sheets, ROSTERS, known, on=day_of(Grain.TERM, window.period), returns=RETURNS)
    return told.parts, told.told


def chosen(
    parts: Sequence[Taken], told: Sequence[Finding], name: str, window: Window, *, persons: bool = False
) -> Opened:
    """The parts that the window collects; the others are told and not taken.

    Args:
        parts: one for each return.
        told: what is said of the whole file.
        name: of the file.
        window: its returns.
        persons: whether the file names any.

    Raises:
        RefusedError: it has no row of any of them.
    """
    kept = tuple(one for one in parts if one.of.key in window.returns and one.rows.height)
    if not kept:
        wanted = "、".join(RETURNS[key].label for key in window.returns)
        there = "、".join(one.of.label for one in parts if one.rows.height) or "没有一行数"
        rule, remedy = f"本期次收：{wanted}", "请选对文件，或到收这些报表的期次导入"
        raise RefusedError(Finding(name, f"文件里是：{there}", rule, remedy))
    left = [one.of.label for one in parts if one.of.key not in window.returns and one.rows.height]
    more = "本期次不收的没有读入"
    others = (Finding(name, f"文件里还有：{'、'.join(left)}", more, "需要时到收它的期次再导入一次", Severity.TELLS),)
    return Opened(kept, (*told, *(others if left else ())), persons=persons)


def _layouts() -> "Sequence[Layout]":
    """The declared layouts, and those that lie in the folder layouts/ of the house's data."""
    folder = Path(settings.HOME) / "layouts"
    return _loaded(folder, tuple(sorted((one.name, one.stat().st_mtime_ns) for one in folder.glob("*.csv"))))


@lru_cache(maxsize=4)
def _loaded(folder: Path, _: tuple[tuple[str, int], ...]) -> "tuple[Layout, ...]":
    from luoshi.checking import load_layouts  # noqa: PLC0415
    from luoshi.declared.layouts import FOLDER  # noqa: PLC0415

    return load_layouts(FOLDER, folder, returns=RETURNS)


def _words_of(frame: Frame) -> str:
    ends = pl.concat([frame.cells.head(_LOOKED_AT), frame.cells.tail(_LOOKED_AT)])
    cells = (cell for row in ends.iter_rows() for cell in row if cell)
    return "\n".join((*frame.headings, *cells))


def _known(sheets: Sequence[Sheet], window: Window) -> int:
    """How many headings in the first row of the first sheet one of the window's returns knows."""
    first = next((one.cells for one in sheets if not one.hidden and one.cells.height), None)
    met = {words.strip() for words in first.row(0) if words} if first is not None else set()
    names = ({word for one in RETURNS[key] for word in (one.name, one.label, *one.aliases)} for key in window.returns)
    return max(len(met & known) for known in names)


def _which(returns: Sequence[type[Return]], headings: Sequence[str], name: str) -> type[Return]:
    """The return a sheet holds: the one it is named after, else the one whose columns it has best."""
    if len(returns) == 1:
        return returns[0]
    fits = dict[type[Return], tuple[bool, int, int]]()
    refusals = list[RefusedError]()
    for of in returns:
        try:
            heads, told = match(of, headings, identities=False)
        except RefusedError as refusal:
            refusals.append(refusal)
            continue
        missing = sum(one.severity is Severity.STOPS for one in told)
        fits[of] = (of.label in name or of.key in name, -missing, len(heads))
    if not fits:
        raise RefusedError(*(finding for one in refusals for finding in one.findings))
    return max(fits, key=lambda of: fits[of])


def _persons(of: type[Return], headings: Sequence[str]) -> bool:
    if any(word in heading for heading in headings for word in _PERSONS):
        return True
    heads, _ = match(of, headings, identities=True)
    return any(head.column.identifies for head in heads)


def name_persons(files: Mapping[str, Sequence[Sheet]]) -> bool:
    """Whether a heading in them names persons: such a file is not kept, only its rows without them."""
    return any(
        word in text
        for sheets in files.values()
        for sheet in sheets
        for text in ("\n".join(cell for row in sheet.cells.head(_TITLED).iter_rows() for cell in row if cell),)
        for word in _PERSONS
    )


def _empty(where: str, label: str) -> RefusedError:
    return RefusedError(Finding(where, "没有一行数", f"“{label}”每个单位至少一行", "请确认选对了文件、填了数再导入"))
