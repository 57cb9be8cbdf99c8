"""Stretches of a sentence that are names: what stands inside them is never an amount."""

import re
from bisect import bisect_right

_NAME = re.compile(
    r"“[^”\n]{1,40}”|‘[^’\n]{1,30}’|「[^」\n]{1,30}」|\"[^\"\n]{1,20}\"|"
    r"《[^》\n]{1,80}》|"
    r"【[^】\n]{0,20}】|\[[^\]\n]{0,10}\]|〔[^〕\n]{0,10}〕"
)


class Names:
    """The names of one sentence; answers whether a place lies inside one, in logarithmic time."""

    def __init__(self, sentence: str) -> None:
        spans = [found.span() for found in _NAME.finditer(sentence)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def hold(self, place: int) -> bool:
        """Whether the character at a place is part of a name."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]
