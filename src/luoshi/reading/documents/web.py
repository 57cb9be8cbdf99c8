"""A saved web page → its main text, without navigation, scripts and furniture."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from luoshi.reading.documents.document import BODY, HEADING, LIST, TABLE, Piece, Reading
from luoshi.reading.documents.numbering import drawn
from luoshi.reading.documents.plain import decode, remarks, strictly
from luoshi.reading.documents.refusals import overgrown, refuse

MOST = 4_000_000
"""Characters of markup; the longest plan on a government site seen has under one million."""
MOST_TAGS = 200_000
MOST_DEPTH = 3_000
"""Elements that may stand open at once: the parser's time grows with the square of it."""
MOST_REOPENED = 3_000_000
"""Open elements of style times blocks: the parser opens each anew in every block."""
MOST_ATTRIBUTES = 500_000_000
"""Sum of the squares of the attributes of each tag: the parser compares every one with every other."""

_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TAG = re.compile(r"<[a-zA-Z](?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+")
_STYLING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option html head body".split()
)
_SKIP = frozenset(
    "script style noscript nav footer aside form button select iframe head template svg canvas object textarea".split()
)
_BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 tr section article table ul ol blockquote dd dt body main header center pre caption".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumb\w*|foot\w*|copyright|share\w*|sidebar|side|aside|related|recommend\w*"
    r"|tool(?:bar|s)?|print\w*|login|search\w*|banner|pag(?:er|ination)\w*|hot|rank\w*|logo|top(?:bar|nav)|qrcode|ewm|weizhi|dqwz)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_WIDE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_SITE = re.compile(r"\s*[-—_|｜–]\s*[^-—_|｜–]{2,30}$")
_TITLE_MOST = 200
_PROSE = re.compile(r"[，。；：、,;]")


def page_text(content: bytes) -> tuple[str, str]:
    """The markup as characters: what the page itself declares when it fits, else what its bytes tell."""
    named = _CHARSET.search(content[:4096])
    if named and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = named[1].decode("ascii", "replace").lower()
        encoding = _WIDE.get(encoding, encoding)
        text = strictly(content.removeprefix(b"\xef\xbb\xbf"), encoding)
        if text is not None and "\x00" not in text:
            return text, "declared"
    return decode(content)


def read_page(text: str, encoding: str) -> Reading:
    """The main text: where nearly all the prose of the page stands, its title above it."""
    if _monstrous(text):
        raise overgrown(
            "网页", f"网页不超过 {MOST // 10_000} 万字符、{MOST_TAGS // 10_000} 万个标签，嵌套不超过 {MOST_DEPTH} 层"
        )
    parser = LexborHTMLParser(text)
    body = parser.body
    shown = " ".join(body.text(deep=True, separator=" ").split()) if body is not None else ""
    pieces = _tidy(_pieces(_main(body))) if body is not None else []
    if not pieces:
        raise refuse(
            "网页里没有正文，文字可能由脚本载入",
            "网页须含正文文字",
            "请在浏览器中打开网页，复制正文到 Word，另存为 docx 再上传",
        )
    title = _title(parser)
    if title and not any(_same(title, piece.text) for piece in pieces[:12]):
        pieces.insert(0, Piece(title, HEADING))
    whole = "\n".join(piece.text for piece in pieces)
    # The whole page as one line: there a level with a star still counts, a menu called 内部资料 does not.
    return Reading(tuple(pieces), "html", title=title, margins=(shown,), notices=tuple(remarks(whole, encoding)))


def _monstrous(text: str) -> bool:
    """Whether the markup would take the parser more than seconds. Counted from the characters, so only about right."""
    if len(text) > MOST:
        return True
    counts: Counter[str] = Counter()
    depth = styled = most_styled = blocks = 0
    for tags, (closing, name) in enumerate(_OPENED.findall(text), 1):
        tag = name.lower()
        blocks += tag in _BLOCKS
        step = 0 if tag in _FLAT else 1 if not closing else -1 if counts[tag] else 0
        counts[tag] += step
        depth += step
        styled += step if tag in _STYLING else 0
        most_styled = max(most_styled, styled)
        if depth > MOST_DEPTH or tags > MOST_TAGS:
            return True
    squares = sum(len(tag.group().split()) ** 2 for tag in _TAG.finditer(text))
    return most_styled * blocks > MOST_REOPENED or squares > MOST_ATTRIBUTES


def _same(title: str, line: str) -> bool:
    plain = re.sub(r"\s", "", title)
    return plain in re.sub(r"\s", "", line)


def _title(parser: LexborHTMLParser) -> str:
    """The heading of the page, else its window title without the site's name."""
    heading = parser.css_first("h1")
    told = heading.text(deep=True) if heading is not None else ""
    if not told.strip():
        window = parser.css_first("title")
        told = _SITE.sub("", " ".join(window.text(deep=True).split())[:_TITLE_MOST]) if window is not None else ""
    told = " ".join(told.split())
    return told if 4 < len(told) <= 60 else ""  # noqa: PLR2004


