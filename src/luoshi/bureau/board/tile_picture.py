"""县区色块图: each county a tile in a grid, shaded by the class of its value with the number in it. No borders are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.bureau.board import placing
from luoshi.bureau.people.models import Division

WIDE = 5
"""Tiles in a row where the city's folder gives no places."""
CLASSES = 4


@dataclass(frozen=True, slots=True)
class Value:
    """What a tile prints."""

    value: Decimal | None
    shown: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One county."""

    code: str
    name: str
    row: int
    column: int
    shown: str
    """Its value; empty where there is none."""
    detail: str
    """分子/分母."""
    shade: int
    """1 for the lowest class to 4 for the highest; 0 where nothing is known."""
    url: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The map and its legend."""

    columns: int
    rows: int
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[int, Decimal, Decimal], ...]
    """Shade, and the lowest and highest value in it."""
    placed: bool
    """Whether every place is the city's own."""


def tiles(divisions: Sequence[Division], values: Mapping[str, Value]) -> Tiles | None:
    """The map; None where fewer than two counties have a value.

    Args:
        divisions: in protocol order.
        values: by code.
    """
    known = sorted({one.value for one in values.values() if one.value is not None})
    if sum(one.value is not None for one in values.values()) < 2 or not divisions:  # noqa: PLR2004  # one tile is no map
        return None
    placed = all(one.row and one.column for one in divisions)
    shades = _shades(known)
    told = []
    cells = placing.placed(divisions, WIDE)
    for one in divisions:
        row, column = cells[one.code]
        of = values.get(one.code, Value(None, "", "", ""))
        shade = shades[of.value] if of.value is not None else 0
        told.append(Tile(one.code, one.name, row, column, of.shown, of.detail, shade, of.url))
    legend = [
        (shade, min(inside), max(inside))
        for shade in range(1, CLASSES + 1)
        if (inside := [one for one in known if shades[one] == shade])
    ]
    told.sort(key=lambda one: (one.row, one.column))
    return Tiles(max(one.column for one in told), max(one.row for one in told), tuple(told), tuple(legend), placed)


def _shades(known: Sequence[Decimal]) -> dict[Decimal, int]:
    """Different values in four classes as equal in number as can be; equal values are in one class."""
    if len(known) == 1:
        return {known[0]: 1}
    few = min(CLASSES, len(known))
    return {one: 1 + at * few // len(known) for at, one in enumerate(known)}
