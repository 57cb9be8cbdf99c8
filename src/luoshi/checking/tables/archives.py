"""Office files are archives: some members are written anew, every other one keeps its bytes."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MEMBERS, _INFLATED = 5000, 200 << 20
_SAVE = "请用 WPS 或 Excel 打开，另存为 xlsx（Word 表另存为 docx），再试一次"


def members(content: bytes) -> dict[str, bytes]:
    """Every member of an office file by name.

    Raises:
        RefusedError: it is none, or damaged, locked or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told = archive.infolist()
            if len(told) > _MEMBERS or sum(one.file_size for one in told) > _INFLATED:
                raise refused("文件太大", f"展开后不超过 {_INFLATED >> 20} MB", "请只留要填的表，另存后再试一次")
            return {one.filename: archive.read(one) for one in told}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise refused("打不开", "须为 xlsx 或 docx，不加密", _SAVE) from error


def replaced(content: bytes, anew: Mapping[str, bytes]) -> bytes:
    """The same archive with some members written anew; order, dates and bytes of the others stay."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as out:
        for one in archive.infolist():
            kept = zipfile.ZipInfo(one.filename, one.date_time)
            kept.compress_type, kept.external_attr = one.compress_type, one.external_attr
            out.writestr(kept, anew.get(one.filename, archive.read(one)))
    return made.getvalue()


def parsed(member: bytes) -> "etree._Element":
    """A member as a tree; nothing outside it is looked for.

    Raises:
        RefusedError: it is damaged.
    """
    try:
        return etree.fromstring(member, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise refused("文件损坏", "须能用 WPS 或 Office 打开", _SAVE) from error


def printed(tree: "etree._Element") -> bytes:
    """A tree as a member."""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def refused(what: str, rule: str, remedy: str) -> RefusedError:
    """Why a blank is not taken."""
    return RefusedError(Finding("空表", what, rule, remedy))
