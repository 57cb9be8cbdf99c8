"""Rows behind a county's figure, as they were kept when it was measured; asked by pages, so it never opens the lake."""

from dataclasses import dataclass

from luoshi.bureau.indicators.models import Behind


@dataclass(frozen=True, slots=True)
class RowsBehind:
    """The rows that make a figure, or that break it; those that count most come first."""

    columns: tuple[str, ...]
    """Names of the columns, as their return declares them."""
    headings: tuple[str, ...]
    """Their Chinese headings."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as text: words for codes, empty where nothing is known. They tell of schools: for who may see these only."""
    total: int
    """How many there are, though fewer are kept."""


def rows_behind(city_id: int, run: int, measure: str, county: str) -> RowsBehind | None:
    """The rows behind a figure: one query. None where none were kept for this measure.

    Args:
        city_id: whose.
        run: key of the measuring (`Cell.run`).
        measure: its key.
        county: code of the county.
    """
    found = Behind.objects.filter(
        measuring__city_id=city_id, measuring=run, measure=measure, county__in={county, ""}
    ).order_by("-county")
    kept = list(found)
    if not kept:
        return None
    one = kept[0]
    names, headings = zip(*one.columns, strict=True) if one.columns else ((), ())
    rows = tuple(tuple(row) for row in one.rows) if one.county == county else ()
    return RowsBehind(tuple(names), tuple(headings), rows, one.total if one.county == county else 0)
