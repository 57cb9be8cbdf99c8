"""What a workbook asks of one unit: rows whose held cells are answered already and whose other cells are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from luoshi.spine import Return
from luoshi.words.returns import ReturnColumn


@dataclass(frozen=True, slots=True)
class Held:
    """A cell nobody has to fill, because its value is kept elsewhere."""

    value: object
    """As it is kept: of the column's type."""
    source: str
    """Which return or system it comes from, with its period."""
    definition: str = ""
    """口径."""

    @property
    def said(self) -> str:
        """What the comment on its cell says."""
        return f"系统已有，不用填。来源：{self.source}" + (f"；口径：{self.definition}" if self.definition else "")


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row that went out."""

    held: Mapping[str, Held]
    """Cells by column name; the columns that tell rows apart are always here."""

    def __getitem__(self, name: str) -> object:
        """The value of a held cell; None for an open one."""
        return self.held[name].value if name in self.held else None


@dataclass(frozen=True, slots=True)
class Asked:
    """One workbook: a return, a period, a unit, and the rows it is asked for."""

    of: type[Return]
    period: str
    """As the lake writes it: 2020, 2020-09."""
    unit: str
    """Code of the school or county that fills it."""
    name: str
    """Of the unit."""
    rows: tuple[AskedRow, ...]
    spare: int = 0
    """Blank rows at the end for what is not known yet; 0 when no row may be added."""
    notes: tuple[str, ...] = field(default=())
    """Lines above the table: who asks, by which document, by when."""

    @property
    def columns(self) -> Mapping[str, ReturnColumn]:
        """What stands in the workbook: every column but those that tell who a person is."""
        return {name: one for name, one in self.of.columns.items() if not one.identifies}

    @property
    def open(self) -> int:
        """How many cells are asked."""
        return sum(name not in row.held for row in self.rows for name in self.columns)

    @property
    def answered(self) -> int:
        """How many cells are answered already."""
        return sum(len(row.held) for row in self.rows)
