"""A file that was brought becomes parts of returns: the one door through which every format comes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from luoshi.bureau.returns.models import Window
from luoshi.checking import Taken, take
from luoshi.checking.headings import match
from luoshi.declared.returns import RETURNS
from luoshi.reading.documents import refuse_marked
from luoshi.reading.frames import Frame, read_frame
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

_PERSONS = ("姓名", "证件号", "身份证", "学籍号", "监护人", "出生日期", "家庭住址", "现住址")
"""A heading with one of these names persons: such a file is not kept, only its rows without them."""
_LOOKED_AT = 8
"""So many rows at either end are looked through for a mark of secrecy; that is where papers bear it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one return that a file held."""

    of: type[Return]
    taken: Taken


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file held."""

    parts: tuple[Part, ...]
    told: tuple[Finding, ...] = ()
    """What is said of the whole file."""
    persons: bool = False
    """Whether it names persons; then the file itself is not kept."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(part.taken.rows.height for part in self.parts)


def opened(content: bytes, name: str, window: Window) -> Opened:
    """The parts of a file that belong to a window.

    Args:
        content: the file.
        name: as the person knows it; looked at for a mark of secrecy.
        window: its returns, and the year of its layouts.

    Raises:
        RefusedError: it cannot be read, bears a mark of secrecy, or holds none of the window's returns.
    """
    refuse_marked([PurePath(name.replace("\\", "/")).stem])
    frame = read_frame(content)
    refuse_marked([_words_of(frame)])
    of = _which([RETURNS[key] for key in window.returns], frame.headings, name)
    part = Part(of, take(of, frame.headings, frame.cells))
    if not part.taken.rows.height:
        raise RefusedError(
            Finding(name or of.label, "没有一行数", f"“{of.label}”每个单位至少一行", "请确认选对了文件、填了数再导入")
        )
    return Opened((part,), persons=_persons(of, frame.headings))


def _words_of(frame: Frame) -> str:
    ends = pl.concat([frame.cells.head(_LOOKED_AT), frame.cells.tail(_LOOKED_AT)])
    cells = (cell for row in ends.iter_rows() for cell in row if cell)
    return "\n".join((*frame.headings, *cells))


def _which(returns: Sequence[type[Return]], headings: Sequence[str], name: str) -> type[Return]:
    """The return a sheet holds: the one it is named after, else the one whose columns it has best."""
    if len(returns) == 1:
        return returns[0]
    fits = dict[type[Return], tuple[bool, int, int]]()
    refusals = list[RefusedError]()
    for of in returns:
        try:
            heads, told = match(of, headings, identities=False)
        except RefusedError as refusal:
            refusals.append(refusal)
            continue
        missing = sum(one.severity is Severity.STOPS for one in told)
        fits[of] = (of.label in name or of.key in name, -missing, len(heads))
    if not fits:
        raise RefusedError(*(finding for one in refusals for finding in one.findings))
    return max(fits, key=lambda of: fits[of])


def _persons(of: type[Return], headings: Sequence[str]) -> bool:
    if any(word in heading for heading in headings for word in _PERSONS):
        return True
    heads, _ = match(of, headings, identities=True)
    return any(head.column.identifies for head in heads)
