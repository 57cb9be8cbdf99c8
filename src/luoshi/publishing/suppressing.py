"""Small counts of persons in a table with totals: hidden, and with them as much more as keeps every subtraction from telling them.

A table is rows by columns; a last row may be the sum of the rows, a last column the sum of the columns. What is shown and the two
sums leave a hidden count an interval: the least and the most it can be in any table of counts that shows the same. A small count
(above 0 and below `least`) is safe when its interval reaches from 1 or below to `least` or above, so that nobody can tell whether it
is small. Intervals are found exactly: such a table is a flow in a network whose nodes are rows and columns, and the least and the
most of a cell are one greatest flow each (Gusfield 1988, A graph theoretic approach to statistical data security).

What is tried besides follows from the order of rows and columns and never from how great the counts are, or the choice would tell.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
"""Row and column, from 0; the sums stand last."""
_FREE = -1


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of persons with their sums."""

    cells: tuple[tuple[int, ...], ...]
    """Row by row, the sums among them."""
    row_sums: bool = False
    """Whether the last column is the sum of the others."""
    column_sums: bool = False
    """Whether the last row is the sum of the others."""

    @property
    def high(self) -> int:
        """Rows, with that of sums."""
        return len(self.cells)

    @property
    def wide(self) -> int:
        """Columns, with that of sums."""
        return len(self.cells[0]) if self.cells else 0

    def places(self) -> Iterator[Place]:
        """Every cell."""
        return ((row, column) for row in range(self.high) for column in range(self.wide))


def small(counts: Counts, least: int) -> set[Place]:
    """Cells whose count is above 0 and below `least`."""
    return {(row, column) for row, column in counts.places() if 0 < counts.cells[row][column] < least}


def suppressed(counts: Counts, least: int, also: Collection[Place] = ()) -> set[Place]:
    """Every cell that is hidden: the small ones, those of `also`, and those that would tell of them.

    Args:
        counts: the table.
        least: the smallest count that may be told.
        also: cells that were hidden in an earlier edition, and stay so.
    """
    told = small(counts, least)
    hidden = told | set(also)
    for place in sorted(told):
        while not _safe(counts, hidden, place, least):
            more = _next(counts, hidden, place)
            if more is None:
                return set(counts.places())
            hidden |= more
    # A cell hidden for a later one widens earlier intervals and never narrows them, so one pass is enough.
    return hidden


def _safe(counts: Counts, hidden: Collection[Place], place: Place, least: int) -> bool:
    low, high = interval(counts, hidden, place, least)
    return low <= 1 and high >= least


def interval(counts: Counts, hidden: Collection[Place], place: Place, most: int) -> tuple[int, int]:
    """The least and the most a hidden count can be for whoever sees the others; the most is not looked for beyond `most`.

    Args:
        counts: the table.
        hidden: cells nobody sees.
        place: one of them.
        most: how far up it is looked.
    """
    arcs = {each: _arc(counts, each) for each in hidden if each != place}
    begins, ends = _arc(counts, place)
    here = counts.cells[place[0]][place[1]]
    up = _flow(counts, arcs, ends, begins, max(most - here, 0))
    down = _flow(counts, arcs, begins, ends, here)
    return here - down, here + up


def _arc(counts: Counts, place: Place) -> tuple[int, int]:
    """The nodes a cell leads from and to: rows are even, columns odd; what no sum binds begins and ends in the open.

    A cell flows from its row to its column, a row's sum into the row, a column's sum out of the column.
    """
    row, column = place
    of_row = counts.row_sums and column == counts.wide - 1
    of_column = counts.column_sums and row == counts.high - 1
    begins = 2 * row if counts.row_sums else _FREE
    ends = 2 * column + 1 if counts.column_sums else _FREE
    return (ends, begins) if of_row != of_column else (begins, ends)


def _flow(counts: Counts, arcs: Mapping[Place, tuple[int, int]], begins: int, ends: int, most: int) -> int:
    """How much more can flow from one node to another, at most `most`, while no count falls below 0."""
    if begins == ends:
        return most
    left = {place: counts.cells[place[0]][place[1]] for place in arcs}
    pushed = 0
    while pushed < most and (way := _way(arcs, left, begins, ends)):
        step = min([most - pushed, *(left[place] for place, ahead in way if not ahead)])
        for place, ahead in way:
            left[place] += step if ahead else -step
        pushed += step
    return pushed


def _way(
    arcs: Mapping[Place, tuple[int, int]], left: Mapping[Place, int], begins: int, ends: int
) -> list[tuple[Place, bool]]:
    """The shortest way of cells that can grow (ahead) or fall; empty where there is none."""
    came: dict[int, tuple[int, Place, bool]] = {}
    waiting = [begins]
    for node in waiting:
        for place, (out, into) in arcs.items():
            for here, there, ahead in ((out, into, True), (into, out, False)):
                if here == node and there != begins and there not in came and (ahead or left[place] > 0):
                    came[there] = (node, place, ahead)
                    waiting.append(there)
    way, node = list[tuple[Place, bool]](), ends
    while node != begins:
        if node not in came:
            return []
        node, place, ahead = came[node]
        way.append((place, ahead))
    return way


def _next(counts: Counts, hidden: Collection[Place], place: Place) -> set[Place] | None:
    """The next cells to hide for one that can still be told: another of its row and of its column, and where those two cross."""
    row, column = place
    columns = [*(at for at in _last_first(counts.wide, sums=counts.row_sums) if at != column)]
    rows = [*(at for at in _last_first(counts.high, sums=counts.column_sums) if at != row)]
    if not counts.row_sums:
        columns = []  # nothing adds up along a row: another of the column is all there is to hide
    if not counts.column_sums:
        rows = []
    for other_row in rows or [row]:
        for other_column in columns or [column]:
            corners = {(other_row, column), (row, other_column), (other_row, other_column)} - {place}
            if not corners <= set(hidden) and any(counts.cells[one][other] for one, other in corners):
                return corners
    return None


def _last_first(many: int, *, sums: bool) -> Sequence[int]:
    """Places of a row or column, the last first, its sum at the very end."""
    return [*range(many - 2, -1, -1), many - 1] if sums else range(many - 1, -1, -1)
