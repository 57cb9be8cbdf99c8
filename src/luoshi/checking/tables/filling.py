"""A blank filled for every unit, with a list of what stayed blank and why."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.checking.tables.bindings import Binding, How
from luoshi.checking.tables.books import Value, fill_book, is_book, read_book
from luoshi.checking.tables.fields import TOTAL, Form, Slot, Unit, understood
from luoshi.checking.tables.grids import Place, Table
from luoshi.checking.tables.papers import fill_paper, read_paper
from luoshi.checking.tables.reckoning import Reckoned, Rows, reckon
from luoshi.words.sheets import letters

_DATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell that stayed blank, or whose number stands on too few rows."""

    where: str
    field: str
    unit: str
    """Name of the unit."""
    reason: str
    filled: bool = False
    """A number stands there, and not all that belong to the unit have reported."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a blank."""

    files: Mapping[str, bytes]
    """By code of the unit; one under `TOTAL` where all units are in one file."""
    cells: int
    gaps: tuple[Gap, ...]


def read_form(content: bytes, units: Sequence[Unit]) -> Form:
    """The blank understood: its cells, each with what it asks.

    Raises:
        RefusedError: it cannot be opened.
    """
    return understood(_tables(content), units)


def _tables(content: bytes) -> list[Table]:
    return read_book(content) if is_book(content) else read_paper(content)


def fill(content: bytes, bindings: Sequence[Binding], held: Mapping[str, Rows], units: Sequence[Unit]) -> Filled:
    """Fill a copy of the blank, or one for each unit where it has room for one only.

    Args:
        content: the blank.
        bindings: what its fields are; a field without one stays blank and is listed.
        held: rows by key of the return.
        units: all units, in their order.

    Raises:
        RefusedError: the blank cannot be opened.
    """
    tables = _tables(content)
    form = understood(tables, units)
    codes = tuple(unit.code for unit in units)
    numbers = {one.field: (one, reckon(one, held, codes)) for one in bindings}
    names = {TOTAL: "合计", **{unit.code: unit.name for unit in units}}
    copies = [(code, code) for code in codes] if form.apart else [(TOTAL, "")]
    write = fill_book if is_book(content) else fill_paper
    files, cells = dict[str, bytes](), 0
    gaps = [Gap(_where(tables, place), "", name, "不是本市单位表里的单位，没有填") for place, name in form.others]
    for file, unit in copies:
        values = dict[Place, Value]()
        for slot in form.slots:
            code = slot.unit or unit
            told = _told(slot, code, numbers)
            if told.value is None:
                gaps.append(Gap(_where(tables, slot.place), slot.field, names.get(code, code), told.reason))
                continue
            values[slot.place] = _written(told, slot, numbers[slot.field][0])
            if told.short:
                reason = f"已填，但有 {told.short} 个学校（机构）未报，数不全"
                gaps.append(Gap(_where(tables, slot.place), slot.field, names.get(code, code), reason, filled=True))
        files[file], cells = write(content, values) if values else content, cells + len(values)
    return Filled(files, cells, tuple(gaps))


def _told(slot: Slot, code: str, numbers: Mapping[str, tuple[Binding, Mapping[str, Reckoned]]]) -> Reckoned:
    if slot.field not in numbers:
        return Reckoned(None, "这一栏还没有对应到报表")
    return numbers[slot.field][1].get(code, Reckoned(None, "不是本市的单位"))


def _written(told: Reckoned, slot: Slot, binding: Binding) -> Value:
    assert told.value is not None  # noqa: S101 -- asked where it is called
    return told.value.scaleb(-2) if slot.percent and binding.how is How.SHARE else told.value


def _where(tables: Sequence[Table], place: Place) -> str:
    table, row, column = place
    return f"{tables[table].name} {letters(column)}{row + 1}"


def zipped(files: Sequence[tuple[str, bytes]], gaps: Sequence[Gap]) -> bytes:
    """Filled files in one archive, with a list of what stayed blank that any spreadsheet opens."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _DATED), content)
        told = io.StringIO()
        lines = csv.writer(told)
        lines.writerow(("位置", "栏目", "单位", "为什么空着或不全"))
        lines.writerows((one.where, one.field, one.unit, one.reason) for one in gaps)
        archive.writestr(zipfile.ZipInfo("空缺清单.csv", _DATED), "\ufeff" + told.getvalue())
    return made.getvalue()
