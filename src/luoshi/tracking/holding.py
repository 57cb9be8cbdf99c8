"""Holding a figure against a target: exact, unrounded, with the sign said in words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.spine import Better, Comparator, Measurement, Standing, Target

SHARES = frozenset({"%", "‰"})
_RANK = {Standing.PRESS: 0, Standing.REPORTED: 1, Standing.VERIFIED: 2, Standing.PUBLISHED: 3}
_WHOLE = {"%": 100, "‰": 1000}


def exact(measurement: Measurement) -> Fraction:
    """The figure unrounded: from both its counts when they are known, else as it was told."""
    if measurement.numerator is not None and measurement.denominator and measurement.unit in SHARES:
        return Fraction(measurement.numerator) * _WHOLE[measurement.unit] / Fraction(measurement.denominator)
    return Fraction(measurement.value)


def known_by(measurements: Sequence[Measurement], on: date) -> list[Measurement]:
    """What was known on a day, the best last: the latest 时点, on the same day the one that has come furthest."""
    known = [one for one in measurements if one.known <= on and one.on <= on]
    return sorted(known, key=lambda one: (one.on, _RANK[one.standing], one.known))


def is_cumulative(target: Target) -> bool:
    """Whether the target counts things that stay once they are there (新增50所), unlike a rate that can fall back."""
    counted = target.comparator in {Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.BETWEEN}
    return counted and target.unit not in SHARES and "/" not in target.unit and not target.implicit


def goal(target: Target, better: Better, before: Measurement | None) -> Fraction | None:
    """The bound that decides; None when it is not known (last year's value for 只增不减)."""
    if target.comparator is Comparator.NEVER_LESS:
        return exact(before) if before else None
    if target.comparator is Comparator.BETWEEN and better is Better.LOWER:
        return Fraction(target.value_max) if target.value_max is not None else None
    return Fraction(target.value) if target.value is not None else None


def at_most(target: Target, better: Better) -> bool:
    """Whether the bound is an upper one."""
    if target.comparator in {Comparator.AT_MOST, Comparator.NONE}:
        return True
    return target.comparator in {Comparator.EXACTLY, Comparator.BETWEEN} and better is Better.LOWER


def is_met(value: Fraction, bound: Fraction, *, upper: bool) -> bool:
    """Inclusive on both sides: 以上, 以内, 不低于, 不超过."""
    return value <= bound if upper else value >= bound


def completion(value: Fraction, bound: Fraction, base: Fraction) -> Fraction | None:
    """Share of the way from base to bound; None when base and bound are one, for then there is no way to go.

    (actual - base) / (target - base); for less-is-better both differences are negative and the share is the same.
    """
    return (value - base) / (bound - base) if bound != base else None


def decimal(share: Fraction) -> Decimal:
    """A share as a decimal of 28 digits; for the record, never for comparing."""
    return Decimal(share.numerator) / Decimal(share.denominator)
