"""Sheets of a workbook as text, as they lie in the file: what layouts are matched against."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet; a text file with columns is one sheet that goes by the file's name."""

    name: str
    cells: "pl.DataFrame"
    """Text, null where a cell is empty; row 0 and column 0 are the first of the sheet, blank ones are kept.

    A merged cell says its words once, in its first cell, as every reader of the format gives them.
    """
    hidden: bool = False
    """Whether the file hides it; such a sheet is told and not taken."""


def letters(place: int) -> str:
    """A column, counted from 0, as a spreadsheet names it: A, B, … Z, AA."""
    said, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def saved_text(content: bytes) -> str:
    """A text table as WPS and Excel save it: UTF-8, with or without a mark at its head, else GB 18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")
