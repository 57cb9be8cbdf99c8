"""Tables made safe for everybody: small counts of persons withheld, with the rates that would give them away."""

from collections.abc import Collection
from dataclasses import replace

from luoshi.publishing.nouns import WITHHELD, OpenColumn, Table, name_of_row
from luoshi.publishing.suppressing import Counts, suppressed

Told = tuple[str, str]
"""What a row is about, and the key of a column."""


def made_safe(table: Table, least: int, also: Collection[Told] = ()) -> Table:
    """A table with every small count of persons withheld, and whatever would tell it.

    Args:
        table: numbers of persons are whole and not negative; an empty one counts as none and stays empty.
        least: the smallest count that may be told.
        also: cells an earlier edition withheld: they stay withheld, or the two editions together would tell them.

    Raises:
        ValueError: a count of persons is no whole number, or a sum is not the sum it says it is.
    """
    counted = _counted(table)
    if not counted:
        return table
    places = [at for at, _ in counted]
    counts = _counts(table, places, row_sums=bool(table.whole))
    of_row = {name_of_row(table, row): at for at, row in enumerate(table.rows)}
    of_column = {one.key: at for at, (_, one) in enumerate(counted)}
    earlier = [(of_row[row], of_column[key]) for row, key in also if row in of_row and key in of_column]
    hidden = suppressed(counts, least, earlier)
    withheld = {(row, counted[at][1].key) for row, at in hidden}
    return replace(table, rows=tuple(_row(table, at, row, withheld) for at, row in enumerate(table.rows)))


def withheld_in(table: Table) -> frozenset[Told]:
    """Cells of persons that are withheld."""
    return frozenset(
        (name_of_row(table, row), column.key)
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if column.persons and value == WITHHELD
    )


def _counted(table: Table) -> list[tuple[int, OpenColumn]]:
    """Columns of persons with their places, their sum last."""
    found = [(at, one) for at, one in enumerate(table.columns) if one.persons]
    return sorted(found, key=lambda pair: pair[1].key == table.whole)


def _counts(table: Table, places: list[int], *, row_sums: bool) -> Counts:
    cells = tuple(tuple(int(row[at] or 0) for at in places) for row in table.rows)
    counts = Counts(cells, row_sums=row_sums, column_sums=bool(table.total))
    body = [row[: counts.wide - row_sums] for row in cells]
    wrong = [table.title for row, parts in zip(cells, body, strict=True) if row_sums and sum(parts) != row[-1]]
    columns = zip(*cells, strict=True) if table.total else ()
    wrong += [table.title for column in columns if sum(column[:-1]) != column[-1]]
    if wrong or any(one < 0 for row in cells for one in row):
        message = f"the counts of “{table.title}” do not add up"
        raise ValueError(message)
    return counts


def _row(table: Table, at: int, row: tuple[str, ...], withheld: Collection[tuple[int, str]]) -> tuple[str, ...]:
    gone = {key for place, key in withheld if place == at}
    return tuple(
        WITHHELD if (column.key in gone or not gone.isdisjoint(column.tells)) and value else value
        for column, value in zip(table.columns, row, strict=True)
    )
