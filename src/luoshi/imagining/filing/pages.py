"""Pages with merged headers, as xlsx, or as CSV in the encoding of an old Excel."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange

Value = str | int | Decimal | None
Path = tuple[str, ...]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[Merge]


def headers(paths: Sequence[Path], top: int) -> tuple[list[list[Value]], list[Merge]]:
    """Header rows of some columns: a title that several neighbours share stands once, merged over them.

    Args:
        paths: of each column, outermost title first.
        top: the row the header begins in, from 0.
    """
    depth = max(len(path) for path in paths)
    rows: list[list[Value]] = [[None] * len(paths) for _ in range(depth)]
    merges = list[Merge]()
    for level in range(depth):
        for first, last in _runs([path[: level + 1] if len(path) > level else () for path in paths]):
            path = paths[first]
            if len(path) == level + 1:
                for place in range(first, last + 1):
                    rows[level][place] = path[level]
                    merges += [(top + level, place, top + depth - 1, place)] if level < depth - 1 else []
            elif len(path) > level:
                rows[level][first] = path[level]
                merges += [(top + level, first, top + level, last)] if last > first else []
    return rows, merges


def _runs(keys: Sequence[Path]) -> Iterator[tuple[int, int]]:
    first = 0
    for place in range(1, len(keys) + 1):
        if place == len(keys) or keys[place] != keys[first]:
            yield first, place - 1
            first = place


def as_xlsx(pages: Sequence[Page]) -> bytes:
    """A workbook."""
    book = Workbook(write_only=True)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for first, left, last, right in page.merges:
            sheet.merged_cells.ranges.add(
                CellRange(min_row=first + 1, min_col=left + 1, max_row=last + 1, max_col=right + 1)
            )
        for row in page.rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def as_csv(page: Page, encoding: str = "gbk") -> bytes:
    """Text with commas; merged cells say their words once."""
    kept = io.StringIO()
    csv.writer(kept).writerows(page.rows)
    return kept.getvalue().encode(encoding)
