"""Whole things among divisions by weight, by largest remainder, no division beyond what it can take.

With N things, weights w and W = Σw the exact share is N·w/W. Each gets the whole part of it; what is left over goes one by one to the
largest remainders (Hamilton's method), of equal ones to the smaller code. Where a share would pass what a division can take, it
takes that, and the rest is shared anew among the others. Within one sharing a larger weight never gets less.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor


def apportion(number: int, weights: Mapping[str, Fraction], most: Mapping[str, int] | None = None) -> dict[str, int]:
    """How many of the things each division gets: whole numbers that add up exactly.

    Args:
        number: of things, not below 0.
        weights: by code, not below 0; who has none gets nothing.
        most: by code, what each can take; no bound for those it does not name.

    Raises:
        ValueError: the divisions with a weight cannot take that many; see `room`.
    """
    most = most or {}
    if number and room(weights, most, number) < number:
        raise ValueError(number)
    told = dict.fromkeys(weights, 0)
    open_ = {code: weight for code, weight in weights.items() if weight > 0}
    left = number
    while left:
        whole = sum(open_.values(), Fraction(0))
        exact = {code: left * weight / whole for code, weight in open_.items()}
        full = [code for code, share in exact.items() if code in most and share >= most[code]]
        if not full:
            told |= _rounded(left, exact)
            break
        for code in full:
            told[code] = most[code]
            left -= most[code]
            del open_[code]
    return told


def room(weights: Mapping[str, Fraction], most: Mapping[str, int], number: int) -> int:
    """How many of a number of things divisions with a weight can take."""
    return sum(min(most.get(code, number), number) for code, weight in weights.items() if weight > 0)


def _rounded(number: int, exact: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers from exact shares that add up to a whole number."""
    told = {code: floor(share) for code, share in exact.items()}
    over = sorted(exact, key=lambda code: (told[code] - exact[code], code))
    for code in over[: number - sum(told.values())]:
        told[code] += 1
    return told
