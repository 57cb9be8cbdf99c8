"""Sentences with their places, and the clauses inside them. No character is lost."""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’」』）)]*|[^。！？\n]+")
_OPEN, _CLOSE = "（(《“‘「【[", "）)》”’」】]"
_BREAKS = "，,；;"
_LONG = 1_000
"""Characters from which a sentence ends at its next semicolon too; the longest seen in a published plan has 547."""
_LONGER, _LONGEST = 1_500, 2_000
"""Characters from which it ends at its next comma, and at which it ends wherever it is."""
_SEMICOLON, _COMMA = re.compile("[；;]"), re.compile("[，,、]")


def find_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences between two places; white space at their edges is left outside.

    A sentence that never ends is cut, at a semicolon where there is one: what reads it looks at all of it many times,
    and a file of two million characters without a full stop must not take hours.
    """
    for found in _SENTENCE.finditer(text, start, end):
        for span in _cut(text, *found.span()):
            begun, until = _tight(text, *span)
            if begun < until:
                yield begun, until


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch whole, or in pieces where it is longer than any sentence."""
    while end - start > _LONG:
        mark = _SEMICOLON.search(text, start + _LONG, min(end, start + _LONGER))
        mark = mark or _COMMA.search(text, start + _LONGER, min(end, start + _LONGEST))
        until = mark.end() if mark else min(end, start + _LONGEST)
        yield start, until
        start = until
    if start < end:
        yield start, end


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
