"""The class list held against the same rules by Frictionless, and what a million rows and a large workbook take."""

import io
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import openpyxl
import polars as pl

from benchmarks.checking import ROWS, SECONDS, rows
from benchmarks.comparing import Result, Row, median, most_memory, versus
from luoshi.checking import Aside, Report, check, take
from luoshi.declared.returns import Classes
from luoshi.reading.frames import read_frame
from luoshi.words.returns import Choice, Code, Count, Flag

BOTH = 10_000
"""Rows of the file both sides read: with more, Frictionless alone takes minutes."""
TIMES = 20
LARGE, LARGE_SECONDS = 100_000, 5.0
MEMORY = 2 << 30
MOST = 200
"""Findings that are put into words."""
_KINDS = {Count: "integer", Flag: "boolean"}
_FORMULAS = {
    "not_empty": "size >= 1",
    "plausible": "size <= 80",
    "all_there": "-2 <= size - present <= 2",
    "grade_of_stage": "stage not in ('primary', 'junior', 'senior') or stage == 'primary' and 1 <= grade <= 6"
    " or stage == 'junior' and 6 <= grade <= 9 or stage == 'senior' and 10 <= grade <= 12",
    "entry_grade": "stage == 'special' or entry == (grade in (1, 7, 10))",
}


def _field(column: Any) -> dict[str, Any]:
    """A column as a table schema says it."""
    limits: dict[str, Any] = {"required": True} if column.needed or column.name in Classes.keys else {}
    if isinstance(column, Code) and column.pattern:
        limits["pattern"] = column.pattern
    if isinstance(column, Choice):
        limits["enum"] = list(column.choices)
    for name, ours in (("minimum", "at_least"), ("maximum", "at_most")):
        if getattr(column, ours, None) is not None:
            limits[name] = getattr(column, ours)
    kind = next((word for type_, word in _KINDS.items() if isinstance(column, type_)), "string")
    return {"name": column.name, "type": kind, "constraints": limits}


def _theirs(path: Path) -> tuple[set[int], int]:
    """Rows with a finding, and how many findings."""
    from frictionless import Checklist, Resource, Schema, checks, system  # type: ignore[import-not-found]  # noqa: PLC0415

    schema = {"fields": [_field(one) for one in Classes.columns.values()], "primaryKey": list(Classes.keys)}
    asked = Checklist(checks=[checks.row_constraint(formula=one) for one in _FORMULAS.values()])
    with system.use_context(trusted=True):
        resource_ = Resource(path=str(path), schema=Schema.from_descriptor(schema))
        report = resource_.validate(asked, limit_errors=10**9)
    found = report.flatten(["rowNumber", "type"])
    return {int(number) - 2 for number, _ in found}, len(found)


def _ours(path: Path) -> tuple[set[int], int]:
    report = _report(path.read_bytes())
    broken = report.checked.broken()
    return set(broken["row"].to_list()), broken.height


def _report(content: bytes) -> Report:
    """What `luoshi check` makes of a file, all but the printing."""
    frame = read_frame(content)
    taken = take(Classes, frame.headings, frame.cells)
    report = Report(taken, check(Classes, taken.rows, Aside()))
    report.findings(MOST)
    return report


def _once(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun


def frictionless() -> Result | None:
    """Both read the same file and hold it against the same constraints; None where Frictionless is not installed."""
    try:
        import frictionless as _  # noqa: PLC0415, F401
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path, whole = Path(folder) / "both.csv", Path(folder) / "whole.csv"
        rows(BOTH).write_csv(path)
        rows(ROWS).write_csv(whole)
        same = _ours(path) == _theirs(path)
        ours, theirs = median(lambda: _ours(path)), _once(lambda: _theirs(path))
        million = median(lambda: _ours(whole), 3)
    each_ours, each_theirs = million * 100_000 / ROWS, theirs * 100_000 / BOTH
    told = (
        versus(f"the same file of {BOTH:,} rows", ours, theirs, "s", digits=2),
        versus(f"100,000 rows (ours of {ROWS:,}, theirs of {BOTH:,})", each_ours, each_theirs, "s", digits=2),
        Row(f"a file of {ROWS:,} rows, read, checked and worded", f"{million:.2f} s"),
    )
    return Result(
        f"A file of a class list is checked at least {TIMES} times as fast as by Frictionless.",
        "Frictionless 5 with the same columns, patterns, ranges, choices, key and row constraints, all findings listed",
        told,
        same and TIMES * ours <= theirs and TIMES * each_ours <= each_theirs,
        ("Both find the same rows and as many findings." if same else "The findings differ.",),
    )


def million() -> Result:
    """Seconds and memory for a million rows in a process of their own."""
    seconds, peak, resting = _apart(_a_million)
    row = Row(f"{ROWS:,} rows, checked and {MOST} findings worded", f"{seconds:.2f} s")
    memory = Row(f"most memory of the process ({resting >> 20:,} MB before there are rows)", f"{peak >> 20:,} MB")
    return Result(
        f"A million rows are checked in under {SECONDS:.0f} s and {MEMORY >> 30} GB.",
        "nothing: it is a bound of our own",
        (row, memory),
        seconds < SECONDS and peak < MEMORY,
    )


def workbook() -> Result:
    """A large xlsx from its bytes to findings with the addresses of cells."""
    content = _book()
    seconds, peak, _ = _apart(_a_book, content)
    named = _report(content).findings(MOST)
    return Result(
        f"An xlsx of {LARGE:,} rows is checked, each finding with its cells, in under {LARGE_SECONDS:.0f} s.",
        "nothing: it is a bound of our own",
        (
            Row(f"{LARGE:,} rows of {len(Classes.columns)} columns, {len(content) >> 20} MB", f"{seconds:.2f} s"),
            Row("most memory of the process", f"{peak >> 20:,} MB"),
        ),
        seconds < LARGE_SECONDS and peak < MEMORY and all(any(map(str.isdecimal, one.where)) for one in named),
    )


def _apart(run: Callable[..., float], *given: object) -> tuple[float, int, int]:
    """Seconds, most bytes, and bytes before the work, in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        resting = pool.submit(most_memory).result()
        return pool.submit(run, *given).result(), pool.submit(most_memory).result(), resting


def _a_million() -> float:
    frame = rows()
    return median(lambda: check(Classes, frame).findings(MOST))


def _a_book(content: bytes) -> float:
    return median(lambda: _report(content), 3)


def _book() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("班级")
    sheet.append([one.label for one in Classes.columns.values()])
    for row in rows(LARGE).with_columns(pl.col("entry").replace_strict({True: "是", False: "否"})).iter_rows():
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
