"""Rows behind a figure as markup: a county may have five hundred, too many for a template each."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from luoshi.bureau.board.rows import escape
from luoshi.bureau.indicators.rows import RowsBehind

_CODE, _NAME = "school", "name"


def row_cells(kept: RowsBehind) -> list[SafeString]:
    """The cells of each row; a school's name leads to its page, numbers stand at the right."""
    names, at = kept.columns, kept.columns.index(_CODE) if _CODE in kept.columns else None
    door = reverse("school", args=["0"]).rpartition("0")
    heads = [escape(one) for one in kept.headings]

    def cells(row: Sequence[str]) -> str:
        code = row[at] if at is not None else ""
        return "".join(_cell(*told, f"{door[0]}{code}{door[2]}") for told in zip(names, heads, row, strict=True))

    return [mark_safe(cells(row)) for row in kept.rows]  # noqa: S308 (every value is escaped)


def _cell(name: str, head: str, words: str, url: str) -> str:
    told = escape(words)
    if name == _NAME:
        return f'<th scope="row"><a href="{escape(url)}">{told or escape(url)}</a></th>'
    number = words.replace(".", "", 1).isdigit() and len(words) <= _LONGEST_NUMBER
    return f'<td{" class=right" if number else ""} data-l="{head}">{told}</td>'


_LONGEST_NUMBER = 7
"""Characters; what is longer is a code."""
