"""Figures as they leave the house: one row a figure, with everything that is needed to read it without asking us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MADE_UP = "演示数据（虚构）"
STANDINGS: Mapping[str, str] = {
    "measured": "按明细计算",
    "reported": "上报数",
    "verified": "核定数",
    "published": "发布数",
    "press": "公开报道数",
}
"""How far a figure has come; what was summed from rows stands beside the words of spine.Standing."""
LEVELS: Mapping[str, str] = {"city": "全市", "county": "县(市、区)"}


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """One figure of one division. All of it is text that is written as it stands, so nothing is rounded on the way."""

    indicator: str
    """Key of the indicator or measure."""
    level: str
    """city or county. A school is never told."""
    division: str
    """Its code by GB/T 2260, or the city's own."""
    name: str
    period: int
    """First year of the school year, or the calendar year."""
    on: str
    """时点: a day as 2020-09-01, or a period in words."""
    known: str
    """The day it became known."""
    definition: str
    """口径."""
    value: str
    """Unrounded; empty where nothing is known or nothing may be told."""
    shown: str
    """As pages print it: half up, with its unit."""
    unit: str
    numerator: str
    """分子, exact; empty where it was not given."""
    denominator: str
    """分母; empty for a count."""
    standing: str
    """A key of STANDINGS."""
    source: str
    doubt: str
    version: str
    """Of the figure: the same for the same rows, parameters and words."""
    source_url: str = ""
    about: bool = False
    """True for 约, 余, 多."""
    persons: bool = False
    """Whether what is counted are persons, so that small counts are withheld from the public."""
    withheld: bool = False
    """Its count is too small to be told."""


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """What an indicator is, as a row of its own."""

    key: str
    label: str
    label_en: str
    unit: str
    better: str
    """higher or lower; empty where neither."""
    part: str
    """What is counted above, in words."""
    whole: str
    source: str
    answers: str
    """The mechanism of the plan it serves, "M16.3"."""


@dataclass(frozen=True, slots=True)
class OpenDivision:
    """A division figures are told of."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms figures may be used. The bureau says so; the house never does."""

    name: str
    """As the Open Definition or the bureau names it."""
    path: str = ""
    """Where it is written; may be empty."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What goes out together."""

    key: str
    """Of the city: lower case letters."""
    title: str
    publisher: str
    """The bureau."""
    description: str
    made: datetime
    """When it was put together, with its time zone."""
    figures: tuple[OpenFigure, ...]
    indicators: tuple[OpenIndicator, ...]
    divisions: tuple[OpenDivision, ...]
    imaginary: bool
    """Every file then says 演示数据（虚构）."""
    licence: Licence | None = None

    @property
    def note(self) -> str:
        """What stands in every row of a made-up city; empty elsewhere."""
        return MADE_UP if self.imaginary else ""
