"""What a progress reply is, what the ledger wants to know, and what was found: the nouns of this room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luoshi.spine import Comparator
from luoshi.words.findings import Finding

LONGEST = 200
"""Characters of progress text a ledger's cell holds."""


class Manner(StrEnum):
    """What a stretch of a reply is."""

    ROW = "row"
    """One row of a table or a sheet: it speaks of one task."""
    PROSE = "prose"
    """A paragraph: it may speak of several."""
    TROUBLE = "trouble"
    """Below a heading 存在问题: no progress stands in it."""
    NEXT = "next"
    """Below a heading 下步打算: its numbers are intentions."""


class Claim(StrEnum):
    """How the reply says a task stands; what people wrote, not what was judged."""

    DONE = "已完成"
    UNDERWAY = "正在推进"
    NOT_BEGUN = "尚未启动"
    STANDING = "常态化推进"
    PAUSED = "暂缓"


@dataclass(frozen=True, slots=True)
class Stated:
    """A day as a reply prints it: 截至8月31日 has no year, 8月底 no day."""

    words: str
    year: int | None
    month: int
    day: int | None
    """None is the month's last."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a reply that may answer for an item."""

    place: str
    """第3段, 表1第4行, Sheet1!B7, 第2条."""
    words: str
    """Its progress text: of a row the cells of progress and value, of prose the paragraphs below one heading."""
    manner: Manner = Manner.PROSE
    number: str = ""
    """What stands under 序号 or 编号, verbatim."""
    title: str = ""
    """The task as the reply names it: its cell, or the heading above the paragraph."""
    above: str = ""
    """Headings further out."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Of a row: words by what the column is (target, value, rate, last, period, unit, trouble, next, day, office, state)."""
    day: Stated | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it was read, before anybody asked what it answers."""

    name: str
    """The file's, as the person knows it; empty for a pasted message."""
    form: str
    """docx, xlsx, xls, txt, pasted …: by content."""
    sender: str
    """Who sends it, as the reply itself says; empty when it does not."""
    day: Stated | None
    """截至 …, else the day it is signed."""
    parts: tuple[Part, ...]
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedTarget:
    """One number the ledger waits for."""

    subject: str
    unit: str
    comparator: Comparator = Comparator.EXACTLY
    value: Decimal | None = None
    phrases: tuple[str, ...] = ()
    """What the target's indicator goes by."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item of the ledger of which a reply may speak."""

    id: int
    number: str
    """"15.1"."""
    paper_number: str
    """"2020-15-01"."""
    title: str
    clause: str
    """原文."""
    office: str = ""
    """Name of the lead section."""
    divisions: tuple[str, ...] = ()
    """Names of the divisions that answer for it; empty is the whole city."""
    targets: tuple[WantedTarget, ...] = ()
    last_words: str = ""
    last_value: Decimal | None = None
    """Of the first target, as it was reported last time."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure a reply tells; start and end are offsets into the answer's source words."""

    value: Decimal
    unit: str
    about: bool
    """约, 近, 余: not exact."""
    on: date | None
    numerator: Decimal | None
    denominator: Decimal | None
    start: int
    end: int
    printed: str
    """The number as it stands there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item a stretch may mean."""

    item: int
    score: float
    """0 to 1: how much of the item's own words the stretch says, with office, unit and number weighed in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one stretch says about one item, or a stretch for which no item was found."""

    part: Part
    item: int | None
    sure: bool
    """False asks which item is meant."""
    score: float
    candidates: tuple[Candidate, ...]
    """The best three, best first."""
    words: str
    """At most 200 characters of progress text, for the ledger."""
    source: str
    """The stretch itself; offsets of figures count its characters."""
    figures: tuple[Told | None, ...] = ()
    """One for each target of the item, in its order."""
    claim: Claim | None = None
    trouble: str = ""
    next_step: str = ""
    nothing_new: bool = False
    """本期无新进展: last time's figure stands."""
    doubts: tuple[Finding, ...] = ()
    """What a person is asked; empty and sure is taken over with one look."""

    @property
    def figure(self) -> Told | None:
        """The first figure there is."""
        return next((one for one in self.figures if one is not None), None)

    @property
    def asks(self) -> bool:
        """Whether a person has to decide something."""
        return not self.sure or bool(self.doubts)
