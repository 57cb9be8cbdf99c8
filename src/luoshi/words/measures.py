"""Measures: what is counted of which rows, declared over the columns of a return. Engines sum; nobody else does.

A measure says what one row adds above (分子, `part`) and below (分母, `whole`). Rows are summed first and divided once, at the end, so
an average of averages cannot be written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from luoshi.words.returns.columns import ReturnColumn
from luoshi.words.returns.declaring import Return
from luoshi.words.returns.expressions import SUMS, Beside, Call, Expression, Threshold, parts, thresholds


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """What rows of one return add up to."""

    amount: Expression
    """Of a row: a number, or a condition, which adds 1 where it holds."""
    where: Expression | None = None
    """Which rows; all without."""
    years_back: int = 0
    """0 for the year that is asked for, 1 for the one before."""

    @property
    def of(self) -> type[Return]:
        """The return whose rows they are."""
        (found,) = homes(self.amount)
        return found


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Measure:
    """What every measure says."""

    key: str
    """Its name in code and files; that of the declared indicator where it is the same thing."""
    label: str
    label_en: str
    unit: str
    better: str
    """higher or lower, as spine.Better; empty where neither."""
    source: str
    """The document that defines it."""
    answers: str = ""
    """The mechanism it serves, "M16.3"; empty for support."""
    indicator: str = ""
    """Key of the declared indicator it feeds, when that is another than its own: the same question in another 口径."""
    places: int = 2
    """Digits behind the point for show; never for comparison."""
    scale: int = 1
    """What the quotient is multiplied by: 100 for % and for 每百名."""
    assumes: Mapping[str, int] = field(default_factory=dict)
    """Values of parameters it stands and falls with, because its rows are banded by them."""

    counted: ClassVar[bool] = False
    """Whether its value is a whole number as it was counted, without a denominator."""

    def terms(self) -> tuple[Term, ...]:
        """What has to be summed for it, the part first."""
        raise NotImplementedError

    @property
    def of(self) -> type[Return]:
        """The return its part is taken from."""
        return _return_of(self)

    def thresholds(self) -> frozenset[str]:
        """Keys of the parameters it reads."""
        return _thresholds_of(self)


@cache
def _return_of(measure: Measure) -> type[Return]:
    """A declaration never changes and pages ask thousands of times, so it is looked through once."""
    return measure.terms()[0].of


@cache
def _thresholds_of(measure: Measure) -> frozenset[str]:
    told = (value for term in measure.terms() for value in (term.amount, term.where))
    return frozenset(one.key for value in told for one in thresholds(value))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Total(Measure):
    """A count or a sum: 超大班数, 在园幼儿数."""

    part: Expression
    where: Expression | None = None
    counted: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Refuse what no engine can sum."""
        _look_through(self)

    def terms(self) -> tuple[Term, ...]:
        """The part."""
        return (Term(self.part, self.where),)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rate(Measure):
    """Part over whole, each summed over a division. Of one return a row with an empty cell is left out of both."""

    part: Expression
    whole: Expression
    where: Expression | None = None
    """Rows of the part; and of the whole, when it is of the same return and year."""
    whole_where: Expression | None = None
    """Rows of a whole that is of another return or year."""
    years_back: int = 0
    """How many years before the part's its own rows lie, for both."""
    whole_years_back: int | None = None
    """The same for the whole, where it is another year's: a cohort when it began."""
    unit: str = "%"
    scale: int = 100

    def __post_init__(self) -> None:
        """Refuse what no engine can sum."""
        _look_through(self)

    def terms(self) -> tuple[Term, ...]:
        """Part and whole."""
        part = Term(self.part, self.where, self.years_back)
        back = self.years_back if self.whole_years_back is None else self.whole_years_back
        same = back == self.years_back and homes(self.whole) == homes(self.part)
        return part, Term(self.whole, self.where if same and self.whole_where is None else self.whole_where, back)

    @property
    def together(self) -> bool:
        """Whether part and whole stand in the same rows."""
        part, whole = self.terms()
        return part.of is whole.of and part.years_back == whole.years_back and part.where is whole.where


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PerPupil(Measure):
    """An amount of one return over heads of another, school by school: a school counts where both are known and heads are there."""

    part: Expression
    whole: Expression
    where: Expression | None = None
    whole_where: Expression | None = None
    shared: bool = False
    """Whether stages of a school share the amount (校舍, 操场): a stage gets the share of its heads among all of the school's."""

    def __post_init__(self) -> None:
        """Refuse what no engine can sum."""
        _look_through(self)

    def terms(self) -> tuple[Term, ...]:
        """Part, whole, and the heads of all stages where these share."""
        told = Term(self.part, self.where), Term(self.whole, self.whole_where)
        return (*told, Term(self.whole)) if self.shared else told


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Variation(Measure):
    """差异系数: how far schools of a division lie apart in a per-pupil amount, weighted by pupils.

    X_i = x_i / P_i,  X̄ = Σx / ΣP,  S² = Σ P_i/P_N (X_i − X̄)²,  CV = S / X̄ = √(ΣP · Σx²/P / (Σx)² − 1)

    教督〔2012〕3号: population form, never n − 1, never unweighted.
    """

    between: PerPupil
    """What is compared between schools."""
    unit: str = ""
    places: int = 4

    def terms(self) -> tuple[Term, ...]:
        """Those of what is compared."""
        return self.between.terms()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Comparison(Measure):
    """One rate in % of another: 教师与公务员平均工资, this year's and last year's."""

    one: Rate
    other: Rate
    unit: str = "%"
    scale: int = 100

    def terms(self) -> tuple[Term, ...]:
        """Those of both."""
        return (*self.one.terms(), *self.other.terms())


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Blank(Measure):
    """Places of a register in which no row of a return holds: 空白乡镇; the whole is how many places there are."""

    place: ReturnColumn
    """Column of the register that names a place."""
    within: Expression
    """Which rows of the register name places that count: 乡 and 镇, not 街道."""
    holds: Expression
    """What one row of the return must fulfil so that its place is not blank."""
    at: ReturnColumn
    """Column of the return that names its place."""
    counted: ClassVar[bool] = True

    def terms(self) -> tuple[Term, ...]:
        """What must hold, and what may be blank."""
        return Term(self.holds), Term(self.place.notnull(), self.within)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Covered(Blank):
    """Share of the places of a register in which some row of the return holds: the other side of `Blank`."""

    unit: str = "%"
    scale: int = 100
    counted: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """What a school must come to in one per-pupil amount, at least."""

    of: PerPupil
    least: Threshold


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Passing(Measure):
    """Share of schools that reach their standards: all of them, or all but a few of which they reach so many %.

    A school counts as soon as what is known decides; whether a figure that is missing would decide, nobody guesses.
    """

    standards: tuple[Standard, ...]
    may_miss: Threshold | None = None
    """How many need not be reached; none without."""
    rest: Threshold | None = None
    """What those must come to, in % of the standard."""
    unit: str = "%"
    scale: int = 100

    def terms(self) -> tuple[Term, ...]:
        """Those of every standard."""
        return tuple(term for one in self.standards for term in one.of.terms())

    def thresholds(self) -> frozenset[str]:
        """Those of the rule, of the standards, and of what is held against them."""
        rule = {one.key for one in (self.may_miss, self.rest) if one is not None}
        rule |= {one.least.key for one in self.standards}
        return frozenset(rule.union(*(one.of.thresholds() for one in self.standards)))


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """Measures that are shown together, in their order."""

    label: str
    label_en: str
    measures: tuple[str, ...]
    """Their keys."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What indicators are grouped by where all of them are listed."""

    key: str
    label: str
    label_en: str
    mechanisms: tuple[str, ...] = ()
    """Beginnings of what its indicators answer, "M15." or "M16.3"; the longest that fits any theme decides."""


