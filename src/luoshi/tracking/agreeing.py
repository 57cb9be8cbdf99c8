"""Figures of units side by side: whether a rate fits its counts, by how much two differ, what all of them make together.

Numerators and denominators are summed, rates are never averaged (DESIGN §5). A share is 100 × 分子 ÷ 分母 in percent, 1000 ×
in per mille; any other rate is 分子 ÷ 分母. Everything is exact; rounding half up is for what is kept and shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.tracking.holding import decimal
from luoshi.words.rounding import rounded

PLACES = 6
"""Decimals a figure is kept with."""
_WHOLE = {"%": 100, "‰": 1000}


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of one unit: its value in the indicator's unit, with both counts where it is a rate."""

    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def exact(self, unit: str) -> Fraction:
        """Unrounded: from both counts where they are known, else as it was told."""
        if self.numerator is None or not self.denominator:
            return Fraction(self.value)
        return rate(self.numerator, self.denominator, unit)


def rate(numerator: Decimal, denominator: Decimal, unit: str) -> Fraction:
    """What two counts make in a unit; the denominator is not nought."""
    return Fraction(numerator) * _WHOLE.get(unit, 1) / Fraction(denominator)


def kept(value: Fraction) -> Decimal:
    """A rate as it is kept: six places, rounded half up."""
    return rounded(decimal(value), PLACES)


def fits(value: Decimal, numerator: Decimal, denominator: Decimal, unit: str) -> bool:
    """Whether a printed rate is what its counts make, to the places it was printed with: 2.14 and 27 of 1262."""
    written = value.as_tuple().exponent
    places = -written if isinstance(written, int) and written < 0 else 0
    return abs(rate(numerator, denominator, unit) - Fraction(value)) * 2 <= Fraction(1, 10**places)


def difference(own: Amount, reported: Amount, unit: str) -> Decimal:
    """By how much a unit's own figure lies above the reported one, kept with six places."""
    return kept(own.exact(unit) - reported.exact(unit))


def together(parts: Sequence[Amount], unit: str, *, rated: bool) -> Amount | None:
    """What the units make together; None where a rate lacks a count, because rates are never averaged.

    Args:
        parts: one of each unit, at least one.
        unit: of the indicator.
        rated: whether the indicator is a rate; a bare count is summed itself.
    """
    if not rated:
        return Amount(sum((one.value for one in parts), Decimal(0)))
    tops = [one.numerator for one in parts if one.numerator is not None and one.denominator]
    bottoms = [one.denominator for one in parts if one.numerator is not None and one.denominator]
    if not parts or len(tops) < len(parts):
        return None
    top, bottom = sum(tops, Decimal(0)), sum(bottoms, Decimal(0))
    return Amount(kept(rate(top, bottom, unit)), top, bottom)
