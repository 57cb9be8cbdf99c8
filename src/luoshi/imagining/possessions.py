"""What each school reports by stage and what it has: bands, aid, money, rooms, equipment."""

import numpy as np
import polars as pl

from luoshi.declared.returns import Aid, ClassBands, Equipment, Premises, SchoolFunds
from luoshi.imagining import cohorts, layout
from luoshi.imagining.chance import Ints
from luoshi.imagining.cohorts import GRADES, STAGES, Sections
from luoshi.imagining.columns import choices, days, digits, first_of_january, framed, where, whole
from luoshi.imagining.enrolment import Enrolment
from luoshi.imagining.layout import URBAN, Schools
from luoshi.imagining.registers import county_of
from luoshi.imagining.rolls import rates

BANDS = ("up_to_25", "from_26", "from_31", "from_36", "from_41", "from_46", "from_51", "from_56", "from_61", "from_66")
QUOTA = np.array([0, 650, 850, 1000, 1500, 6000])
"""生均公用经费基准定额 by stage, 元 a year: 650 and 850 from 财教〔2019〕121号, 6 000 for special schools; others made up."""
BOARDER = 200
"""More for each boarder."""
SMALL = 100
"""A teaching point is paid for as many pupils at least."""


def _schooling(sections: Sections, enrolment: Enrolment) -> Ints:
    """Places of sections beyond kindergarten that have pupils."""
    return np.nonzero((sections.stage != cohorts.PRESCHOOL) & (enrolment.pupils > 0))[0]


def class_bands(sections: Sections, enrolment: Enrolment) -> pl.DataFrame:
    """班数、班额和分年级学生数."""
    chosen = _schooling(sections, enrolment)
    schools, place, stage = sections.schools, sections.place[chosen], sections.stage[chosen]
    grades, bands = enrolment.by_grade[chosen], enrolment.bands[chosen]
    listed = np.where(stage == cohorts.SPECIAL, 0, GRADES[stage])
    comes, goes = enrolment.moved
    return framed(
        ClassBands,
        {
            "school": digits(schools.serial[place], 10),
            "stage": choices(STAGES, stage),
            "county": county_of(schools.unit[place]),
            "operator": choices(("public", "private"), schools.private[place].astype(np.int64)),
            "urban": choices(URBAN, schools.urban[place]),
            **{name: bands[:, band] for band, name in enumerate(BANDS)},
            "classes": bands.sum(axis=1),
            "pupils": enrolment.pupils[chosen],
            **{f"grade_{one + 1}": where(listed > one, pl.Series(grades[:, one])) for one in range(6)},
            "girls": enrolment.girls[chosen],
            "entrants": grades[:, 0],
            "graduates": enrolment.graduates[chosen],
            "moved_in": comes[chosen],
            "moved_out": goes[chosen],
        },
    )


