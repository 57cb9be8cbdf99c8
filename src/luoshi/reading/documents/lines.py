"""Printed lines, as pdf and ofd hold them → paragraphs: joined where the page broke them, without numbers and running heads."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(
    r"\s*+[-—–－·.]{0,3}\s*+(?:第\s*+)?\d{1,4}(?:\s*+页)?(?:\s*+[/／,，共]\s*+(?:共\s*+)?\d{1,4}(?:\s*+页)?)?\s*+[-—–－·.]{0,3}\s*+"
)
_OPENS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,4}[章节篇编条]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(]\d{1,3}[）)]|\d{1,3}\s{0,2}[、.．](?!\d)|[①-⑳]|附件|附：)"
)
_CLOSES = re.compile(r"[。！？!?；;：:…][”’」』）)》]?\s*$")
_SHARED = 0.5
"""A line at the edge of more than half the pages, at least two, is a running head."""
_INDENT = 1.3
"""Letters a first line is set in by, at least; two is usual."""
_GAP = 1.25
"""A step this much of the usual one parts two paragraphs."""
_RAGGED = 0.75
"""A line that stops short but is this much of a full one, and stops within a sentence, goes on."""
_HAN_PAIR = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A stretch of text on a page: where its baseline begins, `down` growing downwards, and how large its letters are."""

    text: str
    left: float
    down: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    left: float
    right: float
    """About: letters are taken to be as wide as they are high, figures and Latin half as wide."""
    down: float
    size: float


def width(text: str) -> float:
    """Width in letters: wide and ambiguous characters one, others a half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def lines_of(page: Sequence[Glyphs]) -> list[Line]:
    """The lines of a page from above: stretches on one baseline, left to right."""
    rows: list[list[Glyphs]] = []
    for glyphs in sorted((one for one in page if one.text.strip()), key=lambda one: one.down):
        if rows and abs(rows[-1][0].down - glyphs.down) <= 0.4 * max(rows[-1][0].size, glyphs.size):
            rows[-1].append(glyphs)
        else:
            rows.append([glyphs])
    return [_line(sorted(row, key=lambda one: one.left)) for row in rows]


def _line(row: list[Glyphs]) -> Line:
    words, right = row[0].text, _right(row[0])
    for glyphs in row[1:]:
        gap = glyphs.left - right
        if gap > 2 * glyphs.size and words.strip():
            words += "\t"
        elif gap > 0.2 * glyphs.size and words[-1:].isascii() and glyphs.text[:1].isascii() and words[-1:].isalpha():
            words += " "
        words += glyphs.text
        right = max(right, _right(glyphs))
    size = max(row, key=lambda one: len(one.text)).size
    lead = len(words) - len(words.lstrip())
    return Line(_closed(words.strip()), row[0].left + lead * size / 2, right, row[0].down, size)


def _right(glyphs: Glyphs) -> float:
    return glyphs.left + width(glyphs.text.rstrip()) * glyphs.size


def _closed(words: str) -> str:
    """A line set with a space between every two characters is closed up; a single deliberate space stays."""
    spaces = len(_HAN_PAIR.findall(words))
    return _HAN_PAIR.sub("", words) if spaces > 1 and spaces * 3 > len(words.replace(" ", "")) else words


def paragraphs(pages: Sequence[Sequence[Glyphs]]) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs of a document, and what stood at the edges of its pages and may bear a mark."""
    printed = [lines_of(page) for page in pages]
    margins = tuple("\n".join(line.text for line in [*page[:3], *page[-2:]]) for page in printed)
    return list(_joined(_without_edges(printed))), margins


