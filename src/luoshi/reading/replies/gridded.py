"""Tables of a reply → one part a row, whatever their headings are called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from luoshi.reading.grids import Grid
from luoshi.reading.replies.headings import columns, looks_like_headings, role
from luoshi.reading.replies.prose import stated
from luoshi.reading.replies.reply import Manner, Part
from luoshi.reading.sheets.book import Sheet
from luoshi.reading.sheets.headers import level
from luoshi.words.sheets import letters

_SUM = re.compile(r"(?:全市)?(?:合计|总计|共计|全市|小计)(?:数)?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填表人|填报人|制表人?|审核人?|联系人|负责人|分管领导|填报单位|填报科室|报送单位|报送科室|填报日期|填报时间|单位)[^:：]{0,10}[:：]"
)
_BAND = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、．.]|[（(][一二三四五六七八九十]{1,3}[)）])")
_LABELS = 2
"""Labels that make a table a form: 进展情况 | …, one below the other."""


@dataclass(slots=True)
class Rows:
    """A table as cells, with a name for each place."""

    name: str
    """表1, or the sheet's name."""
    rows: list[list[str]]
    filled: list[list[str]]
    """With merged cells filled downwards."""
    across: list[list[str]]
    """With merged cells filled both ways: for headings."""
    sheet: bool
    around: list[str] = field(default_factory=list)
    """Lines outside the table of tasks: titles, notes, signatures; filled while reading."""

    def place(self, row: int, column: int) -> str:
        """表1第4行, Sheet1!B7; counted from 0."""
        return f"{self.name}!{letters(column)}{row + 1}" if self.sheet else f"{self.name}第{row + 1}行"


def of_sheet(sheet: Sheet) -> Rows:
    """A sheet as rows."""
    return Rows(sheet.name, sheet.rows, sheet.down(), sheet.filled(), sheet=True)


def of_grid(place: int, grid: Grid) -> Rows:
    """A Word table as rows; what is merged downwards takes the words above it, what is merged across those at its left."""
    filled, across = [list(row) for row in grid.rows], [list(row) for row in grid.rows]
    for row, column in sorted(grid.covered):
        if column and (row, column - 1) in grid.covered | {(row, column - 1)} and _wide(grid, row, column):
            across[row][column] = across[row][column - 1]
        elif row and column < len(filled[row - 1]):
            filled[row][column] = filled[row - 1][column]
            across[row][column] = across[row - 1][column]
    return Rows(f"表{place}", grid.rows, filled, across, sheet=False)


def _wide(grid: Grid, row: int, column: int) -> bool:
    """Whether a covered cell is covered from its left: the cell above is not the reason."""
    return not (
        row and column < len(grid.rows[row - 1]) and (grid.rows[row - 1][column] or (row - 1, column) in grid.covered)
    ) or bool(grid.rows[row][column - 1])


def parts(table: Rows) -> Iterator[Part]:
    """The rows that speak of tasks."""
    head = _heading_row(table)
    if head is None:
        yield from _form(table) if _is_form(table) else _loose(table)
        return
    top, bottom = head
    table.around += [_joined(row) for row in table.rows[:top]]
    paths = _paths(table.across, top, bottom)
    roles = columns(paths, table.filled[bottom + 1 :])
    caption = next((line for line in reversed(table.around) if line.strip()), "")
    if "title" not in roles.values() and "division" in roles.values():
        yield from _of_divisions(table, bottom, roles, caption)
    else:
        yield from _tasks(table, bottom, roles, paths)


def _heading_row(table: Rows) -> tuple[int, int] | None:
    """First and last row of the headings."""
    for at, row in enumerate(table.across[:40]):
        if not looks_like_headings(row):
            continue
        bottom = at
        while bottom + 1 < len(table.across) and bottom - at < 2 and _second(table, at, bottom + 1):  # noqa: PLR2004 (three levels)
            bottom += 1
        return at, bottom
    return None


def _second(table: Rows, top: int, at: int) -> bool:
    """Whether a row is a further level of headings: some of its cells repeat those merged from above, others are headings."""
    above, row = table.across[top], table.across[at]
    same = sum(bool(cell.strip()) and place < len(above) and cell == above[place] for place, cell in enumerate(row))
    own = [cell for cell in table.rows[at] if cell.strip()]
    return bool(own) and same > 0 and all(role(cell) for cell in own) and all(len(cell) <= 12 for cell in own)  # noqa: PLR2004


def _paths(rows: Sequence[Sequence[str]], top: int, bottom: int) -> list[str]:
    width = max(len(row) for row in rows[top : bottom + 1])
    told = []
    for place in range(width):
        names = [level(row[place]) for row in rows[top : bottom + 1] if place < len(row) and row[place].strip()]
        told.append("·".join(dict.fromkeys(reversed(names))))
    return told


def _joined(row: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in row if cell.strip())


