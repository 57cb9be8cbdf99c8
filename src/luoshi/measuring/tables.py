"""Where the rows come from: frames in memory, or the lake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import ibis
import polars as pl

from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Grain

if TYPE_CHECKING:
    from luoshi.keeping import Edition, Lake
    from luoshi.keeping.manifest import Known
    from luoshi.keeping.reading import Files

_ENDS: Mapping[Grain, str] = {Grain.TERM: "-1", Grain.MONTH: "-12"}


def period_of(of: type[Return], year: int) -> str:
    """The period that speaks for a year: 2020, the first term 2020-1, the last month 2020-12."""
    return f"{year}{_ENDS.get(of.grain, '')}"


class Tables(Protocol):
    """Rows of returns by year."""

    def holds(self, of: type[Return], year: int) -> bool:
        """Whether there are any."""

    def frame(self, of: type[Return], year: int) -> pl.DataFrame:
        """Them, in the declared columns and types."""

    def sql(self, of: type[Return], year: int) -> str | None:
        """The same as one SELECT for DuckDB; None when only the frame is there."""

    def files(self, of: type[Return], year: int) -> "tuple[Files, ...] | None":
        """The files they are in; None when they are in none."""

    def editions(self, of: type[Return], year: int) -> tuple[int, ...]:
        """Numbers of the editions they come from; none for frames."""

    def attach(self, connection: Any) -> None:
        """Let a connection of DuckDB read what `sql` and `files` name."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Rows in memory, by the key of the return and the year."""

    rows: Mapping[tuple[str, int], pl.DataFrame]

    def holds(self, of: type[Return], year: int) -> bool:
        """Whether there is a frame."""
        return (of.key, year) in self.rows

    def frame(self, of: type[Return], year: int) -> pl.DataFrame:
        """The frame, fitted."""
        return fitted(of, self.rows[of.key, year])

    def sql(self, of: type[Return], year: int) -> str | None:  # noqa: ARG002  # as the protocol says
        """None: frames are no files."""
        return None

    def files(self, of: type[Return], year: int) -> None:
        """None."""

    def editions(self, of: type[Return], year: int) -> tuple[int, ...]:  # noqa: ARG002
        """None."""
        return ()

    def attach(self, connection: Any) -> None:
        """Nothing to be read."""


@dataclass(slots=True)
class LakeTables:
    """Rows of a lake as they are known now, or were known then."""

    lake: "Lake"
    known: "Known" = None
    definitions: Mapping[str, str] = field(default_factory=dict)
    """口径 by the key of the return, where the lake holds several."""
    _counting: "dict[tuple[str, str], list[Edition]] | None" = None
    """Editions by return and period, asked for once."""

    def holds(self, of: type[Return], year: int) -> bool:
        """Whether anything counts."""
        return bool(self._chosen(of, year))

    def frame(self, of: type[Return], year: int) -> pl.DataFrame:
        """The rows, fitted."""
        found = self.lake.rows(of.key, **self._asked(of, year)).collect()
        return fitted(of, found)

    def sql(self, of: type[Return], year: int) -> str | None:
        """One SELECT."""
        return self.lake.select(of.key, **self._asked(of, year), origin=False)

    def files(self, of: type[Return], year: int) -> "tuple[Files, ...]":
        """Of the lake."""
        return self.lake.files(of.key, **self._asked(of, year))

    def editions(self, of: type[Return], year: int) -> tuple[int, ...]:
        """Numbers of the editions that count."""
        return tuple(one.number for one in self._chosen(of, year))

    def attach(self, connection: Any) -> None:
        """By the lake's keys."""
        self.lake.attach(connection)

    def _asked(self, of: type[Return], year: int) -> dict[str, Any]:
        definition = self._chosen(of, year)[0].definition
        return {"period": period_of(of, year), "definition": definition, "known": self.known}

    def _chosen(self, of: type[Return], year: int) -> "Sequence[Edition]":
        """The editions of one 口径; several are never mixed."""
        if self._counting is None:
            self._counting = {}
            for one in self.lake.counting(self.known):
                self._counting.setdefault((one.kind, one.period), []).append(one)
        there = self._counting.get((of.key, period_of(of, year)), [])
        definitions = {one.definition for one in there}
        wanted = self.definitions.get(of.key) or (of.basis.label if len(definitions) > 1 else "")
        if wanted and there and wanted not in definitions:
            told = "、".join(sorted(definitions))
            raise RefusedError(
                Finding(of.label, f"有{told}几个口径", "一次计算只用一个口径", f"请指明口径，没有“{wanted}”口径的数")
            )
        return [one for one in there if not wanted or one.definition == wanted]


def fitted(of: type[Return], rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with every declared column in its type; what was not declared is left out.

    Raises:
        RefusedError: a column cannot become what was declared.
    """
    schema = of.schema()
    wanted = [
        pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
    ]
    try:
        return rows.select(wanted) if rows.width else pl.DataFrame(schema=schema)
    except pl.exceptions.PolarsError as error:
        wrong = [
            of.columns[name].label for name in schema if name in rows.columns and rows.schema[name] != schema[name]
        ]
        rule = "各列的类型须与报表声明的一致"
        raise RefusedError(
            Finding(of.label, f"这些列的类型不对：{'、'.join(wrong)}", rule, "请从文件重新读入")
        ) from error


def view_of(of: type[Return], sql: str, columns: Sequence[str]) -> str:
    """A SELECT of the declared columns in their types from another SELECT that has some of them."""
    there = set(columns)
    told = [
        f"CAST({_quoted(name) if name in there else 'NULL'} AS {_TYPES.get(one.kind, one.kind)}) AS {_quoted(name)}"
        for name, one in of.columns.items()
    ]
    return f"SELECT {', '.join(told)} FROM ({sql})"  # noqa: S608  # names are declared, the rest is the lake's own


_TYPES = {"string": "VARCHAR", "int64": "BIGINT"}


def _quoted(name: str) -> str:
    return f'"{name}"'


def table_named(of: type[Return], year: int) -> str:
    """What its rows of a year are called inside an engine."""
    return f"{of.key}__{year}"


def ibis_named(of: type[Return], year: int) -> Any:
    """An Ibis table of a return's year, without rows."""
    return ibis.table({name: one.kind for name, one in of.columns.items()}, name=table_named(of, year))
