"""Several files of one delivery, or one zip of them, as their sheets."""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import PurePosixPath

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.recognition import ZIP
from luoshi.reading.frames import read_sheets
from luoshi.reading.uploads import printed
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.sheets import Sheet

KINDS = (".csv", ".txt", ".xlsx", ".xls", ".et", ".xlsm")
"""What tables are called."""
_OFFICE = "[Content_Types].xml"
MOST = 50
"""Files of a zip at most."""


def read_delivery(files: Iterable[tuple[str, bytes]]) -> tuple[Sheet, ...]:
    """All sheets of all files, in their order; a zip is opened, one level deep.

    Args:
        files: names and contents.

    Raises:
        RefusedError: a file that cannot be read as a table, under its name; the findings of all files at once.
    """
    return tuple(sheet for sheets in read_files(files).values() for sheet in sheets)


def read_files(files: Iterable[tuple[str, bytes]], most: int = MOST) -> dict[str, tuple[Sheet, ...]]:
    """The same with the sheets of each file apart, by its name; files of a zip by theirs.

    Args:
        files: names and contents.
        most: files of a zip at most.

    Raises:
        RefusedError: as `read_delivery`.
    """
    told, findings = dict[str, tuple[Sheet, ...]](), list[Finding]()
    for name, content in files:
        try:
            for inner, entry in _opened(name, content, most):
                told[free_name(inner, told)] = _read(inner, entry, zipped=inner != name)
        except RefusedError as refusal:
            findings += refusal.within(name).findings
    if findings:
        raise RefusedError(*findings)
    return told


def is_table(name: str) -> bool:
    """Whether a file of this name may be a table; what an open Office or a Mac leaves beside one is none."""
    path = PurePosixPath(name)
    return path.suffix.lower() in KINDS and not path.name.startswith((".", "~$")) and "__MACOSX" not in path.parts


def free_name(name: str, taken: Container[str]) -> str:
    """A name nobody has yet: files of two folders may go by one."""
    return next(one for one in chain((name,), (f"{name}（{at}）" for at in count(2))) if one not in taken)


def _read(name: str, content: bytes, *, zipped: bool) -> tuple[Sheet, ...]:
    try:
        return read_sheets(content, PurePosixPath(name).name)
    except RefusedError as refusal:
        raise (refusal.within(name) if zipped else refusal) from None


def is_archive_of_files(content: bytes) -> bool:
    """Whether it is a zip of files, and no workbook or document, which are zips too."""
    return content.startswith(ZIP) and _OFFICE not in Archive(content).names


def _opened(name: str, content: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    if not is_archive_of_files(content):
        yield name, content
        return
    archive = Archive(content)
    tables = [one for one in archive.names if is_table(printed(one))]
    if not tables or len(tables) > most:
        raise refused_number(len(tables), most)
    for one in tables:
        yield printed(one), archive.read(one)


def refused_number(tables: int, most: int) -> RefusedError:
    """Why a zip with so many tables is not read."""
    what, rule = f"压缩包里有{tables}个表格", f"压缩包里有1至{most}个表格（csv、xlsx、xls）"
    return RefusedError(Finding("压缩包", what, rule, "请只压缩要读入的表格"))


def tables_of(content: bytes) -> dict[str, str]:
    """The tables of a zip: its entries by the names a person knows them by, as `read_files` names them.

    Raises:
        RefusedError: the zip cannot be opened.
    """
    told = dict[str, str]()
    for entry in Archive(content).names:
        if is_table(printed(entry)):
            told[free_name(printed(entry), told)] = entry
    return told


def read_entries(content: bytes, entries: Mapping[str, str]) -> dict[str, tuple[Sheet, ...]]:
    """The sheets of some tables of a zip, by the names of `tables_of`.

    Raises:
        RefusedError: as `read_files`.
    """
    archive, told, findings = Archive(content), dict[str, tuple[Sheet, ...]](), list[Finding]()
    for name, entry in entries.items():
        try:
            told[name] = _read(name, archive.read(entry), zipped=True)
        except RefusedError as refusal:
            findings += refusal.findings
    if findings:
        raise RefusedError(*findings)
    return told