def _tasks(table: Rows, bottom: int, roles: Mapping[int, str], paths: Sequence[str]) -> Iterator[Part]:
    group = ""
    heads = {level(cell) for cell in table.across[bottom] if cell.strip()}
    for at in range(bottom + 1, len(table.rows)):
        own = [cell.strip() for cell in table.rows[at] if cell.strip()]
        if not own or len({level(cell) for cell in own} & heads) * 2 > len(own):
            continue
        if _NOTE.match(own[0]) or (len(own) == 1 and len(table.rows[at]) > 2):  # noqa: PLR2004 (a line across the table)
            table.around.append(" ".join(own))
            group = own[0] if len(own) == 1 and (_BAND.match(own[0]) or len(own[0]) <= 20) else group  # noqa: PLR2004
            continue
        if not any(_SUM.fullmatch(level(cell)) for cell in own[:2]):
            yield _row(table, at, roles, paths, group)


def _row(table: Rows, at: int, roles: Mapping[int, str], paths: Sequence[str], group: str) -> Part:
    cells: dict[str, list[str]] = {}
    where: dict[str, int] = {}
    for place, key in roles.items():
        words = table.filled[at][place].strip() if place < len(table.filled[at]) else ""
        if words and key:
            cells.setdefault(key, []).append(words)
            where.setdefault(key, place)
            if key in {"value", "rate", "target", "period", "last"}:
                cells.setdefault(f"{key}:name", []).append(paths[place])
    told = {key: "；".join(words) for key, words in cells.items()}
    told |= {"value": cells["value"][-1]} if "value" in cells else {}
    spot = next((where[key] for key in ("progress", "value", "title") if key in where), 0)
    return Part(
        place=table.place(at, spot),
        words=told.get("progress", ""),
        manner=Manner.ROW,
        number=told.get("number", ""),
        title=told.get("title", ""),
        above="；".join(filter(None, (group, told.get("above", "")))),
        cells=told,
        day=stated(told.get("day", "")) or stated("；".join(told.get("value:name", "").split("·"))),
    )


def _of_divisions(table: Rows, bottom: int, roles: Mapping[int, str], caption: str) -> Iterator[Part]:
    """A table of counties under a caption that names the task: its sum is the answer, the counties stand beside it."""
    place = next(at for at, key in roles.items() if key == "division")
    body = [(at, table.filled[at]) for at in range(bottom + 1, len(table.rows)) if any(table.rows[at])]
    named = [(at, row) for at, row in body if place < len(row) and row[place].strip() and not _NOTE.match(row[place])]
    total = next((one for one in named if any(_SUM.fullmatch(level(cell)) for cell in one[1][:2])), None)
    told = total or (named[0] if named else None)
    if told is None:
        return
    at, row = told
    cells = {key: row[spot].strip() for spot, key in roles.items() if key and spot < len(row) and row[spot].strip()}
    cells["counties"] = "、".join(row[place].strip() for at, row in named if total is None or at != total[0])
    words = cells.get("progress", "")
    if total is None:
        cells.pop("value", None)
        words = "；".join("，".join(cell.strip() for cell in line if cell.strip()) for _, line in named)
    yield Part(table.place(at, place), words, Manner.ROW, title=caption, cells=cells)


def _is_form(table: Rows) -> bool:
    labels = {role(row[0]) for row in table.filled if row and row[0].strip()} - {""}
    return len(labels) >= _LABELS and bool({"title", "progress", "value"} & labels)


def _form(table: Rows) -> Iterator[Part]:
    """A table with its labels at the left: 任务名称 | …, 进展情况 | …; each 任务名称 begins another task."""
    cells: dict[str, str] = {}
    begun = 0
    for at, row in enumerate(table.filled):
        pairs = [(role(label), " ".join(dict.fromkeys(words.split()))) for label, words in _pairs(row)]
        if any(key == "title" and "title" in cells for key, _ in pairs):
            yield _of_form(table, begun, cells)
            cells, begun = {}, at
        for key, words in pairs:
            if key and words:
                cells.setdefault(key, words)
    if cells:
        yield _of_form(table, begun, cells)


def _pairs(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    said = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    yield from zip(said[::2], said[1::2], strict=False)


def _of_form(table: Rows, at: int, cells: Mapping[str, str]) -> Part:
    number, title, words = cells.get("number", ""), cells.get("title", ""), cells.get("progress", "")
    return Part(
        table.place(at, 1), words, Manner.ROW, number, title, cells=dict(cells), day=stated(cells.get("day", ""))
    )


def _loose(table: Rows) -> Iterator[Part]:
    """Rows of a table without headings, each read as prose."""
    for at, row in enumerate(table.rows):
        words = "，".join(cell.strip() for cell in row if cell.strip())
        if words:
            yield Part(table.place(at, 0), words)
            table.around.append(words)
