"""Cells of the comparison as markup: three thousand figures are too many for a template each."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.bureau.board.pivot import CITY, Column, Grid, Line
from luoshi.bureau.board.rows import escape
from luoshi.bureau.indicators.series import Cell

_NONE = '<span class="none">—</span>'


class Drawn:
    """Words that are the same in all cells, looked up once."""

    def __init__(self, table: Grid, *, counts: bool) -> None:
        """For a table."""
        self.broken, self.counts = table.broken, counts
        self.labels = [escape(_heading(one)) for one in table.columns]
        self.above, self.below, self.used = _("分子"), _("分母"), _("计入行数")
        self.broke = escape(_("断点"))
        self.door = reverse("measured", args=[0, "m", "d"]).replace("0/m/d/", "")

    def cells(self, line: Line) -> SafeString:
        """One line's cells."""
        told = (self._cell(label, one) for label, one in zip(self.labels, line.cells, strict=True))
        return mark_safe("".join(told))  # noqa: S308  # each word of a cell is escaped

    def _cell(self, label: str, one: Cell | None) -> str:
        if one is None:
            return f'<td class="right" data-l="{label}">{_NONE}</td>'
        why = self.broken.get((one.measure, one.year), "")
        mark = f'<abbr class="broke" title="{escape(why)}">{self.broke}</abbr>' if why else ""
        url = f"{self.door}{one.run}/{one.measure}/{CITY if one.level == CITY else one.division}/"
        fraction = f"{one.part}/{one.whole}" if one.whole else ""
        star = "<sup>*</sup>" if one.used < one.rows else ""
        value = (
            f'<a class="nobr" href="{escape(url)}" title="{escape(self._counts(one))}">{escape(one.shown)}</a>{star}'
        )
        small = f'<br><small class="nobr">{escape(fraction)}</small>' if self.counts and fraction else ""
        return f'<td class="right{" broken" if why else ""}" data-l="{label}">{mark}{value}{small}</td>'

    def _counts(self, one: Cell) -> str:
        whole = f"，{self.below} {one.below}" if one.below else ""
        return f"{self.above} {one.above or '—'}{whole}；{self.used} {one.used}/{one.rows}"


def _heading(one: Column) -> str:
    return f"{one.first.label} {one.second.label}"


def ticks(name: str, listed: Iterable[tuple[str, str, bool]]) -> SafeString:
    """Boxes to tick, three hundred of them, each with its label.

    Args:
        name: of the field.
        listed: value, label and whether it is ticked.
    """
    told = (
        f'<label><input type="checkbox" name="{name}" value="{escape(value)}"{" checked" if on else ""}> {escape(label)}</label>'
        for value, label, on in listed
    )
    return mark_safe("".join(told))  # noqa: S308  # values and labels are escaped


def footnotes(broken: Mapping[tuple[str, int], str], labels: Mapping[str, str]) -> list[str]:
    """What the breaks of the series are, a line each."""
    return [f"{labels[key]}，{year}：{why}" for (key, year), why in sorted(broken.items())]


def left_out(cells: Iterable[Cell]) -> bool:
    """Whether any figure left rows out of its sums."""
    return any(one.used < one.rows for one in cells)
