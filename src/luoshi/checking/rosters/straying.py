"""Cells of a row that slipped sideways: a name under 性别 or 班级. What only a few cells say and nobody knows is blanked.

In a file with one row a person, a word that is no known word of its column and stands there fewer than five times may be a
name; a word that many cells say is none. Five is also the least that statistics of persons are shown of.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

import polars as pl

from luoshi.checking.cells import day as day_of
from luoshi.checking.rosters.recognising import Met
from luoshi.checking.rosters.schools import Register
from luoshi.spine import Return
from luoshi.words.layouts_rosters import Pick
from luoshi.words.returns import Amount, Choice, Code, Count, Day, Flag

RARE = 5
"""Cells with one word, below which it may be a name."""
_CLASSES = re.compile(r"[一二三四五六七八九十〇零0-9A-Za-z小初高中普职学级届班年托大混合龄幼儿园第()\[\]._\-·\s]*")
_NUMBER = re.compile(r"-?[0-9.,]+(?:[天日月人岁学时])*")
_FLAGS = frozenset("是 否 有 无 0 1 true false True False TRUE FALSE Y N y n yes no √ ✓ ×".split())
_PLACED = frozenset({"grade", "class", "number", "class_code", "class_kind"})


def strangers(
    frame: pl.DataFrame, met: Met, of: type[Return], words: Mapping[str, Mapping[str, str]], register: Register
) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """The frame with such cells empty, and by field which they were.

    Args:
        frame: text by field.
        met: the sheet; only one with a row a person is looked at.
        of: the return whose columns say what may stand there.
        words: known words by field.
        register: knows schools by name.
    """
    found = dict[str, pl.Series]()
    if not any(column.identity and column.field for column in met.columns.values()):
        return frame, found
    for column in met.columns.values():
        if not column.field or column.identity or column.pick in {Pick.SOME, Pick.ANY}:
            continue
        known = _known(column.field, of, words.get(column.field, {}), register)
        counted = frame[column.field].drop_nulls().value_counts(name="many").filter(pl.col("many") < RARE)
        odd = [one for one in counted[column.field].to_list() if not known(unicodedata.normalize("NFKC", one).strip())]
        if odd:
            held = frame[column.field].is_in(odd).fill_null(value=False)
            found[column.field] = held
            frame = frame.with_columns(pl.when(~held).then(pl.col(column.field)).alias(column.field))
    return frame, found


def _known(field: str, of: type[Return], words: Mapping[str, str], register: Register) -> Callable[[str], bool]:
    """Whether a word is one that its column may hold."""
    if field == "school_name":
        return lambda word: register.find("", word).code is not None
    if field in _PLACED:
        return lambda word: _CLASSES.fullmatch(word) is not None
    declared = of.columns.get(field)
    if isinstance(declared, Choice):
        return {*declared.choices, *declared.choices.values(), *words}.__contains__
    if isinstance(declared, Flag):
        return {*_FLAGS, *words}.__contains__
    if isinstance(declared, Day):
        return lambda word: day_of(word) is not None
    if isinstance(declared, Count | Amount):
        return lambda word: _NUMBER.fullmatch(word) is not None
    if isinstance(declared, Code):
        return lambda word: re.fullmatch(r"[0-9A-Z.]+", word) is not None
    return lambda word: word in words or re.search(r"[㐀-鿿]{2}", word) is None
