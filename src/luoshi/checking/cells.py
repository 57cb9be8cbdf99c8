"""Cells of a file, as text, become columns of a return; a cell that does not fit becomes a finding, never a crash.

Whole columns are read at once; only cells that are not written plainly are looked at one by one.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import polars as pl

from luoshi.checking.headings import Heading, match
from luoshi.checking.wording import Places
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.returns import Amount, Choice, Code, Count, Day, Flag, ReturnColumn

_FLAGS = {
    **dict.fromkeys(("是", "有", "1", "true", "TRUE", "True", "Y", "y", "yes", "√", "✓"), True),
    **dict.fromkeys(("否", "无", "0", "false", "FALSE", "False", "N", "n", "no", "×"), False),
}
_AMOUNT = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?)([万亿]?)(\D{0,4})")
_SCALES = {"": 0, "万": 4, "亿": 8}
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?|(\d{2})(\d{2})?)[日月]?(?: 00:00:00)?")
_COUNT_DIGITS, _DIGITS = 10, 18
_MOST_ODD, _MOST_READ = 20_000, 20_000
"""Cells that are told one by one, and different ways of writing that are read one by one in a column: beyond them a whole
column was saved in another form, and nobody wants twenty thousand findings of one cause."""
_FORMS = {
    "整数": "填整数，只写数字，不超过10位",
    "数": "填数，只写数字和小数点",
    "日期": "填日期，如2020-09-01",
    "是否": "填是或否",
}


@dataclass(frozen=True, slots=True, eq=False)
class Odd:
    """A cell that is not written plainly."""

    column: ReturnColumn
    row: int
    """Where its row stands in the frame, from 0."""
    address: str
    """As a spreadsheet names it: C5."""
    raw: str
    read: str
    """What it was read as; empty when it could not be."""

    @property
    def finding(self) -> Finding:
        """It in words: a cell that could be read is only told."""
        where, form = f"{self.address} {self.column.label}", _FORMS[self.column.called]
        if not self.read:
            return Finding(where, f"“{self.raw[:40]}”读不成{self.column.called}", form, "请改正这一格")
        what = f"写作“{self.raw[:40]}”，按{self.read}读入"
        return Finding(where, what, form, "请核对；读对了不必改", Severity.TELLS)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of a file."""

    of: type[Return]
    rows: pl.DataFrame
    """Typed columns that the file has, by their declared names."""
    places: Places
    """Where the cells stand in the file."""
    odd: tuple[Odd, ...]
    told: tuple[Finding, ...]
    """What is said of the whole file: columns that were not known, are missing, or name persons and were dropped."""

    def only(self, chosen: Sequence[bool]) -> "Taken":
        """The same with some rows alone; where their cells stand stays right.

        Args:
            chosen: whether it stays, for each row.
        """
        if all(chosen):
            return self
        kept = [row for row, stays in enumerate(chosen) if stays]
        new = {old: place for place, old in enumerate(kept)}
        odd = tuple(replace(one, row=new[one.row]) for one in self.odd if one.row in new)
        return Taken(self.of, self.rows[kept], self.places.only(kept), odd, self.told)


def take(
    of: type[Return], headings: Sequence[str], cells: pl.DataFrame, *, identities: bool = False, first: int = 2
) -> Taken:
    """Read the cells of a file as a return.

    Args:
        of: the return it is.
        headings: labels, names or other headings of the columns, with a unit in brackets (万元).
        cells: text, one column for each heading in the same order.
        identities: whether columns that tell who a person is are kept.
        first: the row of the file the first row of the cells stands in.

    Raises:
        RefusedError: when the columns that tell rows apart are not all there, or a column is there twice.
    """
    found, told = match(of, headings, identities=identities)
    texts = cells.select(
        pl.nth(one.place)
        .cast(pl.String)
        .str.strip_chars(" \t\r\n\u3000'\ufeff")
        .replace("", None)
        .alias(one.column.name)
        for one in found
    )
    filled = texts.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    lines = (pl.arg_where(filled, eager=True) + first).to_list()
    texts = texts.filter(filled)
    rows, odd = read(found, texts, lines)
    places = Places(lines, {one.column.name: one.letters for one in found})
    return Taken(of, rows, places, odd, told)


def read(found: Sequence[Heading], texts: pl.DataFrame, lines: Sequence[int]) -> tuple[pl.DataFrame, tuple[Odd, ...]]:
    """Text becomes typed columns; beside them the cells that are not written plainly.

    Args:
        found: the columns, with their units.
        texts: their cells by name, stripped, null where empty.
        lines: what row a spreadsheet shows each row in.
    """
    odd = list[Odd]()
    columns = [_read(one, texts[one.column.name], lines, odd) for one in found]
    return pl.DataFrame(columns), tuple(sorted(odd, key=lambda one: _order(one.address)))


def _order(address: str) -> tuple[int, int, str]:
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), len(letters), letters


def _read(head: Heading, texts: pl.Series, lines: Sequence[int], odd: list[Odd]) -> pl.Series:
    column = head.column
    if isinstance(column, Choice):
        return _chosen(column, texts)
    if isinstance(column, Count | Amount | Flag | Day):
        plain, read = _READERS[type(column)](head, texts)
        return _with_odd(head, (texts, plain), read, lines, odd)
    return _coded(texts) if isinstance(column, Code) else texts


