"""Small counts of persons are not told the public: neither a count, nor a rate that would give it away, nor what a subtraction leaves.

Of one indicator, day, 口径 and standing the counties add up to the city, and so do part, whole and rest of the whole. What is hidden must
therefore not be told by what is shown:

    beside k small counties another is hidden, and more, until together they are  (least - 1) × k + least + 1  or more, in part, rest
    and whole; which one follows from its code and never from its count, or the choice would tell of the count
    where no county is left, the city's figure is hidden too

The same county's figure of the same indicator and day in another 口径 or standing is hidden with it: mostly it is the same number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from luoshi.publishing.opening.figures import OpenFigure

WITHHELD = "人数过少，不公布"
_MARGINS = 3


def withhold(figures: Iterable[OpenFigure], least: Decimal) -> list[OpenFigure]:
    """Figures with the small ones emptied, and with those that would tell them, in their order.

    A figure of persons is small where its count, its whole, or the rest of the whole is above 0 and below `least`.
    """
    told = list(figures)
    empty = {place for place, one in enumerate(told) if _small(one, least)}
    before = -1
    while before != len(empty):
        before = len(empty)
        empty |= _twins(told, empty)
        for places in _groups(told):
            empty |= _more(told, places, empty, least)
    return [_emptied(one) if place in empty else one for place, one in enumerate(told)]


def _counts(one: OpenFigure) -> tuple[Decimal | None, ...]:
    """Part, rest of the whole, whole; None where it is not told."""
    part, whole = _number(one.numerator), _number(one.denominator)
    if part is None and not one.denominator and one.unit != "%":
        part = _number(one.value)
    return part, whole - part if whole is not None and part is not None else None, whole


def _small(one: OpenFigure, least: Decimal) -> bool:
    return one.persons and any(count is not None and 0 < count < least for count in _counts(one))


def _twins(told: Sequence[OpenFigure], empty: set[int]) -> set[int]:
    """The same division's figures of the same indicator and day, in whatever 口径 and standing."""
    gone = {(told[place].indicator, told[place].on, told[place].division) for place in empty}
    return {place for place, one in enumerate(told) if one.persons and (one.indicator, one.on, one.division) in gone}


def _groups(told: Sequence[OpenFigure]) -> list[list[int]]:
    """Places of the figures that add up: one indicator, day, 口径 and standing."""
    groups = dict[tuple[str, ...], list[int]]()
    for place, one in enumerate(told):
        if one.persons:
            groups.setdefault((one.indicator, one.on, one.definition, one.standing), []).append(place)
    return list(groups.values())


def _more(told: Sequence[OpenFigure], places: Sequence[int], empty: set[int], least: Decimal) -> set[int]:
    """What has to be hidden too, so that the city less the counties that are shown tells nothing."""
    city = [place for place in places if told[place].level == "city"]
    if not city or all(place in empty for place in city):
        return set()
    counties = [place for place in places if told[place].level == "county"]
    hidden = {place for place in counties if place in empty}
    while hidden and any(_told_by_subtraction(told, hidden, margin, least) for margin in range(_MARGINS)):
        left = [place for place in counties if place not in hidden and any(_counts(told[place]))]
        if not left:
            return hidden | set(city)
        hidden.add(max(left, key=lambda place: told[place].division))
    return hidden


def _told_by_subtraction(told: Sequence[OpenFigure], hidden: set[int], margin: int, least: Decimal) -> bool:
    """Whether what the hidden counties have together leaves too few ways to divide it.

    Beside the small ones there has to be another, and even with each small one at its most that one has to be no small count.
    """
    counts = [count for place in hidden if (count := _count(told[place], margin)) > 0]
    small = sum(count < least for count in counts)
    return bool(small) and (len(counts) == small or sum(counts) < (least - 1) * small + least + 1)


def _count(one: OpenFigure, margin: int) -> Decimal:
    return _counts(one)[margin] or Decimal(0)


def _number(words: str) -> Decimal | None:
    return Decimal(words) if words else None


def _emptied(one: OpenFigure) -> OpenFigure:
    return replace(one, value="", shown=WITHHELD, numerator="", denominator="", withheld=True)
