"""All schools of a county in one archive, with a list; and the filled ones back in one go, known by what is inside them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from luoshi.checking.workbooks.asked import Asked
from luoshi.checking.workbooks.stamps import stamp_of
from luoshi.checking.workbooks.taking import Back, taken_back
from luoshi.checking.workbooks.writing import as_workbook, cell_at, text
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.sheets import Sheet

_LIST = "清单.xlsx"
_DATED = (1980, 1, 1, 0, 0, 0)
"""The same workbooks make the same archive."""
_FILES, _LARGEST, _TOGETHER = 3000, 20 << 20, 400 << 20
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_HEADINGS = ("序号", "单位代码", "单位", "文件", "需填格数", "已代填格数")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came back of a bundle."""

    backs: Mapping[str, Back]
    """By code of the unit."""
    files: Mapping[str, str]
    """Name of the file each came in."""
    missing: tuple[Asked, ...]
    """Units of which nothing came."""
    refused: tuple[tuple[str, tuple[Finding, ...]], ...]
    """Files that were not taken, with why."""


def file_name(asked: Asked) -> str:
    """What a workbook is called; the name is for people, nothing is read from it."""
    return _NOT_IN_NAMES.sub("_", f"{asked.of.label}_{asked.name}_{asked.unit}.xlsx")


def bundle(several: Sequence[Asked], folder: str = "") -> bytes:
    """An archive of one workbook for each unit, and a list of them.

    Args:
        several: one for each unit.
        folder: name of the folder inside the archive, of the county.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        put_list(archive, several, folder)
        put_books(archive, several, folder)
    return made.getvalue()


def put_list(archive: zipfile.ZipFile, several: Sequence[Asked], folder: str = "") -> None:
    """The list of all workbooks into an archive that is written a piece at a time."""
    archive.writestr(zipfile.ZipInfo(_below(folder) + _LIST, _DATED), _list(several))


def put_books(archive: zipfile.ZipFile, some: Iterable[Asked], folder: str = "") -> None:
    """Some of the workbooks into it."""
    for one in some:
        archive.writestr(zipfile.ZipInfo(_below(folder) + file_name(one), _DATED), as_workbook(one))


def _below(folder: str) -> str:
    return f"{_NOT_IN_NAMES.sub('_', folder)}/" if folder else ""


def _list(several: Sequence[Asked]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "清单"
    lines: list[tuple[object, ...]] = [_HEADINGS]
    lines += [
        (number, one.unit, one.name, file_name(one), one.open, one.answered) for number, one in enumerate(several, 1)
    ]
    for row, line in enumerate(lines, 1):
        for place, words in enumerate(line, 1):
            text(cell_at(page, row, place), words)
    for place, width in enumerate((6, 16, 30, 56, 10, 12), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """The workbooks of an archive that came back, whatever its folders; the list and what a system leaves there are skipped.

    Raises:
        RefusedError: it is no archive, locked, damaged, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [one for one in archive.infolist() if _wanted(one.filename)]
            large = [one for one in wanted if one.file_size > _LARGEST]
            if len(wanted) > _FILES or large or sum(one.file_size for one in wanted) > _TOGETHER:
                raise _refused("压缩包太大", f"至多 {_FILES} 份表，每份不超过 {_LARGEST >> 20} MB", "请分成几包再交")
            return [(one.filename, _read(archive, one)) for one in wanted]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise _refused("压缩包打不开", "须为不加密的 zip", "请重新压缩成 zip，不设密码，再交一次") from error


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    with archive.open(one) as opened:
        content = opened.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise _refused(f"{one.filename} 太大", f"每份不超过 {_LARGEST >> 20} MB", "请用原来的填报表填写")
    return content


def _wanted(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    hidden = last.startswith((".", "~$")) or name.startswith("__MACOSX/")
    return bool(last) and not hidden and last != _LIST


def _refused(what: str, rule: str, remedy: str) -> RefusedError:
    return RefusedError(Finding("压缩包", what, rule, remedy))


def gathered(files: Iterable[tuple[str, Sequence[Sheet] | RefusedError]], several: Mapping[str, Asked]) -> Gathered:
    """Match what came back to whom it was sent, by the hidden sheet of each.

    Args:
        files: name and sheets of each, or why it could not be opened.
        several: what went out, by code of the unit.
    """
    backs, names, refused = dict[str, Back](), dict[str, str](), list[tuple[str, tuple[Finding, ...]]]()
    for name, sheets in files:
        try:
            if isinstance(sheets, RefusedError):
                raise sheets
            unit = stamp_of(sheets).unit
            _refuse_unit(unit, several, names)
            backs[unit], names[unit] = taken_back(sheets, several[unit]), name
        except RefusedError as refusal:
            refused.append((name, refusal.findings))
    missing = tuple(one for unit, one in several.items() if unit not in backs)
    return Gathered(backs, names, missing, tuple(refused))


def _refuse_unit(unit: str, several: Mapping[str, Asked], names: Mapping[str, str]) -> None:
    if unit not in several:
        raise _other(f"单位 {unit} 不在发出的名单里", "只收发出的单位", "请交到发给该单位的那一次填报")
    if unit in names:
        raise _other(f"{several[unit].name} 已经有一份（{names[unit]}）", "一个单位收一份", "请只留要交的那一份")


def _other(what: str, rule: str, remedy: str) -> RefusedError:
    return RefusedError(Finding("填报表", what, rule, remedy))
