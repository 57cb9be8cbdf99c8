"""All terms of many measures as one question to each return: sums by school, in one scan. Ibis, so any engine answers it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, reduce
from operator import and_
from typing import Any

import ibis
from ibis.expr import operations

from luoshi.measuring.dialects import sql_of
from luoshi.measuring.folding import ALWAYS, MANY, Folding, Lines
from luoshi.measuring.tables import ibis_named, table_named
from luoshi.spine import Return
from luoshi.words.measures import Term
from luoshi.words.returns import Beside, Expression, told
from luoshi.words.returns.expressions import parts, spelled
from luoshi.words.returns.joining import BEFORE, Joined, put_beside, table_of
from luoshi.words.returns.rules import owner_of

SCHOOL, COUNTY = "school", "county"
QUOTES = ('"', "`")
"""Around names, in DuckDB's SQL and in Spark's."""
TRUE = ibis.literal(value=True)


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """A term, with what has to be known in the same row."""

    term: Term
    also: Expression | None = None
    key: tuple[Hashable, Hashable, Hashable] = field(init=False)
    """The same for the same question, though two measures ask it."""

    def __post_init__(self) -> None:
        """Spell it once."""
        told_as = spelled(self.term.amount), spelled(self.term.where), spelled(self.also)
        object.__setattr__(self, "key", told_as)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same question; so it is when it is written alike."""
        return isinstance(other, Ask) and self.key == other.key

    def __hash__(self) -> int:
        """As `__eq__`."""
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Grain:
    """How finely sums are told apart."""

    schools: bool = True
    """School by school; county by county otherwise."""
    split: str = ""
    """Name of a column that sums are told apart by too: stage."""


@dataclass(slots=True)
class Scan:
    """What is asked of one return in one year."""

    of: type[Return]
    year: int
    asks: dict[tuple[Hashable, Hashable, Hashable], Ask] = field(default_factory=dict)
    grain: Grain = Grain()

    def place(self, ask: Ask) -> int:
        """Where its answer stands; asked once, however many ask."""
        self.asks.setdefault(ask.key, ask)
        return list(self.asks).index(ask.key)

    def named(self) -> list[tuple[str, str, str]]:
        """Names of sum, rows and used of each ask; what two asks have in common is reckoned once."""
        rows, used, told = dict[Hashable, str](), dict[Hashable, str](), []
        for place, (amount, where, also) in enumerate(self.asks):
            known = where, frozenset({amount, also})
            told.append(
                (f"sum_{place}", rows.setdefault(where, f"rows_{place}"), used.setdefault(known, f"used_{place}"))
            )
        return told

    @property
    def units(self) -> tuple[str, ...]:
        """Columns that say whose a sum is: school and county, or only one of them, and what it is split by."""
        wanted = (SCHOOL, COUNTY, self.grain.split) if self.grain.schools else (COUNTY, self.grain.split)
        return tuple(name for name in wanted if name in self.of.columns)

    @property
    def folded(self) -> bool:
        """Whether rows are counted together first: where a row is less than a school and no school is asked for."""
        return not self.grain.schools and SCHOOL in self.of.columns and SCHOOL not in self.of.keys

    def asides(self) -> list[Beside]:
        """All that stands beside."""
        return [one for ask in self.asks.values() for one in asides_of(ask)]

    def needs(self) -> dict[str, tuple[type[Return], int]]:
        """Tables it reads, by the names they have in the question."""
        return {table_named(*one): one for one in ((self.of, self.year), *(self._beside(one) for one in self.asides()))}

    @property
    def beside_itself(self) -> Iterator[bool]:
        """Of all that stands beside, whether it is of these very rows."""
        return (self._beside(one) == (self.of, self.year) for one in self.asides())

    def _beside(self, one: Beside) -> tuple[type[Return], int]:
        other = owner_of(one.of)
        assert other is not None  # noqa: S101  # a declaration was looked through
        assert issubclass(other, Return)  # noqa: S101
        return other, self.year - one.last_year


def asides_of(ask: Ask) -> Iterator[Beside]:
    """What an ask looks at beside its rows."""
    for value in (ask.term.amount, ask.term.where, ask.also):
        yield from (one for one in parts(value) if isinstance(one, Beside))


def question(scan: Scan, values: Mapping[str, Decimal]) -> Any:
    """An Ibis table: a row for each school (or county), and of each ask its sum, the rows that were asked, and those in the sum.

    Args:
        scan: what is asked.
        values: of parameters.
    """
    joined = joined_rows(scan.of, scan.year, scan.asides(), values)
    put = _to_lines(scan, joined) if scan.folded else [_to_rows(ask, joined) for ask in scan.asks.values()]
    sums = dict[str, Any]()
    for one, (total, rows, used) in zip(put, scan.named(), strict=True):
        sums[total] = one.total
        sums.setdefault(rows, one.rows)
        sums.setdefault(used, one.used)
    table = put[0].table if put else joined.table
    return table.group_by(list(scan.units)).aggregate(**sums)


