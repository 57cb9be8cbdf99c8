"""Layouts of the annual return, as CSV files that a spreadsheet opens; a city's folder layouts/ adds to them or overrides them."""

from pathlib import Path

from luoshi.checking import load_layouts
from luoshi.declared.returns import RETURNS
from luoshi.words.layouts import Layout

FOLDER = Path(__file__).parent
"""Where the files stand; a city's own folder is loaded after it."""
LAYOUTS: tuple[Layout, ...] = load_layouts(FOLDER, returns=RETURNS)
"""Those declared here."""
