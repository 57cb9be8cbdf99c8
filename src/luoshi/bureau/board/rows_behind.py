"""Rows behind a figure as markup: a county may have five hundred, too many for a template each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from luoshi.bureau.board.rows import escape
from luoshi.bureau.indicators.rows import RowsBehind

_CODE, _NAME = "school", "name"
_LAST = ("class_id", "school")
"""Codes stand behind what people know a class by."""
_SAID = frozenset({"county"})
"""Said by the head of the page."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column."""

    words: str
    number: bool
    """Whether it holds numbers, which stand at the right."""


def heads(kept: RowsBehind) -> list[Head]:
    """The columns in the order of the page."""
    return [Head(kept.headings[at], _counts(kept, at)) for at in _order(kept)]


def row_cells(kept: RowsBehind) -> list[SafeString]:
    """The cells of each row; a school's name leads to its page."""
    code = kept.columns.index(_CODE) if _CODE in kept.columns else None
    door = reverse("school", args=["0"]).rpartition("0")
    told = [(at, kept.columns[at], escape(kept.headings[at]), _counts(kept, at)) for at in _order(kept)]

    def cells(row: Sequence[str]) -> str:
        url = f"{door[0]}{row[code]}{door[2]}" if code is not None else ""
        return "".join(
            f'<th scope="row"><a href="{escape(url)}">{escape(row[at] or row[code or 0])}</a></th>'
            if name == _NAME
            else f'<td{" class=right" if number else ""} data-l="{head}">{escape(row[at])}</td>'
            for at, name, head, number in told
        )

    return [mark_safe(cells(row)) for row in kept.rows]  # noqa: S308 (every value is escaped)


def _order(kept: RowsBehind) -> list[int]:
    shown = [at for at, name in enumerate(kept.columns) if name not in _SAID]
    return sorted(shown, key=lambda at: (kept.columns[at] in _LAST, at))


def _counts(kept: RowsBehind, at: int) -> bool:
    numbers = all(row[at].replace(".", "", 1).isdigit() for row in kept.rows if row[at])
    return numbers and kept.columns[at] not in _LAST
