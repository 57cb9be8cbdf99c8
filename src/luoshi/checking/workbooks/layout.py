"""Where things stand in a workbook: the one place that writing, taking and telling agree on."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from luoshi.checking.wording import Places
from luoshi.checking.workbooks.asked import Asked
from luoshi.words.returns import Choice, Day, Flag, ReturnColumn
from luoshi.words.sheets import letters

MARKS = "A"
"""The hidden column whose cells mark the rows that went out: 1, 2, … They move with their row when it is sorted."""
FIRST_COLUMN = 2
FINDINGS = "核对结果"


def heading_row(asked: Asked) -> int:
    """The row of the headings: title, unit and period, then the notes."""
    return 3 + len(asked.notes)


def heading(column: ReturnColumn) -> str:
    """What stands over a column: label and unit."""
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def places(asked: Asked, lines: Sequence[int]) -> Places:
    """Where the cells of rows that stand in these lines are."""
    return Places(lines, {name: letters(at) for at, name in enumerate(asked.columns, FIRST_COLUMN - 1)})


def shown(column: ReturnColumn, value: object) -> object:
    """A kept value as its cell holds it: words for a choice, 是 or 否 for a flag, numbers and days as such."""
    if value is None:
        return None
    if isinstance(column, Choice):
        return column.choices.get(str(value), str(value))
    if isinstance(column, Flag):
        return "是" if value else "否"
    if isinstance(column, Day) and isinstance(value, date):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value if isinstance(value, int) else str(value)
