"""CSV and text with columns, in whatever encoding, with commas, tabs or semicolons."""

import re

import polars as pl

from luoshi.reading.documents.plain import decode
from luoshi.reading.documents.recognition import is_page, is_pdf, refuse_other_kinds
from luoshi.reading.documents.refusals import refuse
from luoshi.reading.frames.limits import CELLS, KINDS, SAVE_AS, refuse_extent
from luoshi.words.errors import RefusedError

_HEAD = 20
"""Lines the delimiter is found in."""
_SAMPLE = 64 << 10
_MARKUP = re.compile(r"\s*<(?:\?xml|[\w:]+[\s>])", re.IGNORECASE)
_LONGEST = 8 << 20
"""Bytes of a line."""


def plain_table(content: bytes) -> pl.DataFrame:
    """The cells of a text; a row shorter than the longest ends in nulls.

    Raises:
        RefusedError: no text, no table, unbalanced quotes, or too large.
    """
    _refuse_others(content)
    text, _ = decode(content)
    if is_page(text[:_SAMPLE]) or _MARKUP.match(text[:_SAMPLE]):
        raise refuse("这是网页或 XML，不是表格", KINDS, SAVE_AS)
    delimiter = _delimiter(text[:_SAMPLE])
    end = "\n" if "\n" in text else "\r"
    if text.count(delimiter) + text.count(end) > CELLS:
        refuse_extent(text.count(end) + 1, text.count(delimiter) // (text.count(end) + 1) + 1)
        raise refuse("格数过多", f"不超过 {CELLS // 10_000} 万格", "请删去空行、空列")
    if text.count('"') % 2:
        raise refuse(f"英文双引号不成对，第 {_odd_line(text, end)} 行起", "引号须成对", SAVE_AS)
    return _parsed(text, delimiter, end)


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


def _odd_line(text: str, end: str) -> int:
    """The first line after which quotes are never even again, or the last with an odd number of them."""
    odd = [place for place, line in enumerate(text.split(end), 1) if line.count('"') % 2]
    return odd[-1]


def _parsed(text: str, delimiter: str, end: str) -> pl.DataFrame:
    width = _width(text, delimiter, end)
    # The reader takes the width from the first line, and skips empty ones before it: it gets a full one of our own.
    content = f"{delimiter.join('x' * width)}{end}{text}".encode()
    del text
    try:
        cells = pl.read_csv(
            content, has_header=False, separator=delimiter, quote_char='"', eol_char=end, infer_schema=False
        )
    except pl.exceptions.PolarsError as error:
        raise refuse("有的行格数不对，或英文双引号不成对", "每行的格以分隔符分开，引号成对", SAVE_AS) from error
    return trimmed(cells.slice(1))


def _width(text: str, delimiter: str, end: str) -> int:
    """Cells of the longest line.

    Raises:
        RefusedError: a line, or the table, is too long.
    """
    lines = pl.Series([text]).str.split(end).explode()
    if int(lines.str.len_bytes().max() or 0) > _LONGEST:  # type: ignore[arg-type]
        raise refuse(f"有一行超过 {_LONGEST >> 20} MB", "一行是一个机构、一个班或一个人", SAVE_AS)
    if '"' in text:
        lines = lines.str.replace_all('"[^"]*"', "")
    width = int(lines.str.count_matches(delimiter, literal=True).max() or 0) + 1  # type: ignore[arg-type]
    refuse_extent(len(lines), width)
    return width


def trimmed(cells: pl.DataFrame) -> pl.DataFrame:
    """Without empty columns behind the last that says something."""
    width = max((place for place, one in enumerate(cells, 1) if one.null_count() < len(one)), default=0)
    return cells[:, :width]