def _plain(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _without_edges(printed: list[list[Line]]) -> list[list[Line]]:
    """Pages without page numbers and running heads, which stand among the two lines at either edge."""
    often = Counter(words for page in printed for words in {_plain(line) for line in [*page[:2], *page[-2:]]})
    running = {words for words, times in often.items() if times >= 2 and times > _SHARED * len(printed)}  # noqa: PLR2004
    kept = []
    for page in printed:
        edge = {id(line) for line in [*page[:2], *page[-2:]]}
        ends = {id(line) for line in [*page[:1], *page[-1:]]}
        kept.append(
            [
                line
                for line in page
                if not (id(line) in edge and _plain(line) in running)
                and not (id(line) in ends and _NUMBER.fullmatch(line.text))
            ]
        )
    return kept


def _joined(pages: list[list[Line]]) -> Iterator[str]:
    measure = _Measure(pages)
    paragraph: list[str] = []
    last: tuple[Line, float] | None = None
    for page in pages:
        margin = measure.margin(page)
        for place, line in enumerate(page):
            above = page[place - 1] if place else None
            if paragraph and last and measure.fresh(line, margin, *last, above):
                yield "".join(paragraph)
                paragraph = []
            if paragraph and _apart(paragraph[-1], line.text):
                paragraph.append(" ")
            paragraph.append(line.text)
            last = line, margin
    if paragraph:
        yield "".join(paragraph)


def _apart(left: str, right: str) -> bool:
    """Latin words that the page broke apart keep a space between them; Chinese ones never had one."""
    return left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()


class _Measure:
    """The type area: how wide a full line is, how far apart lines stand."""

    def __init__(self, pages: list[list[Line]]) -> None:
        """Measure the pages; the widest lines but for one in fifty are full."""
        sizes = Counter[float]()
        for line in itertools.chain.from_iterable(pages):
            sizes[round(line.size, 1)] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 1.0
        widths = sorted(line.right - self.margin(page) for page in pages for line in page)
        lengths = sorted(len(line.text) for page in pages for line in page)
        edge = len(widths) - 1 - len(widths) // 50
        self.full = widths[edge] if widths else 0.0
        self.longest = lengths[edge] if lengths else 0
        steps = Counter(
            round((after.down - before.down) / after.size, 1)
            for page in pages
            for before, after in itertools.pairwise(page)
        )
        self.step = steps.most_common(1)[0][0] if steps else 0.0

    def margin(self, page: list[Line]) -> float:
        """Where lines of a page begin that are not set in: the leftmost place a fifth of its lines of text share."""
        grid = self.body / 2
        begun = Counter(round(line.left / grid) for line in page if self._is_text(line))
        usual = [place for place, times in begun.items() if times * 5 >= begun.total()]
        least = min(usual or [round(line.left / grid) for line in page], default=0)
        return min((line.left for line in page if round(line.left / grid) == least), default=0.0)

    def _is_text(self, line: Line) -> bool:
        return abs(line.size - self.body) < 0.1 * self.body

    def fresh(self, line: Line, margin: float, last: Line, last_margin: float, above: Line | None) -> bool:
        """Whether a line begins a paragraph."""
        if max(line.size, last.size) > 1.15 * min(line.size, last.size):
            return True
        if above is not None and (line.down - above.down) / line.size > _GAP * self.step:
            return True
        if "\t" in line.text or "\t" in last.text:
            return True
        closed = bool(_CLOSES.search(last.text))
        opens = bool(_OPENS.match(line.text))
        if not self._full(last, last_margin):
            ragged = last.right - last_margin > _RAGGED * self.full
            return closed or opens or not ragged or line.left - margin >= _INDENT * line.size
        if line.left - margin >= _INDENT * line.size:
            return not self._centred(last, line)
        return opens and (closed or last.text.endswith(("）", ")")))

    @staticmethod
    def _centred(last: Line, line: Line) -> bool:
        """Both about one axis and the second shorter: a title of two lines."""
        same_axis = abs(line.left + line.right - last.left - last.right) < line.size
        return same_axis and line.left - last.left > 0.5 * line.size

    def _full(self, line: Line, margin: float) -> bool:
        """Whether a line reaches the right edge, by its width or, where a program broke lines by counting, by its length."""
        slack = (2.6 + 0.12 * sum(character.isascii() for character in line.text)) * line.size
        return line.right - margin >= self.full - slack or len(line.text) >= self.longest - 1