def _kept(node: LexborNode) -> bool:
    if node.tag in _SKIP or node.tag in {"-comment", "_comment"}:
        return False
    told = node.attributes if node.is_element_node else {}
    return "hidden" not in told and not _HIDDEN.search(told.get("style") or "")


def _furniture(node: LexborNode) -> bool:
    told = node.attributes
    return bool(_FURNITURE.search(f"{told.get('class') or ''} {told.get('id') or ''} {told.get('role') or ''}"))


def _prose(node: LexborNode, weights: dict[int, int]) -> int:
    """How many characters of sentences, not of links, stand below a node; below each of its children too, in one walk."""
    waiting: list[tuple[LexborNode, bool]] = [(node, False)]
    while waiting:
        here, done = waiting.pop()
        inside = [child for child in here.iter(include_text=True) if _kept(child)] if here.tag != "-text" else []
        if done:
            weights[here.mem_id] = 0 if here.tag == "a" else sum(weights.get(child.mem_id, 0) for child in inside)
        elif here.tag == "-text":
            words = (here.text_content or "").strip()
            weights[here.mem_id] = len(words) if _PROSE.search(words) else 0
        else:
            waiting.append((here, True))
            waiting.extend((child, False) for child in inside)
    return weights.get(node.mem_id, 0)


def _main(body: LexborNode) -> LexborNode:
    """The innermost element that holds four fifths of the page's prose; furniture by name is left out on the way."""
    weights: dict[int, int] = {}
    whole = _prose(body, weights)
    _drop_furniture(body, weights, whole)
    here = body
    while whole:
        inner = [child for child in here.iter() if _kept(child) and weights.get(child.mem_id, 0) >= 0.8 * whole]
        if not inner or inner[0].tag in {"tr", "tbody", "ol", "ul", "p", "td", "span", "font"}:
            break
        here = inner[0]
    return here


def _drop_furniture(body: LexborNode, weights: dict[int, int], whole: int) -> None:
    """Menus, footers and share bars go, unless a fifth of the prose stands in them: names lie."""
    waiting, gone = [body], []
    while waiting:
        for child in waiting.pop().iter():
            light = weights.get(child.mem_id, 0) <= whole // 5
            if child.tag in _SKIP or (light and _furniture(child)):
                gone.append(child)
            else:
                waiting.append(child)
    for child in gone:
        child.decompose()


def _pieces(main: LexborNode) -> Iterator[tuple[str, str]]:
    """Words, line ends and the kind of the block they stand in. Walks without recursion: pages nest deeply."""
    waiting: list[tuple[LexborNode | str, str]] = [(main, "")]
    counts: dict[int, int] = {}
    while waiting:
        here, kind = waiting.pop()
        if isinstance(here, str):
            yield here, kind
        elif here.tag == "-text":
            yield re.sub(r"[\s\xa0]+", " ", here.text_content or ""), kind
        elif here.tag == "br":
            yield "\n", kind
        elif _kept(here):
            kind = _kind(here.tag or "", kind)
            inside: list[LexborNode | str] = list(here.iter(include_text=True))
            if here.tag == "li":
                inside.insert(0, _number(here, counts))
            if here.tag in {"td", "th"}:
                inside.append(" | ")
            elif here.tag in _BLOCKS and not (kind == TABLE and here.tag in {"p", "div"}):
                inside = ["\n", *inside, "\n"]
            elif here.tag in _BLOCKS:
                inside = [" ", *inside, " "]
            waiting.extend((part, kind) for part in reversed(inside))


def _kind(tag: str, around: str) -> str:
    if around == TABLE:
        return TABLE
    return HEADING if tag in _HEADINGS else LIST if tag == "li" else TABLE if tag == "tr" else around


def _number(item: LexborNode, counts: dict[int, int]) -> str:
    """The number a browser draws before an item of an ordered list."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.attributes.get("start") or "1"
    before = counts.get(parent.mem_id, int(start) - 1 if start.lstrip("-").isdigit() and len(start) < 6 else 0)  # noqa: PLR2004
    counts[parent.mem_id] = before + 1
    forms = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    style = parent.attributes.get("style") or ""
    if "cjk" in style or "chinese" in style:
        return drawn(before + 1, "chineseCounting") + "、"
    return drawn(before + 1, forms.get(parent.attributes.get("type") or "", "decimal")) + "."


def _tidy(parts: Iterator[tuple[str, str]]) -> list[Piece]:
    """Lines without blank ends; a layout table of one cell a row reads as paragraphs."""
    lines: list[Piece] = []
    words: list[str] = []
    told = ""
    for part, kind in [*parts, ("\n", "")]:
        if part == "\n":
            line = re.sub(r" {2,}", " ", "".join(words)).strip(" \u3000|")
            if line:
                lines.append(Piece(line, BODY if told == TABLE and " | " not in line else told))
            words, told = [], ""
        else:
            words.append(part)
            told = told or (kind if part.strip(" |") else "")
    return lines
