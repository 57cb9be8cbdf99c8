"""A made-up city: any slice of its schools in any year, and its counties; all from one seed. 演示数据（虚构）."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from luoshi.declared.returns import RETURNS
from luoshi.imagining import cohorts, counties, layout, possessions, registers, windows, work
from luoshi.imagining.agreed import Agreed
from luoshi.imagining.chance import Chance, Ints
from luoshi.imagining.cohorts import Sections
from luoshi.imagining.counties import Counties, CountyTotals
from luoshi.imagining.enrolment import Enrolment
from luoshi.imagining.layout import Schools, Townships
from luoshi.imagining.rolls import Roll, vision
from luoshi.imagining.staffing import Posts, staff, staff_counts
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Grain

MADE_UP = "演示数据（虚构）"
"""Everything made here says so."""
FIRST = 2020
"""The first school year, unless another is asked for."""
USUAL = 315
"""Pupils to an institution in a city as it is, kindergartens counted among the institutions."""
SLICE = 1000
"""Institutions made at once: about half a million pupils."""
_PLACE_OF = np.array([0, 0, 1, 2, 3, 3])
"""市区, 县城, 镇, 乡村, by urban code."""


@dataclass(frozen=True)
class City:
    """A made-up city, or up to 99 of them.

    Schools are numbered from 0; a slice of them is the same whether it is made alone or with the others.
    """

    schools: int
    """Institutions, kindergartens and teaching points counted."""
    seed: int
    first: int = FIRST
    """The first school year."""
    pupils: int | None = None
    """About how many pupils there should be a year; None for what is usual."""

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be."""
        if not 1 <= self.schools <= layout.LARGEST:
            raise _refused("--schools", str(self.schools), f"学校数在1至{layout.LARGEST}之间")
        if self.pupils is not None and not 100 <= self.scale <= 5000:
            usual = self.schools * USUAL
            raise _refused("--pupils", str(self.pupils), f"学生数在{usual // 10}至{usual * 5}之间，每所学校才像学校")

    @property
    def scale(self) -> int:
        """Size against a city as it is, in thousandths."""
        return 1000 if self.pupils is None else self.pupils * 1000 // (self.schools * USUAL)

    @cached_property
    def chance(self) -> Chance:
        """Its draws."""
        return Chance(self.seed)

    @cached_property
    def townships(self) -> Townships:
        """Its townships."""
        return layout.townships(self.chance, self.schools)

    def slices(self, size: int = SLICE) -> list[range]:
        """Its schools in pieces."""
        return [range(start, min(start + size, self.schools)) for start in range(0, self.schools, size)]

    def counties(self) -> list[Ints]:
        """Its schools in pieces of whole counties, each about as large as a slice, or one county where that is larger."""
        unit = np.repeat(self.townships.unit, layout.BLOCK)[: self.schools]
        order = np.argsort(unit, kind="stable")
        ends = np.append(np.nonzero(np.diff(unit[order]))[0] + 1, self.schools)
        pieces, start = list[Ints](), 0
        for end, after in zip(ends, [*ends[1:], None], strict=True):
            if after is None or after - start > SLICE:
                pieces.append(order[start:end])
                start = end
        return pieces

    def frames(self, some: range | Ints, year: int, *, rosters: bool = True) -> Iterator[tuple[str, pl.DataFrame]]:
        """The returns of some schools in one year: key of the return, rows.

        Args:
            some: numbers of the schools, one township's together.
            year: the school year, by its first calendar year.
            rosters: whether classes and persons are listed one by one, and what is reckoned from them; without them it is
                what the schools say in their annual return.
        """
        sections = self._sections(some)
        schools, enrolment = sections.schools, Enrolment(sections, year)
        opened = np.nonzero((schools.opened <= year) & (schools.closed > year))[0]
        listed = np.nonzero((schools.opened <= year) & (schools.closed >= year))[0]
        yield "institutions", registers.institutions(schools, year, listed)
        yield "kindergartens", registers.kindergartens(sections, enrolment, year)
        yield "class_bands", possessions.class_bands(sections, enrolment)
        if rosters:
            yield from _of_roll(Roll(enrolment), year)
        posts = Posts(sections, year)
        people = staff(posts)
        if rosters:
            yield "staff", people
        yield "staff_counts", staff_counts(posts, people)
        yield "premises", possessions.premises(sections, year, opened)
        yield "equipment", possessions.equipment(sections, year, opened)
        yield "aid", possessions.aid(sections, enrolment)
        if rosters:
            yield "school_funds", possessions.school_funds(sections, enrolment, year)
            yield "school_work", work.school_work(sections, enrolment, year)
            yield "programmes", work.programmes(sections, enrolment, year)

    def annual_frames(self, some: range, year: int) -> dict[str, pl.DataFrame]:
        """What some schools say in their annual return; arguments as of `frames`."""
        return dict(self.frames(some, year, rosters=False))

    def kindergarten_classes(self, some: range, year: int) -> pl.DataFrame:
        """Classes of kindergartens in one year, which no return lists: school, grade (1 to 3), number, size."""
        sections = self._sections(some)
        return registers.kindergarten_classes(sections, Enrolment(sections, year))

    def county_frames(self, year: int) -> Iterator[tuple[str, pl.DataFrame]]:
        """The returns of all counties in one year."""
        told = Counties(self.chance, self.totals(year), self.scale, year, self.first)
        yield "budgets", told.budgets()
        yield "pay_totals", told.pay_totals()
        yield "civil_servant_pay", told.civil_servants()
        yield "projects", counties.projects(self.chance, self.townships, year, self.first)
        yield "communities", counties.communities(self.chance, self.townships, year, self.first)
        yield "training_institutions", told.training()
        yield "population", told.population()
        totals = told.totals
        primary, junior = totals.by_stage[:, cohorts.PRIMARY], totals.by_stage[:, cohorts.JUNIOR]
        agreed = Agreed(self.chance, totals.unit, primary, primary + junior, year, self.first)
        yield "county_counts", agreed.counts()
        yield "grants", windows.grants(told)
        yield "requests", windows.requests(told)

    def whole(self, year: int) -> dict[str, pl.DataFrame]:
        """Every return of one year, in memory: for small cities."""
        parts: dict[str, list[pl.DataFrame]] = {key: [] for key in RETURNS}
        for some in self.slices():
            for key, frame in self.frames(some, year):
                parts[key].append(frame)
        for key, frame in self.county_frames(year):
            parts[key].append(frame)
        return {key: pl.concat(some) for key, some in parts.items()}

    def totals(self, year: int) -> CountyTotals:
        """What the schools of each county come to; the schools are gone through in slices, their pupils are not made."""
        unit = np.unique(self.townships.unit)
        pupils = np.zeros((2, len(unit)), np.int64)
        teachers, by_stage = np.zeros((len(unit), 4, 6), np.int64), np.zeros((len(unit), 6), np.int64)
        for some in self.slices():
            sections = self._sections(some)
            of = np.searchsorted(unit, sections.schools.unit[sections.place])
            for place, one in enumerate((year, year - 1)):
                heads = Enrolment(sections, one).pupils
                np.add.at(pupils[place], of, np.where(sections.stage == cohorts.PRESCHOOL, 0, heads))
                if one == year:
                    np.add.at(by_stage, (of, sections.stage), heads)
            self._add_teachers(teachers, of, sections, year)
        townships = np.bincount(np.searchsorted(unit, self.townships.unit), minlength=len(unit))
        return CountyTotals(unit, townships.astype(np.int64), pupils[0], pupils[1], teachers, by_stage)

    def _add_teachers(self, teachers: Ints, of: Ints, sections: Sections, year: int) -> None:
        schools, place = sections.schools, sections.place
        there = (schools.opened[place] <= year) & (schools.closed[place] > year) & ~schools.private[place]
        many = np.where(there, Posts(sections, year).teachers, 0)
        np.add.at(teachers, (of, _PLACE_OF[schools.urban[place]], sections.stage), many)

    def _sections(self, some: range | Ints) -> Sections:
        index = np.asarray(some, np.int64)
        return Sections(Schools(self.chance, index, self.townships, self.schools, self.first), self.scale)


def _of_roll(roll: Roll, year: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Classes, pupils and their sight; the pupils are let go when nobody looks at them any more."""
    yield "classes", roll.classes()
    pupils = roll.pupils()
    yield "pupils", pupils
    yield "vision", vision(roll, pupils, year)


def period_of(key: str, year: int) -> str:
    """How the period of a return is written: 2020, 2020-1 for the first term, 2020-12 for the last month."""
    ends: Mapping[Grain, str] = {Grain.TERM: "-1", Grain.MONTH: "-12"}
    return f"{year}{ends.get(RETURNS[key].grain, '')}"


def _refused(where: str, what: str, rule: str) -> RefusedError:
    return RefusedError(Finding(where, what, rule, "请换一个数，再运行一次"))
