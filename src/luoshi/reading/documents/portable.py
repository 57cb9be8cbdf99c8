"""pdf and ofd → paragraphs. Lines that a page broke are joined; page numbers and running heads are left out."""

import io
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from luoshi.reading.documents.archives import Archive
from luoshi.reading.documents.document import Document, document, refuse

MOST_PAGES = 500
_PAGE_NUMBER = re.compile(r"^\s*[-—–·]?\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*(?:[/／共]\s*\d{1,4}\s*页?)?\s*[-—–·]?\s*$")
_OPENS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百]+[章节篇编条]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]\d{1,2}[）)]|\d{1,3}\s*[、.．](?!\d)|[①-⑳]|附件)"
)
_CLOSES = re.compile(r"[。！？!?；;：:]\s*[”’」』）)]?\s*$")


def _joined(pages: list[list[str]]) -> Iterator[str]:
    """Paragraphs out of printed lines: a line goes on unless it closes a sentence, stops short, or the next one opens."""
    often = Counter(line.strip() for page in pages for line in dict.fromkeys([*page[:2], *page[-2:]]) if line.strip())
    running = {line for line, times in often.items() if times >= max(3, len(pages) // 2)}
    kept = [
        line.rstrip()
        for page in pages
        for line in page
        if line.strip() and line.strip() not in running and not _PAGE_NUMBER.match(line)
    ]
    full = sorted(len(line) for line in kept)[int(len(kept) * 0.8)] if kept else 0
    paragraph, last = "", 0
    for line in kept:
        fresh = (
            _OPENS.match(line) or line.startswith(("　　", "    ")) or _CLOSES.search(paragraph) or last < 0.8 * full
        )
        if paragraph and fresh:
            yield paragraph
            paragraph = ""
        apart = " " if paragraph and paragraph[-1].isascii() and line[:1].isascii() and paragraph[-1].isalpha() else ""
        paragraph += apart + line.strip()
        last = len(line)
    if paragraph:
        yield paragraph


def read_pdf(content: bytes) -> Document:
    """The text layer of a pdf."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse("PDF 设有密码", "加密的文件无法阅读，也不保存", "请取消密码后另存，再重新上传")
        if len(reader.pages) > MOST_PAGES:
            raise refuse(f"PDF 有 {len(reader.pages)} 页", f"最多 {MOST_PAGES} 页", "请只上传工作要点部分")
        pages = [(page.extract_text() or "").split("\n") for page in reader.pages]
    except (FileNotDecryptedError, DependencyError) as error:
        raise refuse("PDF 设有密码", "加密的文件无法阅读，也不保存", "请取消密码后另存，再重新上传") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise refuse("PDF 已损坏，无法打开", "PDF 须能完整打开", "请重新下载，或用 WPS 打开后另存") from error
    if not any(line.strip() for page in pages for line in page):
        raise refuse(
            f"PDF 共 {len(pages)} 页，没有文字层（多为扫描件）",
            "只读文字，不识别图像",
            "请取得 Word 原稿，或先用扫描软件识别文字再上传",
        )
    return document(_joined(pages), "pdf")


_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _parsed(archive: Archive, name: str) -> etree._Element:
    try:
        return etree.fromstring(archive.read(name), _SAFE)
    except (etree.LxmlError, ValueError) as error:
        raise refuse("OFD 内容已损坏", "OFD 的页面须完整", "请用 WPS 或数科阅读器打开后另存为 docx 或 pdf") from error


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _page_lines(page: etree._Element) -> list[str]:
    """Text of one page, line by line from above: pieces at one height are one line, left to right."""
    pieces: list[tuple[float, float, str]] = []
    for box in page.iter():
        if _local(box) != "TextObject":
            continue
        left, top = (float(number) for number in (box.get("Boundary") or "0 0 0 0").split()[:2])
        pieces.extend(
            (top + float(code.get("Y") or 0), left + float(code.get("X") or 0), code.text or "")
            for code in box
            if _local(code) == "TextCode"
        )
    lines: list[list[tuple[float, float, str]]] = []
    for piece in sorted(pieces):
        if lines and abs(lines[-1][0][0] - piece[0]) <= 2:  # noqa: PLR2004  (millimetres)
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return ["".join(text for _, _, text in sorted(line, key=lambda one: one[1])) for line in lines]


def read_ofd(archive: Archive) -> Document:
    """The text of an ofd, GB/T 33190: pages in the order of their folders."""
    names = [name for name in archive.names if re.search(r"Pages/Page_\d+/Content\.xml$", name)]
    names.sort(key=lambda name: int(re.findall(r"Page_(\d+)", name)[-1]))
    try:
        pages = [_page_lines(_parsed(archive, name)) for name in names]
    except ValueError as error:
        raise refuse("OFD 内容已损坏", "OFD 的页面须完整", "请用 WPS 打开后另存为 docx 或 pdf") from error
    if not any(pages):
        raise refuse("OFD 没有文字层（多为扫描件）", "只读文字，不识别图像", "请取得 Word 原稿再上传")
    return document(_joined(pages), "ofd")
