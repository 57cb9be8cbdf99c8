"""公布件 as pages show it: text, tables with their numbers half up, a picture beside, downloads, and what corrections changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from luoshi.publishing.nouns import UNKNOWN, WITHHELD, Edition, Holds, OpenColumn, Publication, Table
from luoshi.publishing.opening import MADE_UP
from luoshi.publishing.packaging import data_package, harmless, table_csv, zipped
from luoshi.reporting.plain_workbook import Sheet, as_plain_workbook, steady
from luoshi.tracking.showing import number

MOST = 200
"""Rows of a table a page shows; the whole is in the files."""
LEFT, WIDE, RIGHT, LANE, TOP = 150, 480, 170, 22, 6
"""Units of the picture: room for names, the longest bar, room for numbers, height of a lane, what is above."""
_BARS = 40
_SHEET = 31
"""Letters of a sheet's name at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the picture."""

    name: str
    y: int
    middle: int
    width: float
    said: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One column of numbers as bars."""

    label: str
    unit: str
    width: int
    height: int
    left: int
    beside: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TableTold:
    """One table as a page shows it."""

    key: str
    title: str
    note: str
    columns: tuple[OpenColumn, ...]
    rows: SafeString
    many: int
    shown: int
    withheld: bool
    """Whether a cell of it is too small to be told."""
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Download:
    """One file to take."""

    name: str
    label: str
    size: int


def tables_told(edition: Edition, most: int = MOST) -> list[TableTold]:
    """Every table of an edition.

    Args:
        edition: which.
        most: rows that are shown of each.
    """
    return [_table(one, most) for one in edition.content.tables]


def _table(table: Table, most: int) -> TableTold:
    rows = table.rows[:most]
    return TableTold(
        table.key,
        table.title,
        table.note,
        table.columns,
        drawn(table, rows),
        len(table.rows) - bool(table.total),
        len(rows),
        any(WITHHELD in row for row in table.rows if any(one.persons for one in table.columns)),
        picture(table),
    )


def drawn(table: Table, rows: Sequence[Sequence[str]]) -> SafeString:
    """Rows of a table, drawn."""
    return mark_safe("".join(_row(table, row) for row in rows))  # noqa: S308 -- every cell is escaped


def _row(table: Table, row: Sequence[str]) -> str:
    whole = ' class="whole"' if table.total and row[0] == table.total else ""
    cells = (_cell(table, at, column, value) for at, (column, value) in enumerate(zip(table.columns, row, strict=True)))
    return f"<tr{whole}>{''.join(cells)}</tr>"


def _cell(table: Table, at: int, column: OpenColumn, value: str) -> str:
    said, label = escape(shown(column, value)), escape(column.label)
    if at == table.names - 1:
        return f'<th scope="row">{said}</th>'
    place = ' class="right"' if column.holds is Holds.NUMBER else ""
    return f'<td{place} data-l="{label}">{said}</td>'


def shown(column: OpenColumn, value: str) -> str:
    """A cell as it is read: half up to the column's places."""
    if not value:
        return UNKNOWN
    if column.holds is not Holds.NUMBER or value == WITHHELD:
        return value
    return number(Decimal(value), column.places)


def picture(table: Table) -> Picture | None:
    """The first column of numbers nobody's loss makes negative, as bars; None for a list, or where fewer than two are known."""
    for at, column in enumerate(table.columns):
        if column.holds is not Holds.NUMBER or not table.total:
            continue
        known = [
            (row, Decimal(row[at])) for row in table.rows if row[at] not in {"", WITHHELD} and row[0] != table.total
        ]
        if 1 < len(known) <= _BARS and all(value >= 0 for _, value in known) and any(value for _, value in known):
            return _drawn(table, column, known)
    return None


def _drawn(table: Table, column: OpenColumn, known: Sequence[tuple[Sequence[str], Decimal]]) -> Picture:
    most = max(value for _, value in known)
    bars = tuple(
        Bar(
            row[table.names - 1],
            TOP + at * LANE + 5,
            TOP + at * LANE + LANE // 2,
            round(float(value / most) * WIDE, 1),
            number(value, column.places),
        )
        for at, (row, value) in enumerate(known)
    )
    height = TOP * 2 + len(bars) * LANE
    return Picture(column.label, column.unit, LEFT + WIDE + RIGHT, height, LEFT, LEFT + WIDE + 10, bars)


def files(told: Publication, edition: Edition) -> dict[str, bytes]:
    """Every file of an edition by name; the same edition makes the same bytes."""
    package = data_package(told, edition)
    note = MADE_UP if told.imaginary else ""
    excel = {f"{one.key}-excel.csv": table_csv(one, note, excel=True) for one in edition.content.tables}
    package_files = {name: content for name, content in package.items() if name != "datapackage.json"}
    return {"tables.xlsx": workbook(told, edition), **excel, **package_files, "datapackage.json": package["datapackage.json"], "datapackage.zip": zipped(package)}  # fmt: skip


def workbook(told: Publication, edition: Edition) -> bytes:
    """Its tables as sheets; numbers are numbers."""
    note = "　".join(one for one in (MADE_UP if told.imaginary else "", edition.content.title, told.number) if one)
    sheets = [Sheet(one.title[:_SHEET], note, [_heads(one), *_lines(one)]) for one in edition.content.tables]
    return steady(as_plain_workbook(sheets, told.number))


def _heads(table: Table) -> list[object]:
    return [f"{one.label}（{one.unit}）" if one.unit else one.label for one in table.columns]


def _lines(table: Table) -> Iterator[list[object]]:
    for row in table.rows:
        yield [_typed(one, value) for one, value in zip(table.columns, row, strict=True)]


def _typed(column: OpenColumn, value: str) -> object:
    if not value:
        return None
    if column.holds is Holds.NUMBER and value != WITHHELD:
        return Decimal(value)
    return value if column.holds is Holds.DAY else harmless(value)


def downloads(made: dict[str, bytes]) -> list[Download]:
    """The files as a page lists them."""
    return [Download(name, _label(name), len(content)) for name, content in made.items()]


def _label(name: str) -> str:
    if name == "tables.xlsx":
        return "Excel、WPS 工作簿"
    if name == "datapackage.zip":
        return "数据包（Frictionless Data Package）"
    if name == "datapackage.json":
        return "数据包说明"
    stem, _, ending = name.partition(".")
    told = {"csv": "CSV", "sdmx.csv": "SDMX-CSV 2.0", "structure.json": "SDMX 结构"}
    return "CSV（中文表头，Excel、WPS 直接打开）" if stem.endswith("-excel") else told.get(ending, ending)
