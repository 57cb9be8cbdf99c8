"""doc and wps: Word's old container. Looked into here, read by an office program that is handed in."""

import io

import olefile

from luoshi.reading.documents.document import Converter
from luoshi.reading.documents.recognition import kind_of_ole
from luoshi.reading.documents.refusals import encrypted, guarded, refuse

_SIGNED = 0xA5EC
"""The first word of every WordDocument stream."""
_LOCKED = 0x0100
_REMEDY = "请用 WPS 或 Word 打开，另存为 docx（文件类型选“Word 文档(*.docx)”），再重新上传"
_STARRED = tuple((level + star) for level in ("绝密", "机密", "秘密") for star in ("★", "☆"))


def kind_of(content: bytes) -> str:
    """Doc or wps.

    Raises:
        RefusedError: for a container that is broken, locked, or holds something else.
    """
    with guarded("旧版文档"), olefile.OleFileIO(io.BytesIO(content)) as ole:
        streams = {"/".join(path) for path in ole.listdir()}
        kind = kind_of_ole(streams)
        head = ole.openstream("WordDocument").read(12)
        signed, flags = int.from_bytes(head[:2], "little"), int.from_bytes(head[10:12], "little")
        if signed == _SIGNED and flags & _LOCKED:
            raise encrypted("旧版 Word 文档")
        return kind


def starred(content: bytes) -> str:
    """A starred mark that the raw bytes show, before anybody writes a marked file to disk to convert it; "" for none."""
    coded = ((mark, mark.encode(encoding)) for mark in _STARRED for encoding in ("utf-16-le", "gb18030"))
    return next((mark for mark, signs in coded if signs in content), "")


def converted(content: bytes, kind: str, office: Converter | None) -> bytes:
    """The same document as docx."""
    if office is None:
        raise refuse(
            f"这是旧版或其他格式的文档（{kind.upper()}），本机没有可用的转换程序",
            "旧版文档须先转成 docx 才能读；装有 LibreOffice 的电脑可以自动转换",
            _REMEDY,
        )
    with guarded("旧版文档"):
        return office(content, kind)
