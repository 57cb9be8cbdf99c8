"""What stands beside the rows of a return, joined to them in Ibis; whoever asks something of rows asks it here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import ibis

from luoshi.words.returns.columns import ReturnColumn
from luoshi.words.returns.declaring import Return
from luoshi.words.returns.expressions import SUMS, Beside, Call, Expression, Threshold, parts, told
from luoshi.words.returns.rules import owner_of

BEFORE = "_last_year"
"""The name of last year's table."""
_ASIDE = "_aside_"


@dataclass(slots=True)
class Joined:
    """A table with all that is put beside it."""

    table: Any
    values: Mapping[str, Decimal] = field(default_factory=dict)
    """Of parameters, by key."""
    names: dict[int, str] = field(default_factory=dict)
    """Column of what stands beside, by the identity of the expression."""

    def column(self, one: Expression) -> Any:
        """The Ibis column of a declared column or of what stands beside, or the value of a parameter."""
        if isinstance(one, Threshold):
            return literal(self.values[one.key])
        return self.table[self.names.get(id(one)) or name_of(one)]


def literal(value: Decimal) -> Any:
    """A value of a parameter: a whole number where it is one, for these are reckoned fastest."""
    whole = value == value.to_integral_value()
    return ibis.literal(int(value) if whole else value, "int64" if whole else "decimal(18, 6)")


def name_of(one: Expression) -> str:
    """Name of a column."""
    assert isinstance(one, ReturnColumn)  # noqa: S101  # a declaration was looked through: nothing else is left
    return one.name


def put_beside(
    of: type[Return],
    rows: Any,
    asides: Iterable[Beside],
    named: Callable[[str], str] = lambda key: key,
    values: Mapping[str, Decimal] | None = None,
) -> Joined:
    """Join once for each table and set of columns, however many expressions look there.

    Args:
        of: the return.
        rows: an Ibis table of it.
        asides: what stands beside.
        named: how a return's table is called, by its key.
        values: of the parameters that are read.
    """
    groups = dict[tuple[str, tuple[str, ...]], list[Beside]]()
    for one in asides:
        groups.setdefault((table_of(one), _on(of, one)), []).append(one)
    joined = Joined(rows, values or {})
    for (name, on), group in groups.items():
        other = of if name == BEFORE else owner_of(group[0].of)
        assert other is not None  # noqa: S101  # a declaration was looked through
        there = ibis.table({key: one.kind for key, one in other.columns.items()}, name=named(name))  # type: ignore[attr-defined]
        values = dict[str, Any]()
        for one in group:
            same = next((known for known in values if _alike(values[known][1], one.of)), None)
            joined.names[id(one)] = same or f"{_ASIDE}{len(joined.names)}"
            values.setdefault(joined.names[id(one)], (_one_value(one.of, Joined(there, joined.values)), one.of))
        summed = there.filter(there[on[0]].notnull()).group_by(list(on))
        found = summed.aggregate(**{key: value for key, (value, _) in values.items()})
        found = found.rename({f"{key}_there": key for key in on})
        matched = [joined.table[key] == found[f"{key}_there"] for key in on]
        joined.table = joined.table.left_join(found, matched).drop(*(f"{key}_there" for key in on))
    return joined


def _on(of: type[Return], one: Beside) -> tuple[str, ...]:
    return of.keys if one.last_year else tuple(name_of(column) for column in one.on)


def _one_value(value: Expression, there: Joined) -> Any:
    """One value for each group of rows: the sum that was asked for, or the value of its only row."""
    found = told(value, there.column)
    return found if sums(value) else found.max()


def sums(value: Expression) -> bool:
    """Whether it makes one value of many rows."""
    return any(isinstance(one, Call) and one.name in SUMS for one in parts(value))


def _alike(one: object, other: object) -> bool:
    """Whether two expressions are written alike."""
    if isinstance(one, Call) and isinstance(other, Call):
        mine, theirs = (
            (one.name, *one.arguments, *one.named.items()),
            (other.name, *other.arguments, *other.named.items()),
        )
        return len(mine) == len(theirs) and all(_alike(*pair) for pair in zip(mine, theirs, strict=True))
    if isinstance(one, Expression) or isinstance(other, Expression):
        return one is other
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(_alike(*pair) for pair in zip(one, other, strict=True))
    return one == other


def table_of(one: Beside) -> str:
    """The name of the table a value stands in."""
    return BEFORE if one.last_year else str(getattr(owner_of(one.of), "key", ""))
