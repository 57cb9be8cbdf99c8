"""Findings in words: where, what, which rule, what to do. Made only of rows that break something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import polars as pl

from luoshi.checking.asking import ROW, Question
from luoshi.checking.sides import both_sides
from luoshi.spine import Return
from luoshi.words.findings import Finding, Severity
from luoshi.words.returns import Beside, Choice, Expression, ReturnColumn, Rule
from luoshi.words.returns.expressions import parts
from luoshi.words.returns.joining import BEFORE, table_of
from luoshi.words.returns.rules import owner_of

_MANY = 6
"""Columns above which only cells that hold something are shown."""
LABELS = {Severity.STOPS: "逻辑校验", Severity.ASKS: "经验校验", Severity.TELLS: "提示"}


@dataclass(frozen=True, slots=True)
class Found:
    """One rule broken by one row."""

    rule: Rule
    row: int
    """Where the row stands in its frame, from 0."""
    key: tuple[str, ...]
    """Values of the key columns, as they are kept."""
    columns: tuple[str, ...]
    """Names of the columns whose cells it looks at."""
    finding: Finding
    values: Mapping[str, Decimal] = field(default_factory=dict)
    """Of the parameters, by key: those that counted."""

    @property
    def edition(self) -> str:
        """Version of the rule with the values that were applied."""
        return self.rule.edition(self.values)

    @property
    def asks(self) -> bool:
        """Whether a 填写说明 is waited for."""
        return self.rule.severity is Severity.ASKS


@dataclass(frozen=True, slots=True)
class Answered:
    """A frame with the answers to all its rules."""

    of: type[Return]
    rows: pl.DataFrame
    """All its rows."""
    answers: pl.DataFrame
    """Those that break something, with the values beside them."""
    asked: Question
    """Names those values."""
    values: Mapping[str, Decimal]
    """Of the parameters."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cells of a frame stand in the file it came from."""

    lines: Sequence[int]
    """What row a spreadsheet shows each row in."""
    letters: Mapping[str, str]
    """What column a spreadsheet shows each column in, by its name."""

    def where(self, row: int, rule: Rule) -> str:
        """The cells of a row that a rule looks at: B3、C3, or the row where they are many."""
        told = [address for one in rule.columns if (address := self.address(row, one.name))]
        return "、".join(told) if told and len(told) <= _MANY else self.whole(row)

    def address(self, row: int, name: str) -> str:
        """One cell as a spreadsheet names it; empty where the file has none for it."""
        return f"{self.letters[name]}{self.lines[row]}" if name in self.letters else ""

    def whole(self, row: int) -> str:
        """A whole row."""
        return f"第{self.lines[row]}行"

    def only(self, rows: Sequence[int]) -> "Places":
        """Those of some rows, in this order."""
        return Places([self.lines[row] for row in rows], self.letters)


@dataclass(frozen=True, slots=True)
class Scattered(Places):
    """The same, where the cells of a row were gathered from several blocks, sheets or files."""

    cells: Sequence[Mapping[str, str]] = ()
    """Address of each cell by the name of its column, for each row."""
    names: Sequence[str] = ()
    """What each row is called as a whole."""

    def address(self, row: int, name: str) -> str:
        """One cell, with its sheet."""
        return self.cells[row].get(name, "")

    def whole(self, row: int) -> str:
        """The row by its name."""
        return self.names[row]

    def only(self, rows: Sequence[int]) -> "Scattered":
        """Those of some rows, in this order."""
        lines = [self.lines[row] for row in rows]
        return Scattered(lines, {}, [self.cells[row] for row in rows], [self.names[row] for row in rows])


def word(answered: Answered, broken: pl.DataFrame, places: Places) -> list[Found]:
    """The findings of `broken` (row, rule) in its order."""
    rows = broken["row"].unique().sort().to_list()
    cells = dict(zip(rows, answered.rows[rows].iter_rows(named=True), strict=True))
    aside = sorted(set(answered.asked.aside.values()))
    beside = {row[ROW]: row for row in answered.answers.select(ROW, *aside).iter_rows(named=True)} if aside else {}
    return [
        _found(answered, answered.of.rules[rule], row, {**cells[row], **beside.get(row, {})}, places)
        for row, rule in broken.select("row", "rule").iter_rows()
    ]


def _found(answered: Answered, rule: Rule, row: int, cells: Mapping[str, object], places: Places) -> Found:
    of, names = answered.of, answered.asked.aside
    key = tuple(str(cells[name]) for name in of.keys)
    named = "，".join(f"{of.columns[name].label} {said(of.columns[name], cells[name])}" for name in of.keys)
    many = len(rule.columns) > _MANY
    shown = [f"{one.label}为{said(one, cells[one.name])}" for one in rule.columns if not many or cells[one.name]]
    shown += [f"{_called(one)}为{_there(one, cells.get(names.get(id(one), '')))}" for one in rule.aside]
    labels = (
        "、".join(one.label for one in rule.columns) if not many else f"{rule.columns[0].label}等{len(rule.columns)}格"
    )
    values: dict[int, object] = {id(one): cells[one.name] for one in rule.columns}
    values |= {id(one): cells.get(names.get(id(one), "")) for one in rule.aside}
    values |= {id(one): answered.values[one.key] for one in rule.thresholds}
    sides = both_sides(rule.holds, values)
    what = "，".join(dict.fromkeys(shown)) + sides
    finding = Finding(
        f"{places.where(row, rule)}（{named}）{labels}",
        what,
        cite(of, rule, answered.values),
        rule.remedy,
        rule.severity,
    )
    return Found(rule, row, key, tuple(one.name for one in rule.columns), finding, answered.values)


def cite(of: type[Return], rule: Rule, values: Mapping[str, Decimal] | None = None) -> str:
    """The rule as a finding names it: sentence, kind, id, version, values of its parameters, source."""
    source = f"，{rule.source}" if rule.source else ""
    return f"{rule.says(values)}（{LABELS[rule.severity]} {of.key}.{rule.name} {rule.edition(values)}{source}）"


def said(column: ReturnColumn, value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return "空"
    if isinstance(column, Choice):
        return column.choices.get(str(value), str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _called(one: Beside) -> str:
    """What stands beside, named: 上年在校学生数, 学校（机构）名录的学校标识码."""
    columns = [part for part in parts(one.of) if isinstance(part, ReturnColumn)]
    labels = "、".join(dict.fromkeys(column.label for column in columns))
    if table_of(one) == BEFORE:
        return f"上年{labels}"
    return f"{getattr(owner_of(one.of), 'label', '')}的{labels}"


def _there(one: Beside, value: object) -> str:
    column: Expression = one.of
    if isinstance(column, ReturnColumn):
        return said(column, value)
    return "空" if value is None else str(value)
