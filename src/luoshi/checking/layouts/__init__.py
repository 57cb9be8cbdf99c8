"""The annual return in its own layouts: titles are matched, cells read into returns, teaching points put to their schools."""

from luoshi.checking.layouts.importing import Imported, import_books, import_sheets
from luoshi.checking.layouts.loading import load_layouts
from luoshi.checking.layouts.merging import Merged, joined, merged

__all__ = ["Imported", "Merged", "import_books", "import_sheets", "joined", "load_layouts", "merged"]
