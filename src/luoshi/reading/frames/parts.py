"""The parts of an xlsx, one at a time, under common limits: which sheets it has, and the XML of each piece by piece.

Nothing is expanded and nothing outside is fetched: a part that is cut short, declares entities or is in an encoding no
workbook has is refused.
"""

import codecs
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.refusals import broken, guarded, overgrown, refuse
from luoshi.reading.frames.limits import KINDS, SAVE_AS, refuse_sheets
from luoshi.reading.frames.numbers import is_dated

_PIECE = 4 << 20
_LONGEST = 48 << 20
"""Bytes one row, or one shared text, may come to."""
_SMALL = 16 << 20
"""Bytes of a part that is held whole: the list of sheets, the styles."""
_ROOT = re.compile(rb"<(?:([\w.-]+):)?(?:worksheet|sst)\b")
_CLOSED = re.compile(rb"(?:</(?:[\w.-]+:)?(?:worksheet|sst)\s*|<(?:[\w.-]+:)?(?:worksheet|sst)\b[^<>]*/)>\s*$")
_END = 4_096
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["'](?!utf-?(?:8|16))""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LITERAL = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_OTHERS = {
    "word/document.xml": "Word 文档",
    "ppt/presentation.xml": "演示文稿",
    "content.xml": "OpenDocument 文件（ods）",
    "OFD.xml": "OFD 文件",
    "xl/workbook.bin": "二进制工作簿（xlsb）",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A worksheet that is listed."""

    name: str
    path: str
    hidden: bool


class Parts:
    """An xlsx that was opened; no sheet of it has been read."""

    def __init__(self, content: bytes) -> None:
        """Open it.

        Raises:
            RefusedError: no workbook, damaged, locked, or made to be overgrown.
        """
        self._archive = Archive(content)
        self._names = {_normal(name): name for name in self._archive.names}
        path = next((name for name in self._names if posixpath.basename(name) == "workbook.xml"), "")
        if not path:
            raise _no_workbook(self._archive.names)
        folder = posixpath.dirname(path)
        book = self._small(path)
        linked = list(self._linked(folder))
        self.from_1904 = any(
            one.get("date1904", "") in {"1", "true"} for one in book.iter() if _local(one) == "workbookPr"
        )
        self.sheets = tuple(_listed(book, {pk: path for pk, kind, path in linked if kind == "worksheet"}))
        refuse_sheets(len(self.sheets))
        self.texts = next((path for _, kind, path in linked if kind == "sharedStrings" and path in self._names), "")
        styles = next((path for _, kind, path in linked if kind == "styles" and path in self._names), "")
        self.dated = frozenset(_dated(self._small(styles))) if styles else frozenset()
        """Styles that show a day."""

    def pieces(self, path: str, begin: bytes) -> Iterator[str]:
        """The XML of a part without prefixes and comments, cut before elements that begin so: some 4 MB each.

        Raises:
            RefusedError: the part is missing, cut short, of entities, or overgrown.
        """
        held, most, prefix = bytearray(), _PIECE, None
        for chunk in self._bytes(path):
            held += chunk
            prefix = _prefix(held) if prefix is None else prefix
            if len(held) < most:
                continue
            cut = held.rfind(b"<" + prefix + begin)
            most = _PIECE if cut > 0 else 2 * len(held)
            if cut > 0:
                yield _plain(bytes(held[:cut]), prefix)
                del held[:cut]
            if len(held) > _LONGEST:
                raise overgrown("电子表格", f"一行不超过 {_LONGEST >> 20} MB")
        if not _CLOSED.search(held[-_END:]):
            raise broken("电子表格")
        yield _plain(bytes(held), prefix or b"")

    def _bytes(self, path: str) -> Iterator[bytes]:
        """The bytes of a part as UTF-8, a megabyte at a time."""
        if path not in self._names:
            raise broken("电子表格")
        decoder, waiting, size = None, list[bytes](), 0
        for place, chunk in enumerate(self._archive.chunks(self._names[path])):
            if place == 0:
                decoder = _decoder(chunk)
            with guarded("电子表格"):
                waiting.append(decoder.decode(chunk).encode() if decoder else chunk)
            size += len(chunk)
            if size >= 1 << 20:
                yield b"".join(waiting)
                waiting, size = [], 0
        yield b"".join(waiting)

    def _small(self, path: str) -> Element:
        """A part whole.

        Raises:
            RefusedError: larger than any such part is.
        """
        held = bytearray()
        for chunk in self._bytes(path):
            held += chunk
            if len(held) > _SMALL:
                raise overgrown("电子表格", f"工作表目录和格式不超过 {_SMALL >> 20} MB")
        if b"<!DOCTYPE" in held or b"<!ENTITY" in held:
            raise _entities()
        with guarded("电子表格"):
            root: Element = fromstring(re.sub(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*\?>", b"", bytes(held)))
        return root

    def _linked(self, folder: str) -> Iterator[tuple[str, str, str]]:
        """Parts the workbook names: identifier, kind, path."""
        path = posixpath.join(folder, "_rels", "workbook.xml.rels")
        for one in self._small(path).iter():
            target = one.get("Target")
            if target and one.get("TargetMode") != "External":
                kind = one.get("Type", "").rpartition("/")[2]
                yield one.get("Id", ""), kind, _normal(posixpath.join("/" + folder, target.replace("\\", "/")))


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).lstrip("/").lower()


def _local(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _no_workbook(names: list[str]) -> Exception:
    known = next((label for name, label in _OTHERS.items() if name in names), "压缩包，里面没有工作簿")
    return refuse(f"这是{known}，不是 xlsx 电子表格", KINDS, SAVE_AS)


def _listed(book: Element, paths: dict[str, str]) -> Iterator[Part]:
    for one in book.iter():
        if _local(one) != "sheet":
            continue
        pk = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
        if pk in paths:
            yield Part(one.get("name", ""), paths[pk], one.get("state", "visible") != "visible")


def _dated(styles: Element) -> Iterator[int]:
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter() if _local(one) == "numFmt"}
    formats = next((one for one in styles.iter() if _local(one) == "cellXfs"), None)
    for place, one in enumerate(formats if formats is not None else ()):
        pk = one.get("numFmtId", "0")
        if pk.isdecimal() and is_dated(int(pk), codes.get(pk)):
            yield place


def _entities() -> Exception:
    what, rule = "电子表格内含有自定义的 XML 实体", "电子表格不应含有实体声明，含有的可能是恶意文件"
    return refuse(what, rule, "请勿打开；请向发件人核实，并用 WPS 或 Excel 另存为新的 xlsx 再试")


def _decoder(head: bytes) -> codecs.IncrementalDecoder | None:
    """What turns a part into text where it is not UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return codecs.getincrementaldecoder("utf-16")()
    if _DECLARED.match(head) or b"\0" in head[:4]:
        raise broken("电子表格")
    return None


def _prefix(head: bytes | bytearray) -> bytes:
    found = _ROOT.search(head)
    return found[1] + b":" if found and found[1] else b""


def _plain(piece: bytes, prefix: bytes) -> str:
    if prefix:
        piece = piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    if b"<!" in piece:
        piece = _LITERAL.sub(_escaped, _COMMENT.sub(b"", piece))
        if b"<!" in piece:
            raise _entities()
    with guarded("电子表格"):
        return piece.decode()


def _escaped(found: re.Match[bytes]) -> bytes:
    return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