@dataclass(frozen=True, slots=True, eq=False)
class _Put:
    """An ask as Ibis says it."""

    table: Any
    total: Any
    rows: Any
    used: Any


def _to_rows(ask: Ask, joined: Joined) -> _Put:
    """To every row."""
    amount = told(ask.term.amount, joined.column)
    where = None if ask.term.where is None else condition(joined, ask.term.where)
    also = None if ask.also is None else _filled(told(ask.also, joined.column))
    known = _all_of(where, _filled(amount), also)
    number = amount.cast("int64") if amount.type().is_boolean() else amount
    return _Put(joined.table, _total(number, known), joined.table.count(where=where), joined.table.count(where=known))


def _filled(value: Any) -> Any:
    """Whether it is; None for what says whether something else is filled, for that always is, and Spark does not read it twice."""
    return None if isinstance(value.op(), operations.NotNull | operations.IsNull) else value.notnull()


def _all_of(*conditions: Any) -> Any:
    """All of those that are there; None where none is, for Polars takes a literal for a single row."""
    there = [one for one in conditions if one is not None]
    return reduce(and_, there) if there else None


def _to_lines(scan: Scan, joined: Joined) -> list[_Put]:
    """To lines of rows that say the same."""
    folding = Folding(scan.of, joined, scan.units)
    for ask in scan.asks.values():
        for value in (ask.term.amount, ask.term.where, ask.also):
            folding.look(value)
    kept = [_Kept.of(ask, folding, joined) for ask in scan.asks.values()]
    lines = Lines(folding.lines(), joined.values)
    many = lines.table[MANY]
    told_of = list[_Put]()
    for one in kept:
        where, known = (_on_lines(lines, value) for value in (one.where, one.known))
        amount = None if one.amount is ALWAYS else told(one.amount, lines.column)
        total = _total(many, _all_of(known, amount)) if one.counts else _total(amount, known)
        told_of.append(_Put(lines.table, total, _total(many, where), _total(many, known)))
    return told_of


def _on_lines(lines: Lines, where: Any) -> Any:
    return None if where is None or where is ALWAYS else condition(lines, where)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """An ask over lines."""

    amount: Any
    where: Any
    known: Any
    counts: bool
    """Whether the amount is a condition."""

    @classmethod
    def of(cls, ask: Ask, folding: Folding, joined: Joined) -> "_Kept":
        """Keep what it takes."""
        amount, where = ask.term.amount, ask.term.where
        counts = bool(told(amount, joined.column).type().is_boolean())
        known = amount.notnull()
        if ask.also is not None:
            known &= ask.also.notnull()
        if where is not None:
            known &= where
        kept = folding.kept(amount) if counts else folding.summed(amount)
        return cls(kept, None if where is None else folding.kept(where), folding.kept(known), counts)


def _total(number: Any, where: Any) -> Any:
    summed = number.sum(where=where).fill_null(0)
    return summed.cast("int64") if number.type().is_integer() else summed


@lru_cache(maxsize=128)
def compiled(
    of: type[Return], asks: tuple[Ask, ...], grain: Grain, values: tuple[tuple[str, Decimal], ...], dialect: str
) -> str:
    """The question as SQL of year 0: what takes longest is kept, for the next year asks the same.

    Args:
        of: the return.
        asks: what is asked of it.
        grain: how finely.
        values: of parameters.
        dialect: duckdb or pyspark.
    """
    scan = Scan(of, 0, {one.key: one for one in asks}, grain)
    return sql_of(question(scan, dict(values)), dialect)


def dated(sql: str, scan: Scan) -> str:
    """The SQL of year 0 with the tables of the scan's year."""
    for name, (of, year) in Scan(scan.of, 0, scan.asks, scan.grain).needs().items():
        for quote in QUOTES:
            sql = sql.replace(f"{quote}{name}{quote}", f"{quote}{table_named(of, scan.year + year)}{quote}")
    return sql


def joined_rows(of: type[Return], year: int, asides: Iterable[Beside], values: Mapping[str, Decimal]) -> Joined:
    """The rows of a year with what stands beside them."""
    others = {table_of(one): owner_of(one.of) for one in asides if not one.last_year}

    def named(key: str) -> str:
        other = others.get(key)
        return f"{of.key}__{year - 1}" if key == BEFORE or other is None else f"{key}__{year}"

    return put_beside(of, ibis_named(of, year), asides, named, values)


def condition(joined: Joined, where: Expression | None) -> Any:
    """Which rows; one that cannot be said is not among them."""
    return TRUE if where is None else told(where, joined.column).fill_null(False)
