"""Staff: posts that are held one after another. Who holds a post in a year follows from its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from luoshi.declared.returns import Staff, StaffCounts
from luoshi.imagining import cohorts, layout
from luoshi.imagining.chance import Flags, Ints
from luoshi.imagining.cohorts import GRADES, STAGES, Sections
from luoshi.imagining.columns import choices, days, digits, first_of_january, first_of_september, framed, texts, where
from luoshi.imagining.registers import county_of, kindergarten_staff

TENURE = 34
"""Years a post is held before somebody younger takes it."""
_TENTHS = np.array([20, 19, 32, 34, 30, 25])
"""Teachers for ten classes, by stage."""
_SUBJECTS = (
    ("preschool",),
    (
        "chinese",
        "mathematics",
        "foreign",
        "science",
        "sports",
        "music",
        "fine_arts",
        "politics",
        "chinese",
        "mathematics",
    ),
    (
        "chinese",
        "mathematics",
        "foreign",
        "physics",
        "chemistry",
        "history",
        "geography",
        "biology",
        "politics",
        "sports",
    ),
    (
        "chinese",
        "mathematics",
        "foreign",
        "physics",
        "chemistry",
        "history",
        "geography",
        "biology",
        "politics",
        "sports",
    ),
    ("vocational", "chinese", "vocational", "mathematics", "vocational", "computing", "vocational", "sports"),
    ("chinese", "mathematics", "music", "sports", "fine_arts"),
)
_ALL_SUBJECTS = tuple(dict.fromkeys(one for some in _SUBJECTS for one in some))
_SUBJECT_OF = np.array([[_ALL_SUBJECTS.index(some[place % len(some)]) for place in range(40)] for some in _SUBJECTS])
_POSTS = ("teacher", "carer", "administration", "assistant", "worker")
_DEGREES = ("bachelor", "college", "master", "secondary")
_TITLES = ("none", "assistant", "middle", "senior", "full_senior")
_DOMAIN = 1 << 55
"""Sets the codes of staff apart from those of pupils."""


@dataclass(frozen=True)
class Posts:
    """Posts of a slice: arrays, one entry each."""

    sections: Sections
    year: int

    @cached_property
    def teachers(self) -> Ints:
        """Teachers by section."""
        sections = self.sections
        classes = sections.classes * GRADES[sections.stage]
        usual: Ints = classes * _TENTHS[sections.stage] // 10 + 1
        return np.where(sections.stage == cohorts.PRESCHOOL, classes * 2, usual)

    @cached_property
    def others(self) -> Ints:
        """Others by section."""
        _, carers, kitchen = kindergarten_staff(self.sections)
        return np.where(self.sections.stage == cohorts.PRESCHOOL, carers + kitchen, self.teachers // 9)

    @cached_property
    def section(self) -> Ints:
        """Place of the section; only of schools that are open."""
        schools, place = self.sections.schools, self.sections.place
        opened = (schools.opened[place] <= self.year) & (schools.closed[place] > self.year)
        return np.repeat(np.arange(len(place)), np.where(opened, self.teachers + self.others, 0))

    @cached_property
    def slot(self) -> Ints:
        """Number of the post in its section."""
        starts = np.searchsorted(self.section, self.section, side="left")
        return np.arange(len(self.section)) - starts

    @cached_property
    def began(self) -> Ints:
        """The year in which whoever holds it took it up, which was the beginning of a working life."""
        index, stage = self.sections.index[self.section], self.sections.stage[self.section]
        turn = self.sections.schools.chance.below(TENURE, "turn", index, stage, self.slot)
        return self.year - (self.year + turn) % TENURE

    @cached_property
    def person(self) -> Ints:
        """A number for whoever holds it, below 2⁶⁰."""
        index, stage = self.sections.index[self.section], self.sections.stage[self.section]
        number: Ints = _DOMAIN + ((index * 8 + stage) * 4096 + self.slot) * 256 + self.began % 256
        return number


def staff(posts: Posts) -> pl.DataFrame:
    """教职工名册 of a slice in one year."""
    sections, year = posts.sections, posts.year
    schools, section = sections.schools, posts.section
    place, stage, person = sections.place[section], sections.stage[section], posts.person
    chance, began = schools.chance, posts.began
    teaches = posts.slot < posts.teachers[section]
    born_year = began - 22 - chance.below(3, "age", person)
    born = first_of_january(born_year) + chance.below(240, "birthday", person)
    served = year - began
    private, rural = schools.private[place], schools.urban[place] >= layout.TOWN
    fresh = ~private & rural & teaches & (served < 3) & chance.happens(400, "special post", person)
    established = ~private & ~fresh & (teaches | (posts.slot % 2 == 0)) & chance.happens(930, "post", person)
    trade = teaches & (stage == cohorts.VOCATIONAL)
    grown = np.minimum(served * 72, 360) + chance.below(80, "hours", person)
    return framed(
        Staff,
        {
            "person": texts(chance.codes(person)),
            "school": digits(schools.serial[place], 10),
            "county": county_of(schools.unit[place]),
            "sex": choices(("2", "1"), chance.happens(330, "sex", person).astype(np.int64)),
            "born": days(born),
            "age": year - born_year,
            "post": choices(_POSTS, _post(posts, teaches, stage)),
            "stage": choices(STAGES, stage, teaches),
            "subject": choices(_ALL_SUBJECTS, _SUBJECT_OF[stage, posts.slot % 40], teaches),
            "degree": choices(_DEGREES, _degree(posts, teaches, stage)),
            "title": choices(_TITLES, np.where(teaches, _title(posts, served), 0)),
            "established": established,
            "special_post": fresh,
            "backbone": teaches & (served > 7) & chance.happens(90, "backbone", person),
            "qualified": teaches,
            "dual": where(trade, pl.Series(chance.happens(450, "dual", person))),
            "began": days(first_of_september(began)),
            "joined": days(first_of_september(began)),
            "registered": days(first_of_september(began + served // 5 * 5), teaches),
            "hours": np.where(teaches, grown, 0),
            "enterprise_days": where(trade, pl.Series(np.minimum(served * 30, 150))),
            "exchanged": teaches & established & chance.happens(30, "exchanged", person, year),
            "months": np.where(served == 0, 4, 12),
        },
    )


_COUNTED: Mapping[str, tuple[str, str]] = {
    "teachers": ("post", "teacher"),
    "administration": ("post", "administration"),
    "assistants": ("post", "assistant"),
    "workers": ("post", "worker"),
    "carers": ("post", "carer"),
    "others": ("post", "other"),
    "women": ("sex", "2"),
}
"""Columns of the counts, with the column and the word of the roster that are counted."""
_OF_TEACHERS: Mapping[str, tuple[str, str]] = {
    "doctors": ("degree", "doctor"),
    "masters": ("degree", "master"),
    "bachelors": ("degree", "bachelor"),
    "college": ("degree", "college"),
    "secondary": ("degree", "secondary"),
    "below": ("degree", "below"),
    "full_senior": ("title", "full_senior"),
    "senior": ("title", "senior"),
    "middle": ("title", "middle"),
    "assistant_title": ("title", "assistant"),
    "junior_title": ("title", "junior"),
    "no_title": ("title", "none"),
    "sports": ("subject", "sports"),
    "music": ("subject", "music"),
    "fine_arts": ("subject", "fine_arts"),
}


def staff_counts(posts: Posts, people: pl.DataFrame) -> pl.DataFrame:
    """教职工情况 of the same slice and year: the roster, counted by school and stage.

    Args:
        posts: as the roster was made from.
        people: the roster.
    """
    teaches = pl.col("post") == "teacher"
    counted = [(pl.col(of) == word).sum().alias(name) for name, (of, word) in _COUNTED.items()]
    counted += [(teaches & (pl.col(of) == word)).sum().alias(name) for name, (of, word) in _OF_TEACHERS.items()]
    counted += [pl.col(name).sum().alias(name) for name in ("established", "backbone", "special_post")]
    section = pl.Series("section", posts.section)
    told = people.with_columns(section).group_by("section").agg(pl.len().alias("staff"), *counted).sort("section")
    at = told["section"].to_numpy()
    schools, place = posts.sections.schools, posts.sections.place[at]
    arts = told["music"] + told["fine_arts"]
    return framed(
        StaffCounts,
        {
            "school": digits(schools.serial[place], 10),
            "stage": choices(STAGES, posts.sections.stage[at]),
            "county": county_of(schools.unit[place]),
            "arts": arts,
            **{name: told[name] for name in told.columns if name != "section"},
        },
    )


def _post(posts: Posts, teaches: Flags, stage: Ints) -> Ints:
    beyond = posts.slot - posts.teachers[posts.section]
    carers = posts.sections.classes[posts.section] * 3
    small = np.where(beyond < carers, 1, 2 + beyond % 3)
    return np.where(teaches, 0, np.where(stage == cohorts.PRESCHOOL, small, 2 + beyond % 3))


def _degree(posts: Posts, teaches: Flags, stage: Ints) -> Ints:
    usual = posts.sections.schools.chance.pick((700, 230, 70), "degree", posts.person)
    higher = np.where(stage == cohorts.SENIOR, np.where(usual == 1, 0, usual), usual)
    return np.where(teaches, np.where(stage == cohorts.PRESCHOOL, np.minimum(usual, 1), higher), 3)


def _title(posts: Posts, served: Ints) -> Ints:
    rank = posts.sections.schools.chance.below(100, "title", posts.person)
    late = np.where((served >= 26) & (rank < 2), 4, np.where((served >= 15) & (rank < 40), 3, 2))
    return np.where(served < 1, 0, np.where((served < 8) | (rank >= 85), 1, late))
