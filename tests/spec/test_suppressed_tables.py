"""公开表格的小单元格: what is shown and every sum together leave each small count as uncertain as the rule says. By trying every table."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.publishing.nouns import WITHHELD, Holds, OpenColumn, Table
from luoshi.publishing.safe_tables import made_safe, withheld_in
from luoshi.publishing.suppressing import Counts, Place, interval, small, suppressed

LEAST = 5
_BEYOND = 2 * LEAST


@some.composite
def tables(draw: some.DrawFn) -> Counts:
    """Any small table, mostly of small counts, with one kind of sums, both or none."""
    high, wide = draw(some.integers(1, 4)), draw(some.integers(1, 3))
    count = some.one_of(some.just(0), some.integers(1, 6), some.integers(0, 40))
    body = [[draw(count) for _ in range(wide)] for _ in range(high)]
    return summed(body, row_sums=draw(some.booleans()), column_sums=draw(some.booleans()))


def summed(body: list[list[int]], *, row_sums: bool, column_sums: bool) -> Counts:
    cells = [[*row, sum(row)] if row_sums else row for row in body]
    if column_sums:
        cells.append([sum(column) for column in zip(*cells, strict=True)])
    return Counts(tuple(map(tuple, cells)), row_sums, column_sums)


def _bodies(counts: Counts, hidden: set[Place], most: int) -> Iterator[list[list[int]]]:
    """Every table whose parts may be what is hidden, each hidden part at most `most`."""
    high, wide = counts.high - counts.column_sums, counts.wide - counts.row_sums
    choices = [
        range(most + 1) if (row, column) in hidden else (counts.cells[row][column],)
        for row in range(high)
        for column in range(wide)
    ]
    for told in product(*choices):
        yield [list(told[row * wide : (row + 1) * wide]) for row in range(high)]


def by_trying(counts: Counts, hidden: set[Place], most: int) -> dict[Place, tuple[int, int]]:
    """The interval of every hidden cell, from all tables that look the same: slow and obvious."""
    seen: dict[Place, set[int]] = {place: set() for place in hidden}
    for body in _bodies(counts, hidden, most):
        other = summed(body, row_sums=counts.row_sums, column_sums=counts.column_sums)
        if all(other.cells[row][at] == counts.cells[row][at] for row, at in counts.places() if (row, at) not in hidden):
            for row, at in hidden:
                seen[row, at].add(other.cells[row][at])
    return {place: (min(values), max(values)) for place, values in seen.items()}


@given(tables(), some.data())
def test_the_interval_of_a_hidden_count_is_the_one_found_by_trying_every_table(
    counts: Counts, data: some.DataObject
) -> None:
    places = list(counts.places())
    hidden = data.draw(some.sets(some.sampled_from(places), min_size=1, max_size=4))
    most = min(max(max(row) for row in counts.cells) + LEAST, 12)
    if any(counts.cells[row][at] > most for row, at in hidden):
        return
    for place, (low, high) in by_trying(counts, hidden, most).items():
        mine = interval(counts, hidden, place, most)
        assert mine[0] == low
        assert min(mine[1], most) >= high if _open(counts, hidden) else mine[1] == high


def _open(counts: Counts, hidden: set[Place]) -> bool:
    """Whether trying was cut short: a hidden sum may be more than was tried."""
    sums = {(row, at) for row, at in hidden if _is_sum(counts, row, at)}
    return bool(sums) or not (counts.row_sums or counts.column_sums)


def _is_sum(counts: Counts, row: int, at: int) -> bool:
    return (counts.row_sums and at == counts.wide - 1) or (counts.column_sums and row == counts.high - 1)


@given(tables())
def test_no_small_count_is_told_by_what_is_shown(counts: Counts) -> None:
    hidden = suppressed(counts, LEAST)
    assert small(counts, LEAST) <= hidden
    for place in small(counts, LEAST):
        low, high = interval(counts, hidden, place, _BEYOND)
        assert low <= 1
        assert high >= LEAST


@given(tables())
def test_trying_every_table_tells_no_small_count(counts: Counts) -> None:
    """Held by the slow way alone, where there is little enough to try."""
    hidden = suppressed(counts, LEAST)
    tried = [place for place in hidden if not _is_sum(counts, *place)]
    most = max(LEAST, *(max(row) for row in counts.cells))
    if (most + 1) ** len(tried) > 60_000 or any(_is_sum(counts, *place) for place in hidden):
        return
    for place, (low, high) in by_trying(counts, hidden, most).items():
        if 0 < counts.cells[place[0]][place[1]] < LEAST:
            assert low <= 1
            assert high >= LEAST


@given(tables(), some.data())
def test_a_table_without_small_counts_is_told_whole(counts: Counts, data: some.DataObject) -> None:
    if not small(counts, LEAST):
        assert suppressed(counts, LEAST) == set()
    kept = data.draw(some.sets(some.sampled_from(list(counts.places())), max_size=3))
    assert kept <= suppressed(counts, LEAST, kept)


def _table(rows: list[tuple[str, ...]]) -> Table:
    columns = (
        OpenColumn("unit", "单位"),
        OpenColumn("left_behind", "留守", Holds.NUMBER, "人", persons=True),
        OpenColumn("others", "其他", Holds.NUMBER, "人", persons=True),
        OpenColumn("pupils", "学生", Holds.NUMBER, "人", persons=True),
        OpenColumn("share", "留守占比", Holds.NUMBER, "%", tells=("left_behind", "others")),
    )
    return Table("t", "演示数据（虚构）", columns, tuple(rows), total="合计", whole="pupils")


ROWS = [
    ("甲县", "3", "97", "100", "3"), ("乙县", "40", "60", "100", "40"), ("丙县", "50", "150", "200", "25"),
    ("合计", "93", "307", "400", "23.25"),
]  # fmt: skip


def test_a_rate_of_a_withheld_count_is_withheld_with_it() -> None:
    told = made_safe(_table(ROWS), LEAST)
    first = told.rows[0]
    assert first[1:3] == (WITHHELD, WITHHELD)
    assert first[4] == WITHHELD
    assert first[3] == "100"
    assert told.rows[3] == ROWS[3], "the city's own figures are not small"
    assert withheld_in(told) == {
        ("甲县", "left_behind"),
        ("甲县", "others"),
        ("丙县", "left_behind"),
        ("丙县", "others"),
    }


def test_what_one_edition_withheld_the_next_withholds_too() -> None:
    earlier = withheld_in(made_safe(_table(ROWS), LEAST))
    corrected = _table([("甲县", "30", "70", "100", "30"), *ROWS[1:3], ("合计", "120", "280", "400", "30")])
    assert withheld_in(made_safe(corrected, LEAST)) == frozenset()
    assert withheld_in(made_safe(corrected, LEAST, earlier)) == earlier


def test_counts_that_do_not_add_up_are_not_published() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        made_safe(_table([*ROWS[:3], ("合计", "94", "306", "400", "23.5")]), LEAST)
