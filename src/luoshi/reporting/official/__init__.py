"""Official texts in the layout of GB/T 9704—2012: as data, as a Word file, as words, and back."""

from luoshi.reporting.official.bookmarks import bookmarks_of, bound, settled
from luoshi.reporting.official.books import as_workbook
from luoshi.reporting.official.document import (
    Attachment,
    Block,
    Figure,
    Grid,
    GridColumn,
    GridRow,
    LetterHead,
    OfficialDocument,
    RedHead,
    SerialHead,
    Text,
    figures_of,
    on_even_page,
    words_of,
)
from luoshi.reporting.official.editing import as_text, with_words
from luoshi.reporting.official.numbers import normal_number, official_day
from luoshi.reporting.official.printing import as_word_and_pdf
from luoshi.reporting.official.writing import as_word

__all__ = [
    "Attachment",
    "Block",
    "Figure",
    "Grid",
    "GridColumn",
    "GridRow",
    "LetterHead",
    "OfficialDocument",
    "RedHead",
    "SerialHead",
    "Text",
    "as_text",
    "as_word",
    "as_word_and_pdf",
    "as_workbook",
    "bookmarks_of",
    "bound",
    "figures_of",
    "normal_number",
    "official_day",
    "on_even_page",
    "settled",
    "with_words",
    "words_of",
]
