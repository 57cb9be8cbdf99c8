"""What forms cost a school: cells, minutes, and how many forms a bureau may have. 中办国办 2019 减负意见: reuse before asking."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

_GENERIC = re.compile(
    r"[\s《》“”（）()0-9〔〕、，。]|关于|开展|全市|学校|教育|情况|统计表?|调查表?|报表|报送|填报|月报|年报|专项|工作|检查|的|表$"
)


@dataclass(frozen=True, slots=True)
class Burden:
    """What one form asks of one school in a year, and of all."""

    cells: int
    """Cells a school fills in a year."""
    minutes: Decimal
    schools: int

    @property
    def all_cells(self) -> int:
        """Cells all schools fill in a year."""
        return self.cells * self.schools

    @property
    def all_minutes(self) -> Decimal:
        """Minutes all schools spend in a year."""
        return self.minutes * self.schools


def burden(cells: int, times: int, per_cell: Decimal, schools: int) -> Burden:
    """Cells × times a year; minutes = that × minutes a cell."""
    yearly = cells * times
    return Burden(yearly, yearly * per_cell, schools)


def cap(baseline: int, share: Decimal) -> int:
    """How many forms are allowed: ⌊share × baseline⌋; an odd baseline rounds down."""
    return int((share * baseline).to_integral_value(ROUND_FLOOR))


def beyond(items: int, baseline: int, share: Decimal) -> int:
    """How many items of a year's plan are to be cut before it keeps to the cap."""
    return max(0, items - cap(baseline, share))


def loads(visits: Iterable[tuple[str, date]], since: date, until: date) -> Counter[str]:
    """How often each school is visited from one day to another, both with it.

    Args:
        visits: code of a school and the day, one for each item that reaches it; codes of offices where their checks are counted.
        since: first day of a term, say.
        until: its last.
    """
    return Counter(school for school, on in visits if since <= on <= until)


def loaded(visits: Iterable[tuple[str, date]], since: date, until: date, most: int) -> dict[str, int]:
    """The schools that are visited more often than they should be: how often, by code."""
    return {school: count for school, count in sorted(loads(visits, since, until).items()) if count > most}


@dataclass(frozen=True, slots=True)
class Reach:
    """What a form is about and whom it reaches when: what an overlap is seen by."""

    title: str
    kinds: frozenset[str]
    """Kinds of institutions; empty for all."""
    counties: frozenset[str]
    """Codes; empty for all."""
    months: frozenset[int]
    """Months in which it is filled."""
    schools: frozenset[str] = frozenset()
    """Codes; empty for all of these kinds and counties."""


def topic(one: Reach, other: Reach) -> str:
    """The longest words two titles share, once the words every form has are left out; empty when they share none."""
    mine, theirs = _plain(one.title), _plain(other.title)
    shared = (
        mine[at : at + length]
        for length in range(min(len(mine), len(theirs)), 1, -1)
        for at in range(len(mine) - length + 1)
        if mine[at : at + length] in theirs
    )
    return next(shared, "")


def overlap(one: Reach, other: Reach) -> str:
    """Why two forms should be one: the same schools in the same month about the same thing; empty when they should not."""
    meets = (
        _meets(one.kinds, other.kinds) and _meets(one.counties, other.counties) and _meets(one.schools, other.schools)
    )
    return topic(one, other) if meets and one.months & other.months else ""


def months(first: int, times: int) -> frozenset[int]:
    """In which months a form is filled that is due so many times a year, the first time in this month."""
    if times >= 12:  # noqa: PLR2004 -- every month
        return frozenset(range(1, 13))
    step = math.ceil(12 / max(times, 1))
    return frozenset((first - 1 + step * at) % 12 + 1 for at in range(times))


def bare(label: str) -> str:
    """A column's heading as it is compared: without spaces, signs and units."""
    return re.sub(r"[\s*＊]|\([^()]*\)$", "", unicodedata.normalize("NFKC", label)).lower()


def twice(labels: Sequence[str], asked: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Which of these headings others ask too: label → who.

    Args:
        labels: headings of a form.
        asked: headings of other forms, each with who asks and in which form.
    """
    others = dict[str, list[str]]()
    for label, who in asked:
        others.setdefault(bare(label), []).append(who)
    return {one: tuple(dict.fromkeys(others[bare(one)])) for one in labels if bare(one) in others}


def _plain(title: str) -> str:
    return _GENERIC.sub("", unicodedata.normalize("NFKC", title))


def _meets(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)
