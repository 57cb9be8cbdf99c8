"""The arithmetic of a finding: what the two sides of a comparison come to, so that nobody has to add ten cells up again."""

from collections.abc import Mapping
from decimal import Decimal

from luoshi.words.returns import Call, Expression, told

_BROKEN = {"eq": "≠", "le": "＞", "ge": "＜", "lt": "≥", "gt": "≤"}
"""What stands between the sides where the rule does not hold."""
_HUNDRED = 100
_ARITHMETIC = frozenset({"add", "sub", "mul", "fill_null", "abs"})


class _Number:
    """A plain number that answers to the calls of an expression."""

    __slots__ = ("value",)

    def __init__(self, value: int | Decimal) -> None:
        self.value = value

    def __add__(self, other: "_Number | int") -> "_Number":
        return _Number(self.value + _plain(other))

    def __sub__(self, other: "_Number | int") -> "_Number":
        return _Number(self.value - _plain(other))

    def __rsub__(self, other: int) -> "_Number":
        return _Number(other - self.value)

    def __mul__(self, other: "_Number | int") -> "_Number":
        return _Number(self.value * _plain(other))

    __radd__, __rmul__ = __add__, __mul__

    def abs(self) -> "_Number":
        return _Number(max(self.value, -self.value))

    def fill_null(self, _: object) -> "_Number":
        return self


class _Empty(_Number):
    """An empty cell: only what fills it makes a number of it."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(0)

    def fill_null(self, value: object) -> _Number:
        assert isinstance(value, int | Decimal)  # noqa: S101  # nothing else fills a number
        return _Number(value)


def both_sides(holds: Expression | None, values: Mapping[int, object]) -> str:
    """What a comparison comes to, like ；即30≠31; nothing where the rule is no comparison of sums or a cell of it is empty.

    Args:
        holds: what the rule says.
        values: cells and what stands beside, by the identity of the column or expression.
    """
    while isinstance(holds, Call) and holds.name == "or_":
        holds = holds.arguments[1] if isinstance(holds.arguments[1], Expression) else None
    if not isinstance(holds, Call) or holds.name not in _BROKEN:
        return ""
    left, right = holds.arguments
    if not (_summed(left) or _summed(right)):
        return ""
    scale = max(_scale(left), _scale(right))
    sides = [_reckoned(one, values, scale) for one in (left, right)]
    return f"；即{sides[0]}{_BROKEN[holds.name]}{sides[1]}" if all(sides) else ""


def _summed(value: object) -> bool:
    return isinstance(value, Call) and value.name in _ARITHMETIC


def _scale(value: object) -> int:
    """By how much both sides were multiplied so that a share in % is compared without a fraction: 100, or 1."""
    return _HUNDRED if isinstance(value, Call) and value.name == "mul" and _is_hundred(value.arguments[1]) else 1


def _is_hundred(value: object) -> bool:
    return isinstance(value, int) and value == _HUNDRED


def _reckoned(value: object, values: Mapping[int, object], scale: int) -> str:
    """A side as a number in words; empty when it cannot be told."""
    try:
        found = told(value, lambda one: _number(values[id(one)]))
    except (KeyError, TypeError, AttributeError):
        return ""
    if isinstance(found, _Empty):
        return ""
    number = found.value if isinstance(found, _Number) else found
    if scale > 1:
        number = Decimal(str(number)) / scale
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def _number(value: object) -> _Number:
    if value is None:
        return _Empty()
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(value)
    return _Number(value)


def _plain(value: "_Number | int") -> int | Decimal:
    if isinstance(value, _Empty):
        raise TypeError(value)
    return value.value if isinstance(value, _Number) else value
