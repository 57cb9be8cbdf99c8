"""Layouts of the annual return, as CSV files that a spreadsheet opens; a city's folder layouts/ adds to them or overrides them."""

from pathlib import Path

from luoshi.checking import load_layouts
from luoshi.declared.returns import RETURNS
from luoshi.words.layouts import Layout

FOLDER = Path(__file__).parent
"""Where the files stand."""


def layouts(*folders: Path) -> tuple[Layout, ...]:
    """Those declared here, with what some folders add or override.

    Args:
        folders: `layouts/` of a city, say; one that is not there is passed over.

    Raises:
        RefusedError: a file of theirs cannot be read, or names what is not declared.
    """
    return load_layouts(FOLDER, *folders, returns=RETURNS)


LAYOUTS: tuple[Layout, ...] = layouts()
"""Those declared here."""
