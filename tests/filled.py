"""Workbooks filled by hand and by LibreOffice, for tests."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from luoshi.reading.frames import read_sheets
from luoshi.words.sheets import Sheet


def sheets(content: bytes) -> tuple[Sheet, ...]:
    """All sheets of an xlsx as text, as the house reads them."""
    return read_sheets(content, "表.xlsx")


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook after somebody worked in it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def through_office(content: bytes, form: str, folder: Path) -> bytes:
    """What LibreOffice makes of it: xlsx again, pdf, csv."""
    source = folder / "in.xlsx"
    source.write_bytes(content)
    out = folder / "out"
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=180)
    return (out / f"in.{form.split(':', maxsplit=1)[0]}").read_bytes()


def contents(content: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    """Every cell with what it holds and how it is drawn and locked, by sheet and address."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        (page.title, cell.coordinate): (
            cell.value,
            cell.number_format,
            cell.protection.locked,
            cell.fill.fgColor.rgb,
            cell.comment.text if cell.comment else "",
            cell.border.left.style,
        )
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
    }
