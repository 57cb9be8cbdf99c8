"""Figures for everybody: series in, files out, in the formats other programs read. Nothing is computed here."""

from luoshi.publishing.opening.figures import (
    LEVELS,
    MADE_UP,
    STANDINGS,
    Collection,
    Licence,
    OpenDivision,
    OpenFigure,
    OpenIndicator,
)
from luoshi.publishing.opening.package import data_package
from luoshi.publishing.opening.sdmx import sdmx, sdmx_csv, sdmx_structure
from luoshi.publishing.opening.table import figures_csv
from luoshi.publishing.opening.withholding import WITHHELD, withhold

__all__ = [
    "LEVELS",
    "MADE_UP",
    "STANDINGS",
    "WITHHELD",
    "Collection",
    "Licence",
    "OpenDivision",
    "OpenFigure",
    "OpenIndicator",
    "data_package",
    "figures_csv",
    "sdmx",
    "sdmx_csv",
    "sdmx_structure",
    "withhold",
]
