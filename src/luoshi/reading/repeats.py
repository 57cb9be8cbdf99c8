"""Sentences that stand more than once: a news item's list of highlights says again what a point says."""

import re
from bisect import bisect_left

from luoshi.reading.outline import Part
from luoshi.reading.sentences import find_sentences

_LEAST = 12
"""A sentence of fewer characters that stands twice is no repeat, only short."""
_MOST = 50
"""So many repeats of one sentence are told, and so many sentences that open alike are looked at."""
_OPENS = re.compile(r"(?:^|(?<=[，,；;：:、。]))")

Span = tuple[int, int]


def without_blanks(words: str) -> str:
    """What two printings of a sentence have in common."""
    return "".join(words.split())


class Repeats:
    """Where each sentence of a text stands, whatever its blanks."""

    def __init__(self, text: str, until: int) -> None:
        self._places: dict[str, list[Span]] = {}
        self._opening: dict[str, list[str]] = {}
        """Sentences by the twelve characters that any of their clauses opens with."""
        for start, end in find_sentences(text, 0, until):
            words = without_blanks(text[start:end])
            if len(words) >= _LEAST:
                self._places.setdefault(words, []).append((start, end))
        for words in self._places:
            for found in _OPENS.finditer(words):
                alike = self._opening.setdefault(words[found.start() : found.start() + _LEAST], [])
                if len(alike) < _MOST:
                    alike.append(words)

    def elsewhere(self, words: str, start: int) -> tuple[Span, ...]:
        """The other places of a sentence, in order, fifty at most."""
        return tuple(place for place in self._places.get(words, [])[: _MOST + 1] if place[0] != start)[:_MOST]

    def is_read_elsewhere(self, words: str, start: int, part: Part, *, whole: bool) -> bool:
        """Whether a sentence is read at another place: inside a point rather than outside, the first time in its point.

        Args:
            words: the sentence without blanks.
            start: where it begins.
            part: the stretch it stands in.
            whole: whether the stretch is read whole; in a preamble a sentence that a point says too is not read.
        """
        if len(words) < _LEAST:
            return False
        places = self._places.get(words, [])
        if whole:
            at = bisect_left(places, (part.start, 0))
            return at < len(places) and places[at][0] < start
        if len(places) > 1:
            return places[-1][0] != start
        return any(words in other and words != other for other in self._opening.get(words[:_LEAST], ()))
