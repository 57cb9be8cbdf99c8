"""What sections keep of every campus in a term, and of every trade of a vocational school."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from luoshi.declared.returns import Programmes, SchoolWork
from luoshi.imagining import cohorts, layout
from luoshi.imagining.chance import Flags, Ints
from luoshi.imagining.cohorts import Sections
from luoshi.imagining.columns import choices, digits, framed, where
from luoshi.imagining.enrolment import Enrolment
from luoshi.imagining.registers import county_of

DAYS = 100
"""Days of school in a term."""
_PARTIES, _PLANS = ("own", "joint", "adviser", "none"), ("accepted", "returned", "none")
_TRADES = ("051400", "070500", "091200", "120100", "130200")
_COMPULSORY = (
    layout.PRIMARY,
    layout.POINT,
    layout.JUNIOR,
    layout.NINE_YEAR,
    layout.FULL_SECONDARY,
    layout.TWELVE_YEAR,
)
_TRADE_NAMES = ("演示专业甲", "演示专业乙", "演示专业丙", "演示专业丁", "演示专业戊")


def _by_school(sections: Sections, many: Ints) -> Ints:
    summed: Ints = np.bincount(sections.place, weights=many, minlength=len(sections.schools.index)).astype(np.int64)
    return summed


@dataclass(frozen=True)
class _Campuses:
    """Campuses of a slice that have pupils: arrays, one entry each."""

    sections: Sections
    enrolment: Enrolment
    year: int

    @cached_property
    def place(self) -> Ints:
        """Places of the schools in the slice."""
        return np.nonzero(_by_school(self.sections, self.enrolment.pupils) > 0)[0]

    @cached_property
    def pupils(self) -> Ints:
        """Pupils or children."""
        return _by_school(self.sections, self.enrolment.pupils)[self.place]

    @cached_property
    def classes(self) -> Ints:
        """Classes of all stages."""
        return _by_school(self.sections, self.enrolment.classes_by_grade.sum(axis=1))[self.place]

    @property
    def kind(self) -> Ints:
        """Place in KINDS."""
        return self.sections.schools.kind[self.place]

    @property
    def schooling(self) -> Flags:
        """Whether it is no kindergarten."""
        told: Flags = ~np.isin(self.kind, (layout.KINDERGARTEN, layout.ATTACHED))
        return told

    @property
    def compulsory(self) -> Flags:
        """Whether it has pupils of compulsory age."""
        told: Flags = np.isin(self.kind, _COMPULSORY)
        return told

    @property
    def passed(self) -> int:
        """Years since the first."""
        return self.year - self.sections.schools.first

    def drawn(self, bound: int, purpose: str) -> Ints:
        """Whole numbers below a bound."""
        return self.sections.schools.chance.below(bound, purpose, self.sections.schools.index[self.place], self.year)

    def of(self, many: Ints, low: int, spread: int, purpose: str) -> Ints:
        """So many of a hundred, two more each year, a hundred at most."""
        told: Ints = many * np.minimum(low + 2 * self.passed + self.drawn(spread, purpose), 100) // 100
        return told

    def has(self, permille: int, more: int, purpose: str) -> Flags:
        """Whether it has what so many of a thousand have, more each year; who has it keeps it."""
        index = self.sections.schools.index[self.place]
        return self.sections.schools.chance.happens(permille + more * self.passed, purpose, index)


def school_work(sections: Sections, enrolment: Enrolment, year: int) -> pl.DataFrame:
    """学校专项工作 of the first term; a little better each year."""
    told, schools = _Campuses(sections, enrolment, year), sections.schools
    return framed(
        SchoolWork,
        {
            "school": digits(schools.serial[told.place], 10),
            "county": county_of(schools.unit[told.place]),
            "pupils": told.pupils,
            "classes": told.classes,
            **_party(told),
            **_health(told),
            **_lessons(told),
            **_care(told),
            "digital": where(told.schooling, pl.Series(told.has(300, 60, "digital"))),
            "space_teachers": where(told.schooling, pl.Series(told.of(told.classes, 60, 60, "space"))),
            "guards": told.has(900, 20, "guards"),
            "closed": told.has(930, 15, "gates"),
            "linked": told.has(850, 30, "linked"),
        },
    )


def _party(told: _Campuses) -> dict[str, object]:
    private = told.sections.schools.private[told.place]
    party = np.where(private & (told.drawn(3, "party") == 0), 2, np.where(told.kind == layout.POINT, 1, 0))
    meetings = np.where(party < 2, 12, 0)
    plan = np.minimum(told.drawn(12, "moral") // 10, 2)
    return {
        "party": choices(_PARTIES, party),
        "affiliated": party < 2,
        "meetings_due": meetings,
        "meetings": meetings,
        "moral_plan": choices(_PLANS, plan, told.schooling),
    }


def _health(told: _Campuses) -> dict[str, object]:
    days = told.pupils * DAYS
    return {
        "active_classes": where(told.schooling, pl.Series(told.of(told.classes, 70, 35, "active"))),
        "pupil_days": days,
        "sick_days": days * (3 + told.drawn(12, "sick")) // 1000,
        "reports_due": np.full_like(told.place, DAYS),
        "reports_on_time": DAYS - told.drawn(6, "reports"),
    }


def _lessons(told: _Campuses) -> dict[str, object]:
    lessons, experiments = told.classes * 500, told.classes * 18
    return {
        "lessons_due": where(told.schooling, pl.Series(lessons)),
        "lessons": where(told.schooling, pl.Series(told.of(lessons, 92, 12, "lessons"))),
        "experiments_due": where(told.schooling, pl.Series(experiments)),
        "experiments": where(told.schooling, pl.Series(told.of(experiments, 75, 30, "experiments"))),
    }


def _care(told: _Campuses) -> dict[str, object]:
    """Care after class and lunch, of schools of compulsory age."""
    offers = told.compulsory & told.has(700, 40, "care")
    wanted, meals = told.of(told.pupils, 55, 40, "wanted"), told.of(told.pupils, 30, 50, "meals")
    return {
        "care": where(told.compulsory, pl.Series(offers)),
        "care_wanted": where(told.compulsory, pl.Series(wanted)),
        "care_pupils": where(told.compulsory, pl.Series(np.where(offers, told.of(wanted, 60, 40, "cared"), 0))),
        "lunch_wanted": where(told.compulsory, pl.Series(meals)),
        "lunch_pupils": where(told.compulsory, pl.Series(told.of(meals, 50, 50, "lunch"))),
    }


def programmes(sections: Sections, enrolment: Enrolment, year: int) -> pl.DataFrame:
    """中职专业办学情况: four trades a vocational school; who entered and who graduated are those of the annual return."""
    schools, chance = sections.schools, sections.schools.chance
    trade = np.nonzero((sections.stage == cohorts.VOCATIONAL) & (enrolment.pupils > 0))[0]
    of, number = np.repeat(trade, 4), np.tile(np.arange(4), len(trade))
    place, index = sections.place[of], sections.index[of]

    def share(many: Ints) -> Ints:
        return many[of] // 4 + (number < many[of] % 4)

    def some(many: Ints, low: int, spread: int, purpose: str) -> Ints:
        return many * (low + chance.below(spread, purpose, index, number, year)) // 100

    entrants, graduates = share(enrolment.by_grade[:, 0]), share(enrolment.graduates)
    employed = some(graduates, 88, 12, "employed")
    candidates = some(graduates, 20, 40, "candidates")
    part_timers = chance.below(4, "part-timers", index, number)
    kind = (number + index) % len(_TRADES)
    return framed(
        Programmes,
        {
            "school": digits(schools.serial[place], 10),
            "programme": choices(_TRADES, kind),
            "name": choices(_TRADE_NAMES, kind),
            "county": county_of(schools.unit[place]),
            "plan": entrants + some(entrants, 0, 60, "plan") + 2,
            "entrants": entrants,
            "graduates": graduates,
            "employed": employed,
            "matched": some(employed, 55, 30, "matched"),
            "candidates": candidates,
            "certified": some(candidates, 60, 40, "certified"),
            "part_timers": part_timers,
            "part_time_hours": part_timers * 60,
        },
    )
