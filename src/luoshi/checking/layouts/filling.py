"""Cells that were found are brought together as rows of returns."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import groupby

import polars as pl

from luoshi.checking.cells import Odd, Taken, read
from luoshi.checking.headings import Heading
from luoshi.checking.wording import Scattered
from luoshi.words.layouts import Layout, Source
from luoshi.words.returns import Choice, Return, ReturnColumn

_YES = ("是", "1", "有", "√")
_IF = re.compile(r"若(.+)=(.+)")
_STRIPPED = " \t\r\n\u3000'\ufeff"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one return and stage, as text."""

    of: type[Return]
    texts: pl.DataFrame
    """Cells by the names of the columns."""
    shifts: Mapping[str, int]
    """Digits the printed units stand for, by column."""
    cells: Sequence[Mapping[str, str]]
    """Addresses by column, for each row."""
    names: Sequence[str]
    """What each row is called."""
    lines: Sequence[int]


def clean(texts: pl.DataFrame) -> pl.DataFrame:
    """Without quotes and blanks around, also those by which a spreadsheet keeps a number a text."""
    plain = pl.all().cast(pl.String).str.replace(r'^="(.*)"$', "$1").str.strip_chars(_STRIPPED)
    return texts.select(plain.replace("", None))


def filled(texts: pl.DataFrame, values: Sequence[str]) -> pl.Series:
    """Which rows have any of these cells."""
    return texts.select(pl.any_horizontal(pl.col(name).is_not_null() for name in values)).to_series()


def counted(texts: pl.DataFrame) -> pl.Series:
    """Which rows have anything but zeros: an export prints zeros under the stages a school does not teach."""
    zero = pl.all().str.contains(r"^0+(?:\.0+)?$").fill_null(value=True)
    return texts.select(pl.any_horizontal(~zero)).to_series()


def step(before: pl.Series | None, texts: pl.Series, source: Source, of: type[Return], layout: Layout) -> pl.Series:
    """One source of a column after another: most columns have one.

    Args:
        before: what earlier sources came to; None for the first.
        texts: the cells of this one, clean.
        source: where they come from, with what is done to them.
        of: the return.
        layout: has the words of choices.
    """
    column, how = of.columns[source.column], source.how
    told = _IF.fullmatch(how)
    if told and told[1] == "是":
        hit = texts.is_in(list(_YES)).fill_null(False) & (before == "private" if before is not None else True)
        return (before if before is not None else texts).set(hit, told[2])
    if told:
        return _flag(_decoded(*_choice(told[1], layout), texts, layout) == told[2], texts)
    if how == "前6位":
        texts = texts.str.head(6)
    elif how == "取反":
        texts = _flag(~texts.is_in(list(_YES)), texts)
    elif how == "加" and before is not None:
        return pl.Series(texts.name, [_sum(*pair) for pair in zip(before, texts, strict=True)], dtype=pl.String)
    if isinstance(column, Choice):
        texts = _decoded(column.name, column.choices, texts, layout)
    return texts if before is None else pl.select(pl.coalesce(before, texts)).to_series()


def _choice(label: str, layout: Layout) -> tuple[str, Mapping[str, str]]:
    """The column of some return that is headed so, with its choices."""
    columns = (one for source in layout.sources if source.of for one in source.of.columns.values())
    found = next((one for one in columns if isinstance(one, Choice) and label in (one.label, one.name)), None)
    return (found.name, found.choices) if found is not None else (label, {})


def _flag(hit: pl.Series, texts: pl.Series) -> pl.Series:
    said = pl.Series(["是" if one else "否" for one in hit], dtype=pl.String)
    return said.set(texts.is_null(), None)


def _sum(one: str | None, other: str | None) -> str | None:
    """The sum of two cells; of cells that are no numbers the words, so that a finding tells them."""
    if one is None or other is None:
        return one if other is None else other
    try:
        return f"{Decimal(one) + Decimal(other):f}"
    except InvalidOperation:
        return f"{one} 加 {other}"


def _decoded(name: str, choices: Mapping[str, str], texts: pl.Series, layout: Layout) -> pl.Series:
    """Codes of words, whether a cell has the code, the word or both: 211, 小学, 小学 211, 211-小学."""
    known = {**{label: code for code, label in choices.items()}, **{code: code for code in choices}}
    known = {**layout.words.get(name, {}), **known}
    return texts.replace({raw: _code(raw, known) for raw in texts.drop_nulls().unique().to_list()})


