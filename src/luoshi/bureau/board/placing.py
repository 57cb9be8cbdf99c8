"""Where a tile goes that the city's folder gives no place: near its neighbours, and in the same cell every time."""

from collections.abc import Sequence
from math import ceil, hypot, sqrt

from luoshi.bureau.people.models import Division

Cell = tuple[int, int]
"""Row and column, both from 1."""
_REACH = 99


def placed(divisions: Sequence[Division], wide: int) -> dict[str, Cell]:
    """A cell for each, by code.

    Given cells stay. Where none is given, units with points are put in rows from the north, each from the west. A unit without a
    cell goes as near as there is room to the one with a cell that is nearest on the ground, on the side it lies on; a unit
    without a point goes below all others, in the order of the list.

    Args:
        divisions: in protocol order.
        wide: tiles in a row where nothing says more.
    """
    given = {one.code: (one.row, one.column) for one in divisions if one.row and one.column}
    points = {
        one.code: (one.longitude, -one.latitude)
        for one in divisions
        if one.longitude is not None and one.latitude is not None
    }
    if not given:
        given = _strips(points)
    taken = set(given.values())
    for one in divisions:
        if one.code not in given and one.code in points and (near := _nearest(one.code, given, points)):
            given[one.code] = _beside(one.code, near, given, points, taken)
            taken.add(given[one.code])
    below = max((row for row, _ in taken), default=0)
    rest = [one.code for one in divisions if one.code not in given]
    return given | {code: (below + at // wide + 1, at % wide + 1) for at, code in enumerate(rest)}


def _strips(points: dict[str, tuple[float, float]]) -> dict[str, Cell]:
    """Rows of equal length from the north, each from the west."""
    by_north = sorted(points, key=lambda code: (points[code][1], code))
    wide = ceil(sqrt(len(by_north))) or 1
    rows = [by_north[at : at + wide] for at in range(0, len(by_north), wide)]
    return {
        code: (row, column)
        for row, codes in enumerate(rows, 1)
        for column, code in enumerate(sorted(codes, key=lambda one: (points[one][0], one)), 1)
    }


def _nearest(code: str, given: dict[str, Cell], points: dict[str, tuple[float, float]]) -> str:
    x, y = points[code]
    known = [other for other in given if other in points]
    return min(known, key=lambda one: (hypot(points[one][0] - x, points[one][1] - y), one), default="")


def _beside(
    code: str, near: str, given: dict[str, Cell], points: dict[str, tuple[float, float]], taken: set[Cell]
) -> Cell:
    """The free cell that is nearest to the neighbour's, on the side the unit lies on where several are."""
    row, column = given[near]
    east, south = points[code][0] - points[near][0], points[code][1] - points[near][1]
    ring = 1
    while ring < _REACH:
        free = [
            (down, along)
            for down in range(max(1, row - ring), row + ring + 1)
            for along in range(max(1, column - ring), column + ring + 1)
            if (down, along) not in taken
        ]
        if free:
            side = {one: (one[0] - row) * south + (one[1] - column) * east for one in free}
            return min(free, key=lambda one: (hypot(one[0] - row, one[1] - column) - (side[one] > 0) / 2, one))
        ring += 1
    return row + _REACH, column
