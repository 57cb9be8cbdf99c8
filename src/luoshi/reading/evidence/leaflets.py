"""pdf as evidence: opened under the limits of the plan reader, its head and tail read, nothing in it run."""

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError

from luoshi.reading.documents.portable import LIMITS
from luoshi.reading.documents.refusals import broken, encrypted, guarded, refuse

MOST_PAGES = 500
_FIRST, _LAST = 5, 2
"""Pages that are read for marks of secrecy: marks stand at the head of the first page, and a bundle begins with its cover."""
_RUNS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}


def look_into_pdf(content: bytes) -> Sequence[str]:
    """The words of its first and last pages, each page a text of its own; [] where it is a scan.

    Raises:
        RefusedError: it is broken, locked, too long, runs something when it is opened, or holds other files.
    """
    with guarded("PDF"), apply_configuration(**LIMITS):
        try:
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise encrypted("PDF")
            count = len(reader.pages)
            root: Any = reader.root_object
        except (FileNotDecryptedError, DependencyError) as error:
            raise encrypted("PDF") from error
        if not count:
            raise broken("PDF")
        if count > MOST_PAGES:
            raise refuse(f"PDF 有 {count} 页", f"不超过 {MOST_PAGES} 页", "请只留有关的页，另存后再报送")
        _refuse_acting(root)
    return [_words(reader, number) for number in sorted({*range(min(count, _FIRST)), *range(count)[-_LAST:]})]


def _refuse_acting(root: Any) -> None:
    names = _of(root, "/Names")
    if _of(names, "/EmbeddedFiles"):
        raise refuse("PDF 里夹有附件", "一份材料只是一份文件", "请删去附件，另存后再报送")
    opened = _of(root, "/OpenAction")
    acting = _of(names, "/JavaScript") or _of(root, "/AA")
    if acting or (isinstance(opened, dict) and opened.get("/S") in _RUNS):
        raise refuse("PDF 打开时会自己运行脚本或程序", "会自己运行的文件不收", "请重新打印成 PDF，再报送")


def _of(found: Any, key: str) -> Any:
    """An entry of a dictionary, followed to what it means; None when there is none."""
    value = found.get(key) if isinstance(found, dict) else None
    return value.get_object() if value is not None and hasattr(value, "get_object") else value


def _words(reader: PdfReader, number: int) -> str:
    """One page's words; "" where there are none or they cannot be told, which hinders nobody from keeping the scan."""
    try:
        with apply_configuration(**LIMITS):
            return str(reader.pages[number].extract_text())
    except Exception:  # noqa: BLE001 (foreign fonts and maps fail in more ways than the library lists)
        return ""
