"""Hidden bookmarks around figures: while a text is edited every number still knows its measurement; at 定稿 they go.

A name is _L, a running number and the digest of the key: hidden in Word because of the underscore, ASCII, far under the 40
characters Word takes. The keys themselves ride along as custom properties of the file, which Word, WPS and LibreOffice keep.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from luoshi.reporting.official.document import Figure, OfficialDocument, figures_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_OURS = re.compile(r"_L\d{1,6}_[0-9a-f]{16}")
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What every custom property calls its own kind; ECMA-376 part 1, 22.3.2.2."""
_LARGEST = 64 * 1024 * 1024
"""Bytes a document may unpack to."""
_FIRST = 2
"""Numbers 0 and 1 of a custom property are taken."""


class Bookmarks:
    """The bookmarks of one document, in the order they are set."""

    def __init__(self) -> None:
        """None is set yet."""
        self.keys: dict[str, str] = {}
        """Key by name."""

    def of(self, figure: Figure) -> tuple[int, str]:
        """Number and name of the bookmark of one more figure."""
        at = len(self.keys) + 1
        name = f"_L{at}_{sha256(figure.key.encode()).hexdigest()[:16]}"
        self.keys[name] = figure.key
        return at, name


def bookmarks_of(document: OfficialDocument) -> Mapping[str, str]:
    """Key by bookmark, as the Word file of the document will hold them."""
    marks = Bookmarks()
    for figure in figures_of(document):
        marks.of(figure)
    return marks.keys


def bound(content: bytes) -> dict[str, tuple[str, str]]:
    """What an edited Word file still binds: by bookmark the key and the text that now stands in it.

    A key is empty when the program that saved the file dropped its custom properties; the names still tell, see bookmarks_of.

    Raises:
        RefusedError: the file is no Word document.
    """
    made = _opened(content)
    keys = {name: value for part in _custom(made) for name, value in _read(part)}
    told: dict[str, tuple[str, str]] = {}
    for name, text in _marked(made.element.body):
        if _OURS.fullmatch(name):
            told.setdefault(name, (keys.get(name, ""), text))
    return told


def settled(content: bytes) -> bytes:
    """The same document as 定稿: the same text and look, no hidden bookmark, no key.

    Raises:
        RefusedError: the file is no Word document.
    """
    made = _opened(content)
    for root in _roots(made):
        hidden = [mark for mark in root.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name"), "").startswith("_")]
        numbers = {mark.get(qn("w:id")) for mark in hidden}
        ends = [mark for mark in root.iter(qn("w:bookmarkEnd")) if mark.get(qn("w:id")) in numbers]
        for mark in [*hidden, *ends]:
            mark.getparent().remove(mark)
    for part in _custom(made):
        kept = [(name, value) for name, value in _read(part) if not _OURS.fullmatch(name)]
        part._blob = _written(dict(kept))  # noqa: SLF001 (a part of unknown kind has no other way to change)
    told = io.BytesIO()
    made.save(told)
    return told.getvalue()


def keep_keys(made: Any, marks: Bookmarks) -> None:
    """Write the keys into the custom properties of a document."""
    if not marks.keys:
        return
    package = made.part.package
    part = Part(PackURI("/docProps/custom.xml"), _KIND, _written(marks.keys), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _opened(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size <= _LARGEST:
            return docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.LxmlError) as error:
        raise _no_word() from error
    raise _no_word()


def _no_word() -> RefusedError:
    return RefusedError(
        Finding(
            "上传的文稿",
            "不能作为 docx 打开",
            "须是本系统生成、经 Word 或 WPS 修改的 docx",
            "请另存为 docx，再重新上传",
        )
    )


def _roots(made: Any) -> Iterator[Any]:
    for part in made.part.package.iter_parts():
        element = getattr(part, "element", None)
        if element is not None:
            yield element


def _custom(made: Any) -> list[Any]:
    return [part for part in made.part.package.iter_parts() if part.content_type == _KIND]


def _read(part: Any) -> Iterator[tuple[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for told in etree.fromstring(part.blob, parser):
        yield str(told.get("name", "")), "".join(told.itertext())


def _written(keys: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    for at, (name, key) in enumerate(keys.items(), _FIRST):
        told = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=str(at), name=name)
        etree.SubElement(told, f"{{{_VALUES}}}lpwstr").text = key
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _marked(body: Any) -> Iterator[tuple[str, str]]:
    """Name and text of each bookmark; what was struck out under 修订 is not text."""
    open_marks: dict[str, tuple[str, list[str]]] = {}
    for one in body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
        if one.tag == qn("w:bookmarkStart"):
            open_marks[one.get(qn("w:id"))] = (one.get(qn("w:name"), ""), [])
        elif one.tag == qn("w:t"):
            for _, said in open_marks.values():
                said.append(one.text or "")
        elif one.get(qn("w:id")) in open_marks:
            name, said = open_marks.pop(one.get(qn("w:id")))
            yield name, "".join(said)
