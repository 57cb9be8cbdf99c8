"""Two texts beside each other: which words went, which came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[A-Za-z0-9]+(?:[.%:/-][A-Za-z0-9]+)*%?|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]|[^。；;！？\n]+", re.DOTALL)
_MOST = 1500
"""Words on each side up to which differing sentences are compared word by word; more than these are another text."""
_SHORT = 2
"""So few words that stayed between two that changed are told as changed: a reader sees phrases, not crumbs."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both texts."""

    went: str
    """What only the older has, or both."""
    came: str
    """What only the newer has, or both."""

    @property
    def same(self) -> bool:
        """Whether it stayed."""
        return self.went == self.came


def compared(before: str, after: str) -> list[Stretch]:
    """The stretches of two texts in order: joined, `went` is the older and `came` the newer one.

    Sentences are laid side by side first, then the words of those that differ: so a new sentence is told as one. A Chinese
    character is a word, and so are a number with its sign and a word in Latin letters.
    """
    sentences = _SENTENCE.findall(before), _SENTENCE.findall(after)
    return _joined(finer for one in _stretches(*sentences) for finer in _finer(one))


def _finer(one: Stretch) -> list[Stretch]:
    words = _WORD.findall(one.went), _WORD.findall(one.came)
    return [one] if one.same or max(map(len, words)) > _MOST else list(_stretches(*words))


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    for _, low, high, down, up in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield Stretch("".join(before[low:high]), "".join(after[down:up]))


def _joined(stretches: Iterator[Stretch]) -> list[Stretch]:
    """Neighbours that changed as one, with what is short between them."""
    told: list[Stretch] = []
    for one in stretches:
        crumb = len(told) > 1 and told[-1].same and len(told[-1].went) <= _SHORT and not one.same
        if crumb:
            between = told.pop()
            told[-1] = Stretch(told[-1].went + between.went + one.went, told[-1].came + between.came + one.came)
        elif told and told[-1].same == one.same:
            told[-1] = Stretch(told[-1].went + one.went, told[-1].came + one.came)
        else:
            told.append(one)
    return told
