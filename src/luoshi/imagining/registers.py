"""The register: institutions, kindergartens, and where each stands."""

from functools import cache

import numpy as np
import polars as pl

from luoshi.declared.returns import Institutions, Kindergartens
from luoshi.imagining import cohorts, layout
from luoshi.imagining.chance import Ints
from luoshi.imagining.cohorts import Sections
from luoshi.imagining.columns import choices, days, decimals, digits, first_of_september, framed, texts, where
from luoshi.imagining.enrolment import Enrolment
from luoshi.imagining.layout import BLOCK, KINDS, URBAN, Schools
from luoshi.imagining.shape import COUNTIES
from luoshi.words.identifiers import CREDIT_ALPHABET, CREDIT_WEIGHTS

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = tuple(_STEMS[place % 10] + _BRANCHES[place % 12] for place in range(60))
"""The sixty terms of the cycle name townships: no place is called so by its neighbours."""
_TOWNSHIP = ("街道", "镇", "乡")
_KIND_NAMES = (
    "幼儿园", "附设幼儿班", "小学", "教学点", "初级中学", "九年一贯制学校", "完全中学", "高级中学", "十二年一贯制学校",
    "职业高中学校", "特殊教育学校",
)  # fmt: skip
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11714: of the eight digits of an organisation."""


@cache
def county_codes(cities: int) -> pl.Series:
    """Six digits by number of the county: 99, city (01 is 星州), and its own two."""
    return pl.Series([f"99{city + 1:02d}{one.code[2:]}" for city in range(cities) for one in COUNTIES])


@cache
def county_names() -> dict[str, str]:
    """Names of the first city's counties by code: those of 星州."""
    return {f"9901{one.code[2:]}": one.name for one in COUNTIES}


def county_of(unit: Ints) -> pl.Series:
    """Codes of counties by their numbers."""
    return county_codes(99).gather(pl.Series(unit))


def code_of(schools: Schools, place: Ints) -> pl.Series:
    """Codes of schools, by their place in the slice."""
    return digits(schools.serial[place], 10)


def township_of(schools: Schools) -> pl.Series:
    """Codes of townships: county, kind and number, 000."""
    number = schools.of.kind[schools.block] * 100 + schools.of.number[schools.block] + 1
    return county_of(schools.unit) + digits(number, 3) + "000"


def institutions(schools: Schools, year: int, opened: Ints) -> pl.DataFrame:
    """The register of a year.

    Args:
        schools: the slice.
        year: the school year.
        opened: places of those that are listed.
    """
    kind, private = schools.kind[opened], schools.private[opened]
    parent, index = schools.parent[opened], schools.index[opened]
    part = parent != index
    closing = schools.closed[opened] == year
    boards = schools.boarders[opened] > 0
    return framed(
        Institutions,
        {
            "school": code_of(schools, opened),
            "name": _names(schools).gather(pl.Series(opened)),
            "county": county_of(schools.unit).gather(pl.Series(opened)),
            "township": township_of(schools).gather(pl.Series(opened)),
            "kind": choices(KINDS, kind),
            "operator": choices(("public", "private"), private.astype(np.int64)),
            "urban": choices(URBAN, schools.urban[opened]),
            "counted": ~part,
            "parent": where(part, digits((2199 * 10**6) + parent, 10)),
            "opened": days(first_of_september(schools.opened[opened])),
            "closed": closing,
            "new": schools.opened[opened] == year,
            "boarding": boards,
            "small": kind == layout.POINT,
            "nonprofit": where(private, pl.Series(kind < layout.SENIOR)),
            "credit": where(~part, _credits(schools, opened)),
            **_coordinates(schools, opened),
            "address": pl.Series(["演示数据（虚构）"]).gather(pl.zeros(len(opened), dtype=pl.Int64, eager=True)),
        },
    )


def _names(schools: Schools) -> pl.Series:
    county = pl.Series([one.name for one in COUNTIES]).gather(pl.Series(schools.of.county[schools.block]))
    number = schools.of.number[schools.block]
    township = pl.Series(CYCLE).gather(pl.Series(number % len(CYCLE)))
    kind = pl.Series(_TOWNSHIP).gather(pl.Series(schools.of.kind[schools.block]))
    city = pl.Series(["", *[f"（星州第{one}市）" for one in range(2, 100)]]).gather(
        pl.Series(schools.of.city[schools.block])
    )
    place = pl.Series([f"第{place + 1}" for place in range(BLOCK)]).gather(pl.Series(schools.index % BLOCK))
    return city + county + township + kind + place + pl.Series(_KIND_NAMES).gather(pl.Series(schools.kind))


