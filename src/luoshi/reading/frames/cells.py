"""The cells of an xlsx as columns of text: whole pieces of XML are taken apart at once, so a million cells take a second.

Values are those the file holds: of a formula the value it had when it was saved.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl

from luoshi.reading.documents.refusals import broken, refuse
from luoshi.reading.frames.limits import COLUMNS, ROWS, TEXT, refuse_extent, too_long
from luoshi.reading.frames.numbers import characters, days, numbers
from luoshi.reading.frames.parts import Part, Parts

_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_REFERENCE = r"""\sr\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']"""
_KIND = r"""\st\s*=\s*["'](\w+)["']"""
_STYLE = r"""\ss\s*=\s*["']([0-9]{1,6})["']"""
_SPACED = re.compile(r"<(v|t)\s[^<>]*[^/<>]>")
_RUN = r"<t>[^<]*</t>"
_TOKEN = re.compile(
    r"""<row\b(?:[^>]*?\sr\s*=\s*["']([0-9]{1,7})["'])?|<c\b(?:\s[^>]*?)??(?:\sr\s*=\s*["']([A-Z]{1,3})[0-9]{1,7}["'][^>]*?)?(/)?>"""
)
_FLAGS = {"1": "是", "0": "否", "true": "是", "false": "否"}
_MOST_TOLD = 20


@dataclass(slots=True)
class _Seen:
    """What the pieces of one sheet came to."""

    parts: list[pl.DataFrame] = field(default_factory=list)
    row: int = 0
    """The last row that was begun, from 1."""
    text: int = 0
    lost: list[str] = field(default_factory=list)
    """Formulas without a value."""


def shared(parts: Parts) -> pl.Series:
    """The texts that cells refer to by their place."""
    told = [_shared(piece) for piece in parts.pieces(parts.texts, b"si")] if parts.texts else []
    return pl.concat(told) if told else pl.Series(dtype=pl.String)


def _shared(piece: str) -> pl.Series:
    _, held, _ = _elements(piece, "si", empty=True)
    return _words(held)


def cells_of(parts: Parts, part: Part, texts: pl.Series) -> pl.DataFrame:
    """One sheet.

    Raises:
        RefusedError: damaged, too large, or a formula of a shown sheet has no value.
    """
    seen, lengths = _Seen(), texts.str.len_bytes()
    for piece in parts.pieces(part.path, b"row"):
        _take(piece, _Book(parts, texts, lengths), seen)
    if seen.lost and not part.hidden:
        raise _lost(part.name, seen.lost)
    return _table(part.name, seen)


@dataclass(frozen=True, slots=True)
class _Book:
    """What every cell may refer to."""

    parts: Parts
    texts: pl.Series
    lengths: pl.Series


def _take(piece: str, book: _Book, seen: _Seen) -> None:
    heads, held, plain = _elements(piece, "c")
    if held.is_empty():
        return
    frame = pl.DataFrame(
        {
            "kind": heads.str.extract(_KIND).fill_null("n"),
            "style": heads.str.extract(_STYLE).cast(pl.Int64),
            "raw": _between(held, "<v>"),
            "held": held,
        }
    )
    told = _placed(heads.str.extract(_REFERENCE), plain, seen).with_columns(_value(frame, book, seen).alias("text"))
    _note_lost(frame, told, seen)
    told = told.filter(pl.col("text") != "")
    if told.is_empty():
        return
    widest, deepest = told.select(pl.col("column").max(), pl.col("row").max()).row(0)
    if widest >= COLUMNS or deepest >= ROWS:
        refuse_extent(deepest + 1, widest + 1)
    seen.text += int(told["text"].str.len_bytes().sum())
    if seen.text > TEXT:
        raise too_long()
    seen.parts.append(told)


def _elements(piece: str, name: str, *, empty: bool = False) -> tuple[pl.Series, pl.Series, str]:
    """Elements of a name, which never hold one another: what stands in their first tags, and what they hold."""
    piece = _SPACED.sub(r"<\1>", piece)
    first = pl.Series([piece]).str.split(f"<{name}").explode().slice(1).str.splitn(">", 2).struct.unnest()
    first = first.filter(pl.col("field_0").str.contains(r"^(?:\s|/?$)"))
    closed = first["field_0"].str.ends_with("/")
    if (~closed).sum() != piece.count(f"</{name}>"):
        raise broken("电子表格")
    if not empty:
        first = first.filter(~closed)
    held = first["field_1"].fill_null("").str.splitn(f"</{name}>", 2).struct.field("field_0")
    return first["field_0"], held.set(closed, "") if empty else held, piece


def _between(held: pl.Series, begin: str) -> pl.Series:
    """What stands behind a tag, up to the next; null where the tag is not there."""
    behind = held.str.splitn(begin, 2).struct.field("field_1")
    return behind.str.splitn("<", 2).struct.field("field_0")


def _placed(references: pl.Series, piece: str, seen: _Seen) -> pl.DataFrame:
    """Row and column of each cell, from 0; a cell that does not say where it is stands after the one before."""
    if references.null_count():
        at = list(_counted(piece, seen))
        if len(at) != len(references):
            raise broken("电子表格")
        return pl.DataFrame(at, orient="row", schema={"row": pl.Int64, "column": pl.Int64})
    letters_ = references.str.strip_chars_end(_DIGITS)
    names = letters_.unique()
    columns = pl.Series([_column(one) for one in names], dtype=pl.Int64)
    rows = references.str.strip_chars_start(_LETTERS).cast(pl.Int64) - 1
    if int(rows.min()) < 0:  # type: ignore[arg-type]
        raise broken("电子表格")
    seen.row = max(seen.row, int(rows[-1]) + 1)
    places = letters_.replace_strict(names, columns, return_dtype=pl.Int64)
    return pl.DataFrame({"row": rows, "column": places})


