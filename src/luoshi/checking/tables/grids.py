"""A table of somebody else's as a grid: what stands in which place, merged places seen as one."""

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[int, int, int]
"""Table, row, column, each from 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, merged or not."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    value: bool = False
    """Whether it holds a number or a formula: nothing that could name what stands beside it."""
    percent: bool = False
    """Whether its form shows 0.5 as 50%."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or one table of a document."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    """By row and column of each cell's first place."""
    above: str = ""
    """What is written over a document's table; a sheet has it inside."""

    @property
    def width(self) -> int:
        """Columns it reaches over."""
        return max((one.column + one.columns for one in self.cells.values()), default=0)

    def spread(self) -> dict[tuple[int, int], Cell]:
        """Every place with the cell that covers it."""
        return {
            (row, column): one
            for one in self.cells.values()
            for row in range(one.row, one.row + one.rows)
            for column in range(one.column, one.column + one.columns)
        }
