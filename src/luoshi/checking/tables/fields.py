"""The blank cells of a form, each named by what stands left of it and above it, and the unit it is for."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from luoshi.checking.tables.grids import Cell, Place, Table

_TOTALS = frozenset(("合计", "总计", "全市", "全市合计", "全市总计", "市合计"))
_SIGNED = re.compile(r"填表人|负责人|审核|签字|签名|盖章|联系电话|备注|说明$|填报日期|报出日期|排名|位次")
_DATED = re.compile(r"\d{4}年?|\d{1,2}(?:月份?|日|季度)")
_WIDE = 0.8
"""Share of a table's width from which a cell names the table and not a column."""
_UNIT_LINE = re.compile(r"单位[:：]\s*([万亿]?(?:元|人|个|所|平方米|㎡|册|台|间|班))(?![一-鿿])")
TOTAL = "*"
"""Code of the total over all units."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit the form may have a row, a column or a sheet for."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One blank cell."""

    place: Place
    field: str
    """What is asked there, the unit left out: 义务教育 > 小学 > 班数."""
    unit: str
    """Code of the unit it is for, `TOTAL`, or empty where the form is for one unit and is filled once for each."""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A blank of somebody else's, understood as slots."""

    slots: tuple[Slot, ...]
    measure: str
    """The unit printed over the table (单位：万元); empty when none is."""
    digest: str
    """Of its structure: what it asks where. Dates in headings count nothing, so next month's form is the same one."""
    others: tuple[tuple[Place, str], ...] = ()
    """First blank cell and name of every row (or column) that stands among the units and is none of them."""

    @property
    def fields(self) -> tuple[str, ...]:
        """What is asked, each once, in the order of the form."""
        return tuple(dict.fromkeys(one.field for one in self.slots))

    @property
    def apart(self) -> bool:
        """Whether it is filled once for each unit."""
        return all(not one.unit for one in self.slots)


def understood(tables: Sequence[Table], units: Sequence[Unit]) -> Form:
    """Find the blank cells of a form and what each asks."""
    names = _names(units)
    others = list[tuple[Place, str]]()
    slots = [slot for at, table in enumerate(tables) for slot in _slots(at, table, names, others)]
    told = [[one.place, _DATED.sub("", one.field), one.unit] for one in slots]
    lines = (_UNIT_LINE.search(f"{table.above} {_top(table)}") for table in tables)
    measure = next((found[1] for found in lines if found), "")
    digest = hashlib.sha256(json.dumps([told, measure], ensure_ascii=False).encode()).hexdigest()
    return Form(tuple(slots), measure, digest, tuple(others))


def _top(table: Table) -> str:
    return " ".join(one.text for one in table.cells.values() if one.row < 6)  # noqa: PLR2004 -- the head of a form


def _names(units: Sequence[Unit]) -> dict[str, str]:
    told = dict.fromkeys(_TOTALS, TOTAL)
    for unit in units:
        short = re.sub(r"(?:[县区市]|自治县)$", "", unit.name)
        for name in (unit.name, *unit.aliases, *([short] if len(short) > 1 else [])):
            told.setdefault(_bare(name), unit.code)
        if unit.name.startswith("市直"):
            told.update(dict.fromkeys(("市直", "市直学校", "市直属", "市直属学校", "市本级"), unit.code))
    return told


def _bare(words: str) -> str:
    return re.sub(r"[\s　#*]", "", unicodedata.normalize("NFKC", words))


@dataclass(frozen=True, slots=True)
class _Named:
    """A blank cell with the words that name it."""

    cell: Cell
    left: tuple[str, ...]
    above: tuple[str, ...]


def _slots(at: int, table: Table, names: Mapping[str, str], others: list[tuple[Place, str]]) -> Iterator[Slot]:
    named = list(_named(table))
    sheet = names.get(_bare(table.name), "")
    units_left = _has_units((one.left for one in named), names)
    units_above = not units_left and _has_units((one.above for one in named), names)
    for one in named:
        left, unit = _without_unit(one.left, names) if units_left else (one.left, "")
        above, other = _without_unit(one.above, names) if units_above else (one.above, "")
        unit = unit or other
        if (units_left or units_above) and not unit:
            beside = "".join(one.left if units_left else one.above)
            if beside not in {name for _, name in others} and not _SIGNED.search(beside):
                others.append(((at, one.cell.row, one.cell.column), beside))
            continue
        field = " > ".join((*left, *above) if not units_left else (*above, *left))
        if field and not _SIGNED.search(field):
            yield Slot((at, one.cell.row, one.cell.column), field, unit or sheet, one.cell.percent)


def _has_units(several: Iterator[tuple[str, ...]], names: Mapping[str, str]) -> bool:
    """Whether units stand along this side; a total alone may be the total of something else."""
    return any(names.get(_bare(words), TOTAL) != TOTAL for several_words in several for words in several_words)


def _without_unit(words: tuple[str, ...], names: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    for place in reversed(range(len(words))):
        code = names.get(_bare(words[place]))
        if code:
            return (*words[:place], *words[place + 1 :]), code
    return words, ""


def _named(table: Table) -> Iterator[_Named]:
    """Blank cells with words both left of them and above them."""
    spread, width = table.spread(), table.width
    blanks = [one for one in table.cells.values() if not one.text]
    first = min((one.row for one in blanks if _walked(spread, one, 0, -1)), default=0)
    titles = {
        (one.row, one.column)
        for one in table.cells.values()
        if one.columns > max(2, width * _WIDE) and (one.row < first or not _walked(spread, one, -1, 0))
    }
    for one in sorted(blanks, key=lambda cell: (cell.row, cell.column)):
        left = _walked(spread, one, 0, -1)
        above = [cell for cell in _walked(spread, one, -1, 0) if (cell.row, cell.column) not in titles]
        if left and above:
            yield _Named(one, _texts(left), _texts(above))


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_shown(one.text) for one in reversed(cells)))


def _shown(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _walked(spread: Mapping[tuple[int, int], Cell], start: Cell, down: int, right: int) -> list[Cell]:
    """From a cell left or up: past blanks and numbers to the first words, then on while words follow; nearest first."""
    found, row, column = list[Cell](), start.row + down, start.column + right
    while row >= 0 and column >= 0:
        one = spread.get((row, column))
        if one is None or not one.text or one.value:
            if found:
                break
        elif not found or found[-1] is not one:
            found.append(one)
        row, column = row + down, column + right
    return found