def by_key(*measures: Measure) -> dict[str, Measure]:
    """Measures by their keys; a key stands for one question everywhere."""
    told = {one.key: one for one in measures}
    if len(told) < len(measures):
        twice = sorted({one.key for one in measures if told[one.key] is not one})
        raise TypeError(f"{'、'.join(twice)} stands twice")
    return told


def homes(value: object) -> set[type[Return]]:
    """The returns whose rows an expression is said of; what stands beside is not among them."""
    told = list(parts(value))
    columns = [one for one in told if isinstance(one, ReturnColumn)]
    for one in told:
        if isinstance(one, Beside):
            columns += parts(one.of) if one.last_year else one.on  # type: ignore[arg-type]  # columns, as declared
    owners = {one.owner for one in columns if isinstance(one, ReturnColumn)}
    return {one for one in owners if one is not None and issubclass(one, Return)}


_APART = re.compile(r"（([^）]*)）$")


@cache
def basis_of(measure: Measure) -> str:
    """口径 as figures name it: 年报, 学籍; of a further measure of the same question also what sets it apart: 学籍·实际在班."""
    basis, found = measure.of.basis.label, _APART.search(measure.label)
    if not measure.indicator or measure.indicator == measure.key or found is None:
        return basis
    apart = "，".join(word for word in found[1].split("，") if word != basis)
    return f"{basis}·{apart}" if apart else basis


def _look_through(measure: Measure) -> None:
    """Refuse a sum outside `beside`, and an amount or a condition that is made of columns of several returns."""
    for term in measure.terms():
        for value in (term.amount, term.where):
            if any(isinstance(one, Call) and one.name in SUMS for one in parts(value)):
                raise TypeError(f"{measure.key}: a measure says what one row adds; only the engine sums")
        if len(homes(term.amount) | homes(term.where)) != 1:
            raise TypeError(f"{measure.key}: an amount and its rows are of one return: say beside(…)")
