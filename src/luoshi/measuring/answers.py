"""The questions are put to an engine: DuckDB over the lake's files or over frames, or Polars."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

import duckdb
import ibis
import polars as pl

from luoshi.measuring.asking import COUNTY, SCHOOL, Ask, Scan, compiled, dated, question
from luoshi.measuring.tables import Tables, view_of
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.measures import Term


class Engine(StrEnum):
    """What sums."""

    DUCKDB = "duckdb"
    POLARS = "polars"


class Answerer:
    """One connection for all questions of a measuring; each table is opened once."""

    def __init__(self, tables: Tables, engine: Engine) -> None:
        """Over these tables."""
        self.tables, self.engine = tables, engine
        self._frames = dict[str, pl.DataFrame]()
        self._opened = set[str]()
        self._duck = ibis.duckdb.connect() if engine is Engine.DUCKDB else None

    def close(self) -> None:
        """Let go of the connection."""
        if self._duck is not None:
            self._duck.disconnect()

    def ask(self, asked: Any, needs: Mapping[str, tuple[type[Return], int]]) -> pl.DataFrame:
        """The answer to an Ibis expression, or on DuckDB to SQL, over these tables.

        Raises:
            RefusedError: numbers beyond what can be reckoned.
        """
        for name, (of, year) in needs.items():
            self._open(name, of, year)
        try:
            if self._duck is None:
                return ibis.polars.connect(dict(self._frames)).compile(asked).collect()  # type: ignore[no-any-return]
            sql = asked if isinstance(asked, str) else ibis.to_sql(asked, dialect="duckdb")
            return pl.DataFrame(self._duck.con.sql(sql).to_arrow_table())
        except (pl.exceptions.PolarsError, duckdb.Error) as error:
            told = "、".join(dict.fromkeys(of.label for of, _ in needs.values()))
            rule, remedy = "个数不超过10位，金额不超过16位整数，各列的类型与报表声明的一致", "请核对各列的数值和单位"
            raise RefusedError(Finding(told, "有数值无法计算", rule, remedy)) from error

    def scan(self, scan: Scan, values: Mapping[str, Decimal]) -> pl.DataFrame:
        """The sums of a scan."""
        if self._duck is None:
            return self.ask(question(scan, values), scan.needs())
        sql = compiled(scan.of, tuple(scan.asks.values()), tuple(sorted(values.items())))
        return self.ask(dated(sql, scan), scan.needs())

    def _open(self, name: str, of: type[Return], year: int) -> None:
        if name in self._opened:
            return
        self._opened.add(name)
        sql = self.tables.sql(of, year) if self._duck is not None else None
        if self._duck is None or sql is None:
            self._frames[name] = self.tables.frame(of, year)
            if self._duck is not None:
                self._duck.con.register(name, self._frames[name].to_arrow(compat_level=pl.CompatLevel.newest()))
            return
        columns = [str(one[0]) for one in self._duck.con.sql(f"DESCRIBE {sql}").fetchall()]
        self._duck.con.execute(f'CREATE VIEW "{name}" AS {view_of(of, sql, columns)}')


class Answers:
    """What each return came to by school, asked in one scan a return and year."""

    def __init__(self, year: int) -> None:
        """For a year."""
        self.year = year
        self._scans = dict[tuple[str, int], Scan]()
        self._frames = dict[tuple[str, int], pl.DataFrame]()

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
            self._frames[key] = answerer.scan(scan, values)

    def sums(self, term: Term, also: Term | None = None) -> pl.DataFrame:
        """School (null where the return has none), county, sum, rows, used."""
        scan = self._scan(term)
        place = scan.place(Ask(term, also.amount if also else None))
        frame = self._frames[scan.of.key, scan.year]
        units = [
            pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in (SCHOOL, COUNTY)
        ]
        named = dict(zip(("sum", "rows", "used"), scan.named()[place], strict=True))
        return frame.select(*units, **{name: pl.col(column) for name, column in named.items()}).filter(
            pl.col("rows") > 0
        )

    def _scan(self, term: Term) -> Scan:
        of, year = term.of, self.year - term.years_back
        return self._scans.setdefault((of.key, year), Scan(of, year))
