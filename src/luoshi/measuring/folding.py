"""Rows that say the same are counted together first: a nation's pupils become some hundred kinds of pupils a county.

    SELECT county, sex, boarding, …, count(*), sum(amount) FROM pupils GROUP BY ALL

Every question is then put to these few lines instead of to each row, so it hardly matters how many there are. The counts stay
exact: a condition is true of each row of a line or of none.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis

from luoshi.words.returns import Beside, Choice, Count, Expression, Flag, Return, ReturnColumn, told
from luoshi.words.returns.expressions import Call, parts, spelled
from luoshi.words.returns.joining import Joined

MANY = "_many"
"""How many rows a line stands for."""
_FEW = 32
"""Whole numbers a column may hold at most to be grouped by as it is: grades, but not heads of a class."""
_SAYS = frozenset({"notnull", "isnull"})
_JOINS = frozenset({"and_", "or_", "invert"})


@dataclass(frozen=True, slots=True, eq=False)
class Kept(Expression):
    """A column of the lines."""

    name: str


ALWAYS = Kept("")
"""A condition that holds of every line."""


@dataclass(slots=True)
class Folding:
    """What rows are told apart by, and what of them is summed."""

    of: type[Return]
    joined: Joined
    keys: dict[str, Any] = field(default_factory=dict)
    """Ibis column by name."""
    sums: dict[str, Any] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)

    def kept(self, value: object) -> object:
        """The same expression over the lines; conditions on a column of many values become columns themselves."""
        if isinstance(value, ReturnColumn) and _few(value):
            self.keys[value.name] = self.joined.column(value)
            return Kept(value.name)
        if isinstance(value, Call) and value.name == "notnull" and self._filled(value.arguments[0]):
            return ALWAYS
        if isinstance(value, Call) and (value.name in _JOINS or not any(map(_many, parts(value)))):
            arguments = tuple(map(self.kept, value.arguments))
            if value.name == "and_" and any(one is ALWAYS for one in arguments):
                return next((one for one in arguments if one is not ALWAYS), ALWAYS)
            return Call(value.name, arguments, {name: self.kept(one) for name, one in value.named.items()})
        if isinstance(value, Call | Beside | ReturnColumn):
            return Kept(self._placed(self.keys, "_key", value, told(value, self.joined.column)))
        return value

    def summed(self, value: Expression) -> Expression:
        """The sum of an amount over the rows of a line; empty where none is filled."""
        return Kept(self._placed(self.sums, "_sum", value, told(value, self.joined.column).sum()))

    def lines(self, units: Sequence[str]) -> Any:
        """The Ibis table of lines, with the units they belong to."""
        keys = {name: key for name, key in self.keys.items() if name not in units}
        grouped = self.joined.table.group_by([self.joined.table[name] for name in units], **keys)
        return grouped.aggregate(**{MANY: self.joined.table.count()}, **self.sums)

    def _filled(self, value: object) -> bool:
        """Whether it is never empty: a column of the key, which every row has, or whether something is empty."""
        if isinstance(value, ReturnColumn):
            return value.name in self.of.keys
        return isinstance(value, Call) and value.name in _SAYS

    def _placed(self, columns: dict[str, Any], prefix: str, value: object, column: Any) -> str:
        name = self._names.setdefault((prefix, spelled(value)), f"{prefix}_{len(self._names)}")
        columns.setdefault(name, column)
        return name


@dataclass(slots=True)
class Lines(Joined):
    """Lines instead of rows."""

    def column(self, one: Expression) -> Any:
        """A column of the lines, or the value of a parameter."""
        if one is ALWAYS:
            return ibis.literal(value=True)
        return self.table[one.name] if isinstance(one, Kept) else Joined.column(self, one)


def _few(column: ReturnColumn) -> bool:
    """Whether it has few values whatever the rows are."""
    if isinstance(column, Count):
        return column.at_most is not None and column.at_most <= _FEW
    return isinstance(column, Choice | Flag)


def _many(value: object) -> bool:
    return isinstance(value, Beside) or (isinstance(value, ReturnColumn) and not _few(value))
