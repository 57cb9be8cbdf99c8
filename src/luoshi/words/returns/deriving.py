"""Rules that follow from the types of the columns, so that nobody writes them."""

from collections.abc import Iterator, Mapping

from luoshi.words.findings import Severity
from luoshi.words.returns.columns import Choice, Code, ReturnColumn
from luoshi.words.returns.expressions import Expression
from luoshi.words.returns.rules import Rule

UNIQUE = "one_row_a_key"
"""Name of the rule that no two rows have the same keys."""


def derived(columns: Mapping[str, ReturnColumn]) -> Iterator[Rule]:
    """Filled, of its form, one of its words, within its bounds; and no two rows of one key."""
    keys = tuple(one for one in columns.values() if one.key)
    told = "、".join(one.label for one in keys)
    yield Rule(
        None,
        f"每一{told}只有一行" if len(keys) == 1 else f"{told}合起来只有一行",
        Severity.STOPS,
        "请删去重复的行，或改正写错的代码",
        name=UNIQUE,
        derived=True,
        columns=keys,
    )
    for one in columns.values():
        yield from _of(one)


def _of(one: ReturnColumn) -> Iterator[Rule]:
    if one.needed:
        yield _must(one, "filled", one.notnull(), f"{one.label}已填写", "请填写")
    if isinstance(one, Code) and one.pattern:
        whole = f"^(?:{one.pattern})$"
        yield _must(one, "form", one.re_search(whole), f"{one.label}为{one.form or one.pattern}", "请核对并改正")
    if isinstance(one, Choice):
        words = "、".join(one.choices.values())
        yield _must(one, "choice", one.isin(list(one.choices)), f"{one.label}为{words}之一", "请选其中之一")
    if one.at_least is not None:
        yield _must(one, "at_least", one >= one.at_least, f"{one.label}不小于{one.at_least}", "请核对并改正")
    if one.at_most is not None:
        yield _must(one, "at_most", one <= one.at_most, f"{one.label}不大于{one.at_most}", "请核对并改正")


def _must(one: ReturnColumn, what: str, holds: Expression, sentence: str, remedy: str) -> Rule:
    return Rule(holds, sentence, Severity.STOPS, remedy, name=f"{one.name}.{what}", derived=True)
