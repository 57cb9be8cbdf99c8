"""All rules of a return as one question to a table: which rows break which rule. Ibis, so any engine answers it.

    flags(row, aside…, rule…) = rows ⟕ last year ⟕ other returns,   kept where any rule is false

A rule that cannot be said of a row is null there, and null is no finding: missing is not wrong, and not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Any

import ibis

from luoshi.spine import Return
from luoshi.words.returns import Beside, Call, Expression, ReturnColumn, Rule, told
from luoshi.words.returns.expressions import SUMS, parts
from luoshi.words.returns.rules import owner_of

ROW = "_row"
"""Where a row stands in its frame, from 0."""
BEFORE = "_last_year"
"""The name of last year's table."""
_ASIDE, _RULE = "_aside_", "_rule_"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows, and how its answer is read."""

    asked: Any
    """An Ibis table: row, values that stand beside it, and a column for each rule that is true where the rule is broken."""
    rules: Mapping[str, Rule]
    """Rules by their column in the answer."""
    aside: Mapping[int, str]
    """Column of what stands beside, by the identity of the expression."""


@dataclass(slots=True)
class _Joined:
    """The table with all that is put beside it."""

    table: Any
    names: dict[int, str] = field(default_factory=dict)


@lru_cache(maxsize=128)
def question(of: type[Return], rules: tuple[Rule, ...]) -> Question:
    """Put the rules that can be answered into one question; it is kept, because Ibis takes longer over it than over a school."""
    rows = ibis.table({ROW: "int64", **{name: one.kind for name, one in of.columns.items()}}, name=of.key)
    joined = _put_beside(of, rows, [one for rule in rules for one in rule.aside])
    broken = {f"{_RULE}{place}": ~_holds(rule, joined) for place, rule in enumerate(rules)}
    beside = {name: joined.table[name] for name in dict.fromkeys(joined.names.values())}
    flags = joined.table.select(**{ROW: joined.table[ROW]}, **beside, **broken)
    kept = flags.filter(reduce(or_, [flags[name] for name in broken])) if broken else flags.limit(0)
    return Question(kept, dict(zip(broken, rules, strict=True)), joined.names)


def _holds(rule: Rule, joined: _Joined) -> Any:
    return told(rule.holds, lambda one: joined.table[joined.names.get(id(one)) or _name(one)])


def _name(one: Expression) -> str:
    assert isinstance(one, ReturnColumn)  # noqa: S101  # a declaration was looked through: nothing else is left
    return one.name


def _put_beside(of: type[Return], rows: Any, asides: list[Beside]) -> _Joined:
    """Join once for each table and set of columns, however many rules look there."""
    groups = dict[tuple[str, tuple[str, ...]], list[Beside]]()
    for one in asides:
        groups.setdefault((table_of(one), _on(of, one)), []).append(one)
    joined = _Joined(rows)
    for (name, on), group in groups.items():
        other = of if name == BEFORE else owner_of(group[0].of)
        assert other is not None  # noqa: S101  # a declaration was looked through
        there = ibis.table({key: one.kind for key, one in other.columns.items()}, name=name)  # type: ignore[attr-defined]
        values = dict[str, Any]()
        for one in group:
            same = next((known for known in values if _alike(values[known][1], one.of)), None)
            joined.names[id(one)] = same or f"{_ASIDE}{len(joined.names)}"
            values.setdefault(joined.names[id(one)], (_one_value(one.of, there), one.of))
        summed = there.filter(there[on[0]].notnull()).group_by(list(on))
        found = summed.aggregate(**{key: value for key, (value, _) in values.items()})
        found = found.rename({f"{key}_there": key for key in on})
        matched = [joined.table[key] == found[f"{key}_there"] for key in on]
        joined.table = joined.table.left_join(found, matched).drop(*(f"{key}_there" for key in on))
    return joined


def _on(of: type[Return], one: Beside) -> tuple[str, ...]:
    return of.keys if one.last_year else tuple(_name(column) for column in one.on)


def _one_value(value: Expression, there: Any) -> Any:
    """One value for each group of rows: the sum that was asked for, or the value of its only row."""
    found = told(value, lambda one: there[_name(one)])
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
