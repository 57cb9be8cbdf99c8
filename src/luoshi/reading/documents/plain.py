"""txt and html → paragraphs, in whatever encoding Chinese offices save them."""

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes
from selectolax.lexbor import LexborHTMLParser, LexborNode

from luoshi.reading.documents.document import Document, document, refuse

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RARE = re.compile(r"[\u3400-\u4dbf\ue000-\uf8ff\uac00-\ud7af\u0400-\u04ff]")


def decode(content: bytes) -> str:
    """The text of bytes: by its byte order mark, UTF-8, GB18030, else what a detector is sure of."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding) or _hopeless()
    for encoding in ("utf-8", "gb18030"):
        text = _strictly(content, encoding)
        if text is not None and _plausible(text):
            return text
    best = from_bytes(content[:200_000]).best()
    text = _strictly(content, best.encoding) if best else None
    return text if text is not None and _plausible(text) else _hopeless()


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _plausible(text: str) -> bool:
    """Hardly any control characters or letters that no plan contains: mojibake decodes without error."""
    sample = text[:20_000]
    return len(_CONTROLS.findall(sample)) <= len(sample) // 1000 and len(_RARE.findall(sample)) <= 1 + len(sample) // 50


def _hopeless() -> str:
    raise refuse(
        "文字编码无法辨认，读出来是乱码", "文本须为 UTF-8、GB18030 或 UTF-16", "请用记事本打开，另存为时编码选 UTF-8"
    )


def read_text_file(content: bytes) -> Document:
    """A text file; only line ends are made alike."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    return document([text], "txt")


_SKIP = {
    "script",
    "style",
    "noscript",
    "nav",
    "footer",
    "header",
    "form",
    "button",
    "select",
    "iframe",
    "head",
    "template",
}
_BLOCKS = {
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "section",
    "article",
    "table",
    "ul",
    "ol",
    "blockquote",
    "dd",
    "dt",
    "body",
}


def _pieces(node: LexborNode) -> Iterator[str]:
    """Words and line ends in reading order; cells of a row are kept apart. Walks without recursion: pages nest deeply."""
    waiting: list[LexborNode | str] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            yield here
            continue
        if here.tag == "-text":
            yield re.sub(r"[\s\xa0]+", " ", here.text_content or "")
            continue
        if here.tag in _SKIP:
            continue
        if here.tag == "br":
            yield "\n"
            continue
        inside: list[LexborNode | str] = list(here.iter(include_text=True))
        if here.tag in _BLOCKS:
            inside = ["\n", *inside, "\n"]
        elif here.tag in {"td", "th"}:
            inside = [*inside, " | "]
        waiting.extend(reversed(inside))


def read_page(content: bytes) -> Document:
    """A saved web page: its text without navigation, scripts and furniture."""
    named = re.search(rb"charset=[\"']?([\w-]+)", content[:4096], re.IGNORECASE)
    encoding = named[1].decode("ascii", "replace").lower() if named else ""
    wide = {"gb2312": "gb18030", "gbk": "gb18030"}
    text = (_strictly(content, wide.get(encoding, encoding)) if encoding else None) or decode(content)
    body = LexborHTMLParser(text).body
    pieces = "".join(_pieces(body)) if body is not None else ""
    lines = (re.sub(r"(?: \| )+$", "", line).strip() for line in pieces.split("\n"))
    return document([line for line in lines if line], "html")
