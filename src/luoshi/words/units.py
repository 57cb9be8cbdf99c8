"""Measures that look at groups before they sum: cells of like people, counties that pass, posts rounded up.

All are made of measures that stand alone, so each side can be shown by itself.
"""

from dataclasses import dataclass
from typing import ClassVar

from luoshi.words.measures import Measure, Rate, Term, Total
from luoshi.words.returns.columns import ReturnColumn
from luoshi.words.returns.expressions import Threshold


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Celled(Measure):
    """A measure whose rows are first put into cells of a county; a cell in which one side has nobody says nothing.

    Cells are those of one county each, for pay and screening are a county's; above it, what counties came to is summed.
    """

    cells: tuple[ReturnColumn, ...]
    """Columns that tell the cells of a county apart."""

    def sides(self) -> tuple[Rate, Rate | Total]:
        """Both that are put beside each other, cell by cell."""
        raise NotImplementedError

    def terms(self) -> tuple[Term, ...]:
        """Those of both sides."""
        one, other = self.sides()
        return (*one.terms(), *other.terms())


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standardised(Celled):
    """The mean of one group in % of another's, both in the mix of the first: 乡村教师与同等条件县镇教师.

    Over cells c in which both have heads:  Σ x_c / Σ n_c · (y_c / m_c)
    where x, n are amount and heads of the one, y, m of the other.
    """

    one: Rate
    other: Rate
    unit: str = "%"
    scale: int = 100

    def __post_init__(self) -> None:
        """Refuse sides whose cells cannot be the same."""
        owners = {term.of for term in self.terms()} | {one.owner for one in self.cells}
        if len(owners) != 1 or any(term.years_back for term in self.terms()):
            raise TypeError(f"{self.key}: both groups and their cells stand in one return of one year")

    def sides(self) -> tuple[Rate, Rate]:
        """The group that is asked about, and the one it is held against."""
        return self.one, self.other


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CellsPassing(Celled):
    """Cells in which the mean of the one is not lower than the other's, among cells that both have."""

    between: Standardised
    cells: tuple[ReturnColumn, ...] = ()
    unit: str = "%"
    scale: int = 100

    def sides(self) -> tuple[Rate, Rate]:
        """Those of what is compared."""
        return self.between.sides()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Weighted(Celled):
    """A rate of cells weighted by amounts of another return: 近视率 by stage, weighted by pupils on the roll.

    Over cells that are known on both sides:  Σ w_c · (x_c / n_c) / Σ w_c
    """

    rate: Rate
    weight: Total
    """What a cell weighs; its return names cells as the rate's does."""
    unit: str = "%"
    scale: int = 100

    def __post_init__(self) -> None:
        """Refuse cells that one side does not know."""
        named = {one.name for one in self.cells}
        if any(not named <= term.of.columns.keys() or term.years_back for term in self.terms()):
            raise TypeError(f"{self.key}: both sides have the columns of the cells, in one year")

    def sides(self) -> tuple[Rate, Rate | Total]:
        """The rate, and the weight."""
        return self.rate, self.weight


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CountiesPassing(Measure):
    """Counties whose own figure is not lower than what is asked, among those that have a figure: never a mean of their figures."""

    judged: Measure
    least: int | Threshold = 100
    """In the unit of the figure."""
    by_heads: bool = False
    """Whether a county weighs what stands below its figure (person-months of teachers), and not one."""
    unit: str = "%"
    scale: int = 100

    def terms(self) -> tuple[Term, ...]:
        """Those of what is judged."""
        return self.judged.terms()

    def thresholds(self) -> frozenset[str]:
        """With its least."""
        own = {self.least.key} if isinstance(self.least, Threshold) else set[str]()
        return self.judged.thresholds() | own


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Posts(Measure):
    """Posts that are missing: those the standard gives, rounded up, without those that are held; below zero is a surplus.

    ⌈pupils / ratio⌉ of a county's total; by school of each school's own pupils, and there a small school is given
    max(⌈pupils / ratio⌉, ⌈classes · posts a class⌉). The whole is the posts of the standard.
    """

    pupils: Total
    held: Total
    ratio: Threshold
    """Pupils to a post."""
    classes: Total | None = None
    """Classes, where small schools are given posts by class; then it is reckoned school by school."""
    a_class: Threshold | None = None
    """Posts to a class of a small school."""
    small: Threshold | None = None
    """A school with fewer pupils is small."""
    unit: str = "人"
    counted: ClassVar[bool] = True

    @property
    def by_school(self) -> bool:
        """Whether every school is rounded up by itself."""
        return self.classes is not None

    def terms(self) -> tuple[Term, ...]:
        """Pupils, posts held, and classes."""
        more = self.classes.terms() if self.classes else ()
        return (*self.pupils.terms(), *self.held.terms(), *more)

    def thresholds(self) -> frozenset[str]:
        """With the standard."""
        own = {one.key for one in (self.ratio, self.a_class, self.small) if one is not None}
        return frozenset(own).union(*(one.thresholds() for one in (self.pupils, self.held)))
