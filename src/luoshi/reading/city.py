"""A city's folder: who the offices are, which divisions report, what was published. Another city is another folder."""

import csv
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from luoshi.spine import Measurement, Standing
from luoshi.words.divisions import Division
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.offices import Office
from luoshi.words.provenance import Source

T = TypeVar("T")
ROLES = ("supervisor", "section", "leader", "county", "viewer", "admin")


@dataclass(frozen=True, slots=True)
class Member:
    """One account a city's folder asks for."""

    login: str
    name: str
    role: str
    office: str
    division: str


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism a plan names; its phrases are quotations of it."""

    key: str
    point: str
    name: str
    name_en: str
    phrases: tuple[str, ...]
    pattern: str
    also: str


@dataclass(frozen=True, slots=True)
class City:
    """Everything a folder holds but the plan's text."""

    key: str
    name: str
    bureau: str
    imaginary: bool
    plan: Path
    opens: date | None
    begun: date | None
    divisions: tuple[Division, ...]
    offices: tuple[Office, ...]
    people: tuple[Member, ...]
    figures: tuple[Measurement, ...]
    mechanisms: tuple[Mechanism, ...]


class _Table:
    """One CSV of the folder; every cell that does not hold what it should is a finding with its place."""

    def __init__(self, path: Path, findings: list[Finding]) -> None:
        self._path, self._findings = path, findings

    def rows(self, *columns: str) -> Iterator["_Row"]:
        """Its rows; none when the file is not there. Missing columns are told once."""
        if not self._path.exists():
            return
        with self._path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            missing = [name for name in columns if name not in (reader.fieldnames or [])]
            if missing:
                self.tell(1, "、".join(missing), "缺少这些列", f"须有列 {'、'.join(columns)}", "请补上列名，再读一次")
                return
            for number, cells in enumerate(reader, 2):
                yield _Row(self, number, {name: (cells.get(name) or "").strip() for name in columns})

    def tell(self, line: int, column: str, what: str, rule: str, remedy: str) -> None:
        """Add a finding of this file."""
        self._findings.append(Finding(f"{self._path.name} 第{line}行 {column}", what, rule, remedy))


@dataclass(frozen=True, slots=True)
class _Row:
    table: _Table
    line: int
    cells: dict[str, str]

    def text(self, column: str, *, needed: bool = True) -> str:
        if needed and not self.cells[column]:
            self.table.tell(self.line, column, "是空的", "此列必填", "请填写")
        return self.cells[column]

    def day(self, column: str, *, needed: bool = True) -> date | None:
        return self._parsed(column, date.fromisoformat, "日期须写成 2020-12-31", needed=needed)

    def number(self, column: str, *, needed: bool = True) -> Decimal | None:
        return self._parsed(column, Decimal, "须为数字", needed=needed)

    def _parsed(self, column: str, parse: Callable[[str], T], rule: str, *, needed: bool) -> T | None:
        words = self.text(column, needed=needed)
        if not words:
            return None
        try:
            return parse(words)
        except (ValueError, InvalidOperation):
            self.table.tell(self.line, column, f"“{words}”读不懂", rule, "请改正")
            return None


def load(folder: Path) -> City:
    """Read a city's folder.

    Raises:
        RefusedError: with every finding of all its files at once.
    """
    findings: list[Finding] = []

    def table(name: str) -> _Table:
        return _Table(folder / name, findings)

    told = _settings(folder, findings)
    sources = {source[0]: source[1] for source in _sources(table("sources.csv"))}
    city = City(
        key=folder.name,
        name=str(told.get("name", "")),
        bureau=str(told.get("bureau", "")),
        imaginary=bool(told.get("imaginary", False)),
        plan=folder / str(told.get("plan", "plan.txt")),
        opens=_as_date(told.get("opens")),
        begun=_as_date(told.get("begun")),
        divisions=tuple(_divisions(table("divisions.csv"))),
        offices=tuple(_offices(table("offices.csv"))),
        people=tuple(_people(table("people.csv"))),
        figures=tuple(_figures(table("published.csv"), sources)),
        mechanisms=tuple(_mechanisms(table("mechanisms.csv"))),
    )
    if not city.plan.exists():
        findings.append(
            Finding(str(city.plan), "没有要点文件", "city.toml 的 plan 须指向要点", "请放入要点文件或改正文件名")
        )
    if findings:
        raise RefusedError(*findings)
    return city


def _as_date(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _settings(folder: Path, findings: list[Finding]) -> dict[str, object]:
    path = folder / "city.toml"
    try:
        told: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        findings.append(
            Finding(str(path), "没有这个文件", "一个市的文件夹须有 city.toml", "请新建 city.toml，写明 name 和 bureau")
        )
        return {}
    except tomllib.TOMLDecodeError as error:
        findings.append(Finding("city.toml", f"写法有误（{error}）", "须为 TOML", "请改正"))
        return {}
    findings.extend(
        Finding(f"city.toml {name}", "没有写", "市名和局名必填", f'请加一行 {name} = "……"')
        for name in ("name", "bureau")
        if not told.get(name)
    )
    return told


def _sources(table: _Table) -> Iterator[tuple[str, Source]]:
    for row in table.rows("key", "title", "url", "published", "doubt"):
        published = row.day("published", needed=False)
        yield row.text("key"), Source(row.text("title"), row.cells["url"], published, row.cells["doubt"])


def _divisions(table: _Table) -> Iterator[Division]:
    for row in table.rows("code", "name", "kind", "doubt"):
        yield Division(row.text("code"), row.text("name"), row.text("kind"), doubt=row.cells["doubt"])


def _offices(table: _Table) -> Iterator[Office]:
    for row in table.rows("code", "name", "duties", "leads", "leader", "doubt"):
        cells = row.cells
        duties, leads = tuple(cells["duties"].split()), tuple(cells["leads"].split())
        yield Office(row.text("code"), row.text("name"), duties, leads, cells["leader"], cells["doubt"])


def _people(table: _Table) -> Iterator[Member]:
    for row in table.rows("login", "name", "role", "office", "division"):
        if row.text("role") not in ROLES:
            table.tell(row.line, "role", f"“{row.cells['role']}”不是角色", f"须为 {'、'.join(ROLES)} 之一", "请改正")
        yield Member(row.text("login"), row.text("name"), row.cells["role"], row.cells["office"], row.cells["division"])


def _figures(table: _Table, sources: dict[str, Source]) -> Iterator[Measurement]:
    names = ("indicator", "on", "known", "value", "unit", "about", "definition", "source", "doubt")
    for row in table.rows(*names):
        on, known, value = row.day("on"), row.day("known"), row.number("value")
        source = sources.get(row.text("source"))
        if source is None:
            table.tell(row.line, "source", f"“{row.cells['source']}”不在 sources.csv", "每个数须有来源", "请补登来源")
        if on is None or known is None or value is None or source is None:
            continue
        yield Measurement(
            indicator=row.text("indicator"),
            on=on,
            known=known,
            value=value,
            unit=row.text("unit"),
            definition=row.text("definition"),
            standing=Standing.PRESS,
            source=source,
            about=bool(row.cells["about"]),
            doubt=row.cells["doubt"],
        )


def _mechanisms(table: _Table) -> Iterator[Mechanism]:
    for row in table.rows("key", "point", "name", "name_en", "phrases", "pattern", "also"):
        phrases = tuple(phrase.strip() for phrase in row.text("phrases").split(" / "))
        yield Mechanism(
            row.text("key"),
            row.text("point"),
            row.text("name"),
            row.cells["name_en"],
            phrases,
            row.text("pattern"),
            row.cells["also"],
        )
