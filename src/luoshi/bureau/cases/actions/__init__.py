"""What is done to cases and lists."""

from luoshi.bureau.cases.actions.conducting import bring_counts, set_conduct
from luoshi.bureau.cases.actions.keeping import Bringing
from luoshi.bureau.cases.actions.opening import Opened, open_case, open_timed
from luoshi.bureau.cases.actions.raising import raise_overdue
from luoshi.bureau.cases.actions.taking import Shown, lapse_due, take

__all__ = [
    "Bringing",
    "Opened",
    "Shown",
    "bring_counts",
    "lapse_due",
    "open_case",
    "open_timed",
    "raise_overdue",
    "set_conduct",
    "take",
]
