"""Several files of one delivery, or one zip of them, as their sheets."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.recognition import ZIP
from luoshi.reading.frames import read_sheets
from luoshi.reading.uploads import printed
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.sheets import Sheet

_KINDS = (".csv", ".txt", ".xlsx", ".xls", ".et", ".xlsm")
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
    sheets, findings = list[Sheet](), list[Finding]()
    for name, content in files:
        try:
            for inner, entry in _opened(name, content):
                sheets += read_sheets(entry, inner)
        except RefusedError as refusal:
            findings += [replace(one, where=f"{name} {one.where}") for one in refusal.findings]
    if findings:
        raise RefusedError(*findings)
    return tuple(sheets)


def _opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if not content.startswith(ZIP):
        yield name, content
        return
    archive = Archive(content)
    if _OFFICE in archive.names:
        yield name, content
        return
    tables = [one for one in archive.names if PurePosixPath(printed(one)).suffix.lower() in _KINDS]
    if not tables or len(tables) > MOST:
        what, rule = f"压缩包里有{len(tables)}个表格", f"压缩包里有1至{MOST}个表格（csv、xlsx、xls）"
        raise RefusedError(Finding("压缩包", what, rule, "请只压缩要读入的表格"))
    for one in tables:
        yield PurePosixPath(printed(one)).name, archive.read(one)
