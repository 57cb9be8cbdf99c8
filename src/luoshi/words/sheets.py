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
