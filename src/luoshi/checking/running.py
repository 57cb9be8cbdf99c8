"""The question is asked: on Polars in one scan, or on DuckDB; the answers are the same."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import duckdb
import ibis
import polars as pl

from luoshi.checking.asking import ROW, Question, question
from luoshi.checking.tolerances import counting
from luoshi.checking.wording import Answered, Found, Places, word
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.parameters import Own
from luoshi.words.returns import ReturnColumn, Rule
from luoshi.words.returns.deriving import UNIQUE
from luoshi.words.returns.expressions import parts
from luoshi.words.returns.joining import BEFORE, table_of
from luoshi.words.returns.rules import owner_of

_BROKEN = "_broken"


class Engine(StrEnum):
    """What answers."""

    POLARS = "polars"
    """In memory, in one scan."""
    DUCKDB = "duckdb"
    """The same expressions as SQL."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside the rows of a return."""

    last_year: pl.DataFrame | None = None
    """The same return, a year before."""
    others: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    """Other returns of the same period and the register, by their keys."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking one frame."""

    of: type[Return]
    rows: pl.DataFrame
    """The frame that was checked, with every declared column."""
    answers: pl.DataFrame
    """Only rows that break something: row, values beside, a column for each rule."""
    asked: Question
    twice: pl.DataFrame
    """Rows whose keys stand twice: their places."""
    skipped: tuple[tuple[Rule, str], ...]
    """Rules that were not asked, each with the Chinese reason."""
    values: Mapping[str, Decimal] = field(default_factory=dict)
    """Of the parameters its rules read, by key: those that counted."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows break each rule that was asked, by its name; 0 where all is well."""
        summed = self.answers.select(pl.col(name).sum() for name in self.asked.rules).row(0) if self.asked.rules else ()
        told = {rule.name: int(many or 0) for rule, many in zip(self.asked.rules.values(), summed, strict=True)}
        return {UNIQUE: self.twice.height, **told} if self._unique_asked else told

    @property
    def _unique_asked(self) -> bool:
        return all(rule.name != UNIQUE for rule, _ in self.skipped)

    def broken(self, most: int | None = None) -> pl.DataFrame:
        """One line for each row and rule that is broken: row (from 0), rule, severity.

        Args:
            most: only of the first so many rows that break something; None for all.
        """
        twice, answers = self.twice, self.answers
        if most is not None:
            twice, answers = twice.bottom_k(most, by=ROW), answers.bottom_k(most, by=ROW)
        parts = [twice.select(pl.col(ROW).alias("row"), pl.lit(UNIQUE).alias("rule"))]
        parts += [
            answers.filter(pl.col(column)).select(pl.col(ROW).alias("row"), pl.lit(rule.name).alias("rule"))
            for column, rule in self.asked.rules.items()
        ]
        weights = {name: rule.severity.value for name, rule in self.of.rules.items()}
        told = pl.concat(parts).with_columns(
            pl.col("rule").replace_strict(weights, return_dtype=pl.String).alias("severity")
        )
        return told.sort("row", maintain_order=True)

    def weighing(self, severity: Severity) -> int:
        """How many findings have this weight."""
        return sum(many for name, many in self.counts.items() if self.of.rules[name].severity is severity)

    def findings(
        self, most: int | None = None, places: Places | None = None, *, without: pl.DataFrame | None = None
    ) -> list[Found]:
        """Every finding in words, row by row.

        Args:
            most: so many at most; None for all.
            places: where the cells stand in their file; without it the first row of the frame is row 2.
            without: rows and rules (row, rule) that are told elsewhere.
        """
        told = self.broken(None if most is None else most + (0 if without is None else without.height))
        told = told if without is None else told.join(without, on=["row", "rule"], how="anti", maintain_order="left")
        chosen = told if most is None else told.head(most)
        answered = Answered(self.of, self.rows, self.answers, self.asked, self.values)
        return word(answered, chosen, places or Places(range(2, self.rows.height + 2), {}))

    def unexplained(self, notes: Collection[tuple[tuple[str, ...], str]]) -> list[Found]:
        """经验校验 findings without a 填写说明; `notes` are the keys and the rule of those that have one."""
        given = set(notes)
        return [one for one in self.findings() if one.asks and (one.key, one.rule.name) not in given]


def check(  # what is held against what, each by its name
    of: type[Return],
    rows: pl.DataFrame,
    aside: Aside | None = None,
    *,
    on: date | None = None,
    own: Own = (),
    engine: Engine = Engine.POLARS,
) -> Checked:
    """Hold every row of a return against all its rules, in one scan.

    Args:
        of: the declaration.
        rows: one period; columns by their declared names, of the declared types. Columns may be missing: rules about them
            are not asked.
        aside: last year's rows, other returns, the register; rules about what is not there are not asked.
        on: the period's day, on which a parameter has its value; without it the youngest values count.
        own: the bureau's own values of parameters, by key or dated; of what a return does not read nothing is made.
        engine: what answers.

    Raises:
        RefusedError: when a value of the bureau is not fit, a key is missing, a column has another type, or a number is beyond what can be reckoned.
    """
    aside = aside or Aside()
    values = counting(of, on, own)
    asked, skipped = _askable(of, set(rows.columns), aside, values)
    whole = fitted(of, rows)
    put = question(of, tuple(asked), tuple(sorted(values.items())))
    tables = {of.key: whole.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))}
    tables |= _beside(of, asked, aside)
    answers = _answers(put, tables, engine, of)
    unique = all(rule.name != UNIQUE for rule, _ in skipped)
    twice = _twice(of, tables[of.key]) if unique else pl.DataFrame(schema={ROW: pl.Int64})
    return Checked(of, whole, answers, put, twice, tuple(skipped), values)


