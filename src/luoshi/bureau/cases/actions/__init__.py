"""What is done to cases and lists."""

from luoshi.bureau.cases.actions.conducting import bring_counts, set_conduct
from luoshi.bureau.cases.actions.holding import drop_unsent, hold_files
from luoshi.bureau.cases.actions.keeping import Bringing
from luoshi.bureau.cases.actions.opening import Opened, open_case, open_timed
from luoshi.bureau.cases.actions.taking import Shown, lapse_due, take

__all__ = [
    "Bringing",
    "Opened",
    "Shown",
    "bring_counts",
    "drop_unsent",
    "hold_files",
    "lapse_due",
    "open_case",
    "open_timed",
    "set_conduct",
    "take",
]
