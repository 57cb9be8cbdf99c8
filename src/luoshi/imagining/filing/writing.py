"""Files of the annual return of a made-up city, as they would come in: flat exports and workbooks. 演示数据（虚构）."""

from collections.abc import Iterator
from pathlib import Path

from luoshi.imagining.city import MADE_UP, City
from luoshi.imagining.filing.exports import NEW, OLD, Manner, flat_export
from luoshi.imagining.filing.pages import as_csv, as_xlsx
from luoshi.imagining.filing.records import records
from luoshi.imagining.filing.workbooks import NEW as NEW_TABLES
from luoshi.imagining.filing.workbooks import OLD as OLD_TABLES
from luoshi.imagining.filing.workbooks import file_name, workbook

FEW = 20
"""Institutions that get a workbook of their own: those of one township."""
LAST_OLD = 2019
"""The last school year of the old numbering."""


def write_files(city: City, year: int, folder: Path) -> Iterator[Path]:
    """Write a flat export of all institutions as xlsx, one of the first of them as CSV in GBK, and workbooks of some.

    Args:
        city: which.
        year: the school year; its numbering is that of its time.
        folder: where to; it is made where it is missing.

    Yields:
        Each file when it is whole.
    """
    old = year <= LAST_OLD
    told = [one for some in city.slices() for one in records(city.annual_frames(some, year))]
    manner, few = Manner(OLD if old else NEW), Manner(OLD if old else NEW, words="word", quoted=True)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[tuple[str, bytes]] = [
        (f"平面导出{year} {MADE_UP}.xlsx", as_xlsx([flat_export(told, manner)])),
        (f"平面导出{year} 一个乡镇 {MADE_UP}.csv", as_csv(flat_export(told[:FEW], few))),
    ]
    tables = OLD_TABLES if old else NEW_TABLES
    files += [(f"一校一册{year}/{file_name(one)}.xlsx", as_xlsx(workbook(one, tables))) for one in told[:FEW]]
    for name, content in files:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        yield path
