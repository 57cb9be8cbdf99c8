"""What a cell of a workbook holds, as the text a person would type for it: numbers, days, escaped characters."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import polars as pl

from luoshi.reading.workbooks import number

_PLAIN = r"^(?:0|-?[1-9][0-9]{0,14}|-?[0-9]{1,8}\.[0-9]{0,6}[1-9])$"
"""A number a machine has written as a person would."""
_NUMBER = re.compile(r"-?[0-9]{1,320}(?:\.[0-9]{0,320})?(?:[eE][+-]?[0-9]{1,3})?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATED = re.compile(r"[ymdhs年月日]|上午|AM/PM", re.IGNORECASE)
_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Numbers of formats that show a day or a time without saying so in the file."""
_LAST_DAY, _NO_DAY = 2_958_466, 60
"""31 December 9999; and 29 February 1900, which the format counts and no calendar has."""


def is_dated(number_format: int, code: str | None) -> bool:
    """Whether a number format shows a day or a time."""
    if code is None:
        return number_format in _BUILT_IN
    return code.lower() != "general" and bool(_DATED.search(_QUOTED.sub("", code.partition(";")[0])))


def numbers(texts: pl.Series) -> pl.Series:
    """Numbers without a machine's tail; what is no number stays as it is."""
    return changed(texts, ~texts.str.contains(_PLAIN), _shown)


def days(texts: pl.Series, *, from_1904: bool) -> pl.Series:
    """Serial numbers of days as 2020-09-01, with a time where there is one."""
    return changed(texts, texts.is_not_null(), lambda raw: day_of(raw, from_1904=from_1904))


def characters(texts: pl.Series) -> pl.Series:
    """Texts with their escaped characters put back."""
    return changed(texts, texts.str.contains("&|_x[0-9A-Fa-f]{4}_"), _unescaped)


def changed(texts: pl.Series, where: pl.Series, into: Callable[[str], str]) -> pl.Series:
    """The texts with some of them changed; each different one is looked at once."""
    places = pl.arg_where(where.fill_null(value=False), eager=True)
    if places.is_empty():
        return texts
    chosen = texts.gather(places)
    raws = chosen.unique()
    made = pl.Series([into(raw) for raw in raws], dtype=pl.String)
    return texts.scatter(places, chosen.replace_strict(raws, made, return_dtype=pl.String))


def _shown(raw: str) -> str:
    if not _NUMBER.fullmatch(raw.strip()):
        return raw
    value = float(raw)
    return number(value, share=False) if abs(value) < 1e308 else raw  # noqa: PLR2004  # a float holds no more


def day_of(raw: str, *, from_1904: bool) -> str:
    """A serial number as a day; what is none as the number it is."""
    if not _NUMBER.fullmatch(raw.strip()):
        return raw
    value = float(raw)
    if not 0 <= value < _LAST_DAY - 1_462 * from_1904:
        return _shown(raw)
    if int(value) == _NO_DAY and not from_1904:
        return "1900-02-29"
    early = value < _NO_DAY and not from_1904
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if early else 30)  # noqa: DTZ001  # a day on paper has no zone
    told = start + timedelta(seconds=round(value * 86_400))
    if value < 1:
        return f"{told:%H:%M:%S}"
    return f"{told:%Y-%m-%d}" if told.time() == datetime.min.time() else f"{told:%Y-%m-%d %H:%M:%S}"


def _unescaped(raw: str) -> str:
    return _ESCAPED.sub(_character, unescape(raw))


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)  # noqa: PLR2004  # halves of a character
