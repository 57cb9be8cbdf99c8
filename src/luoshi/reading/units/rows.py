"""Reading a list of units: every row, every finding at once, each with its cell; nothing is guessed that a column says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from luoshi.reading.frames import read_sheets
from luoshi.reading.units.columns import BOTH, DIVISIONS, SCHOOLS, columns, day, plain
from luoshi.words.divisions import COUNTY_DIGITS, KINDS, Division, How, Level, Succession, kind_of, plain_code
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.institutions import HOSTED, STAGES_OF, Institution, code_fault, contradiction
from luoshi.words.sheets import letters

_DAY = timedelta(days=1)
_NAME, _LONG_NAME = 60, 100
_LATER = re.compile(r"([0-9A-Z]+)\[(\d{4}(?:-\d{1,2}-\d{1,2})?)\]")
_OPERATORS = {"公办": "public", "民办": "private", "public": "public", "private": "private"}
_HOW = {one.label: one for one in How} | {one.value: one for one in How}
_SPLIT = re.compile(r"[;；、,，\s]+")
_CITY = re.compile(r"[0-9]{4}00")

Unit = Division | Institution


@dataclass(slots=True)
class Register:
    """What a list says."""

    schools: bool
    """Whether it is one of schools, else of divisions."""
    units: list[Unit] = field(default_factory=list)
    steps: list[Succession] = field(default_factory=list)
    lines: dict[tuple[str, date | None], int] = field(default_factory=dict)
    """By code and first day: the row a spreadsheet shows."""
    dated: bool = False
    """Whether the list says since when or until when: then it speaks of periods, else of one day."""
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0

    @property
    def stops(self) -> bool:
        """Whether something in it must be mended first."""
        return any(one.severity is Severity.STOPS for one in self.findings)


def read_register(content: bytes, name: str, on: date, kinds: Mapping[str, str]) -> Register:
    """A list of divisions or of schools.

    Args:
        content: xlsx, xls or CSV in any encoding.
        name: what the file is called.
        on: the day it speaks of, where its rows say none.
        kinds: words of 办学类型 by code.

    Raises:
        RefusedError: it cannot be read, or has no headings.
    """
    sheet = next((one for one in read_sheets(content, name) if not one.hidden and one.cells.height), None)
    if sheet is None:
        raise RefusedError(Finding(name, "没有内容", "第一行须是列名", "请选对文件"))
    first, *rows = [[(cell or "").strip() for cell in row] for row in sheet.cells.iter_rows()]
    headings = [plain(cell) for cell in first]
    schools, places, unused = columns(headings)
    _refuse_headless(name, headings, places, schools=schools)
    reader = _Reader(
        name, on, places, {**{label: code for code, label in kinds.items()}, **{one: one for one in kinds}}
    )
    told = Register(schools, dated=bool({"begun", "until", "changed"} & places.keys()))
    if unused:
        rule, remedy = "只读认得的列", "不必处理；要读的列请改用规范的列名"
        told.findings.append(Finding(name, f"没有用到的列：{'、'.join(unused)[:200]}", rule, remedy, Severity.TELLS))
    for number, cells in enumerate(rows, 2):
        if any(cells):
            told.rows += 1
            reader.row(told, number, cells)
    _name_steps(told)
    return told


def _refuse_headless(name: str, headings: Sequence[str], places: Mapping[str, int], *, schools: bool) -> None:
    wanted = {**(SCHOOLS if schools else DIVISIONS), **BOTH}
    missing = [one for one in ("code", "name", *(("kind",) if schools else ())) if one not in places]
    if not missing:
        return
    if any(plain_code(cell) or not code_fault(cell) for cell in headings):
        rule = "第一行须是列名，如 统计用区划代码、名称 或 学校标识码、学校名称、办学类型"
        raise RefusedError(
            Finding(f"{name} 第1行", "没有列名，第一行就是数据", rule, "请在最上面插入一行列名，再读一次")
        )
    said = "、".join(wanted[one][0] for one in missing)
    rule = f"{'学校' if schools else '区划'}名册须有这些列；别名见 docs/howto/divisions.md"
    raise RefusedError(Finding(f"{name} 第1行", f"缺少列 {said}", rule, "请补上列名，再读一次"))


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the rows of one list are read."""

    name: str
    on: date
    places: Mapping[str, int]
    kinds: Mapping[str, str]

    def row(self, told: Register, number: int, cells: Sequence[str]) -> None:
        """One row: its unit and its steps, or its findings."""
        of = _Row(
            self,
            number,
            {ours: cells[at] if at < len(cells) else "" for ours, at in self.places.items()},
            told.findings,
        )
        if not told.schools and _CITY.fullmatch(of.words("code")):
            return  # the city itself is not one of its units
        unit = of.school() if told.schools else of.division()
        if unit is None:
            return
        first = told.lines.setdefault((unit.code, unit.begun), number)
        if first != number:
            of.tell("code", f"“{unit.code}”与第{first}行重复", "一个代码在同一起始日期只写一行")
            return
        told.units.append(unit)
        told.steps += of.steps(unit)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row; asking a cell for what it does not hold adds a finding."""

    of: _Reader
    number: int
    cells: Mapping[str, str]
    findings: list[Finding]

    def words(self, column: str) -> str:
        """A cell, "" where there is no such column; a name is left as it was written, all else is made narrow."""
        told = self.cells.get(column, "")
        return told if column in {"name", "doubt"} else plain(told)

    def tell(
        self, column: str, what: str, rule: str, remedy: str = "请改正", weight: Severity = Severity.STOPS
    ) -> None:
        """Add a finding of one cell."""
        place = self.of.places.get(column)
        where = f"{self.of.name} 第{self.number}行{'' if place is None else f' {letters(place)}列'}"
        self.findings.append(Finding(where, what, rule, remedy, weight))

    def called(self, longest: int) -> str:
        """Its name."""
        name = self.words("name")
        if not name or len(name) > longest:
            self.tell("name", "是空的" if not name else f"有 {len(name)} 个字", f"名称必填，至多 {longest} 个字")
        return name[:longest]

    def day(self, column: str) -> tuple[date | None, str]:
        """A day and its doubt."""
        words = self.words(column)
        told, doubt = day(words) if words else (None, "")
        if words and told is None:
            self.tell(column, f"“{words[:40]}”不是日期", "日期写成 2021-03-18；只知年份的写 2021")
        return told, doubt

    def days(self) -> tuple[date | None, date | None, str]:
        """First day, last day, and what is doubtful about them."""
        begun, since = self.day("begun")
        until, ended = self.day("until")
        changed, gone = self.day("changed")
        until = until or (changed - _DAY if changed and not self.later() else None)
        if begun and until and until < begun:
            self.tell(
                "until" if self.words("until") else "changed", f"最后一天 {until} 早于第一天 {begun}", "止不早于起"
            )
            until = None
        return begun, until, "；".join(dict.fromkeys(one for one in (since, ended, gone, self.words("doubt")) if one))

    def later(self) -> list[tuple[str, str]]:
        """Codes a part was given to while the unit went on, each with its day in brackets, as lists of the ministry write it."""
        return _LATER.findall(self.words("after").upper())

    def point(self) -> tuple[float | None, float | None]:
        """Longitude and latitude; both or neither."""
        told = []
        for column, most in (("longitude", 180), ("latitude", 90)):
            words = self.words(column)
            try:
                value = float(words) if words else None
            except ValueError:
                value = 1e9
            if value is not None and not abs(value) <= most:
                self.tell(column, f"“{words[:40]}”不是度数", f"写成 112.43 这样的度数，绝对值不超过 {most}")
                value = None
            told.append(value)
        return (told[0], told[1]) if None not in told else (None, None)

    def division(self) -> Division | None:
        """The unit of a row; None after a finding that leaves nothing."""
        code, name = plain_code(self.words("code")), self.called(_NAME)
        if not code:
            rule = "县级6位（GB/T 2260）或12位，乡级9位或12位（统计用区划代码），没有国家代码的功能区和市直用ZZ开头"
            self.tell("code", f"“{self.words('code')[:40]}”不是区划代码", rule)
            return None
        kind = kind_of(self.words("kind"), code, name)
        if not kind:
            said = "、".join(label for label, _ in KINDS.values())
            self.tell(
                "kind" if "kind" in self.of.places else "name",
                f"“{name}”的类型看不出来",
                f"类型为{said}之一",
                "请加“类型”列写明",
            )
            return None
        level = KINDS[kind][1]
        parent = plain_code(self.words("parent")) or (code[:6] if level is Level.TOWNSHIP and code.isdecimal() else "")
        if level is Level.TOWNSHIP and code.isdecimal() and parent.isdecimal() and code[:6] != parent:
            self.tell("parent", f"代码的前6位 {code[:6]} 不是上级 {parent}", "乡级代码以县级代码开头")
        begun, until, doubt = self.days()
        east, north = self.point()
        return Division(
            code,
            name,
            kind,
            parent if level is Level.TOWNSHIP else "",
            doubt[:200],
            begun,
            until,
            None,
            None,
            east,
            north,
        )

    def school(self) -> Institution | None:
        """The school of a row; None after a finding that leaves nothing."""
        code, name, words = self.words("code"), self.called(_LONG_NAME), self.words("kind")
        if fault := code_fault(code):
            self.tell("code", f"“{code[:40]}”{fault}", "学校（机构）标识码10位：2位类别、2位省级、6位顺序，没有校验码")
            return None
        kind = self.of.kinds.get(words) or self.of.kinds.get(words[:3], "")
        if not kind or kind not in STAGES_OF:
            self.tell("kind", f"“{words[:40]}”不是办学类型", "GB/T 33782-2017 表4的代码或名称，如 211 或 小学")
            return None
        if wanted := contradiction(code, kind):
            what, rule = (
                f"标识码以 {code[:2]} 开头，办学类型是 {kind}",
                f"这类学校的标识码一般以 {' 或 '.join(wanted)} 开头；类型变了要换标识码",
            )
            self.tell("code", what, rule, "请核对标识码和办学类型，属实的写明原因", Severity.ASKS)
        host = self.words("host")
        if kind in HOSTED and not host:
            self.tell(
                "host",
                "教学点或附设班没有写主校",
                "教学点和附设班写明主校标识码",
                "请补上，没有的写明原因",
                Severity.ASKS,
            )
        township, (begun, until, _), (east, north) = plain_code(self.words("township")), self.days(), self.point()
        county = plain_code(self.words("county")) or township[:6]
        if not county:
            self.tell("county", "没有写在哪个县(市、区)", "区划代码或乡镇街道代码须写一个")
            return None
        operator = _OPERATORS.get(self.words("operator"), "")
        return Institution(
            code,
            name,
            kind,
            operator,
            county,
            township if len(township) > COUNTY_DIGITS else "",
            host,
            begun,
            until,
            east,
            north,
        )

    def steps(self, unit: Unit) -> Iterator[Succession]:
        """What its row says of what came of it, and of what it came of."""
        how = _HOW.get(self.words("how"))
        if self.words("how") and how is None:
            self.tell("how", f"“{self.words('how')[:20]}”不是变更方式", f"为{'、'.join(one.label for one in How)}之一")
        changed, doubt = self.day("changed")
        for code, words in self.later():
            since, unsure = day(words)
            if since:
                yield Succession(unit.code, code, since, How.PART, unsure)
        plainly = [one for one in _SPLIT.split(_LATER.sub("", self.words("after").upper())) if one]
        on = changed or (unit.until + _DAY if unit.until else self.of.on)
        yield from (Succession(unit.code, self._code("after", one), on, how or How.RECODED, doubt) for one in plainly)
        since = unit.begun or self.of.on
        for one in filter(None, _SPLIT.split(self.words("before").upper())):
            yield Succession(self._code("before", one), unit.code, since, how or How.RECODED)

    def _code(self, column: str, words: str) -> str:
        """A code of the same sort as the list's own."""
        told = words if not code_fault(words) else plain_code(words)
        if not told:
            self.tell(column, f"“{words[:40]}”不是代码", "写代码，几个之间用分号隔开")
        return told


def _name_steps(told: Register) -> None:
    """Call each step what it is by how many units it joins, where its row did not say."""
    heirs, sources = dict[tuple[str, date], set[str]](), dict[tuple[str, date], set[str]]()
    for one in told.steps:
        if one.how is How.RECODED:
            heirs.setdefault((one.before, one.on), set()).add(one.after)
            sources.setdefault((one.after, one.on), set()).add(one.before)
    for at, one in enumerate(told.steps):
        if one.how is not How.RECODED:
            continue
        many = len(heirs[one.before, one.on]) > 1, len(sources[one.after, one.on]) > 1
        how = (
            How.SPLIT if many[0] else How.MERGED if many[1] else How.RENAMED if one.before == one.after else How.RECODED
        )
        told.steps[at] = replace(one, how=how)
