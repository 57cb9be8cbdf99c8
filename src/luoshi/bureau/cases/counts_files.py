"""办件数 of an outside platform as a table: read line by line, everything wrong told with its line; and the table to fill in."""

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from luoshi.bureau.cases.actions.conducting import Counts
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import names
from luoshi.reading.tables import BOOK, LARGEST, Row, Table
from luoshi.words.divisions import Level
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

CODE, NAME, MONTH, WHOLE = "县区代码", "县区名称", "月份", "全市"
NUMBERS = ("登记", "办结", "逾期办结", "在办")
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))(?:[-/.]?\d{1,2}日?)?")
_PACKED = b"PK\x03\x04"
_MOST = 10**9


def headings() -> list[str]:
    """The first line of the table."""
    return [CODE, NAME, MONTH, *NUMBERS]


def template(city: City, on: date) -> list[list[object]]:
    """The table to fill in: a line for the city and for each of its units, of the month before."""
    last = date(on.year - (on.month == 1), (on.month - 2) % 12 + 1, 1)
    units = [("", WHOLE), *names(city, least=Level.COUNTY).items()]
    rows: list[list[object]] = [[code, name, f"{last:%Y-%m}", *[None] * len(NUMBERS)] for code, name in units]
    return [list(headings()), *rows]


def read_counts(city: City, content: bytes, on: date) -> list[Counts]:
    """The lines of a table, CSV or xlsx; those without any number are left out.

    Args:
        city: whose units the table speaks of.
        content: of the file.
        on: today; no month may lie ahead.

    Raises:
        RefusedError: everything that is wrong, with its line.
    """
    findings, told = list[Finding](), list[Counts]()
    seen, known = dict[tuple[str, date], int](), names(city, least=Level.COUNTY)
    if len(content) > LARGEST:
        raise RefusedError(Finding("办件数", "超过 20 MB", "一张表有几百行", "请只留办件数，再导入一次"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"办件数{BOOK if content.startswith(_PACKED) else '.csv'}"
        path.write_bytes(content)
        for row in Table(path.with_suffix(".csv"), findings).rows((MONTH, *NUMBERS), (CODE, NAME)):
            if any(row.cells[one] for one in NUMBERS):
                one = _line(row, known, on)
                if one is not None and _first(row, one, seen):
                    told.append(one)
    if not findings and not told:
        findings.append(Finding("办件数", "没有一行有数", f"每行写{'、'.join(headings())}", "请填好后再导入"))
    if findings:
        raise RefusedError(*findings)
    return told


def _line(row: Row, known: Mapping[str, str], on: date) -> Counts | None:
    county, month = _county(row, known), _month(row, on)
    numbers = [_number(row, one) for one in NUMBERS]
    if county is None or month is None or None in numbers:
        return None
    opened, ended, late, running = (int(one or 0) for one in numbers)
    if late > ended:
        row.tell("逾期办结", f"逾期办结 {late} 件多于办结 {ended} 件", "逾期办结含在办结之内", "请核对平台导出的数")
        return None
    return Counts(county, month, opened, ended, late, running)


def _county(row: Row, known: Mapping[str, str]) -> str | None:
    """Code of the unit; empty for the city, None after a finding."""
    code, name = row.cells[CODE], row.cells[NAME]
    if not code and name == WHOLE:
        return ""
    if code and code not in known:
        row.tell(CODE, f"没有“{code[:20]}”这个单位", "按本市的县(市、区)代码", "代码见模板，请改正")
        return None
    found = [key for key, said in known.items() if said == name]
    if code and name and found != [code]:
        row.tell(NAME, f"“{name[:20]}”不是代码 {code} 的单位", f"{code} 是“{known[code]}”", "请改正代码或名称")
        return None
    if not code and len(found) != 1:
        what = f"没有“{name[:20]}”这个单位" if name else "是空的"
        row.tell(NAME, what, f"写县区代码或名称，全市的写“{WHOLE}”", "请照模板填写")
        return None
    return code or found[0]


def _month(row: Row, on: date) -> date | None:
    words = row.text(MONTH)
    found = _MONTH.fullmatch(words)
    number = int(found[2] or found[3]) if found else 0
    if words and (found is None or not 1 <= number <= 12):  # noqa: PLR2004 -- months
        row.tell(MONTH, f"“{words[:20]}”不是月份", "月份写成 2020-09")
        return None
    if found is None:
        return None
    month = date(int(found[1]), number, 1) if int(found[1]) else on
    if month > on:
        row.tell(MONTH, f"“{words[:20]}”还没有到", f"不晚于本月（{on:%Y-%m}）")
        return None
    return month


def _number(row: Row, column: str) -> int | None:
    told = row.number(column)
    if told is None:
        return None
    if told != told.to_integral_value() or not 0 <= told <= _MOST:
        row.tell(column, f"“{row.cells[column][:20]}”不是件数", "件数为不小于0的整数")
        return None
    return int(told)


def _first(row: Row, one: Counts, seen: dict[tuple[str, date], int]) -> bool:
    first = seen.setdefault((one.county, one.month), row.line)
    if first != row.line:
        row.tell(MONTH, f"与第{first}行是同一单位、同一月份", "一个单位一个月一行", "请删去一行")
    return first == row.line
