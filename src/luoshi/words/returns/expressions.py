"""Expressions over the columns of a return, recorded as they are written and told to Ibis when rows are there.

A column in a class body has no table yet, and a floor of words does not load an engine. So what is written is kept as calls by
Ibis's own names; `told` plays them back on Ibis columns. A method Ibis has not is not here either, so a slip is refused
where it is written.
"""

import operator
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn, Union

from luoshi.words.parameters import Parameter

Value = Union["Expression", str, int, Decimal]
"""What stands on either side of an operator."""


class Expression:
    """Something that has one value a row: a column, or what is reckoned from columns."""

    __slots__ = ()

    def _call(self, name: str, *arguments: object, **named: object) -> "Call":
        return Call(name, (self, *arguments), named)

    def __eq__(self, other: object) -> "Call":  # type: ignore[override]
        return self._call("eq", other)

    def __ne__(self, other: object) -> "Call":  # type: ignore[override]
        return self._call("ne", other)

    __hash__ = object.__hash__

    def __lt__(self, other: Value) -> "Call":
        return self._call("lt", other)

    def __le__(self, other: Value) -> "Call":
        return self._call("le", other)

    def __gt__(self, other: Value) -> "Call":
        return self._call("gt", other)

    def __ge__(self, other: Value) -> "Call":
        return self._call("ge", other)

    def __add__(self, other: Value) -> "Call":
        return self._call("add", other)

    def __radd__(self, other: Value) -> "Call":
        return Call("add", (other, self))

    def __sub__(self, other: Value) -> "Call":
        return self._call("sub", other)

    def __rsub__(self, other: Value) -> "Call":
        return Call("sub", (other, self))

    def __mul__(self, other: Value) -> "Call":
        return self._call("mul", other)

    def __rmul__(self, other: Value) -> "Call":
        return Call("mul", (other, self))

    def __mod__(self, other: int) -> "Call":
        return self._call("mod", other)

    def __and__(self, other: "Expression") -> "Call":
        return self._call("and_", other)

    def __or__(self, other: "Expression") -> "Call":
        return self._call("or_", other)

    def __invert__(self) -> "Call":
        return self._call("invert")

    def __bool__(self) -> NoReturn:
        """Refuse `and`, `or` and `a < b < c`, which Python would quietly turn into something else."""
        raise TypeError(
            "an expression has one value a row and is not true or false itself: write &, |, ~ and between()"
        )

    def isin(self, values: Sequence[str] | Sequence[int]) -> "Call":
        """Whether it is one of these."""
        return self._call("isin", list(values))

    def between(self, lower: Value, upper: Value) -> "Call":
        """Whether it lies between two, both counted in."""
        return self._call("between", lower, upper)

    def notnull(self) -> "Call":
        """Whether it is filled."""
        return self._call("notnull")

    def isnull(self) -> "Call":
        """Whether it is empty."""
        return self._call("isnull")

    def fill_null(self, value: Value) -> "Call":
        """It, or this where it is empty."""
        return self._call("fill_null", value)

    def abs(self) -> "Call":
        """Without its sign."""
        return self._call("abs")

    def cast(self, kind: str) -> "Call":
        """As another Ibis type, which it always can be."""
        return self._call("cast", kind)

    def try_cast(self, kind: str) -> "Call":
        """As another Ibis type; empty where it cannot be that."""
        return self._call("try_cast", kind)

    def substitute(self, words: Mapping[str, str]) -> "Call":
        """Another text for some texts."""
        return self._call("substitute", dict(words))

    def length(self) -> "Call":
        """Characters of a text."""
        return self._call("length")

    def substr(self, start: int, length: int) -> "Call":
        """A piece of a text, counted from 0."""
        return self._call("substr", start, length)

    def startswith(self, beginning: str) -> "Call":
        """Whether a text begins so."""
        return self._call("startswith", beginning)

    def re_search(self, pattern: str) -> "Call":
        """Whether a text holds the pattern."""
        return self._call("re_search", pattern)

    def year(self) -> "Call":
        """The year of a day."""
        return self._call("year")

    def sum(self, where: "Expression | None" = None) -> "Call":
        """All rows together: only inside `beside`."""
        return self._call("sum", **_where(where))

    def count(self, where: "Expression | None" = None) -> "Call":
        """How many rows hold it: only inside `beside`."""
        return self._call("count", **_where(where))

    def max(self, where: "Expression | None" = None) -> "Call":
        """The largest: only inside `beside`."""
        return self._call("max", **_where(where))


