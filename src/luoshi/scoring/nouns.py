"""What a rubric is made of, and what somebody says of each criterion on a sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

TOP = ""
"""The key of what all top groups belong to."""


class Marking(StrEnum):
    """How a criterion turns into points."""

    RATIO = "ratio"
    """A number on its way from `start` to `target`: so much of the points, never more than all, never less than none."""
    BANDS = "bands"
    """A number falls into a band; each has its points."""
    LEVELS = "levels"
    """One of some descriptions; each has its points."""
    YES = "yes"
    """All or nothing."""
    JUDGED = "judged"
    """A judge's points, between none and all."""
    DEDUCT = "deduct"
    """So many times something went wrong, each costs points, up to a limit."""
    BONUS = "bonus"
    """So many times something counts beyond what is asked, up to a limit."""
    FLAG = "flag"
    """What lowers the grade whatever the points are, or takes it."""


ADDS = frozenset({Marking.DEDUCT, Marking.BONUS, Marking.FLAG})
"""Ways that belong to no group and have no share of the full points."""
TYPED = frozenset({Marking.RATIO, Marking.BANDS, Marking.JUDGED, Marking.DEDUCT, Marking.BONUS})
"""Ways that are answered by a number."""


@dataclass(frozen=True, slots=True)
class Level:
    """One description of a criterion, and what it is worth."""

    label: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """From a number on, so many points."""

    least: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria that belong together, with what they are worth together."""

    key: str
    label: str
    points: Decimal
    within: str = TOP
    """Key of the group it belongs to; empty for the top."""


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion."""

    key: str
    label: str
    marking: Marking
    points: Decimal = Decimal(0)
    """What it is worth at most; of a deduction what it costs at most; of a flag nothing."""
    group: str = TOP
    target: Decimal = Decimal(0)
    """Of a ratio the number that earns all points."""
    start: Decimal = Decimal(0)
    """Of a ratio the number that earns none: above the target where less is better."""
    bands: tuple[Band, ...] = ()
    """From the lowest up; below the first there are no points."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    each: Decimal = Decimal(0)
    """What one time costs, or brings."""
    unit: str = ""
    """Of the number: %, 人, 次."""
    measured: str = ""
    """Key of the indicator that answers it where a figure is held: then nobody types it."""
    absent: bool = False
    """Whether it may not apply; its points then go to the others of its group."""
    proof: str = ""
    """Which material shows it; empty where none is asked."""
    cap: str = ""
    """Of a flag: key of the highest grade that is left."""
    down: int = 0
    """Of a flag: so many grades lower."""
    veto: bool = False
    """Of a flag: whether nothing is passed with it."""
    barred: str = ""
    """Of a flag: what lists keep somebody from; it is raised by an entry that stands (评优评先), and nobody types it."""
    source: str = ""

    @property
    def counted(self) -> bool:
        """Whether it has a share of the full points."""
        return self.marking not in ADDS


@dataclass(frozen=True, slots=True)
class Grade:
    """From so many points on, unrounded."""

    key: str
    label: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """A rubric as sheets are scored by it: it is kept as text with every case, whatever becomes of the declaration."""

    key: str
    label: str
    full: Decimal
    groups: Mapping[str, Group]
    items: Mapping[str, Item]
    grades: tuple[Grade, ...]
    """From the highest down; the last from 0 on."""
    passing: str = ""
    """Key of the lowest grade that is passed; empty where every one is."""
    base: Decimal = Decimal(0)
    """Points that everybody begins with."""
    over: Decimal = Decimal(0)
    """How far extra points may lead beyond the full ones."""
    judges: int = 1
    """How many different judges mark a case at least."""
    trim: int = 0
    """How many of the highest, and of the lowest, marks are left out before the mean is taken."""
    blind: bool = False
    """Whether judges see neither the own marks of who is marked nor one another's before it is concluded."""
    source: str = ""
    doubt: str = ""

    def children(self, within: str) -> list[Group]:
        """The groups in a group, in the order declared."""
        return [one for one in self.groups.values() if one.within == within]

    def of(self, group: str) -> list[Item]:
        """The criteria that stand in a group itself, and have a share of its points."""
        return [one for one in self.items.values() if one.group == group and one.counted]

    def walk(self, within: str = TOP, depth: int = 0) -> Iterator[tuple[int, Group | Item]]:
        """Groups and counted criteria in the order of a table, each with how deep it lies."""
        for item in self.of(within):
            yield depth, item
        for group in self.children(within):
            yield depth, group
            yield from self.walk(group.key, depth + 1)

    def beside(self) -> list[Item]:
        """Deductions, extra points and flags."""
        return [one for one in self.items.values() if not one.counted]

    def grade(self, key: str) -> Grade:
        """A grade by key.

        Raises:
            KeyError: there is none.
        """
        return {one.key: one for one in self.grades}[key]


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody said of one criterion."""

    value: str = ""
    """A number, the key of a level, “1” for yes; empty for no."""
    absent: bool = False
    """It does not apply."""
    why: str = ""
    proof: tuple[int, ...] = ()
    """Numbers of files in the house."""
    held: str = ""
    """Where the house had it from, in words; empty where somebody typed it."""


Sheet = Mapping[str, Mark]
"""By key of the criterion."""
