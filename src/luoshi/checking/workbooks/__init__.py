"""Workbooks that ask a school or a county only for what nobody holds: out, in again, and out with findings in their cells."""

from luoshi.checking.workbooks.asked import Asked, AskedRow, Held
from luoshi.checking.workbooks.bundles import Gathered, bundle, gathered, put_books, put_list, unpacked
from luoshi.checking.workbooks.stamps import Stamp, stamp_of, structure
from luoshi.checking.workbooks.taking import Back, taken_back
from luoshi.checking.workbooks.telling import with_findings
from luoshi.checking.workbooks.writing import as_workbook

__all__ = [
    "Asked",
    "AskedRow",
    "Back",
    "Gathered",
    "Held",
    "Stamp",
    "as_workbook",
    "bundle",
    "gathered",
    "put_books",
    "put_list",
    "stamp_of",
    "structure",
    "taken_back",
    "unpacked",
    "with_findings",
]
