"""ofd → paragraphs. GB/T 33190: a zip; OFD.xml names documents, those name pages, pages hold text by millimetres."""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.document import Piece, Reading
from luoshi.reading.documents.lines import Glyphs, paragraphs
from luoshi.reading.documents.refusals import broken, encrypted, guarded, refuse, scanned

MOST_PAGES = 500
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
_STRAIGHT = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
_LETTER = 4.2
"""Millimetres, 小四: the size of letters where a page does not say."""


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _local(element) in names)


class _Package:
    """Finds and parses parts by the paths that other parts give."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.names = {name.lower().lstrip("/"): name for name in archive.names}

    def root(self, path: str) -> etree._Element | None:
        """The root of a part; None when it is not there."""
        name = self.names.get(posixpath.normpath(path.replace("\\", "/")).lstrip("/").lower())
        return etree.fromstring(self._archive.read(name), _SAFE) if name is not None else None

    def documents(self) -> Iterator[str]:
        """Paths of the documents."""
        root = self.root("OFD.xml")
        if root is None:
            raise broken("OFD")
        if next(_named(root, "Encryptions", "EncryptInfo"), None) is not None or "encryptions.xml" in self.names:
            raise encrypted("OFD")
        yield from ((place.text or "").strip() for place in _named(root, "DocRoot"))

    def pages(self) -> Iterator[list[etree._Element]]:
        """Each page's parts, its template first, in the order of the document; without an order, by their numbers."""
        listed = False
        for path in self.documents():
            document, folder = self.root(path), posixpath.dirname(path)
            if document is None:
                continue
            templates = {one.get("ID"): one.get("BaseLoc") or "" for one in _named(document, "TemplatePage")}
            for page in _named(document, "Page"):
                if page.get("BaseLoc"):
                    listed = True
                    yield self._page(folder, page.get("BaseLoc") or "", templates)
        if not listed:
            loose = [
                name for name in self.names.values() if re.search(r"Pages?/Page_\d+/Content\.xml$", name, re.IGNORECASE)
            ]
            for name in sorted(loose, key=lambda name: [int(figures) for figures in re.findall(r"\d+", name)]):
                yield [root for root in [self.root(name)] if root is not None]

    def _page(self, folder: str, place: str, templates: dict[str | None, str]) -> list[etree._Element]:
        def near(path: str) -> etree._Element | None:
            return self.root(posixpath.join(folder, path))

        content = near(place)
        if content is None:
            raise broken("OFD")
        under = [near(templates.get(one.get("TemplateID"), "-")) for one in _named(content, "Template")]
        return [part for part in [*under, content] if part is not None]


def _numbers(told: str | None, most: int) -> list[float]:
    return [float(number) for number in (told or "").split()[:most]]


def _glyphs(page: list[etree._Element]) -> tuple[list[Glyphs], list[str]]:
    """The text of a page, and what is turned and so a stamp."""
    found, stamps = [], []
    for part in page:
        for box in _named(part, "TextObject"):
            left, top = ([*_numbers(box.get("Boundary"), 2), 0.0, 0.0])[:2]
            told = _numbers(box.get("CTM"), 6)
            a, b, c, d, e, f = told if len(told) == len(_STRAIGHT) else _STRAIGHT
            size = float(box.get("Size") or _LETTER) * abs(d)
            for code in _named(box, "TextCode"):
                x, y = float(code.get("X") or 0), float(code.get("Y") or 0)
                words = (code.text or "").replace("\n", "")
                if abs(b) > 0.05 * abs(a) or a <= 0 or not size > 0:
                    stamps.append(words)
                elif words.strip():
                    found.append(Glyphs(words, left + a * x + c * y + e, top + b * x + d * y + f, size))
    return found, stamps


def read_ofd(archive: Archive) -> Reading:
    """The text of an ofd in reading order; running heads and stamps only among the margins."""
    with guarded("OFD"):
        pages: list[tuple[list[Glyphs], list[str]]] = []
        for page in _Package(archive).pages():
            if len(pages) == MOST_PAGES:
                raise refuse(f"OFD 超过 {MOST_PAGES} 页", f"最多 {MOST_PAGES} 页", "请只留工作要点的页面，另存后再上传")
            pages.append(_glyphs(page))
    if not any(glyphs for glyphs, _ in pages):
        raise scanned("OFD", len(pages))
    read, margins = paragraphs([glyphs for glyphs, _ in pages])
    stamps = tuple(stamp for _, turned in pages for stamp in ("".join(turned), *turned) if stamp)
    return Reading(tuple(Piece(one) for one in read), "ofd", margins=margins + stamps)
