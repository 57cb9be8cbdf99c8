"""A return is declared once, as a class whose body names its columns and its rules."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from luoshi.words.returns.columns import ReturnColumn
from luoshi.words.returns.deriving import derived
from luoshi.words.returns.expressions import SUMS, Beside, Call, Expression, parts
from luoshi.words.returns.rules import Rule, owner_of

if TYPE_CHECKING:
    import ibis
    import polars as pl
    import pyarrow as pa


class Grain(StrEnum):
    """What one period of a return is."""

    SCHOOL_YEAR = "school_year"
    """学年: 1 September to 31 August, stocks on 1 September; written by its first year."""
    YEAR = "year"
    """年: the calendar and fiscal year."""
    TERM = "term"
    """学期."""
    MONTH = "month"
    """月."""


class Basis(StrEnum):
    """口径: where the rows of a return come from."""

    ANNUAL = "annual"
    """年报: the education statistics return."""
    ROLL = "roll"
    """学籍 and other rosters of persons."""
    MONTHLY = "monthly"
    """月报 and other work returns of the bureau."""
    FINANCE = "finance"
    """财政 and pay figures."""
    INSPECTION = "inspection"
    """督导 and screening: what was looked at."""
    OTHERS = "others"
    """外部门: population, civil servants."""

    @property
    def label(self) -> str:
        """As pages and the lake name it: 年报, 学籍, …"""
        return _BASES[self]


_BASES = dict(zip(Basis, ("年报", "学籍", "月报", "财政", "督导", "外部门"), strict=True))


class _Body(dict[str, Any]):
    """Names of a class body; a column or a rule is not silently replaced by a second one."""

    def __setitem__(self, name: str, value: object) -> None:
        if isinstance(self.get(name), ReturnColumn | Rule) or (name in self and isinstance(value, ReturnColumn | Rule)):
            raise TypeError(f"{name} stands twice in one return")
        super().__setitem__(name, value)


class Declared(type):
    """What makes a return of a class body, and refuses one that is wrong."""

    key: str
    columns: Mapping[str, ReturnColumn]

    @classmethod
    def __prepare__(cls, name: str, bases: tuple[type, ...], /, **said: object) -> _Body:
        """Names that stand once."""
        return _Body()

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], /, **said: Any) -> "Declared":
        """Make the class, gather its columns and rules, and look them through."""
        made = super().__new__(cls, name, bases, dict(body))
        if bases:
            made._gather(body, said)  # its own
        return made

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], /, **_: object) -> None:
        """Nothing more: what was said of it is gathered."""
        super().__init__(name, bases, body)

    def __iter__(cls) -> Iterator[ReturnColumn]:
        """Its columns in their order."""
        return iter(cls.columns.values())

    def __repr__(cls) -> str:
        """Its name in code."""
        return f"<return {cls.__name__}>"

    def _gather(cls, body: dict[str, Any], said: dict[str, Any]) -> None:
        columns = {name: one for name, one in body.items() if isinstance(one, ReturnColumn)}
        written = {name: one for name, one in body.items() if isinstance(one, Rule)}
        reserved = sorted((columns.keys() | written.keys()) & (vars(Return).keys() | Return.__annotations__.keys()))
        _refuse(bool(reserved), cls, f"{'、'.join(reserved)} cannot be a name of a column or a rule")
        cls.key = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.columns = columns
        for name in ("label", "grain", "basis", "source", "answers"):
            _refuse(name not in said, cls, f"{name}= is missing")
            setattr(cls, name, said.pop(name))
        _refuse(bool(said), cls, f"unknown: {'、'.join(said)}")
        cls.keys = tuple(name for name, one in columns.items() if one.key)
        _look_through(cls, columns, written)
        order = {id(one): place for place, one in enumerate(columns.values())}
        for rule in written.values():
            rule.columns = tuple(sorted(rule.columns, key=lambda one: order[id(one)]))
        cls.rules = {one.name: one for one in (*derived(columns), *written.values())}

    keys: tuple[str, ...]
    rules: Mapping[str, Rule]


class Return(metaclass=Declared):
    """报表: a table that is reported: its columns, units, rules and source."""

    key: ClassVar[str]
    """Its name in files and in the lake: class_bands."""
    label: ClassVar[str]
    """Its name on paper."""
    grain: ClassVar[Grain]
    """What one period is; the period itself is no column, a frame holds one."""
    basis: ClassVar[Basis]
    """口径."""
    source: ClassVar[str]
    """The document or system it comes from."""
    answers: ClassVar[tuple[str, ...]]
    """Mechanisms of the plan that need it."""
    columns: ClassVar[Mapping[str, ReturnColumn]]
    """By name, in their order."""
    keys: ClassVar[tuple[str, ...]]
    """Names of the columns that tell rows apart, in one period."""
    rules: ClassVar[Mapping[str, Rule]]
    """By name: those that follow from the columns, then those that are written."""

    @classmethod
    def schema(cls) -> "pl.Schema":
        """Its columns as Polars types."""
        from luoshi.words.returns.types import polars_schema  # noqa: PLC0415  # an engine is loaded when it is asked for

        return polars_schema(cls.columns)

    @classmethod
    def arrow_schema(cls) -> "pa.Schema":
        """Its columns as Arrow types, for Parquet."""
        from luoshi.words.returns.types import arrow_schema  # noqa: PLC0415

        return arrow_schema(cls.columns)

    @classmethod
    def table(cls, name: str = "") -> "ibis.Table":
        """An Ibis table of its columns, without rows; it goes by its key, or by another name."""
        from luoshi.words.returns.types import ibis_table  # noqa: PLC0415

        return ibis_table(cls.columns, name or cls.key)


def _refuse(wrong: bool, of: type, why: str) -> None:  # noqa: FBT001  # reads as a sentence where it is called
    if wrong:
        raise TypeError(f"{of.__name__}: {why}")


def _look_through(of: Declared, columns: Mapping[str, ReturnColumn], written: Mapping[str, Rule]) -> None:
    """Refuse what cannot be a return."""
    labels = [one.label for one in columns.values()]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    _refuse(bool(twice), of, f"two columns are headed {'、'.join(twice)}")
    _refuse(not any(one.key for one in columns.values()), of, "no column tells its rows apart")
    for name, rule in written.items():
        for column in rule.columns:
            _refuse(column.owner is not of, of, f"{name} looks at {column!r}, which is no column of it: say beside(…)")
        _refuse(_sums(rule.holds), of, f"{name} sums rows outside beside(…)")
        for one in rule.aside:
            _look_beside(of, name, one)


def _look_beside(of: Declared, rule: str, one: Beside) -> None:
    other = owner_of(one.of)
    if one.last_year:
        _refuse(other is not of, of, f"{rule}: last year is the same return's")
        _refuse(_sums(one.of), of, f"{rule}: last year is one row")
        return
    _refuse(not isinstance(other, Declared), of, f"{rule}: what stands beside is made of columns of one other return")
    assert isinstance(other, Declared)  # noqa: S101  # refused above
    mine = [column for column in one.on if isinstance(column, ReturnColumn) and column.owner is of]
    _refuse(not mine or len(mine) < len(one.on), of, f"{rule}: rows are put beside each other on columns of {of.key}")
    unknown = [column.name for column in mine if column.name not in other.columns]
    _refuse(bool(unknown), of, f"{rule}: {other.key} has no column {'、'.join(unknown)}")
    several = not _sums(one.of) and not set(other.keys) <= {column.name for column in mine}
    _refuse(several, of, f"{rule}: several rows of {other.key} may stand beside one; say sum, count or max")


def _sums(value: Expression | None) -> bool:
    return any(isinstance(one, Call) and one.name in SUMS for one in parts(value))
