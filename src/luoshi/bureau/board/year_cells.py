"""A school's values year by year as markup: a hundred indicators over ten years are a thousand cells, too many for a template."""

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from luoshi.bureau.board.rows import escape
from luoshi.bureau.indicators.series import Cell


def year_cells(years: Iterable[Cell | None]) -> SafeString:
    """One indicator's cells, years in their order; empty where nothing is known."""
    return mark_safe("".join(map(_cell, years)))  # noqa: S308  # each word of a cell is escaped


def _cell(one: Cell | None) -> str:
    if one is None or one.value is None:
        return f'<td class="right empty" data-l="{one.year if one else ""}"></td>'
    fraction = f"<small>{escape(f'{one.part}/{one.whole}')}</small>" if one.whole else ""
    return f'<td class="right" data-l="{one.year}">{escape(one.shown)}{fraction}</td>'
