"""Targets bound to declared indicators by the phrases plans use for them."""

from collections.abc import Sequence
from dataclasses import replace

from luoshi.spine import Comparator, Indicator, Target


def bind(target: Target, clause: str, sentence: str, title: str, indicators: Sequence[Indicator]) -> Target:
    """The target with the key of its indicator, or unbound.

    The longest phrase wins; one near the number (in its subject) outweighs one elsewhere in the clause. Stage and other
    limits (`within`, `without`) are looked for in clause, sentence and the point's title. Never decided by value.
    """
    around = f"{clause}\n{sentence}\n{title}"
    best, weight = None, (False, 0)
    for indicator in indicators:
        if not _fits(indicator, target, around):
            continue
        for phrase in indicator.phrases:
            if phrase in clause and (phrase in target.subject, len(phrase)) > weight:
                best, weight = indicator, (phrase in target.subject, len(phrase))
    return replace(target, indicator=best.key) if best else target


def _fits(indicator: Indicator, target: Target, around: str) -> bool:
    rate = indicator.unit in {"%", "‰"}
    counted = target.unit not in {"%", "‰"} and target.comparator not in {Comparator.ALL, Comparator.NEVER_LESS}
    if rate and counted and not target.implicit:
        return False
    if not rate and target.unit in {"%", "‰"} and not target.implicit:
        return False
    if indicator.within and not any(word in around for word in indicator.within):
        return False
    return not any(word in around for word in indicator.without)
