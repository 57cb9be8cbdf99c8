"""County values of one measure as bars, each with the tick where it stood last year and a line from there to here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.bureau.board.overview import Line

LEFT, WIDE, RIGHT, LANE, TOP = 128, 520, 190, 22, 8
"""Units of the drawing: room for names, the longest bar, room for numbers, height of a lane, what is above."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One county."""

    name: str
    y: int
    middle: int
    width: float
    tick: float | None
    """Where it stood last year; None where that is not known."""
    said: str
    change: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture."""

    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]


def bars(lines: Sequence[Line], place: int) -> Bars | None:
    """Bars from 0; None where fewer than two counties have a figure.

    Args:
        lines: of the table, the whole city among them.
        place: of the measure among the cells.
    """
    known = [(one, one.cells[place]) for one in lines if one.cells[place].value is not None]
    if len(known) < 2:  # noqa: PLR2004  # one bar says nothing
        return None
    values = [one for _line, cell in known for one in (cell.value, cell.earlier) if one is not None]
    if any(one < 0 for one in values):
        return None
    counted = all(not one.whole or cell.fraction for one, cell in known)
    drawn = [pair for pair in known if counted or not pair[0].whole]  # a city's total would dwarf its counties
    most = max(
        [one for _line, cell in drawn for one in (cell.value, cell.earlier) if one is not None] or [Decimal(0)]
    ) or Decimal(1)
    told = [
        Bar(
            line.name,
            TOP + at * LANE,
            TOP + at * LANE + LANE // 2,
            _long(cell.value, most) or 0,
            _long(cell.earlier, most),
            cell.shown,
            cell.change,
            line.whole,
        )
        for at, (line, cell) in enumerate(drawn)
    ]
    return Bars(LEFT + WIDE + RIGHT, TOP * 2 + len(told) * LANE, LEFT, tuple(told))


def _long(value: Decimal | None, most: Decimal) -> float | None:
    return None if value is None else round(float(value / most) * WIDE, 1)
