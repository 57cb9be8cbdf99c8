"""What sections keep of every campus in a term, and of every trade of a vocational school."""

import numpy as np
import polars as pl

from luoshi.declared.returns import Programmes, SchoolWork
from luoshi.imagining import cohorts, layout
from luoshi.imagining.chance import Ints
from luoshi.imagining.cohorts import Sections
from luoshi.imagining.columns import choices, digits, framed, where
from luoshi.imagining.enrolment import Enrolment
from luoshi.imagining.registers import county_of

DAYS = 100
"""Days of school in a term."""
_PARTIES, _PLANS = ("own", "joint", "adviser", "none"), ("accepted", "returned", "none")
_TRADES = ("051400", "070500", "091200", "120100", "130200")
_TRADE_NAMES = ("演示专业甲", "演示专业乙", "演示专业丙", "演示专业丁", "演示专业戊")


def _by_school(sections: Sections, many: Ints) -> Ints:
    summed: Ints = np.bincount(sections.place, weights=many, minlength=len(sections.schools.index)).astype(np.int64)
    return summed


def school_work(sections: Sections, enrolment: Enrolment, year: int) -> pl.DataFrame:
    """学校专项工作 of the first term; a little better each year."""
    schools, chance, passed = sections.schools, sections.schools.chance, year - sections.schools.first
    every, in_classes = (
        _by_school(sections, one) for one in (enrolment.pupils, enrolment.classes_by_grade.sum(axis=1))
    )
    there = np.nonzero(every > 0)[0]
    index, kind = schools.index[there], schools.kind[there]
    pupils, classes = every[there], in_classes[there]
    schooling = ~np.isin(kind, (layout.KINDERGARTEN, layout.ATTACHED))
    compulsory = np.isin(
        kind, (layout.PRIMARY, layout.POINT, layout.JUNIOR, layout.NINE_YEAR, layout.FULL_SECONDARY, layout.TWELVE_YEAR)
    )
    private = schools.private[there]

    def drawn(bound: int, purpose: str) -> Ints:
        return chance.below(bound, purpose, index, year)

    def of(many: Ints, low: int, spread: int, purpose: str) -> Ints:
        """So many of a hundred, two more each year, a hundred at most."""
        return many * np.minimum(low + 2 * passed + drawn(spread, purpose), 100) // 100

    party = np.where(private & (drawn(3, "party") == 0), 2, np.where(kind == layout.POINT, 1, 0))
    offers = compulsory & chance.happens(700 + 40 * passed, "care", index)
    wanted, meals = of(pupils, 55, 40, "wanted"), of(pupils, 30, 50, "meals")
    days, lessons, experiments = pupils * DAYS, classes * 500, classes * 18
    return framed(
        SchoolWork,
        {
            "school": digits(schools.serial[there], 10),
            "county": county_of(schools.unit[there]),
            "pupils": pupils,
            "classes": classes,
            "party": choices(_PARTIES, party),
            "affiliated": party < 2,
            "meetings_due": np.where(party < 2, 12, 0),
            "meetings": np.where(party < 2, 12, 0),
            "moral_plan": choices(_PLANS, np.minimum(drawn(12, "moral") // 10, 2), schooling),
            "active_classes": where(schooling, pl.Series(of(classes, 70, 35, "active"))),
            "pupil_days": days,
            "sick_days": days * (3 + drawn(12, "sick")) // 1000,
            "reports_due": np.full_like(index, DAYS),
            "reports_on_time": DAYS - drawn(6, "reports"),
            "lessons_due": where(schooling, pl.Series(lessons)),
            "lessons": where(schooling, pl.Series(of(lessons, 92, 12, "lessons"))),
            "experiments_due": where(schooling, pl.Series(experiments)),
            "experiments": where(schooling, pl.Series(of(experiments, 75, 30, "experiments"))),
            "care": where(compulsory, pl.Series(offers)),
            "care_wanted": where(compulsory, pl.Series(wanted)),
            "care_pupils": where(compulsory, pl.Series(np.where(offers, of(wanted, 60, 40, "cared"), 0))),
            "lunch_wanted": where(compulsory, pl.Series(meals)),
            "lunch_pupils": where(compulsory, pl.Series(of(meals, 50, 50, "lunch"))),
            "digital": where(schooling, pl.Series(chance.happens(300 + 60 * passed, "digital", index))),
            "space_teachers": where(schooling, pl.Series(of(classes, 60, 60, "space"))),
            "guards": chance.happens(900 + 20 * passed, "guards", index),
            "closed": chance.happens(930 + 15 * passed, "gates", index),
            "linked": chance.happens(850 + 30 * passed, "linked", index),
        },
    )


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
