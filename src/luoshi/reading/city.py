"""A city's folder: who the offices are, which divisions report, what was published. Another city is another folder."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from luoshi.reading.documents.plain import decode
from luoshi.reading.folder_units import days, read_units, tile
from luoshi.reading.tables import BOOK, Row, Table
from luoshi.spine import Measurement, Parameter, Standing
from luoshi.words.calendars import Calendar, SpecialDay, national
from luoshi.words.divisions import Division, Succession
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.institutions import Institution
from luoshi.words.offices import Leader, Office
from luoshi.words.parameters import REACH, reckonable
from luoshi.words.provenance import Source

ROLES = ("supervisor", "section", "contact", "leader", "county", "viewer", "admin", "security", "auditor")
"""What people.csv may say of a person."""
DIVISIONS = ("city", "county", "city_county", "district", "zone", "direct")
"""Kinds of divisions: 市, 县, 县级市, 区, 功能区, 市直."""
PATTERNS = ("CASE", "DRAW", "INDICATOR", "LEDGER", "PLANNING", "PUBLICATION", "REGISTER", "SCORING", "TRAINING")
"""What sort of work a mechanism is."""
DAYS = ("off", "work")
"""Kinds of days in calendar.csv: 放假, 上班."""
PLAN = "plan.txt"
"""The plan's file where city.toml names none."""
_NAME = 60
_FILE = re.compile(r"[^/\\\x00-\x1f]{1,60}")
_LOGIN = re.compile(r"[A-Za-z0-9._@+-]+")


