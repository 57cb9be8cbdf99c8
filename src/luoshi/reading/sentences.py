"""Sentences with their places, and the clauses inside them. No character is lost."""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’」』）)]*|[^。！？\n]+")
_OPEN, _CLOSE = "（(《“‘「【[", "）)》”’」】]"
_BREAKS = "，,；;"


def find_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences between two places; white space at their edges is left outside."""
    for found in _SENTENCE.finditer(text, start, end):
        begun, until = found.span()
        while begun < until and text[begun].isspace():
            begun += 1
        while until > begun and text[until - 1].isspace():
            until -= 1
        if begun < until:
            yield begun, until


def find_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence: between commas and semicolons that stand outside brackets and quotation marks."""
    clauses, depth, begun = [], 0, start
    for place in range(start, end):
        mark = text[place]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif mark in _BREAKS and depth == 0 and not _inside_number(text, place):
            clauses.append((begun, place))
            begun = place + 1
    stop = end
    while stop > begun and text[stop - 1] in "。！？":
        stop -= 1
    clauses.append((begun, stop))
    return [span for a, b in clauses if (span := _tight(text, a, b))[0] < span[1]]


def _inside_number(text: str, place: int) -> bool:
    """A comma between digits in groups of three."""
    return text[place] == "," and bool(re.match(r"\d,\d{3}(?!\d)", text[max(0, place - 1) : place + 5]))


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
