"""Targets bound to declared indicators by the phrases plans use for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from luoshi.spine import Comparator, Indicator, Target

_MOVES = re.compile("提高|提升|扩大|增加|降低|减少|下降|稳定|巩固|缩小")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target stands: what may name its indicator."""

    clause: str
    sentence: str
    title: str
    """Of the point."""
    alone: bool = True
    """The clause has no other target, so that a phrase anywhere in it can only mean this one."""


def bind(target: Target, place: Place, indicators: Sequence[Indicator]) -> Target:
    """The target with the key of its indicator, or unbound.

    The longest phrase wins; one in the target's subject outweighs one elsewhere in the clause. Stage and other limits
    (`within`, `without`) are looked for in the clause, then the sentence, then the point's title. Never by value.
    """
    best, weight = None, (False, 0)
    for indicator in indicators:
        if not (_measures(indicator, target) and _fits(indicator, place)):
            continue
        for phrase in indicator.phrases:
            said = phrase in target.subject
            if (said or (place.alone and phrase in place.clause)) and (said, len(phrase)) > weight:
                best, weight = indicator, (said, len(phrase))
    return replace(target, indicator=best.key) if best else target


def spoken_of(place: Place, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """Keys of the indicators a clause without a target wants to move (提高普惠率): nothing to judge by, something to look at.

    A phrase inside a longer one that is spoken of too says nothing of its own.
    """
    if not _MOVES.search(place.clause):
        return ()
    said = {
        phrase: indicator.key
        for indicator in indicators
        if _fits(indicator, place)
        for phrase in indicator.phrases
        if phrase in place.clause
    }
    whole = [phrase for phrase in said if not any(phrase in other and phrase != other for other in said)]
    return tuple(dict.fromkeys(said[phrase] for phrase in whole))


def _measures(indicator: Indicator, target: Target) -> bool:
    """A rate is not bound to a count; an implied target (全覆盖, 消除) may be either."""
    if target.implicit or target.comparator is Comparator.NEVER_LESS:
        return True
    return (indicator.unit in {"%", "‰"}) == (target.unit in {"%", "‰"})


def _fits(indicator: Indicator, place: Place) -> bool:
    around = f"{place.clause}\n{place.sentence}\n{place.title}"
    if indicator.within and not any(word in around for word in indicator.within):
        return False
    return not any(word in around for word in indicator.without)
