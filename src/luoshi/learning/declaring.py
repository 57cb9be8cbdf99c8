"""What a training project is: for whom, what it counts, what it asks, where it stands written. One file each, found by standing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from luoshi.learning.hours import Asked, Span
from luoshi.words.parameters import Parameter

_ZERO = Decimal(0)


class Whom(StrEnum):
    """Of whom a requirement asks."""

    EVERY = "every"
    """全体专任教师."""
    NEW = "new"
    """新任教师."""
    TRADE = "trade"
    """职业学校专业课教师."""


class Counts(StrEnum):
    """What a project is counted in."""

    HOURS = "hours"
    """学时: kept on the record of each teacher."""
    PERSON_TIMES = "person_times"
    """人次: rolls of whoever came, also of those who are no teachers."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of hours (学时类别)."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What is asked of a teacher."""

    key: str
    label: str
    hours: Parameter
    span: Span
    source: str
    whom: Whom = Whom.EVERY
    kinds: tuple[Kind, ...] = ()
    """Kinds that count; empty is every kind."""
    caps: tuple[tuple[Kind, Parameter], ...] = ()
    """Of these kinds no more counts."""
    practice: Parameter | None = None
    """Least share of practice, in percent."""

    def asked(self, values: Mapping[str, Decimal]) -> Asked:
        """With the values in force, by key of the parameter; a cap of nothing caps nothing."""
        caps = {kind.key: values[cap.key] for kind, cap in self.caps if values[cap.key]}
        least = values[self.practice.key] if self.practice else _ZERO
        return Asked(values[self.hours.key], self.span, frozenset(one.key for one in self.kinds), caps, least)


@dataclass(frozen=True, slots=True)
class Training:
    """One project (培训项目)."""

    key: str
    label: str
    answers: tuple[str, ...]
    """Mechanisms of the plan."""
    kind: Kind
    """Of the hours it gives."""
    whom: str
    """Who comes, in words."""
    source: str
    counts: Counts = Counts.HOURS
    groups: tuple[str, ...] = ()
    """Groups of whoever comes that are counted apart (对象)."""
    quota: bool = False
    """Whether places are given from above and divided to counties."""
    aim: Parameter | None = None
    """Person-times that are aimed at."""
    requirement: Requirement | None = None
    doubt: str = ""


def trainings(package: ModuleType) -> dict[str, Training]:
    """The projects of a package by key, in the order of its files.

    Raises:
        ValueError: two are called by one key.
    """
    told = dict[str, Training]()
    for found in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        module = import_module(f"{package.__name__}.{found.name}")
        for one in vars(module).values():
            if isinstance(one, Training):
                if one.key in told:
                    message = f"{told[one.key].label} and {one.label} are both called {one.key}"
                    raise ValueError(message)
                told[one.key] = one
    return told


def requirements(package: ModuleType) -> dict[str, Requirement]:
    """What the projects of a package ask, by key."""
    asked = (one.requirement for one in trainings(package).values())
    return {one.key: one for one in asked if one is not None}


def answering(package: ModuleType) -> list[tuple[str, str, str]]:
    """Which mechanism each project runs: mechanism, key and label of the project."""
    return [(one, key, told.label) for key, told in trainings(package).items() for one in told.answers]
