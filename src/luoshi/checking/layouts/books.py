"""A workbook for each institution, a sheet for each table: found by table, row text and column title, never by cell alone."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import polars as pl

from luoshi.checking.layouts.filling import Block, clean, filled, step
from luoshi.checking.layouts.fitting import ENOUGH, Fit, Missed, nearest
from luoshi.checking.layouts.headers import Column, columns
from luoshi.checking.layouts.titles import bare, names, path, shift, unit
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts import Layout, Need, Source
from luoshi.words.returns import Amount, Return
from luoshi.words.sheets import Sheet, letters

_HEAD = 15
_NAME = re.compile(r"((?:教基|基础基)\d{3,4}(?:续\d?)?)(?:[_-](.+))?")
_TEXT, _CODE = "甲", "乙"
_ROW_TITLES = ("指标名称", "指标", "项目")
KEY, KIND = "school", "kind"


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet of a workbook."""

    name: str
    """As the file calls it."""
    titles: frozenset[str]
    """What it goes by: its number and its title."""
    suffix: str
    """What follows the number in its name: 小学."""
    columns: Sequence[Column]
    rows: Sequence[tuple[int, str, str]]
    """Place, bare text, text as printed."""
    cells: Sequence[Sequence[str | None]]
    units: int | None
    """The column that says the unit of a row."""
    unit: str
    """Unit of the whole table."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell that was found."""

    text: str | None
    address: str
    unit: str


@dataclass(slots=True)
class _Book:
    """One workbook with what was found in it."""

    name: str
    tables: Sequence[_Table]
    found: dict[Source, _Cell]
    stages: Sequence[str] = ()
    """Stages of such an institution."""

    @property
    def stage(self) -> str:
        """The only stage of its institution; empty where it has several."""
        return self.stages[0] if len(self.stages) == 1 else ""

    @property
    def cells(self) -> Iterable[tuple[Source, str, _Cell]]:
        """With the stage each belongs to."""
        return ((one, self.stage if one.stage == "?" else one.stage, cell) for one, cell in self.found.items())


def fit(layout: Layout, files: Mapping[str, Sequence[Sheet]], returns: Sequence[type[Return]]) -> Fit:
    """Hold workbooks against a layout of them."""
    told, books = Fit(layout), list[_Book]()
    for name, sheets in files.items():
        tables = [one for one in (_table(layout, sheet) for sheet in sheets) if one]
        book = _book(layout, name, tables, told)
        told.found |= {(name, cell.address) for cell in book.found.values()}
        unknown = [sheet.name for sheet in sheets if sheet.name not in {one.name for one in tables}]
        if tables and unknown:
            what = f"没有认出这些表：{'、'.join(unknown)}"
            told.told.append(Finding(name or "文件", what, f"版式“{layout.name}”", "不需要的不必管", Severity.TELLS))
        books.append(book)
        if len(books) == ENOUGH and not told.found:
            break
    if not told.missed:
        told.parts = [lambda: list(_blocks(layout, books, returns))] if told.found else []
        told.told += _absent(layout, books)
    return told


@lru_cache(maxsize=64)
def _titles(layout: Layout) -> frozenset[str]:
    """All that tables go by in a layout."""
    return frozenset(part for source in layout.sources for one in source.table for part in path(one))


@lru_cache(maxsize=64)
def _words(layout: Layout) -> frozenset[str]:
    """All parts of its column paths."""
    return frozenset(part for one in layout.sources for words in one.paths for part in path(words))


@lru_cache(maxsize=4096)
def _called(table: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part for words in table for part in path(words))


def _rows(cells: pl.DataFrame) -> Sequence[Sequence[str | None]]:
    return [list(row) for row in cells.iter_rows()]


def _table(layout: Layout, sheet: Sheet) -> _Table | None:
    rows = _rows(sheet.cells.head(_HEAD))
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", sheet.name))
    found = _NAME.fullmatch(plain)
    marker = _marker(rows)
    if marker is None:
        return None
    at, text, first = marker
    title = next((place for place, row in enumerate(rows[: at + 1]) if _row_title(row) is not None), at)
    said = [one for row in rows[:title] for one in row if one]
    known = _titles(layout)
    titles = {bare(found[1])} if found else set[str]()
    titles |= {name for one in said for name in names(one)}
    titles |= {one for one in known for words in said if not _NAME.fullmatch(one) and one in bare(words)}
    if not titles & known:
        return None
    rows = _rows(sheet.cells)
    head = [_right_of(row, first) for row in rows[title : at + (title == at)]]
    units = next((place for place, one in enumerate(rows[title]) if one and bare(one) in {"计量单位", "单位"}), None)
    below = [(place, row[text] or "") for place, row in enumerate(rows) if place > at and row[text]]
    return _Table(
        sheet.name,
        frozenset(titles),
        (found[2] or "") if found else "",
        columns(head, _words(layout)),
        [(place, bare(words), words) for place, words in below],
        rows,
        units,
        next((u for one in said if (u := unit(one))), ""),
    )


