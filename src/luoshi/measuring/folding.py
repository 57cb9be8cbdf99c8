"""Rows that say the same are counted together first: a nation's pupils become some hundred kinds of pupils a county.

    SELECT county, sex, boarding, …, count(*), sum(amount) FROM pupils GROUP BY ALL

Every question is then put to these few lines instead of to each row, so it hardly matters how many there are. The counts stay
exact: a condition is true of each row of a line or of none.
"""

from collections import defaultdict
from collections.abc import Hashable
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
_HOLDS = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "isin", "between", "startswith", "re_search"}) | _SAYS
"""Calls that are true, false or empty."""


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
    units: tuple[str, ...] = ()
    """Columns that lines are told apart by in any case."""
    keys: dict[str, Any] = field(default_factory=dict)
    """Ibis column by name."""
    sums: dict[str, Any] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)
    _said: defaultdict[str, set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    """By a column of few values, what is asked of it."""

    def look(self, value: object) -> None:
        """Look at what will be asked: of a column of which one thing only is asked, that is kept instead of its values."""
        column = _only(value)
        if column is not None:
            self._said[column.name].add(spelled(value))
        elif isinstance(value, Call):
            for one in (*value.arguments, *value.named.values()):
                self.look(one)

    def kept(self, value: object) -> object:
        """The same expression over the lines; conditions on a column of many values become columns themselves."""
        if isinstance(value, Call) and self._asked_once(value):
            return Kept(self._placed(self.keys, "_key", value, told(value, self.joined.column)))
        if isinstance(value, ReturnColumn) and _few(value):
            self.keys[value.name] = self.joined.column(value)
            return Kept(value.name)
        if isinstance(value, Call) and value.name == "notnull" and self._filled(value.arguments[0]):
            return ALWAYS
        if isinstance(value, Call) and (_joins(value) or not any(map(_many, parts(value)))):
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

    def lines(self) -> Any:
        """The Ibis table of lines, with the units they belong to."""
        keys = {name: key for name, key in self.keys.items() if name not in self.units}
        grouped = self.joined.table.group_by([self.joined.table[name] for name in self.units], **keys)
        return grouped.aggregate(**{MANY: self.joined.table.count()}, **self.sums)

    def _asked_once(self, value: Call) -> bool:
        column = _only(value)
        return column is not None and column.name not in self.units and self._said[column.name] == {spelled(value)}

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


def _only(value: object) -> ReturnColumn | None:
    """The column of few values that a condition is about, if it is about nothing else."""
    if isinstance(value, ReturnColumn):
        return value if _few(value) else None
    if not isinstance(value, Call) or value.name not in _HOLDS or any(map(_many, parts(value))):
        return None
    columns = {one.name: one for one in parts(value) if isinstance(one, ReturnColumn)}
    return next(iter(columns.values())) if len(columns) == 1 else None


def _joins(value: Call) -> bool:
    """Whether it says nothing of its own: conditions joined, or whether a condition can be told at all."""
    of = value.arguments[0]
    return value.name in _JOINS or (value.name in _SAYS and isinstance(of, Call) and of.name in _HOLDS | _JOINS)


def _many(value: object) -> bool:
    return isinstance(value, Beside) or (isinstance(value, ReturnColumn) and not _few(value))