SUMS = frozenset({"sum", "count", "max"})
"""Calls that make one value of many rows."""


def _where(where: Expression | None) -> dict[str, object]:
    return {} if where is None else {"where": where}


@dataclass(frozen=True, slots=True, eq=False)
class Call(Expression):
    """One operator of Python's `operator`, or one method of an Ibis column, on its arguments."""

    name: str
    arguments: tuple[object, ...]
    named: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Beside(Expression):
    """A value that stands in another table, joined to the row."""

    of: Expression
    """The value there; over several rows it is a sum, a count or the largest."""
    on: tuple[Expression, ...]
    """Columns of this return, each with its namesake there; empty for last year's: all keys."""
    last_year: bool = False
    """Whether it is the same return, a period before."""


class Threshold(Expression):
    """A parameter in an expression: the value that counts on the period's day, or the bureau's own."""

    __slots__ = ("dated",)

    def __init__(self, *dated: Parameter) -> None:
        """Say which parameter, by its values: one, and those that follow it on later days."""
        if len({(one.key, one.unit) for one in dated}) != 1:
            raise TypeError("a threshold has the values of one parameter, in one unit")
        self.dated = tuple(sorted(dated, key=lambda one: one.begun))

    def __repr__(self) -> str:
        """Its key."""
        return f"Threshold({self.key})"

    @property
    def key(self) -> str:
        """Of the parameter."""
        return self.dated[0].key

    @property
    def unit(self) -> str:
        """Of its values."""
        return self.dated[0].unit


def last_year(value: Expression) -> Beside:
    """The same in the row with the same keys a period before; empty where there was none."""
    return Beside(value, (), last_year=True)


def beside(value: Expression, on: Sequence[Expression]) -> Beside:
    """A value of another return of the same period, or of the register: empty where it has no such row.

    Args:
        value: a column there, or one value of many rows (`Classes.size.sum()`).
        on: columns of this return; the rows beside are those where the columns of the same name are equal.
    """
    return Beside(value, tuple(on))


def parts(value: object) -> Iterator[Expression]:
    """The expression and all it is made of, but nothing of what stands beside."""
    if isinstance(value, Expression):
        yield value
    if isinstance(value, Call):
        for one in (*value.arguments, *value.named.values()):
            yield from parts(one)


def spelled(value: object) -> Hashable:
    """The same for expressions that are written alike over the same columns."""
    if isinstance(value, Call):
        named = tuple((name, spelled(one)) for name, one in sorted(value.named.items()))
        return value.name, *(spelled(one) for one in value.arguments), *named
    if isinstance(value, Expression):
        return id(value)
    if isinstance(value, list | tuple):
        return tuple(spelled(one) for one in value)
    if isinstance(value, Mapping):
        return tuple((spelled(one), spelled(other)) for one, other in value.items())
    return type(value).__name__, value


def thresholds(value: object) -> tuple[Threshold, ...]:
    """The parameters an expression reads, also in what stands beside; each once, in its order."""
    met = [within for one in parts(value) for within in (parts(one.of) if isinstance(one, Beside) else (one,))]
    return tuple({one.key: one for one in met if isinstance(one, Threshold)}.values())


def told(value: object, find: Callable[[Expression], Any]) -> Any:
    """Play an expression back.

    Args:
        value: an expression, or a plain value, which stays.
        find: gives for a column, a threshold, or what stands beside, the Ibis column (or anything that answers to the same calls).
    """
    if not isinstance(value, Expression):
        return value
    if not isinstance(value, Call):
        return find(value)
    arguments = [told(one, find) for one in value.arguments]
    named = {name: told(one, find) for name, one in value.named.items()}
    function = getattr(operator, value.name, None) if value.name in _OPERATORS else None
    if function:
        return function(*arguments)
    return getattr(arguments[0], value.name)(*arguments[1:], **named)


_OPERATORS = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul", "mod", "and_", "or_", "invert"})
