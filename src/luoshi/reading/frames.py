"""The first sheet of a workbook, or a CSV, as one frame of text with its first row as headings; for long tables.

Grids and ledgers are read with their looks elsewhere; here only what the cells say counts, a hundred thousand rows at a time.
"""

import csv
import io
from dataclasses import dataclass

import fastexcel
import polars as pl

from luoshi.reading.documents.archives import MOST_INFLATED, Archive
from luoshi.reading.documents.plain import decode
from luoshi.reading.documents.recognition import OLE, ZIP
from luoshi.reading.documents.refusals import guarded, refuse

LARGEST = 200 << 20
"""Bytes: a million rows of a class list have half of it."""
ROWS, COLUMNS = 2_000_000, 1_000
_SAVE_AS = "请用 WPS 或 Excel 打开，另存为 xlsx 或“CSV UTF-8（逗号分隔）”，再试一次"


@dataclass(frozen=True, slots=True)
class Frame:
    """A table of text."""

    headings: tuple[str, ...]
    """The first row."""
    cells: pl.DataFrame
    """The other rows as text, one column for each heading; blank rows included, so that row 0 is row 2 of the file."""


def read_frame(content: bytes) -> Frame:
    """A table, by content: xlsx, xls, or CSV in any encoding, with commas, tabs or semicolons.

    Raises:
        RefusedError: empty, damaged, locked, no table, or too large.
    """
    if len(content) > LARGEST:
        raise refuse(f"文件有 {len(content) >> 20} MB", f"不超过 {LARGEST >> 20} MB", "请按县(市、区)分成几份")
    if not content.strip():
        raise refuse("文件是空的（0 字节）", "须有一行列名和数据", "请选对文件")
    told = _workbook(content) if content.startswith((*ZIP, OLE)) else _text(content)
    if told.height > ROWS or told.width > COLUMNS:
        size = f"有 {told.height} 行、{told.width} 列"
        raise refuse(size, f"不超过 {ROWS} 行、{COLUMNS} 列", "请删去表格以外的空行、空列，另存后再试一次")
    if not told.height:
        raise refuse("没有内容", "第一行须是列名", "请选对文件")
    headings = tuple(words or "" for words in told.row(0))
    return Frame(headings, told.slice(1))


def _workbook(content: bytes) -> pl.DataFrame:
    if content.startswith(ZIP):
        Archive(content).check(MOST_INFLATED)
    with guarded("电子表格"):
        sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        return sheet.to_polars()


def _text(content: bytes) -> pl.DataFrame:
    text = decode(content)[0]
    head = text.partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    width = len(next(csv.reader(io.StringIO(text), delimiter=delimiter), []))
    if not width:
        raise refuse("第一行是空的", "第一行须是列名", "请删去表前的空行")
    try:
        return pl.read_csv(
            io.BytesIO(text.encode()),
            has_header=False,
            separator=delimiter,
            infer_schema=False,
            new_columns=[f"column_{place}" for place in range(1, width + 1)],
        )
    except pl.exceptions.PolarsError as error:
        what = "有的行格数多于列名，或英文引号不成对"
        raise refuse(what, f"每行至多 {width} 格，引号成对", _SAVE_AS) from error
