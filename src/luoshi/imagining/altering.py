"""What a cell might be altered to, so that a rule about it breaks: a little, much, empty, another word, another day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from luoshi.words.returns import Amount, Choice, Code, Count, Day, Flag, ReturnColumn

UNKNOWN = "? "
"""How a word begins that no code and no choice is; a code of no form has a blank."""
_YEAR = timedelta(days=366)


def alterations(
    column: ReturnColumn, row: Mapping[str, Any], beside: Sequence[ReturnColumn], aside: Sequence[Any], unknown: str
) -> Iterator[Any]:
    """Values for a cell that are not its own, likely ones first.

    Args:
        column: whose cell.
        row: the whole row.
        beside: the other columns the rule looks at; their values are tried too.
        aside: what stands beside the row in other tables.
        unknown: a word that stands nowhere else.
    """
    own = row[column.name]
    near = [row[one.name] for one in beside if one is not column and one.kind == column.kind]
    seen = [own]
    for value in (*_of_type(column, own, near, aside, unknown), None):
        if value not in seen or type(value) is not type(own):
            seen.append(value)
            yield value


def _of_type(column: ReturnColumn, own: Any, near: Sequence[Any], aside: Sequence[Any], unknown: str) -> Iterator[Any]:
    if isinstance(column, Count | Amount):
        yield from _numbers(column, own, [*near, *aside])
    elif isinstance(column, Choice):
        yield from (*column.choices, unknown)
    elif isinstance(column, Flag):
        yield from (True, False)
    elif isinstance(column, Day):
        yield from _days(own, near)
    elif isinstance(column, Code):
        yield unknown
        yield from _codes(own, near)
    else:
        yield ""


def _numbers(column: Count | Amount, own: Any, near: Sequence[Any]) -> Iterator[Any]:
    whole = isinstance(column, Count)
    made = int if whole else (lambda value: Decimal(value).quantize(Decimal(1).scaleb(-column.places)))  # type: ignore[union-attr]
    numbers = [one for one in (own, *near) if isinstance(one, int | Decimal) and not isinstance(one, bool)]
    for one in numbers:
        for value in (one + 1, one - 1, one * 2 + 40, one // 2, one * 60 + 70, one // 300):
            if 0 <= value < 10**12:
                yield made(value)
    yield made(0)
    for value in (1, 37, 100):
        yield made(value)
    if column.at_most is not None:
        yield made(column.at_most + 1)
    if column.at_least is not None:
        yield made(column.at_least - 1)


def _days(own: date | None, near: Sequence[Any]) -> Iterator[date]:
    for one in (own, *near):
        if isinstance(one, date):
            yield from (one + step for step in (timedelta(1), timedelta(-1), _YEAR, -_YEAR, 45 * _YEAR, -70 * _YEAR))
    yield date(2019, 3, 1)


def _codes(own: str | None, near: Sequence[Any]) -> Iterator[str]:
    yield from (one for one in near if isinstance(one, str))
    for number in ("990102201203040011", "990102201203040022"):
        yield from (number, f"G{number}")
    if own:
        yield from (own[:-6] + "9" + own[-5:], "98" + own[2:], "11" + own[2:], "21" + own[2:], own[:2] + "00" + own[4:])
