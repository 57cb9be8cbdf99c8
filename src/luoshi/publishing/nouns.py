"""The nouns of what is published: a publication with its frozen tables, in words and numbers that are written as they stand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from luoshi.words.provenance import digest

WITHHELD = "不公布"
"""What stands in a cell that is too small to be told, on pages and in files alike."""
UNKNOWN = "——"
"""What pages print where nothing is known; files leave the cell empty."""


class Holds(StrEnum):
    """What the cells of a column are."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """One column with what is needed to read it without asking anybody."""

    key: str
    """Small letters, as files name it."""
    label: str
    holds: Holds = Holds.WORDS
    unit: str = ""
    places: int = 2
    """To how many places pages print its numbers; files hold them unrounded."""
    note: str = ""
    """口径, formula or document."""
    persons: bool = False
    """Whether it counts persons, so that small counts are withheld."""
    tells: tuple[str, ...] = ()
    """Keys of columns of persons that it would tell of where they are withheld: a rate of its part."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, frozen: numbers unrounded as text, days as 2020-09-01, nothing known as ""."""

    key: str
    title: str
    columns: tuple[OpenColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1
    """How many of the first columns together say what a row is about."""
    total: str = ""
    """What the first cell of the row says that the others add up to; empty where none does."""
    whole: str = ""
    """Key of the column that the other columns of persons add up to; empty where none does."""
    note: str = ""

    @property
    def numbers(self) -> tuple[OpenColumn, ...]:
        """Its columns of numbers."""
        return tuple(one for one in self.columns if one.holds is Holds.NUMBER)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something published comes from."""

    title: str
    told: str = ""
    """Which entry, run or day of it."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that readers see of a publication: what was approved and what was published are this, letter by letter."""

    title: str
    on: str
    """截至日, as 2020-12-31."""
    period: str
    """Of which time it tells: 2020, 2020-Q3, or the day."""
    text: tuple[str, ...]
    """Paragraphs."""
    tables: tuple[Table, ...]
    sources: tuple[Origin, ...]
    basis: str = ""
    """The document that wants it published."""
    doubt: str = ""
    """What a reader should know to be unsure."""

    @property
    def digest(self) -> str:
        """SHA-256 of everything readers see."""
        return digest_of(plain(self))


@dataclass(frozen=True, slots=True)
class Change:
    """One cell or paragraph that a correction says otherwise."""

    table: str
    """Title of the table; empty for a paragraph."""
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a publication as the public has it: the first, or a correction of the one before."""

    number: int
    """1 for the first."""
    published: str
    """The day."""
    content: Content
    approved_by: str = ""
    """The office that answers for it; never a person's name."""
    reason: str = ""
    """Why it corrects the one before."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """A numbered publication with all its editions, the first first."""

    key: str
    """What it is called in addresses and file names: 2021-3."""
    number: str
    """As it is cited: 星教公开〔2021〕3号."""
    kind: str
    """Key of what sort it is."""
    kind_label: str
    city: str
    """Key of the city."""
    publisher: str
    """The bureau."""
    editions: tuple[Edition, ...]
    imaginary: bool = False
    """Every file then says 演示数据（虚构）."""
    withdrawn: str = ""
    """The day it was withdrawn; its number, title and reason then stay, its figures go."""
    reason: str = ""
    """Why it was withdrawn."""

    @property
    def now(self) -> Edition:
        """The edition that stands."""
        return self.editions[-1]

    @property
    def title(self) -> str:
        """As it stands."""
        return self.now.content.title


def plain(content: Content) -> dict[str, Any]:
    """Content as JSON keeps it."""
    return asdict(content)


def digest_of(kept: Mapping[str, Any]) -> str:
    """The same of content as JSON keeps it, without reading it back: lists of thousands of rows are checked on every page."""
    return digest(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode())


def content_of(kept: Mapping[str, Any]) -> Content:
    """The same, read back."""
    tables = tuple(_table(one) for one in kept["tables"])
    sources = tuple(Origin(**one) for one in kept["sources"])
    return Content(**{**kept, "text": tuple(kept["text"]), "tables": tables, "sources": sources})


def _table(kept: Mapping[str, Any]) -> Table:
    columns = tuple(
        OpenColumn(**{**one, "holds": Holds(one["holds"]), "tells": tuple(one["tells"])}) for one in kept["columns"]
    )
    return Table(**{**kept, "columns": columns, "rows": tuple(tuple(row) for row in kept["rows"])})


def name_of_row(table: Table, row: Sequence[str]) -> str:
    """What a row is about, in words."""
    return " ".join(one for one in row[: table.names] if one)
