"""Rules of a return: each an expression and the sentence that is true when it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import or_
from string import Formatter

from luoshi.words.findings import Severity
from luoshi.words.parameters import in_force, shown
from luoshi.words.returns.columns import ReturnColumn
from luoshi.words.returns.expressions import Beside, Expression, Threshold, parts, thresholds


class RuleKind(StrEnum):
    """What a rule holds a row against."""

    ROW = "row"
    """The row itself."""
    LAST_YEAR = "last_year"
    """The same row a period before."""
    BESIDE = "beside"
    """Another return of the same period: across tables, master data, a roster."""
    TABLE = "table"
    """All rows of the return: no two of one key."""


@dataclass(slots=True, eq=False)
class Rule:
    """逻辑校验 or 经验校验: what must, or should, be so in every row."""

    holds: Expression | None
    """True where all is well; empty (null) where it cannot be said, which is no finding. None for keys that tell rows apart."""
    sentence: str
    """True when it holds, in Chinese; a parameter stands in it as its key in braces, so that no number is written twice."""
    severity: Severity
    """A must stops; a should asks for a 填写说明."""
    remedy: str
    """What to do, in Chinese."""
    version: int = 1
    """Raised when the rule changes its meaning."""
    source: str = ""
    """The document or the plain reason it stands on."""
    name: str = ""
    """Its id in the return; given by the class body."""
    derived: bool = False
    """Whether it follows from a column's type and was not written."""
    columns: tuple[ReturnColumn, ...] = field(default=())
    """Cells of the row it looks at, in its own order."""
    aside: tuple[Beside, ...] = field(default=())
    """What it looks at beside the row."""
    thresholds: tuple[Threshold, ...] = field(default=())
    """Parameters it reads."""

    def __post_init__(self) -> None:
        """Take note of what it looks at, and refuse a rule that says nothing."""
        if not self.sentence.strip():
            raise TypeError("a rule has a sentence that is true when it holds")
        if self.version < 1:
            raise TypeError(f"{self.sentence}: versions count from 1")
        if self.holds is None:
            return
        if not isinstance(self.holds, Expression):
            raise TypeError(f"{self.sentence}: a rule is an expression over columns, not {self.holds!r}")
        self.thresholds = thresholds(self.holds)
        if self.thresholds and {one.key for one in self.thresholds} != _named(self.sentence):
            raise TypeError(f"{self.sentence}: a sentence shows the parameters its rule reads, as {{key}}")
        met = list(parts(self.holds))
        self.aside = tuple(one for one in met if isinstance(one, Beside))
        matched = [column for one in self.aside for column in one.on]
        mine = [one for one in met if isinstance(one, ReturnColumn)]
        if not mine:
            # Only what stands beside is looked at: where the row does not say beside what, nothing can be said of it.
            self.holds = reduce(or_, (one.isnull() for one in matched), self.holds)
            mine = [one for one in matched if isinstance(one, ReturnColumn)]
        self.columns = tuple({id(one): one for one in mine if isinstance(one, ReturnColumn)}.values())

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn its id."""
        self.name = name

    def says(self, values: Mapping[str, Decimal] | None = None) -> str:
        """Its sentence with the values that count, by key; without them with the youngest that are declared."""
        if not self.thresholds:
            return self.sentence
        return self.sentence.format(**{one.key: shown(self._value(one, values), one.unit) for one in self.thresholds})

    def edition(self, values: Mapping[str, Decimal] | None = None) -> str:
        """Its version with the values that were applied: 第1版，flow_heads=30人."""
        told = [f"{one.key}={shown(self._value(one, values), one.unit)}" for one in self.thresholds]
        return "，".join((f"第{self.version}版", *told))

    def _value(self, one: Threshold, values: Mapping[str, Decimal] | None) -> Decimal:
        return (in_force(one.dated, None) if values is None else values)[one.key]

    @property
    def kind(self) -> RuleKind:
        """What it holds a row against."""
        if self.holds is None:
            return RuleKind.TABLE
        if any(not one.last_year for one in self.aside):
            return RuleKind.BESIDE
        return RuleKind.LAST_YEAR if self.aside else RuleKind.ROW

    @property
    def needs(self) -> tuple[str, ...]:
        """Keys of the other returns it looks at."""
        owners = (owner_of(one.of) for one in self.aside if not one.last_year)
        return tuple(dict.fromkeys(str(getattr(owner, "key", "")) for owner in owners))


def _named(sentence: str) -> set[str]:
    """Names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def owner_of(value: Expression) -> type | None:
    """The return whose columns an expression is made of; None when it has no column or columns of several.

    Columns of a class that is still being written have no owner yet.
    """
    owners = {one.owner for one in parts(value) if isinstance(one, ReturnColumn)}
    return owners.pop() if len(owners) == 1 else None


def must(
    holds: Expression,
    sentence: str,
    *,
    when: Expression | None = None,
    remedy: str = "",
    version: int = 1,
    source: str = "",
) -> Rule:
    """逻辑校验: nothing goes on until it holds.

    Args:
        holds: true where all is well.
        sentence: Chinese, true when it holds.
        when: the rows it is about; the others hold.
        remedy: what to do; a default is given.
        version: raised when the meaning changes.
        source: where the rule comes from.
    """
    return Rule(_when(holds, when), sentence, Severity.STOPS, remedy or "请核对这几格并改正", version, source)


def should(
    holds: Expression,
    sentence: str,
    *,
    when: Expression | None = None,
    remedy: str = "",
    version: int = 1,
    source: str = "",
) -> Rule:
    """经验校验: where it does not hold, a 填写说明 says why; arguments as of `must`."""
    return Rule(_when(holds, when), sentence, Severity.ASKS, remedy or "请核对；属实的请写填写说明", version, source)


def _when(holds: Expression, when: Expression | None) -> Expression:
    return holds if when is None else ~when | holds
