"""What a city's folder says of its units beyond their list: townships, schools, and what became of those that are no more."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from luoshi.reading.tables import Row, Table
from luoshi.words.divisions import KINDS, Division, How, Level, Succession, plain_code
from luoshi.words.findings import Finding
from luoshi.words.institutions import STAGES_OF, Institution, as_period, code_fault
from luoshi.words.successions import faults, tree

_DATES = ("begun", "until")
_TILES = 99
_POINT = ("longitude", "latitude")
_TOWNSHIPS = tuple(kind for kind, (_, level) in KINDS.items() if level is Level.TOWNSHIP)

Units = tuple[tuple[Division, ...], tuple[Institution, ...], tuple[Succession, ...]]


def read_units(
    tables: Mapping[str, Table], divisions: Sequence[Division], kinds: Collection[str], findings: list[Finding]
) -> Units:
    """Townships, schools and successions of a folder, held against its counties.

    Args:
        tables: by name.
        divisions: counties of all days.
        kinds: what a county may be.
        findings: where everything wrong is told.
    """
    counties = {one.code for one in divisions if one.kind in kinds}
    units = tuple(_townships(tables["townships.csv"], counties))
    schools = tuple(_schools(tables["schools.csv"], counties, {one.code for one in units}))
    steps = tuple(_successions(tables["successions.csv"]))
    of = tree((*divisions, *units, *map(as_period, schools)), steps)
    rule, remedy = "起止日期不重叠，接续的两头都在册", "请核对 begun、until 和 successions.csv"
    findings += [Finding(f"divisions.csv {code}", why, rule, remedy) for code, why in faults(of)]
    return units, schools, steps


def days(row: Row) -> tuple[date | None, date | None]:
    """First and last day of a row that may have them."""
    begun, until = (row.day(column, needed=False) for column in _DATES)
    if begun and until and until < begun:
        row.tell("until", f"“{until}”早于第一天 {begun}", "止不早于起")
        return begun, None
    return begun, until


def tile(row: Row, column: str) -> int | None:
    """A row or a column of the map of tiles; None where the cell is empty."""
    number = row.number(column, needed=False)
    if number is None:
        return None
    if number != int(number) or not 1 <= number <= _TILES:
        row.tell(column, f"“{row.cells[column]}”不在其中", f"格子的行和列为1至{_TILES}的整数", "请改正，或两列都留空")
        return None
    return int(number)


def _townships(table: Table, counties: Collection[str]) -> Iterator[Division]:
    for row in table.rows(("code", "name", "kind", "county", "doubt"), (*_DATES, *_POINT)):
        row.once("code", "begun")
        code, kind = plain_code(row.text("code", longest=20)), row.one_of("kind", _TOWNSHIPS, "、".join(_TOWNSHIPS))
        if not code:
            row.tell("code", f"“{row.cells['code']}”不是统计用区划代码", "乡级9位或12位")
        county = row.one_of("county", counties, " divisions.csv 的 code ")
        (begun, until), doubt = days(row), row.text("doubt", needed=False, longest=200)
        east, north = _point(row)
        yield Division(code, row.text("name", longest=60), kind, county, doubt, begun, until, None, None, east, north)


def _schools(table: Table, counties: Collection[str], townships: Collection[str]) -> Iterator[Institution]:
    needed = ("code", "name", "kind", "operator", "county", "township")
    for row in table.rows(needed, ("host", *_DATES, *_POINT)):
        row.once("code", "begun")
        code = row.text("code", longest=14)
        if fault := code_fault(code):
            row.tell("code", f"“{code}”{fault}", "学校（机构）标识码10位")
        kind = row.one_of("kind", STAGES_OF, "办学类型（GB/T 33782-2017 表4）")
        operator = row.one_of("operator", ("public", "private"), "public、private", needed=False)
        county = row.one_of("county", counties, " divisions.csv 的 code ")
        township = plain_code(row.cells["township"])
        if township and townships and township not in townships:
            row.tell("township", f"“{township}”不在其中", "须为 townships.csv 的 code 之一")
        (begun, until), (east, north) = days(row), _point(row)
        name, host = row.text("name", longest=100), row.text("host", needed=False, longest=14)
        yield Institution(code, name, kind, operator, county, township, host, begun, until, east, north)


def _point(row: Row) -> tuple[float | None, float | None]:
    east, north = (row.number(column, needed=False) for column in _POINT)
    return (float(east), float(north)) if east is not None and north is not None else (None, None)


def _successions(table: Table) -> Iterator[Succession]:
    for row in table.rows(("before", "after", "on", "how", "doubt")):
        row.once("before", "after", "on")
        on, how = row.day("on"), row.one_of("how", set(How), "、".join(How))
        doubt = row.text("doubt", needed=False, longest=200)
        if on is not None and how in set(How):
            yield Succession(row.text("before", longest=20), row.text("after", longest=20), on, How(how), doubt)