def _counted(piece: str, seen: _Seen) -> Iterator[tuple[int, int]]:
    row, column = seen.row, -1
    for found in _TOKEN.finditer(piece):
        if found[0].startswith("<row"):
            row, column = int(found[1] or row + 1), -1
            continue
        column = _column(found[2]) if found[2] else column + 1
        if not found[3]:
            yield max(row, 1) - 1, column
    seen.row = row


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(frame: pl.DataFrame, book: _Book, seen: _Seen) -> pl.Series:
    """Each cell's text, kind by kind."""
    raw, kind = frame["raw"], frame["kind"]
    dated = (kind == "n") & frame["style"].is_in(list(book.parts.dated)).fill_null(value=False)
    readers: tuple[tuple[pl.Series, Callable[[pl.Series], pl.Series]], ...] = (
        (dated, lambda at: days(raw.gather(at), from_1904=book.parts.from_1904)),
        ((kind == "n") & ~dated, lambda at: numbers(raw.gather(at))),
        (kind == "str", lambda at: characters(raw.gather(at))),
        (kind == "b", lambda at: raw.gather(at).replace(_FLAGS)),
        (kind == "d", lambda at: raw.gather(at).str.replace("T", " ").str.replace(" 00:00:00.*$", "")),
        (kind == "s", lambda at: _referred(raw.gather(at), book, seen)),
        (kind == "inlineStr", lambda at: _words(frame["held"].gather(at))),
    )
    value = raw.clone()
    for chosen, read in readers:
        if chosen.any():
            places = pl.arg_where(chosen, eager=True)
            value = value.scatter(places, read(places))
    return value


def _referred(raw: pl.Series, book: _Book, seen: _Seen) -> pl.Series:
    """Shared texts by their places.

    Raises:
        RefusedError: there is no such text, or all together are too long.
    """
    at = raw.str.strip_chars().cast(pl.Int64, strict=False)
    known = at.drop_nulls()
    if at.null_count() > raw.null_count() or not known.is_between(0, len(book.texts) - 1).all():
        raise broken("电子表格")
    seen.text += int(book.lengths.gather(known).sum())
    if seen.text > TEXT:
        raise too_long()
    return book.texts.gather(at)


def _words(held: pl.Series) -> pl.Series:
    """The words of a text and all its runs, without what only says how to pronounce it."""
    bare = held.str.strip_prefix("<is>").str.strip_suffix("</is>").str.strip_prefix("<t>").str.strip_suffix("</t>")
    odd = pl.arg_where(bare.str.contains("<", literal=True), eager=True)
    if not odd.is_empty():
        runs = held.gather(odd).str.replace_all(r"(?s)<rPh\b.*?</rPh>", "").str.extract_all(_RUN)
        bare = bare.scatter(odd, runs.list.join("").str.replace_all("<[^>]*>", ""))
    return characters(bare)


def _note_lost(frame: pl.DataFrame, told: pl.DataFrame, seen: _Seen) -> None:
    formula = frame["held"].str.starts_with("<f")
    if not formula.any():
        return
    empty = frame["raw"].fill_null("") == ""
    lost = formula & empty & ((frame["kind"] != "str") | ~frame["held"].str.contains("<v", literal=True))
    places = told.filter(lost).select("row", "column").iter_rows()
    seen.lost += [f"{letters(column)}{row + 1}" for row, column in places]


def letters(place: int) -> str:
    """A column as a spreadsheet names it."""
    said, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def _lost(name: str, places: list[str]) -> Exception:
    listed = "、".join(places[:_MOST_TOLD])
    many = f" 等 {len(places)} 格" if len(places) > _MOST_TOLD else ""
    what = f"工作表“{name}”的 {listed}{many}是公式，没有算出的值"
    return refuse(what, "公式须带有保存时算出的值", "请用 WPS 或 Excel 打开、保存后再试，或把公式改成数值")


def _table(name: str, seen: _Seen) -> pl.DataFrame:
    """Columns by their place; a cell that is there twice says what it said last."""
    if not seen.parts:
        return pl.DataFrame()
    long = pl.concat(seen.parts)
    seen.parts.clear()
    height, width = int(long["row"].max()) + 1, int(long["column"].max()) + 1  # type: ignore[arg-type]
    refuse_extent(height, width, name)
    columns = dict[int, pl.Series]()
    for (place,), frame in long.sort("column", maintain_order=True).partition_by("column", as_dict=True).items():
        columns[int(place)] = _filled(frame, height)  # type: ignore[call-overload]
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    return pl.DataFrame([columns.get(place, empty).alias(f"column_{place + 1}") for place in range(width)])


def _filled(frame: pl.DataFrame, height: int) -> pl.Series:
    rows = frame["row"]
    if len(rows) == height and rows.is_sorted() and not rows.is_duplicated().any():
        return frame["text"]
    base = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    return base.scatter(rows, frame["text"])