def _with_odd(
    head: Heading,
    columns: tuple[pl.Series, pl.Series],
    read: Callable[[str], object],
    lines: Sequence[int],
    odd: list[Odd],
) -> pl.Series:
    """The plain column with its odd cells read one by one."""
    texts, plain = columns
    places = pl.arg_where(texts.is_not_null() & plain.is_null(), eager=True)
    if places.is_empty():
        return plain
    chosen = texts.gather(places)
    _refuse_many(head, chosen, lines[places[0]])
    raws = chosen.to_list()
    values = {raw: read(raw) for raw in dict.fromkeys(raws)}
    quiet = isinstance(head.column, Day)
    if len(odd) + sum(values[raw] is None or not quiet for raw in raws) > _MOST_ODD:
        raise _too_odd(head, chosen, lines[places[0]])
    odd += [
        Odd(head.column, place, f"{head.letters}{lines[place]}", raw, "" if values[raw] is None else f"{values[raw]}")
        for place, raw in zip(places.to_list(), raws, strict=True)
        if values[raw] is None or not quiet
    ]
    mended = pl.Series(plain.name, [values[raw] for raw in raws], dtype=plain.dtype)
    return plain.scatter(places, mended)


def _refuse_many(head: Heading, chosen: pl.Series, line: int) -> None:
    if len(chosen) > _MOST_READ and chosen.n_unique() > _MOST_READ:
        raise _too_odd(head, chosen, line)


def _too_odd(head: Heading, chosen: pl.Series, line: int) -> RefusedError:
    column = head.column
    what = f"这一列有 {len(chosen)} 格不是直接写的{column.called}，如{head.letters}{line}的“{str(chosen[0])[:40]}”"
    remedy = "请核对列名与内容是否对应；对应的，请把整列设为常规格式，去掉千分位逗号和单位，另存后再试"
    return RefusedError(Finding(f"{head.letters}列 {column.label}", what, _FORMS[column.called], remedy))


def _counted(head: Heading, texts: pl.Series) -> tuple[pl.Series, Callable[[str], object]]:
    whole = texts.set(~texts.str.contains(rf"^-?[0-9]{{1,{_COUNT_DIGITS}}}$").fill_null(True), None)
    plain = whole.cast(pl.Int64) if not head.shift else whole.clear(len(whole)).cast(pl.Int64)
    return plain, lambda raw: _whole(raw, head.shift)


def _measured(head: Heading, texts: pl.Series) -> tuple[pl.Series, Callable[[str], object]]:
    column = head.column
    assert isinstance(column, Amount)  # noqa: S101  # the reader of amounts
    whole, places = _DIGITS - column.places - head.shift, column.places + head.shift
    fraction = rf"(?:\.[0-9]{{1,{places}}})?" if places else ""
    number = texts.set(~texts.str.contains(rf"^-?[0-9]{{1,{whole}}}{fraction}$").fill_null(True), None)
    kind = pl.Decimal(_DIGITS, column.places)
    scaled = number.cast(pl.Decimal(38, places)) * 10**head.shift if head.shift else number
    return scaled.cast(kind), lambda raw: _amount(raw, column.places, head.shift)


def _flagged(_: Heading, texts: pl.Series) -> tuple[pl.Series, Callable[[str], object]]:
    return texts.replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean), lambda _: None


def _dated(_: Heading, texts: pl.Series) -> tuple[pl.Series, Callable[[str], object]]:
    days = texts.set(~texts.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?: 00:00:00)?$").fill_null(True), None)
    return days.str.head(10).str.to_date("%Y-%m-%d", strict=False), day


_READERS: Mapping[type, Callable[[Heading, pl.Series], tuple[pl.Series, Callable[[str], object]]]] = {
    Count: _counted,
    Amount: _measured,
    Flag: _flagged,
    Day: _dated,
}


def _chosen(column: Choice, texts: pl.Series) -> pl.Series:
    """Codes of words; what is neither stays as it is written, and a rule tells it."""
    codes = {**{label: code for code, label in column.choices.items()}, **{code: code for code in column.choices}}
    return texts.replace(codes)


def _coded(texts: pl.Series) -> pl.Series:
    """Codes in half-width, without the .0 of a spreadsheet, with the X of an identity number; most are so already."""
    if texts.str.len_bytes().sum() != texts.str.len_chars().sum():
        texts = texts.str.normalize("NFKC")
    if texts.str.ends_with(".0").any():
        texts = texts.str.replace(r"^(\d+)\.0$", "$1")
    if texts.str.ends_with("x").any():
        texts = texts.str.replace(r"^(\d{17})x$", "${1}X")
    return texts


def _amount(raw: str, places: int, shift: int) -> Decimal | None:
    """A number as people write it: 1,234.5, １２, 12万元, 1.2E+05; rounded half up to its places."""
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", raw).replace(" ", ""))
    if not found:
        return None
    try:
        value = Decimal(found[1].replace(",", "")).scaleb(_SCALES[found[2]] or shift)
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return None
    return rounded if abs(rounded) < Decimal(10) ** (_DIGITS - places) else None


def _whole(raw: str, shift: int) -> int | None:
    value = _amount(raw, 6, shift)
    if value is None or value != value.to_integral_value() or abs(value) >= 10**_COUNT_DIGITS:
        return None
    return int(value)


def day(raw: str) -> date | None:
    """A day as people write it; a month alone is its first day: 2020/9/1, 2020年9月1日, 2020.09, 20200901, 202009."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", raw))
    if not found:
        return None
    year, month, of_month = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5] or 1)
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