def aid(sections: Sections, enrolment: Enrolment) -> pl.DataFrame:
    """寄宿生和资助: counts are those of the roll."""
    chosen = _schooling(sections, enrolment)
    schools, place, told = sections.schools, sections.place[chosen], rates(sections)
    phase = sections.index % 1000
    boarders, poor = (enrolment.having(rate, phase)[chosen] for rate in (told.boarding, told.poor))
    helped = np.where(boarders > 0, np.minimum(poor, boarders) // 2, 0)
    money = poor * 625 + helped * 1000
    return framed(
        Aid,
        {
            "school": digits(schools.serial[place], 10),
            "stage": choices(STAGES, sections.stage[chosen]),
            "county": county_of(schools.unit[place]),
            "boarders": boarders,
            "migrants": enrolment.having(told.migrant, phase)[chosen],
            "left_behind": enrolment.having(told.left_behind, phase)[chosen],
            "disabled": enrolment.having(told.disabled, phase)[chosen],
            "poor": poor,
            "aided": poor,
            "aid": whole(money),
            "boarding_aid_pupils": helped,
            "boarding_aid": whole(helped * 1000),
            "nutrition": np.where(schools.urban[place] >= layout.VILLAGE_CENTRE, enrolment.pupils[chosen], 0),
        },
    )


def school_funds(sections: Sections, enrolment: Enrolment, year: int) -> pl.DataFrame:
    """公用经费拨付: due = max(pupils, 100 of a teaching point) · quota + boarders · 200 + disabled · (6000 - quota)."""
    chosen = _schooling(sections, enrolment)
    schools, place, stage = sections.schools, sections.place[chosen], sections.stage[chosen]
    told, phase, pupils = rates(sections), sections.index % 1000, enrolment.pupils[chosen]
    boarders, disabled = (enrolment.having(rate, phase)[chosen] for rate in (told.boarding, told.disabled))
    small = (schools.kind[place] == layout.POINT) & (pupils < SMALL)
    compulsory = stage <= cohorts.JUNIOR
    due = np.where(small, SMALL, pupils) * QUOTA[stage] + boarders * BOARDER * compulsory
    due += np.where(compulsory, disabled * (QUOTA[cohorts.SPECIAL] - QUOTA[stage]), 0)
    late = schools.chance.happens(30, "paid", sections.index[chosen], year)
    paid_on = first_of_january(np.full_like(due, year)) + 330 + np.where(late, 25, 0)
    return framed(
        SchoolFunds,
        {
            "school": digits(schools.serial[place], 10),
            "stage": choices(STAGES, stage),
            "county": county_of(schools.unit[place]),
            "pupils": pupils,
            "boarders": boarders,
            "disabled": disabled,
            "small": small,
            "due": whole(due),
            "paid": whole(np.where(late, due * 9 // 10, due)),
            "paid_on": days(paid_on),
            "training": whole(due * 6 // 100),
        },
    )


def _classrooms(sections: Sections) -> Ints:
    """Ordinary classrooms by school: one a class of all its grades, and two."""
    rooms = sections.classes * GRADES[sections.stage]
    return 2 + np.bincount(sections.place, weights=rooms, minlength=len(sections.schools.index)).astype(np.int64)


def premises(sections: Sections, year: int, opened: Ints) -> pl.DataFrame:
    """校舍和占地: what was built stays; now and then something is added, or given up with a record of it."""
    schools = sections.schools
    chance, index = schools.chance, schools.index[opened]
    rooms, rural = _classrooms(sections)[opened], schools.urban[opened] >= layout.TOWN
    built = chance.below(12, "built", index) + schools.first - 2
    given = chance.happens(40, "given", index) * (chance.below(8, "given year", index) + schools.first)
    more = (year >= built).astype(np.int64)
    teaching = rooms * (85 + chance.below(40, "teaching", index)) + more * rooms * 4
    indoor = np.where(rooms > 20, 600, 0)
    office, living = rooms * 18, rooms * 12 + schools.boarders[opened] * rooms // 10
    other = rooms * 5 - np.where((given > 0) & (year >= given), rooms, 0)
    building = teaching + indoor + office + living + other
    sports = rooms * np.where(rural, 190, 130) + 200
    green = rooms * 60
    land = building + sports + green + rooms * 120
    return framed(
        Premises,
        {
            "school": digits(schools.serial[opened], 10),
            "county": county_of(schools.unit[opened]),
            "land": whole(land),
            "sports_ground": whole(sports),
            "green": whole(green),
            "building": whole(building),
            "teaching": whole(teaching + indoor),
            "indoor_sports": whole(indoor),
            "office": whole(office),
            "living": whole(living),
            "other": whole(other),
            "dangerous": whole(np.zeros_like(rooms)),
            "classrooms": rooms,
            "media_rooms": rooms * (70 + chance.below(30, "media", index)) // 100,
            "music_rooms": -(-rooms // 14),
            "art_rooms": -(-rooms // 16),
            "beds": schools.boarders[opened] * rooms * 45 // 900,
            "disposed": given == year,
        },
    )


def equipment(sections: Sections, year: int, opened: Ints) -> pl.DataFrame:
    """设备和图书: a little more each year; a few schools write off old books once, with a record."""
    schools: Schools = sections.schools
    chance, index = schools.chance, schools.index[opened]
    rooms, passed = _classrooms(sections)[opened], year - schools.first + 6
    off = chance.happens(60, "off", index) * (chance.below(8, "off year", index) + schools.first)
    written_off = (off > 0) & (year >= off)
    books = rooms * (700 + 12 * passed) - np.where(written_off, rooms * 40, 0)
    worth = rooms * (52_000 + chance.below(40_000, "worth", index) + 1_500 * passed)
    computers = rooms * (4 + chance.below(4, "computers", index)) + passed
    return framed(
        Equipment,
        {
            "school": digits(schools.serial[opened], 10),
            "county": county_of(schools.unit[opened]),
            "assets": whole(worth * 9 + rooms * 300_000),
            "equipment": whole(worth),
            "books": books,
            "computers": computers,
            "teaching_computers": computers * 4 // 5,
            "bandwidth": np.full_like(rooms, 200),
            "disposed": off == year,
        },
    )
