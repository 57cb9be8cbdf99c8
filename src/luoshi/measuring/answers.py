"""The questions are put to an engine, each return once a year."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from luoshi.measuring.asking import COUNTY, SCHOOL, Ask, Grain, Scan, compiled, dated, question
from luoshi.measuring.engines import Engine as Engine  # noqa: PLC0414  # asked for with answers
from luoshi.measuring.engines import Needs, Sums, cannot_be_reckoned, opened
from luoshi.measuring.tables import Tables, table_named
from luoshi.spine import Return
from luoshi.words.measures import Term

_FITS = 2**53
"""Sums of a thousand such parts still fit into 64 bits."""


class Answerer:
    """One connection for all questions of a measuring; each table is opened once."""

    def __init__(self, tables: Tables, engine: Sums) -> None:
        """Over these tables."""
        self._engine = opened(tables, engine)
        self._there = set[str]()

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.close()

    def ask(self, asked: Any, needs: Needs) -> pl.DataFrame:
        """The answer to an Ibis expression, or to SQL of the engine, over these tables.

        Raises:
            RefusedError: numbers beyond what can be reckoned.
        """
        self._open(needs)
        return self._asked(asked, needs)

    def _open(self, needs: Needs) -> None:
        for name, (of, year) in needs.items():
            if name not in self._there:
                self._engine.open(name, of, year)
                self._there.add(name)

    def _asked(self, asked: Any, needs: Needs) -> pl.DataFrame:
        try:
            return self._engine.ask(asked)
        except self._engine.troubles as error:
            raise cannot_be_reckoned(needs) from error

    def scan(self, scan: Scan, values: Mapping[str, Decimal]) -> pl.DataFrame:
        """The sums of a scan; where rows are folded, of one part of them after another, added up."""
        if not self._engine.dialect:
            return self.ask(question(scan, values), scan.needs())
        known = tuple(sorted(values.items()))
        sql = compiled(scan.of, tuple(scan.asks.values()), scan.grain, known, self._engine.dialect)
        asked, needs = dated(sql, scan), scan.needs()
        if not scan.folded or any(scan.beside_itself):
            return _counted(self.ask(asked, needs))
        self._open(needs)
        parts = self._engine.parts(table_named(scan.of, scan.year), scan.of, scan.year)
        some = [_counted(self._asked(asked, needs)) for _ in parts]
        return some[0] if len(some) == 1 else _added(some, scan.units)


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    """Whole numbers that DuckDB hands out in 128 bits as such of 64 where they fit, which is a fifth of the work behind it."""
    wide = [name for name, kind in frame.schema.items() if kind.is_decimal() and not getattr(kind, "scale", 0)]
    fit = [name for name in wide if frame[name].is_between(-_FITS, _FITS).all()]
    return frame.with_columns(pl.col(fit).cast(pl.Int64))


def _added(some: list[pl.DataFrame], units: tuple[str, ...]) -> pl.DataFrame:
    """Sums of parts as sums of all."""
    sums = pl.exclude(*units).sum()
    return pl.concat(some, how="vertical_relaxed").group_by(units).agg(sums)


class Answers:
    """What each return came to by school or by county, asked in one scan a return and year."""

    def __init__(self, year: int, *, schools: bool = True, split: str = "") -> None:
        """For a year.

        Args:
            year: which.
            schools: whether schools are wanted one by one; of other returns than are `compared` counties do.
            split: name of a column sums are told apart by too.
        """
        self.year, self.split = year, split
        self._schools, self._compared = schools, set[str]()
        self._scans = dict[tuple[str, int], Scan]()
        self._frames = dict[tuple[str, int], pl.DataFrame]()

    def compare(self, of: type[Return]) -> None:
        """Have a return asked school by school, whatever else is wanted; before any is put."""
        self._compared.add(of.key)

    def want(self, term: Term, also: Term | None = None) -> None:
        """Have it asked."""
        self._scan(term).place(Ask(term, also.amount if also else None))

    def needs(self, term: Term, also: Term | None = None) -> dict[str, tuple[type[Return], int]]:
        """Tables it takes."""
        scan = Scan(term.of, self.year - term.years_back)
        scan.place(Ask(term, also.amount if also else None))
        return scan.needs()

    def put(self, answerer: Answerer, values: Mapping[str, Decimal]) -> None:
        """Ask everything that was wanted."""
        for key, scan in self._scans.items():
            scan.grain = Grain(self._schools or scan.of.key in self._compared, self.split)
            self._frames[key] = answerer.scan(scan, values)

    def sums(self, term: Term, also: Term | None = None) -> pl.DataFrame:
        """School (null where the return has none or none was asked for), county, what it is split by, sum, rows, used."""
        scan = self._scan(term)
        place = scan.place(Ask(term, also.amount if also else None))
        frame = self._frames[scan.of.key, scan.year]
        units = [
            pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
            for name in (SCHOOL, COUNTY, *((self.split,) if self.split else ()))
        ]
        named = dict(zip(("sum", "rows", "used"), scan.named()[place], strict=True))
        return frame.select(*units, **{name: pl.col(column) for name, column in named.items()}).filter(
            pl.col("rows") > 0
        )

    def _scan(self, term: Term) -> Scan:
        of, year = term.of, self.year - term.years_back
        return self._scans.setdefault((of.key, year), Scan(of, year))
