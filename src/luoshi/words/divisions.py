"""Cities, counties, townships: the tree that figures are summed along, and what became of each unit of it.

A unit is kept as the periods it stood in: one name, kind and parent from a first day to a last. What came of a period is a
succession: merged, split, renamed, given another code, or a part of it cut off. With both, any day of the past can be asked for.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

_GB = re.compile(r"[0-9]{6}")
_STATISTICAL = re.compile(r"[0-9]{12}")
_OWN = re.compile(r"ZZ[0-9A-Z]{1,18}")
COUNTY_DIGITS, TOWNSHIP_DIGITS = 6, 9


class Level(IntEnum):
    """How far below the city."""

    CITY = 0
    COUNTY = 1
    TOWNSHIP = 2


KINDS = {
    "city": ("市", Level.CITY),
    "county": ("县", Level.COUNTY),
    "city_county": ("县级市", Level.COUNTY),
    "district": ("区", Level.COUNTY),
    "zone": ("功能区", Level.COUNTY),
    "direct": ("市直", Level.COUNTY),
    "town": ("镇", Level.TOWNSHIP),
    "township": ("乡", Level.TOWNSHIP),
    "street": ("街道", Level.TOWNSHIP),
    "other": ("其他", Level.TOWNSHIP),
}
"""By kind: its word and its level."""


class How(StrEnum):
    """What became of a unit."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    RECODED = "recoded"
    PART = "part"

    @property
    def label(self) -> str:
        """合并、拆分、更名、变更代码、划出一部分."""
        return _HOW[self]

    @property
    def ends(self) -> bool:
        """Whether the unit of before is no more; only of a part cut off it goes on."""
        return self is not How.PART


_HOW = {
    How.MERGED: "合并",
    How.SPLIT: "拆分",
    How.RENAMED: "更名",
    How.RECODED: "变更代码",
    How.PART: "划出一部分",
}


@dataclass(frozen=True, slots=True)
class Division:
    """One unit of the tree 市 → 县(市、区) → 乡镇/街道, also 市直 and functional zones, in one period. Codes by GB/T 2260."""

    code: str
    name: str
    kind: str
    """city, county (县), city_county (县级市), district (区), zone (功能区, no GB/T 2260 code), direct (市直), or of a township
    town (镇), township (乡), street (街道), other."""
    parent: str = ""
    doubt: str = ""
    begun: date | None = None
    """The first day; None where nobody says."""
    until: date | None = None
    """The last day; None while it stands."""
    row: int | None = None
    """Its place on the tile map, rows from 1 at the north; None where the city's folder gives none."""
    column: int | None = None
    """Columns from 1 at the west."""
    longitude: float | None = None
    latitude: float | None = None

    def stands(self, on: date) -> bool:
        """Whether it stands on a day."""
        return (self.begun is None or self.begun <= on) and (self.until is None or on <= self.until)

    @property
    def level(self) -> Level:
        """How far below the city; a kind nobody knows counts as a county."""
        return KINDS.get(self.kind, ("", Level.COUNTY))[1]

    @property
    def county(self) -> str:
        """Code of the county it is or belongs to; empty for the city."""
        return {Level.CITY: "", Level.COUNTY: self.code}.get(self.level, self.parent)


@dataclass(frozen=True, slots=True)
class Succession:
    """One step from a unit to what came of it. A merger of two is two of them, a split into three is three."""

    before: str
    """Code of the unit that stood until the day before."""
    after: str
    """Code of the unit that stands from the day on."""
    on: date
    """The first day of the new state."""
    how: How
    doubt: str = ""


def plain_code(words: str) -> str:
    """A code in the form it is kept in; empty when it is none.

    A county's 12 digits that end in zeros become its 6 of GB/T 2260, a township's 9 become its 12; ZZ01 stays.
    """
    words = words.strip().upper()
    if _OWN.fullmatch(words) or _GB.fullmatch(words):
        return words
    if re.fullmatch(r"[0-9]{9}", words):
        words += "000"
    if not _STATISTICAL.fullmatch(words):
        return ""
    county, township = words[:COUNTY_DIGITS], words[COUNTY_DIGITS:TOWNSHIP_DIGITS]
    return county if township == "000" else words if words.endswith("000") else ""


def kind_of(words: str, code: str, name: str) -> str:
    """The kind a word, a name or a code says; empty when none of them does.

    Args:
        words: what a list says of it, as 镇 or town.
        code: as kept.
        name: its ending speaks where the list says nothing.
    """
    named = {label: key for key, (label, _) in KINDS.items()}
    if words in KINDS or words in named:
        return words if words in KINDS else named[words]
    if len(code) > COUNTY_DIGITS and not code.startswith("ZZ"):
        return next((key for end, key in _TOWNSHIPS if name.endswith(end)), "other")
    if name == "市直":
        return "direct"
    if code[COUNTY_DIGITS - 2 : COUNTY_DIGITS] in _ZONES or name.endswith(("开发区", "示范区", "高新区", "新区")):
        return "zone"
    return next((key for end, key in _COUNTIES if name.endswith(end)), "")


_TOWNSHIPS = (("街道", "street"), ("街道办事处", "street"), ("镇", "town"), ("乡", "township"))
_COUNTIES = (("县", "county"), ("市", "city_county"), ("区", "district"))
_ZONES = frozenset(("71", "72"))
"""Last digits of codes that statistics give to functional zones."""
