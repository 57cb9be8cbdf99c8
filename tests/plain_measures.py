"""Measures reckoned slowly and plainly, row by row, in whole numbers and fractions: the judge of the engine."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from luoshi.imagining.oracle import _answered
from luoshi.spine import Return
from luoshi.words.measures import Blank, Comparison, Covered, Measure, Passing, PerPupil, Rate, Term, Total, Variation
from luoshi.words.returns import Beside, Call, ReturnColumn, Threshold
from luoshi.words.returns.rules import owner_of
from luoshi.words.units import Celled, CountiesPassing, Posts
from tests.plain_units import grouped

Frames = Mapping[tuple[str, int], pl.DataFrame]


class Plain:
    """The rows of a city as lists of dictionaries."""

    def __init__(self, frames: Frames, values: Mapping[str, Any]) -> None:
        self.rows = {key: list(frame.iter_rows(named=True)) for key, frame in frames.items()}
        self.values = values

    def measured(self, measure: Measure, year: int) -> dict[str, Fraction | float | None]:
        """Its value in each county; a root as a float."""
        if isinstance(measure, Celled | CountiesPassing | Posts):
            return grouped(self, measure, year)
        if isinstance(measure, Blank):
            return self._blank(measure, year)
        if isinstance(measure, Comparison):
            one, other = self.measured(measure.one, year), self.measured(measure.other, year)
            counties = one.keys() | other.keys()
            return {key: _over(one.get(key), other.get(key), measure.scale) for key in counties}
        if isinstance(measure, Variation):
            return self._apart(measure, year)
        if isinstance(measure, Passing):
            return self._passing(measure, year)
        sums = defaultdict(lambda: [None, None])
        for county, part, whole in self._pieces(measure, year):
            _add(sums[county], part, whole)
        if isinstance(measure, Total):
            return {county: part for county, (part, _) in sums.items()}
        return {county: _over(part, whole, measure.scale) for county, (part, whole) in sums.items()}

    def _pieces(self, measure: Measure, year: int) -> Iterator[tuple[str, Any, Any]]:
        if isinstance(measure, Total):
            yield from ((row["county"], amount, None) for row, amount in self._said(measure.terms()[0], year))
        elif isinstance(measure, PerPupil):
            yield from self._schools(measure, year)
        else:
            assert isinstance(measure, Rate)
            yield from self._rate(measure, year)

    def _rate(self, measure: Rate, year: int) -> Iterator[tuple[str, Any, Any]]:
        part, whole = measure.terms()
        if not measure.together:
            yield from ((row["county"], amount, None) for row, amount in self._said(part, year))
            yield from ((row["county"], None, amount) for row, amount in self._said(whole, year))
            return
        for row in self._chosen(part, year):
            above, below = (self._value(one.amount, row, part.of, year - part.years_back) for one in (part, whole))
            known = above is not None and below is not None
            yield (
                row["county"],
                int(above) if known and isinstance(above, bool) else above if known else None,
                ((int(below) if isinstance(below, bool) else below) if known else None),
            )

    def _schools(self, measure: PerPupil, year: int) -> Iterator[tuple[str, Any, Any]]:
        for _, county, part, whole in self._each_school(measure, year):
            if part is not None:
                yield county, part, whole

    def _each_school(self, measure: PerPupil, year: int) -> Iterator[tuple[str, str, Any, Any]]:
        """Every school with heads; what it has is None where no row says it."""
        part, whole, *every = ([*self._said(term, year)] for term in measure.terms())
        heads, all_heads, has = defaultdict(int), defaultdict(int), defaultdict(int)
        for row, amount in whole:
            heads[row["school"], row["county"]] += amount
        for row, amount in every[0] if every else ():
            all_heads[row["school"]] += amount
        known = {row["school"] for row, _ in part}
        for row, amount in part:
            has[row["school"]] += Fraction(amount)
        for (school, county), many in heads.items():
            if many:
                mine = has[school] * many / all_heads[school] if every else has[school]
                yield school, county, mine if school in known else None, many

    def _passing(self, measure: Passing, year: int) -> dict[str, Fraction | float | None]:
        """Schools one by one: what is missed and by how much, and what cannot be told."""
        misses, unknown, places = defaultdict(list), defaultdict(int), {}
        for one in measure.standards:
            for school, county, part, whole in self._each_school(one.of, year):
                places[school] = county
                if part is None:
                    unknown[school] += 1
                elif part * one.of.scale < Fraction(self.values[one.least.key]) * whole:
                    misses[school].append(part * one.of.scale / Fraction(self.values[one.least.key]) / whole)
        most = self.values[measure.may_miss.key] if measure.may_miss is not None else 0
        rest = Fraction(self.values[measure.rest.key]) / 100 if measure.rest is not None else 1
        told = defaultdict(lambda: [0, 0])
        for school, county in places.items():
            fails = len(misses[school]) > most or any(share < rest for share in misses[school])
            told[county][0] += not fails and not unknown[school]
            told[county][1] += fails or not unknown[school]
        return {county: _over(*both, measure.scale) for county, both in told.items()}

    def _apart(self, measure: Variation, year: int) -> dict[str, Fraction | float | None]:
        schools = defaultdict(list)
        for county, part, whole in self._schools(measure.between, year):
            schools[county].append((Fraction(part), whole))
        told = {}
        for county, some in schools.items():
            total, heads = sum(part for part, _ in some), sum(whole for _, whole in some)
            mean = total / heads
            square = sum(Fraction(whole, heads) * (part / whole - mean) ** 2 for part, whole in some)
            told[county] = math.sqrt(square) / mean if mean else None
        return told

    def _blank(self, measure: Blank, year: int) -> dict[str, Fraction | float | None]:
        holds, places = measure.terms()
        filled = {
            row[measure.at.name]
            for row in self.rows[holds.of.key, year]
            if self._value(measure.holds, row, holds.of, year)
        }
        named = {
            row[measure.place.name]: row["county"]
            for row in self._chosen(places, year)
            if row[measure.place.name] is not None
        }
        told: dict[str, Any] = defaultdict(int)
        for place, county in named.items():
            told[county] += place not in filled
        if isinstance(measure, Covered):
            every = Counter(named.values())
            return {county: _over(many - told[county], many, measure.scale) for county, many in every.items()}
        return dict(told)

    def _said(self, term: Term, year: int) -> Iterator[tuple[dict[str, Any], Any]]:
        """Rows of a term that say an amount."""
        for row in self._chosen(term, year):
            amount = self._value(term.amount, row, term.of, year - term.years_back)
            if amount is not None:
                yield row, int(amount) if isinstance(amount, bool) else amount

    def _chosen(self, term: Term, year: int) -> Iterator[dict[str, Any]]:
        at = year - term.years_back
        for row in self.rows[term.of.key, at]:
            if term.where is None or self._value(term.where, row, term.of, at) is True:
                yield row

    def _value(self, value: object, row: Mapping[str, Any], of: type[Return], year: int) -> Any:
        if isinstance(value, ReturnColumn):
            return row[value.name]
        if isinstance(value, Threshold):
            return self.values[value.key]
        if isinstance(value, Beside):
            other, at = (of, year - 1) if value.last_year else (owner_of(value.of), year)
            on = of.keys if value.last_year else tuple(column.name for column in value.on)
            there = [one for one in self.rows[other.key, at] if all(one[name] == row[name] for name in on)]
            return self._beside(value.of, there, other, at) if there else None
        if isinstance(value, Call):
            return _answered(value.name, [self._value(one, row, of, year) for one in value.arguments])
        return value

    def _beside(self, value: object, rows: list[Mapping[str, Any]], of: type[Return], year: int) -> Any:
        """A column of the only row there, or the sum of some."""
        if isinstance(value, Call) and value.name == "sum":
            where = value.named.get("where")
            chosen = [row for row in rows if where is None or self._value(where, row, of, year) is True]
            told = [one for row in chosen if (one := self._value(value.arguments[0], row, of, year)) is not None]
            return sum(told) if told else None
        return self._value(value, rows[0], of, year)


def _add(sums: list[Any], part: Any, whole: Any) -> None:
    for place, one in enumerate((part, whole)):
        if one is not None:
            sums[place] = Fraction(one) + (sums[place] or 0)


def _over(part: Any, whole: Any, scale: int) -> Fraction | None:
    return None if part is None or not whole else Fraction(part) / Fraction(whole) * scale
