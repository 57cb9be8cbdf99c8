"""Small counts of persons are not told the public: neither a count, nor a rate that would give it away, nor what is left over."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from luoshi.reporting.opening.figures import OpenFigure

WITHHELD = "人数过少，不公布"


def withhold(figures: Iterable[OpenFigure], least: Decimal) -> list[OpenFigure]:
    """Figures with the small ones emptied, in their order.

    A figure of persons is small where its count, its whole, or the rest of the whole is above 0 and below `least`. Where of one
    indicator and day a single county is small and the whole city is told, the county next in size is emptied too: else a
    subtraction would tell.
    """
    told = list(figures)
    empty = {place for place, one in enumerate(told) if _small(one, least)}
    for places in _groups(told):
        empty |= _second(told, places, empty)
    return [_emptied(one) if place in empty else one for place, one in enumerate(told)]


def _small(one: OpenFigure, least: Decimal) -> bool:
    if not one.persons:
        return False
    part, whole = _number(one.numerator), _number(one.denominator)
    if part is None and not one.denominator and one.unit != "%":
        part = _number(one.value)
    rest = whole - part if whole is not None and part is not None else None
    return any(count is not None and 0 < count < least for count in (part, whole, rest))


def _groups(told: Sequence[OpenFigure]) -> list[list[int]]:
    """Places of the figures that add up: one indicator, day, 口径 and standing."""
    groups = dict[tuple[str, ...], list[int]]()
    for place, one in enumerate(told):
        if one.persons:
            groups.setdefault((one.indicator, one.on, one.definition, one.standing), []).append(place)
    return list(groups.values())


def _second(told: Sequence[OpenFigure], places: Sequence[int], empty: set[int]) -> set[int]:
    counties = [place for place in places if told[place].level == "county"]
    gone = [place for place in counties if place in empty]
    whole = any(told[place].level == "city" and place not in empty for place in places)
    left = [place for place in counties if place not in empty]
    if len(gone) != 1 or not whole or not left:
        return set()
    return {min(left, key=lambda place: (_number(told[place].numerator or told[place].value) or 0, place))}


def _number(words: str) -> Decimal | None:
    return Decimal(words) if words else None


def _emptied(one: OpenFigure) -> OpenFigure:
    return replace(one, value="", shown=WITHHELD, numerator="", denominator="", withheld=True)
