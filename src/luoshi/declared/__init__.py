"""What is the same in every city: indicators, thresholds, and which figures belong together. Only declarations live here."""

from luoshi.declared.checks import FOOTINGS, POOLS
from luoshi.declared.evidence import ENOUGH, FORMS, PAPERS, UNNAMED
from luoshi.declared.indicators import INDICATORS
from luoshi.declared.ledger_columns import LEDGER_COLUMNS
from luoshi.declared.parameters import PARAMETERS
from luoshi.declared.rooms import JUDGED, PAGES, ROOMS, TRAINED, WALKED
from luoshi.declared.staircases import STAIRCASES

__all__ = [
    "ENOUGH",
    "FOOTINGS",
    "FORMS",
    "INDICATORS",
    "JUDGED",
    "LEDGER_COLUMNS",
    "PAGES",
    "PAPERS",
    "PARAMETERS",
    "POOLS",
    "ROOMS",
    "STAIRCASES",
    "TRAINED",
    "UNNAMED",
    "WALKED",
]
