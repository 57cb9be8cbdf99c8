"""Classes: a grade's pupils in classes that are nearly alike, and what the annual return says of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from luoshi.imagining import cohorts
from luoshi.imagining.chance import Ints, spread_count
from luoshi.imagining.cohorts import FIRST_GRADE, GRADES, LONGEST, Sections

BAND_EDGES = np.array([0, 26, 31, 36, 41, 46, 51, 56, 61, 66])
"""First size of each band of the annual return."""
NORMS = np.array([25, 30, 35])
"""Children in a class of a kindergarten at most: 幼儿园工作规程."""
GIRLS = 472
"""Girls among a thousand pupils."""


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades that have pupils: arrays, one entry for each section and grade."""

    section: Ints
    """Place of the section."""
    grade: Ints
    """From 0, in its stage."""
    entered: Ints
    """Year of entry."""
    came: Ints
    left: Ints
    """The numbers of its pupils run from here to `came` - 1."""


@dataclass(frozen=True, slots=True)
class ClassArrays:
    """Classes: arrays, one entry each."""

    of: Ints
    """Place of the grade."""
    number: Ints
    """班号, from 1."""
    size: Ints
    first: Ints
    """Number of its first pupil in the cohort."""


@dataclass(frozen=True)
class Enrolment:
    """Pupils and classes of a slice in one year."""

    sections: Sections
    year: int

    @cached_property
    def _standing(self) -> list[cohorts.Cohorts]:
        return [self.sections.cohort(self.year - grade, self.year) for grade in range(LONGEST)]

    @cached_property
    def by_grade(self) -> Ints:
        """Pupils: sections × grades."""
        return np.stack([one.pupils for one in self._standing], axis=1)

    @property
    def pupils(self) -> Ints:
        """Pupils by section."""
        told: Ints = self.by_grade.sum(axis=1)
        return told

    @property
    def moved(self) -> tuple[Ints, Ints]:
        """Who came and who went in the year, by section."""
        comes = sum((one.moved_in for one in self._standing), np.zeros_like(self.sections.stage))
        return comes, sum((one.moved_out for one in self._standing), np.zeros_like(self.sections.stage))

    @property
    def graduates(self) -> Ints:
        """Who left from the highest grade, by section: all who were there a year before."""
        return self.sections.cohort(self.year - GRADES[self.sections.stage], self.year - 1).pupils

    def having(self, permille: Ints, phase: Ints | int = 0) -> Ints:
        """How many pupils of a section have what so many of a thousand have."""
        counts = [
            spread_count(one.came, permille, phase) - spread_count(one.left, permille, phase) for one in self._standing
        ]
        return sum(counts, np.zeros_like(self.sections.stage))

    @cached_property
    def grades(self) -> Grades:
        """Grades with pupils, section by section."""
        section, grade = np.nonzero(self.by_grade)
        came = np.stack([one.came for one in self._standing], axis=1)[section, grade]
        left = np.stack([one.left for one in self._standing], axis=1)[section, grade]
        return Grades(section, grade, self.year - grade, came, left)

    @cached_property
    def classes(self) -> ClassArrays:
        """All classes.

        size(j) = ⌊pupils / classes⌋ + 1 for the first of them while the rest lasts, and every pair leans by up to 2.
        """
        grades, sections = self.grades, self.sections
        many = sections.classes[grades.section]
        pupils = grades.came - grades.left
        of = np.repeat(np.arange(len(many)), many)
        number = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
        even = pupils[of] // many[of] + (number < pupils[of] % many[of])
        index, stage = sections.index[grades.section[of]], sections.stage[grades.section[of]]
        lean = sections.schools.chance.below(3, "lean", index, stage, grades.entered[of], number // 2)
        paired = (number ^ 1) < many[of]
        size = even + np.where(paired, np.where(number % 2 == 0, lean, -lean), 0)
        before = np.cumsum(size) - size
        first = before - np.repeat(np.cumsum(pupils) - pupils, many) + grades.left[of]
        return ClassArrays(of, number + 1, size, first)

    def grade_of(self, classes: ClassArrays) -> Ints:
        """年级 of each class: 1 to 12."""
        grades = self.grades
        return (FIRST_GRADE[self.sections.stage[grades.section]] + grades.grade)[classes.of]

    @cached_property
    def bands(self) -> Ints:
        """Classes by size: sections × ten bands."""
        section = self.grades.section[self.classes.of]
        band = np.searchsorted(BAND_EDGES, self.classes.size, side="right") - 1
        return self._counted(section * 10 + band, 10)

    @cached_property
    def classes_by_grade(self) -> Ints:
        """Classes: sections × grades."""
        grades = self.grades
        return self._counted((grades.section * LONGEST + grades.grade)[self.classes.of], LONGEST)

    @property
    def within_norm(self) -> Ints:
        """Classes that are no larger than a kindergarten's may be, by section; means nothing of schools."""
        grade = self.grades.grade[self.classes.of]
        small = self.classes.size <= NORMS[np.minimum(grade, 2)]
        return self._counted(self.grades.section[self.classes.of][small], 1)[:, 0]

    @property
    def girls(self) -> Ints:
        """Girls by section."""
        return self.having(np.full_like(self.sections.stage, GIRLS), self.sections.index % 1000)

    def _counted(self, places: Ints, width: int) -> Ints:
        rows = len(self.sections.stage)
        counted: Ints = np.bincount(places, minlength=rows * width).astype(np.int64).reshape(rows, width)
        return counted
