"""What counties report: people by age, money, pay, projects, community education, training institutions."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from luoshi.declared.returns import (
    Budgets,
    CivilServantPay,
    Communities,
    PayTotals,
    Population,
    Projects,
    TrainingInstitutions,
    codes,
)
from luoshi.imagining.chance import Chance, Ints
from luoshi.imagining.columns import choices, days, digits, first_of_january, framed, where, whole
from luoshi.imagining.layout import Townships
from luoshi.imagining.registers import county_of
from luoshi.imagining.shape import AGES, COUNTIES, WIDTHS

PEOPLE = 39_000
"""People in a township of a city as it is."""
_OLDEST = AGES[-1] + WIDTHS[-1]
_GROUP = np.array([np.searchsorted(AGES, age, side="right") - 1 for age in range(_OLDEST)])
_CIVIL_SERVANTS = 9
"""Among a thousand people."""
_POST_GRADES, _SERVICES = ("senior", "middle", "junior", "worker"), ("up_to_5", "from_6", "from_16", "from_26")
_POST_SHARE, _SERVICE_SHARE = np.array([22, 40, 34, 4]), np.array([18, 30, 30, 22])
_POST_PAY, _SERVICE_PAY = np.array([6900, 5900, 5000, 4300]), np.array([0, 350, 800, 1200])
_GROUPS_SHARE, _STEPS = np.array([90, 6, 4]), ("approved", "started", "structure", "topped", "fitting", "opened")


@dataclass(frozen=True)
class CountyTotals:
    """What the schools of each county come to: arrays, one entry a county that has townships, by its number."""

    unit: Ints
    """Numbers of the counties."""
    townships: Ints
    pupils: Ints
    """Pupils on 1 September, kindergartens not counted."""
    pupils_before: Ints
    teachers: Ints
    """Teachers of public schools: counties × places (市区 … 乡村) × stages."""
    by_stage: Ints
    """Pupils on 1 September: counties × stages, 学前 counted."""


@dataclass(frozen=True)
class Counties:
    """Counties in one year."""

    chance: Chance
    totals: CountyTotals
    scale: int
    """Size against a city as it is, in thousandths."""
    year: int
    first: int

    @property
    def people(self) -> Ints:
        """People by county: half a percent fewer each year."""
        passed = self.year - self.first
        return self.totals.townships * (PEOPLE * self.scale // 1000) * (1000 - 5 * passed) // 1000

    def population(self) -> pl.DataFrame:
        """分年龄人口: 户籍 and 常住, by single year of age."""
        unit = self.totals.unit
        shares = np.array([one.ages for one in COUNTIES])[unit % len(COUNTIES)][:, _GROUP]
        women = np.minimum(np.array([one.women for one in COUNTIES])[unit % len(COUNTIES)][:, _GROUP], 645)
        each = self.people[:, None] * shares // (10_000 * np.array(WIDTHS)[_GROUP])
        people = np.concatenate([each * 104 // 100, each]).reshape(-1)
        half = (np.concatenate([women, women]).reshape(-1) * people) // 1000
        rows = len(unit) * _OLDEST
        return framed(
            Population,
            {
                "county": county_of(np.tile(np.repeat(unit, _OLDEST), 2)),
                "counted": choices(("household", "resident"), np.repeat(np.arange(2), rows)),
                "age": np.tile(np.arange(_OLDEST), 2 * len(unit)),
                "people": people,
                "women": half,
            },
        )

    def budgets(self) -> pl.DataFrame:
        """教育经费: planned, spent, settled. Spending on a pupil grows by four in a hundred a year."""
        unit, pupils = self.totals.unit, self.totals.pupils
        passed = self.year - self.first
        settled = pupils * (10_500 + self.chance.below(1500, "spending", unit)) * (100 + 4 * passed) // 100
        education = np.stack([settled * 97 // 100, settled * 99 // 100, settled], axis=1).reshape(-1)
        each = 3

        def told(many: Ints) -> Ints:
            return np.repeat(many, each)

        return framed(
            Budgets,
            {
                "county": county_of(told(unit)),
                "account": choices(("budget", "execution", "final"), np.tile(np.arange(each), len(unit))),
                "education": whole(education),
                "total": whole(education * 100 // (16 + told(unit) % 5)),
                "recurrent_income": whole(education * 3),
                "bulletin": whole(education * 96 // 100),
                "fiscal": whole(education * 108 // 100),
                "pupils": told(pupils),
                "pupils_before": told(self.totals.pupils_before),
                "running": whole(education * 14 // 100),
                "salaries": whole(education * 62 // 100),
                "restated": np.zeros(len(education), np.bool_),
            },
        )

    def pay_totals(self) -> pl.DataFrame:
        """教师工资汇总: heads of the county's public teachers in the usual shares; never a person's pay."""
        heads = self.totals.teachers
        grid = np.indices((len(heads), 3, 4, 6, 4, 4)).reshape(6, -1)
        county, group, place, stage, post, service = grid
        share = _GROUPS_SHARE[group] * _POST_SHARE[post] * _SERVICE_SHARE[service]
        months = heads[county, place, stage] * 12 * share // 10**6
        kept = months > 0
        county, group, place, stage, post, service = grid[:, kept]
        months = months[kept]
        passed = 100 + 5 * (self.year - self.first)
        rate = (_POST_PAY[post] + _SERVICE_PAY[service]) * np.array([100, 92, 70])[group] // 100
        base = months * rate * passed * 55 // 10_000
        parts = {
            "base": base,
            "allowances": base // 4,
            "performance": base // 2,
            "rural": np.where(place == 3, months * 300, 0),
            "township": np.where(place >= 2, months * 200, 0),
            "head_teacher": base // 20,
        }
        return framed(
            PayTotals,
            {
                "county": county_of(self.totals.unit[county]),
                "group": choices(tuple(codes.GROUPS), group),
                "place": choices(tuple(codes.PLACES), place),
                "stage": choices(tuple(codes.STAGES), stage),
                "post_grade": choices(_POST_GRADES, post),
                "service": choices(_SERVICES, service),
                "person_months": months,
                **{name: whole(part) for name, part in parts.items()},
                "total": whole(sum(parts.values(), np.zeros_like(base))),
                "arrears": whole(np.zeros_like(base)),
            },
        )

    def civil_servants(self) -> pl.DataFrame:
        """公务员工资汇总."""
        unit = self.totals.unit
        months = np.maximum(self.people * _CIVIL_SERVANTS // 1000, 20) * 12
        passed = 100 + 5 * (self.year - self.first)
        base = months * (3300 + self.chance.below(300, "civil", unit)) * passed // 100
        parts = {"base": base, "allowances": base // 4, "rewards": base // 2, "township": base // 25}
        return framed(
            CivilServantPay,
            {
                "county": county_of(unit),
                "person_months": months,
                **{name: whole(part) for name, part in parts.items()},
                "total": whole(sum(parts.values(), np.zeros_like(base))),
            },
        )

    def training(self) -> pl.DataFrame:
        """校外培训机构: two for each township."""
        of = np.repeat(np.arange(len(self.totals.unit)), self.totals.townships * 2)
        unit, number = self.totals.unit[of], np.arange(len(of)) - np.searchsorted(of, of, side="left")
        licensed = self.chance.happens(880, "licence", unit, number)
        teachers = 4 + self.chance.below(12, "trainers", unit, number)
        nothing = np.zeros_like(unit)
        return framed(
            TrainingInstitutions,
            {
                "institution": "XZ" + county_of(unit) + digits(number, 4),
                "name": "演示培训机构" + digits(number + 1, 4),
                "county": county_of(unit),
                "kind": choices(("subject", "arts", "sports", "science"), self.chance.below(4, "taught", unit, number)),
                "licensed": licensed,
                "licence_until": days(first_of_january(nothing + self.year + 2), licensed),
                "disposal": choices(("rectifying", "closed"), number % 2, ~licensed),
                "nonprofit": number % 3 == 0,
                "teachers": teachers,
                "qualified": teachers * 3 // 4,
                "learners": teachers * (12 + self.chance.below(20, "learners", unit, number)),
                "supervised": licensed,
                "listed": nothing > 0,
                "inspected": days(first_of_january(nothing + self.year) + 120 + number % 90),
                "refunds": nothing,
            },
        )


def communities(chance: Chance, townships: Townships, year: int, first: int) -> pl.DataFrame:
    """社区教育机构: a community school in every township, an adult school in every third, a college in most counties."""
    block = np.arange(len(townships.city))
    adult = block[block % 3 == 0]
    counties = np.unique(townships.unit, return_index=True)[1].astype(np.int64)
    founded = first - 4 + chance.below(9, "college", counties)
    college = counties[founded <= year]
    of = np.concatenate([block, adult, college])
    kind = np.repeat(np.arange(3), [len(block), len(adult), len(college)])
    opened = np.concatenate([np.full(len(block) + len(adult), first - 4), founded[founded <= year]])
    changed = first + chance.below(6, "changed", of) <= year
    learners = (300 + chance.below(2000, "community", of) + 40 * (year - first)) * np.where(kind == 2, 3, 1)
    area = county_of(townships.unit[of]) + digits(townships.kind[of] * 100 + townships.number[of] + 1, 3) + "000"
    return framed(
        Communities,
        {
            "unit": "SQ" + area + choices(("S", "A", "C"), kind),
            "name": "演示" + choices(("社区学校", "成人学校", "社区学院"), kind) + digits(of + 1, 5),
            "county": county_of(townships.unit[of]),
            "township": where(kind < 2, area),
            "level": choices(("school", "adult_school", "college"), kind),
            "opened": days(first_of_january(opened) + 90),
            "transformed": where(kind == 1, pl.Series(changed)),
            "staff": 2 + of % 5,
            "courses": 5 + of % 9,
            "activities": 12 + of % 20,
            "learners": learners,
            "online_learners": learners // 3,
        },
    )


def projects(chance: Chance, townships: Townships, year: int, first: int) -> pl.DataFrame:
    """建设项目 as they stand in December: one in every other township, a step further each year."""
    block = np.arange(0, len(townships.city), 2)
    begun = first - 2 + chance.below(3, "project", block)
    step = np.clip((year - begun) * 2, 0, len(_STEPS) - 1)
    started = first_of_january(begun) + 100
    finished = first_of_january(begun + 2) + 200
    done = step == len(_STEPS) - 1
    kind = chance.below(3, "programme", block)
    area = 1500 + chance.below(6000, "built", block)
    planned = area * 3200
    return framed(
        Projects,
        {
            "project": "XM" + digits(block, 6),
            "name": "演示项目" + digits(block + 1, 6),
            "county": county_of(townships.unit[block]),
            "programme": choices(("kindergarten", "compulsory", "dormitory"), kind),
            "nature": choices(("new",), np.zeros_like(block)),
            "step": choices(_STEPS, step),
            "places": where(kind < 2, pl.Series(area // 10)),
            "units": where(kind == 2, pl.Series(area // 60)),
            "area": whole(area),
            "planned": whole(planned),
            "paid": whole(planned * np.minimum(step * 20, 100) // 100),
            "started": days(started, step > 0),
            "due": days(finished + 100),
            "accepted": days(finished, done),
            "opened": days(finished + 30, done),
        },
    )
