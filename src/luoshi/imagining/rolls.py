"""The rolls: classes, pupils, and whose sight was screened. A pupil is a number in a cohort, under a code."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from luoshi.declared.returns import Classes as ClassesReturn
from luoshi.declared.returns import Pupils, Vision
from luoshi.imagining import cohorts, layout
from luoshi.imagining.chance import Bits, Ints, spread
from luoshi.imagining.cohorts import AGE, STAGES, Sections
from luoshi.imagining.columns import choices, days, decimals, digits, first_of_september, framed, texts
from luoshi.imagining.enrolment import GIRLS, Enrolment
from luoshi.imagining.layout import EDGE, TOWN, URBAN, VILLAGE_CENTRE
from luoshi.imagining.registers import county_of
from luoshi.imagining.shape import COUNTIES

_STATUS = ("present", "leave", "suspended")
_DISABILITIES = ("none", "mind", "hearing", "sight", "body")
_PLACEMENTS = ("integrated", "school")
_SERIALS = 1 << 13
"""Pupils of a cohort at most."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How many of a thousand pupils of a section have what: arrays, one entry a section."""

    boarding: Ints
    migrant: Ints
    left_behind: Ints
    poor: Ints
    """Those are aided, and nobody else."""
    disabled: Ints


def rates(sections: Sections) -> Rates:
    """What is usual where the school stands: migrants in the city, left-behind children in villages."""
    schools, place = sections.schools, sections.place
    urban, drawn = schools.urban[place], schools.chance.below(80, "rates", sections.index)
    return Rates(
        schools.boarders[place],
        np.where(urban <= EDGE, 60 + drawn, 0),
        np.where(urban >= TOWN, 70 + drawn, 0),
        np.where(urban >= VILLAGE_CENTRE, 50, 12) + drawn // 8,
        np.where(sections.stage == cohorts.SPECIAL, 1000, 3),
    )


@dataclass(frozen=True)
class Roll:
    """Classes and pupils of a slice in one year; kindergartens have no roll."""

    enrolment: Enrolment

    @property
    def sections(self) -> Sections:
        """Stages of the schools."""
        return self.enrolment.sections

    @cached_property
    def _classes(self) -> pl.DataFrame:
        """One row a class: what its pupils share."""
        enrolment, sections, schools = self.enrolment, self.sections, self.sections.schools
        classes = enrolment.classes
        section = enrolment.grades.section[classes.of]
        kept = np.nonzero(sections.stage[section] != cohorts.PRESCHOOL)[0]
        section, of = section[kept], classes.of[kept]
        place, grade = sections.place[section], enrolment.grade_of(classes)[kept]
        code, number = digits(schools.serial[place], 10), classes.number[kept]
        unit = schools.unit[place]
        elsewhere = unit - unit % len(COUNTIES) + (unit + 1 + number) % len(COUNTIES)
        elsewhere = np.where(elsewhere == unit, unit - unit % len(COUNTIES) + (unit + 1) % len(COUNTIES), elsewhere)
        return pl.DataFrame(
            {
                "class_id": code + digits(grade, 2) + digits(number, 3),
                "school": code,
                "county": county_of(unit),
                "elsewhere": county_of(elsewhere),
                "stage": choices(STAGES, sections.stage[section]),
                "grade": grade,
                "number": number,
                "size": classes.size[kept],
                "section": section,
                "place": place,
                "first": classes.first[kept],
                "entered": enrolment.grades.entered[of],
            }
        )

    def classes(self) -> pl.DataFrame:
        """班级名册."""
        told, schools = self._classes, self.sections.schools
        place, size = told["place"].to_numpy(), told["size"].to_numpy()
        number, grade = told["number"].to_numpy(), told["grade"].to_numpy()
        chance, index = schools.chance, schools.index[place]
        absent = np.minimum(chance.below(3, "absent", index, grade * 1000 + number, self.enrolment.year), size)
        special = schools.kind[place] == layout.SPECIAL
        return framed(
            ClassesReturn,
            {
                **{name: told[name] for name in ("class_id", "school", "county", "stage", "grade", "number", "size")},
                "present": size - absent,
                "kind": choices(("ordinary", "special"), special.astype(np.int64)),
                "operator": choices(("public", "private"), schools.private[place].astype(np.int64)),
                "urban": choices(URBAN, schools.urban[place]),
                "entry": np.isin(grade, (1, 7, 10)),
            },
        )

    def pupils(self) -> pl.DataFrame:
        """学生名册."""
        told = self._classes
        size = told["size"].to_numpy()
        of = np.repeat(np.arange(len(size)), size)
        many, rank = pl.Series(of), np.arange(len(of)) - np.repeat(np.cumsum(size) - size, size)
        shared = {name: told[name].gather(many) for name in ("school", "county", "stage", "grade", "class_id")}
        section, entered = told["section"].to_numpy()[of], told["entered"].to_numpy()[of]
        serial = told["first"].to_numpy()[of] + rank
        counter = self._counter(section, entered, serial)
        bits = self.sections.schools.chance.bits("pupil", counter)
        born = self._born(section, entered, bits)
        flags = self._flags(section, serial)
        migrant = flags["migrant"]
        household = pl.select(
            pl.when(pl.Series(migrant)).then(told["elsewhere"].gather(many)).otherwise(shared["county"])
        ).to_series()
        status = np.minimum(bits & np.uint64(1023), np.uint64(4)).astype(np.int64)
        disability, placement = self._disability(section, serial, bits)
        phase = self.sections.index[section] % 1000
        return framed(
            Pupils,
            {
                "pupil": texts(self.sections.schools.chance.codes(counter)),
                **shared,
                "sex": choices(("1", "2"), spread(serial, GIRLS, phase).astype(np.int64)),
                "born": days(born),
                "household": household,
                "status": choices(_STATUS, np.array([1, 1, 2, 0, 0])[status]),
                "entered": days(first_of_september(entered)),
                **flags,
                "disability": disability,
                "placement": placement,
                "aided": flags["poor"],
            },
        )

    def _counter(self, section: Ints, entered: Ints, serial: Ints) -> Ints:
        """A number that no other pupil and no member of staff has, below 2⁵⁰."""
        index, stage = self.sections.index[section], self.sections.stage[section]
        return ((index * 8 + stage) * 128 + entered % 128) * _SERIALS + serial

    def _born(self, section: Ints, entered: Ints, bits: Bits) -> Ints:
        """Within the twelve months before 1 September that make the age at entry."""
        back = ((bits >> np.uint64(32)) * np.uint64(365) >> np.uint64(32)).astype(np.int64)
        return first_of_september(entered - AGE[self.sections.stage[section]]) - 1 - back

    def _flags(self, section: Ints, serial: Ints) -> dict[str, np.ndarray]:
        told, phase = rates(self.sections), self.sections.index[section] % 1000
        named = ("boarding", "migrant", "left_behind", "poor")
        return {name: spread(serial, getattr(told, name)[section], phase) for name in named}

    def _disability(self, section: Ints, serial: Ints, bits: Bits) -> tuple[pl.Series, pl.Series]:
        phase = self.sections.index[section] % 1000
        disabled = spread(serial, rates(self.sections).disabled[section], phase)
        kind = 1 + ((bits >> np.uint64(12)) & np.uint64(3)).astype(np.int64)
        special = (self.sections.stage[section] == cohorts.SPECIAL).astype(np.int64)
        return choices(_DISABILITIES, np.where(disabled, kind, 0)), choices(_PLACEMENTS, special, disabled)