def _credits(schools: Schools, opened: Ints) -> pl.Series:
    """统一社会信用代码 with both its check characters right; nobody has one, for 99 is no province's.

    Eight digits and the organisation's check: 11 − Σ digit × weight mod 11; then the whole one's: (31 − Σ) mod 31.
    """
    own = schools.index[opened][:, None] // 10 ** np.arange(7, -1, -1) % 10
    check = (11 - own @ np.array(_ORGANISATION_WEIGHTS) % 11) % 11
    county = county_of(schools.unit[opened]).cast(pl.Int64).to_numpy()[:, None] // 10 ** np.arange(5, -1, -1) % 10
    kind = np.where(schools.private[opened], 5, 1)
    letter = np.where(check == 10, CREDIT_ALPHABET.index("X"), check)
    places = np.column_stack([kind, np.full_like(kind, 2), county, own, letter])
    last = (31 - places @ np.array(CREDIT_WEIGHTS) % 31) % 31
    letters = np.frombuffer(CREDIT_ALPHABET.encode(), np.uint8)
    return texts(letters[np.column_stack([places, last])])


def _coordinates(schools: Schools, opened: Ints) -> dict[str, pl.Series]:
    """Somewhere in the open sea, so that no map shows a school where there is one."""
    chance, unit = schools.chance, schools.unit[opened]
    index, block = schools.index[opened], schools.block[opened]
    told = {}
    for name, origin in (("longitude", 160_000_000), ("latitude", 20_000_000)):
        county = chance.below(3_000_000, name, unit)
        township = chance.below(300_000, f"{name} of a township", block)
        told[name] = decimals(origin + county + township + chance.below(60_000, f"{name} of a school", index), 6)
    return told


def kindergartens(sections: Sections, enrolment: Enrolment, year: int) -> pl.DataFrame:
    """Kindergartens and attached classes, from their classes of the year."""
    schools = sections.schools
    chosen = np.nonzero((sections.stage == cohorts.PRESCHOOL) & (enrolment.pupils > 0))[0]
    place, index = sections.place[chosen], sections.index[chosen]
    children, classes = enrolment.by_grade[chosen], enrolment.classes_by_grade[chosen]
    private = schools.private[place]
    inclusive = private & schools.chance.happens(650, "inclusive", index)
    nature = np.where(~private, np.where(index % 7 == 0, 1, 0), np.where(inclusive, 2, 3))
    attached = schools.kind[place] == layout.ATTACHED
    opened = first_of_september(schools.opened[place])
    teachers, carers, others = kindergarten_staff(sections)
    many = classes.sum(axis=1)
    nothing = np.zeros_like(many)
    return framed(
        Kindergartens,
        {
            "school": code_of(schools, place),
            "county": county_of(schools.unit[place]),
            "township": township_of(schools).gather(pl.Series(place)),
            "attached": attached,
            "nature": choices(("public", "quasi_public", "inclusive", "private"), nature),
            "inclusive_from": days(first_of_september(np.full_like(many, year - 1)), inclusive),
            "inclusive_until": days(first_of_september(np.full_like(many, year + 2)), inclusive),
            "central": index % BLOCK == 1,
            "licence": where(~attached, "虚构" + digits(index, 6)),
            "opened": days(opened),
            "accepted": days(opened - 40),
            "places": sections.classes[chosen] * 3 * 36,
            "estate": choices(("none", "public", "inclusive"), np.where(schools.urban[place] > 1, 0, nature // 2)),
            "disposal": choices(("none",), nothing),
            "children": enrolment.pupils[chosen],
            "age_2": nothing,
            "age_3": children[:, 0],
            "age_4": children[:, 1],
            "age_5": children[:, 2],
            "age_6": nothing,
            "classes": many,
            "junior_classes": classes[:, 0],
            "middle_classes": classes[:, 1],
            "senior_classes": classes[:, 2],
            "mixed_classes": nothing,
            "within_norm": enrolment.within_norm[chosen],
            "staff": (teachers + carers + others)[chosen],
            "teachers": teachers[chosen],
            "carers": carers[chosen],
        },
    )


def kindergarten_classes(sections: Sections, enrolment: Enrolment) -> pl.DataFrame:
    """One row a class of preschool children: school, grade from 1 (小班), number, size."""
    classes = enrolment.classes
    section = enrolment.grades.section[classes.of]
    kept = np.nonzero((sections.stage[section] == cohorts.PRESCHOOL) & (classes.size > 0))[0]
    return pl.DataFrame(
        {
            "school": code_of(sections.schools, sections.place[section[kept]]),
            "grade": enrolment.grade_of(classes)[kept],
            "number": classes.number[kept],
            "size": classes.size[kept],
        }
    )


def kindergarten_staff(sections: Sections) -> tuple[Ints, Ints, Ints]:
    """Teachers, carers and others of a section with preschool children: two and one a class, and the kitchen."""
    classes = sections.classes * cohorts.GRADES[sections.stage]
    return classes * 2, classes, 1 + classes // 3
