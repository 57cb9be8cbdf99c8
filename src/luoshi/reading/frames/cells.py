"""The cells of an xlsx as columns of text: whole pieces of XML are taken apart at once, so a million cells take a second.

Values are those the file holds: of a formula the value it had when it was saved.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl

from luoshi.reading.documents.refusals import broken, refuse
from luoshi.reading.frames.laying import table
from luoshi.reading.frames.limits import COLUMNS, ROWS, TEXT, refuse_extent, too_long
from luoshi.reading.frames.numbers import characters, days, numbers
from luoshi.reading.frames.parts import Part, Parts
from luoshi.words.sheets import letters

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
_DEEPEST = 9_999_998


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
    frame = _attributes(heads).with_columns(_between(held, "<v>").alias("raw"), held.alias("held"))
    told = _placed(frame["reference"], plain, seen).with_columns(_value(frame, book, seen).alias("text"))
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
    """Elements of a name, which never hold one another: what stands in their first tags, and what comes behind."""
    if any(f"<{tag}{space}" in piece for tag in "vt" for space in " \n\r\t"):
        piece = _SPACED.sub(r"<\1>", piece)
    first = pl.Series([piece]).str.split(f"<{name}").explode().slice(1).str.splitn(">", 2).struct.unnest()
    known = first["field_0"].str.contains(r"^[\s/]") | (first["field_0"] == "")
    first = first if known.all() else first.filter(known)
    closed = first["field_0"].str.ends_with("/")
    if (~closed).sum() != piece.count(f"</{name}>"):
        raise broken("电子表格")
    if closed.any() and not empty:
        first = first.filter(~closed)
    held = first["field_1"].fill_null("")
    return first["field_0"], held.set(closed, "<") if empty else held, piece


def _attributes(heads: pl.Series) -> pl.DataFrame:
    """Reference, kind and style; what follows the reference is mostly the same few words, and looked at once."""
    cut = heads.str.splitn('"', 3).struct.unnest()
    if (cut["field_0"] == " r=").all():
        rest = cut["field_2"].fill_null("")
        few = rest.unique()
        kinds, styles = few.str.extract(_KIND).fill_null("n"), few.str.extract(_STYLE).cast(pl.Int64)
        kind = rest.replace_strict(few, kinds, return_dtype=pl.String)
        return pl.DataFrame(
            {
                "reference": cut["field_1"],
                "kind": kind,
                "style": rest.replace_strict(few, styles, return_dtype=pl.Int64),
            }
        )
    return pl.DataFrame(
        {
            "reference": heads.str.extract(_REFERENCE),
            "kind": heads.str.extract(_KIND).fill_null("n"),
            "style": heads.str.extract(_STYLE).cast(pl.Int64),
        }
    )


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
    if not names.str.contains("^[A-Z]{1,3}$").all():
        raise broken("电子表格")
    columns = pl.Series([_column(one) for one in names], dtype=pl.Int64)
    rows = references.str.strip_chars_start(_LETTERS).cast(pl.Int64, strict=False) - 1
    if rows.null_count() or not rows.is_between(0, _DEEPEST).all():
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
    cut = held.str.strip_prefix("<is>").str.strip_prefix("<t>").str.splitn("<", 2).struct.unnest()
    plain = cut["field_1"].str.contains(r"^/t>(?:</is></c>|</si>)")
    bare = cut["field_0"]
    odd = pl.arg_where(~plain.fill_null(value=False), eager=True)
    if not odd.is_empty():
        whole = held.gather(odd).str.splitn("</si>", 2).struct.field("field_0")
        whole = whole.str.splitn("</c>", 2).struct.field("field_0").str.replace_all(r"(?s)<rPh\b.*?</rPh>", "")
        bare = bare.scatter(odd, whole.str.extract_all(_RUN).list.join("").str.replace_all("<[^>]*>", ""))
    return characters(bare)


def _note_lost(frame: pl.DataFrame, told: pl.DataFrame, seen: _Seen) -> None:
    formula = frame["held"].str.starts_with("<f")
    if not formula.any():
        return
    asked = frame.with_columns(told["row"], told["column"]).filter(formula)
    held = asked["held"].str.splitn("</c>", 2).struct.field("field_0")
    empty = ~held.str.contains("<v>[^<]")
    lost = empty & ((asked["kind"] != "str") | ~held.str.contains("<v", literal=True))
    seen.lost += [
        f"{letters(column)}{row + 1}" for row, column in asked.filter(lost).select("row", "column").iter_rows()
    ]


def _lost(name: str, places: list[str]) -> Exception:
    listed = "、".join(places[:_MOST_TOLD])
    many = f" 等 {len(places)} 格" if len(places) > _MOST_TOLD else ""
    what = f"工作表“{name}”的 {listed}{many}是公式，没有算出的值"
    return refuse(what, "公式须带有保存时算出的值", "请用 WPS 或 Excel 打开、保存后再试，或把公式改成数值")


def _table(name: str, seen: _Seen) -> pl.DataFrame:
    if not seen.parts:
        return pl.DataFrame()
    long = pl.concat(seen.parts)
    seen.parts.clear()
    height, width = (int(one) + 1 for one in long.select(pl.col("row").max(), pl.col("column").max()).row(0))
    refuse_extent(height, width, name)
    parts = long.sort("column", maintain_order=True).partition_by("column", as_dict=True)
    return table({int(place): (one["row"], one["text"]) for (place,), one in parts.items()}, height, width)