SIGHT_FROM, SIGHT_UNTIL = 42, 50


def vision(roll: Roll, pupils: pl.DataFrame, year: int) -> pl.DataFrame:
    """视力筛查 of one school in ten, those that are watched (监测点校): every pupil of them.

    A pupil becomes short-sighted in a year of school life that is drawn once, and stays so.
    """
    chance, schools = roll.sections.schools.chance, roll.sections.schools
    watched = pl.Series(digits(schools.serial[chance.happens(100, "sight", schools.index)], 10))
    seen = pupils.filter(pl.col("school").is_in(watched.implode()) & pl.col("stage").is_in(STAGES[1:4]))
    person = seen.select(pl.col("pupil").str.slice(0, 11).map_batches(_numbers, return_dtype=pl.Int64)).to_series()
    of, grade = person.to_numpy(), seen["grade"].to_numpy()
    myopic = grade >= 1 + chance.below(17, "onset", of)
    columns: dict[str, object] = {name: seen[name] for name in ("pupil", "school", "county", "stage", "grade")}
    glasses = np.where(myopic, chance.below(2, "glasses", of), 0)
    for eye in ("right", "left"):
        sphere = np.where(myopic, -100 - 25 * chance.below(17, f"{eye} sphere", of), 25 * chance.below(4, eye, of))
        cylinder = -25 * chance.below(4, f"{eye} cylinder", of) * myopic
        sight = np.where(myopic, SIGHT_FROM + chance.below(8, f"{eye} sight", of), SIGHT_UNTIL + of % 3)
        columns |= {
            f"{eye}_sight": decimals(sight, 1),
            f"{eye}_sphere": decimals(sphere),
            f"{eye}_cylinder": decimals(cylinder),
            f"{eye}_equivalent": decimals(sphere * 10 + cylinder * 5, 3),
        }
    screened = first_of_september(np.full_like(of, year)) + 30 + of % 20
    return framed(
        Vision,
        {
            **columns,
            "screened": days(screened),
            "glasses": choices(("none", "frame"), glasses),
            "cycloplegia": np.zeros(len(of), np.bool_),
            "myopic": myopic,
            "referred": myopic & (glasses == 0),
        },
    )


def _numbers(codes: pl.Series) -> pl.Series:
    """A number for each code: of its letters, so a pupil keeps it from year to year."""
    letters = np.frombuffer("".join(codes).encode(), np.uint8).reshape(-1, 11).astype(np.int64)
    return pl.Series((letters * 31 ** np.arange(11, dtype=np.int64)).sum(axis=1) & ((1 << 62) - 1))
