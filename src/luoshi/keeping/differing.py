"""What a later edition says otherwise than an earlier one: rows by their key, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from luoshi.keeping.partitions import EDITION

_THERE = "lake_there"
_AFTER = "\0after"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that says something else."""

    key: tuple[object, ...]
    """Names its row."""
    column: str
    before: object
    """None where the cell was empty or the column not there."""
    after: object


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two editions."""

    added: pl.DataFrame
    """Rows whose key only the newer has."""
    removed: pl.DataFrame
    """Rows whose key only the older has."""
    changed: tuple[Change, ...]
    """By row in the order of the key, then by column."""

    @property
    def none(self) -> bool:
        """Whether both say the same."""
        return not (len(self.added) or len(self.removed) or self.changed)


def difference(older: pl.DataFrame, newer: pl.DataFrame, key: Sequence[str]) -> Difference:
    """Compare two editions by a key that both have; the number of the edition is no content."""
    old, new = older.drop(EDITION), newer.drop(EDITION)
    by = list(key)
    both = old.with_columns(_cast(old, new, by)).join(
        new.with_columns(_cast(new, old, by)), on=by, how="inner", suffix=_AFTER, maintain_order="left"
    )
    changed: list[tuple[int, int, Change]] = []
    names = list(dict.fromkeys((*old.columns, *new.columns)))
    for place, name in enumerate(names):
        if name not in by:
            changed += _changes(both, name, (old, new), by, place)
    changed.sort(key=lambda one: one[:2])
    added = new.with_columns(_cast(new, old, by)).join(old.with_columns(_cast(old, new, by)), on=by, how="anti")
    removed = old.with_columns(_cast(old, new, by)).join(new.with_columns(_cast(new, old, by)), on=by, how="anti")
    return Difference(added, removed, tuple(one for _, _, one in changed))


def _cast(mine: pl.DataFrame, other: pl.DataFrame, key: list[str]) -> list[pl.Expr]:
    """Key columns as words where the two hold them in different types."""
    return [pl.col(name).cast(pl.String) for name in key if mine.schema[name] != other.schema[name]]


def _changes(
    both: pl.DataFrame, name: str, sides: tuple[pl.DataFrame, pl.DataFrame], key: list[str], place: int
) -> list[tuple[int, int, Change]]:
    """Cells of one column that differ, with the place of their row and column."""
    old, new = sides
    empty = pl.Series([None] * len(both))
    before = both[name] if name in old.columns else empty
    after = both[name + _AFTER if name in old.columns else name] if name in new.columns else empty
    left, right = before, after
    if before.dtype != after.dtype and not (before.dtype.is_numeric() and after.dtype.is_numeric()):
        left, right = before.cast(pl.String), after.cast(pl.String)
    rows = left.ne_missing(right).arg_true().to_list()
    keys = both.select(key)
    return [(row, place, Change(keys.row(row), name, before[row], after[row])) for row in rows]