def _code(raw: str, known: Mapping[str, str]) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw)).removesuffix(".0")
    number, words = "".join(re.findall(r"\d+", plain)), re.sub(r"[\d\W_]+", "", plain)
    return next((known[one] for one in (raw, plain, number, words) if one in known), raw)


def folded(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of one file, those rows brought together that two sheets tell parts of."""
    told = list[Block]()
    for block in blocks:
        place = next((at for at, one in enumerate(told) if _agree(one, block)), None)
        if place is None:
            told.append(block)
        else:
            told[place : place + 1] = _together(told[place], block)
    return told


def _agree(one: Block, other: Block) -> bool:
    """Whether they have rows in common and say nothing different of them."""
    if one.of is not other.of or not set(one.of.keys) <= set(one.texts.columns) & set(other.texts.columns):
        return False
    both = [name for name in one.texts.columns if name in other.texts.columns]
    mine, theirs = (block.texts.select(both) for block in (one, other))
    there = mine.join(theirs, on=one.of.keys, how="semi", nulls_equal=True).unique()
    return bool(there.height) and there.join(theirs, on=both, how="anti", nulls_equal=True).is_empty()


def _together(one: Block, other: Block) -> list[Block]:
    keys = list(one.of.keys)
    more = [name for name in other.texts.columns if name not in one.texts.columns]
    at = {key: place for place, key in enumerate(other.texts.select(keys).iter_rows())}
    met = [at.get(key) for key in one.texts.select(keys).iter_rows()]
    wider = one.texts.with_columns(
        pl.Series(name, [None if place is None else other.texts[name][place] for place in met], pl.String)
        for name in more
    )
    cells = [
        {
            **mine,
            **(
                {} if place is None else {name: other.cells[place][name] for name in more if name in other.cells[place]}
            ),
        }
        for mine, place in zip(one.cells, met, strict=True)
    ]
    whole = replace(one, texts=wider, cells=cells, shifts={**other.shifts, **one.shifts})
    left = [place for place in range(other.texts.height) if place not in set(met)]
    rest = replace(
        other,
        texts=other.texts[left],
        cells=[other.cells[place] for place in left],
        names=[other.names[place] for place in left],
        lines=[other.lines[place] for place in left],
    )
    return [whole, rest] if left else [whole]


def named(block: Block, file: str) -> Block:
    """The same, its cells addressed with their file."""
    cells = [{name: f"{file} {address}" for name, address in row.items()} for row in block.cells]
    return replace(block, cells=cells, names=[f"{file} {name}" for name in block.names])


def taken(blocks: Iterable[Block]) -> list[Taken]:
    """One for each return, its blocks one below another."""
    ordered = sorted(blocks, key=lambda one: one.of.key)
    return [_one(of, list(some)) for of, some in groupby(ordered, key=lambda one: one.of)]


def _one(of: type[Return], blocks: Sequence[Block]) -> Taken:
    rows, odd = list[pl.DataFrame](), list[Odd]()
    above = 0
    for block in blocks:
        some, strange = read(_headings(of, block), block.texts, block.lines)
        odd += [_moved(one, block, above) for one in strange]
        rows.append(some)
        above += some.height
    cells = [row for block in blocks for row in block.cells]
    names = [name for block in blocks for name in block.names]
    places = Scattered([line for block in blocks for line in block.lines], {}, cells, names)
    told = pl.concat(rows, how="diagonal")
    return Taken(of, told.select(name for name in of.columns if name in told.columns), places, tuple(odd), ())


def _headings(of: type[Return], block: Block) -> list[Heading]:
    named: list[tuple[int, ReturnColumn]] = [
        (place, of.columns[name]) for place, name in enumerate(block.texts.columns)
    ]
    return [Heading(place, column, block.shifts.get(column.name, 0) if column.unit else 0) for place, column in named]


def _moved(odd: Odd, block: Block, above: int) -> Odd:
    address = block.cells[odd.row].get(odd.column.name, odd.address)
    return replace(odd, row=odd.row + above, address=address)