def _marker(rows: Sequence[Sequence[str | None]]) -> tuple[int, int, int] | None:
    """The row that numbers the columns (甲 乙 1 2), or the header where none does; the column of texts; the first of numbers."""
    for at, row in enumerate(rows):
        plain = [(one or "").strip() for one in row]
        if _TEXT in plain and _CODE in plain:
            last = max(place for place, one in enumerate(plain) if one in "甲乙丙丁" and one)
            return at, plain.index(_TEXT), last + 1
    for at, row in enumerate(rows):
        text = _row_title(row)
        if text is not None:
            return at, text, text + 1
    return None


def _row_title(row: Sequence[str | None]) -> int | None:
    return next((place for place, one in enumerate(row) if one and bare(one) in _ROW_TITLES), None)


def _right_of(row: Sequence[str | None], first: int) -> list[str | None]:
    return [None] * first + list(row[first:])


def _book(layout: Layout, name: str, tables: Sequence[_Table], told: Fit) -> _Book:
    book = _Book(name, tables, {})
    for source in layout.sources:
        if source.stage != "?":
            _look(layout, book, source, told, "")
    kind = next((cell.text for one, cell in book.found.items() if one.column == KIND and cell.text), "")
    book.stages = _stages(layout, kind or "")
    for source in layout.sources:
        if source.stage == "?":
            _look(layout, book, source, told, book.stage)
    return book


def _stages(layout: Layout, kind: str) -> Sequence[str]:
    code = "".join(re.findall(r"\d+", kind)) or bare(kind)
    return layout.words.get("stages", {}).get(code, "").split()


def _look(layout: Layout, book: _Book, source: Source, told: Fit, stage: str) -> None:
    there = [one for one in book.tables if _called(source.table) & one.titles]
    if source.stage == "?":
        _look_by_sheet(layout, book, source, told, (there, stage))
        return
    there = [one for one in there if _stage_of(layout, one) in ("", source.stage) or not source.stage]
    hits = [cell for one in there if (cell := _cell(one, source))]
    if hits:
        book.found[source] = hits[0]
    elif source.need is Need.ALWAYS or (source.need is Need.TOGETHER and there):
        where = f"{book.name} {there[0].name if there else '、'.join(source.table)}".strip()
        told.missed.append(Missed(source, where, _near(there, source)))


def _look_by_sheet(layout: Layout, book: _Book, source: Source, told: Fit, where: tuple[Sequence[_Table], str]) -> None:
    """A table that stands once for each stage: its name says which, or the institution has only one."""
    for one in where[0]:
        stage = _stage_of(layout, one) or where[1]
        cell = _cell(one, source)
        if stage and cell:
            book.found[_of_stage(source, stage)] = cell
        elif not stage:
            what = f"分不清“{one.name}”是哪个学段的"
            finding = Finding(
                book.name or "文件",
                what,
                "一校有几个学段的，表名写明学段",
                "请把表名改成如 教基4149_小学",
                Severity.TELLS,
            )
            if finding not in told.told:
                told.told.append(finding)
        elif source.need is not Need.MAYBE:
            told.missed.append(Missed(source, f"{book.name} {one.name}".strip(), _near([one], source)))


def _of_stage(source: Source, stage: str) -> Source:
    return Source(
        source.of, stage, source.column, source.table, source.row, source.paths, source.unit, source.need, source.how
    )


def _stage_of(layout: Layout, table: _Table) -> str:
    return layout.words.get("stage", {}).get(table.suffix, "")


def _near(tables: Sequence[_Table], source: Source) -> str:
    rows = [said for one in tables for _, _, said in one.rows]
    heads = [column.said for one in tables for column in one.columns]
    asked_row = (*source.row, "")[0]
    known = {bare(one) for one in rows}
    return nearest(asked_row, rows) if asked_row and bare(asked_row) not in known else nearest(source.paths[0], heads)


def _cell(table: _Table, source: Source) -> _Cell | None:
    row = next((place for words in source.row if (place := _row(table, path(words))) is not None), None)
    column = next((one for words in source.paths if (one := _column(table, path(words)))), None)
    if row is None or column is None:
        return None
    line = table.cells[row]
    text = line[column.place] if column.place < len(line) else None
    printed = unit(line[table.units] or "") if table.units is not None else unit(_said(table, row)) or column.unit
    return _Cell(text, f"{table.name}!{letters(column.place)}{row + 1}", printed or source.unit or table.unit)


def _said(table: _Table, row: int) -> str:
    return next(said for place, _, said in table.rows if place == row)


def _row(table: _Table, asked: Sequence[str]) -> int | None:
    """The row with this text, below the row its upper row has."""
    after = -1
    for part in asked:
        found = next((place for place, words, _ in table.rows if place > after and words == part), None)
        if found is None:
            return None
        after = found
    return after


