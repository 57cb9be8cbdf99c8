"""Cells that know their places are laid out as columns of text."""

from collections.abc import Mapping

import polars as pl


def table(columns: Mapping[int, tuple[pl.Series, pl.Series]], height: int, width: int) -> pl.DataFrame:
    """Columns by their place: the rows, from 0 and upwards, and the texts there; null elsewhere."""
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    laid = [_filled(*columns[place], empty) if place in columns else empty for place in range(width)]
    return pl.DataFrame([one.alias(f"column_{place}") for place, one in enumerate(laid, 1)])


def _filled(rows: pl.Series, texts: pl.Series, empty: pl.Series) -> pl.Series:
    """A cell that is there twice says what it said last."""
    if len(rows) == len(empty) and rows.is_sorted() and rows.n_unique() == len(rows):
        return texts
    return empty.clone().scatter(rows, texts)
