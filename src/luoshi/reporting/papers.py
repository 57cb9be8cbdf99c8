"""What goes on a paper that leaves the house: plain data, from which a workbook and a Word table are made."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from luoshi.words.columns import Column

MADE_UP = "演示数据（虚构）"
CODE = "校验码"
"""What the code of a paper is called on it."""
REMARKS = "修改意见"
"""Heading of the column a comment is written in."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of a paper."""

    key: str
    """Its lasting number, 2021-15-01."""
    cells: Mapping[str, str]
    """By column key."""
    editable: frozenset[str] = frozenset()
    """Columns that whoever gets the paper may fill."""
    group: str = ""
    """The point it belongs to; a band stands above the first row of each."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A table of the ledger as it goes out."""

    code: str
    title: str
    subtitle: str
    columns: Sequence[Column]
    """The first holds the lasting number of each row."""
    rows: Sequence[PaperRow]
    made_up: bool = False
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What a drop-down of a column offers."""


def printable(words: str) -> str:
    """Words as a file can hold them: line ends as LF, no control characters."""
    return _UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