def _column(table: _Table, asked: Sequence[str]) -> Column | None:
    hits = [one for one in table.columns if one.ends(asked)]
    return min(hits, key=lambda one: len(one.path)) if hits else None


def _blocks(layout: Layout, books: Sequence[_Book], returns: Sequence[type[Return]]) -> Iterable[Block]:
    """Rows of each return and stage; books that print other units make blocks of their own."""
    rows = list[tuple[str, str, tuple[tuple[str, int], ...], int]]()
    tabled = {one.of for one in layout.sources if not _of_register(layout, one)}
    for place, book in enumerate(books):
        units, told = dict[tuple[str, str], dict[str, int]](), set[tuple[str, str]]()
        for source, stage, cell in book.cells:
            if source.of is not None:
                group = (source.of.key, stage)
                units.setdefault(group, {})[source.column] = shift(cell.unit)
                told |= {group} if source.of not in tabled or not _of_register(layout, source) else set()
        rows += [(*group, tuple(sorted(some.items())), place) for group, some in units.items() if group in told]
    known = {one.key: one for one in returns}
    for (key, stage, shifts), some in groupby(sorted(rows), key=lambda row: row[:3]):
        yield from _block(layout, [books[place] for *_, place in some], known[key], stage, dict(shifts))


def _block(
    layout: Layout, books: Sequence[_Book], of: type[Return], stage: str, shifts: Mapping[str, int]
) -> Iterable[Block]:
    made = dict[str, pl.Series]()
    told = [
        {source: cell for source, at, cell in book.cells if source.of is None or (source.of is of and at == stage)}
        for book in books
    ]
    own = list[str]()
    for source in dict.fromkeys(source for book in told for source in book):
        if source.column in of.columns:
            texts = [book[source].text if source in book else None for book in told]
            cells = clean(pl.DataFrame({source.column: texts}, {source.column: pl.String})).to_series()
            made[source.column] = step(made.get(source.column), cells, source, of, layout)
            own += [source.column] if source.of is not None and not _of_register(layout, source) else []
    frame = pl.DataFrame({name: series.alias(name) for name, series in made.items()})
    keep = (
        filled(frame, list(dict.fromkeys(own)) or [KEY])
        & frame[KEY].is_not_null()
        & pl.Series([_taught(one, of, stage) for one in books], dtype=pl.Boolean)
    )
    places = pl.arg_where(keep, eager=True).to_list()
    frame = frame.filter(keep)
    frame = frame.with_columns(pl.lit(stage).alias("stage")) if "stage" in of.columns else frame
    addresses = [_addresses(books[place].name, told[place]) for place in places]
    yield Block(of, frame, shifts, addresses, [books[place].name for place in places], [place + 1 for place in places])


def _of_register(layout: Layout, source: Source) -> bool:
    """Whether it stands in the table that says who an institution is."""
    return source.table == next(one.table for one in layout.sources if one.column == KEY)


def _addresses(name: str, cells: Mapping[Source, _Cell]) -> dict[str, str]:
    told = dict[str, str]()
    for source, cell in cells.items():
        told.setdefault(source.column, f"{name} {cell.address}".strip())
    return told


def _absent(layout: Layout, books: Sequence[_Book]) -> Iterable[Finding]:
    """Tables that an institution of such stages should have and has not."""
    without = dict[str, list[str]]()
    for book in books:
        have = {part for one in book.tables for part in one.titles}
        for table in _expected(layout, frozenset(book.stages)):
            if not _called(table) & have:
                without.setdefault(table[0], []).append(book.name or "文件")
    for title, files in sorted(without.items()):
        where = f"{files[0]}等{len(files)}份" if len(files) > 1 else files[0]
        yield Finding(
            where, f"没有表 {title}", f"版式“{layout.name}”", "其余的已读入；需要的请补上这张表", Severity.TELLS
        )


@lru_cache(maxsize=256)
def _expected(layout: Layout, stages: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """Tables of its stages; one that goes by the sheet's name only where no table of a stage has the same columns."""
    concrete = {(one.of, one.column) for one in layout.sources if one.stage in stages}
    return frozenset(
        one.table
        for one in layout.sources
        if one.stage in {"", *stages} or (one.stage == "?" and (one.of, one.column) not in concrete)
    )


def _taught(book: _Book, of: type[Return], stage: str) -> bool:
    """Whether the stage has anything but zeros in any of its tables; what is measured by no stage is there."""
    if any(isinstance(column, Amount) for column in of) and not stage:
        return True
    cells = [
        cell.text
        for source, at, cell in book.cells
        if source.of is not None and at == stage and (stage or source.of is of)
    ]
    return any(_says(one) for one in cells)


def _says(text: str | None) -> bool:
    return bool((text or "").strip(" '\t0."))
