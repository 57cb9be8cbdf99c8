"""Cohorts move up: how many pupils of which year of entry a school has in which year, in closed form.

    A(k) = E + in₁ + … + in_k        people who ever belonged to the cohort, numbered from 0
    D(k) = out₁ + … + out_k          those with the lowest numbers have left
    pupils in year k = A(k) - D(k)   numbers D(k) … A(k) - 1

So a person keeps a number from entry to leaving, flows add up to the stock without a rest, and no year needs the one before.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from luoshi.imagining import layout
from luoshi.imagining.chance import Chance, Flags, Ints
from luoshi.imagining.layout import BLOCK, POINTS, Schools

STAGES = ("preschool", "primary", "junior", "senior", "vocational", "special")
(PRESCHOOL, PRIMARY, JUNIOR, SENIOR, VOCATIONAL, SPECIAL) = range(6)
GRADES = np.array([3, 6, 3, 3, 3, 9])
"""Grades of a stage."""
FIRST_GRADE = np.array([1, 1, 7, 10, 10, 1])
AGE = np.array([3, 6, 12, 15, 15, 7])
"""Full years at entry."""
LONGEST = 9
_STAGES_OF = {
    layout.KINDERGARTEN: (PRESCHOOL,),
    layout.ATTACHED: (PRESCHOOL,),
    layout.PRIMARY: (PRIMARY,),
    layout.POINT: (PRIMARY,),
    layout.JUNIOR: (JUNIOR,),
    layout.NINE_YEAR: (PRIMARY, JUNIOR),
    layout.FULL_SECONDARY: (JUNIOR, SENIOR),
    layout.SENIOR: (SENIOR,),
    layout.TWELVE_YEAR: (PRIMARY, JUNIOR, SENIOR),
    layout.VOCATIONAL: (VOCATIONAL,),
    layout.SPECIAL: (SPECIAL,),
}
_MASK = np.array([[stage in _STAGES_OF[kind] for stage in range(6)] for kind in range(len(layout.KINDS))])
_CLASSES = np.array([3, 3, 4, 5, 7, 1])
"""Classes a grade of a school of middling size, by stage."""


@dataclass(frozen=True)
class Sections:
    """The stages of a slice of schools: arrays, one entry for each school and stage."""

    schools: Schools
    scale: int
    """Size against a city as it is, in thousandths."""

    @cached_property
    def place(self) -> Ints:
        """Place of the school in the slice."""
        return np.nonzero(_MASK[self.schools.kind])[0]

    @cached_property
    def stage(self) -> Ints:
        """Place in STAGES."""
        return np.nonzero(_MASK[self.schools.kind])[1]

    @cached_property
    def index(self) -> Ints:
        """Number of the school."""
        return self.schools.index[self.place]

    @cached_property
    def classes(self) -> Ints:
        """Classes a grade."""
        kind, urban = self.schools.kind[self.place], self.schools.urban[self.place]
        share = np.array([150, 130, 120, 90, 70, 50])[urban] + self.schools.chance.below(70, "size", self.index)
        share = np.where(self.stage >= SENIOR, np.maximum(share, 100), share)
        many = np.maximum(_CLASSES[self.stage] * share * self.scale // 120_000, 1)
        single = np.isin(kind, (layout.POINT, layout.ATTACHED, layout.SPECIAL))
        small = np.isin(kind, (layout.NINE_YEAR, layout.TWELVE_YEAR)) & (self.stage <= JUNIOR)
        return np.where(single, 1, np.where(small, np.maximum(many // 2, 1), many))

    @cached_property
    def usual(self) -> Ints:
        """Children in a class, by the school's habit."""
        return usual_size(self.schools.chance, self.index, self.stage)

    def cohort(self, entered: Ints | int, year: int) -> "Cohorts":
        """Those who entered in a year, as they stand in another.

        Args:
            entered: year of entry, one for all or one for each section.
            year: the school year.
        """
        entered = np.broadcast_to(np.asarray(entered, np.int64), self.stage.shape)
        opened, closed = self.schools.opened[self.place], self.schools.closed[self.place]
        alive = (entered >= opened) & (year >= entered) & (year < entered + GRADES[self.stage]) & (year < closed)
        return self._moved(entered, year, alive)

    def _moved(self, entered: Ints, year: int, alive: Flags) -> "Cohorts":
        came = np.where(alive, entry(self.schools.chance, self.index, self.stage, self.classes, self.usual, entered), 0)
        left, in_now, out_now = np.zeros_like(came), np.zeros_like(came), np.zeros_like(came)
        for step in range(1, LONGEST):
            then = entered + step
            at_work = alive & (then <= year)
            if not at_work.any():
                break
            comes, goes = moves(self.schools.chance, self.index, self.stage, self.classes, entered, step)
            comes += self._merged(entered, then)
            comes, goes = np.where(at_work, comes, 0), np.where(at_work, goes, 0)
            came, left = came + comes, left + goes
            in_now, out_now = np.where(then == year, comes, in_now), np.where(then == year, goes, out_now)
        return Cohorts(came, left, in_now, out_now)

    def _merged(self, entered: Ints, year: Ints) -> Ints:
        """Pupils who come to a township's first school because a teaching point has closed."""
        schools = self.schools
        found = np.zeros_like(entered)
        first = (self.index % BLOCK == 0) & (self.stage == PRIMARY)
        for place in POINTS:
            point = self.index - self.index % BLOCK + place
            comes = first & (point < schools.total) & (layout.closed_of(schools.chance, point, schools.first) == year)
            if comes.any():
                found[comes] += _of_point(schools, point[comes], entered[comes], year[comes])
        return found


