"""All terms of many measures as one question to each return: sums by school, in one scan. Ibis, so any engine answers it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import ibis

from luoshi.measuring.tables import ibis_named, table_named
from luoshi.spine import Return
from luoshi.words.measures import Term
from luoshi.words.returns import Beside, Expression, told
from luoshi.words.returns.expressions import parts
from luoshi.words.returns.joining import BEFORE, Joined, put_beside, table_of
from luoshi.words.returns.rules import owner_of

SCHOOL, COUNTY = "school", "county"
TRUE = ibis.literal(value=True)


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """A term, with what has to be known in the same row."""

    term: Term
    also: Expression | None = None

    def __eq__(self, other: object) -> bool:
        """Whether it is the same question; expressions are the same when they are the same object."""
        return isinstance(other, Ask) and self.key == other.key

    def __hash__(self) -> int:
        """As `__eq__`."""
        return hash(self.key)

    @property
    def key(self) -> tuple[int, ...]:
        """The same for the same question, though two measures ask it."""
        return id(self.term.amount), id(self.term.where), id(self.also)


@dataclass(slots=True)
class Scan:
    """What is asked of one return in one year."""

    of: type[Return]
    year: int
    asks: dict[tuple[int, ...], Ask] = field(default_factory=dict)

    def place(self, ask: Ask) -> int:
        """Where its answer stands; asked once, however many ask."""
        self.asks.setdefault(ask.key, ask)
        return list(self.asks).index(ask.key)

    def named(self) -> list[tuple[str, str, str]]:
        """Names of sum, rows and used of each ask; what two asks have in common is reckoned once."""
        rows, used, told = dict[int, str](), dict[tuple[int, frozenset[int]], str](), []
        for place, ask in enumerate(self.asks.values()):
            where = id(ask.term.where)
            known = where, frozenset({id(ask.term.amount), id(ask.also)})
            told.append(
                (f"sum_{place}", rows.setdefault(where, f"rows_{place}"), used.setdefault(known, f"used_{place}"))
            )
        return told

    @property
    def units(self) -> tuple[str, ...]:
        """Columns that say whose a sum is: school and county, or only one of them."""
        return tuple(name for name in (SCHOOL, COUNTY) if name in self.of.columns)

    def asides(self) -> list[Beside]:
        """All that stands beside."""
        return [one for ask in self.asks.values() for one in asides_of(ask)]

    def needs(self) -> dict[str, tuple[type[Return], int]]:
        """Tables it reads, by the names they have in the question."""
        return {table_named(*one): one for one in ((self.of, self.year), *(self._beside(one) for one in self.asides()))}

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
    sums = dict[str, Any]()
    for ask, (total, rows, used) in zip(scan.asks.values(), scan.named(), strict=True):
        amount, where = told(ask.term.amount, joined.column), condition(joined, ask.term.where)
        known = where & amount.notnull()
        if ask.also is not None:
            known &= told(ask.also, joined.column).notnull()
        number = amount.cast("int64") if amount.type().is_boolean() else amount
        summed = number.sum(where=known).fill_null(0)
        sums[total] = summed.cast("int64") if number.type().is_integer() else summed
        if rows not in sums:
            sums[rows] = joined.table.count() if ask.term.where is None else joined.table.count(where=where)
        if used not in sums:
            sums[used] = joined.table.count(where=known)
    return joined.table.group_by(list(scan.units)).aggregate(**sums)


@lru_cache(maxsize=128)
def compiled(of: type[Return], asks: tuple[Ask, ...], values: tuple[tuple[str, Decimal], ...]) -> str:
    """The question as SQL for DuckDB, of year 0: what takes longest is kept, for the next year asks the same."""
    scan = Scan(of, 0, {one.key: one for one in asks})
    return str(ibis.to_sql(question(scan, dict(values)), dialect="duckdb"))


def dated(sql: str, scan: Scan) -> str:
    """The SQL of year 0 with the tables of the scan's year."""
    for name, (of, year) in Scan(scan.of, 0, scan.asks).needs().items():
        sql = sql.replace(f'"{name}"', f'"{table_named(of, scan.year + year)}"')
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
