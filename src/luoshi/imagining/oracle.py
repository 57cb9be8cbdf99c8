"""Rules judged one row at a time, slowly and plainly, in Python: what a planted fault breaks is known without the checking engine.

An empty cell makes a sentence empty, not false; and & | ~ follow the three-valued logic of databases.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from luoshi.spine import Parameter, Return
from luoshi.words.returns import Beside, Call, Expression, ReturnColumn, Rule, Threshold
from luoshi.words.returns.expressions import SUMS, parts
from luoshi.words.returns.rules import owner_of

_FEW = 8000
"""A table of so many rows is looked up whole, so that an altered code is found wherever it leads."""
Row = Mapping[str, Any]
Truth = bool | None


def _and(one: Truth, other: Truth) -> Truth:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(one: Truth, other: Truth) -> Truth:
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def _between(value: Any, low: Any, high: Any) -> bool | None:
    above = None if value is None or low is None else bool(low <= value)
    return _and(above, None if value is None or high is None else bool(value <= high))


_WHOLE: Mapping[str, Callable[..., Any]] = {
    "and_": _and,
    "or_": _or,
    "between": _between,
    "notnull": lambda value: value is not None,
    "isnull": lambda value: value is None,
    "fill_null": lambda value, other: other if value is None else value,
}
"""Calls that have an answer though something is empty."""
_FILLED: Mapping[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "mod")},
    "invert": operator.not_,
    "isin": lambda value, some: value in some,
    "abs": abs,
    "length": len,
    "substr": lambda text, start, length: text[start : start + length],
    "startswith": str.startswith,
    "re_search": lambda text, pattern: re.search(pattern, text) is not None,
    "year": lambda day: day.year,
    "cast": lambda value, kind: int(value) if kind == "int64" else str(value),
    "try_cast": lambda text, _: int(text) if re.fullmatch(r"-?[0-9]+", text) else None,
    "substitute": lambda text, words: words.get(text, text),
}
"""Calls that are empty where an argument is."""


class Oracle:
    """The rules of one return, with the tables they look at."""

    def __init__(
        self,
        of: type[Return],
        rows: Sequence[Row],
        before: pl.DataFrame | None,
        others: Mapping[str, pl.DataFrame],
        *,
        on: date | None = None,
        own: Sequence[Parameter] = (),
    ) -> None:
        """Take the tables.

        Args:
            of: the return.
            rows: those that will be asked about, as they are: only what stands beside them is looked up.
            before: last year's rows; None where there are none.
            others: the other returns of the period.
            on: the period's day; None for the youngest values of parameters.
            own: the bureau's own values.
        """
        self.of, self._on_day, self._own = of, on, own
        self.rules: dict[str, Rule] = {}
        self._found: dict[int, dict[tuple[Any, ...], list[Row]]] = {}
        known: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Row]]] = {}
        for rule in of.rules.values():
            tables = [before if one.last_year else others.get(_key_of(one)) for one in rule.aside]
            if rule.holds is None or any(table is None for table in tables):
                continue
            self.rules[rule.name] = rule
            for one, table in zip(rule.aside, tables, strict=True):
                assert table is not None  # noqa: S101 -- looked through above
                matched = self._on(one)
                place = ("" if one.last_year else _key_of(one), matched)
                if place not in known:
                    known[place] = _indexed(table, matched, rows)
                self._found[id(one)] = known[place]

    def _on(self, one: Beside) -> tuple[str, ...]:
        return (
            self.of.keys
            if one.last_year
            else tuple(column.name for column in one.on if isinstance(column, ReturnColumn))
        )

    def breaks(self, rule: Rule, row: Row) -> bool:
        """Whether the row breaks the rule."""
        return self._value(rule.holds, row) is False

    def broken(self, row: Row) -> list[Rule]:
        """All rules the row breaks; that keys stand once is not asked."""
        return [rule for rule in self.rules.values() if self.breaks(rule, row)]

    def aside(self, rule: Rule, row: Row) -> list[Any]:
        """What stands beside the row for a rule."""
        return [self._value(one, row) for one in rule.aside]

    def _value(self, value: object, row: Row) -> Any:
        if isinstance(value, ReturnColumn):
            return row[value.name]
        if isinstance(value, Threshold):
            return self._counting(value)
        if isinstance(value, Beside):
            there = self._found[id(value)].get(tuple(row[name] for name in self._on(value)), [])
            return self._together(value.of, there) if there else None
        if isinstance(value, Call):
            return _answered(value.name, [self._value(one, row) for one in value.arguments])
        return value

    def _counting(self, one: Threshold) -> Decimal | None:
        """The value on the day: the bureau's last one that has begun, else the last declared one."""
        mine = [each for each in self._own if each.key == one.key]
        for some in (mine, one.dated):
            begun = [each for each in some if self._on_day is None or _lies_in(each, self._on_day)]
            if begun:
                return max(begun, key=lambda each: each.begun).value
        return None

    def _together(self, value: object, rows: Sequence[Row]) -> Any:
        """One value of some rows: the sum that is asked for, or the value of the only one."""
        if isinstance(value, Call) and value.name in SUMS:
            where = value.named.get("where")
            told = [self._value(value.arguments[0], row) for row in rows if where is None or self._value(where, row)]
            filled = [one for one in told if one is not None]
            if value.name == "count":
                return len(filled)
            return (sum(filled) if value.name == "sum" else max(filled)) if filled else None
        if isinstance(value, Call) and any(isinstance(one, Call) and one.name in SUMS for one in parts(value)):
            return _answered(value.name, [self._together(one, rows) for one in value.arguments])
        if not isinstance(value, Expression):
            return value
        told = [one for row in rows if (one := self._value(value, row)) is not None]
        return max(told) if told else None


def _answered(name: str, arguments: list[Any]) -> Any:
    if name in _WHOLE:
        return _WHOLE[name](*arguments)
    return None if any(one is None for one in arguments) else _FILLED[name](*arguments)


def _lies_in(one: Parameter, day: date) -> bool:
    return one.begun <= day <= (one.until or date.max)


def _key_of(one: Beside) -> str:
    return str(getattr(owner_of(one.of), "key", ""))


def _indexed(table: pl.DataFrame, on: tuple[str, ...], rows: Sequence[Row]) -> dict[tuple[Any, ...], list[Row]]:
    """The rows of a table that stand beside some rows, by what they are matched on."""
    wanted = pl.DataFrame(
        {name: [row[name] for row in rows] for name in on}, schema={name: table.schema[name] for name in on}
    )
    few = table.height <= _FEW
    beside = table if few else table.join(wanted.unique(), on=on, how="semi", maintain_order="left")
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in beside.drop_nulls(list(on)).iter_rows(named=True):
        found.setdefault(tuple(row[name] for name in on), []).append(row)
    return found
