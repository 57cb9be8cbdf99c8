"""What is done to cases and lists."""

from luoshi.bureau.cases.actions.conducting import bring_counts, set_conduct
from luoshi.bureau.cases.actions.figures import file_figures
from luoshi.bureau.cases.actions.holding import drop_unsent, hold_files
from luoshi.bureau.cases.actions.keeping import Bringing
from luoshi.bureau.cases.actions.opening import Opened, open_case, open_timed
from luoshi.bureau.cases.actions.public import Proof, follow, open_by_citizen, switch_public, take_by_citizen
from luoshi.bureau.cases.actions.raising import raise_overdue
from luoshi.bureau.cases.actions.taking import Shown, lapse_due, take

__all__ = [
    "Bringing",
    "Opened",
    "Proof",
    "Shown",
    "bring_counts",
    "drop_unsent",
    "file_figures",
    "follow",
    "hold_files",
    "lapse_due",
    "open_by_citizen",
    "open_case",
    "open_timed",
    "raise_overdue",
    "set_conduct",
    "switch_public",
    "take",
    "take_by_citizen",
]