@dataclass(frozen=True, slots=True)
class Member:
    """One account a city's folder asks for."""

    login: str
    name: str
    role: str
    office: str
    division: str
    school: str = ""
    """学校标识码 of a school's people; a folder names none: its schools are known when a list of them is brought."""


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
    """Counties that stand, in protocol order."""
    offices: tuple[Office, ...]
    people: tuple[Member, ...]
    figures: tuple[Measurement, ...]
    mechanisms: tuple[Mechanism, ...]
    leaders: tuple[Leader, ...] = ()
    """In protocol order; empty where the folder does not list them."""
    days: tuple[SpecialDay, ...] = ()
    """Its own days off and working days."""
    parameters: tuple[Parameter, ...] = ()
    """Its own values of declared parameters."""
    units: tuple[Division, ...] = ()
    """Counties that are no more, and townships."""
    successions: tuple[Succession, ...] = ()
    """What became of units that are no more."""
    schools: tuple[Institution, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The office calendar: the national one with the city's own days over it."""
        return national().over(self.days)


SETTINGS: Mapping[str, type] = {
    "name": str,
    "bureau": str,
    "imaginary": bool,
    "plan": str,
    "opens": date,
    "begun": date,
}
"""What city.toml may say."""
TABLES: Mapping[str, tuple[str, ...]] = {
    "divisions.csv": ("code", "name", "kind", "doubt"),
    "leaders.csv": ("name", "title", "doubt"),
    "offices.csv": ("code", "name", "duties", "leads", "leader", "doubt"),
    "people.csv": ("login", "name", "role", "office", "division"),
    "sources.csv": ("key", "title", "url", "published", "doubt"),
    "published.csv": ("indicator", "on", "known", "value", "unit", "about", "definition", "source", "doubt"),
    "mechanisms.csv": ("key", "point", "name", "name_en", "phrases", "pattern", "also"),
    "parameters.csv": ("key", "value", "begun", "source"),
    "calendar.csv": ("day", "kind", "name", "doubt"),
    "successions.csv": ("before", "after", "on", "how", "doubt"),
    "townships.csv": ("code", "name", "kind", "county", "doubt"),
    "schools.csv": ("code", "name", "kind", "operator", "county", "township"),
}
"""The tables a folder may have, as CSV or as xlsx of the same name, each with the columns it must have then."""
COUNTS = ("numerator", "denominator")
"""Columns published.csv may have besides."""
TILE = ("row", "col")
"""Columns divisions.csv may have besides: where the unit stands on the map of tiles."""
DATES = ("begun", "until")
"""Columns divisions.csv, townships.csv and schools.csv may have besides: the first and the last day a unit stood."""


def load(folder: Path, indicators: Collection[str] = (), parameters: Iterable[Parameter] = ()) -> City:
    """Read a city's folder.

    Args:
        folder: the folder; of its files only city.toml and the plan must be there.
        indicators: keys that are declared; when given, a figure of any other is a finding.
        parameters: those that are declared; an own value of any other is a finding.

    Raises:
        RefusedError: with every finding of all its files at once.
    """
    if not folder.is_dir():
        raise RefusedError(
            Finding(str(folder), "没有这个文件夹", "一个市是一个文件夹", "请检查路径；各文件的写法见 docs/howto")
        )
    findings = list(_strays(folder))
    told = _settings(folder, findings)
    tables = {name: Table(folder / name, findings) for name in TABLES}
    divisions, leaders = tuple(_divisions(tables["divisions.csv"])), tuple(_leaders(tables["leaders.csv"]))
    units, schools, steps = read_units(tables, divisions, DIVISIONS, findings)
    offices = tuple(_offices(tables["offices.csv"], {one.name for one in leaders}))
    places = {one.code for one in divisions if one.until is None}
    sources = dict(_sources(tables["sources.csv"]))
    city = City(
        key=folder.resolve().name[:40],
        name=str(told.get("name", "")),
        bureau=str(told.get("bureau", "")),
        imaginary=bool(told.get("imaginary", False)),
        plan=folder / _plan_name(told),
        opens=_as_date(told.get("opens")),
        begun=_as_date(told.get("begun")),
        divisions=tuple(one for one in divisions if one.until is None),
        offices=offices,
        people=tuple(_people(tables["people.csv"], {one.code for one in offices}, places)),
        figures=tuple(_figures(tables["published.csv"], sources, indicators)),
        mechanisms=tuple(_mechanisms(tables["mechanisms.csv"])),
        leaders=leaders,
        days=tuple(_days(tables["calendar.csv"])),
        parameters=tuple(_parameters(tables["parameters.csv"], parameters)),
        units=(*(one for one in divisions if one.until is not None), *units),
        successions=steps,
        schools=schools,
    )
    if not city.plan.is_file():
        findings.append(
            Finding(city.plan.name, "没有要点文件", "city.toml 的 plan 须指向要点", "请放入要点文件或改正文件名")
        )
    if findings:
        raise RefusedError(*findings)
    return city


def _plan_name(told: Mapping[str, object]) -> str:
    """The plan's file, never one outside the folder; a name that will not do has its finding already."""
    name = str(told.get("plan", PLAN))
    return name if _FILE.fullmatch(name) else PLAN


def _as_date(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _strays(folder: Path) -> Iterator[Finding]:
    """Files that are nearly one of ours (offices.xls, Offices.csv, offices.csv.txt): they would not be read.

    What has a name of its own (last year's ledger, next year's plan, minutes) may lie beside.
    """
    ours = {name.partition(".")[0]: (name, name.replace(".csv", BOOK)) for name in (*TABLES, "city.toml")}
    for path in sorted(folder.iterdir()):
        wanted = ours.get(path.name.lower().partition(".")[0], (path.name,))
        if path.name not in wanted and path.is_file():
            named = " 或 ".join(dict.fromkeys(wanted))
            yield Finding(path.name, f"不会被读到，要读的是 {named}", "文件名须一字不差", f"请另存或改名为 {named}")


def _settings(folder: Path, findings: list[Finding]) -> dict[str, object]:
    path = folder / "city.toml"
    try:
        told: dict[str, object] = tomllib.loads(decode(path.read_bytes())[0])
    except OSError:
        findings.append(
            Finding(path.name, "没有这个文件", "一个市的文件夹须有 city.toml", "请新建 city.toml，写明 name 和 bureau")
        )
        return {}
    except RefusedError:
        findings.append(Finding("city.toml", "文字编码无法辨认", "须为 UTF-8 文本", "请用记事本另存为 UTF-8"))
        return {}
    except (ValueError, RecursionError) as error:  # a number of 5 000 digits and brackets 1 000 deep are no TOML errors
        place = re.search(r"at line (\d+)", str(error))
        where = f"city.toml 第{place[1]}行" if place else "city.toml"
        findings.append(
            Finding(where, "写法有误", "每行写成 名称 = 值，文字加英文引号，日期写成 2020-04-01 不加引号", "请改正")
        )
        return {}
    findings.extend(_misset(told))
    return told


def _misset(told: Mapping[str, object]) -> Iterator[Finding]:
    said = {
        str: '文字，加英文引号，如 "洛阳市"',
        bool: "true 或 false，不加引号",
        date: "日期，不加引号，如 2020-04-01",
    }
    for name in ("name", "bureau"):
        if not told.get(name):
            yield Finding(f"city.toml {name}", "没有写", "市名和局名必填", f'请加一行 {name} = "……"')
    for name, value in told.items():
        wanted = SETTINGS.get(name)
        if wanted is None:
            yield Finding(f"city.toml {name}", "没有这一项", f"只能写 {'、'.join(SETTINGS)}", "请删去或改正名称")
        elif not isinstance(value, wanted) or isinstance(value, datetime):
            yield Finding(f"city.toml {name}", f"“{value}”写法不对", f"须为{said[wanted]}", "请改正")
        elif wanted is str and len(str(value)) > _NAME:
            yield Finding(f"city.toml {name}", f"有 {len(str(value))} 个字", f"至多 {_NAME} 个字", "请写短些")
        elif name == "plan" and not _FILE.fullmatch(str(value)):
            rule = "要点须在这个市自己的文件夹里"
            yield Finding("city.toml plan", f"“{value}”不是文件名", rule, "请只写文件名，如 plan.txt")


def _sources(table: Table) -> Iterator[tuple[str, Source]]:
    for row in table.rows(TABLES["sources.csv"]):
        row.once("key")
        published, doubt = row.day("published", needed=False), row.text("doubt", needed=False)
        url = row.text("url", needed=False, longest=400)
        yield row.text("key"), Source(row.text("title"), url, published, doubt)


def _divisions(table: Table) -> Iterator[Division]:
    for row in table.rows(TABLES["divisions.csv"], (*TILE, *DATES)):
        row.once("code", *(("begun",) if row.cells["begun"] else ()))
        kind = row.one_of("kind", DIVISIONS, "、".join(DIVISIONS))
        doubt = row.text("doubt", needed=False, longest=200)
        place = (tile(row, "row"), tile(row, "col"))
        begun, until = days(row)
        if None not in place and until is None:
            row.once(*TILE)
        told = Division(row.text("code", longest=20), row.text("name", longest=_NAME), kind, doubt=doubt)
        yield replace(told, row=place[0], column=place[1], begun=begun, until=until)


def _leaders(table: Table) -> Iterator[Leader]:
    for row in table.rows(TABLES["leaders.csv"]):
        row.once("name")
        doubt = row.text("doubt", needed=False, longest=200)
        yield Leader(row.text("name", longest=_NAME), row.text("title", longest=100), doubt)


def _offices(table: Table, leaders: Collection[str]) -> Iterator[Office]:
    """Sections; where leaders are listed, the leader of each is one of them or nobody."""
    for row in table.rows(TABLES["offices.csv"]):
        row.once("code")
        row.once("name")
        duties, leads = tuple(row.cells["duties"].split()), tuple(row.cells["leads"].split())
        leader = row.text("leader", needed=False, longest=_NAME)
        if leader and leaders and leader not in leaders:
            remedy = "请改正，或在 leaders.csv 里补上这位领导"
            row.tell("leader", f"“{leader}”不在 leaders.csv 中", "须为 leaders.csv 的 name 之一", remedy)
        doubt = row.text("doubt", needed=False, longest=200)
        yield Office(row.text("code", longest=20), row.text("name", longest=_NAME), duties, leads, leader, doubt)


def _people(table: Table, offices: Collection[str], divisions: Collection[str]) -> Iterator[Member]:
    for row in table.rows(TABLES["people.csv"]):
        row.once("login")
        login = row.text("login", longest=150)
        if login and not _LOGIN.fullmatch(login):
            row.tell("login", f"“{login}”不能作账号", "账号只用字母、数字和 . _ - @ +")
        role = row.one_of("role", ROLES, "、".join(ROLES))
        office = row.one_of("office", offices, " offices.csv 的 code ", needed=role == "section")
        division = row.one_of("division", divisions, " divisions.csv 的 code ", needed=role == "county")
        yield Member(login, row.text("name", longest=100), role, office, division)


def _figures(table: Table, sources: Mapping[str, Source], indicators: Collection[str]) -> Iterator[Measurement]:
    for row in table.rows(TABLES["published.csv"], COUNTS):
        row.once("indicator", "on", "known")
        on, known, value = row.day("on"), row.day("known"), row.number("value")
        source = sources.get(row.one_of("source", sources, " sources.csv 的 key "))
        key = (
            row.one_of("indicator", indicators, "已声明的指标（见 docs/reference/indicators.md）") if indicators else ""
        )
        about = row.one_of("about", ("是", "否"), "“是”“否”或空", needed=False) == "是"
        if on and known and known < on:
            row.tell("known", f"“{known}”早于时点 {on}", "得知一个数不会早于它所说的那一天")
        part, whole = row.number("numerator", needed=False), row.number("denominator", needed=False)
        _counted(row, value, part, whole)
        if on is None or known is None or value is None or source is None:
            continue
        yield Measurement(
            indicator=key or row.text("indicator", longest=60),
            on=on,
            known=known,
            value=value,
            unit=row.text("unit", longest=40),
            definition=row.text("definition"),
            standing=Standing.PRESS,
            source=source,
            numerator=part,
            denominator=whole,
            about=about,
            doubt=row.text("doubt", needed=False),
        )


def _counted(row: Row, value: Decimal | None, part: Decimal | None, whole: Decimal | None) -> None:
    """A rate given with both its counts is their quotient, rounded half up to the places it is printed with."""
    if (part is None) != (whole is None):
        row.tell("numerator、denominator", "只写了一个", "分子、分母须同时写", "请补上另一个，或都不写")
    factor = {"%": 100, "‰": 1000}.get(row.cells["unit"])
    if value is None or part is None or not whole or factor is None:
        return
    found = (part * factor / whole).quantize(value, rounding=ROUND_HALF_UP)
    if found != value:
        row.tell("value", f"“{value}”与分子÷分母所得 {found} 不符", "率须由同一行的分子、分母算出", "请核对三个数")


def _mechanisms(table: Table) -> Iterator[Mechanism]:
    for row in table.rows(TABLES["mechanisms.csv"]):
        row.once("key")
        phrases = tuple(phrase.strip() for phrase in row.text("phrases", longest=1000).split(" / "))
        also = row.text("also", needed=False, longest=60)
        for word in also.split():
            if word not in PATTERNS:
                row.tell("also", f"“{word}”不是类型", f"须为 {'、'.join(PATTERNS)} 之一")
        yield Mechanism(
            row.text("key", longest=10),
            row.text("point", longest=10),
            row.text("name", longest=100),
            row.text("name_en", needed=False, longest=200),
            phrases,
            row.one_of("pattern", PATTERNS, "、".join(PATTERNS)),
            also,
        )


def _days(table: Table) -> Iterator[SpecialDay]:
    met: dict[date, int] = {}
    for row in table.rows(TABLES["calendar.csv"]):
        day, kind = row.day("day"), row.one_of("kind", DAYS, "、".join(DAYS))
        name, doubt = row.text("name", longest=_NAME), row.text("doubt", needed=False, longest=200)
        if day is None or kind not in DAYS:
            continue
        first = met.setdefault(day, row.line)
        if first != row.line:
            row.tell("day", f"“{day}”与第{first}行重复", "一天只写一行", "请删去一行，或改正")
        yield SpecialDay(day, kind == "work", name, doubt)


def _parameters(table: Table, declared: Iterable[Parameter]) -> Iterator[Parameter]:
    """Own values of declared parameters, in their units."""
    known = {one.key: one for one in declared}
    for row in table.rows(TABLES["parameters.csv"]):
        row.once("key", "begun")
        key = row.one_of("key", known, "已声明的参数（见 docs/reference/parameters.md）")
        value, begun, source = row.number("value"), row.day("begun"), row.text("source", longest=300)
        if value is not None and not reckonable(value):
            row.tell("value", f"“{value}”不能作参数的值", REACH)
        elif key in known and value is not None and begun is not None:
            yield replace(known[key], value=value, begun=begun, until=None, source=source, region="", doubt="")
