"""All rules of a return as one question to a table: which rows break which rule. Ibis, so any engine answers it.

    flags(row, aside…, rule…) = rows ⟕ last year ⟕ other returns,   kept where any rule is false

A rule that cannot be said of a row is null there, and null is no finding: missing is not wrong, and not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, reduce
from operator import or_
from typing import Any

import ibis

from luoshi.spine import Return
from luoshi.words.returns import Rule, told
from luoshi.words.returns.joining import Joined, put_beside

ROW = "_row"
"""Where a row stands in its frame, from 0."""
_RULE = "_rule_"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows, and how its answer is read."""

    asked: Any
    """An Ibis table: row, values that stand beside it, and a column for each rule that is true where the rule is broken."""
    rules: Mapping[str, Rule]
    """Rules by their column in the answer."""
    aside: Mapping[int, str]
    """Column of what stands beside, by the identity of the expression."""


@lru_cache(maxsize=128)
def question(of: type[Return], rules: tuple[Rule, ...], values: tuple[tuple[str, Decimal], ...] = ()) -> Question:
    """Put the rules that can be answered into one question; it is kept, because Ibis takes longer over it than over a school.

    Args:
        of: the return.
        rules: those that are asked.
        values: of the parameters they read, by key: another value is another question.
    """
    rows = ibis.table({ROW: "int64", **{name: one.kind for name, one in of.columns.items()}}, name=of.key)
    joined = put_beside(of, rows, [one for rule in rules for one in rule.aside], values=dict(values))
    broken = {f"{_RULE}{place}": ~_holds(rule, joined) for place, rule in enumerate(rules)}
    beside = {name: joined.table[name] for name in dict.fromkeys(joined.names.values())}
    flags = joined.table.select(**{ROW: joined.table[ROW]}, **beside, **broken)
    kept = flags.filter(reduce(or_, [flags[name] for name in broken])) if broken else flags.limit(0)
    return Question(kept, dict(zip(broken, rules, strict=True)), joined.names)


def _holds(rule: Rule, joined: Joined) -> Any:
    return told(rule.holds, joined.column)
