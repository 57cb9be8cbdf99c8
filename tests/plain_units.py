"""Measures by cells, by counties that pass and by posts, reckoned slowly and plainly: loops over rows, and fractions."""

import math
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from luoshi.words.measures import Measure, Rate, Total
from luoshi.words.returns import Threshold
from luoshi.words.units import Celled, CellsPassing, CountiesPassing, Posts, Weighted

if TYPE_CHECKING:
    from tests.plain_measures import Plain

Told = dict[str, Fraction | None]


def grouped(plain: "Plain", measure: Measure, year: int) -> Told:
    if isinstance(measure, CountiesPassing):
        return _passing(plain, measure, year)
    if isinstance(measure, Posts):
        return _posts(plain, measure, year)
    assert isinstance(measure, Celled)
    return _cells(plain, measure, year)


def _sums(plain: "Plain", one: Rate | Total, names: list[str], year: int) -> dict[tuple, list[Any]]:
    """By county and cell: the sum above, the sum below; rows that do not say both are left out."""
    sums: dict[tuple, list[Any]] = defaultdict(lambda: [0, 0])
    part, whole = one.terms()[0], one.terms()[-1]
    for row in plain._chosen(part, year):
        above, below = (plain._value(term.amount, row, part.of, year) for term in (part, whole))
        cell = tuple(row[name] for name in ["county", *names])
        if above is not None and below is not None and None not in cell:
            sums[cell][0] += Fraction(above)
            sums[cell][1] += Fraction(below)
    return sums


def _cells(plain: "Plain", measure: Celled, year: int) -> Told:
    shape = measure.between if isinstance(measure, CellsPassing) else measure
    names = [one.name for one in shape.cells]
    one, other = (_sums(plain, side, names, year) for side in measure.sides())
    told: dict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for cell, (part, whole) in one.items():
        part_other, whole_other = other.get(cell, (None, None))
        if part_other is None or not whole or (not isinstance(measure, Weighted) and not whole_other):
            continue
        if isinstance(measure, Weighted):
            adds = part_other * part / whole, part_other
        elif isinstance(measure, CellsPassing):
            adds = Fraction(part / whole >= part_other / whole_other), Fraction(1)
        else:
            adds = part, whole * part_other / whole_other
        told[cell[0]] = [so_far + more for so_far, more in zip(told[cell[0]], adds, strict=True)]
    return {county: part / whole * measure.scale if whole else None for county, (part, whole) in told.items()}


def _passing(plain: "Plain", measure: CountiesPassing, year: int) -> Told:
    least = plain.values[measure.least.key] if isinstance(measure.least, Threshold) else measure.least
    values = plain.measured(measure.judged, year)
    told = {county: value for county, value in values.items() if value is not None}
    return {county: Fraction(100 if value >= least else 0) for county, value in told.items()}


def _posts(plain: "Plain", measure: Posts, year: int) -> Told:
    by = ["school", "county"] if measure.by_school else ["county"]
    pupils, held, *classes = (_by(plain, one, by, year) for one in measure.terms())
    told: dict[str, Any] = defaultdict(int)
    for unit, many in pupils.items():
        if unit not in held:
            continue
        needed = math.ceil(Fraction(many) / Fraction(plain.values[measure.ratio.key]))
        if classes and many < plain.values[measure.small.key]:
            needed = max(needed, math.ceil(classes[0].get(unit, 0) * Fraction(plain.values[measure.a_class.key])))
        told[unit[-1]] += needed - held[unit]
    return {county: Fraction(missing) for county, missing in told.items()}


def _by(plain: "Plain", term: Any, by: list[str], year: int) -> dict[tuple, int]:
    sums: dict[tuple, int] = defaultdict(int)
    for row, amount in plain._said(term, year):
        sums[tuple(row[name] for name in by)] += amount
    return sums