def fitted(of: type[Return], rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with every declared column in its order and type; what was not declared is left out.

    Raises:
        RefusedError: when a column has a type that is not the declared one and cannot become it.
    """
    schema = of.schema()
    parts = [
        pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, kind).alias(name)
        for name, kind in schema.items()
    ]
    try:
        return rows.select(parts).rechunk() if rows.width else pl.DataFrame(schema=schema)
    except pl.exceptions.PolarsError as error:
        wrong = [
            of.columns[name].label for name, kind in rows.schema.items() if name in schema and schema[name] != kind
        ]
        raise RefusedError(
            Finding(
                of.label, f"这些列的类型不对：{'、'.join(wrong)}", "各列的类型须与报表声明的一致", "请从文件重新读入"
            )
        ) from error


def _askable(
    of: type[Return], held: set[str], aside: Aside, values: Mapping[str, Decimal]
) -> tuple[list[Rule], list[tuple[Rule, str]]]:
    """Rules that can be asked with the tables, columns and values there are, and why the others cannot."""
    asked, skipped = list[Rule](), list[tuple[Rule, str]]()
    for rule in of.rules.values():
        absent = list(dict.fromkeys(_absent(rule, held, aside, values)))
        if absent:
            skipped.append((rule, f"没有{'、'.join(absent)}"))
        elif rule.holds is not None:
            asked.append(rule)
    return asked, skipped


def _absent(rule: Rule, held: set[str], aside: Aside, values: Mapping[str, Decimal]) -> Iterator[str]:
    yield from (f"当期的参数“{one.dated[0].label}”" for one in rule.thresholds if one.key not in values)
    yield from (one.label for one in rule.columns if one.name not in held)
    for one in rule.aside:
        frame = aside.last_year if one.last_year else aside.others.get(table_of(one))
        table = "上年的数" if one.last_year else f"“{getattr(owner_of(one.of), 'label', '')}”"
        if frame is None:
            yield table
            continue
        matched = [column for column in one.on if isinstance(column, ReturnColumn)]
        yield from (column.label for column in matched if column.name not in held)
        needed = (*matched, *(part for part in parts(one.of) if isinstance(part, ReturnColumn)))
        yield from (f"{table}的{column.label}" for column in needed if column.name not in frame.columns)


def _beside(of: type[Return], asked: list[Rule], aside: Aside) -> dict[str, pl.DataFrame]:
    """The tables the rules look at, fitted to their declarations."""
    tables = dict[str, pl.DataFrame]()
    for one in (one for rule in asked for one in rule.aside):
        name = table_of(one)
        if name in tables:
            continue
        other = of if name == BEFORE else owner_of(one.of)
        frame = aside.last_year if name == BEFORE else aside.others[name]
        assert frame is not None  # noqa: S101  # asked only when it is there
        assert isinstance(other, type)  # noqa: S101
        assert issubclass(other, Return)  # noqa: S101
        tables[name] = fitted(other, frame)
    return tables


def _answers(put: Question, tables: Mapping[str, pl.DataFrame], engine: Engine, of: type[Return]) -> pl.DataFrame:
    try:
        if engine is Engine.POLARS:
            return ibis.polars.connect(dict(tables)).compile(put.asked).collect()  # type: ignore[no-any-return]
        return _on_duckdb(put, tables)
    except (pl.exceptions.PolarsError, duckdb.Error) as error:
        raise RefusedError(
            Finding(of.label, "有数值大到无法计算", "个数不超过10位，金额不超过16位整数", "请核对各列的数值和单位")
        ) from error


def _on_duckdb(put: Question, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    connection = ibis.duckdb.connect()
    try:
        for name, frame in tables.items():
            connection.con.register(name, frame.to_arrow())
        return pl.DataFrame(connection.to_pyarrow(put.asked)).sort(ROW)
    finally:
        connection.disconnect()


def _twice(of: type[Return], rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose keys stand twice. Hashes are compared first: sorting numbers is six times as fast as grouping texts."""
    keys = rows.select(of.keys)
    hashes = keys.hash_rows()
    ordered = hashes.sort()
    suspect = ordered.filter(ordered == ordered.shift(1)).unique()
    if suspect.is_empty():
        return pl.DataFrame(schema={ROW: pl.Int64})
    suspects = rows.filter(hashes.is_in(suspect.implode())).drop_nulls(of.keys)
    return suspects.filter(suspects.select(of.keys).is_duplicated()).select(ROW)
