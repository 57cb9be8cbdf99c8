"""The rules of a return in plain Python, one cell at a time: the slow obvious version that judges the fast one."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random

import polars as pl

from luoshi.spine import Return
from luoshi.words.returns import Amount, Beside, Call, Choice, Code, Count, Day, Flag, ReturnColumn, Threshold
from luoshi.words.returns.expressions import SUMS
from luoshi.words.returns.rules import owner_of

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]
LAST_YEAR, OWN = "last year", "own values"

_STRICT = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "mod": lambda a, b: a % b,
    "invert": lambda a: not a,
    "isin": lambda a, b: a in b,
    "between": lambda a, low, high: low <= a <= high,
    "abs": abs,
    "length": len,
    "substr": lambda a, start, length: a[start : start + length],
    "startswith": lambda a, b: a.startswith(b),
    "re_search": lambda a, pattern: bool(re.search(pattern, a)),
    "substitute": lambda a, words: words.get(a, a),
    "try_cast": lambda a, _: int(a) if re.fullmatch("[0-9]+", a) else None,
    "cast": lambda a, _: int(a),
    "year": lambda a: a.year,
}


def broken(
    of: type[Return], rows: Sequence[Row], tables: Tables, own: Mapping[str, Decimal] | None = None
) -> set[tuple[int, str]]:
    """Row and rule of everything that does not hold."""
    keys = [tuple(row[name] for name in of.keys) for row in rows]
    found = {(place, "one_row_a_key") for place, key in enumerate(keys) if None not in key and keys.count(key) > 1}
    for place, row in enumerate(rows):
        for name, rule in of.rules.items():
            if rule.holds is not None and value(of, rule.holds, row, {**tables, OWN: [own or {}]}) is False:
                found.add((place, name))
    return found


def value(of: type[Return], one: object, row: Row, tables: Tables) -> object:
    """What an expression is in a row; None where it cannot be said."""
    if isinstance(one, ReturnColumn):
        return row[one.name]
    if isinstance(one, Threshold):
        return tables[OWN][0].get(one.key, one.dated[-1].value)
    if isinstance(one, Beside):
        return _beside(of, one, row, tables)
    if not isinstance(one, Call):
        return one
    told = [value(of, part, row, tables) for part in one.arguments]
    if one.name in {"isnull", "notnull"}:
        return (told[0] is None) == (one.name == "isnull")
    if one.name == "fill_null":
        return told[1] if told[0] is None else told[0]
    if one.name in {"and_", "or_"}:
        decides = one.name == "or_"
        return decides if decides in told else (None if None in told else not decides)
    return None if None in told else _STRICT[one.name](*told)


def _beside(of: type[Return], one: Beside, row: Row, tables: Tables) -> object:
    other = owner_of(one.of)
    names = of.keys if one.last_year else [column.name for column in one.on]
    there = tables[LAST_YEAR if one.last_year else other.key]
    group = [each for each in there if all(row[name] is not None and each[name] == row[name] for name in names)]
    if not group:
        return None
    if isinstance(one.of, Call) and one.of.name in SUMS:
        chosen = [
            each for each in group if "where" not in one.of.named or value(other, one.of.named["where"], each, {})
        ]
        held = [found for each in chosen if (found := value(other, one.of.arguments[0], each, {})) is not None]
        return len(held) if one.of.name == "count" else (sum(held) if held else None)
    assert len(group) == 1, "a register has one row for a key"
    return value(other, one.of, group[0], tables)


def made_up(of: type[Return], many: int, chance: Random, *, once: bool) -> list[dict[str, object]]:
    """Rows that are often right and often wrong; with `once` no key stands twice."""
    rows = [{name: _cell(one, chance) for name, one in of.columns.items()} for _ in range(many)]
    return list({tuple(row[name] for name in of.keys): row for row in rows}.values()) if once else rows


def framed(of: type[Return], rows: Sequence[Row]) -> pl.DataFrame:
    """The same as a frame."""
    return pl.DataFrame({name: [row[name] for row in rows] for name in of.columns}, schema=of.schema(), strict=False)


_SCHOOLS = ("2141000123", "1141000001", "3199000007", "2141000x23", "99")
_COUNTIES = ("410302", "990101", "41030")


def _cell(one: ReturnColumn, chance: Random) -> object:
    if chance.random() < 0.08 and not one.key:
        return None
    return _filled(one, chance)


def _filled(one: ReturnColumn, chance: Random) -> object:
    if isinstance(one, Choice):
        return chance.choice([*list(one.choices)[:3], *list(one.choices)[-1:], "?"])
    if isinstance(one, Count):
        return chance.choice([-1, 0, 0, 1, 1, 2, 3, 30, 60, 10**9])
    if isinstance(one, Amount):
        return Decimal(chance.choice(["-6.5", "-0.5", "0", "0", "1", "4.9", "5", "60", "1000000"])).quantize(
            Decimal(1).scaleb(-one.places)
        )
    if isinstance(one, Flag):
        return chance.random() < 0.5
    if isinstance(one, Day):
        return date(chance.choice([1960, 2005, 2013, 2020]), chance.randint(1, 12), 1)
    if isinstance(one, Code) and one.name in {"school", "parent"}:
        return chance.choice(_SCHOOLS)
    if isinstance(one, Code) and one.name == "county":
        return chance.choice(_COUNTIES)
    return chance.choice(["12410300MB1000010K", "410300201204010010", "41030220", "class-1", "钱", ""])
