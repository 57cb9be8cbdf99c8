"""What the words of a clause say beside its targets: figures, days, and which words differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from luoshi.tracking import showing
from luoshi.tracking.alikeness import plain, undated
from luoshi.tracking.clause import Clause, Difference

_QUOTED = re.compile(r"《[^《》]*》|「[^「」]{0,40}」|第\d+[届期批轮个]|^[(]?\d{1,2}[).、]")
"""Names, ordinals and numbering: their digits count nothing."""
_FIGURE = re.compile(r"(?<![A-Za-z\d.])(\d{1,12}(?:\.\d{1,6})?)([万亿]?)(?![A-Za-z\d.])")
_SCALE = {"万": 10_000, "亿": 100_000_000, "": 1}
_PERIOD = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<month>\d{1,2})月(?P<day>\d{1,2}[日号]|[上中下]旬|初|中|底|末)?"
    r"|(?P<part>年底|年末|上半年|下半年|第?[一二三四]季度))(?:之?前|以前)?"
    r"|(?P<alone>(?:19|20)\d\d)年(?:底|末)?(?:之?前|以前)?"
)
_MONTH_OF = {"年底": 12, "年末": 12, "上半年": 6, "下半年": 12, "一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12}
_MONTH_ENDS = frozenset({"", "底", "末", "30日", "31日", "30号", "31号"})
_YEAR_END = 12
_LONGEST = 600
"""Words are told apart character by character up to this length; longer ones as a whole."""
_BRIDGE = 1
"""Words that differ with so few equal characters between them are told as one."""


def of_figures(before: Sequence[Clause], after: Sequence[Clause]) -> list[Difference]:
    """Figures in the words that differ: what is counted by no target is still a number that a reader compares."""
    old, new = (Counter(value for one in side for value in _figures(one.text)) for side in (before, after))
    gone, come = sorted((old - new).elements()), sorted((new - old).elements())
    if not gone and not come:
        return []
    return [Difference("数字", *("、".join(showing.as_printed(value) for value in side) for side in (gone, come)))]


def _figures(text: str) -> Iterator[Decimal]:
    for found in _FIGURE.finditer(undated(_QUOTED.sub("", plain(text)))):
        yield Decimal(found[1]) * _SCALE[found[2]]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day the words name, as far as they name it."""

    printed: str
    year: int | None
    """None when no year is printed."""
    month: int
    """Of a whole year 12."""
    rest: str
    """What follows the month; empty for its end."""

    def offset(self, edition: int | None) -> int | None:
        """Years after the edition's own; a day without a year lies in it."""
        if self.year is None:
            return 0
        return None if edition is None else self.year - edition

    def is_same(self, other: "_Day", edition: int | None, other_edition: int | None) -> bool:
        """Whether the other is this day, or this day rolled on with its edition."""
        if (self.month, self.rest) != (other.month, other.rest):
            return False
        mine, theirs = self.offset(edition), other.offset(other_edition)
        return mine is None or theirs is None or mine == theirs or (self.year is not None and self.year == other.year)

    def says_nothing(self, edition: int | None) -> bool:
        """The end of the edition's own year is when everything is due."""
        return self.month == _YEAR_END and not self.rest and self.offset(edition) in {0, None}


def of_days(before: Sequence[Clause], after: Sequence[Clause]) -> list[Difference]:
    """Days in the words that differ, beyond the rolling on of the year."""
    old = [(day, one.year) for one in before for day in _days(one)]
    new = [(day, one.year) for one in after for day in _days(one)]
    for mine in list(old):
        for theirs in new:
            if mine[0].is_same(theirs[0], mine[1], theirs[1]):
                old.remove(mine)
                new.remove(theirs)
                break
    return [
        Difference("完成时限", mine[0].printed if mine else "", theirs[0].printed if theirs else "")
        for mine, theirs in zip_longest(old, new)
    ]


def prints_day(clause: Clause) -> bool:
    """Whether the words of the clause name any day."""
    return _PERIOD.search(_QUOTED.sub("", plain(clause.text))) is not None


def _days(clause: Clause) -> list[_Day]:
    found = dict.fromkeys(_day(one) for one in _PERIOD.finditer(_QUOTED.sub("", plain(clause.text))))
    return [one for one in found if not one.says_nothing(clause.year)]


def _day(found: re.Match[str]) -> _Day:
    year = found["year"] or found["alone"]
    if found["month"]:
        rest = found["day"] or ""
        return _Day(found[0], int(year) if year else None, int(found["month"]), "" if rest in _MONTH_ENDS else rest)
    part = (found["part"] or "年底").removeprefix("第")
    return _Day(found[0], int(year) if year else None, _MONTH_OF[part], "")


def of_words(before: str, after: str) -> tuple[Difference, ...]:
    """Which words differ, in order; nothing when only years and days do."""
    if undated(before) == undated(after):
        return ()
    one, other = "".join(before.split()), "".join(after.split())
    if max(len(one), len(other)) > _LONGEST:
        return (Difference("措辞", before, after),)
    return tuple(Difference("措辞", one[a:b], other[c:d]) for a, b, c, d in _spans(one, other))


def _spans(one: str, other: str) -> list[tuple[int, int, int, int]]:
    joined: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if joined and a - joined[-1][1] <= _BRIDGE:
            joined[-1] = (joined[-1][0], b, joined[-1][2], d)
        else:
            joined.append((a, b, c, d))
    return joined