def _of_point(schools: Schools, point: Ints, entered: Ints, year: Ints) -> Ints:
    """What is left of a teaching point's cohort the year before it closes."""
    stage, one = np.full_like(point, PRIMARY), np.ones_like(point)
    opened = Schools(schools.chance, point, schools.of, schools.total, schools.first).opened
    pupils = entry(schools.chance, point, stage, one, usual_size(schools.chance, point, stage), entered)
    for step in range(1, int(GRADES[PRIMARY])):
        comes, goes = moves(schools.chance, point, stage, one, entered, step)
        pupils += np.where(entered + step < year, comes - goes, 0)
    return np.where((entered < year) & (entered >= opened), pupils, 0)


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Arrays, one entry a section."""

    came: Ints
    """A: who ever belonged."""
    left: Ints
    """D: who has gone."""
    moved_in: Ints
    """Of those, in this year."""
    moved_out: Ints

    @property
    def pupils(self) -> Ints:
        """Who is there."""
        return self.came - self.left


def usual_size(chance: Chance, index: Ints, stage: Ints) -> Ints:
    """Children in a class of this school; a few schools are crowded and one in four of these overfull, teaching points are small."""
    kind, drawn = layout.kind_of(index), chance.below(12, "usual", index, stage)
    low = np.array([22, 34, 38, 40, 34, 9])[stage]
    size = np.where(kind == layout.POINT, 6 + drawn // 2, low + drawn)
    size = np.where(kind == layout.SPECIAL, 9, np.where(stage == PRESCHOOL, low + drawn // 2, size))
    crowded = chance.happens(25, "crowded", index, stage) & np.isin(stage, (PRIMARY, JUNIOR, SENIOR))
    many = 54 + drawn // 3 + np.where(drawn % 4 == 3, 10, 0)
    return np.where(crowded & (kind != layout.POINT), many, size)


def entry(chance: Chance, index: Ints, stage: Ints, classes: Ints, usual: Ints, entered: Ints) -> Ints:
    """E: who enters a section in a year."""
    more = chance.below(2 * classes + 1, "entry", index, stage, entered) - classes
    calm = np.where(classes == 1, chance.below(2, "single", index, stage, entered), more)
    return classes * usual + calm


def moves(chance: Chance, index: Ints, stage: Ints, classes: Ints, entered: Ints, step: int) -> tuple[Ints, Ints]:
    """Who comes and who goes in a later year of a cohort; a single class keeps its number."""
    comes = chance.below(classes + 1, "in", index, stage, entered, step)
    goes = chance.below(classes + 1, "out", index, stage, entered, step)
    return comes, np.where(classes == 1, comes, goes)
