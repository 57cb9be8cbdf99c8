"""A workbook that came back: rows found again however they were sorted, held cells compared, the rest read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from luoshi.checking.cells import Odd, Taken, take
from luoshi.checking.wording import Places
from luoshi.checking.workbooks.asked import Asked
from luoshi.checking.workbooks.explaining import Notes, notes_of
from luoshi.checking.workbooks.layout import FINDINGS, heading, shown
from luoshi.checking.workbooks.stamps import refuse_other, stamp_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.sheets import Sheet

_LOOKED = 30
"""Rows within which the headings must stand."""


@dataclass(frozen=True, slots=True)
class Back:
    """What came back on one workbook."""

    asked: Asked
    taken: Taken
    """Rows in the order they went out, then added ones; held cells as they are held, whatever came back in them."""
    at: tuple[int, ...]
    """Where each taken row stands in the workbook: the place of its asked row, or beyond them for an added one."""
    told: tuple[Finding, ...]
    """Held cells that were changed, rows that were added or are gone. Nothing of it is taken silently."""
    notes: Notes
    """填写说明 by key and rule, as `Checked.unexplained` asks for them."""

    @property
    def empty(self) -> int:
        """How many asked cells are still empty."""
        rows = dict(zip(self.at, self.taken.rows.iter_rows(named=True), strict=True))
        return sum(
            rows.get(at, {}).get(name) is None
            for at, row in enumerate(self.asked.rows)
            for name in self.asked.columns
            if name not in row.held
        )


def taken_back(sheets: Sequence[Sheet], asked: Asked) -> Back:
    """Read a workbook that came back, whichever program wrote it.

    Args:
        sheets: all its sheets as text, hidden ones too.
        asked: what went out to this unit.

    Raises:
        RefusedError: it is foreign, of another return, period or unit, or older; or its headings are gone.
    """
    refuse_other(stamp_of(sheets), asked)
    cells, top = _table(sheets, asked)
    headings = [words or "" for words in cells.row(top)]
    taken = take(asked.of, headings, cells.slice(top + 1), first=top + 2)
    marks = _marks(cells, headings)
    places, told = _placed(asked, taken, [marks.get(line) for line in taken.places.lines])
    order = sorted(range(len(places)), key=lambda row: len(asked.rows) * 9 if places[row] is None else places[row] or 0)
    order = [row for row in order if places[row] is not None]
    at = tuple(place for row in order if (place := places[row]) is not None)
    rows, changed = _held(asked, taken, order, at)
    odd = tuple(
        replace(one, row=order.index(one.row))
        for one in taken.odd
        if one.row in order and not _was_held(asked, at[order.index(one.row)], one.column.name)
    )
    lines = [taken.places.lines[row] for row in order]
    kept = replace(taken, rows=rows, places=Places(lines, taken.places.letters), odd=odd)
    return Back(asked, kept, at, (*changed, *told, *_gone(asked, at)), notes_of(sheets))


def _table(sheets: Sequence[Sheet], asked: Asked) -> tuple[pl.DataFrame, int]:
    """The sheet and the row that hold the headings: where most of them stand."""
    wanted = {_bare(heading(one)) for one in asked.columns.values()}
    best, where = 0, None
    for sheet in sheets:
        if sheet.name == FINDINGS:
            continue
        for row, words in enumerate(sheet.cells.head(_LOOKED).iter_rows()):
            met = len(wanted & {_bare(str(word)) for word in words if word})
            if met > best:
                best, where = met, (sheet.cells, row)
    if where is None or best * 2 < len(wanted):
        what = f"没有找到列名行，只认出 {best} 个列名" if best else "没有找到列名行"
        raise RefusedError(
            Finding("填报表", what, f"“{asked.of.label}”的列名行须保留", "请重新下载填报表，把填好的格粘贴过去再交")
        )
    return where


def _bare(words: str) -> str:
    return "".join(words.replace("*", "").split())


def _marks(cells: pl.DataFrame, headings: Sequence[str]) -> dict[int, int]:
    """Marks by line of the file; none when the hidden column was deleted."""
    if not headings or headings[0]:
        return {}
    told = cells.to_series(0).cast(pl.String).to_list()
    numbers = [(line, str(word).removesuffix(".0")) for line, word in enumerate(told, 1) if word]
    return {line: int(word) for line, word in numbers if word.isdecimal()}


def _placed(asked: Asked, taken: Taken, marks: Sequence[int | None]) -> tuple[list[int | None], tuple[Finding, ...]]:
    """For every taken row its place in the workbook, None for one that is not taken.

    A row is known by the columns that tell rows apart; where these were changed, by its mark.
    """
    keys = [tuple(str(row[name]) for name in asked.of.keys) for row in asked.rows]
    by_key = {key: place for place, key in enumerate(keys)}
    met = [tuple(str(one) for one in row) for row in taken.rows.select(asked.of.keys).iter_rows()]
    places: list[int | None] = [by_key.get(key) for key in met]
    used = {place for place in places if place is not None}
    for row, mark in enumerate(marks):
        if places[row] is None and mark is not None and 0 < mark <= len(keys) and mark - 1 not in used:
            places[row] = mark - 1
            used.add(mark - 1)
    told, seen, added = list[Finding](), set[int](), len(asked.rows)
    for row, place in enumerate(places):
        where = f"第{taken.places.lines[row]}行"
        if place is not None and place in seen:
            places[row] = None
            told.append(_not_taken(where, f"与前面一行重复（{'、'.join(met[row])}）", "同一行只收一次"))
        elif place is not None:
            seen.add(place)
        elif added - len(asked.rows) < asked.spare:
            places[row], added = added, added + 1
        else:
            rule = "只收发出的各行" if not asked.spare else f"至多增加 {asked.spare} 行"
            told.append(_not_taken(where, f"多出一行（{'、'.join(met[row])}）", rule))
    return places, tuple(told)


def _not_taken(where: str, what: str, rule: str) -> Finding:
    return Finding(where, f"{what}，没有收", rule, "不需要的请删去；确有这一行的请与发表的科室联系", Severity.ASKS)


def _gone(asked: Asked, at: Sequence[int]) -> Iterator[Finding]:
    for place, row in enumerate(asked.rows):
        if place not in at:
            named = "、".join(str(shown(asked.of.columns[name], row[name])) for name in asked.of.keys)
            yield Finding(named, "这一行没有交回", "发出的各行都要交回", "请从原表恢复这一行，填好再交")


def _was_held(asked: Asked, at: int, name: str) -> bool:
    return at < len(asked.rows) and name in asked.rows[at].held


def _held(asked: Asked, taken: Taken, order: Sequence[int], at: Sequence[int]) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows in order with held cells as they are held, and what was changed in them."""
    told, rows = list[Finding](), list[Mapping[str, Any]]()
    raws = {(one.row, one.column.name): one.raw for one in taken.odd if not one.read}
    given = taken.rows.to_dicts()
    for row, place in zip(order, at, strict=True):
        values = dict(given[row])
        for name, held in (asked.rows[place].held if place < len(asked.rows) else {}).items():
            if name not in values:
                continue
            column = asked.of.columns[name]
            was, now = shown(column, held.value), raws.get((row, name), shown(column, values[name]))
            if was != now:
                where = f"{taken.places.letters[name]}{taken.places.lines[row]} {column.label}"
                told.append(_changed(where, was, now, held.source))
            values[name] = held.value
        rows.append(values)
    return pl.DataFrame(rows, schema=taken.rows.schema, orient="row"), told


def _changed(where: str, was: object, now: object, source: str) -> Finding:
    said = "清空了" if now is None else f"改成了“{now}”"
    return Finding(
        where,
        f"系统已有“{was}”，{said}，没有采用",
        f"已有的格不再填报，以来源为准（{source}）",
        "来源有误的，请先更正来源，再由发表的科室重新取数",
        Severity.ASKS,
    )


def address(places: Places, at: int, odd: Odd) -> Odd:
    """The same odd cell where it stands in our own workbook."""
    return replace(odd, address=f"{places.letters[odd.column.name]}{places.lines[at]}")
