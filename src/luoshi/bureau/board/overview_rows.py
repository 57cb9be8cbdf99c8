"""Cells of the overview as markup: a county's schools are a thousand cells, too many for a template each."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board.rows import escape


class Counted(Protocol):
    """What a cell says."""

    @property
    def label(self) -> str:
        """The measure, for screens that fold the table."""

    @property
    def shown(self) -> str:
        """The value; empty where there is none."""

    @property
    def fraction(self) -> str:
        """分子/分母."""

    @property
    def before(self) -> str:
        """Last year's value."""

    @property
    def change(self) -> str:
        """The change since."""

    @property
    def left_out(self) -> int:
        """Rows with empty cells."""


def cells(listed: Sequence[Counted]) -> SafeString:
    """One line's cells."""
    then = escape(_("上年"))
    return mark_safe("".join(_cell(one, then) for one in listed))  # noqa: S308  # each word of a cell is escaped


def _cell(one: Counted, then: str) -> str:
    label = escape(one.label)
    if not one.shown:
        return f'<td class="right" data-l="{label}"><span class="none">—</span></td>'
    star = "<sup>*</sup>" if one.left_out else ""
    told = [f'<td class="right" data-l="{label}"><b class="nobr">{escape(one.shown)}</b>{star}']
    if one.fraction:
        told.append(f'<br><small class="nobr">{escape(one.fraction)}</small>')
    if one.before:
        change = f'，<span class="nobr">{escape(one.change)}</span>' if one.change else ""
        told.append(f'<br><small>{then} <span class="nobr">{escape(one.before)}</span>{change}</small>')
    return "".join((*told, "</td>"))
