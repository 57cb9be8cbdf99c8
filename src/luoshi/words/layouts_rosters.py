"""Layouts of files with one heading row and one row a class, a pupil, a teacher or a child: headings and what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Pick(StrEnum):
    """Which of several rows of one person counts."""

    FIRST = "首行"
    ANY = "任一"
    """Yes where any row says yes."""
    SOME = "有无"
    """Yes where any row says anything; no where the set is there and says nothing."""
    SUM = "合计"
    LATEST = "最近"
    """The cell of the row with the latest day."""
    MOST = "最多"
    """The cell of the row with the largest number."""
    HIGHEST = "最高"
    """The first in the order of the declared choices."""


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column of a layout."""

    headings: tuple[str, ...]
    """The official heading first, then other spellings."""
    field: str = ""
    """What it holds: a column of the return, or a word of this house for what a column is made of; empty is not read."""
    identity: bool = False
    """Whether it tells who a person is: dropped on read, however the file goes on."""
    groups: frozenset[str] = frozenset()
    """Of each group that a layout names at least one column has to be there."""
    pick: Pick = Pick.FIRST
    by: str = ""
    """The field that `Pick.LATEST` and `Pick.MOST` look at."""


@dataclass(frozen=True, slots=True)
class RosterLayout:
    """One table of one system, as it was exported in some years."""

    key: str
    """Its name in code and the name of its file: roll_pupils."""
    label: str
    """学籍 花名册."""
    system: str
    """全国中小学生学籍信息管理系统."""
    since: int
    """The first year it was seen in."""
    of: str
    """Key of the return that its rows are of or are counted into; empty for a table that only joins others."""
    columns: tuple[RosterColumn, ...]
    source: str = ""
    """Where its headings are known from, and how surely."""

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Official headings of each group, in their order."""
        named = dict[str, tuple[str, ...]]()
        for column in self.columns:
            for group in sorted(column.groups):
                named[group] = (*named.get(group, ()), column.headings[0])
        return named


@dataclass(frozen=True, slots=True)
class Rosters:
    """All layouts that are known, and the words that stand in their cells."""

    layouts: tuple[RosterLayout, ...]
    words: Mapping[str, Mapping[str, str]]
    """By field: what is kept for a word of a file."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose that needs to know who a person is."""

    said: str
    """In words, for the journal and the report."""
    columns: frozenset[str]
    """Identity columns of the return that it may keep: name, identity, roll_number."""
