"""Layouts of the annual return: which title in a file is which column of which return. Data, one a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from luoshi.words.returns import Return


class Shape(StrEnum):
    """How a file lies."""

    FLAT = "flat"
    """平面导出: one row an institution, header rows of merged cells above."""
    BOOK = "book"
    """A workbook for each institution, a sheet for each table."""


class Need(StrEnum):
    """What it means when a title is not there."""

    ALWAYS = "必有"
    """Then the file is not of this layout."""
    TOGETHER = "同有"
    """Then it is not, if other titles of the same table are there: half a table is worse than none."""
    MAYBE = ""
    """Then the column stays empty."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one column of a return is found."""

    of: type[Return] | None
    """The return; None for every return that has such a column."""
    stage: str
    """学段 of the row it belongs to, as a code; empty where the return knows none, ? where the sheet's name says it."""
    column: str
    """Name of the column."""
    table: tuple[str, ...]
    """Titles the table goes by, one after another; empty for the columns that say who an institution is."""
    row: tuple[str, ...]
    """Ways to write the row in the first column, 上级>本行; empty in a flat export."""
    paths: tuple[str, ...]
    """Ways to write the header, 上级>下级; the first that is met counts."""
    unit: str = ""
    """万元, where the file prints none."""
    need: Need = Need.MAYBE
    how: str = ""
    """What is done with the cell: see the guide; empty takes it as it is."""

    @property
    def group(self) -> tuple[str, str, tuple[str, ...]]:
        """Return, stage and table: what is there whole or not at all."""
        return (self.of.key if self.of else "", self.stage, self.table)

    def __str__(self) -> str:
        """As an official would look for it."""
        return "＞".join(part for part in (*self.table[:1], *self.row[:1], *self.paths[:1]) if part)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """版式: one kind of file of some years."""

    key: str
    name: str
    shape: Shape
    first: int
    """The first school year it was used in."""
    last: int | None
    """The last; None while it is in use."""
    sources: tuple[Source, ...]
    words: Mapping[str, Mapping[str, str]]
    """Words of choices: code by what may be written, by column; `stage` has the words of sheet names, `stages` the stages of
    a kind of institution, by blanks."""

    def used_in(self, year: int | None) -> bool:
        """Whether it was used in a school year; None asks nothing."""
        return year is None or (self.first <= year and (self.last is None or year <= self.last))
