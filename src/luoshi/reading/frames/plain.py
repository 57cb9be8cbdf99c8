"""CSV and text with columns, in whatever encoding, with commas, tabs or semicolons."""

import codecs
import re

import polars as pl

from luoshi.reading.documents.plain import decode
from luoshi.reading.documents.recognition import is_page, is_pdf, refuse_other_kinds
from luoshi.reading.documents.refusals import refuse
from luoshi.reading.frames.limits import CELLS, DIVIDE, KINDS, SAVE_AS, refuse_extent
from luoshi.words.errors import RefusedError

_HEAD = 20
"""Lines the delimiter is found in."""
_SAMPLE = 64 << 10
_MARKUP = re.compile(r"\s*<(?:\?xml|[\w:]+[\s>])", re.IGNORECASE)
_BETWEEN = re.compile(rb'"[^"]*"')
_BLOCK, _LONGEST = 8 << 20, 8 << 20
"""Bytes that are looked through at once, and of a line."""


def plain_table(content: bytes) -> pl.DataFrame:
    """The cells of a text; a row shorter than the longest ends in nulls.

    Raises:
        RefusedError: no text, no table, unbalanced quotes, or too large.
    """
    _refuse_others(content)
    text, encoding = decode(content)
    if is_page(text[:_SAMPLE]) or _MARKUP.match(text[:_SAMPLE]):
        raise refuse("这是网页或 XML，不是表格", KINDS, SAVE_AS)
    delimiter = _delimiter(text[:_SAMPLE])
    data = content.removeprefix(codecs.BOM_UTF8) if encoding == "utf-8" else text.encode()
    del text  # a large file stands in memory as few times as can be
    return _parsed(data, delimiter, b"\n" if b"\n" in data else b"\r")


def _refuse_many(size: int, lines: int, delimiters: int) -> None:
    """What can be seen to be too large before it is taken apart."""
    if size // lines > _LONGEST:
        raise _long_line()
    if delimiters + lines > CELLS:
        refuse_extent(lines, delimiters // lines + 1)
        raise refuse("格数过多", f"不超过 {CELLS // 10_000} 万格", "请删去空行、空列，或" + DIVIDE)


def _long_line() -> RefusedError:
    return refuse(f"有一行超过 {_LONGEST >> 20} MB", "一行是一个机构、一个班或一个人", SAVE_AS)


def _refuse_others(content: bytes) -> None:
    if is_pdf(content):
        raise refuse("这是 PDF，不是表格", KINDS, "请取得表格原件")
    try:
        refuse_other_kinds(content)
    except RefusedError as refusal:
        what = refusal.findings[0].what.replace("不是文字文件", "不是表格")
        raise refuse(what, KINDS, "请选对文件；压缩包请先解压，图片请取得表格原件") from refusal


def _delimiter(head: str) -> str:
    lines = head.splitlines()[:_HEAD]
    return max(",\t;", key=lambda one: sum(line.count(one) for line in lines))


def _parsed(data: bytes, delimiter: str, end: bytes) -> pl.DataFrame:
    lines = data.count(end) + 1
    _refuse_many(len(data), lines, data.count(delimiter.encode()))
    if data.count(b'"') % 2:
        odd = [place for place, line in enumerate(data.split(end), 1) if line.count(b'"') % 2]
        raise refuse(f"英文双引号不成对，第 {odd[-1]} 行起", "引号须成对", SAVE_AS)
    first, width = _width(data[: data.find(end) + 1], delimiter, end), _width(data, delimiter, end)
    refuse_extent(lines, width)
    own = first < width or data.startswith((end, b"\r"))
    if (
        own
    ):  # the reader takes the width from the first line, and skips empty ones before it: it gets a full one of ours
        data = delimiter.join("x" * width).encode() + end + data
    try:
        cells = pl.read_csv(
            data, has_header=False, separator=delimiter, quote_char='"', eol_char=end.decode(), infer_schema=False
        )
    except pl.exceptions.PolarsError as error:
        raise refuse("有的行格数不对，或英文双引号不成对", "每行的格以分隔符分开，引号成对", SAVE_AS) from error
    return trimmed(cells.slice(int(own)))


def _width(data: bytes, delimiter: str, end: bytes) -> int:
    """Cells of the longest line; what stands between quotes is one cell.

    Raises:
        RefusedError: a line is too long.
    """
    most, begin, mark = 0, 0, delimiter.encode()
    while begin < len(data):
        until = _even(data, begin, end)
        block = data[begin:until]
        lines = (_BETWEEN.sub(b"", block) if b'"' in block else block).split(end)
        if max(map(len, lines)) > _LONGEST:
            raise _long_line()
        most, begin = max([most, *(line.count(mark) for line in lines)]), until
    return most + 1


def _even(data: bytes, begin: int, end: bytes) -> int:
    """Where a block ends that holds whole lines and whole quotes."""
    at, quotes = begin, 0
    while at < len(data):
        cut = data.find(end, min(at + _BLOCK, len(data)))
        until = len(data) if cut < 0 else cut + 1
        quotes += data.count(b'"', at, until)
        at = until
        if not quotes % 2:
            break
    return at


def trimmed(cells: pl.DataFrame) -> pl.DataFrame:
    """Without empty columns behind the last that says something."""
    width = max((place for place, one in enumerate(cells, 1) if one.null_count() < len(one)), default=0)
    return cells[:, :width]
