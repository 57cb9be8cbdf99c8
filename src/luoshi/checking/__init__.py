"""Returns are checked: cells read into their types, rows held against rules, findings in words."""

from luoshi.checking.cells import Odd, Taken, take
from luoshi.checking.layouts import Imported, Merged, import_books, import_sheets, joined, load_layouts, merged
from luoshi.checking.report import Report
from luoshi.checking.running import Aside, Checked, Engine, check, fitted
from luoshi.checking.wording import LABELS, Found, Places, cite

__all__ = [
    "LABELS",
    "Aside",
    "Checked",
    "Engine",
    "Found",
    "Imported",
    "Merged",
    "Odd",
    "Places",
    "Report",
    "Taken",
    "check",
    "cite",
    "fitted",
    "import_books",
    "import_sheets",
    "joined",
    "load_layouts",
    "merged",
    "take",
]
