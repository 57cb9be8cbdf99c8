"""Targets of one sentence: what is promised, how much, by when."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luoshi.reading.grammar import judging, tables
from luoshi.reading.grammar.amounts import Quantity, find_quantities
from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.deadlines import Day, find_days
from luoshi.reading.grammar.implied import find_implied
from luoshi.reading.grammar.numerals import level
from luoshi.reading.grammar.strength import strength
from luoshi.reading.grammar.subjects import subject
from luoshi.spine import Comparator, Strength, Target

_SEGMENT = re.compile(r"[；;。！!？?]")
_ENUMERATED = re.compile(r"分别")


def find_targets(text: str, start: int, end: int, context: Context) -> list[Target]:
    """The targets of text[start:end], one sentence of the whole text, with offsets into the text."""
    if context.review:
        return []
    sentence = text[start:end]
    row = tables.find_row(sentence)
    if row:
        return [_of_row(row, start, context)]
    days = list(find_days(sentence, context))
    explicit = list(_explicit(sentence, start, days, context))
    taken = [(target.start - start, target.end - start) for target in explicit]
    implied = list(_implied(sentence, start, days, context, taken))
    return sorted([*explicit, *implied], key=lambda target: target.start)


def _segment(sentence: str, at: int) -> tuple[int, int]:
    """The stretch between semicolons that holds a place."""
    begun = max((found.end() for found in _SEGMENT.finditer(sentence, 0, at)), default=0)
    until = _SEGMENT.search(sentence, at)
    return begun, until.start() if until else len(sentence)


def _clause(sentence: str, at: int) -> str:
    """The stretch between commas that holds a place."""
    begun = max(sentence.rfind(mark, 0, at) for mark in "，,；;。") + 1
    ends = [place for mark in "，,；;。" if (place := sentence.find(mark, at)) >= 0]
    return sentence[begun : min(ends, default=len(sentence))]


def _governing(sentence: str, days: list[Day], at: int) -> Day | None:
    """The last day named before the place in its segment, or the first one named after it in its clause."""
    begun, _ = _segment(sentence, at)
    before = [day for day in days if begun <= day.start < at and not day.compared]
    if before:
        return before[-1]
    clause_end = min((place for mark in "，,；;。" if (place := sentence.find(mark, at)) >= 0), default=len(sentence))
    after = [day for day in days if at < day.start < clause_end and not day.compared]
    return after[0] if after else None


def _due(deadline: date | None, context: Context) -> date | None:
    return deadline or context.heading or context.until


def _told_of_the_past(sentence: str, at: int, days: list[Day]) -> bool:
    day = _governing(sentence, days, at)
    return (day is not None and day.past) or judging.is_past(_clause(sentence, at))


def _explicit(sentence: str, start: int, days: list[Day], context: Context) -> Iterator[Target]:
    flat = level(sentence)
    shared: tuple[Comparator, int] | None = None
    for quantity in find_quantities(sentence):
        if any(day.start < quantity.end and quantity.start < day.end for day in days):
            continue
        before, after = flat[: quantity.start], flat[quantity.end :]
        if not judging.is_promised(quantity, before, after) or _told_of_the_past(sentence, quantity.start, days):
            continue
        held = judging.comparator(quantity, before, after)
        held, shared = _shared(held, shared, flat, quantity)
        yield _target(sentence, start, quantity, held, days, context)


def _shared(
    held: Comparator, shared: tuple[Comparator, int] | None, flat: str, quantity: Quantity
) -> tuple[Comparator, tuple[Comparator, int] | None]:
    """分别达到A、B、C: the word before the first number holds for all that follow in the list."""
    listed = shared is not None and re.fullmatch(
        r"[以上内下左右]{0,2}[、和及与,，]\s*", flat[shared[1] : quantity.start]
    )
    if shared is not None and listed and held is Comparator.EXACTLY:
        return shared[0], (shared[0], quantity.end)
    if _ENUMERATED.search(_clause(flat, quantity.start)):
        return held, (held, quantity.end)
    return held, None


def _target(
    sentence: str, start: int, quantity: Quantity, held: Comparator, days: list[Day], context: Context
) -> Target:
    day = _governing(sentence, days, quantity.start)
    clause = _clause(sentence, quantity.start)
    return Target(
        comparator=held,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=judging.unit(quantity, level(sentence[: quantity.start])),
        start=start + quantity.start,
        end=start + quantity.end,
        deadline=day.day if day else None,
        due=_due(day.day if day else None, context),
        strength=strength(clause),
        subject=subject(sentence, quantity.start, quantity.end),
    )


def _of_row(row: tables.Row, start: int, context: Context) -> Target:
    return Target(
        comparator=row.comparator,
        value=row.value,
        unit=row.unit,
        start=start + row.start,
        end=start + row.end,
        due=_due(None, context),
        implicit=row.value is None,
        strength=Strength.ASPIRATIONAL if row.expected else Strength.BINDING,
        subject=row.subject,
    )


def _counted(sentence: str, start: int, taken: list[tuple[int, int]]) -> bool:
    """Whether the clause already promises a number, so that 全部 and the like only strengthen it."""
    begun = max(sentence.rfind(mark, 0, start) for mark in "，,；;。：:") + 1
    until = min((place for mark in "，,；;。" if (place := sentence.find(mark, start)) >= 0), default=len(sentence))
    return any(begun <= a < until for a, _ in taken)


def _implied(
    sentence: str, start: int, days: list[Day], context: Context, taken: list[tuple[int, int]]
) -> Iterator[Target]:
    for found in find_implied(sentence, days):
        if _counted(sentence, found.start, taken) or _told_of_the_past(sentence, found.start, days):
            continue
        day = _governing(sentence, days, found.start)
        value = {Comparator.ALL: Decimal(100), Comparator.NONE: Decimal(0)}.get(found.comparator, found.value)
        yield Target(
            comparator=found.comparator,
            value=value,
            unit=found.unit,
            start=start + found.start,
            end=start + found.end,
            deadline=day.day if day else None,
            due=_due(day.day if day else None, context),
            implicit=True,
            strength=strength(_clause(sentence, found.start)),
            subject=found.subject,
        )
