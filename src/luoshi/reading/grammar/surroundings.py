"""The clauses and segments of one sentence, and the words just around a place in it."""

import re
from bisect import bisect_right

from luoshi.reading.grammar.numerals import level

_NEAR = 60
"""Words farther away than this from a number say nothing about it; it also keeps reading linear."""
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3})|[，。！!？?\n]|[；;]")
_PAUSE = re.compile(r"(?<!\d),|,(?!\d{3})|[，。！!？?\n；;、]")
_SEMICOLON = re.compile(r"[；;。！!？?\n]")


class Surroundings:
    """One sentence, levelled once, with its boundaries; every question costs the same however long it is."""

    def __init__(self, sentence: str) -> None:
        self.flat = level(sentence)
        self._commas = _ends(_COMMA, self.flat)
        self._members = _ends(_PAUSE, self.flat)
        self._segments = _ends(_SEMICOLON, self.flat)

    def clause(self, place: int) -> tuple[int, int]:
        """The stretch between commas that holds a place."""
        return _between(self._commas, place, len(self.flat))

    def segment(self, place: int) -> tuple[int, int]:
        """The stretch between semicolons that holds a place."""
        return _between(self._segments, place, len(self.flat))

    def member(self, place: int) -> tuple[int, int]:
        """The member of a list (全覆盖、通达率95%) that holds a place, else its clause."""
        return _between(self._members, place, len(self.flat))

    def before(self, place: int) -> str:
        """The words of the clause up to a place."""
        return self.flat[max(self.clause(place)[0], place - _NEAR) : place]

    def after(self, place: int) -> str:
        """The words of the clause behind a place."""
        return self.flat[place : min(self.clause(max(place - 1, 0))[1], place + _NEAR)]

    def words(self, place: int) -> str:
        """The clause around a place, no farther than sixty characters either way."""
        begun, until = self.clause(place)
        return self.flat[max(begun, place - _NEAR) : min(until, place + _NEAR)]

    def wider(self, place: int) -> str:
        """The words before a place in its segment, across commas."""
        return self.flat[max(self.segment(place)[0], place - _NEAR) : place]

    def beyond(self, place: int) -> str:
        """What follows a place across a comma, as far as it matters."""
        return self.flat[place : place + _NEAR]


def _ends(mark: re.Pattern[str], flat: str) -> list[int]:
    return [0, *(found.end() for found in mark.finditer(flat))]


def _between(ends: list[int], place: int, length: int) -> tuple[int, int]:
    at = bisect_right(ends, place)
    return ends[at - 1], (ends[at] - 1 if at < len(ends) else length)
