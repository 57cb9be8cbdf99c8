"""Which schools there are: kind, place, operator, when they opened and closed. Twenty institutions make a township.

Everything about a school follows from its number, so schools 40 to 60 of a large city are the same whoever makes them.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from luoshi.imagining.chance import Chance, Flags, Ints
from luoshi.imagining.shape import COUNTIES

BLOCK = 20
"""Institutions in a township."""
TOWNSHIPS = 300
"""Townships in a city; a larger number of schools makes more cities."""
LARGEST = 99 * TOWNSHIPS * BLOCK
"""Schools at most: 99 cities."""
KINDS = ("111", "119", "211", "218", "311", "312", "341", "342", "345", "365", "514")
CLASS_CODES = (11, 21, 21, 21, 31, 31, 34, 34, 34, 36, 51)
"""First two digits of a school's code, by its kind."""
(
    KINDERGARTEN,
    ATTACHED,
    PRIMARY,
    POINT,
    JUNIOR,
    NINE_YEAR,
    FULL_SECONDARY,
    SENIOR,
    TWELVE_YEAR,
    VOCATIONAL,
    SPECIAL,
) = range(11)
_PATTERN = (
    PRIMARY, KINDERGARTEN, JUNIOR, POINT, NINE_YEAR, KINDERGARTEN, PRIMARY, SENIOR, KINDERGARTEN, POINT,
    KINDERGARTEN, JUNIOR, PRIMARY, ATTACHED, KINDERGARTEN, PRIMARY, KINDERGARTEN, PRIMARY, KINDERGARTEN, POINT,
)  # fmt: skip
POINTS = tuple(place for place, kind in enumerate(_PATTERN) if kind == POINT)
"""Where the teaching points of a township stand; they belong to its first school."""
_PRIVATE = {8: 1000, 14: 800, 16: 300, 15: 60, 12: 40, 7: 120}
"""How many of a thousand are private, by place in the township."""
URBAN = ("111", "112", "121", "122", "210", "220")
(CORE, EDGE, COUNTY_TOWN, TOWN, VILLAGE_CENTRE, VILLAGE) = range(6)


@dataclass(frozen=True, slots=True)
class Townships:
    """Arrays, one entry a township."""

    city: Ints
    county: Ints
    """Place in COUNTIES."""
    number: Ints
    """Its number in its county, from 0."""
    kind: Ints
    """0 街道, 1 镇, 2 乡."""

    @property
    def unit(self) -> Ints:
        """A number for its county that no county of another city shares."""
        return self.city * len(COUNTIES) + self.county


def townships(chance: Chance, schools: int) -> Townships:
    """All townships of so many schools: small arrays, made whole."""
    block = np.arange(-(-schools // BLOCK), dtype=np.int64)
    city, place = block // TOWNSHIPS, block % TOWNSHIPS
    drawn = chance.pick([one.weight for one in COUNTIES], "county", block)
    turned = (place * 7 + 5) % len(COUNTIES)
    county = np.where(place < len(COUNTIES), turned, drawn)
    unit = city * len(COUNTIES) + county
    order = np.argsort(unit, kind="stable")
    ranked = unit[order]
    number = np.empty_like(block)
    number[order] = block - np.searchsorted(ranked, ranked, side="left")
    urban = np.array([one.urban for one in COUNTIES])[county]
    kind = np.where(urban, 0, np.where(number == 0, 1, 1 + (chance.below(2, "township", block))))
    return Townships(city, county, number, kind)


@dataclass(frozen=True)
class Schools:
    """A slice of the institutions: arrays, one entry each, in the order of their numbers."""

    chance: Chance
    index: Ints
    """Numbers from 0; a school's number is its identity."""
    of: Townships
    total: int
    """How many institutions the whole city has."""
    first: int
    """The first school year."""

    @property
    def block(self) -> Ints:
        """Their townships."""
        return self.index // BLOCK

    @cached_property
    def kind(self) -> Ints:
        """Place in KINDS."""
        return kind_of(self.index)

    @property
    def unit(self) -> Ints:
        """Their counties, numbered through all cities."""
        return self.of.unit[self.block]

    @cached_property
    def serial(self) -> Ints:
        """Their codes as numbers: class, 99, number. No institution has such a code, for 99 is no province."""
        return (np.array(CLASS_CODES)[self.kind] * 100 + 99) * 10**6 + self.index

    @cached_property
    def private(self) -> Flags:
        """Whether they are 民办."""
        rate = np.array([_PRIVATE.get(place, 0) for place in range(BLOCK)])[self.index % BLOCK]
        rate = np.where(self.kind == TWELVE_YEAR, 1000, np.where(self.kind == SPECIAL, 0, rate))
        return self.chance.happens(rate, "private", self.index)

    @cached_property
    def urban(self) -> Ints:
        """Place in URBAN."""
        kind, number = self.of.kind[self.block], self.of.number[self.block]
        outer = np.isin(self.kind, (POINT, ATTACHED)) | (self.index % BLOCK >= 15)
        street = np.where(number < 4, CORE, EDGE)
        town = np.where(number == 0, COUNTY_TOWN, np.where(outer, VILLAGE, TOWN))
        return np.where(kind == 0, street, np.where(kind == 1, town, np.where(outer, VILLAGE, VILLAGE_CENTRE)))

    @cached_property
    def opened(self) -> Ints:
        """The year they began; most before the first school year by far."""
        old = self.first - 8 - self.chance.below(55, "age", self.index)
        late = self.chance.happens(25, "late", self.index) & (self.index % BLOCK > 3)
        return np.where(late, self.first - 4 + self.chance.below(9, "opened", self.index), old)

    @cached_property
    def closed(self) -> Ints:
        """The school year in which they are listed as closed; 9999 for those that stay. Only teaching points close."""
        return closed_of(self.chance, self.index, self.first)

    @property
    def parent(self) -> Ints:
        """Number of the school they belong to; their own number where they stand alone."""
        belongs = np.isin(self.kind, (POINT, ATTACHED))
        return np.where(belongs, self.block * BLOCK, self.index)

    @cached_property
    def boarders(self) -> Ints:
        """How many of a thousand pupils board."""
        drawn = 300 + self.chance.below(500, "boarding", self.index)
        rural = (self.urban >= TOWN) & np.isin(self.kind, (JUNIOR, NINE_YEAR)) & (self.index % 3 != 0)
        older = np.isin(self.kind, (FULL_SECONDARY, SENIOR, VOCATIONAL, SPECIAL, TWELVE_YEAR))
        return np.where(rural | older, drawn, 0)


def kind_of(index: Ints) -> Ints:
    """The kind of a school by its number."""
    block, place = index // BLOCK, index % BLOCK
    kind = np.array(_PATTERN)[place]
    kind = np.where((place == 7) & (block % 3 == 2), FULL_SECONDARY, kind)
    kind = np.where((place == 15) & (block % 2 == 1), VOCATIONAL, kind)
    kind = np.where((place == 18) & (block % 8 == 3), SPECIAL, kind)
    return np.where((place == 18) & (block % 8 == 6), TWELVE_YEAR, kind)


def closed_of(chance: Chance, index: Ints, first: int) -> Ints:
    """The school year in which a school closes, 9999 if it does not."""
    closes = (kind_of(index) == POINT) & chance.happens(120, "closes", index)
    return np.where(closes, first + chance.below(8, "closed", index), 9999)
