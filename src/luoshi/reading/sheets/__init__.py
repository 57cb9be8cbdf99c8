"""Home-made ledgers: any workbook of tasks in, every row accounted for, and out again in its own look."""

from luoshi.reading.sheets.again import written_again
from luoshi.reading.sheets.book import Book, Sheet, open_book
from luoshi.reading.sheets.headers import Heading, Table
from luoshi.reading.sheets.ledger import Ledger, LedgerRow, Left, Take, read_ledger

__all__ = [
    "Book",
    "Heading",
    "Ledger",
    "LedgerRow",
    "Left",
    "Sheet",
    "Table",
    "Take",
    "open_book",
    "read_ledger",
    "written_again",
]
